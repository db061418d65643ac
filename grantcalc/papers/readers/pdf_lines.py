"""Lines of a page: words of one level, in spans that gaps and rulings set apart."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.numbers.figures import find_figures
from grantcalc.papers.paper import Cell
from grantcalc.papers.readers.pdf_rulings import runs_between
from grantcalc.papers.tables.amounts import amount_of, is_blank, share_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.readers.pdf_rulings import Ruling
    from grantcalc.papers.readers.pdf_words import Word

_GAP: Final = 0.8
"""Words further apart than this part of their size stand in two spans."""

_GAP_OF_FIGURES: Final = 0.45
"""Two figures further apart than this part of their size are two."""

_WIDEST_SPACE: Final = 0.62
_TOUCHING: Final = 0.12
_OVERLAP: Final = 0.5
_THIN: Final = "\u2009"
_FARTHEST_CURRENCY: Final = 8.0
_FARTHEST_BRACKET: Final = 4.0
_FARTHEST_PERCENT: Final = 1.5

_HEAD: Final = re.compile(r"[-−–(\[]*(?:[£$€]|US\$)?[-−–(]*[0-9]{1,3}(?:[ \u2009][0-9]{3})*")
_THREE: Final = re.compile(r"[0-9]{3}(?:\.[0-9]{1,2})?[)\]%*†‡]*")
_NUMBER: Final = re.compile(r"[-−–+(\[]*(?:[£$€]|US\$)?[-−–(]*[0-9][0-9.,]*(?:m|k|bn)?[)\]%*†‡]*")
_DASH: Final = re.compile("[-−–—]")
_LEADER: Final = re.compile(r"[.·…_]{3,}|(?:\. ?){3,}")
_CURRENCY: Final = re.compile(r"[-−–(]{0,2}(?:[£$€]|US\$|GBP|USD|EUR)[(]?")
_OPENING: Final = re.compile(r"[-−–]?\(")
_CLOSING: Final = re.compile(r"\)%?")
_FIRST_DIGIT: Final = re.compile(r"[-−–(]{0,2}[.0-9]")


class Span(NamedTuple):
    """Words that stand together, and the box around them, in points.

    Attributes:
        text: the words, without those crossed out.
        x0: the left edge.
        x1: the right edge.
        top: the upper edge.
        bottom: the lower edge.
        words: the words with their own boxes, those crossed out among them.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    words: tuple[Word, ...]

    @property
    def middle(self) -> float:
        """How far its middle is from the left."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(word.size for word in self.words)


class Line(NamedTuple):
    """A line of a page: its spans from left to right, and its upper and lower edge, in points."""

    spans: tuple[Span, ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(span.text for span in self.spans if span.text)

    @property
    def height(self) -> float:
        """How high its letters are."""
        return self.bottom - self.top

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.spans[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.spans[-1].x1


class Sort(Enum):
    """What a span is, as a cell of a table."""

    AMOUNT = "amount"
    DASH = "dash"
    WORDS = "words"


@lru_cache(maxsize=1 << 14)
def sort_of(text: str) -> Sort:
    """Whether a span may be an amount of a table, a dash for one, or words."""
    cell = Cell(text, Where(), find_figures(text, cell=True))
    if any(found.ranged for found in cell.found):
        return Sort.WORDS
    if amount_of(cell) is not None or share_of(cell) is not None:
        return Sort.AMOUNT
    return Sort.DASH if text and is_blank(cell) else Sort.WORDS


def lines_of(words: Iterable[Word], verticals: Sequence[Ruling]) -> list[Line]:
    """Words in lines, from top to bottom.

    Args:
        words: the words of a page, or of an area of it.
        verticals: the lines down the page, which end spans.
    """
    levels: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.top + each.bottom):
        if levels and _is_level(word, levels[-1][0]):
            levels[-1].append(word)
        else:
            levels.append([word])
    return [line for level in levels for line in _line(level, verticals)]


def line_of(spans: Sequence[Span]) -> Line:
    """Spans as a line."""
    return Line(tuple(spans), min(span.top for span in spans), max(span.bottom for span in spans))


def _is_level(word: Word, other: Word) -> bool:
    """Whether two words stand on one line: the middle of one is at the height of most of the other."""
    apart = abs(word.top + word.bottom - other.top - other.bottom) / 2
    return apart < _OVERLAP * min(word.bottom - word.top, other.bottom - other.top)


def _line(words: Sequence[Word], verticals: Sequence[Ruling]) -> Iterator[Line]:
    """Words of one level as a line; none if they are leaders only."""
    spans = _glued([_span(together) for together in _together(sorted(words, key=lambda each: each.x0), verticals)])
    if spans:
        yield line_of(spans)


def _together(words: Iterable[Word], verticals: Sequence[Ruling]) -> Iterator[list[Word]]:
    """The words of a line that no gap and no ruling sets apart; dots that lead from one to the next are left out."""
    held: list[Word] = []
    for word in words:
        if _LEADER.fullmatch(word.text):
            if held:
                yield held
            held = []
            continue
        if held and _are_apart(held, word, verticals):
            yield held
            held = []
        held.append(word)
    if held:
        yield held


def _are_apart(before: Sequence[Word], word: Word, verticals: Sequence[Ruling]) -> bool:
    """Whether a word begins another span than the words before it."""
    last = before[-1]
    gap, size = word.x0 - last.x1, min(word.size, last.size)
    level = (word.top + word.bottom) / 2
    if runs_between(verticals, (last.x0 + last.x1) / 2, (word.x0 + word.x1) / 2, level):
        return True
    if gap > _GAP * size or gap < -_GAP_OF_FIGURES * size:
        return True
    if gap <= _GAP_OF_FIGURES * size or not (_is_cell(last.text) and _is_cell(word.text)):
        return False
    # What stands before a figure may be its sign, set apart by the space of a type in which all letters are as wide.
    return not _goes_on(before, word) and (not _DASH.fullmatch(last.text) or gap > _WIDEST_SPACE * size)


def _is_cell(text: str) -> bool:
    """Whether a word is a number, or a dash for one."""
    return bool(_NUMBER.fullmatch(text) or _DASH.fullmatch(text))


def _goes_on(before: Sequence[Word], word: Word) -> bool:
    """Whether a word is the next three digits of a number whose thousands are set apart by spaces."""
    return bool(_HEAD.fullmatch(before[-1].text) and _THREE.fullmatch(word.text))


def _span(words: Sequence[Word]) -> Span:
    """Words as a span; those crossed out are not in its text."""
    shown = [word for word in words if not word.struck]
    text = ""
    for n, word in enumerate(shown):
        text += (_between(shown[:n], word) if n else "") + word.text
    return Span(
        text,
        words[0].x0,
        max(word.x1 for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        tuple(words),
    )


def _between(before: Sequence[Word], word: Word) -> str:
    """What stands between two words of a span: nothing, a space, or the thin space that sets thousands apart."""
    last = before[-1]
    gap = word.x0 - last.x1
    if gap < _TOUCHING * min(word.size, last.size):
        return ""
    alone = len(before) == 1 or _HEAD.fullmatch(before[-2].text)
    return _THIN if alone and _goes_on(before, word) and gap <= _GAP * word.size else " "


def _glued(spans: Iterable[Span]) -> list[Span]:
    """Spans, with a currency sign, a bracket or a per cent sign that stands apart put to its amount."""
    kept: list[Span] = []
    for span in spans:
        if kept and _belong(kept[-1], span):
            before = kept.pop()
            whole = _span((*before.words, *span.words))
            kept.append(whole._replace(text=before.text + span.text))
        else:
            kept.append(span)
    return kept


def _belong(before: Span, span: Span) -> bool:
    """Whether two spans are parts of one amount."""
    gap = (span.x0 - before.x1) / max(span.size, 1)
    if _FIRST_DIGIT.match(span.text):
        if _CURRENCY.fullmatch(before.text):
            return gap < _FARTHEST_CURRENCY
        return bool(_OPENING.fullmatch(before.text)) and gap < _FARTHEST_BRACKET
    if before.text[-1:].isdigit() and _CLOSING.fullmatch(span.text):
        return gap < _FARTHEST_BRACKET and "(" in before.text
    return span.text == "%" and before.text[-1:].isdigit() and gap < _FARTHEST_PERCENT
