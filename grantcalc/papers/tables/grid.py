"""Grids: amounts by row and column, without headings, percentages and the numbering of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Kind
from grantcalc.papers.tables.added import added_columns
from grantcalc.papers.tables.ledger import entries_of
from grantcalc.papers.tables.words import Role, heads_counts, heads_rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.tables.ledger import Ledger


_LONGEST_LABEL: Final = 120
_LEADERS: Final = " .:…_·"
"""What leads from a name to its amount: a colon, or dots in a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid.

    Attributes:
        label: its words.
        role: what they say.
        amounts: the amount in each column; None where there is none.
        starts: whether a new heading stands above it, so that what is above is another table.
        under: the heading line above it ("Expenditure"), for the first line under it only.
        apart: whether a row without amounts, blank or a heading, stands above it.
        number: the number that the table gives it, at the beginning of the row; None where there is none.
        words: the cells left of its first amount, blank ones too.
    """

    label: str
    role: Role
    amounts: tuple[Found | None, ...]
    starts: bool = False
    under: str = ""
    apart: bool = False
    number: int | None = None
    words: tuple[str, ...] = ()

    @property
    def printed(self) -> list[int]:
        """The columns in which an amount is printed."""
        return [column for column, found in enumerate(self.amounts) if found is not None]


@dataclass(frozen=True)
class Grid:
    """The amounts of a table, or of one of the tables that stand side by side in it.

    Attributes:
        lines: the rows that hold amounts.
        headings: the words above each column.
        ruled: whether the paper itself sets the cells apart.
        shares: whether the figures are shares of a whole, percentages mostly.
        counts: whether the figures are counts of something.
        whole: whether no amount that stands among its rows was left out of them.
    """

    lines: tuple[Line, ...]
    headings: tuple[str, ...]
    ruled: bool = True
    shares: bool = False
    counts: bool = False
    whole: bool = True

    @cached_property
    def entries(self) -> Ledger:
        """The amounts as whole numbers, by row and column."""
        return entries_of([line.amounts for line in self.lines])


def label_of(row: str, heading: str) -> str:
    """The words of a row and the heading of a column, short enough to print."""
    words = ", ".join(filter(None, map(_without_leaders, (row, heading))))
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 3]}..."


def _without_leaders(words: str) -> str:
    """Words on one line, without what leads from them to an amount; a full stop alone belongs to them."""
    words = " ".join(words.split())
    name = words.rstrip(_LEADERS)
    return words if words[len(name) :] == "." else name


def split(grid: Grid) -> list[Grid]:
    """The columns of amounts apart from those of percentages and rates, and from those of counts."""
    shares = [_percentages(grid, column) for column in range(len(grid.headings))]
    counts = [heads_counts(words) and not share for words, share in zip(grid.headings, shares, strict=True)]
    columns = range(len(grid.headings))
    named = [column for column in columns if heads_rates(grid.headings[column]) and not shares[column]]
    added = added_columns(
        grid.headings, grid.entries, named, [column for column in columns if shares[column] or counts[column]]
    )
    rates = [
        shares[column] or (column in named and column not in added) or (not counts[column] and _is_ratio(grid, column))
        for column in columns
    ]
    grids = (
        _picked(grid, [column for column in columns if not rates[column] and not counts[column]], shares=False),
        _picked(grid, [column for column in columns if rates[column] and not counts[column]], shares=True),
        replace(_picked(grid, [column for column in columns if counts[column]], shares=False), counts=True),
    )
    return [each for each in grids if any(line.printed for line in each.lines)]


def _percentages(grid: Grid, column: int) -> bool:
    """Whether most figures of a column are percentages."""
    kinds = [found.kind for line in grid.lines if (found := line.amounts[column]) is not None]
    return kinds.count(Kind.PERCENT) * 2 > len(kinds)


def _is_ratio(grid: Grid, column: int) -> bool:
    """Whether bare numbers beside amounts with a currency have a "total" that is less than one of them: an average."""
    found = [(line.role, each) for line in grid.lines if (each := line.amounts[column]) is not None]
    others = [
        each.kind for line in grid.lines for n, each in enumerate(line.amounts) if each is not None and n != column
    ]
    bare = all(each.kind is Kind.PLAIN and each.figure.value >= 0 for _, each in found)
    if not bare or 2 * others.count(Kind.MONEY) <= len(others):
        return False
    totals = [each.figure.value for role, each in found if Role.TOTAL in role]
    parts = [each.figure.value for role, each in found if Role.TOTAL not in role]
    return bool(totals) and len(parts) > 1 and max(totals) < max(parts)


def _picked(grid: Grid, columns: Sequence[int], *, shares: bool) -> Grid:
    """Some columns of a grid: percentages if they are shares, none if they are amounts."""
    lines = []
    for line in grid.lines:
        picked = [line.amounts[column] for column in columns]
        amounts = tuple(f if f and (shares or f.kind is not Kind.PERCENT) else None for f in picked)
        lines.append(replace(line, amounts=amounts))
    printed = tuple(line for line in lines if line.printed or line.starts)
    headings = tuple(grid.headings[column] for column in columns)
    return replace(grid, lines=printed, headings=headings, shares=shares)
