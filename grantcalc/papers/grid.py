"""Grids: the amounts of a table by row and column, without headings, percentages, rates and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grantcalc.papers.figures import Found, Kind, scaled
from grantcalc.papers.ledger import entries_of
from grantcalc.papers.scales import scale_of
from grantcalc.papers.words import Role, heads_rates, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grantcalc.papers.ledger import Ledger
    from grantcalc.papers.paper import Cell, Row, Table

_WORDS_IN_AMOUNT: Final = re.compile(
    r"\b(?:CR|DR|nil|n/?a|approx|circa|c|m|k|bn|million|thousand|billion|GBP|USD|EUR|DAI)\b", re.I
)
_NO_AMOUNT: Final = re.compile(r"[^\W\d_]{2}")
_STEPS: Final = {1, 2, 3}
_FIRST_NUMBER: Final = 2
_BLANK: Final = re.compile(r"[-–—−.*†£$€\s\\%]*+(?:nil|n/?a|tbc|none)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid.

    Attributes:
        label: its words.
        role: what they say.
        amounts: the amount in each column; None where there is none.
        starts: whether a new heading stands above it, so that what is above is another table.
        under: the heading line above it ("Expenditure"), for the first line under it only.
    """

    label: str
    role: Role
    amounts: tuple[Found | None, ...]
    starts: bool = False
    under: str = ""

    @property
    def printed(self) -> list[int]:
        """The columns in which an amount is printed."""
        return [column for column, found in enumerate(self.amounts) if found is not None]


@dataclass(frozen=True)
class Grid:
    """The amounts of a table.

    Attributes:
        lines: the rows that hold amounts.
        headings: the words above each column.
        ruled: whether the paper itself sets the cells apart.
        shares: whether the figures are shares of a whole, percentages mostly.
    """

    lines: tuple[Line, ...]
    headings: tuple[str, ...]
    ruled: bool = True
    shares: bool = False

    @cached_property
    def entries(self) -> Ledger:
        """The amounts as whole numbers, by row and column."""
        return entries_of([line.amounts for line in self.lines])


