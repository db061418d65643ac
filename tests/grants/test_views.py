"""Views of a grant's costs: the same total by time, heading and line, on figures worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.accruals import accrued
from grantcalc.grants.totals import total_grant
from grantcalc.grants.views import By, View, view
from grantcalc.money import PENNY, add, round_half_up
from tests.grant_files import MARSOC, SMALL, grant_of

if TYPE_CHECKING:
    from grantcalc.grants.model import Grant

TIMES: Final = [by for by in By if by.needs_dates]


def _view(text: str, by: By) -> View:
    grant = grant_of(text)
    return view(grant, total_grant(grant), by)


def _rows(text: str, by: By) -> list[tuple[str, str]]:
    """The names of rows and their totals."""
    return [(row.name, f"{row.total:,.2f}") for row in _view(text, by).rows]


def _amounts(text: str, by: By) -> list[Decimal]:
    return [row.total for row in _view(text, by).rows]


def _parts(text: str, by: By) -> list[tuple[str, str, str]]:
    """The names of rows and which days of the grant they cover."""
    buckets = [row.bucket for row in _view(text, by).rows if row.bucket is not None]
    return [(one.name, one.covered.starts.isoformat(), one.covered.ends.isoformat()) for one in buckets]


def _dated(starts: str, ends: str, cost: str, **payments: str) -> str:
    """A grant of one year with these dates that costs so much."""
    chosen = "".join(f"  {key}: {value}\n" for key, value in payments.items())
    text = SMALL.replace("[2025-26]", f"\n  - year: Pilot\n    starts: {starts}\n    ends: {ends}")
    text = text.replace("      2025-26", "      Pilot").replace("£30,000", cost)
    return text + (f"payments:\n{chosen}" if chosen else "")


def _casts(made: View) -> bool:
    """Whether every row makes its total, every column its own, and both the same whole."""
    rows = all(add(row.amounts.values()) == row.total for row in made.rows if made.columns)
    columns = all(add(row.amounts[key] for row in made.rows) == made.totals[key] for key in made.columns)
    return rows and columns and add(row.total for row in made.rows) == made.total


def test_a_quarter_of_marsoc_s_first_year_falls_into_the_financial_year_before() -> None:
    # 202,330 / 4 = 50,582.50; 3/4 × 202,330 + 203,280 / 4 = 202,567.50; 3/4 × 203,280 = 152,460.
    assert _rows(MARSOC, By.FINANCIAL_YEAR) == [
        ("2021-22", "50,582.50"),
        ("2022-23", "202,567.50"),
        ("2023-24", "152,460.00"),
    ]
    first = _view(MARSOC, By.FINANCIAL_YEAR).rows[0]
    assert first.amounts == {"salary": Decimal("45001.50"), "overhead": Decimal(5581)}


def test_by_days_it_is_90_of_365() -> None:
    # 180,006 × 90/365 = 44,385.04 and 22,324 × 90/365 = 5,504.55; together 49,889.59.
    text = MARSOC.replace("payments:", "payments:\n  share: days")
    first = _view(text, By.FINANCIAL_YEAR).rows[0]
    assert first.amounts == {"salary": Decimal("44385.04"), "overhead": Decimal("5504.55")}
    assert f"{first.total:,}" == "49,889.59"
    assert sum(_amounts(text, By.FINANCIAL_YEAR)) == 405_610


def test_a_row_says_which_part_of_it_is_the_grant_s() -> None:
    assert _parts(MARSOC, By.FINANCIAL_YEAR) == [
        ("2021-22", "2022-01-01", "2022-03-31"),
        ("2022-23", "2022-04-01", "2023-03-31"),
        ("2023-24", "2023-04-01", "2023-12-31"),
    ]
    bucket = _view(MARSOC, By.FINANCIAL_YEAR).rows[0].bucket
    assert bucket is not None
    assert (bucket.period.starts, bucket.period.ends) == (date(2021, 4, 1), date(2022, 3, 31))


def test_the_financial_year_may_start_on_the_6th_of_april() -> None:
    # 3 months and 5 of April's 30 days: 180,006 × (3 + 1/6) / 12 = 47,501.58; 22,324 × … = 5,891.06.
    text = "financial_year_starts: 6 April\n" + MARSOC
    assert _parts(text, By.FINANCIAL_YEAR)[0] == ("2021-22", "2022-01-01", "2022-04-05")
    assert _rows(text, By.FINANCIAL_YEAR)[0] == ("2021-22", "53,392.64")


@pytest.mark.parametrize(
    ("quarters", "names"),
    [
        ("grant", ["2021-2022 Q1", "2021-2022 Q2", "2021-2022 Q3", "2021-2022 Q4", "2022-2023 Q1"]),
        ("calendar", ["2022 Q1", "2022 Q2", "2022 Q3", "2022 Q4", "2023 Q1"]),
        ("financial", ["2021-22 Q4", "2022-23 Q1", "2022-23 Q2", "2022-23 Q3", "2022-23 Q4"]),
    ],
)
@pytest.mark.parametrize("frequency", ["monthly", "yearly"])
def test_quarters_are_named_after_their_year_and_have_three_months_however_often_is_paid(
    quarters: str, names: list[str], frequency: str
) -> None:
    text = MARSOC.replace("frequency: quarterly", f"frequency: {frequency}\n  quarters: {quarters}")
    assert f"frequency: {frequency}" in text
    assert [name for name, _ in _rows(text, By.QUARTER)][:5] == names
    assert _amounts(text, By.QUARTER) == [Decimal("50582.50")] * 4 + [Decimal(50820)] * 4


def test_quarters_of_a_grant_from_the_end_of_august_keep_to_the_ends_of_months() -> None:
    text = _dated("2022-08-31", "2023-08-30", "£1,200")
    assert [starts for _, starts, _ in _parts(text, By.QUARTER)] == [
        "2022-08-31",
        "2022-11-30",
        "2023-02-28",
        "2023-05-31",
    ]


@pytest.mark.parametrize(
    ("text", "by", "share"),
    [
        (MARSOC, By.FINANCIAL_YEAR, "months"),
        (MARSOC, By.QUARTER, "months"),
        (MARSOC.replace("payments:", "payments:\n  share: days"), By.QUARTER, "days"),
        (MARSOC, By.CALENDAR_YEAR, None),
        (MARSOC, By.YEAR, None),
        (MARSOC, By.HEADING, None),
        (SMALL, By.FINANCIAL_YEAR, None),
        (SMALL, By.CALENDAR_YEAR, "months"),
    ],
)
def test_the_convention_is_said_only_where_a_year_is_divided(text: str, by: By, share: str | None) -> None:
    assert _view(text, by).share == share


def test_headings_and_lines_are_set_out_by_year() -> None:
    headings = _view(MARSOC, By.HEADING)
    assert headings.columns == ("2021-2022", "2022-2023")
    assert [(row.name, *row.amounts.values(), row.total) for row in headings.rows] == [
        ("salary", 180_006, 178_073, 358_079),
        ("overhead", 22_324, 25_207, 47_531),
    ]
    lines = _view(MARSOC, By.LINE)
    assert [(row.name, *row.amounts.values(), row.total) for row in lines.rows] == [
        ("ROCU MARSOC Manager (DS)", 84_362, 84_753, 169_115),
        ("ROCU MARSOC Officer (DC)", 72_043, 71_603, 143_646),
        ("Band E Researcher", 45_925, 46_924, 92_849),
    ]
    assert headings.totals == lines.totals == {"2021-2022": 202_330, "2022-2023": 203_280}


def test_a_post_and_another_cost_of_one_name_are_two_rows() -> None:
    text = SMALL + "other_costs:\n  - item: Officer\n    costs:\n      2025-26:\n        overhead: £5\n"
    rows = _view(text, By.LINE).rows
    assert [(row.kind, row.name, row.total) for row in rows] == [("post", "Officer", 30_000), ("cost", "Officer", 5)]


NO_YEARS = "grant: Kit\nposts:\n  - role: A\n    costs: {salary: 600, overhead: 1}\n"


@pytest.mark.parametrize("by", [By.YEAR, By.HEADING, By.LINE])
def test_a_grant_without_years_or_dates_has_views_without_time(by: By) -> None:
    made = _view(NO_YEARS, by)
    assert made.total == 601
    assert _casts(made)


def test_a_grant_without_years_is_divided_over_its_own_dates() -> None:
    text = NO_YEARS + "starts: 2025-01-01\nends: 2025-06-30\n"
    assert _rows(text, By.FINANCIAL_YEAR) == [("2024-25", "300.50"), ("2025-26", "300.50")]
    assert _rows(text, By.QUARTER) == [("Q1", "300.50"), ("Q2", "300.50")]


def test_fractions_of_a_penny_stand_in_the_last_row_so_that_the_whole_is_exact() -> None:
    # 11.466 by quarters, up to each: 2.8665, 5.733, 8.5995, 11.466.
    text = SMALL.replace("£30,000", "£11.466")
    quarters = _amounts(text, By.QUARTER)
    assert [str(amount) for amount in quarters] == ["2.87", "2.86", "2.87", "2.866"]
    assert {sum(_amounts(text, by)) for by in By} == {Decimal("11.466")}


def test_a_fraction_of_a_penny_makes_no_row_negative() -> None:
    # 11/12 of 0.006 are 0.0055, rounded to a penny, which is more than there is.
    assert _amounts(_dated("2025-05-01", "2026-04-30", "£0.006"), By.FINANCIAL_YEAR) == [Decimal("0.006"), 0]
    assert _amounts(SMALL.replace("£30,000", "£0.004"), By.QUARTER) == [0, 0, 0, Decimal("0.004")]


def test_three_days_over_the_end_of_a_financial_year_are_two_rows() -> None:
    text = _dated("2026-03-31", "2026-04-02", "£100")
    assert _rows(text, By.FINANCIAL_YEAR) == [("2025-26", "33.33"), ("2026-27", "66.67")]
    assert _rows(text, By.CALENDAR_YEAR) == [("2026", "100.00")]
    assert _rows(text, By.QUARTER) == [("Pilot Q1", "100.00")]


def test_thirty_years_are_thirty_one_financial_years() -> None:
    text = _dated("2020-02-29", "2050-02-27", "£1,000,000")
    amounts = _amounts(text, By.FINANCIAL_YEAR)
    assert (len(amounts), sum(amounts)) == (31, 1_000_000)
    assert len(_rows(text, By.QUARTER)) == 120


YEARS = """\
grant: A
years:
  - year: One
    starts: 2025-01-01
    ends: {}
  - year: Two
    starts: {}
    ends: 2026-12-31
