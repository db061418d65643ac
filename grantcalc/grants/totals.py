"""What a grant costs: per line, heading and year, and in all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from grantcalc.grants.costing.worked_out import WorkedOut
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.costing.incurred import Stretches
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.model import Grant, Line, Year


@dataclass(frozen=True, slots=True)
class LineTotals:
    """What one post or other cost comes to in a year.

    Attributes:
        line: the post or other cost.
        headings: by heading, every one of the grant.
        total: of all headings.
        working: how the year was worked out from pay, by which its cost has days; None where the cost has none.
    """

    line: Line
    headings: Mapping[str, Decimal]
    total: Decimal
    working: Working | None = None

    @property
    def stretches(self) -> Stretches:
        """What of each heading is incurred on which days of the year."""
        return _stretches([self]) if self.working else {}


@dataclass(frozen=True)  # without slots, so that what is worked out once is kept
class YearTotals:
    """What a year comes to; lines without a cost in the year are left out."""

    year: Year
    lines: tuple[LineTotals, ...]
    headings: Mapping[str, Decimal]
    total: Decimal

    @cached_property
    def stretches(self) -> Stretches:
        """What of each heading is incurred on which days, of all lines whose cost has days."""
        worked_out = [line for line in self.lines if line.working]
        return _stretches(worked_out) if worked_out else {}


@dataclass(frozen=True, slots=True)
class Totals:
    """What a grant comes to."""

    years: tuple[YearTotals, ...]
    headings: Mapping[str, Decimal]
    total: Decimal


def total_grant(grant: Grant) -> Totals:
    """Add up a grant, in pounds and without rounding; every total has every heading of the grant."""
    years = tuple(_total_year(grant, year) for year in grant.named_years)
    headings = _columns(grant.headings, (year.headings for year in years))
    return Totals(years, headings, add(headings.values()))


def _total_year(grant: Grant, year: Year) -> YearTotals:
    lines = tuple(_total_line(grant.headings, line, year) for line in grant.lines if year.year in line.costs)
    headings = _columns(grant.headings, (line.headings for line in lines))
    return YearTotals(year, lines, headings, add(headings.values()))


def _total_line(headings: Iterable[str], line: Line, year: Year) -> LineTotals:
    costs = line.costs[year.year]
    amounts = {heading: costs[heading].value if heading in costs else ZERO for heading in headings}
    working = costs.working if isinstance(costs, WorkedOut) and costs.working.pro_rata else None
    return LineTotals(line, amounts, add(amounts.values()), working)


def _stretches(lines: Sequence[LineTotals]) -> Stretches:
    """On which days lines are incurred that were worked out; imported here, since most grants have none."""
    from grantcalc.grants.costing.incurred import stretches_of

    return stretches_of((line.working, line.headings) for line in lines if line.working)


def _columns(headings: Iterable[str], rows: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Each heading's total over rows that all have it."""
    listed = list(rows)
    return {heading: add(row[heading] for row in listed) for heading in headings}
