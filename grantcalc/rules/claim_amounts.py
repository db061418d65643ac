"""GC3, amounts of claims: more or less than may be claimed, paid otherwise than claimed, over a purchase order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.gaps import apart
from grantcalc.grants.claimed import claimed_costs, gives_costs, is_made
from grantcalc.grants.payments import Kind
from grantcalc.money import ZERO, add, pounds
from grantcalc.rules.claims import CLAIMED_FILE, SECOND_CLAIM, claim_name, claim_route
from grantcalc.rules.payments import ceiling_name
from grantcalc.severity import Severity
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.account import Account
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger

_CORRECTION: Final = """\
    corrections:
      - period: {}
        heading: salary
        amount: £100
        reason: Late invoice
    claimed:"""
_DISALLOWED: Final = """\
    disallowed:
      - heading: salary
        amount: {}
        reason: Leave
    claimed:"""

OVER_ENTITLEMENT: Final = Rule(
    "GC314",
    "claim-over-entitlement",
    Severity.ERROR,
    """\
A claim asks for more than the costs that it gives and the terms of the agreement allow: the funder's rate of eligible
expenditure, within the ceilings, less what was paid up front or is held back. The grant is never more than eligible
expenditure incurred.""",
    CLAIMED_FILE.replace("    claimed: 2025-07-04", "    amount: £7,800\n    claimed: 2025-07-04"),
    CLAIMED_FILE,
    gist=("a claim asks for more than its costs allow", "{n} claims ask for more than their costs allow"),
)
UNDER_ENTITLEMENT: Final = Rule(
    "GC315",
    "claim-below-entitlement",
    Severity.NOTE,
    """\
A claim asks for less than its costs and the terms of the agreement allow. What is not asked for is usually lost when
the year closes.""",
    CLAIMED_FILE.replace("    claimed: 2025-07-04", "    amount: £7,400\n    claimed: 2025-07-04"),
    CLAIMED_FILE,
)
OVER_CEILING: Final = Rule(
    "GC316",
    "claim-cut-at-ceiling",
    Severity.WARNING,
    """\
A claim's costs would take the payments over a ceiling: the award, or that of a year. The claim is split there, and
the rest is the recipient's to bear, unless the funder agrees to a variation.""",
    CLAIMED_FILE.replace("£7,500\n    claimed", "£30,600\n    claimed"),
    CLAIMED_FILE,
)
PAID_DIFFERENTLY: Final = Rule(
    "GC317",
    "paid-differently-from-claimed",
    Severity.WARNING,
    """\
What was received for a claim is not what was claimed and accepted. More than that has to be given back, and is an
error; less is still owed, or something was disallowed that the file does not say: record it under `disallowed`.""",
    CLAIMED_FILE.replace("paid: 2025-07-31", "paid:\n      - date: 2025-07-31\n        amount: £7,000"),
    CLAIMED_FILE,
    gist=("a claim was overpaid", "{n} claims were overpaid"),
)
CORRECTION_MISPLACED: Final = Rule(
    "GC318",
    "correction-of-unclaimed-period",
    Severity.ERROR,
    """\
A correction is for a period that was not claimed earlier: the same one, a later one, or one without a claim; or for the
number of a payment up front, which has no costs. Costs of the claim's own period belong under its `costs`.""",
    CLAIMED_FILE
    + SECOND_CLAIM.replace(
        "    claimed:",
        _CORRECTION.format(2),
    ),
    CLAIMED_FILE
    + SECOND_CLAIM.replace(
        "    claimed:",
        _CORRECTION.format(1),
    ).replace("£7,500", "£7,400"),
    gist=("a correction is for no earlier claim", "{n} corrections are for no earlier claim"),
)
DISALLOWED_TOO_MUCH: Final = Rule(
    "GC319",
    "disallowed-more-than-claimed",
    Severity.ERROR,
    """\
More is disallowed under a heading than the claim gives for it. Give the part of the claim that the funder does not
accept, under the heading where it was claimed.""",
    CLAIMED_FILE.replace(
        "    claimed:",
        _DISALLOWED.format("£7,600"),
    ).replace("    paid: 2025-07-31\n", ""),
    CLAIMED_FILE.replace(
        "    claimed:",
        _DISALLOWED.format("£600"),
    ),
    gist=("more is disallowed than was claimed", "more is disallowed than was claimed under {n} headings"),
)
ORDER_TOO_SMALL: Final = Rule(
    "GC320",
    "purchase-order-too-small",
    Severity.WARNING,
    """\
The payments come to more than the purchase order is raised for, so that the last invoices will be refused. Ask the
customer to raise it. Once there are claims, they count as they are, and what is still to come as planned: it is the
forecast of `grantcalc claims` that the order must cover, not the plan.""",
    CLAIMED_FILE + "purchase_order:\n  number: PO 1\n  amount: £20,000\n",
    CLAIMED_FILE + "purchase_order:\n  number: PO 1\n  amount: £30,000\n",
)
NO_COSTS: Final = Rule(
    "GC321",
    "claim-without-costs",
    Severity.WARNING,
    """\
A claim that was made gives no costs, so that it comes to nothing: what is paid is the eligible cost of the period. Give
its `costs`, or `posts` and `other_costs`, or a cost of 0 if there was none. Where payments are fixed, with
`basis: award` or `basis: stated`, a claim without costs is for the planned amount, and in order.""",
    CLAIMED_FILE + SECOND_CLAIM.replace("    costs:\n      salary: £7,500\n", ""),
    CLAIMED_FILE + SECOND_CLAIM,
)
SAME_INVOICE: Final = Rule(
    "GC322",
    "invoice-number-repeated",
    Severity.ERROR,
    """\
Two claims quote the same invoice number, so that a payment cannot be told to be for one or the other; a ledger refuses
the second. Correct one of them.""",
    CLAIMED_FILE.replace("    claimed:", "    invoice: N1\n    claimed:")
    + SECOND_CLAIM.replace("    claimed:", "    invoice: N1\n    claimed:"),
    CLAIMED_FILE.replace("    claimed:", "    invoice: N1\n    claimed:")
    + SECOND_CLAIM.replace("    claimed:", "    invoice: N2\n    claimed:"),
    gist=("an invoice number is given twice", "{n} invoice numbers are given twice"),
)

