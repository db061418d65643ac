"""Certainty: when a sum that does not hold is stated all the same, and when its reading is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.columns import NAMED, NUMBERED, ONE_OUT, SPELT_OUT, names_column
from grantcalc.papers.tables.ledger import Outcome, looks_like_a_slip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.tables.columns import Structure
    from grantcalc.papers.tables.grid import Grid
    from grantcalc.papers.tables.ledger import Tried

_NEGLIGIBLE: Final = 5
"""Differences of columns are often taken before rounding: so few units past them are no claim to add up."""


INCOMPLETE: Final = "incomplete"
"""The kind of a sum that may lack a part: it holds by rounding, and a row among its parts has no amount there."""


def column_stands(structure: Structure, attempt: Tried, grid: Grid, column: int, *, alike: bool) -> bool:
    """Whether a structure of rows states a sum in one column.

    One slip's gap is enough where the words say so or other columns agree, and that of one part where a plain total
    stands under a plain list; any other gap needs other columns
    that agree, and something else in the same column that adds up.

    Args:
        structure: the total and its parts.
        attempt: how it comes out in the column.
        grid: where it stands.
        column: the number of the column.
        alike: whether any other structure holds in the column.
    """
    if structure.kind == SPELT_OUT or not attempt.fails:
        return attempt.outcome is Outcome.EXACT or (attempt.holds and structure.kind != SPELT_OUT)
    if structure.kind in {NUMBERED, NAMED}:
        whole = structure.kind == NUMBERED and grid.whole and names_column(grid, structure.total, column)
        return whole or structure.holding > 0 or looks_like_a_slip(attempt)
    if not grid.whole or structure.kind == ONE_OUT:
        return grid.whole
    if looks_like_a_slip(attempt):
        return structure.worded or (structure.points >= 1 and structure.holding >= structure.failing)
    if structure.worded:
        return grid.ruled and structure.holding > structure.failing and (alike or structure.holding > 1)
    return grid.ruled and alike and structure.holding > 1 and structure.holding >= 3 * structure.failing


def lacks_a_part(structure: Structure, attempt: Tried, grid: Grid, column: int, across: Sequence[Structure]) -> bool:
    """Whether a sum of a column that holds by rounding only may lack a part.

    That is so where the column is the total of others in every row but one, in which one of these has an amount
    and the column none: whoever added it up may have added that amount too.

    Args:
        structure: the total and its parts.
        attempt: how it comes out in the column.
        grid: where it stands.
        column: the number of the column.
        across: which columns are the totals of others.
    """
    if attempt.outcome is not Outcome.ROUNDING:
        return False
    others = {part for each in across if each.total == column for part, _ in each.parts}
    rows = [grid.lines[row].amounts for row, _ in structure.parts]
    return any(row[column] is None and any(row[other] is not None for other in others) for row in rows)


def row_stands(structure: Structure, attempt: Tried, *, exact: bool, sound: bool, ruled: bool) -> bool:
    """Whether a structure of columns states a sum in one row.

    Args:
        structure: the total and its parts.
        attempt: how it comes out in the row.
        exact: whether the figures are printed in pence.
        sound: whether every figure of the row stands in a column that adds up: a wrong figure would not, so
            it is then the reading of the row that is in doubt.
        ruled: whether the paper itself sets the cells apart.
    """
    if not attempt.fails:
        return attempt.holds
    if sound or (not exact and abs(attempt.gap) < _NEGLIGIBLE * attempt.unit):
        return False
    if looks_like_a_slip(attempt):
        return structure.holding > structure.failing
    most = structure.holding >= 4 * structure.failing
    return ruled and (most or (structure.worded and structure.holding > 2 * structure.failing))
