"""GC3, claims: for periods that the schedule does not have, and early, late or out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.claimed import State, invoice_of, is_made
from grantcalc.grants.payments import Kind, undated
from grantcalc.grants.periods import Period
from grantcalc.money import pounds
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import date_range, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from grantcalc.grants.claim import Claim
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.model import Grant

CLAIMED_FILE: Final = """\
grant: Example
award: £30,000
years: [2025-26]
payments:
  claim_by: 30 days
  payment_due: 30 days
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
claims:
  - period: 1
    costs:
      salary: £7,500
    claimed: 2025-07-04
    paid: 2025-07-31
"""
SECOND_CLAIM: Final = """\
  - period: 2
    costs:
      salary: £7,500
    claimed: 2025-10-03
"""
NO_SUCH_PERIOD: Final = Rule(
    "GC307",
    "claim-for-unknown-period",
    Severity.ERROR,
    """\
A claim is for a period that the schedule does not have: its number is higher than the last invoice's, or that of a
payment up front or at the end though it gives costs; its dates are not those of a period, or they lie outside the
funding period, where spending is not eligible; or the grant has no dates, so that it has no periods. The claim is left
out of all sums. `grantcalc invoices` lists the periods with their numbers.""",
    CLAIMED_FILE.replace("period: 1", "period: 7"),
    CLAIMED_FILE,
    gist=("a claim is for no period of the grant", "{n} claims are for no period of the grant"),
)
CLAIMED_TWICE: Final = Rule(
    "GC308",
    "period-claimed-twice",
    Severity.ERROR,
    """\
Two claims are for one period, or their dates overlap, so that a cost could be paid twice. The second is left out of
all sums. What an earlier claim lacked belongs under `corrections` of the next one.""",
    CLAIMED_FILE + SECOND_CLAIM.replace("period: 2", "period: 1"),
    CLAIMED_FILE + SECOND_CLAIM,
    gist=("a period is claimed twice", "{n} periods are claimed twice"),
)
STILL_RUNNING: Final = Rule(
    "GC309",
    "claim-before-period-ends",
    Severity.ERROR,
    """\
A claim in arrears was made, or drafted, while its period was still running. Only expenditure that has been incurred
can be claimed: wait until the period is over, or agree payment in advance of need with the funder. Where the
agreement says `invoice: last day`, the last day is early enough.""",
    CLAIMED_FILE + SECOND_CLAIM.replace("2025-10-03", "2025-09-12"),
    CLAIMED_FILE + SECOND_CLAIM,
    gist=("a claim is for a period that is not over", "{n} claims are for periods that are not over"),
)
OUT_OF_ORDER: Final = Rule(
    "GC310",
    "claim-out-of-order",
    Severity.WARNING,
    """\
A period was claimed before an earlier one, which has no claim yet, only a draft, or a later date. Cumulative figures
and ceilings follow the order of the periods: claim the earlier one, with a cost of nothing if there was none.""",
    CLAIMED_FILE[: CLAIMED_FILE.index("  - period: 1")] + SECOND_CLAIM,
    CLAIMED_FILE + SECOND_CLAIM,
)
CLAIMED_LATE: Final = Rule(
    "GC311",
    "claim-late",
    Severity.WARNING,
    """\
A claim was made after the day by which the agreement wants it, or has not been made though that day has passed. A
funder may refuse a late claim: say why it is late, and ask.""",
    CLAIMED_FILE.replace("claimed: 2025-07-04\n    paid: 2025-07-31", "claimed: 2025-08-04\n    paid: 2025-08-31"),
    CLAIMED_FILE,
)
PAID_LATE: Final = Rule(
    "GC312",
    "payment-late",
    Severity.WARNING,
    """\
A claim was paid, or is still unpaid, after the day by which the agreement wants it paid. Remind the funder.""",
    CLAIMED_FILE.replace("paid: 2025-07-31", "paid: 2025-09-30"),
    CLAIMED_FILE,
)
PAID_BEFORE: Final = Rule(
    "GC313",
    "paid-before-claimed",
    Severity.ERROR,
    """\
