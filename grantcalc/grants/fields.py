"""The values of a grant file: texts become amounts, dates and shares, or faults that say what to write.

What a key may be (a heading, a year) depends on the file itself and comes in as the validation context, `Names`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from grantcalc.grants.faults import FaultKind, nearest
from grantcalc.grants.periods import YearStart, named_period, year_key
from grantcalc.money import Figure, Malformed, decimal_of, read_amount
from grantcalc.wording import MONTHS, long_date, month_number

if TYPE_CHECKING:
    from grantcalc.grants.deadlines import DateRule

DEFAULT_HEADINGS = ("salary", "overhead")
FUNDING_KEYS = ("source", "amount", "stated")
RESERVED = ("total", "payment", "amount", "source", "stated")
UNNAMED: Final = ""
"""The year of a grant file that has no years."""
UP_FRONT, FINAL = "up front", "final"
"""What a claim is for that is for no one period."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST, _LATEST = 1900, 2199

_QUOTED = 60
"""How much of a value a message quotes."""


@dataclass(frozen=True)
class Names:
    """The headings and years that a file lists, which other keys refer to.

    Attributes:
        headings: the headings.
        years: the years.
        roles: the roles of the posts.
        items: what the other costs are for.
        certain: whether the lists are without fault; where they are not, any heading and year is let pass,
            so that one fault is not said again of every line.
    """

    headings: tuple[str, ...]
    years: tuple[str, ...]
    roles: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    certain: bool = True

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {year_key(year): year for year in reversed(self.years)}

    def listed_year(self, name: str) -> str | None:
        """The year as listed, whatever spelling it is referred to by."""
        return self._by_key.get(year_key(name))


def fault(kind: FaultKind, message: str, remedy: str = "") -> PydanticCustomError:
    """An error that `load` turns into a fault of this kind."""
    return PydanticCustomError(kind.value, "{message}", {"message": message, "remedy": remedy})


def shown(value: object) -> str:
    """A value as an error message quotes it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f'"{text[:_QUOTED]}…"' if len(text) > _QUOTED else f'"{text}"'


def found_in(value: object) -> str:
    """What stands in a place, as the beginning of a message."""
    return "nothing is given" if value is None else f"{shown(value)} stands here"


def one_line(text: str) -> str:
    """A text without space around it, and with single spaces for line breaks, tabs and other space in it."""
    return " ".join(text.split())


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return one_line(value)
    found = "nothing is given" if value is None or value == "" else f"{shown(value)} stands here"
    raise fault(FaultKind.SHAPE, f"{found} where a text should", "write a text on the same line")


def _amount(value: object) -> Figure:
    if not isinstance(value, str):
        found = found_in(value)
        raise fault(FaultKind.AMOUNT, f"{found} where an amount should", "write an amount such as £75,639")
    read = read_amount(value)
    if isinstance(read, Malformed):
        raise fault(FaultKind.AMOUNT, f"{shown(value)} {read.reason}", read.remedy)
    return read


def _amount_from_zero(value: object) -> Figure:
    figure = _amount(value)
    if figure.value < 0:
        raise fault(FaultKind.AMOUNT, f"{shown(figure.text)} is less than nothing", "give an amount of zero or more")
    return figure


_BRITISH_DATE: Final = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
_DATE_IN_WORDS: Final = r"([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]+),? ([0-9]{4})"


def _as_iso(text: str) -> str:
    """What to write for a date in another form: "write 2022-01-31" for 31/1/2022 or 31 January 2022."""
    digits, words = re.fullmatch(_BRITISH_DATE, text), re.fullmatch(_DATE_IN_WORDS, text)
    if digits:
        day, month, year = map(int, digits.groups())
    elif words and month_number(words[2]):
        day, month, year = int(words[1]), month_number(words[2]), int(words[3])
    else:
        return ""
    try:
        meant = date(year, month, day)
    except ValueError:
        return ""
    return f"write {meant.isoformat()} if {long_date(meant)} is meant"


def _days_of(text: str) -> str:
    """How many days a month has, for a day that it has not: "February 2025 has 28 days"."""
    if not _ISO_DATE.fullmatch(text) or not 1 <= int(text[5:7]) <= len(MONTHS) or text[:4] == "0000":
        return ""
    year, month = int(text[:4]), int(text[5:7])
    return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"


def _date(value: object) -> date:
    remedy = "write year, month and day, as in 2022-01-31"
    if not isinstance(value, str):
        raise fault(FaultKind.DATE, "a date should stand here", remedy)
    try:
        # The other forms of ISO 8601, such as 2022-W05-1, are not the one that the message teaches.
        day = date.fromisoformat(value.strip()) if _ISO_DATE.fullmatch(value.strip()) else None
    except ValueError:
        day = None
    if day is None:
        raise fault(
            FaultKind.DATE, f"{shown(value)} is not a date", _as_iso(value.strip()) or _days_of(value.strip()) or remedy
        )
    if not _EARLIEST <= day.year <= _LATEST:
        raise fault(FaultKind.DATE, f"{shown(value)} is not in the time of any grant", remedy)
    return day


SHARE: Final = r"([0-9]{1,4}(?:\.[0-9]{1,6})?)\s?(?:%|per ?cent)"
COUNT: Final = r"([1-9][0-9]{0,2})\s+(?:payment|instalment)s?"


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of what is paid, as an agreement gives it; one of the three is not None.

    Attributes:
        text: as the file gives it.
        amount: an amount in pounds.
        share: a share of the whole, from 0 to 1.
        payments: a number of payments.
    """

    text: str
    amount: Figure | None = None
    share: Fraction | None = None
    payments: int | None = None


