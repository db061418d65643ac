"""Summaries and schedules as Markdown tables, ready to paste into a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import pounds
from grantcalc.report.invoice_rows import HEADINGS, TO_THE_RIGHT, invoice_rows
from grantcalc.report.medium import PLAIN
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows
from grantcalc.report.view_rows import view_rows
from grantcalc.wording import date_range, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.grants.model import Grant
    from grantcalc.report.medium import Medium
    from grantcalc.results import GrantSummary, GrantView, InvoiceSchedule


def summary_markdown(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
    """The costs of grants in a paper's own rows, a table for each year."""
    return medium.fit("\n".join(_grant(summary) for summary in summaries))


def _grant(summary: GrantSummary) -> str:
    account = summary.account
    lines = [_title(account.grant), ""]
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


def _title(grant: Grant) -> str:
    return f"## {_escaped(' · '.join(part for part in (grant.grant, grant.reference) if part))}"


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


def invoice_markdown(schedule: InvoiceSchedule, medium: Medium = PLAIN) -> str:
    """The schedule of invoices as a table."""
    lines = [_row(HEADINGS), _row("---:" if right else "---" for right in TO_THE_RIGHT)]
    lines += [_row(map(_escaped, row)) for row in invoice_rows(schedule, long_date)]
    return medium.fit("\n".join(lines) + "\n")


def view_markdown(views: Iterable[GrantView], medium: Medium = PLAIN) -> str:
    """Views of the costs of grants, a table each."""
    return medium.fit("\n".join(_view(viewed) for viewed in views))


def _view(viewed: GrantView) -> str:
    shown = view_rows(viewed)
    sides = ["---"] * shown.names + ["---:"] * (len(shown.heading) - shown.names)
    rows = [_row(map(_escaped, row)) for row in (shown.heading, *shown.rows, shown.total)]
    remark = [shown.remark, ""] if shown.remark else []
    return "\n".join([_title(viewed.grant), "", rows[0], _row(sides), *rows[1:], "", *remark])
