"""Paragraphs that are read together: a line and the list under it, and lines that follow each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Kind, find_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.numbers.numerals import Habits
    from grantcalc.papers.paper import Paper, Paragraph

_LONGEST: Final = 6_000
_MOST_FIGURES: Final = 80
"""A block ends where it would have more characters or figures than this."""

_BULLET: Final = re.compile(r"^([ \t]*)[-–—*](?=[ \t])", re.MULTILINE)
_ITEM: Final = re.compile(r"[ \t]*[-–—*•·](?=[\s\u00a0])")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text and the amounts of money in it, at their offsets in the text."""

    text: str
    found: tuple[Found, ...]


def blocks(paper: Paper) -> Iterator[Block]:
    """The running text of a paper, in stretches that may state one sum."""
    block = Block("", ())
    last: Paragraph | None = None
    for paragraph in paper.paragraphs:
        for piece in _pieces(paragraph, paper.habits):
            if last is not None and _belongs(last, paragraph) and _fits(block, piece):
                block = _joined(block, piece)
            else:
                if block.found:
                    yield block
                block = piece
            last = paragraph
    if block.found:
        yield block


def _pieces(paragraph: Paragraph, habits: Habits) -> Iterator[Block]:
    """A paragraph with its amounts; a very long one in pieces, cut at an amount."""
    # A dash that begins a list item is no minus sign.
    text = _BULLET.sub(r"\1•", paragraph.text)
    found = [f for f in find_figures(text, paragraph.at, habits=habits) if f.kind is Kind.MONEY and not f.ranged]
    start = 0
    kept: list[Found] = []
    for figure in found:
        if len(kept) == _MOST_FIGURES or figure.end - start > _LONGEST:
            yield _piece(text, start, figure.start, kept)
            start, kept = figure.start, []
        kept.append(figure)
    yield _piece(text, start, min(len(text), start + 2 * _LONGEST), kept)


def _piece(text: str, start: int, end: int, found: Sequence[Found]) -> Block:
    """A part of a text; its amounts count from its own beginning."""
    return Block(text[start:end], tuple(replace(f, start=f.start - start, end=f.end - start) for f in found))


def _belongs(last: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph goes on where the last one ends: on the next line, after a colon, or in a list."""
    if last is paragraph:
        return False
    if last.text.rstrip().endswith(":") or (_ITEM.match(last.text) and _ITEM.match(paragraph.text)):
        return True
    if last.at.line is None or paragraph.at.line is None:
        return False
    return paragraph.at.line <= last.at.line + last.text.rstrip("\n").count("\n") + 1


def _fits(block: Block, piece: Block) -> bool:
    """Whether two stretches together are short enough to be read as one."""
    return len(block.text) + len(piece.text) < _LONGEST and len(block.found) + len(piece.found) <= _MOST_FIGURES


def _joined(block: Block, piece: Block) -> Block:
    """Two stretches as one, on lines of their own."""
    text = f"{block.text.rstrip()}\n{piece.text}"
    shift = len(text) - len(piece.text)
    moved = (replace(f, start=f.start + shift, end=f.end + shift) for f in piece.found)
    return Block(text, (*block.found, *moved))
