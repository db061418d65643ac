"""Places of a paper, led back to the words that its reader took out of the document, and what shows them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from grantcalc.papers.readers.drafts import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grantcalc.papers.readers.drafts import Block
    from grantcalc.source import Where


class Stretch(NamedTuple):
    """Some words of a document, and from where to where in them something stands."""

    words: Words
    start: int
    end: int


class Places:
    """The words of a document by their places."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._words: dict[tuple[Any, ...], Words] = {}
        self._paragraphs: dict[tuple[int, int], Words] = {}
        for words in _all_words(blocks):
            for key in _keys(words.at):
                self._words.setdefault(key, words)
            if words.at.paragraph is not None:
                self._paragraphs.setdefault((words.at.page or 0, words.at.paragraph), words)
        self._numbers = sorted(self._paragraphs)

    def stretch(self, at: Where) -> Stretch | None:
        """What stands at a place; near it, if nothing shows there: in its row or table, or before its paragraph."""
        exact, *wider = _keys(at)
        words = self._words.get(exact)
        if words is not None:
            return _within(words, at)
        near = next((self._words[key] for key in wider if key in self._words), None) or self._before(at)
        return Stretch(near, 0, len(near.text)) if near is not None else None

    def _before(self, at: Where) -> Words | None:
        """The paragraph that shows something before one that does not."""
        if at.paragraph is None:
            return None
        number = bisect_right(self._numbers, (at.page or 0, at.paragraph))
        return self._paragraphs[self._numbers[number - 1]] if number else None


def _all_words(blocks: Iterable[Block]) -> Iterator[Words]:
    """Every stretch of text of a document, in order."""
    for block in blocks:
        if isinstance(block, Words):
            yield block
        else:
            yield from (slot.words for row in block.rows for slot in row)


def _keys(at: Where) -> Iterator[tuple[Any, ...]]:
    """What a place is found by: all that is known of it, then ever less."""
    yield at.page, at.table, at.row, at.table_column, at.paragraph
    if at.table is not None:
        if at.row is not None:
            yield "row", at.table, at.row
        yield "table", at.table
    elif at.page is not None and at.paragraph is None:
        yield "page", at.page


def _within(words: Words, at: Where) -> Stretch:
    """The part of words that a place means; all of them where it has no columns."""
    length = len(words.text)
    if at.column is None:
        return Stretch(words, 0, length)
    first = words.at.column or 1
    start = max(0, min(length, at.column - first))
    # A sign that stands in a cell of its own is counted with the amount, and reaches beyond its words.
    end = max(start, min(length, (at.end_column or at.column) - first))
    return Stretch(words, start, end)
