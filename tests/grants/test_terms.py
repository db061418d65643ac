"""Terms of payment together: published examples, figures worked by hand, and what holds whatever is agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.ceilings import Ceiling, award_in_force, within_ceilings, year_award
from grantcalc.grants.payments import Instalment, Kind, instalments, planned, shares_of, unscheduled
from grantcalc.grants.schedule import by_period, slices
from grantcalc.grants.totals import total_grant
from grantcalc.money import ZERO, add
from tests.grant_files import account_of, grant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.model import Grant
    from grantcalc.grants.schedule import Slice


def _grant(starts: str, ends: str, cost: str, terms: str = "", **payments: str) -> str:
    """A grant of one year with these dates that costs so much."""
    chosen = "".join(f"  {key}: {value}\n" for key, value in payments.items())
    return (
        f"grant: A\nyears:\n  - year: Pilot\n    starts: {starts}\n    ends: {ends}\n"
        f"posts:\n  - role: A\n    costs:\n      salary: {cost}\n{terms}" + (f"payments:\n{chosen}" if chosen else "")
    )


def _year(cost: str, terms: str = "", **payments: str) -> str:
    """A grant of the financial year 2025-26 that costs so much."""
    return _grant("2025-04-01", "2026-03-31", cost, terms, **payments)


def _years(*costs: str, terms: str = "", **payments: str) -> str:
    """A grant of financial years from 2025-26 on."""
    names = [f"{2025 + at}-{26 + at}" for at in range(len(costs))]
    lines = "".join(f"      {name}:\n        salary: {cost}\n" for name, cost in zip(names, costs, strict=True))
    chosen = "".join(f"  {key}: {value}\n" for key, value in payments.items())
    listed = terms if "years:" in terms else f"years: [{', '.join(names)}]\n{terms}"
    return f"grant: A\n{listed}posts:\n  - role: A\n    costs:\n{lines}" + (f"payments:\n{chosen}" if chosen else "")


def _amounts(text: str) -> list[str]:
    return [f"{instalment.amount:.2f}" for instalment in account_of(text).instalments]


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(instalment.kind.value, f"{instalment.amount:.2f}") for instalment in account_of(text).instalments]


@pytest.mark.parametrize(
    ("charge", "others", "first"),
    [
        ("£1,234.56", "123.00", "127.56"),  # 123.456
        ("£1,255", "126.00", "121.00"),  # 125.50, half a pound upwards
        ("£1,000", "100.00", "100.00"),
        ("£1,254.90", "125.00", "129.90"),  # 125.49
    ],
)
def test_all_but_the_first_instalment_of_council_tax_are_to_the_nearest_pound(
    charge: str, others: str, first: str
) -> None:
    # SI 1992/613, schedule 1, paragraph 2: ten instalments, A = C / D to the nearest pound, B = C - (D - 1) × A.
    text = _grant("2025-04-01", "2026-01-31", charge, frequency="monthly", rounding="pounds", remainder="first")
    assert _amounts(text) == [first, *[others] * 9]


@pytest.mark.parametrize(
    ("remainder", "expected"),
    [
        ("last", ["4666.67", "4666.67", "4666.66"]),
        ("first", ["4666.66", "4666.67", "4666.67"]),  # as a Welsh community council was paid
        ("spread", ["4666.67", "4666.66", "4666.67"]),
    ],
)
def test_14_000_is_paid_in_three(remainder: str, expected: list[str]) -> None:
    assert _amounts(_grant("2025-04-01", "2025-12-31", "£14,000", remainder=remainder)) == expected


def test_16_000_in_three_is_not_a_penny_short() -> None:
    assert _amounts(_grant("2025-04-01", "2025-12-31", "£16,000")) == ["5333.33", "5333.33", "5333.34"]


def test_nebraska_pays_half_of_each_claim_until_the_award_is_used_up() -> None:
    costs = ("£140,000", "£50,000", "£50,000")
    text = _years(*costs, terms="award: £100,000\n", frequency="yearly", rate="50%")
    assert _amounts(text) == ["70000.00", "25000.00", "5000.00"]
    grant = grant_of(text)
    claimed = [Decimal(70_000), Decimal(25_000), Decimal(25_000)]
    assert within_ceilings(grant, slices(grant), claimed) == [70_000, 25_000, 5_000]


def test_the_first_and_the_last_quarter_are_short_where_quarters_are_those_of_the_calendar() -> None:
    # 17 of May's 31 days and June are 1 17/31 months, 154.84 of 1,200; 1 14/31 months at the end are 145.16.
    text = _grant("2025-05-15", "2026-05-14", "£1,200", quarters="calendar")
    assert _amounts(text) == ["154.84", "300.00", "300.00", "300.00", "145.16"]
    assert _amounts(text.replace("  quarters", "  share: days\n  quarters"))[0] == "154.52"  # 47 of 365 days


def test_a_retention_is_paid_at_the_end() -> None:
    assert _kinds(_year("£1,200", retention="10%")) == [*[("period", "270.00")] * 4, ("final", "120.00")]


def test_a_final_payment_is_held_back_from_the_last_periods() -> None:
    assert _amounts(_year("£1,200", final_payment="£100")) == ["300.00", "300.00", "300.00", "200.00", "100.00"]
    assert _amounts(_year("£1,200", final_payment="40%")) == ["300.00", "300.00", "120.00", "0.00", "480.00"]


def test_what_is_paid_up_front_is_taken_from_every_payment() -> None:
    assert _kinds(_year("£1,200", up_front="25%")) == [("up front", "300.00"), *[("period", "225.00")] * 4]
    assert _amounts(_year("£1,200", up_front="£500")) == ["500.00", *["175.00"] * 4]
    assert _amounts(_year("£1,200", up_front="£5,000")) == ["1200.00", *["0.00"] * 4]
    assert _amounts(_year("£1,200", up_front="2 payments")) == ["300.00"] * 4


def test_payments_in_whole_pounds_stay_so_when_what_was_paid_up_front_is_taken_off() -> None:
    text = _year("£1,000.44", up_front="£150", rounding="pounds")
    # Given back: 150 × 250 / 1,000.44 = 37.48, 113 × 250 / 750.44 = 37.64, 75 × 250 / 500.44 = 37.47, and the rest.
    assert _amounts(text) == ["150.00", "213.00", "212.00", "213.00", "212.44"]
    # The last payment is of 44p alone, so all but 44p must be given back before it.
    text = _grant(
        "2025-04-01", "2025-09-30", "£1,000.44", "award: £1,000.44\n", up_front="£1,000.44", rounding="pounds"
    )
    assert _amounts(text) == ["1000.44", "0.00", "0.00"]


def test_three_quarters_up_front_and_the_rest_as_a_final_payment() -> None:
    assert _amounts(_year("£1,200", up_front="75%", final_payment="25%")) == ["900.00", *["0.00"] * 4, "300.00"]


def test_a_variation_pays_later_what_the_award_held_back() -> None:
    terms = "award: £700\nvariations:\n  - date: 2026-02-01\n    amount: £400\n"
    assert _amounts(_year("£1,200", terms)) == ["300.00", "300.00", "100.00", "400.00"]
    assert _amounts(_year("£1,200", terms.replace("£400", "£900"))) == ["300.00", "300.00", "100.00", "500.00"]


def test_a_lower_award_stops_payments_and_takes_nothing_back() -> None:
    terms = "award: £1,200\nvariations:\n  - date: 2025-12-31\n    amount: (700)\n"
    assert _amounts(_year("£1,200", terms)) == ["300.00", "300.00", "0.00", "0.00"]


def test_a_variation_changes_the_shares_of_an_award_from_its_period_on() -> None:
    terms = "award: £1,200\nvariations:\n  - date: 2025-10-01\n    amount: £100\n"
    assert _amounts(_year("£5", terms, basis="award")) == ["300.00", "300.00", "350.00", "350.00"]
    on_its_last_day = terms.replace("2025-10-01", "2025-12-31")
    assert _amounts(_year("£5", on_its_last_day, basis="award")) == ["300.00", "300.00", "350.00", "350.00"]
    assert _amounts(_year("£5", terms.replace("2025-10-01", "2026-01-01"), basis="award"))[2:] == ["300.00", "400.00"]


def test_a_year_has_its_shares_of_what_is_paid_up_front_for_periods_and_at_the_end() -> None:
    made = account_of(_years("£1,200", "£600", frequency="yearly", up_front="50%", retention="10%")).instalments
    assert [(one.kind, one.year, one.recovered, one.held) for one in made] == [
        (Kind.UP_FRONT, "2025-26, 2026-27", 0, 0),
        (Kind.PERIOD, "2025-26", 600, 60),
        (Kind.PERIOD, "2026-27", 300, 30),
        (Kind.FINAL, "2025-26, 2026-27", 0, 0),
    ]
    assert [share.amount for share in shares_of(made, "2025-26")] == [600, 540, 60]
    assert [share.amount for share in shares_of(made, "2026-27", Kind.PERIOD)] == [270]
    assert [share.amount for share in shares_of(made, "2026-27", Kind.UP_FRONT, Kind.FINAL)] == [300, 30]
    assert shares_of(made, "2027-28") == []
    assert [one.before_terms for one in made if one.kind is Kind.PERIOD] == [1200, 600]


YEAR_AWARDS = "years:\n  - year: 2025-26\n    award: £1,200\n  - year: 2026-27\n    award: £900\n"


def test_an_underspend_is_lost_unless_it_is_carried_forward() -> None:
    assert _amounts(_years("£1,000", "£1,000", terms=YEAR_AWARDS)) == [*["250.00"] * 7, "150.00"]
    assert _amounts(_years("£1,000", "£1,000", terms=YEAR_AWARDS, carry_forward="yes")) == ["250.00"] * 8
    assert _amounts(_years("£1,000", "£1,200", terms=YEAR_AWARDS, carry_forward="yes"))[-1] == "200.00"


def test_the_award_of_a_financial_year_cuts_its_part_alone() -> None:
    terms = "award_by_financial_year:\n  2024-25: £200\n  2025-26: £2,000\n"
    text = _grant("2025-01-01", "2025-12-31", "£1,200", terms)
    assert _amounts(text) == ["200.00", "300.00", "300.00", "300.00"]


def test_a_schedule_agreed_anew_divides_what_is_left() -> None:
    new = "reprofiled:\n  - from: 2025-10-01\n"
    assert _amounts(_year("£1,200", new)) == ["300.00"] * 4
    assert _amounts(_year("£1,200", new + "    amounts: [£500, £50]\n")) == ["300.00", "300.00", "500.00", "50.00"]
    again = new + "    amounts: [£500, £50]\n  - from: 2026-01-01\n"
    assert _amounts(_year("£1,200", again)) == ["300.00", "300.00", "500.00", "50.00"]
    assert _amounts(_year("£1,200", "award: £1,100\n" + new)) == ["300.00", "300.00", "250.00", "250.00"]


UNDATED_LAST = """\
grant: A
years:
  - 2025-26
  - Year 2
