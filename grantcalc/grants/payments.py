"""Instalments: what is paid for each period, up front and at the end, so that all of it makes what it must."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.accruals import in_pence, incurred_to
from grantcalc.grants.ceilings import Ceiling, award_in_force, let_through, reached
from grantcalc.grants.net_income import net_of_income
from grantcalc.grants.periods import Period
from grantcalc.grants.profiles import incurred_shares, over_periods, reprofiled, shares_over, unfitting_profiles
from grantcalc.grants.schedule import Slice, by_period, of_year
from grantcalc.grants.terms import Terms, settle, terms_of
from grantcalc.money import PENNY, ZERO, add, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.ceilings import Allowed
    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.totals import Totals, YearTotals


class Kind(StrEnum):
    """What a payment is for."""

    PERIOD = "period"
    UP_FRONT = "up front"
    FINAL = "final"


class Share(NamedTuple):
    """What of a payment belongs to one year.

    Attributes:
        year: the name of the year.
        amount: in pounds.
        cut: by how much it is lower than planned, because a ceiling is reached; below zero where an amount that
            was held back by a ceiling is paid later.
    """

    year: str
    amount: Decimal
    cut: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment.

    Attributes:
        kind: whether it is for a period, up front or at the end.
        period: what it pays for; None where the grant has no dates, and where it pays for no one period.
        shares: what of it belongs to each year.
        recovered: what of a payment up front is taken off it.
        held: what of it is held back until the final payment.
        ceiling: the award that cuts it; None where none does.
    """

    kind: Kind
    period: Period | None
    shares: tuple[Share, ...]
    recovered: Decimal = ZERO
    held: Decimal = ZERO
    ceiling: Ceiling | None = None

    @property
    def year(self) -> str:
        """The year that it belongs to, or all of them."""
        return ", ".join(share.year for share in self.shares)

    @property
    def amount(self) -> Decimal:
        """What is paid, in pounds."""
        return add(share.amount for share in self.shares)

    @property
    def before_terms(self) -> Decimal:
        """What is due for the period, before what was paid up front and what is held back are taken off."""
        return self.amount + self.recovered + self.held

    @property
    def made_of(self) -> tuple[Decimal, Decimal, Decimal]:
        """What makes its amount: what is due for its period; paid up front or given back; held back or released."""
        match self.kind:
            case Kind.UP_FRONT:
                return ZERO, self.amount, ZERO
            case Kind.FINAL:
                return ZERO, ZERO, self.amount
            case Kind.PERIOD:
                return self.before_terms, -self.recovered, -self.held

    @property
    def cut(self) -> Decimal:
        """By how much it is lower than planned, because a ceiling is reached."""
        return add(share.cut for share in self.shares)


def shares_of(instalments: Sequence[Instalment], year: str, *kinds: Kind) -> list[Share]:
    """What of each payment belongs to a year, in order; of some kinds of payment, or of all."""
    return [
        share
        for instalment in instalments
        if not kinds or instalment.kind in kinds
        for share in instalment.shares
        if share.year == year
    ]


def unscheduled(grant: Grant) -> list[tuple[str, tuple[str | int, ...]]]:
    """Why the payments of a grant cannot be worked out, and the routes of the keys in question."""
    if grant.payments.basis == "award" and award_in_force(grant) is None:
        return [("payments are a share of the award, but no award is given", ("payments", "basis"))]
    if grant.payments.basis == "stated":
        return [
            (
                f"payments are invoiced as stated, but {year.year or 'the grant'} states no payment",
                _year_keys(year, at),
            )
            for at, year in enumerate(grant.named_years)
            if "payment" not in _stated(grant, year)
        ]
    return list(unfitting_profiles(grant))


def undated(grant: Grant) -> list[tuple[str, tuple[str | int, ...]]]:
    """Which years have no dates, so that no invoice can be dated, and their routes."""
    return [
        (f"{year.year or 'the grant'} has no dates", _year_keys(year, at))
        for at, year in enumerate(grant.named_years)
        if year.period is None
    ]


def _year_keys(year: Year, at: int) -> tuple[str | int, ...]:
    return ("years", at) if year.year else ()


def _stated(grant: Grant, year: Year) -> dict[str, Decimal]:
    """What a year states; a grant without years states it itself."""
    figures = year.stated if grant.years else grant.stated
    return {key: figure.value for key, figure in figures.items()}


def instalments(grant: Grant, totals: Totals, found: Sequence[Slice]) -> tuple[Instalment, ...]:
    """Divide the basis of payment over the grant's periods, by the terms of its agreement.

    All payments together make the lower of their basis (of costs, the rate that the funder pays) and the
    ceilings, to the penny. Empty where `unscheduled` gives a reason.

    Args:
        grant: the grant.
        totals: what it costs.
        found: its slices, in order.
    """
    if unscheduled(grant):
        return ()
    wanted = planned(grant, totals, found)
    allowed = list(let_through(grant, found, wanted))
    terms = terms_of(grant, found, wanted)
    return assemble(grant, found, wanted, allowed, terms)


def planned(grant: Grant, totals: Totals, found: Sequence[Slice]) -> list[Decimal]:
    """What is to be paid for each slice, before any ceiling."""
    if grant.payments.basis == "award":
        amounts = _by_award(grant, found)
    elif grant.payments.basis == "stated":
        amounts = [
            plain(round_half_up(_stated(grant, year.year)["payment"], PENNY))
            for year in totals.years
            for _ in of_year(found, year.year)
        ]
    else:
        amounts = net_of_income(by_cost(grant, totals, found))
    for profile in sorted(grant.reprofiled, key=lambda one: one.from_):
        amounts = reprofiled(grant, profile, found, amounts)
    return amounts


