"""The ledger: what claims come to under every term of an agreement, on figures worked by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.claimed import State
from grantcalc.grants.ledger import Ledger, keep_ledger
from grantcalc.grants.payments import Kind
from grantcalc.grants.spent import yearly
from grantcalc.grants.year_end import year_end
from grantcalc.money import ZERO, add, pounds
from tests.claim_files import CLAIMED, amounts, claim, costs, grant, ledger_of, quarterly, said, states, with_claims
from tests.claimed_grants import MONEY, claimed_grants, grants
from tests.grant_files import EXAMPLES, account_of

if TYPE_CHECKING:
    from decimal import Decimal

    from grantcalc.grants.entries import Entry

MARSOC_CLAIMS = (EXAMPLES / "marsoc-claims.yaml").read_text(encoding="utf-8")
SIGNED = "2022-09-13"


def _put(amount: Decimal | None) -> str:
    return "" if amount is None else pounds(amount)


# The example, on the day on which the paper was signed.


def test_both_first_quarters_of_the_example_may_be_claimed_on_the_day_of_the_paper() -> None:
    without_claims = MARSOC_CLAIMS[: MARSOC_CLAIMS.index("claims:")]
    ledger = ledger_of(without_claims, SIGNED)
    assert states(ledger) == ["may be claimed"] * 2 + ["planned"] * 6
    # Two quarters of £202,330: 2 × £50,582.50.
    assert pounds(ledger.claimable) == "£101,165"


def test_the_claims_of_the_example_come_to_what_its_ledger_says() -> None:
    ledger = ledger_of(MARSOC_CLAIMS, SIGNED)
    # 18,909.75 + 2,180.75 + 14,220.40 + 2,180.75 + 10,261.75 + 1,219.50 = 48,972.90
    # 18,909.75 + 2,180.75 + 15,830.00 + 2,180.75 + 10,261.75 + 1,219.50 = 50,582.50, and £312.60 for March
    assert amounts(ledger, "entitled")[:3] == ["£48,972.90", "£50,895.10", "£0"]
    assert amounts(ledger, "claimed")[:3] == ["£48,972.90", "£0", "£0"]
    assert costs(ledger.entries[:2]) == ["£49,285.50", "£50,582.50"]
    assert pounds(ledger.entries[0].variance) == "-£1,297"
    assert pounds(ledger.claimable) == "£50,895.10"
    assert _put(ledger.remaining) == "£356,635.10"  # 405,608.00 - 48,972.90
    assert pounds(ledger.forecast) == "£404,313"  # 405,610 - 1,297
    assert _put(ledger.underspend) == "£1,295"
    assert said(MARSOC_CLAIMS, SIGNED) == []


def test_a_third_claim_for_the_quarter_still_running_is_an_error_and_not_claimable() -> None:
    text = MARSOC_CLAIMS + "  - period: 3\n    costs:\n      salary: £40,000\n"
    message = "claim 3 is drafted, but on 13 September 2022 its period is still running: it ends on 30 September 2022"
    assert said(text, SIGNED) == [("GC309", "error", message)]
    ledger = ledger_of(text, SIGNED)
    assert pounds(ledger.claimable) == "£50,895.10"
    # Until it counts, the quarter is forecast as it was planned: its cost too.
    assert (pounds(ledger.outturn), pounds(ledger.forecast)) == ("£404,313", "£404,313")


# Rate and ceilings.


def test_a_claim_that_crosses_the_award_is_split_there_and_the_rest_is_match() -> None:
    # Nebraska's example: an award of 100,000 at 50 %; half of 140,000, of 50,000 and of 50,000, until it is used up.
    text = with_claims(
        grant("£240,000", award="£100,000", terms="rate: 50%"), *quarterly("£140,000", "£50,000", "£50,000")
    )
    ledger = ledger_of(text)
    assert amounts(ledger, "entitled") == ["£70,000", "£25,000", "£5,000", "£0"]
    assert amounts(ledger, "over_ceiling") == ["£0", "£0", "£20,000", "£0"]
    assert _put(ledger.remaining) == "£0"
    assert said(text) == [
        ("GC316", "warning", "claim 3 costs the funder £20,000 more than the award leaves; it comes to £5,000")
    ]


TWO_YEARS = """\
grant: Example
years:
  - year: 2025-26
    award: £20,000
  - year: 2026-27
    award: £20,000
