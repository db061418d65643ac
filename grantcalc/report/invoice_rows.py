"""A schedule of invoices as a sheet, for readers and for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.payments import Kind
from grantcalc.money import add
from grantcalc.report.conventions import conventions
from grantcalc.report.references import references, references_after
from grantcalc.report.sheet import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.invoices import Invoice
    from grantcalc.results import InvoiceSchedule

_ONE_OFF: Final[Mapping[Kind, str]] = {Kind.UP_FRONT: "Up front", Kind.FINAL: "Final payment"}


def invoice_sheet(schedule: InvoiceSchedule) -> Sheet:
    """A row for each invoice; below, the grant's references and the conventions that made the amounts.

    Readers see what the agreement fills, a total where there are several invoices, and in the column of years what a
    payment is that belongs to none. A spreadsheet has every column, and no total.
    """
    invoices = schedule.shown
    total = add(invoice.amount for invoice in invoices) if len(invoices) > 1 else None
    return Sheet(
        columns=(
            Column("No", "number", [i.number for i in invoices]),
            Column("", "year", [i.year for i in invoices]),
            Column("Year", "", [_ONE_OFF.get(i.instalment.kind, i.year) for i in invoices]),
            Column("From", "from", [i.period.starts for i in invoices]),
            Column("To", "to", [i.period.ends for i in invoices]),
            Column("Invoice on", "invoice_date", [i.invoice_date for i in invoices]),
            Column("Claim by", "", [i.claim_by for i in invoices]),
            Column("Due", "due_date", [i.due_date for i in invoices]),
            Column("Amount", "amount", [i.amount for i in invoices], total),
            Column("Cumulative", "cumulative", [i.cumulative for i in invoices]),
            Column("Remaining", "remaining", [i.remaining for i in invoices]),
            Column("", "claim_by", [i.claim_by for i in invoices]),
            Column("", "kind", [i.instalment.kind.value for i in invoices]),
            Column("", "order_balance", [i.order_balance for i in invoices]),
            *_reference_columns(schedule, invoices),
        ),
        facts=references_after(schedule.account.grant, invoices[-1]),
        notes=conventions(schedule.account),
    )


def _reference_columns(schedule: InvoiceSchedule, invoices: tuple[Invoice, ...]) -> list[Column]:
    """The grant's references, said in every row, since a row may be all that reaches the customer's ledger."""
    return [Column("", key, [text] * len(invoices)) for key, text in references(schedule.account.grant).items()]