RULES: Final = (
    OVER_ENTITLEMENT,
    UNDER_ENTITLEMENT,
    OVER_CEILING,
    PAID_DIFFERENTLY,
    CORRECTION_MISPLACED,
    DISALLOWED_TOO_MUCH,
    ORDER_TOO_SMALL,
    NO_COSTS,
    SAME_INVOICE,
)


def check(ledger: Ledger) -> Iterator[Finding]:
    """Findings on the amounts of claims and of what was paid for them."""
    for entry in ledger.entries:
        if entry.claim is not None:
            yield from _amount(entry, entry.claim)
            yield from _no_costs(ledger, entry, entry.claim)
            yield from _disallowed(entry, entry.claim)
            yield from _corrections(ledger, entry, entry.claim)
            yield from _paid(entry, entry.claim)
    yield from _invoice_numbers(ledger)


def _invoice_numbers(ledger: Ledger) -> Iterator[Finding]:
    """Claims that quote the number of another."""
    first: dict[str, Entry] = {}
    for entry in ledger.entries:
        number = entry.claim.invoice if entry.claim else None
        if number is None:
            continue
        other = first.setdefault(number, entry)
        if other is not entry:
            message = f"{claim_name(entry)} has the invoice number {number}, as {claim_name(other)} has"
            note = Note("first given here", claim_route(other, "invoice"))
            yield Finding(SAME_INVOICE, message, claim_route(entry, "invoice"), Severity.ERROR, notes=(note,))


