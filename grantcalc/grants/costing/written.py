"""The amounts that a grant file writes of pay and rates, each with its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grantcalc.grants.costing.records import Costing, Overhead, Pay, ScaleTable
    from grantcalc.money import Figure
    from grantcalc.source import Keys


def amounts_of_pay(pay: Pay, keys: Keys) -> Iterator[tuple[Keys, Figure]]:
    """The amounts of a post's pay: salaries and overheads."""
    terms = [(keys, pay), *(((*keys, "people", at), person) for at, person in enumerate(pay.people or ()))]
    for route, one in terms:
        if one.salary is not None:
            yield (*route, "salary"), one.salary
    yield from _amounts_of_overhead(pay.overhead, (*keys, "overhead"))


def amounts_of_costing(costing: Costing) -> Iterator[tuple[Keys, Figure]]:
    """The amounts that posts share: points of scales, overheads, thresholds."""
    if not isinstance(costing.scales, str):
        yield from amounts_of_scales(costing.scales, ("costing", "scales"))
    yield from _amounts_of_overhead(costing.overhead, ("costing", "overhead"))
    for at, rate in enumerate(costing.national_insurance):
        yield ("costing", "national_insurance", at, "threshold"), rate.threshold


def amounts_of_scales(tables: Iterable[ScaleTable], keys: Keys) -> Iterator[tuple[Keys, Figure]]:
    """The points of pay scales."""
    for at, table in enumerate(tables):
        for point, salary in table.points.items():
            yield (*keys, at, "points", point), salary


def _amounts_of_overhead(overhead: Overhead | None, keys: Keys) -> Iterator[tuple[Keys, Figure]]:
    if overhead is not None and overhead.flat is not None:
        yield (*keys, "flat"), overhead.flat
    if overhead is not None and overhead.per_fte is not None:
        yield (*keys, "per_fte"), overhead.per_fte
