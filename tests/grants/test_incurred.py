"""Cost by the days on which it is incurred, on figures worked by hand: posts that start, end or rise in mid-year."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grantcalc.grants.account import account_for
from grantcalc.grants.outturn import outturn
from grantcalc.grants.payments import as_incurred, by_cost, payable_to
from grantcalc.grants.schedule import slices
from grantcalc.grants.views import By, View, view
from grantcalc.grants.year_end import YearEnd, year_end
from grantcalc.money import add, pounds
from tests.claim_files import CLAIMED, amounts, claim, ledger_of, with_claims
from tests.grant_files import MARSOC, SMALL, account_of, codes, found, grant_of

if TYPE_CHECKING:
    from grantcalc.grants.account import Account

LATE: Final = """\
grant: Youth outreach
years: [2025-26]
posts:
  - role: Manager
    pay:
      salary: £24,000
      includes: on-costs
  - role: Outreach worker
    pay:
      salary: £36,000
      starts: 2025-08-16
      includes: on-costs
      pay_awards:
        - from: 2026-01-01
          by: £1,200
      overhead: 10%
other_costs:
  - item: Rent
    costs:
      2025-26:
        overhead: £4,000
"""
"""A manager all year, a worker from 16 August with a pay award in January, and a rent that has no days."""

INCURRED: Final = LATE + "payments: {profile: incurred}\n"


def _rows(text: str, by: By) -> list[tuple[str, str]]:
    """The names of the rows of a view, and their totals."""
    return [(row.name, pounds(row.total, pence=True)) for row in _view(account_of(text), by).rows]


def _view(account: Account, by: By) -> View:
    return view(account.grant, account.totals, by)


def _paid(text: str) -> list[str]:
    return [pounds(each.amount, pence=True) for each in account_of(text).instalments]


def _at(text: str, day: str) -> YearEnd:
    return year_end(account_of(text), date.fromisoformat(day))


def test_a_post_costs_nothing_before_it_starts_and_more_after_its_rise() -> None:
    """The manager earns £2,000 a month, the worker £3,000 and from January £3,100; the rent is £1,000 a quarter.

    Salary of the worker: 16 of August's 31 days are £1,548.39, September £3,000: £4,548.39 in the second quarter,
    £9,000 in the third, £9,300 in the fourth. Overhead: 10% of it, £454.84, £900 and £930.
    First quarter £6,000 + £1,000 = £7,000; second £6,000 + £4,548.39 + £454.84 + £1,000 = £12,003.23;
    third £6,000 + £9,000 + £900 + £1,000 = £16,900; fourth £6,000 + £9,300 + £930 + £1,000 = £17,230.
    """
    assert _rows(LATE, By.QUARTER) == [
        ("2025-26 Q1", "£7,000.00"),
        ("2025-26 Q2", "£12,003.23"),
        ("2025-26 Q3", "£16,900.00"),
        ("2025-26 Q4", "£17,230.00"),
    ]
    assert account_of(LATE).totals.total == Decimal("53133.23")


def test_payments_are_even_shares_of_the_year_unless_the_grant_says_otherwise() -> None:
    """£53,133.23 / 4 = £13,283.31, three times, and the penny less in the last payment; or what each quarter costs."""
    assert _paid(LATE) == ["£13,283.31"] * 3 + ["£13,283.30"]
    assert _paid(INCURRED) == ["£7,000.00", "£12,003.23", "£16,900.00", "£17,230.00"]


def test_payments_by_what_is_incurred_keep_to_the_rate_the_unit_and_the_remainder() -> None:
    """80% of £53,133.23 is £42,506.58: £5,600, £9,602.58, £13,520 and £13,784; in pounds, the odd pence with one."""
    text = LATE + "payments: {profile: incurred, rate: 80%, rounding: pounds}\n"
    assert _paid(text) == ["£5,600.00", "£9,603.00", "£13,520.00", "£13,783.58"]
    assert _paid(text.replace("pounds", "pounds, remainder: first"))[0] == "£5,599.58"


def test_a_grant_that_is_sent_to_another_process_keeps_its_days() -> None:
    sent = pickle.loads(pickle.dumps(grant_of(INCURRED)))  # noqa: S301  (our own bytes)
    assert account_for(sent).instalments == account_of(INCURRED).instalments


def test_a_claim_is_held_against_what_its_own_period_was_to_cost() -> None:
    """Without days, the first quarter would be £6,283.31 below a budget of £13,283.31 for a post that was not there."""
    ledger = ledger_of(with_claims(LATE, claim(1, "£7,000", CLAIMED[0])))
    entry = ledger.entries[0]
    assert (add(entry.budget.values()), entry.variance) == (7_000, 0)
    assert [add(one.budget.values()) for one in ledger.entries] == [
        7_000,
        Decimal("12003.23"),
        16_900,
        17_230,
    ]


@pytest.mark.parametrize("text", [LATE, INCURRED])
def test_what_is_forecast_and_may_be_claimed_follows_the_days_whatever_the_payments(text: str) -> None:
    ledger = ledger_of(with_claims(text, claim(1, "£7,000", CLAIMED[0])), "2025-10-01")
    assert ledger.outturn == ledger.forecast == Decimal("53133.23")
    assert ledger.claimable == Decimal("12003.23")
    assert amounts(ledger, "entitled") == ["£7,000", "£0", "£0", "£0"]


def test_cost_and_income_earned_to_a_date_follow_the_days_of_posts() -> None:
    """Half a year: £7,000 + £12,003.23 = £19,003.23; at 80%, £15,202.58."""
    to_date = _at(LATE + "payments: {rate: 80%}\n", "2025-09-30").to_date
    assert (to_date.planned_cost, to_date.earned) == (Decimal("19003.23"), Decimal("15202.58"))


def test_a_date_within_a_period_divides_it_by_the_days_of_posts() -> None:
    """Five months: £10,000 and £1,548.39 of salary, 5/12 of £4,000 and £154.84 of overhead: £13,369.90."""
    assert _at(LATE, "2025-08-31").to_date.planned_cost == Decimal("13369.90")


def test_what_a_claim_cost_is_divided_at_a_date_as_it_was_planned() -> None:
    """Planned for July and August: £4,000 + £1,548.39 + £154.84 + £666.67 = £6,369.90 of £12,003.23, so 53.07%.

    Of a claim of £12,000 that is £6,368.18; by time it would be two thirds, £8,000.
    """
    text = with_claims(LATE, claim(2, "£12,000", CLAIMED[1]))
    assert _at(text, "2025-08-31").to_date.claimed_cost == Decimal("6368.18")


def test_what_was_spent_in_a_period_that_was_to_cost_nothing_is_divided_by_time() -> None:
    """An advertisement for £300 in the first quarter, before the post starts: a third of it in April."""
    text = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    pay: {salary: £36000, starts: 2025-10-01, includes: on-costs}
"""
    to_date = _at(with_claims(text, claim(1, "£300", CLAIMED[0])), "2025-04-30").to_date
    assert (to_date.claimed_cost, to_date.earned) == (100, 100)


