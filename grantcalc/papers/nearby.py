"""Figures that stand together and fit, though no words say so, where chance can hardly be the reason."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readings import NEARBY, Sureness, reading
from grantcalc.papers.wording import leaves, takes_off, total_follows, total_precedes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.passages import Clause, Term
    from grantcalc.papers.readings import Reading

_LONGEST: Final = 10
"""Runs of more figures than this are not tried."""

_MIXED: Final = 4
"""Runs of more figures than this are tried with all parts added only."""


def nearby(clause: Clause, taken: Iterable[Figure]) -> Iterator[Reading]:
    """Runs of figures of which the first or the last is what the others make.

    Args:
        clause: the clause to search.
        taken: figures that are known as parts of a sum: they take no part in another.
    """
    parts = frozenset(taken)
    terms = [term for term in clause.terms if term.figure not in parts]
    tries = 0
    for length in range(3, min(_LONGEST, len(terms)) + 1):
        tries += 2 * (len(terms) + 1 - length)
        for start in range(len(terms) + 1 - length):
            yield from _fits(clause, terms[start : start + length], tries=tries)


def _fits(clause: Clause, run: Sequence[Term], tries: int) -> Iterator[Reading]:
    """The readings of a run of figures under which it holds."""
    if len({term.figure.value for term in run}) == 1:
        return
    words = _sureness(clause, run)
    fits = [r for r in _candidates(run, words, tries=tries) if r.holds]
    yield from fits[:1]


def _candidates(run: Sequence[Term], sure: Sureness, tries: int) -> Iterator[Reading]:
    """The ways to read a run: a total and its parts, parts and their total, with some parts taken off."""
    total_first = reading(run[0], [(t, 1) for t in run[1:]], sure, NEARBY, tries=tries)
    if not any(
        leaves(words) or takes_off(words) for words in (run[-1].before, *(t.before for t in run[1:-1]))
    ):
        yield total_first
    signs = product((1, -1), repeat=len(run) - 2) if len(run) <= _MIXED else [(1,) * (len(run) - 2)]
    for chosen in signs:
        parts = zip(run[:-1], (1, *chosen), strict=True)
        yield reading(run[-1], parts, sure, NEARBY, tries=tries)
    yield total_first


def _sureness(clause: Clause, run: Sequence[Term]) -> Sureness:
    """Hinted at where the words of the first or last figure speak of a total or of what is left."""
    ends = (clause.terms.index(run[0]), clause.terms.index(run[-1]))
    words = any(
        total_follows(clause.terms[n].before)
        or leaves(clause.terms[n].before)
        or total_precedes(clause.following(n))
        for n in ends
    )
    taken = any(takes_off(term.before) for term in run[1:])
    return Sureness.HINTED if words or taken else Sureness.NEARBY
