"""What the terms of an agreement make of claims: the steps of the payments, taken with what was claimed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.ceilings import within_ceilings
from grantcalc.grants.claimed import cash, gives_costs
from grantcalc.grants.net_income import off_earlier, off_later
from grantcalc.grants.payments import Kind, as_incurred, funded_share, planned
from grantcalc.grants.schedule import Slice, by_period
from grantcalc.grants.terms import Terms, settle, terms_of
from grantcalc.money import PENNY, ZERO, Remainder, add, plain, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.claim import Claim, Disallowed
    from grantcalc.grants.invoices import Invoice
    from grantcalc.grants.model import Grant


@dataclass(frozen=True, slots=True)
class Plan:
    """What was agreed: the terms, and which slices of the grant's years each invoice pays for.

    Attributes:
        grant: the grant.
        schedule: its planned payments.
        found: its slices, in order.
        wanted: what is planned to be paid for each, before any ceiling.
        weights: what each is planned to cost the funder, by which a claim is divided over years: where claims are
            paid by cost, what is incurred in each, else what is wanted.
        expected: what is expected to be earned for each: the same before income above cost is taken off what is
            paid later.
        moved: what is taken off each because of income above cost that is planned for later, as below zero, and
            given back where that income falls; together nothing.
        terms: when money moves that is not paid for the period in which it is due.
        periods: the slices that each invoice pays for, by its number.
    """

    grant: Grant
    schedule: Sequence[Invoice]
    found: Sequence[Slice]
    wanted: Sequence[Decimal]
    weights: Sequence[Decimal]
    expected: Sequence[Decimal]
    moved: Sequence[Decimal]
    terms: Terms
    periods: Mapping[int, Sequence[int]]


def plan_of(account: Account, schedule: Sequence[Invoice]) -> Plan:
    """What a grant's agreement plans, and which invoice pays for which part of it."""
    grant = account.grant
    found = account.slices
    wanted = planned(grant, account.totals, found)
    terms = terms_of(grant, found, wanted)
    numbers = [invoice.number for invoice in schedule if invoice.instalment.kind is Kind.PERIOD]
    weights, expected, moved = wanted, wanted, [ZERO] * len(found)
    if grant.payments.basis == "cost":
        costs = as_incurred(grant, account.totals, found)
        moved = off_earlier(costs)
        if not grant.reprofiled:
            expected = [cost + part for cost, part in zip(costs, moved, strict=True)]
            weights = off_later(expected)
    periods = dict(zip(numbers, by_period(found), strict=True))
    return Plan(grant, schedule, found, wanted, weights, expected, moved, terms, periods)


class Refusal(NamedTuple):
    """What of a claim the funder does not pay because costs were disallowed, in all, from a day on; None: at once."""

    day: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Funded:
    """What the terms of the agreement make of claims, by the numbers of the invoices.

    Attributes:
        shares: the funder's share of the costs that each claim asks for, less what was disallowed, to the penny; or
            what is planned, where payments are fixed.
        entitled: what each claim comes to.
        refused: by how much more it would come to if nothing of it were disallowed, from each day on that changes it.
        over_ceiling: what of the funder's share of its costs the ceilings do not let through.
        earned: what the funder pays for the cost of each period, claimed or planned, whenever that is paid, by year.
        forecast: what will be paid for each invoice.
        settlements: what each claim comes to by year, and what is taken off it.
    """

    shares: Mapping[int, Decimal]
    entitled: Mapping[int, Decimal]
    refused: Mapping[int, Sequence[Refusal]]
    over_ceiling: Mapping[int, Decimal]
    earned: Mapping[int, Mapping[str, Decimal]]
    forecast: Mapping[int, Decimal]
    settlements: Mapping[int, Settlement]


def fund(plan: Plan, claims: Mapping[int, Claim]) -> Funded:
    """Apply the terms to what was claimed, and to what was claimed or drafted and is still planned."""
    claimed, expected = [ZERO] * len(plan.found), list(plan.expected)
    shares: dict[int, Decimal] = {}
    for number, places in plan.periods.items():
        claim = claims.get(number)
        if claim is None:
            continue
        parts = _shares(plan, claim, places)
        shares[number] = add(parts)
        for at, share in zip(places, _with_moved(plan, places, parts), strict=True):
            claimed[at] = share
            expected[at] = share if gives_costs(claim) else expected[at]
    due = off_later(claimed)
    payable = within_ceilings(plan.grant, plan.found, due)
    settlements = _settled(plan, payable)
    entitled = {number: one.paid for number, one in settlements.items()}
    to_come = within_ceilings(plan.grant, plan.found, off_later(expected))
    disallowed = [number for number in plan.periods if number in claims and claims[number].disallowed]
    return Funded(
        shares,
        entitled,
        {number: tuple(_refusals(plan, claims[number], number, claimed)) for number in disallowed},
        {number: max(add(due[at] - payable[at] for at in places), ZERO) for number, places in plan.periods.items()},
        {number: _by_year(plan, places, to_come) for number, places in plan.periods.items()},
        {number: one.paid for number, one in _settled(plan, to_come).items()},
        settlements,
    )