Money was received for a claim before the claim was made, or for one that has no date: one of the dates is a slip, or
missing.""",
    CLAIMED_FILE.replace("paid: 2025-07-31", "paid: 2025-07-01"),
    CLAIMED_FILE,
    gist=("a claim was paid before it was made", "{n} claims were paid before they were made"),
)

OF_THE_DAY: Final = (STILL_RUNNING, CLAIMED_LATE, PAID_LATE)
"""Rules that find some things only on a day that is given."""

RULES: Final = (NO_SUCH_PERIOD, CLAIMED_TWICE, STILL_RUNNING, OUT_OF_ORDER, CLAIMED_LATE, PAID_LATE, PAID_BEFORE)


def check(ledger: Ledger) -> Iterator[Finding]:
    """Findings on the periods and dates of claims."""
    for at in ledger.unplaced:
        yield _unplaced(ledger, at)
    for entry in ledger.entries:
        if entry.claim is not None:
            yield from _running(ledger, entry, entry.claim)
            yield from _order(ledger, entry, entry.claim)
            yield from _late(entry, entry.claim)
            yield from _paid_late(entry, entry.claim)
            yield from _paid_before(entry, entry.claim)
        elif entry.state is State.LATE:
            message = f"period {entry.invoice.number} was to be claimed by {_day(entry.invoice.claim_by)}, and is not"
            yield Finding(CLAIMED_LATE, message, None, Severity.WARNING)


def unplaceable(grant: Grant) -> Iterator[Finding]:
    """That claims cannot be placed, because the grant has no dates."""
    missing = undated(grant)
    if grant.claims and missing:
        reason, _ = missing[0]
        note = Note("to mend: give starts and ends, so that the grant has periods")
        message = f"the claims cannot be placed, since {reason}"
        yield Finding(NO_SUCH_PERIOD, message, Route(("claims", 0)), Severity.ERROR, notes=(note,))


def claim_name(entry: Entry) -> str:
    """A claim as a message names it."""
    kind, number = entry.invoice.instalment.kind, entry.invoice.number
    return f"claim {number}" if kind is Kind.PERIOD else f"claim {number} ({kind})"


def claim_route(entry: Entry, *keys: str | int) -> Route:
    """The way to a part of an entry's claim in the file."""
    return Route(("claims", *([] if entry.at is None else [entry.at]), *keys))


def _day(day: date | None) -> str:
    return long_date(day) if day else "no day"


def _dates(period: Period) -> str:
    return date_range(period.starts, period.ends)


def _unplaced(ledger: Ledger, at: int) -> Finding:
    """A claim that the schedule has no place for, or a place that is taken."""
    claim = ledger.grant.claims[at]
    if claim.from_ is not None and claim.to is not None:
        return _undue_dates(ledger, at, Period(claim.from_, claim.to))
    where = Route(("claims", at, "period"))
    schedule = [entry.invoice for entry in ledger.entries]
    number = invoice_of(claim, schedule)
    if number is not None:
        first = next(entry for entry in ledger.entries if entry.invoice.number == number)
        note = Note("first claimed here", claim_route(first))
        remedy = Note("to mend: put what it lacked under corrections of a later claim")
        message = f"period {claim.period} is claimed twice"
        return Finding(CLAIMED_TWICE, message, where, Severity.ERROR, notes=(note, remedy))
    named = next((entry for entry in ledger.entries if entry.invoice.number == claim.period), None)
    if named is not None:
        return _costs_of_no_period(ledger, named, where)
    last = schedule[-1].number if schedule else 0
    missing = f"there is no period {claim.period}: the schedule ends with number {last}"
    one_off = f"the agreement has no {claim.period} payment"
    note = Note("to mend: grantcalc invoices lists the periods with their numbers")
    message = one_off if isinstance(claim.period, str) else missing
    return Finding(NO_SUCH_PERIOD, message, where, Severity.ERROR, notes=(note,))


def _costs_of_no_period(ledger: Ledger, named: Entry, where: Route) -> Finding:
    """A claim with costs by the number of a payment that is for no one period, as when quarters alone are counted."""
    number, kind = named.invoice.number, named.invoice.instalment.kind
    message = f"claim {number} gives costs, but number {number} is the {kind} payment, which is for no one period"
    first = next((one.invoice for one in ledger.entries if one.invoice.instalment.kind is Kind.PERIOD), None)
    counted = f"the first period, {_dates(first.period)}, is number {first.number}; " if first else ""
    note = Note(f"to mend: {counted}grantcalc invoices lists the periods with their numbers")
    return Finding(NO_SUCH_PERIOD, message, where, Severity.ERROR, notes=(note,))


def _undue_dates(ledger: Ledger, at: int, given: Period) -> Finding:
    """A claim whose dates are not those of a period, or overlap those of another claim."""
    where = Route(("claims", at, "from"))
    said = f"a claim from {long_date(given.starts)} to {long_date(given.ends)}"
    periods = [entry for entry in ledger.entries if entry.invoice.instalment.kind is Kind.PERIOD]
    if given.ends < given.starts:
        note = Note("to mend: exchange or correct the dates")
        return Finding(NO_SUCH_PERIOD, f"{said} ends before it starts", where, Severity.ERROR, notes=(note,))
    touched = [entry for entry in periods if entry.invoice.period.touches(given)]
    claimed = next((entry for entry in touched if entry.at is not None), None)
    if claimed is not None:
        message = f"{said} overlaps {claim_name(claimed)}, {_dates(claimed.invoice.period)}"
        notes = (Note("claimed here", claim_route(claimed)), Note("to mend: correct the dates, or join the claims"))
        return Finding(CLAIMED_TWICE, message, where, Severity.ERROR, notes=notes)
    if not periods:
        return Finding(NO_SUCH_PERIOD, f"{said} cannot be placed: the grant has no periods", where, Severity.ERROR)
    whole = Period(periods[0].invoice.period.starts, periods[-1].invoice.period.ends)
    remedy = "what is spent outside it is not eligible; give the dates of a period"
    if not touched:
        message = f"{said} lies outside the funding period, {_dates(whole)}"
    elif not whole.covers(given):
        message = f"{said} goes beyond the funding period, {_dates(whole)}"
    else:
        nearest = touched[0].invoice
        message = f"{said} is not a period of the grant; period {nearest.number} is {_dates(nearest.period)}"
        remedy = f"write period: {nearest.number}, or its dates"
    return Finding(NO_SUCH_PERIOD, message, where, Severity.ERROR, notes=(Note(f"to mend: {remedy}"),))


