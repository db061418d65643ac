"""The conventions that made a schedule's amounts and dates, named where they matter.

Two agreements with the same words can mean different pennies. So what is said here is which of several usual ways was
taken: nothing where every way gives the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.deadlines import RuleKind
from grantcalc.grants.payments import payable_cost
from grantcalc.grants.periods import APRIL
from grantcalc.grants.schedule import of_year, slices
from grantcalc.grants.workdays import Nation
from grantcalc.money import PENNY, POUND, add, pounds
from grantcalc.wording import counted, day_and_month, listed, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.account import Account
    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant

_NATIONS: Final[Mapping[Nation, str]] = {
    Nation.ENGLAND_AND_WALES: "England and Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
_PERIODS: Final[Mapping[str, str]] = {
    "monthly": "months",
    "quarterly": "quarters",
    "half-yearly": "half-years",
    "yearly": "years",
}


def conventions(account: Account) -> tuple[str, ...]:
    """Sentences that name the conventions in use, in the order in which they come into an amount."""
    grant = account.grant
    return (
        *_award(grant),
        *_rate(grant),
        *_periods(grant),
        *_odd_amounts(account),
        *_one_off_payments(grant),
        *_working_days(grant),
    )


def _award(grant: Grant) -> Iterator[str]:
    """The award as it has been varied, and a schedule that was agreed anew."""
    varied = award_in_force(grant)
    if grant.variations and varied is not None:
        offered = varied - add(variation.amount.value for variation in grant.variations)
        yield f"The award of {pounds(offered)} is {pounds(varied)} with all variations."
    for variation in grant.variations:
        amount = variation.amount.value
        way = "raised" if amount >= 0 else "lowered"
        whose = f"The award for {variation.year}" if variation.year else "The award"
        why = _because(variation.reference, variation.reason)
        yield f"{whose} is {way} by {pounds(abs(amount))} from {long_date(variation.date)}{why}."
    for profile in grant.reprofiled:
        why = _because(profile.reference, profile.reason)
        yield f"The payments from {long_date(profile.from_)} on were agreed anew{why}."


def _because(reference: str | None, reason: str | None) -> str:
    said = ", ".join(text for text in (reference, reason) if text)
    return f" ({said})" if said else ""


def _rate(grant: Grant) -> Iterator[str]:
    if grant.payments.rate is not None and grant.payments.basis == "cost":
        yield f"The funder pays {grant.payments.rate.text} of the cost."


def _periods(grant: Grant) -> Iterator[str]:
    """Where periods begin, and how a year is shared over them."""
    payments = grant.payments
    names = _PERIODS[payments.frequency]
    if payments.quarters == "calendar" and payments.frequency != "monthly":
        yield f"Periods are {names} of the calendar year."
    elif payments.quarters == "financial" and (payments.frequency != "monthly" or grant.financial_year_starts != APRIL):
        start = grant.financial_year_starts
        yield f"Periods are {names} of the financial year from {day_and_month(start.day, start.month)}."
    if payments.basis == "stated":
        return
    if payments.share == "days":
        yield "Each period is paid by its share of the days."
    elif any(one.period is not None and one.weight != payments.months for one in slices(grant)):
        yield "Part periods are shared by months, odd days as a share of their month."


def _odd_amounts(account: Account) -> Iterator[str]:
    """Where the odd penny or pound goes, if an amount does not divide."""
    payments = account.grant.payments
    unit = "pound" if payments.rounding == "pounds" else "penny"
    if not _leaves_odd_amounts(account):
        return
    of = "the grant" if payments.basis == "award" else "each year"
    if payments.remainder == "spread":
        yield f"The payments of {of} make at every date what is due by then, to the nearest {unit}."
    else:
        yield f"The odd {unit} goes to the {payments.remainder} payment of {of}."


def _leaves_odd_amounts(account: Account) -> bool:
    """Whether what is shared over the periods does not come out in whole units."""
    grant, found = account.grant, account.slices
    if grant.payments.basis == "stated":
        return False
    if grant.payments.basis == "award":
        shared = [(award_in_force(grant), list(found))]
    else:
        shared = [(payable_cost(grant, year.total), of_year(found, year.year)) for year in account.totals.years]
    unit = Fraction(POUND if grant.payments.rounding == "pounds" else PENNY)
    for amount, parts in shared:
        whole = sum((one.weight for one in parts), Fraction(0))
        if amount is not None and any((Fraction(amount) * one.weight / whole) % unit for one in parts):
            return True
    return False


def _one_off_payments(grant: Grant) -> Iterator[str]:
    """What is paid before or after its period."""
    payments = grant.payments
    if payments.up_front is not None and payments.up_front.payments is not None:
        number = payments.up_front.payments
        yield f"The first {'payment' if number == 1 else f'{number} payments'} may be asked for at the start."
    elif payments.up_front is not None:
        yield f"{_portion(payments.up_front)} is paid up front, and taken off the later payments in proportion."
    if payments.retention is not None:
        yield f"{payments.retention.text} of each payment is held back until the final payment."
    if payments.final_payment is not None:
        yield f"{_portion(payments.final_payment)} is held back until the final payment."
    ceilings = grant.award_by_financial_year or any(year.award is not None for year in grant.years)
    if payments.carry_forward == "yes" and ceilings:
        yield "What a year leaves of its award is added to the next one's."


def _portion(portion: Portion) -> str:
    return pounds(portion.amount.value) if portion.amount is not None else f"{portion.text} of the grant"


def _working_days(grant: Grant) -> Iterator[str]:
    """Whose bank holidays are left out, if a rule counts working days."""
    payments = grant.payments
    rules = (payments.invoice, payments.claim_by, payments.payment_due, payments.final_claim)
    if any(rule is not None and rule.kind is RuleKind.WORKING_DAYS for rule in rules):
        nation = _NATIONS[Nation(payments.bank_holidays)]
        own = len(payments.extra_days_off)
        left_out = [
            "weekends",
            f"the bank holidays of {nation}",
            *([f"{counted(own, 'other day')} off"] if own else []),
        ]
        yield f"Working days leave out {listed(left_out)}."
