"""Why XML or HTML cannot be parsed, in words: libxml2 has none where memory is short."""

from __future__ import annotations

from typing import Final

from grantcalc.errors import UnreadableContentError

_TOO_DEEP: Final = "its parts lie too deep in each other; take tables and boxes out of those that they stand in"


def cause_of(error: Exception, otherwise: str) -> Exception:
    """What to raise for an error of the parser.

    Args:
        error: the error.
        otherwise: the reason if it is none that is known.
    """
    said = str(error).lower()
    if "unknown error" in said or "memory" in said:
        return MemoryError()
    return UnreadableContentError(_TOO_DEEP if "depth" in said else otherwise)
