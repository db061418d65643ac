"""Columns that are headed like rates, and that another column adds all the same: the figures tell, not the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.papers.tables.ledger import row_tries
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.tables.ledger import Entry, Tried

Entries: TypeAlias = "Sequence[Entry | None]"
"""The amounts of a row, or of a column; None where there is none."""

_FEWEST: Final = 3
_MOST: Final = 60
_MOST_ROWS: Final = 400
_SURE: Final = 3
"""So many rows must hold for one that fails."""


def added_columns(
    headings: Sequence[str], entries: Sequence[Entries], doubtful: Sequence[int], never: Sequence[int]
) -> frozenset[int]:
    """The columns headed like rates that another column adds, in nearly all rows.

    Args:
        headings: those of all columns.
        entries: the amounts, row by row.
        doubtful: the columns with such headings.
        never: the columns of shares and counts, which are in no sum of amounts.
    """
    width = len(headings)
    if not _FEWEST <= width <= _MOST or len(entries) > _MOST_ROWS:
        return frozenset()
    return frozenset(column for column in doubtful if any(_sums_with(headings, entries, column, never)))


def _sums_with(
    headings: Sequence[str], entries: Sequence[Entries], column: int, never: Sequence[int]
) -> Iterator[bool]:
    """For each run of columns around one, whether the column right of the run is their total."""
    for total in range(column + 1, len(headings)):
        fewest = 2 if Role.TOTAL in role_of(headings[total]) else _FEWEST
        for start in range(column + 1):
            run = [each for each in range(start, total) if each not in never]
            with_it = row_tries(entries, total, [(each, 1) for each in run])
            without = row_tries(entries, total, [(each, 1) for each in run if each != column])
            holding, failing = with_and_without(with_it, without, [row[column] for row in entries])
            yield len(run) > 1 and holding >= fewest and holding >= _SURE * failing


def with_and_without(
    with_it: Sequence[Tried], without: Sequence[Tried], entries: Sequence[Entry | None]
) -> tuple[int, int]:
    """In how many places sums hold with an entry among their parts, and fail; none hold if any does without it."""
    telling = [(one, two) for one, two, entry in zip(with_it, without, entries, strict=True) if entry and entry.value]
    if any(two.holds for _, two in telling):
        return 0, 0
    return sum(1 for one, _ in telling if one.tells), sum(1 for one, _ in telling if one.fails)
