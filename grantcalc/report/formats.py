"""The formats of each command, and the report that makes each.

A report is imported where it is used, since some need libraries that take time to load, or that are not installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from grantcalc.report.medium import PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.report.medium import Medium
    from grantcalc.report.sheet import Sheet
    from grantcalc.results import CheckResult, GrantSummary, InvoiceSchedule, PaperFigures

SheetFormat: TypeAlias = Literal["table", "csv", "markdown"]
"""The formats of everything that is a sheet."""

SummaryFormat: TypeAlias = Literal["table", "json", "csv", "markdown"]
InvoiceFormat: TypeAlias = Literal["table", "json", "csv", "markdown", "html", "ics"]
CheckFormat: TypeAlias = Literal["full", "json"]
FigureFormat: TypeAlias = Literal["table", "json", "csv"]

ALWAYS_UTF_8: Final = ("html", "ics")
"""Formats that say themselves which encoding they are in, or that have only one."""


def summary_text(summaries: Sequence[GrantSummary], format_: SummaryFormat, medium: Medium = PLAIN) -> str:
    """Summaries in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.table import summary_table as report
        case "json":
            from grantcalc.report.json_document import summary_document as report
        case "csv":
            from grantcalc.report.spreadsheet_rows import summary_csv as report
        case "markdown":
            from grantcalc.report.markdown import summary_markdown as report
    return report(summaries, medium)


def invoice_text(
    schedule: InvoiceSchedule, format_: InvoiceFormat, medium: Medium = PLAIN, remind: int | None = None
) -> str:
    """A schedule of invoices in one of the formats; in a calendar, with a reminder so many days before each event."""
    match format_:
        case "json":
            from grantcalc.report.json_document import invoice_document

            return invoice_document(schedule, medium)
        case "html":
            from grantcalc.report.invoice_page import invoice_page

            return invoice_page(schedule)
        case "ics":
            from grantcalc.report.invoice_calendar import invoice_calendar

            return invoice_calendar(schedule, remind)
        case _:
            from grantcalc.report.invoice_rows import invoice_sheet

            return sheet_text(invoice_sheet(schedule), format_, medium)


def check_text(result: CheckResult, format_: CheckFormat, medium: Medium = PLAIN) -> str:
    """What was checked in one of the formats."""
    match format_:
        case "full":
            from grantcalc.report.full import full as report
        case "json":
            from grantcalc.report.json_document import check_document as report
    return report(result, medium)


def figure_text(read: PaperFigures, format_: FigureFormat, medium: Medium = PLAIN) -> str:
    """What was read in a paper in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.figure_rows import figure_table as report
        case "json":
            from grantcalc.report.json_document import figures_document as report
        case "csv":
            from grantcalc.report.spreadsheet_rows import figure_csv as report
    return report(read, medium)


def sheet_text(sheet: Sheet, format_: SheetFormat, medium: Medium = PLAIN) -> str:
    """A sheet in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.columns import sheet_table as report
        case "csv":
            from grantcalc.report.spreadsheet_rows import sheet_csv as report
        case "markdown":
            from grantcalc.report.markdown import sheet_markdown as report
    return report(sheet, medium)
