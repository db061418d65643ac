"""Figures that stand together and fit, though no words say so, where chance can hardly be the reason."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.money import ZERO
from grantcalc.papers.sentences.readings import NEARBY, Sureness, reading
from grantcalc.papers.sentences.wording import leaves, takes_off, total_follows, total_precedes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

Trial: TypeAlias = "tuple[Term, list[tuple[Term, int]]]"
"""A term as a total, and the signed terms to try as its parts."""

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
    told = [(term, clause.following(n)) for n, term in enumerate(clause.terms) if term.figure not in parts]
    tries = 0
    for length in range(3, min(_LONGEST, len(told)) + 1):
        tries += 2 * (len(told) + 1 - length)
        for start in range(len(told) + 1 - length):
            run = told[start : start + length]
            fit = next((trial for trial in _trials([term for term, _ in run]) if _fits(trial)), None)
            if fit:
                yield reading(*fit, _sureness(run), NEARBY, tries=tries)


def _trials(run: Sequence[Term]) -> Iterator[Trial]:
    """The ways to read a run: a total and its parts, parts and their total, with some parts taken off."""
    if len({term.figure.value for term in run}) == 1:
        return
    total_first = run[0], [(term, 1) for term in run[1:]]
    if _fits(total_first) and not any(leaves(t.before) or takes_off(t.before) for t in run[1:]):
        yield total_first
    signs = product((1, -1), repeat=len(run) - 2) if len(run) <= _MIXED else [(1,) * (len(run) - 2)]
    for chosen in signs:
        yield run[-1], list(zip(run[:-1], (1, *chosen), strict=True))
    yield total_first


def _fits(trial: Trial) -> bool:
    """Whether the parts make the total, rounding allowed for."""
    total, parts = trial
    gap = total.figure.value
    for term, sign in parts:
        gap -= term.figure.value * term.times * sign
    if not gap:
        return True
    units = total.figure.unit or ZERO
    for term, _ in parts:
        units += (term.figure.unit or ZERO) * term.times
    return 2 * abs(gap) <= units


def _sureness(run: Sequence[tuple[Term, str]]) -> Sureness:
    """Hinted at where the words of the first or last figure speak of a total or of what is left."""
    words = any(
        total_follows(term.before) or leaves(term.before) or total_precedes(after) for term, after in (run[0], run[-1])
    )
    taken = any(takes_off(term.before) for term, _ in run[1:])
    return Sureness.HINTED if words or taken else Sureness.NEARBY
