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
    return len(_differing(one, other)) == 1 or differ_by_a_swap(one, other)


def differ_by_a_swap(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by two neighbouring digits swapped."""
    first, second = _digits(one), _digits(other)
    places = _differing(one, other)
    if len(places) != 2 or places[1] != places[0] + 1:  # noqa: PLR2004  (a pair)
        return False
    return first[places[0]] == second[places[1]] and first[places[1]] == second[places[0]]


def _differing(one: Decimal, other: Decimal) -> list[int]:
    """The places of the digits in which two amounts of the same length differ; none if they are too short to tell."""
    first, second = _digits(one), _digits(other)
    if len(first) != len(second) or min(len(n.rstrip("0")) for n in (first, second)) < _FEWEST_DIGITS:
        return []
    return [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]


def differ_by_a_unit(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts have the same digits and different units: thousands for pounds, or millions for thousands."""
    first, second = sorted((abs(one), abs(other)))
    return bool(first) and second in (first * 10**3, first * 10**6)


def _digits(amount: Decimal) -> str:
    """The digits of an amount in millionths of a pound, without its sign."""
    return str(int(min(abs(amount), LARGEST) * 10**6))