posts:
  - role: A
    costs:
      One: {{salary: 1000}}
      Two: {{salary: 500.01}}
"""


def test_a_quarter_between_two_years_has_no_row() -> None:
    text = YEARS.format("2025-03-31", "2026-10-01")
    assert _rows(text, By.QUARTER) == [("One Q1", "1,000.00"), ("Two Q1", "500.01")]
    assert _parts(text, By.CALENDAR_YEAR) == [
        ("2025", "2025-01-01", "2025-03-31"),
        ("2026", "2026-10-01", "2026-12-31"),
    ]


@pytest.mark.parametrize("quarters", ["grant", "calendar", "financial"])
def test_years_that_share_days_are_still_added_up_once(quarters: str) -> None:
    text = YEARS.format("2026-06-30", "2026-02-15") + f"payments: {{quarters: {quarters}}}\n"
    for by in By:
        made = _view(text, by)
        assert (made.total, _casts(made)) == (Decimal("1500.01"), True)
    periods = _parts(text, By.QUARTER)
    assert all(first[2] < second[1] for first, second in pairwise(periods))


def test_a_year_that_ends_before_it_starts_costs_what_it_costs_on_its_first_day() -> None:
    text = _dated("2026-04-01", "2026-03-01", "£100")
    assert {tuple(_rows(text, by)) for by in TIMES} == {
        (("2026-27", "100.00"),),
        (("2026", "100.00"),),
        (("Pilot Q1", "100.00"),),
    }


def test_income_takes_from_the_row_that_it_falls_into() -> None:
    text = SMALL + "other_costs:\n  - item: Fees\n    costs:\n      2025-26:\n        overhead: (100)\n"
    (row,) = _view(text, By.FINANCIAL_YEAR).rows
    assert row.amounts == {"salary": 30_000, "overhead": -100}


DATES = st.dates(date(1999, 1, 1), date(2060, 12, 31)) | st.sampled_from([date(2024, 2, 29), date(2024, 8, 31)])
DAYS = st.integers(0, 800) | st.sampled_from([0, 2, 364, 365, 10_956])
COSTS = st.integers(0, 10**8).map(lambda pence: Decimal(pence).scaleb(-2)) | st.sampled_from(
    [Decimal("0.004"), Decimal("11.466"), Decimal("0.0051")]
)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """A grant of years anywhere: with gaps, in any order, overlapping, of any length; and one line or two."""
    names = [f"Year {number}" for number in range(draw(st.integers(1, 4)))]
    years, posts, items = [], [], []
    starts = draw(DATES)
    for name in names:
        ends = starts + timedelta(draw(DAYS))
        years.append(f"  - year: {name}\n    starts: {starts}\n    ends: {ends}\n")
        starts = ends + timedelta(draw(st.sampled_from([1, 1, 1, 1, 40, 400, -20, -400])))
        posts.append(f"      {name}: {{salary: {draw(COSTS)}, overhead: {draw(COSTS)}}}\n")
        sign = draw(st.sampled_from(["", "-"]))
        items.append(f"      {name}: {{overhead: {sign}{draw(COSTS)}}}\n")
    payments = {
        "quarters": draw(st.sampled_from(["grant", "calendar", "financial"])),
        "share": draw(st.sampled_from(["months", "days"])),
        "frequency": draw(st.sampled_from(["monthly", "quarterly", "yearly"])),
    }
    begins = draw(st.sampled_from(["April", "6 April", "January", "28 February", "October"]))
    other = f"other_costs:\n  - item: B\n    costs:\n{''.join(items)}" if draw(st.booleans()) else ""
    return grant_of(
        f"grant: A\nfinancial_year_starts: {begins}\nheadings: [salary, overhead, spare]\nyears:\n{''.join(years)}"
        f"posts:\n  - role: A\n    costs:\n{''.join(posts)}{other}"
        f"payments: {{{', '.join(f'{key}: {value}' for key, value in payments.items())}}}\n"
    )


@given(grants())
def test_every_view_of_any_grant_makes_the_same_total_and_casts(grant: Grant) -> None:
    totals = total_grant(grant)
    for by in By:
        made = view(grant, totals, by)
        assert made.total == totals.total
        assert _casts(made)


@given(grants())
def test_rows_of_time_follow_each_other_and_lie_within_their_period(grant: Grant) -> None:
    for by in TIMES:
        buckets = [row.bucket for row in view(grant, total_grant(grant), by).rows if row.bucket is not None]
        assert all(one.period.covers(one.covered) for one in buckets)
        assert all(one.period.ends < other.period.starts for one, other in pairwise(buckets))
        assert len({one.name for one in buckets}) == len(buckets)


@given(grants())
def test_rows_up_to_a_day_are_what_has_accrued_by_then(grant: Grant) -> None:
    totals = total_grant(grant)
    for by in TIMES:
        rows = view(grant, totals, by).rows
        for heading in grant.headings:
            for at, row in enumerate(rows):
                assert row.bucket is not None
                due = accrued(grant, totals, row.bucket.covered.ends)[heading]
                shown = add(one.amounts[heading] for one in rows[: at + 1])
                assert abs(shown - due) < PENNY
                if _in_pence(totals.headings[heading]):
                    assert shown == due


def _in_pence(amount: Decimal) -> bool:
    return round_half_up(amount, PENNY) == amount
