"""Sheets: named columns and rows of values, written once and set as a table, Markdown, CSV or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from grantcalc.money import PENNY, pounds, round_half_up
from grantcalc.report.columns import set_in_columns
from grantcalc.report.markdown import escaped, markdown_row
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.report.spreadsheet_rows import csv_text, safe
from grantcalc.wording import long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Difference:
    """An amount of which brackets say that it is below zero, as accounts print an underspend."""

    amount: Decimal


Value: TypeAlias = "str | int | Decimal | Difference | date | None"
"""What a cell holds: text, a number, pounds, a difference in pounds, a date, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        key: its name in CSV and JSON, which is a promise.
        name: its heading in tables.
        to_the_right: whether numbers stand in it.
        always: whether it is shown where all its cells are empty.
    """

    key: str
    name: str
    to_the_right: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of values under named columns, with a title above and remarks below.

    Attributes:
        columns: the columns.
        rows: the values of each row, one for each column.
        title: what the sheet shows; empty for none.
        total: a last row that adds up; None where nothing is added up.
        remarks: sentences that say how to read it.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    total: Sequence[Value] | None = None
    remarks: Sequence[str] = field(default=())


def sheets_table(sheets: Iterable[Sheet], medium: Medium = PLAIN) -> str:
    """Sheets one below the other, for a terminal."""
    return "\n\n".join(_table(sheet, medium) for sheet in sheets) + "\n"


def _table(sheet: Sheet, medium: Medium) -> str:
    rows = _texts(sheet, short_date)
    filled = _filled(sheet, rows)
    cells = [[medium.show(row[at]) for at in filled] for row in [[column.name for column in sheet.columns], *rows]]
    right = [sheet.columns[at].to_the_right for at in filled]
    lines = set_in_columns(cells, right, [0, *[2] * (len(filled) - 1)])
    lines[0] = medium.paint(lines[0], Style.FAINT)
    if not any(column.name for column in sheet.columns):
        del lines[0]
    if sheet.total is not None:
        lines[-1] = medium.paint(lines[-1], Style.STRONG)
    title = [medium.paint(medium.show(sheet.title), Style.STRONG)] if sheet.title else []
    return "\n".join([*title, *lines, *map(medium.show, sheet.remarks)])


def sheets_markdown(sheets: Iterable[Sheet], medium: Medium = PLAIN) -> str:
    """Sheets as Markdown tables, ready to paste into a paper."""
    return medium.fit("\n".join(_markdown(sheet) for sheet in sheets))


def _markdown(sheet: Sheet) -> str:
    rows = _texts(sheet, long_date)
    filled = _filled(sheet, rows)
    columns = [sheet.columns[at] for at in filled]
    lines = [f"## {escaped(sheet.title)}", ""] if sheet.title else []
    lines += [markdown_row(escaped(column.name) for column in columns)]
    lines += [markdown_row("---:" if column.to_the_right else "---" for column in columns)]
    lines += [markdown_row(escaped(row[at]) for at in filled) for row in rows]
    lines += [line for remark in sheet.remarks for line in ("", escaped(remark))]
    return "\n".join(lines) + "\n"


def sheet_csv(sheet: Sheet, medium: Medium = PLAIN) -> str:
    """A sheet's rows as CSV: amounts as digits, dates as year, month and day; without its total."""
    rows = [[_plain(value) for value in row] for row in sheet.rows]
    return medium.fit(csv_text([[column.key for column in sheet.columns], *rows]))


def sheet_records(sheet: Sheet) -> list[dict[str, Any]]:
    """A sheet's rows for a JSON document, each value under its column's key."""
    return [
        {column.key: json_value(value) for column, value in zip(sheet.columns, row, strict=True)} for row in sheet.rows
    ]


def json_value(value: Value) -> str | int | None:
    """A value as JSON holds it: amounts as strings with two decimals, dates as year, month and day."""
    if value is None or isinstance(value, int):
        return value
    return _plain(value, keep=True)


def _plain(value: Value, *, keep: bool = False) -> str:
    """A value without signs or words; text made harmless for a spreadsheet, or kept as it is."""
    if isinstance(value, Difference):
        value = value.amount
    if isinstance(value, Decimal):
        return f"{round_half_up(value, PENNY):.2f}"
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return text if keep else safe(text)


def _texts(sheet: Sheet, written: Callable[[date], str]) -> list[list[str]]:
    """The cells as a reader sees them; all amounts with pence where one has some."""
    rows = [*sheet.rows, *([sheet.total] if sheet.total is not None else [])]
    pence = any(_has_pence(value) for row in rows for value in row)
    return [[_text(value, written, pence=pence) for value in row] for row in rows]


def _has_pence(value: Value) -> bool:
    amount = value.amount if isinstance(value, Difference) else value
    return isinstance(amount, Decimal) and amount != amount.to_integral_value()


def _text(value: Value, written: Callable[[date], str], *, pence: bool) -> str:
    if isinstance(value, Difference):
        printed = pounds(abs(value.amount), pence=pence)
        return f"({printed})" if value.amount < 0 else printed
    if isinstance(value, Decimal):
        return pounds(value, pence=pence)
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)


def _filled(sheet: Sheet, rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that have a cell, or are shown always."""
    return [at for at, column in enumerate(sheet.columns) if column.always or any(row[at] for row in rows)]
