"""What a customer's ledger asks for: the order, both sides' references, the cost centre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.money import pounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from grantcalc.grants.model import Grant

LABELS: Final[Mapping[str, str]] = {
    "purchase_order": "Purchase order",
    "customer_reference": "Customer's reference",
    "supplier_reference": "Supplier's reference",
    "cost_centre": "Cost centre",
}
"""What readers see for each reference."""


def references(grant: Grant) -> dict[str, str | None]:
    """The references of a grant by their keys in the grant file; None where it has none."""
    return {
        "purchase_order": grant.purchase_order.number if grant.purchase_order else None,
        "customer_reference": grant.customer_reference,
        "supplier_reference": grant.supplier_reference,
        "cost_centre": grant.cost_centre,
    }


def labelled_references(grant: Grant) -> list[tuple[str, str]]:
    """The references that a grant has, each with its label."""
    return [(LABELS[key], text) for key, text in references(grant).items() if text is not None]


def references_after(grant: Grant, left: Decimal | None, document: str) -> list[tuple[str, str]]:
    """The references that a grant has, and with the order what is left of it.

    Args:
        grant: the grant.
        left: what an invoice or claim leaves of the order, in pounds; None where its amount is not given.
        document: that invoice or claim, with its number.
    """
    named = labelled_references(grant)
    order = grant.purchase_order.amount if grant.purchase_order else None
    if order is None or left is None:
        return named
    rest = f"{pounds(left)} left" if left >= 0 else f"{pounds(-left)} too little"
    (label, number), *others = named
    return [(label, f"{number} ({pounds(order.value)}, {rest} after {document})"), *others]
