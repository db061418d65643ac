"""Rasters: rows of as many amounts each, line by line or run together on one line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from grantcalc.papers.cells import by_bars, by_gaps
from grantcalc.papers.paper import Cell, Row, Table
from grantcalc.papers.placement import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.papers.strands import Strand


def raster_tables(strand: Strand) -> Iterator[Table]:
    """The ways to read a strand as rows of amounts."""
    lines = _by_line(strand)
    width = _usual(lines, 3)
    if width:
        yield _table(strand, [line for line in lines if len(line) == width], "columns")
        ragged = [line for line in _between(lines, width) if 1 < len(line) <= width]
        if any(len(line) < width for line in ragged):
            yield _table(strand, ragged, "columns")
    groups = strand.groups()
    width = _usual(groups, 2)
    if width:
        yield _table(strand, [group[-width:] for group in groups if len(group) >= width], "run on")


def _usual(rows: Sequence[Sequence[int]], fewest: int) -> int:
    """How many amounts most rows of several have; 0 where too few have as many."""
    sizes = Counter(len(row) for row in rows if len(row) > 1)
    most = max(sizes, key=lambda size: (sizes[size], size), default=0)
    return most if sizes[most] >= fewest else 0


def _between(lines: Sequence[list[int]], width: int) -> list[list[int]]:
    """The lines from the first that has all its amounts on."""
    first = next(n for n, line in enumerate(lines) if len(line) == width)
    return list(lines[first:])


def _by_line(strand: Strand) -> list[list[int]]:
    """The numbers of the amounts of each line."""
    lines = groupby(range(len(strand.amounts)), key=lambda number: _line(strand, number))
    return [list(group) for _, group in lines]


def _line(strand: Strand, number: int) -> int:
    place = strand.amounts[number].figure.at
    return getattr(place, "line", None) or 0


def _table(strand: Strand, rows: Sequence[Sequence[int]], layout: str) -> Table:
    """A table of rows of amounts, each after the words before its first."""
    made = []
    head = strand.before(rows[0][0])
    if (heading := _heading(strand, head)) is not None:
        made.append(heading)
    width = max(map(len, rows))
    above: list[list[Decimal | None]] = []
    for numbers in rows:
        words = strand.before(numbers[0])
        if numbers is rows[0]:
            words = " ".join(words.rpartition("\n")[2].split()[-2:])
        label = strand.label_cell(words, strand.amounts[numbers[0]])
        cells, values = _placed(strand, numbers, above, width)
        above.append(values)
        made.append(Row((label, *cells)))
    used = [number for numbers in rows for number in numbers]
    whole = len(used) == used[-1] - used[0] + 1
    return Table(tuple(made), strand.at, " ".join(head.split())[:200], layout, ruled=False, whole=whole)


def _placed(
    strand: Strand, numbers: Sequence[int], above: Sequence[Sequence[Decimal | None]], width: int
) -> tuple[list[Cell], list[Decimal | None]]:
    """The amounts of a row in their columns."""
    cells = [Cell("", strand.at)] * width
    values: list[Decimal | None] = [None] * width
    own = [strand.amounts[number].figure.value for number in numbers]
    columns = range(width) if len(numbers) == width else place(own, above, width)
    for number, column, value in zip(numbers, columns, own, strict=True):
        cells[column] = strand.cell(number)
        values[column] = value
    return cells, values


def _heading(strand: Strand, words: str) -> Row | None:
    """A row of headings: the line above the first amount, where bars or gaps divide it."""
    above = [line for line in words.split("\n")[:-1] if line.strip()]
    if not above:
        return None
    line = above[-1]
    cells = [line[start:end].strip() for start, end in (by_bars(line) if "|" in line else by_gaps(line))]
    return Row(tuple(Cell(cell, strand.at) for cell in cells)) if len(cells) > 1 else None
