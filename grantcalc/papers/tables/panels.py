"""Panels: the grids of a table, one, or several where tables stand side by side."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Kind, scaled
from grantcalc.papers.numbers.scales import scale_of
from grantcalc.papers.tables.amounts import amount_of, is_blank, share_of, year_of
from grantcalc.papers.tables.grid import Grid, Line, split
from grantcalc.papers.tables.words import role_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Cell, Table

_NUMBERED: Final = re.compile(r"([0-9]{1,3})[.)]?(?:\s+[^\W\d].*)?", re.DOTALL)
_STEPS: Final = {1, 2, 3}
_FIRST_NUMBER: Final = 2
_FIRST_SERIAL: Final = 1_000
"""Numbers above this that rise by one, two or three from row to row are those of cheques or orders."""


def grids_of(table: Table) -> list[Grid]:
    """The grids of a table.

    A column of words with amounts on both its sides begins another table; percentages and rates are a grid
    of their own.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    edges = _edges(table, width)
    panels = [_Panel(table, start, end) for start, end in pairwise([*edges, width])]
    return [grid for panel in panels for grid in split(panel.grid())]


def _edges(table: Table, width: int) -> list[int]:
    """The columns at which tables that stand side by side begin."""
    words = [0] * width
    found: list[list[Found]] = [[] for _ in range(width)]
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if (amount := amount_of(cell)) is not None:
                found[column].append(amount)
            elif cell.text and not cell.found and not is_blank(cell):
                words[column] += 1
    amounts = [0 if _numbers_rows(column) else len(column) for column in found]
    edges = [0]
    for column in range(1, width - 1):
        wordy = words[column] > max(2, 2 * amounts[column])
        if wordy and any(amounts[edges[-1] : column]) and amounts[column + 1] * 2 >= words[column]:
            edges.append(column)
    return edges


class _Panel:
    """The columns of a table from one up to another, read row by row."""

    def __init__(self, table: Table, start: int, end: int) -> None:
        self._table = table
        self._rows = [row.cells[start:end] for row in table.rows]
        years = not any(found.figure.text.count(",") for row in self._rows for cell in row for found in cell.found)
        self._amounts = [_row_amounts(cells, years=years) for cells in self._rows]
        pairs = zip(self._rows, self._amounts, strict=True)
        self._heads = [_is_heading(cells, found) for cells, found in pairs]
        self._width = max((len(each) for each in self._amounts if any(each)), default=end - start)
        self._columns = _amount_columns(self._amounts, self._width)
        self._headings = [""] * len(self._columns)
        self._scales: list[Decimal | None] = [scale_of(table.caption)] * len(self._columns)
        self._lines: list[Line] = []
        self._starts = True
        self._under = ""
        self._apart = False

    def grid(self) -> Grid:
        """The amounts of the panel."""
        for cells, found, head in zip(self._rows, self._amounts, self._heads, strict=True):
            if head:
                self._read_heading(cells)
            else:
                self._read_amounts(cells, found)
        table = self._table
        return Grid(tuple(self._lines), tuple(self._headings), table.ruled, whole=table.whole)

    def _read_heading(self, cells: Sequence[Cell]) -> None:
        """Read a row of words: headings of the columns, or of the rows below."""
        self._apart = True
        words = _aligned(cells, self._width)
        over = [words[column] if column < len(words) else "" for column in self._columns]
        if self._lines and not _heads_columns(over):
            self._under = next((word for word in words if word), "")
            return
        own = scale_of(" ".join(words))
        for place, word in enumerate(over):
            if self._starts:
                self._headings[place] = f"{self._headings[place]} {word}".strip()
            self._scales[place] = scale_of(word) or own or self._scales[place]
        self._starts = True

    def _read_amounts(self, cells: Sequence[Cell], found: Sequence[Found | None]) -> None:
        """Read a row of amounts."""
        picked = [found[column] if column < len(found) else None for column in self._columns]
        given = [_scaled(each, self._scales[place]) for place, each in enumerate(picked)]
        if any(each is not None for each in given):
            label = _label(cells, found)
            number = _number(cells)
            self._lines.append(
                Line(
                    *(label, role_of(label), tuple(given), self._starts, self._under, self._apart, number),
                    _words(cells, found),
                )
            )
            self._starts, self._under, self._apart = False, "", False


def _row_amounts(cells: Sequence[Cell], *, years: bool) -> list[Found | None]:
    """The amounts of a row; what looks like a year is one where no comma is used, beside other amounts."""
    found = [amount_of(cell) or share_of(cell) for cell in cells]
    if years and any(each is not None and each.kind is not Kind.PERCENT for each in found):
        return [
            each or (year_of(cell) if place else None)
            for place, (each, cell) in enumerate(zip(found, cells, strict=True))
        ]
    return found


def _heads_columns(words: Sequence[str]) -> bool:
    """Whether the words of a row without amounts head columns, and not the rows below only."""
    said = [word for word in words if word]
    return 2 * len(said) > len(words) or any(character.isdigit() for word in said for character in word)


def _scaled(found: Found | None, scale: Decimal | None) -> Found | None:
    return found if found is None or scale is None else scaled(found, scale)


def _is_heading(cells: Sequence[Cell], found: Sequence[Found | None]) -> bool:
    """Whether a row has no amount and no dash for one: words, years and dates only."""
    return not any(found) and not any(cell.text and is_blank(cell) for cell in cells)


def _aligned(cells: Sequence[Cell], width: int) -> list[str]:
    """The words of a heading; where it has fewer cells than the rows below, they stand over the last ones."""
    words = [cell.text for cell in cells]
    missing = width - len(words)
    return [""] * missing + words if missing > 0 and len(words) > 1 and words[0] else words


def _label(cells: Sequence[Cell], found: Sequence[Found | None]) -> str:
    """The words of a row: left of its first amount, else anywhere."""
    first = next((column for column, each in enumerate(found) if each is not None), len(cells))
    words = " ".join(cell.text for cell in cells[:first] if not is_blank(cell))
    pairs = zip(cells, found, strict=True)
    return words or " ".join(cell.text for cell, each in pairs if each is None and not is_blank(cell))


def _words(cells: Sequence[Cell], found: Sequence[Found | None]) -> tuple[str, ...]:
    """The words of the cells left of the first amount."""
    first = next((column for column, each in enumerate(found) if each is not None), 0)
    return tuple("" if is_blank(cell) else cell.text for cell in cells[:first])


def _number(cells: Sequence[Cell]) -> int | None:
    """The number of a row: a few digits at its very beginning, alone or before words."""
    said = _NUMBERED.match(cells[0].text) if cells else None
    return int(said[1]) if said else None


def _amount_columns(amounts: Sequence[Sequence[Found | None]], width: int) -> list[int]:
    """The columns that hold figures, and are no numbering of the rows."""
    columns = []
    for column in range(width):
        found = [each for row in amounts if column < len(row) and (each := row[column]) is not None]
        if found and not _numbers_rows(found):
            columns.append(column)
    return columns


def _numbers_rows(found: Sequence[Found]) -> bool:
    """Whether a column only counts the rows, as 1, 2, 3, or has the numbers of cheques, as 100774, 100775."""
    values = [each.figure.value for each in found if each.kind is not Kind.MONEY]
    steps = {second - first for first, second in pairwise(values)}
    rising = bool(steps) and steps <= _STEPS and not _FIRST_NUMBER < values[0] < _FIRST_SERIAL
    return len(values) == len(found) > 2 and rising  # noqa: PLR2004 - two could be amounts