payments:
  frequency: half-yearly
  carry_forward: {}
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £20,000
      2026-27:
        salary: £20,000
"""


@pytest.mark.parametrize(
    ("carried", "expected", "left"),
    [
        # The second year's award is 20,000, whatever the first one left.
        ("no", ["£8,000", "£8,000", "£12,000", "£8,000"], ["£4,000", "£0"]),
        # The first year left 4,000: 24,000 may be claimed in the second.
        ("yes", ["£8,000", "£8,000", "£12,000", "£12,000"], ["£0", "£0"]),
    ],
)
def test_what_a_year_leaves_of_its_award_is_carried_forward_only_where_agreed(
    carried: str, expected: list[str], left: list[str]
) -> None:
    spent = ("£8,000", "£8,000", "£12,000", "£12,000")
    made = ("2025-10-03", "2026-04-07", "2026-10-05", "2027-04-06")
    claims = [claim(at + 1, *both) for at, both in enumerate(zip(spent, made, strict=True))]
    ledger = ledger_of(with_claims(TWO_YEARS.format(carried), *claims))
    assert amounts(ledger, "entitled") == expected
    assert [pounds(year.remaining) for year in yearly(ledger)] == left


def test_an_overspend_is_not_paid_from_the_next_years_award() -> None:
    spent = (("£15,000", "2025-10-03"), ("£15,000", "2026-04-07"), ("£5,000", "2026-10-05"), ("£5,000", "2027-04-06"))
    claims = [claim(at + 1, *both) for at, both in enumerate(spent)]
    ledger = ledger_of(with_claims(TWO_YEARS.format("no"), *claims))
    assert amounts(ledger, "entitled") == ["£15,000", "£5,000", "£5,000", "£5,000"]


def test_the_award_of_a_financial_year_is_a_ceiling_of_its_own() -> None:
    text = """\
grant: Example
starts: 2025-01-01
ends: 2025-12-31
award: £40,000
award_by_financial_year:
  2024-25: £8,000
posts:
  - role: Officer
    costs:
      salary: £40,000
claims:
  - period: 1
    costs:
      salary: £10,000
    claimed: 2025-04-02
