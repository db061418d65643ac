"""Structure: the sums that a table states, holding or not, as far as its structure is certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.certainty import INCOMPLETE, column_stands, lacks_a_part, row_stands
from grantcalc.papers.tables.columns import Columns
from grantcalc.papers.tables.grid import label_of
from grantcalc.papers.tables.interleaved import interleaved
from grantcalc.papers.tables.items import with_items
from grantcalc.papers.tables.ledger import Outcome, column_tries, looks_like_a_slip, row_tries
from grantcalc.papers.tables.memos import with_memos
from grantcalc.papers.tables.omissions import omissions
from grantcalc.papers.tables.panels import grids_of
from grantcalc.papers.tables.payments import instalments
from grantcalc.papers.tables.rows import row_structures
from grantcalc.papers.tables.schedules import schedules
from grantcalc.papers.tables.sections import sections_of
from grantcalc.papers.tables.words import Role, role_of
from grantcalc.sums import Part, Sum, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Table
    from grantcalc.papers.tables.columns import Structure
    from grantcalc.papers.tables.grid import Grid
    from grantcalc.papers.tables.omissions import Omission
    from grantcalc.papers.tables.sections import Section
    from grantcalc.source import Place


_WHOLE: Final = Decimal(100)
_RUN: Final = 3
"""Fewer noughts at the beginning of a column are items like others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a grid.

    Attributes:
        sums: the sums that it states.
        totals: its totals that are no part of another, with their labels.
        points: how much speaks for the reading.
        rows: how many rows with amounts it has.
        omissions: its totals that leave out the rows that stand first.
        sections: the tables that stand one below the other in it.
    """

    sums: tuple[Sum, ...]
    totals: tuple[tuple[str, Found], ...]
    points: float
    rows: int
    omissions: tuple[Omission, ...] = ()
    sections: tuple[Section, ...] = ()


@lru_cache(maxsize=1 << 12)
def read_table(table: Table) -> tuple[Reading, ...]:
    """Read every grid of a table; kept, since a table that is guessed from running text is read to judge the guess."""
    return tuple(read_grid(grid) for grid in grids_of(table))


def read_grid(grid: Grid) -> Reading:
    """Find the sums of a grid: columns, rows, and totals of totals."""
    if grid.shares:
        return _shares(grid)
    if grid.counts:
        return _counts(grid)
    grid = with_memos(with_items(grid))
    down = Columns(grid).read()
    across = row_structures(grid)
    sums: dict[tuple[object, ...], Sum] = {}
    by_heading = tuple(interleaved(grid))
    said = {a_sum.total.at for a_sum in by_heading}
    columns = [a_sum for a_sum in _down(grid, down, across) if a_sum.total.at not in said or _holds(a_sum)]
    columns.extend(by_heading)
    proven = {figure.at for a_sum in columns if _holds(a_sum) for figure in a_sum.figures}
    crossing = _crossing(grid, down, {each.total for each in across})
    further = (*crossing, *instalments(grid), *schedules(grid), *_counted_twice(grid, down))
    for a_sum in (*columns, *_across(grid, across, proven), *further):
        sums.setdefault(_key(a_sum), a_sum)
    points = sum(each.points for each in (*down, *across))
    rows = sum(1 for line in grid.lines if line.printed)
    left_out = tuple(omissions(grid, down))
    return Reading(tuple(sums.values()), _totals(grid, down), points, rows, left_out, tuple(sections_of(grid)))


def _shares(grid: Grid) -> Reading:
    """The sums of percentages: those that are said to make a hundred, and do."""
    structures = [each for each in Columns(grid).read() if each.worded]
    sums = [
        a_sum
        for structure in structures
        for column, attempt in enumerate(column_tries(grid.entries, structure.total, structure.parts))
        if attempt.holds or (attempt.fails and looks_like_a_slip(attempt))
        for a_sum in _column_sum(grid, structure, column)
    ]
    whole = tuple(a_sum for a_sum in sums if a_sum.total.value == _WHOLE)
    return Reading(whole, (), len(whole), len(grid.lines))


def _counts(grid: Grid) -> Reading:
    """The sums of counts: those that are said to be totals, and hold exactly. None of them is claimed of the others."""
    structures = [each for each in Columns(grid).read() if each.worded]
    sums = tuple(
        a_sum
        for structure in structures
        for column, attempt in enumerate(column_tries(grid.entries, structure.total, structure.parts))
        if attempt.outcome is Outcome.EXACT
        for a_sum in _column_sum(grid, structure, column)
    )
    return Reading(sums, (), len(sums), 0)


def _key(a_sum: Sum) -> tuple[object, ...]:
    return (a_sum.total.at, frozenset((part.figure.at, abs(part.weight)) for part in a_sum.parts))


def _down(grid: Grid, structures: Sequence[Structure], across: Sequence[Structure]) -> Iterator[Sum]:
    """The sums of the columns."""
    additive = _additive(grid, structures)
    for structure in structures:
        tries = column_tries(grid.entries, structure.total, structure.parts)
        for column, attempt in enumerate(tries):
            if column_stands(structure, attempt, grid, column, alike=additive[column]):
                lacks = lacks_a_part(structure, attempt, grid, column, across)
                kind = INCOMPLETE if lacks else structure.kind
                yield from (replace(a_sum, kind=kind) for a_sum in _column_sum(grid, structure, column))
            elif attempt.outcome is Outcome.ABSENT:
                yield from _repeated(grid, structure, column, structures)


def _additive(grid: Grid, structures: Sequence[Structure]) -> list[bool]:
    """For each column, whether any structure holds in it."""
    held = [False] * len(grid.headings)
    for structure in structures:
        for column, attempt in enumerate(column_tries(grid.entries, structure.total, structure.parts)):
            held[column] = held[column] or (attempt.holds and attempt.points >= 0.4)  # noqa: PLR2004
    return held


def _column_sum(grid: Grid, structure: Structure, column: int) -> Iterator[Sum]:
    """The sum that a structure of rows states in one column."""
    line = grid.lines[structure.total]
    parts = [(grid.lines[row].amounts[column], sign) for row, sign in structure.parts]
    for a_sum in _sum(label_of(line.label, grid.headings[column]), line.amounts[column], parts, structure.kind):
        yield _without_noughts(a_sum)


def _without_noughts(a_sum: Sum) -> Sum:
    """An exact sum without a run of noughts that it begins with: nothing tells whether they are among its parts."""
    first = next((n for n, part in enumerate(a_sum.parts) if part.figure.value), 0)
    shorter = replace(a_sum, parts=a_sum.parts[first:])
    exact = first >= _RUN and len(shorter.parts) > 1 and verdict(shorter) is Verdict.EXACT
    return shorter if exact else a_sum


def _sum(label: str, total: Found | None, parts: Sequence[tuple[Found | None, int]], kind: str) -> Iterator[Sum]:
    """A sum of the amounts that are printed; none without a total."""
    printed = tuple(Part(part.figure, Decimal(weight)) for part, weight in parts if part is not None)
    if total is not None:
        yield Sum(label, total.figure, printed, kind, total.figure.at)


def _repeated(grid: Grid, structure: Structure, column: int, structures: Sequence[Structure]) -> Iterator[Sum]:
    """A total of one printed part repeats it: the parts of that part make it too."""
    amounts = [(row, grid.lines[row].amounts[column]) for row, sign in structure.parts if sign > 0]
    printed = [(row, found) for row, found in amounts if found is not None]
    line = grid.lines[structure.total]
    total = line.amounts[column]
    if len(printed) != 1 or total is None or printed[0][1].figure.value != total.figure.value:
        return
    for inner in structures:
        parts = [(grid.lines[row].amounts[column], sign) for row, sign in inner.parts]
        if inner.total == printed[0][0] and sum(1 for part, _ in parts if part) > 1:
            yield from _holding(_sum(label_of(line.label, grid.headings[column]), total, parts, "column"))


def _holding(sums: Iterable[Sum]) -> Iterator[Sum]:
    """The sums that hold, exactly or by rounding."""
    return (a_sum for a_sum in sums if _holds(a_sum))


def _holds(a_sum: Sum) -> bool:
    """Whether a sum holds, exactly or by rounding."""
    return verdict(a_sum) is not Verdict.MISMATCH


def _across(grid: Grid, structures: Sequence[Structure], proven: Collection[Place | None]) -> Iterator[Sum]:
    """The sums of the rows."""
    for structure in structures:
        tries = row_tries(grid.entries, structure.total, structure.parts)
        for line, attempt in zip(grid.lines, tries, strict=True):
            total = line.amounts[structure.total]
            parts = [(line.amounts[column], sign) for column, sign in structure.parts]
            places = [found.figure.at for found in (total, *(part for part, _ in parts)) if found is not None]
            sound = all(place in proven for place in places)
            exact = total is not None and total.figure.unit is None
            stands = row_stands(structure, attempt, exact=exact, sound=sound, ruled=grid.ruled)
            if stands and Role.RATE not in line.role:
                yield from _sum(label_of(line.label, grid.headings[structure.total]), total, parts, structure.kind)


def _crossing(grid: Grid, structures: Sequence[Structure], across: Collection[int]) -> Iterator[Sum]:
    """A grand total in a row of its own: the totals of the columns, added across."""
    totals = {structure.total for structure in structures}
    for row, line in enumerate(grid.lines[1:], start=1):
        above = grid.lines[row - 1]
        if len(line.printed) != 1 or len(above.printed) < 2 or not Role.TOTAL & line.role:  # noqa: PLR2004
            continue
        if (row - 1 not in totals and not Role.TOTAL & above.role) or (Role.QUARTER | Role.MONTH) & line.role:
            continue
        total = line.amounts[line.printed[0]]
        sums = _sum(label_of(line.label, ""), total, [(each, 1) for each in above.amounts], "row")
        # Below a column that is the total of the others, it is a total of rows, or of other tables.
        crosses = "grand" in line.label.lower() and line.printed[0] not in across
        yield from sums if crosses else _holding(sums)


def _counted_twice(grid: Grid, structures: Sequence[Structure]) -> Iterator[Sum]:
    """A total that is out by just the sub-total above it, which holds: spreadsheets add it twice."""
    found = {structure.total: structure for structure in structures if structure.kind == "column"}
    above: Structure | None = None
    for row, line in enumerate(grid.lines):
        if row in found:
            above = found[row]
        elif above is not None and Role.TOTAL & line.role:
            parts = tuple((part, 1) for part in range(above.total, row))
            holding = column_tries(grid.entries, above.total, above.parts)
            twice = column_tries(grid.entries, row, (*parts, (above.total, 1)))
            for column, (once, attempt) in enumerate(zip(holding, twice, strict=True)):
                if once.holds and attempt.holds and len(parts) > 1:
                    printed = [(grid.lines[part].amounts[column], sign) for part, sign in parts]
                    label = label_of(line.label, grid.headings[column])
                    yield from _sum(label, line.amounts[column], printed, "column")
            above = None


def _totals(grid: Grid, structures: Sequence[Structure]) -> tuple[tuple[str, Found], ...]:
    """The totals that are no part of another, in grids of one column of totals."""
    parts = {row for structure in structures for row, _ in structure.parts}
    found = []
    for row, line in enumerate(grid.lines):
        if row in parts or not Role.TOTAL & line.role or Role.QUARTER & role_of(line.label):
            continue
        if len(line.printed) == 1:
            amount = line.amounts[line.printed[0]]
            if amount is not None:
                found.append((line.label, amount))
    return tuple(found)
