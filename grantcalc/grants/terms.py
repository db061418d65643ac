"""Terms that move money: what is paid up front and given back, and what is held back until the end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.ceilings import award_in_force, within_award
from grantcalc.grants.schedule import slices
from grantcalc.money import PENNY, POUND, ZERO, Remainder, add, plain, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant


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
    up_front = _portion(grant, grant.payments.up_front, within_award(grant, total, first))
    unit = POUND if all(amount == amount.to_integral_value() for amount in (up_front, *payable)) else PENNY
    final = grant.payments.final_payment
    retention = grant.payments.retention
    return Terms(
        tuple(share_out(up_front, [Fraction(amount) for amount in payable], unit, Remainder.SPREAD)),
        tuple(award_in_force(grant, period.ends if period else None) for period in periods),
        retention.share if retention is not None and retention.share is not None else Fraction(0),
        total - _portion(grant, final, total) if final is not None else None,
    )


def _portion(grant: Grant, portion: Portion | None, total: Decimal) -> Decimal:
    """A portion of all payments in pounds, and no more than all."""
    if portion is None or portion.payments is not None:
        return ZERO
    if portion.amount is not None:
        return min(portion.amount.value, total)
    return min(plain(round_half_up(Fraction(total) * (portion.share or 0), grant.payments.unit)), total)


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
        held = min(plain(round_half_up(Fraction(due) * terms.retention, grant.payments.unit)), due)
        if terms.cap is not None:
            held = due - min(due, max(terms.cap - so_far, ZERO))
        so_far += due - held
        yield Settled(due - held, held)
