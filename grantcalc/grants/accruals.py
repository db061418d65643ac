"""Planned cost by time: what is incurred in a stretch of days, whatever the years of the grant.

A post that is costed from its pay is incurred on its days in post, at the rates of these days. All else of a year, of
which nothing says on which days it falls, is spread evenly over the year.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.periods import DAY, Period
from grantcalc.grants.schedule import measure
from grantcalc.money import PENNY, ZERO, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.costing.incurred import Stretches
    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.totals import Totals, YearTotals


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


def incurred_to(grant: Grant, year: YearTotals, day: date) -> Mapping[str, Fraction]:
    """What of a year is incurred to the end of a day, by heading, in pounds and exactly; at its end, all of it."""
    return _incurred(share_to(grant, year.year, day), year.headings, year.stretches, day)


def _incurred(
    passed: Fraction, amounts: Mapping[str, Decimal], stretches: Stretches, day: date
) -> Mapping[str, Fraction]:
    """What of a year's amounts is incurred: what has days of its own by these, the rest as the year has passed."""
    due = {heading: Fraction(amount) * passed for heading, amount in amounts.items()}
    if 0 < passed < 1:
        for heading, parts in stretches.items():
            due[heading] += sum((part * (one.share_to(day) - passed) for one, part in parts.items()), Fraction(0))
    return due


def accrued(grant: Grant, totals: Totals, day: date) -> Mapping[str, Decimal]:
    """What each heading is planned to cost to the end of a day, in pounds, rounded half up to the penny.

    Amounts of stretches of days are differences of such sums, so that they always make the whole.
    """
    years = [incurred_to(grant, year, day) for year in totals.years]
    return in_pence({heading: sum((year[heading] for year in years), Fraction(0)) for heading in grant.headings})


def in_pence(due: Mapping[str, Fraction]) -> Mapping[str, Decimal]:
    """What is due by heading, in pounds, rounded half up to the penny."""
    return {heading: _in_pence(amount) for heading, amount in due.items()}


def headings_in(grant: Grant, totals: Totals, period: Period) -> Mapping[str, Decimal]:
    """What each heading is planned to cost in a stretch of days, in pounds."""
    before = accrued(grant, totals, period.starts - DAY)
    return {heading: due - before[heading] for heading, due in accrued(grant, totals, period.ends).items()}


def years_in(totals: Totals, period: Period) -> list[YearTotals]:
    """The years of the grant that a stretch of days touches."""
    return [year for year in totals.years if year.year.period is not None and year.year.period.touches(period)]


def cells_in(grant: Grant, year: YearTotals, period: Period) -> Mapping[tuple[str, str], Decimal]:
    """What each post or other cost of a year is planned to cost under each heading in a stretch of days, in pounds."""
    days = (period.starts - DAY, period.ends)
    passed = [share_to(grant, year.year, day) for day in days]
    found: dict[tuple[str, str], Decimal] = {}
    for line in year.lines:
        before, due = (
            _incurred(share, line.headings, line.stretches, day) for share, day in zip(passed, days, strict=True)
        )
        for heading, amount in due.items():
            key = (line.line.name, heading)
            found[key] = found.get(key, ZERO) + _in_pence(amount) - _in_pence(before[heading])
    return found


def has_days(totals: Totals) -> bool:
    """Whether any cost of a grant has days of its own, as that of a post that is costed from pay."""
    return any(year.stretches for year in totals.years)


def _in_pence(amount: Fraction) -> Decimal:
    return plain(round_half_up(amount, PENNY))
