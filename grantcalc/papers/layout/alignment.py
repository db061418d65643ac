"""Alignment: which column each amount of a line stands in, where lines have cells of their own number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grantcalc.papers.paper import Cell, Row
from grantcalc.papers.tables.amounts import amount_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Sequence


def aligned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of one label and as many cells as most rows have amounts, each amount under its like.

    Where most rows have one amount, another amount beside it is left out: it repeats the first, or is a
    running balance that few rows have.
    """
    counts = Counter(len(_amounts(row)) for row in rows if _amounts(row))
    if not counts:
        return tuple(rows)
    width = max(counts, key=lambda size: (counts[size], size))
    ends = _ends([_amounts(row) for row in rows], width)
    first = next(n for n, row in enumerate(rows) if _amounts(row))
    return (*rows[:first], *(_aligned(row, ends) for row in rows[first:]))


def _amounts(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if amount_of(cell) is not None]


def _ends(rows: Sequence[list[Cell]], width: int) -> list[int]:
    """The place on the line at which each column usually ends."""
    ends: list[list[int]] = [[] for _ in range(width)]
    for cells in rows:
        if len(cells) == width:
            for column, cell in enumerate(cells):
                ends[column].append(cell.at.end_column or 0)
    return [sorted(column)[len(column) // 2] for column in ends]


def _aligned(row: Row, ends: Sequence[int]) -> Row:
    """A row with its words first and each amount in its column."""
    amounts = _amounts(row)
    words = [cell for cell in row.cells if amount_of(cell) is None and cell.text]
    if not amounts and words and (len(ends) == 1 or len(words) < len(ends)):
        return Row((Cell(" ".join(cell.text for cell in words), words[0].at),))
    if not amounts:
        return row
    empty = Cell("", Where())
    placed = [empty] * len(ends)
    if len(amounts) == len(ends) or len(ends) == 1:
        placed = amounts[: len(ends)]
    else:
        for cell in amounts:
            nearest = min(range(len(ends)), key=lambda column: abs(ends[column] - (cell.at.end_column or 0)))
            placed[nearest] = cell
    label = Cell(" ".join(cell.text for cell in words), words[0].at if words else amounts[0].at)
    return Row((label, *placed))
