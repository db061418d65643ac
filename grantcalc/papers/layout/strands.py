"""Strands: a stretch of text as amounts in order, with the words before and after each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.papers.numbers.figures import Found, Kind, as_cell, find_figures
from grantcalc.papers.paper import Cell
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.numbers.numerals import Habits
    from grantcalc.papers.paper import Paragraph

_TRIM: Final = " \t\u00a0\r\n*_|–—-"
_LONGEST_LABEL: Final = 200
_MOST_BREAKS: Final = 2
_SPEAKS: Final = re.compile(
    r"[ ]?[,;.](?![0-9])|[ ]?\(|[ ]+(?:and|for|to|in|of|from|is|was|were|will|has|have|which|with|per|at|by|on|each"
    r"|plus|or|the|a|as|being|compared|against|into|over|under|towards|would|less than|more than)\b"
)


_DASHES_AT_END: Final = re.compile(r"(?:(?<![^\s|])[-–—][\s|]*)+\Z")
_DASHES: Final = re.compile(r"[\s|]+((?:[-–—][\s|]+)+)")
_NO_DASH: Final = re.compile(r"[-–—]\n{0,2}")
_LONGEST_DASHES: Final = 60

Slots: TypeAlias = "Sequence[int | None]"
"""The numbers of the amounts of a row, and None for each dash among them."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A stretch of text and the amounts in it.

    Attributes:
        text: the text.
        at: where it begins.
        amounts: what may be money in it, in order.
    """

    text: str
    at: Where
    amounts: tuple[Found, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], habits: Habits) -> Strand:
        """The strand of paragraphs that follow each other."""
        text, at = _joined(paragraphs)
        found = find_figures(text, at, habits=habits)
        return cls(text, at, tuple(as_cell(each) for each in _money(found)))

    def before(self, number: int) -> str:
        """The words between an amount and the one before it."""
        start = self.amounts[number - 1].end if number else 0
        return self.text[start : self.amounts[number].start]

    def after(self, number: int) -> str:
        """The words between an amount and the next one."""
        following = number + 1 < len(self.amounts)
        end = self.amounts[number + 1].start if following else len(self.text)
        return self.text[self.amounts[number].end : end]

    def groups(self) -> list[list[int]]:
        """The numbers of amounts that stand side by side, with nothing but space between."""
        grouped: list[list[int]] = []
        for number in range(len(self.amounts)):
            gap = self.before(number)
            beside = bool(grouped) and self._is_beside(number, gap)
            if beside:
                grouped[-1].append(number)
            else:
                grouped.append([number])
        return grouped

    def _is_beside(self, number: int, gap: str) -> bool:
        """Whether a gap has nothing but space and dashes, and joins the amounts on its two sides."""
        if not gap.strip(" \t\u00a0\n"):
            return self._joins(number, gap)
        lone = len(gap) <= _LONGEST_DASHES and not gap.strip(" \t\u00a0\n-–—")
        return lone and self._joins(number, _NO_DASH.sub("", gap)) and _DASHES.fullmatch(gap) is not None

    def with_dashes(self, row: Slots) -> Slots:
        """The amounts of a row, with a dash before, between or after them as a cell of its own."""
        numbers = [number for number in row if number is not None]
        slots: list[int | None] = []
        for number in numbers:
            slots.extend([None] * _dashes_before(self.before(number)))
            slots.append(number)
        return [*slots, *[None] * _dashes_after(self.after(numbers[-1]))]

    def _joins(self, number: int, gap: str) -> bool:
        """Whether a gap without words joins two amounts: none is a line break unless each is a line."""
        if "\n" not in gap:
            return True
        return gap.count("\n") <= _MOST_BREAKS and self.is_alone(number) and self.is_alone(number - 1)

    def is_alone(self, number: int) -> bool:
        """Whether an amount is all that its line says."""
        return self.begins_line(number) and self.ends_line(number)

    def begins_line(self, number: int) -> bool:
        """Whether no word stands before an amount on its line."""
        return not self.before(number).rpartition("\n")[2].strip(_TRIM) and (not number or "\n" in self.before(number))

    def ends_line(self, number: int) -> bool:
        """Whether no word stands after an amount on its line."""
        after = self.after(number)
        last = number + 1 == len(self.amounts)
        return not after.partition("\n")[0].strip(_TRIM + "|") and (last or "\n" in after)

    def speaks(self) -> bool:
        """Whether it reads like sentences: amounts are followed by commas, "for", "and" and the like."""
        spoken = sum(1 for number in range(len(self.amounts)) if _SPEAKS.match(self.after(number)))
        return 3 * spoken > len(self.amounts)

    def label_cell(self, words: str, found: Found) -> Cell:
        """A cell for the words that name an amount."""
        lines = [line.strip(_TRIM) for line in words.split("\n")]
        label = next((line for line in reversed(lines) if line), "")
        return Cell(label[-_LONGEST_LABEL:], _place(found))

    def cell(self, number: int) -> Cell:
        """A cell for an amount."""
        found = self.amounts[number]
        alone = Found(
            *(found.figure, found.kind, 0, found.end - found.start, found.currency, found.multiple),
            *(found.decimals, found.bracketed, found.ranged, found.flaw),
        )
        return Cell(self.text[found.start : found.end], _place(found), (alone,))


def _dashes_before(words: str) -> int:
    """How many dashes stand between the words before an amount and the amount."""
    found = _DASHES_AT_END.search(words[-_LONGEST_DASHES:])
    return len(found.group().split()) if found else 0


def _dashes_after(words: str) -> int:
    """How many dashes stand between an amount and the words after it."""
    found = _DASHES.match(words[:_LONGEST_DASHES])
    return len(found.group(1).split()) if found else 0


def _place(found: Found) -> Where:
    return found.figure.at if isinstance(found.figure.at, Where) else Where()


def _joined(paragraphs: Sequence[Paragraph]) -> tuple[str, Where]:
    """The text of paragraphs with as many line breaks between as lines lie between them."""
    at = paragraphs[0].at
    text = paragraphs[0].text
    for first, second in pairwise(paragraphs):
        apart = (second.at.line or 0) - (first.at.line or 0) - first.text.count("\n")
        text += "\n" * max(2, apart) + second.text
    return text, at


def _money(found: Sequence[Found]) -> list[Found]:
    """What may be money: where currencies are printed, no bare whole number is."""
    marked = any(each.kind is Kind.MONEY and each.currency for each in found)
    below_zero = any(each.bracketed and each.is_amount for each in found)
    amounts = [
        each
        for each in found
        if (each.is_amount or (below_zero and each.bracketed and each.kind is Kind.NOTE)) and not each.ranged
    ]
    if not marked:
        return amounts
    return [each for each in amounts if each.kind is not Kind.PLAIN or each.decimals or each.bracketed]
