"""Amounts of money: reading what people write, printing, rounding, sharing out.

All amounts are in pounds, as `decimal.Decimal`; no float holds money. Rounding happens here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.source import Place

PENNY: Final = Decimal("0.01")
POUND: Final = Decimal(1)
ZERO: Final = Decimal(0)

EXACT: Final = Context(prec=120, traps=[Inexact, InvalidOperation, DivisionByZero])
"""Arithmetic that never rounds: a result that 120 digits do not hold raises `decimal.Inexact`."""

LARGEST: Final = Decimal(10) ** 15
"""Amounts of £1,000,000,000,000,000 and more are taken for slips of the keyboard."""

_POWERS: Final = {"": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_UNITS: Final = {power: Decimal(10) ** power for power in range(-1, 10)}
"""The units in which amounts are printed, by their powers of ten; what is printed in pence is exact."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, how precisely it is known, and where it stands.

    Figures that are equal are one figure: two that are printed alike differ in where they stand.

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

    def __hash__(self) -> int:
        """Of the text and the place, which tell figures apart; figures are looked up very often."""
        return hash((self.text, self.at))

    def __reduce__(self) -> tuple[type[Figure], tuple[object, ...]]:
        """What another process is sent; that of a dataclass takes several times as long."""
        return Figure, (self.text, self.value, self.unit, self.at)

    @property
    def half_unit(self) -> Decimal:
        """How far the true amount may lie from the printed one, in pounds: zero where it is exact."""
        return ZERO if self.unit is None else EXACT.divide(self.unit, Decimal(2))

    def standing_at(self, at: Place) -> Figure:
        """The same figure where it stands."""
        return Figure(self.text, self.value, self.unit, at)

    def exactly(self) -> Figure:
        """The same figure, taken as exact."""
        return self if self.unit is None else replace(self, unit=None)


@dataclass(frozen=True, slots=True)
class Malformed:
    """Text that stands where an amount, or a rule for a date, should, and cannot be read as one.

    Attributes:
        reason: what is wrong with it, as the end of a sentence about the text.
        remedy: what to write instead.
    """

    reason: str
    remedy: str