"""
    ledger = ledger_of(text)
    assert amounts(ledger, "entitled") == ["£8,000", "£0", "£0", "£0"]
    # The quarters to come are in 2025-26, which has no ceiling of its own: 8,000 + 3 × 10,000.
    assert pounds(ledger.forecast) == "£38,000"


VARIED = "variations:\n  - date: {}\n    amount: {}\n"


@pytest.mark.parametrize(
    ("award", "day", "amount", "expected"),
    [
        # 20,000 last for two quarters; then there are 15,000 more, which last for one and a half.
        ("£20,000", "2025-12-01", "£15,000", ["£10,000", "£10,000", "£10,000", "£5,000"]),
        # What the third claim lacked is paid with the fourth, once the award is raised.
        ("£20,000", "2026-01-15", "£20,000", ["£10,000", "£10,000", "£0", "£20,000"]),
        ("£40,000", "2025-12-01", "-£10,000", ["£10,000", "£10,000", "£10,000", "£0"]),
        # Lowered below what has been claimed already, it leaves nothing more to claim.
        ("£40,000", "2026-01-15", "-£20,000", ["£10,000", "£10,000", "£10,000", "£0"]),
    ],
)
def test_a_variation_between_claims_moves_the_ceiling_from_its_date(
    award: str, day: str, amount: str, expected: list[str]
) -> None:
    text = with_claims(grant(award=award, more=VARIED.format(day, amount)), *quarterly(*["£10,000"] * 4))
    assert amounts(ledger_of(text), "entitled") == expected


def test_the_award_is_that_of_the_day_on_which_the_ledger_is_looked_at() -> None:
    text = grant(award="£40,000", more=VARIED.format("2025-12-01", "-£10,000"))
    assert [_put(ledger_of(text, day).award) for day in ("2025-11-30", "2025-12-01", "")] == [
        "£40,000",
        "£30,000",
        "£30,000",
    ]


# Up front, retention and the final claim.


def test_a_retention_is_held_back_of_each_claim_and_claimed_at_the_end() -> None:
    text = grant(award="£40,000", terms="retention: 10%")
    made = quarterly("£10,000", "£8,000", "£10,000", "£10,000")
    ledger = ledger_of(with_claims(text, *made, claim("final", "", "2026-05-01")))
    # Nine tenths of each, then a tenth of 38,000.
    assert amounts(ledger, "entitled") == ["£9,000", "£7,200", "£9,000", "£9,000", "£3,800"]
    assert pounds(ledger.forecast) == "£38,000"
    assert _put(ledger.underspend) == "£2,000"


def test_a_final_payment_waits_for_the_end_even_if_claims_are_lower_than_planned() -> None:
    text = grant(terms="final_payment: £4,000")
    made = quarterly("£10,000", "£10,000", "£10,000", "£8,000")
    ledger = ledger_of(with_claims(text, *made, claim("final", "", "2026-05-01")))
    # 36,000 are paid before the end: the last quarter's 8,000 are split into 6,000 and 2,000.
    assert amounts(ledger, "entitled") == ["£10,000", "£10,000", "£10,000", "£6,000", "£2,000"]


def test_what_was_paid_up_front_is_claimed_first_and_recovered_of_each_claim() -> None:
    text = grant(award="£40,000", terms="up_front: 20%")
    paid = claim("up front", "", "2025-04-01", "paid: 2025-04-10")
    ledger = ledger_of(with_claims(text, paid, *quarterly(*["£10,000"] * 4, first=2)))
    # A fifth of 40,000, and then 10,000 less a quarter of that.
    assert amounts(ledger, "entitled") == ["£8,000", "£8,000", "£8,000", "£8,000", "£8,000"]
    assert states(ledger)[0] == "paid"
    assert _put(ledger.remaining) == "£0"


def test_what_was_paid_up_front_is_recovered_sooner_where_claims_would_else_cross_the_award() -> None:
    text = grant(award="£40,000", terms="up_front: £8,000")
    early = claim("up front", "", "2025-04-01")
    ledger = ledger_of(with_claims(text, early, *quarterly("£38,000", "£2,000", first=2)))
    # 8,000 are paid, so 32,000 are left of the award, though only 2,000 were to be recovered of 38,000.
    assert amounts(ledger, "entitled")[:3] == ["£8,000", "£32,000", "£0"]
    assert _put(ledger.remaining) == "£0"
    assert pounds(ledger.forecast) == "£40,000"


# What claims say.


def test_a_correction_is_claimed_with_the_later_claim_and_is_a_cost_of_the_earlier_period() -> None:
    correction = ("corrections:", "  - period: 1", "    heading: salary", "    amount: £300", "    reason: Overtime")
    text = with_claims(grant(), claim(1, "£9,700", CLAIMED[0]), claim(2, "£10,000", CLAIMED[1], *correction))
    ledger = ledger_of(text)
    assert amounts(ledger, "entitled")[:2] == ["£9,700", "£10,300"]
    assert costs(ledger.entries[:2]) == ["£10,000", "£10,000"]
    assert [pounds(entry.variance) for entry in ledger.entries[:2]] == ["£0", "£0"]
    assert pounds(ledger.forecast) == "£40,000"


def test_an_estimate_is_put_right_by_a_correction_of_the_next_claim() -> None:
    # Estimated at 10,000, and 9,600 in fact: the second claim gives 400 back.
    correction = ("corrections:", "  - period: 1", "    heading: salary", "    amount: -£400", "    reason: Actual pay")
    estimated = claim(1, "£10,000", CLAIMED[0], "figures: estimated")
    ledger = ledger_of(with_claims(grant(), estimated, claim(2, "£10,000", CLAIMED[1], *correction)))
    assert amounts(ledger, "entitled")[:2] == ["£10,000", "£9,600"]
    assert costs(ledger.entries[:2]) == ["£9,600", "£10,000"]


def test_what_a_correction_gives_back_beyond_its_claim_is_taken_of_the_next() -> None:
    correction = ("corrections:", "  - period: 1", "    heading: salary", "    amount: -£3,000", "    reason: Refund")
    claims = [claim(1, "£10,000", CLAIMED[0]), claim(2, "£1,000", CLAIMED[1], *correction), claim(3, "£5,000")]
    ledger = ledger_of(with_claims(grant(), *claims))
    # 1,000 - 3,000 is 2,000 owed to the funder; then 5,000 - 2,000.
    assert amounts(ledger, "entitled")[:3] == ["£10,000", "£0", "£3,000"]


DISALLOWED = ("disallowed:", "  - heading: salary", "    amount: £500", "    reason: Leave not taken")


@pytest.mark.parametrize(
    ("terms", "claimed", "refused", "outstanding"),
    [
        ("", "£10,000", "£500", "£9,500"),
        ("rate: 80%", "£8,000", "£400", "£7,600"),
        ("retention: 10%", "£9,000", "£450", "£8,550"),
    ],
)
def test_what_is_disallowed_is_refused_at_the_funders_rate_and_less_what_is_held_back(
    terms: str, claimed: str, refused: str, outstanding: str
) -> None:
    (entry, *_) = ledger_of(with_claims(grant(terms=terms), claim(1, "£10,000", CLAIMED[0], *DISALLOWED))).entries
    assert (pounds(entry.claimed), pounds(entry.refused), pounds(entry.outstanding)) == (claimed, refused, outstanding)
    assert costs([entry]) == ["£9,500"]


def test_what_is_disallowed_beyond_the_award_costs_nothing() -> None:
    text = grant(award="£9,000")
    ledger = ledger_of(with_claims(text, claim(1, "£10,000", CLAIMED[0], *DISALLOWED)))
    assert [amounts(ledger, name)[0] for name in ("claimed", "refused", "entitled")] == ["£9,000", "£0", "£9,000"]


@pytest.mark.parametrize(
    ("paid", "amount", "outstanding", "state"),
    [
        ((), "£0", "£10,000", "claimed"),
        (("paid: 2025-07-20",), "£10,000", "£0", "paid"),
        (("paid:", "  - date: 2025-07-20", "    amount: £4,000"), "£4,000", "£6,000", "part paid"),
        # The rest without its amount.
        (
            ("paid:", "  - date: 2025-07-20", "    amount: £4,000", "  - date: 2025-07-28"),
            "£10,000",
            "£0",
            "paid",
        ),
        (("paid:", "  - date: 2025-07-20", "    amount: £10,500"), "£10,500", "£0", "paid"),
    ],
)
def test_payments_are_counted_against_their_claim(
    paid: tuple[str, ...], amount: str, outstanding: str, state: str
) -> None:
    ledger = ledger_of(with_claims(grant(), claim(1, "£10,000", CLAIMED[0], *paid)), "2025-07-31")
    assert (pounds(ledger.paid), pounds(ledger.outstanding), states(ledger)[0]) == (amount, outstanding, state)


def test_a_payment_after_the_day_is_not_counted() -> None:
    paid = ("paid:", "  - date: 2025-07-20", "    amount: £4,000", "  - date: 2025-08-28")
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], *paid))
    (entry, *_) = ledger_of(text, "2025-07-31").entries
    assert (pounds(entry.paid), pounds(entry.outstanding), entry.state) == ("£4,000", "£6,000", State.PART_PAID)
    assert entry.paid_on is not None
    assert entry.paid_on.isoformat() == "2025-07-20"
    assert states(ledger_of(text, "2025-08-28"))[0] == "paid"


def test_a_claim_after_the_day_is_left_out() -> None:
    text = with_claims(grant(), *quarterly("£10,000", "£10,000"))
    ledger = ledger_of(text, "2025-10-02")
    assert (ledger.later, states(ledger)[:2], pounds(ledger.claimed)) == (
        (1,),
        ["claimed", "may be claimed"],
        "£10,000",
    )


def test_a_draft_is_not_claimed_but_may_be_and_is_forecast() -> None:
    text = with_claims(grant(award="£40,000"), claim(1, "£9,000"))
    ledger = ledger_of(text, "2025-07-01")
    assert (states(ledger)[0], pounds(ledger.claimed), pounds(ledger.claimable)) == ("drafted", "£0", "£9,000")
    assert (pounds(ledger.forecast), pounds(ledger.outturn)) == ("£39,000", "£39,000")
    assert pounds(ledger_of(text, "2025-06-30").claimable) == "£0"


def test_a_draft_over_the_plan_leaves_less_to_later_periods() -> None:
    ledger = ledger_of(with_claims(grant(award="£40,000"), claim(1, "£35,000")))
    assert pounds(ledger.forecast) == "£40,000"
    assert amounts(ledger, "forecast") == ["£35,000", "£5,000", "£0", "£0"]


def test_a_draft_without_costs_is_forecast_as_planned() -> None:
    assert pounds(ledger_of(with_claims(grant(), claim(1))).forecast) == "£40,000"


def test_a_claim_of_nothing_has_nothing_due() -> None:
    assert states(ledger_of(with_claims(grant(), claim(1, "0", CLAIMED[0]))))[0] == "nothing due"


# Periods.


def test_a_claim_may_give_the_dates_of_its_period() -> None:
    dates = claim(2, "£10,000", CLAIMED[1]).replace("period: 2", "from: 2025-07-01\n  to: 2025-09-30")
    assert amounts(ledger_of(with_claims(grant(), dates)), "claimed") == ["£0", "£10,000", "£0", "£0"]


FROM_FEBRUARY = """\
grant: Example
years:
  - year: First
    starts: 2025-02-15
    ends: 2026-02-14
  - year: Second
    starts: 2026-02-15
    ends: 2027-02-14
