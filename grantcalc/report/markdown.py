"""Summaries as Markdown tables, ready to paste into a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import pounds
from grantcalc.report.medium import PLAIN
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows
from grantcalc.wording import date_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.report.medium import Medium
    from grantcalc.results.summaries import GrantSummary


def summary_markdown(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """The costs of grants in a paper's own rows, a table for each year."""
    return medium.fit("\n".join(_grant(summary) for summary in summaries))


def _grant(summary: GrantSummary) -> str:
    account = summary.account
    name = " · ".join(part for part in (account.grant.grant, account.grant.reference) if part)
    lines = [f"## {escaped(name)}", ""]
    pence = any(
        amount != amount.to_integral_value()
        for year in account.totals.years
        for line in year.lines
        for amount in line.headings.values()
    )
    for year in account.totals.years:
        period = year.year.period
        if year.year.year and period:
            lines += [f"{escaped(year.year.year)}: {date_range(period.starts, period.ends)}", ""]
        lines += _table(column_headings(account, year.year.year), list(year_rows(account, year)), pence=pence)
        lines.append("")
    totals = list(total_rows(account))
    if totals:
        lines += [*_table(column_headings(account, ""), totals, pence=pence), ""]
    return "\n".join(lines)


def _table(headings: Sequence[str], rows: Sequence[PaperRow], *, pence: bool) -> list[str]:
    lines = [markdown_row(["Role", *map(escaped, headings)]), markdown_row(["---", *("---:" for _ in headings)])]
    for row in rows:
        amounts = [_amount_text(row, at, pence=pence) for at in range(len(headings))]
        lines.append(markdown_row([escaped(row.name), *amounts]))
    return lines


def _amount_text(row: PaperRow, at: int, *, pence: bool) -> str:
    amount = row.amounts[at]
    return "" if amount is None else pounds(amount, pence=pence or amount != amount.to_integral_value())


def markdown_row(cells: Iterable[str]) -> str:
    """A row of a table of cells that are escaped already."""
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#~&" else sign for sign in PLAIN.show(text))