# ASCII, since ignoring case would otherwise let the dotless i of Turkish pass for the i of "million".
AMOUNT: Final = re.compile(
    r"""
    (?P<sign> [-−+]? ) [ ]? £? [ ]? (?P<inner> [-−]? )
    (?P<whole> [1-9][0-9]{0,2} (?: ,[ ]?[0-9]{3} )+ | [1-9][0-9]{0,2} (?: _[0-9]{3} )+ | 0 | [1-9][0-9]* )
    (?: \. (?P<decimals> [0-9]+ ) )?
    [ ]? (?P<multiple> k | m | bn | thousand | million | billion )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_BRACKETS: Final = r"(£?) ?\( ?(.*?) ?\)"
_OTHER_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
_MINUS: Final = ("-", "−")
_STRAY_SPACE: Final = re.compile(r"[0-9],\s[0-9]")
_LONGEST: Final = 60

_EXAMPLE: Final = "write an amount such as £75,639 or 75639.00"
_FAULTS: Final = (
    (r"\A\Z", "is empty", _EXAMPLE),
    (r"[$€]", "is not in pounds", "give every amount in pounds"),
    (r"(?i)\A[-+]?\.?(?:nan|inf|infinity)\Z", "is not a number", _EXAMPLE),
    (r"(?i)\A£?[0-9.,]+e[-+]?[0-9]+\Z", "has an exponent", "write the amount out in full"),
    (r"\..*\.", "has more than one decimal point", _EXAMPLE),
    (r"\A[-−+£( ]*0[0-9_,]", "begins with a nought", _EXAMPLE),
    (r"\A[-−+£( ]*[0-9][0-9 ]*,[0-9, ]*(?:\.[0-9]*)?\)?\Z", "has a comma where no thousands end", _EXAMPLE),
    (r"(?![0-9])\d", "has digits other than 0 to 9", _EXAMPLE),
    (r"[0-9]", "is not an amount that can be read with certainty", _EXAMPLE),
    (r"", "is not an amount", _EXAMPLE),
)
"""Patterns of text that is no amount, the first that fits telling what is wrong with it and what to write."""


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
    found = _match(stripped)
    if found is None:
        return _malformed(stripped)
    sign, inner, whole, decimals, _ = found.groups("")
    power = _power(found)
    digits = whole.replace(",", "").replace(" ", "")
    value = Decimal(f"{digits}{decimals}E{power}")
    if value >= LARGEST:
        return Malformed("is larger than any grant", "check how many digits it has")
    negative = sign in _MINUS or inner or stripped.endswith(")")
    return Figure(stripped, plain(value.copy_negate() if negative else value), _UNITS.get(power))


def _match(text: str) -> re.Match[str] | None:
    """The parts of an amount; None where the text is not one, or has more than one sign."""
    found, bracketed = AMOUNT.fullmatch(text), None
    if found is None:
        spaced = text.translate(_OTHER_SPACES)
        bracketed = re.fullmatch(_BRACKETS, spaced)
        found = AMOUNT.fullmatch("".join(bracketed.groups()) if bracketed else spaced)
    if found and ((found["sign"] and found["inner"]) or (bracketed and (found["sign"] or found["inner"]))):
        return None
    return found


def _power(found: re.Match[str]) -> int:
    """The power of ten, in pounds, of the last digit of an amount."""
    return _POWERS[(found["multiple"] or "").lower()] - len(found["decimals"] or "")


def _malformed(text: str) -> Malformed:
    """Say what is wrong with text that is not an amount."""
    return next(Malformed(reason, remedy) for fault, reason, remedy in _FAULTS if re.search(fault, text))


def has_stray_space(text: str) -> bool:
    """Whether an amount has a space after a comma, as in "£22, 324": it may be two figures."""
    return _STRAY_SPACE.search(text) is not None


def printed_unit(figure: Figure) -> Decimal:
    """The unit of the last printed digit, also where the figure is exact; a penny where none is printed."""
    if figure.unit is not None:
        return figure.unit
    found = _match(figure.text)
    return Decimal((0, (1,), _power(found))) if found else PENNY


def as_share(figure: Figure) -> Figure:
    """The same figure as a rounded share of another: within half a penny where it is printed in pence."""
    return figure if figure.unit is not None else replace(figure, unit=PENNY)


def as_precise_as_printed(figure: Figure) -> Figure:
    """The same figure, known only within half the unit in which its text is printed."""
    read = read_amount(figure.text)
    return figure if isinstance(read, Malformed) else replace(figure, unit=read.unit)


def more_precise_than_pence(figure: Figure) -> bool:
    """Whether an amount is printed to less than a penny: "£24.500" or a "£0.025" that has lost its "m"."""
    return printed_unit(figure) < PENNY or not _in_pence(figure.value)


def _in_pence(value: Decimal) -> bool:
    """Whether an amount is a whole number of pennies."""
    return not EXACT.remainder(value, PENNY)


def plain(value: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros after the point; never minus zero."""
    if value and value.same_quantum(POUND):  # as most amounts are
        return value
    if value == value.to_integral_value():
        return EXACT.add(EXACT.quantize(value, POUND), ZERO)
    return EXACT.normalize(value)


def pounds(value: Decimal | Fraction, *, pence: bool | None = None) -> str:
    """Print an amount: £75,639, £50,582.50 or -£1,250; a fraction of a penny is printed in full.

    Args:
        value: the amount in pounds; a fraction that no decimal holds is rounded half up to a hundredth
            of a penny.
        pence: whether to print pence; None prints them where they are not zero.
    """
    amount = plain(value if isinstance(value, Decimal) else decimal_of(value))
    whole = amount.same_quantum(POUND)
    if pence is False and not whole and _in_pence(amount):
        amount, whole = round_half_up(amount, POUND), True
    printed = f"{amount:,.2f}" if (pence if whole else _in_pence(amount)) else f"{amount:,f}"
    return f"-£{printed[1:]}" if amount < 0 else f"£{printed}"


def machine_amount(value: Decimal) -> str:
    """Print an amount for machines: digits, a point and two decimals, rounded half up where it is more precise."""
    return f"{round_half_up(value, PENNY):.2f}"


def in_figures(value: Decimal) -> str:
    """Write an amount for a program to read: digits, a point, two decimals; a fraction of a penny in full."""
    return f"{value:.2f}" if _in_pence(value) else f"{plain(value):f}"


def decimal_of(value: Fraction) -> Decimal:
    """A fraction as a decimal: exactly where thirty places hold it, else rounded half up to a hundredth of a penny."""
    if not (10**30) % value.denominator:
        return plain(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))
    return plain(round_half_up(value, Decimal("0.0001")))


