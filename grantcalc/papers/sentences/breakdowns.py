"""A total and then its parts: "£2m, comprising …", "£2m (£1.5m capital, …)", a line and its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.sentences.paid_in import is_paid_in
from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import (
    LONGEST_GAP,
    announces,
    begins_item,
    completes_parts,
    goes_into,
    lists,
    may_open_parts,
    opens_parts,
    opens_some_parts,
    shares_out,
    shares_out_last,
    stops,
    takes_off,
)
from grantcalc.papers.sentences.workings import with_results_only
from grantcalc.papers.tables.words import Role, role_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading


def breakdowns(clause: Clause) -> Iterator[Reading]:
    """Totals of a clause whose parts follow them, in brackets or after words that announce them."""
    for number, term in enumerate(clause.terms):
        for aside in term.asides:
            yield from _in_brackets(term, aside)
        yield from _announced(clause, number)


def _in_brackets(total: Term, aside: Clause) -> Iterator[Reading]:
    """The figures in brackets after a figure, as its parts."""
    first = aside.terms[0]
    parts = _run(aside.terms, 0)
    if len(parts) == 1:
        yield from _single(total, first)
        return
    if opens_some_parts(first.before) and not any(completes_parts(t.before) for t in parts):
        sure = Sureness.HINTED
    elif opens_parts(first.before):
        sure = Sureness.STATED
    else:
        sure = Sureness.LIKELY if len(parts) == len(aside.terms) else Sureness.HINTED
    yield _summed(total, parts, sure)


def _single(total: Term, only: Term) -> Iterator[Reading]:
    """One figure in brackets: a rate that counts several times, what one makes, the same digits in another unit."""
    if only.times != 1:
        yield reading(total, [(only, 1)], Sureness.STATED if _on_one_line(total, only) else Sureness.LIKELY, "product")
    elif len(only.asides) == 1 and len(only.asides[0].terms) == 1:
        yield reading(total, [(only, 1), (only.asides[0].terms[0], -1)], Sureness.SUGGESTED, "words")
    elif total.times != 1:
        yield reading(only, [(total, 1)], Sureness.LIKELY, "product")
    elif _same_digits(total.figure.text, only.figure.text) and total.figure.value != only.figure.value:
        yield reading(total, [(only, 1)], Sureness.STATED, "words")


def _on_one_line(one: Term, other: Term) -> bool:
    """Whether two figures stand on the same line; a bracket on the next one may speak of what is named there."""
    places = [term.figure.at for term in (one, other)]
    return len({at.line for at in places if isinstance(at, Where)}) < 2  # noqa: PLR2004  (a pair)


def _same_digits(one: str, other: str) -> bool:
    """Whether two printed amounts have the same digits, so that only their units differ."""
    digits = [[character for character in text if character.isdigit()] for text in (one, other)]
    return digits[0] == digits[1]


def _announced(clause: Clause, number: int) -> Iterator[Reading]:
    """The parts that follow a total after words such as "comprising", or after a colon."""
    words = clause.following(number)
    apart = stops(words) and not shares_out_last(words)
    if number + 1 >= len(clause.terms) or apart or len(words) > 2 * LONGEST_GAP:
        return
    yield from _in_equal_parts(clause.terms[number], clause.terms[number + 1])
    if not (opens_parts(words) or may_open_parts(words) or shares_out(clause.terms[number].before)):
        return
    parts = _run(with_results_only(clause, number + 1), 0)
    if len(parts) > 1:
        yield _longest(clause.terms[number], parts, _sureness(clause, number, parts))


def _in_equal_parts(total: Term, part: Term) -> Iterator[Reading]:
    """A total that is one amount several times: "£18,000 in three instalments of £6,000"."""
    if part.times != 1 and not is_paid_in(part.before) and (opens_parts(part.before) or goes_into(part.before)):
        yield reading(total, [(part, 1)], Sureness.LIKELY, "product")


def _longest(total: Term, parts: Sequence[Term], sure: Sureness) -> Reading:
    """The longest list of parts that makes a total; the whole list where none does."""
    for kept in range(len(parts), 1, -1):
        shorter = _summed(total, parts[:kept], sure, tries=len(parts) + 1 - kept)
        if shorter.holds:
            return shorter
    return _summed(total, parts, sure)


def _sureness(clause: Clause, number: int, parts: Sequence[Term]) -> Sureness:
    """How surely the figures that follow a total are all of its parts."""
    words = clause.following(number)
    total = clause.terms[number].before
    if begins_item(total) and begins_item(words) and Role.TOTAL not in role_of(total):
        return Sureness.HINTED  # "• Outreach: £612,000 • Mentoring: £438,500": one list, with a colon in each item
    if shares_out_last(words) and announces(words):
        return Sureness.LIKELY
    if opens_some_parts(words) or shares_out(total):
        return Sureness.STATED if completes_parts(parts[-1].before) else Sureness.HINTED
    if opens_parts(words):
        return Sureness.STATED
    items = sum("\n" in term.before for term in parts)
    itemised = items > 1 and 2 * items > len(parts)
    listed = announces(words) and stops(clause.following(number + len(parts)))
    return Sureness.LIKELY if itemised or listed else Sureness.SUGGESTED


def _run(terms: Sequence[Term], start: int) -> list[Term]:
    """The figures from a start on that stand in one list."""
    end = start + 1
    while end < len(terms) and lists(terms[end].before):
        end += 1
    return list(terms[start:end])


def _summed(total: Term, parts: Sequence[Term], sure: Sureness, tries: int = 1) -> Reading:
    """A total and the parts listed after it; "less" takes a part off."""
    signed = [(term, -1 if number and takes_off(term.before) else 1) for number, term in enumerate(parts)]
    return reading(total, signed, sure, "words", tries=tries)
