"""From a grant with rates to one with amounts, and the working of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from grantcalc.grants.costing.people import hires, spans
from grantcalc.grants.costing.records import OnCosts
from grantcalc.grants.costing.salaries import awards_for, faults_of_terms, stages_of
from grantcalc.grants.costing.setting import missing_dates, setting_of
from grantcalc.grants.costing.steps import inflation_step, on_cost_steps, overhead_steps, pay_steps, rate_changes
from grantcalc.grants.costing.timeshare import IN_WORDS
from grantcalc.grants.costing.working import Working
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.money import Figure, pounds
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.grants.costing.history import Stage
    from grantcalc.grants.costing.people import Hire
    from grantcalc.grants.costing.records import Pay, PayAward, ScaleTable
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
    """Work out the costs of the years for which a post gives pay and no amounts.

    A year with amounts of its own is left as it is, whatever the post's pay. Amounts are worked out exactly and rounded
    once, half up to the penny, for each post, year and heading.

    Args:
        grant: the grant as written.
        scales: its pay scales, from the file or the file beside it.

    Returns:
        The grant with figures in the place of rates, their workings, and every fault of the rates; where a fault leaves
        a post's cost open, the post is left as it is.
    """
    if all(post.pay is None for post in grant.posts):
        return Costed(grant)
    missing = tuple(missing_dates(grant))
    if missing:
        return Costed(grant, faults=missing)
    setting = setting_of(grant, scales)
    faults: list[Fault] = []
    workings: list[Working] = []
    posts = []
    for at, post in enumerate(grant.posts):
        keys = ("posts", at)
        found = list(_faults(post, keys, setting)) if post.pay else []
        faults += found
        made = list(_workings(post, post.pay, keys, setting)) if post.pay and not found else []
        workings += made
        posts.append(_with_costs(post, made))
    return Costed(grant.model_copy(update={"posts": tuple(posts)}), tuple(workings), tuple(faults))


def _with_costs(line: _Line, workings: Sequence[Working]) -> _Line:
    """A line with the costs that were worked out; they know the pay that they come from."""
    if not workings:
        return line
    costs = {
        working.year: {
            heading: Figure(pounds(cost), cost, at=Route((*working.keys, "pay", working.year, heading)))
            for heading, cost in working.costs.items()
        }
        for working in workings
    }
    return line.model_copy(update={"costs": {**line.costs, **costs}})


def _faults(post: Post, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """What is wrong with a post's pay."""
    pay = post.pay
    if pay is None:
        return
    for hire in hires(pay):
        route = (*keys, "pay") if hire.at is None else (*keys, "pay", "people", hire.at)
        yield from faults_of_terms(post.role, hire, awards_for(pay, hire, keys, setting), route, setting)


def _workings(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Working]:
    """The working of each year for which the post gives no amounts."""
    people = [
        (hire, stages_of(hire, [award for _, award in awards_for(pay, hire, keys, setting)], setting))
        for hire in hires(pay)
    ]
    for number, year in enumerate(setting.years):
        if not post.costs.get(year):
            yield _working(post, pay, keys, setting, people, year, number)


def _working(
    post: Post, pay: Pay, keys: Keys, setting: Setting, people: Sequence[tuple[Hire, tuple[Stage, ...]]], year: str, number: int
) -> Working:
    convention = pay.pro_rata or setting.costing.pro_rata
    on_costs = pay.on_costs or (None if pay.includes else setting.costing.on_costs) or OnCosts()
    changes = rate_changes(on_costs, setting)
    period = setting.years[year]
    salary, charged_to = setting.headings.salary or "", setting.headings
    served = [(hire, list(spans(hire, stages, changes, period, convention))) for hire, stages in people]
    steps: list[Step] = []
    for hire, listed in served:
        for span in listed:
            steps += pay_steps(hire, span, pay, salary)
            steps += on_cost_steps(hire, span, pay, on_costs, setting, charged_to.on_costs or "")
    overhead = pay.overhead or setting.costing.overhead
    headings = [salary]
    if overhead:
        heading = charged_to.overhead or ""
        added = list(overhead_steps(overhead, served, steps, heading))
        inflation = setting.costing.inflation.get(heading)
        steps += added
        if inflation and number and overhead.rate is None:
            steps.append(inflation_step(added, inflation, number, heading))
        headings.append(heading)
    if any((on_costs.national_insurance, on_costs.pension, on_costs.apprenticeship_levy)):
        headings.append(charged_to.on_costs or "")
    return Working(keys, post.role, year, period, IN_WORDS[convention], tuple(steps), tuple(dict.fromkeys(headings)))
