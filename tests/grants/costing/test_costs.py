"""Costs worked out from pay, against figures worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from grantcalc.grants.costing.rates import statutory_rates
from grantcalc.grants.figures import written_amounts
from grantcalc.money import add
from tests.grant_files import account_of, codes, found
from tests.grants.costing.files import cost, loaded, post, steps, working

SALARY = "salary: £30,000"
INSURED = ("on_costs:", "  national_insurance: yes")
SCALES = """\
  scales:
    - scale: Grade 7
      from: 2021-04-01
      points:
        1: £30,000
        2: £31,200
        3: £32,400
"""
SPINE = ("spine:", "  scale: Grade 7", "  point: 1", "includes: on-costs")


# Salaries


def test_fte_multiplies_the_salary() -> None:
    assert cost(post(SALARY, "fte: 0.8", "includes: on-costs")) == "£24,000.00"
    assert cost(post(SALARY, "fte: 80%", "includes: on-costs")) == "£24,000.00"


def test_several_people_on_the_same_terms_count_each() -> None:
    assert cost(post(SALARY, "fte: 0.5", "people: 3", "includes: on-costs")) == "£45,000.00"


def test_people_may_be_listed_each_with_terms_of_their_own() -> None:
    # One whole year; and 0.6 of £36,000 for the six months from 1 July.
    file = post(
        SALARY,
        "includes: on-costs",
        "people:",
        "  - fte: 1",
        "  - fte: 0.6",
        "    salary: £36,000",
        "    starts: 2022-07-01",
    )
    assert cost(file) == "£40,800.00"
    assert [step.who for step in steps(file, "salary")] == ["person 1", "person 2"]


def test_a_vacancy_costs_nothing() -> None:
    vacant = ("vacant:", "  from: 2022-04-01", "  to: 2022-06-30")
    assert cost(post(SALARY, "includes: on-costs", *vacant)) == "£22,500.00"


def test_days_outside_of_the_grants_years_are_not_its_cost() -> None:
    file = post(SALARY, "includes: on-costs", "starts: 2019-04-01", "ends: 2023-06-30", years="[2022, 2023]")
    assert cost(file) == "£30,000.00"
    assert cost(file, "2023") == "£15,000.00"


def test_a_post_that_has_ended_costs_nothing_in_later_years_and_is_not_missed() -> None:
    file = post(SALARY, "includes: on-costs", "ends: 2022-12-31", years="[2022, 2023]")
    assert cost(file, "2023") == "£0.00"
    assert found(file) == []


@pytest.mark.parametrize(
    ("award", "amount"),
    [
        # 8/12 of £30,000 and 4/12 of £31,500, as a 1 January year with a September award has it.
        (("by: 5%",), "£30,500.00"),
        (("by: £1,900",), "£30,633.33"),
        (("by: 5%", "treatment: backdated"), "£30,500.00"),
        (("by: 5%", "treatment: absorbed"), "£30,000.00"),
    ],
)
def test_a_pay_award_counts_from_its_day_unless_it_is_absorbed(award: tuple[str, ...], amount: str) -> None:
    lines = ("pay_awards:", "  from: 2022-09-01", *(f"  {line}" for line in award))
    assert cost(post(SALARY, "includes: on-costs", *lines)) == amount


def test_an_absorbed_award_is_told_and_not_charged() -> None:
    file = post(SALARY, "includes: on-costs", "pay_awards:", "  from: 2022-09-01", "  by: 5%", "  treatment: absorbed")
    (absorbed,) = steps(file, "absorbed")
    assert (absorbed.amount, absorbed.charged) == (500, False)
    assert working(file).exact("salary") == 30_000


def test_awards_follow_each_other_the_second_on_top_of_the_first() -> None:
    # £30,000 × 1.05 × 1.02 from 1 July: half of £30,000, a quarter of £31,500, a quarter of £32,130.
    costing = "  pay_awards:\n    - from: 2022-10-01\n      by: 2%\n    - from: 2022-07-01\n      by: 5%\n"
    assert cost(post(SALARY, "includes: on-costs", costing=costing)) == "£30,907.50"


def test_the_posts_own_awards_stand_in_the_place_of_the_grants() -> None:
    costing = "  pay_awards:\n    - from: 2022-07-01\n      by: 5%\n"
    file = post(SALARY, "includes: on-costs", "pay_awards:", "  from: 2022-07-01", "  by: 1%", costing=costing)
    assert cost(file) == "£30,150.00"


def test_an_award_for_one_scale_is_not_for_other_posts() -> None:
    costing = f"{SCALES}  pay_awards:\n    - from: 2022-07-01\n      by: 5%\n      scale: Grade 7\n"
    assert cost(post(SALARY, "includes: on-costs", costing=costing)) == "£30,000.00"
    assert cost(post(*SPINE, costing=costing)) == "£30,750.00"


def test_a_salary_as_at_a_later_day_has_the_awards_up_to_it() -> None:
    file = post(SALARY, "as_at: 2022-09-01", "includes: on-costs", "pay_awards:", "  from: 2022-10-01", "  by: 4%")
    assert cost(file) == "£30,300.00"


def test_a_point_of_a_scale_is_its_salary_and_rises_on_its_day_each_year_to_the_top() -> None:
    file = post(*SPINE, "increments: 2022-07-01", years="[2022, 2023, 2024, 2025]", costing=SCALES)
    # Half a year of each of two points; from July 2023 the top, where it stays.
    assert [cost(file, year) for year in ("2022", "2023", "2024", "2025")] == [
        "£30,600.00",
        "£31,800.00",
        "£32,400.00",
        "£32,400.00",
    ]


def test_increments_end_at_the_point_they_are_said_to() -> None:
    file = post(*SPINE, "increments:", "  from: 2022-07-01", "  to: 2", years="[2022, 2023, 2024]", costing=SCALES)
    assert cost(file, "2024") == "£31,200.00"


def test_an_increment_comes_before_an_award_of_the_same_day() -> None:
    costing = f"{SCALES}  pay_awards:\n    - from: 2022-07-01\n      by: 10%\n"
    # Half of £30,000, half of £31,200 × 1.1.
    assert cost(post(*SPINE, "increments: 2022-07-01", costing=costing)) == "£32,160.00"


def test_a_salary_may_rise_by_increments_of_an_amount() -> None:
    file = post(SALARY, "includes: on-costs", "increments:", "  from: 2022-07-01", "  by: £1,020", years="[2022, 2023]")
    assert cost(file) == "£30,510.00"
    assert cost(file, "2023") == "£31,530.00"


def test_a_later_table_of_a_scale_has_the_awards_up_to_its_day() -> None:
    later = SCALES.split("scales:\n")[1].replace("2021-04-01", "2022-07-01").replace("£30,000", "£33,000")
    costing = (
        f"{SCALES}{later}  pay_awards:\n    - from: 2022-04-01\n      by: 4%\n    - from: 2022-10-01\n      by: £400\n"
    )
    # £30,000 for 3 months, £31,200 for 3, £33,000 for 3, £33,400 for 3.
    assert cost(post(*SPINE, costing=costing)) == "£31,900.00"


# On-costs


def test_employers_national_insurance_is_charged_above_the_threshold_at_each_days_rate() -> None:
    # 2022-23: £20,900 above £9,100, for 7 months at 15.05% and for 5 months at 13.8%, but the rate changes on the 6th.
    # 6 April to 5 November: 7 months; 1 to 5 April and 6 November to 31 March: 5 months.
    file = post(SALARY, *INSURED, years="[2022-23]")
    first = Fraction(30_000 - 8_840) * Fraction(138, 1000) * Fraction(5, 30) / 12
    higher = Fraction(20_900) * Fraction(1505, 10_000) * 7 / 12
    lower = Fraction(20_900) * Fraction(138, 1000) * (4 + Fraction(25, 30)) / 12
    assert sum(step.amount for step in steps(file, "national insurance", "2022-23")) == first + higher + lower
    assert cost(file, "2022-23") == "£33,037.09"


def test_national_insurance_from_april_2025_is_15_per_cent_above_5000() -> None:
    file = post(SALARY, "starts: 2025-05-01", *INSURED, years="[2025-26]")
    (step,) = steps(file, "national insurance", "2025-26")
    assert step.amount == Fraction(25_000) * Fraction(15, 100) * 11 / 12


def test_a_part_timer_below_the_threshold_pays_no_national_insurance() -> None:
    # A flat 30% of salary for on-costs would charge £2,700; 13.8% of it, £1,242.
    file = post("salary: £45,000", "fte: 0.2", *INSURED, years="[2023]")
    (step,) = steps(file, "national insurance", "2023")
    assert (step.base, step.threshold, step.amount) == (9_000, 9_100, 0)
    assert cost(file, "2023") == "£9,000.00"


def test_two_halves_do_not_cost_what_one_whole_does() -> None:
    # Each half of £15,000 has a threshold of its own: 2 × £5,900 × 13.8% is £1,628.40, the whole £20,900 × 13.8%.
    assert cost(post(SALARY, *INSURED, years="[2023]"), "2023") == "£32,884.20"
    assert cost(post(SALARY, "fte: 0.5", "people: 2", *INSURED, years="[2023]"), "2023") == "£31,628.40"


def test_the_threshold_is_shared_by_time_as_the_pay_is() -> None:
    assert cost(post(SALARY, "starts: 2023-07-01", *INSURED, years="[2023]"), "2023") == "£16,442.10"


def test_the_file_may_state_rates_of_its_own() -> None:
    own = "  national_insurance:\n    - from: 2023-04-01\n      rate: 10%\n      threshold: £10,000\n"
    file = post(SALARY, *INSURED, years="[2023-24]", costing=own)
    assert cost(file, "2023-24") == "£32,000.00"


def test_a_pension_is_charged_on_pensionable_pay_at_the_schemes_rate_of_the_day() -> None:
    rate = "    - scheme: LGPS\n      rate: "
    costing = f"  pensions:\n{rate}18%\n{rate}20%\n      from: 2022-07-01\n"
    lines = (
        "allowances:",
        "  - allowance: Weighting",
        "    amount: £2,000",
        "    pensionable: yes",
        "  - allowance: First aid",
        "    amount: £300",
        "    pensionable: no",
        "    by_fte: no",
    )
    file = post(SALARY, "fte: 0.5", *lines, "on_costs:", "  pension: LGPS", costing=costing)
    # Pensionable £16,000: half a year at 18%, half at 20%. Pay is £15,000 + £1,000 + £300.
    assert sum(step.amount for step in steps(file, "pension")) == 3_040
    assert cost(file) == "£19,340.00"


def test_an_allowance_may_be_a_percentage_of_the_salary() -> None:
    file = post(
        SALARY, "includes: on-costs", "allowances:", "  allowance: Shift", "  amount: 12.5%", "  pensionable: no"
    )
    assert cost(file) == "£33,750.00"


def test_the_apprenticeship_levy_is_half_a_per_cent_of_pay() -> None:
    assert cost(post(SALARY, "on_costs:", "  apprenticeship_levy: yes")) == "£30,150.00"


def test_a_salary_that_includes_on_costs_has_nothing_added() -> None:
    costing = "  on_costs:\n    national_insurance: yes\n    pension: 18.5%\n"
    assert cost(post(SALARY, "includes: on-costs", costing=costing)) == "£30,000.00"
    assert cost(post(SALARY, "fte: 0.2", costing=costing)) == "£7,110.00"


def test_on_costs_have_a_column_of_their_own_where_the_grant_has_a_heading_for_them() -> None:
    file = f"headings: [salary, on-costs]\n{post(SALARY, 'on_costs:', '  pension: 20%')}"
    assert (cost(file), cost(file, heading="on-costs")) == ("£30,000.00", "£6,000.00")


def test_headings_of_other_names_are_named() -> None:
    costing = "  headings:\n    salary: staff\n    overhead: indirect\n"
    file = post(SALARY, "includes: on-costs", "overhead:", "  rate: 10%", costing=costing)
    file = f"headings: [staff, indirect]\n{file}"
    assert (cost(file, heading="staff"), cost(file, heading="indirect")) == ("£30,000.00", "£3,000.00")


# Overheads


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        (("flat: £8,723",), "£8,723.00"),
        (("per_fte: £8,723",), "£2,180.75"),
        (("rate: 20%",), "£1,500.00"),
        ((), "£1,500.00"),
        (("rate: 20%", "base: pay"), "£1,700.00"),
        (("rate: 20%", "base: pay", "excluding: [Weighting]"), "£1,500.00"),
        (("rate: 20%", "base: pay and on-costs"), "£2,040.00"),
        (("rate: 20%", "base: pay and on-costs", "excluding: [pension, Weighting]"), "£1,500.00"),
    ],
)
def test_an_overhead_is_flat_per_fte_or_a_rate_of_what_its_base_says(lines: tuple[str, ...], amount: str) -> None:
    file = post(
        SALARY,
        "fte: 0.5",
        "starts: 2022-07-01",
        "allowances:",
        "  allowance: Weighting",
        "  amount: £4,000",
        "  pensionable: yes",
        "on_costs:",
        "  pension: 20%",
        *(["overhead:", *(f"  {line}" for line in lines)] if lines else ["overhead: 20%"]),
    )
    assert cost(file, heading="overhead") == amount


def test_a_flat_overhead_is_a_years_and_a_shorter_year_of_the_grant_has_its_share() -> None:
    pay = (SALARY, "includes: on-costs", "starts: 2022-06-01", "overhead:", "  flat: £8,723")
    assert cost(post(*pay), heading="overhead") == "£8,723.00"
    quarter = post(*pay, years="[{year: 2022, starts: 2022-04-01, ends: 2022-06-30}]")
    assert cost(quarter, heading="overhead") == "£2,180.75"


# Later years


def test_inflation_raises_overheads_of_later_years_as_a_line_of_its_own() -> None:
    costing = "  inflation:\n    overhead: 3%\n"
    file = post(
        SALARY, "includes: on-costs", "overhead:", "  flat: £1,000", years="[2022, 2023, 2024]", costing=costing
    )
    amounts = [cost(file, year, "overhead") for year in ("2022", "2023", "2024")]
    assert amounts == ["£1,000.00", "£1,030.00", "£1,060.90"]
    assert [step.name for step in steps(file, "inflation", "2024")] == ["3% a year for 2 years"]


def test_inflation_of_salaries_counts_from_the_first_day_of_each_later_year_before_on_costs() -> None:
    costing = "  inflation:\n    salary: 2%\n  on_costs:\n    pension: 10%\n"
    file = post(SALARY, years="[2022, 2023]", costing=costing)
    assert [cost(file, year) for year in ("2022", "2023")] == ["£33,000.00", "£33,660.00"]


UPLIFTED = """\
grant: Example
years: [2022, 2023, 2024]
costing:
  inflation:
    overhead: 3%
