"""A schedule of invoices as sheets, for readers and for machines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.grants.payments import Kind
from grantcalc.money import add
from grantcalc.report.conventions import conventions
from grantcalc.report.references import references, references_after
from grantcalc.report.sheets import Column, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.invoices import Invoice
    from grantcalc.results.schedule import InvoiceSchedule

_ONE_OFF: Final[Mapping[Kind, str]] = {Kind.UP_FRONT: "Up front", Kind.FINAL: "Final payment"}
_READ: Final = (
    Column("number", "No", to_the_right=True),
    Column("year", "Year"),
    Column("from", "From"),
    Column("to", "To"),
    Column("invoice_date", "Invoice on"),
    Column("claim_by", "Claim by"),
    Column("due_date", "Due"),
    Column("amount", "Amount", to_the_right=True),
    Column("cumulative", "Cumulative", to_the_right=True),
    Column("remaining", "Remaining", to_the_right=True),
)
_NEWER: Final = ("before_terms", "up_front", "held_back")
"""Keys that came after the references, and stand behind them in CSV, so that no column has moved."""
_MADE_UP: Final = (
    Column("number", "No", to_the_right=True),
    Column("before_terms", "For the period", to_the_right=True),
    Column("up_front", "Up front", to_the_right=True),
    Column("held_back", "Held back", to_the_right=True),
    Column("amount", "Amount", to_the_right=True),
)


def invoice_sheets(schedule: InvoiceSchedule) -> tuple[Sheet, ...]:
    """The schedule for readers.

    Below, where there are any: what the terms take off each payment, the grant's references, the conventions in use.
    """
    last = schedule.shown[-1]
    facts = references_after(schedule.account.grant, last.order_balance, f"invoice {last.number}")
    said = conventions(schedule.account)
    moved = any(invoice.amount != invoice_record(invoice)["before_terms"] for invoice in schedule.shown)
    return (
        _invoice_sheet(schedule),
        *([_terms_sheet(schedule)] if moved else []),
        *([Sheet((Column("name", ""), Column("text", "")), facts, "References")] if facts else []),
        *([Sheet((), (), "How the payments are worked out", remarks=said)] if said else []),
    )


def _invoice_sheet(schedule: InvoiceSchedule) -> Sheet:
    """A row for each invoice, and a total where there are several; a payment of no one year says what it is."""
    rows = [_read(invoice) for invoice in schedule.shown]
    amount = add(invoice.amount for invoice in schedule.shown)
    total = [amount if column.key == "amount" else None for column in _READ]
    return Sheet(_READ, rows, total=total if len(rows) > 1 else None, margin=1)


def _terms_sheet(schedule: InvoiceSchedule) -> Sheet:
    """What is due for each period, what the terms take off it or pay otherwise, and the amount that this makes."""
    records = [invoice_record(invoice) for invoice in schedule.shown]
    columns = [column for column in _MADE_UP if any(record[column.key] for record in records)]
    rows = [[record[column.key] for column in columns] for record in records]
    total: list[Value] = [
        add(cell for cell in cells if isinstance(cell, Decimal)) for cells in list(zip(*rows, strict=True))[1:]
    ]
    shown = [[number, *(part or None for part in parts), amount] for number, *parts, amount in rows]
    return Sheet(columns, shown, "What each amount is made of", ["All", *total] if len(rows) > 1 else None, margin=1)


def _read(invoice: Invoice) -> list[Value]:
    values = {**invoice_record(invoice), "year": _ONE_OFF.get(invoice.instalment.kind, invoice.year)}
    return [values[column.key] for column in _READ]


def invoice_records(schedule: InvoiceSchedule) -> Sheet:
    """A row for each invoice with all that is known of it.

    The grant's references are said in every row, since a row may be all that reaches the customer's ledger.
    """
    named = references(schedule.account.grant)
    rows = [_with_references(invoice_record(invoice), named) for invoice in schedule.shown]
    return Sheet([Column(key, "") for key in rows[0]], [list(row.values()) for row in rows])


def _with_references(record: Mapping[str, Value], named: Mapping[str, str | None]) -> dict[str, Value]:
    older = {key: value for key, value in record.items() if key not in _NEWER}
    return {**older, **named, **{key: record[key] for key in _NEWER}}


def invoice_record(invoice: Invoice) -> dict[str, Value]:
    """What is known of an invoice, by its keys in CSV and JSON, in their order: a key that is new comes last.

    `before_terms`, `up_front` and `held_back` add up to the amount: what is taken off it is below zero.
    """
    payment = invoice.instalment
    return {
        "number": invoice.number,
        "year": invoice.year or None,
        "from": invoice.period.starts,
        "to": invoice.period.ends,
        "invoice_date": invoice.invoice_date,
        "due_date": invoice.due_date,
        "amount": invoice.amount,
        "cumulative": invoice.cumulative,
        "remaining": invoice.remaining,
        "claim_by": invoice.claim_by,
        "kind": payment.kind.value,
        "order_balance": invoice.order_balance,
        **dict(zip(_NEWER, payment.made_of, strict=True)),
    }
