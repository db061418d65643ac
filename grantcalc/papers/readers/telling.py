"""Telling how far the reading of a document is, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

PagesTold: TypeAlias = "Callable[[int, int], None]"
"""Is told how many pages of a document are read, and of how many."""


def silent(done: int, pages: int) -> None:
    """Say nothing of it."""
