"""What the reader's screen or file can show: colours, signs, and text from strangers made harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


class Style(StrEnum):
    """How a stretch of text is set off on a terminal, as an ANSI code."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    GOOD = "32"
    STRONG = "1"
    FAINT = "2"


SEVERITY_STYLES: Final[Mapping[Severity, Style]] = {
    Severity.ERROR: Style.ERROR,
    Severity.WARNING: Style.WARNING,
    Severity.NOTE: Style.NOTE,
}

_WORDS: Final[Mapping[str, str]] = {
    "✓": "yes",
    "≈": "about",
    "✗": "no",
    "£": "GBP ",
    "×": "x",
    "·": "-",
    "…": "...",
    "−": "-",
    "–": "-",
    "⅙": " 1/6",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
"""What stands for the signs that a stream cannot encode."""

_HARMFUL: Final = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
"""Control characters, those that turn the direction of text, and those that no text may have."""


_NARROWEST: Final = 40


@dataclass(frozen=True, slots=True)
class Medium:
    """Where text is shown.

    Attributes:
        colour: whether it shows colours.
        encoding: the encoding that the text must fit in.
        width: how many characters a line of a screen holds; None where there is no screen, so that the same bytes
            come out everywhere.
    """

    colour: bool = False
    encoding: str = "utf-8"
    width: int | None = None

    def up_to(self, most: int) -> int:
        """How many characters a line may have: as many as are wanted, or fewer on a narrow screen."""
        return most if self.width is None else max(_NARROWEST, min(most, self.width))

    @property
    def is_unicode(self) -> bool:
        """Whether the encoding has every character."""
        return self.encoding.lower().replace("_", "-").startswith("utf")

    def paint(self, text: str, style: Style) -> str:
        """Set text off, where there are colours."""
        return f"\x1b[{style.value}m{text}\x1b[0m" if self.colour and text else text

    def show(self, text: str) -> str:
        """A line of text from a stranger made harmless: control characters as their codes; and made to fit."""
        if text.isprintable():  # as most texts are
            return text if text.isascii() else self.fit(text)
        return self.fit(re.sub(_HARMFUL, lambda found: f"\\u{ord(found[0]):04x}", text))

    def fit(self, text: str) -> str:
        """Text with words or codes for what the encoding does not have."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return "".join(map(self._encodable, text))
        return text

    def _encodable(self, character: str) -> str:
        try:
            character.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return _WORDS.get(character) or character.encode("ascii", "backslashreplace").decode("ascii")
        return character


PLAIN: Final = Medium()
"""A UTF-8 file without colours."""
