"""An entry of the ledger: a period with its claim, and what is planned, claimed and paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.grants.claimed import State, gives_costs, is_made
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.ceilings import Ceiling
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.invoices import Invoice


@dataclass(frozen=True, slots=True)
class Entry:
    """A period of the schedule, or a payment up front or at the end, with its claim.

    All amounts are in pounds.

    Attributes:
        invoice: the payment as planned.
        at: which claim of the file is for it, from zero; None where there is none.
        claim: that claim.
        budget: what each heading was planned to cost in the period.
        cost: what it came to by heading: the claim's costs, less what was disallowed, with later corrections.
        corrections: what the claim carries for earlier periods.
        claimed_later: what of the cost later claims carry, as corrections.
        share: the funder's share of the cost that the claim asks for, less what was disallowed, before any terms.
        entitled: what the claim comes to under the terms of the agreement: the funder's rate of its costs and
            corrections, within the ceilings, less what was paid up front or is held back.
        over_ceiling: what of the funder's share of its costs the ceilings do not let through.
        ceiling: the ceiling that does not; None where all is let through.
        claimed: what was asked for: the claim's amount, or what it is entitled to; nothing while it is a draft.
        refused: what of it the funder does not pay, because costs were disallowed.
        paid: what was received.
        paid_late: what of it came after the day until when it was due.
        earned_by_year: what the funder pays for its cost, whenever that is paid: of a claim, by what it gives; of a
            period to come, by what is planned; within the ceilings; by the years that the period lies in.
        forecast: what will be paid for it: of a claim, what is entitled; of a period to come, what is planned,
            within what the ceilings leave.
        due_by_year: what the claim is entitled to, by the years that its period lies in.
        recovered: what of a payment up front is taken off the claim; of that payment itself what it is, below zero.
        held: what of the claim is held back until the final payment; of the final payment what it pays of that, below
            zero.
        due_date: until when a claim that was made must be paid; None where no rule says.
        state: how far it has come.
        is_counted: whether its claim counts: a draft for a period that is still running does not yet.
    """

    invoice: Invoice
    at: int | None
    claim: Claim | None
    budget: Mapping[str, Decimal]
    cost: Mapping[str, Decimal]
    corrections: Decimal
    claimed_later: Decimal
    share: Decimal
    entitled: Decimal
    over_ceiling: Decimal
    ceiling: Ceiling | None
    claimed: Decimal
    refused: Decimal
    paid: Decimal
    paid_late: Decimal
    earned_by_year: Mapping[str, Decimal]
    forecast: Decimal
    due_by_year: Mapping[str, Decimal]
    recovered: Decimal
    held: Decimal
    due_date: date | None
    state: State
    is_counted: bool

    @property
    def is_claimed(self) -> bool:
        """Whether the claim has been made: a claim without a date of which nothing was paid is a draft."""
        return self.claim is not None and is_made(self.claim)

    @property
    def gives_cost(self) -> bool:
        """Whether its claim counts and says what the period cost; if not, the period is taken as it was planned."""
        return self.is_counted and self.claim is not None and gives_costs(self.claim)

    @property
    def earned(self) -> Decimal:
        """What the funder pays for its cost, whenever that is paid."""
        return add(self.earned_by_year.values())

    @property
    def claimed_cost(self) -> Decimal:
        """What the claim asks the funder to share: the cost, with corrections where they are claimed."""
        return add(self.cost.values()) - self.claimed_later + self.corrections

    @property
    def moved(self) -> Decimal:
        """What of the funder's share is claimed with another claim, below zero, or of another with this one.

        Because of income above cost that comes later or came earlier, because a claim was too small to give back what
        was paid up front, or because a variation made room for what a ceiling had cut.
        """
        return self.entitled - (self.share - self.over_ceiling - self.recovered - self.held)

    @property
    def accepted(self) -> Decimal:
        """What was asked for, less what is not paid because costs were disallowed; nothing of a draft."""
        return self.claimed - self.refused if self.is_claimed else ZERO

    @property
    def asked_otherwise(self) -> Decimal:
        """By how much more was asked for and accepted than the claim is entitled to; below zero if less was."""
        return self.accepted - self.entitled if self.is_claimed else ZERO

    @property
    def paid_on(self) -> date | None:
        """When money for it was last received; None where none was."""
        return max((receipt.date for receipt in self.claim.paid), default=None) if self.claim else None

    @property
    def variance(self) -> Decimal:
        """By how much the period came to more than planned; below zero where it came to less."""
        return add(self.cost.values()) - add(self.budget.values())

    @property
    def outstanding(self) -> Decimal:
        """What was asked for and accepted, and is not paid yet."""
        return max(self.accepted - self.paid, ZERO)

    @property
    def overpaid(self) -> Decimal:
        """What was received above what was asked for and accepted, and has to be given back."""
        return max(self.paid - self.accepted, ZERO)
