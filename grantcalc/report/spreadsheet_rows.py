"""Summaries, schedules and figures as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grantcalc.money import PENNY, round_half_up
from grantcalc.report.figure_rows import HEADINGS, figure_rows
from grantcalc.report.medium import PLAIN
from grantcalc.report.movement_rows import movement_rows
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grantcalc.report.medium import Medium
    from grantcalc.results import GrantSummary, InvoiceSchedule, PaperFigures


def summary_csv(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
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
    return medium.fit(_written(rows))


def _row(grant: str, year: str, row: PaperRow) -> list[str]:
    return [_safe(grant), _safe(year), _safe(row.name), *(_amount(amount) for amount in row.amounts)]


def movement_csv(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
    """How costs move from year to year, a row for each line and heading."""
    head = ["Grant", "From", "To", "Role", "Heading", "Before", "After", "Change", "Per cent", "Driven by"]
    rows = [row for summary in summaries for row in movement_rows(summary)]
    return medium.fit(_written([head, *([*map(_safe, row[:5]), *row[5:9], _safe(row[9])] for row in rows)]))


def invoice_csv(schedule: InvoiceSchedule, medium: Medium = PLAIN) -> str:
    """The schedule of invoices, a row each, dates as year, month and day."""
    head = ["number", "year", "from", "to", "invoice_date", "due_date", "amount", "cumulative", "remaining"]
    rows = [
        [
            str(invoice.number),
            _safe(invoice.year),
            invoice.period.starts.isoformat(),
            invoice.period.ends.isoformat(),
            invoice.invoice_date.isoformat(),
            invoice.due_date.isoformat() if invoice.due_date else "",
            _amount(invoice.amount),
            _amount(invoice.cumulative),
            _amount(invoice.remaining),
        ]
        for invoice in schedule.invoices
    ]
    return medium.fit(_written([head, *rows]))


def figure_csv(read: PaperFigures, medium: Medium = PLAIN) -> str:
    """The figures of a paper, a row each."""
    rows = [[_safe(cell) for cell in row] for row in figure_rows(read)]
    return medium.fit(_written([[heading.lower() for heading in HEADINGS], *rows]))


def _amount(amount: Decimal | None) -> str:
    """An amount as a spreadsheet reads it: digits, a point, two decimals."""
    return "" if amount is None else f"{round_half_up(amount, PENNY):.2f}"


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    shown = PLAIN.show(text)
    return f"'{shown}" if shown.lstrip()[:1] in ("=", "+", "-", "@") else shown


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
