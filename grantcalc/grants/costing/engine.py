"""From a grant with rates to one with amounts, and the working of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from grantcalc.grants.costing.charges import exclusions, unknown_rates
from grantcalc.grants.costing.posts import faults_of_post, workings_of_post
from grantcalc.grants.costing.setting import (
    repeated_rates,
    setting_of,
    uneven_scales,
    unknown_scales,
    unusable_years,
)
from grantcalc.grants.costing.uplifts import faults_of_uplift, uplifted
from grantcalc.grants.costing.worked_out import WorkedOut
from grantcalc.grants.costing.working import What
from grantcalc.grants.faults import HARMLESS, Fault
from grantcalc.grants.figures import lines_with_routes
from grantcalc.money import Figure, pounds
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.grants.costing.records import ScaleTable
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.model import Grant, Line
    from grantcalc.source import Keys

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
    lifted = [_uplifted(grant, line, keys) for keys, line in lines_with_routes(grant) if line.uplift is not None]
    workings = (*posts.workings, *(working for one in lifted for working in one.workings))
    faults = (*posts.faults, *(fault for one in lifted for fault in one.faults))
    return Costed(_with_workings(grant, workings) if workings else grant, workings, faults)


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
    costs = {working.year: WorkedOut(dict(_figures(working)), working) for working in workings}
    return line.model_copy(update={"costs": {**line.costs, **costs}}) if costs else line


def _figures(working: Working) -> Iterator[tuple[str, Figure]]:
    part = "uplift" if any(step.what is What.BEFORE for step in working.steps) else "pay"
    for heading, cost in working.costs.items():
        yield heading, Figure(pounds(cost), cost, at=Route((*working.keys, part, working.year, heading)))


def _uplifted(grant: Grant, line: Line, keys: Keys) -> Costed:
    """The years that a line's uplift makes, or what is wrong with it."""
    faults = tuple(faults_of_uplift(grant, line, keys))
    return Costed(grant, () if faults else tuple(uplifted(grant, line, keys)), faults)


def _cost_posts(grant: Grant, scales: tuple[ScaleTable, ...]) -> Costed:
    """The workings of the posts that have pay, or what is wrong with their rates."""
    undated = tuple(unusable_years(grant))
    if undated:
        return Costed(grant, faults=undated)
    setting = setting_of(grant, scales)
    paid = [(("posts", at), post, post.pay) for at, post in enumerate(grant.posts) if post.pay]
    faults = list(_shared_faults(grant, scales, setting))
    for keys, post, pay in paid:
        faults += faults_of_post(post, pay, keys, setting)
    usable = all(fault.kind in HARMLESS for fault in faults)
    made = (
        [working for keys, post, pay in paid for working in workings_of_post(post, pay, keys, setting)]
        if usable
        else []
    )
    return Costed(grant, tuple(made), (*dict.fromkeys(faults), *unknown_rates(grant.posts, setting)))


def _shared_faults(grant: Grant, scales: tuple[ScaleTable, ...], setting: Setting) -> Iterator[Fault]:
    """What is wrong with the rates that posts share."""
    costing, pays = grant.costing, [post.pay for post in grant.posts if post.pay]
    yield from uneven_scales(setting.tables)
    yield from repeated_rates(costing, scales)
    yield from unknown_scales(costing.pay_awards, ("costing", "pay_awards"), setting.tables)
    yield from exclusions(costing.overhead, pays, ("costing", "overhead"), "the overhead of the grant")
