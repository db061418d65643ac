"""Years and periods: names, boundaries, odd lengths."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.periods import (
    APRIL,
    JANUARY,
    Period,
    YearStart,
    add_months,
    contradicts,
    cut,
    cut_at,
    financial_year_name,
    financial_year_named,
    likely_name,
    months_from,
    months_in,
    named_period,
    year_key,
)

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ACCEPTED = st.dates(date(1900, 1, 1), date(2199, 12, 31))
LENGTHS = st.sampled_from([1, 3, 6, 12])


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
    year_key.cache_clear()  # it is to be worked out here, whatever was asked before
    named_period.cache_clear()
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


def test_quarters_of_a_financial_year_leave_a_short_first_and_last_period() -> None:
    assert cut_at(_period("2022-02-10", "2022-11-05"), 3, date(2021, 4, 1)) == [
        _period("2022-02-10", "2022-03-31"),
        _period("2022-04-01", "2022-06-30"),
        _period("2022-07-01", "2022-09-30"),
        _period("2022-10-01", "2022-11-05"),
    ]


def test_quarters_are_cut_alike_from_any_financial_year_before_or_after() -> None:
    period = _period("2022-02-10", "2022-11-05")
    pieces = [cut_at(period, 3, date(year, 4, 1)) for year in (1950, 2021, 2022, 2023, 2100)]
    assert all(each == pieces[0] for each in pieces)


def test_a_period_that_begins_on_a_boundary_has_no_short_first_piece() -> None:
    assert cut_at(_period("2022-04-06", "2023-04-05"), 6, date(2020, 4, 6)) == [
        _period("2022-04-06", "2022-10-05"),
        _period("2022-10-06", "2023-04-05"),
    ]


def test_cuts_before_an_anchor_at_a_month_end_keep_to_month_ends() -> None:
    pieces = cut_at(_period("2022-11-01", "2023-08-31"), 3, date(2023, 8, 31))
    assert [piece.starts.isoformat() for piece in pieces] == [
        "2022-11-01",
        "2022-11-30",
        "2023-02-28",
        "2023-05-31",
        "2023-08-31",
    ]


@pytest.mark.parametrize("anchor", ["1999-07-15", "2025-04-01", "2025-04-02", "2025-04-03", "2031-01-01"])
def test_three_days_are_cut_only_where_a_boundary_lies_in_them(anchor: str) -> None:
    pieces = cut_at(_period("2025-04-01", "2025-04-03"), 3, date.fromisoformat(anchor))
    assert len(pieces) == (2 if anchor in ("2025-04-02", "2025-04-03") else 1)


def test_a_period_of_one_day_is_one_piece() -> None:
    assert cut_at(_period("2024-02-29", "2024-02-29"), 1, date(2024, 2, 29)) == [_period("2024-02-29", "2024-02-29")]


def test_a_period_without_a_day_has_no_pieces_and_no_months() -> None:
    nothing = _period("2025-04-01", "2025-03-31")
    assert cut_at(nothing, 3, date(2020, 1, 31)) == []
    assert months_in(nothing, date(2020, 1, 31)) == 0


def test_thirty_years_have_a_hundred_and_twenty_quarters() -> None:
    period = _period("2020-02-29", "2050-02-27")
    assert len(cut(period, 3)) == 120
    assert len(cut_at(period, 3, date(2020, 4, 1))) == 121
    assert months_in(period, period.starts) == 360


def test_the_last_years_that_a_grant_may_have_can_be_cut() -> None:
    period = _period("2170-01-01", "2199-12-31")
    assert len(cut_at(period, 12, date(1900, 4, 6))) == 31
    assert APRIL.of(date(2199, 12, 31)) == _period("2199-04-01", "2200-03-31")
    assert months_from(date(1900, 1, 1), date(2200, 1, 1)) == 3600


@pytest.mark.parametrize(
    ("anchor", "day", "expected"),
    [
        ("2022-01-01", "2022-01-01", Fraction(0)),
        ("2022-01-01", "2022-04-01", Fraction(3)),
        ("2022-01-01", "2022-04-16", 3 + Fraction(15, 30)),
        ("2022-01-01", "2021-12-31", Fraction(-1, 31)),
        ("2022-01-01", "2021-10-01", Fraction(-3)),
        ("2022-01-31", "2022-02-28", Fraction(1)),
        ("2022-01-31", "2022-03-15", 1 + Fraction(15, 31)),  # 28 February to 31 March
        ("2024-02-29", "2025-02-28", Fraction(12)),
        ("2024-02-29", "2024-02-28", Fraction(-1, 31)),  # 29 January to 29 February
    ],
)
def test_months_from_an_anchor_are_whole_months_and_a_share_of_the_next(
    anchor: str, day: str, expected: Fraction
) -> None:
    assert months_from(date.fromisoformat(anchor), date.fromisoformat(day)) == expected


def test_a_period_within_a_month_has_its_share_of_it() -> None:
    assert months_in(_period("2022-02-10", "2022-03-31"), date(2021, 4, 1)) == 1 + Fraction(19, 28)
    assert months_in(_period("2022-02-10", "2022-02-12"), date(2021, 4, 1)) == Fraction(3, 28)


@pytest.mark.parametrize(
    ("start", "day", "starts", "ends", "name"),
    [
        (APRIL, "2022-03-31", "2021-04-01", "2022-03-31", "2021-22"),
        (APRIL, "2022-04-01", "2022-04-01", "2023-03-31", "2022-23"),
        (APRIL, "1999-12-31", "1999-04-01", "2000-03-31", "1999-00"),
        (YearStart(4, 6), "2022-04-05", "2021-04-06", "2022-04-05", "2021-22"),
        (YearStart(4, 6), "2022-04-06", "2022-04-06", "2023-04-05", "2022-23"),
        (JANUARY, "2021-07-01", "2021-01-01", "2021-12-31", "2021"),
        (YearStart(9, 1), "2022-08-31", "2021-09-01", "2022-08-31", "2021-22"),
        (YearStart(2, 29), "2023-02-27", "2022-02-28", "2023-02-27", "2022-23"),
        (YearStart(2, 29), "2024-02-28", "2023-02-28", "2024-02-28", "2023-24"),
        (YearStart(2, 29), "2024-02-29", "2024-02-29", "2025-02-27", "2024-25"),
    ],
)
def test_a_day_lies_in_a_financial_year(start: YearStart, day: str, starts: str, ends: str, name: str) -> None:
    year = start.of(date.fromisoformat(day))
    assert year == _period(starts, ends)
    assert financial_year_name(year) == name


@pytest.mark.parametrize(
    ("name", "start", "starts", "ends"),
    [
        ("2025-26", APRIL, "2025-04-01", "2026-03-31"),
        (" 2025/2026 ", APRIL, "2025-04-01", "2026-03-31"),
        ("1999-00", YearStart(4, 6), "1999-04-06", "2000-04-05"),
        ("2023-24", YearStart(2, 29), "2023-02-28", "2024-02-28"),
        ("2025", JANUARY, "2025-01-01", "2025-12-31"),
        (" 2025 ", JANUARY, "2025-01-01", "2025-12-31"),
    ],
)
def test_a_financial_year_is_known_by_its_name(name: str, start: YearStart, starts: str, ends: str) -> None:
    assert financial_year_named(name, start) == _period(starts, ends)


@pytest.mark.parametrize(
    ("name", "start"),
    [("2025-26", JANUARY), ("2025", APRIL), ("Year 1", APRIL), ("Year 1", JANUARY), ("2025-27", APRIL), ("", JANUARY)],
)
def test_a_name_is_no_financial_year_that_does_not_start_so(name: str, start: YearStart) -> None:
    assert financial_year_named(name, start) is None


def test_a_period_touches_the_financial_years_from_its_first_day_to_its_last() -> None:
    assert list(APRIL.years_in(_period("2022-03-31", "2023-04-01"))) == [
        _period("2021-04-01", "2022-03-31"),
        _period("2022-04-01", "2023-03-31"),
        _period("2023-04-01", "2024-03-31"),
    ]
    assert list(APRIL.years_in(_period("2022-04-01", "2023-03-31"))) == [_period("2022-04-01", "2023-03-31")]
    assert list(APRIL.years_in(_period("2023-03-31", "2023-03-31"))) == [_period("2022-04-01", "2023-03-31")]
    assert list(APRIL.years_in(_period("2025-04-01", "2025-03-31"))) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("27-28", "2027-28"),
        ("FY27/28", "2027-28"),
        ("2027/2028 (year 1)", "2027-28"),
        ("year 27 – 28", "2027-28"),
        ("99-00", "2099-00"),
        ("09-10", "2009-10"),
        ("27-29", None),
        ("28-27", None),
        ("127-28", None),
        ("27-285", None),
        ("27.28", None),
        ("Year 1", None),
    ],
)
def test_a_name_that_is_none_may_probably_mean_a_financial_year(name: str, meant: str | None) -> None:
    assert likely_name(name) == meant


@pytest.mark.parametrize(
    ("starts", "ends", "touches", "covered", "part"),
    [
        ("2025-04-01", "2026-03-31", True, True, ("2025-04-01", "2026-03-31")),
        ("2025-03-31", "2025-04-01", True, False, ("2025-04-01", "2025-04-01")),
        ("2026-03-31", "2026-04-01", True, False, ("2026-03-31", "2026-03-31")),
        ("2025-04-01", "2026-04-01", True, False, ("2025-04-01", "2026-03-31")),
        ("2025-03-31", "2026-03-31", True, False, ("2025-04-01", "2026-03-31")),
        ("2025-07-01", "2025-07-01", True, True, ("2025-07-01", "2025-07-01")),
        ("2025-03-01", "2025-03-31", False, False, None),
        ("2026-04-01", "2026-04-30", False, False, None),
    ],
)
def test_periods_are_compared_with_both_dates_included(
    starts: str, ends: str, *, touches: bool, covered: bool, part: tuple[str, str] | None
) -> None:
    year, other = _period("2025-04-01", "2026-03-31"), _period(starts, ends)
    assert year.touches(other) is other.touches(year) is touches
    assert year.covers(other) is covered
    assert year.part_in(other) == other.part_in(year) == (None if part is None else _period(*part))


@given(st.dates(date(1900, 4, 1), date(2099, 3, 31)), st.sampled_from([APRIL, JANUARY]))
def test_the_name_of_a_financial_year_implies_its_dates(day: date, start: YearStart) -> None:
    year = start.of(day)
    assert named_period(financial_year_name(year)) == year


@given(ACCEPTED, st.integers(1, 12), st.integers(1, 31))
def test_financial_years_follow_each_other_without_a_gap(day: date, month: int, number: int) -> None:
    start = YearStart(month, number)
    year = start.of(day)
    assert year.starts <= day <= year.ends
    assert start.of(year.starts) == start.of(year.ends) == year
    assert start.of(year.ends + timedelta(days=1)).starts == year.ends + timedelta(days=1)


@given(ACCEPTED, ACCEPTED, st.integers(0, 400), st.integers(0, 400))
def test_months_of_periods_that_follow_each_other_make_those_of_both(
    anchor: date, starts: date, days: int, more: int
) -> None:
    ends, last = starts + timedelta(days=days), starts + timedelta(days=days + 1 + more)
    first, second = Period(starts, ends), Period(ends + timedelta(days=1), last)
    assert months_in(first, anchor) + months_in(second, anchor) == months_in(Period(starts, last), anchor)
    assert months_in(first, anchor) > 0


@given(ACCEPTED, st.integers(-600, 600))
def test_whole_months_from_an_anchor_are_those_that_were_added(anchor: date, months: int) -> None:
    assert months_from(anchor, add_months(anchor, months)) == months


@given(ACCEPTED, st.integers(0, 11_000), LENGTHS, ACCEPTED)
def test_pieces_meet_at_whole_months_from_the_anchor_and_nowhere_else(
    starts: date, days: int, months: int, anchor: date
) -> None:
    period = Period(starts, starts + timedelta(days=days))
    pieces = cut_at(period, months, anchor)
    assert (pieces[0].starts, pieces[-1].ends) == (period.starts, period.ends)
    assert all(later.starts == earlier.ends + timedelta(days=1) for earlier, later in pairwise(pieces))
    first = (starts.year - anchor.year) * 12 // months - 12  # a year or more before the period
    boundaries = [anchor + relativedelta(months=months * number) for number in range(first, first + 24 + 372 // months)]
    assert [piece.starts for piece in pieces[1:]] == [day for day in boundaries if period.starts < day <= period.ends]


@given(DATES, LENGTHS)
def test_periods_begin_where_pandas_has_them_begin(start: date, months: int) -> None:
    pieces = cut(Period(start, start + timedelta(days=2000)), months)
    offsets = [pd.Timestamp(start) + pd.DateOffset(months=months * number) for number in range(len(pieces))]
    assert [piece.starts for piece in pieces] == [offset.date() for offset in offsets]


@given(DATES, st.integers(0, 2000), st.integers(1, 12))
def test_quarters_of_any_financial_year_are_those_of_pandas(start: date, days: int, month: int) -> None:
    period = Period(start, start + timedelta(days=days))
    ending = (date(2001, month, 1) - timedelta(days=1)).strftime("%b").upper()
    quarters = pd.period_range(period.starts, period.ends, freq=f"Q-{ending}")
    pieces = cut_at(period, 3, YearStart(month, 1).of(start).starts)
    assert [piece.ends for piece in pieces[:-1]] == [quarter.end_time.date() for quarter in quarters[:-1]]
    assert [piece.starts for piece in pieces[1:]] == [quarter.start_time.date() for quarter in quarters[1:]]