payments:
  quarters: calendar
posts:
  - role: Officer
    costs:
      First:
        salary: £12,000
      Second:
        salary: £12,000
claims:
  - from: 2026-01-01
    to: 2026-03-31
    costs:
      salary: £2,400
    claimed: 2026-04-02
"""


def test_a_quarter_that_lies_in_two_years_is_one_claim_whose_cost_belongs_to_both() -> None:
    ledger = ledger_of(FROM_FEBRUARY)
    assert (len(ledger.entries), amounts(ledger, "claimed")[4]) == (9, "£2,400")
    # 1 January to 14 February is a month and 14 of 28 days, as is 15 February to 31 March: half of 2,400 each.
    assert [pounds(year.cost) for year in yearly(ledger)] == ["£1,200", "£1,200"]
    # Planned were 2 × 1,500, and the first four quarters are not claimed: nothing is lost, 600 are not spent.
    assert pounds(ledger.forecast) == "£23,400"


def test_such_a_quarter_is_divided_as_it_was_planned_so_that_each_years_award_takes_its_part() -> None:
    # 1,500 and 3,000 are planned of the quarter: of a claim of 2,400, 800 belong to the first year and 1,600 to the
    # second, whose award leaves 1,000.
    text = FROM_FEBRUARY.replace("Second:\n        salary: £12,000", "Second:\n        salary: £24,000")
    text = text.replace("    ends: 2027-02-14\n", "    ends: 2027-02-14\n    award: £1,000\n")
    ledger = ledger_of(text)
    assert amounts(ledger, "entitled")[4] == "£1,800"


def test_a_grant_of_three_days_is_one_claim() -> None:
    text = """\
