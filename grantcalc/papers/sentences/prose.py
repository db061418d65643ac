"""Sums that sentences and lists state, found by their words and, where these are weak, by their figures."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from grantcalc.papers.sentences.accumulations import accumulations
from grantcalc.papers.sentences.across import across
from grantcalc.papers.sentences.alike import named_alike, sharing_a_word
from grantcalc.papers.sentences.balances import balances
from grantcalc.papers.sentences.blocks import blocks
from grantcalc.papers.sentences.breakdowns import breakdowns
from grantcalc.papers.sentences.chains import chains
from grantcalc.papers.sentences.changes import changes
from grantcalc.papers.sentences.choice import chosen, without_rivals
from grantcalc.papers.sentences.differences import differences
from grantcalc.papers.sentences.itemised import itemised
from grantcalc.papers.sentences.leftovers import Used, fitting
from grantcalc.papers.sentences.nearby import nearby
from grantcalc.papers.sentences.paid_in import paid_in
from grantcalc.papers.sentences.passages import clauses, read_clause
from grantcalc.papers.sentences.workings import over_years, workings
from grantcalc.source import Where
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.papers.sentences.readings import Reading
    from grantcalc.sums import Sum

_BY_WORDS = (changes, chains, workings, over_years, breakdowns, accumulations, differences, paid_in)


def prose_sums(paper: Paper, table_sums: Sequence[Sum] = ()) -> tuple[Sum, ...]:
    """The sums that the running text of a paper states, and those between text and tables.

    A sum that fails is among them only where the words leave no doubt that one is meant; one that holds also
    where the words merely allow it, or the figures fit too well for chance.

    Args:
        paper: the paper.
        table_sums: the sums of its tables.
    """
    return sums_of(running_text(paper), paper, table_sums)


def running_text(paper: Paper) -> tuple[Clause, ...]:
    """The running text of a paper, read stretch by stretch."""
    return tuple(read_clause(block.text, block.found) for block in blocks(paper))


def sums_of(text: Sequence[Clause], paper: Paper, table_sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """The sums of running text that has been read; the paper is asked for its tables only."""
    told = [a_sum for clause in text for a_sum in clause_sums(clause)]
    terms = [term for clause in text for term in clause.terms]
    apart = (
        *named_alike(terms),
        *sharing_a_word(text),
        *across(terms, table_sums),
        *itemised(paper.tables, paper.habits),
    )
    told = _with_balances(told, text, paper, table_sums)
    further = [reading.claim for reading in chosen(apart, told)]
    return (*told, *further, *_of_what_is_left(text, paper, (*table_sums, *told, *further)))


def _with_balances(told: Sequence[Sum], text: Sequence[Clause], paper: Paper, table_sums: Sequence[Sum]) -> list[Sum]:
    """The sums of running text and the running balances, which go before other sums that fail."""
    holding = [a_sum for a_sum in told if verdict(a_sum) is not Verdict.MISMATCH]
    left = [reading.claim for reading in chosen(balances(text, paper.tables), (*table_sums, *holding))]
    return [*without_rivals(told, left), *left]


def _of_what_is_left(text: Sequence[Clause], paper: Paper, sums: Sequence[Sum]) -> list[Sum]:
    """Sums among figures that no other sum uses: within a stretch of text, and over the whole paper."""
    rows = [row for table in paper.tables for row in table.rows]
    cells = [found.figure for row in rows for cell in row.cells for found in cell.found if found.is_amount]
    told = [[term.figure for clause in clauses(whole) for term in clause.terms] for whole in text]
    used = Used.by(sums)
    readings = [r for figures in told for r in fitting(used.left_over(figures), total_first=True)]
    readings.extend(fitting(used.left_over([*cells, *chain.from_iterable(told)])))
    return [reading.claim for reading in chosen(readings)]


def clause_sums(whole: Clause) -> tuple[Sum, ...]:
    """The sums that a stretch of running text states, in the order of their totals."""
    read = list(clauses(whole))
    told = [reading for clause in read for reading in _told(clause)]
    parts = {part.figure for reading in told for part in reading.claim.parts}
    taken = parts - {reading.claim.total for reading in told}
    near = [reading for clause in read for reading in nearby(clause, taken)]
    return tuple(sorted((reading.claim for reading in chosen([*told, *near])), key=_place))


def _told(clause: Clause) -> list[Reading]:
    """The sums that the words of a clause tell."""
    return chosen([reading for find in _BY_WORDS for reading in find(clause)])


def _place(a_sum: Sum) -> tuple[int, ...]:
    """Where the total of a sum stands."""
    at = a_sum.total.at
    return at.rank if isinstance(at, Where) else ()
