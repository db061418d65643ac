"""The people of a post: their terms, their days in post, what each is paid from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.costing.history import stage_at
from grantcalc.grants.costing.records import Person
from grantcalc.grants.costing.timeshare import common, split, time_share, without
from grantcalc.grants.periods import Period
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.grants.costing.history import Stage
    from grantcalc.grants.costing.records import Absence, Convention, Increments, Pay, Spine
    from grantcalc.grants.costing.timeshare import TimeShare
    from grantcalc.money import Figure


@dataclass(frozen=True, slots=True)
class Hire:
    """One person of a post, or several on the same terms.

    Attributes:
        people: how many.
        at: where they stand in the post's list of people; None where the post lists none.
        who: which of several people they are, in words; empty where there is one, or all are alike.
        fte: the share of full-time work of each.
        salary: the salary a year, full-time, where one is given.
        as_at: the day as at which it is given; None for the first day of the grant's years.
        spine: the point of a scale, where one is given.
        increments: rises with time.
        starts: the first day in post; None if before the grant.
        ends: the last day in post; None if after the grant.
        vacant: days on which nobody is in post.
    """

    people: int
    at: int | None
    who: str
    fte: Fraction
    salary: Figure | None
    as_at: date | None
    spine: Spine | None
    increments: Increments | None
    starts: date | None
    ends: date | None
    vacant: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Days in post on which no rate changes.

    Attributes:
        period: the days.
        served: the unbroken days in post that they belong to.
        time: the share of a year's pay that they earn.
        stage: the salary of these days.
    """

    period: Period
    served: Period
    time: TimeShare
    stage: Stage


def hires(pay: Pay) -> list[Hire]:
    """The people of a post, those on the same terms together."""
    if pay.people is None:
        return [_hire(pay, Person(), (0,), named=False)]
    alike: dict[Person, list[int]] = {}
    for at, person in enumerate(pay.people):
        alike.setdefault(person, []).append(at)
    return [_hire(pay, person, places, named=len(alike) > 1) for person, places in alike.items()]


def _hire(pay: Pay, person: Person, places: Sequence[int], *, named: bool) -> Hire:
    """A person's terms: their own where they have any, else the post's."""
    own_salary = person.salary is not None or person.spine is not None
    paid = person if own_salary else pay
    return Hire(
        people=len(places),
        at=None if person == Person() else places[0],
        who=_who(places) if named else "",
        fte=person.fte or pay.fte or Fraction(1),
        salary=paid.salary,
        as_at=paid.as_at,
        spine=paid.spine,
        increments=person.increments or pay.increments,
        starts=person.starts or pay.starts,
        ends=person.ends or pay.ends,
        vacant=pay.vacant or () if person.vacant is None else person.vacant,
    )


def _who(places: Sequence[int]) -> str:
    """People by their places in the list: "person 1", "people 2 and 3"."""
    return f"{'person' if len(places) == 1 else 'people'} {listed([str(at + 1) for at in places])}"


def days_in_post(hire: Hire, year: Period) -> list[Period]:
    """The unbroken stretches of a year in which a person is in post."""
    in_post = common(year, Period(hire.starts or year.starts, hire.ends or year.ends))
    served = [in_post] if in_post else []
    for absence in hire.vacant:
        served = without(served, Period(absence.begins, absence.ends))
    return served


def spans(
    hire: Hire, stages: tuple[Stage, ...], changes: Iterable[date], year: Period, convention: Convention
) -> Iterator[Span]:
    """A person's days in post in a year, cut where the salary or a rate changes.

    Args:
        hire: the person.
        stages: what the person is paid from day to day.
        changes: the days on which other rates change.
        year: the grant's year.
        convention: how part years are reckoned.
    """
    days = {*changes, *(stage.begins for stage in stages)}
    for served in days_in_post(hire, year):
        for period in split(served, days):
            time = time_share(period, served, year, convention)
            yield Span(period, served, time, stage_at(stages, period.starts))
