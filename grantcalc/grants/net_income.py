"""Net income: amounts below nothing, and which payments they are taken off, since no payment can be below nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def off_later(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Take what is below nothing off the amounts after it, the next one first.

    Args:
        amounts: in pounds, in the order in which they are due.

    Returns:
        As many amounts, none below nothing. They make the same in all if nothing is left to take at the end.
    """
    left = ZERO
    found = []
    for amount in amounts:
        left += amount
        found.append(max(left, ZERO))
        left = min(left, ZERO)
    return found


def off_earlier(amounts: Sequence[Decimal]) -> list[Decimal]:
    """What is to be taken off earlier amounts, because those that come later cannot bear all that is below nothing.

    Args:
        amounts: in pounds, in the order in which they are due.

    Returns:
        What to add to each amount, so that `off_later` leaves nothing to take: below zero where something is taken
        off, the last amount that is not nothing first; above zero where it came from. Together they are nothing.
        Where all amounts are below nothing together, each is only taken down to nothing.
    """
    left = ZERO  # what is below nothing after all amounts
    for amount in amounts:
        left = min(left + amount, ZERO)
    taken = [ZERO] * len(amounts)
    borne = off_later(amounts)
    for at in reversed(range(len(amounts))):
        taken[at] = max(-borne[at], left)
        left -= taken[at]
    moved = -add(taken)
    for at in reversed(range(len(amounts))):
        given = min(max(-amounts[at], ZERO), moved)
        taken[at] += given
        moved -= given
    return taken


def net_of_income(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Amounts of which none is below nothing, and which make the same in all, or nothing where all are below it."""
    return off_later([amount + moved for amount, moved in zip(amounts, off_earlier(amounts), strict=True)])
