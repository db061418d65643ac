"""Items by the figures: rows and columns whose names sound like totals or rates, and that are added like all others.

"Lump sum payments", "Combined authority levy" and "Average speed cameras" are no totals and no rates. Their words do
not tell; the total of them does, if it holds with them and fails without them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.ledger import column_tries, row_tries
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.tables.grid import Grid
    from grantcalc.papers.tables.ledger import Entry, Tried

_MISLEADING: Final = Role.TOTAL | Role.RATE | Role.MEMO
_TOTALLED: Final = Role.TOTAL | Role.NET
_FEWEST: Final = 3
_MOST: Final = 60
_MOST_ROWS: Final = 400
_SURE: Final = 3
"""So many rows must hold for one that fails."""


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
    holding, failing = _with_and_without(with_it, without, grid.entries[row])
    return holding > failing


def added_columns(grid: Grid, doubtful: Sequence[int], never: Sequence[int]) -> frozenset[int]:
    """The columns headed like rates that another column adds, in nearly all rows.

    Args:
        grid: the amounts.
        doubtful: the columns with such headings.
        never: the columns of shares and counts, which are in no sum of amounts.
    """
    width = len(grid.headings)
    if not doubtful or not _FEWEST <= width <= _MOST or len(grid.lines) > _MOST_ROWS:
        return frozenset()
    return frozenset(column for column in doubtful if any(_sums_with(grid, column, never)))


def _sums_with(grid: Grid, column: int, never: Sequence[int]) -> Iterator[bool]:
    """For each run of columns around one, whether the column right of the run is their total."""
    for total in range(column + 1, len(grid.headings)):
        fewest = 2 if Role.TOTAL in role_of(grid.headings[total]) else _FEWEST
        for start in range(column + 1):
            run = [each for each in range(start, total) if each not in never]
            with_it = row_tries(grid.entries, total, [(each, 1) for each in run])
            without = row_tries(grid.entries, total, [(each, 1) for each in run if each != column])
            holding, failing = _with_and_without(with_it, without, [row[column] for row in grid.entries])
            yield len(run) > 1 and holding >= fewest and holding >= _SURE * failing


def _with_and_without(
    with_it: Sequence[Tried], without: Sequence[Tried], entries: Sequence[Entry | None]
) -> tuple[int, int]:
    """In how many places sums hold with an entry among their parts, and fail; none hold if any does without it."""
    telling = [(one, two) for one, two, entry in zip(with_it, without, entries, strict=True) if entry and entry.value]
    if any(two.holds for _, two in telling):
        return 0, 0
    return sum(1 for one, _ in telling if one.tells), sum(1 for one, _ in telling if one.fails)
