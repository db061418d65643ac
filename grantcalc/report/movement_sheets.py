"""How costs move from year to year as sheets: for readers, and as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.movement import movements_of, signed
from grantcalc.money import PENNY, round_half_up
from grantcalc.report.sheets import Column, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from grantcalc.grants.movement import Movement, YearMovement
    from grantcalc.results.summaries import GrantSummary


def movement_sheets(summaries: Iterable[GrantSummary]) -> list[Sheet]:
    """How the costs of grants move from each year to the next, in pounds and per cent, and why."""
    return [sheet for summary in summaries for sheet in _sheets(summary)]


def _sheets(summary: GrantSummary) -> Iterator[Sheet]:
    name = summary.account.grant.grant
    years = movements_of(summary.account.totals, summary.workings)
    if not years:
        yield Sheet((), (), name, remarks=("The grant has no two years to compare.",))
    for year in years:
        yield _sheet(name, year)


def _sheet(name: str, year: YearMovement) -> Sheet:
    columns = (
        Column("name", "Role", always=True),
        Column("heading", "Heading", always=True),
        Column("before", year.earlier, to_the_right=True, always=True),
        Column("after", year.later, to_the_right=True, always=True),
        Column("change", "Change", to_the_right=True, always=True),
        Column("per_cent", "Per cent", to_the_right=True, always=True),
        Column("drivers", "Driven by"),
    )
    rows: list[list[Value]] = []
    previous = None
    for movement in year.movements:
        rows += _rows(movement, repeated=movement.name == previous, pence=year.pence)
        previous = movement.name
    given = not any(movement.drivers for movement in year.movements)
    said = ("These amounts are given, not worked out from rates, so what drives them is not known.",) if given else ()
    return Sheet(columns, rows, f"{name}: {year.earlier} to {year.later}", remarks=said)


def _rows(movement: Movement, *, repeated: bool, pence: bool) -> list[list[Value]]:
    """A movement, with a row for each of its drivers."""
    change = signed(movement.change, pence=pence) if movement.change else ""
    first, *others = movement.drivers or ("",)
    name, heading = "" if repeated else movement.name or "Total", movement.heading or "total"
    rows: list[list[Value]] = [
        [name, heading, movement.before, movement.after, change, rate_text(movement.rate), first]
    ]
    rows += [[*[None] * 6, driver] for driver in others]
    return rows


def rate_text(rate: Fraction | None) -> str:
    """A rate of change to a tenth of a per cent: "+11.0%"; empty where there is no change or nothing before."""
    if not rate:
        return ""
    tenths = round_half_up(rate * 100, PENNY * 10)
    return f"{'+' if rate > 0 else ''}{tenths:.1f}%"


def movement_records(summaries: Iterable[GrantSummary]) -> Sheet:
    """A row for each movement: grant, years, names, amounts, the rate in per cent, what drives it."""
    keys = ("grant", "from", "to", "name", "heading", "before", "after", "change", "per_cent", "drivers")
    rows: list[list[Value]] = [
        [
            summary.account.grant.grant,
            year.earlier,
            year.later,
            movement.name or "Total",
            movement.heading or "total",
            movement.before,
            movement.after,
            movement.change,
            None if movement.rate is None else round_half_up(movement.rate * 100, PENNY),
            "; ".join(movement.drivers),
        ]
        for summary in summaries
        for year in movements_of(summary.account.totals, summary.workings)
        for movement in year.movements
    ]
    return Sheet([Column(key, "") for key in keys], rows)
