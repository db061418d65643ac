"""A claim as a page to send: what the period cost, what the funder is asked to pay of it, and who certifies it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grantcalc.grants.payments import Kind
from grantcalc.money import add
from grantcalc.report.outturn_sheets import CERTIFICATE, DEFAULT_ROLE
from grantcalc.report.page import money, page
from grantcalc.report.references import references_after
from grantcalc.report.sheets import Column, Sheet, Value, set_out
from grantcalc.wording import capital, long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.claim import Claim, Correction, Disallowed
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.model import Grant
    from grantcalc.money import Figure
    from grantcalc.results.ledger import ClaimLedger


def claim_page(claims: ClaimLedger, number: int) -> str:
    """The claim for an invoice.

    Args:
        claims: the ledger.
        number: the number of the invoice; its period has a claim.
    """
    ledger = claims.ledger
    entry, claim = next(
        (entry, entry.claim) for entry in ledger.entries if entry.invoice.number == number and entry.claim is not None
    )
    amount = entry.accepted if entry.is_claimed else entry.entitled
    accepted = amount + add(one.accepted for one in _before(ledger, entry))
    left = ledger.order - accepted if ledger.order is not None else None
    return page(
        "claim.html",
        claims.source,
        grant=ledger.grant,
        entry=entry,
        claim=claim,
        count=len(ledger.entries),
        costs=set_out(cost_sheet(claim, ledger.grant.headings), short_date),
        steps=list(_steps(entry, ledger.grant, amount)),
        amount=amount,
        to_date=[(name, money(value)) for name, value in _to_date(ledger, entry, accepted)],
        references=references_after(ledger.grant, left, f"claim {number}"),
        certificate=CERTIFICATE,
        role=claim.certified_by or ledger.grant.certified_by or DEFAULT_ROLE,
    )


def _before(ledger: Ledger, entry: Entry) -> list[Entry]:
    """The claims of earlier periods that were made."""
    return [one for one in ledger.entries if one.invoice.number < entry.invoice.number and one.is_claimed]


def _to_date(ledger: Ledger, entry: Entry, accepted: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What this claim and those before it come to: asked for, disallowed, held back; and what they leave."""
    before = _before(ledger, entry)
    refused = add(one.refused for one in (*before, entry) if one.is_claimed)
    held = [one.held for one in (*before, entry)]
    yield "Claimed to date, this claim included", accepted + refused
    if refused:
        yield "Of that disallowed", refused
        yield "Claimed and accepted to date", accepted
    if any(held):
        yield "Held back to date, until the final payment", add(held)
    if ledger.award is not None:
        yield f"Remaining of the award of {money(ledger.award)}", ledger.award - accepted


def _steps(entry: Entry, grant: Grant, amount: Decimal) -> Iterator[tuple[str, Decimal]]:
    """How the amount follows from the cost: the funder's share, less what is over a ceiling, paid up front or held."""
    rate = grant.payments.rate
    kind = entry.invoice.instalment.kind
    if kind is Kind.PERIOD:
        yield f"The funder's share, {rate.text} of it" if rate else "The funder's share", entry.share
    steps = [
        ("Moved from other claims to this one, or with a minus from it to them", entry.moved),
        ("Less what is over a ceiling", -entry.over_ceiling),
        ("Paid up front" if kind is Kind.UP_FRONT else "Less what was paid up front", -entry.recovered),
        ("What was held back" if kind is Kind.FINAL else "Less what is held back until the final payment", -entry.held),
        ("Asked for otherwise than the costs make", amount - entry.entitled),
    ]
    yield from ((name, part) for name, part in steps if part)


def cost_sheet(claim: Claim, headings: tuple[str, ...]) -> Sheet:
    """What a claim is made of: posts and other costs, or headings alone, then corrections and what was disallowed."""
    columns = (
        Column("name", "Eligible cost"),
        Column("ledger", "Ledger reference"),
        *(Column(heading, capital(heading), to_the_right=True) for heading in headings),
        Column("total", "Total", to_the_right=True),
    )
    given = [(line.name, line.ledger, line.costs) for line in claim.lines]
    if claim.costs:
        given.append(("Cost of the period", claim.ledger, claim.costs))
    rows = [
        *(_row(name, ledger, _values(costs), headings) for name, ledger, costs in given),
        *(_row(_correction(one), one.ledger, {one.heading: one.amount.value}, headings) for one in claim.corrections),
        *(_row(_disallowance(one), None, _refused(one), headings) for one in claim.disallowed),
    ]
    return Sheet(columns, rows, total=["Total", None, *_totals(rows, len(headings) + 1)])


def _values(costs: Mapping[str, Figure]) -> dict[str, Decimal]:
    return {heading: figure.value for heading, figure in costs.items()}


def _correction(one: Correction) -> str:
    return f"Correction of period {one.period}: {one.reason}"


def _disallowance(one: Disallowed) -> str:
    return f"Disallowed on {long_date(one.date)}: {one.reason}" if one.date else f"Disallowed: {one.reason}"


def _refused(one: Disallowed) -> dict[str, Decimal]:
    return {one.heading: -one.amount.value}


def _row(name: str, ledger: str | None, amounts: dict[str, Decimal], headings: tuple[str, ...]) -> list[Value]:
    return [name, ledger, *(amounts.get(heading) for heading in headings), add(amounts.values())]


def _totals(rows: list[list[Value]], count: int) -> list[Value]:
    """The sum of each column of amounts, which are the last ones."""
    return [add(value for row in rows if isinstance(value := row[at - count], Decimal)) for at in range(count)]
