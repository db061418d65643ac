"""Later years at the cost of the year before and a percentage more, each as an amount that can be worked out again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from grantcalc.grants.costing.timeshare import mixed
from grantcalc.grants.costing.working import Step, What, Working
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.periods import months_in
from grantcalc.source import Route
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from grantcalc.grants.costing.values import Rate
    from grantcalc.grants.model import Grant, Line, Year
    from grantcalc.source import Keys


def uplifted(grant: Grant, line: Line, keys: Keys) -> Iterator[Working]:
    """The working of each year that has no amounts and follows one that has.

    An uplift is taken of the year before as it stands, rounded to the penny, so that each year can be worked out from
    the one before it.
    """
    before: Mapping[str, Decimal] = {}
    for year in _in_order(grant):
        given = line.costs.get(year.year)
        if given:
            before = {heading: figure.value for heading, figure in given.items()}
        elif before:
            steps = tuple(_steps(grant, line, before))
            working = Working(keys, line.name, year.year, year.period, None, steps, tuple(before))
            before = working.costs
            yield working


def _steps(grant: Grant, line: Line, before: Mapping[str, Decimal]) -> Iterator[Step]:
    for heading, amount in before.items():
        base = Fraction(amount)
        yield Step(What.BEFORE, heading, base)
        rate = rate_of(grant, line, heading)
        if rate is not None:
            yield Step(What.UPLIFT, heading, base, name=f"of {rate.text}", rate=rate.value)


def rate_of(grant: Grant, line: Line, heading: str) -> Rate | None:
    """The percentage by which a heading of a line rises; None where the grant assumes no inflation of it."""
    return grant.costing.inflation.get(heading) if line.uplift == "inflation" else line.uplift


def faults_of_uplift(grant: Grant, line: Line, keys: Keys) -> Iterator[Fault]:
    """An uplift that has no year to start from, or no rate."""
    place = Route((*keys, "uplift"))
    if not any(line.costs.get(year.year) for year in grant.named_years):
        message = f"{line.name} has an uplift, and no year with amounts that it could start from"
        yield Fault(FaultKind.NO_RATE, message, place, "give the amounts of the first year under costs")
    lacking = [heading for heading in _headings(line) if heading not in grant.costing.inflation]
    if line.uplift == "inflation" and lacking:
        message = f"{line.name} rises with inflation, and none is given for {listed(lacking)}"
        yield Fault(FaultKind.NO_RATE, message, place, "give a percentage for each heading under costing, inflation")
    yield from _unequal_years(grant, line, place)


def _headings(line: Line) -> list[str]:
    """The headings for which a line has amounts."""
    return list(dict.fromkeys(heading for costs in line.costs.values() for heading in costs))


def _unequal_years(grant: Grant, line: Line, place: Route) -> Iterator[Fault]:
    """Years that an uplift would make of a year that is longer or shorter."""
    for before, year in pairwise(_in_order(grant)):
        lengths = [months_in(one.period, one.period.starts) for one in (before, year) if one.period]
        if not line.costs.get(year.year) and len(set(lengths)) > 1:
            long = [f"{mixed(months)} month{'' if months == 1 else 's'}" for months in lengths]
            message = (
                f"the uplift of {line.name} would make {year.year}, of {long[1]}, from {before.year}, of {long[0]}"
            )
            yield Fault(FaultKind.NO_RATE, message, place, f"give the amounts of {year.year} under costs")


def _in_order(grant: Grant) -> list[Year]:
    """The years in the order of their dates."""
    return sorted(grant.named_years, key=lambda year: year.period.starts if year.period else date.max)
