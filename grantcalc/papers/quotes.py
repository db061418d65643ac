"""Quotes: the row or the line that a place of a paper without lines stands in, to show it."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grantcalc.papers.paper import Paper
    from grantcalc.source import Where

_BETWEEN: Final = " | "


class Quote(NamedTuple):
    """A line of a paper, and from where to where in it something stands."""

    text: str
    start: int
    end: int


def quotes(paper: Paper, places: Iterable[Where]) -> Mapping[Where, Quote]:
    """The lines that places of a paper stand in, for those that a paper without lines has."""
    wanted = [place for place in places if place.line is None]
    if not wanted:
        return {}
    lines = _lines(paper)
    found = {place: [line for line in lines[_key(place)] if line[0] <= (place.column or 1)] for place in wanted}
    return {place: _quote(place, *held[-1][1:]) for place, held in found.items() if held}


def _key(where: Where) -> tuple[object, ...]:
    """What places in one cell or paragraph have in common."""
    return (where.page, where.table, where.row, where.table_column, where.sheet, where.cell, where.paragraph)


def _lines(paper: Paper) -> dict[tuple[object, ...], list[tuple[int, str, int]]]:
    """For each cell and paragraph the lines to show: the column each begins with, and where in it column nought is."""
    lines: dict[tuple[object, ...], list[tuple[int, str, int]]] = defaultdict(list)
    for paragraph in paper.paragraphs:
        begins = paragraph.at.column or 1
        lines[_key(paragraph.at)].append((begins, paragraph.text, -begins))
    for table in paper.tables:
        for row in table.rows:
            texts = [(cell.at, " ".join(cell.text.split())) for cell in row.cells if cell.text]
            line = _BETWEEN.join(text for _, text in texts)
            start = 0
            for at, text in texts:
                begins = at.column or 1
                lines[_key(at)].append((begins, line, start - begins))
                start += len(text) + len(_BETWEEN)
    for held in lines.values():
        held.sort(key=itemgetter(0))
    return lines


def _quote(place: Where, text: str, shift: int) -> Quote:
    """A place in its line."""
    start = max(0, min(len(text), shift + (place.column or 1)))
    end = max(start, min(len(text), shift + (place.end_column or 0)))
    begins = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", start)
    line = text[begins : ends if ends >= 0 else len(text)]
    return Quote(line, start - begins, min(end - begins, len(line)))
