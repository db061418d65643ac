"""Runs: tables in running text, with one cell a line, or run together on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.numerals import Habits
    from grantcalc.papers.paper import Paragraph, Table


def tables_in(paragraphs: Sequence[Paragraph], habits: Habits) -> tuple[list[Table], list[Paragraph]]:
    """Split paragraphs into the tables that they are and those that remain running text."""
    return [], list(paragraphs)
