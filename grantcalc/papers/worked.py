"""Worked sums: what the formulas of a workbook add, with the figures that its cells show."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.sums import Part, Sum, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Paper, Table, Worked

FORMULA: Final = "formula"
"""The kind of a sum that a formula states."""

_LONGEST_LABEL: Final = 120
_Name = tuple[str | None, str | None]
_Parts = tuple[tuple[_Name, int], ...]


def worked_sums(paper: Paper) -> Iterator[Sum]:
    """The sums that formulas state, and those of the cells behind the totals that they add, where these are exact."""
    shown = {name: found for table in paper.tables for name, found in _amounts(table)}
    formulas = {(each.total.sheet, each.total.cell): _names(each) for each in paper.worked}
    for name, parts in formulas.items():
        yield from _sum(name, parts, shown)
        behind = tuple((inner, sign * own) for part, sign in parts for inner, own in formulas.get(part, ((part, 1),)))
        if behind != parts:
            yield from (each for each in _sum(name, behind, shown) if verdict(each) is Verdict.EXACT)


def _names(worked: Worked) -> _Parts:
    return tuple(((part.sheet, part.cell), sign) for part, sign in worked.parts)


def _amounts(table: Table) -> Iterator[tuple[_Name, tuple[str, Figure]]]:
    """The amount of each cell that is one, with the label of its row."""
    for row in table.rows:
        label = next((cell.text for cell in row.cells if cell.text and not cell.found), "")
        for cell in row.cells:
            if len(cell.found) == 1 and cell.found[0].is_amount:
                yield (cell.at.sheet, cell.at.cell), (" ".join(label.split()), cell.found[0].figure)


def _sum(total: _Name, parts: _Parts, shown: Mapping[_Name, tuple[str, Figure]]) -> Iterator[Sum]:
    """A sum of cells, if all of them show amounts."""
    if total in shown and len(parts) > 1 and all(name in shown for name, _ in parts):
        label, figure = shown[total]
        added = tuple(Part(shown[name][1], Decimal(sign)) for name, sign in parts)
        yield Sum(label[:_LONGEST_LABEL], figure, added, FORMULA, figure.at)