grant: Example
award: £900
starts: 2025-06-27
ends: 2025-06-29
posts:
  - role: Steward
    costs:
      salary: £900
claims:
  - period: 1
    costs:
      salary: £850.50
    claimed: 2025-06-30
"""
    ledger = ledger_of(text)
    assert (amounts(ledger, "claimed"), _put(ledger.underspend), said(text)) == (["£850.50"], "£49.50", [])


def test_a_grant_of_thirty_years_can_be_claimed_quarter_by_quarter() -> None:
    years = [f"{2025 + at}-{(26 + at) % 100:02}" for at in range(30)]
    yearly_costs = "".join(f"      {year}:\n        salary: £1,000\n" for year in years)
    text = f"grant: Example\naward: £30,000\nyears: [{', '.join(years)}]\nposts:\n  - role: Officer\n    costs:\n"
    claims = [claim(number, "£250", f"{2025 + (number + 1) // 4}-12-31") for number in range(1, 121)]
    ledger = ledger_of(with_claims(text + yearly_costs, *claims))
    assert (len(ledger.entries), pounds(ledger.claimed), _put(ledger.underspend)) == (120, "£30,000", "£0")


@pytest.mark.parametrize("ends", ["2025-02-27", "2025-02-28"])
def test_quarters_from_29_february_are_claimed_by_their_dates(ends: str) -> None:
    text = f"""\
grant: Example
starts: 2024-02-29
ends: {ends}
posts:
  - role: Officer
    costs:
      salary: £4,000
claims:
  - from: 2024-02-29
    to: 2024-05-28
    costs:
      salary: £1,000
    claimed: 2024-05-29
