"""Summaries, schedules and figures as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grantcalc.money import PENNY, in_figures, round_half_up
from grantcalc.report.figure_rows import HEADINGS, figure_rows
from grantcalc.report.medium import PLAIN
from grantcalc.report.paper_rows import PaperRow, column_headings, total_rows, year_rows
from grantcalc.report.view_rows import capital, row_name, rows_are

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grantcalc.grants.buckets import Bucket
    from grantcalc.report.medium import Medium
    from grantcalc.results import GrantSummary, GrantView, InvoiceSchedule, PaperFigures


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


def view_csv(views: Iterable[GrantView], medium: Medium = PLAIN) -> str:
    """Views of the costs of grants, the grant before each row; dates are those of the grant's part of a row."""
    rows: list[list[str]] = []
    for viewed in views:
        view, grant = viewed.view, _safe(viewed.grant.grant)
        dated = not view.by.breaks_down_by_year
        columns = [_safe(capital(column)) for column in view.columns]
        head = ["Grant", rows_are(viewed), *(["From", "To"] if dated else []), *columns, "Total"]
        if not rows or rows[0] != head:
            rows.append(head)
        for row in view.rows:
            amounts = [*(row.amounts[column] for column in view.columns), row.total]
            dates = _dates(row.bucket) if dated else []
            rows.append([grant, _safe(row_name(view.by, row)), *dates, *map(in_figures, amounts)])
        totals = [*(view.totals[column] for column in view.columns), view.total]
        rows.append([grant, "Total", *(_dates(None) if dated else []), *map(in_figures, totals)])
    return medium.fit(_written(rows))


def _dates(bucket: Bucket | None) -> list[str]:
    """The first and the last day that a stretch of time covers, or empty cells."""
    return [bucket.covered.starts.isoformat(), bucket.covered.ends.isoformat()] if bucket else ["", ""]


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
