"""Summaries and figures as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grantcalc.money import machine_amount
from grantcalc.report.figure_rows import HEADINGS, figure_rows
from grantcalc.report.medium import PLAIN
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grantcalc.report.medium import Medium
    from grantcalc.results.figures import PaperFigures
    from grantcalc.results.summaries import GrantSummary


def summary_csv(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """The costs of grants in a paper's own rows, the grant and the year before each."""
    rows: list[list[str]] = []
    for summary in summaries:
        account = summary.account
        head = ["Grant", "Year", "Role", *column_headings(account, "")]
        if not rows or rows[0] != head:
            rows.append(head)
        for year in account.totals.years:
            rows += (_row(account.grant.grant, year.year.year, row) for row in year_rows(account, year))
        rows += (_row(account.grant.grant, "All years", row) for row in total_rows(account))
    return medium.fit(csv_text(rows))


def _row(grant: str, year: str, row: PaperRow) -> list[str]:
    return [safe(grant), safe(year), safe(row.name), *(_amount(amount) for amount in row.amounts)]


def figure_csv(read: PaperFigures, medium: Medium = PLAIN) -> str:
    """The figures of a paper, a row each."""
    rows = [[safe(cell) for cell in row] for row in figure_rows(read)]
    return medium.fit(csv_text([[heading.lower() for heading in HEADINGS], *rows]))


def _amount(amount: Decimal | None) -> str:
    """An amount as a spreadsheet reads it: digits, a point, two decimals."""
    return "" if amount is None else machine_amount(amount)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    shown = PLAIN.show(text)
    return f"'{shown}" if shown.lstrip()[:1] in ("=", "+", "-", "@") else shown


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells that are safe already as CSV, a line each."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
