"""An invoice as a page to send, or the whole schedule as a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.payments import Kind
from grantcalc.report.invoice_sheets import invoice_sheets
from grantcalc.report.page import page, sheets_page
from grantcalc.report.references import labelled_references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.invoices import Invoice
    from grantcalc.results.schedule import InvoiceSchedule

_DESCRIPTIONS: Final[Mapping[Kind, str]] = {
    Kind.UP_FRONT: "Grant paid up front",
    Kind.PERIOD: "Grant for the period",
    Kind.FINAL: "Final payment of the grant",
}


def invoice_page(schedule: InvoiceSchedule) -> str:
    """The one invoice that is asked for, else the schedule.

    Nothing is said of VAT but what the grant file says: whether a grant is outside its scope is for the parties to
    know, and there is no line for it among the amounts.
    """
    if schedule.number is not None:
        return _invoice(schedule, schedule.shown[0])
    return sheets_page(schedule.source, schedule.account.grant, "Schedule of invoices", invoice_sheets(schedule))


def _invoice(schedule: InvoiceSchedule, invoice: Invoice) -> str:
    grant = schedule.account.grant
    return page(
        "invoice.html",
        schedule.source,
        grant=grant,
        award=award_in_force(grant),
        invoice=invoice,
        count=len(schedule.invoices),
        description=_DESCRIPTIONS[invoice.instalment.kind],
        shares=[share for share in invoice.instalment.shares if share.amount],
        references=labelled_references(grant),
    )
