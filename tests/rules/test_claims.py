"""Claims that are early, late, out of order, for no period, or for another amount than they may be."""

from __future__ import annotations

import pytest

from tests.claim_files import CLAIMED, claim, grant, quarterly, said, with_claims
from tests.grant_files import check_text, codes, findings, found

FIRST = claim(1, "£10,000", CLAIMED[0])


def _only(text: str, as_of: str = "") -> tuple[str, str, str]:
    (one,) = said(text, as_of)
    return one


def _dated(starts: str, ends: str) -> str:
    return f"- from: {starts}\n  to: {ends}\n  costs:\n    salary: £10,000\n"


def test_claims_in_order_and_as_planned_have_no_finding() -> None:
    assert found(with_claims(grant(), *quarterly(*["£10,000"] * 4))) == []


# Periods.


@pytest.mark.parametrize(
    ("period", "message"),
    [
        (5, "there is no period 5: the schedule ends with number 4"),
        ("final", "the agreement has no final payment"),
        ("up front", "the agreement has no up front payment"),
    ],
)
def test_a_claim_for_what_the_schedule_does_not_have_is_an_error(period: int | str, message: str) -> None:
    assert _only(with_claims(grant(), claim(period))) == ("GC307", "error", message)


@pytest.mark.parametrize(
    ("starts", "ends", "message", "remedy"),
    [
        (
            "2025-01-01",
            "2025-03-31",
            (
                "a claim from 1 January 2025 to 31 March 2025 lies outside the funding period, "
                "1 April 2025 to 31 March 2026"
            ),
            "to mend: what is spent outside it is not eligible; give the dates of a period",
        ),
        (
            "2026-01-01",
            "2026-04-30",
            (
                "a claim from 1 January 2026 to 30 April 2026 goes beyond the funding period, "
                "1 April 2025 to 31 March 2026"
            ),
            "to mend: what is spent outside it is not eligible; give the dates of a period",
        ),
        (
            "2025-07-01",
            "2025-09-15",
            (
                "a claim from 1 July 2025 to 15 September 2025 is not a period of the grant; "
                "period 2 is 1 July to 30 September 2025"
            ),
            "to mend: write period: 2, or its dates",
        ),
        (
            "2025-09-30",
            "2025-07-01",
            "a claim from 30 September 2025 to 1 July 2025 ends before it starts",
            "to mend: exchange or correct the dates",
        ),
    ],
)
def test_a_claim_whose_dates_are_no_period_says_why_and_what_to_write(
    starts: str, ends: str, message: str, remedy: str
) -> None:
    (one,) = found(with_claims(grant(), _dated(starts, ends)))
    assert (one.code, one.severity, one.marked, one.message) == ("GC307", "error", starts, message)
    assert one.notes == (remedy,)


def test_a_claim_whose_dates_overlap_another_is_an_error_that_points_to_it() -> None:
    (one,) = found(with_claims(grant(), FIRST, _dated("2025-06-15", "2025-09-14")))
    assert (one.code, one.severity) == ("GC308", "error")
    assert one.message == ("a claim from 15 June 2025 to 14 September 2025 overlaps claim 1, 1 April to 30 June 2025")
    assert one.notes[0] == "claimed here"


@pytest.mark.parametrize("again", [FIRST, _dated("2025-04-01", "2025-06-30")])
def test_a_period_that_is_claimed_twice_is_an_error(again: str) -> None:
    assert codes(found(with_claims(grant(), FIRST, again))) == ["GC308"]


def test_of_two_claims_for_a_period_the_one_made_by_the_day_counts() -> None:
    text = with_claims(grant(), claim(1, "£9,000", "2025-08-01"), FIRST)
    assert _only(text, "2025-12-31")[0] == "GC308"
    assert [one for one in said(text, "2025-07-31") if one[0] == "GC308"] == []


def test_claims_of_a_grant_without_dates_are_said_to_have_no_place() -> None:
    text = with_claims(grant().replace("2025-26", "Year 1"), FIRST)
    listed = {one.code: one for one in found(text)}
    assert listed["GC307"].severity == "error"
    assert listed["GC307"].message == "the claims cannot be placed, since Year 1 has no dates"
    assert listed["GC307"].notes == ("to mend: give starts and ends, so that the grant has periods",)


# Early, late, out of order.


@pytest.mark.parametrize(
    ("terms", "day", "early"),
    [
        ("", "2025-06-29", True),
        ("", "2025-06-30", True),
        ("", "2025-07-01", False),
        ("invoice: last day", "2025-06-29", True),
        ("invoice: last day", "2025-06-30", False),
        ("timing: advance", "2025-04-01", False),
        ("timing: advance", "2025-03-25", False),
        ("up_front: 2 payments", "2025-04-01", False),
    ],
)
def test_a_claim_before_its_period_is_over_is_an_error_unless_the_agreement_wants_it(
    terms: str, day: str, *, early: bool
) -> None:
    assert [one[0] for one in said(with_claims(grant(terms=terms), claim(1, "£10,000", day)))] == ["GC309"] * early


