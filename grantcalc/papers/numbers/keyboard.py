"""Slips of the keyboard: amounts that differ in one digit, by two digits swapped, or by noughts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.money import LARGEST

if TYPE_CHECKING:
    from decimal import Decimal

_FEWEST_DIGITS: Final = 4
"""Amounts of fewer telling digits are easily alike by chance."""


def differ_by_a_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ in a digit, by two neighbouring digits swapped, or by a factor of ten."""
    first, second = _digits(one), _digits(other)
    return differ_by_a_digit(one, other) or (first != second and first.rstrip("0") == second.rstrip("0"))


def differ_by_a_digit(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ in one digit, or by two neighbouring digits swapped."""
    first, second = _digits(one), _digits(other)
    if len(first) != len(second) or min(len(n.rstrip("0")) for n in (first, second)) < _FEWEST_DIGITS:
        return False
    differing = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1  # noqa: PLR2004  (a pair)
    return swapped and first[differing[0]] == second[differing[1]] and first[differing[1]] == second[differing[0]]


def differ_by_a_unit(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts have the same digits and different units: thousands for pounds, or millions for thousands."""
    first, second = sorted((abs(one), abs(other)))
    return bool(first) and second in (first * 10**3, first * 10**6)


def _digits(amount: Decimal) -> str:
    """The digits of an amount in millionths of a pound, without its sign."""
    return str(int(min(abs(amount), LARGEST) * 10**6))
