"""The working of a cost: the steps from a salary to what a post costs in a year, each an amount that adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.costing.timeshare import IN_WORDS
from grantcalc.grants.periods import DAY, Period
from grantcalc.money import PENNY, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from grantcalc.grants.costing.records import Convention
    from grantcalc.grants.costing.timeshare import TimeShare
    from grantcalc.source import Keys


class What(StrEnum):
    """What a step adds to the cost."""

    SALARY = "salary"
    ALLOWANCE = "allowance"
    NATIONAL_INSURANCE = "national insurance"
    PENSION = "pension"
    LEVY = "apprenticeship levy"
    OVERHEAD = "overhead"
    INFLATION = "inflation"
    BEFORE = "the year before"
    UPLIFT = "uplift"
    ABSORBED = "absorbed"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a working: people × (base × FTE − threshold) × rate × share of the year.

    Attributes:
        what: what it adds.
        name: the allowance or scheme in question, in words; empty where `what` says all.
        who: which of the people in post, in words; empty where there is one, or all are alike.
        heading: the heading under which it stands.
        base: what it starts from: pounds a year for one person, or pounds.
        why: where the base comes from, in words.
        people: for how many people alike.
        fte: the share of full-time work by which the base is multiplied; None where it is not.
        threshold: what of the base is free, in pounds a year.
        rate: the rate that is charged on it; None for the whole.
        period: the days that it covers; None where it has no time of its own.
        served: the unbroken days in post that these days belong to, which decide what a whole month is; None likewise.
        time: the share of the year's pay that these days earn.
        charged: whether the grant is charged with it.
        charged_on: the steps that its base adds up; none where the base is an amount of its own.
    """

    what: What
    heading: str
    base: Fraction
    name: str = ""
    who: str = ""
    why: str = ""
    people: int = 1
    fte: Fraction | None = None
    threshold: Fraction = Fraction(0)
    rate: Fraction | None = None
    period: Period | None = None
    served: Period | None = None
    time: TimeShare | None = None
    charged: bool = True
    charged_on: tuple[Step, ...] = ()

    @property
    def amount(self) -> Fraction:
        """What the step comes to, in pounds and exactly; nothing where the base is below the threshold."""
        above = self.base * (1 if self.fte is None else self.fte)
        if self.threshold:
            above = max(above - self.threshold, Fraction(0))
        rate = 1 if self.rate is None else self.rate
        return self.people * above * rate * (self.time.share if self.time else 1)


def join(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in which stretches that follow each other at the same rates are one."""
    joined: list[Step] = []
    latest: dict[tuple[object, ...], int] = {}
    for step in steps:
        alike = (step.what, step.name, step.who, step.heading, step.base, step.fte, step.threshold, step.rate)
        at = latest.get(alike)
        together = None if at is None else _together(joined[at], step)
        if at is None or together is None:
            latest[alike] = len(joined)
            joined.append(step)
        else:
            joined[at] = together
    return tuple(joined)


def _together(earlier: Step, later: Step) -> Step | None:
    """Two steps at the same rates as one; None where their days do not follow each other."""
    if not (earlier.period and later.period and earlier.time and later.time):
        return None
    if earlier.period.ends + DAY != later.period.starts:
        return None
    period = Period(earlier.period.starts, later.period.ends)
    return replace(earlier, period=period, time=earlier.time + later.time)


@dataclass(frozen=True, slots=True)
class Working:
    """How the costs of a post or other cost in a year follow from rates.

    Attributes:
        keys: the route of the post or other cost.
        name: its role or item.
        year: the name of the year.
        period: the year's dates; None where they play no part.
        pro_rata: how part years are reckoned; None where no time is involved.
        steps: what is added up, in order; absorbed awards are told, and not charged.
        headings: the headings that the working gives costs for.
    """

    keys: Keys
    name: str
    year: str
    period: Period | None
    pro_rata: Convention | None
    steps: tuple[Step, ...]
    headings: tuple[str, ...]

    @property
    def convention(self) -> str:
        """How part years are reckoned, in words; empty where no time is involved."""
        return IN_WORDS[self.pro_rata] if self.pro_rata else ""

    def exact(self, heading: str) -> Fraction:
        """What a heading comes to, in pounds, before it is rounded."""
        return sum((step.amount for step in self.steps if step.heading == heading and step.charged), Fraction(0))

    @property
    def costs(self) -> Mapping[str, Decimal]:
        """What each heading costs: its steps added up, and rounded once, half up to the penny."""
        return {heading: plain(round_half_up(self.exact(heading), PENNY)) for heading in self.headings}
