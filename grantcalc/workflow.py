"""The steps of each command, from paths to results; what one command alone needs is imported in its steps."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.errors import UnknownYearError, UnreadableInputError
from grantcalc.files import read_file
from grantcalc.grant_files import load, source_of
from grantcalc.grants.account import account_for
from grantcalc.grants.periods import year_key
from grantcalc.grants.totals import total_grant
from grantcalc.results.inputs import Unreadable
from grantcalc.severity import Severity
from grantcalc.wanted import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.batch import Told
    from grantcalc.batch_tasks import Task
    from grantcalc.files import RawFile
    from grantcalc.findings import Finding
    from grantcalc.grants.account import Account
    from grantcalc.grants.load import Loaded
    from grantcalc.grants.model import Grant
    from grantcalc.grants.posts.columns import Choices
    from grantcalc.grants.views import By
    from grantcalc.results.checked import CheckedFile, CheckResult
    from grantcalc.results.costs import CostExplanation
    from grantcalc.results.difference import Faulty, GrantDifference
    from grantcalc.results.figures import PaperFigures
    from grantcalc.results.imported import ImportedGrant
    from grantcalc.results.inputs import Input
    from grantcalc.results.ledger import ClaimLedger, OutturnStatement, YearEndPosition
    from grantcalc.results.schedule import InvoiceSchedule
    from grantcalc.results.summaries import GrantSummary, Summaries
    from grantcalc.results.views import Views
    from grantcalc.wanted import WantedIn


def check(  # noqa: PLR0913  (each is an option of the command)
    paths: Iterable[str],
    wanted: WantedIn = all_rules,
    against: str | None = None,
    as_of: date | None = None,
    told: Told | None = None,
    *,
    reasons: bool = True,
    sums: bool = True,
) -> CheckResult:
    """Check files.

    Args:
        paths: grant files and papers; "-" is standard input. The papers that a grant file lists are checked too.
        wanted: which rules' findings to keep of a file, by its path.
        against: a grant file to hold papers against; papers that a grant file lists are held against that one.
        as_of: the day on which claims are looked at; without it, none is late that has not been made.
        told: is told how far the work is.
        reasons: whether to keep what explains the findings: notes, and what the sums say together.
        sums: whether to keep the sums, and not only how many came out how.
    """
    from grantcalc.batch import Workers, silent
    from grantcalc.batch_tasks import Outcome, Task
    from grantcalc.grant_checks import faulty_grant
    from grantcalc.grant_files import papers_of
    from grantcalc.results.checked import CheckedFile, CheckResult

    files: list[CheckedFile | Unreadable] = []
    grant: Grant | None = None
    if against is not None:
        try:
            raw = read_file(against)
            text, loaded = load(raw)
            grant = loaded.grant
            files += _with_beside(faulty_grant(raw, text, loaded)) if grant is None else []
        except UnreadableInputError as error:
            files.append(Unreadable(error.path, error.reason))
    tasks = [_task(path, grant, as_of, reasons=reasons, sums=sums) for path in paths]
    with Workers(wanted, told or silent) as workers:
        found = iter(workers.check([task for task in tasks if isinstance(task, Task)]))
        outcomes = [next(found) if isinstance(task, Task) else Outcome(task) for task in tasks]
        listed = [
            [
                Task(paper, grant=outcome.grant, reasons=reasons, sums=sums)
                for paper in papers_of(outcome.grant, task.path)
            ]
            for task, outcome in zip(tasks, outcomes, strict=True)
        ]
        papers = iter(workers.check([task for of_grant in listed for task in of_grant]))
    for outcome, of_grant in zip(outcomes, listed, strict=True):
        files += [*_with_beside(outcome.file), *(next(papers).file for _ in of_grant)]
    return CheckResult(
        tuple(file for file in files if isinstance(file, CheckedFile)),
        tuple(file for file in files if isinstance(file, Unreadable)),
    )


def _task(path: str, grant: Grant | None, as_of: date | None, *, reasons: bool, sums: bool) -> Task | Unreadable:
    """The work that a file asks for, which what stands in it may say; or why it cannot be read."""
    from grantcalc.batch_tasks import Task
    from grantcalc.files import is_grant, is_named_as_grant, is_named_as_paper

    if is_named_as_grant(path):
        return Task(path, is_grant=True, as_of=as_of, reasons=reasons, sums=sums)
    if is_named_as_paper(path):
        return Task(path, grant=grant, reasons=reasons, sums=sums)
    try:
        raw = read_file(path)
    except UnreadableInputError as error:
        return Unreadable(error.path, error.reason)
    if is_grant(raw):
        return Task(path, raw, is_grant=True, as_of=as_of, reasons=reasons, sums=sums)
    return Task(path, raw, grant, reasons=reasons, sums=sums)


def _with_beside(file: CheckedFile | Unreadable) -> list[CheckedFile | Unreadable]:
    """A file, and those that it names and that have faults of their own."""
    from grantcalc.results.checked import CheckedFile

    return [file, *file.beside] if isinstance(file, CheckedFile) else [file]


def write_baseline(path: str, result: CheckResult, inputs: Iterable[str]) -> CheckResult:
    """Write what was found to a baseline, and accept it. Where a file could not be read, nothing is written.

    Args:
        path: where to write it; never over a file that was read.
        result: what was found.
        inputs: the files that were read.

    Raises:
        UnwritableOutputError: it cannot be written.
    """
    from grantcalc import baseline_files
    from grantcalc.files import write_file

    if result.unreadable:
        return result
    entries = baseline_files.entries_of(result)
    write_file(path, baseline_files.baseline_text(result, entries), inputs)
    return baseline_files.with_baseline(result, entries, all_rules)


def with_baseline(
    result: CheckResult, path: str, wanted: WantedIn = all_rules, as_of: date | None = None
) -> CheckResult:
    """What was found, with what is in a baseline accepted; other arguments as for `check`.

    Raises:
        UnreadableInputError: the baseline cannot be read, or is none.
    """
    from grantcalc import baseline_files

    baseline = baseline_files.read_baseline(path)
    accepted = baseline_files.with_baseline(result, baseline.entries, wanted, as_of)
    return replace(accepted, beside=(baseline.source,))


def refuse_copy(path: str, names: Sequence[str], inputs: Iterable[str], outputs: Iterable[str] = ()) -> None:
    """Refuse a reviewed copy that cannot be written, before the check; see `reviewed_files.refuse_copy`."""
    from grantcalc import reviewed_files

    reviewed_files.refuse_copy(path, names, inputs, outputs)


def write_copy(
    path: str, paper: str, result: CheckResult, inputs: Iterable[str], against: str | None = None
) -> tuple[str, ...]:
    """Write the copy of a paper with what was found in it; returns what is to be told of it.

    Where a file could not be read, nothing is written. For arguments and errors see `reviewed_files.write_copy`.
    """
    from grantcalc import reviewed_files

    if result.unreadable:
        return ("the copy is not written, since not all files could be read",)
    return reviewed_files.write_copy(path, paper, result, inputs, against)


@contextmanager
def _noting(unreadable: list[Unreadable]) -> Iterator[None]:
    """Note a file that cannot be read, and go on to the next."""
    try:
        yield
    except UnreadableInputError as error:
        unreadable.append(Unreadable(error.path, error.reason))


def figures(path: str) -> PaperFigures:
    """Read the figures of a paper, and the sums that they take part in."""
    from grantcalc.paper_files import paper_figures

    return paper_figures(read_file(path))


def import_posts(path: str, choices: Choices, sheet: str | None = None, name: str = "") -> ImportedGrant | CheckedFile:
    """Make a grant of a table of posts; or the file with what prevents it.

    Args:
        path: a workbook or a text with a table; "-" is standard input.
        choices: what is said of the table beside what stands in it.
        sheet: the sheet of a workbook that has the table.
        name: the name of the grant; empty for that of the file.
    """
    from grantcalc.table_files import import_table

    return import_table(read_file(path), choices, sheet, name)


def summarise(paths: Iterable[str]) -> Summaries:
    """Total grant files; of a file whose faults leave nothing to total, the findings."""
    from grantcalc.results.summaries import Summaries

    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    grants = tuple(each_summary(paths, faulty, unreadable))
    return Summaries(grants, tuple(faulty), tuple(unreadable))


def each_summary(
    paths: Iterable[str], faulty: list[CheckedFile], unreadable: list[Unreadable]
) -> Iterator[GrantSummary]:
    """Total grant files one by one, so that thousands are never in memory at once.

    Args:
        paths: grant files; "-" is standard input.
        faulty: is given the files whose faults leave nothing to total.
        unreadable: is given those that cannot be read.
    """
    for raw, _, grant, loaded in _grants(paths, faulty, unreadable):
        yield _summary(raw, grant, loaded)


def _summary(raw: RawFile, grant: Grant, loaded: Loaded) -> GrantSummary:
    from grantcalc.results.summaries import GrantSummary

    return GrantSummary(source_of(raw, loaded), account_for(grant), loaded.workings)


def views(paths: Iterable[str], by: By) -> Views:
    """Set out what grants cost; of a file whose faults leave nothing to set out, or that lacks dates, the findings."""
    from grantcalc.grant_checks import without_grant
    from grantcalc.grants.views import view
    from grantcalc.results.views import GrantView, Views
    from grantcalc.rules.years import no_dates

    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    grants = []
    for raw, text, grant, loaded in _grants(paths, faulty, unreadable):
        so = f"its costs belong to no {by.value.replace('-', ' ')}"
        missing = list(no_dates(grant, Severity.ERROR, so)) if by.needs_dates else []
        if missing:
            faulty.append(without_grant(raw, text, loaded, missing))
        else:
            grants.append(GrantView(source_of(raw, loaded), grant, view(grant, total_grant(grant), by)))
    return Views(tuple(grants), tuple(faulty), tuple(unreadable))


def _grants(
    paths: Iterable[str], faulty: list[CheckedFile], unreadable: list[Unreadable]
) -> Iterator[tuple[RawFile, str, Grant, Loaded]]:
    """Read grant files one by one, noting those that have faults and those that cannot be read."""
    for path in paths:
        with _noting(unreadable):
            raw = read_file(path)
            text, loaded = load(raw)
            if loaded.grant is not None:
                yield raw, text, loaded.grant, loaded
            else:
                from grantcalc.grant_checks import faulty_grant

                faulty.append(faulty_grant(raw, text, loaded))


def compare(old: str, new: str) -> GrantDifference | Faulty:
    """Compare two versions of a grant; or the files whose faults leave nothing to compare, and those not read at all.

    Args:
        old: the earlier grant file; one of the two may be "-", standard input.
        new: the later one.
    """
    from grantcalc.grants.changes import changes
    from grantcalc.results.difference import Faulty, GrantDifference

    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    read = [(source_of(raw, loaded), grant) for raw, _, grant, loaded in _grants((old, new), faulty, unreadable)]
    if faulty or unreadable:
        return Faulty(tuple(faulty), tuple(unreadable))
    (old_source, before), (new_source, after) = read
    return GrantDifference(old_source, new_source, before, after, changes(before, after))


def schedule(path: str, number: int | None = None) -> tuple[InvoiceSchedule | CheckedFile, tuple[Finding, ...]]:
    """Schedule the invoices of a grant file, and say what the award cuts, unless that is accepted.

    Or the file with what prevents it.

    Args:
        path: the grant file.
        number: the number of the one invoice that is asked for; None for all.
    """
    from grantcalc.grants.invoices import invoices
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.schedule import InvoiceSchedule
    from grantcalc.rules.payments import cut_payments

    source, account = _scheduled(path)
    if isinstance(account, CheckedFile):
        return account, ()
    planned = invoices(account.grant, account.instalments)
    return InvoiceSchedule(source, account, planned, number), _to_say(cut_payments(account), account.grant)


def claims(path: str, as_of: date | None = None) -> tuple[ClaimLedger | CheckedFile, tuple[Finding, ...]]:
    """Hold the claims of a grant file against its schedule, and say what is wrong with them.

    Args:
        path: the grant file; "-" is standard input.
        as_of: the day on which it is looked at.

    Returns:
        The ledger and the findings on it that are not accepted; or the file with what prevents it.
    """
    from grantcalc.grants.ledger import keep_ledger
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.ledger import ClaimLedger
    from grantcalc.rules import check_ledger

    source, account = _scheduled(path)
    if isinstance(account, CheckedFile):
        return account, ()
    ledger = keep_ledger(account, as_of)
    return ClaimLedger(source, ledger), _to_say(check_ledger(ledger), account.grant, as_of)


def _to_say(findings: Iterable[Finding], grant: Grant, as_of: date | None = None) -> tuple[Finding, ...]:
    """What a command says beside its result: findings that the grant file does not accept."""
    if not grant.accept:
        return tuple(findings)
    from grantcalc.rules.accepting import not_accepted

    return tuple(not_accepted(findings, grant.accept, as_of))


def year_end(path: str, day: date) -> YearEndPosition | CheckedFile:
    """The position of a grant at the end of a day; or the file with what prevents it."""
    from grantcalc.grants.year_end import year_end as position_at
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.ledger import YearEndPosition

    source, account = _scheduled(path)
    return account if isinstance(account, CheckedFile) else YearEndPosition(source, position_at(account, day))


def outturn(path: str, year: str = "", as_of: date | None = None) -> OutturnStatement | CheckedFile:
    """The outturn statement of a year, or of the whole grant; or the file with what prevents it.

    Args:
        path: the grant file; "-" is standard input.
        year: the name of the year, in any spelling; empty for the whole grant.
        as_of: the day on which claims and payments are looked at.

    Raises:
        UnknownYearError: the grant has no such year.
    """
    from grantcalc.grants.outturn import outturn as close
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.ledger import OutturnStatement

    source, account = _scheduled(path)
    if isinstance(account, CheckedFile):
        return account
    named = next((one.year for one in account.grant.years if year_key(one.year) == year_key(year)), "")
    if year and not named:
        raise UnknownYearError(year, [one.year for one in account.grant.years])
    return OutturnStatement(source, close(account, named, as_of))


def explain_cost(path: str, name: str, year: str | None = None) -> CostExplanation | CheckedFile:
    """Explain what a post or other cost of a grant file costs, in all years or one; or the file with its faults.

    Raises:
        UnknownNameError: the grant has no such post or other cost.
        UnknownYearError: the grant has no such year.
    """
    from grantcalc.cost_explanations import explained
    from grantcalc.grant_checks import faulty_grant

    raw = read_file(path)
    text, loaded = load(raw)
    if loaded.grant is None:
        return faulty_grant(raw, text, loaded)
    return explained(_summary(raw, loaded.grant, loaded), name, year)


def _scheduled(path: str) -> tuple[Input, Account | CheckedFile]:
    """The account of a grant file whose payments can be worked out and dated; or the file with what prevents it."""
    from grantcalc.grant_checks import faulty_grant, without_grant

    raw = read_file(path)
    text, loaded = load(raw)
    if loaded.grant is None:
        return raw.source, faulty_grant(raw, text, loaded)
    account = account_for(loaded.grant)
    missing = _unscheduled(account)
    return source_of(raw, loaded), without_grant(raw, text, loaded, missing) if missing else account


def _unscheduled(account: Account) -> list[Finding]:
    """Why a grant's invoices cannot be worked out or dated."""
    from grantcalc.rules.payments import unscheduled_payments
    from grantcalc.rules.years import no_dates

    return [*unscheduled_payments(account.grant), *no_dates(account.grant, Severity.ERROR)]
