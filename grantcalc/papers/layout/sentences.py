"""Sentences that lead to a table: what a paragraph says in words before its columns or list of figures begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.paper import Paragraph
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE: Final = r"[(£$€-]*[0-9][0-9,.]*(?:[km]|bn)?\)?"
_SENTENCE: Final = re.compile(r"[^\n]{1,600}?(?<=[\w)])\.(?:\s+(?=[A-Z(£'’*\"“])|\s*\n\s*)")
_LINKS: Final = re.compile(
    r"\b(?:by|from|to|of|and|which|is|are|was|were|be|will|has|have|the|for|than|with)\b", re.IGNORECASE
)
_SIDE_BY_SIDE: Final = re.compile(rf"{_FIGURE}[;,]?\s+{_FIGURE}")
_FEWEST_LINKS: Final = 3
_FEWEST_FIGURES: Final = 2


def led_by_sentences(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The sentences with figures that stand at the beginning of paragraphs, and what is left of these.

    Only the first paragraph is looked at; nothing is cut off where nothing with figures would be left.
    """
    first = paragraphs[0]
    end = 0
    while (found := _SENTENCE.match(first.text, end)) and _is_told(found[0]):
        end = found.end()
    rest = first.text[end:]
    if not re.search("[0-9]", rest) or not end:
        return [], list(paragraphs)
    said = first.text[:end].rstrip()
    return [Paragraph(said, first.at)], [Paragraph(rest, _moved(first, end)), *paragraphs[1:]]


def _is_told(sentence: str) -> bool:
    """Whether a sentence tells of several figures in words, and does not only set them side by side."""
    figures = re.findall(_FIGURE, sentence)
    links = _LINKS.findall(sentence)
    return len(figures) >= _FEWEST_FIGURES and len(links) >= _FEWEST_LINKS and not _SIDE_BY_SIDE.search(sentence)


def _moved(paragraph: Paragraph, offset: int) -> Where:
    """Where a part of a paragraph begins."""
    before = paragraph.text[:offset]
    lines, last = before.count("\n"), len(before) - (before.rfind("\n") + 1)
    column = last + (paragraph.at.column or 1 if not lines else 1)
    return Where((paragraph.at.line or 1) + lines, column)
