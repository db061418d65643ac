"""Omissions: totals that hold, but begin below the first rows of their table, as a sum over too few cells does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.money import add
from grantcalc.papers.tables.blocks import plain_block
from grantcalc.papers.tables.grid import label_of
from grantcalc.papers.tables.ledger import column_tries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.tables.columns import Structure
    from grantcalc.papers.tables.grid import Grid


@dataclass(frozen=True, slots=True)
class Omission:
    """Amounts that stand above the parts of a total, and that it leaves out.

    Attributes:
        label: the words of the total and of its column.
        total: the total as stated.
        parts: what it adds.
        left_out: the amounts above these.
        names: the labels of their rows.
    """

    label: str
    total: Figure
    parts: tuple[Figure, ...]
    left_out: tuple[Figure, ...]
    names: tuple[str, ...]


def omissions(grid: Grid, structures: Sequence[Structure]) -> Iterator[Omission]:
    """The totals that leave out the first rows of their block, where nothing says that these are something else.

    Args:
        grid: the amounts of a table.
        structures: which of its rows are totals, and of which others.
    """
    used = {row for each in structures for row in (each.total, *(part for part, _ in each.parts))}
    for structure in structures:
        rows = [row for row, _ in structure.parts]
        block = plain_block(grid, structure.total) if structure.kind == "column" else None
        if block is None or rows != list(range(rows[0], structure.total)):
            continue
        above = range(block.start, rows[0])
        if 0 < len(above) <= len(rows) and used.isdisjoint(above):
            yield from _omitted(grid, structure, above)


def _omitted(grid: Grid, structure: Structure, above: range) -> Iterator[Omission]:
    """What the total leaves out in each column; nothing unless it does so in all that have an amount there."""
    tries = column_tries(grid.entries, structure.total, structure.parts)
    if any(attempt.fails for attempt in tries):
        return
    names = tuple(" ".join(grid.lines[row].label.split()) for row in above)
    line = grid.lines[structure.total]
    for column, attempt in enumerate(tries):
        total = line.amounts[column]
        left_out = _printed(grid, above, column)
        if total is None or not attempt.tells or len(left_out) != len(above) or not all(f.value for f in left_out):
            continue
        # Rows that make the total themselves are another division of it.
        if add(figure.value for figure in left_out) != total.figure.value:
            parts = _printed(grid, [row for row, _ in structure.parts], column)
            yield Omission(label_of(line.label, grid.headings[column]), total.figure, parts, left_out, names)


def _printed(grid: Grid, rows: Sequence[int], column: int) -> tuple[Figure, ...]:
    amounts = (grid.lines[row].amounts[column] for row in rows)
    return tuple(found.figure for found in amounts if found is not None)
