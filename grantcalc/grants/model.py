"""The grant file as a model: Pydantic at the door, frozen, without line numbers.

Every text of the file is validated here once; amounts become figures, dates become dates. What a key may be
(a heading, a year) depends on the file itself and comes in as the validation context, `Names`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from grantcalc.grants.faults import FaultKind, nearest
from grantcalc.grants.periods import Period, named_period, year_key
from grantcalc.money import Figure, Malformed, Remainder, read_amount

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


def _by_year(value: object, info: ValidationInfo) -> object:
    """Let a grant with one year or none give amounts without naming the year."""
    if not isinstance(value, dict):
        return value
    names = _names(info)
    if not value or len(names.years) > 1 or any(isinstance(amounts, dict) for amounts in value.values()):
        return value
    if any(names.listed_year(key) is not None for key in value if key != UNNAMED):
        return value
    return {names.years[0] if names.years else UNNAMED: value}


def _mapping(value: object) -> object:
    if isinstance(value, dict):
        return value
    found = "nothing is given" if value is None else f"{shown(value)} stands here"
    tight = re.fullmatch(r"([A-Za-z_][\w-]*):(\S.*)", value) if isinstance(value, str) else None
    if tight:
        remedy = f"put a space after the colon: {tight[1]}: {tight[2]}"
    else:
        remedy = "write a line for each heading below, indented, such as salary: £31,400"
    raise fault(FaultKind.SHAPE, f"{found} where amounts should", remedy)


def _listed(value: object) -> object:
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
Amounts = Annotated[Mapping[HeadingKey, Amount], BeforeValidator(_mapping)]
Stated = Annotated[Mapping[StatedKey, Amount], BeforeValidator(_mapping)]


class _Record(BaseModel):
    """What all parts of a grant file share: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Payments(_Record):
    """How the grant is paid."""

    frequency: Literal["monthly", "quarterly", "half-yearly", "yearly"] = "quarterly"
    timing: Literal["arrears", "advance"] = "arrears"
    basis: Literal["cost", "award", "stated"] = "cost"
    rounding: Literal["pence", "pounds"] = "pence"
    remainder: Literal["last", "first", "spread"] = "last"

    @property
    def months(self) -> int:
        """How many months a payment covers."""
        return {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[self.frequency]

    @property
    def share_remainder(self) -> Remainder:
        """Where the odd penny or pound goes."""
        return Remainder(self.remainder)


def _year(value: object) -> object:
    """Let a year be its name alone."""
    return {"year": value} if isinstance(value, str) else value


class Year(_Record):
    """A year of the grant; its dates are those that are given, else those that its name implies."""

    year: Text
    starts: Date | None = None
    ends: Date | None = None
    stated: Stated = Field(default_factory=dict)

    @property
    def period(self) -> Period | None:
        """The year's dates, or None where nothing says them."""
        named = named_period(self.year)
        starts = self.starts or (named.starts if named else None)
        ends = self.ends or (named.ends if named else None)
        return Period(starts, ends) if starts and ends else None


class Line(_Record):
    """A post or another cost: amounts by year and heading, and what the paper states of them."""

    kind: ClassVar[Literal["post", "cost"]]
    costs: Annotated[Mapping[YearKey, Amounts], BeforeValidator(_mapping), BeforeValidator(_by_year)]
    stated: Annotated[Mapping[YearKey, Stated], BeforeValidator(_mapping), BeforeValidator(_by_year)] = Field(
        default_factory=dict
    )

    @property
    def name(self) -> str:
        """The role of a post, or what another cost is for."""
        raise NotImplementedError


class Post(Line):
    """A funded role."""

    kind: ClassVar[Literal["post", "cost"]] = "post"
    role: Text
    costs: Annotated[
        Mapping[YearKey, Annotated[Mapping[HeadingKey, AmountFromZero], BeforeValidator(_mapping)]],
        BeforeValidator(_mapping),
        BeforeValidator(_by_year),
    ]

    @property
    def name(self) -> str:
        """The role."""
        return self.role


class OtherCost(Line):
    """A cost that is no post; it may be negative, as income is."""

    kind: ClassVar[Literal["post", "cost"]] = "cost"
    item: Text

    @property
    def name(self) -> str:
        """What the cost is for."""
        return self.item


def _source(value: object) -> object:
    """Gather a funding source's amounts per heading, which stand beside its other keys."""
    if not isinstance(value, dict):
        return value
    amounts = {key: amount for key, amount in value.items() if key not in FUNDING_KEYS}
    if amounts and value.get("amount") is not None:
        message = "one amount for all is given beside amounts for headings"
        raise fault(FaultKind.SHAPE, message, "give an amount for each heading, or one for all")
    return {**{key: amount for key, amount in value.items() if key in FUNDING_KEYS}, UNNAMED: amounts}


class FundingSource(_Record):
    """Where money comes from: an amount for each heading, or one amount for all."""

    source: Text
    amount: AmountFromZero | None = None
    stated: Stated = Field(default_factory=dict)
    amounts: Annotated[Mapping[FundingKey, AmountFromZero], BeforeValidator(_mapping)] = Field(
        alias=UNNAMED, default_factory=dict
    )

    @property
    def given(self) -> Mapping[str, Figure]:
        """What the source gives, by heading; under "amount" what it gives for all."""
        return {**self.amounts, **({"amount": self.amount} if self.amount is not None else {})}


class Grant(_Record):
    """A grant: who gives it and for how long, its years, its posts and other costs, how it is paid."""

    grant: Text
    reference: Text | None = None
    funder: Text | None = None
    recipient: Text | None = None
    award: AmountFromZero | None = None
    costs_rounded_to: Literal["pence", "pounds"] = "pence"
    starts: Date | None = None
    ends: Date | None = None
    payments: Payments = Payments()
    headings: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = DEFAULT_HEADINGS
    years: Annotated[tuple[Annotated[Year, BeforeValidator(_year)], ...], BeforeValidator(_listed)] = ()
    posts: Annotated[tuple[Post, ...], BeforeValidator(_listed)] = ()
    other_costs: Annotated[tuple[OtherCost, ...], BeforeValidator(_listed)] = ()
    funding: Annotated[tuple[Annotated[FundingSource, BeforeValidator(_source)], ...], BeforeValidator(_listed)] = ()
    stated: Stated = Field(default_factory=dict)
    papers: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Posts first, then other costs, each in the order of the file."""
        return (*self.posts, *self.other_costs)

    @property
    def named_years(self) -> tuple[Year, ...]:
        """The years of the grant: those listed, or one without a name for the whole of it."""
        return self.years or (Year.model_construct(year=UNNAMED, starts=self.starts, ends=self.ends, stated={}),)

    @property
    def period(self) -> Period | None:
        """The funding period: the dates given, else from the first year's start to the last year's end."""
        periods = [year.period for year in self.years]
        known = [period for period in periods if period is not None]
        complete = bool(known) and len(known) == len(periods)
        starts = self.starts or (min(period.starts for period in known) if complete else None)
        ends = self.ends or (max(period.ends for period in known) if complete else None)
        return Period(starts, ends) if starts and ends else None
