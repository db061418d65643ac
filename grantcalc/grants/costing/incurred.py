"""On which days a cost that was worked out from pay is incurred: the days in post, at the rates of these days."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.grants.costing.timeshare import time_share
from grantcalc.grants.periods import Period
from grantcalc.money import EXACT, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

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


def stretches_of(worked_out: Iterable[tuple[Working, Mapping[str, Decimal]]]) -> Stretches:
    """The stretches of the costs of one year, those of the same days together.

    The parts of a heading make its cost as it is rounded: each is its share of what all steps come to exactly.

    Args:
        worked_out: workings of the year, each with what its headings come to, in pounds.
    """
    found: dict[str, dict[Stretch, Fraction]] = {}
    rounded: dict[str, Decimal] = {}
    for working, costs in worked_out:
        for heading in working.headings:
            of_heading = found.setdefault(heading, {})
            for stretch, amount in _parts(working, heading):
                of_heading[stretch] = of_heading.get(stretch, Fraction(0)) + amount
            rounded[heading] = EXACT.add(rounded.get(heading, ZERO), costs[heading])
    return {heading: _made_up(parts, Fraction(rounded[heading])) for heading, parts in found.items() if parts}


def _made_up(parts: Mapping[Stretch, Fraction], cost: Fraction) -> Mapping[Stretch, Fraction]:
    """Parts that make a cost, in proportion to what they come to."""
    whole = sum(parts.values(), Fraction(0))
    return {stretch: amount * cost / whole for stretch, amount in parts.items()} if whole else {}


def _parts(working: Working, heading: str) -> Iterator[tuple[Stretch, Fraction]]:
    """What the steps of a heading come to, by their days."""
    charged = [step for step in working.steps if step.heading == heading and step.charged]
    for dated, amount in (part for step in charged for part in _dated(step, step.amount)):
        if dated.period and dated.served and working.period and working.pro_rata:
            yield Stretch(dated.period, dated.served, working.period, working.pro_rata), amount


def _dated(step: Step, amount: Fraction) -> Iterator[tuple[Step, Fraction]]:
    """An amount by the steps that say when it is incurred: what is charged on others falls when they do."""
    if not step.charged_on:
        yield step, amount
        return
    whole = sum((one.amount for one in step.charged_on), Fraction(0))
    for one in step.charged_on if whole else ():
        yield from _dated(one, amount * one.amount / whole)
