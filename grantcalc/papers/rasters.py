"""Rasters: rows of as many amounts each, line by line or run together on one line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from grantcalc.papers.cells import by_bars, by_gaps
from grantcalc.papers.paper import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.strands import Strand


def raster_tables(strand: Strand) -> Iterator[Table]:
    """The ways to read a strand as rows of amounts."""
    lines = _by_line(strand)
    sizes = Counter(len(line) for line in lines if len(line) > 1)
    if sizes and (most := max(sizes, key=lambda size: (sizes[size], size))) and sizes[most] > 2:  # noqa: PLR2004
        yield _table(strand, [line for line in lines if len(line) == most], "columns")
    groups = strand.groups()
    sizes = Counter(len(group) for group in groups if len(group) > 1)
    if sizes and (most := max(sizes, key=lambda size: (sizes[size], -size))) and sizes[most] > 1:
        yield _table(strand, [group[-most:] for group in groups if len(group) >= most], "run on")


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
    for numbers in rows:
        words = strand.before(numbers[0])
        if numbers is rows[0]:
            words = " ".join(words.rpartition("\n")[2].split()[-2:])
        label = strand.label_cell(words, strand.amounts[numbers[0]])
        made.append(Row((label, *(strand.cell(number) for number in numbers))))
    return Table(tuple(made), strand.at, " ".join(head.split())[:200], layout, ruled=False)


def _heading(strand: Strand, words: str) -> Row | None:
    """A row of headings: the line above the first amount, where bars or gaps divide it."""
    above = [line for line in words.split("\n")[:-1] if line.strip()]
    if not above:
        return None
    line = above[-1]
    cells = [line[start:end].strip() for start, end in (by_bars(line) if "|" in line else by_gaps(line))]
    return Row(tuple(Cell(cell, strand.at) for cell in cells)) if len(cells) > 1 else None
