"""Amounts in cells: which cells of a table hold one, and which are words, dates or blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Cell

_MEANS_AMOUNT: Final = re.compile(
    r"\b(?:CR|DR|nil|n/?a|approx|circa|c|m|k|bn|million|thousand|billion|GBP|USD|EUR|DAI)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_BLANK: Final = re.compile(r"[-–—−.*†£$€\s\\%]*+(?:nil|n/?a|tbc|none)?", re.IGNORECASE)


def amount_of(cell: Cell) -> Found | None:
    """The amount that a cell is; None for words, dates and blanks.

    Of several numbers the first is meant: what follows it is a footnote mark or a running balance.
    """
    if len(cell.found) == 1 and cell.found[0].is_amount and cell.found[0].end - cell.found[0].start == len(cell.text):
        return cell.found[0]
    if not cell.found:
        return None
    amounts = [found for found in cell.found if found.is_amount]
    if not _is_bare(cell, cell.found):
        return None
    if amounts:
        return amounts[0]
    lone = cell.found[0] if len(cell.found) == 1 else None
    marks = lone is not None and (lone.kind is Kind.NOTE or _is_all(cell, lone))
    return lone if marks else None


def _is_all(cell: Cell, found: Found) -> bool:
    """Whether a number that elsewhere would be a reference is all that a cell says."""
    return found.kind is Kind.REFERENCE and found.figure.text == cell.text


def share_of(cell: Cell) -> Found | None:
    """The percentage that a cell is; None for any other cell."""
    lone = len(cell.found) == 1 and cell.found[0].kind is Kind.PERCENT and _is_bare(cell, cell.found)
    return cell.found[0] if lone else None


def year_of(cell: Cell) -> Found | None:
    """The number that a cell is if it looks like a year: 2000 may be an amount where no comma is used."""
    lone = len(cell.found) == 1 and cell.found[0].kind is Kind.YEAR and cell.text.isdecimal()
    return cell.found[0] if lone else None


def is_blank(cell: Cell) -> bool:
    """Whether a cell is empty, a dash or "nil"."""
    return not cell.found and bool(_BLANK.fullmatch(cell.text))


def _is_bare(cell: Cell, found: Sequence[Found]) -> bool:
    """Whether a cell has no words besides its numbers."""
    left, at = [], 0
    for each in found:
        left.append(cell.text[at : each.start])
        at = each.end
    left.append(cell.text[at:])
    return not _WORD.search(_MEANS_AMOUNT.sub("", " ".join(left)))