@pytest.mark.parametrize(
    ("pro_rata", "quarters"),
    [
        # 17 days of May and June are 1 17/31 months: £75,639 × 1.548 / 12; then £18,909.75 a quarter.
        ("months", ["£9,759.87", "£18,909.75", "£18,909.75"]),
        # 47, 92 and 92 days of 365.
        ("days", ["£9,739.82", "£19,065.17", "£19,065.17"]),
        # 17/365⅙ and a twelfth: £3,521.30 + £6,303.25; then £18,909.75 a quarter.
        ("police", ["£9,824.55", "£18,909.75", "£18,909.75"]),
    ],
)
def test_days_are_reckoned_as_the_pay_is(pro_rata: str, quarters: list[str]) -> None:
    text = f"""\
grant: Example
years: [2022]
posts:
  - role: Officer
    pay:
      salary: £75,639
      starts: 2022-05-15
      includes: on-costs
      pro_rata: {pro_rata}
payments: {{share: days}}
"""
    assert [amount for _, amount in _rows(text, By.QUARTER)] == ["£0.00", *quarters]


def test_a_vacancy_a_leaver_and_a_second_person_have_their_own_days() -> None:
    """One person to 30 June, £3,000 a month; one from 1 October, with December vacant."""
    text = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    pay:
      salary: £36,000
      includes: on-costs
      people:
        - ends: 2025-06-30
        - starts: 2025-10-01
          vacant: {from: 2025-12-01, to: 2025-12-31}
