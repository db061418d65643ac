"""The position at a year end: cost to the date, income earned, invoiced and received."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.year_end import YearEnd, year_end
from tests.grant_files import EXAMPLES, MARSOC, account_of

BY_COST = MARSOC.replace("basis: stated", "basis: cost").replace("rounding: pounds", "rounding: pence")
BY_DAYS = BY_COST.replace("payments:", "payments:\n  share: days")
CLAIMED = (EXAMPLES / "marsoc-claims.yaml").read_text(encoding="utf-8")


def _at(text: str, day: str) -> YearEnd:
    return year_end(account_of(text), date.fromisoformat(day))


def test_the_first_quarter_of_2022_belongs_to_the_financial_year_before() -> None:
    # £202,330 of costs in the calendar year 2022: a quarter of it, or 90 of its 365 days.
    assert _at(BY_COST, "2022-03-31").to_date.cost == Decimal("50582.50")
    assert _at(BY_DAYS, "2022-03-31").to_date.cost == Decimal("49889.59")


def test_the_year_and_the_whole_are_told_apart() -> None:
    position = _at(BY_COST, "2023-03-31")
    assert (position.year.starts, position.year.ends) == (date(2022, 4, 1), date(2023, 3, 31))
    assert position.to_date.cost == Decimal("253150.00")  # £202,330 + a quarter of £203,280
    assert position.in_year.cost == Decimal("202567.50")  # without the £50,582.50 of the year before


def test_what_is_earned_stays_within_the_award() -> None:
    position = _at(BY_COST, "2024-03-31")
    assert position.to_date.cost == 405_610
    assert position.to_date.earned == 405_608


def test_without_claims_all_that_is_earned_is_accrued_income() -> None:
    to_date = _at(BY_COST, "2022-12-31").to_date
    assert (to_date.invoiced, to_date.received, to_date.debtor) == (0, 0, 0)
    assert to_date.accrued_income == 202_330


def test_cost_counts_when_it_is_incurred_and_money_when_it_moves() -> None:
    # The claim for the first quarter, all of it of 2021/22, was made in September 2022; a draft adds £312.60 to it.
    march, october = _at(CLAIMED, "2022-03-31").to_date, _at(CLAIMED, "2022-10-31").to_date
    assert (march.claimed_cost, march.invoiced) == (Decimal("49285.50"), 0)
    assert (october.invoiced, october.debtor) == (Decimal("48972.90"), Decimal("48972.90"))


def test_a_payment_lowers_the_debtor_on_its_day() -> None:
    text = CLAIMED.replace("    claimed: 2022-09-13\n", "    claimed: 2022-09-13\n    paid: 2022-10-12\n")
    assert _at(text, "2022-10-11").to_date.debtor == Decimal("48972.90")
    assert _at(text, "2022-10-12").to_date.debtor == 0


def test_a_payment_up_front_is_deferred_income_until_it_is_earned() -> None:
    text = BY_COST.replace("payments:", "payments:\n  up_front: £60,000")
    text += "claims:\n  - period: up front\n    claimed: 2022-01-01\n    paid: 2022-01-20\n"
    to_date = _at(text, "2022-03-31").to_date
    assert (to_date.received, to_date.earned) == (60_000, Decimal("50582.50"))
    assert (to_date.deferred_income, to_date.accrued_income) == (Decimal("9417.50"), 0)


def test_a_draft_says_what_a_period_cost_but_is_not_an_invoice() -> None:
    to_date = _at(CLAIMED, "2022-06-30").to_date
    assert (to_date.claimed_cost, to_date.planned_cost) == (99_868, 0)
    assert (to_date.invoiced, to_date.accrued_income) == (0, 99_868)


def test_what_is_disallowed_of_a_draft_is_nothing_invoiced() -> None:
    text = CLAIMED.replace(
        "    figures: estimated\n",
        "    figures: estimated\n    disallowed: [{heading: salary, amount: £100, reason: Lunch}]\n",
    )
    assert text != CLAIMED
    position = _at(text, "2023-06-30")
    assert (position.in_year.invoiced, position.to_date.invoiced) == (0, Decimal("48972.90"))


def test_a_period_is_divided_by_the_date_or_by_the_start_of_the_year_and_none_by_a_payment_up_front() -> None:
    by_halves = BY_COST.replace("frequency: quarterly", "frequency: half-yearly")
    assert by_halves != BY_COST
    assert _at(by_halves, "2022-12-31").divides  # 1 January to 30 June, by 1 April
    assert _at(BY_COST, "2022-04-30").divides
    assert not _at(BY_COST.replace("payments:", "payments:\n  up_front: £60,000"), "2022-12-31").divides


def test_a_date_before_the_grant_has_nothing() -> None:
    to_date = _at(BY_COST, "2021-12-31").to_date
    assert (to_date.cost, to_date.earned, to_date.invoiced) == (0, 0, 0)


@pytest.mark.parametrize("text", [BY_COST, BY_DAYS, CLAIMED])
def test_financial_years_make_the_whole_to_the_penny(text: str) -> None:
    ends = ["2022-03-31", "2023-03-31", "2024-03-31"]
    positions = [_at(text, day) for day in ends]
    assert sum(position.in_year.cost for position in positions) == positions[-1].to_date.cost
    assert sum(position.in_year.earned for position in positions) == positions[-1].to_date.earned


@given(st.dates(date(2021, 6, 1), date(2024, 6, 1)), st.sampled_from([BY_COST, BY_DAYS, CLAIMED]))
def test_cost_never_falls_from_day_to_day(day: date, text: str) -> None:
    account = account_of(text)
    before, after = year_end(account, day).to_date, year_end(account, day + timedelta(days=1)).to_date
    assert before.cost <= after.cost
    assert before.earned <= after.earned
