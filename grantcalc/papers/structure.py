"""Structure: the sums that a table states, holding or not, as far as its structure is certain."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.papers.columns import NAMED, SPELT_OUT, Columns, Structure
from grantcalc.papers.ledger import Outcome, Tried, column_tries, looks_like_a_slip, row_tries
from grantcalc.papers.rows import row_structures
from grantcalc.papers.words import Role, role_of
from grantcalc.sums import Part, Sum, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from grantcalc.papers.figures import Found
    from grantcalc.papers.grid import Grid
    from grantcalc.source import Place


_WHOLE: Final = Decimal(100)
_NEGLIGIBLE: Final = 5
"""Differences of columns are often taken before rounding: so many units past them are no claim to add up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a grid.

    Attributes:
        sums: the sums that it states.
        totals: its totals that are no part of another, with their labels.
        points: how much speaks for the reading.
    """

    sums: tuple[Sum, ...]
    totals: tuple[tuple[str, Found], ...]
    points: float


def read_grid(grid: Grid) -> Reading:
    """Find the sums of a grid: columns, rows, and totals of totals."""
    if grid.shares:
        return _shares(grid)
    down = Columns(grid).read()
    across = row_structures(grid)
    sums: dict[tuple[object, ...], Sum] = {}
    columns = list(_down(grid, down))
    proven = {figure.at for a_sum in columns if verdict(a_sum) is not Verdict.MISMATCH for figure in a_sum.figures}
    for a_sum in (*columns, *_across(grid, across, proven), *_crossing(grid, down), *_instalments(grid)):
        sums.setdefault(_key(a_sum), a_sum)
    points = sum(each.points for each in (*down, *across))
    return Reading(tuple(sums.values()), _totals(grid, down), points)


def _shares(grid: Grid) -> Reading:
    """The sums of percentages: those that are said to make a hundred, and do."""
    structures = [each for each in Columns(grid).read() if each.worded]
    sums = [
        _column_sum(grid, structure, column)
        for structure in structures
        for column, attempt in enumerate(column_tries(grid.entries, structure.total, structure.parts))
        if attempt.holds or (attempt.fails and looks_like_a_slip(attempt))
    ]
    whole = tuple(a_sum for a_sum in sums if a_sum.total.value == _WHOLE)
    return Reading(whole, (), len(whole))


def _key(a_sum: Sum) -> tuple[object, ...]:
    return (a_sum.total.at, frozenset((part.figure.at, abs(part.weight)) for part in a_sum.parts))


def _down(grid: Grid, structures: Sequence[Structure]) -> Iterator[Sum]:
    """The sums of the columns."""
    additive = _additive(grid, structures)
    for structure in structures:
        tries = column_tries(grid.entries, structure.total, structure.parts)
        for column, attempt in enumerate(tries):
            if structure.kind == SPELT_OUT and attempt.outcome is not Outcome.EXACT:
                continue
            if attempt.holds or (
                attempt.fails and _certain(structure, attempt, alike=additive[column], ruled=grid.ruled)
            ):
                yield _column_sum(grid, structure, column)
            elif attempt.outcome is Outcome.ABSENT:
                yield from _repeated(grid, structure, column, structures)


def _additive(grid: Grid, structures: Sequence[Structure]) -> list[bool]:
    """For each column, whether any structure holds in it."""
    held = [False] * len(grid.headings)
    for structure in structures:
        for column, attempt in enumerate(column_tries(grid.entries, structure.total, structure.parts)):
            held[column] = held[column] or (attempt.holds and attempt.points >= 0.4)  # noqa: PLR2004
    return held


def _certain(structure: Structure, attempt: Tried, *, alike: bool, ruled: bool) -> bool:
    """Whether a sum that does not hold is stated all the same.

    One slip's gap is enough where the words say so or other columns (rows) agree; any other gap needs other
    columns that agree, and something else in the same column that adds up.
    """
    if looks_like_a_slip(attempt):
        return structure.worded or structure.holding >= structure.failing
    if structure.kind == NAMED:
        return structure.holding > 0
    if not ruled:
        return False
    if structure.worded:
        return structure.holding > structure.failing and (alike or structure.holding > 1)
    return structure.holding >= 3 * structure.failing and alike and structure.holding > 1


def _column_sum(grid: Grid, structure: Structure, column: int) -> Sum:
    """The sum that a structure of rows states in one column."""
    line = grid.lines[structure.total]
    parts = [(grid.lines[row].amounts[column], sign) for row, sign in structure.parts]
    return _sum(_label(line.label, grid.headings[column]), line.amounts[column], parts, structure.kind)


def _label(row: str, heading: str) -> str:
    """The words of a row and the heading of a column, short enough to print."""
    words = ", ".join(filter(None, (" ".join(row.split()), " ".join(heading.split()))))
    return words if len(words) <= 120 else f"{words[:117]}..."  # noqa: PLR2004


def _sum(label: str, total: Found | None, parts: Sequence[tuple[Found | None, int]], kind: str) -> Sum:
    if total is None:
        message = "a sum needs a total"
        raise ValueError(message)
    printed = tuple(Part(part.figure, Decimal(weight)) for part, weight in parts if part is not None)
    return Sum(label, total.figure, printed, kind, total.figure.at)


def _repeated(grid: Grid, structure: Structure, column: int, structures: Sequence[Structure]) -> Iterator[Sum]:
    """A total of one printed part repeats it: the parts of that part make it too."""
    amounts = [(row, grid.lines[row].amounts[column]) for row, sign in structure.parts if sign > 0]
    printed = [(row, found) for row, found in amounts if found is not None]
    total = grid.lines[structure.total].amounts[column]
    if len(printed) != 1 or total is None or printed[0][1].figure.value != total.figure.value:
        return
    for inner in structures:
        if inner.total == printed[0][0]:
            parts = [(grid.lines[row].amounts[column], sign) for row, sign in inner.parts]
            if sum(1 for part, _ in parts if part) > 1:
                a_sum = _sum(_label(grid.lines[structure.total].label, grid.headings[column]), total, parts, "column")
                if verdict(a_sum) is not Verdict.MISMATCH:
                    yield a_sum


def _across(grid: Grid, structures: Sequence[Structure], proven: Collection[Place | None]) -> Iterator[Sum]:
    """The sums of the rows.

    A row does not add up only if one of its figures is wrong; where each stands in a column that adds up,
    it is the reading of the row that is in doubt.
    """
    for structure in structures:
        for line, attempt in zip(grid.lines, row_tries(grid.entries, structure.total, structure.parts), strict=True):
            if Role.RATE & line.role or not (attempt.holds or attempt.fails):
                continue
            columns = (structure.total, *(column for column, _ in structure.parts))
            sound = all(_is_sound(line.amounts[column], proven) for column in columns)
            if attempt.holds or (not sound and _certain_row(structure, attempt, ruled=grid.ruled)):
                parts = [(line.amounts[column], sign) for column, sign in structure.parts]
                heading = grid.headings[structure.total]
                yield _sum(_label(line.label, heading), line.amounts[structure.total], parts, structure.kind)


def _is_sound(found: Found | None, proven: Collection[Place | None]) -> bool:
    """Whether a figure is not printed, or takes part in a column that adds up."""
    return found is None or found.figure.at in proven


def _certain_row(structure: Structure, attempt: Tried, *, ruled: bool) -> bool:
    """Whether a row that does not add up is claimed to: most other rows do."""
    if abs(attempt.gap) < _NEGLIGIBLE * attempt.unit:
        return False
    if looks_like_a_slip(attempt):
        return structure.holding > structure.failing
    if not ruled:
        return False
    return structure.holding >= 4 * structure.failing or (
        structure.worded and structure.holding > 2 * structure.failing
    )


def _crossing(grid: Grid, structures: Sequence[Structure]) -> Iterator[Sum]:
    """A grand total in a row of its own: the totals of the columns, added across."""
    totals = {structure.total for structure in structures}
    for row, line in enumerate(grid.lines[1:], start=1):
        above = grid.lines[row - 1]
        if len(line.printed) != 1 or len(above.printed) < 2 or not Role.TOTAL & line.role:  # noqa: PLR2004
            continue
        if row - 1 not in totals and not Role.TOTAL & above.role or (Role.QUARTER | Role.MONTH) & line.role:
            continue
        a_sum = _sum(
            _label(line.label, ""),
            line.amounts[line.printed[0]],
            [(each, 1) for each in above.amounts],
            "row",
        )
        if verdict(a_sum) is not Verdict.MISMATCH or "grand" in line.label.lower():
            yield a_sum


def _instalments(grid: Grid) -> Iterator[Sum]:
    """A quarterly or monthly payment under a total: four or twelve of them make it."""
    for row, line in enumerate(grid.lines[1:], start=1):
        times = 4 if Role.QUARTER & line.role else 12 if Role.MONTH & line.role else 0
        above = grid.lines[row - 1]
        if not times or not Role.TOTAL & above.role:
            continue
        for total, payment in zip(above.amounts, line.amounts, strict=True):
            if total is not None and payment is not None:
                a_sum = _sum(_label(above.label, line.label), total, [(payment, times)], "instalments")
                if verdict(a_sum) is not Verdict.MISMATCH:
                    yield a_sum


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
