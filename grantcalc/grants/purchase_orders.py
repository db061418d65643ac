"""The customer's order."""

from grantcalc.grants.fields import AmountFromZero, Record, Text


def order_number(value: object) -> object:
    """Let a purchase order be its number alone."""
    return {"number": value} if isinstance(value, str) else value


class PurchaseOrder(Record):
    """The customer's order, which every invoice quotes, and how much it is raised for."""

    number: Text
    amount: AmountFromZero | None = None