def _share(value: object) -> Portion:
    found = re.fullmatch(SHARE, value.strip()) if isinstance(value, str) else None
    if found is None:
        said = found_in(value)
        raise fault(FaultKind.AMOUNT, f"{said} where a percentage should", _as_percentage(value))
    share = Fraction(found[1]) / 100
    if share > 1:
        raise fault(FaultKind.AMOUNT, f"{shown(value)} is more than the whole", "a share is at most 100%")
    return Portion(found[0], share=share)


_WHOLE: Final = 100


def _as_percentage(value: object) -> str:
    """What to write for a number that should be a percentage: "5%" for 5, "80%" for 0.8."""
    text = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,6})?", text) or not 0 < Fraction(text) <= _WHOLE:
        return "write a percentage of the whole, as in 5%"
    return f"write {text}%" if Fraction(text) >= 1 else f"write {decimal_of(Fraction(text) * _WHOLE):f}%"


def _portion(value: object) -> Portion:
    if isinstance(value, str) and re.fullmatch(SHARE, value.strip()):
        return _share(value)
    figure = _amount_from_zero(value)
    if 0 < figure.value < 1:
        message = f"{shown(figure.text)} is less than a pound"
        raise fault(FaultKind.AMOUNT, message, "write a share of the whole as in 80%, or an amount as in £5,000")
    return Portion(figure.text, amount=figure)


def _portion_or_count(value: object) -> Portion:
    found = re.fullmatch(COUNT, value.strip()) if isinstance(value, str) else None
    return Portion(found[0], payments=int(found[1])) if found else _portion(value)


def _date_rule(value: object) -> DateRule:
    if not isinstance(value, str):
        raise fault(FaultKind.DATE, "a rule for a date should stand here", "write one such as 30 days or month end")
    from grantcalc.grants.deadlines import read_date_rule

    read = read_date_rule(value)
    if isinstance(read, Malformed):
        raise fault(FaultKind.DATE, f"{shown(value)} {read.reason}", read.remedy)
    return read


DAY_AND_MONTH: Final = r"(?:([1-9]|1[0-9]|2[0-8])(?:st|nd|rd|th)? )?([A-Za-z]+)"


def _year_start(value: object) -> YearStart:
    found = re.fullmatch(DAY_AND_MONTH, value.strip()) if isinstance(value, str) else None
    month = month_number(found[2]) if found else 0
    if not found or not month:
        remedy = "write a month, as in April, or a day up to the 28th and a month, as in 6 April"
        message = "nothing is given" if value is None else f"{shown(value)} is not the start of a year"
        raise fault(FaultKind.DATE, message, remedy)
    return YearStart(month, int(found[1] or 1))


def _names(info: ValidationInfo) -> Names:
    context = info.context
    return context if isinstance(context, Names) else Names(DEFAULT_HEADINGS, ())


def _known_heading(key: str, info: ValidationInfo) -> str:
    return _one_of(key, _names(info))


def _known_stated_key(key: str, info: ValidationInfo) -> str:
    return _one_of(key, _names(info), "total", "payment")


def _known_funding_key(key: str, info: ValidationInfo) -> str:
    return _one_of(key, _names(info), *FUNDING_KEYS)


def _one_of(key: str, names: Names, *others: str) -> str:
    if key in names.headings or key in others or not names.certain:
        return key
    known = (*names.headings, *others)
    close = nearest(key, known)
    named = f"the keys here are {', '.join(known)}; if it is a kind of cost, list it under headings"
    remedy = f'did you mean "{close}"?' if close else named
    raise fault(FaultKind.UNKNOWN_KEY, f'unknown key "{key}"', remedy)


def _known_year(key: str, info: ValidationInfo) -> str:
    names = _names(info)
    listed = UNNAMED if key == UNNAMED and not names.years else names.listed_year(key)
    if listed is not None:
        return listed
    if not names.certain:
        return key
    years = ", ".join(names.years) or "none"
    # A year that is one, such as 2024-25, was hardly meant to be a name that is none, such as 2026-2028.
    close = nearest(key, [year for year in names.years if named_period(key) is None or named_period(year) is not None])
    if key in (*names.headings, "total", "payment"):
        message = f'"{key}" stands here where a year should'
        raise fault(FaultKind.UNKNOWN_YEAR, message, f"put the amounts below their year; the years are {years}")
    remedy = f'did you mean "{close}"?' if close else f"list the year under years, where there are: {years}"
    raise fault(FaultKind.UNKNOWN_YEAR, f'the year "{key}" is not listed', remedy)


