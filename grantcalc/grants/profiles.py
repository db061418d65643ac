"""Amounts divided over periods, and schedules that were agreed anew from a date on."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from grantcalc.grants.ceilings import within_award
from grantcalc.grants.schedule import by_period, slices
from grantcalc.money import EXACT, PENNY, ZERO, Remainder, add, round_half_up, share_out
from grantcalc.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.model import Grant
    from grantcalc.grants.schedule import Slice
    from grantcalc.grants.variations import Reprofile


def shares_over(grant: Grant, total: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """An amount divided by weights, to the unit and with the remainder of the grant's payments."""
    return share_out(total, weights, grant.payments.unit, grant.payments.share_remainder)


def incurred_shares(grant: Grant, total: Decimal, costs: Sequence[Fraction]) -> list[Decimal]:
    """An amount divided by costs of which some may be below zero, to the unit of the grant's payments.

    Where all have one sign, the remainder goes where `payments: remainder` says; else the amounts make at every date
    what is due by then, rounded half up to the unit.
    """
    if all(cost >= 0 for cost in costs) or all(cost <= 0 for cost in costs):
        return shares_over(grant, total, [abs(cost) for cost in costs])
    whole = sum(costs, Fraction(0))
    scale = Fraction(total) / whole if whole else Fraction(1)
    unit = grant.payments.unit
    ends = [*(round_half_up(due * scale, unit) for due in accumulate(costs[:-1])), total]
    return [EXACT.subtract(upper, lower) for lower, upper in pairwise([ZERO, *ends])]


def over_periods(grant: Grant, total: Decimal, found: Sequence[Slice]) -> list[Decimal]:
    """An amount divided over periods by their length, and each period's share over its slices."""
    periods = list(by_period(found))
    shares = shares_over(grant, total, [sum((found[at].weight for at in period), Fraction(0)) for period in periods])
    return _over_slices(periods, shares, found)


def _over_slices(periods: Sequence[Sequence[int]], shares: Sequence[Decimal], found: Sequence[Slice]) -> list[Decimal]:
    return [
        part
        for period, share in zip(periods, shares, strict=True)
        for part in share_out(share, [found[at].weight for at in period], PENNY, Remainder.LAST)
    ]


def reprofiled(grant: Grant, profile: Reprofile, found: Sequence[Slice], amounts: Sequence[Decimal]) -> list[Decimal]:
    """The amounts with those from a date on agreed anew, or what is left divided over these periods."""
    places = [at for period in _from(profile, found) for at in period]
    later = [found[at] for at in places]
    before = add(amount for at, amount in enumerate(amounts) if at not in places)
    if profile.amounts:
        agreed = _over_slices(list(by_period(later)), [one.value for one in profile.amounts], later)
    else:
        agreed = over_periods(grant, max(within_award(grant, add(amounts)) - before, ZERO), later)
    anew = dict(zip(places, agreed, strict=True))
    return [anew.get(at, amount) for at, amount in enumerate(amounts)]


def unfitting_profiles(grant: Grant) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Schedules agreed anew that have another number of amounts than there are periods."""
    found = slices(grant) if grant.reprofiled else ()
    for at, profile in enumerate(grant.reprofiled):
        count = len(_from(profile, found))
        if not count:
            yield f"no period begins on or after {profile.from_.isoformat()}", ("reprofiled", at, "from")
        elif profile.amounts and len(profile.amounts) != count:
            given = f"{counted(len(profile.amounts), 'amount')} for {counted(count, 'period')}"
            message = f"the schedule agreed anew gives {given} from {profile.from_.isoformat()} on"
            yield message, ("reprofiled", at, "amounts")


def _from(profile: Reprofile, found: Sequence[Slice]) -> list[list[int]]:
    """The periods that begin on the date of a new profile or later."""
    return [
        period
        for period in by_period(found)
        if (dates := found[period[0]].period) is not None and dates.starts >= profile.from_
    ]
