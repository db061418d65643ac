"""Boxes on the pages of a PDF file around the words that show a stretch of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.annotating.places import Stretch
    from grantcalc.papers.readers.drafts import Piece
    from grantcalc.papers.readers.pdf_pages import Sheet
    from grantcalc.papers.readers.pdf_pieces import OnPage
    from grantcalc.papers.readers.pdf_words import Word


class Box(NamedTuple):
    """A box on a page, in points as the words of the page have them, from the top.

    Attributes:
        quarter: by how many degrees clockwise the page was turned to read the words.
    """

    page: int
    quarter: int
    x0: float
    top: float
    x1: float
    bottom: float


class Quarters:
    """By how many degrees pages were turned to read their words."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._by_page: dict[int, list[Sheet]] = {}
        for sheet in sheets:
            self._by_page.setdefault(sheet.number, []).append(sheet)

    def of(self, shown: OnPage) -> int:
        """By how many degrees a page was turned to read some of its words."""
        sheets = self._by_page[shown.page]
        if len(sheets) == 1:
            return sheets[0].quarter
        places = {(word.x0, word.top) for word in shown.words}
        read = (each for each in sheets if any((word.x0, word.top) in places for word in (*each.words, *each.over)))
        return next((sheet.quarter for sheet in read), 0)


def boxes_of(stretch: Stretch, quarters: Quarters) -> list[Box]:
    """The boxes around a stretch of text, one for each line that it stands in; around all, if the stretch is empty."""
    pieces = [piece for piece in stretch.words.pieces if piece.end > piece.start]
    found = [piece for piece in pieces if piece.start < stretch.end and stretch.start < piece.end]
    return [_box(piece, stretch, quarters) for piece in found or pieces]


def _box(piece: Piece, stretch: Stretch, quarters: Quarters) -> Box:
    """The box around that part of a piece which belongs to a stretch."""
    shown = cast("OnPage", piece.shown_by)
    words = [word for word in shown.words if not word.struck] or list(shown.words)
    text = stretch.words.text[piece.start : piece.end]
    start, end = (_letters(text[: max(0, at - piece.start)]) for at in (stretch.start, stretch.end))
    edges = list(_edges(words, start, end)) if _letters(text) == _letters_in(words) and start < end else []
    edges = edges or [(word.x0, word.x1) for word in words]
    return Box(
        page=shown.page,
        quarter=quarters.of(shown),
        x0=min(x0 for x0, _ in edges),
        top=min(word.top for word in words),
        x1=max(x1 for _, x1 in edges),
        bottom=max(word.bottom for word in words),
    )


def _edges(words: Sequence[Word], start: int, end: int) -> Iterator[tuple[float, float]]:
    """The left and right edge of that part of each word which lies between two letters of all; letters are as wide."""
    at = 0
    for word in words:
        length = _letters(word.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            wide = (word.x1 - word.x0) / length
            yield word.x0 + first * wide, word.x0 + last * wide
        at += length


def _letters_in(words: Sequence[Word]) -> int:
    return sum(_letters(word.text) for word in words)


def _letters(text: str) -> int:
    """How many characters of a text are no space."""
    return len("".join(text.split()))
