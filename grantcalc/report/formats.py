"""The formats of each command, and the report that makes each.

A command's formats are one literal type, which `--help` lists and a wrong `--format` is held against; a report is
imported in the case that uses it, since some take time to load, or need a library that is not installed. What is a
table of one kind of row is written as sheets, and `sheets_text` has the formats of all of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.findings import Rule
    from grantcalc.report.medium import Medium
    from grantcalc.report.sheets import Sheet
    from grantcalc.results.checked import CheckResult
    from grantcalc.results.costs import CostExplanation
    from grantcalc.results.difference import GrantDifference
    from grantcalc.results.figures import PaperFigures
    from grantcalc.results.ledger import ClaimLedger, OutturnStatement, YearEndPosition
    from grantcalc.results.schedule import InvoiceSchedule
    from grantcalc.results.summaries import GrantSummary
    from grantcalc.results.views import GrantView

SheetFormat: TypeAlias = Literal["table", "csv", "markdown"]
ViewKind: TypeAlias = Literal["year", "financial-year", "calendar-year", "quarter", "heading", "line"]
TableFormat: TypeAlias = Literal["table", "json", "csv", "markdown"]
SummaryFormat: TypeAlias = Literal["table", "json", "jsonl", "csv", "markdown"]
PageFormat: TypeAlias = Literal["table", "json", "csv", "markdown", "html"]
InvoiceFormat: TypeAlias = Literal["table", "json", "csv", "markdown", "html", "ics"]
CheckFormat: TypeAlias = Literal["full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"]
ReviewFormat: TypeAlias = Literal["full", "concise", "markdown"]
CostFormat: TypeAlias = Literal["table", "json"]
FigureFormat: TypeAlias = Literal["table", "json", "csv"]
RuleFormat: TypeAlias = Literal["text", "json", "markdown"]
RulesFormat: TypeAlias = Literal["table", "json", "markdown"]

ALWAYS_UTF_8: Final = ("html", "ics", "junit")
"""Formats that are UTF-8 whatever the stream is: pages and test reports say so themselves, and a calendar must be."""


def summary_text(summaries: Sequence[GrantSummary], format_: TableFormat, medium: Medium) -> str:
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


def summary_lines(summaries: Iterable[GrantSummary], medium: Medium) -> Iterator[str]:
    """Summaries as lines of JSON, each as soon as its summary is there."""
    from grantcalc.report.json_lines import summary_line

    return (summary_line(summary, medium) for summary in summaries)


def view_text(views: Sequence[GrantView], format_: TableFormat, medium: Medium) -> str:
    """Views in one of the formats."""
    match format_:
        case "json":
            from grantcalc.report.json_document import view_document

            return view_document(views, medium)
        case "csv":
            from grantcalc.report.sheets import sheet_csv
            from grantcalc.report.view_sheets import view_records

            return "".join(sheet_csv(sheet, medium) for sheet in view_records(views))
        case _:
            from grantcalc.report.view_sheets import view_sheet

            sheets = [view_sheet(viewed) for viewed in views]
            return sheets_text(sheets, sheets[0], format_, medium)


def diff_text(compared: GrantDifference, format_: TableFormat, medium: Medium) -> str:
    """What has changed between two versions of a grant in one of the formats."""
    match format_:
        case "json":
            from grantcalc.report.json_document import diff_document

            return diff_document(compared, medium)
        case _:
            from grantcalc.report.diff_sheets import diff_records, diff_sheets

            return sheets_text(diff_sheets(compared), diff_records(compared), format_, medium)


def movement_text(summaries: Sequence[GrantSummary], format_: TableFormat, medium: Medium) -> str:
    """How costs move from year to year, in one of the formats."""
    match format_:
        case "json":
            from grantcalc.report.json_document import movement_document

            return movement_document(summaries, medium)
        case _:
            from grantcalc.report.movement_sheets import movement_records, movement_sheets

            return sheets_text(movement_sheets(summaries), movement_records(summaries), format_, medium)


def cost_text(explained: CostExplanation, format_: CostFormat, medium: Medium) -> str:
    """How a cost follows from rates, in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.cost_working import cost_table as report
        case "json":
            from grantcalc.report.json_document import cost_document as report
    return report(explained, medium)


def invoice_text(schedule: InvoiceSchedule, format_: InvoiceFormat, medium: Medium, remind: int | None = None) -> str:
    """A schedule of invoices in one of the formats; in a calendar, with a reminder so many days before each event."""
    match format_:
        case "json":
            from grantcalc.report.payment_documents import invoice_document

            return invoice_document(schedule, medium)
        case "html":
            from grantcalc.report.invoice_page import invoice_page

            return invoice_page(schedule)
        case "ics":
            from grantcalc.report.invoice_calendar import invoice_calendar

            return invoice_calendar(schedule, remind)
        case _:
            from grantcalc.report.invoice_sheets import invoice_records, invoice_sheets

            return sheets_text(invoice_sheets(schedule), invoice_records(schedule), format_, medium)


