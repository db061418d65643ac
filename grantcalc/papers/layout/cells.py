"""Cells in lines: where a line of text falls into cells, by bars, tabs or gaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import find_figures
from grantcalc.papers.paper import Cell, Row
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.numbers.numerals import Habits

MOST_CELLS: Final = 500
"""Lines of more cells are not read as rows of a table, and tables with such a line not at all."""

_GAP: Final = re.compile(r"[ \u00a0]{2,}+|\t")
_EMPHASIS: Final = re.compile(r"[*_]{1,3}")
Stretch = tuple[int, int]


def by_bars(line: str) -> Iterator[Stretch]:
    """The stretches of a line between its bars; a bar at either end of the line begins no cell."""
    start, at = 0, line.find("|")
    if at >= 0 and not line[:at].strip():
        start, at = at + 1, line.find("|", at + 1)
    while at >= 0:
        if at and line[at - 1] == "\\":
            at = line.find("|", at + 1)
            continue
        yield start, at
        start, at = at + 1, line.find("|", at + 1)
    if line[start:].strip():
        yield start, len(line)


def by_tabs(line: str) -> Iterator[Stretch]:
    """The stretches of a line between its tabs."""
    start = 0
    for part in line.split("\t"):
        yield start, start + len(part)
        start += len(part) + 1


def by_gaps(line: str) -> Iterator[Stretch]:
    """The stretches of a line between gaps of two spaces and more."""
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip(" \t\u00a0*_"))
    for gap in _GAP.finditer(line, start, end):
        yield start, gap.start()
        start = gap.end()
    if start < end:
        yield start, end


def row_of(line: str, number: int, stretches: Iterator[Stretch], habits: Habits) -> Row | None:
    """A row of cells from the stretches of a line; None where they are too many.

    Args:
        line: the line.
        number: its number in the paper, from one.
        stretches: where its cells begin and end.
        habits: how the paper sets thousands apart.
    """
    cells: list[Cell] = []
    for start, end in stretches:
        if len(cells) == MOST_CELLS:
            return None
        cells.append(_cell(line[start:end], number, start, habits))
    return Row(tuple(cells))


def _cell(raw: str, line: int, start: int, habits: Habits) -> Cell:
    """A cell without the spaces and emphasis round its text."""
    text = raw.strip(" \t\u00a0\r")
    bare = text.strip("*_ ") if text.startswith(("*", "_")) else text
    offset = raw.find(bare) if bare else 0
    at = Where(line, start + offset + 1, line, start + offset + len(bare) + 1)
    return Cell(bare, at, find_figures(bare, at, habits=habits, cell=True) if bare else ())
