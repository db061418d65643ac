"""Instalments: what is paid for each period, up front and at the end, so that all of it makes what it must."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.ceilings import award_in_force, within_ceilings
from grantcalc.grants.periods import Period
from grantcalc.grants.schedule import Slice, by_period, of_year, slices
from grantcalc.money import PENNY, POUND, ZERO, Remainder, add, plain, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.agreement import Reprofile
    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.totals import Totals


class Kind(StrEnum):
    """What a payment is for."""

    PERIOD = "period"
    UP_FRONT = "up front"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Share:
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
    """

    kind: Kind
    period: Period | None
    shares: tuple[Share, ...]

    @property
    def year(self) -> str:
        """The year that it belongs to, or all of them."""
        return ", ".join(share.year for share in self.shares)

    @property
    def amount(self) -> Decimal:
        """What is paid, in pounds."""
        return add(share.amount for share in self.shares)

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
    return list(_unfitting_profiles(grant))


def _unfitting_profiles(grant: Grant) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Schedules agreed anew that have another number of amounts than there are periods."""
    found = slices(grant)
    for at, profile in enumerate(grant.reprofiled):
        count = len(_from(profile, found))
        if not count:
            yield f"no period begins on or after {profile.from_.isoformat()}", ("reprofiled", at, "from")
        elif profile.amounts and len(profile.amounts) != count:
            given = len(profile.amounts)
            message = f"{given} amounts are given for the {count} periods from {profile.from_.isoformat()} on"
            yield message, ("reprofiled", at, "amounts")


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


def instalments(grant: Grant, totals: Totals) -> tuple[Instalment, ...]:
    """Divide the basis of payment over the grant's periods, by the terms of its agreement.

    All payments together make the lower of their basis (of costs, the rate that the funder pays) and the
    ceilings, to the penny. Empty where `unscheduled` gives a reason.
    """
    if unscheduled(grant):
        return ()
    found = slices(grant)
    wanted = planned(grant, totals, found)
    payable = within_ceilings(grant, found, wanted)
    terms = terms_of(grant, payable)
    return assemble(grant, found, wanted, payable, terms)


def planned(grant: Grant, totals: Totals, found: Sequence[Slice]) -> list[Decimal]:
    """What is to be paid for each slice, before any ceiling."""
    amounts = _by_award(grant, found) if grant.payments.basis == "award" else _by_year(grant, totals, found)
    for profile in sorted(grant.reprofiled, key=lambda one: one.from_):
        amounts = _reprofiled(grant, profile, found, amounts)
    return amounts


def payable_cost(grant: Grant, cost: Decimal) -> Decimal:
    """What the funder pays of a cost, to the penny: all of it, or its rate; nothing of income above cost."""
    return plain(round_half_up(Fraction(max(cost, ZERO)) * funded_share(grant), PENNY))


def funded_share(grant: Grant) -> Fraction:
    """Which share of the cost the funder pays: the rate, or all of it."""
    rate = grant.payments.rate
    return rate.share if rate is not None and rate.share is not None else Fraction(1)


def _by_year(grant: Grant, totals: Totals, found: Sequence[Slice]) -> list[Decimal]:
    """Each year's cost divided over its periods, or its stated payment for each of them."""
    amounts: list[Decimal] = []
    for year in totals.years:
        weights = [one.weight for one in of_year(found, year.year)]
        if grant.payments.basis == "stated":
            amounts += [plain(round_half_up(_stated(grant, year.year)["payment"], PENNY))] * len(weights)
        else:
            amounts += _shares(grant, payable_cost(grant, year.total), weights)
    return amounts


def _by_award(grant: Grant, found: Sequence[Slice]) -> list[Decimal]:
    """The award divided over all periods, and each variation over those that end on or after its date."""
    varied = add(variation.amount.value for variation in grant.variations)
    amounts = _over_periods(grant, (award_in_force(grant) or ZERO) - varied, found)
    for variation in grant.variations:
        later = [one for one in found if one.period is None or one.period.ends >= variation.date]
        changed = dict(zip(map(id, later), _over_periods(grant, variation.amount.value, later), strict=True))
        amounts = [amount + changed.get(id(one), ZERO) for one, amount in zip(found, amounts, strict=True)]
    return amounts


def _over_periods(grant: Grant, total: Decimal, found: Sequence[Slice]) -> list[Decimal]:
    """An amount divided over periods by their length, and each period's share over its slices."""
    periods = list(by_period(found))
    shares = _shares(grant, total, [sum((found[at].weight for at in period), Fraction(0)) for period in periods])
    return _over_slices(periods, shares, found)


def _over_slices(periods: Sequence[Sequence[int]], shares: Sequence[Decimal], found: Sequence[Slice]) -> list[Decimal]:
    return [
        part
        for period, share in zip(periods, shares, strict=True)
        for part in share_out(share, [found[at].weight for at in period], PENNY, Remainder.LAST)
    ]


