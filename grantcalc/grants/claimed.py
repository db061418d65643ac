"""What a claim says: whether it was made, and what its period cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from decimal import Decimal

    from grantcalc.grants.claim import Claim


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


def cash(claim: Claim) -> Decimal:
    """What a claim asks the funder to share: its period's costs and the corrections that it carries."""
    corrected = add(correction.amount.value for correction in claim.corrections)
    return add(claimed_costs(claim).values()) + corrected
