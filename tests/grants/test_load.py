"""The grant file: what may stand in it, and what it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from grantcalc.grants.periods import Period
from grantcalc.money import pounds
from tests.grant_files import EXAMPLES, MARSOC, SMALL, account_of, codes, found, grant_of


def _with_cost(amount: str) -> str:
    return SMALL.replace("£30,000", amount)


def test_the_smallest_file_is_a_name_a_year_and_a_post() -> None:
    grant = grant_of((EXAMPLES / "minimal.yaml").read_text(encoding="utf-8"))
    assert grant.grant == "Youth outreach worker"
    assert (grant.reference, grant.funder, grant.recipient, grant.award) == (None, None, None, None)
    assert grant.headings == ("salary", "overhead")
    assert grant.costs_rounded_to == "pence"
    assert (grant.starts, grant.ends, grant.other_costs, grant.funding, grant.stated) == (None, None, (), (), {})
    assert grant.period == Period(date(2025, 4, 1), date(2026, 3, 31))
    payments = grant.payments
    assert (payments.frequency, payments.timing, payments.basis) == ("quarterly", "arrears", "cost")
    assert (payments.rounding, payments.remainder) == ("pence", "last")


def test_the_full_file_is_read_as_it_stands() -> None:
    grant = grant_of(MARSOC)
    assert (grant.grant, grant.reference) == ("London MARSOC hub", "PCD 1258")
    assert (grant.funder, grant.recipient) == ("Ministry of Justice", "Metropolitan Police Service")
    assert (grant.starts, grant.ends) == (date(2022, 1, 1), date(2023, 12, 31))
    assert grant.payments.model_dump(exclude_unset=True) == {
        "frequency": "quarterly",
        "timing": "arrears",
        "basis": "stated",
        "rounding": "pounds",
        "remainder": "last",
    }
    assert [year.year for year in grant.years] == ["2021-2022", "2022-2023"]
    assert [line.name for line in grant.lines] == [
        "ROCU MARSOC Manager (DS)",
        "ROCU MARSOC Officer (DC)",
        "Band E Researcher",
    ]
    assert grant.years[0].stated["total"].text == "£202,329"
    assert grant.posts[2].costs["2022-2023"]["overhead"].value == 5847


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("75639", "75639"),
        ("75639.00", "75639"),
        ("75639.5", "75639.5"),
        ("75_639", "75639"),
        ("£75,639", "75639"),
        ("£ 75,639", "75639"),
        ('"£75,639"', "75639"),
        ("£2.235m", "2235000"),
        ("£50.6k", "50600"),
        ("£0", "0"),
        ("1,275,639.05", "1275639.05"),
        ("999,999,999,999,999", "999999999999999"),
    ],
)
def test_amounts_may_be_written_as_people_write_them(written: str, value: str) -> None:
    costs = grant_of(_with_cost(written)).posts[0].costs
    assert costs["2025-26"]["salary"].value == Decimal(value)
    assert codes(found(_with_cost(written))) == ([] if value != "0" else ["GC408"])


@pytest.mark.parametrize("written", ["(1,250)", "-1250", "-£1,250", "£-1,250", "−£1,250"])
def test_another_cost_may_be_negative_as_income_is(written: str) -> None:
    text = f"grant: Example\nother_costs:\n  - item: Fees\n    costs:\n      overhead: {written}\n"
    assert account_of(text).totals.total == -1250


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("£1,23,456", "has a comma where no thousands end"),
        ("£30,0001", "has a comma where no thousands end"),
        ("12.345.678", "has more than one decimal point"),
        ("1e6", "has an exponent"),
        ("1e9", "has an exponent"),
        (".inf", "is not a number"),
        ("NaN", "is not a number"),
        (".nan", "is not a number"),
        ("030000", "begins with a nought"),
        ("$30,000", "is not in pounds"),
        ("£30,000x", "is not an amount that can be read with certainty"),
        ("30 000", "is not an amount that can be read with certainty"),
        ("1:30", "is not an amount that can be read with certainty"),
        ("0x10", "is not an amount that can be read with certainty"),
        ("lots", "is not an amount"),
        ("true", "is not an amount"),
        ("-£30,000", "is less than nothing"),
        ("(£30,000)", "is less than nothing"),
        ("1,000,000,000,000,000", "is larger than any grant"),
    ],
)
def test_an_amount_that_is_not_certain_is_refused_where_it_stands(written: str, reason: str) -> None:
    (one,) = found(_with_cost(written))
    assert (one.code, one.line, one.column, one.marked) == ("GC106", 7, 17, written)
    assert one.message == f'Officer, 2025-26, salary: "{written}" {reason}'


@pytest.mark.parametrize(
    ("written", "value", "message"),
    [
        ("£22, 324", "22324", '"£22, 324" has a space among its digits, and is read as £22,324'),
        ("£0.025", "0.025", '"£0.025" is more precise than a penny, and is read as it stands'),
        ("24.500", "24.5", '"24.500" is more precise than a penny, and is read as it stands'),
    ],
)
def test_an_amount_that_is_oddly_written_is_read_with_a_warning(written: str, value: str, message: str) -> None:
    one = found(_with_cost(written))[0]
    assert (one.code, one.severity, one.line, one.column, one.message) == ("GC115", "warning", 7, 17, message)
    assert grant_of(_with_cost(written)).posts[0].costs["2025-26"]["salary"].value == Decimal(value)


@pytest.mark.parametrize("spelling", ["2025-26", "2025/26", "2025-2026", "2025/2026", "2025–26"])
def test_a_financial_year_may_be_spelt_in_every_usual_way(spelling: str) -> None:
    text = SMALL.replace("      2025-26", f"      {spelling}")
    assert account_of(text).totals.total == 30_000
    assert account_of(text.replace("[2025-26]", "[2025-2026]")).totals.total == 30_000


def test_a_year_of_one_number_is_a_calendar_year() -> None:
    grant = grant_of(SMALL.replace("2025-26", "2025"))
    assert grant.period == Period(date(2025, 1, 1), date(2025, 12, 31))


def test_dates_that_are_given_come_before_those_that_a_name_implies() -> None:
    text = SMALL.replace("[2025-26]", "\n  - year: 2025-26\n    starts: 2025-09-01\n    ends: 2026-08-31")
    assert grant_of(text).period == Period(date(2025, 9, 1), date(2026, 8, 31))


def test_a_year_may_have_any_name_if_it_has_dates() -> None:
    text = SMALL.replace("[2025-26]", "\n  - {year: Year 1, starts: 2025-09-01, ends: 2026-08-31}")
    assert grant_of(text.replace("2025-26:", "Year 1:")).years[0].period == Period(date(2025, 9, 1), date(2026, 8, 31))


def test_the_only_year_need_not_be_named_in_the_costs() -> None:
    text = SMALL.replace("      2025-26:\n        salary", "      salary")
    assert account_of(text) == account_of(SMALL)


def test_a_grant_may_have_no_years_at_all() -> None:
    text = "grant: Kit\nheadings: [capital]\nother_costs:\n  - item: Vans\n    costs: {capital: 543000}\n"
    account = account_of(text)
    assert [(year.year.year, year.total) for year in account.totals.years] == [("", 543_000)]
    assert account.instalments == ()
    assert codes(found(text)) == []


def test_other_headings_take_the_place_of_salary_and_overhead() -> None:
    text = "headings: [pay, on-costs]\n" + SMALL.replace("salary", "on-costs")
    assert account_of(text).totals.headings == {"pay": 0, "on-costs": 30_000}


def test_posts_come_before_other_costs_and_all_are_added() -> None:
    text = SMALL + "other_costs:\n  - item: Laptops\n    costs:\n      2025-26: {overhead: 1200.50}\n"
    account = account_of(text)
    assert [line.line.name for line in account.totals.years[0].lines] == ["Officer", "Laptops"]
    assert pounds(account.totals.total) == "£31,200.50"


def test_a_name_is_one_line_whatever_it_was_written_as() -> None:
    text = SMALL.replace("role: Officer", 'role: "Officer\\n\\tin  the\\u2028field "')
    assert grant_of(text).posts[0].role == "Officer in the field"


def test_keys_that_are_left_empty_are_not_given() -> None:
    text = SMALL + "reference:\nfunder: ~\naward:\nstarts:\nends: null\n"
    assert grant_of(text) == grant_of(SMALL)


def test_figures_may_be_stated_of_the_grant_a_year_a_line_and_a_source() -> None:
    text = """\
