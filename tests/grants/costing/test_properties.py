"""Posts of any shape: how they are divided does not change what they cost, and plain amounts are never changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grantcalc.money import PENNY, add, round_half_up
from tests.grants.costing.files import loaded, post, working

DAYS = st.dates(date(2022, 1, 1), date(2022, 12, 31))
SALARIES = st.integers(1_500_000, 9_000_000).map(lambda pence: f"salary: £{Decimal(pence) / 100:,.2f}")
FTES = st.sampled_from(["0.1", "0.37", "0.5", "0.8", "1"])
CONVENTIONS = st.sampled_from(["months", "days"])
AWARDS = "  pay_awards:\n    - from: 2022-09-01\n      by: 4.3%\n  pensions:\n    - scheme: LGPS\n      rate: 18.5%\n"
ON_COSTS = ("on_costs:", "  national_insurance: yes", "  pension: LGPS", "  apprenticeship_levy: yes")
OVERHEAD = ("overhead:", "  per_fte: £8,723")


@given(SALARIES, FTES, CONVENTIONS, st.sets(DAYS, min_size=1, max_size=4))
def test_people_who_follow_each_other_in_a_post_cost_what_one_person_does(
    salary: str, fte: str, convention: str, starts: set[date]
) -> None:
    terms = (salary, f"fte: {fte}", f"pro_rata: {convention}", *ON_COSTS, *OVERHEAD)
    first_days = sorted({date(2022, 1, 1), *starts})
    people = ["people:"]
    for at, day in enumerate(first_days):
        people.append(f"  - starts: {day}")
        if at + 1 < len(first_days):
            people.append(f"    ends: {first_days[at + 1] - timedelta(days=1)}")
    whole = working(post(*terms, costing=AWARDS))
    divided = working(post(*terms, *people, costing=AWARDS))
    assert {heading: whole.exact(heading) for heading in whole.headings} == {
        heading: divided.exact(heading) for heading in divided.headings
    }
    assert whole.costs == divided.costs


@given(SALARIES, FTES, st.sampled_from(["months", "days", "police"]), DAYS, DAYS, st.sets(DAYS, max_size=4))
def test_awards_of_nothing_do_not_change_the_cost(
    salary: str, fte: str, convention: str, first: date, second: date, awards: set[date]
) -> None:
    starts, ends = sorted((first, second))
    terms = (salary, f"fte: {fte}", f"pro_rata: {convention}", f"starts: {starts}", f"ends: {ends}", *ON_COSTS)
    nothing = "".join(f"    - from: {day}\n      by: £0.00\n" for day in awards if day > date(2022, 1, 1))
    pensions = "  pensions:\n    - scheme: LGPS\n      rate: 18.5%\n"
    without = working(post(*terms, costing=pensions))
    with_awards = working(post(*terms, costing=pensions + (f"  pay_awards:\n{nothing}" if nothing else "")))
    assert without.exact("salary") == with_awards.exact("salary")


@given(SALARIES, FTES, CONVENTIONS, DAYS, DAYS)
def test_each_step_adds_up_and_the_total_is_rounded_once(
    salary: str, fte: str, convention: str, first: date, second: date
) -> None:
    starts, ends = sorted((first, second))
    terms = (
        salary,
        f"fte: {fte}",
        f"pro_rata: {convention}",
        f"starts: {starts}",
        f"ends: {ends}",
        *ON_COSTS,
        *OVERHEAD,
    )
    text = post(*terms, costing=AWARDS)
    made = working(text)
    for heading, amount in made.costs.items():
        exact = sum((step.amount for step in made.steps if step.heading == heading), Fraction(0))
        assert amount == round_half_up(exact, PENNY)
        assert abs(Fraction(amount) - exact) <= Fraction(1, 200)
    grant = loaded(text).grant
    assert grant is not None
    assert add(figure.value for figure in grant.posts[0].costs["2022"].values()) == add(made.costs.values())


@given(SALARIES, FTES, DAYS, DAYS, st.integers(0, 10_000_000))
def test_nothing_that_is_said_of_pay_changes_a_plain_amount(
    salary: str, fte: str, first: date, second: date, pence: int
) -> None:
    starts, ends = sorted((first, second))
    given_amount = Decimal(pence) / 100
    text = post(salary, f"fte: {fte}", f"starts: {starts}", f"ends: {ends}", *ON_COSTS, *OVERHEAD, costing=AWARDS)
    grant = loaded(f"{text}    costs:\n      2022:\n        salary: {given_amount:.2f}\n").grant
    assert grant is not None
    assert {heading: figure.value for heading, figure in grant.posts[0].costs["2022"].items()} == {
        "salary": given_amount
    }


@given(st.integers(1, 40_000), FTES)
def test_national_insurance_is_never_more_than_its_rate_of_pay_nor_less_than_nothing(salary: int, fte: str) -> None:
    made = working(
        post(f"salary: {salary}", f"fte: {fte}", "on_costs:", "  national_insurance: yes", years="[2023]"), "2023"
    )
    insurance = sum((step.amount for step in made.steps if step.what == "national insurance"), Fraction(0))
    earned = salary * Fraction(fte)
    assert insurance == max(earned - 9_100, Fraction(0)) * Fraction(138, 1000)