def payable_cost(grant: Grant, cost: Decimal) -> Decimal:
    """What the funder pays of a cost, to the penny: all of it, or its rate; below zero of income above cost."""
    return plain(round_half_up(Fraction(cost) * funded_share(grant), PENNY))


def funded_share(grant: Grant) -> Fraction:
    """Which share of the cost the funder pays: the rate, or all of it."""
    rate = grant.payments.rate
    return rate.share if rate is not None and rate.share is not None else Fraction(1)


def payable_in_all(grant: Grant, totals: Totals) -> Decimal:
    """What the funder would pay of all costs, were there no ceiling: income of one year is taken off the others."""
    return max(add(payable_cost(grant, year.total) for year in totals.years), ZERO)


def by_cost(grant: Grant, totals: Totals, found: Sequence[Slice]) -> list[Decimal]:
    """What the funder is planned to pay of each year's cost, divided over its periods as `payments: profile` says.

    Amounts are below zero where income is above cost.
    """
    if grant.payments.profile == "incurred":
        return as_incurred(grant, totals, found)
    amounts: list[Decimal] = []
    for year in totals.years:
        weights = [one.weight for one in of_year(found, year.year)]
        amounts += shares_over(grant, payable_cost(grant, year.total), weights)
    return amounts


def as_incurred(grant: Grant, totals: Totals, found: Sequence[Slice]) -> list[Decimal]:
    """What the funder pays of each year's cost, divided over its periods by the cost that is incurred in each.

    Where nothing of a year has days of its own, that is by the length of the periods. Amounts are below zero where
    income is above cost.
    """
    amounts: list[Decimal] = []
    for year in totals.years:
        payable = payable_cost(grant, year.total)
        amounts += incurred_shares(grant, payable, incurred_in(grant, year, of_year(found, year.year)))
    return amounts


def payable_to(grant: Grant, totals: Totals, day: date) -> Decimal:
    """What the funder pays of all cost that is incurred to the end of a day, in pounds, to the penny."""
    due = Fraction(0)
    for year in totals.years:
        incurred = sum(incurred_to(grant, year, day).values())
        payable = Fraction(payable_cost(grant, year.total))
        due += incurred * payable / Fraction(year.total) if year.total else incurred * funded_share(grant)
    return plain(round_half_up(due, PENNY))


def incurred_in(grant: Grant, year: YearTotals, found: Sequence[Slice]) -> list[Fraction]:
    """How a year's cost falls on its slices: what each costs the funder, in pounds, by its days; else its length."""
    if not year.stretches:
        return [one.weight for one in found]
    share = funded_share(grant)
    ends = [one.period.ends for one in found if one.period is not None]
    due = [Fraction(add(in_pence(incurred_to(grant, year, day)).values())) * share for day in ends]
    return [upper - lower for lower, upper in pairwise([Fraction(0), *due])]


def _by_award(grant: Grant, found: Sequence[Slice]) -> list[Decimal]:
    """The award divided over all periods, and each variation over those that end on or after its date."""
    varied = add(variation.amount.value for variation in grant.variations)
    amounts = over_periods(grant, (award_in_force(grant) or ZERO) - varied, found)
    for variation in grant.variations:
        later = [one for one in found if one.period is None or one.period.ends >= variation.date]
        changed = dict(zip(map(id, later), over_periods(grant, variation.amount.value, later), strict=True))
        amounts = [amount + changed.get(id(one), ZERO) for one, amount in zip(found, amounts, strict=True)]
    return amounts


def assemble(
    grant: Grant,
    found: Sequence[Slice],
    wanted: Sequence[Decimal],
    allowed: Sequence[Allowed],
    terms: Terms,
) -> tuple[Instalment, ...]:
    """Instalments of what ceilings let through for slices: up front, for each period, and at the end."""
    settled = list(settle(grant, [one.amount for one in allowed], terms))
    periods = []
    for places in by_period(found):
        shares = [Share(found[at].year, settled[at].paid, wanted[at] - allowed[at].amount) for at in places]
        dates = [found[at].period for at in places]
        recovered, held = add(terms.recovered[at] for at in places), add(settled[at].held for at in places)
        ceiling = reached(allowed, places)
        periods.append(Instalment(Kind.PERIOD, _joined(dates), tuple(shares), recovered, held, ceiling))
    return (
        *_in_all(Kind.UP_FRONT, (Share(one.year, part) for one, part in zip(found, terms.recovered, strict=True))),
        *periods,
        *_in_all(Kind.FINAL, (Share(one.year, part.held, part.lost) for one, part in zip(found, settled, strict=True))),
    )


def _joined(dates: Sequence[Period | None]) -> Period | None:
    first, last = dates[0], dates[-1]
    return Period(first.starts, last.ends) if first is not None and last is not None else None


def _in_all(kind: Kind, shares: Iterable[Share]) -> Iterator[Instalment]:
    """One payment of the shares that slices give to it, by year; none where they give nothing."""
    by_year: dict[str, Share] = {}
    for one in shares:
        so_far = by_year.get(one.year, Share(one.year, ZERO))
        by_year[one.year] = Share(one.year, so_far.amount + one.amount, so_far.cut + one.cut)
    if any(share.amount or share.cut for share in by_year.values()):
        # What was held back is lost to an award that was lowered since: that of the whole grant.
        ceiling = Ceiling() if any(share.cut for share in by_year.values()) else None
        yield Instalment(kind, None, tuple(by_year.values()), ceiling=ceiling)
