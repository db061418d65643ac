"""Tables in workbooks (.xlsx): numbers as they were entered, formulas by the values that they were saved with."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from grantcalc.errors import MissingLibraryError, UnreadableInputError
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.posts.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid, column_letter
from grantcalc.grants.posts.hidden import hidden_lines
from grantcalc.money import Malformed, as_entered
from grantcalc.source import Where
from grantcalc.wording import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PARTS: Final = 2_000
_LARGEST_PARTS: Final = 150 * 2**20
_MOST_FOLD: Final = 200
_SMALL_PART: Final = 2**20
"""A workbook of 100,000 posts unfolds to less than a third of this, and to thirty times its size."""

_LEAVE_OUT: Final = "show what belongs to the table, delete the rest; or take it out of the grant file"
_CALCULATE: Final = "open the workbook, let it calculate, save it again; or enter the amount"


def read_workbook(data: bytes, path: str) -> list[Grid]:
    """Read the sheets of a workbook that are not hidden and not empty.

    Args:
        data: the file's bytes.
        path: the file as the user named it.

    Raises:
        UnreadableInputError: it is no workbook, or unfolds to more than any table of posts needs.
        MissingLibraryError: the library that reads workbooks is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingLibraryError(library="openpyxl", extra="office", use="reading a workbook") from None
    _refuse_bombs(data, path)
    try:
        # Read twice, since the library gives either the formulas or the values that they were saved with.
        values, formulas = (
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=saved, keep_links=False)
            for saved in (True, False)
        )
        sheets = [
            _grid(shown, held)
            for shown, held in zip(values.worksheets, formulas.worksheets, strict=True)
            if shown.sheet_state == "visible"
        ]
    except (MemoryError, MissingLibraryError):
        raise
    except Exception as error:  # the library raises whatever a broken workbook makes it stumble over
        reason = "this is not a workbook that can be read; open it in a spreadsheet and save it as .xlsx or .csv"
        raise UnreadableInputError(path, reason) from error
    return [grid for grid in sheets if grid.rows or grid.faults]


def _refuse_bombs(data: bytes, path: str) -> None:
    """Refuse an archive that unfolds to more than a workbook would, before any of it is unfolded."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableInputError(path, "this is not an .xlsx workbook; save it as .xlsx or .csv") from error
    size = sum(part.file_size for part in parts)
    folded = any(part.file_size > max(_SMALL_PART, _MOST_FOLD * part.compress_size) for part in parts)
    if len(parts) > _MOST_PARTS or size > _LARGEST_PARTS or folded:
        reason = f"the workbook unfolds to {size // 2**20:,} MB in {len(parts):,} parts, more than any table of posts"
        raise UnreadableInputError(path, reason)


def _grid(shown: Any, held: Any) -> Grid:  # noqa: ANN401  (the library's sheets in read-only mode have no type)
    for sheet in (shown, held):
        sheet.reset_dimensions()  # what a file says of its size may be false
    rows: list[tuple[Cell, ...]] = []
    last = cells = 0
    name = str(shown.title)
    for at, (values, formulas) in enumerate(zip(shown.iter_rows(), held.iter_rows(), strict=False)):
        row = _trimmed(
            [_cell(value, formula, name, at, column) for column, (value, formula) in _paired(values, formulas)]
        )
        cells += len(row)
        if at >= MOST_ROWS and not row:
            continue  # a sheet may be formatted down to its last row
        if at >= MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            message = f"the sheet has more than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells"
            return Grid((), (Fault(FaultKind.LIMIT, message, Where(sheet=name)),), name)
        rows.append(row)
        last = len(rows) if row else last
    kept = tuple(rows[:last])
    return Grid(kept, name=name, notes=tuple(_hidden(shown, kept, name)))


def _hidden(sheet: Any, rows: tuple[tuple[Cell, ...], ...], name: str) -> Iterator[Fault]:  # noqa: ANN401  (as above)
    """What is to be said of rows and columns that do not show, if anything stands in them."""
    with sheet._get_source() as source:  # noqa: SLF001  (the library does not tell of them otherwise)
        found = hidden_lines(source.read(), len(rows), max(map(len, rows), default=0))
    filled = (
        ("row", [row for row in found[0] if rows[row - 1]], str, lambda first: (first - 1, 0)),
        (
            "column",
            [column for column in found[1] if any(len(row) >= column and not row[column - 1].is_blank for row in rows)],
            lambda column: column_letter(column - 1),
            lambda first: (0, first - 1),
        ),
    )
    for what, lines, named, place in filled:
        if lines:
            row, column = place(lines[0])
            at = Where(sheet=name, cell=f"{column_letter(column)}{row + 1}")
            many = f"{what} {named(lines[0])} is" if len(lines) == 1 else f"{what}s {ranges(lines, named)} are"
            yield Fault(FaultKind.HIDDEN, f"{many} hidden, and read too", at, _LEAVE_OUT)


def _paired(values: Any, formulas: Any) -> Iterator[tuple[int, tuple[Any, Any]]]:  # noqa: ANN401  (as above)
    return enumerate(zip(values, formulas, strict=False))


def _trimmed(row: list[Cell]) -> tuple[Cell, ...]:
    """A row without the blank cells at its end."""
    while row and row[-1].is_blank:
        row.pop()
    return tuple(row)


def _cell(shown: Any, held: Any, sheet: str, row: int, column: int) -> Cell:  # noqa: ANN401  (as above)
    """A cell: its value, and why that can be no amount."""
    at = Where(sheet=sheet, cell=f"{column_letter(column)}{row + 1}")
    value = shown.value
    if value is None:
        formula = held.value is not None
        return Cell("", at, Malformed("holds a formula that was not calculated", _CALCULATE) if formula else None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, str(shown.number_format or ""), at)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    text = str(value).upper() if isinstance(value, bool) else str(value)
    flaw = None
    if shown.data_type == "e":
        flaw = Malformed("is an error of the spreadsheet", "mend its formula, or enter the amount")
    elif isinstance(value, bool):
        flaw = Malformed("is a truth value", "enter the amount")
    elif isinstance(value, date | time | timedelta):
        flaw = Malformed("is a date or time", "enter the amount, and format the cell as a number")
    return Cell(text.encode("utf-8", "replace").decode().strip(), at, flaw)


def _number(value: float, number_format: str, at: Where) -> Cell:
    digits = as_entered(value)
    if not digits.lstrip("-").replace(".", "", 1).isdecimal():
        return Cell(digits, at, Malformed("is not a number", "enter the amount"))
    if "%" in number_format:
        return Cell(digits, at, Malformed("is shown as a percentage", "enter the amount"), number=True)
    return Cell(digits, at, number=True)