def claim_text(claims: ClaimLedger, format_: PageFormat, medium: Medium, number: int | None = None) -> str:
    """A ledger of claims in one of the formats; with a number, the claim for that invoice, as a page."""
    match format_:
        case "json":
            from grantcalc.report.payment_documents import claim_document

            return claim_document(claims, medium)
        case "html":
            from grantcalc.report.claim_page import claim_page
            from grantcalc.report.ledger_page import ledger_page

            return ledger_page(claims) if number is None else claim_page(claims, number)
        case _:
            from grantcalc.report.claim_sheets import ledger_sheets
            from grantcalc.report.entry_sheet import entry_sheet

            return sheets_text(ledger_sheets(claims.ledger), entry_sheet(claims.ledger), format_, medium)


def year_end_text(year_end: YearEndPosition, format_: TableFormat, medium: Medium) -> str:
    """A position at a year end in one of the formats."""
    match format_:
        case "json":
            from grantcalc.report.payment_documents import year_end_document

            return year_end_document(year_end, medium)
        case _:
            from grantcalc.report.year_end_sheets import year_end_sheet

            sheet = year_end_sheet(year_end.position)
            return sheets_text([sheet], sheet, format_, medium)


def outturn_text(outturn: OutturnStatement, format_: PageFormat, medium: Medium) -> str:
    """An outturn statement in one of the formats."""
    match format_:
        case "json":
            from grantcalc.report.payment_documents import outturn_document

            return outturn_document(outturn, medium)
        case "html":
            from grantcalc.report.outturn_page import outturn_page

            return outturn_page(outturn)
        case _:
            from grantcalc.report.outturn_sheets import all_lines, outturn_sheets

            return sheets_text(outturn_sheets(outturn.statement), all_lines(outturn.statement), format_, medium)


def check_text(result: CheckResult, format_: CheckFormat, medium: Medium, *, show_passes: bool = False) -> str:
    """What was checked in one of the formats; in those that people read with the sums that hold, if they are wanted."""
    match format_:
        case "json":
            from grantcalc.report.json_document import check_document as report
        case "sarif":
            from grantcalc.report.sarif import sarif as report
        case "github":
            from grantcalc.report.github import github as report
        case "gitlab":
            from grantcalc.report.gitlab import gitlab as report
        case "junit":
            from grantcalc.report.junit import junit as report
        case _:
            return _review_text(result, format_, medium, show_passes=show_passes)
    return report(result, medium)


def _review_text(result: CheckResult, format_: ReviewFormat, medium: Medium, *, show_passes: bool) -> str:
    match format_:
        case "full":
            from grantcalc.report.full import full as report
        case "concise":
            from grantcalc.report.concise import concise as report
        case "markdown":
            from grantcalc.report.check_markdown import check_markdown as report
    return report(result, medium, show_passes=show_passes)


def rule_text(rule: Rule, format_: RuleFormat, medium: Medium) -> str:
    """A rule's page in one of the formats."""
    from grantcalc.report import rule_page

    match format_:
        case "text":
            return rule_page.rule_text(rule, medium)
        case "json":
            return rule_page.rules_document([rule], medium)
        case "markdown":
            return rule_page.rule_markdown(rule, medium)


def rules_text(rules: Sequence[Rule], format_: RulesFormat, medium: Medium) -> str:
    """The list of rules in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.rule_list import rules_table as report
        case "json":
            from grantcalc.report.rule_page import rules_document as report
        case "markdown":
            from grantcalc.report.rule_list import rules_markdown as report
    return report(rules, medium)


def figure_text(read: PaperFigures, format_: FigureFormat, medium: Medium) -> str:
    """What was read in a paper in one of the formats."""
    match format_:
        case "table":
            from grantcalc.report.figure_rows import figure_table as report
        case "json":
            from grantcalc.report.json_document import figures_document as report
        case "csv":
            from grantcalc.report.spreadsheet_rows import figure_csv as report
    return report(read, medium)


def sheets_text(readers: Sequence[Sheet], records: Sheet, format_: SheetFormat, medium: Medium) -> str:
    """Sheets in one of the formats: those for readers, or the one whose rows are records."""
    from grantcalc.report.sheets import sheet_csv, sheets_markdown, sheets_table

    match format_:
        case "table":
            return sheets_table(readers, medium)
        case "csv":
            return sheet_csv(records, medium)
        case "markdown":
            return sheets_markdown(readers, medium)
