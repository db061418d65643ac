"""Amounts and the payments they are paid in: "The grant of £8,000 is paid quarterly: four payments of £2,000"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.multiples import counts_payments
from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.sentences.wording import LONGEST_GAP, completes_parts, lists, stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.sentences.passages import Clause, Term
    from grantcalc.papers.sentences.readings import Reading

_PAID: Final = re.compile(r"\b(?:paid|payable)\b", re.IGNORECASE)
_IT_IS_PAID: Final = re.compile(
    r"[^.;]{0,60}\.\s+(?:It|This|The (?:grant|award))\s+(?:is|will be|shall be|is to be)\s+(?:paid|payable)\b"
)
_ONE: Final = re.compile(r"\b(?:an?|one|the) (?:[a-z]+ ){0,2}(?:payment|instal?ment) of\s*\Z", re.IGNORECASE)
_EQUAL: Final = re.compile(r"\bequal\b", re.IGNORECASE)
_NOT_ALL: Final = re.compile(
    r"\b(?:first|second|third|each|every|per|an?) (?:financial )?(?:year|annum)\b|\byear (?:one|two|three|[1-9])\b"
    r"|\b20[0-9]{2}\b|\b(?:retention|retained|withheld|held back|up[- ]front|in advance|final|initial|last)\b",
    re.IGNORECASE,
)


def paid_in(clause: Clause) -> Iterator[Reading]:
    """Amounts that words say are paid in the payments that follow them, all in one sentence."""
    for number, term in enumerate(clause.terms):
        if number + 1 < len(clause.terms) and _is_paid(clause.following(number)):
            yield from _in_payments(clause, term, number + 1)


def is_paid_in(words: str) -> bool:
    """Whether words between two amounts say that the first is paid in so many payments of the second."""
    return _is_paid(words) and counts_payments(words)


def is_payment(term: Term) -> bool:
    """Whether words call an amount a payment: "four payments of", "a final payment of"."""
    return counts_payments(term.before) or bool(_ONE.search(term.before))


def _sureness(parts: Sequence[Term], after: str) -> Sureness:
    """How surely these are all payments: equal ones are, those of one year or before a balance may not be."""
    if completes_parts(after) or (len(parts) == 1 and (_NOT_ALL.search(after) or _NOT_ALL.search(parts[0].before))):
        return Sureness.HINTED
    return Sureness.STATED if len(parts) == 1 and _EQUAL.search(parts[0].before) else Sureness.LIKELY


def _is_paid(words: str) -> bool:
    """Whether words say that the amount before them is paid as follows."""
    if len(words) > LONGEST_GAP:
        return False
    again = _IT_IS_PAID.match(words)
    rest = words[again.end() :] if again else words
    return not stops(rest) and bool(again or _PAID.search(rest))


def _in_payments(clause: Clause, total: Term, start: int) -> Iterator[Reading]:
    """The payments from a term on; if another amount follows in the sentence, they may not be all."""
    end = start
    while (
        end < len(clause.terms) and is_payment(clause.terms[end]) and (end == start or lists(clause.terms[end].before))
    ):
        end += 1
    parts = clause.terms[start:end]
    if any(part.times > 1 for part in parts):
        more = end < len(clause.terms) and not stops(clause.terms[end].before)
        sure = Sureness.HINTED if more else _sureness(parts, clause.following(end - 1))
        yield reading(total, [(part, 1) for part in parts], sure, "product")
