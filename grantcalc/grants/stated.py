"""The figures that a grant file states, and the sums that they have to meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.figures import costs, lines_with_routes, stated
from grantcalc.grants.schedule import of_year
from grantcalc.money import PENNY, POUND, ZERO, Figure, add, pounds
from grantcalc.source import Route
from grantcalc.sums import Part, Sum, Verdict, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grantcalc.grants.funding import FundingSource
    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.schedule import Slice


class Kind(StrEnum):
    """Which claim of a grant file a sum is."""

    COSTS = "costs"
    GIVEN = "amounts given"
    STATED_HEADINGS = "stated headings"
    STATED_LINES = "stated lines"
    STATED_YEARS = "stated years"
    PAYMENTS = "payments"
    NOTHING_DUE = "payments where income is above cost"
    AWARD_YEARS = "award and stated years"
    AWARD_PAYMENTS = "award and stated payments"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure that the paper gives.

    Attributes:
        figure: the figure.
        key: a heading, "total" or "payment".
        owner: the year, post or other part of the grant that states it; empty for the grant.
        name: the figure as a message names it: "2021-2022: grand total".
        sums: the sums that check it, first its costs (of a funding source, what it gives).
        count: of a payment, how many there are in the year; else None.
    """

    figure: Figure
    key: str
    owner: str
    name: str
    sums: tuple[Sum, ...]
    count: int | None = None

    @property
    def agreement(self) -> Verdict:
        """How the figure compares with the costs; a payment, with the total of its year."""
        return verdict(self.sums[0]) if self.sums else Verdict.EXACT

    @property
    def out_by(self) -> Decimal:
        """By how many pounds it is too large; negative where it is too small."""
        return difference(self.sums[0]) if self.sums else ZERO


def key_name(key: str) -> str:
    """A stated key in words."""
    return {"total": "grand total", "payment": "payment"}.get(key, f"{key} total")


class _Scope(NamedTuple):
    """A part of the grant that states figures, with the costs and other stated figures beneath it."""

    owner: str
    stated: Mapping[str, Figure]
    costs: Sequence[Mapping[str, Figure]]
    below: Sequence[Mapping[str, Figure]] = ()
    below_kind: Kind = Kind.STATED_LINES
    costs_kind: Kind = Kind.COSTS
    payments: int | None = None
    is_line: bool = False

    def name(self, key: str) -> str:
        """A stated figure of this part as a message names it."""
        name = "total" if self.is_line and key == "total" else key_name(key)
        return f"{self.owner}: {name}" if self.owner else name


def stated_figures(grant: Grant, periods: Sequence[Slice], *, as_printed: bool = False) -> tuple[StatedFigure, ...]:
    """The stated figures of a grant: its years', then its posts' and other costs', then its own.

    Args:
        grant: the grant.
        periods: what it is paid for, cut where its years end.
        as_printed: read costs as a paper's figures, known within half their printed unit, instead of as the
            grant file says.
    """
    return tuple(found for scope in _scopes(grant, periods, as_printed=as_printed) for found in _figures(grant, scope))


def award_sums(grant: Grant, award: Figure, figures: Iterable[StatedFigure]) -> Iterator[Sum]:
    """What the award should be made of: the stated totals of all years, and all stated payments."""
    by_key = {(found.owner, found.key): found for found in figures}
    names = [year.year for year in grant.years]
    totals = [by_key.get((name, "total")) for name in names]
    if names and all(totals):
        parts = tuple(Part(found.figure) for found in totals if found)
        yield Sum("award = stated years", award, parts, Kind.AWARD_YEARS)
    payments = [by_key.get((name, "payment")) for name in names]
    if names and all(found and found.count for found in payments) and grant.payments.basis != "cost":
        parts = tuple(Part(found.figure, Decimal(found.count or 0)) for found in payments if found)
        yield Sum("award = stated payments", award, parts, Kind.AWARD_PAYMENTS)


def funding_sums(grant: Grant, *, as_printed: bool = False) -> Iterator[Sum]:
    """What the funding sources should cover: each heading, or all costs where a source gives one amount."""
    if not grant.funding:
        return
    lines = [
        costs(grant, keys, line, year, as_printed=as_printed)
        for keys, line in lines_with_routes(grant)
        for year in line.costs
    ]
    sources = [_given(at, source) for at, source in enumerate(grant.funding)]
    if any("amount" in source for source in sources):
        yield _funding(
            "all costs",
            [f for line in lines for f in line.values()],
            [f for s in sources for f in s.values()],
        )
        return
    for heading in grant.headings:
        spent = [line[heading] for line in lines if heading in line]
        given = [source[heading] for source in sources if heading in source]
        if spent or given:
            yield _funding(heading, spent, given)


def _given(at: int, source: FundingSource) -> dict[str, Figure]:
    """What a funding source gives, where it stands: exact, as the award is."""
    return {key: replace(figure, unit=None, at=Route(("funding", at, key))) for key, figure in source.given.items()}


def _funding(heading: str, spent: list[Figure], given: list[Figure]) -> Sum:
    parts = tuple(Part(figure) for figure in given)
    return Sum(
        f"{heading} = funding",
        _made(spent),
        parts,
        Kind.FUNDING,
        given[0].at if given else Route(("funding",)),
    )