def _shares(grant: Grant, total: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    return share_out(total, weights, _unit(grant), grant.payments.share_remainder)


def _unit(grant: Grant) -> Decimal:
    return POUND if grant.payments.rounding == "pounds" else PENNY


def _from(profile: Reprofile, found: Sequence[Slice]) -> list[list[int]]:
    """The periods that begin on the date of a new profile or later."""
    return [
        period
        for period in by_period(found)
        if (dates := found[period[0]].period) is not None and dates.starts >= profile.from_
    ]


def _reprofiled(grant: Grant, profile: Reprofile, found: Sequence[Slice], amounts: Sequence[Decimal]) -> list[Decimal]:
    """The amounts with those from a date on agreed anew, or what is left divided over these periods."""
    places = [at for period in _from(profile, found) for at in period]
    later = [found[at] for at in places]
    before = add(amount for at, amount in enumerate(amounts) if at not in places)
    if profile.amounts:
        agreed = _over_slices(list(by_period(later)), [one.value for one in profile.amounts], later)
    else:
        agreed = _over_periods(grant, max(_within_award(grant, add(amounts)) - before, ZERO), later)
    anew = dict(zip(places, agreed, strict=True))
    return [anew.get(at, amount) for at, amount in enumerate(amounts)]


@dataclass(frozen=True, slots=True)
class Terms:
    """When money moves that is not paid for the period in which it is due.

    Attributes:
        recovered: what each slice gives back of a payment up front.
        retention: which share of each payment is held back.
        cap: how much is paid before the final payment; None where no final payment is agreed.
        awards: the award in force when each slice ends, above which what was paid up front and for periods cannot
            come; None where there is no award.
    """

    recovered: tuple[Decimal, ...]
    awards: tuple[Decimal | None, ...]
    retention: Fraction = Fraction(0)
    cap: Decimal | None = None


def terms_of(grant: Grant, payable: Sequence[Decimal]) -> Terms:
    """The terms of a grant's agreement in pounds, worked out once from the planned payments of its slices.

    What is paid up front is a portion of no more than the award on the first day: later variations do not change it.
    """
    total = add(payable)
    periods = [one.period for one in slices(grant)]
    first = min((period.starts for period in periods if period is not None), default=None)
    up_front = _portion(grant, grant.payments.up_front, _within_award(grant, total, first))
    unit = POUND if all(amount == amount.to_integral_value() for amount in (up_front, *payable)) else PENNY
    final = grant.payments.final_payment
    retention = grant.payments.retention
    return Terms(
        tuple(share_out(up_front, [Fraction(amount) for amount in payable], unit, Remainder.SPREAD)),
        tuple(award_in_force(grant, period.ends if period else None) for period in periods),
        retention.share if retention is not None and retention.share is not None else Fraction(0),
        total - _portion(grant, final, total) if final is not None else None,
    )


def _within_award(grant: Grant, amount: Decimal, day: date | None = None) -> Decimal:
    """An amount, or the award on a day where that is less; without a day, the award with all its variations."""
    offered = award_in_force(grant, day)
    return amount if offered is None else min(amount, max(offered, ZERO))


def _portion(grant: Grant, portion: Portion | None, total: Decimal) -> Decimal:
    """A portion of all payments in pounds, and no more than all."""
    if portion is None or portion.payments is not None:
        return ZERO
    if portion.amount is not None:
        return min(portion.amount, total)
    return min(plain(round_half_up(Fraction(total) * (portion.share or 0), _unit(grant))), total)


@dataclass(frozen=True, slots=True)
class Settled:
    """What is paid for a slice when it is due, what of it is held back until the end, and what is then not paid."""

    paid: Decimal
    held: Decimal
    lost: Decimal = ZERO


def settle(grant: Grant, payable: Sequence[Decimal], terms: Terms) -> Iterator[Settled]:
    """Take from amounts what was paid up front, and hold back what is to be paid at the end.

    What was held back is lost where the award was lowered since, and leaves no room for it.
    """
    due = list(_when_due(grant, payable, terms))
    award = terms.awards[-1] if terms.awards else None
    paid = add([*terms.recovered, *(one.paid for one in due)])
    left = add(one.held for one in due) if award is None else max(award - paid, ZERO)
    for one in due:
        held = min(one.held, left)
        left -= held
        yield Settled(one.paid, held, one.held - held)


def _when_due(grant: Grant, payable: Sequence[Decimal], terms: Terms) -> Iterator[Settled]:
    owed = ZERO
    so_far = add(terms.recovered)
    for amount, recovered, award in zip(payable, terms.recovered, terms.awards, strict=True):
        owed += amount - recovered
        due = max(owed if award is None else min(owed, award - so_far), ZERO)
        owed -= due
        held = min(plain(round_half_up(Fraction(due) * terms.retention, _unit(grant))), due)
        if terms.cap is not None:
            held = due - min(due, max(terms.cap - so_far, ZERO))
        so_far += due - held
        yield Settled(due - held, held)


def assemble(
    grant: Grant,
    found: Sequence[Slice],
    wanted: Sequence[Decimal],
    payable: Sequence[Decimal],
    terms: Terms,
) -> tuple[Instalment, ...]:
    """Instalments of what is payable for slices: up front, for each period, and at the end."""
    settled = list(settle(grant, payable, terms))
    periods = []
    for places in by_period(found):
        shares = [Share(found[at].year, settled[at].paid, wanted[at] - payable[at]) for at in places]
        dates = [found[at].period for at in places]
        periods.append(Instalment(Kind.PERIOD, _joined(dates), tuple(shares)))
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
        yield Instalment(kind, None, tuple(by_year.values()))