posts:
  - role: A
    costs:
      2025-26: {salary: 1200}
      Year 2: {salary: 4000}
"""


def test_a_schedule_agreed_anew_leaves_a_year_without_dates_as_it_is() -> None:
    text = UNDATED_LAST + "reprofiled:\n  - from: 2025-10-01\n    amounts: [£500, £100]\n"
    assert _amounts(text) == ["300.00", "300.00", "500.00", "100.00", *["1000.00"] * 4]


def test_a_schedule_agreed_anew_needs_no_years_in_order() -> None:
    text = UNDATED_LAST.replace("Year 2", "2024-25")
    assert _amounts(text + "reprofiled:\n  - from: 2025-10-01\n    amounts: [£500, £100]\n") == [
        *["300.00", "300.00", "500.00", "100.00"],
        *["1000.00"] * 4,
    ]


def test_a_share_up_front_is_of_the_award_as_it_stood_on_the_first_day() -> None:
    terms = "award: £1,000\nvariations:\n  - date: 2026-01-01\n    amount: £1,000\n"
    # £800 of £1,000 on the first day, taken from the two quarters that this award still pays for; then it is raised.
    assert _amounts(_year("£2,000", terms, up_front="80%")) == ["800.00", "100.00", "100.00", "0.00", "1000.00"]


def test_what_is_held_back_is_not_paid_where_the_award_was_lowered_below_what_is_paid() -> None:
    terms = "award: £1,200\nvariations:\n  - date: 2026-01-01\n    amount: (600)\n"
    text = _year("£1,200", terms, retention="10%")
    # £810 of £900 are paid when the award falls to £600; the £90 held back are not.
    assert _amounts(text) == ["270.00", "270.00", "270.00", "0.00", "0.00"]
    instalments = account_of(text).instalments
    assert [instalment.cut for instalment in instalments] == [0, 0, 0, 300, 90]
    assert [instalment.ceiling for instalment in instalments] == [None, None, None, Ceiling(), Ceiling()]
    text = text.replace("(600)", "(350)")
    assert _amounts(text) == ["270.00", "270.00", "270.00", "0.00", "40.00"]
    assert [one.ceiling for one in account_of(text.replace("(350)", "(0)")).instalments] == [None] * 5


PENCE = st.integers(0, 10**7).map(lambda pence: Decimal(pence).scaleb(-2)) | st.sampled_from([Decimal(0), Decimal(1)])
PERCENT = st.sampled_from(["0%", "10%", "33.333%", "50%", "80%", "100%"])
# An amount below a pound is refused, as a share without its percent sign.
PORTION = PERCENT | PENCE.filter(lambda amount: amount == 0 or amount >= 1).map(str)
EARLY = PORTION | st.just("2 payments")
LENGTHS = st.sampled_from([2, 30, 88, 364, 364, 365, 365, 729])


def _maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Mostly nothing, since most agreements leave most terms out."""
    return st.just("") | st.just("") | values


