"""Sums that sentences and lists state, found by their words and, where these are weak, by their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.accumulations import accumulations
from grantcalc.papers.across import across
from grantcalc.papers.alike import named_alike, sharing_a_word
from grantcalc.papers.blocks import blocks
from grantcalc.papers.breakdowns import breakdowns
from grantcalc.papers.chains import chains
from grantcalc.papers.changes import changes
from grantcalc.papers.differences import differences
from grantcalc.papers.itemised import itemised
from grantcalc.papers.leftovers import fitting, left_over
from grantcalc.papers.nearby import nearby
from grantcalc.papers.passages import clauses, read_clause
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.papers.blocks import Block
    from grantcalc.papers.figures import Found
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.passages import Clause
    from grantcalc.papers.readings import Reading
    from grantcalc.sums import Sum

_BY_WORDS = (changes, chains, breakdowns, accumulations, differences)


def prose_sums(paper: Paper, table_sums: Sequence[Sum] = ()) -> tuple[Sum, ...]:
    """The sums that the running text of a paper states, and those between text and tables.

    A sum that fails is among them only where the words leave no doubt that one is meant; one that holds also
    where the words merely allow it, or the figures fit too well for chance.

    Args:
        paper: the paper.
        table_sums: the sums of its tables.
    """
    return sums_of(tuple(blocks(paper)), paper, table_sums)


def sums_of(read: Sequence[Block], paper: Paper, table_sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """The sums of running text that has been found in a paper; the paper is read for its tables."""
    told = [a_sum for block in read for a_sum in passage_sums(block.text, block.found)]
    text = [read_clause(block.text, block.found) for block in read]
    terms = [term for clause in text for term in clause.terms]
    apart = (
        *named_alike(terms),
        *sharing_a_word(text),
        *across(terms, table_sums),
        *itemised(paper.tables, paper.habits),
    )
    further = [r.claim for r in _chosen(apart) if not any(_rival(r.claim, other) for other in told)]
    return (*told, *further, *_of_what_is_left(paper, read, (*table_sums, *told, *further)))


def _of_what_is_left(paper: Paper, read: Sequence[Block], sums: Sequence[Sum]) -> list[Sum]:
    """Sums among figures that no other sum uses: within a stretch of text, and over the whole paper."""
    rows = [row for table in paper.tables for row in table.rows]
    cells = [found.figure for row in rows for cell in row.cells for found in cell.found if found.is_amount]
    told = [[found.figure for found in block.found] for block in read]
    readings = [r for figures in told for r in fitting(left_over(figures, sums), total_first=True)]
    readings.extend(fitting(left_over([*cells, *(figure for figures in told for figure in figures)], sums)))
    return [reading.claim for reading in _chosen(readings)]


def passage_sums(text: str, found: Sequence[Found]) -> tuple[Sum, ...]:
    """The sums that a stretch of running text states.

    Args:
        text: a paragraph, or a list with the line that introduces it.
        found: the amounts in it, in order.
    """
    read = list(clauses(read_clause(text, found)))
    told = [reading for clause in read for reading in _told(clause)]
    parts = {part.figure for reading in told for part in reading.claim.parts}
    taken = parts - {reading.claim.total for reading in told}
    near = [reading for clause in read for reading in nearby(clause, taken)]
    return tuple(sorted((reading.claim for reading in _chosen([*told, *near])), key=_place))


def _told(clause: Clause) -> list[Reading]:
    """The sums that the words of a clause tell."""
    return _chosen([reading for find in _BY_WORDS for reading in find(clause)])


def _chosen(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that stand; of two that speak of the same figures, the better one."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=_rank):
        if reading.stands and not any(_rival(reading.claim, other.claim) for other in kept):
            kept.append(reading)
    return kept


def _rank(reading: Reading) -> tuple[bool, int, int]:
    """Readings that hold first, then those that are surer, then those of more figures."""
    return not reading.holds, -reading.sure, -len(reading.claim.parts)


def _rival(one: Sum, other: Sum) -> bool:
    """Whether two sums cannot both be meant, since they use the same figures for one purpose."""
    shared = set(one.figures) & set(other.figures)
    parts = {part.figure for part in one.parts} & {part.figure for part in other.parts}
    return len(shared) > 1 and (one.total == other.total or len(parts) > 0)


def _place(a_sum: Sum) -> tuple[int, int]:
    """Where the total of a sum stands."""
    at = a_sum.total.at
    return (at.line or 0, at.column or 0) if isinstance(at, Where) else (0, 0)
