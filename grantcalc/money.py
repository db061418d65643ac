"""Amounts of money: reading what people write, printing, rounding, sharing out.

All amounts are in pounds, as `decimal.Decimal`; no float holds money. Rounding happens here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, Inexact
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from grantcalc.source import Place

PENNY: Final = Decimal("0.01")
POUND: Final = Decimal(1)
ZERO: Final = Decimal(0)

EXACT: Final = Context(prec=120, traps=[Inexact])
"""Arithmetic that never rounds without being told: a result of more digits raises `decimal.Inexact`."""

LARGEST: Final = Decimal(10) ** 15
"""Amounts of £1,000,000,000,000,000 and more are taken for slips of the keyboard."""

_MULTIPLES: Final = {
    "": Decimal(1),
    "k": Decimal(10) ** 3,
    "m": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, how precisely it is known, and where it stands.

    Attributes:
        text: the amount as printed.
        value: the amount in pounds.
        unit: the printed unit in pounds (the true amount lies within half of it); None where the amount
            is exact.
        at: where it stands; None for an amount that was computed.
    """

    text: str
    value: Decimal
    unit: Decimal | None = None
    at: Place | None = None

    @property
    def half_unit(self) -> Decimal:
        """How far the true amount may lie from the printed one, in pounds: zero where it is exact."""
        return ZERO if self.unit is None else self.unit / 2

    def exactly(self) -> Figure:
        """The same figure, taken as exact."""
        return self if self.unit is None else replace(self, unit=None)


@dataclass(frozen=True, slots=True)
class Malformed:
    """Text that stands where an amount should, and cannot be read as one.

    Attributes:
        reason: what is wrong with it, as the end of a sentence about the text.
        remedy: what to write instead.
    """

    reason: str
    remedy: str