@st.composite
def payments(draw: st.DrawFn, *, early: bool) -> str:
    """Terms of payment, any together that do not contradict each other; with some paid early, or perhaps."""
    chosen = {
        "frequency": draw(st.sampled_from(["monthly", "quarterly", "quarterly", "half-yearly", "yearly"])),
        "quarters": draw(st.sampled_from(["grant", "calendar", "financial"])),
        "share": draw(st.sampled_from(["months", "days"])),
        "basis": draw(st.sampled_from(["cost", "cost", "award", "stated"])),
        "rounding": draw(st.sampled_from(["pence", "pounds"])),
        "remainder": draw(st.sampled_from(["last", "first", "spread"])),
        "carry_forward": draw(st.sampled_from(["no", "yes"])),
        "rate": draw(_maybe(PERCENT)),
        "up_front": draw(EARLY if early else _maybe(EARLY)),
    }
    held = draw(st.sampled_from(["", "retention", "final_payment"]))
    if held:
        chosen[held] = draw(PERCENT if held == "retention" else PORTION)
    return "payments:\n" + "".join(f"  {key}: {value}\n" for key, value in chosen.items() if value)


@st.composite
def years(draw: st.DrawFn) -> tuple[list[tuple[str, date, date]], str]:
    """Years that follow each other from any day on, or one of thirty years, with or without awards of their own."""
    starts = draw(st.dates(date(2019, 1, 1), date(2027, 12, 31)) | st.just(date(2024, 2, 29)))
    count = draw(st.integers(1, 3))
    lengths = draw(st.just([10_957]) | st.lists(LENGTHS, min_size=count, max_size=count))
    made = []
    text = "years:\n"
    own = draw(st.booleans())
    for at, length in enumerate(lengths):
        ends = starts + timedelta(length)
        made.append((f"Year {at}", starts, ends))
        award = draw(_maybe(PENCE.map(lambda amount: f"    award: {amount}\n"))) if own else ""
        stated = f"    stated:\n      payment: {draw(PENCE)}\n"
        text += f"  - year: Year {at}\n    starts: {starts}\n    ends: {ends}\n{award}{stated}"
        starts = ends + timedelta(1)
    return made, text


