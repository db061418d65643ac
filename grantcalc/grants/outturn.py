"""The outturn statement, which closes a year or a grant: budget, actual and variance per heading and line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.ledger import claimed_costs, keep_ledger, yearly
from grantcalc.grants.payments import Kind
from grantcalc.money import PENNY, ZERO, Remainder, add, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.ledger import Entry, Ledger
    from grantcalc.grants.periods import Period

NOT_BY_POST = "Claimed by heading alone"
CORRECTIONS = "Corrections"
DISALLOWED = "Disallowed"
ROUNDING = "Rounding of periods that lie in two years"


@dataclass(frozen=True, slots=True)
class OutturnLine:
    """A heading, a post or another cost: what was planned for it and what it came to, in pounds."""

    name: str
    budget: Decimal
    actual: Decimal

    @property
    def variance(self) -> Decimal:
        """Actual less budget: below zero where less was spent than planned."""
        return self.actual - self.budget


@dataclass(frozen=True, slots=True)
class Outturn:
    """An outturn statement.

    Attributes:
        account: the grant.
        ledger: its claims.
        year: the year that is closed; empty for the whole grant.
        period: its dates.
        headings: a line for each heading.
        lines: a line for each post and other cost, and for what claims do not give by post; both lists make the
            same totals.
        award: what could be claimed.
        claimed: what was asked for and accepted.
        received: what was paid.
        unclaimed: the numbers of the periods that have no claim yet, so that the statement is not final.
        estimated: the numbers of the periods whose claims are estimates.
    """

    account: Account
    ledger: Ledger
    year: str
    period: Period | None
    headings: tuple[OutturnLine, ...]
    lines: tuple[OutturnLine, ...]
    award: Decimal
    claimed: Decimal
    received: Decimal
    unclaimed: tuple[int, ...]
    estimated: tuple[int, ...]

    @property
    def total(self) -> OutturnLine:
        """All headings together."""
        return OutturnLine("Total", add(one.budget for one in self.headings), add(one.actual for one in self.headings))

    @property
    def underspend(self) -> Decimal:
        """What of the award is not claimed."""
        return self.award - self.claimed

    @property
    def is_final(self) -> bool:
        """Whether every period is claimed, and by actual figures."""
        return not self.unclaimed and not self.estimated


def outturn(account: Account, year: str = "", as_of: date | None = None) -> Outturn:
    """Close a year, or the whole grant.

    Args:
        account: the grant and its planned payments; its years must have dates.
        year: the name of the year; empty for the whole grant.
        as_of: the day on which claims and payments are looked at; None for all that the file has.
    """
    ledger = keep_ledger(account, as_of, drafts=False)
    parts = [part for entry in ledger.entries if (part := _Part(entry, _weight(entry, year))).weight]
    named = [one for one in account.totals.years if not year or one.year.year == year]
    budgets = {heading: add(one.headings[heading] for one in named) for heading in account.grant.headings}
    years = [one for one in yearly(ledger) if not year or one.year == year]
    periods = [part.entry for part in parts if part.entry.invoice.instalment.kind is Kind.PERIOD]
    return Outturn(
        account=account,
        ledger=ledger,
        year=year,
        period=named[0].year.period if year else account.grant.period,
        headings=tuple(_heading_lines(parts, budgets)),
        lines=tuple(_cost_lines(account, parts, year)),
        award=add(one.ceiling for one in years) if year or ledger.award is None else ledger.award,
        claimed=add(one.claimed for one in years),
        received=add(part.of(part.entry.paid) for part in parts),
        unclaimed=tuple(entry.invoice.number for entry in periods if not entry.is_claimed),
        estimated=tuple(
            entry.invoice.number for entry in periods if entry.claim and entry.claim.figures == "estimated"
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of the ledger, and which share of it belongs to the year."""

    entry: Entry
    weight: Fraction

    def of(self, amount: Decimal) -> Decimal:
        """The year's part of an amount, to the penny."""
        return share_out(amount, [self.weight, 1 - self.weight], PENNY, Remainder.LAST)[0]


def _weight(entry: Entry, year: str) -> Fraction:
    """Which share of an entry belongs to a year: by what is planned for each, where it lies in several."""
    shares = {share.year: max(share.amount + share.cut, ZERO) for share in entry.invoice.instalment.shares}
    if not year or set(shares) == {year}:
        return Fraction(1)
    total = add(shares.values())
    return Fraction(shares.get(year, ZERO)) / Fraction(total) if total else Fraction(0)


def _heading_lines(parts: list[_Part], budgets: Mapping[str, Decimal]) -> Iterator[OutturnLine]:
    for heading, budget in budgets.items():
        actual = add(part.of(part.entry.cost.get(heading, ZERO)) for part in parts)
        yield OutturnLine(heading, budget, actual)


def _cost_lines(account: Account, parts: list[_Part], year: str) -> Iterator[OutturnLine]:
    """What posts and other costs came to, and what claims do not give by post."""
    budgets: dict[str, Decimal] = {}
    for one in account.totals.years:
        for line in one.lines if not year or one.year.year == year else ():
            budgets[line.line.name] = budgets.get(line.line.name, ZERO) + line.total
    actual = dict.fromkeys(budgets, ZERO)
    for part in parts:
        for given in part.entry.claim.lines if part.entry.claim else ():
            spent = add(part.of(figure.value) for figure in given.costs.values())
            actual[given.name] = actual.get(given.name, ZERO) + spent
    for name, amount in actual.items():
        yield OutturnLine(name, budgets.get(name, ZERO), amount)
    for name, amount in _not_by_line(parts, add(actual.values())):
        if amount:
            yield OutturnLine(name, ZERO, amount)


def _not_by_line(parts: list[_Part], by_line: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What of the cost belongs to no post: claims by heading, what was disallowed, and corrections."""
    claims = [(part, part.entry.claim) for part in parts if part.entry.claim is not None]
    by_heading = add(
        part.of(amount) for part, claim in claims if not claim.lines for amount in claimed_costs(claim).values()
    )
    disallowed = add(-part.of(one.amount.value) for part, claim in claims for one in claim.disallowed)
    whole = add(part.of(amount) for part in parts for amount in part.entry.cost.values())
    corrected = any(claim.corrections for _, claim in claims)
    yield NOT_BY_POST, by_heading
    yield DISALLOWED, disallowed
    yield CORRECTIONS if corrected else ROUNDING, whole - by_line - by_heading - disallowed
