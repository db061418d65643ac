"""The conventions of a schedule: named where another usual way would have made other amounts or dates."""

from __future__ import annotations

from typing import Final

import pytest

from grantcalc.report.conventions import conventions
from tests.grant_files import EXAMPLES, MARSOC, SMALL, account_of

DIVIDES: Final = SMALL
ODD: Final = SMALL.replace("£30,000", "£30,000.01")
SHORT_YEAR: Final = SMALL.replace("years: [2025-26]", "years: [{year: 2025-26, starts: 2025-05-15}]")
AWARDED: Final = "award: £40,000\n"
LATE: Final = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    pay: {salary: £36000, starts: 2025-10-01, includes: on-costs}
"""


def said(text: str) -> list[str]:
    return list(conventions(account_of(text)))


def payments(*terms: str) -> str:
    return f"payments: {{{', '.join(terms)}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        MARSOC,
        DIVIDES,
        (EXAMPLES / "minimal.yaml").read_text(encoding="utf-8"),
        ODD + payments("basis: award") + AWARDED,
        DIVIDES + payments("payment_due: 30 days", "bank_holidays: scotland"),
        DIVIDES + payments("share: months", "carry_forward: yes"),
        DIVIDES.replace("2025-26", "2025") + payments("frequency: monthly", "quarters: calendar"),
    ],
)
def test_nothing_is_said_where_every_way_gives_the_same(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ODD, "The odd penny goes to the last payment of each year."),
        (ODD + payments("remainder: first"), "The odd penny goes to the first payment of each year."),
        (ODD + payments("rounding: pounds"), "The odd pound goes to the last payment of each year."),
        (
            ODD + payments("remainder: spread"),
            "The payments of each year make at every date what is due by then, to the nearest penny.",
        ),
        (
            ODD + payments("basis: award") + "award: £39,999.99\n",
            "The odd penny goes to the last payment of the grant.",
        ),
        (DIVIDES + payments("rate: 80%"), "The funder pays 80% of the cost."),
        (DIVIDES + payments("quarters: calendar"), "Periods are quarters of the calendar year."),
        (
            DIVIDES + payments("quarters: financial", "frequency: half-yearly"),
            "Periods are half-years of the financial year from 1 April.",
        ),
        (
            DIVIDES + payments("quarters: financial") + "financial_year_starts: 6 April\n",
            "Periods are quarters of the financial year from 6 April.",
        ),
        (DIVIDES + payments("share: days"), "Each period is paid by its share of the days."),
        (SHORT_YEAR, "Part periods are shared by months, odd days as a share of their month."),
        (
            SHORT_YEAR + payments("share: days", "quarters: calendar"),
            "Each period is paid by its share of the days.",
        ),
        (
            DIVIDES + payments("up_front: 25%"),
            "25% of the grant is paid up front, and taken off the later payments in proportion.",
        ),
        (
            DIVIDES + payments("up_front: 5000"),
            "£5,000 is paid up front, and taken off the later payments in proportion.",
        ),
        (DIVIDES + payments("up_front: 1 payment"), "The first payment may be asked for at the start."),
        (DIVIDES + payments("up_front: 2 payments"), "The first 2 payments may be asked for at the start."),
        (DIVIDES + payments("retention: 10%"), "10% of each payment is held back until the final payment."),
        (DIVIDES + payments("final_payment: 15%"), "15% of the grant is held back until the final payment."),
        (
            DIVIDES.replace("years: [2025-26]", "years: [{year: 2025-26, award: 40000}]")
            + payments("carry_forward: yes"),
            "What a year leaves of its award is added to the next one's.",
        ),
        (
            DIVIDES + payments("claim_by: 10 working days"),
            "Working days leave out weekends and the bank holidays of England and Wales.",
        ),
        (
            DIVIDES
            + payments("payment_due: 5 working days", "bank_holidays: scotland", "extra_days_off: [2025-07-18]"),
            "Working days leave out weekends, the bank holidays of Scotland and 1 other day off.",
        ),
    ],
)
def test_a_convention_that_matters_is_named(text: str, sentence: str) -> None:
    assert sentence in said(text)


def test_an_award_is_named_with_its_variations() -> None:
    varied = (
        DIVIDES + AWARDED + "variations:\n"
        "  - {date: 2025-10-01, amount: 500, reference: V1, reason: pay award}\n"
        "  - {date: 2026-01-01, amount: -1500, year: 2025-26}\n"
    )
    assert said(varied) == [
        "The award of £40,000 is £39,000 with all variations.",
        "The award is raised by £500 from 1 October 2025 (V1, pay award).",
        "The award for 2025-26 is lowered by £1,500 from 1 January 2026.",
    ]


def test_a_schedule_that_was_agreed_anew_is_named() -> None:
    text = DIVIDES + "reprofiled:\n  - {from: 2025-10-01, amounts: [8000, 7000], reference: Letter 2}\n"
    assert said(text) == ["The payments from 1 October 2025 on were agreed anew (Letter 2)."]


def test_even_payments_of_what_is_not_incurred_evenly_are_said_to_be_even() -> None:
    even = "Each year's cost is divided evenly over its periods, though its posts do not cost the same in each."
    assert said(LATE) == [even]
    assert said(LATE + payments("share: days"))[:2] == ["Each period is paid by its share of the days.", even]
    assert said(LATE.replace("2025-10-01", "2025-04-01")) == []
    assert said(LATE + payments("basis: award") + AWARDED) == []


@pytest.mark.parametrize("share", ["months", "days"])
def test_payments_that_follow_the_cost_say_on_which_days_it_counts(share: str) -> None:
    assert said(LATE + payments("profile: incurred", f"share: {share}")) == [
        "Each period is paid for what is planned to be incurred in it.",
        "Posts costed from pay are incurred on their days in post, at the rates of these days.",
        f"All else of a year is incurred evenly, by {share}.",
    ]


def test_payments_that_could_follow_the_cost_and_have_no_days_to_follow_say_nothing_of_it() -> None:
    assert said(DIVIDES + payments("profile: incurred")) == []
    assert said(ODD + payments("profile: incurred")) == ["The odd penny goes to the last payment of each year."]
