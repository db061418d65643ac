"""Regions: the tables of a sheet, which blank rows and columns set apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.drafts import DraftTable, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.readers.drafts import Block

_MOST_BLANK: Final = 2
"""A table may go on after so many blank rows."""

Place = tuple[int, int]
Row = tuple[int, list[Slot]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet by row and column, counted from one, and which of them hold numbers."""

    slots: dict[Place, Slot]
    numbers: set[Place]

    def is_number(self, row: int, slot: Slot) -> bool:
        """Whether a slot holds a number."""
        return (row, slot.column + 1) in self.numbers


def tables_of(grid: Grid, before: int) -> Iterator[Block]:
    """The tables of a sheet and the words between them, from top to bottom.

    Args:
        grid: its cells.
        before: how many tables come before these in the workbook.
    """
    for band in _bands(grid):
        for part in _side_by_side(band, grid):
            if any(grid.is_number(number, slot) for number, row in part for slot in row):
                before += 1
                yield _table(part, before)
            else:
                yield from (slot.words for _, row in part for slot in row)


def _table(band: Sequence[Row], number: int) -> DraftTable:
    """The rows of a band as a table."""
    rows = tuple(tuple(_numbered(slot, number) for slot in row) for _, row in band)
    return DraftTable(rows, next(row[0].words.at for row in rows if row))


def _numbered(slot: Slot, table: int) -> Slot:
    words = slot.words
    return replace(slot, words=replace(words, at=replace(words.at, table=table)))


def _bands(grid: Grid) -> list[list[Row]]:
    """Stretches of rows without a blank row between them, or with one after which the same table goes on."""
    rows: dict[int, list[Slot]] = {}
    for (number, _), slot in sorted(grid.slots.items()):
        rows.setdefault(number, []).append(slot)
    bands: list[list[Row]] = []
    for number, row in rows.items():
        if bands and bands[-1][-1][0] == number - 1:
            bands[-1].append((number, row))
        else:
            bands.append([(number, row)])
    joined: list[list[Row]] = []
    for band in bands:
        if joined and _goes_on(joined[-1], band, grid):
            joined[-1].extend(band)
        else:
            joined.append(band)
    return joined


def _goes_on(above: Sequence[Row], below: Sequence[Row], grid: Grid) -> bool:
    """Whether a band goes on with the table above it: under the same columns, without headings of its own."""
    if below[0][0] - above[-1][0] - 1 > _MOST_BLANK:
        return False
    over = {slot.column for number, row in above for slot in row if grid.is_number(number, slot)}
    for number, row in below:
        amounts = {slot.column for slot in row if grid.is_number(number, slot)}
        if amounts:
            return amounts <= over
        if len(row) > 1:
            return False
    return False


def _side_by_side(band: Sequence[Row], grid: Grid) -> Iterator[list[Row]]:
    """The parts of a band that blank columns set apart, where what follows such a column has labels of its own."""
    used = sorted({column for _, row in band for slot in row for column in (slot.column, slot.column + slot.width - 1)})
    edges = [second for first, second in pairwise(used) if second > first + 1]
    edges = [edge for edge in edges if not _is_crossed(band, edge) and _is_labelled(band, edge, grid)]
    limits = [0, *edges, used[-1] + 1] if used else []
    for start, end in pairwise(limits):
        part = [(number, [slot for slot in row if start <= slot.column < end]) for number, row in band]
        kept = [(number, row) for number, row in part if row]
        if kept:
            yield kept


def _is_crossed(band: Sequence[Row], edge: int) -> bool:
    """Whether a merged cell reaches over an edge."""
    return any(slot.column < edge - 1 and slot.column + slot.width >= edge for _, row in band for slot in row)


def _is_labelled(band: Sequence[Row], edge: int, grid: Grid) -> bool:
    """Whether a column holds words for the most part, with numbers on both its sides."""
    words = [not grid.is_number(number, slot) for number, row in band for slot in row if slot.column == edge]
    sides = {slot.column > edge for number, row in band for slot in row if grid.is_number(number, slot)}
    return 2 * sum(words) > len(words) and len(sides) > 1
