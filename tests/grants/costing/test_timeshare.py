"""Part years by each convention, against figures worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.costing.timeshare import IN_WORDS, mixed, split, time_share, without
from grantcalc.grants.periods import DAY, Period, add_months
from tests.grants.costing.files import cost, post

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
CONVENTIONS = sorted(IN_WORDS)
ADDITIVE = ["days", "months"]


def _from(day: str, year: Period = YEAR) -> Period:
    return Period(date.fromisoformat(day), year.ends)


@pytest.mark.parametrize(
    ("convention", "amount", "text"),
    [
        # 7 months, and 17 of the 31 days of May: £75,639 × (7 + 17/31) / 12.
        ("months", "£47,579.37", "7 17/31 of 12 months"),
        # 231 of 365 days.
        ("days", "£47,870.16", "231 of 365 days"),
        # 7/12 of £75,639 is £44,122.75; 17 days at 1/365⅙ of it are £3,521.30.
        ("police", "£47,644.05", "7 of 12 months and 17 of 365⅙ days"),
    ],
)
def test_a_post_from_15_may_costs_what_each_convention_says(convention: str, amount: str, text: str) -> None:
    file = post("salary: £75,639", "starts: 2022-05-15", f"pro_rata: {convention}", "includes: on-costs")
    assert cost(file) == amount
    served = _from("2022-05-15")
    assert time_share(served, served, YEAR, convention).text == text  # type: ignore[arg-type]


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize(
    "year",
    [
        YEAR,
        Period(date(2023, 4, 1), date(2024, 3, 31)),
        Period(date(2024, 1, 1), date(2024, 12, 31)),
        Period(date(2023, 2, 15), date(2024, 2, 14)),
        Period(date(2023, 8, 31), date(2024, 8, 30)),
    ],
)
def test_a_whole_year_is_a_whole_years_pay(convention: str, year: Period) -> None:
    assert time_share(year, year, year, convention).share == 1  # type: ignore[arg-type]


def test_a_day_of_a_leap_year_is_a_366th_of_a_years_pay() -> None:
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    day = Period(date(2024, 6, 1), date(2024, 6, 1))
    assert time_share(day, day, year, "days").share == Fraction(1, 366)


def test_a_year_of_eighteen_months_earns_a_year_and_a_half() -> None:
    year = Period(date(2022, 7, 1), date(2023, 12, 31))
    assert time_share(year, year, year, "months").share == Fraction(3, 2)
    assert time_share(year, year, year, "days").text == "365 of 365 days and 184 of 366 days"
    first = Period(year.starts, year.starts + timedelta(days=9))
    assert time_share(first, first, year, "days").text == "10 of 365 days"


def test_a_month_of_the_police_is_whole_only_if_it_is_served_whole() -> None:
    served = Period(date(2022, 2, 2), date(2022, 3, 30))
    assert time_share(served, served, YEAR, "police").text == "57 of 365⅙ days"
    assert time_share(served, served, YEAR, "police").share == Fraction(57) / (Fraction(365) + Fraction(1, 6))


DAYS = st.dates(YEAR.starts, YEAR.ends)


@given(st.sampled_from(CONVENTIONS), DAYS, DAYS, st.sets(DAYS, max_size=6))
def test_cuts_where_rates_change_make_the_whole(convention: str, first: date, second: date, cuts: set[date]) -> None:
    served = Period(min(first, second), max(first, second))
    pieces = [time_share(piece, served, YEAR, convention) for piece in split(served, cuts)]  # type: ignore[arg-type]
    assert sum(piece.share for piece in pieces) == time_share(served, served, YEAR, convention).share  # type: ignore[arg-type]


@given(
    st.sampled_from(ADDITIVE), st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.sets(st.integers(1, 364), max_size=6)
)
def test_people_who_follow_each_other_make_the_whole_year(convention: str, starts: date, cuts: set[int]) -> None:
    year = Period(starts, add_months(starts, 12) - DAY)
    pieces = split(year, {starts + timedelta(days=days) for days in cuts})
    shares = [time_share(piece, piece, year, convention) for piece in pieces]  # type: ignore[arg-type]
    assert sum(share.share for share in shares) == 1
    whole = shares[0]
    for share in shares[1:]:
        whole += share
    assert whole.share == 1


@given(st.sampled_from(ADDITIVE), DAYS, DAYS, DAYS)
def test_a_vacancy_takes_away_just_its_own_days(convention: str, first: date, second: date, third: date) -> None:
    first, second, third = sorted((first, second, third))
    gap = Period(second, third)
    served = without([Period(first, YEAR.ends)], gap)
    left = [time_share(piece, piece, YEAR, convention).share for piece in served]  # type: ignore[arg-type]
    whole = time_share(Period(first, YEAR.ends), Period(first, YEAR.ends), YEAR, convention)  # type: ignore[arg-type]
    assert sum(left) + time_share(gap, gap, YEAR, convention).share == whole.share  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(0), "0"), (Fraction(7), "7"), (Fraction(15, 31), "15/31"), (Fraction(32, 31), "1 1/31")],
)
def test_fractions_are_written_as_people_write_them(number: Fraction, text: str) -> None:
    assert mixed(number) == text
