"""Years whose names, dates and costs do not fit each other, and those that do."""

from __future__ import annotations

import pytest

from tests.grant_files import SMALL, codes, found


def _years(*dates: tuple[str, str, str], head: str = "") -> str:
    """A grant of years with these names, starts and ends, and a post that costs £1 in each."""
    listed = "".join(f"  - year: {name}\n    starts: {starts}\n    ends: {ends}\n" for name, starts, ends in dates)
    costs = "".join(f"      {name}: {{salary: 1}}\n" for name, _, _ in dates)
    return f"grant: Example\n{head}years:\n{listed}posts:\n  - role: Officer\n    costs:\n{costs}"


FIRST = ("2025-26", "2025-04-01", "2026-03-31")
SECOND = ("2026-27", "2026-04-01", "2027-03-31")


@pytest.mark.parametrize(
    "text",
    [
        _years(FIRST, SECOND),
        _years(SECOND, FIRST),
        _years(FIRST, SECOND, head="starts: 2025-04-01\nends: 2027-03-31\n"),
        _years(("2025-26", "2025-09-01", "2026-08-31")),
        _years(("2025-26", "2025-06-01", "2026-03-31"), SECOND),
        _years(("Year 1", "2025-06-01", "2026-05-31")),
        _years(("2025", "2025-06-01", "2026-05-31")),
        "grant: Example\nyears: [2025-26, 2026-27]\nposts: []\n",
    ],
)
def test_years_that_fit_are_passed_over(text: str) -> None:
    assert found(text) == []


UNIVERSITY = "financial_year_starts: August\n"


@pytest.mark.parametrize(
    "dates",
    [("2026-01-15", "2026-07-31"), ("2025-08-01", "2026-07-31"), ("2025-08-01", "2025-12-31")],
)
def test_a_year_in_the_financial_year_of_the_grant_is_in_order(dates: tuple[str, str]) -> None:
    assert found(_years(("2025-26", *dates), head=UNIVERSITY)) == []


def test_a_year_outside_the_financial_year_of_the_grant_is_not() -> None:
    assert codes(found(_years(("2025-26", "2026-01-15", "2026-12-31"), head=UNIVERSITY))) == ["GC401"]
    assert codes(found(_years(("2025-26", "2026-01-15", "2026-07-31")))) == ["GC401"]
    assert codes(found(_years(("2025-26", "2026-05-01", "2026-09-30"), head=UNIVERSITY))) == ["GC401"]


def test_a_year_without_dates_is_taken_from_april_and_a_note_says_so_where_the_grant_has_another_start() -> None:
    (one,) = found(UNIVERSITY + SMALL)
    assert (one.code, one.severity, one.marked) == ("GC401", "note", "2025-26")
    assert one.message == (
        '"2025-26" is taken as 1 April 2025 to 31 March 2026, '
        "but the financial year of this grant runs 1 August 2025 to 31 July 2026"
    )
    assert found("financial_year_starts: 1 April\n" + SMALL) == []
    assert found("financial_year_starts: January\n" + SMALL) == []


def test_days_between_two_years_are_named() -> None:
    (one,) = found(_years(FIRST, ("2026-27", "2026-05-01", "2027-03-31")))
    assert (one.code, one.severity, one.line) == ("GC402", "warning", 6)
    assert one.message == "1 April to 30 April 2026 belongs neither to 2025-26 nor to 2026-27"


def test_days_in_two_years_are_an_error_wherever_the_years_stand() -> None:
    later = ("2026-27", "2026-03-31", "2027-03-31")
    for text in (_years(FIRST, later), _years(later, FIRST)):
        (one,) = found(text)
        assert (one.code, one.severity) == ("GC403", "error")
        assert one.message == "2026-27 starts on 31 March 2026, before 2025-26 ends on 31 March 2026"


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("starts: 2025-01-01\n", 2, "the grant starts on 1 January 2025, but its years start on 1 April 2025"),
        ("ends: 2027-06-30\n", 2, "the grant ends on 30 June 2027, but its years end on 31 March 2027"),
    ],
)
def test_years_that_are_not_the_funding_period_are_named(head: str, line: int, message: str) -> None:
    (one,) = found(_years(FIRST, SECOND, head=head))
    assert (one.code, one.severity, one.line, one.message) == ("GC404", "warning", line, message)


def test_a_year_that_ends_before_it_starts_is_an_error_and_no_more_is_said_of_it() -> None:
    (one,) = found(_years(FIRST, ("2026-27", "2027-03-31", "2026-04-01")))
    assert (one.code, one.severity, one.line) == ("GC406", "error", 6)
    assert one.message == "2026-27 ends on 1 April 2026, before it starts on 31 March 2027"


def test_a_grant_that_ends_before_it_starts_is_an_error() -> None:
    text = "grant: Example\nstarts: 2026-04-01\nends: 2026-03-31\n"
    assert [(one.code, one.line) for one in found(text) if one.severity == "error"] == [("GC406", 3)]


def test_a_post_without_a_cost_is_told_once_with_all_its_years() -> None:
    text = SMALL.replace("[2025-26]", "[2025-26, 2026-27, 2027-28]")
    (one,) = found(text)
    assert (one.code, one.severity, one.line) == ("GC405", "warning", 5)
    assert one.message == "Officer has no cost in 2026-27 and 2027-28"


def test_an_amount_of_nothing_is_a_cost() -> None:
    text = SMALL.replace("[2025-26]", "[2025-26, 2026-27]") + "      2026-27: {salary: 0}\n"
    assert codes(found(text)) == []


def test_a_year_without_dates_is_a_note() -> None:
    (one,) = found(SMALL.replace("2025-26", "Year 1"))
    assert (one.code, one.severity, one.message) == ("GC407", "note", "Year 1 has no dates, so it has no invoices")
