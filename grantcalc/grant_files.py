"""A grant file from its bytes to what was found in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.files import STANDARD_INPUT, read_file
from grantcalc.findings import in_order
from grantcalc.grants.beside import Beside
from grantcalc.grants.encoding import decode, legible
from grantcalc.grants.faults import Fault
from grantcalc.grants.figures import written_amounts
from grantcalc.grants.judgement import Judgement, judge
from grantcalc.grants.load import Loaded, load_grant
from grantcalc.grants.positions import Positions
from grantcalc.money import Malformed
from grantcalc.results import CheckedFile, Input, Reading
from grantcalc.rules import check_claims, check_grant
from grantcalc.rules.accepting import accept
from grantcalc.rules.files import finding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from grantcalc.files import RawFile
    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.model import Grant


def text_of(raw: RawFile) -> str | Fault:
    """The text of a file, or the fault that it is in another encoding.

    Raises:
        UnreadableInputError: it is not text at all.
    """
    decoded = decode(raw.data)
    if decoded is None:
        raise UnreadableInputError(raw.source.path, "this is not a text file")
    return decoded


def load(raw: RawFile) -> tuple[str, Loaded]:
    """The text of a grant file, and what it holds."""
    text = text_of(raw)
    if isinstance(text, Fault):
        return legible(raw.data), Loaded(None, (text,))
    return text, load_grant(text, lambda name: _open_beside(raw, name))


def _open_beside(raw: RawFile, name: str) -> Beside | Malformed:
    """The text of a file that a grant file names, from the grant file's own folder."""
    try:
        found = read_file(_from_folder(raw.source.path, name))
        text = text_of(found)
    except UnreadableInputError as error:
        return Malformed(f"cannot be read: {error.reason}", "")
    if isinstance(text, Fault):
        return Malformed(f"cannot be read: {text.message}", text.remedy)
    return Beside(found.source.path, found.source.sha256, text)


def beside_grant(loaded: Loaded) -> tuple[CheckedFile, ...]:
    """The file of pay scales beside a grant file, where it has faults."""
    beside = loaded.beside
    if beside is None or not beside.faults:
        return ()
    locate = Positions(beside.text).where
    findings = in_order(map(finding_of, beside.faults), locate)
    source = Input(beside.path, beside.sha256)
    return (CheckedFile(source, "scales", beside.text, 0, (), (), findings, locate),)


def source_of(raw: RawFile, loaded: Loaded) -> Input:
    """A grant file as an input, with the files beside it that were read with it."""
    beside = [one for one in (loaded.beside, _table_of(loaded)) if one is not None]
    return replace(raw.source, beside=tuple(Input(one.path, one.sha256) for one in beside))


def _table_of(loaded: Loaded) -> Beside | None:
    """The table beside a grant file that it takes posts from."""
    return loaded.posts_from.table if loaded.posts_from else None


def checked_grant(
    raw: RawFile, wanted: Callable[[Rule], bool], as_of: date | None = None
) -> tuple[CheckedFile, Grant | None]:
    """Check a grant file by the rules that are wanted; with it the grant, where its faults leave one.

    Args:
        raw: the file.
        wanted: which rules' findings to keep.
        as_of: the day on which claims are looked at.
    """
    text, loaded = load(raw)
    faults = [finding_of(fault) for fault in loaded.faults]
    if loaded.grant is None:
        file = without_grant(raw, text, loaded, [finding for finding in faults if wanted(finding.rule)])
        return replace(file, beside=beside_grant(loaded)), None
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
        readings=tuple(_readings(judgement)),
        findings=in_order(findings, locate),
        locate=locate,
        texts_beside=_texts_beside(loaded),
        beside=beside_grant(loaded),
    )
    return checked, loaded.grant


def papers_of(grant: Grant | None, path: str) -> list[str]:
    """The papers that a grant file lists, from the folder in which it stands."""
    return [_from_folder(path, paper) for paper in grant.papers] if grant is not None else []


def _from_folder(path: str, name: str) -> str:
    """The path of a file that a grant file names, from the folder in which the grant file stands."""
    folder = Path() if path == STANDARD_INPUT else Path(path).parent
    return str(folder / name)


def faulty_grant(raw: RawFile, text: str, loaded: Loaded) -> CheckedFile:
    """A grant file whose faults leave nothing to compute."""
    file = without_grant(raw, text, loaded, (finding_of(fault) for fault in loaded.faults))
    return replace(file, beside=beside_grant(loaded))


def without_grant(raw: RawFile, text: str, loaded: Loaded, findings: Iterable[Finding]) -> CheckedFile:
    """A file of which nothing but findings came."""
    locate = _positions(text, loaded).where
    found, source = in_order(findings, locate), source_of(raw, loaded)
    return CheckedFile(source, "grant", text, 0, (), (), found, locate, _texts_beside(loaded))


def _positions(text: str, loaded: Loaded) -> Positions:
    """Where the values of a grant file stand: in it, or in the table beside it."""
    return Positions(text, loaded.posts_from.places if loaded.posts_from else None)


def _texts_beside(loaded: Loaded) -> dict[str, str]:
    """The text of the table beside a grant file, by its path."""
    table = _table_of(loaded)
    return {table.path: table.text} if table else {}


def _readings(judgement: Judgement) -> Iterator[Reading]:
    """What the sums say together: as filed, and where that is not all exact, as printed."""
    yield Reading("as filed", judgement.together)
    read = judgement.as_printed
    if read is not None:
        yield Reading("as printed", read.together, read.repairs, read.award_held)