def _amount(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """A claim that asks for more or less than it may."""
    if entry.over_ceiling and entry.ceiling is not None:
        over = f"costs the funder {pounds(entry.over_ceiling)} more than {ceiling_name(entry.ceiling)} leaves"
        note = Note(
            "to mend: what is over a ceiling is the recipient's to bear, unless the funder agrees to a variation"
        )
        message = f"{claim_name(entry)} {over}; it comes to {pounds(entry.entitled)}"
        yield Finding(OVER_CEILING, message, claim_route(entry), Severity.WARNING, notes=(note,))
    allowed = entry.entitled + entry.refused
    if claim.amount is None or claim.amount.value == allowed:
        return
    gap = claim.amount.value - allowed
    asks = f"{claim_name(entry)} asks for {claim.amount.text}, {apart(gap)} than the {pounds(allowed)}"
    rule = OVER_ENTITLEMENT if gap > 0 else UNDER_ENTITLEMENT
    where, marker = claim_route(entry, "amount"), apart(gap)
    yield Finding(
        rule, f"{asks} that it may ask for", where, rule.severity, marker=marker, notes=_working(entry, claim)
    )


def _no_costs(ledger: Ledger, entry: Entry, claim: Claim) -> Iterator[Finding]:
    """A claim that was made without the costs that it is to be paid by."""
    by_cost = ledger.grant.payments.basis == "cost" and entry.invoice.instalment.kind is Kind.PERIOD
    if by_cost and is_made(claim) and not gives_costs(claim):
        note = Note("to mend: give its costs, or a cost of 0 if there was none")
        message = f"{claim_name(entry)} gives no costs, so it comes to nothing"
        yield Finding(NO_COSTS, message, claim_route(entry), Severity.WARNING, notes=(note,))


def _working(entry: Entry, claim: Claim) -> tuple[Note, ...]:
    """What the claim gives as costs."""
    if entry.invoice.instalment.kind is not Kind.PERIOD:
        return ()
    costs = claimed_costs(claim)
    parts = " + ".join(f"{pounds(amount)} {heading}" for heading, amount in costs.items()) or "no costs"
    corrected = add(one.amount.value for one in claim.corrections)
    more = f", and corrections of {pounds(corrected)}" if corrected else ""
    return (Note(f"working: the claim gives {parts}{more}"),)


def _disallowed(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """More disallowed under a heading than was claimed for it."""
    costs = claimed_costs(claim)
    refused = dict.fromkeys(costs, ZERO)
    for at, one in enumerate(claim.disallowed):
        refused[one.heading] = refused.get(one.heading, ZERO) + one.amount.value
        given = costs.get(one.heading, ZERO)
        if refused[one.heading] > given:
            message = (
                f"{claim_name(entry)}: {pounds(refused[one.heading])} of {one.heading} is disallowed, "
                f"but the claim gives {pounds(given)} for it"
            )
            where = claim_route(entry, "disallowed", at, "amount")
            note = Note("to mend: put it under the heading and into the claim where it was claimed")
            yield Finding(DISALLOWED_TOO_MUCH, message, where, Severity.ERROR, notes=(note,))


def _corrections(ledger: Ledger, entry: Entry, claim: Claim) -> Iterator[Finding]:
    """Corrections of periods that were not claimed before, or of a payment that is for no one period."""
    earlier = [one for one in ledger.entries if one.claim and one.invoice.number < entry.invoice.number]
    kinds: dict[int | str, Kind] = {one.invoice.number: one.invoice.instalment.kind for one in earlier}
    for at, one in enumerate(claim.corrections):
        kind = kinds.get(one.period)
        if kind is not Kind.PERIOD:
            why = "which was not claimed before it" if kind is None else f"the {kind} payment, which has no costs"
            message = f"{claim_name(entry)} corrects period {one.period}, {why}"
            where = claim_route(entry, "corrections", at, "period")
            note = Note("to mend: give the number of an earlier claim, or put the cost under the claim's own costs")
            yield Finding(CORRECTION_MISPLACED, message, where, Severity.ERROR, notes=(note,))


def _paid(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """Another amount received than was claimed and accepted."""
    gap = entry.paid - entry.accepted
    if claim.paid and gap:
        than = f"{apart(gap)} than the {pounds(entry.accepted)} claimed and accepted"
        message = f"{claim_name(entry)}: {pounds(entry.paid)} was paid, {than}"
        severity = Severity.ERROR if gap > 0 else Severity.WARNING
        yield Finding(PAID_DIFFERENTLY, message, claim_route(entry, "paid"), severity, marker=apart(gap))


def check_order(account: Account, ledger: Ledger | None = None) -> Iterator[Finding]:
    """A purchase order that does not cover the payments: as planned, or with a ledger as they are forecast."""
    order = account.grant.purchase_order
    total = ledger.forecast if ledger else add(instalment.amount for instalment in account.instalments)
    if order is not None and order.amount is not None and total > order.amount.value:
        by = " with what was claimed" if ledger else ""
        more = f"{apart(total - order.amount.value)} than the purchase order {order.number} of {order.amount.text}"
        message = f"the payments make {pounds(total)}{by}, {more}"
        yield Finding(ORDER_TOO_SMALL, message, Route(("purchase_order", "amount")), Severity.WARNING)