"""
    assert [amount for _, amount in _rows(text, By.QUARTER)] == ["£9,000.00", "£0.00", "£6,000.00", "£9,000.00"]


def test_a_flat_overhead_is_the_year_s_and_one_per_fte_the_post_s_with_what_inflation_adds() -> None:
    """Second year, in post from October on: £1,200 flat and £2,000 per FTE are £300 and £500 a quarter; 5% more."""
    text = """\
grant: Example
years: [2024-25, 2025-26]
costing:
  inflation: {overhead: 5%}
posts:
  - role: Flat
    pay: {salary: £0.04, starts: 2025-10-01, includes: on-costs, overhead: {flat: £1200}}
  - role: Shared
    pay: {salary: £0.04, starts: 2025-10-01, includes: on-costs, overhead: {per_fte: £2000}}
"""
    rows = _view(account_of(text), By.QUARTER).rows
    assert [row.amounts["overhead"] for row in rows[4:]] == [315, 315, 840, 840]


def test_a_year_with_amounts_of_its_own_is_spread_evenly_whatever_the_pay_says() -> None:
    given_year = LATE.replace("  - role: Manager\n", "  - role: Manager\n    costs: {2025-26: {salary: £24000}}\n")
    given_year = given_year.replace("salary: £24,000\n", "salary: £24,000\n      starts: 2026-01-01\n")
    assert _rows(given_year, By.QUARTER)[0] == ("2025-26 Q1", "£7,000.00")


def test_an_uplifted_year_is_spread_evenly() -> None:
    text = """\
grant: Example
years: [2025-26, 2026-27]
posts:
  - role: Officer
    costs: {2025-26: {salary: £40000}}
    uplift: 10%
payments: {profile: incurred}
"""
    assert _paid(text) == ["£10,000.00"] * 4 + ["£11,000.00"] * 4


def test_a_claim_over_two_years_belongs_to_the_one_in_which_the_post_was() -> None:
    """The post of the first year ends in December, that of the second begins in February: January costs nothing."""
    text = """\
grant: Example
years:
  - {year: One, starts: 2025-02-01, ends: 2026-01-31}
  - {year: Two, starts: 2026-02-01, ends: 2027-01-31}
payments: {quarters: calendar}
posts:
  - role: First
    pay: {salary: £24000, ends: 2025-12-31, includes: on-costs}
  - role: Second
    pay: {salary: £24000, starts: 2026-02-01, includes: on-costs}
"""
    account = account_of(with_claims(text, claim(5, "£4,000", "2026-04-03")))
    one, two = outturn(account, "One"), outturn(account, "Two")
    assert (one.total.actual, one.earned) == (0, 0)
    assert (two.total.actual, two.earned) == (4_000, 4_000)


BY_FINANCIAL_YEAR: Final = """\
grant: Example
years: [2025]
posts:
  - role: Officer
    pay: {{salary: £100000, starts: 2025-07-01, includes: on-costs}}
