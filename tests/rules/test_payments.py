"""Stated payments against their years and the award, and what the schedule does with the odd amount."""

from __future__ import annotations

import pytest

from tests.grant_files import Found, codes, found


def _year(payment: str, total: str = "", cost: str = "£30,000", head: str = "", payments: str = "") -> str:
    stated = f"      total: {total}\n" if total else ""
    return (
        f"grant: Example\n{head}payments: {{{payments or 'rounding: pounds'}}}\nyears:\n  - year: 2025-26\n"
        f"    stated:\n{stated}      payment: {payment}\n"
        f"posts:\n  - role: Officer\n    costs: {{salary: {cost.replace(',', '')}}}\n"
    )


def _only(text: str) -> Found:
    (one,) = found(text)
    return one


def test_a_payment_that_makes_its_year_is_passed_over() -> None:
    assert found(_year("£7,500")) == []
    assert found(_year("£7,500", total="£30,000")) == []


def test_a_payment_that_rounding_does_not_explain_is_an_error() -> None:
    one = _only(_year("£7,600"))
    assert (one.code, one.severity, one.marked) == ("GC301", "error", "£7,600")
    assert one.message == "2025-26: 4 payments of £7,600 make £30,400, £400 more than the costs of £30,000"
    assert one.notes[0] == "working: £30,000 / 4 = £7,500; 4 × £7,600 = £30,400"


@pytest.mark.parametrize(("cost", "severity"), [("£30,002", None), ("£30,003", "error"), ("£29,998", None)])
def test_a_payment_may_miss_its_year_by_half_its_unit_each_time(cost: str, severity: str | None) -> None:
    found_severities = [one.severity for one in found(_year("£7,500", cost=cost)) if one.severity == "error"]
    assert found_severities == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("payment: £0", None),
        ('payment: £0, total: "-5000"', None),
        ('payment: "(1250)", total: "-5000"', None),
        (
            "payment: £10",
            "2026-27: 4 payments of £10 make £40, £40 more than the £0 that is due where income is above cost",
        ),
    ],
)
def test_nothing_is_due_for_a_year_with_more_income_than_cost(stated: str, message: str | None) -> None:
    text = f"""\
grant: Example
years:
  - year: 2025-26
  - year: 2026-27
    stated: {{{stated}}}
posts:
  - role: Officer
    costs: {{2025-26: {{salary: £60000}}, 2026-27: {{salary: £10000}}}}
other_costs:
  - item: Income
    costs: {{2025-26: {{salary: 0}}, 2026-27: {{salary: -15000}}}}
"""
    said = [one.message for one in found(text) if one.severity in ("error", "warning")]
    assert said == ([message] if message else [])


def test_an_odd_amount_that_the_schedule_places_is_a_note_that_says_where() -> None:
    one = _only(_year("£7,500", cost="£30,001"))
    assert (one.code, one.severity) == ("GC303", "note")
    assert one.notes == ("schedule: remainder last pays £7,500, £7,500, £7,500 and £7,501",)


@pytest.mark.parametrize("remainder", ["last", "first"])
def test_the_odd_amount_may_fall_on_half_of_the_payments(remainder: str) -> None:
    payments = f"frequency: half-yearly, rounding: pounds, remainder: {remainder}"
    assert codes(found(_year("£15,001", cost="£30,001", payments=payments))) == ["GC303"]


def test_payments_invoiced_as_stated_have_nowhere_to_put_the_odd_amount() -> None:
    one = _only(_year("£7,500", cost="£30,001", payments="rounding: pounds, basis: stated"))
    assert (one.code, one.severity) == ("GC301", "warning")


def test_stated_payments_over_the_award_are_an_error() -> None:
    text = _year("£7,600", cost="£30,400", head="award: £30,000\n", payments="basis: stated, rounding: pounds")
    listed = {one.code: one for one in found(text)}
    assert listed["GC305"].severity == "error"
    assert listed["GC305"].message == "all stated payments make £30,400, £400 more than the award of £30,000"
    assert listed["GC304"].message == "payment 4 is cut by £400 to £7,200: the award is used up"


def test_a_cut_that_leaves_nothing_of_later_payments_says_how_many() -> None:
    listed = {one.code: one for one in found(_year("£7,500", head="award: £10,000\n"))}
    assert listed["GC304"].message == (
        "payment 2 is cut by £5,000 to £2,500, and the 2 payments after it to nothing: the award is used up"
    )
    assert listed["GC304"].notes == ("working: the payments would come to £20,000 more than the award",)


def test_differences_that_do_not_cancel_are_not_said_to() -> None:
    assert "GC302" not in codes(found(_year("£7,600")))


def test_a_payment_of_an_odd_last_period_is_not_judged() -> None:
    text = _year("£1").replace("2025-26\n", "Pilot\n    starts: 2025-04-01\n    ends: 2025-11-30\n")
    assert found(text) == []


def test_amounts_agreed_anew_for_after_the_last_period_are_an_error() -> None:
    one = next(one for one in found(_year("£7,500") + "reprofiled:\n  - from: 2027-01-01\n    amounts: [£1]\n"))
    assert (one.code, one.severity, one.marked) == ("GC306", "error", "2027-01-01")
    assert one.message == "no period begins on or after 2027-01-01"
