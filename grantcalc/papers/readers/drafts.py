"""Drafts: what a reader takes out of a document, words and cells in order, before any figure is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.paper import Remark, Unread, Worked
    from grantcalc.source import Where

_LONGEST_CELL: Final = 120
_MOST_WORDS: Final = 15


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a text that is neither accepted nor rejected; the text is as it reads if it is accepted.

    Attributes:
        start: offset of the first character that was put in.
        end: offset after the last one; equal to the start where nothing was put in.
        removed: what was taken out there.
    """

    start: int
    end: int
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and what of the document shows it.

    Attributes:
        start: offset of its first character.
        end: offset after its last one.
        shown_by: the element of XML, or the words of a page.
    """

    start: int
    end: int
    shown_by: object

    def moved(self, by: int) -> Piece:
        """The piece in a text that has so many characters more before it."""
        return Piece(self.start + by, self.end + by, self.shown_by)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text: a paragraph, or what stands in a cell.

    Attributes:
        text: the words, with line breaks where the document has them.
        at: where they stand; its column is that of their first character, one where it is not given.
        changes: the open changes in it, in order.
        pieces: what of the document shows it, in order, where its reader says so.
    """

    text: str
    at: Where
    changes: tuple[Change, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether this is a cell with sentences in it, which are read as running text."""
        return len(self.text) > _LONGEST_CELL and self.text.count(" ") > _MOST_WORDS


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in the raster of a table.

    Attributes:
        column: the first column of the raster that it covers, from nought.
        width: how many columns it covers.
        words: what it says.
        shift: the power of ten by which its figures are shown too small, as thousands are by a number format.
        is_value: whether it may hold figures; an error of a spreadsheet does not.
    """

    column: int
    width: int
    words: Words
    shift: int = 0
    is_value: bool = True


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table: the slots of its rows that are not empty, from left to right, and where it begins."""

    rows: tuple[tuple[Slot, ...], ...]
    at: Where
    caption: str = ""


Block: TypeAlias = "Words | DraftTable"


@dataclass(slots=True)
class Draft:
    """A document as its reader found it.

    Attributes:
        kind: the layout that its tables are given, such as "docx".
        blocks: paragraphs and tables, in order.
        unread: what could not be read.
        remarks: what else is to be said.
        worked: what formulas add.
        hidden: what the document says without showing it; it is not read.
    """

    kind: str
    blocks: Sequence[Block] = ()
    unread: list[Unread] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    worked: list[Worked] = field(default_factory=list)
    hidden: list[Words] = field(default_factory=list)
