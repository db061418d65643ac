"""The outturn statement, which closes a year or a grant: budget, actual and variance per heading and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.grants.claimed import gives_costs
from grantcalc.grants.ledger import keep_ledger
from grantcalc.grants.payments import Kind
from grantcalc.grants.spent import (
    CORRECTIONS,
    DISALLOWED,
    NOT_BY_POST,
    cells,
    payments_by_year,
    yearly,
)
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.periods import Period
    from grantcalc.grants.spent import Cell
    from grantcalc.grants.totals import YearTotals


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
        ledger: its claims; drafts are left out.
        year: the year that is closed; empty for the whole grant.
        period: its dates.
        headings: a line for each heading.
        lines: a line for each post and other cost, and for what claims do not give by post; both lists make the
            same totals.
        award: what could be claimed.
        earned: what the funder pays of the actual cost, within the ceilings, whenever it is paid.
        claimed: what was asked for and accepted.
        received: what was paid.
        unclaimed: the numbers of the periods that have no claim yet, so that the statement is not final.
        estimated: the numbers of the periods whose claims are estimates that were not corrected.
        without_costs: the numbers of the periods whose claims do not say what they cost.
    """

    account: Account
    ledger: Ledger
    year: str
    period: Period | None
    headings: tuple[OutturnLine, ...]
    lines: tuple[OutturnLine, ...]
    award: Decimal
    earned: Decimal
    claimed: Decimal
    received: Decimal
    unclaimed: tuple[int, ...]
    estimated: tuple[int, ...]
    without_costs: tuple[int, ...]

    @property
    def total(self) -> OutturnLine:
        """All headings together."""
        return OutturnLine("Total", add(one.budget for one in self.headings), add(one.actual for one in self.headings))

    @property
    def not_yet_claimed(self) -> Decimal:
        """What was earned and not claimed, as what is held back until the end; below zero where it was paid ahead."""
        return self.earned - self.claimed

    @property
    def underspend(self) -> Decimal:
        """What of the award is not earned."""
        return self.award - self.earned

    @property
    def is_final(self) -> bool:
        """Whether every period is claimed, and by actual figures."""
        return not (self.unclaimed or self.estimated or self.without_costs)


def outturn(account: Account, year: str = "", as_of: date | None = None) -> Outturn:
    """Close a year, or the whole grant.

    Args:
        account: the grant and its planned payments; its years must have dates.
        year: the name of the year; empty for the whole grant.
        as_of: the day on which claims and payments are looked at; None for all that the file has.
    """
    ledger = keep_ledger(account, as_of, drafts=False)
    named = [one for one in account.totals.years if not year or one.year.year == year]
    spent = [cell for cell in cells(ledger) if not year or cell.year == year]
    years = [one for one in yearly(ledger) if not year or one.year == year]
    periods = [entry for entry in ledger.entries if _touches(entry, year)]
    claims = [(entry.invoice.number, entry.claim) for entry in periods if entry.claim is not None]
    corrected = {one.period for entry in ledger.entries if entry.claim for one in entry.claim.corrections}
    return Outturn(
        account=account,
        ledger=ledger,
        year=year,
        period=named[0].year.period if year else account.grant.period,
        headings=tuple(_heading_lines(account, named, spent)),
        lines=tuple(_cost_lines(named, spent)),
        award=add(one.ceiling for one in years) if year or ledger.award is None else ledger.award,
        earned=add(_of_year(entry.earned_by_year, year) for entry in periods if entry.is_claimed),
        claimed=add(one.claimed for one in years),
        received=add(_of_year(payments_by_year(entry, entry.paid), year) for entry in ledger.entries),
        unclaimed=tuple(entry.invoice.number for entry in periods if not entry.is_claimed),
        estimated=tuple(at for at, claim in claims if claim.figures == "estimated" and at not in corrected),
        without_costs=tuple(at for at, claim in claims if not gives_costs(claim)),
    )


def _touches(entry: Entry, year: str) -> bool:
    """Whether an entry is for a period that lies in the year, or in part of it."""
    instalment = entry.invoice.instalment
    return instalment.kind is Kind.PERIOD and (not year or any(share.year == year for share in instalment.shares))


def _of_year(parts: Mapping[str, Decimal], year: str) -> Decimal:
    return parts.get(year, ZERO) if year else add(parts.values())


def _heading_lines(account: Account, named: Sequence[YearTotals], spent: Sequence[Cell]) -> Iterator[OutturnLine]:
    for heading in account.grant.headings:
        budget = add(one.headings[heading] for one in named)
        yield OutturnLine(heading, budget, add(cell.amount for cell in spent if cell.heading == heading))


def _cost_lines(named: Sequence[YearTotals], spent: Sequence[Cell]) -> Iterator[OutturnLine]:
    """What posts and other costs came to, and what claims do not give by post."""
    budgets: dict[str, Decimal] = {}
    for one in named:
        for line in one.lines:
            budgets[line.line.name] = budgets.get(line.line.name, ZERO) + line.total
    others = (NOT_BY_POST, DISALLOWED, CORRECTIONS)
    actual = dict.fromkeys(budgets, ZERO)
    for cell in sorted(spent, key=lambda cell: others.index(cell.name) if cell.name in others else -1):
        actual[cell.name] = actual.get(cell.name, ZERO) + cell.amount
    for name, amount in actual.items():
        if amount or name in budgets:
            yield OutturnLine(name, budgets.get(name, ZERO), amount)
