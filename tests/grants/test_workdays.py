"""Working days: weekends, bank holidays of each nation, days off of one's own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.cli.ending import MISSING, UNUSABLE, guarded
from grantcalc.errors import MissingLibraryError, UnknownBankHolidaysError
from grantcalc.grants.workdays import FIRST_KNOWN, LAST_KNOWN, Nation, WorkingDays, bank_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLAND = WorkingDays(Nation.ENGLAND_AND_WALES, frozenset())
SCOTLAND = WorkingDays(Nation.SCOTLAND, frozenset())
IRELAND = WorkingDays(Nation.NORTHERN_IRELAND, frozenset())

# As published on gov.uk/bank-holidays, substitute days included.
PUBLISHED = {
    (Nation.ENGLAND_AND_WALES, 2015): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    (Nation.ENGLAND_AND_WALES, 2016): "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    (Nation.ENGLAND_AND_WALES, 2017): "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2018): "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2019): "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2020): "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    (Nation.ENGLAND_AND_WALES, 2021): "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    (Nation.ENGLAND_AND_WALES, 2022): "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    (Nation.ENGLAND_AND_WALES, 2023): "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2024): "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2025): "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2026): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    (Nation.ENGLAND_AND_WALES, 2027): "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    (Nation.SCOTLAND, 2019): "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
    (Nation.SCOTLAND, 2020): "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
    (Nation.SCOTLAND, 2021): "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
    (Nation.SCOTLAND, 2022): "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
    (Nation.SCOTLAND, 2023): "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
    (Nation.SCOTLAND, 2024): "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    (Nation.SCOTLAND, 2025): "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
    # 15 June 2026 was proclaimed in February 2026, for the football World Cup.
    (Nation.SCOTLAND, 2026): "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    (Nation.SCOTLAND, 2027): "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    (Nation.NORTHERN_IRELAND, 2019): "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
    (Nation.NORTHERN_IRELAND, 2020): "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28",
    (Nation.NORTHERN_IRELAND, 2021): "01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28",
    (Nation.NORTHERN_IRELAND, 2022): "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
    (Nation.NORTHERN_IRELAND, 2023): "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
    (Nation.NORTHERN_IRELAND, 2024): "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    (Nation.NORTHERN_IRELAND, 2025): "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
    # Worked by hand from the Act: Easter is on 16 April 2028, 1 April 2029 and 21 April 2030.
    (Nation.ENGLAND_AND_WALES, 2028): "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    (Nation.SCOTLAND, 2028): "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
    (Nation.NORTHERN_IRELAND, 2028): "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
    (Nation.ENGLAND_AND_WALES, 2029): "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    (Nation.SCOTLAND, 2030): "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
    (Nation.NORTHERN_IRELAND, 2030): "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
}


@pytest.mark.parametrize(("nation", "year"), PUBLISHED)
def test_the_days_off_of_a_year_are_those_published(nation: Nation, year: int) -> None:
    weekdays = sorted(day for day in bank_holidays(nation, year) if day.weekday() < 5)
    assert [f"{day:%m-%d}" for day in weekdays] == PUBLISHED[nation, year].split()


def test_a_bank_holiday_of_one_nation_is_a_working_day_of_another() -> None:
    easter_monday, st_andrew, boyne = date(2023, 4, 10), date(2023, 11, 30), date(2023, 7, 12)
    assert [days.is_working(easter_monday) for days in (ENGLAND, SCOTLAND, IRELAND)] == [False, True, False]
    assert [days.is_working(st_andrew) for days in (ENGLAND, SCOTLAND, IRELAND)] == [True, False, True]
    assert [days.is_working(boyne) for days in (ENGLAND, SCOTLAND, IRELAND)] == [True, True, False]


@pytest.mark.parametrize("day", [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)])
@pytest.mark.parametrize("days", [ENGLAND, SCOTLAND, IRELAND])
def test_a_bank_holiday_of_one_year_only_is_no_working_day(day: date, days: WorkingDays) -> None:
    assert not days.is_working(day)


def test_a_saturday_and_a_sunday_are_no_working_days() -> None:
    assert [ENGLAND.is_working(date(2022, 7, day)) for day in range(1, 5)] == [True, False, False, True]


def test_working_days_over_the_new_year_pass_over_substitute_days() -> None:
    # 31 December 2021 is a Friday; Monday 3 January stands for New Year's Day, in Scotland Tuesday for 2 January too.
    assert ENGLAND.after(date(2021, 12, 31), 1) == date(2022, 1, 4)
    assert SCOTLAND.after(date(2021, 12, 31), 1) == date(2022, 1, 5)


def test_working_days_are_counted_from_the_day_after() -> None:
    # From Thursday 30 June 2022: 1 July is the first, 29 July the twenty-first.
    assert ENGLAND.after(date(2022, 6, 30), 1) == date(2022, 7, 1)
    assert ENGLAND.after(date(2022, 6, 30), 21) == date(2022, 7, 29)
    assert IRELAND.after(date(2022, 6, 30), 21) == date(2022, 8, 1)


def test_no_working_days_later_is_the_day_itself() -> None:
    assert ENGLAND.after(date(2022, 7, 2), 0) == date(2022, 7, 2)


def test_a_day_off_of_ones_own_is_no_working_day() -> None:
    closed = WorkingDays(Nation.ENGLAND_AND_WALES, frozenset({date(2022, 12, 28), date(2022, 12, 29)}))
    assert closed.after(date(2022, 12, 23), 1) == date(2022, 12, 30)


@pytest.mark.parametrize("year", [FIRST_KNOWN, LAST_KNOWN])
@pytest.mark.parametrize("nation", Nation)
def test_christmas_is_known_in_the_first_and_the_last_year(nation: Nation, year: int) -> None:
    assert date(year, 12, 25) in bank_holidays(nation, year)


@pytest.mark.parametrize("year", [1900, FIRST_KNOWN - 1, LAST_KNOWN + 1, 2199])
def test_days_are_not_taken_as_working_days_in_a_year_whose_bank_holidays_are_not_known(year: int) -> None:
    with pytest.raises(UnknownBankHolidaysError, match=f"of {year} are not known, only those of 1975 to 2100"):
        ENGLAND.after(date(year, 6, 1), 5)


def test_counting_into_years_that_are_not_known_ends_the_program_with_a_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit) as stop, guarded():
        ENGLAND.after(date(2100, 12, 31), 30)
    assert stop.value.exit_code == UNUSABLE
    assert "the bank holidays of 2101 are not known" in capsys.readouterr().err


@pytest.fixture
def _without_holidays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    bank_holidays.cache_clear()
    monkeypatch.setitem(sys.modules, "holidays", None)
    yield
    bank_holidays.cache_clear()


@pytest.mark.usefixtures("_without_holidays")
def test_a_missing_library_ends_the_program_with_how_to_install_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stop, guarded():
        ENGLAND.after(date(2022, 6, 30), 21)
    assert stop.value.exit_code == MISSING == 3
    assert capsys.readouterr().err == (
        'grantcalc: counting working days needs the library holidays: pip install "grantcalc[claims]"\n'
    )


@pytest.mark.usefixtures("_without_holidays")
def test_a_missing_library_is_named() -> None:
    with pytest.raises(MissingLibraryError) as missing:
        ENGLAND.is_working(date(2022, 6, 30))
    assert (missing.value.library, missing.value.extra) == ("holidays", "claims")


def test_the_library_is_not_imported_before_a_working_day_is_counted() -> None:
    program = "import sys, grantcalc.grants.workdays, grantcalc.grants.deadlines; print('holidays' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout == "False\n"


@given(
    st.sampled_from(Nation),
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.integers(1, 400),
    st.frozensets(st.integers(0, 300), max_size=12),
)
def test_working_days_are_counted_as_numpy_counts_them(nation: Nation, day: date, count: int, off: set[int]) -> None:
    extra = frozenset(day + timedelta(days=number) for number in off)
    holidays = [
        *extra,
        *(each for year in range(day.year - 1, day.year + 4) for each in bank_holidays(nation, year)),
    ]
    # Rolled backward, so that a Saturday counts from the Friday before, as from a day that is itself not counted.
    expected = np.busday_offset(day, count, roll="backward", holidays=holidays).item()
    assert WorkingDays(nation, extra).after(day, count) == expected
