"""Blocks: the rows above a plain total that a reader expects in it, and nothing that says otherwise."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.words import Role
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.tables.grid import Grid, Line
    from grantcalc.papers.tables.ledger import Entry

_WORDS: Final = re.compile(r"[^\W\d_]+")
_TOTAL: Final = frozenset({"total", "totals"})
_PLAIN: Final = frozenset(
    {
        *_TOTAL,
        *("all", "amount", "and", "budget", "cost", "costs", "estimated", "expenditure", "for", "grand", "in", "of"),
        *("overall", "project", "programme", "requested", "spend", "spending", "sum", "the", "this"),
    }
)
"""The words of a total of everything above it; "Total staff costs" says more, and so may be of some rows only."""

_OTHER_SIDE: Final = re.compile(
    r"\b(?:income|funding|funded|grants?|awards?|budget|balance|allocation|allowance|contributions?|receipts?|received|"
    r"reserves?|revenues?|sales|turnover|available|targets?|limit|fund|donations?|opening|brought|b/?f|population|"
    r"value|price|match|surplus|proceeds)\b",
    re.IGNORECASE,
)
"""Words of a row that costs are held against, and not added to."""

_CELL_ROW: Final = re.compile(r"[0-9]+$")
_FEWEST: Final = 3
_MOST: Final = 30


def plain_block(grid: Grid, total: int) -> range | None:
    """The rows that a total should plainly add; None where anything there says otherwise.

    They begin below a heading or a blank row and end above the total. Each has a name, and none says that it is
    a total, a part of another, a rate, or money that comes in.

    Args:
        grid: where the total stands.
        total: the number of its row.
    """
    lines = grid.lines
    amounts = grid.ruled and grid.whole and not grid.shares and not grid.counts
    if not amounts or lines[total].under or lines[total].starts or not _says_all(grid, total):
        return None
    first = total - 1
    while first > 0 and _follows(grid, first):
        first -= 1
    rows = range(first, total)
    plain = _FEWEST <= len(rows) <= _MOST and all(is_item(lines[row]) for row in rows)
    return rows if plain and _of_one_unit(grid, range(first, total + 1)) else None


def is_item(line: Line) -> bool:
    """Whether a row has a name, and none that makes it a total, part of another, a rate or money that comes in."""
    named = _WORDS.search(line.label) is not None
    return named and line.role is Role.NONE and _OTHER_SIDE.search(line.label) is None


def odd_part(total: Entry | None, parts: Sequence[Entry | None]) -> int | None:
    """The place of the one part by which a total is out, left out or counted twice; None where none or several are.

    Args:
        total: the total, in whole units of the ledger.
        parts: the parts, which are added.
    """
    if total is None:
        return None
    gap = total.value - sum(part.value for part in parts if part is not None)
    fitting = [place for place, part in enumerate(parts) if part is not None and part.value and abs(gap) == part.value]
    return fitting[0] if len(fitting) == 1 else None


def _says_all(grid: Grid, row: int) -> bool:
    words = set(_WORDS.findall(grid.lines[row].label.casefold()))
    return bool(words & _TOTAL) and words <= _PLAIN


def _follows(grid: Grid, row: int) -> bool:
    """Whether a row stands right below the one before, with no heading and no blank row between."""
    above, line = grid.lines[row - 1], grid.lines[row]
    if line.starts or line.apart:
        return False
    # Readers leave blank rows out of a table, but the places of its amounts tell.
    before, here = _printed_row(above), _printed_row(line)
    return before is None or here is None or here - before <= 1


def _printed_row(line: Line) -> int | None:
    """The number of the row or line of the paper that the amounts of a row stand in; None where it has none."""
    at = next((found.figure.at for found in line.amounts if found), None)
    if not isinstance(at, Where):
        return None
    in_sheet = _CELL_ROW.search(at.cell or "")
    return int(in_sheet[0]) if in_sheet else at.row or at.line


def _of_one_unit(grid: Grid, rows: range) -> bool:
    """Whether the amounts of each column have one currency and one multiple."""
    for column in range(len(grid.headings)):
        found = [each for row in rows if (each := grid.lines[row].amounts[column]) is not None]
        if any(one.multiple != two.multiple for one, two in pairwise(found)):
            return False
        if len({each.currency for each in found if each.currency}) > 1:
            return False
    return True
