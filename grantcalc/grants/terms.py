"""Terms that move money: what is paid up front and given back, and what is held back until the end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.ceilings import award_in_force, within_ceilings
from grantcalc.money import PENNY, POUND, ZERO, add, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant
    from grantcalc.grants.schedule import Slice


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


def terms_of(grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal]) -> Terms:
    """The terms of a grant's agreement in pounds, worked out once from what is planned for its slices.

    Nothing of them rests on a variation that was not yet agreed: what is paid up front is a portion of what could be
    paid by the award of the first day, and what a slice gives back of it, by the award at the end of that slice.
    """
    retention = grant.payments.retention
    return Terms(
        tuple(_recovered(grant, found, wanted)) if grant.payments.up_front is not None else (ZERO,) * len(found),
        tuple(award_in_force(grant, one.period.ends if one.period else None) for one in found),
        retention.share if retention is not None and retention.share is not None else Fraction(0),
        _cap(grant, found, wanted),
    )


def _cap(grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal]) -> Decimal | None:
    """How much is paid before the final payment; None where there is none."""
    final = grant.payments.final_payment
    if final is None:
        return None
    total = add(within_ceilings(grant, found, wanted))
    return total - _portion(grant, final, total)


def _up_front(grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal]) -> Decimal:
    """What is paid up front, of what could be paid by the award of the first day."""
    first = min((one.period.starts for one in found if one.period is not None), default=None)
    return _portion(grant, grant.payments.up_front, add(within_ceilings(grant, found, wanted, first)))


def _recovered(grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal]) -> Iterator[Decimal]:
    """What each slice gives back of a payment up front: of what is left of it, the slice's share of what is to come."""
    in_pounds = grant.payments.unit == POUND and all(amount == amount.to_integral_value() for amount in wanted)
    unit = POUND if in_pounds else PENNY
    left = _up_front(grant, found, wanted)
    for at, payable in enumerate(_as_known(grant, found, wanted)):
        to_come = add(payable[at:])
        share = Fraction(payable[at]) / Fraction(to_come) if to_come else Fraction(0)
        given_back = min(plain(round_half_up(Fraction(left) * share, unit)), payable[at], left)
        left -= given_back
        yield given_back


def _as_known(grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal]) -> Iterator[list[Decimal]]:
    """For each slice, what could be paid for all of them by the awards that were in force when it ended."""
    computed: dict[int, list[Decimal]] = {}
    for one in found:
        day = one.period.ends if one.period else None
        known = sum(1 for variation in grant.variations if day is None or variation.date <= day)
        if known not in computed:
            computed[known] = within_ceilings(grant, found, wanted, day)
        yield computed[known]


def _portion(grant: Grant, portion: Portion | None, total: Decimal) -> Decimal:
    """A portion of all payments in pounds, and no more than all."""
    if portion is None or portion.payments is not None:
        return ZERO
    if portion.amount is not None:
        return min(portion.amount.value, total)
    return min(plain(round_half_up(Fraction(total) * (portion.share or 0), grant.payments.unit)), total)


class Settled(NamedTuple):
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
        held = ZERO
        if terms.cap is not None:
            held = due - min(due, max(terms.cap - so_far, ZERO))
        elif terms.retention:
            held = min(plain(round_half_up(Fraction(due) * terms.retention, grant.payments.unit)), due)
        so_far += due - held
        yield Settled(due - held, held)
