"""Summaries and schedules as Markdown tables, ready to paste into a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.movement import movements_of
from grantcalc.money import pounds
from grantcalc.report.invoice_rows import HEADINGS, TO_THE_RIGHT, invoice_rows
from grantcalc.report.medium import PLAIN
from grantcalc.report.movement_rows import movement_cells
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows
from grantcalc.wording import date_range, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.report.medium import Medium
    from grantcalc.results import GrantSummary, InvoiceSchedule


def summary_markdown(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
    """The costs of grants in a paper's own rows, a table for each year."""
    return medium.fit("\n".join(_grant(summary) for summary in summaries))


def _grant(summary: GrantSummary) -> str:
    account = summary.account
    name = " · ".join(part for part in (account.grant.grant, account.grant.reference) if part)
    lines = [f"## {_escaped(name)}", ""]
    pence = any(
        amount != amount.to_integral_value()
        for year in account.totals.years
        for line in year.lines
        for amount in line.headings.values()
    )
    for year in account.totals.years:
        period = year.year.period
        if year.year.year and period:
            lines += [f"{_escaped(year.year.year)}: {date_range(period.starts, period.ends)}", ""]
        lines += _table(column_headings(account, year.year.year), list(year_rows(account, year)), pence=pence)
        lines.append("")
    totals = list(total_rows(account))
    if totals:
        lines += [*_table(column_headings(account, ""), totals, pence=pence), ""]
    return "\n".join(lines)


def _table(headings: Sequence[str], rows: Sequence[PaperRow], *, pence: bool) -> list[str]:
    lines = [_row(["Role", *map(_escaped, headings)]), _row(["---", *("---:" for _ in headings)])]
    for row in rows:
        amounts = [_amount_text(row, at, pence=pence) for at in range(len(headings))]
        lines.append(_row([_escaped(row.name), *amounts]))
    return lines


def _amount_text(row: PaperRow, at: int, *, pence: bool) -> str:
    amount = row.amounts[at]
    return "" if amount is None else pounds(amount, pence=pence or amount != amount.to_integral_value())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#~&" else sign for sign in PLAIN.show(text))


def movement_markdown(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
    """How costs move from each year to the next, a table for each pair of years."""
    lines: list[str] = []
    for summary in summaries:
        lines += [f"## {_escaped(summary.account.grant.grant)}", ""]
        for year in movements_of(summary.account.totals, summary.workings):
            head = ["Role", "Heading", year.earlier, year.later, "Change", "Per cent", "Driven by"]
            lines += [_row(map(_escaped, head)), _row(["---", "---", *["---:"] * 4, "---"])]
            lines += [*(_row(map(_escaped, movement_cells(movement))) for movement in year.movements), ""]
    return medium.fit("\n".join(lines))


def invoice_markdown(schedule: InvoiceSchedule, medium: Medium = PLAIN) -> str:
    """The schedule of invoices as a table."""
    lines = [_row(HEADINGS), _row("---:" if right else "---" for right in TO_THE_RIGHT)]
    lines += [_row(map(_escaped, row)) for row in invoice_rows(schedule, long_date)]
    return medium.fit("\n".join(lines) + "\n")
