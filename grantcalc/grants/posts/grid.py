"""A table as it stands in a file: rows of cells that know their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.source import Where

if TYPE_CHECKING:
    from grantcalc.grants.faults import Fault
    from grantcalc.money import Malformed

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 1_000
MOST_CELLS: Final = 5_000_000

_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what it holds, as a text without space around it.
        at: where it stands.
        flaw: why it can be no amount, where the file says so: a formula without its value, a date, a percentage.
        number: whether the file holds it as a number, not as a text.
        quoted: whether it stands in quotation marks.
    """

    text: str
    at: Where
    flaw: Malformed | None = None
    number: bool = False
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text and self.flaw is None


NOTHING: Final = Cell("", Where())
"""What stands beyond the end of a row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its rows from top to bottom, and what is wrong with it as a table.

    Attributes:
        rows: the rows, each as long as the file has it.
        faults: what is wrong with it.
        name: the name of the sheet that it is; empty for a text.
        commas: whether its cells are divided by commas, which may cut an amount in two.
        notes: what else is to be said of it, which does not keep it from being read.
    """

    rows: tuple[tuple[Cell, ...], ...]
    faults: tuple[Fault, ...] = ()
    name: str = ""
    commas: bool = False
    notes: tuple[Fault, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell in a row and a column, both counted from zero."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if column < len(cells) else NOTHING

    @property
    def width(self) -> int:
        """How many columns its longest row has."""
        return max(map(len, self.rows), default=0)


def column_letter(at: int) -> str:
    """The letters of a column counted from zero, as spreadsheets name them: A for 0, AA for 26."""
    letters = ""
    at += 1
    while at:
        at, last = divmod(at - 1, _LETTERS)
        letters = chr(ord("A") + last) + letters
    return letters


def column_number(letters: str) -> int | None:
    """The number of a column from zero by its letters; None where these are no such letters."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= len("XFD")):
        return None
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
