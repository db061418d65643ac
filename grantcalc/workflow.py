"""The steps of each command, from paths to results."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from grantcalc.cost_explanations import explained
from grantcalc.errors import UnreadableInputError
from grantcalc.files import is_grant, read_file, refuse_other_kinds
from grantcalc.findings import Finding, Severity
from grantcalc.grant_files import checked_grant, faulty_grant, inputs_beside, load, papers_of, without_grant
from grantcalc.grants.account import account_for
from grantcalc.grants.payments import invoices
from grantcalc.results import (
    CheckedFile,
    CheckResult,
    CostExplanation,
    GrantSummary,
    InvoiceSchedule,
    PaperFigures,
    Summaries,
    Unreadable,
)
from grantcalc.rules.payments import cut_payments, unscheduled_payments
from grantcalc.rules.years import no_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grantcalc.files import RawFile
    from grantcalc.findings import Rule
    from grantcalc.grants.account import Account
    from grantcalc.grants.load import Loaded
    from grantcalc.grants.model import Grant


def check(
    paths: Iterable[str], wanted: Callable[[Rule], bool] = lambda _: True, against: str | None = None
) -> CheckResult:
    """Check files.

    Args:
        paths: grant files and papers; "-" is standard input. The papers that a grant file lists are checked too.
        wanted: which rules' findings to keep.
        against: a grant file to hold papers against; papers that a grant file lists are held against that one.
    """
    files: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    grant: Grant | None = None
    if against is not None:
        with _noting(unreadable):
            raw = read_file(against)
            text, loaded = load(raw)
            grant = loaded.grant
            file = faulty_grant(raw, text, loaded)
            files.extend([file, *file.beside] if grant is None else [])
    for path in paths:
        with _noting(unreadable):
            raw = _read(path)
            if is_grant(raw):
                file, own = checked_grant(raw, wanted)
                files.extend((file, *file.beside))
                for paper in papers_of(own, path):
                    with _noting(unreadable):
                        files.append(_check_paper(_read(paper), wanted, own))
            else:
                files.append(_check_paper(raw, wanted, grant))
    return CheckResult(tuple(files), tuple(unreadable))


@contextmanager
def _noting(unreadable: list[Unreadable]) -> Iterator[None]:
    """Note a file that cannot be read, and go on to the next."""
    try:
        yield
    except UnreadableInputError as error:
        unreadable.append(Unreadable(error.path, error.reason))


def _read(path: str) -> RawFile:
    """Read a grant file or a paper."""
    refuse_other_kinds(path)
    return read_file(path)


def _check_paper(raw: RawFile, wanted: Callable[[Rule], bool], grant: Grant | None) -> CheckedFile:
    from grantcalc.paper_files import checked_paper

    return checked_paper(raw, wanted, grant)


def figures(path: str) -> PaperFigures:
    """Read the figures of a paper, and the sums that they take part in."""
    from grantcalc.paper_files import paper_figures

    return paper_figures(_read(path))


def summarise(paths: Iterable[str]) -> Summaries:
    """Total grant files; of a file whose faults leave nothing to total, the findings."""
    summaries: list[GrantSummary] = []
    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        with _noting(unreadable):
            raw = read_file(path)
            text, loaded = load(raw)
            if loaded.grant is None:
                faulty.append(faulty_grant(raw, text, loaded))
            else:
                summaries.append(_summary(raw, loaded.grant, loaded))
    return Summaries(tuple(summaries), tuple(faulty), tuple(unreadable))


def _summary(raw: RawFile, grant: Grant, loaded: Loaded) -> GrantSummary:
    return GrantSummary(raw.source, account_for(grant), loaded.workings, inputs_beside(loaded))


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
    listed = InvoiceSchedule(raw.source, account, planned, inputs_beside(loaded))
    return listed, tuple(cut_payments(account.instalments))


def explain_cost(path: str, name: str, year: str | None = None) -> CostExplanation | CheckedFile:
    """Explain what a post or other cost of a grant file costs, in all years or one; or the file with its faults.

    Raises:
        UnknownNameError: the grant has no such post or other cost, or no such year.
    """
    raw = read_file(path)
    text, loaded = load(raw)
    if loaded.grant is None:
        return faulty_grant(raw, text, loaded)
    return explained(_summary(raw, loaded.grant, loaded), name, year)


def _unscheduled(account: Account) -> list[Finding]:
    """Why a grant's invoices cannot be worked out or dated."""
    return [*unscheduled_payments(account.grant), *no_dates(account.grant, Severity.ERROR)]
