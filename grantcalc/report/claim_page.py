"""A claim as a page to send: what the period cost, what the funder is asked to pay of it, and who certifies it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grantcalc.money import add
from grantcalc.report.outturn_sheets import CERTIFICATE, DEFAULT_ROLE
from grantcalc.report.page import page
from grantcalc.report.references import labelled_references
from grantcalc.report.sheets import Column, Sheet, Value, set_out
from grantcalc.wording import capital, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.claim import Claim, Correction, Disallowed
    from grantcalc.grants.ledger import Entry
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
    amount = entry.claimed - entry.refused if entry.is_claimed else entry.entitled
    before = add(one.claimed - one.refused for one in ledger.entries if one.invoice.number < number)
    award = ledger.award
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
        cumulative=before + amount,
        award=award,
        remaining=award - before - amount if award is not None else None,
        references=labelled_references(ledger.grant),
        certificate=CERTIFICATE,
        role=claim.certified_by or ledger.grant.certified_by or DEFAULT_ROLE,
    )


def _steps(entry: Entry, grant: Grant, amount: Decimal) -> Iterator[tuple[str, Decimal]]:
    """How the amount follows from the cost: the funder's share, less what is over a ceiling, paid up front or held."""
    off = [
        ("Less what is over a ceiling", entry.over_ceiling),
        ("Less what was paid up front", entry.recovered),
        ("Less what is held back until the final payment", entry.held),
    ]
    share = entry.entitled + add(part for _, part in off)
    rate = f"The funder's share, {grant.payments.rate.text} of it" if grant.payments.rate else "The funder's share"
    yield rate, share
    yield from ((name, -part) for name, part in off if part)
    if amount != entry.entitled:
        yield "Asked for otherwise than the costs make", amount - entry.entitled


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
        *(_row(f"Disallowed: {one.reason}", None, _refused(one), headings) for one in claim.disallowed),
    ]
    return Sheet(columns, rows, total=["Total", None, *_totals(rows, len(headings) + 1)])


def _values(costs: Mapping[str, Figure]) -> dict[str, Decimal]:
    return {heading: figure.value for heading, figure in costs.items()}


def _correction(one: Correction) -> str:
    return f"Correction of period {one.period}: {one.reason}"


def _refused(one: Disallowed) -> dict[str, Decimal]:
    return {one.heading: -one.amount.value}


def _row(name: str, ledger: str | None, amounts: dict[str, Decimal], headings: tuple[str, ...]) -> list[Value]:
    return [name, ledger, *(amounts.get(heading) for heading in headings), add(amounts.values())]


def _totals(rows: list[list[Value]], count: int) -> list[Value]:
    """The sum of each column of amounts, which are the last ones."""
    return [add(value for row in rows if isinstance(value := row[at - count], Decimal)) for at in range(count)]