def test_a_claim_before_an_earlier_one_is_a_warning() -> None:
    text = with_claims(grant(), claim(1, "£10,000", "2025-10-20"), claim(2, "£10,000", "2025-10-03"))
    message = "claim 2 was made on 3 October 2025, before claim 1 on 20 October 2025"
    assert _only(text) == ("GC310", "warning", message)


def test_a_claim_without_an_earlier_one_is_a_warning_whatever_the_order_in_the_file() -> None:
    second = claim(2, "£10,000", CLAIMED[1])
    unclaimed = "claim 2 is made, but period 1, 1 April to 30 June 2025, has no claim"
    assert _only(with_claims(grant(), second)) == ("GC310", "warning", unclaimed)
    assert said(with_claims(grant(), second, FIRST)) == []


def test_a_claim_after_a_draft_is_a_warning() -> None:
    text = with_claims(grant(), claim(1, "£10,000"), claim(2, "£10,000", CLAIMED[1]))
    message = "claim 2 is made, but period 1, 1 April to 30 June 2025, has only a draft"
    assert _only(text) == ("GC310", "warning", message)


@pytest.mark.parametrize(
    ("rule", "last", "after"),
    [
        ("30 days", "2025-07-30", "2025-07-31"),
        # 30 June is a Monday; ten working days later there is no bank holiday between.
        ("10 working days", "2025-07-14", "2025-07-15"),
        ("one month", "2025-07-30", "2025-07-31"),
        ("end of the following month", "2025-07-31", "2025-08-01"),
        ("day 21 of the following month", "2025-07-21", "2025-07-22"),
        ("month end", "2025-06-30", "2025-07-01"),
    ],
)
def test_a_claim_is_late_from_the_day_after_the_agreement_wants_it(rule: str, last: str, after: str) -> None:
    text = grant(terms=f"claim_by: {rule}")
    assert said(text, last) == []
    ((code, severity, message),) = said(text, after)
    assert (code, severity) == ("GC311", "warning")
    assert message.startswith("period 1 was to be claimed by ")
    assert message.endswith(", and is not")
    assert [one[0] for one in said(with_claims(text, claim(1, "£10,000", after)))] == ["GC311"]


def test_a_draft_is_late_too() -> None:
    text = with_claims(grant(terms="claim_by: 30 days"), claim(1, "£10,000"))
    assert _only(text, "2025-07-31") == (
        "GC311",
        "warning",
        "claim 1 is a draft; the agreement wants it by 30 July 2025",
    )


@pytest.mark.parametrize(
    ("rule", "last", "after"),
    [
        # Of a claim on Friday 4 July 2025.
        ("30 days", "2025-08-03", "2025-08-04"),
        ("21 working days", "2025-08-04", "2025-08-05"),
        ("one month", "2025-08-04", "2025-08-05"),
        ("month end", "2025-07-31", "2025-08-01"),
    ],
)
def test_a_payment_is_late_from_the_day_after_it_was_due(rule: str, last: str, after: str) -> None:
    text = with_claims(grant(terms=f"payment_due: {rule}"), FIRST)
    assert said(text, last) == []
    ((code, severity, message),) = said(text, after)
    assert (code, severity) == ("GC312", "warning")
    assert message.startswith("£10,000 of claim 1 is not paid; it was due by ")


def test_a_payment_that_came_late_is_a_warning_once_it_has_come() -> None:
    text = with_claims(grant(terms="payment_due: 30 days"), claim(1, "£10,000", CLAIMED[0], "paid: 2025-08-20"))
    message = "claim 1 was paid on 20 August 2025; it was due by 3 August 2025"
    assert _only(text) == ("GC312", "warning", message)
    assert said(text, "2025-08-03") == []


def test_a_payment_before_its_claim_is_an_error() -> None:
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], "paid: 2025-07-01"))
    message = "claim 1 was made on 4 July 2025, but money for it was received on 1 July 2025"
    assert _only(text) == ("GC313", "error", message)


# Amounts.


@pytest.mark.parametrize(
    ("amount", "finding"),
    [
        ("£10,000", None),
        (
            "£10,000.01",
            ("GC314", "error", "claim 1 asks for £10,000.01, £0.01 more than the £10,000 that it may ask for"),
        ),
        ("£9,900", ("GC315", "note", "claim 1 asks for £9,900, £100 less than the £10,000 that it may ask for")),
    ],
)
def test_a_claim_asks_for_what_its_costs_allow(amount: str, finding: tuple[str, str, str] | None) -> None:
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], f"amount: {amount}"))
    assert said(text) == ([finding] if finding else [])


