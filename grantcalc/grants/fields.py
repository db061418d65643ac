"""The values of a grant file: texts become amounts and dates, or faults that say what to write.

What a key may be (a heading, a year) depends on the file itself and comes in as the validation context, `Names`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

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
from grantcalc.grants.periods import year_key
from grantcalc.money import Figure, Malformed, read_amount

DEFAULT_HEADINGS = ("salary", "overhead")
FUNDING_KEYS = ("source", "amount", "stated")
RESERVED = ("total", "payment", "amount", "source", "stated")
UNNAMED = ""
"""The year of a grant file that has no years."""

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
        certain: whether the lists are without fault; where they are not, any heading and year is let pass,
            so that one fault is not said again of every line.
    """

    headings: tuple[str, ...]
    years: tuple[str, ...]
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
        found = "nothing is given" if value is None else f"{shown(value)} stands here"
        raise fault(FaultKind.AMOUNT, f"{found} where an amount should", "write an amount such as £75,639")
    read = read_amount(value)
    if isinstance(read, Malformed):
        raise fault(FaultKind.AMOUNT, f"{shown(value)} {read.reason}", read.remedy)
    return read


def _not_negative(figure: Figure) -> Figure:
    if figure.value < 0:
        raise fault(FaultKind.AMOUNT, f"{shown(figure.text)} is less than nothing", "give an amount of zero or more")
    return figure


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
        raise fault(FaultKind.DATE, f"{shown(value)} is not a date", remedy)
    if not _EARLIEST <= day.year <= _LATEST:
        raise fault(FaultKind.DATE, f"{shown(value)} is not in the time of any grant", remedy)
    return day


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
    known = (*names.headings, *others)
    if key in known or not names.certain:
        return key
    close = nearest(key, known)
    remedy = f'did you mean "{close}"?' if close else f"the keys here are {', '.join(known)}"
    raise fault(FaultKind.UNKNOWN_KEY, f'unknown key "{key}"', remedy)


def _known_year(key: str, info: ValidationInfo) -> str:
    names = _names(info)
    listed = UNNAMED if key == UNNAMED and not names.years else names.listed_year(key)
    if listed is not None:
        return listed
    if not names.certain:
        return key
    years = ", ".join(names.years) or "none"
    close = nearest(key, names.years)
    if key in (*names.headings, "total", "payment"):
        message = f'"{key}" stands here where a year should'
        raise fault(FaultKind.UNKNOWN_YEAR, message, f"put the amounts below their year; the years are {years}")
    remedy = f'did you mean "{close}"?' if close else f"list the year under years, where there are: {years}"
    raise fault(FaultKind.UNKNOWN_YEAR, f'the year "{key}" is not listed', remedy)


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
    """Refuse what is not a mapping of amounts."""
    if isinstance(value, dict):
        return value
    found = "nothing is given" if value is None else f"{shown(value)} stands here"
    tight = re.fullmatch(r"([A-Za-z_][\w-]*):(\S.*)", value) if isinstance(value, str) else None
    if tight:
        remedy = f"put a space after the colon: {tight[1]}: {tight[2]}"
    else:
        remedy = "write a line for each heading below, indented, such as salary: £31,400"
    raise fault(FaultKind.SHAPE, f"{found} where amounts should", remedy)


def as_list(value: object) -> object:
    """Refuse what is not a list."""
    if isinstance(value, list):
        return value
    found = "nothing is given" if value is None else f"{shown(value)} stands here"
    raise fault(FaultKind.SHAPE, f"{found} where a list should", "begin each entry with a dash and a space")


Text = Annotated[str, BeforeValidator(_text)]
if TYPE_CHECKING:
    Amount: TypeAlias = Figure
    AmountFromZero: TypeAlias = Figure
else:  # Any, since Pydantic would build a schema of its own for a figure's fields, and never use it
    Amount = Annotated[Any, PlainValidator(_amount)]
    AmountFromZero = Annotated[Any, PlainValidator(_amount), AfterValidator(_not_negative)]
Date = Annotated[date, PlainValidator(_date)]
HeadingKey = Annotated[str, AfterValidator(_known_heading)]
FundingKey = Annotated[str, AfterValidator(_known_funding_key)]
StatedKey = Annotated[str, AfterValidator(_known_stated_key)]
YearKey = Annotated[str, AfterValidator(_known_year)]
Amounts = Annotated[Mapping[HeadingKey, Amount], BeforeValidator(as_mapping)]
Stated = Annotated[Mapping[StatedKey, Amount], BeforeValidator(as_mapping)]


class Record(BaseModel):
    """What all parts of a grant file share: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
