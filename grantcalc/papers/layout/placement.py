"""Placement: the columns in which a row that lacks amounts has those that it has."""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    Values: TypeAlias = Sequence[Decimal | None]

_MOST_PLACEMENTS: Final = 200
_FEWEST: Final = 3
_TELLING: Final = 100

Relation: TypeAlias = "tuple[int, int]"
"""A column that is the total of those before it, from one on: that one first, then the total."""


def relations(rows: Sequence[Values], width: int) -> list[Relation]:
    """The columns that are the totals of columns before them in most of the rows that lack no amount."""
    full = [row for row in rows if len(row) == width and None not in row]
    return [
        (start, total)
        for total in range(_FEWEST - 1, width)
        for start in range(total - 1)
        if full and 3 * sum(_holds(row, start, total) for row in full) >= 2 * len(full)
    ]


def _holds(row: Values, start: int, total: int) -> bool:
    """Whether a column is the total of others, in one row, by figures that chance does not meet."""
    parts = [part for part in row[start:total] if part]
    made = row[total]
    return len(parts) > 1 and made is not None and abs(made) >= _TELLING and sum(parts) == made


def place(
    values: Sequence[Decimal], above: Sequence[Values], width: int, known: Sequence[Relation] = ()
) -> tuple[int, ...]:
    """The columns of the amounts of a short row, in order.

    Args:
        values: the amounts of the row, from left to right.
        above: the rows above it, each as wide as the table.
        width: how many columns the table has.
        known: which columns are the totals of which.

    Returns:
        The columns under which most of the amounts are the totals of what stands above them or before them;
        among equals those furthest to the right, since it is the first cells that lack most often. Where the
        row itself says where its totals stand, among equals those furthest to the left.
    """
    right = combinations(range(width - 1, -1, -1), len(values))
    tried = [tuple(reversed(columns)) for columns in islice(right, _MOST_PLACEMENTS)]
    across = [_across(values, columns, known) for columns in tried]
    if any(across):
        tried, across = tried[::-1], across[::-1]
    pairs = zip(tried, across, strict=True)
    return max(pairs, key=lambda pair: pair[1] + _agreeing(values, pair[0], above))[0]


def _across(values: Sequence[Decimal], columns: Sequence[int], known: Sequence[Relation]) -> int:
    """How many amounts are the totals of those before them, where the columns say that they are."""
    row = dict(zip(columns, values, strict=True))
    sums = [(row.get(total), [row[part] for part in range(start, total) if part in row]) for start, total in known]
    return sum(1 for made, parts in sums if made is not None and parts and sum(parts) == made)


def _agreeing(values: Sequence[Decimal], columns: Sequence[int], above: Sequence[Values]) -> int:
    """How many amounts are the totals of their columns."""
    count = 0
    for value, column in zip(values, columns, strict=True):
        parts = [row[column] for row in above]
        printed = [part for part in parts if part is not None]
        count += len(printed) > 1 and sum(printed) == value != 0
    return count
