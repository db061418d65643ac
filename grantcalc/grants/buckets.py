"""Stretches of time that costs are put into: financial years, calendar years, and quarters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.grants.periods import DAY, JANUARY, Period, cut, financial_year_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from grantcalc.grants.model import Grant
    from grantcalc.grants.periods import YearStart

_QUARTER: Final = 3
"""A quarter has three months, however often the grant is paid."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of time.

    Attributes:
        name: "2021-22", "2022", "2021-22 Q4"; a grant without years has quarters named "Q1".
        period: the whole of it.
        covered: from the first to the last day of it that belongs to a year of the grant.
    """

    name: str
    period: Period
    covered: Period


def financial_years(grant: Grant) -> list[Bucket]:
    """The financial years that a grant touches, as `financial_year_starts` says."""
    return list(_touched(grant, _years(grant, grant.financial_year_starts)))


def calendar_years(grant: Grant) -> list[Bucket]:
    """The calendar years that a grant touches."""
    return list(_touched(grant, _years(grant, JANUARY)))


def quarters(grant: Grant) -> list[Bucket]:
    """The quarters that a grant touches: of its own years, of calendar or of financial years.

    Which of them is said by `payments: quarters`. No day is in two quarters: where years of the grant share days,
    a quarter of its own ends where the next one begins.
    """
    if grant.payments.quarters == "grant":
        return list(_touched(grant, _own_quarters(grant)))
    starts = JANUARY if grant.payments.quarters == "calendar" else grant.financial_year_starts
    years = _years(grant, starts)
    return list(_touched(grant, (named for name, year in years for named in _quarters_of(name, year))))


def _days(grant: Grant) -> list[Period]:
    """The days of each year of the grant; a year that ends before it starts costs what it costs on its first day."""
    periods = [year.period for year in grant.named_years]
    return [Period(period.starts, max(period.starts, period.ends)) for period in periods if period is not None]


def _span(grant: Grant) -> Period:
    """From the first to the last day of all years."""
    days = _days(grant)
    return Period(min(period.starts for period in days), max(period.ends for period in days))


def _years(grant: Grant, starts: YearStart) -> Iterator[tuple[str, Period]]:
    for year in starts.years_in(_span(grant)):
        yield financial_year_name(year), year


def _quarters_of(name: str, year: Period) -> Iterator[tuple[str, Period]]:
    for number, quarter in enumerate(cut(year, _QUARTER), start=1):
        yield f"{name} Q{number}".strip(), quarter


def _own_quarters(grant: Grant) -> Iterator[tuple[str, Period]]:
    """Quarters that are counted from the start of each year of the grant, each as far as the next one begins."""
    begins: dict[date, str] = {}
    for year, days in zip(grant.named_years, _days(grant), strict=True):
        for name, quarter in _quarters_of(year.year, days):
            begins.setdefault(quarter.starts, name)
    starts = sorted(begins)
    ends = [*(following - DAY for _, following in pairwise(starts)), _span(grant).ends]
    for first, last in zip(starts, ends, strict=True):
        yield begins[first], Period(first, last)


def _touched(grant: Grant, named: Iterable[tuple[str, Period]]) -> Iterator[Bucket]:
    """The stretches that have a day of the grant, each with the part that it covers."""
    days = _days(grant)
    for name, period in named:
        parts = [part for year in days if (part := year.part_in(period)) is not None]
        if parts:
            covered = Period(min(part.starts for part in parts), max(part.ends for part in parts))
            yield Bucket(name, period, covered)