def _made(figures: Iterable[Figure]) -> Figure:
    """What figures make, as a figure that is as uncertain as all of them."""
    listed = list(figures)
    value = add(figure.value for figure in listed)
    unit = add(figure.unit for figure in listed if figure.unit is not None)
    return Figure(pounds(value), value, unit or None)


def _scopes(grant: Grant, periods: Sequence[Slice], *, as_printed: bool) -> Iterator[_Scope]:
    """Every part of the grant that states figures, with what these should make."""
    lines = list(lines_with_routes(grant))
    count = partial(_count, periods)

    def spent(*years: Year) -> list[Mapping[str, Figure]]:
        return [costs(grant, keys, line, year.year, as_printed=as_printed) for keys, line in lines for year in years]

    def stated_by_lines(year: str) -> list[Mapping[str, Figure]]:
        return [stated((*keys, "stated", year), line.stated.get(year, {})) for keys, line in lines]

    yearly = [stated(("years", at, "stated"), year.stated) for at, year in enumerate(grant.years)]
    for year, figures in zip(grant.years, yearly, strict=True):
        if figures:
            yield _Scope(year.year, figures, spent(year), stated_by_lines(year.year), payments=count(year))
    for keys, line in lines:
        for name, amounts in line.stated.items():
            owner = f"{line.name}, {name}" if name else line.name
            row = costs(grant, keys, line, name, as_printed=as_printed)
            year = next(year for year in grant.named_years if year.year == name)
            figures = stated((*keys, "stated", name), amounts)
            yield _Scope(owner, figures, [row], payments=count(year), is_line=True)
    for at, source in enumerate(grant.funding):
        figures = stated(("funding", at, "stated"), source.stated)
        paid = count(*grant.named_years)
        yield _Scope(source.source, figures, [_given(at, source)], costs_kind=Kind.GIVEN, payments=paid, is_line=True)
    own = stated(("stated",), grant.stated)
    if own and grant.years:
        yield _Scope("", own, spent(*grant.years), yearly, Kind.STATED_YEARS, payments=count(*grant.years))
    elif own:
        only = grant.named_years[0]
        yield _Scope("", own, spent(only), stated_by_lines(only.year), payments=count(only))


def _count(periods: Sequence[Slice], *years: Year) -> int | None:
    """How many equal payments years have together; None where they are not equal, or there are none."""
    weights = [one.weight for year in years for one in of_year(periods, year)]
    return len(weights) if len(set(weights)) == 1 else None


def _figures(grant: Grant, scope: _Scope) -> Iterator[StatedFigure]:
    """The stated figures of one part of the grant, each with its sums."""
    for key, figure in scope.stated.items():
        if key == "payment":
            yield _payment(grant, scope, figure)
        else:
            sums = tuple(found for found in _sums(grant, scope, key, figure) if found is not None)
            yield StatedFigure(figure, key, scope.owner, scope.name(key), sums)


def _sums(grant: Grant, scope: _Scope, key: str, figure: Figure) -> Iterator[Sum | None]:
    """The sums that should make a stated heading or total."""
    headings = (*grant.headings, "amount") if key == "total" else (key,)
    own = [row[heading] for row in scope.costs for heading in headings if heading in row]
    label = scope.name(key)
    yield _sum(f"{label} = {scope.costs_kind}", figure, own, scope.costs_kind)
    if key == "total":
        used = [heading for heading in grant.headings if any(heading in row for row in scope.costs)]
        used += [heading for heading in scope.stated if heading in grant.headings and heading not in used]
        if used and all(heading in scope.stated for heading in used):
            parts = [scope.stated[heading] for heading in used]
            yield _sum(f"{label} = stated headings", figure, parts, Kind.STATED_HEADINGS)
    below = [row[key] for row in scope.below if key in row]
    if below and len(below) == len(scope.below):
        yield _sum(f"{label} = {scope.below_kind}", figure, below, scope.below_kind)


def _sum(label: str, total: Figure, parts: Sequence[Figure], kind: Kind) -> Sum:
    return Sum(label, total, tuple(Part(figure) for figure in parts), kind)


def _payment(grant: Grant, scope: _Scope, figure: Figure) -> StatedFigure:
    """A stated payment, which so many times should make the stated total, or else the costs.

    Where these are below nothing, because income is above cost, nothing is due, since no payment is below nothing.
    """
    unit = POUND if grant.payments.rounding == "pounds" else PENNY
    payment = replace(figure, unit=max(figure.unit or unit, unit))
    if scope.payments is None:
        return StatedFigure(payment, "payment", scope.owner, scope.name("payment"), ())
    total = scope.stated.get("total") or _made(figure for row in scope.costs for figure in row.values())
    label = f"{scope.payments} payments" if not scope.owner else f"{scope.owner}: {scope.payments} payments"
    parts = (Part(payment, Decimal(scope.payments)),)
    if total.value < 0 <= figure.value:
        a_sum = Sum(f"{label} = nothing due", Figure("£0", ZERO), parts, Kind.NOTHING_DUE, payment.at)
    else:
        what = "stated total" if "total" in scope.stated else "costs"
        a_sum = Sum(f"{label} = {what}", total, parts, Kind.PAYMENTS, payment.at)
    return StatedFigure(payment, "payment", scope.owner, scope.name("payment"), (a_sum,), scope.payments)
