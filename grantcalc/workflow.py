"""The steps of each command, from paths to results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.errors import UnreadableInputError
from grantcalc.files import is_grant, read_file
from grantcalc.findings import Finding, Severity
from grantcalc.grant_files import checked_grant, faulty_grant, load, without_grant
from grantcalc.grants.account import account_for
from grantcalc.grants.payments import invoices
from grantcalc.results import (
    CheckedFile,
    CheckResult,
    GrantSummary,
    InvoiceSchedule,
    PaperFigures,
    Summaries,
    Unreadable,
)
from grantcalc.rules.payments import cut_payments, unscheduled_payments
from grantcalc.rules.years import no_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grantcalc.files import RawFile
    from grantcalc.findings import Rule
    from grantcalc.grants.account import Account


def check(paths: Iterable[str], wanted: Callable[[Rule], bool] = lambda _: True) -> CheckResult:
    """Check files.

    Args:
        paths: grant files and papers; "-" is standard input.
        wanted: which rules' findings to keep.
    """
    files: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            raw = read_file(path)
            files.append(checked_grant(raw, wanted) if is_grant(raw) else _check_paper(raw, wanted))
        except UnreadableInputError as error:
            unreadable.append(Unreadable(error.path, error.reason))
    return CheckResult(tuple(files), tuple(unreadable))


def _check_paper(raw: RawFile, wanted: Callable[[Rule], bool]) -> CheckedFile:
    from grantcalc.paper_files import checked_paper

    return checked_paper(raw, wanted)


def figures(path: str) -> PaperFigures:
    """Read the figures of a paper, and the sums that they take part in."""
    from grantcalc.paper_files import paper_figures

    return paper_figures(read_file(path))


def summarise(paths: Iterable[str]) -> Summaries:
    """Total grant files; of a file whose faults leave nothing to total, the findings."""
    summaries: list[GrantSummary] = []
    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            raw = read_file(path)
            text, loaded = load(raw)
        except UnreadableInputError as error:
            unreadable.append(Unreadable(error.path, error.reason))
            continue
        if loaded.grant is None:
            faulty.append(faulty_grant(raw, text, loaded))
        else:
            summaries.append(GrantSummary(raw.source, account_for(loaded.grant)))
    return Summaries(tuple(summaries), tuple(faulty), tuple(unreadable))


def schedule(path: str) -> tuple[InvoiceSchedule | CheckedFile, tuple[Finding, ...]]:
    """Schedule the invoices of a grant file, and say what the award cuts; or the file with what prevents it."""
    raw = read_file(path)
    text, loaded = load(raw)
    if loaded.grant is None:
        return faulty_grant(raw, text, loaded), ()
    account = account_for(loaded.grant)
    missing = _unscheduled(account)
    if missing:
        return without_grant(raw, text, missing), ()
    planned = invoices(account.grant, account.totals)
    return InvoiceSchedule(raw.source, account, planned), tuple(cut_payments(account.instalments))


def _unscheduled(account: Account) -> list[Finding]:
    """Why a grant's invoices cannot be worked out or dated."""
    return [*unscheduled_payments(account.grant), *no_dates(account.grant, Severity.ERROR)]