@st.composite
def variations(draw: st.DrawFn, made: Sequence[tuple[str, date, date]], *, lower: bool, least: int) -> str:
    """Changes of the award, on any day before, in or after the grant."""
    text = ""
    for _ in range(draw(st.integers(least, 2))):
        day = made[0][1] + timedelta(draw(st.integers(-30, (made[-1][2] - made[0][1]).days + 30)))
        sign = draw(st.sampled_from(["", "-"])) if lower else ""
        year = draw(_maybe(st.sampled_from([f"    year: {name}\n" for name, _, _ in made])))
        text += f"  - date: {day}\n    amount: {sign}{draw(PENCE)}\n{year}"
    return f"variations:\n{text}" if text else ""


@st.composite
def agreements(draw: st.DrawFn, *, lower: bool = True, early: bool = False) -> Grant:
    """A grant with any terms together that do not contradict each other; its payments can be worked out.

    Args:
        draw: draws a value.
        lower: whether variations may lower the award.
        early: whether there is certainly an award that is varied, and something paid up front.
    """
    made, text = draw(years())
    costs = "".join(f"      {name}:\n        salary: {draw(PENCE)}\n" for name, _, _ in made)
    text = f"grant: A\n{text}posts:\n  - role: A\n    costs:\n{costs}{draw(payments(early=early))}"
    if draw(st.booleans()):
        fees = "".join(f"      {name}:\n        salary: -{draw(PENCE)}\n" for name, _, _ in made)
        text += f"other_costs:\n  - item: Fees\n    costs:\n{fees}"
    if early or draw(st.booleans()):
        text += f"award: {draw(PENCE)}\n"
    text += draw(variations(made, lower=lower, least=int(early)))
    if draw(st.booleans()) and draw(st.booleans()):
        first = made[0][1].year
        ceilings = "".join(f"  {year}-{year % 100 + 1}: {draw(PENCE)}\n" for year in range(first - 1, first + 2))
        text += f"award_by_financial_year:\n{ceilings}"
    if "basis: award" in text and award_in_force(grant_of(text)) is None:
        text += f"award: {draw(PENCE)}\n"
    if draw(st.booleans()):
        text += draw(reprofiles(grant_of(text)))
    grant = grant_of(text)
    assert not unscheduled(grant)
    return grant


