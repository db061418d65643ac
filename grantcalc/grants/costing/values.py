"""The values of rates: percentages, rises, full-time equivalents, choices of yes or no, numbers of people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, PlainValidator

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import fault, found_in, one_line, shown
from grantcalc.money import Malformed, decimal_of, has_stray_space, read_amount

PERCENT: Final = re.compile(r"([-−]?)\s?([0-9]{1,4}(?:\.[0-9]{1,6})?)\s?(?:%|per ?cent)")
NUMBER: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,6})?")
_WORDS: Final = {"yes": True, "true": True, "no": False, "false": False}
MOST_PEOPLE: Final = 10_000
AMBIGUOUS: Final = re.compile(r"[-+−]?([0-9]{1,4}|[0-9]_[0-9]{3})(\.[0-9]*)?")
"""A number that may be a percentage or an amount."""
NUMERIC: Final = re.compile(r"[-+−]?\s?\.?[0-9]")
"""How what is no name begins."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage.

    Attributes:
        text: as it is written.
        value: the share that it stands for: 0.05 for 5%.
    """

    text: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Rise:
    """What is added to a salary: a percentage of it, or an amount; one of the two is None.

    Attributes:
        text: as it is written.
        rate: the share of the salary.
        amount: the amount in pounds a year, full-time.
    """

    text: str
    rate: Fraction | None = None
    amount: Fraction | None = None

    def of(self, salary: Fraction) -> Fraction:
        """What is added to a salary, in pounds a year."""
        return self.amount if self.amount is not None else salary * (self.rate or 0)


def _rate(value: object) -> Rate:
    text = value.strip() if isinstance(value, str) else ""
    found = PERCENT.fullmatch(text)
    if found is None:
        raise fault(FaultKind.AMOUNT, f"{found_in(value)} where a percentage should", _as_percent(text))
    return Rate(text, Fraction(found[2]) / 100 * (-1 if found[1] else 1))


def _as_percent(text: str) -> str:
    """What to write for a number that should be a percentage: 0.185 may be a share of the whole."""
    if not NUMBER.fullmatch(text):
        return "write one such as 5%"
    if Fraction(text) < 1:
        return f"write {decimal_of(Fraction(text) * 100):f}% if a share of the whole is meant, else {text}%"
    return f"write {text}% if per cent is meant"


def _rate_from_zero(value: object) -> Rate:
    rate = _rate(value)
    if rate.value < 0:
        raise fault(FaultKind.AMOUNT, f"{shown(value)} is less than nothing", "give a percentage of zero or more")
    return rate


def _rise(value: object) -> Rise:
    text = value.strip() if isinstance(value, str) else ""
    if PERCENT.fullmatch(text):
        return Rise(text, rate=_rate_from_zero(text).value)
    if AMBIGUOUS.fullmatch(text):
        message = f"{shown(value)} may be a percentage or an amount"
        raise fault(FaultKind.AMOUNT, message, f"write {text}% or £{text}")
    read = read_amount(text)
    if isinstance(read, Malformed) or read.value < 0 or has_stray_space(text):
        remedy = "write a percentage such as 5%, or an amount a year such as £1,900"
        raise fault(FaultKind.AMOUNT, f"{found_in(value)} where a percentage or an amount should", remedy)
    return Rise(text, amount=Fraction(read.value))


def read_uplift(value: object) -> Rate | Literal["inflation"]:
    """A percentage; or the word "inflation", which stands for the rates of the grant's costing."""
    return "inflation" if value == "inflation" else _rate(value)


def _pension(value: object) -> Rate | str:
    """A rate where a percentage or a number is written, else the name of a scheme."""
    if isinstance(value, str) and value.strip() and not NUMERIC.match(value.strip()):
        return one_line(value)
    return _rate_from_zero(value)


def _fte(value: object) -> Fraction:
    text = value.strip() if isinstance(value, str) else ""
    percent = PERCENT.fullmatch(text)
    if not percent and not NUMBER.fullmatch(text):
        pointed = text.replace(",", ".")
        remedy = f"write {pointed}" if NUMBER.fullmatch(pointed) else "write one such as 0.8"
        raise fault(FaultKind.FTE, f"{found_in(value)} where a full-time equivalent should", remedy)
    fte = _rate(text).value if percent else Fraction(text)
    if fte > 1:
        remedy = f"for {text} posts write people: {text}" if fte.denominator == 1 and not percent else _PEOPLE
        raise fault(FaultKind.FTE, f"an FTE of {text} is more than one person can work", remedy)
    if fte <= 0:
        raise fault(FaultKind.FTE, f"an FTE of {text} is nobody", "write the share that is worked, such as 0.8")
    return fte


_PEOPLE: Final = "list several people under people, each with an fte of at most 1"


def _flag(value: object) -> bool:
    flag = _WORDS.get(value.strip().lower()) if isinstance(value, str) else None
    if flag is None:
        raise fault(FaultKind.SHAPE, f"{found_in(value)} where yes or no should", "write yes or no")
    return flag


def several(example: str) -> BeforeValidator:
    """Let a list of one be its entry alone; refuse what is neither, with an example of an entry."""

    def check(value: object) -> object:
        if value is None or isinstance(value, list):
            return value
        if isinstance(value, dict):
            return [value]
        raise fault(FaultKind.SHAPE, f"{found_in(value)} where a list should", f"write {example} below, indented")

    return BeforeValidator(check)


def as_people(value: object) -> object:
    """Let people be a number, for so many on the same terms; else a list of them."""
    if isinstance(value, list):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch("[1-9][0-9]{0,4}", text) or int(text) > MOST_PEOPLE:
        remedy = "write how many, such as 2, or list them, each with its fte, starts or ends"
        raise fault(FaultKind.SHAPE, f"{found_in(value)} where a number of people should", remedy)
    return [{}] * int(text)


if TYPE_CHECKING:
    PercentFromZero: TypeAlias = Rate
    RiseBy: TypeAlias = Rise
    PensionBy: TypeAlias = Rate | str
    Fte: TypeAlias = Fraction
else:  # Any, since Pydantic would build a schema of its own for each, and never use it
    PercentFromZero = Annotated[Any, PlainValidator(_rate_from_zero)]
    RiseBy = Annotated[Any, PlainValidator(_rise)]
    PensionBy = Annotated[Any, PlainValidator(_pension)]
    Fte = Annotated[Any, PlainValidator(_fte)]
Flag = Annotated[bool, PlainValidator(_flag)]
