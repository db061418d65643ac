"""The figures of a grant, each with the route that leads to it, as precise as the file says that it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.grants.costing.written import amounts_of_costing, amounts_of_pay
from grantcalc.money import POUND, Figure
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.model import Grant, Line

Keys: TypeAlias = "tuple[str | int, ...]"


def written_amounts(grant: Grant) -> Iterator[tuple[Keys, Figure]]:
    """Every amount of a grant as it is written, with its route; what is worked out from rates is not."""
    if grant.award is not None:
        yield ("award",), grant.award
    yield from _below(("stated",), grant.stated)
    for at, year in enumerate(grant.years):
        yield from _below(("years", at, "stated"), year.stated)
    for keys, line in lines_with_routes(grant):
        for part, by_year in (("costs", line.costs), ("stated", line.stated)):
            for year_name, amounts in by_year.items():
                yield from _below((*keys, part, year_name), amounts)
    yield from amounts_of_costing(grant.costing)
    for at, post in enumerate(grant.posts):
        yield from amounts_of_pay(post.pay, ("posts", at, "pay")) if post.pay else ()
    for at, source in enumerate(grant.funding):
        keys = ("funding", at)
        if source.amount is not None:
            yield (*keys, "amount"), source.amount
        yield from _below(keys, source.amounts)
        yield from _below((*keys, "stated"), source.stated)


def _below(keys: Keys, amounts: Mapping[str, Figure]) -> Iterator[tuple[Keys, Figure]]:
    for key, figure in amounts.items():
        if figure.at is None:
            yield (*keys, key), figure


def lines_with_routes(grant: Grant) -> Iterator[tuple[Keys, Line]]:
    """The posts and other costs of a grant, with their routes."""
    for at, post in enumerate(grant.posts):
        yield ("posts", at), post
    for at, item in enumerate(grant.other_costs):
        yield ("other_costs", at), item


def stated(keys: Keys, amounts: Mapping[str, Figure]) -> dict[str, Figure]:
    """Stated figures where they stand, as precise as they are printed."""
    return {key: replace(figure, at=Route((*keys, key))) for key, figure in amounts.items()}


def costs(grant: Grant, keys: Keys, line: Line, year: str, *, as_printed: bool = False) -> dict[str, Figure]:
    """The costs of a line in a year where they stand.

    They are exact, or within 50p where the file says that they were rounded to pounds; read as printed, each is
    known within half its printed unit. A cost that was worked out from rates is exact, stands where they do, and is
    printed nowhere.
    """
    unit = POUND if grant.costs_rounded_to == "pounds" else None
    return {
        heading: Figure(
            cost.text, cost.value, cost.unit if as_printed else unit, Route((*keys, "costs", year, heading))
        )
        if cost.at is None
        else replace(cost, at=None if as_printed else cost.at)
        for heading, cost in line.costs.get(year, {}).items()
    }


def award(grant: Grant, *, as_printed: bool = False) -> Figure | None:
    """The award where it stands: exact, since it is an offer, or as precise as it is printed."""
    if grant.award is None:
        return None
    placed = replace(grant.award, at=Route(("award",)))
    return placed if as_printed else placed.exactly()
