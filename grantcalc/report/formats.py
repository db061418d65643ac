"""The formats of each command, and the report that makes each; a report is imported when it is used."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.report.medium import Medium
    from grantcalc.results import CheckResult, CostExplanation, GrantSummary, InvoiceSchedule, PaperFigures


class TableFormat(StrEnum):
    """The formats of `summarise` and `invoices`."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class CheckFormat(StrEnum):
    """The formats of `check`."""

    FULL = "full"
    JSON = "json"


class FigureFormat(StrEnum):
    """The formats of `figures`."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class CostFormat(StrEnum):
    """The formats of `explain-cost`."""

    TABLE = "table"
    JSON = "json"


def summary_text(summaries: Sequence[GrantSummary], format_: TableFormat, medium: Medium) -> str:
    """Summaries in one of the formats."""
    if format_ is TableFormat.JSON:
        from grantcalc.report.json_document import summary_document

        return summary_document(summaries, medium)
    if format_ is TableFormat.CSV:
        from grantcalc.report.spreadsheet_rows import summary_csv

        return summary_csv(summaries, medium)
    if format_ is TableFormat.MARKDOWN:
        from grantcalc.report.markdown import summary_markdown

        return summary_markdown(summaries, medium)
    from grantcalc.report.table import summary_table

    return summary_table(summaries, medium)


def movement_text(summaries: Sequence[GrantSummary], format_: TableFormat, medium: Medium) -> str:
    """How costs move from year to year, in one of the formats."""
    if format_ is TableFormat.JSON:
        from grantcalc.report.json_document import movement_document

        return movement_document(summaries, medium)
    if format_ is TableFormat.CSV:
        from grantcalc.report.spreadsheet_rows import movement_csv

        return movement_csv(summaries, medium)
    if format_ is TableFormat.MARKDOWN:
        from grantcalc.report.markdown import movement_markdown

        return movement_markdown(summaries, medium)
    from grantcalc.report.movement_rows import movement_table

    return movement_table(summaries, medium)


def invoice_text(schedule: InvoiceSchedule, format_: TableFormat, medium: Medium) -> str:
    """A schedule of invoices in one of the formats."""
    if format_ is TableFormat.JSON:
        from grantcalc.report.json_document import invoice_document

        return invoice_document(schedule, medium)
    if format_ is TableFormat.CSV:
        from grantcalc.report.spreadsheet_rows import invoice_csv

        return invoice_csv(schedule, medium)
    if format_ is TableFormat.MARKDOWN:
        from grantcalc.report.markdown import invoice_markdown

        return invoice_markdown(schedule, medium)
    from grantcalc.report.table import invoice_table

    return invoice_table(schedule, medium)


def check_text(result: CheckResult, format_: CheckFormat, medium: Medium) -> str:
    """What was checked in one of the formats."""
    if format_ is CheckFormat.JSON:
        from grantcalc.report.json_document import check_document

        return check_document(result, medium)
    from grantcalc.report.full import full

    return full(result, medium)


def figure_text(read: PaperFigures, format_: FigureFormat, medium: Medium) -> str:
    """What was read in a paper in one of the formats."""
    if format_ is FigureFormat.JSON:
        from grantcalc.report.json_document import figures_document

        return figures_document(read, medium)
    if format_ is FigureFormat.CSV:
        from grantcalc.report.spreadsheet_rows import figure_csv

        return figure_csv(read, medium)
    from grantcalc.report.figure_rows import figure_table

    return figure_table(read, medium)


def cost_text(explained: CostExplanation, format_: CostFormat, medium: Medium) -> str:
    """How a cost follows from rates, in one of the formats."""
    if format_ is CostFormat.JSON:
        from grantcalc.report.json_document import cost_document

        return cost_document(explained, medium)
    from grantcalc.report.cost_working import cost_table

    return cost_table(explained, medium)
