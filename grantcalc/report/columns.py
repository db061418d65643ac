"""Rows of cells set in columns, as wide as they need to be and never wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence


def set_in_columns(rows: Sequence[Sequence[str]], right: Sequence[bool], gaps: Sequence[int]) -> list[str]:
    """Set rows in columns.

    Args:
        rows: the cells of each row, all of one length.
        right: which columns are set to the right.
        gaps: how many spaces stand before each column.

    Returns:
        A line for each row, without spaces at its end.
    """
    widths = [max((cell_len(row[column]) for row in rows), default=0) for column in range(len(right))]
    return ["".join(_cells(row, widths, right, gaps)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int], right: Sequence[bool], gaps: Sequence[int]) -> list[str]:
    cells = []
    for text, width, to_the_right, gap in zip(row, widths, right, gaps, strict=True):
        if not width:
            continue
        space = " " * (width - cell_len(text))
        cells.append(" " * gap + (space + text if to_the_right else text + space))
    return cells
