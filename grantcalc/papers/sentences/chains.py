"""Figures joined by "plus" and "less", and the figure that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import (
    adds,
    is_dash,
    leaves,
    lists,
    opens_parts,
    stops,
    takes_off,
    total_follows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading


def chains(clause: Clause) -> Iterator[Reading]:
    """Every run of figures that words or signs join, with the figure before or after it that it makes."""
    start = 0
    while start < len(clause.terms) - 1:
        end = _end_of_chain(clause.terms, start)
        if end > start:
            yield from _results(clause.terms, start, end)
        start = max(end, start + 1)


def _sign(words: str) -> int:
    """1 or -1 where words join the figure after them to the one before by adding or taking off, else 0."""
    if stops(words) or total_follows(words) or opens_parts(words):
        return 0
    if takes_off(words) or is_dash(words):
        return -1
    return 1 if adds(words) else 0


def _end_of_chain(terms: Sequence[Term], start: int) -> int:
    """The number of the last figure that is joined to those before it, from a start on."""
    end = start
    while end + 1 < len(terms) and _sign(terms[end + 1].before):
        end += 1
    return end


def _results(terms: Sequence[Term], start: int, end: int) -> Iterator[Reading]:
    """The sums that a chain makes: with the figure after it, or with the one before."""
    parts = [(terms[start], 1), *((term, _sign(term.before)) for term in terms[start + 1 : end + 1])]
    if end + 1 < len(terms):
        yield from _made(terms, end + 1, parts)
    if start and _states_before(terms[start].before):
        yield reading(terms[start - 1], parts, Sureness.STATED, "words")


def _made(terms: Sequence[Term], number: int, parts: list[tuple[Term, int]]) -> Iterator[Reading]:
    """The figure after a chain as its result, which may be given in two: "leaving £3m here, £1m there"."""
    result = terms[number]
    stopped = stops(result.before)
    if not leaves(result.before) and (stopped or not total_follows(result.before)):
        if not stopped and not is_dash(terms[number - 1].before):
            yield reading(result, parts, Sureness.SUGGESTED, "words")
        return
    split = number
    while leaves(result.before) and split + 1 < len(terms) and lists(terms[split + 1].before):
        split += 1
    single = reading(result, parts, Sureness.LIKELY if stopped else Sureness.STATED, "words")
    if split == number or single.holds:
        yield single
        return
    others = [*parts, *((term, -1) for term in terms[number:split])]
    yield reading(terms[split], others, Sureness.LIKELY, "words")


def _states_before(words: str) -> bool:
    """Whether words say that the figure before them is what the chain after them makes."""
    return opens_parts(words) or words.strip().endswith(("=", "being", "namely"))
