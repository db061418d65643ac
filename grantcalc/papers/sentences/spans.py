"""Stretches of time that a paper states: "from 1 January 2022 to 31 December 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from grantcalc.source import Where, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.paper import Paper, Paragraph

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DATE: Final = r"([0-9]{1,2})(?:st|nd|rd|th)?\s{1,3}([A-Z][a-z]{2,8})\s{1,3}((?:19|20)[0-9]{2})"
_SPAN: Final = re.compile(rf"(?<![0-9]){_DATE}\s{{1,3}}(?:to|until|till|through|and|-|–)\s{{1,3}}{_DATE}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time as a paper states it, its last day included."""

    text: str
    starts: date
    ends: date
    at: Where


def spans(paper: Paper) -> tuple[Span, ...]:
    """The stretches of time in the running text of a paper, first and last day given in full."""
    return tuple(found for paragraph in paper.paragraphs for found in _spans(paragraph))


def _spans(paragraph: Paragraph) -> Iterator[Span]:
    """The stretches of time in a paragraph."""
    for found in _SPAN.finditer(paragraph.text):
        starts, ends = _date(*found.groups()[:3]), _date(*found.groups()[3:])
        if starts and ends and starts < ends:
            text = " ".join(found[0].split())
            yield Span(text, starts, ends, _where(paragraph, found.start(), found.end()))


def _date(day: str, month: str, year: str) -> date | None:
    """A date by its words; None where there is no such day."""
    named = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(month.lower())]
    try:
        return date(int(year), named[0], int(day)) if len(named) == 1 else None
    except ValueError:
        return None


def _where(paragraph: Paragraph, start: int, end: int) -> Where:
    """The place of a stretch of a paragraph in its paper."""
    inside = span(paragraph.text, start, end)
    at = paragraph.at
    if at.line is None:  # its columns count within the paragraph
        first = at.column or 1
        return replace(at, column=first + start, end_column=first + end)
    if inside.line is None or inside.end_line is None:
        return at
    shift = (at.column or 1) - 1
    return Where(
        line=at.line + inside.line - 1,
        column=(inside.column or 1) + (shift if inside.line == 1 else 0),
        end_line=at.line + inside.end_line - 1,
        end_column=(inside.end_column or 1) + (shift if inside.end_line == 1 else 0),
        page=at.page,
    )
