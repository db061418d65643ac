"""Hidden rows and columns of a sheet, which the library that reads workbooks quickly does not tell of."""

from __future__ import annotations

import re
from typing import Final

_ROW: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?row(\s[^<>]*)>")
_COLUMN: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?col(\s[^<>]*)>")
_HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_NUMBER: Final = re.compile(rb"""\s(r|min|max)\s*=\s*["']([0-9]{1,7})["']""")


def hidden_lines(sheet: bytes, rows: int, columns: int) -> tuple[list[int], list[int]]:
    """The rows and columns of a sheet that do not show, counted from one.

    Args:
        sheet: the XML of the sheet.
        rows: how many rows of it matter.
        columns: how many columns of it matter.
    """
    found_rows = {_numbers(found[1]).get(b"r", 0) for found in _ROW.finditer(sheet) if _HIDDEN.search(found[1])}
    found_columns: set[int] = set()
    for found in _COLUMN.finditer(sheet):
        if _HIDDEN.search(found[1]):
            numbers = _numbers(found[1])
            found_columns.update(range(numbers.get(b"min", 1), min(numbers.get(b"max", 0), columns) + 1))
    return sorted(row for row in found_rows if 0 < row <= rows), sorted(found_columns)


def _numbers(attributes: bytes) -> dict[bytes, int]:
    """The numbers among the attributes of an element."""
    return {name: int(number) for name, number in _NUMBER.findall(attributes)}
