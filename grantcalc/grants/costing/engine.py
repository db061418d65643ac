"""From a grant with rates to one with amounts, and the working of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from grantcalc.grants.costing.charges import (
    adds_any,
    exclusions,
    faults_of_charges,
    on_costs_of,
    overhead_of,
    unknown_rates,
    years_to_cost,
)
from grantcalc.grants.costing.people import hires, spans
from grantcalc.grants.costing.salaries import awards_for, faults_of_terms, stages_of
from grantcalc.grants.costing.setting import missing_dates, repeated_rates, setting_of, uneven_scales, unknown_scales
from grantcalc.grants.costing.steps import inflation_step, on_cost_steps, overhead_steps, pay_steps, rate_changes
from grantcalc.grants.costing.timeshare import IN_WORDS
from grantcalc.grants.costing.uplifts import faults_of_uplift, uplifted
from grantcalc.grants.costing.working import What, Working, join
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.figures import lines_with_routes
from grantcalc.money import Figure, pounds
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.grants.costing.people import Hire, Span
    from grantcalc.grants.costing.records import Pay, ScaleTable
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.grants.costing.working import Step
    from grantcalc.grants.figures import Keys
    from grantcalc.grants.model import Grant, Line, Post

_Line = TypeVar("_Line", bound="Line")


@dataclass(frozen=True, slots=True)
class Costed:
    """A grant whose rates have become amounts, how each was worked out, and what is wrong with the rates."""

    grant: Grant
    workings: tuple[Working, ...] = ()
    faults: tuple[Fault, ...] = ()


def cost_grant(grant: Grant, scales: tuple[ScaleTable, ...] = ()) -> Costed:
    """Work out the costs of the years for which a post gives pay, or a line an uplift, and no amounts.

    A year with amounts of its own is left as it is, whatever the post's pay. Amounts are worked out exactly and rounded
    once, half up to the penny, for each post, year and heading.

    Args:
        grant: the grant as written.
        scales: its pay scales, from the file or the file beside it.

    Returns:
        The grant with figures in the place of rates, their workings, and every fault of the rates; where a fault leaves
        a cost open, its line is left as it is.
    """
    posts = _cost_posts(grant, scales) if any(post.pay for post in grant.posts) else Costed(grant)
    lifted = [_uplifted(grant, line, keys) for keys, line in lines_with_routes(grant)]
    workings = (*posts.workings, *(working for made, _ in lifted for working in made))
    if not workings:
        return Costed(grant, faults=(*posts.faults, *(fault for _, faults in lifted for fault in faults)))
    return Costed(
        _with_workings(grant, workings),
        workings,
        (*posts.faults, *(fault for _, faults in lifted for fault in faults)),
    )


def _with_workings(grant: Grant, workings: Sequence[Working]) -> Grant:
    """The grant with the amounts of the workings."""
    by_line: dict[Keys, list[Working]] = {}
    for working in workings:
        by_line.setdefault(working.keys, []).append(working)
    posts = tuple(_with_costs(post, by_line.get(("posts", at), ())) for at, post in enumerate(grant.posts))
    items = tuple(_with_costs(item, by_line.get(("other_costs", at), ())) for at, item in enumerate(grant.other_costs))
    return grant.model_copy(update={"posts": posts, "other_costs": items})


def _with_costs(line: _Line, workings: Sequence[Working]) -> _Line:
    """A line with the costs that were worked out; they know the rates that they come from."""
    costs = {working.year: dict(_figures(working)) for working in workings}
    return line.model_copy(update={"costs": {**line.costs, **costs}}) if costs else line


def _figures(working: Working) -> Iterator[tuple[str, Figure]]:
    part = "uplift" if any(step.what is What.BEFORE for step in working.steps) else "pay"
    for heading, cost in working.costs.items():
        yield heading, Figure(pounds(cost), cost, at=Route((*working.keys, part, working.year, heading)))


def _uplifted(grant: Grant, line: Line, keys: Keys) -> tuple[tuple[Working, ...], tuple[Fault, ...]]:
    """The years that a line's uplift makes, and what is wrong with it."""
    if line.uplift is None:
        return (), ()
    faults = tuple(faults_of_uplift(grant, line, keys))
    return () if faults else tuple(uplifted(grant, line, keys)), faults


