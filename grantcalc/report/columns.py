"""Rows of cells set in columns, as wide as they need to be and never wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def set_in_columns(rows: Sequence[Sequence[str]], right: Sequence[bool], gaps: Sequence[int]) -> list[str]:
    """Set rows in columns.

    Args:
        rows: the cells of each row, all of one length.
        right: which columns are set to the right.
        gaps: how many spaces stand before each column.

    Returns:
        A line for each row, without spaces at its end.
    """
    columns = (
        [
            list(_column(texts, " " * gap, to_the_right=to_the_right))
            for texts, to_the_right, gap in zip(zip(*rows, strict=True), right, gaps, strict=True)
            if any(texts)
        ]
        if rows
        else []
    )
    return ["".join(cells).rstrip() for cells in zip(*columns, strict=True)] if columns else [""] * len(rows)


def _column(texts: Sequence[str], gap: str, *, to_the_right: bool) -> Iterator[str]:
    """The cells of a column, all as wide as the widest."""
    widths = [_width(text) for text in texts]
    widest = max(widths)
    for text, width in zip(texts, widths, strict=True):
        space = " " * (widest - width)
        yield gap + (space + text if to_the_right else text + space)


def _width(text: str) -> int:
    """How many columns of a terminal a text takes; most have no sign but £, which takes one."""
    return len(text) if text.replace("£", "").isascii() else cell_len(text)