award_by_financial_year: {{2024-25: {}, 2025-26: {}}}
"""


def test_a_financial_year_is_checked_against_the_cost_that_is_incurred_in_it() -> None:
    """£50,000 from July on is all of 2025-26, though a quarter of the year's payments is for 2024-25."""
    over = [one.message for one in found(BY_FINANCIAL_YEAR.format("£12500", "£37500")) if one.code == "GC507"]
    assert over == ["2025-26 (1 April 2025 to 31 March 2026): £50,000 would be paid, £12,500 over its award of £37,500"]


def test_payments_that_follow_the_cost_are_not_cut_where_it_fits_the_awards() -> None:
    text = BY_FINANCIAL_YEAR.format("£0", "£50000")
    (cut,) = [one for one in found(text) if one.code == "GC304"]
    assert cut.notes[-1] == (
        "to mend: payments that follow what is incurred in each period (profile: incurred) would not be cut"
    )
    assert not {"GC304", "GC507"} & set(codes(found(text + "payments: {profile: incurred}\n")))
    assert _paid(text + "payments: {profile: incurred}\n") == ["£0.00", "£0.00", "£25,000.00", "£25,000.00"]


INCOME_BEFORE: Final = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    pay: {salary: £24000, starts: 2025-10-01, includes: on-costs}
other_costs:
  - item: Income
    costs: {2025-26: {overhead: -12000}}
payments: {rate: 50%}
"""
"""Half a year's £24,000 costs £12,000, which an income of £1,000 a month makes up for by the end."""


def test_in_a_year_whose_income_makes_up_for_its_cost_the_funder_pays_its_share_of_both() -> None:
    """Half of £3,000 of income a quarter, then half of the £3,000 by which a quarter's pay is above it."""
    account = account_of(INCOME_BEFORE)
    assert as_incurred(account.grant, account.totals, account.slices) == [-1500, -1500, 1500, 1500]
    ends = [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)]
    assert [payable_to(account.grant, account.totals, end) for end in ends] == [-3000, -1500, 0]


def test_what_is_payable_to_a_day_is_a_part_of_what_the_year_pays_to_the_penny() -> None:
    """Half of £1,000.05 is £500.03 for the year, of which £250.02 in six months; half of the cost were £250.01."""
    text = SMALL.replace("salary: £30,000", "salary: £1,000.05") + "payments: {rate: 50%}\n"
    account = account_of(text)
    assert payable_to(account.grant, account.totals, date(2025, 9, 30)) == Decimal("250.02")


INCOME_LATER: Final = """\
grant: Example
years: [2025, 2026]
posts:
  - role: Officer
    costs: {{2025: {{salary: £40000}}, 2026: {{salary: 0}}}}
other_costs:
  - item: Income
    costs: {{2025: {{salary: 0}}, 2026: {{salary: -8000}}}}
award_by_financial_year: {{2024-25: {}, 2025-26: {}, 2026-27: 0}}
"""


@pytest.mark.parametrize(
    ("awards", "over"),
    [
        (("£10000", "£22000"), []),
        (("£9000", "£23000"), ["2024-25 (1 April 2024 to 31 March 2025): £10,000 would be paid, £1,000 over"]),
    ],
)
def test_income_of_a_later_year_is_taken_off_the_payments_that_bear_it(
    awards: tuple[str, str], over: list[str]
) -> None:
    """Payments of £10,000, £10,000, £10,000 and £2,000: the first is of 2024-25, £22,000 of 2025-26."""
    text = INCOME_LATER.format(*awards)
    said = [one.message.partition(" its")[0] for one in found(text) if one.code == "GC507"]
    assert said == over
    assert ("GC304" in codes(found(text))) == bool(over)


SHOW: Final = """\
grant: Show
years: [2025-26]
posts:
  - role: Producer
    pay: {salary: £80000, ends: 2025-09-30, includes: on-costs}
other_costs:
  - item: Tickets
    costs: {2025-26: {salary: -36000}}
"""


