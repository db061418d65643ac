"""How costs move from one year to the next, and what drives it where that is known from rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.grants.costing.working import What
from grantcalc.money import PENNY, ZERO, decimal_of, plain, pounds, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.costing.working import Step, Working
    from grantcalc.grants.totals import Totals, YearTotals


_PART: Final = {"post": "posts", "cost": "other_costs"}
"""The part of the file in which a line of a kind stands."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What a heading of a line, or of a whole year, costs in two years that follow each other.

    Attributes:
        name: the role or item; empty for the year's totals.
        heading: the heading; empty for all of them together.
        before: what it costs in the earlier year, in pounds.
        after: what it costs in the later year, in pounds.
        drivers: what makes the difference, in words; empty where the amounts are given and not worked out.
    """

    name: str
    heading: str
    before: Decimal
    after: Decimal
    drivers: tuple[str, ...] = ()

    @property
    def change(self) -> Decimal:
        """By how much the later year costs more, in pounds."""
        return self.after - self.before

    @property
    def rate(self) -> Fraction | None:
        """The change as a share of the earlier year; None where that is nothing."""
        return Fraction(self.change) / abs(Fraction(self.before)) if self.before else None


@dataclass(frozen=True, slots=True)
class YearMovement:
    """The movements from one year to the next, and whether any of their amounts has pence, so that all show them."""

    earlier: str
    later: str
    movements: tuple[Movement, ...]
    pence: bool


def movements_of(totals: Totals, workings: Iterable[Working]) -> tuple[YearMovement, ...]:
    """Compare each year of a grant with the one before: every line and heading, then the totals.

    Args:
        totals: what the grant costs.
        workings: how costs follow from rates.
    """
    made = {(str(working.keys[0]), working.name, working.year): working for working in workings}
    return tuple(_year_movement(earlier, later, made) for earlier, later in pairwise(totals.years))


def _year_movement(
    earlier: YearTotals, later: YearTotals, made: Mapping[tuple[str, str, str], Working]
) -> YearMovement:
    amounts = (cost for year in (earlier, later) for line in year.lines for cost in line.headings.values())
    pence = any(amount != amount.to_integral_value() for amount in amounts)
    movements = tuple(_between(earlier, later, made, pence=pence))
    return YearMovement(earlier.year.year, later.year.year, movements, pence)


def _between(
    earlier: YearTotals, later: YearTotals, made: Mapping[tuple[str, str, str], Working], *, pence: bool
) -> Iterator[Movement]:
    before, after = (
        {(_PART[line.line.kind], line.line.name): line for line in year.lines} for year in (earlier, later)
    )
    for part, name in {**before, **after}:
        first, second = (found[part, name].headings if (part, name) in found else {} for found in (before, after))
        workings = made.get((part, name, earlier.year.year)), made.get((part, name, later.year.year))
        for heading in earlier.headings:
            amounts = first.get(heading, ZERO), second.get(heading, ZERO)
            if any(amounts):
                yield Movement(name, heading, *amounts, tuple(_drivers(heading, *workings, pence=pence)))
    for heading, amount in earlier.headings.items():
        if amount or later.headings[heading]:
            yield Movement("", heading, amount, later.headings[heading])
    yield Movement("", "", earlier.total, later.total)


def _drivers(heading: str, before: Working | None, after: Working | None, *, pence: bool) -> Iterator[str]:
    """What moves a heading of a line: each part of its cost that changes, the largest first."""
    if after is None:
        return
    if any(step.what is What.BEFORE for step in after.steps):
        yield from (f"uplift {step.name}" for step in _charged(after, heading) if step.what is What.UPLIFT)
        return
    if before is None:
        yield "worked out from rates, after a year whose amount is given"
        return
    old, new = _by_part(before, heading), _by_part(after, heading)
    changes = {part: _sum(new.get(part, ())) - _sum(old.get(part, ())) for part in {**old, **new}}
    for part, change in sorted(changes.items(), key=lambda entry: -abs(entry[1])):
        if round_half_up(change, PENNY):
            reasons = ", ".join(_reasons(old.get(part, ()), new.get(part, ())))
            moved = signed(decimal_of(change), pence=pence or None)
            yield f"{part} {moved}{f' ({reasons})' if reasons else ''}"


def _charged(working: Working, heading: str) -> list[Step]:
    return [step for step in working.steps if step.heading == heading and step.charged]


def _by_part(working: Working, heading: str) -> dict[str, list[Step]]:
    """The steps of a heading by the part of the cost that they make."""
    parts: dict[str, list[Step]] = {}
    for step in _charged(working, heading):
        name = step.name if step.what in (What.ALLOWANCE, What.PENSION) else ""
        parts.setdefault(" ".join(filter(None, (step.what.value, name))), []).append(step)
    return parts


def _sum(steps: Iterable[Step]) -> Fraction:
    return sum((step.amount for step in steps), Fraction(0))


def signed(amount: Decimal, *, pence: bool | None = None) -> str:
    """A change of an amount: "+£957", "-£566"; with pence where it has some, or where all are printed with pence."""
    printed = pounds(round_half_up(amount, PENNY), pence=pence)
    return printed if amount < 0 else f"+{printed}"


def _reasons(old: Sequence[Step], new: Sequence[Step]) -> Iterator[str]:
    """What differs between the steps of two years: the time in post, rates, thresholds, rises of salary."""
    yield from (f"{changed} full-time years in post" for changed in _instead([_time(old)], [_time(new)]))
    yield from _instead(_in_order(old, _rate), _in_order(new, _rate))
    yield from (f"on pay of {changed}" for changed in _instead([_charged_on(old)], [_charged_on(new)]))
    thresholds = _instead(_in_order(old, _threshold), _in_order(new, _threshold))
    yield from (f"threshold {changed}" for changed in thresholds)
    opening = {step.who: step.why for step in reversed(old)}
    # Of somebody who was not there in the earlier year, the time in post says all.
    stayed = [step for step in new if step.period and (step.who in opening or not opening)]
    yield from dict.fromkeys(step.why for step in stayed if step.why and opening.get(step.who) != step.why)


def _time(steps: Iterable[Step]) -> str:
    """How many full-time years of work steps cover; empty where they go by something else."""
    worked = [step.people * step.fte * step.time.share for step in steps if step.time and step.fte is not None]
    return f"{plain(round_half_up(sum(worked, Fraction(0)), PENNY)):f}" if worked else ""


def _rate(step: Step) -> str:
    """A rate; with what it is charged on where that is an amount of the year."""
    if step.rate is None:
        return ""
    rate = f"{decimal_of(step.rate * 100):f}%"
    return rate if step.period else f"{rate} of {pounds(round_half_up(step.base, PENNY))}"


def _charged_on(steps: Iterable[Step]) -> str:
    """The pay of the year on which rates of spans are charged; empty where no span has a rate."""
    pay = [
        step.people * step.base * (1 if step.fte is None else step.fte) * (step.time.share if step.time else 1)
        for step in steps
        if step.rate is not None and step.period
    ]
    return pounds(round_half_up(sum(pay, Fraction(0)), PENNY)) if pay else ""


def _threshold(step: Step) -> str:
    return pounds(decimal_of(step.threshold)) if step.threshold else ""


def _in_order(steps: Sequence[Step], words: Callable[[Step], str]) -> list[str]:
    """What steps say, in the order of their days, each change once."""
    dated = sorted(steps, key=lambda step: step.period.starts if step.period else date.min)
    return [word for word, _ in groupby(map(words, dated)) if word]


def _instead(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What has become of something, where it is not the same."""
    if any(old) and any(new) and old != new:
        yield f"{' then '.join(new)} instead of {' then '.join(old)}"
