"""The amounts in the cells of a table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.money import Figure, Malformed, pounds, read_amount

if TYPE_CHECKING:
    from grantcalc.grants.posts.grid import Cell

_ZERO: Final = re.compile(r"£?\s?[-–—]+(?:\s?\?\?)?")
"""How a spreadsheet shows nought in its accounting format."""

_NONE: Final = re.compile(r"n/?a|none", re.IGNORECASE)
_SCALED: Final = re.compile(r"(?<![a-z])(?:k|m|bn|thousand|million|billion)\)?$", re.IGNORECASE)


def amount_in(cell: Cell, scale: str = "") -> Figure | Malformed | None:
    """The amount in a cell; None where there is none.

    Args:
        cell: the cell.
        scale: "k" or "m" where the column's head says that amounts are in thousands or millions.
    """
    if cell.is_blank or _NONE.fullmatch(cell.text):
        return None
    if cell.flaw is not None:
        return cell.flaw
    return read_amount(_written(cell, scale))


def _written(cell: Cell, scale: str) -> str:
    """The amount as a grant file has it: a number with its pound sign, a text as it stands."""
    if _ZERO.fullmatch(cell.text):
        return "£0"
    text = cell.text
    if cell.number and not scale and len(text) < _LONGEST_NUMBER:
        return pounds(Decimal(text))
    if scale and not _SCALED.search(text):
        return f"{text[:-1]}{scale})" if text.endswith(")") else f"{text}{scale}"
    return text


_LONGEST_NUMBER: Final = 40


def looks_like_an_amount(cell: Cell) -> bool:
    """Whether a cell holds an amount."""
    return isinstance(amount_in(cell), Figure)