def as_entered(number: float) -> str:
    """A number of a spreadsheet as a person entered it, in digits.

    Spreadsheets hold binary fractions and show at most 15 digits of them: 0.1 + 0.2 is held as 0.30000000000000004,
    and is 0.3 to whoever reads it. With 15 digits every amount that can be entered comes back as it was.
    """
    return f"{Decimal(f'{number:.15g}'):f}"


def round_half_up(value: Decimal | Fraction, unit: Decimal) -> Decimal:
    """Round to a multiple of the unit (a power of ten), halves away from zero, as funders' forms do.

    Python's own `round` and `Decimal`'s default are half even: £50,582.50 would become £50,582.
    """
    if isinstance(value, Decimal):
        whole_steps = EXACT.divide(value, unit).to_integral_value(ROUND_HALF_UP)
        return EXACT.quantize(EXACT.add(EXACT.multiply(whole_steps, unit), ZERO), unit)  # never minus zero
    steps = Fraction(value) / Fraction(unit)
    whole = floor(abs(steps) + Fraction(1, 2))
    return EXACT.multiply(Decimal(whole if steps > 0 else -whole), unit)


class Remainder(StrEnum):
    """Where the odd penny or pound goes when an amount does not divide."""

    LAST = "last"
    FIRST = "first"
    SPREAD = "spread"


def share_out(total: Decimal, weights: Sequence[Fraction], unit: Decimal, remainder: Remainder) -> list[Decimal]:
    """Divide an amount into instalments that make it exactly.

    Args:
        total: what the instalments must make, in pounds.
        weights: the share of each instalment, none below zero; equal weights for equal instalments.
        unit: instalments are rounded half up to it (a penny or a pound); what the total has beyond whole
            units goes where the remainder goes.
        remainder: `last` and `first` round every other instalment on its own and leave the balance to
            that one (`first` is the council tax rule: SI 1992/613, schedule 1, paragraph 2); `spread`
            rounds the cumulative amount, so that no date is ever more than half a unit out.

    Returns:
        As many amounts as weights, whose sum is `total`, none of the opposite sign. Instalments are
        rounded down where rounding half up would leave the balance below zero.
    """
    if not weights:
        return []
    if total < 0:
        return [ZERO - share for share in share_out(total.copy_abs(), weights, unit, remainder)]
    whole = sum(weights) or 1
    exact = [Fraction(total) * weight / whole for weight in weights]
    if remainder is Remainder.SPREAD:
        return _spread(total, exact, unit)
    others = exact[:-1] if remainder is Remainder.LAST else exact[1:]
    shares = [round_half_up(share, unit) for share in others]
    if add(shares) > total:
        shares = [_round_down(share, unit) for share in others]
    balance = EXACT.subtract(total, add(shares))
    return [*shares, balance] if remainder is Remainder.LAST else [balance, *shares]


def _spread(total: Decimal, exact: list[Fraction], unit: Decimal) -> list[Decimal]:
    """Instalments that add up, at every date, to what is due by then, rounded to the unit."""
    ends = [min(total, round_half_up(due, unit)) for due in accumulate(exact[:-1])]
    return [EXACT.subtract(upper, lower) for lower, upper in zip([ZERO, *ends], [*ends, total], strict=True)]


def _round_down(value: Fraction, unit: Decimal) -> Decimal:
    """The largest multiple of the unit that is not above a value."""
    return EXACT.multiply(Decimal(floor(value / Fraction(unit))), unit)


def add(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts, without rounding."""
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