def grids_of(table: Table) -> list[Grid]:
    """The grids of a table: one, or several where tables stand side by side.

    A column of words with amounts on both its sides begins another table.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    edges = _edges(table, width)
    grids = [_grid(table, start, end) for start, end in zip(edges, [*edges[1:], width], strict=True)]
    return [grid for pair in grids for grid in pair if grid.lines]


def amount_of(cell: Cell) -> Found | None:
    """The amount that a cell is; None for words, dates, and cells of several amounts."""
    amounts = [found for found in cell.found if found.is_amount]
    if not amounts:
        lone = [
            f for f in cell.found if f.kind is Kind.NOTE or (f.kind is Kind.REFERENCE and f.figure.text == cell.text)
        ]
        return lone[0] if len(lone) == 1 and len(cell.found) == 1 and _is_bare(cell, lone) else None
    return amounts[0] if _is_bare(cell, cell.found) else None


def share_of(cell: Cell) -> Found | None:
    """The percentage that a cell is; None for any other cell."""
    lone = len(cell.found) == 1 and cell.found[0].kind is Kind.PERCENT and _is_bare(cell, cell.found)
    return cell.found[0] if lone else None


def _is_bare(cell: Cell, found: Sequence[Found]) -> bool:
    """Whether a cell has no words besides its numbers."""
    left, at = [], 0
    for each in found:
        left.append(cell.text[at : each.start])
        at = each.end
    left.append(cell.text[at:])
    return not _NO_AMOUNT.search(_WORDS_IN_AMOUNT.sub("", " ".join(left)))


def is_blank(cell: Cell) -> bool:
    """Whether a cell is empty, a dash or "nil"."""
    return not cell.found and bool(_BLANK.fullmatch(cell.text))


def _edges(table: Table, width: int) -> list[int]:
    """The columns at which tables that stand side by side begin."""
    words = [0] * width
    amounts = [0] * width
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if amount_of(cell) is not None:
                amounts[column] += 1
            elif cell.text and not cell.found and not is_blank(cell):
                words[column] += 1
    edges = [0]
    for column in range(1, width - 1):
        wordy = words[column] > max(2, 2 * amounts[column])
        if wordy and any(amounts[edges[-1] : column]) and amounts[column + 1] * 2 >= words[column]:
            edges.append(column)
    return edges


def _grid(table: Table, start: int, end: int) -> tuple[Grid, Grid]:
    """The grid of the columns from one up to another, and the grid of the shares among them."""
    rows = [row.cells[start:end] for row in table.rows]
    width = end - start
    amounts = [[amount_of(cell) or share_of(cell) for cell in cells] for cells in rows]
    heads = [_is_heading(cells, found) for cells, found in zip(rows, amounts, strict=True)]
    longest = max((len(cells) for cells, head in zip(rows, heads, strict=True) if not head), default=width)
    columns = _amount_columns(amounts, longest)
    lines: list[Line] = []
    headings = [""] * len(columns)
    starts, under, scale = True, "", scale_of(table.caption)
    scales: list[Decimal | None] = [scale] * len(columns)
    for cells, found, head in zip(rows, amounts, heads, strict=True):
        if head:
            words = _aligned(cells, longest)
            over = [words[column] if column < len(words) else "" for column in columns]
            own = scale_of(" ".join(words))
            if not lines or _heads_columns(over):
                for place, word in enumerate(over):
                    if starts:
                        headings[place] = f"{headings[place]} {word}".strip()
                    scales[place] = scale_of(word) or own or scales[place]
                starts = True
            else:
                under = next((word for word in words if word), "")
            continue
        label = _label(cells, found)
        picked = [found[column] if column < len(found) else None for column in columns]
        given = [_scaled(each, scales[place]) for place, each in enumerate(picked)]
        if any(each is not None for each in given):
            lines.append(Line(label, role_of(label), tuple(given), starts, under))
            starts, under = False, ""
    return _split(Grid(tuple(lines), tuple(headings), table.ruled))


def _heads_columns(words: Sequence[str]) -> bool:
    """Whether the words of a row without amounts head columns, and not the rows below only."""
    said = [word for word in words if word]
    return 2 * len(said) > len(words) or any(character.isdigit() for word in said for character in word)


def _scaled(found: Found | None, scale: Decimal | None) -> Found | None:
    return found if found is None or scale is None else scaled(found, scale)


def _is_heading(cells: Sequence[Cell], found: Sequence[Found | None]) -> bool:
    """Whether a row has no amount: words, years and dates only."""
    if any(cell.text and is_blank(cell) for cell in cells):
        return False
    return not any(each is not None for each in found)


def _aligned(cells: Sequence[Cell], width: int) -> list[str]:
    """The words of a heading; where it has fewer cells than the rows below, they stand over the last ones."""
    words = [cell.text for cell in cells]
    missing = width - len(words)
    return [""] * missing + words if missing > 0 and len(words) > 1 and words[0] else words


def _label(cells: Sequence[Cell], found: Sequence[Found | None]) -> str:
    """The words of a row: left of its first amount, else anywhere."""
    first = next((column for column, each in enumerate(found) if each is not None), len(cells))
    words = " ".join(cell.text for cell in cells[:first] if not is_blank(cell))
    return words or " ".join(
        cell.text for cell, each in zip(cells, found, strict=True) if each is None and not is_blank(cell)
    )


def _amount_columns(amounts: Sequence[Sequence[Found | None]], width: int) -> list[int]:
    """The columns that hold figures, and are no numbering of the rows."""
    columns = []
    for column in range(width):
        found = [each[column] for each in amounts if column < len(each) and each[column] is not None]
        if found and not _numbers_rows(found):
            columns.append(column)
    return columns


def _numbers_rows(found: Sequence[Found | None]) -> bool:
    """Whether a column only counts the rows: 1, 2, 3."""
    values = [each.figure.value for each in found if each is not None and each.kind is not Kind.MONEY]
    steps = {second - first for first, second in zip(values, values[1:], strict=False)}
    rising = bool(steps) and steps <= _STEPS and values[0] <= _FIRST_NUMBER
    return len(values) == len(found) > 2 and rising  # noqa: PLR2004 - two could be amounts


def _split(grid: Grid) -> tuple[Grid, Grid]:
    """The columns of amounts apart from those of percentages, rates and counts."""
    shares = [heads_rates(words) or _percentages(grid, column) for column, words in enumerate(grid.headings)]
    amounts = [column for column, share in enumerate(shares) if not share]
    others = [column for column, share in enumerate(shares) if share]
    return _picked(grid, amounts, shares=False), _picked(grid, others, shares=True)


def _percentages(grid: Grid, column: int) -> bool:
    """Whether most figures of a column are percentages."""
    kinds = [found.kind for line in grid.lines if (found := line.amounts[column]) is not None]
    return kinds.count(Kind.PERCENT) * 2 > len(kinds)


def _picked(grid: Grid, columns: Sequence[int], *, shares: bool) -> Grid:
    """Some columns of a grid: percentages if they are shares, none if they are amounts."""
    lines = []
    for line in grid.lines:
        picked = [line.amounts[column] for column in columns]
        amounts = tuple(f if f and (shares or f.kind is not Kind.PERCENT) else None for f in picked)
        lines.append(replace(line, amounts=amounts))
    printed = [line for line in lines if line.printed or line.starts]
    headings = tuple(grid.headings[column] for column in columns)
    return Grid(tuple(printed), headings, grid.ruled, shares) if any(line.printed for line in lines) else Grid((), ())
