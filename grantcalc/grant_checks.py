"""What is found in a grant file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.findings import in_order
from grantcalc.grant_files import load, source_of, table_of
from grantcalc.grants.figures import written_amounts
from grantcalc.grants.positions import Positions
from grantcalc.results.checked import CheckedFile, Reading
from grantcalc.results.inputs import Input
from grantcalc.rules.files import finding_of
from grantcalc.sums import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from grantcalc.files import RawFile
    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.judgement import Judgement
    from grantcalc.grants.load import Loaded
    from grantcalc.grants.model import Grant


def checked_grant(
    raw: RawFile, wanted: Callable[[Rule], bool], as_of: date | None = None, *, reasons: bool = True
) -> tuple[CheckedFile, Grant | None]:
    """Check a grant file by the rules that are wanted; with it the grant, where its faults leave one.

    Args:
        raw: the file.
        wanted: which rules' findings to keep.
        as_of: the day on which claims are looked at.
        reasons: whether to find out what the sums say together, as it is printed in full.
    """
    text, loaded = load(raw)
    faults = [finding_of(fault) for fault in loaded.faults]
    if loaded.grant is None:
        file = without_grant(raw, text, loaded, [finding for finding in faults if wanted(finding.rule)])
        return replace(file, beside=beside_grant(loaded)), None
    from grantcalc.grants.judgement import judge
    from grantcalc.rules import check_claims, check_grant
    from grantcalc.rules.accepting import accept

    judgement = judge(loaded.grant)
    # Acceptances are held against all that is found, also by rules that are not asked for.
    accepting = loaded.grant.accept
    on_other_days = check_claims(judgement.account) if accepting and as_of else ()
    found = accept((*faults, *check_grant(judgement, as_of)), accepting, as_of, on_other_days)
    findings = [finding for finding in found if wanted(finding.rule)]
    locate = _positions(text, loaded).where
    checked = CheckedFile(
        source=source_of(raw, loaded),
        kind="grant",
        text=text,
        figures=sum(1 for _ in written_amounts(judgement.account.grant)),
        sums=judgement.account.sums,
        readings=tuple(_readings(judgement)) if reasons else (),
        findings=in_order(findings, locate),
        locate=locate,
        texts_beside=_texts_beside(loaded),
        beside=beside_grant(loaded),
        verdicts=Counter(map(verdict, judgement.account.sums)),
    )
    return checked, loaded.grant


def faulty_grant(raw: RawFile, text: str, loaded: Loaded) -> CheckedFile:
    """A grant file whose faults leave nothing to compute."""
    file = without_grant(raw, text, loaded, (finding_of(fault) for fault in loaded.faults))
    return replace(file, beside=beside_grant(loaded))


def without_grant(raw: RawFile, text: str, loaded: Loaded, findings: Iterable[Finding]) -> CheckedFile:
    """A file of which nothing but findings came."""
    locate = _positions(text, loaded).where
    found, source = in_order(findings, locate), source_of(raw, loaded)
    return CheckedFile(source, "grant", text, 0, (), (), found, locate, _texts_beside(loaded))


def beside_grant(loaded: Loaded) -> tuple[CheckedFile, ...]:
    """The file of pay scales beside a grant file, where it has faults."""
    beside = loaded.beside
    if beside is None or not beside.faults:
        return ()
    locate = Positions(beside.text).where
    findings = in_order(map(finding_of, beside.faults), locate)
    source = Input(beside.path, beside.sha256)
    return (CheckedFile(source, "scales", beside.text, 0, (), (), findings, locate),)


def _positions(text: str, loaded: Loaded) -> Positions:
    """Where the values of a grant file stand: in it, or in the table beside it."""
    return Positions(text, loaded.posts_from.places if loaded.posts_from else None)


def _texts_beside(loaded: Loaded) -> dict[str, str]:
    """The text of the table beside a grant file, by its path."""
    table = table_of(loaded)
    return {table.path: table.text} if table else {}


def _readings(judgement: Judgement) -> Iterator[Reading]:
    """What the sums say together: as filed, and where that is not all exact, as printed."""
    yield Reading("as filed", judgement.together)
    read = judgement.as_printed
    if read is not None:
        yield Reading("as printed", read.together, read.repairs, read.award_held)
