"""Printing an amount the way a paper prints its figures: "£2.240m" beside "£2.235m"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT, PENNY, decimal_of, plain, pounds

if TYPE_CHECKING:
    from fractions import Fraction

    from grantcalc.money import Figure

_NUMBER: Final = re.compile(r"[0-9][0-9,. ]*")
_PENCE: Final = re.compile(r"\.[0-9]{2}(?![0-9])")
_MINUS: Final = re.compile(r"[-−–(]")
_DIVISIBLE_BY: Final = (Decimal(1), Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9)


def printed_like(figure: Figure, amount: Decimal | Fraction) -> str:
    """Print an amount with the currency, unit and decimals of a figure, below zero in brackets where it has them.

    Args:
        figure: the figure of the paper to take after.
        amount: the amount, in the currency's own unit; it is printed in full, with more decimals if it needs
            them.
    """
    value = amount if isinstance(amount, Decimal) else decimal_of(amount)
    number = _NUMBER.search(figure.text)
    multiple = _multiple(figure, number)
    if number is None or multiple is None:
        return pounds(value)
    prefix = _MINUS.sub("", figure.text[: number.start()]).strip(" +")
    suffix = figure.text[number.end() :].replace(")", "").rstrip("*†‡")
    scaled = EXACT.divide(abs(value), multiple)
    printed = f"{prefix}{scaled:,.{_decimals(figure, scaled, multiple)}f}{suffix}"
    if value >= 0:
        return printed
    in_brackets = figure.value < 0 and "(" in figure.text
    return f"({printed})" if in_brackets else f"-{printed}"


def _multiple(figure: Figure, number: re.Match[str] | None) -> Decimal | None:
    """What one unit of the printed number stands for: 1,000,000 in "£2.235m", 1,000 under "£'000"."""
    digits = re.sub("[^0-9.]", "", number[0]).rstrip(".") if number else ""
    if not figure.value or digits.count(".") > 1 or not digits or not Decimal(digits):
        return None
    ratio = abs(figure.value) / Decimal(digits)
    return ratio if ratio in _DIVISIBLE_BY else None


def _decimals(figure: Figure, scaled: Decimal, multiple: Decimal) -> int:
    """How many decimals to print: as many as the figure has, or as the amount needs."""
    exponent = plain(scaled).as_tuple().exponent
    needed = max(0, -exponent) if isinstance(exponent, int) else 0
    printed = 0 if figure.unit is None else max(0, -(figure.unit / multiple).normalize().adjusted())
    if figure.unit is None and multiple == 1:
        printed = -PENNY.adjusted() if _PENCE.search(figure.text) else 0
    return max(needed, printed, 2 if needed == 1 and multiple == 1 else 0)
