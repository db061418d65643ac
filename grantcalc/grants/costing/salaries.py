"""From a person's terms to what they are paid from day to day, or to what is wrong with the terms."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from grantcalc.grants.costing.history import (
    award_change,
    increment_changes,
    inflation_change,
    salary_history,
    spine_history,
    table_changes,
)
from grantcalc.grants.costing.people import days_in_post
from grantcalc.grants.costing.setting import known_scales
from grantcalc.grants.costing.timeshare import common
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.periods import Period
from grantcalc.source import Route
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.grants.costing.history import Change, Stage
    from grantcalc.grants.costing.people import Hire
    from grantcalc.grants.costing.records import Pay, PayAward, ScaleTable, Spine
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.source import Keys


def awards_for(pay: Pay, hire: Hire, keys: Keys, setting: Setting) -> list[tuple[Keys, PayAward]]:
    """The pay awards of a person with their routes: the post's own if it has any, else the grant's for their scale."""
    own = pay.pay_awards is not None
    route = (*keys, "pay", "pay_awards") if own else ("costing", "pay_awards")
    scale = hire.spine.scale if hire.spine else None
    awards = pay.pay_awards if pay.pay_awards is not None else setting.costing.pay_awards
    return [((*route, at), award) for at, award in enumerate(awards) if award.scale in (None, scale)]


def stages_of(hire: Hire, awards: Iterable[PayAward], setting: Setting) -> tuple[Stage, ...]:
    """What a person is paid from day to day; the terms are without fault."""
    as_at = hire.as_at or setting.first_day
    changes = [*map(award_change, awards), *_inflation(setting)]
    if hire.increments:
        changes += (c for c in increment_changes(hire.increments, setting.last_day) if c.begins > as_at)
    if hire.spine is not None:
        first, *later = setting.tables[hire.spine.scale]
        top = hire.increments.to if hire.increments else None
        return spine_history(hire.spine.point, first, top, [*changes, *table_changes(later)])
    opening = Fraction(hire.salary.value) if hire.salary else Fraction(0)
    return salary_history(opening, as_at, "salary", changes)


def _inflation(setting: Setting) -> Iterator[Change]:
    """Inflation of the salary's heading, from the first day of each year after the first."""
    rate = setting.costing.inflation.get(setting.headings.salary or "")
    if rate is not None:
        for period in list(setting.years.values())[1:]:
            yield inflation_change(period.starts, rate.value, rate.text)


def faults_of_terms(
    name: str, hire: Hire, awards: Iterable[tuple[Keys, PayAward]], keys: Keys, setting: Setting
) -> Iterator[Fault]:
    """What is wrong with a person's terms: dates, scale and point, increments, awards.

    Args:
        name: the role, as messages name it.
        hire: the person.
        awards: the awards that apply to them, with their routes.
        keys: the route of the person's terms.
        setting: the years and scales of the grant.
    """
    yield from _dates(name, hire, keys, setting)
    yield from _increments(name, hire, keys)
    if hire.spine is None:
        yield from _early(name, hire.as_at or setting.first_day, "the salary is given as at", awards)
        return
    tables = setting.tables.get(hire.spine.scale)
    if tables is None:
        yield _unknown_scale(name, hire.spine, keys, setting)
        return
    yield from _points(name, hire, tables[0], keys)
    yield from _early(name, tables[0].begins, f"{hire.spine.scale} is from", awards)
    yield from _not_begun(name, hire, tables[0], keys, setting)


