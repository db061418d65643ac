"""Places in a source: lines and columns of a text, cells of a table, routes of keys."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Where:
    """A stretch of a source, as a reader would point at it.

    Every number counts from one. Columns count characters (code points), and the end column is the one
    after the last character, so that an empty stretch has equal columns. Page, table, row, column, sheet,
    cell and paragraph are set where a paper or workbook has them. A paper without lines (a Word file) has none
    here; columns then count within a cell or a paragraph.

    Attributes:
        path: the file, where it is another than the one that is spoken of: a table beside a grant file.
    """

    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    table_column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    paragraph: int | None = None
    path: str | None = None

    def __hash__(self) -> int:
        """Of what usually tells places apart: figures are looked up by their places very often."""
        numbers = (self.line, self.column, self.page, self.table, self.row, self.table_column, self.paragraph)
        return hash((numbers, self.cell))

    @property
    def rank(self) -> tuple[int, ...]:
        """What puts places of one paper in the order of the paper."""
        numbers = (self.page, self.line, self.paragraph, self.table, self.row, self.table_column, self.column)
        return tuple(number or 0 for number in numbers)


Keys: TypeAlias = "tuple[str | int, ...]"
"""The keys and indexes that lead to a value of a YAML file, from the outermost."""


class Route(NamedTuple):
    """The way to a value of a YAML file, or to its key.

    A figure of a grant file carries its route, not its line: the line is looked up when it is shown. A tuple, since
    figures are looked up by their routes very often, and sent to other processes with them.
    """

    keys: Keys
    on_key: bool = False


Place: TypeAlias = Where | Route
"""Where a figure or a finding stands: a stretch of text, or the route of keys that leads there."""

Locate: TypeAlias = "Callable[[Place], Where | None]"
"""Turns a place into a stretch of one source; None where the source has no such place."""


def as_it_stands(place: Place) -> Where | None:
    """The stretch at a place that is one already; a route leads nowhere without its file."""
    return place if isinstance(place, Where) else None


def span(text: str, start: int, end: int) -> Where:
    """The stretch of text from one offset up to another, both in characters."""
    line = text.count("\n", 0, start) + 1
    end_line = line + text.count("\n", start, end)
    column = start - text.rfind("\n", 0, start)
    end_column = end - text.rfind("\n", 0, end)
    return Where(line, column, end_line, end_column)


_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def split_lines(text: str) -> list[str]:
    """The lines of a text, broken where YAML breaks them; a final line break ends the last line."""
    lines = _LINE_BREAK.split(text)
    return lines[:-1] if lines and not lines[-1] else lines


class Lines:
    """The lines of one text, in which many places are looked up."""

    def __init__(self, text: str, path: str | None = None) -> None:
        self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
        self._path = path

    def where(self, start: int, end: int) -> Where:
        """The stretch from one offset up to another, both in characters."""
        line, end_line = bisect_right(self._starts, start), bisect_right(self._starts, end)
        column, end_column = start - self._starts[line - 1] + 1, end - self._starts[end_line - 1] + 1
        return Where(line, column, end_line, end_column, path=self._path)
