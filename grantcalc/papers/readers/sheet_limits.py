"""Sheets looked through before they are parsed: how many cells they have, and how far these reach."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from grantcalc.errors import UnreadableContentError

_MOST_CELLS: Final = 250_000
_MOST_MERGED: Final = 100_000
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_CELL: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?c[\s>/]")
_PLACE: Final = re.compile(rb'<(?:[A-Za-z0-9]+:)?c\s[^<>]{0,200}?\br="([A-Za-z]{1,12})([0-9]{0,12})"')
_MERGED: Final = re.compile(
    rb"<(?:[A-Za-z0-9]+:)?mergeCell\s[^<>]{0,200}?"
    rb'ref="\$?([A-Za-z]{1,12})\$?([0-9]{1,12}):\$?([A-Za-z]{1,12})\$?([0-9]{1,12})"'
)
_SHEET: Final = re.compile(r"xl/worksheets/.*\.xml", re.IGNORECASE)


def check_sheets(data: bytes) -> None:
    """Look through the sheets of a workbook.

    Raises:
        UnreadableContentError: they have more cells, or these reach farther, than those of any paper.
    """
    cells = merged = 0
    with ZipFile(BytesIO(data)) as archive:
        for part in archive.infolist():
            if not _SHEET.fullmatch(part.filename):
                continue
            text = archive.read(part)
            cells += sum(1 for _ in _CELL.finditer(text))
            if cells > _MOST_CELLS:
                reason = f"the workbook has more than {_MOST_CELLS:,} cells; check the sheets with figures on their own"
                raise UnreadableContentError(reason)
            for found in _PLACE.finditer(text):
                _check_place(found.group(1), found.group(2), part.filename)
            for found in _MERGED.finditer(text):
                merged += _check_merged(found, part.filename)
            if merged > _MOST_MERGED:
                reason = f"{part.filename} in the workbook merges more than {_MOST_MERGED:,} cells; it was not opened"
                raise UnreadableContentError(reason)


def _check_merged(found: re.Match[bytes], name: str) -> int:
    """How many cells a merged range covers; it has to lie within a sheet."""
    first = _check_place(found.group(1), found.group(2), name)
    last = _check_place(found.group(3), found.group(4), name)
    return (abs(last[0] - first[0]) + 1) * (abs(last[1] - first[1]) + 1)


def _check_place(letters: bytes, digits: bytes, name: str) -> tuple[int, int]:
    """The row and column of a cell, which has to lie within a sheet."""
    column = 0
    for letter in letters.upper():
        column = 26 * column + letter - ord("A") + 1
    row = int(digits or b"1")
    if column > _LAST_COLUMN or row > _LAST_ROW:
        reason = f"{name} in the workbook has a cell in column {column:,} and row {row:,}, where no sheet reaches"
        raise UnreadableContentError(reason)
    return row, column
