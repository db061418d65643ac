"""Interleaved rows: each post with a row for each heading, and below them the total of each heading."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.tables.grid import label_of
from grantcalc.papers.tables.ledger import column_tries, looks_like_a_slip
from grantcalc.papers.tables.words import Role, role_of
from grantcalc.sums import Part, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.tables.grid import Grid, Line
    from grantcalc.papers.tables.ledger import Tried

_FEWEST: Final = 2
_MOST: Final = 12


class _Named(NamedTuple):
    """The number of a row, the name of what it is of ("Clerk"), and its heading ("salary")."""

    row: int
    owner: str
    heading: str


def interleaved(grid: Grid) -> Iterator[Sum]:
    """The totals of headings: of the rows that have the same heading as a row of the total.

    Where the words of a table stand in two columns, the second says again and again the same few headings, and the
    first names a post only once for all of its rows. In a column in which the rows do not make the total, that is
    claimed if it is one slip away and another column of the row, or the same column of another row, holds.
    """
    rows = list(_named(grid.lines))
    by_heading: dict[str, list[int]] = defaultdict(list)
    for each in rows:
        if not _is_of_total(each):
            by_heading[each.heading].append(each.row)
    own = {heading: parts for heading, parts in by_heading.items() if len(parts) >= _FEWEST}
    if not _FEWEST <= len(own) <= _MOST or len(own) < len(by_heading):
        return
    totals = [each for each in rows if _is_of_total(each) and each.heading in own]
    holding = [any(t.tells for t in _tries(grid, each.row, own[each.heading])) for each in totals]
    if any(each.row < max(own[each.heading]) for each in totals) or not any(holding):
        return
    for each in totals:
        yield from _claimed(grid, each.row, own[each.heading])


def _named(lines: Sequence[Line]) -> Iterator[_Named]:
    """The rows with two cells of words, the first being that of the row above where it is blank."""
    owner = ""
    for row, line in enumerate(lines):
        if len(line.words) >= _FEWEST and line.words[-1]:
            owner = line.words[-2] or owner
            yield _Named(row, owner.casefold(), " ".join(line.words[-1].casefold().split()))


def _is_of_total(each: _Named) -> bool:
    return Role.TOTAL in role_of(each.owner)


def _tries(grid: Grid, total: int, parts: Sequence[int]) -> list[Tried]:
    return column_tries(grid.entries, total, [(part, 1) for part in parts])


def _claimed(grid: Grid, total: int, parts: Sequence[int]) -> Iterator[Sum]:
    """The sum of each column."""
    for column, attempt in enumerate(_tries(grid, total, parts)):
        printed = grid.lines[total].amounts[column]
        if printed is None or not (attempt.holds or (attempt.fails and looks_like_a_slip(attempt))):
            continue
        added = [found.figure for part in parts if (found := grid.lines[part].amounts[column]) is not None]
        label = label_of(grid.lines[total].label, grid.headings[column])
        yield Sum(label, printed.figure, tuple(map(Part, added)), "column", printed.figure.at)
