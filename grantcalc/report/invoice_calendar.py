"""A schedule of invoices as a calendar (iCalendar, RFC 5545), to be imported into any calendar program."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID, uuid5

from grantcalc import __version__
from grantcalc.errors import MissingLibraryError
from grantcalc.money import pounds
from grantcalc.report.medium import PLAIN
from grantcalc.report.references import labelled_references
from grantcalc.wording import date_range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from icalendar import Alarm, Event

    from grantcalc.grants.invoices import Invoice
    from grantcalc.grants.model import Grant
    from grantcalc.results.schedule import InvoiceSchedule

_NAMESPACE: Final = UUID("5ac2c7a0-3b0e-4d0c-9d5e-6f4f1c0b7e21")
"""Ours alone, so that our identifiers are no one else's."""


class _Deadline(NamedTuple):
    """A date of an invoice: which of its dates, and in words what is to happen."""

    kind: str
    day: date
    what: str


def invoice_calendar(schedule: InvoiceSchedule, remind: int | None = None) -> str:
    """The dates of invoices as events of a whole day: from when each may be sent, claimed until when, due when.

    An event is known by the grant's reference (by its name where it has none), the invoice's number and what happens,
    so that a calendar that is imported again moves its events and doubles none. No clock is asked, so that the same
    file makes the same bytes: DTSTAMP, which RFC 5545 wants as the time at which an event was written down, is the
    start of the invoice's own date.

    Args:
        schedule: the invoices.
        remind: how many days before each event to show a reminder; None for no reminder.

    Raises:
        MissingLibraryError: the library that writes calendars is missing.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError:
        raise MissingLibraryError(library="icalendar", extra="claims", use="writing a calendar") from None
    grant = schedule.account.grant
    calendar = Calendar()
    calendar.add("prodid", f"-//grantcalc//grantcalc {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", PLAIN.show(f"Invoices: {grant.grant}"))
    for invoice in schedule.shown:
        for deadline in _deadlines(invoice):
            event = _event(grant, invoice, deadline)
            if remind is not None:
                event.add_component(_reminder(deadline, remind))
            calendar.add_component(event)
    printed: bytes = calendar.to_ical()
    return printed.decode()


def _deadlines(invoice: Invoice) -> Iterator[_Deadline]:
    yield _Deadline("invoice", invoice.invoice_date, f"Invoice {invoice.number} may be sent")
    if invoice.claim_by is not None:
        yield _Deadline("claim", invoice.claim_by, f"Last day to claim invoice {invoice.number}")
    if invoice.due_date is not None:
        yield _Deadline("payment", invoice.due_date, f"Payment of invoice {invoice.number} is due")


def _event(grant: Grant, invoice: Invoice, deadline: _Deadline) -> Event:
    from icalendar import Event

    identity = f"{grant.reference or grant.grant}\n{invoice.number}\n{deadline.kind}"
    event = Event()
    event.add("uid", str(uuid5(_NAMESPACE, identity)))
    event.add("dtstamp", datetime.combine(invoice.invoice_date, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("summary", PLAIN.show(f"{deadline.what}: {pounds(invoice.amount)}, {grant.grant}"))
    event.add("description", "\n".join(map(PLAIN.show, _description(grant, invoice))))
    event.add("transp", "TRANSPARENT")  # a deadline takes up no time of the day
    return event


def _description(grant: Grant, invoice: Invoice) -> Iterator[str]:
    yield f"Period: {date_range(invoice.period.starts, invoice.period.ends)}"
    yield f"Amount: {pounds(invoice.amount, pence=True)}"
    yield f"Cumulative: {pounds(invoice.cumulative, pence=True)}"
    yield f"Remaining: {pounds(invoice.remaining, pence=True)}"
    if grant.reference:
        yield f"Reference: {grant.reference}"
    for label, text in labelled_references(grant):
        yield f"{label}: {text}"


def _reminder(deadline: _Deadline, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", deadline.what)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