@st.composite
def reprofiles(draw: st.DrawFn, grant: Grant) -> str:
    """A schedule agreed anew from a period on, with an amount for each period or without."""
    found = slices(grant)
    periods = [found[places[0]].period for places in by_period(found)]
    at = draw(st.integers(0, len(periods) - 1))
    begins = periods[at]
    assert begins is not None
    amounts = draw(st.booleans())
    listed = ", ".join(str(draw(PENCE)) for _ in periods[at:]) if amounts and len(periods) < 20 else ""
    return f"reprofiled:\n  - from: {begins.starts}\n" + (f"    amounts: [{listed}]\n" if listed else "")


@dataclass(frozen=True)
class Plan:
    """What the engine makes of a grant, step by step."""

    found: tuple[Slice, ...]
    wanted: list[Decimal]
    payable: list[Decimal]
    made: tuple[Instalment, ...]


def _plan(grant: Grant) -> Plan:
    totals = total_grant(grant)
    found = slices(grant)
    wanted = planned(grant, totals, found)
    return Plan(found, wanted, within_ceilings(grant, found, wanted), instalments(grant, totals, found))


def _total(made: Sequence[Instalment], *kinds: Kind) -> Decimal:
    return add(instalment.amount for instalment in made if not kinds or instalment.kind in kinds)


def _ends(one: Slice) -> date:
    assert one.period is not None
    return one.period.ends


@given(agreements())
def test_whatever_is_agreed_no_payment_is_negative_and_what_is_not_paid_is_said(grant: Grant) -> None:
    plan = _plan(grant)
    assert all(share.amount >= 0 for instalment in plan.made for share in instalment.shares)
    assert _total(plan.made) + add(instalment.cut for instalment in plan.made) == add(plan.wanted)
    assert all(instalment.ceiling is not None for instalment in plan.made if instalment.cut > 0)
    assert _total(plan.made) <= add(plan.payable)


