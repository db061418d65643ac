"""Workings before an amount: "two vans at £9,000 each: £18,000" states £18,000, and how it was worked out.

So does "£9,000 a year, or £45,000 over five years".
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.multiples import how_long
from grantcalc.papers.sentences.readings import Sureness, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

_IN_A_YEAR: Final = {"year": 1, "annum": 1, "quarter": 4, "month": 12}
_EACH_PERIOD: Final = re.compile(
    r"\s*(?:a|per|each|every)\s+(?P<unit>year|annum|quarter|month)\b[\s,;:=–—-]*"
    r"(?:(?:or|making|totalling|that is|i\.e\.)[\s,]*)?(?:(?:in total|a total of)\s*)?",
    re.IGNORECASE,
)
_MAKES: Final = re.compile(r"[^\n.;,:=]{0,40}[:=–—-][ \t]*\Z")


def workings(clause: Clause) -> Iterator[Reading]:
    """Amounts that count several times, with what they make after a colon or a sign."""
    for number, term in enumerate(clause.terms):
        if is_working(clause, number):
            yield reading(clause.terms[number + 1], [(term, 1)], Sureness.LIKELY, "product")


def over_years(clause: Clause) -> Iterator[Reading]:
    """An amount a year or a month, and what it comes to over so many of them."""
    for number, (term, total) in enumerate(pairwise(clause.terms), start=1):
        each = _EACH_PERIOD.fullmatch(total.before)
        over = how_long(clause.following(number)) if each else None
        if each and over and term.times == total.times == 1:
            count, unit = over
            in_one = _IN_A_YEAR[each["unit"].casefold()] if unit == "year" else 1
            if unit in ("year", each["unit"].casefold()):
                yield reading(total, [(replace(term, times=count * in_one), 1)], Sureness.SUGGESTED, "product")


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
