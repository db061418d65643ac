"""Marks that are set small and high: those of footnotes are dropped, the endings of 1st and 2nd are not."""

from __future__ import annotations

import re
from typing import Final

_NOTE: Final = re.compile(
    r"\s*[\[(]?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶#]{1,3})(?:[,;]\s?(?:[0-9]{1,3}|[a-z]))*[\])]?\s*"
)


def is_note_mark(raised: str) -> bool:
    """Whether raised text is the mark of a footnote, and no part of the words before it."""
    return bool(_NOTE.fullmatch(raised))