posts:
  - role: Officer
    costs:
      2022:
        salary: £75,639
    uplift: 2.5%
other_costs:
  - item: Fees received
    costs:
      2022:
        overhead: (1,000.55)
      2024: {overhead: 0}
    uplift: inflation
"""


def test_an_uplift_is_of_the_year_before_as_it_is_printed() -> None:
    assert [cost(UPLIFTED, year) for year in ("2022", "2023", "2024")] == ["£75,639.00", "£77,529.98", "£79,468.23"]


def test_an_uplift_begins_with_the_first_year_that_is_given() -> None:
    text = UPLIFTED.replace("      2022:\n        salary", "      2023:\n        salary")
    grant = account_of(text).grant
    assert {year: costs["salary"].value for year, costs in grant.posts[0].costs.items()} == {
        "2023": Decimal(75639),
        "2024": Decimal("77529.98"),
    }


def test_income_rises_too_and_a_year_that_is_given_stands() -> None:
    totals = account_of(UPLIFTED).totals
    assert [year.headings["overhead"] for year in totals.years] == [Decimal("-1000.55"), Decimal("-1030.57"), 0]


# Plain amounts, and what is computed from costs


PLAIN = post(
    "salary: £75,639",
    "fte: 0.5",
    "starts: 2022-07-01",
    "ends: 2022-08-15",
    "on_costs:",
    "  national_insurance: yes",
    "pay_awards:",
    "  from: 2022-07-01",
    "  by: 5%",
    "overhead:",
    "  per_fte: £8,723",
    years="[2022, 2023]",
)


def test_neither_fte_nor_dates_nor_awards_change_a_plain_amount() -> None:
    costs = "    costs:\n      2022:\n        salary: £75,639\n      2023:\n        overhead: £1\n"
    grant = loaded(PLAIN + costs).grant
    assert grant is not None
    assert {year: {h: f.text for h, f in given.items()} for year, given in grant.posts[0].costs.items()} == {
        "2022": {"salary": "£75,639"},
        "2023": {"overhead": "£1"},
    }
    assert loaded(PLAIN + costs).workings == ()


def test_only_what_is_written_is_listed_as_written() -> None:
    grant = loaded(f"{PLAIN}    costs:\n      2023:\n        overhead: £1\n").grant
    assert grant is not None
    assert [keys for keys, _ in written_amounts(grant)] == [
        ("posts", 0, "costs", "2023", "overhead"),
        ("posts", 0, "pay", "salary"),
        ("posts", 0, "pay", "overhead", "per_fte"),
    ]


def test_totals_are_the_sum_of_rounded_lines() -> None:
    thirds = post("salary: £100", "includes: on-costs", "starts: 2022-09-01", years="[2022]")
    second = thirds.split("posts:\n")[1].replace("Officer", "Other")
    account = account_of(thirds + second)
    assert [line.total for line in account.totals.years[0].lines] == [Decimal("33.33")] * 2
    assert account.totals.total == Decimal("66.66")
    assert add(instalment.amount for instalment in account.instalments) == account.totals.total


def test_stated_figures_are_held_against_costs_from_rates() -> None:
    file = post(
        "salary: £75,639", "starts: 2022-05-15", "includes: on-costs", years="[{year: 2022, stated: {total: 47579}}]"
    )
    assert codes(found(file)) == []
    wrong = found(file.replace("47579", "47529"))
    assert codes(wrong) == ["GC201"]


def test_a_grant_without_years_is_costed_over_its_own_dates() -> None:
    file = post(SALARY, "includes: on-costs").replace("years: [2022]", "starts: 2022-04-01\nends: 2022-12-31")
    assert cost(file, "") == "£22,500.00"


def test_a_file_without_pay_has_no_workings() -> None:
    assert loaded("grant: Example\nyears: [2022]\n").workings == ()


# Rates of the law


def test_every_rate_of_the_law_has_a_source_and_they_are_in_the_order_of_dates() -> None:
    law = statutory_rates()
    assert all(rate.source for rate in (*law.national_insurance, *law.apprenticeship_levy))
    days = [rate.begins for rate in law.national_insurance]
    assert days == sorted(set(days))
    assert law.known_to > days[-1]


def test_a_tax_year_of_two_rates_makes_the_published_blend() -> None:
    # The rate published for a whole year of 2022/23 (that of company directors) is 14.53% above £9,100.
    file = post(SALARY, *INSURED, years="[{year: Tax year, starts: 2022-04-06, ends: 2023-04-05}]")
    insurance = sum(step.amount for step in steps(file, "national insurance", "Tax year"))
    assert round(insurance / 20_900 * 100, 2) == Fraction("14.53")
