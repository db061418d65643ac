"""Years and periods: names, boundaries, odd lengths."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.periods import (
    Period,
    add_months,
    contradicts,
    cut,
    months_in,
    named_period,
    year_key,
)

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def _period(starts: str, ends: str) -> Period:
    return Period(date.fromisoformat(starts), date.fromisoformat(ends))


def _ends(period: Period, months: int) -> list[str]:
    return [piece.ends.isoformat() for piece in cut(period, months)]


@pytest.mark.parametrize("name", ["2025-26", "2025/26", "2025-2026", "2025/2026", "2025 - 26", "2025–26", " 2025-26 "])
def test_a_name_of_two_years_is_the_financial_year(name: str) -> None:
    assert named_period(name) == _period("2025-04-01", "2026-03-31")
    assert year_key(name) == "2025-26"


def test_a_name_of_one_year_is_the_calendar_year() -> None:
    assert named_period("2025") == _period("2025-01-01", "2025-12-31")


def test_a_name_may_cross_a_century() -> None:
    assert named_period("1999-00") == _period("1999-04-01", "2000-03-31")


@pytest.mark.parametrize("name", ["Year 1", "", "2025-27", "2025-2027", "2025-25", "25-26", "20255", "2025-6", "1825"])
def test_another_name_implies_nothing(name: str) -> None:
    assert named_period(name) is None
    assert year_key(name) == name


@pytest.mark.parametrize(
    ("name", "starts", "ends", "expected"),
    [
        ("2021-2022", "2022-01-01", "2022-12-31", True),
        ("2021-2022", "2021-04-01", "2022-03-31", False),
        ("2021-2022", "2021-07-01", "2021-12-31", False),  # a part of the financial year
        ("2021-2022", "2021-09-01", "2022-08-31", False),  # a school's year
        ("2021-2022", "2021-01-01", "2021-12-31", True),
        ("2022", "2022-01-01", "2022-12-31", False),
        ("2022", "2022-04-01", "2023-03-31", False),
        ("2022", "2021-04-01", "2022-03-31", True),
        ("Year 1", "2021-04-01", "2022-03-31", False),
    ],
)
def test_dates_contradict_a_name_that_says_other_years(name: str, starts: str, ends: str, *, expected: bool) -> None:
    assert contradicts(name, _period(starts, ends)) is expected


def test_quarters_of_a_calendar_year() -> None:
    assert cut(_period("2022-01-01", "2022-12-31"), 3) == [
        _period("2022-01-01", "2022-03-31"),
        _period("2022-04-01", "2022-06-30"),
        _period("2022-07-01", "2022-09-30"),
        _period("2022-10-01", "2022-12-31"),
    ]


def test_boundaries_are_counted_from_the_original_start_and_do_not_drift() -> None:
    assert [piece.starts.isoformat() for piece in cut(_period("2022-08-31", "2023-08-30"), 3)] == [
        "2022-08-31",
        "2022-11-30",
        "2023-02-28",
        "2023-05-31",
    ]


@pytest.mark.parametrize(
    ("starts", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-12-31", 2, "2023-02-28"),
        ("2022-01-15", 0, "2022-01-15"),
        ("2022-12-01", 1, "2023-01-01"),
    ],
)
def test_a_month_without_the_date_lends_its_last_day(starts: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(starts), months) == date.fromisoformat(expected)


def test_a_year_from_the_29th_of_february_has_twelve_months() -> None:
    assert len(cut(_period("2024-02-29", "2025-02-27"), 1)) == 12
    assert len(cut(_period("2024-02-29", "2025-02-28"), 1)) == 13  # one day more than twelve months


def test_the_last_period_may_be_shorter() -> None:
    period = _period("2025-04-01", "2025-12-15")
    assert _ends(period, 3) == ["2025-06-30", "2025-09-30", "2025-12-15"]
    assert [months_in(piece, period.starts) for piece in cut(period, 3)] == [3, 3, 2 + Fraction(15, 31)]


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_a_year_of_three_days_is_one_period(months: int) -> None:
    period = _period("2025-04-01", "2025-04-03")
    assert cut(period, months) == [period]
    assert months_in(period, period.starts) == Fraction(3, 30)


def test_a_period_that_ends_before_it_starts_has_no_parts() -> None:
    assert cut(_period("2025-04-01", "2025-03-31"), 3) == []


@given(DATES, st.integers(0, 600))
def test_months_are_added_as_dateutil_adds_them(start: date, months: int) -> None:
    assert add_months(start, months) == start + relativedelta(months=months)


@given(DATES, st.integers(0, 1200), st.sampled_from([1, 3, 6, 12]))
def test_parts_follow_each_other_and_make_the_whole(start: date, days: int, months: int) -> None:
    period = Period(start, start + timedelta(days=days))
    pieces = cut(period, months)
    assert (pieces[0].starts, pieces[-1].ends) == (period.starts, period.ends)
    assert all(piece.starts <= piece.ends for piece in pieces)
    assert all(later.starts == earlier.ends + timedelta(days=1) for earlier, later in pairwise(pieces))
    weights = [months_in(piece, start) for piece in pieces]
    assert all(weight == months for weight in weights[:-1])
    assert 0 < weights[-1] <= months
