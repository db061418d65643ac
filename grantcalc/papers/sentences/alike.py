"""Totals and parts that are named alike, however far apart: "Total costs: …" and then "Costs: …" twice."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.passages import clauses
from grantcalc.papers.sentences.readings import NEARBY, Sureness, reading
from grantcalc.papers.sentences.wording import naming, telling_words
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

_TOTAL: Final = re.compile(r"\b(?:(?:grand |overall |sub-?)?total(?: of)?|overall)\b")
_BESIDE: Final = 4
_FEWEST: Final = 3
_FEW: Final = 6
_MOST: Final = 60
"""More parts than this are a series, not a breakdown."""


def named_alike(terms: Sequence[Term]) -> Iterator[Reading]:
    """Sums of the figures named "X" where another is named "Total X".

    Args:
        terms: the figures of a whole paper, in order.
    """
    names = [naming(term.before).casefold().rstrip("s") for term in terms]
    for name in dict.fromkeys(names):
        item = _TOTAL.sub(" ", name).strip(" :")
        if item and item != name:
            told = [(term, other == name) for term, other in zip(terms, names, strict=True) if other in (name, item)]
            yield from _sums(told)


def sharing_a_word(read: Iterable[Clause]) -> Iterator[Reading]:
    """Sums of figures that stand beside one word, such as "revenue", the largest of which the others make.

    Args:
        read: the running text of a paper.
    """
    beside: dict[str, dict[Figure, Term]] = defaultdict(dict)
    for whole in read:
        for clause in clauses(whole):
            for number, term in enumerate(clause.terms):
                for word in _words_beside(term.before, clause.following(number)):
                    beside[word][term.figure] = term
    groups = [list(terms.values()) for terms in beside.values() if _FEWEST <= len(terms) <= _FEW]
    for terms in groups:
        total = max(terms, key=lambda term: term.figure.value)
        parts = [(term, 1) for term in terms if term is not total]
        yield reading(total, parts, Sureness.NEARBY, NEARBY, tries=len(groups))


def _words_beside(before: str, after: str) -> frozenset[str]:
    """The telling words of the few before a figure and the few after it."""
    return telling_words(" ".join([*before.split()[-_BESIDE:], *after.split()[:_BESIDE]]))


def _sums(told: Sequence[tuple[Term, bool]]) -> Iterator[Reading]:
    """Each total with the parts after it, up to the next total; or with all before it, where none follow."""
    total_last = told[-1][1]
    total: Term | None = None
    parts: list[tuple[Term, int]] = []
    for term, is_total in reversed(told) if total_last else told:
        if is_total:
            yield from _sum(total, parts)
            total, parts = term, []
        else:
            parts.append((term, 1))
    yield from _sum(total, parts)


def _sum(total: Term | None, parts: Sequence[tuple[Term, int]]) -> Iterator[Reading]:
    """A total and its parts, if there are some but not too many."""
    if total is not None and 1 < len(parts) <= _MOST:
        yield reading(total, sorted(parts, key=_place), Sureness.LIKELY, "words")


def _place(part: tuple[Term, int]) -> tuple[int, ...]:
    at = part[0].figure.at
    return at.rank if isinstance(at, Where) else ()
