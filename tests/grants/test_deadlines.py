"""Rules for dates: how they are read, and the dates that they make."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.deadlines import FORMS, DateRule, read_date_rule
from grantcalc.grants.workdays import Nation, WorkingDays
from grantcalc.money import Malformed

WORKDAYS = WorkingDays(Nation.ENGLAND_AND_WALES, frozenset())
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))
QUARTERS = ("2022-09-30", "2022-12-31", "2023-03-31", "2023-06-30")


def _rule(text: str) -> DateRule:
    rule = read_date_rule(text)
    assert isinstance(rule, DateRule), rule
    return rule


def _after(text: str, day: date | str) -> date:
    return _rule(text).date_after(date.fromisoformat(day) if isinstance(day, str) else day, WORKDAYS)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("next day", "2022-03-31", "2022-04-01"),
        ("last day", "2022-03-31", "2022-03-31"),
        ("30 days", "2022-01-31", "2022-03-02"),
        ("30 days after", "2024-01-31", "2024-03-01"),
        ("1 day", "2022-12-31", "2023-01-01"),
        ("0 days", "2022-12-31", "2022-12-31"),
        ("3660 days", "2199-12-31", "2210-01-08"),
        ("2 weeks", "2022-03-31", "2022-04-14"),
        ("one week after", "2022-03-31", "2022-04-07"),
        ("one month", "2022-01-31", "2022-02-28"),
        ("one month", "2024-01-31", "2024-02-29"),
        ("1 month after", "2022-06-30", "2022-07-30"),
        ("three months", "2022-11-30", "2023-02-28"),
        ("twelve months", "2024-02-29", "2025-02-28"),
        ("120 months", "2199-12-31", "2209-12-31"),
        ("month end", "2022-03-31", "2022-03-31"),
        ("month end", "2024-02-10", "2024-02-29"),
        ("month end", "2022-12-01", "2022-12-31"),
        ("end of the following month", "2022-09-30", "2022-10-31"),
        ("end of the following month", "2022-12-31", "2023-01-31"),
        ("end of the following month", "2024-01-30", "2024-02-29"),
        ("day 21 of the following month", "2022-09-30", "2022-10-21"),
        ("21st of the following month", "2022-12-31", "2023-01-21"),
        ("the 1st of the following month", "2022-12-01", "2023-01-01"),
        ("day 31 of the following month", "2022-03-31", "2022-04-30"),
        ("30th of the following month", "2023-01-31", "2023-02-28"),
        ("21 working days", "2022-06-30", "2022-07-29"),
        ("one working day after", "2022-12-23", "2022-12-28"),
    ],
)
def test_a_rule_makes_a_date_of_another(text: str, day: str, expected: str) -> None:
    assert _after(text, day).isoformat() == expected


def test_working_days_are_those_of_the_nation_asked_for() -> None:
    rule = _rule("21 working days")
    assert rule.date_after(date(2022, 6, 30), WorkingDays(Nation.NORTHERN_IRELAND, frozenset())) == date(2022, 8, 1)


@pytest.mark.parametrize("text", FORMS)
@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: text.replace(" ", ""), "  {}\t".format])
def test_capitals_and_spaces_change_no_rule(text: str, change: type[str]) -> None:
    day = date(2022, 1, 31)
    assert _after(change(text), day) == _after(text, day)


@pytest.mark.parametrize(("number", "word"), [(1, "one"), (2, "two"), (7, "seven"), (12, "TWELVE")])
def test_a_number_may_be_a_word(number: int, word: str) -> None:
    for unit in ("days", "weeks", "months", "working days"):
        assert _after(f"{word} {unit}", "2022-01-31") == _after(f"{number} {unit}", "2022-01-31")


def test_a_rule_keeps_its_words() -> None:
    assert _rule("  21st of  the following Month ").text == "21st of the following Month"


def test_thirty_days_one_month_and_month_end_are_different_rules() -> None:
    dates = {
        text: [_after(text, day).isoformat() for day in QUARTERS] for text in ("30 days", "one month", "month end")
    }
    assert dates == {
        "30 days": ["2022-10-30", "2023-01-30", "2023-04-30", "2023-07-30"],
        "one month": ["2022-10-30", "2023-01-31", "2023-04-30", "2023-07-30"],
        "month end": ["2022-09-30", "2022-12-31", "2023-03-31", "2023-06-30"],
    }


def test_the_dates_that_a_real_clause_lists_are_not_those_of_its_words() -> None:
    # "on or before the 30th day after" each calendar quarter, with a list of dates that says otherwise.
    listed = ["2022-10-31", "2023-01-31", "2023-04-30", "2023-06-30"]
    made = [_after("30 days after", day) for day in QUARTERS]
    late = [(date.fromisoformat(text) - day).days for text, day in zip(listed, made, strict=True)]
    assert late == [1, 1, 0, -30]


def test_half_years_are_claimed_by_the_end_of_a_month_and_paid_on_the_21st_of_the_next() -> None:
    claimed = [_after("end of the following month", day) for day in ("2022-09-30", "2023-03-31")]
    assert claimed == [date(2022, 10, 31), date(2023, 4, 30)]
    assert [_after("21st of the following month", day) for day in claimed] == [date(2022, 11, 21), date(2023, 5, 21)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "days",
        "-3 days",
        "1 0 days",
        "1.5 months",
        "a month",
        "thirteen days",
        "30 dayz",
        "30 days before",
        "month",
        "following month",
        "day of the following month",
        "9999999999 days",
        "१० days",
        "\u017fix days",  # a long s, which is no s of ASCII
        "30 days; 10 days",
    ],
)
def test_anything_else_is_no_rule_and_the_forms_are_listed(text: str) -> None:
    read = read_date_rule(text)
    assert isinstance(read, Malformed)
    assert read.reason == "is not a rule for a date"
    assert all(f'"{form}"' in read.remedy for form in FORMS)


@pytest.mark.parametrize(
    ("text", "reason", "remedy"),
    [
        ("3661 days", "is more than 3660 days", "give 3660 days at most"),
        ("3661 working days", "is more than 3660 working days", "give 3660 working days at most"),
        ("523 weeks", "is more than 3660 days", "give 3660 days at most"),
        ("121 months", "is more than 120 months", "give 120 months at most"),
        ("day 32 of the following month", "names a day that no month has", "give a day from 1 to 31"),
        ("0th of the following month", "names a day that no month has", "give a day from 1 to 31"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_its_bound(text: str, reason: str, remedy: str) -> None:
    assert read_date_rule(text) == Malformed(reason, remedy)


@given(DATES, st.integers(0, 120))
def test_months_are_those_of_dateutil_and_pandas(day: date, months: int) -> None:
    made = _after(f"{months} months", day)
    assert made == day + relativedelta(months=months)
    assert made == (pd.Timestamp(day) + pd.DateOffset(months=months)).date()


@given(DATES)
def test_ends_of_months_are_those_of_pandas(day: date) -> None:
    month = pd.Period(day, freq="M")
    assert _after("month end", day) == month.end_time.date()
    assert _after("end of the following month", day) == (month + 1).end_time.date()


@given(DATES, st.integers(1, 31))
def test_a_day_of_the_following_month_lies_in_it(day: date, number: int) -> None:
    made = _after(f"day {number} of the following month", day)
    assert made == day + relativedelta(months=1, day=number)


@given(DATES, st.integers(0, 3660))
def test_days_are_counted_from_the_day_after(day: date, number: int) -> None:
    assert _after(f"{number} days", day) - day == timedelta(days=number)