grant: Example
years:
  - year: 2025-26
    stated: {salary: 30000, total: 30000, payment: 7500}
posts:
  - role: Officer
    costs: {salary: 30000}
    stated: {salary: 30000, total: 30000}
funding:
  - source: Fund
    salary: 30000
    stated: {salary: 30000}
stated: {salary: 30000, total: 30000}
"""
    names = [stated.name for stated in account_of(text).stated]
    assert names == [
        "2025-26: salary total",
        "2025-26: grand total",
        "2025-26: payment",
        "Officer, 2025-26: salary total",
        "Officer, 2025-26: total",
        "Fund: salary total",
        "salary total",
        "grand total",
    ]
    assert codes(found(text)) == []


def test_twenty_thousand_posts_are_read_and_checked() -> None:
    post = "  - role: Officer {0}  # no. {0}\n    costs:\n      salary: £30,000\n      overhead: 1.5k\n"
    text = "grant: Many\nyears: [2025-26]\nposts:\n" + "".join(post.format(number) for number in range(20_000))
    text += "stated:\n  total: £630,000,000\n"
    assert found(text) == []


def test_a_funding_source_gives_one_amount_or_one_for_each_heading() -> None:
    text = SMALL + "funding:\n  - source: Fund\n    amount: 30000\n    salary: 30000\n"
    assert [one.message for one in found(text)] == ["Fund: one amount for all is given beside amounts for headings"]


def test_a_payment_may_be_stated_of_the_grant_a_line_and_a_source() -> None:
    text = """\
grant: Example
years: [2025-26, 2026-27]
stated: {total: 80000, payment: 10000}
posts:
  - role: Officer
    costs:
      2025-26: {salary: 40000}
      2026-27: {salary: 40000}
    stated:
      2026-27: {payment: 9000}
funding:
  - source: Fund
    amount: 80000
    stated: {payment: 10000}
"""
    counted = {stated.name: (stated.count, stated.agreement.value) for stated in account_of(text).stated}
    assert counted["payment"] == (8, "exact")
    assert counted["Fund: payment"] == (8, "exact")
    assert counted["Officer, 2026-27: payment"] == (4, "mismatch")
