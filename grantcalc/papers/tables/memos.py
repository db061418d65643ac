"""Memos: which rows below a heading "of which" are part of the row above it.

Nothing says where they end, so that is read under which most of the columns add up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.columns import Columns
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.papers.tables.grid import Grid

_MOST_ROWS: Final = 4
_MOST_HEADINGS: Final = 6
_WORTH_IT: Final = 0.4
_LONGEST_GRID: Final = 400


def with_memos(grid: Grid) -> Grid:
    """A grid with the rows marked that stand below a heading "of which" and are no parts of its totals."""
    heads = [row for row, line in enumerate(grid.lines) if row and Role.MEMO in role_of(line.under)]
    if not 0 < len(heads) <= _MOST_HEADINGS or len(grid.lines) > _LONGEST_GRID:
        return grid
    for head in heads:
        grid = _best([grid, *(_marked(grid, head, count) for count in range(1, _rows_below(grid, head) + 1))])
    return grid


def _best(grids: Iterable[Grid]) -> Grid:
    """The grid of which most adds up; the first among equals."""
    points = [(sum(each.points for each in Columns(grid).read()), grid) for grid in grids]
    most = max(worth for worth, _ in points)
    first = points[0]
    return first[1] if most < first[0] + _WORTH_IT else next(grid for worth, grid in points if worth == most)


def _rows_below(grid: Grid, head: int) -> int:
    """How many rows may be meant by a heading."""
    count = 1
    for line in grid.lines[head + 1 : head + _MOST_ROWS]:
        if line.starts or line.under or Role.TOTAL in line.role:
            break
        count += 1
    return count


def _marked(grid: Grid, head: int, count: int) -> Grid:
    """A grid with some rows from a heading on marked as parts of the row above it."""
    below = range(head, head + count)
    lines = (replace(line, role=line.role | Role.MEMO) if n in below else line for n, line in enumerate(grid.lines))
    return replace(grid, lines=tuple(lines))
