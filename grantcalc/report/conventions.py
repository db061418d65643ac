"""The conventions that made a schedule's amounts and dates, named where they matter.

Two agreements with the same words can mean different pennies. So what is said here is which of several usual ways was
taken: nothing where every way gives the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grantcalc.grants.accruals import has_days
from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.deadlines import RuleKind
from grantcalc.grants.payments import as_incurred, by_cost, incurred_in, payable_cost
from grantcalc.grants.periods import APRIL
from grantcalc.grants.schedule import of_year, slices
from grantcalc.grants.workdays import Nation
from grantcalc.money import PENNY, POUND, add, pounds
from grantcalc.wording import counted, day_and_month, listed, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grantcalc.grants.account import Account
    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant
    from grantcalc.grants.schedule import Slice
    from grantcalc.grants.totals import YearTotals

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
        *_periods(account),
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


def _periods(account: Account) -> Iterator[str]:
    """Where periods begin, and how a year is shared over them."""
    grant, payments = account.grant, account.grant.payments
    names = _PERIODS[payments.frequency]
    if payments.quarters == "calendar" and payments.frequency != "monthly":
        yield f"Periods are {names} of the calendar year."
    elif payments.quarters == "financial" and (payments.frequency != "monthly" or grant.financial_year_starts != APRIL):
        start = grant.financial_year_starts
        yield f"Periods are {names} of the financial year from {day_and_month(start.day, start.month)}."
    if payments.basis == "stated":
        return
    dated = payments.basis == "cost" and has_days(account.totals)
    if dated and payments.profile == "incurred":
        yield "Each period is paid for what is planned to be incurred in it."
        yield "Posts costed from pay are incurred on their days in post, at the rates of these days."
        yield f"All else of a year is incurred evenly, by {payments.share}."
        return
    if payments.share == "days":
        yield "Each period is paid by its share of the days."
    elif any(one.period is not None and one.weight != payments.months for one in slices(grant)):
        yield "Part periods are shared by months, odd days as a share of their month."
    if dated and not _is_even(account):
        yield "Each year's cost is divided evenly over its periods, though its posts do not cost the same in each."


def _is_even(account: Account) -> bool:
    """Whether all periods of a year cost the same for their length, so that both profiles make the same payments."""
    grant, found = account.grant, slices(account.grant)
    return by_cost(grant, account.totals, found) == as_incurred(grant, account.totals, found)


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
        shared = [(award_in_force(grant), [one.weight for one in found])]
    else:
        shared = [(payable_cost(grant, year.total), _weights(grant, year, found)) for year in account.totals.years]
    unit = Fraction(POUND if grant.payments.rounding == "pounds" else PENNY)
    for amount, weights in shared:
        whole = sum(weights, Fraction(0))
        if amount and whole and any((Fraction(amount) * weight / whole) % unit for weight in weights):
            return True
    return False


def _weights(grant: Grant, year: YearTotals, found: Sequence[Slice]) -> list[Fraction]:
    """By what a year is shared over its periods."""
    of = of_year(found, year.year)
    return incurred_in(grant, year, of) if grant.payments.profile == "incurred" else [one.weight for one in of]


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
