"""Program code in Markdown, which states no sums: what stands between two lines of backticks or tildes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE: Final = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<rest>[^`]*)$")


def without_code(lines: Sequence[str]) -> list[str]:
    """The lines of a text, with those of closed blocks of code left blank.

    Args:
        lines: every line of the text, without line breaks.
    """
    kept = list(lines)
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line.rstrip())
        if fence is None:
            continue
        if opened is None:
            opened = number, fence["mark"]
        elif fence["mark"].startswith(opened[1]) and not fence["rest"]:
            kept[opened[0] : number + 1] = [""] * (number + 1 - opened[0])
            opened = None
    return kept
