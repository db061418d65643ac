"""On which days a cost that was worked out from pay is incurred: the days in post, at the rates of these days."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.grants.costing.timeshare import time_share
from grantcalc.grants.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from grantcalc.grants.costing.records import Convention
    from grantcalc.grants.costing.working import Step, Working


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a year on which a cost is incurred at one rate.

    Attributes:
        period: the days.
        served: the unbroken days in post that they belong to.
        year: the grant's year.
        pro_rata: how a part year is reckoned.
    """

    period: Period
    served: Period
    year: Period
    pro_rata: Convention

    def share_to(self, day: date) -> Fraction:
        """Which share of its cost is incurred at the end of a day, as a part of these days is paid."""
        if day < self.period.starts:
            return Fraction(0)
        if day >= self.period.ends:
            return Fraction(1)
        return self._earned(day) / self._earned(self.period.ends)

    def _earned(self, day: date) -> Fraction:
        return _time(Period(self.period.starts, day), self.served, self.year, self.pro_rata)


@lru_cache(maxsize=4096)  # the posts of a grant mostly begin and end on the same few days
def _time(span: Period, served: Period, year: Period, pro_rata: Convention) -> Fraction:
    return time_share(span, served, year, pro_rata).share


Stretches: TypeAlias = "Mapping[str, Mapping[Stretch, Fraction]]"
"""What each heading costs in each stretch, in pounds; what no stretch has is incurred evenly over the year."""


def stretches_of(workings: Iterable[Working]) -> Stretches:
    """The stretches of the workings of one year, those of the same days together.

    The parts of a cost make it as it is rounded: each is its share of what the steps come to exactly.
    """
    found: dict[str, dict[Stretch, Fraction]] = {}
    for working in workings:
        for heading, cost in working.costs.items():
            exact = working.exact(heading)
            for stretch, amount in _parts(working, heading) if exact else ():
                of_heading = found.setdefault(heading, {})
                of_heading[stretch] = of_heading.get(stretch, Fraction(0)) + amount * Fraction(cost) / exact
    return found


def _parts(working: Working, heading: str) -> Iterator[tuple[Stretch, Fraction]]:
    """What the steps of a heading come to, by their days."""
    if working.period is None or working.pro_rata is None:
        return
    for step in working.steps:
        if step.heading != heading or not step.charged:
            continue
        for dated, amount in _dated(step, step.amount):
            if dated.period is not None and dated.served is not None:
                yield Stretch(dated.period, dated.served, working.period, working.pro_rata), amount


def _dated(step: Step, amount: Fraction) -> Iterator[tuple[Step, Fraction]]:
    """An amount by the steps that say when it is incurred: what is charged on others falls when they do."""
    if not step.charged_on:
        yield step, amount
        return
    whole = sum((one.amount for one in step.charged_on), Fraction(0))
    for one in step.charged_on if whole else ():
        yield from _dated(one, amount * one.amount / whole)