def test_income_after_the_post_has_ended_is_taken_off_claims_before_it_and_that_is_said() -> None:
    """Cost of £20,000 less £9,000 in two quarters, £18,000 of income in the others: £4,000 in all, paid with the first.

    Claims that were paid as £11,000 and £11,000 would be £18,000 too much, and nothing could take it back.
    """
    quarters = [claim(number, cost, CLAIMED[number - 1]) for number, cost in enumerate(("£11,000",) * 2, start=1)]
    later = [claim(number, "(9,000)", CLAIMED[number - 1]) for number in (3, 4)]
    assert amounts(ledger_of(with_claims(SHOW, *quarters, *later)), "entitled") == ["£4,000", "£0", "£0", "£0"]
    (note,) = [one.message for one in found(SHOW) if one.code == "GC323"]
    assert note == (
        "by the days of its posts, the grant has periods with more income than cost: £18,000 is taken off the claims "
        "for periods 1 to 2"
    )
    assert _paid(SHOW + "payments: {profile: incurred}\n") == ["£4,000.00", "£0.00", "£0.00", "£0.00"]


@pytest.mark.parametrize("basis", ["award", "stated"])
def test_only_payments_of_cost_can_follow_it(basis: str) -> None:
    text = f"award: £40,000\n{LATE}payments: {{profile: incurred, basis: {basis}}}\n"
    (fault,) = [one for one in found(text) if one.severity == "error"]
    assert fault.message == (
        f"payments: they are to follow the cost that is incurred in each period, but their basis is {basis}"
    )


def test_without_days_both_profiles_are_the_same() -> None:
    text = MARSOC.replace("basis: stated", "basis: cost")
    assert _paid(text) == _paid(text.replace("payments:", "payments:\n  profile: incurred"))


def test_one_payment_is_no_statement_of_payments_that_follow_the_cost() -> None:
    """Four payments of £13,283.31 make the year but for a penny; nothing is claimed by that amount."""
    text = LATE.replace("[2025-26]", "\n  - {year: 2025-26, stated: {payment: £13283.31}}")
    assert "GC324" not in codes(found(text))
    (one,) = [one for one in found(text + "payments: {profile: incurred, retention: 5%}\n") if one.code == "GC324"]
    assert (one.marked, one.severity) == ("£13283.31", "warning")
    amounts_planned = "£7,000, £12,003.23, £16,900 and £17,230"
    assert one.message == (f"2025-26: payment is stated as £13283.31, but the periods are planned at {amounts_planned}")


DAYS: Final = st.dates(date(2025, 4, 1), date(2026, 12, 31))


@st.composite
def grants(draw: st.DrawFn, *, income: bool) -> str:
    """A grant of two years with dated posts, an amount without days, and perhaps income."""
    posts = []
    for number in range(draw(st.integers(1, 3))):
        starts, ends = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
        overhead = draw(st.sampled_from(["{flat: £1000.01}", "{per_fte: £1500}", "7.5%"]))
        pay = {
            "salary": f"£{draw(st.integers(10_000, 60_000))}",
            "fte": draw(st.sampled_from(["1", "0.3"])),
            "starts": starts,
            "ends": ends,
            "pro_rata": draw(st.sampled_from(["months", "days", "police"])),
            "on_costs": "{national_insurance: yes, pension: 18.5%}",
            "overhead": overhead,
        }
        posts.append(
            f"  - role: P{number}\n    pay: {{{', '.join(f'{key}: {value}' for key, value in pay.items())}}}\n"
        )
    begins = draw(st.sampled_from([date(2025, 4, 1), date(2025, 1, 1), date(2025, 1, 31)]))
    second = begins.replace(year=begins.year + 1)
    ends = second.replace(year=second.year + 1) - timedelta(days=1)
    amount = draw(st.integers(-3_000_000 if income else 0, 3_000_000)) / Decimal(100)
    payments = {
        "profile": draw(st.sampled_from(["even", "incurred"])),
        "quarters": draw(st.sampled_from(["grant", "calendar", "financial"])),
        "share": draw(st.sampled_from(["months", "days"])),
        "frequency": draw(st.sampled_from(["monthly", "quarterly", "yearly"])),
        "rounding": draw(st.sampled_from(["pence", "pounds"])),
        "remainder": draw(st.sampled_from(["last", "first", "spread"])),
    }
    return (
        f"grant: A\nyears:\n"
        f"  - {{year: One, starts: {begins}, ends: {second - timedelta(days=1)}}}\n"
        f"  - {{year: Two, starts: {second}, ends: {ends}}}\n"
        "costing: {pay_awards: [{from: 2025-09-01, by: 3.3%}], inflation: {overhead: 2%}}\n"
        f"payments: {{{', '.join(f'{key}: {value}' for key, value in payments.items())}}}\n"
        f"posts:\n{''.join(posts)}other_costs:\n"
        f"  - item: B\n    costs: {{One: {{overhead: {amount}}}, Two: {{salary: 5}}}}\n"
    )