@pytest.mark.parametrize(
    ("amount", "severity", "message"),
    [
        ("£9,000", "warning", "claim 1: £9,000 was paid, £1,000 less than the £10,000 claimed and accepted"),
        ("£10,500", "error", "claim 1: £10,500 was paid, £500 more than the £10,000 claimed and accepted"),
    ],
)
def test_another_amount_paid_than_claimed_is_said(amount: str, severity: str, message: str) -> None:
    paid = ("paid:", "  - date: 2025-07-31", f"    amount: {amount}")
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], *paid))
    assert _only(text) == ("GC317", severity, message)
    # Before the money came, there is nothing to say of it.
    assert said(text, "2025-07-30") == []


def test_what_was_disallowed_and_not_paid_is_in_order() -> None:
    off = (
        "disallowed:",
        "  - heading: salary",
        "    amount: £500",
        "    reason: Leave",
        "paid:",
        "  - date: 2025-07-31",
    )
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], *off, "    amount: £9,500"))
    assert said(text) == []


@pytest.mark.parametrize("of", [2, 3, 9])
def test_a_correction_of_what_was_not_claimed_before_is_an_error(of: int) -> None:
    correction = ("corrections:", f"  - period: {of}", "    heading: salary", "    amount: £100", "    reason: Slip")
    text = with_claims(grant(), FIRST, claim(2, "£10,000", CLAIMED[1], *correction))
    message = f"claim 2 corrects period {of}, which was not claimed before it"
    assert _only(text) == ("GC318", "error", message)


def test_more_disallowed_than_claimed_is_an_error() -> None:
    off = ("disallowed:", "  - heading: overhead", "    amount: £500", "    reason: Rent")
    text = with_claims(grant(), claim(1, "£10,000", CLAIMED[0], *off))
    message = "claim 1: £500 of overhead is disallowed, but the claim gives £0 for it"
    assert _only(text) == ("GC319", "error", message)


def test_a_purchase_order_that_is_too_small_is_a_warning() -> None:
    (one,) = found(grant(more="purchase_order:\n  number: PO 7\n  amount: £35,000\n"))
    assert (one.code, one.severity, one.marked) == ("GC320", "warning", "£35,000")
    assert one.message == "the payments make £40,000, £5,000 more than the purchase order PO 7 of £35,000"
    assert found(grant(more="purchase_order: PO 7\n")) == []


def test_an_award_for_a_financial_year_outside_the_grant_is_a_warning() -> None:
    text = grant("£40,000", more="award_by_financial_year:\n  2025-26: £40,000\n  2035/36: £5\n")
    (one,) = found(text)
    assert (one.code, one.severity, one.marked) == ("GC509", "warning", "2035/36")
    assert one.message == "no day of the grant is in the financial year 2035-36, which has an award"
    assert one.notes == ("to mend: name a financial year from 1 April 2025 to 31 March 2026",)


def test_a_claim_that_was_made_without_costs_is_a_warning() -> None:
    assert _only(with_claims(grant(), claim(1, "", CLAIMED[0]))) == (
        "GC321",
        "warning",
        "claim 1 gives no costs, so it comes to nothing",
    )
    assert said(with_claims(grant(), claim(1))) == []
    assert said(with_claims(grant(), claim(1, "0", CLAIMED[0]))) == []


def test_check_looks_at_claims_without_a_day_and_calls_nothing_late_that_is_not_made() -> None:
    text = with_claims(grant(terms="claim_by: 30 days\npayment_due: 30 days"), FIRST)
    assert findings(check_text(text)) == []


def test_a_payment_up_front_may_be_claimed_in_part() -> None:
    text = grant(award="£40,000", terms="up_front: £5,000")
    (one,) = found(with_claims(text, "- period: up front\n  amount: £4,000\n  claimed: 2025-04-02\n"))
    assert (one.code, one.severity, one.marked, one.notes) == ("GC315", "note", "£4,000", ())
    assert one.message == "claim 1 (up front) asks for £4,000, £1,000 less than the £5,000 that it may ask for"


@pytest.mark.parametrize(
    ("costs", "order", "over"),
    [
        # Planned are 4 × £10,000. Claimed are 7,000 and 9,500, so that 36,500 are forecast.
        (("£7,000", "£9,500"), "£36,500", None),
        (
            ("£7,000", "£9,500"),
            "£36,499",
            ("£36,500", "£1"),
        ),
        # More was claimed than planned, and there is no award to cut it: the order covers the plan, and is too small.
        (("£12,000",), "£40,000", ("£42,000", "£2,000")),
    ],
)
def test_a_purchase_order_is_held_against_the_forecast_once_there_are_claims(
    costs: tuple[str, ...], order: str, over: tuple[str, str] | None
) -> None:
    text = with_claims(grant(more=f"purchase_order:\n  number: PO 7\n  amount: {order}\n"), *quarterly(*costs))
    messages = []
    if over is not None:
        made, more = over
        messages = [
            f"the payments make {made} with what was claimed, {more} more than the purchase order PO 7 of {order}"
        ]
    assert [one.message for one in found(text)] == messages
    assert codes(found(text)) == ["GC320"] * len(messages)
