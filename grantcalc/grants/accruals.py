"""Planned cost by time: what falls in a stretch of days, whatever the years of the grant."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.periods import DAY, Period
from grantcalc.grants.schedule import measure
from grantcalc.money import PENNY, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.totals import Totals


def share_to(grant: Grant, year: Year, day: date) -> Fraction:
    """Which share of a year has passed at the end of a day: by months or days, as `payments: share` says.

    A year without dates has none that could pass.
    """
    if year.period is None or day < year.period.starts:
        return Fraction(0)
    if day >= year.period.ends:
        return Fraction(1)
    passed = measure(grant, year.period, Period(year.period.starts, day))
    return passed / measure(grant, year.period, year.period)


def accrued(grant: Grant, amounts: Iterable[tuple[Year, Decimal]], day: date) -> Decimal:
    """What of yearly amounts falls to the end of a day, in pounds, rounded half up to the penny.

    Amounts of stretches of days are differences of such sums, so that they always make the whole.
    """
    due = sum((Fraction(amount) * share_to(grant, year, day) for year, amount in amounts), Fraction(0))
    return plain(round_half_up(due, PENNY))


def headings_in(grant: Grant, totals: Totals, period: Period) -> Mapping[str, Decimal]:
    """What each heading is planned to cost in a stretch of days, in pounds."""
    return {
        heading: _in(grant, [(year.year, year.headings[heading]) for year in totals.years], period)
        for heading in grant.headings
    }


def cells_by_year(grant: Grant, totals: Totals, period: Period) -> Mapping[str, Mapping[tuple[str, str], Decimal]]:
    """What each post or other cost is planned to cost under each heading in a stretch of days, by year, in pounds."""
    return {
        year.year.year: {
            (line.line.name, heading): _in(grant, [(year.year, amount)], period)
            for line in year.lines
            for heading, amount in line.headings.items()
        }
        for year in totals.years
        if year.year.period is not None and year.year.period.touches(period)
    }


def _in(grant: Grant, amounts: Iterable[tuple[Year, Decimal]], period: Period) -> Decimal:
    listed = list(amounts)
    return accrued(grant, listed, period.ends) - accrued(grant, listed, period.starts - DAY)
