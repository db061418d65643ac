"""Columns of text: areas of a page that are read one after the other, found by the space between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.readers.pdf_lines import Sort, line_of, sort_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from grantcalc.papers.readers.pdf_lines import Line, Span

_NARROWEST: Final = 8.0
"""The narrowest space between two columns of text, in points."""

_FEWEST_LINES: Final = 3
_FEWEST_WORDS: Final = 4
_MOSTLY_FIGURES: Final = 0.3
_SAME_LEVEL: Final = 0.5
_PAUSE: Final = 0.5
"""The space above a line that may begin columns, as a part of the height of the line."""


class _Stretch(NamedTuple):
    """Lines from one to before another that a space down the page divides, in points from the left."""

    start: int
    end: int
    left: float
    right: float


def areas(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a page in areas that are read one after the other, each from top to bottom."""
    held: list[Line] = []
    at = 0
    while at < len(lines):
        stretch = _stretch(lines, at) if not held or _begins(held[-1], lines[at]) else None
        sides = _sides(lines[stretch.start : stretch.end], stretch) if stretch else None
        if stretch is None or sides is None:
            held.append(lines[at])
            at += 1
            continue
        if held:
            yield held
            held = []
        for side in sides:
            yield from areas(side)
        at = stretch.end
    if held:
        yield held


def _begins(last: Line, line: Line) -> bool:
    """Whether a line may begin something new: it stands apart from the last one, or beside it."""
    return not -_PAUSE * line.height < line.top - last.bottom < _PAUSE * line.height


def _stretch(lines: Sequence[Line], start: int) -> _Stretch | None:
    """The longest run of lines from one on that a single space divides; None where none does for some lines."""
    taken: list[tuple[float, float]] = []
    found = None
    for end in range(start, len(lines)):
        taken = _union([*taken, *((span.x0, span.x1) for span in lines[end].spans)])
        spaces = [(a[1], b[0]) for a, b in pairwise(taken) if b[0] - a[1] >= _NARROWEST]
        if spaces:
            left, right = max(spaces, key=lambda space: space[1] - space[0])
            found = _Stretch(start, end + 1, left, right)
        elif found is not None or len(lines[end].spans) > 1 or end - start >= 2 * _FEWEST_LINES:
            break
    return found if found is not None and found.end - found.start >= _FEWEST_LINES else None


def _union(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals with those that overlap as one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _sides(lines: Sequence[Line], stretch: _Stretch) -> tuple[list[Line], list[Line]] | None:
    """What stands left and right of a space, if that is to be read apart; None for the columns of one table."""
    middle = (stretch.left + stretch.right) / 2
    left = _part(lines, lambda span: span.middle < middle)
    right = _part(lines, lambda span: span.middle > middle)
    if min(len(left), len(right)) < _FEWEST_LINES:
        return None
    if _is_prose(left) and _is_prose(right):
        return left, right
    level = {line.top for line in left} & {line.top for line in right}
    together = 2 * sum(1 for line in lines if len({span.middle < middle for span in line.spans}) > 1)
    apart = together < _SAME_LEVEL * (len(left) + len(right)) and len(level) < _SAME_LEVEL * len(lines)
    own_words = [_is_prose(side) or _has_labels(side) for side in (left, right)]
    return (left, right) if apart and all(own_words) else None


def _part(lines: Iterable[Line], wanted: Callable[[Span], bool]) -> list[Line]:
    """The spans of lines that are wanted, in lines."""
    picked = ([span for span in line.spans if wanted(span)] for line in lines)
    return [line_of(spans) for spans in picked if spans]


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are running text: most have some words, and few an amount that stands alone."""
    counts = sorted(line.text.count(" ") + 1 for line in lines)
    tabular = sum(1 for line in lines if any(sort_of(span.text) is Sort.AMOUNT for span in line.spans))
    return counts[len(counts) // 2] >= _FEWEST_WORDS and tabular < _MOSTLY_FIGURES * len(lines)


def _has_labels(lines: Sequence[Line]) -> bool:
    """Whether lines are the rows of a table of their own, with words before amounts."""
    rows = [[sort_of(span.text) for span in line.spans] for line in lines]
    amounts = [row for row in rows if Sort.AMOUNT in row]
    return len(amounts) > 1 and 2 * sum(1 for row in amounts if row[0] is Sort.WORDS) > len(amounts)