def _financial_year(key: str) -> str:
    if named_period(key) is None:
        raise fault(FaultKind.UNKNOWN_YEAR, f"{shown(key)} is not the name of a financial year", "write 2025-26")
    return year_key(key)


def _known_role(name: str, info: ValidationInfo) -> str:
    return _named_line(name, "post", _names(info).roles)


def _known_item(name: str, info: ValidationInfo) -> str:
    return _named_line(name, "other cost", _names(info).items)


def _named_line(name: str, kind: str, known: tuple[str, ...]) -> str:
    if name in known:
        return name
    close = nearest(name, known)
    remedy = f'did you mean "{close}"?' if close else f"the {kind}s are: {', '.join(known) or 'none'}"
    raise fault(FaultKind.UNKNOWN_NAME, f"no {kind} of the grant is called {shown(name)}", remedy)


def by_year(value: object, info: ValidationInfo) -> object:
    """Let a grant with one year or none give amounts without naming the year."""
    if not isinstance(value, dict):
        return value
    names = _names(info)
    if not value or len(names.years) > 1 or any(isinstance(amounts, dict) for amounts in value.values()):
        return value
    if any(names.listed_year(key) is not None for key in value if key != UNNAMED):
        return value
    return {names.years[0] if names.years else UNNAMED: value}


def as_mapping(value: object) -> object:
    """A mapping as it is; anything else is a fault that says how to write amounts."""
    return _mapping(value, "write a line for each heading below, indented, such as salary: £31,400")


def as_mapping_of_years(value: object) -> object:
    """A mapping as it is; anything else is a fault that says how to write amounts of years."""
    return _mapping(value, "write a line for each financial year below, indented, such as 2025-26: £31,400")


def _mapping(value: object, remedy: str) -> object:
    if isinstance(value, dict):
        return value
    found = found_in(value)
    tight = re.fullmatch(r"([A-Za-z_][\w-]*):(\S.*)", value) if isinstance(value, str) else None
    if tight:
        remedy = f"put a space after the colon: {tight[1]}: {tight[2]}"
    raise fault(FaultKind.SHAPE, f"{found} where amounts should", remedy)


def as_list(value: object) -> object:
    """A list as it is; anything else is a fault that says how to write one."""
    if isinstance(value, list):
        return value
    found = found_in(value)
    raise fault(FaultKind.SHAPE, f"{found} where a list should", "begin each entry with a dash and a space")


def given(value: object) -> object:
    """Refuse a key without a value: it would be passed over, and the amount beside it lost."""
    if value is None:
        raise fault(FaultKind.SHAPE, "nothing is given", "write its value, or leave the key out")
    return value


def keys_below(example: str) -> BeforeValidator:
    """Refuse what is not a mapping, with an example of the keys that it should have."""

    def check(value: object) -> object:
        if value is None or isinstance(value, dict):
            return value
        raise fault(
            FaultKind.SHAPE, f"{found_in(value)} where keys and values should", f"write {example} below, indented"
        )

    return BeforeValidator(check)


Text = Annotated[str, BeforeValidator(_text)]
if TYPE_CHECKING:
    Amount: TypeAlias = Figure
    AmountFromZero: TypeAlias = Figure
else:  # Any, since Pydantic would build a schema of its own for a figure's fields, and never use it
    Amount = Annotated[Any, PlainValidator(_amount)]
    AmountFromZero = Annotated[Any, PlainValidator(_amount_from_zero)]
Date = Annotated[date, PlainValidator(_date)]
if TYPE_CHECKING:
    Share: TypeAlias = Portion
    PortionOfGrant: TypeAlias = Portion
    PortionOrCount: TypeAlias = Portion
    RuleForDate: TypeAlias = DateRule
    StartOfYear: TypeAlias = YearStart
else:  # Any, as above
    Share = Annotated[Any, PlainValidator(_share)]
    PortionOfGrant = Annotated[Any, PlainValidator(_portion)]
    PortionOrCount = Annotated[Any, PlainValidator(_portion_or_count)]
    RuleForDate = Annotated[Any, PlainValidator(_date_rule)]
    StartOfYear = Annotated[Any, PlainValidator(_year_start)]
HeadingKey = Annotated[str, AfterValidator(_known_heading)]
FundingKey = Annotated[str, AfterValidator(_known_funding_key)]
StatedKey = Annotated[str, AfterValidator(_known_stated_key)]
YearKey = Annotated[str, AfterValidator(_known_year)]
FinancialYearKey = Annotated[str, AfterValidator(_financial_year)]
YearName = Annotated[str, BeforeValidator(_text), AfterValidator(_known_year)]
RoleName = Annotated[str, BeforeValidator(_text), AfterValidator(_known_role)]
ItemName = Annotated[str, BeforeValidator(_text), AfterValidator(_known_item)]
Amounts = Annotated[Mapping[HeadingKey, Amount], BeforeValidator(as_mapping)]
Stated = Annotated[Mapping[StatedKey, Amount], BeforeValidator(as_mapping)]


class Record(BaseModel):
    """What all parts of a grant file share: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