_AMOUNT: Final = re.compile(
    r"""
    (?P<sign> [-−+]? ) \s? (?P<currency> £ )? \s? (?P<inner> [-−]? )
    (?P<whole> [0-9]{1,3} (?: ,[ ]? [0-9]{3} )+ | [0-9]+ (?: _[0-9]+ )* )
    (?: \. (?P<decimals> [0-9]+ ) )?
    \s? (?P<multiple> k | m | bn | thousand | million | billion )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS: Final = {"thousand": "k", "million": "m", "billion": "bn"}
_BRACKETS: Final = re.compile(r"(£?)\s?\(\s?(.*?)\s?\)")
_LONGEST: Final = 60


def read_amount(text: str) -> Figure | Malformed:
    """Read an amount as people write it: £75,639, 75639.00, 75_639, £2.235m, £50.6k, (1,250) for minus.

    Args:
        text: the amount as written in a grant file.

    Returns:
        The figure in pounds, as precise as it is printed ("£2.235m" is within £500; pence are exact), or
        what is wrong with it. Nothing is guessed: a comma in an odd place, two points, an exponent or
        words are refused.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return Malformed("is far too long for an amount", "write an amount such as £75,639")
    bracketed = _BRACKETS.fullmatch(stripped)
    found = _AMOUNT.fullmatch("".join(bracketed.groups()) if bracketed else stripped)
    if found is None or (found["sign"] and (found["inner"] or bracketed)) or (bracketed and found["inner"]):
        return _malformed(stripped)
    decimals = found["decimals"] or ""
    suffix = (found["multiple"] or "").lower()
    multiple = _MULTIPLES[_WORDS.get(suffix, suffix)]
    number = Decimal(re.sub("[,_ ]", "", found["whole"]) + "." + (decimals or "0"))
    value = EXACT.multiply(number, multiple)
    if value >= LARGEST:
        return Malformed("is larger than any grant", "check how many digits it has")
    negative = bool(bracketed) or found["sign"] in ("-", "−") or bool(found["inner"])
    unit = multiple.scaleb(-len(decimals))
    return Figure(
        text=stripped, value=plain(-value if negative else value), unit=unit if _coarse(unit) else None
    )


def as_precise_as_printed(figure: Figure) -> Figure:
    """The same figure, known only within half the unit in which its text is printed."""
    read = read_amount(figure.text)
    return figure if isinstance(read, Malformed) else replace(figure, unit=read.unit)


def _coarse(unit: Decimal) -> bool:
    """Whether amounts in this unit are less precise than the penny, the smallest unit of money."""
    return unit > PENNY


def more_precise_than_pence(figure: Figure) -> bool:
    """Whether the amount has a fraction of a penny, which a unit such as "m" may have got lost from."""
    return figure.value != figure.value.quantize(PENNY, rounding=ROUND_DOWN)


def _malformed(text: str) -> Malformed:
    """Say what is wrong with text that is not an amount."""
    remedy = "write an amount such as £75,639 or 75639.00"
    if re.search(r"[$€]", text):
        return Malformed("is not in pounds", "give every amount in pounds")
    if re.fullmatch(r"[-+]?\.?(?:nan|inf|infinity)", text, re.IGNORECASE):
        return Malformed("is not a number", remedy)
    if re.fullmatch(r"£?[0-9.,]+e[-+]?[0-9]+", text, re.IGNORECASE):
        return Malformed("has an exponent", "write the amount out in full")
    if text.count(".") > 1:
        return Malformed("has more than one decimal point", remedy)
    if re.fullmatch(r"[-£ ]*[0-9][0-9,]*,[0-9,]*(?:\.[0-9]*)?", text):
        return Malformed("has a comma where no thousands end", remedy)
    if re.search(r"[0-9]", text):
        return Malformed("is not an amount that can be read with certainty", remedy)
    return Malformed("is not an amount", remedy)


def plain(value: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros after the point; never minus zero."""
    if value == value.to_integral_value():
        return value.quantize(POUND) + ZERO
    return EXACT.normalize(value)


def pounds(value: Decimal | Fraction, *, pence: bool | None = None) -> str:
    """Print an amount: £75,639, £50,582.50 or -£1,250; a fraction of a penny is printed in full.

    Args:
        value: the amount in pounds; a fraction that no decimal holds is rounded half up to a hundredth
            of a penny.
        pence: whether to print pence; None prints them where they are not zero.
    """
    amount = value if isinstance(value, Decimal) else decimal_of(value)
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    if more_precise_than_pence(Figure("", size)):
        return f"{sign}£{plain(size):,f}"
    with_pence = size != size.to_integral_value() if pence is None else pence
    return f"{sign}£{round_half_up(size, PENNY if with_pence else POUND):,f}"


def decimal_of(value: Fraction) -> Decimal:
    """A fraction as a decimal: exactly where one exists, else rounded half up to a hundredth of a penny."""
    if not (10**30) % value.denominator:
        return plain(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))
    scaled = Decimal(value.numerator * 10**8 // value.denominator).scaleb(-8)
    return plain(round_half_up(scaled, Decimal("0.0001")))


def round_half_up(value: Decimal, unit: Decimal) -> Decimal:
    """Round to a power of ten, halves away from zero, as funders' forms do.

    Python's own `round` and `Decimal`'s default are half even: £50,582.50 would become £50,582.
    """
    return value.quantize(unit, rounding=ROUND_HALF_UP, context=Context(prec=120))


class Remainder(StrEnum):
    """Where the odd penny or pound goes when an amount does not divide."""

    LAST = "last"
    FIRST = "first"
    SPREAD = "spread"


def share_out(
    total: Decimal, weights: Sequence[Fraction], unit: Decimal, remainder: Remainder
) -> list[Decimal]:
    """Divide an amount into instalments that make it exactly.

    Args:
        total: what the instalments must make, in pounds; not negative.
        weights: the share of each instalment; equal weights for equal instalments.
        unit: instalments are rounded half up to it (a penny or a pound).
        remainder: `last` and `first` round every other instalment on its own and leave the balance to
            that one (`first` is the council tax rule: SI 1992/613, schedule 1, paragraph 2); `spread`
            rounds the cumulative amount, so that no date is ever more than half a unit out.

    Returns:
        As many amounts as weights, whose sum is `total`. Instalments are rounded down where rounding
        half up would leave the balance below zero.
    """
    whole = sum(weights)
    if not weights or not whole:
        return []
    if remainder is Remainder.SPREAD:
        ends = [_rounded_share(total, sum(weights[: k + 1]) / whole, unit) for k in range(len(weights) - 1)]
        return [upper - lower for lower, upper in zip([ZERO, *ends], [*ends, total], strict=True)]
    others = weights[:-1] if remainder is Remainder.LAST else weights[1:]
    shares = [_rounded_share(total, weight / whole, unit) for weight in others]
    if sum(shares) > total:
        shares = [_rounded_share(total, weight / whole, unit, ROUND_DOWN) for weight in others]
    balance = total - add(shares)
    return [*shares, balance] if remainder is Remainder.LAST else [balance, *shares]


def _rounded_share(total: Decimal, share: Fraction, unit: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A share of an amount, rounded to the unit; the quotient itself is carried to 120 digits."""
    wide = Context(prec=120)
    exact = wide.divide(wide.multiply(total, Decimal(share.numerator)), Decimal(share.denominator))
    return exact.quantize(unit, rounding=rounding, context=wide)


def add(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts, without rounding."""
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
