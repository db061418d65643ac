"""Amounts with a name: "the award of £8,000" here and "an award of £8,900" there speak of one award."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.keyboard import differ_by_a_digit
from grantcalc.papers.recipients import are_others, recipients
from grantcalc.papers.sentences.wording import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.recipients import Recipients
    from grantcalc.papers.sentences.passages import Clause

_NAMED: Final = re.compile(
    r"\b(?P<article>the|an?|this|our)\s+(?P<kind>(?:(?!the\b|an?\b|this\b|our\b)[a-z'’-]+\s+){0,3}?)"
    r"(?P<noun>award|grant|allocation|contract (?:sum|value|price)|total (?:cost|sum|budget|funding|value)|maximum sum)"
    r"\s+(?:of|is|was|will be)\s+(?:up to\s+)?\Z",
    re.IGNORECASE,
)
_SAYS_NOTHING: Final = frozenset(["full", "whole", "total", "said", "proposed", "offered", "accepted", "recommended"])
_DIFFERENT: Final = re.compile(
    r"\b(?:previous|prior|earlier|last|next|original|initial|first|second|third|fourth|revised|amended|new|old|former"
    r"|another|other|each|every|further|additional|extra|supplement\w*|uplift\w*|variation\w*|var(?:y|ied)|increas\w+"
    r"|reduc\w+|decreas\w+|rais\w+|cut|instead|rather|replac\w+|supersed\w+|correct\w+|chang\w+|compar\w+|against"
    r"|not|would|could|minimum|balance|underspen\w+|of which|includ\w+|part of|split|year (?:one|two|three|[0-9])"
    r"|per|annual|annum|estimate\w*|bid|requested|applied|asked)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS: Final = re.compile(r"[.!?]\s+(?=[A-Z•])|\n\s*\n|\n•|\n#")
_FOR: Final = re.compile(r"\s*(?:to|for|from|towards|at)\s+([^.,;:(\n]{1,60})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]+")
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount that a sentence names.

    Attributes:
        figure: the amount.
        noun: what it is called: "award".
        kind: the words before the noun that tell which one: "victim", "support".
        definite: whether it is "the" award, and not "an" award.
        whose: the telling words after it that say for whom or for what it is.
        numbers: the years and dates of its sentence.
        recipients: to whom its sentence says that it goes.
    """

    figure: Figure
    noun: str
    kind: frozenset[str]
    definite: bool
    whose: frozenset[str]
    numbers: frozenset[str]
    recipients: Recipients


def named_differently(clauses: Iterable[Clause]) -> Iterator[tuple[str, NamedAmount, NamedAmount]]:
    """Amounts of one name that differ in a digit, or by two swapped, with what they are called.

    A name has two amounts at most, or it is that of several things; nothing in either sentence says that
    another thing, another year or a change is meant; and one of them at least is "the" award.

    Args:
        clauses: the running text of the paper, stretch by stretch.
    """
    by_noun: dict[str, list[NamedAmount]] = defaultdict(list)
    for clause in clauses:
        for each in _named(clause):
            by_noun[each.noun].append(each)
    for noun, named in by_noun.items():
        kinds = {each.kind for each in named if each.kind}
        if len(kinds) < _TWO and (pair := _pair(named)):
            yield noun, *pair


def _named(clause: Clause) -> Iterator[NamedAmount]:
    """The amounts of a stretch of text that have a name, without those of which something different is said."""
    for number, term in enumerate(clause.terms):
        found = _NAMED.search(term.before)
        if not found:
            continue
        after = _SENTENCE_ENDS.split(clause.following(number), maxsplit=1)[0]
        sentence = _SENTENCE_ENDS.split(term.before)[-1]
        if _DIFFERENT.search(f"{sentence} {after}"):
            continue
        whose = _FOR.match(after)
        yield NamedAmount(
            figure=term.figure,
            noun=" ".join(found["noun"].casefold().split()),
            kind=frozenset(found["kind"].casefold().split()) - _SAYS_NOTHING,
            definite=found["article"].casefold() not in {"a", "an"},
            whose=telling_words(whose[1]) if whose else frozenset(),
            numbers=frozenset(n[-2:] for n in _NUMBER.findall(f"{sentence} {after}")),
            recipients=recipients(sentence, after),
        )


def _pair(named: Sequence[NamedAmount]) -> tuple[NamedAmount, NamedAmount] | None:
    """The first amount of a name and the one that differs from it by a slip, if there are no more and both fit."""
    amounts = {each.figure.value: each for each in reversed(named)}
    if len(amounts) != _TWO:
        return None
    first, second = sorted(amounts.values(), key=named.index)
    groups = [[each for each in named if each.figure.value == one.figure.value] for one in (first, second)]
    alike = all(_may_be_one(one, other) for one in groups[0] for other in groups[1])
    definite = any(each.definite for each in named)
    return (first, second) if alike and definite and _is_slip(first.figure, second.figure) else None


def _may_be_one(one: NamedAmount, other: NamedAmount) -> bool:
    """Whether nothing tells two amounts of a name apart: their years, or for whom they are."""
    years = one.numbers == other.numbers or not one.numbers or not other.numbers
    if are_others(one.recipients, other.recipients):
        return False
    return years and (one.whose == other.whose or not one.whose or not other.whose or bool(one.whose & other.whose))


def _is_slip(one: Figure, other: Figure) -> bool:
    """Whether two amounts are too far apart for rounding, and differ in a digit or by two swapped."""
    apart = abs(one.value - other.value) > one.half_unit + other.half_unit
    return apart and differ_by_a_digit(one.value, other.value)
