"""The periods of a ledger as a sheet with all that is known of each; other sheets show some of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.payments import Kind
from grantcalc.money import add
from grantcalc.report.sheets import Column, Sheet, Value

if TYPE_CHECKING:
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger

COLUMNS: Final = (
    Column("number", "No", to_the_right=True),
    Column("from", "From"),
    Column("to", "To"),
    Column("kind", "For"),
    Column("planned", "Planned", to_the_right=True),
    Column("budget", "Budget", to_the_right=True),
    Column("cost", "Cost", to_the_right=True),
    Column("variance", "Variance", to_the_right=True),
    Column("claim_by", "Claim by"),
    Column("invoice", "Invoice"),
    Column("claimed_on", "Claimed on"),
    Column("entitled", "Entitled", to_the_right=True),
    Column("claimed", "Claimed", to_the_right=True),
    Column("disallowed", "Disallowed", to_the_right=True),
    Column("due_date", "Due"),
    Column("paid_on", "Paid on"),
    Column("paid", "Paid", to_the_right=True),
    Column("outstanding", "Outstanding", to_the_right=True),
    Column("state", "State"),
    Column("claimed_later", "Claimed later", to_the_right=True),
    Column("corrections", "Corrections", to_the_right=True),
    Column("claimed_cost", "Cost claimed", to_the_right=True),
    Column("share", "Funder's share", to_the_right=True),
    Column("moved", "Moved", to_the_right=True),
    Column("over_ceiling", "Over ceiling", to_the_right=True),
    Column("up_front", "Up front", to_the_right=True),
    Column("held_back", "Held back", to_the_right=True),
    Column("asked_otherwise", "Asked otherwise", to_the_right=True),
    Column("accepted", "Accepted", to_the_right=True),
    Column("overpaid", "Overpaid", to_the_right=True),
)
"""A key that is new comes last."""


def entry_sheet(ledger: Ledger) -> Sheet:
    """A row for each period, with all that is known of it."""
    return Sheet(COLUMNS, [_row(entry) for entry in ledger.entries])


def _row(entry: Entry) -> list[Value]:
    invoice = entry.invoice
    values: dict[str, Value] = {
        "number": invoice.number,
        "from": invoice.period.starts,
        "to": invoice.period.ends,
        "kind": None if invoice.instalment.kind is Kind.PERIOD else invoice.instalment.kind.value,
        "planned": invoice.amount,
        "budget": add(entry.budget.values()) if entry.budget else None,
        "claim_by": invoice.claim_by,
        "due_date": entry.due_date,
        "paid_on": entry.paid_on,
        "state": entry.state.value,
        **(_of_cost(entry) if entry.cost else {}),
        **(_of_claim(entry, entry.claim) if entry.claim else {}),
        **(_of_money(entry) if entry.is_claimed else {}),
    }
    return [values.get(column.key) for column in COLUMNS]


def _of_cost(entry: Entry) -> dict[str, Value]:
    return {
        "cost": add(entry.cost.values()),
        "variance": entry.variance,
        "claimed_later": -entry.claimed_later,
        "claimed_cost": entry.claimed_cost,
    }


def _of_claim(entry: Entry, claim: Claim) -> dict[str, Value]:
    return {
        "invoice": claim.invoice,
        "claimed_on": claim.claimed,
        "state": entry.state.value + (" (estimated)" if claim.figures == "estimated" else ""),
        "corrections": entry.corrections,
        "claimed_cost": entry.claimed_cost,
        "share": entry.share,
        "moved": entry.moved,
        "over_ceiling": -entry.over_ceiling,
        "up_front": -entry.recovered,
        "held_back": -entry.held,
        "entitled": entry.entitled,
    }


def _of_money(entry: Entry) -> dict[str, Value]:
    return {
        "asked_otherwise": entry.asked_otherwise,
        "claimed": entry.claimed,
        "disallowed": entry.refused or None,
        "accepted": entry.accepted,
        "paid": entry.paid,
        "overpaid": entry.overpaid,
        "outstanding": entry.outstanding,
    }
