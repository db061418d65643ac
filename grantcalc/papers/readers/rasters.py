"""Rasters: the slots of a table, with cells that span several columns, as rows of equal columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.papers.readers.drafts import Slot

Row = "Sequence[Slot]"

_CURRENCY: Final = re.compile(r"[-−(]{0,2}(?:(?:US|A|C)?\$|£|€)[ \u00a0]?\(?")
_ENDING: Final = re.compile(r"[ \u00a0]?(?:\)[ ]?%?|%\)?)")
_AMOUNT: Final = re.compile(r"[-−(]{0,2}(?:[£$€][ \u00a0]?)?[0-9][0-9,.]*(?:m|k|bn)?\)?")
_DIGIT_FIRST: Final = re.compile(r"[-−(]{0,2}[.0-9]")


def joined(row: Sequence[Slot]) -> list[Slot]:
    """A row in which a currency, bracket or per cent sign in a cell of its own is part of the amount beside it."""
    kept: list[Slot] = []
    for slot in row:
        text = slot.words.text
        if kept and _CURRENCY.fullmatch(kept[-1].words.text) and _DIGIT_FIRST.match(text):
            sign = kept.pop().words.text.replace("\u00a0", "")
            kept.append(_with_text(slot, f"{sign}{text}", len(sign)))
        elif kept and _ENDING.fullmatch(text) and kept[-1].words.text[-1:].isdigit():
            before = kept.pop()
            kept.append(_with_text(before, f"{before.words.text}{text.strip()}", 0))
        else:
            kept.append(slot)
    return kept


def _with_text(slot: Slot, text: str, before: int) -> Slot:
    """A slot with more text, so many characters of it before its own, which keep their columns."""
    at = slot.words.at
    column = (at.column or 1) - before if before else at.column
    return replace(slot, words=replace(slot.words, text=text, at=replace(at, column=column)))


def unstacked(row: Sequence[Slot]) -> list[list[Slot]]:
    """A row whose cells all have as many lines, amounts in some of them, as so many rows; any other row as it is."""
    lines = [slot.words.text.split("\n") for slot in row]
    height = len(lines[0]) if lines else 1
    alike = height > 1 and len(row) > 1 and all(len(each) == height for each in lines)
    amounts = any(all(_AMOUNT.fullmatch(line.strip()) for line in each) for each in lines)
    if not alike or not amounts or any(slot.words.changes for slot in row):
        return [list(row)]
    return [[_line_of(slot, n) for slot in row] for n in range(height)]


def _line_of(slot: Slot, number: int) -> Slot:
    """One of the lines of a slot; it knows where in the cell it begins."""
    lines = slot.words.text.split("\n")
    before = sum(len(line) + 1 for line in lines[:number])
    at = replace(slot.words.at, column=(slot.words.at.column or 1) + before)
    return replace(slot, words=replace(slot.words, text=lines[number], at=at))


def columns_of(rows: Iterable[Sequence[Slot]]) -> dict[int, int]:
    """Which column of the table each column of the raster belongs to; those without a cell are left out.

    Two columns of the raster that stand side by side are one column of the table if no row has a cell in each,
    and some row has a cell over both: so cells that begin at different edges, as they do where one of them has
    its currency in a column of its own, come to stand under each other.
    """
    starts: dict[int, set[int]] = {}
    covered: set[tuple[int, int]] = set()
    listed = list(rows)
    used = sorted({slot.column for row in listed for slot in row})
    for number, row in enumerate(listed):
        for slot in row:
            starts.setdefault(slot.column, set()).add(number)
    place = {column: n for n, column in enumerate(used)}
    for row in listed:
        for slot in row:
            first = place[slot.column]
            last = first
            while last + 1 < len(used) and used[last + 1] < slot.column + slot.width:
                last += 1
            covered.update((n, n + 1) for n in range(first, last))
    columns: dict[int, int] = {}
    current: set[int] = set()
    number = -1
    for n, column in enumerate(used):
        if n and (n - 1, n) in covered and not current & starts[column]:
            current = current | starts[column]
        else:
            number += 1
            current = set(starts[column])
        columns[column] = number
    return columns
