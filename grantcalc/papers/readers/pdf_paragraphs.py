"""Paragraphs: lines of running text joined where they go on from each other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.readers.pdf_lines import Line

_BULLET: Final = re.compile(r"[•●▪◦‣·*–—-][ \u00a0]|[(]?[0-9a-z]{1,3}[.)][ \u00a0]|[0-9]+(?:\.[0-9]+)+[ \u00a0]")
_LOOSE: Final = 1.35
_OTHER_SIZE: Final = 0.15
_INDENT: Final = 0.8
_SENTENCE: Final = re.compile(r"[.:;!?][\"'”’)\]]*\Z")
_FIGURE: Final = re.compile(r"\(?[£$€0-9]")
_LONG: Final = 60
"""A stretch of so many characters is no heading."""

_WIDE: Final = 3.0


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in paragraphs: one begins after a wider space, at a bullet, at another size, or indented."""
    steps = sorted(lower.top - upper.top for upper, lower in pairwise(lines) if lower.top > upper.top)
    usual = steps[len(steps) // 4] if steps else 0.0
    held: list[Line] = []
    for line in lines:
        if held and _begins(held, line, usual):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _begins(before: Sequence[Line], line: Line, usual: float) -> bool:
    """Whether a line begins a paragraph."""
    last = before[-1]
    step = line.top - last.top
    size = max(span.size for span in line.spans)
    other = abs(size - max(span.size for span in last.spans)) > _OTHER_SIZE * size
    apart = step < 0 or step > max(_LOOSE * usual, line.height) or step > _WIDE * line.height
    ended = bool(_SENTENCE.search(last.text))
    indented = line.x0 - min(each.x0 for each in before[1:] or before) > _INDENT * size
    return apart or other or bool(_BULLET.match(line.text)) or (ended and indented)


def goes_on(last: str, first: str) -> bool:
    """Whether a stretch of text goes on from the last one, which a column or a page has broken off."""
    if _SENTENCE.search(last):
        return False
    return first[:1].islower() or (len(last) > _LONG and bool(_FIGURE.match(first)))
