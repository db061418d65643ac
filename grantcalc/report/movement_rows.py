"""How costs move from year to year, as rows for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.movement import movements_of, signed
from grantcalc.money import PENNY, pounds, round_half_up
from grantcalc.report.columns import set_in_columns
from grantcalc.report.medium import PLAIN, Medium, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from grantcalc.grants.movement import Movement, YearMovement
    from grantcalc.results import GrantSummary

HEADINGS: Final = ("Role", "Heading", "From", "To", "Change", "Per cent", "Driven by")
_TO_THE_RIGHT: Final = (False, False, True, True, True, True, False)
_GAPS: Final = (0, 3, 3, 3, 3, 3, 3)


def movement_table(summaries: Iterable[GrantSummary], medium: Medium = PLAIN) -> str:
    """How the costs of grants move from each year to the next, in pounds and per cent, and why."""
    return "\n\n".join(_grant(summary, medium) for summary in summaries) + "\n"


def _grant(summary: GrantSummary, medium: Medium) -> str:
    lines = [medium.paint(medium.show(summary.account.grant.grant), Style.STRONG)]
    years = movements_of(summary.account.totals, summary.workings)
    if not years:
        lines.append("The grant has no two years to compare.")
    for year in years:
        lines += ["", medium.paint(medium.show(f"{year.earlier} to {year.later}"), Style.STRONG), *_table(year, medium)]
    if years and not any(movement.drivers for year in years for movement in year.movements):
        lines += ["", "These amounts are given, not worked out from rates, so what drives them is not known."]
    return "\n".join(lines)


def _table(year: YearMovement, medium: Medium) -> Iterator[str]:
    rows = [[*HEADINGS[:2], year.earlier, year.later, *HEADINGS[4:]]]
    previous = None
    for movement in year.movements:
        rows += _lines(movement, repeated=movement.name == previous)
        previous = movement.name
    if not any(row[-1] for row in rows[1:]):
        rows[0][-1] = ""
    cells = [[medium.show(cell) for cell in row] for row in rows]
    for at, line in enumerate(set_in_columns(cells, _TO_THE_RIGHT, _GAPS)):
        yield line if at else medium.paint(line, Style.FAINT)


def _lines(movement: Movement, *, repeated: bool) -> list[list[str]]:
    """A movement, with a line for each of its drivers."""
    name, *cells = movement_cells(movement)
    first, *others = movement.drivers or ("",)
    return [["" if repeated else name, *cells[:-1], first], *(["", "", "", "", "", "", driver] for driver in others)]


def movement_cells(movement: Movement) -> list[str]:
    """A movement as cells: names, both amounts, the change, its rate, what drives it."""
    pence = any(amount != amount.to_integral_value() for amount in (movement.before, movement.after))
    return [
        movement.name or "Total",
        movement.heading or "total",
        pounds(movement.before, pence=pence),
        pounds(movement.after, pence=pence),
        signed(movement.change) if movement.change else "",
        rate_text(movement.rate),
        "; ".join(movement.drivers),
    ]


def rate_text(rate: Fraction | None) -> str:
    """A rate of change to a tenth of a per cent: "+11.0%"; empty where there is no change or nothing before."""
    if not rate:
        return ""
    tenths = round_half_up(rate * 100, PENNY * 10)
    return f"{'+' if rate > 0 else ''}{tenths:.1f}%"


def movement_rows(summary: GrantSummary) -> Iterator[list[str]]:
    """A row for each movement: grant, years, names, amounts as digits with two decimals, rate, drivers."""
    for year in movements_of(summary.account.totals, summary.workings):
        for movement in year.movements:
            amounts = (movement.before, movement.after, movement.change)
            yield [
                summary.account.grant.grant,
                year.earlier,
                year.later,
                movement.name or "Total",
                movement.heading or "total",
                *(f"{round_half_up(amount, PENNY):.2f}" for amount in amounts),
                "" if movement.rate is None else f"{round_half_up(movement.rate * 100, PENNY):.2f}",
                "; ".join(movement.drivers),
            ]
