"""Pieces of the text of a PDF file: which words of which page show a stretch of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grantcalc.papers.readers.drafts import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grantcalc.papers.readers.pdf_lines import Line, Span
    from grantcalc.papers.readers.pdf_words import Word


class OnPage(NamedTuple):
    """Words with their boxes, and the page that they stand on, from one."""

    page: int
    words: tuple[Word, ...]


def pieces_of_spans(spans: Iterable[Span], page: int, at: int = 0) -> Iterator[Piece]:
    """The pieces of spans with a space between them, from an offset on."""
    for span in spans:
        yield Piece(at, at + len(span.text), OnPage(page, span.words))
        at += len(span.text) + 1


def pieces_of_lines(lines: Iterable[Line], page: int) -> Iterator[Piece]:
    """The pieces of lines with a line break between them."""
    at = 0
    for line in lines:
        yield from pieces_of_spans((span for span in line.spans if span.text), page, at)
        at += len(line.text) + 1
