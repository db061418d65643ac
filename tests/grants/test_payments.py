"""Payment schedules: every basis, rounding, remainder, frequency and timing, on figures worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.account import account_for
from grantcalc.grants.invoices import Invoice, invoices
from grantcalc.grants.payments import Kind, undated
from grantcalc.money import add
from tests.grant_files import MARSOC, SMALL, account_of, codes, found, grant_of


def _schedule(text: str) -> tuple[Invoice, ...]:
    account = account_of(text)
    return invoices(account.grant, account.instalments)


def _amounts(text: str) -> list[str]:
    return [f"{instalment.amount:,}" for instalment in account_of(text).instalments]


def _one_year(cost: str, *, award: str = "", **payments: str) -> str:
    """A grant of one financial year that costs so much."""
    chosen = "".join(f"  {key}: {value}\n" for key, value in payments.items())
    award = f"award: {award}\n" if award else ""
    return SMALL.replace("£30,000", cost) + award + (f"payments:\n{chosen}" if chosen else "")


@pytest.mark.parametrize(
    ("rounding", "remainder", "expected"),
    [
        ("pounds", "last", ["50,582", "50,582", "50,582", "50,583"]),
        ("pounds", "first", ["50,583", "50,582", "50,582", "50,582"]),
        ("pounds", "spread", ["50,582", "50,583", "50,582", "50,582"]),
        ("pence", "last", ["50,582.25"] * 4),
        ("pence", "first", ["50,582.25"] * 4),
        ("pence", "spread", ["50,582.25"] * 4),
    ],
)
def test_202_329_is_paid_in_quarters(rounding: str, remainder: str, expected: list[str]) -> None:
    assert _amounts(_one_year("£202,329", rounding=rounding, remainder=remainder)) == expected


@pytest.mark.parametrize(
    ("remainder", "expected"),
    [
        ("last", ["50,820", "50,820", "50,820", "50,819"]),
        ("first", ["50,819", "50,820", "50,820", "50,820"]),
        ("spread", ["50,820", "50,820", "50,819", "50,820"]),
    ],
)
def test_203_279_is_paid_in_quarters(remainder: str, expected: list[str]) -> None:
    assert _amounts(_one_year("£203,279", rounding="pounds", remainder=remainder)) == expected


@pytest.mark.parametrize(
    ("remainder", "expected"),
    [
        ("last", ["33.33", "33.33", "33.33", "33.34"]),
        ("first", ["33.34", "33.33", "33.33", "33.33"]),
        ("spread", ["33.33", "33.34", "33.33", "33.33"]),
    ],
)
def test_the_odd_penny_goes_where_the_remainder_goes(remainder: str, expected: list[str]) -> None:
    assert _amounts(_one_year("£133.33", remainder=remainder)) == expected


def test_a_half_is_rounded_up_and_the_last_payment_takes_the_balance() -> None:
    assert _amounts(_one_year("£202,330", rounding="pounds")) == ["50,583", "50,583", "50,583", "50,581"]


@pytest.mark.parametrize(
    ("frequency", "count", "amount"),
    [("monthly", 12, "100"), ("quarterly", 4, "300"), ("half-yearly", 2, "600"), ("yearly", 1, "1,200")],
)
def test_a_year_is_paid_as_often_as_the_frequency_says(frequency: str, count: int, amount: str) -> None:
    schedule = _schedule(_one_year("£1,200", frequency=frequency))
    assert len(schedule) == count
    assert {f"{invoice.amount:,.0f}" for invoice in schedule} == {amount}
    assert (schedule[0].period.starts, schedule[-1].period.ends) == (date(2025, 4, 1), date(2026, 3, 31))


def test_in_arrears_an_invoice_is_dated_the_day_after_its_period() -> None:
    assert [invoice.invoice_date.isoformat() for invoice in _schedule(_one_year("£1,200"))] == [
        "2025-07-01",
        "2025-10-01",
        "2026-01-01",
        "2026-04-01",
    ]


def test_in_advance_an_invoice_is_dated_the_first_day_of_its_period() -> None:
    assert [invoice.invoice_date.isoformat() for invoice in _schedule(_one_year("£1,200", timing="advance"))] == [
        "2025-04-01",
        "2025-07-01",
        "2025-10-01",
        "2026-01-01",
    ]


def test_no_due_date_is_invented() -> None:
    assert {invoice.due_date for invoice in _schedule(MARSOC)} == {None}


def test_marsoc_is_paid_as_stated_and_makes_the_award_exactly() -> None:
    schedule = _schedule(MARSOC)
    assert [invoice.amount for invoice in schedule] == [50_582] * 4 + [50_820] * 4
    assert [invoice.number for invoice in schedule] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [invoice.year for invoice in schedule] == ["2021-2022"] * 4 + ["2022-2023"] * 4
    assert (schedule[0].period.starts, schedule[-1].period.ends) == (date(2022, 1, 1), date(2023, 12, 31))
    assert (schedule[-1].cumulative, schedule[-1].remaining) == (405_608, 0)
    assert not any(invoice.instalment.cut for invoice in schedule)


def test_marsoc_paid_by_cost_is_cut_by_2_pounds_at_the_award() -> None:
    text = MARSOC.replace("basis: stated", "basis: cost").replace("rounding: pounds", "rounding: pence")
    schedule = _schedule(text)
    assert [invoice.amount for invoice in schedule[:-1]] == [Decimal("50582.50")] * 4 + [Decimal(50820)] * 3
    assert (schedule[-1].amount, schedule[-1].instalment.cut, schedule[-1].cumulative) == (50_818, 2, 405_608)


@pytest.mark.parametrize(
    ("remainder", "first_year", "second_year"),
    [
        ("last", ["50,583"] * 3 + ["50,581"], ["50,820"] * 3 + ["50,818"]),
        ("first", ["50,581"] + ["50,583"] * 3, ["50,820"] * 3 + ["50,818"]),
        ("spread", ["50,583", "50,582", "50,583", "50,582"], ["50,820"] * 3 + ["50,818"]),
    ],
)
def test_marsoc_paid_by_cost_in_pounds(remainder: str, first_year: list[str], second_year: list[str]) -> None:
    text = MARSOC.replace("basis: stated", "basis: cost").replace("remainder: last", f"remainder: {remainder}")
    assert _amounts(text) == [*first_year, *second_year]


def test_the_award_may_be_divided_whatever_the_years_cost() -> None:
    assert _amounts(MARSOC.replace("basis: stated", "basis: award")) == ["50,701"] * 8
    assert _amounts(_one_year("£30,000", award="£1,001", basis="award", rounding="pounds")) == [
        "250",
        "250",
        "250",
        "251",
    ]


def test_the_payment_that_would_cross_the_award_is_cut_and_later_ones_are_nothing() -> None:
    text = _one_year("£1,200", award="£450")
    schedule = _schedule(text)
    assert [invoice.amount for invoice in schedule] == [300, 150, 0, 0]
    assert [invoice.instalment.cut for invoice in schedule] == [0, 150, 300, 300]
    assert [invoice.remaining for invoice in schedule] == [150, 0, 0, 0]


def test_stated_payments_are_cut_at_the_award_too() -> None:
    text = MARSOC.replace("award: £405,608", "award: £405,600")
    assert [invoice.amount for invoice in _schedule(text)][-2:] == [50_820, 50_812]


def test_an_award_of_nothing_pays_nothing() -> None:
    assert _amounts(_one_year("£1,200", award="£0")) == ["0"] * 4


def test_what_is_left_of_a_larger_award_stays_to_be_seen() -> None:
    assert [invoice.remaining for invoice in _schedule(_one_year("£1,200", award="£1,500"))] == [1200, 900, 600, 300]


def test_an_odd_period_at_the_end_is_paid_by_its_months() -> None:
    dates = "\n  - year: Pilot\n    starts: 2025-04-01\n    ends: 2025-11-30"
    text = _one_year("£8,000").replace("[2025-26]", dates).replace("      2025-26", "      Pilot")
    assert _amounts(text) == ["3,000.00", "3,000.00", "2,000.00"]


def test_a_year_of_three_days_is_one_payment() -> None:
    dates = "\n  - year: Event\n    starts: 2025-04-01\n    ends: 2025-04-03"
    text = _one_year("£800").replace("[2025-26]", dates).replace("      2025-26", "      Event")
    (invoice,) = _schedule(text)
    assert (invoice.amount, invoice.invoice_date) == (800, date(2025, 4, 4))


def test_periods_from_the_end_of_august_keep_to_the_ends_of_months() -> None:
    dates = "\n  - year: Year 1\n    starts: 2022-08-31\n    ends: 2023-08-30"
    text = _one_year("£1,200").replace("[2025-26]", dates).replace("      2025-26", "      Year 1")
    assert [invoice.invoice_date.isoformat() for invoice in _schedule(text)] == [
        "2022-11-30",
        "2023-02-28",
        "2023-05-31",
        "2023-08-31",
    ]


def test_a_year_without_dates_has_payments_but_no_invoices() -> None:
    text = _one_year("£1,200").replace("2025-26", "Year 1")
    assert _amounts(text) == ["300.00"] * 4
    assert _schedule(text) == ()


def test_a_grant_without_years_is_paid_over_its_own_dates() -> None:
    text = "grant: Kit\nstarts: 2025-04-01\nends: 2025-09-30\nposts:\n  - role: A\n    costs: {salary: 600}\n"
    schedule = _schedule(text)
    assert [(invoice.year, invoice.amount) for invoice in schedule] == [("", 300), ("", 300)]


def test_a_grant_without_years_may_state_its_payment() -> None:
    text = (
        "grant: Kit\nstarts: 2025-04-01\nends: 2025-09-30\nposts:\n  - role: A\n    costs: {salary: 600}\n"
        "payments: {basis: stated}\nstated: {payment: £299}\n"
    )
    assert _amounts(text) == ["299", "299"]


def test_a_year_whose_income_exceeds_its_costs_pays_nothing() -> None:
    text = "grant: A\nyears: [2025-26]\nother_costs:\n  - item: Fees\n    costs: {overhead: (100)}\n"
    assert _amounts(text) == ["0"] * 4


def _with_income(*nets: str, terms: str = "", award: str = "") -> str:
    """A grant of years that cost so much, or bring in so much where the amount is below nothing; paid by halves."""
    years = [f"{2025 + at}-{26 + at}" for at in range(len(nets))]
    costs = "".join(f"      {year}: {{overhead: {net}}}\n" for year, net in zip(years, nets, strict=True))
    award = f"award: {award}\n" if award else ""
    terms = f"payments: {{frequency: half-yearly{', ' + terms if terms else ''}}}\n"
    return f"grant: A\n{award}years: [{', '.join(years)}]\n{terms}other_costs:\n  - item: Show\n    costs:\n{costs}"


def _paid(text: str) -> list[Decimal]:
    return [instalment.amount for instalment in account_of(text).instalments]


@pytest.mark.parametrize(
    ("nets", "expected"),
    [
        (["600", "-50"], ["300", "250", "0", "0"]),
        (["600", "-400"], ["200", "0", "0", "0"]),
        (["-50", "600"], ["0", "0", "250", "300"]),
        (["-400", "600"], ["0", "0", "0", "200"]),
        (["100", "-150", "600"], ["50", "50", "0", "0", "150", "300"]),
        (["600", "-150", "100"], ["300", "250", "0", "0", "0", "0"]),
        (["-100", "600", "-100"], ["0", "0", "200", "200", "0", "0"]),
        (["100", "-100"], ["0", "0", "0", "0"]),
        (["100", "-150"], ["0", "0", "0", "0"]),
        (["-150", "100"], ["0", "0", "0", "0"]),
    ],
)
def test_income_above_cost_is_taken_off_later_payments_and_then_the_last_before(
    nets: list[str], expected: list[str]
) -> None:
    assert _paid(_with_income(*nets)) == [Decimal(amount) for amount in expected]


@pytest.mark.parametrize(
    ("remainder", "expected"),
    [
        ("last", ["33.34", "33.33", "0.03", "0.00"]),
        ("first", ["33.33", "33.34", "0.03", "0.00"]),
        ("spread", ["33.34", "33.33", "0.03", "0.00"]),
    ],
)
def test_income_above_cost_leaves_the_odd_penny_where_it_is(remainder: str, expected: list[str]) -> None:
    made = _paid(_with_income("66.67", "100.03", "-100", terms=f"remainder: {remainder}"))
    assert made == [*map(Decimal, expected), 0, 0]


def test_a_rate_is_paid_of_income_too() -> None:
    text = _with_income("60000", "-5000", terms="rate: 80%", award="£56,000")
    assert _paid(text) == [24_000, 20_000, 0, 0]
    assert account_of(text).payable == 44_000
    (unused,) = [one.message for one in found(text) if one.code == "GC504"]
    assert unused == "80% of the costs of £55,000 makes £44,000, £12,000 less than the award of £56,000"


def test_what_is_held_back_and_paid_up_front_is_of_what_is_left_after_income() -> None:
    held = account_of(_with_income("600", "-50", terms="retention: 10%")).instalments
    assert [one.amount for one in held] == [270, 225, 0, 0, 55]
    ahead = account_of(_with_income("600", "-50", terms="up_front: 20%")).instalments
    assert [(one.kind, one.amount) for one in ahead[:3]] == [
        (Kind.UP_FRONT, 110),
        (Kind.PERIOD, 240),
        (Kind.PERIOD, 200),
    ]
    assert add(one.amount for one in ahead) == 550


def test_income_makes_room_under_the_award_of_the_grant_and_of_its_years() -> None:
    text = _with_income("65000", "-5000", award="£60,000")
    assert codes(found(text)) == ["GC323"]
    assert add(one.amount for one in account_of(text).instalments) == 60_000
    own = text.replace("[2025-26, 2026-27]", "[{year: 2025-26, award: £60000}, {year: 2026-27, award: 0}]")
    assert codes(found(own)) == ["GC323"]
    assert add(one.amount for one in account_of(own).instalments) == 60_000


def test_payments_that_income_makes_lower_are_named() -> None:
    (one,) = [each for each in found(_with_income("-400", "600", terms="up_front: £10")) if each.code == "GC323"]
    assert (one.severity, one.marked) == ("note", "2025-26")
    assert one.message == "income is above cost by £400 in 2025-26: £400 is taken off payments 4 to 5"
    assert one.notes == ("working: £300 off payment 4 and £100 off payment 5",)


def test_that_nothing_is_paid_where_all_income_is_above_all_cost_is_a_warning() -> None:
    text = _with_income("100", "-150", award="£60")
    one, unused = sorted(found(text), key=lambda each: each.code)
    assert (one.code, one.severity) == ("GC323", "warning")
    assert one.message == "income is above cost by £50 in all, so nothing is paid"
    assert unused.message == "nothing is payable of costs of -£50, £60 less than the award of £60"
    assert account_of(text).payable == 0


def test_income_says_nothing_of_payments_that_are_shares_of_the_award() -> None:
    text = _with_income("600", "-50", terms="basis: award", award="£550")
    assert _paid(text) == [Decimal("137.50")] * 4
    assert found(text) == []


WITHOUT_YEARS = "grant: Kit\nposts:\n  - role: A\n    costs: {salary: 600}\n"


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (
            _one_year("£1,200", basis="award"),
            "payments are a share of the award, but no award is given",
            (9, 10, "award"),
        ),
        (
            _one_year("£1,200", basis="stated"),
            "payments are invoiced as stated, but 2025-26 states no payment",
            (2, 9, "2025-26"),
        ),
        (
            MARSOC.replace("      payment: £50,820\n", ""),
            "payments are invoiced as stated, but 2022-2023 states no payment",
            (27, 5, "year"),
        ),
        (
            f"starts: 2025-04-01\nends: 2025-09-30\npayments: {{basis: stated}}\n{WITHOUT_YEARS}",
            "payments are invoiced as stated, but the grant states no payment",
            (1, 1, ""),
        ),
        (
            _one_year("£1,200") + "reprofiled:\n  - from: 2026-04-01\n",
            "no period begins on or after 2026-04-01",
            (9, 11, "2026-04-01"),
        ),
        (
            _one_year("£1,200") + "reprofiled:\n  - from: 2025-10-01\n    amounts: [£500]\n",
            "the schedule agreed anew gives 1 amount for 2 periods from 2025-10-01 on",
            (10, 5, "amounts"),
        ),
    ],
)
def test_payments_that_cannot_be_worked_out_are_none_and_the_reason_is_said(
    text: str, message: str, place: tuple[int, int, str]
) -> None:
    assert _amounts(text) == []
    (reason,) = [(one.message, (one.line, one.column, one.marked)) for one in found(text) if one.code == "GC306"]
    assert reason == (message, place)


def test_each_year_without_dates_is_named() -> None:
    costs = "{Year 1: {salary: 600}, 2025-26: {salary: 600}, Year 2: {salary: 600}}"
    text = f"grant: A\nyears: [Year 1, 2025-26, Year 2]\nposts:\n  - role: A\n    costs: {costs}\n"
    listed = [(one.message, one.line, one.marked) for one in found(text) if one.code == "GC407"]
    assert listed == [
        ("Year 1 has no dates, so it has no invoices", 2, "Year 1"),
        ("Year 2 has no dates, so it has no invoices", 2, "Year 2"),
    ]
    assert undated(grant_of(WITHOUT_YEARS)) == [("the grant has no dates", ())]


PENCE = st.integers(0, 10**9).map(lambda pence: Decimal(pence).scaleb(-2))
INCOME = st.just(Decimal(0)) | PENCE


@given(
    costs=st.lists(st.tuples(PENCE, INCOME), min_size=1, max_size=4),
    award=st.none() | PENCE,
    frequency=st.sampled_from(["monthly", "quarterly", "half-yearly", "yearly"]),
    basis=st.sampled_from(["cost", "award"]),
    rounding=st.sampled_from(["pence", "pounds"]),
    remainder=st.sampled_from(["last", "first", "spread"]),
)
def test_payments_make_the_lower_of_their_basis_and_the_award_exactly(
    costs: list[tuple[Decimal, Decimal]],
    award: Decimal | None,
    frequency: str,
    basis: str,
    rounding: str,
    remainder: str,
) -> None:
    years = [f"{2025 + at}-{26 + at}" for at in range(len(costs))]
    lines = "".join(f"      {year}:\n        salary: {cost}\n" for year, (cost, _) in zip(years, costs, strict=True))
    fees = "".join(f"      {year}:\n        salary: {-fee}\n" for year, (_, fee) in zip(years, costs, strict=True))
    text = (
        f"grant: A\nyears: [{', '.join(years)}]\n"
        f"payments: {{frequency: {frequency}, basis: {basis}, rounding: {rounding}, remainder: {remainder}}}\n"
        f"posts:\n  - role: A\n    costs:\n{lines}other_costs:\n  - item: Fees\n    costs:\n{fees}"
    )
    text += "" if award is None else f"award: {award}\n"
    account = account_for(grant_of(text))
    amounts = [instalment.amount for instalment in account.instalments]
    if basis == "award" and award is None:
        assert amounts == []
        return
    net = max(add(cost - fee for cost, fee in costs), Decimal(0))
    wanted = net if basis == "cost" else award or Decimal(0)
    assert account.payable == net
    assert sum(amounts) == (wanted if award is None else min(wanted, award))
    assert all(amount >= 0 for amount in amounts)
    assert all(paid <= (net if award is None else award) for paid in accumulate(amounts))
    assert wanted == sum(amounts) + sum(instalment.cut for instalment in account.instalments)


def test_payments_are_to_the_penny_even_of_costs_that_are_not() -> None:
    account = account_of(SMALL.replace("£30,000", "£11.466"))
    assert [str(instalment.amount) for instalment in account.instalments] == ["2.87", "2.87", "2.87", "2.86"]