def _dates(name: str, hire: Hire, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """Days in post that end before they start, vacancies outside of them, nobody in post at all."""
    whole = Period(hire.starts or setting.first_day, hire.ends or setting.last_day)
    if hire.starts and hire.ends and hire.ends < hire.starts:
        message = f"{name} ends on {long_date(hire.ends)}, before it starts on {long_date(hire.starts)}"
        yield Fault(FaultKind.PAY_DATES, message, Route((*keys, "ends")), "exchange or correct the dates")
        return
    yield from _vacancies(name, hire, whole, keys)
    if not any(common(whole, year) for year in setting.years.values()):
        when = f"starts on {long_date(whole.starts)}" if hire.starts else f"ends on {long_date(whole.ends)}"
        message = f"{name} is in post on no day of the grant's years: it {when}"
        place = "starts" if hire.starts and hire.starts > setting.last_day else "ends"
        yield Fault(FaultKind.PAY_DATES, message, Route((*keys, place)), "correct the date, or leave the post out")


def _vacancies(name: str, hire: Hire, whole: Period, keys: Keys) -> Iterator[Fault]:
    """Vacancies that are backwards, overlap, or lie where nobody is in post anyway."""
    for at, absence in enumerate(hire.vacant):
        route = Route((*keys, "vacant", at, "from"))
        dates = f"vacant from {long_date(absence.begins)} to {long_date(absence.ends)}"
        if absence.ends < absence.begins:
            yield Fault(FaultKind.PAY_DATES, f"{name} is {dates}, which is backwards", route, "exchange the dates")
        elif not common(whole, Period(absence.begins, absence.ends)):
            message = f"{name} is {dates}, outside of its days in post"
            yield Fault(FaultKind.PAY_DATES, message, route, "leave it out, or correct the dates")
    ordered = sorted(hire.vacant, key=lambda absence: absence.begins)
    for earlier, later in pairwise(ordered):
        if later.begins <= earlier.ends:
            message = f"two vacancies of {name} share {long_date(later.begins)}"
            route = Route((*keys, "vacant", hire.vacant.index(later), "from"))
            yield Fault(FaultKind.PAY_DATES, message, route, "let each day belong to one")


def _increments(name: str, hire: Hire, keys: Keys) -> Iterator[Fault]:
    """Increments that do not say by how much, or say it although the scale does."""
    increments = hire.increments
    if increments is None:
        return
    route = Route((*keys, "increments"))
    if hire.spine is None and increments.by is None:
        message = f"{name} has increments, and neither a scale nor an amount says how large they are"
        yield Fault(
            FaultKind.NO_RATE, message, route, "add by, such as by: £1,020, or give a spine instead of a salary"
        )
    if hire.spine is None and increments.to is not None:
        message = f"{name}: increments go to a point, and the post is on no scale"
        yield Fault(FaultKind.UNKNOWN_POINT, message, route, "leave out to, or give a spine instead of a salary")
    if hire.spine is not None and increments.by is not None:
        message = f"{name}: increments are given an amount, and the scale has its own"
        yield Fault(FaultKind.SHAPE, message, route, "leave out by")


def _unknown_scale(name: str, spine: Spine, keys: Keys, setting: Setting) -> Fault:
    remedy = known_scales(spine.scale, setting.tables)
    message = f'{name} is on the scale "{spine.scale}", which is not given'
    return Fault(FaultKind.UNKNOWN_POINT, message, Route((*keys, "spine", "scale")), remedy)


def _points(name: str, hire: Hire, table: ScaleTable, keys: Keys) -> Iterator[Fault]:
    """Points that the scale does not have, and increments that end below where they begin."""
    points = list(table.points)
    point = hire.spine.point if hire.spine else ""
    top = hire.increments.to if hire.increments else None
    for word, route in ((point, ("spine", "point")), (top, ("increments", "to"))):
        if word is not None and word not in points:
            message = f'{name}: the scale "{table.scale}" has no point "{word}"'
            yield Fault(FaultKind.UNKNOWN_POINT, message, Route((*keys, *route)), f"its points are {', '.join(points)}")
    if point not in points or (top or point) not in points:
        return
    first, last = points.index(point), points.index(top) if top else len(points) - 1
    if last < first:
        message = f"{name}: increments go to point {top}, which is below point {point}"
        yield Fault(FaultKind.UNKNOWN_POINT, message, Route((*keys, "increments", "to")), "give a point above it")
    elif hire.increments:
        yield from _left_out(name, points[first : last + 1], table, (*keys, "increments"))


def _left_out(name: str, points: Sequence[str], table: ScaleTable, keys: Keys) -> Iterator[Fault]:
    """Numbered points that are missing between two that increments lead through: the next listed is not the next."""
    for lower, upper in pairwise(points):
        if lower.isdecimal() and upper.isdecimal() and int(upper) != int(lower) + 1:
            message = (
                f'{name}: increments lead from point {lower} to point {int(lower) + 1}, which "{table.scale}" lacks'
            )
            remedy = "list every point that increments lead through, lowest first, or end them with to"
            yield Fault(FaultKind.UNKNOWN_POINT, message, Route(keys), remedy)


def _early(name: str, begins: date, since: str, awards: Iterable[tuple[Keys, PayAward]]) -> Iterator[Fault]:
    """Awards up to the day as at which a salary is given: it has them already."""
    for route, award in awards:
        if award.begins <= begins:
            twice = f"the pay award of {award.by.text} from {long_date(award.begins)} would count twice for {name}"
            remedy = (
                "leave out the award, or give the salary or scale as at a day before it (as_at, or the scale's from)"
            )
            message = f"{twice}: {since} {long_date(begins)}"
            yield Fault(FaultKind.AWARD_BEFORE_SCALE, message, Route((*route, "from")), remedy)


def _not_begun(name: str, hire: Hire, table: ScaleTable, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """A scale that begins only after the first day that is costed by it."""
    days = [days for year in setting.years.values() for days in days_in_post(hire, year)]
    if days and days[0].starts < table.begins:
        message = (
            f"{name} is in post from {long_date(days[0].starts)}, and {table.scale} is given only from "
            f"{long_date(table.begins)}"
        )
        remedy = "add the table that was in force before, from its own day"
        yield Fault(FaultKind.NO_RATE, message, Route((*keys, "spine", "scale")), remedy)
