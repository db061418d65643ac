"""Rulings of a page: the lines that are drawn between its words, and the boxes they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pdfplumber.page import Page

    Shape = Mapping[str, Any]

MOST_EDGES: Final = 20_000
"""Edges of a page that has more are not looked at: it is a drawing."""

_SHORTEST: Final = 3.0
_SAME: Final = 1.5
_LEVEL: Final = 2.0
_THICKEST_STRIKE: Final = 2.5
_FEWEST: Final = 2
"""Rows and columns that make a box a table."""


class Ruling(NamedTuple):
    """A straight line, in points: how far from the left (or the top) it is, and from where to where it goes."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A ruled area, in points.

    Attributes:
        x0: its left edge.
        top: its upper edge.
        x1: its right edge.
        bottom: its lower edge.
        rows: the lower edges of its rows, from top to bottom.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[float, ...]


def verticals_of(page: Page) -> tuple[Ruling, ...]:
    """The lines down a page and the sides of its boxes, from left to right; pieces of one line are joined."""
    edges = [edge for edge in page.edges if edge["orientation"] == "v"]
    raw = sorted({(edge["x0"], edge["top"], edge["bottom"]) for edge in edges})
    by_place: list[list[Ruling]] = []
    for at, start, end in raw:
        if not by_place or at - by_place[-1][0].at > _SAME:
            by_place.append([])
        by_place[-1].append(Ruling(at, start, end))
    joined = [ruling for pieces in by_place for ruling in _joined(pieces)]
    return tuple(sorted(ruling for ruling in joined if ruling.end - ruling.start >= _SHORTEST))


def _joined(pieces: Iterable[Ruling]) -> list[Ruling]:
    """Pieces at one distance from the left, those that touch as one."""
    lines: list[Ruling] = []
    for piece in sorted(pieces, key=lambda ruling: ruling.start):
        if lines and piece.start <= lines[-1].end + _SAME:
            lines[-1] = lines[-1]._replace(end=max(lines[-1].end, piece.end))
        else:
            lines.append(piece)
    return lines


def strikes_of(page: Page) -> tuple[Ruling, ...]:
    """The thin lines across a page, from top to bottom, any of which may cross words out."""
    thin = [shape for shape in (*page.lines, *page.rects) if shape["height"] <= _THICKEST_STRIKE < shape["width"]]
    return tuple(sorted(Ruling((s["top"] + s["bottom"]) / 2, s["x0"], s["x1"]) for s in thin))


def boxes_of(page: Page) -> tuple[Box, ...]:
    """The ruled areas of a page of two rows and two columns at least, none within another."""
    found = []
    across = sorted({(edge["x0"], edge["x1"], edge["top"]) for edge in page.edges if edge["orientation"] == "h"})
    for table in page.find_tables():
        rows = tuple(sorted({row.bbox[3] for row in table.rows}))
        box = _widened(Box(*table.bbox, rows), across)
        sides = {round(cell[0]) for cell in table.cells} | {round(box.x0)}
        if len(rows) >= _FEWEST and len(sides) >= _FEWEST:
            found.append(box)
    return tuple(box for box in found if not any(_within(box, other) for other in found))


def _widened(box: Box, across: Sequence[tuple[float, float, float]]) -> Box:
    """A box as wide as the lines between its rows, which may go on at sides that are open.

    Args:
        box: the ruled area.
        across: where the lines across the page begin and end, and how far from the top they are.
    """
    levels = (box.top, *box.rows)
    pieces = [(x0, x1) for x0, x1, at in across if any(abs(at - level) <= _LEVEL for level in levels)]
    left, right = box.x0, box.x1
    for x0, x1 in pieces:
        if x0 <= right + _LEVEL:
            right = max(right, x1) if x1 >= left - _LEVEL else right
    for x0, x1 in reversed(pieces):
        if x1 >= left - _LEVEL:
            left = min(left, x0) if x0 <= right + _LEVEL else left
    return box._replace(x0=left, x1=right)


def _within(box: Box, other: Box) -> bool:
    """Whether a box lies in another one."""
    if box is other:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    smaller = (box.x1 - box.x0) * (box.bottom - box.top) < (other.x1 - other.x0) * (other.bottom - other.top)
    return smaller and other.x0 <= x <= other.x1 and other.top <= y <= other.bottom


def runs_between(verticals: Sequence[Ruling], left: float, right: float, level: float) -> bool:
    """Whether a line down the page runs between two places at one level."""
    return any(left <= ruling.at <= right and ruling.start <= level <= ruling.end for ruling in verticals)
