"""Running text as a sequence of figures and the words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.money import as_share
from grantcalc.papers.sentences.multiples import counts_payments, how_often
from grantcalc.papers.sentences.wording import stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found

_DEEPEST: Final = 2
"""Brackets within brackets within brackets are not read."""

_NEAR: Final = 60
"""How many characters before a figure in brackets are taken for its words."""

_BRACKET: Final = re.compile(r"[()\[\]]")
_GOVERNS: Final = re.compile(r"\b(?:of|is|was|to|at|by|from|be)\s\Z")
_TAX_WITHIN: Final = re.compile(
    r"\b(?:incl?(?:uding|usive of|\.)?|of which|less recoverable)(?: the)? VAT(?: of| at [0-9.]+ ?%(?: of)?)?\s\Z",
    re.IGNORECASE,
)
_EMPHASIS: Final = re.compile(r"\*\*|__")
_LIST_MARK: Final = re.compile(r"\n[ \t]*(?:[-–*+•·]|\(?[0-9a-z]{1,3}[.)])[ \t]+")

_LONGEST_ASIDE: Final = 600
"""Brackets further apart than this, in characters, are two slips of the keyboard rather than a pair."""


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a clause with the words that lead to it.

    Attributes:
        figure: the amount; of a payment in pence, within half a penny.
        before: the words since the figure before it, without what stands in brackets.
        times: how often the words say that it counts: 3 in "3 grants of £30,000 each".
        asides: the clauses in brackets between it and the next figure.
    """

    figure: Figure
    before: str
    times: Decimal = Decimal(1)
    asides: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Figures one after another, and the words after the last of them."""

    terms: tuple[Term, ...]
    after: str = ""

    def following(self, number: int) -> str:
        """The words after a term, up to the next one."""
        return self.terms[number + 1].before if number + 1 < len(self.terms) else self.after


def read_clause(text: str, found: Sequence[Found]) -> Clause:
    """Read a stretch of running text.

    Args:
        text: a paragraph, or a list with the line that introduces it.
        found: the amounts in it, in order.
    """
    return _read(text, found, (0, len(text)), 0)


def clauses(clause: Clause) -> Iterator[Clause]:
    """A clause, and those in brackets within it."""
    yield clause
    for term in clause.terms:
        for aside in term.asides:
            yield from clauses(aside)


def _read(text: str, found: Sequence[Found], within: tuple[int, int], depth: int) -> Clause:
    """Read the text between two offsets; what stands in brackets becomes an aside of the figure before."""
    pairs = _brackets(text, found, within)
    outer = [f for f in found if not any(a < f.start < b for a, b in pairs)]
    hosts = _hosts(text, outer)
    hosted = {host.start for host in hosts}
    pairs = sorted([*pairs, *((f.start, f.end - 1) for f in outer if f.start not in hosted)])
    terms = []
    at = within[0]
    for number, host in enumerate(hosts):
        until = hosts[number + 1].start if number + 1 < len(hosts) else within[1]
        asides = _asides(text, found, [pair for pair in pairs if host.end <= pair[0] < until], depth)
        times = how_often(text[within[0] : host.start], text[host.end : until])
        figure = as_share(host.figure) if counts_payments(text[within[0] : host.start]) else host.figure
        terms.append(Term(figure, _without(text, (at, host.start), pairs), times, asides))
        at = host.end
    return Clause(tuple(terms), _without(text, (at, within[1]), pairs))


def _hosts(text: str, outer: Sequence[Found]) -> list[Found]:
    """The figures of a sentence itself: one in brackets of its own speaks of the one before it, if any."""
    hosts: list[Found] = []
    for found in outer:
        governed = _GOVERNS.search(text, max(0, found.start - _NEAR), found.start) is not None
        apart = not hosts or hosts[-1].bracketed or stops(text[hosts[-1].end : found.start])
        within = hosts and _TAX_WITHIN.search(text, max(0, found.start - _NEAR), found.start)
        if not within and (governed or apart or not found.bracketed):
            hosts.append(found)
    return hosts


def _asides(text: str, found: Sequence[Found], pairs: Sequence[tuple[int, int]], depth: int) -> tuple[Clause, ...]:
    """What the brackets after a figure say; brackets with one figure each make one clause together."""
    if depth >= _DEEPEST:
        return ()
    inside = [[f for f in found if a <= f.start <= b] for a, b in pairs]
    lone = [group[0] for group in inside if len(group) == 1]
    read = [
        _read(text, group, (a + 1, b), depth + 1)
        for (a, b), group in zip(pairs, inside, strict=True)
        if len(group) > 1 or (len(group) == 1 and len(lone) == 1)
    ]
    if len(lone) > 1:
        ends = [0, *(f.end for f in lone)]
        words = [text[max(a, pairs[0][0] - _NEAR) : f.start] for a, f in zip(ends, lone, strict=False)]
        read.append(Clause(tuple(Term(f.figure, w) for f, w in zip(lone, words, strict=True))))
    return tuple(clause for clause in read if clause.terms)


def _brackets(text: str, found: Sequence[Found], within: tuple[int, int]) -> list[tuple[int, int]]:
    """The outermost pairs of brackets between two offsets, but not those that belong to a figure."""
    figures = iter(found)
    figure = next(figures, None)
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, *within):
        at = bracket.start()
        while figure is not None and figure.end <= at:
            figure = next(figures, None)
        if figure is not None and figure.start <= at:
            continue
        if bracket[0] in "([":
            opened.append(at)
        elif opened:
            _close(pairs, opened.pop(), at)
    return pairs


def _close(pairs: list[tuple[int, int]], opening: int, closing: int) -> None:
    """Add a pair of brackets; pairs that it encloses are dropped."""
    if closing - opening > _LONGEST_ASIDE:
        return
    while pairs and pairs[-1][0] > opening:
        pairs.pop()
    pairs.append((opening, closing))


def _without(text: str, within: tuple[int, int], pairs: Sequence[tuple[int, int]]) -> str:
    """The text between two offsets, without what stands in brackets; every list mark is a bullet."""
    start, end = within
    kept = []
    for opening, closing in pairs:
        if start <= opening and closing < end:
            kept.append(text[start:opening])
            start = closing + 1
    return _LIST_MARK.sub("\n• ", _EMPHASIS.sub("", " ".join([*kept, text[start:end]])))
