"""Years and periods: what a year's name says of its dates, months counted from a start, time cut into periods.

All dates are inclusive. Months are counted by the corresponding date rule: a period of months ends the day before
the corresponding date, and where a month has no such date, its last day stands for it. Every boundary is counted
from the original start, since counting from boundary to boundary drifts (30 November, 28 February, 28 May).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_EVERY_MONTH: Final = 28
"""The last day that every month has."""

DAY: Final = timedelta(days=1)

_TWO_YEARS: Final = re.compile(r"((?:19|20)[0-9]{2})\s?[-/–]\s?((?:19|20)?[0-9]{2})")
_ONE_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both dates included."""

    starts: date
    ends: date

    def touches(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.starts <= other.ends and other.starts <= self.ends

    def covers(self, other: Period) -> bool:
        """Whether the other period lies within this one."""
        return self.starts <= other.starts and other.ends <= self.ends

    def part_in(self, other: Period) -> Period | None:
        """What of this period lies in the other; None where they share no day."""
        part = Period(max(self.starts, other.starts), min(self.ends, other.ends))
        return part if part.starts <= part.ends else None


@lru_cache(maxsize=1024)  # a file names the same few years over and over
def named_period(name: str) -> Period | None:
    """The dates that the name of a year implies.

    "2025-26", "2025/26" and "2025-2026" are the financial year from 1 April 2025, "2025" is the calendar year;
    other names imply nothing.
    """
    first = _first_of_two(name)
    if first is not None:
        return Period(date(first, 4, 1), date(first + 1, 3, 31))
    if _ONE_YEAR.fullmatch(name.strip()):
        year = int(name)
        return Period(date(year, 1, 1), date(year, 12, 31))
    return None


def _first_of_two(name: str) -> int | None:
    """2025 for "2025-26" and its other spellings, where the second year follows the first."""
    found = _TWO_YEARS.fullmatch(name.strip())
    if not found:
        return None
    first, second = int(found[1]), found[2]
    following = str(first + 1)
    return first if second in (following, following[2:]) else None


@lru_cache(maxsize=1024)  # a file names the same few years over and over
def year_key(name: str) -> str:
    """One spelling for all spellings of a year's name: "2025-26" for "2025/26" and "2025-2026"."""
    first = _first_of_two(name)
    return " ".join(name.split()) if first is None else f"{first}-{str(first + 1)[2:]}"


def likely_name(name: str) -> str | None:
    """The financial year that a name such as "27-28", "FY27/28" or "2027/2028 (year 1)" probably means."""
    found = re.search(r"(?<![0-9])(?:20)?([0-9]{2})\s?[-/–]\s?(?:20)?([0-9]{2})(?![0-9])", name)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        return None
    return f"20{found[1]}-{found[2]}"


def contradicts(name: str, period: Period) -> bool:
    """Whether the dates of a year are not what its name says.

    A year of two numbers is in order if it lies in that financial year, or starts in the first calendar year
    and ends in the second (a school's or a grant's own year); a year of one number if it starts in it.
    """
    said = named_period(name)
    if said is None or said.covers(period):
        return False
    if _ONE_YEAR.fullmatch(name.strip()):
        return period.starts.year != said.starts.year
    return period.starts.year != said.starts.year or period.ends.year != said.ends.year


def add_months(start: date, months: int) -> date:
    """The corresponding date a number of months later, or the last day of a month that has no such date."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, start.day)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def cut(period: Period, months: int) -> list[Period]:
    """Cut a period into periods of so many months, counted from its start; the last may be shorter."""
    return cut_at(period, months, period.starts)


def cut_at(period: Period, months: int, anchor: date) -> list[Period]:
    """Cut a period where quarters, half-years or years of another start begin.

    Args:
        period: what is cut, both dates included; without a day, it has no pieces.
        months: how many months lie between two cuts, at least 1.
        anchor: a date on which a piece begins, before, in or after the period: that of the first quarter of a
            financial year, say. The cuts are the corresponding dates a multiple of `months` before and after it.

    Returns:
        Pieces that follow each other and make the period; the first and the last may be shorter than the others.
    """
    pieces = []
    begins = period.starts
    number = _whole_months(anchor, begins) // months
    while begins <= period.ends:
        number += 1
        following = add_months(anchor, months * number)
        pieces.append(Period(begins, min(following - DAY, period.ends)))
        begins = following
    return pieces


def _whole_months(anchor: date, day: date) -> int:
    """The last corresponding date of an anchor that is not after a day, as a number of months from the anchor."""
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    return months if add_months(anchor, months) <= day else months - 1


def months_from(anchor: date, day: date) -> Fraction:
    """How many months pass from the beginning of one day to the beginning of another.

    Whole months run between corresponding dates of the anchor itself; odd days are a share of the month that they
    fall in, which is as long as the days between its two corresponding dates. So the months of two periods that
    follow each other, counted from one anchor, always make the months of both together.

    Args:
        anchor: the date from which months are counted.
        day: the first day that no longer counts; before the anchor, the months are negative.
    """
    whole = _whole_months(anchor, day)
    begins = add_months(anchor, whole)
    if begins == day:
        return Fraction(whole)
    return whole + Fraction((day - begins).days, (add_months(anchor, whole + 1) - begins).days)


def months_in(period: Period, anchor: date) -> Fraction:
    """How many months a period has: whole months, and odd days as a share of the month that they fall in.

    Args:
        period: the period, both dates included; it may begin on any day.
        anchor: the date from which months are counted: for the periods of a year, the year's start. A period that
            begins in the middle of one of the anchor's months takes a share of that month, and of its last.
    """
    return months_from(anchor, period.ends + DAY) - months_from(anchor, period.starts)


@dataclass(frozen=True, slots=True)
class YearStart:
    """The day on which a financial year begins.

    Attributes:
        month: 1 for January.
        day: the day of the month; where the month has no such day, its last day stands for it.
    """

    month: int
    day: int

    def of(self, day: date) -> Period:
        """The financial year that a day lies in, both dates included."""
        return self.beginning_in(day.year if day >= self._in(day.year) else day.year - 1)

    def beginning_in(self, year: int) -> Period:
        """The financial year that begins in a calendar year, both dates included."""
        return Period(self._in(year), self._in(year + 1) - DAY)

    def years_in(self, period: Period) -> Iterator[Period]:
        """The financial years that a period touches, whole and in order."""
        day = period.starts
        while day <= period.ends:
            year = self.of(day)
            yield year
            day = year.ends + DAY

    def _in(self, year: int) -> date:
        return date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))


JANUARY: Final = YearStart(1, 1)
"""The calendar year, as a financial year that begins with it."""

APRIL: Final = YearStart(4, 1)
"""The public financial year of the United Kingdom; the tax year is `YearStart(4, 6)`."""


def financial_year_name(period: Period) -> str:
    """The name of a financial year: "2021-22", or "2021" if it begins and ends in one calendar year."""
    first, last = period.starts.year, period.ends.year
    return str(first) if first == last else f"{first}-{last % 100:02}"


def financial_year_named(name: str, starts: YearStart) -> Period | None:
    """The financial year of a name such as "2021-22"; None where the name is not one of a year that starts so.

    A financial year that starts on 1 January is named after its one calendar year.
    """
    first = _first_of_two(name)
    if first is None and _ONE_YEAR.fullmatch(name.strip()):
        first = int(name)
    if first is None:
        return None
    year = starts.beginning_in(first)
    return year if financial_year_name(year) == year_key(name) else None