@given(agreements(lower=False))
def test_up_front_for_periods_and_at_the_end_all_that_is_payable_is_paid(grant: Grant) -> None:
    plan = _plan(grant)
    total = add(plan.payable)
    assert _total(plan.made) == total
    assert add(_total(plan.made, kind) for kind in Kind) == total
    portion = grant.payments.final_payment
    if portion is not None and grant.payments.up_front is None:
        least = Fraction(total) * (portion.share or 0) if portion.amount is None else Fraction(portion.amount.value)
        assert _total(plan.made, Kind.FINAL) >= min(Fraction(total), least - 1)


@given(agreements() | agreements(early=True))
def test_nothing_is_paid_that_would_be_above_the_award_in_force(grant: Grant) -> None:
    plan = _plan(grant)
    first = plan.found[0].period
    assert first is not None
    last = max(map(_ends, plan.found))
    paid = accumulate(instalment.amount for instalment in plan.made)
    for instalment, so_far in zip(plan.made, paid, strict=True):
        day = {Kind.UP_FRONT: first.starts, Kind.FINAL: last}.get(instalment.kind)
        if instalment.kind is Kind.PERIOD:
            assert instalment.period is not None
            day = instalment.period.ends
        award = award_in_force(grant, day)
        assert award is None or not instalment.amount or so_far <= award


@given(agreements(lower=False))
def test_each_year_is_paid_the_lower_of_its_plan_and_its_ceilings_exactly(grant: Grant) -> None:
    """A year with awards of years is closed when it ends; without them, a variation later pays what was held back."""
    if grant.award_by_financial_year:
        return
    plan = _plan(grant)
    own = any(year.award is not None for year in grant.years)
    groups = [[year.year] for year in grant.years] if own else [[year.year for year in grant.years]]
    paid = carried = ZERO
    for names in groups:
        at = [number for number, one in enumerate(plan.found) if one.year in names]
        ends = max(_ends(plan.found[number]) for number in at)
        whole, ceiling = award_in_force(grant, ends), year_award(grant, names[0], ends)
        limits = [
            *([whole - paid] if whole is not None else []),
            *([ceiling + carried] if ceiling is not None else []),
        ]
        made = add(plan.payable[number] for number in at)
        assert made == min([add(plan.wanted[number] for number in at), *limits])
        paid += made
        if ceiling is not None and grant.payments.carry_forward == "yes":
            carried += ceiling - made
    assert _total(plan.made) == paid


@given(agreements())
def test_no_financial_year_is_paid_more_than_its_award(grant: Grant) -> None:
    if grant.payments.quarters != "financial" or grant.payments.carry_forward == "yes":
        return  # a period may lie in two financial years, or a year have what another left
    plan = _plan(grant)
    for year, award in grant.financial_year_awards:
        slices_of_year = [
            amount
            for one, amount in zip(plan.found, plan.payable, strict=True)
            if one.period is not None and year.covers(one.period)
        ]
        assert add(slices_of_year) <= award.value


@given(agreements())
def test_each_year_is_paid_in_shares_that_make_its_payments(grant: Grant) -> None:
    plan = _plan(grant)
    assert add(share.amount for year in grant.years for share in shares_of(plan.made, year.year)) == _total(plan.made)


@given(agreements())
def test_a_schedule_agreed_anew_without_amounts_conserves_the_total(grant: Grant) -> None:
    before = _plan(grant.model_copy(update={"reprofiled": ()}))
    totals = total_grant(grant)
    for profile in grant.reprofiled:
        if profile.amounts:
            return
        kept = add(
            amount
            for one, amount in zip(before.found, before.wanted, strict=True)
            if one.period is None or one.period.starts < profile.from_
        )
        award = award_in_force(grant)
        target = add(before.wanted) if award is None else min(add(before.wanted), max(award, ZERO))
        assert add(planned(grant, totals, before.found)) == max(target, kept)
