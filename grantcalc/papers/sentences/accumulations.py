"""Parts and then their total: "£4,000 and £2,500, a total of £6,500", "six payments of £500 make £3,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import (
    LONGEST_GAP,
    is_only_total,
    lists,
    stops,
    takes_off,
    total_follows,
    total_precedes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading


def accumulations(clause: Clause) -> Iterator[Reading]:
    """Totals of a clause that words set after their parts."""
    for number, term in enumerate(clause.terms):
        led = total_follows(term.before) or is_only_total(term.before)
        if not number or not (led or total_precedes(clause.following(number))):
            continue
        if (stops(term.before) and not is_only_total(term.before)) or len(term.before) > LONGEST_GAP:
            continue
        yield from _totalled(term, _run_before(clause.terms, number), Sureness.LIKELY if led else Sureness.SUGGESTED)


def _run_before(terms: Sequence[Term], number: int) -> list[Term]:
    """The figures that stand in one list up to the one before a total."""
    start = number - 1
    while start and lists(terms[start].before):
        start -= 1
    return list(terms[start:number])


def _totalled(total: Term, parts: Sequence[Term], sure: Sureness) -> Iterator[Reading]:
    """The longest list of parts up to a total that makes it; the whole list where none does."""
    if len(parts) == 1 and parts[0].times == 1:
        return
    shortest = next((n for n in (1, 2) if n > 1 or parts[-1].times != 1), 2)
    for kept in range(len(parts), shortest - 1, -1):
        shorter = _summed(total, parts[-kept:], sure, tries=len(parts) + 1 - kept)
        if shorter.holds:
            yield shorter
            return
    yield _summed(total, parts, sure)


def _summed(total: Term, parts: Sequence[Term], sure: Sureness, tries: int = 1) -> Reading:
    """A total and the parts listed before it; "less" takes a part off."""
    signed = [(term, -1 if number and takes_off(term.before) else 1) for number, term in enumerate(parts)]
    return reading(total, signed, sure, "words", tries=tries)
