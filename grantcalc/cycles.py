"""How often Python looks for cycles of objects that nothing else leads to."""

from __future__ import annotations

import gc
from typing import Final

_OBJECTS: Final = 1_000_000


def look_for_cycles_seldom() -> None:
    """Look for cycles once in a million new objects.

    A run is short and leaves few; looking every 700 objects, as Python does, takes a fifth of the time of a long paper.
    """
    gc.set_threshold(_OBJECTS, 20, 20)
