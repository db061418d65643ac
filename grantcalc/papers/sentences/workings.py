"""Workings before an amount: "two vans at £9,000 each: £18,000" states £18,000, and how it was worked out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.readings import Sureness, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

_MAKES: Final = re.compile(r"[^\n.;,:=]{0,40}[:=–—-][ \t]*\Z")


def workings(clause: Clause) -> Iterator[Reading]:
    """Amounts that count several times, with what they make after a colon or a sign."""
    for number, term in enumerate(clause.terms):
        if is_working(clause, number):
            yield reading(clause.terms[number + 1], [(term, 1)], Sureness.LIKELY, "product")


def is_working(clause: Clause, number: int) -> bool:
    """Whether a figure only tells how the one after it was worked out."""
    term = clause.terms[number]
    last = number + 1 == len(clause.terms)
    return not last and term.times != 1 and bool(_MAKES.fullmatch(clause.terms[number + 1].before))


def with_results_only(clause: Clause, start: int) -> list[Term]:
    """The figures of a clause from a start on, without workings; each result has the words before its workings."""
    kept: list[Term] = []
    before = None
    for number in range(start, len(clause.terms)):
        term = clause.terms[number]
        if is_working(clause, number):
            before = term.before
            continue
        kept.append(term if before is None else replace(term, before=before))
        before = None
    return kept