def _cost_posts(grant: Grant, scales: tuple[ScaleTable, ...]) -> Costed:
    """The workings of the posts that have pay, and what is wrong with their rates."""
    missing = tuple(missing_dates(grant))
    if missing:
        return Costed(grant, faults=missing)
    setting = setting_of(grant, scales)
    faults = [*uneven_scales(setting.tables), *_shared_faults(grant, scales, setting)]
    workings: list[Working] = []
    for at, post in enumerate(grant.posts):
        if post.pay:
            found = list(_faults(post, post.pay, ("posts", at), setting))
            faults += found
            usable = all(fault.kind is FaultKind.ON_COSTS for fault in (*faults, *found))
            workings += _workings(post, post.pay, ("posts", at), setting) if usable else ()
    return Costed(grant, tuple(workings), (*dict.fromkeys(faults), *unknown_rates(grant.posts, setting)))


def _shared_faults(grant: Grant, scales: tuple[ScaleTable, ...], setting: Setting) -> Iterator[Fault]:
    """What is wrong with the rates that posts share."""
    costing, pays = grant.costing, [post.pay for post in grant.posts if post.pay]
    yield from repeated_rates(costing, scales)
    yield from unknown_scales(costing.pay_awards, ("costing", "pay_awards"), setting.tables)
    yield from exclusions(costing.overhead, pays, ("costing", "overhead"), "the overhead of the grant")


def _faults(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """What is wrong with a post's pay."""
    for hire in hires(pay):
        route = (*keys, "pay") if hire.at is None else (*keys, "pay", "people", hire.at)
        yield from faults_of_terms(post.role, hire, awards_for(pay, hire, keys, setting), route, setting)
    yield from unknown_scales(pay.pay_awards or (), (*keys, "pay", "pay_awards"), setting.tables)
    yield from faults_of_charges(post, pay, keys, setting)


def _workings(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Working]:
    """The working of each year for which the post gives no amounts."""
    people = [
        (hire, stages_of(hire, [award for _, award in awards_for(pay, hire, keys, setting)], setting))
        for hire in hires(pay)
    ]
    convention = pay.pro_rata or setting.costing.pro_rata
    changes = rate_changes(on_costs_of(pay, setting), setting)
    for year in years_to_cost(post, setting):
        period = setting.years[year]
        served = [(hire, list(spans(hire, stages, changes, period, convention))) for hire, stages in people]
        steps = join(_steps(pay, served, setting, year))
        headings = tuple(_headings(pay, setting))
        yield Working(keys, post.role, year, period, IN_WORDS[convention], steps, headings)


def _headings(pay: Pay, setting: Setting) -> Iterator[str]:
    """The headings that a post's working gives costs for."""
    named = setting.headings
    wanted = [
        named.salary,
        named.on_costs if adds_any(on_costs_of(pay, setting)) else None,
        named.overhead if overhead_of(pay, setting) else None,
    ]
    yield from dict.fromkeys(heading for heading in wanted if heading)


def _steps(pay: Pay, served: Sequence[tuple[Hire, Sequence[Span]]], setting: Setting, year: str) -> Iterator[Step]:
    """The steps of a year: pay and on-costs of each span, then the overhead, then inflation of its price."""
    named = setting.headings
    pay_and_on_costs: list[Step] = []
    for hire, listed in served:
        for span in listed:
            pay_and_on_costs += pay_steps(hire, span, pay, named.salary or "")
            pay_and_on_costs += on_cost_steps(hire, span, pay, setting)
    yield from pay_and_on_costs
    overhead = overhead_of(pay, setting)
    if overhead is None:
        return
    heading = named.overhead or ""
    added = list(overhead_steps(overhead, served, pay_and_on_costs, heading))
    yield from added
    inflation, later = setting.costing.inflation.get(heading), list(setting.years).index(year)
    if inflation and later and overhead.rate is None:
        yield inflation_step(added, inflation, later, heading)
