"""The figures of a grant, each with the route that leads to it, as precise as the file says that it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.grants.costing.written import amounts_of_costing, amounts_of_pay
from grantcalc.money import POUND, Figure
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.claim import Claim
    from grantcalc.grants.fields import Portion
    from grantcalc.grants.model import Grant, Line
    from grantcalc.source import Keys


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
    yield from amounts_of_costing(grant.given_costing) if grant.given_costing else ()
    for at, post in enumerate(grant.posts):
        yield from amounts_of_pay(post.pay, ("posts", at, "pay")) if post.pay else ()
    for at, source in enumerate(grant.funding):
        keys = ("funding", at)
        if source.amount is not None:
            yield (*keys, "amount"), source.amount
        yield from _below(keys, source.amounts)
        yield from _below((*keys, "stated"), source.stated)
    yield from _of_agreement(grant)
    for at, claim in enumerate(grant.claims):
        yield from _of_claim(("claims", at), claim)


def _of_agreement(grant: Grant) -> Iterator[tuple[Keys, Figure]]:
    """The amounts of the terms of payment, and of what was agreed later."""
    for at, year in enumerate(grant.years):
        yield from _given(("years", at, "award"), year.award)
    yield from _below(("award_by_financial_year",), grant.award_by_financial_year)
    for key in ("up_front", "final_payment"):
        portion: Portion | None = getattr(grant.payments, key)
        yield from _given(("payments", key), portion.amount if portion else None)
    for at, variation in enumerate(grant.variations):
        yield ("variations", at, "amount"), variation.amount
    for at, profile in enumerate(grant.reprofiled):
        for place, amount in enumerate(profile.amounts):
            yield ("reprofiled", at, "amounts", place), amount
    yield from _given(("purchase_order", "amount"), grant.purchase_order.amount if grant.purchase_order else None)


def _of_claim(keys: Keys, claim: Claim) -> Iterator[tuple[Keys, Figure]]:
    """The amounts of a claim: what it cost, what was asked for, and what was paid."""
    yield from _below((*keys, "costs"), claim.costs or {})
    for part in ("posts", "other_costs"):
        for at, line in enumerate(getattr(claim, part)):
            yield from _below((*keys, part, at, "costs"), line.costs)
    for part in ("corrections", "disallowed", "paid"):
        for at, one in enumerate(getattr(claim, part)):
            yield from _given((*keys, part, at, "amount"), one.amount)
    yield from _given((*keys, "amount"), claim.amount)


def _given(keys: Keys, figure: Figure | None) -> Iterator[tuple[Keys, Figure]]:
    """An amount where it is given."""
    if figure is not None:
        yield keys, figure


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
    return {key: figure.standing_at(Route((*keys, key))) for key, figure in amounts.items()}


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
    placed = grant.award.standing_at(Route(("award",)))
    return placed if as_printed else placed.exactly()
