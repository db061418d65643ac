"""What claims say was spent: a cell for each post and heading, and its part in each year of the grant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grantcalc.grants.accruals import cells_in, years_in
from grantcalc.grants.ceilings import year_award
from grantcalc.grants.payments import shares_of
from grantcalc.money import PENNY, ZERO, Remainder, add, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.periods import Period

NOT_BY_POST: Final = "Claimed by heading alone"
CORRECTIONS: Final = "Corrections"
DISALLOWED: Final = "Disallowed"


@dataclass(frozen=True, slots=True)
class Cell:
    """What was spent on a post or other cost under a heading, in the part of a period that lies in one year.

    Attributes:
        year: the name of the year.
        name: the post or other cost; or that a claim does not give it by post, corrects or disallows it.
        heading: the heading.
        amount: in pounds; what is disallowed is below zero.
    """

    year: str
    name: str
    heading: str
    amount: Decimal


def cells(ledger: Ledger) -> Iterator[Cell]:
    """Every amount of the claims in a ledger, each of the period that it belongs to, with corrections and refusals.

    Of a period that lies in two years of the grant, a cell is divided as it was planned: by the post and heading, by
    the heading where that was not planned, and else by all that was.
    """
    for entry in ledger.entries:
        planned = _planned(ledger, entry.invoice.period)
        for name, heading, amount in _given(ledger, entry):
            parts = share_out(amount, _weights(planned, name, heading), PENNY, Remainder.LAST)
            for year, part in zip(planned, parts, strict=True):
                if part or len(planned) == 1:
                    yield Cell(year, name, heading, part)


def _planned(ledger: Ledger, period: Period) -> Mapping[str, Mapping[tuple[str, str], Decimal]]:
    """What each post or other cost is planned to cost in a period, by year; asked only where it divides."""
    years = years_in(ledger.account.totals, period)
    divides = len(years) > 1
    return {year.year.year: cells_in(ledger.grant, year, period) if divides else {} for year in years}


def _given(ledger: Ledger, entry: Entry) -> Iterator[tuple[str, str, Decimal]]:
    """What claims say of one period: name, heading, amount."""
    claim = entry.claim if entry.is_counted else None
    for line in claim.lines if claim else ():
        for heading, figure in line.costs.items():
            yield line.name, heading, figure.value
    for heading, figure in (claim.costs or {}).items() if claim else ():
        yield NOT_BY_POST, heading, figure.value
    for one in claim.disallowed if claim else ():
        yield DISALLOWED, one.heading, -one.amount.value
    for other in ledger.entries:
        for correction in other.claim.corrections if other.claim and other.is_counted else ():
            if correction.period == entry.invoice.number:
                yield CORRECTIONS, correction.heading, correction.amount.value


def _weights(planned: Mapping[str, Mapping[tuple[str, str], Decimal]], name: str, heading: str) -> Sequence[Fraction]:
    """How a cell is divided over years."""
    for counts in (
        lambda key: key == (name, heading),
        lambda key: key[1] == heading,
        lambda _: True,
    ):
        weights = [Fraction(max(add(a for key, a in own.items() if counts(key)), ZERO)) for own in planned.values()]
        if any(weights):
            return weights
    return [Fraction(1)] * len(planned)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in the ledger; all amounts are in pounds.

    Attributes:
        year: its name.
        ceiling: what may be claimed in it: its own award, or what is planned to be paid for it; with what was
            carried forward and used.
        budget: what it was planned to cost.
        cost: what its claimed periods came to.
        claimed: what was asked for and accepted.
    """

    year: str
    ceiling: Decimal
    budget: Decimal
    cost: Decimal
    claimed: Decimal

    @property
    def remaining(self) -> Decimal:
        """What may still be claimed in it."""
        return self.ceiling - self.claimed


def payments_by_year(entry: Entry, amount: Decimal) -> Mapping[str, Decimal]:
    """An amount that was asked for or paid for an entry, by year: as the terms make it up, or else as planned."""
    due = {year: max(part, ZERO) for year, part in entry.due_by_year.items()}
    if not any(due.values()):
        due = {share.year: max(share.amount + share.cut, ZERO) for share in entry.invoice.instalment.shares}
    parts = share_out(amount, [Fraction(part) for part in due.values()], PENNY, Remainder.LAST)
    return dict(zip(due, parts, strict=True))


def yearly(ledger: Ledger) -> tuple[YearLine, ...]:
    """The ledger by the years of the grant."""
    costs: dict[str, Decimal] = {}
    claimed: dict[str, Decimal] = {}
    for cell in cells(ledger):
        costs[cell.year] = costs.get(cell.year, ZERO) + cell.amount
    for entry in ledger.entries:
        for year, part in payments_by_year(entry, entry.accepted).items():
            claimed[year] = claimed.get(year, ZERO) + part
    lines = [
        YearLine(
            year.year.year,
            _year_ceiling(ledger, year.year.year),
            year.total,
            costs.get(year.year.year, ZERO),
            claimed.get(year.year.year, ZERO),
        )
        for year in ledger.account.totals.years
    ]
    return tuple(_carried(lines) if ledger.grant.payments.carry_forward == "yes" else lines)


def _carried(lines: list[YearLine]) -> list[YearLine]:
    """The years with what later ones used of earlier ones' ceilings moved to them, from the latest of these."""
    moved = list(lines)
    for at in range(len(moved)):
        for earlier in reversed(range(at)):
            amount = min(max(-moved[at].remaining, ZERO), max(moved[earlier].remaining, ZERO))
            moved[earlier] = replace(moved[earlier], ceiling=moved[earlier].ceiling - amount)
            moved[at] = replace(moved[at], ceiling=moved[at].ceiling + amount)
    return moved


def _year_ceiling(ledger: Ledger, name: str) -> Decimal:
    own = year_award(ledger.grant, name, ledger.as_of)
    return add(share.amount for share in shares_of(ledger.account.instalments, name)) if own is None else own
