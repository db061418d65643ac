"""What a claim says: whether it was made, for which payment, how far that has come, and what its period cost."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from grantcalc.grants.fields import FINAL, UP_FRONT
from grantcalc.grants.payments import Kind
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.claim import Claim, Correction
    from grantcalc.grants.invoices import Invoice


class State(StrEnum):
    """How far a period has come."""

    PLANNED = "planned"
    CLAIMABLE = "may be claimed"
    LATE = "claim overdue"
    DRAFTED = "drafted"
    CLAIMED = "claimed"
    PART_PAID = "part paid"
    PAYMENT_LATE = "payment overdue"
    PAID = "paid"
    NOTHING_DUE = "nothing due"


def is_made(claim: Claim) -> bool:
    """Whether a claim has been made: one without a date of which nothing was paid is a draft."""
    return claim.claimed is not None or bool(claim.paid)


def gives_costs(claim: Claim) -> bool:
    """Whether a claim says what its period cost, be it nothing, or corrects what another did."""
    return claim.costs is not None or bool(claim.lines or claim.corrections)


def claimed_costs(claim: Claim) -> dict[str, Decimal]:
    """What a claim gives as the cost of its period, by heading, before corrections and what was disallowed."""
    costs: dict[str, Decimal] = {}
    for amounts in [claim.costs or {}, *(line.costs for line in claim.lines)]:
        for heading, figure in amounts.items():
            costs[heading] = costs.get(heading, ZERO) + figure.value
    return costs


def corrections_of(number: int, claims: Mapping[int, Claim]) -> list[Correction]:
    """What claims, by the numbers of their invoices, correct of a period."""
    return [one for claim in claims.values() for one in claim.corrections if one.period == number]


def cash(claim: Claim) -> Decimal:
    """What a claim asks the funder to share: its period's costs and the corrections that it carries."""
    corrected = add(correction.amount.value for correction in claim.corrections)
    return add(claimed_costs(claim).values()) + corrected


def invoice_of(claim: Claim, schedule: Sequence[Invoice]) -> int | None:
    """The number of the invoice that a claim is for; None where the schedule has none such."""
    kinds = {UP_FRONT: Kind.UP_FRONT, FINAL: Kind.FINAL}
    for invoice in schedule:
        if claim.period is None:
            dates = (invoice.period.starts, invoice.period.ends)
            same = invoice.instalment.kind is Kind.PERIOD and dates == (claim.from_, claim.to)
        elif isinstance(claim.period, str):
            same = invoice.instalment.kind is kinds[claim.period]
        else:
            same = invoice.number == claim.period
        if same:
            return invoice.number
    return None
