"""Running text as it is gathered, piece by piece, with the open changes in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.drafts import Change, Words

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
        self._item = False
        self.length = 0

    def begin_item(self) -> None:
        """Say that this is an item of a list, which is shown with a bullet."""
        self._item = True

    def add(self, text: str | None, *, kept: bool = False) -> None:
        """Add text; its spaces and line breaks count as one space, unless they are to be kept."""
        if not text:
            return
        if not kept:
            text = _SPACES.sub(" ", text)
            if self._last in " \n":
                text = text.removeprefix(" ")
        if text:
            self._pieces.append(text)
            self._last = text[-1]
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
        self._begin()
        if not text.strip():
            return None
        if not item or item_at is None:
            return Words(text, at, tuple(changes))
        moved = tuple(Change(c.start + len(_BULLET), c.end + len(_BULLET), c.removed) for c in changes)
        return Words(_BULLET + text, item_at, moved)


def together(said: Iterable[Words], at: Where) -> Words:
    """The paragraphs of a cell as one text, a line each."""
    text = ""
    changes: list[Change] = []
    for words in said:
        text += "\n" if text else ""
        changes += [Change(c.start + len(text), c.end + len(text), c.removed) for c in words.changes]
        text += words.text
    return Words(text, at, tuple(changes))
