"""What a person is paid a year, full-time, from day to day: increments, pay awards, new scales, assumed inflation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from grantcalc.grants.costing.values import Rise
from grantcalc.grants.periods import add_months
from grantcalc.wording import listed, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.grants.costing.records import Increments, PayAward, ScaleTable


class _Order(IntEnum):
    """What comes first where several things happen on one day.

    An award raises the point that an increment has led to, and a new scale has that day's award in it.
    """

    INCREMENT = 1
    AWARD = 2
    SCALE = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changes a salary on a day.

    Attributes:
        begins: the first day on which it holds.
        order: its place among the changes of that day.
        text: what it is, in words.
        rise: what it adds; None for an increment to the next point of a scale, and for a new scale.
        table: the new scale, for one.
        absorbed: whether the recipient bears it, so that the grant is not charged with it.
    """

    begins: date
    order: _Order
    text: str
    rise: Rise | None = None
    table: ScaleTable | None = None
    absorbed: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A salary from a day on.

    Attributes:
        begins: the first day.
        charged: the salary a year, full-time, in pounds, as the grant is charged with it.
        paid: the same with the awards that the recipient absorbs.
        why: what the charged salary follows from, in words.
        borne: the last award that the recipient absorbs, in words; empty if there is none.
    """

    begins: date
    charged: Fraction
    paid: Fraction
    why: str
    borne: str


def award_change(award: PayAward) -> Change:
    """A pay award as a change of salary."""
    absorbed = award.treatment == "absorbed"
    return Change(award.begins, _Order.AWARD, f"pay award of {award.by.text}", award.by, absorbed=absorbed)


def inflation_change(begins: date, rate: Fraction, text: str) -> Change:
    """Assumed inflation of salaries from the first day of a year."""
    return Change(begins, _Order.AWARD, f"inflation of {text}", Rise(text, rate=rate))


def increment_changes(increments: Increments, until: date) -> Iterator[Change]:
    """An increment on its first day, and on the same day of every later year."""
    for years in range(until.year - increments.begins.year + 1):
        begins = add_months(increments.begins, 12 * years)
        text = f"increment of {increments.by.text}" if increments.by else "increment"
        yield Change(begins, _Order.INCREMENT, text, increments.by)


def table_changes(tables: Sequence[ScaleTable]) -> Iterator[Change]:
    """The later tables of a scale, each from its own day on."""
    for table in tables:
        yield Change(table.begins, _Order.SCALE, f"new scale of {table.scale}", table=table)


def salary_history(opening: Fraction, begins: date, why: str, changes: Iterable[Change]) -> tuple[Stage, ...]:
    """The stages of a salary that is given in pounds.

    Args:
        opening: the salary a year, full-time, in pounds.
        begins: the day as at which it is given; changes up to that day are in it already.
        why: where it comes from, in words.
        changes: what changes it later.
    """
    return _stages(_Salary(opening), begins, why, changes)


def spine_history(point: str, table: ScaleTable, top: str | None, changes: Iterable[Change]) -> tuple[Stage, ...]:
    """The stages of a salary that is a point of a scale.

    Args:
        point: the point at first.
        table: the scale's first table; it has the point.
        top: the point at which increments end; the scale's last where it is None.
        changes: increments, awards and later tables. A later table has the awards up to its day in it.
    """
    why = f"{table.scale}, point {point}"
    return _stages(_Point(point, table, top), table.begins, why, changes)


@dataclass(slots=True)
class _Salary:
    """A salary in pounds that rises."""

    amount: Fraction

    def take(self, change: Change) -> str:
        """Take a change; what it comes to in words, empty if it changes nothing."""
        if change.rise is not None:
            self.amount += change.rise.of(self.amount)
        return change.text


@dataclass(slots=True)
class _Point:
    """A point of a scale, with the rises since the scale's date."""

    point: str
    table: ScaleTable
    top: str | None
    rises: tuple[Rise, ...] = ()

    @property
    def amount(self) -> Fraction:
        """The salary a year."""
        amount = Fraction(self.table.points[self.point].value)
        for rise in self.rises:
            amount += rise.of(amount)
        return amount

    def take(self, change: Change) -> str:
        """Take a change; what it comes to in words, empty if it changes nothing."""
        if change.table is not None:
            self.table, self.rises = change.table, ()
            return change.text
        if change.order is _Order.INCREMENT:
            return self._step_up()
        self.rises = (*self.rises, change.rise) if change.rise else self.rises
        return change.text

    def _step_up(self) -> str:
        points = list(self.table.points)
        at = points.index(self.point)
        if self.point == self.top or at + 1 == len(points):
            return ""
        self.point = points[at + 1]
        return f"increment to point {self.point}"


def _stages(state: _Salary | _Point, begins: date, why: str, changes: Iterable[Change]) -> tuple[Stage, ...]:
    """Take the changes in their order, beside a second state that takes absorbed awards too."""
    paid = _copy(state)
    stages = [Stage(begins, state.amount, paid.amount, f"{why}, as at {short_date(begins)}", "")]
    later = sorted((change for change in changes if change.begins > begins), key=lambda c: (c.begins, c.order))
    for day, listed_changes in groupby(later, key=lambda change: change.begins):
        charged, absorbed = [], []
        for change in listed_changes:
            said = paid.take(change)
            if change.absorbed:
                absorbed.append(said)
            elif said:
                state.take(change)
                charged.append(said)
        since = f"from {short_date(day)}"
        why = f"{listed(charged)} {since}" if charged else stages[-1].why
        borne = f"{listed(absorbed)} {since}" if absorbed else stages[-1].borne
        if charged or absorbed:
            stages.append(Stage(day, state.amount, paid.amount, why, borne))
    return tuple(stages)


def _copy(state: _Salary | _Point) -> _Salary | _Point:
    if isinstance(state, _Salary):
        return _Salary(state.amount)
    return _Point(state.point, state.table, state.top)


def stage_at(stages: Sequence[Stage], day: date) -> Stage:
    """The stage of a day; of one before them all, the first."""
    return next((stage for stage in reversed(stages) if stage.begins <= day), stages[0])
