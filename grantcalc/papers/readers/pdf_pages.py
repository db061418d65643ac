"""Pages: what a page of a PDF file shows, taken out of the file once, and what it says in the order of reading."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from grantcalc.papers.readers.pdf_bands import Band, boxed, caption, groups, single
from grantcalc.papers.readers.pdf_columns import areas
from grantcalc.papers.readers.pdf_grids import Grid, grid
from grantcalc.papers.readers.pdf_layers import layers_of
from grantcalc.papers.readers.pdf_letters import letters_of
from grantcalc.papers.readers.pdf_lines import Line, lines_of
from grantcalc.papers.readers.pdf_rulings import MOST_EDGES, Box, Ruling, boxes_of, strikes_of, verticals_of
from grantcalc.papers.readers.pdf_words import Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

    from grantcalc.papers.readers.pdf_letters import Char

_MAINLY: Final = 0.3
"""What stands on its side is read like any page if it has this part of the letters."""

_LEVEL: Final = 3.0
_FEWEST_LINES: Final = 3
"""Else it is looked through for tables if so many of its lines have figures."""

_PICTURE: Final = 0.5
_FEW_WORDS: Final = 12
"""A picture over this part of a page that has no more words is a scan."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page shows, in points from its upper left corner.

    Attributes:
        number: which page it is, from one.
        height: how high it is.
        quarter: by how many degrees clockwise it was turned to be read; its places are those of the turned page.
        aside: whether it is the lesser part of a page, of which tables alone are read.
        words: its words.
        over: the words of stamps and whatever else is printed over others.
        clashes: the figures that are printed over each other, two and two.
        verticals: the lines down the page.
        boxes: its ruled areas.
        pictured: whether what it says may be in a picture.
        drawn: whether anything but words is drawn on it.
        slanted: whether most of what it says stands at an angle, and was left out.
        crowded: whether so much is drawn that its lines were not looked at.
        damaged: whether it could not be read.
    """

    number: int
    height: float
    words: tuple[Word, ...]
    quarter: int = 0
    aside: bool = False
    over: tuple[Word, ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    verticals: tuple[Ruling, ...] = ()
    boxes: tuple[Box, ...] = ()
    pictured: bool = False
    drawn: bool = False
    slanted: bool = False
    crowded: bool = False
    damaged: bool = False


class Text(NamedTuple):
    """Lines of running text that follow each other."""

    lines: tuple[Line, ...]


Item: TypeAlias = "Text | Grid"


def sheets_of(page: Page) -> tuple[Sheet, ...]:
    """Take what a page shows out of its file: as it stands, and turned on its side where that is how it is read."""
    letters = letters_of(page)
    number = len(letters.shown) + letters.slanted + sum(map(len, letters.turned.values()))
    ways = [(degrees, _MAINLY * number < len(each)) for degrees, each in letters.turned.items()]
    read = [(degrees, mainly) for degrees, mainly in ways if mainly or _tabular(letters.turned[degrees], degrees)]
    upright = replace(_sheet_of(page, letters.shown), slanted=2 * letters.slanted > number)
    turned = []
    for degrees, mainly in sorted(read):
        side = turned_page(page, degrees)
        turned.append(replace(_sheet_of(side, letters_of(side).shown), quarter=degrees, aside=not mainly))
        side.close()
    kept = [upright] if upright.words or upright.slanted or not turned else []
    return (*kept, *turned)


def _tabular(letters: Sequence[Char], degrees: int) -> bool:
    """Whether letters on their side make several lines with figures, as the words at a margin do not."""
    edge = "bottom" if degrees == 180 else "x1"  # noqa: PLR2004
    lines = {round(letter[edge] / _LEVEL) for letter in letters if letter["text"].isdigit()}
    return len(lines) >= _FEWEST_LINES


def turned_page(page: Page, degrees: int) -> Page:
    """A page, turned clockwise by some degrees."""
    around = copy(page.page_obj)
    around.rotate = (around.rotate + degrees) % 360
    around.attrs = {**around.attrs, "Rotate": around.rotate}
    return type(page)(page.pdf, around, page.page_number)


def _sheet_of(page: Page, letters: list[Char]) -> Sheet:
    """What a page shows in the letters that stand upright."""
    crowded = len(page.edges) > MOST_EDGES
    verticals = () if crowded else verticals_of(page)
    strikes = () if crowded else strikes_of(page)
    layers = layers_of(letters)
    words = tuple(word for layer in (layers.page, layers.beside) for word in words_of(layer, verticals, strikes))
    area = float(page.width * page.height)
    largest = max(((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images), default=0)
    return Sheet(
        number=page.page_number,
        height=float(page.height),
        words=words,
        over=tuple(words_of(layers.over, verticals, strikes)),
        clashes=layers.clashes,
        verticals=verticals,
        boxes=() if crowded else boxes_of(page),
        pictured=len(words) <= _FEW_WORDS and largest > _PICTURE * area,
        drawn=bool(page.images or page.curves or page.rects or page.lines),
        crowded=crowded,
    )


RuledTable: TypeAlias = tuple[Box, tuple[Band, ...]]


class Loose(NamedTuple):
    """The words of a page that stand in no ruled table, in lines, and its ruled tables."""

    lines: list[Line]
    tables: list[RuledTable]


def loose_lines(sheet: Sheet) -> Loose:
    """Set the words of a page in lines, those in ruled tables apart."""
    tables: list[RuledTable] = []
    left: Sequence[Word] = sheet.words
    for box in sheet.boxes:
        inside = [word for word in left if _is_inside(word, box)]
        found = boxed(box, lines_of(inside, sheet.verticals))
        if found:
            tables.append((box, found))
            left = [word for word in left if not _is_inside(word, box)]
    return Loose(lines_of(left, sheet.verticals), tables)


def _is_inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a ruled area."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def items(sheet: Sheet, lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[Item]:
    """The running text and the tables of a page in the order of reading.

    Args:
        sheet: the page.
        lines: its lines outside of ruled tables.
        tables: its ruled tables.
    """
    placed: list[list[Line | RuledTable]] = [list(area) for area in areas(lines)]
    for table in sorted(tables, key=lambda pair: (pair[0].top, pair[0].x0)):
        _place(table, placed)
    read = [item for area in placed for item in _read(area, sheet)]
    if sheet.aside:
        return [item for item in read if isinstance(item, Grid) and any(len(row.cells) > 1 for row in item.rows)]
    return [*read, Text(tuple(lines_of(sheet.over, ())))] if sheet.over else read


def _place(table: RuledTable, placed: list[list[Line | RuledTable]]) -> None:
    """Put a ruled table where it belongs: in the area that it stands in, below what stands above it."""
    box = table[0]
    best, most = None, 0.0
    for area in placed:
        near = [thing for thing in area if isinstance(thing, Line)]
        shared = max((min(line.x1, box.x1) - max(line.x0, box.x0) for line in near), default=0.0)
        top = min((line.top for line in near), default=box.top)
        if shared > most and (best is None or top <= box.top):
            best, most = area, shared
    if best is None:
        placed.append([table])
        return
    at = next((n for n, thing in enumerate(best) if _top(thing) > box.top), len(best))
    best.insert(at, table)


def _top(thing: Line | RuledTable) -> float:
    return thing.top if isinstance(thing, Line) else thing[0].top


def _read(area: Sequence[Line | RuledTable], sheet: Sheet) -> Iterator[Item]:
    """An area as running text and tables."""
    held: list[Line] = []
    above: list[Line] = []
    for thing in area:
        if isinstance(thing, Line):
            held.append(thing)
            continue
        yield from _loose(held, sheet)
        above, held = held or above, []
        _, rows = thing
        yield grid(rows, 0, sheet.verticals, caption(above, rows), sheet.number)
    yield from _loose(held, sheet)


def _loose(lines: Sequence[Line], sheet: Sheet) -> Iterator[Item]:
    """Lines outside of ruled tables as running text, and as tables where they make some."""
    at = 0
    for start, first, end in groups(lines):
        if start > at:
            yield Text(tuple(lines[at:start]))
        bands = [single(line) for line in lines[start:end]]
        yield grid(bands, first - start, sheet.verticals, caption(lines[at:start], bands), sheet.number)
        at = end
    if at < len(lines):
        yield Text(tuple(lines[at:]))
