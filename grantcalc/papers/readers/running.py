"""Running text as it is gathered, piece by piece, with the open changes in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.drafts import Change, Piece, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.source import Where

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_BULLET: Final = "• "


class RunningText:
    """The text of a paragraph in the making."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._last = "\n"
        self._changes: list[Change] = []
        self._shown: list[Piece] = []
        self._item = False
        self.length = 0

    def begin_item(self) -> None:
        """Say that this is an item of a list, which is shown with a bullet."""
        self._item = True

    def add(self, text: str | None, *, kept: bool = False, shown_by: object = None) -> None:
        """Add text; its spaces and line breaks count as one space, unless they are to be kept.

        Args:
            text: the text, if there is any.
            kept: whether its spaces and line breaks are to be kept.
            shown_by: what of the document shows it, if that is to be known.
        """
        if not text:
            return
        if not kept:
            text = _SPACES.sub(" ", text)
            if self._last in " \n":
                text = text.removeprefix(" ")
        if text:
            self._pieces.append(text)
            self._last = text[-1]
            if shown_by is not None:
                self._shown.append(Piece(self.length, self.length + len(text), shown_by))
            self.length += len(text)

    def break_line(self) -> None:
        """Go on in the next line."""
        self.add("\n", kept=True)

    def remove(self, text: str) -> None:
        """Note that text stood here which an open change takes out."""
        if text.strip():
            self._changes.append(Change(self.length, self.length, text))

    def insert(self, start: int) -> None:
        """Note that what was added since some length is put in by an open change."""
        if self.length > start:
            self._changes.append(Change(start, self.length))

    def words(self, at: Where, item_at: Where | None = None) -> Words | None:
        """What was gathered; None if it is nothing but space. Begins anew.

        Args:
            at: where it stands.
            item_at: where it stands if it is an item of a list.
        """
        text, changes, item = "".join(self._pieces).rstrip(), self._changes, self._item and item_at is not None
        shown = self._shown
        self._begin()
        if not text.strip():
            return None
        if not item or item_at is None:
            return Words(text, at, tuple(changes), tuple(shown))
        moved = tuple(Change(c.start + len(_BULLET), c.end + len(_BULLET), c.removed) for c in changes)
        return Words(_BULLET + text, item_at, moved, tuple(piece.moved(len(_BULLET)) for piece in shown))


def together(said: Iterable[Words], at: Where) -> Words:
    """Stretches of text, such as the paragraphs of a cell, as one text, a line each."""
    text = ""
    changes: list[Change] = []
    pieces: list[Piece] = []
    for words in said:
        text += "\n" if text else ""
        changes += [Change(c.start + len(text), c.end + len(text), c.removed) for c in words.changes]
        pieces += [piece.moved(len(text)) for piece in words.pieces]
        text += words.text
    return Words(text, at, tuple(changes), tuple(pieces))
