"""Sums between running text and tables: an award that the grand totals of two tables make."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.passages import Term
from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.readings import Reading
    from grantcalc.sums import Sum

_LONGEST: Final = 6
"""Runs of more figures than this are not tried."""

_MOST: Final = 2_000
"""Papers with more runs of figures than this, over all tables, are not searched."""


def across(terms: Sequence[Term], table_sums: Sequence[Sum]) -> Iterator[Reading]:
    """Figures of the running text that figures of tables make.

    Args:
        terms: the figures of the running text.
        table_sums: the sums of the tables.
    """
    runs = [*_ends(table_sums), *_rows(table_sums)]
    told = list({term.figure.value: term for term in reversed(terms)}.values())
    if len(runs) > _MOST:
        return
    values: dict[object, list[list[Figure]]] = defaultdict(list)
    for run in runs:
        values[sum(figure.value for figure in run)].append(run)
    for term in reversed(told):
        for run in values.get(term.figure.value, ())[:1]:
            parts = [(Term(figure, ""), 1) for figure in run]
            yield reading(term, parts, Sureness.NEARBY, "across", tries=len(runs))


def _ends(table_sums: Sequence[Sum]) -> Iterator[list[Figure]]:
    """The totals that are no part of another sum, all of them together and each with the next."""
    sums = [s for s in table_sums if len(s.parts) > 1]
    parts = {part.figure for s in sums for part in s.parts}
    ends = [figure for figure in dict.fromkeys(s.total for s in sums) if figure not in parts]
    if 1 < len(ends) <= _LONGEST:
        yield ends
    if len(ends) > 2:  # noqa: PLR2004  (two have been tried)
        yield from map(list, pairwise(ends))


def _rows(table_sums: Sequence[Sum]) -> Iterator[list[Figure]]:
    """Every run of two or more figures next to each other in a row of a table."""
    rows: dict[tuple[int | None, ...], set[Figure]] = defaultdict(set)
    for figure in dict.fromkeys(figure for s in table_sums for figure in s.figures):
        if isinstance(figure.at, Where):
            rows[figure.at.line, figure.at.table, figure.at.row].add(figure)
    for row in rows.values():
        figures = sorted(row, key=_column)
        for start in range(len(figures)):
            for end in range(start + 2, min(len(figures), start + _LONGEST) + 1):
                yield figures[start:end]


def _column(figure: Figure) -> int:
    """Where a figure stands within its row."""
    at = figure.at
    return (at.column or at.table_column or 0) if isinstance(at, Where) else 0
