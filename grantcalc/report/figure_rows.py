"""What was read in a paper: a row for each figure, with the sums that it takes part in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Found, Kind
from grantcalc.report.columns import set_in_columns
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.report.places import within_text
from grantcalc.source import Where
from grantcalc.sums import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.results.figures import PaperFigures
    from grantcalc.source import Place

HEADINGS: Final = ("Place", "Figure", "Kind", "Value", "Unit", "Sums")
_TO_THE_RIGHT: Final = (True, True, False, True, True, False)


def figure_table(read: PaperFigures, medium: Medium = PLAIN) -> str:
    """The figures of a paper in columns."""
    rows = [[medium.show(cell) for cell in row] for row in (HEADINGS, *figure_rows(read))]
    lines = set_in_columns(rows, _TO_THE_RIGHT, [0, *[2] * (len(HEADINGS) - 1)])
    return "\n".join([medium.paint(lines[0], Style.FAINT), *lines[1:]]) + "\n"


def figure_rows(read: PaperFigures) -> list[tuple[str, ...]]:
    """A row for each figure: line and column, text, what it was taken for, its amount and unit, its sums."""
    claims: dict[Place | None, list[str]] = defaultdict(list)
    for number, a_sum in enumerate(read.sums, start=1):
        claims[a_sum.total.at].append(f"total of {number} ({verdict(a_sum)})")
        for part in a_sum.parts:
            claims[part.figure.at].append(f"part of {number}")
    return [_row(found, claims) for found in read.figures]


def _row(found: Found, claims: Mapping[Place | None, list[str]]) -> tuple[str, ...]:
    figure = found.figure
    where = figure.at if isinstance(figure.at, Where) else Where()
    taken_for = found.kind if found.flaw is None else f"{found.kind}, malformed"
    sums = ", ".join(dict.fromkeys(claims.get(figure.at, ())))
    return within_text(where), figure.text, taken_for, *_amount(found), sums


def _amount(found: Found) -> tuple[str, str]:
    """The amount and unit of a figure; empty where it is a date, a year or a reference."""
    if found.kind in (Kind.DATE, Kind.YEAR, Kind.REFERENCE, Kind.NOTE):
        return "", ""
    figure = found.figure
    return f"{figure.value:f}", "exact" if figure.unit is None else f"{figure.unit:f}"
