"""Rows: which columns of a grid are the totals or differences of which, in most rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.columns import Structure
from grantcalc.papers.tables.ledger import looks_like_a_slip, tried
from grantcalc.papers.tables.words import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.tables.grid import Grid
    from grantcalc.papers.tables.ledger import Ledger

_TELLING: Final = 0.4
_MOST_FOR_PAIRS: Final = 12
_MOST_COLUMNS: Final = 60
_MOST_ROWS: Final = 400
"""So many rows decide what the columns are; all rows are then checked."""

Parts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a column: as a total or difference of others."""

    column: int
    parts: Parts
    points: float
    holding: int
    failing: int
    words: bool

    @property
    def rank(self) -> tuple[float, ...]:
        """The larger, the better: agreement, words, sums before differences, more parts, total on the right."""
        plain = all(sign > 0 for _, sign in self.parts)
        last = all(part < self.column for part, _ in self.parts)
        agreed = self.holding - 2 * self.failing + 2 * self.words
        return (agreed, plain, last, self.points, len(self.parts))


def row_structures(grid: Grid) -> list[Structure]:
    """The columns that are totals or differences of others, each with its parts.

    Args:
        grid: the amounts; a structure's numbers are those of its columns.
    """
    width = len(grid.headings)
    if not 2 < width <= _MOST_COLUMNS:  # noqa: PLR2004 - a total and two parts
        return []
    pairs = zip(grid.lines, grid.entries, strict=True)
    sample = [row for line, row in pairs if Role.RATE not in line.role][:_MOST_ROWS]
    roles = [role_of(words) for words in grid.headings]
    readings = [
        reading
        for column in range(width)
        for parts in _candidates(column, width, roles[column])
        if (reading := _read(sample, column, parts, roles)) is not None
    ]
    return [_structure(reading) for reading in _chosen(readings)]


def _candidates(column: int, width: int, role: Role) -> Iterator[Parts]:
    """The columns that may be the parts of one: runs on either side of it, and the difference of two."""
    for start in range(column - 1):
        yield tuple((part, 1) for part in range(start, column))
    for end in range(column + 3, width + 1):
        yield tuple((part, 1) for part in range(column + 1, end))
    if width <= _MOST_FOR_PAIRS:
        others = [part for part in range(width) if part != column]
        for first, second in permutations(others, 2):
            yield ((first, 1), (second, -1))
    if width <= _MOST_FOR_PAIRS and Role.TOTAL & role:
        for step in (2, 3):
            alternate = tuple((part, 1) for part in range(column - step, -1, -step))
            if len(alternate) > 1:
                yield tuple(reversed(alternate))


def _read(entries: Ledger, column: int, parts: Parts, roles: list[Role]) -> _Reading | None:
    """A reading if most rows agree with it."""
    words = _worded(column, parts, roles)
    if _is_hopeless(entries, column, parts, most=(len(entries) - 1) // 2 if words else len(entries) // 3):
        return None
    tries = [tried(row[column], [(row[part], sign) for part, sign in parts]) for row in entries]
    # Without words, rows of small numbers and noughts say nothing, however many there are.
    points = sum(each.points for each in tries if words or each.points >= _TELLING)
    holding = sum(1 for each in tries if each.tells)
    failing = sum(1 for each in tries if each.fails)
    slips = sum(1 for each in tries if each.fails and looks_like_a_slip(each))
    if not _agreed(points, holding, failing, slips, words=words):
        return None
    return _Reading(column, parts, points, holding, failing, words)


def _is_hopeless(entries: Ledger, column: int, parts: Parts, *, most: int) -> bool:
    """Whether more rows fail than a reading may have: most readings do, so this is the quick way out."""
    failing = 0
    for row in entries:
        total = row[column]
        if total is None:
            continue
        gap, allowed, printed = total.value, total.half, 0
        for place, sign in parts:
            part = row[place]
            if part is not None:
                gap -= part.value * sign
                allowed += part.half
                printed += 1
        if printed > 1 and abs(gap) > allowed:
            failing += 1
            if failing > most:
                return True
    return False


def _agreed(points: float, holding: int, failing: int, slips: int, *, words: bool) -> bool:
    """Whether enough rows agree: fewer where the heading says what the column is."""
    if words:
        return points >= 1 and holding > failing
    doubtful = failing - slips
    return points >= 2 and holding > failing and holding >= 3 * doubtful + 2 * slips  # noqa: PLR2004


def _worded(column: int, parts: Parts, roles: list[Role]) -> bool:
    """Whether the heading of a column says that it is such a total or difference."""
    plain = all(sign > 0 for _, sign in parts)
    if plain:
        return Role.TOTAL in roles[column]
    last = all(part < column for part, _ in parts)
    return Role.CHANGE in roles[column] or (Role.NET in roles[column] and last)


def _chosen(readings: list[_Reading]) -> list[_Reading]:
    """The best sum and the best difference of each column, and one reading of each set of columns."""
    chosen: list[_Reading] = []
    taken: set[tuple[int, bool]] = set()
    sets: set[frozenset[int]] = set()
    for reading in sorted(readings, key=lambda r: r.rank, reverse=True):
        columns = frozenset((reading.column, *(part for part, _ in reading.parts)))
        own = (reading.column, all(sign > 0 for _, sign in reading.parts))
        if own in taken or columns in sets:
            continue
        taken.add(own)
        sets.add(columns)
        chosen.append(reading)
    return sorted(chosen, key=lambda r: r.column)


def _structure(reading: _Reading) -> Structure:
    kind = "row" if all(sign > 0 for _, sign in reading.parts) else "difference"
    return Structure(
        *(
            reading.column,
            reading.parts,
            kind,
            reading.points,
            reading.holding,
            reading.failing,
            reading.words,
        )
    )
