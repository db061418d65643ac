"""Margins: the running heads, running feet and page numbers of a document, which belong to no page's text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.readers.pdf_lines import Line

_DIGITS: Final = re.compile("[0-9]+")
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:page\s*)?(?:[0-9]{1,4}|[ivxl]{1,6}|[A-Z]-?[0-9]{1,3})(?:\s*(?:of|/)\s*[0-9]{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(r"[£$€]|[0-9],[0-9]{3}|[0-9]\.[0-9]{2}\b")
_MOST: Final = 3
"""So many lines at the top and at the bottom of a page are looked at."""

_APART: Final = 0.8
_LEVEL: Final = 4.0
_DEPTH: Final = 0.12
"""The part of a page's height, from above and from below, in which heads and feet stand."""

_FEWEST_PAGES: Final = 2


def without_margins(pages: Sequence[tuple[Sequence[Line], float]]) -> list[list[Line]]:
    """The lines of pages without those of their margins.

    Args:
        pages: the lines of each page, from top to bottom, and the height of the page in points.
    """
    heads = [(_outer(lines, height), _outer(lines[::-1], height)) for lines, height in pages]
    seen = Counter(key for page in heads for key in {_key(line) for side in page for line in side})
    kept = []
    for (lines, _), sides in zip(pages, heads, strict=True):
        repeated = {id(line) for side in sides for line in side if seen[_key(line)] >= _FEWEST_PAGES}
        numbers = {id(line) for side in sides for line in side[:1] if _PAGE_NUMBER.fullmatch(line.text)}
        kept.append([line for line in lines if id(line) not in repeated | numbers])
    return kept


def _outer(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines at one end of a page that stand apart from what follows them."""
    found: list[Line] = []
    for line, following in _pairs(lines[: _MOST + 1]):
        deep = min(line.bottom, height - line.top)
        if deep > _DEPTH * height or _AMOUNT.search(line.text):
            break
        found.append(line)
        gap = 0.0 if following is None else max(following.top - line.bottom, line.top - following.bottom)
        if following is None or gap > _APART * line.height:
            return found
    return []


def _pairs(lines: Sequence[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Each line and the one after it."""
    for n, line in enumerate(lines[:_MOST]):
        yield line, lines[n + 1] if n + 1 < len(lines) else None


def _key(line: Line) -> tuple[str, int]:
    """What a line of a margin says on every page, and where it stands."""
    return _DIGITS.sub("0", line.text), int(line.top / _LEVEL)
