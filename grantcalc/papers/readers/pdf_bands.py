"""Bands: the rows that lines of a page make, where they make tables, before their columns are known."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.readers.pdf_lines import Line, Sort, Span, line_of, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.readers.pdf_rulings import Box

_MOST_BETWEEN: Final = 4
_MOST_HEADINGS: Final = 8
_FARTHEST: Final = 2.6
"""Rows of one table stand no further apart than so many heights of a line."""

_PAUSE: Final = 0.35
_CLOSE: Final = 1.7
_LONGEST_LABEL: Final = 14
_PROSE: Final = 9
_CAPTION: Final = 4
_TITLE: Final = 1.15
"""The letters of a title are larger than those below it by this factor."""

_MONEY: Final = re.compile(r"[£$€,]|[0-9]\u2009[0-9]")
_FEWEST_ALONE: Final = 3
"""A single row with so many amounts is a table."""


class Band(NamedTuple):
    """A row of a table before its columns are known.

    Attributes:
        line: all that stands in it as one line, what stands above each other in one span.
        lines: the lines that it has on the page.
    """

    line: Line
    lines: tuple[Line, ...]


def single(line: Line) -> Band:
    """A line that is a row of its own."""
    return Band(line, (line,))


def boxed(box: Box, lines: Sequence[Line]) -> tuple[Band, ...]:
    """The rows of a ruled area; none if it holds no table of amounts."""
    bands = tuple(band for together in _ruled_rows(box, lines) for band in _bands(together))
    tabular = any(has_amount(band.line) and len(band.line.spans) > 1 for band in bands)
    return bands if tabular else ()


def _ruled_rows(box: Box, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each ruled row."""
    left = sorted(lines, key=lambda line: line.top)
    for edge in (*box.rows, float("inf")):
        row = [line for line in left if (line.top + line.bottom) / 2 <= edge]
        left = left[len(row) :]
        if row:
            yield row


def _bands(lines: Sequence[Line]) -> list[Band]:
    """The lines of a ruled row as one row; as a row each, where two of them have an amount at the same place."""
    if len(lines) == 1:
        return [single(lines[0])]
    amounts = [[span for span in line.spans if sort_of(span.text) is not Sort.WORDS] for line in lines]
    pairs = (
        (one, other) for n, spans in enumerate(amounts) for one in spans for rest in amounts[n + 1 :] for other in rest
    )
    if any(overlap(one, other) for one, other in pairs):
        return [single(line) for line in lines]
    merged: list[Span] = []
    for span in (span for line in lines for span in line.spans):
        at = next((n for n, other in enumerate(merged) if overlap(span, other)), None)
        if at is None:
            merged.append(span)
        else:
            merged[at] = _stacked(merged[at], span)
    return [Band(line_of(sorted(merged, key=lambda span: span.x0)), tuple(lines))]


def _stacked(upper: Span, lower: Span) -> Span:
    """Two spans of a cell as one, the upper one first."""
    return Span(
        f"{upper.text} {lower.text}".strip(),
        min(upper.x0, lower.x0),
        max(upper.x1, lower.x1),
        min(upper.top, lower.top),
        max(upper.bottom, lower.bottom),
        (*upper.words, *lower.words),
    )


def overlap(one: Span, other: Span) -> bool:
    """Whether one stands above the other."""
    return min(one.x1, other.x1) > max(one.x0, other.x0)


def has_amount(line: Line) -> bool:
    """Whether an amount stands in a span of its own, and the line is neither running text nor a numbered heading."""
    amounts = _amounts(line)
    if len(amounts) != 1 or len(line.spans) == 1:
        return bool(amounts)
    numbers = amounts[0] is line.spans[0] and not _MONEY.search(amounts[0].text)
    return not numbers and _words(line.text) <= _LONGEST_LABEL


def _words(text: str) -> int:
    return text.count(" ") + 1


def groups(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """The tables among the lines of an area.

    Yields:
        The number of its first line, of its first line with amounts, and of the line after its last one.
    """
    rows = [n for n, line in enumerate(lines) if has_amount(line)]
    after = 0
    while rows:
        first = last = rows.pop(0)
        placed = _amounts(lines[first])
        while rows and _goes_on(lines, last, rows[0], placed):
            last = rows.pop(0)
            placed.extend(_amounts(lines[last]))
        if first != last or len(_amounts(lines[first])) >= _FEWEST_ALONE:
            start = _heading(lines, first, after, placed)
            yield start, first, last + 1
            after = last + 1


def _amounts(line: Line) -> list[Span]:
    """The amounts of a line."""
    return [span for span in line.spans if sort_of(span.text) is Sort.AMOUNT]


def _goes_on(lines: Sequence[Line], last: int, row: int, placed: Sequence[Span]) -> bool:
    """Whether a line with amounts goes on with the table of another one above it."""
    between = lines[last + 1 : row]
    if len(between) > _MOST_BETWEEN or any(map(_is_prose, between)):
        return False
    steps = [(lines[n], lines[n + 1]) for n in range(last, row)]
    if any(lower.top - upper.bottom > _FARTHEST * min(upper.height, lower.height) for upper, lower in steps):
        return False
    if not any(overlap(span, other) for span in _amounts(lines[row]) for other in placed):
        return False
    gaps = [(lower.top - upper.bottom) / lower.height for upper, lower in steps]
    apart = max(gaps) > min(gaps) + _PAUSE or any(_is_title(*pair) for pair in pairwise(between))
    return not (apart and any(_heads(line, placed) for line in between))


def _is_title(line: Line, below: Line) -> bool:
    """Whether a line is the title of a table whose heading is the next one: it is in larger letters."""
    return len(line.spans) == 1 < len(below.spans) and line.spans[0].size > _TITLE * below.spans[0].size


def _is_prose(line: Line) -> bool:
    """Whether a line is running text."""
    return max(_words(span.text) for span in line.spans) > _PROSE and len(line.spans) == 1


def _heads(line: Line, placed: Sequence[Span]) -> bool:
    """Whether a line without amounts heads columns: it has words over amounts, and more than one span."""
    return len(line.spans) > 1 and any(overlap(span, other) for span in line.spans for other in placed)


def _heading(lines: Sequence[Line], first: int, after: int, placed: Sequence[Span]) -> int:
    """The first line of the heading above a table."""
    start = first
    left = min(span.x0 for span in placed)
    while start > max(after, first - _MOST_HEADINGS):
        line, below = lines[start - 1], lines[start]
        if below.top - line.bottom > _CLOSE * min(line.height, below.height) or _is_prose(line):
            break
        if len(line.spans) == 1 and line.x0 < left and _words(line.text) >= _CAPTION:
            break
        start -= 1
        if _is_title(line, below):
            break
    return start


def caption(above: Sequence[Line], rows: Sequence[Band]) -> str:
    """The words right above a table, two lines at most, and no line of what stands beside it.

    Args:
        above: the lines above it, the last one last.
        rows: the rows of the table.
    """
    said: list[str] = []
    top = rows[0].line.top
    left, right = min(band.line.x0 for band in rows), max(band.line.x1 for band in rows)
    for line in reversed(above[-2:]):
        if top - line.bottom > _CLOSE * line.height:
            break
        said[:0] = [span.text for span in line.spans if span.text and span.x1 > left and span.x0 < right]
        top = line.top
    return " ".join(said)