@settings(max_examples=60)
@given(grants(income=True))
def test_every_view_and_all_budgets_make_what_the_grant_costs_to_the_penny(text: str) -> None:
    account = account_of(text)
    for by in By:
        made = _view(account, by)
        assert add(row.total for row in made.rows) == made.total == account.totals.total
        assert all(add(row.amounts[key] for row in made.rows) == made.totals[key] for key in made.columns)
    assert add(add(entry.budget.values()) for entry in ledger_of(text).entries) == account.totals.total


@settings(max_examples=60)
@given(grants(income=True))
def test_both_profiles_pay_the_same_for_each_year(text: str) -> None:
    account = account_of(text)
    periods = slices(account.grant)
    paid = [plan(account.grant, account.totals, periods) for plan in (by_cost, as_incurred)]
    for year in account.totals.years:
        at = [number for number, one in enumerate(periods) if one.year == year.year.year]
        assert {add(plan[number] for number in at) for plan in paid} == {year.total}


@settings(max_examples=40)
@given(grants(income=False))
def test_a_year_end_without_claims_is_the_row_of_the_financial_year(text: str) -> None:
    account = account_of(text)
    for row in _view(account, By.FINANCIAL_YEAR).rows:
        assert row.bucket is not None
        position = year_end(account, row.bucket.period.ends)
        assert position.in_year.planned_cost == row.total


@settings(max_examples=40)
@given(grants(income=False), DAYS)
def test_cost_never_falls_from_day_to_day_and_is_earned_as_it_is_incurred(text: str, day: date) -> None:
    account = account_of(text)
    before, after = year_end(account, day).to_date, year_end(account, day + timedelta(days=1)).to_date
    assert before.cost <= after.cost
    periods = len(account.instalments)
    unit = account.grant.payments.unit
    assert abs(after.earned - after.cost) <= unit * periods


@settings(max_examples=40)
@given(grants(income=True))
def test_claims_of_what_was_planned_come_to_the_whole_cost_whatever_the_income(text: str) -> None:
    planned = ledger_of(text)
    budgets = {entry.invoice.number: add(entry.budget.values()) for entry in planned.entries}
    claims = [claim(number, str(cost), "2027-07-01") for number, cost in budgets.items()]
    ledger = ledger_of(with_claims(text, *claims))
    unit = planned.grant.payments.unit
    due = max(planned.account.totals.total, Decimal(0))
    assert abs(add(entry.entitled for entry in ledger.entries) - due) <= unit * len(budgets)


@settings(max_examples=60)
@given(grants(income=False))
def test_payments_that_follow_the_cost_are_the_budgets_of_their_periods(text: str) -> None:
    """Where each year has a post; one without any has even payments, with the odd penny where the file says."""
    text = text.replace("profile: even", "profile: incurred").replace("rounding: pounds", "rounding: pence")
    account = account_of(text)
    assume(all(year.stretches for year in account.totals.years))
    budgets = [add(entry.budget.values()) for entry in ledger_of(text).entries]
    assert [each.amount for each in account.instalments] == budgets