"""
    ledger = ledger_of(text)
    assert amounts(ledger, "claimed")[0] == "£1,000"
    # To 27 February there are four quarters; 28 February is a fifth, of one day.
    assert len(ledger.entries) == (4 if ends.endswith("27") else 5)
    assert said(text) == []


# Fixed payments.


@pytest.mark.parametrize("basis", ["award", "stated"])
def test_a_fixed_payment_is_claimed_without_costs(basis: str) -> None:
    text = grant("£30,000", award="£30,000", terms=f"basis: {basis}").replace(
        "years: [2025-26]", "years:\n  - year: 2025-26\n    stated:\n      payment: £7,500"
    )
    text = with_claims(text, claim(1, "", CLAIMED[0], "paid: 2025-07-31"))
    ledger = ledger_of(text)
    assert amounts(ledger, "claimed") == ["£7,500", "£0", "£0", "£0"]
    assert (states(ledger)[0], pounds(ledger.forecast), said(text)) == ("paid", "£30,000", [])


@pytest.mark.parametrize("basis", ["award", "stated"])
def test_where_a_claim_gives_costs_it_is_paid_by_them_even_if_payments_are_planned_otherwise(basis: str) -> None:
    text = grant("£30,000", award="£30,000", terms=f"basis: {basis}").replace(
        "years: [2025-26]", "years:\n  - year: 2025-26\n    stated:\n      payment: £7,500"
    )
    assert amounts(ledger_of(with_claims(text, claim(1, "£7,000", CLAIMED[0]))), "claimed")[0] == "£7,000"


# Properties.


def _all_claimed(text: str, amounts_by_number: dict[int, Decimal]) -> str:
    """A grant with a claim for every period, and for what is paid up front and at the end."""
    claims = []
    for entry in ledger_of(text).entries:
        kind, number = entry.invoice.instalment.kind, entry.invoice.number
        period = number if kind is Kind.PERIOD else kind.value
        claims.append(claim(period, f"{amounts_by_number[number]}" if kind is Kind.PERIOD else "", "2028-01-31"))
    return with_claims(text, *claims)


def _money_of(entry: Entry) -> list[Decimal]:
    return [
        entry.entitled,
        entry.over_ceiling,
        entry.claimed,
        entry.refused,
        entry.paid,
        entry.outstanding,
        entry.forecast,
    ]


def _entitled(ledger: Ledger) -> Decimal:
    return add(entry.entitled for entry in ledger.entries)


@given(claimed_grants())
def test_whatever_is_claimed_no_more_than_the_award_is_due_and_no_money_is_negative(text: str) -> None:
    ledger = ledger_of(text)
    assert all(amount >= 0 for entry in ledger.entries for amount in _money_of(entry))
    assert all(entry.ceiling is not None for entry in ledger.entries if entry.over_ceiling)
    award = award_in_force(ledger.grant)
    if award is not None:
        assert _entitled(ledger) <= award
        assert ledger.forecast <= award


@given(
    claimed_grants().filter(
        lambda text: not any(term in text for term in ("up_", "ret", "final_", "carry", "calendar"))
    )
)
def test_no_year_is_due_more_than_its_own_award_where_nothing_is_carried_forward(text: str) -> None:
    ledger = ledger_of(text)
    for year in ledger.grant.years:
        due = add(entry.entitled for entry in ledger.entries if entry.invoice.year == year.year)
        assert year.award is None or due <= year.award.value


@given(claimed_grants())
def test_what_is_outstanding_is_what_was_claimed_and_accepted_and_not_paid(text: str) -> None:
    for entry in ledger_of(text).entries:
        assert entry.outstanding == max(entry.claimed - entry.refused - entry.paid, ZERO)


@given(grants())
def test_without_claims_the_plan_is_forecast(text: str) -> None:
    ledger = ledger_of(text)
    assert [entry.forecast for entry in ledger.entries] == [entry.invoice.amount for entry in ledger.entries]
    assert ledger.claimed == ledger.paid == ledger.outstanding == ZERO


@given(grants(), st.lists(MONEY, min_size=30, max_size=30))
def test_when_every_period_is_claimed_the_forecast_is_what_is_due(text: str, spent: list[Decimal]) -> None:
    ledger = ledger_of(_all_claimed(text, dict(enumerate(spent))))
    assert [entry.forecast for entry in ledger.entries] == [entry.entitled for entry in ledger.entries]
    assert ledger.claimed == ledger.forecast


@given(grants().filter(lambda text: "rate:" not in text))
def test_claiming_what_was_planned_makes_the_plan(text: str) -> None:
    planned = [
        (instalment.kind, add(share.amount + share.cut for share in instalment.shares))
        for instalment in account_of(_plain(text)).instalments
    ]
    entries = ledger_of(text).entries
    periods = [entry.invoice.number for entry in entries if entry.invoice.instalment.kind is Kind.PERIOD]
    ledger = ledger_of(_all_claimed(text, dict(zip(periods, (amount for _, amount in planned), strict=True))))
    assert [entry.claimed for entry in ledger.entries] == [entry.invoice.amount for entry in ledger.entries]
    if ledger.award is not None:
        assert ledger.underspend == ledger.award - add(entry.invoice.amount for entry in ledger.entries)


def _plain(text: str) -> str:
    """A grant without what is paid up front or held back, so that its payments are what its periods come to."""
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.strip().startswith(("up_front", "ret", "final_p"))
    ).replace("payments:\nyears", "years")


def test_the_past_is_not_rewritten_by_a_later_variation() -> None:
    text = (
        "grant: A\nyears: [2025-26]\naward: £100,000\npayments:\n  up_front: 10%\n"
        "posts:\n  - role: B\n    costs:\n      2025-26:\n        salary: £100,000\n"
    )
    varied = text + "variations:\n  - date: 2026-01-10\n    amount: (£20,000)\n"
    before, after = (keep_ledger(account_of(one), date(2025, 12, 31)) for one in (text, varied))
    assert [entry.invoice.amount for entry in before.entries] == [entry.invoice.amount for entry in after.entries]
    assert (after.award, after.forecast, after.underspend) == (100_000, 100_000, 0)
    # £10,000 up front, then a quarter of £90,000 each; the last is cut to what £80,000 leaves.
    assert [entry.invoice.amount for entry in keep_ledger(account_of(varied)).entries] == [
        10_000,
        22_500,
        22_500,
        22_500,
        2_500,
    ]


def test_a_draft_for_a_period_that_is_still_running_does_not_count_yet() -> None:
    text = (
        "grant: A\nyears: [2025-26]\nposts:\n  - role: B\n    costs:\n      2025-26:\n        salary: £400\n"
        "claims:\n  - period: 1\n    costs:\n      salary: £90\n"
    )
    running, over = (keep_ledger(account_of(text), day).entries[0] for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert (dict(running.cost), running.entitled, running.state) == ({}, 0, State.DRAFTED)
    assert (dict(over.cost), over.entitled) == ({"salary": 90}, 90)


INCOME = """\
grant: Show
award: £60,000
years: [2025-26, 2026-27]
payments: {frequency: half-yearly}
other_costs:
  - item: Show
    costs: {2025-26: {overhead: 60000}, 2026-27: {overhead: -5000}}
