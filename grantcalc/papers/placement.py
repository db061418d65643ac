"""Placement: the columns in which a row that lacks amounts has those that it has."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_MOST_PLACEMENTS: Final = 200


def place(values: Sequence[Decimal], above: Sequence[Sequence[Decimal | None]], width: int) -> tuple[int, ...]:
    """The columns of the amounts of a short row, in order.

    Args:
        values: the amounts of the row, from left to right.
        above: the rows above it, each as wide as the table.
        width: how many columns the table has.

    Returns:
        The columns under which most of the amounts are the totals of what stands above them; among equals
        those furthest to the right, since it is the first cells that lack most often.
    """
    best: tuple[int, ...] = tuple(range(width - len(values), width))
    most = _agreeing(values, best, above)
    for tried, columns in enumerate(combinations(range(width - 1, -1, -1), len(values))):
        if tried == _MOST_PLACEMENTS:
            break
        placed = tuple(reversed(columns))
        agreeing = _agreeing(values, placed, above)
        if agreeing > most:
            best, most = placed, agreeing
    return best


def _agreeing(values: Sequence[Decimal], columns: Sequence[int], above: Sequence[Sequence[Decimal | None]]) -> int:
    """How many amounts are the totals of their columns."""
    count = 0
    for value, column in zip(values, columns, strict=True):
        parts = [row[column] for row in above]
        printed = [part for part in parts if part is not None]
        count += len(printed) > 1 and sum(printed) == value != 0
    return count
