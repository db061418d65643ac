"""Slots: the columns of a table, found by where the spans of its rows stand and by the rulings between them."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.readers.pdf_bands import has_amount
from grantcalc.papers.readers.pdf_lines import Sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.readers.pdf_lines import Line, Span
    from grantcalc.papers.readers.pdf_rulings import Ruling

_COVERED: Final = 0.5
_SIDE: Final = 1.5


class Column(NamedTuple):
    """A column of a grid: from where to where it goes, in points from the left, and whether it holds amounts."""

    x0: float
    x1: float
    figures: bool


def columns_of(lines: Sequence[Line], verticals: Sequence[Ruling]) -> tuple[Column, ...]:
    """The columns that the lines with amounts make, between the rulings down the page."""
    rows = [line for line in lines if has_amount(line)]
    top, bottom = rows[0].top, max(line.bottom for line in rows)
    sides = _sides(verticals, top, bottom)
    columns: list[Column] = []
    for n in range(len(sides) + 1):
        left = sides[n - 1] if n else float("-inf")
        right = sides[n] if n < len(sides) else float("inf")
        within = [[span for span in line.spans if left <= span.middle < right] for line in rows]
        columns.extend(_spread(list(_columns_between([spans for spans in within if spans])), left, right))
    return tuple(sorted(columns))


def _spread(columns: Sequence[Column], left: float, right: float) -> Sequence[Column]:
    """The only column between two rulings goes from one to the other."""
    if len(columns) != 1:
        return columns
    (column,) = columns
    return [column._replace(x0=column.x0 if isinf(left) else left, x1=column.x1 if isinf(right) else right)]


def _sides(verticals: Sequence[Ruling], top: float, bottom: float) -> list[float]:
    """The places of the rulings that run down most of a table."""
    places: list[list[Ruling]] = []
    for ruling in verticals:
        if places and ruling.at - places[-1][-1].at <= _SIDE:
            places[-1].append(ruling)
        else:
            places.append([ruling])
    return [
        pieces[0].at
        for pieces in places
        if sum(max(0.0, min(bottom, r.end) - max(top, r.start)) for r in pieces) >= _COVERED * (bottom - top)
    ]


def _columns_between(rows: Sequence[Sequence[Span]]) -> Iterator[Column]:
    """The columns between two rulings: one, or where some line has several spans, as many as stand apart."""
    spans = [span for row in rows for span in row]
    if not spans:
        return
    if all(len(row) == 1 for row in rows):
        figures = any(sort_of(span.text) is Sort.AMOUNT for span in spans)
        yield Column(min(span.x0 for span in spans), max(span.x1 for span in spans), figures)
        return
    amounts = _intervals(span for span in spans if sort_of(span.text) is Sort.AMOUNT)
    yield from (Column(x0, x1, figures=True) for x0, x1 in amounts)
    taken = [Column(x0, x1, figures=True) for x0, x1 in amounts]
    others = [span for span in spans if sort_of(span.text) is not Sort.AMOUNT and not _fits(span, taken)]
    yield from (Column(x0, x1, figures=False) for x0, x1 in _intervals(others))


def _intervals(spans: Iterable[Span]) -> list[tuple[float, float]]:
    """Where spans stand, those that stand above each other as one."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((span.x0, span.x1) for span in spans):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(x1, found[-1][1]))
        else:
            found.append((x0, x1))
    return found


def _fits(span: Span, columns: Iterable[Column]) -> bool:
    """Whether most of a span stands in a column of amounts."""
    shared = max((min(span.x1, c.x1) - max(span.x0, c.x0) for c in columns), default=0.0)
    return shared > _COVERED * (span.x1 - span.x0)
