"""A schedule of invoices as rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.money import add, pounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from grantcalc.results import InvoiceSchedule

HEADINGS: Final = ("No", "Year", "From", "To", "Invoice on", "Due", "Amount", "Cumulative", "Remaining")
TO_THE_RIGHT: Final = (True, False, False, False, False, False, True, True, True)


def invoice_rows(schedule: InvoiceSchedule, written: Callable[[date], str]) -> list[list[str]]:
    """A row for each invoice, and the total under the amounts.

    Args:
        schedule: the invoices.
        written: how to write a date.
    """
    amounts = [amount for i in schedule.invoices for amount in (i.amount, i.cumulative, i.remaining)]
    pence = any(amount != amount.to_integral_value() for amount in amounts)
    rows = [
        [
            str(invoice.number),
            invoice.year,
            written(invoice.period.starts),
            written(invoice.period.ends),
            written(invoice.invoice_date),
            written(invoice.due_date) if invoice.due_date else "",
            pounds(invoice.amount, pence=pence),
            pounds(invoice.cumulative, pence=pence),
            pounds(invoice.remaining, pence=pence),
        ]
        for invoice in schedule.invoices
    ]
    total = pounds(add(invoice.amount for invoice in schedule.invoices), pence=pence)
    return [*rows, ["", "", "", "", "", "", total, "", ""]]
