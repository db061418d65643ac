"""Grids: tables as they are drawn, every span in its row and column, and those that go on over pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.readers.pdf_lines import Sort, Span, sort_of
from grantcalc.papers.readers.pdf_slots import Column, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.readers.pdf_bands import Band
    from grantcalc.papers.readers.pdf_rulings import Ruling

_SIDE: Final = 1.5
_INSIDE: Final = 0.6


class GridRow(NamedTuple):
    """A row of a grid: what stands in its columns, from nought, the page, and whether it holds amounts.

    Attributes:
        struck: what is crossed out, by columns.
        spans: what shows the cells, by columns.
    """

    cells: dict[int, str]
    page: int
    figures: bool
    struck: tuple[tuple[int, str], ...] = ()
    spans: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is drawn.

    Attributes:
        columns: its columns from left to right.
        rows: its rows from top to bottom.
        caption: the words that lead to it.
        page: the page that it begins on, from one.
    """

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    caption: str
    page: int


def grid(bands: Sequence[Band], first: int, verticals: Sequence[Ruling], said: str, page: int) -> Grid:
    """Rows as a grid.

    Args:
        bands: the rows of the table, its heading first.
        first: the number of the first row that may have amounts, from nought.
        verticals: the lines down the page, which part columns.
        said: the caption.
        page: the page, from one.
    """
    columns = columns_of([band.line for band in bands[first:]], verticals)
    rows = [_row(band, columns, page) for band in bands]
    return Grid(columns, tuple(_with_whole_labels(rows)), said, page)


def _row(band: Band, columns: Sequence[Column], page: int) -> GridRow:
    """A row with its cells: each span in the column that it shares most with, or stands nearest to."""
    cells: dict[int, str] = {}
    struck: list[tuple[int, str]] = []
    spans: list[tuple[int, Span]] = []
    for span in (span for line in band.lines for span in line.spans):
        for piece in _pieces(span, columns):
            column = _column_of(piece, columns)
            cells[column] = f"{cells[column]} {piece.text}" if column in cells else piece.text
            spans.append((column, piece))
            gone = " ".join(word.text for word in piece.words if word.struck)
            struck.extend([(column, gone)] if gone else ())
    figures = any(sort_of(text) is Sort.AMOUNT for text in cells.values())
    return GridRow(cells, page, figures, tuple(struck), tuple(spans))


def _pieces(span: Span, columns: Sequence[Column]) -> Iterator[Span]:
    """A span, with an amount at its end apart that stands in a column of amounts where the words before it do not."""
    last = span.words[-1]
    if len(span.words) > 1 and not last.struck and sort_of(last.text) is Sort.AMOUNT:
        amount = Span(last.text, last.x0, last.x1, last.top, last.bottom, (last,))
        words = span.words[:-1]
        column = next((c for c in columns if c.figures and c.x0 - 1 <= last.x0 and last.x1 <= c.x1 + 1), None)
        if column is not None and words[-1].x1 < column.x0 + _SIDE and sort_of(span.text) is Sort.WORDS:
            before = Span(
                span.text.removesuffix(last.text).rstrip(), span.x0, words[-1].x1, span.top, span.bottom, words
            )
            yield before
            yield amount
            return
    yield span


def _column_of(span: Span, columns: Sequence[Column]) -> int:
    """The number of the column that a span stands in."""

    def share(n: int) -> tuple[float, float]:
        column = columns[n]
        shared = min(span.x1, column.x1) - max(span.x0, column.x0)
        return min(shared, _INSIDE * (column.x1 - column.x0)) if shared > 0 else shared, -n

    return max(range(len(columns)), key=share)


def _with_whole_labels(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows, with the rest of a label that goes on in the next line put to its row."""
    kept: list[GridRow] = []
    for row in rows:
        if kept and kept[-1].figures and not row.figures and _is_rest(row):
            label = f"{kept[-1].cells.get(0, '')} {row.cells[0]}".strip()
            kept[-1] = kept[-1]._replace(cells={**kept[-1].cells, 0: label}, spans=(*kept[-1].spans, *row.spans))
        else:
            kept.append(row)
    return kept


def _is_rest(row: GridRow) -> bool:
    """Whether a row is the rest of a label: words in the first column alone that begin in lower case."""
    return set(row.cells) == {0} and row.cells[0][:1].islower()


def continued(grid: Grid, onto: Grid) -> Grid | None:
    """Two grids on pages that follow each other as one, if they are one table."""
    if len(grid.columns) != len(onto.columns) or not _are_alike(grid.columns, onto.columns):
        return None
    heading = _heading_rows(grid)
    own = _heading_rows(onto)
    if own and [row.cells for row in own] != [row.cells for row in heading]:
        return None
    return replace(grid, rows=(*grid.rows, *onto.rows[len(own) :]))


def _heading_rows(grid: Grid) -> tuple[GridRow, ...]:
    """The rows above the first one with amounts."""
    first = next((n for n, row in enumerate(grid.rows) if row.figures), 0)
    return grid.rows[:first]


def _are_alike(columns: Sequence[Column], others: Sequence[Column]) -> bool:
    """Whether columns stand at the same places."""
    return all(min(one.x1, other.x1) > max(one.x0, other.x0) for one, other in zip(columns, others, strict=True))
