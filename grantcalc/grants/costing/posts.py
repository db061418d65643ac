"""One post's pay as the working of each year that has no amounts, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.costing.charges import adds_any, faults_of_charges, on_costs_of, overhead_of, years_to_cost
from grantcalc.grants.costing.people import hires, spans
from grantcalc.grants.costing.salaries import awards_for, faults_of_terms, stages_of
from grantcalc.grants.costing.setting import unknown_scales
from grantcalc.grants.costing.steps import (
    flat_step,
    inflation_step,
    on_cost_steps,
    overhead_steps,
    pay_steps,
    rate_changes,
)
from grantcalc.grants.costing.timeshare import time_share
from grantcalc.grants.costing.working import Working, join
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.source import Route
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from grantcalc.grants.costing.people import Hire, Span
    from grantcalc.grants.costing.records import Pay
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.grants.costing.working import Step
    from grantcalc.grants.model import Post
    from grantcalc.source import Keys

    _Served: TypeAlias = Sequence[tuple[Hire, Sequence[Span]]]


def faults_of_post(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """What is wrong with a post's pay."""
    for hire in hires(pay):
        route = (*keys, "pay") if hire.at is None else (*keys, "pay", "people", hire.at)
        yield from faults_of_terms(post.role, hire, awards_for(pay, hire, keys, setting), route, setting)
    yield from unknown_scales(pay.pay_awards or (), (*keys, "pay", "pay_awards"), setting.tables)
    yield from faults_of_charges(post, pay, keys, setting)
    yield from _partly_given(post, pay, keys, setting)


def _partly_given(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """Years that give some of the amounts that pay would make: they are taken as they stand, the others left out."""
    wanted = list(_headings(pay, setting))
    for year, amounts in post.costs.items():
        lacking = [heading for heading in wanted if heading not in amounts]
        if amounts and lacking:
            both = f"{listed(list(amounts))} {'is' if len(amounts) == 1 else 'are'} given"
            message = (
                f"{post.role}, {year}: {both}, so {listed(lacking)} {'is' if len(lacking) == 1 else 'are'} left out"
            )
            remedy = f"give {listed(lacking)} too, 0 if there is none; or take the year out of costs, to work it out"
            yield Fault(FaultKind.PARTLY_GIVEN, message, Route((*keys, "costs", year), on_key=True), remedy)


def workings_of_post(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Working]:
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
        paid = list(_paid(pay, served, setting))
        steps = join([*paid, *_overhead(pay, served, paid, setting, year)])
        yield Working(keys, post.role, year, period, convention, steps, tuple(_headings(pay, setting)))


def _headings(pay: Pay, setting: Setting) -> Iterator[str]:
    """The headings that a post's working gives costs for."""
    named = setting.headings
    wanted = [
        named.salary,
        named.on_costs if adds_any(on_costs_of(pay, setting)) else None,
        named.overhead if overhead_of(pay, setting) else None,
    ]
    yield from dict.fromkeys(heading for heading in wanted if heading)


def _paid(pay: Pay, served: _Served, setting: Setting) -> Iterator[Step]:
    """The steps of pay and on-costs, span by span."""
    for hire, days in served:
        for span in days:
            yield from pay_steps(hire, span, pay, setting.headings.salary or "")
            yield from on_cost_steps(hire, span, pay, setting)


def _overhead(pay: Pay, served: _Served, paid: Sequence[Step], setting: Setting, year: str) -> list[Step]:
    """The steps of the overhead of a year, and of what its price has risen by since the first year."""
    overhead, heading = overhead_of(pay, setting), setting.headings.overhead or ""
    if overhead is None:
        return []
    if overhead.flat is not None:
        period = setting.years[year]
        time = time_share(period, period, period, pay.pro_rata or setting.costing.pro_rata)
        steps = [flat_step(overhead.flat, period, time, heading)]
    else:
        steps = list(overhead_steps(overhead, served, paid, heading))
    inflation, later = setting.costing.inflation.get(heading), list(setting.years).index(year)
    if inflation and later and overhead.rate is None:
        steps.append(inflation_step(steps, inflation, later, heading))
    return steps
