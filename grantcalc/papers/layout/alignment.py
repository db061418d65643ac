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
    running balance that few rows have. Where these few stand in columns, and every lone amount in one of them, the
    lone amounts are the payments of a budget, say, and all columns count.
    """
    amounts = [_amounts(row) for row in rows]
    counts = Counter(len(cells) for cells in amounts if cells)
    if not counts:
        return tuple(rows)
    width = max(counts, key=lambda size: (counts[size], size))
    wider = max((size for size in counts if size > 1), key=lambda size: (counts[size], size), default=width)
    if width == 1 and _are_in_columns(amounts, wider):
        width = wider
    ends = _ends(amounts, width)
    first = next(n for n, row in enumerate(rows) if _amounts(row))
    return (*rows[:first], *(_aligned(row, ends) for row in rows[first:]))


def _are_in_columns(rows: Sequence[list[Cell]], width: int) -> bool:
    """Whether every amount ends where a column of the rows of some width does, or next to it."""
    ends = _ends(rows, width)
    return all(
        any(abs(end - (cell.at.end_column or 0)) <= 1 for end in ends) for cells in rows for cell in cells
    ) and all(
        abs(end - (cell.at.end_column or 0)) <= 1
        for cells in rows
        if len(cells) == width
        for end, cell in zip(ends, cells, strict=True)
    )


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
