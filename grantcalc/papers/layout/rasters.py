"""Rasters: rows of as many amounts each, line by line or run together on one line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grantcalc.papers.layout.cells import by_bars, by_gaps
from grantcalc.papers.layout.placement import place, relations
from grantcalc.papers.paper import Cell, Row, Table
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.papers.layout.placement import Relation
    from grantcalc.papers.layout.strands import Slots, Strand

_WIDEST: Final = 12


def raster_tables(strand: Strand) -> Iterator[Table]:
    """The ways to read a strand as rows of amounts."""
    for rows, layout, fewest in ((_by_line(strand), "columns", 3), (strand.groups(), "run on", 2)):
        yield from _rasters(strand, rows, layout, fewest)
        dashed = [strand.with_dashes(row) for row in rows]
        if any(None in row for row in dashed):
            yield from _rasters(strand, dashed, layout, fewest)


def _rasters(strand: Strand, rows: Sequence[Slots], layout: str, fewest: int) -> Iterator[Table]:
    """The ways to read rows of amounts: those that have all their amounts, and all from the first of them on."""
    width = _usual(rows, fewest)
    if width:
        if layout == "columns":
            yield _table(strand, [row for row in rows if len(row) == width], layout)
        else:
            long = [row for row in rows if len(row) >= width]
            whole = all(len(row) == width for row in long)
            yield _table(strand, [row[-width:] for row in long], layout, whole=whole)
    widest = max(map(len, rows), default=0)
    for most in {width, widest if widest < min(_WIDEST, 2 * width) else width} - {0, 1}:
        ragged = [row for row in _between(rows, most) if 1 < len(row) <= most]
        if len(ragged) > 1 and any(len(row) < most for row in ragged):
            yield _table(strand, ragged, layout)


def _usual(rows: Sequence[Slots], fewest: int) -> int:
    """How many amounts most rows of several have; 0 where too few have as many."""
    sizes = Counter(len(row) for row in rows if len(row) > 1)
    most = max(sizes, key=lambda size: (sizes[size], size), default=0)
    return most if sizes[most] >= fewest else 0


def _between(rows: Sequence[Slots], width: int) -> list[Slots]:
    """The rows from the first that has all its amounts on, with those right above it that have several."""
    first = next(n for n, row in enumerate(rows) if len(row) == width)
    while first and 1 < len(rows[first - 1]) <= width:
        first -= 1
    return list(rows[first:])


def _by_line(strand: Strand) -> list[list[int]]:
    """The numbers of the amounts of each line."""
    lines = groupby(range(len(strand.amounts)), key=lambda number: _line(strand, number))
    return [list(group) for _, group in lines]


def _line(strand: Strand, number: int) -> int:
    place = strand.amounts[number].figure.at
    return getattr(place, "line", None) or 0


def _table(strand: Strand, rows: Sequence[Slots], layout: str, *, whole: bool = True) -> Table:
    """A table of rows of amounts, each after the words before its first."""
    made = []
    printed = [_printed(row) for row in rows]
    head = strand.before(printed[0][0])
    if (heading := _heading(strand, head)) is not None:
        made.append(heading)
    width = max(map(len, rows))
    valued = [[None if number is None else strand.amounts[number].figure.value for number in row] for row in rows]
    known = relations(valued, width)
    above: list[Sequence[Decimal | None]] = []
    for place_in_table, (row, values) in enumerate(zip(rows, valued, strict=True)):
        first = printed[place_in_table][0]
        words = strand.before(first)
        if not place_in_table:
            words = " ".join(words.rpartition("\n")[2].split()[-2:])
        elif _heads_parts(words):
            made.append(Row((Cell("of which", strand.cell(first).at),)))
        placed = _placed(row, values, above, width, known)
        above.append([None if number is None else strand.amounts[number].figure.value for number in placed])
        cells = [Cell("", strand.at) if number is None else strand.cell(number) for number in placed]
        made.append(Row((strand.label_cell(words, strand.amounts[first]), *cells)))
    used = [number for row in printed for number in row]
    whole = whole and len(used) == used[-1] - used[0] + 1
    return Table(tuple(made), strand.at, " ".join(head.split())[:200], layout, ruled=False, whole=whole)


def _printed(row: Slots) -> list[int]:
    """The amounts of a row without its dashes."""
    return [number for number in row if number is not None]


def _heads_parts(words: str) -> bool:
    """Whether a line of its own says that what follows is part of the row above."""
    return any(Role.MEMO in role_of(line.strip()) for line in words.split("\n")[:-1] if line.strip())


def _placed(
    row: Slots,
    values: Sequence[Decimal | None],
    above: Sequence[Sequence[Decimal | None]],
    width: int,
    known: Sequence[Relation],
) -> list[int | None]:
    """The amounts of a row in their columns."""
    if len(row) == width:
        return list(row)
    cells: list[int | None] = [None] * width
    own = [value for value in values if value is not None]
    for number, column in zip(_printed(row), place(own, above, width, known), strict=True):
        cells[column] = number
    return cells


def _heading(strand: Strand, words: str) -> Row | None:
    """A row of headings: the line above the first amount, where bars or gaps divide it."""
    above = [line for line in words.split("\n")[:-1] if line.strip()]
    if not above:
        return None
    line = above[-1]
    cells = [line[start:end].strip() for start, end in (by_bars(line) if "|" in line else by_gaps(line))]
    return Row(tuple(Cell(cell, strand.at) for cell in cells)) if len(cells) > 1 else None
