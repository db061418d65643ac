"""Costs from spans, held against a reckoning that goes through the year day by day and knows nothing of spans."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from grantcalc.grants.accruals import incurred_to
from grantcalc.grants.totals import total_grant
from tests.grants.costing.files import loaded, post, working

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)
DAYS = st.dates(FIRST, LAST)
LATER = st.dates(FIRST + timedelta(days=1), LAST)


@dataclass(frozen=True)
class _Terms:
    """The terms of a post, as a file would give them."""

    salary: int
    tenths: int
    people: int
    starts: date
    ends: date
    vacant: tuple[date, date] | None
    percent: tuple[date, int]
    amount: tuple[date, int]
    increment: date
    convention: str

    def text(self) -> str:
        vacant = ["vacant:", f"  from: {self.vacant[0]}", f"  to: {self.vacant[1]}"] if self.vacant else []
        costing = f"""\
  pay_awards:
    - from: {self.percent[0]}
      by: {self.percent[1]}%
    - from: {self.amount[0]}
      by: £{self.amount[1]}
"""
        return post(
            f"salary: £{self.salary:,}",
            f"fte: {self.tenths / 10}",
            f"people: {self.people}",
            f"starts: {self.starts}",
            f"ends: {self.ends}",
            *vacant,
            "increments:",
            f"  from: {self.increment}",
            "  by: £1,020",
            f"pro_rata: {self.convention}",
            "on_costs:",
            "  national_insurance: yes",
            "  pension: 18.5%",
            "overhead:",
            "  per_fte: £8,723",
            costing=costing,
        )

    def in_post(self, day: date) -> bool:
        away = self.vacant is not None and self.vacant[0] <= day <= self.vacant[1]
        return self.starts <= day <= self.ends and not away

    def salary_on(self, day: date) -> Fraction:
        salary = Fraction(self.salary)
        changes = [(self.increment, 0), (self.percent[0], 1), (self.amount[0], 2)]
        for begins, kind in sorted(changes):
            if begins <= day:
                salary += (Fraction(1_020), salary * self.percent[1] / 100, Fraction(self.amount[1]))[kind]
        return salary

    def share_of(self, day: date) -> Fraction:
        if self.convention == "days":
            return Fraction(1, 365)
        return Fraction(1, 12 * calendar.monthrange(day.year, day.month)[1])


def _insurance(earned: Fraction, day: date) -> Fraction:
    if day < date(2022, 4, 6):
        return max(earned - 8_840, Fraction(0)) * Fraction("0.138")
    rate = Fraction("0.1505") if day < date(2022, 11, 6) else Fraction("0.138")
    return max(earned - 9_100, Fraction(0)) * rate


def _day_by_day(terms: _Terms, until: date = LAST) -> tuple[Fraction, Fraction]:
    """What the post costs, and its overhead, one day after the other."""
    paid = overhead = Fraction(0)
    for offset in range((until - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        if terms.in_post(day):
            share, fte = terms.share_of(day) * terms.people, Fraction(terms.tenths, 10)
            earned = terms.salary_on(day) * fte
            paid += share * (earned + _insurance(earned, day) + earned * Fraction("0.185"))
            overhead += share * fte * 8_723
    return paid, overhead


@st.composite
def _terms(draw: st.DrawFn) -> _Terms:
    starts, first, last, ends = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
    return _Terms(
        salary=draw(st.integers(15_000, 80_000)),
        tenths=draw(st.integers(1, 10)),
        people=draw(st.integers(1, 3)),
        starts=starts,
        ends=ends,
        vacant=(first, last) if draw(st.booleans()) else None,
        percent=(draw(LATER), draw(st.integers(1, 9))),
        amount=(draw(LATER), draw(st.integers(1, 2_500))),
        increment=draw(LATER),
        convention=draw(st.sampled_from(["months", "days"])),
    )


@settings(max_examples=60)
@given(_terms())
def test_spans_come_to_what_the_days_come_to(terms: _Terms) -> None:
    made = working(terms.text())
    assert (made.exact("salary"), made.exact("overhead")) == _day_by_day(terms)


@settings(max_examples=60)
@given(_terms(), DAYS)
def test_what_is_incurred_to_a_day_is_what_the_days_up_to_it_come_to(terms: _Terms, day: date) -> None:
    """But for the rounding of the year's cost to the penny, of which each day has its share."""
    grant = loaded(terms.text()).grant
    assert grant is not None
    totals = total_grant(grant)
    incurred = incurred_to(grant, totals.years[0], day)
    whole = dict(zip(("salary", "overhead"), _day_by_day(terms), strict=True))
    for heading, due in zip(whole, _day_by_day(terms, day), strict=True):
        rounded = Fraction(totals.headings[heading])
        assert incurred[heading] == (due * rounded / whole[heading] if whole[heading] else 0)
