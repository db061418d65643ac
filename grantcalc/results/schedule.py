"""The invoices of a grant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.account import Account
    from grantcalc.grants.invoices import Invoice
    from grantcalc.results.inputs import Input


@dataclass(frozen=True, slots=True)
class InvoiceSchedule:
    """A grant file's schedule of invoices.

    Attributes:
        source: what was read.
        account: what follows from it.
        invoices: all invoices, in order.
        number: the number of the one invoice that is asked for; None where all are.
    """

    source: Input
    account: Account
    invoices: tuple[Invoice, ...]
    number: int | None = None

    @property
    def shown(self) -> tuple[Invoice, ...]:
        """The invoices that are asked for."""
        return tuple(invoice for invoice in self.invoices if self.number in (None, invoice.number))