def _refusals(plan: Plan, claim: Claim, number: int, claimed: Sequence[Decimal]) -> Iterator[Refusal]:
    """What of a claim is not paid because costs were disallowed: at first, then from each day on."""
    in_full = _comes_to(plan, claim, number, claimed, ())
    days = sorted({one.date for one in claim.disallowed if one.date is not None})
    for day in (None, *days):
        known = [one for one in claim.disallowed if one.date is None or (day is not None and one.date <= day)]
        yield Refusal(day, max(in_full - _comes_to(plan, claim, number, claimed, known), ZERO))


def _comes_to(
    plan: Plan, claim: Claim, number: int, claimed: Sequence[Decimal], disallowed: Sequence[Disallowed]
) -> Decimal:
    """What a claim would come to if that much of it were disallowed, beside all others as they are."""
    whole, places = list(claimed), plan.periods[number]
    as_it_was = claim.model_copy(update={"disallowed": tuple(disallowed)})
    for at, share in zip(places, _with_moved(plan, places, _shares(plan, as_it_was, places)), strict=True):
        whole[at] = share
    return _settled(plan, within_ceilings(plan.grant, plan.found, off_later(whole)))[number].paid


def _shares(plan: Plan, claim: Claim, places: Sequence[int]) -> list[Decimal]:
    """The funder's share of what a claim asks for, over the years that its period lies in, by what is planned for each.

    Where payments are fixed, as shares of the award or as stated, a claim that gives no costs is for the planned one.
    """
    fixed = plan.grant.payments.basis != "cost" and not gives_costs(claim)
    planned = [plan.wanted[at] if fixed else ZERO for at in places]
    disallowed = add(one.amount.value for one in claim.disallowed)
    funded = Fraction(cash(claim) - disallowed) * funded_share(plan.grant)
    weights = [Fraction(max(plan.weights[at], ZERO)) for at in places]
    weights = weights if any(weights) else [plan.found[at].weight for at in places]
    shares = share_out(plain(round_half_up(funded, PENNY)), weights, PENNY, Remainder.LAST)
    return [fixed_part + share for fixed_part, share in zip(planned, shares, strict=True)]


def _with_moved(plan: Plan, places: Sequence[int], shares: Sequence[Decimal]) -> list[Decimal]:
    """Shares of a claim with what the plan takes off because of income to come, and gives back where that falls.

    So all claims together make the funder's share of all costs, whatever the income then is.
    """
    return [share + plan.moved[at] for at, share in zip(places, shares, strict=True)]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is paid for an invoice, by year, and what is taken off it.

    Attributes:
        by_year: what is paid for it.
        recovered: what it gives back of what was paid up front; below zero of the payment up front itself.
        held: what of it is held back until the final payment; below zero of the final payment, which pays that.
    """

    by_year: Mapping[str, Decimal]
    recovered: Decimal = ZERO
    held: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        """What is paid in all years."""
        return add(self.by_year.values())


def _settled(plan: Plan, payable: Sequence[Decimal]) -> dict[int, Settlement]:
    """What is paid for each invoice of what is payable for slices."""
    settled = list(settle(plan.grant, payable, plan.terms))
    everywhere = range(len(plan.found))
    found = {}
    for invoice in plan.schedule:
        if invoice.instalment.kind is Kind.UP_FRONT:
            by_year = _by_year(plan, everywhere, plan.terms.recovered)
            found[invoice.number] = Settlement(by_year, recovered=-add(by_year.values()))
        elif invoice.instalment.kind is Kind.FINAL:
            by_year = _by_year(plan, everywhere, [one.held for one in settled])
            found[invoice.number] = Settlement(by_year, held=-add(by_year.values()))
        else:
            places = plan.periods[invoice.number]
            found[invoice.number] = Settlement(
                _by_year(plan, places, [one.paid for one in settled]),
                add(plan.terms.recovered[at] for at in places),
                add(settled[at].held for at in places),
            )
    return found


def _by_year(plan: Plan, places: Iterable[int], amounts: Sequence[Decimal]) -> dict[str, Decimal]:
    """Amounts of some slices, by their years."""
    found: dict[str, Decimal] = {}
    for at in places:
        year = plan.found[at].year
        found[year] = found.get(year, ZERO) + amounts[at]
    return found
