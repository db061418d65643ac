"""Sheets: named columns and rows of values, written once and set as a table, Markdown, CSV or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from grantcalc.money import in_figures, pounds
from grantcalc.report.columns import set_in_columns
from grantcalc.report.markdown import escaped, markdown_row
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.report.spreadsheet_rows import csv_text, safe
from grantcalc.wording import long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


Value: TypeAlias = str | int | Decimal | date | None
"""What a cell holds: text, a number, pounds, a date, or nothing. Pounds below zero have a minus, in every format."""


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
        margin: how many spaces a terminal shows before the first column.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    total: Sequence[Value] | None = None
    remarks: Sequence[str] = field(default=())
    margin: int = 0


@dataclass(frozen=True, slots=True)
class SetOut:
    """A sheet as its readers see it: texts, and only the columns that have something to show.

    Attributes:
        headings: the names of the columns.
        to_the_right: in which of them numbers stand.
        rows: the cells of each row.
        total: the cells of the total; empty where there is none.
    """

    headings: tuple[str, ...]
    to_the_right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def set_out(sheet: Sheet, written: Callable[[date], str]) -> SetOut:
    """Set a sheet out for readers: pence in all amounts or in none.

    Args:
        sheet: the sheet.
        written: how to write a date.
    """
    texts = _texts(sheet, written)
    filled = _filled(sheet, texts)
    rows = [tuple(row[at] for at in filled) for row in texts]
    return SetOut(
        headings=tuple(sheet.columns[at].name for at in filled),
        to_the_right=tuple(sheet.columns[at].to_the_right for at in filled),
        rows=tuple(rows if sheet.total is None else rows[:-1]),
        total=() if sheet.total is None else rows[-1],
    )


def sheets_table(sheets: Iterable[Sheet], medium: Medium = PLAIN) -> str:
    """Sheets one below the other, for a terminal."""
    return "\n\n".join(_table(sheet, medium) for sheet in sheets) + "\n"


def _table(sheet: Sheet, medium: Medium) -> str:
    out = set_out(sheet, short_date)
    rows = [out.headings, *out.rows, *([out.total] if out.total else [])]
    cells = [[medium.show(cell) for cell in row] for row in rows]
    lines = set_in_columns(cells, out.to_the_right, [2 if at else sheet.margin for at in range(len(out.headings))])
    lines[0] = medium.paint(lines[0], Style.FAINT)
    if out.total:
        lines[-1] = medium.paint(lines[-1], Style.STRONG)
    if not any(out.headings):
        del lines[0]
    title = [medium.paint(medium.show(sheet.title), Style.STRONG)] if sheet.title else []
    return "\n".join([*title, *lines, *map(medium.show, sheet.remarks)])


def sheets_markdown(sheets: Iterable[Sheet], medium: Medium = PLAIN) -> str:
    """Sheets as Markdown tables, ready to paste into a paper; remarks without a table are a list."""
    return medium.fit("\n".join(_markdown(sheet) for sheet in sheets))


def _markdown(sheet: Sheet) -> str:
    out = set_out(sheet, long_date)
    lines = [f"## {escaped(sheet.title)}", ""] if sheet.title else []
    if not out.headings:
        return "\n".join([*lines, *(f"- {escaped(remark)}" for remark in sheet.remarks)]) + "\n"
    lines += [markdown_row(map(escaped, out.headings))]
    lines += [markdown_row("---:" if right else "---" for right in out.to_the_right)]
    lines += [markdown_row(map(escaped, row)) for row in (*out.rows, *([out.total] if out.total else []))]
    lines += [line for remark in sheet.remarks for line in ("", escaped(remark))]
    return "\n".join(lines) + "\n"


def sheet_csv(sheet: Sheet, medium: Medium = PLAIN) -> str:
    """A sheet's rows as CSV: amounts as digits, dates as year, month and day; without its total.

    A spreadsheet adds up for itself; a total among the rows would be counted twice by a sum of the column, sorted into
    the middle, and taken into a ledger as one more row.
    """
    rows = [[_plain(value) for value in row] for row in sheet.rows]
    return medium.fit(csv_text([[safe(column.key) for column in sheet.columns], *rows]))


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
    if isinstance(value, Decimal):
        return in_figures(value)
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
    return isinstance(value, Decimal) and value != value.to_integral_value()


def _text(value: Value, written: Callable[[date], str], *, pence: bool) -> str:
    if isinstance(value, Decimal):
        return pounds(value, pence=pence)
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)


def _filled(sheet: Sheet, rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that have a cell, or are shown always."""
    return [at for at, column in enumerate(sheet.columns) if column.always or any(row[at] for row in rows)]
