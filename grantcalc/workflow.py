"""The steps of each command, from paths to results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.files import RawFile, read_file
from grantcalc.findings import Finding, Severity
from grantcalc.grants.account import Account, account_for
from grantcalc.grants.encoding import decode, legible
from grantcalc.grants.faults import Fault
from grantcalc.grants.figures import written_amounts
from grantcalc.grants.judgement import Judgement, judge
from grantcalc.grants.load import Loaded, load_grant
from grantcalc.grants.payments import invoices
from grantcalc.grants.positions import Positions
from grantcalc.results import (
    CheckedFile,
    CheckResult,
    GrantSummary,
    InvoiceSchedule,
    Reading,
    Summaries,
    Unreadable,
)
from grantcalc.rules import check_grant
from grantcalc.rules.files import finding_of
from grantcalc.rules.payments import cut_payments, unscheduled_payments
from grantcalc.rules.years import no_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grantcalc.findings import Rule


def check(paths: Iterable[str], wanted: Callable[[Rule], bool] = lambda _: True) -> CheckResult:
    """Check files.

    Args:
        paths: grant files; "-" is standard input.
        wanted: which rules' findings to keep.
    """
    files: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            files.append(_check_grant(read_file(path), wanted))
        except UnreadableInputError as error:
            unreadable.append(Unreadable(error.path, error.reason))
    return CheckResult(tuple(files), tuple(unreadable))


def summarise(paths: Iterable[str]) -> Summaries:
    """Total grant files; of a file whose faults leave nothing to total, the findings."""
    summaries: list[GrantSummary] = []
    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            raw = read_file(path)
            text, loaded = _load(raw)
        except UnreadableInputError as error:
            unreadable.append(Unreadable(error.path, error.reason))
            continue
        if loaded.grant is None:
            faulty.append(_faulty(raw, text, loaded))
        else:
            summaries.append(GrantSummary(raw.source, account_for(loaded.grant)))
    return Summaries(tuple(summaries), tuple(faulty), tuple(unreadable))


def schedule(path: str) -> tuple[InvoiceSchedule | CheckedFile, tuple[Finding, ...]]:
    """Schedule the invoices of a grant file, and say what the award cuts; or the file with what prevents it."""
    raw = read_file(path)
    text, loaded = _load(raw)
    if loaded.grant is None:
        return _faulty(raw, text, loaded), ()
    account = account_for(loaded.grant)
    missing = _unscheduled(account)
    if missing:
        return _checked(raw, text, findings=missing), ()
    planned = invoices(account.grant, account.totals)
    return InvoiceSchedule(raw.source, account, planned), tuple(cut_payments(account.instalments))


def _unscheduled(account: Account) -> list[Finding]:
    """Why a grant's invoices cannot be worked out or dated."""
    return [*unscheduled_payments(account.grant), *no_dates(account.grant, Severity.ERROR)]


def _load(raw: RawFile) -> tuple[str, Loaded]:
    """The text of a grant file, and what it holds."""
    decoded = decode(raw.data)
    if decoded is None:
        raise UnreadableInputError(raw.source.path, "this is not a text file")
    if isinstance(decoded, Fault):
        return legible(raw.data), Loaded(None, (decoded,))
    return decoded, load_grant(decoded)


def _check_grant(raw: RawFile, wanted: Callable[[Rule], bool]) -> CheckedFile:
    text, loaded = _load(raw)
    findings = [finding_of(fault) for fault in loaded.faults]
    judgement = judge(loaded.grant) if loaded.grant is not None else None
    if judgement is not None:
        findings += check_grant(judgement)
    return _checked(raw, text, [f for f in findings if wanted(f.rule)], judgement)


def _faulty(raw: RawFile, text: str, loaded: Loaded) -> CheckedFile:
    return _checked(raw, text, [finding_of(fault) for fault in loaded.faults])


def _checked(raw: RawFile, text: str, findings: list[Finding], judgement: Judgement | None = None) -> CheckedFile:
    """A checked grant file, its findings in order: the most serious first, then as they stand in the file."""
    positions = Positions(text)
    severities = list(Severity)

    def order(finding: Finding) -> tuple[int, int, int, str]:
        where = positions.where(finding.at) if finding.at is not None else None
        line, column = (where.line or 0, where.column or 0) if where else (10**9, 0)
        return severities.index(finding.severity), line, column, finding.rule.code

    return CheckedFile(
        source=raw.source,
        kind="grant",
        text=text,
        figures=sum(1 for _ in written_amounts(judgement.account.grant)) if judgement else 0,
        sums=judgement.account.sums if judgement else (),
        readings=tuple(_readings(judgement)) if judgement else (),
        findings=tuple(sorted(findings, key=order)),
        locate=positions.where,
    )


def _readings(judgement: Judgement) -> Iterable[Reading]:
    """What the sums say together: as filed, and where that is not all exact, as printed."""
    yield Reading("as filed", judgement.together)
    paper = judgement.as_paper
    if paper is not None:
        yield Reading("as printed", paper.together, paper.repairs, paper.award_held)