def _running(ledger: Ledger, entry: Entry, claim: Claim) -> Iterator[Finding]:
    """A claim in arrears for a period that was not over when it was made or looked at."""
    ends = entry.invoice.period.ends
    day = claim.claimed or ledger.as_of
    # In advance, up front and by an agreement that wants invoices on the last day, a claim may come before the end.
    in_advance = entry.invoice.invoice_date <= entry.invoice.period.starts
    if day is None or day > ends or day >= entry.invoice.invoice_date or in_advance:
        return
    made = f"was made on {long_date(day)}, before its period ends, on"
    drafted = f"is drafted, but on {long_date(day)} its period is still running: it ends on"
    message = f"{claim_name(entry)} {made if claim.claimed else drafted} {long_date(ends)}"
    where = claim_route(entry, "claimed" if claim.claimed else "period" if claim.period is not None else "from")
    note = Note("to mend: claim expenditure when the period is over")
    marker = f"the period ends on {long_date(ends)}"
    yield Finding(STILL_RUNNING, message, where, Severity.ERROR, marker=marker, notes=(note,))


def _order(ledger: Ledger, entry: Entry, claim: Claim) -> Iterator[Finding]:
    """A claim before an earlier period's, or without one."""
    earlier = [one for one in ledger.entries if one.invoice.number < entry.invoice.number and one.invoice.amount]
    missing = next((one for one in earlier if not one.is_claimed and one.invoice.instalment.kind is Kind.PERIOD), None)
    if missing is not None and is_made(claim):
        lacks = "has no claim" if missing.claim is None else "has only a draft"
        unclaimed = f"period {missing.invoice.number}, {_dates(missing.invoice.period)}, {lacks}"
        yield Finding(
            OUT_OF_ORDER, f"{claim_name(entry)} is made, but {unclaimed}", claim_route(entry), Severity.WARNING
        )
        return
    for one in earlier:
        before = one.claim.claimed if one.claim else None
        if before is not None and claim.claimed is not None and before > claim.claimed:
            made = f"{claim_name(entry)} was made on {long_date(claim.claimed)}"
            message = f"{made}, before {claim_name(one)} on {long_date(before)}"
            yield Finding(OUT_OF_ORDER, message, claim_route(entry, "claimed"), Severity.WARNING)
            return


def _late(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """A claim after the day that the agreement gives for it."""
    wanted = entry.invoice.claim_by
    by = f"the agreement wants it by {_day(wanted)}"
    if wanted is not None and claim.claimed is not None and claim.claimed > wanted:
        message = f"{claim_name(entry)} was made on {long_date(claim.claimed)}; {by}"
        yield Finding(CLAIMED_LATE, message, claim_route(entry, "claimed"), Severity.WARNING)
    elif entry.state is State.LATE:
        yield Finding(CLAIMED_LATE, f"{claim_name(entry)} is a draft; {by}", claim_route(entry), Severity.WARNING)


def _paid_late(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """Money after the day that the agreement gives for it, and money that is still to come then."""
    due = entry.due_date
    late = sorted({receipt.date for receipt in claim.paid if due is not None and receipt.date > due})
    if due is not None and late:
        part = f"{pounds(entry.paid_late)} of " if entry.paid_late != entry.paid or entry.outstanding else ""
        day = f"{'on' if len(late) == 1 else 'by'} {long_date(late[-1])}"
        message = f"{part}{claim_name(entry)} was paid {day}; it was due by {long_date(due)}"
        yield Finding(PAID_LATE, message, claim_route(entry, "paid"), Severity.WARNING)
    if entry.state is State.PAYMENT_LATE:
        message = f"{pounds(entry.outstanding)} of {claim_name(entry)} is not paid; it was due by {_day(due)}"
        yield Finding(PAID_LATE, message, claim_route(entry), Severity.WARNING)


def _paid_before(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """Money received before the claim was made."""
    early = next((one for one in claim.paid if claim.claimed is None or one.date < claim.claimed), None)
    if early is not None:
        made = f"was made on {long_date(claim.claimed)}" if claim.claimed else "has no date"
        message = f"{claim_name(entry)} {made}, but money for it was received on {long_date(early.date)}"
        yield Finding(PAID_BEFORE, message, claim_route(entry, "paid"), Severity.ERROR)
