"""What is left of two figures: "an underspend of £1.2m", "leaving a balance of £900"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import LONGEST_GAP, is_left, lists, results, stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

_BACK: Final = 4
"""How many figures before the second one are tried as the first."""


def differences(clause: Clause) -> Iterator[Reading]:
    """Figures that are called what is left of two before them."""
    for number, term in enumerate(clause.terms):
        if number > 1 and is_left(term.before) and len(term.before) <= LONGEST_GAP:
            yield from _left(clause.terms, number)


def _left(terms: Sequence[Term], number: int) -> Iterator[Reading]:
    """The difference between the last figure and the nearest before it that fits; else the two last ones."""
    left, second = terms[number], terms[number - 1]
    told = results(left.before) and lists(second.before)
    sure = Sureness.LIKELY if told else Sureness.SUGGESTED
    earlier = [t for t in reversed(terms[max(0, number - 1 - _BACK) : number - 1]) if t.times == 1]
    tried = [r for first in earlier for r in _both_ways(first, second, left, sure, len(earlier))]
    holding = [r for r in tried if r.holds]
    near = [r for r in tried[:2] if r.stands and not stops(left.before)]
    yield from (holding or near)[:1]


def _both_ways(first: Term, second: Term, left: Term, sure: Sureness, tries: int) -> Iterator[Reading]:
    """The first figure less the second, as a budget less what was spent, and the other way round."""
    for larger, smaller in ((first, second), (second, first)):
        yield reading(left, [(larger, 1), (smaller, -1)], sure, "words", tries=tries)