"""


def _of_show(*costs: str) -> str:
    """Claims for periods of a grant of one item, which may bring in more than it costs."""
    made = (
        claim(at, "", "2027-04-01", "other_costs:", "  - item: Show", f"    costs: {{overhead: {cost}}}")
        for at, cost in enumerate(costs, start=1)
    )
    return with_claims(INCOME, *made)


@pytest.mark.parametrize(
    ("costs", "entitled", "forecast"),
    [
        (["30000"], [30_000, 0, 0, 0], 55_000),
        (["30000", "30000"], [30_000, 25_000, 0, 0], 55_000),
        (["30000", "30000", "-2500", "-2500"], [30_000, 25_000, 0, 0], 55_000),
        (["30000", "30000", "0", "0"], [30_000, 25_000, 2_500, 2_500], 60_000),
        (["30000", "30000", "-3000", "-1000"], [30_000, 25_000, 0, 1_000], 56_000),
    ],
)
def test_claims_come_to_all_costs_whatever_income_then_is(costs: list[str], entitled: list[int], forecast: int) -> None:
    ledger = ledger_of(_of_show(*costs))
    assert [entry.entitled for entry in ledger.entries] == entitled
    assert ledger.forecast == ledger.outturn == forecast
    assert add(entry.earned for entry in ledger.entries) == forecast


def test_income_that_was_planned_first_and_did_not_come_is_not_taken_off() -> None:
    text = _of_show("0", "0").replace(
        "2025-26: {overhead: 60000}, 2026-27: {overhead: -5000}",
        "2025-26: {overhead: -5000}, 2026-27: {overhead: 60000}",
    )
    ledger = ledger_of(text)
    assert [entry.invoice.amount for entry in ledger.entries] == [0, 0, 25_000, 30_000]
    assert [entry.forecast for entry in ledger.entries] == [0, 0, 30_000, 30_000]


@given(grants(), MONEY, MONEY)
def test_without_claims_the_plan_is_forecast_with_income_above_cost_too(
    text: str, first: Decimal, second: Decimal
) -> None:
    years = [f"{{Year 1: {{salary: -{first}}}, Year 2: {{salary: -{second}}}}}", f"{{salary: -{first}}}"]
    text += f"other_costs:\n  - item: Fees\n    costs: {years['Year 2' not in text]}\n"
    ledger = ledger_of(text)
    assert [entry.forecast for entry in ledger.entries] == [entry.invoice.amount for entry in ledger.entries]
    assert all(amount >= 0 for entry in ledger.entries for amount in _money_of(entry))


# What was disallowed, and when.


def _off(amount: str, day: str) -> tuple[str, ...]:
    """What is disallowed of a claim on a day, as lines of the list."""
    dated = [f"    date: {day}"] if day else []
    return ("  - heading: salary", f"    amount: {amount}", "    reason: Lunch", *dated)


def _trimmed(day: str, *more: str, claimed: str = CLAIMED[0]) -> str:
    """A first claim of £10,000, of which £400 are disallowed on a day."""
    return with_claims(grant(award="£40,000"), claim(1, "£10,000", claimed, "disallowed:", *_off("£400", day), *more))


def test_what_is_disallowed_counts_from_its_date_on() -> None:
    before, after = (ledger_of(_trimmed("2025-09-30"), day).entries[0] for day in ("2025-09-29", "2025-09-30"))
    assert (before.claimed, before.refused, before.outstanding) == (10_000, 0, 10_000)
    assert (after.claimed, after.refused, after.outstanding) == (10_000, 400, 9_600)
    assert (costs([before]), costs([after])) == (["£10,000"], ["£9,600"])
    assert ledger_of(_trimmed(""), CLAIMED[0]).entries[0].refused == 400


@pytest.mark.parametrize(
    ("paid", "received", "overpaid"),
    [
        # In full on a day before it was disallowed: £400 have to be given back. On that day or later: £9,600.
        ("2025-09-29", 10_000, 400),
        ("2025-09-30", 9_600, 0),
    ],
)
def test_a_claim_that_was_paid_in_full_before_a_part_was_disallowed_is_overpaid(
    paid: str, received: int, overpaid: int
) -> None:
    text = _trimmed("2025-09-30", f"paid: {paid}")
    entry = ledger_of(text).entries[0]
    assert (entry.paid, entry.overpaid, entry.outstanding) == (received, overpaid, 0)
    message = "claim 1: £10,000 was paid, £400 more than the £9,600 claimed and accepted"
    assert said(text) == ([("GC317", "error", message)] if overpaid else [])


def test_what_is_disallowed_on_several_days_is_taken_off_what_was_left_on_each() -> None:
    paid = ("paid:", "  - date: 2025-08-01", "    amount: £5,000", "  - date: 2025-10-15")
    entry = ledger_of(_trimmed("2025-09-30", *_off("£1,000", "2025-12-01"), *paid)).entries[0]
    # £10,000 - 400 - 5,000 were left on 15 October; 1,000 more were disallowed in December.
    assert (entry.paid, entry.refused, entry.overpaid) == (9_600, 1_400, 1_000)


def test_at_a_year_end_what_is_disallowed_later_is_invoiced_and_is_no_income() -> None:
    account = account_of(_trimmed("2025-09-30"))
    then, later = (year_end(account, day).to_date for day in (date(2025, 7, 4), date(2025, 9, 30)))
    # On 4 July £10,000 are invoiced and £9,600 of that will be accepted; a quarter more is planned by 30 September.
    assert (then.invoiced, then.debtor, later.invoiced) == (10_000, 10_000, 9_600)
    assert (then.claimed_cost, later.claimed_cost, later.earned) == (9_600, 9_600, 19_600)


@pytest.mark.parametrize(
    ("day", "claimed", "message"),
    [
        ("2025-07-03", CLAIMED[0], "claim 1 was made on 4 July 2025, but £400 of it was disallowed on 3 July 2025"),
        ("2025-07-04", "", "claim 1 has no date, but £400 of it was disallowed on 4 July 2025"),
        ("2025-07-04", CLAIMED[0], None),
    ],
)
def test_nothing_of_a_claim_is_disallowed_before_it_is_made(day: str, claimed: str, message: str | None) -> None:
    assert said(_trimmed(day, claimed=claimed)) == ([("GC325", "error", message)] if message else [])
