"""Items by the figures: rows whose names sound like totals or rates, and that are added like all others.

"Lump sum payments", "Combined authority levy" and "Average speed cameras" are no totals and no rates. Their words do
not tell; the total of them does, if it holds with them and fails without them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.added import with_and_without
from grantcalc.papers.tables.ledger import column_tries
from grantcalc.papers.tables.words import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.tables.grid import Grid

_MISLEADING: Final = Role.TOTAL | Role.RATE | Role.MEMO
_TOTALLED: Final = Role.TOTAL | Role.NET
_FEWEST: Final = 3
_MOST: Final = 60


def with_items(grid: Grid) -> Grid:
    """A grid in which rows that are items, though their names say otherwise, say nothing.

    Args:
        grid: the amounts, and the roles that the words of their rows give them.
    """
    items = {row for total in range(_FEWEST, len(grid.lines)) for row in _items_under(grid, total)}
    if not items:
        return grid
    lines = (replace(line, role=Role.NONE) if row in items else line for row, line in enumerate(grid.lines))
    return replace(grid, lines=tuple(lines))


def _items_under(grid: Grid, total: int) -> Sequence[int]:
    """The rows with misleading names that a total adds with all others from its heading on; none where that fails."""
    lines = grid.lines
    if not lines[total].role & _TOTALLED or lines[total].starts:
        return ()
    first = total - 1
    while first > 0 and not lines[first].starts and total - first < _MOST:
        first -= 1
    rows = range(first, total)
    misleading = [row for row in rows if lines[row].role & _MISLEADING]
    plain = len(rows) >= _FEWEST and not any(lines[row].role & Role.LESS for row in rows)
    if not plain or not 0 < len(misleading) < len(rows):
        return ()
    return misleading if all(_is_added(grid, total, rows, row) for row in misleading) else ()


def _is_added(grid: Grid, total: int, rows: Sequence[int], row: int) -> bool:
    """Whether a total holds with a row among its parts, in more columns than it fails, and in none without it."""
    with_it = column_tries(grid.entries, total, [(each, 1) for each in rows])
    without = column_tries(grid.entries, total, [(each, 1) for each in rows if each != row])
    holding, failing = with_and_without(with_it, without, grid.entries[row])
    return holding > failing
