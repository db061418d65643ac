"""A paper held against a grant: each figure that names something of the grant, and what the grant computes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.keyboard import differ_by_a_slip
from grantcalc.papers.sentences.passages import clauses
from grantcalc.papers.sentences.spans import spans
from grantcalc.papers.sentences.wording import naming

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Cell, Paper, Table
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.papers.sentences.spans import Span

_WORD: Final = re.compile(r"[a-z]{2,}")
_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?:\s?[-/–]\s?(?:20)?([0-9]{2}))?(?![0-9])")
_EMPTY: Final = frozenset({"the", "and", "of", "for", "in", "is", "to", "at", "on", "or", "costs", "cost"})
_SAME: Final = {"salaries": "salary", "overheads": "overhead", "payments": "payment", "totals": "total"}
_ALONE: Final = frozenset({"grand", "payment"})
"""Rows of these speak of all headings, in whichever column their amount stands."""

_AFTER: Final = 100
_SMALL: Final = 50
"""A figure of a sentence may be out by one part in so many and still be meant for the grant's."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that a grant computes.

    Attributes:
        what: its name in a message, such as "2021-2022 grand total".
        words: the words of which all must stand with a figure that means it: "salary", "researcher".
        year: the year that it is of, as the grant names it; empty for a figure of all years.
        figure: the amount.
        needed: whether a paper that leaves it out is to be told: not a total that follows from others.
        only_in_text: whether its words are too few to name it in a table, where posts of other names have them too.
    """

    what: str
    words: frozenset[str]
    year: str
    figure: Figure
    needed: bool = True
    only_in_text: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a paper and the figure of the grant that it names."""

    stated: Figure
    expected: Expected

    @property
    def agrees(self) -> bool:
        """Whether the figure is the grant's, as precisely as both are printed."""
        gap = abs(self.stated.value - self.expected.figure.value)
        return not gap or gap <= self.stated.half_unit + self.expected.figure.half_unit


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paper against a grant.

    Attributes:
        matches: the figures that name something of the grant, agreeing or not.
        unmatched: amounts that name nothing of the grant, or more than one thing, with their names.
        unstated: what the grant computes and the paper does not state.
        spans: stretches of time that are neither the grant's nor one of its years'.
    """

    matches: tuple[Match, ...]
    unmatched: tuple[tuple[Figure, str], ...]
    unstated: tuple[Expected, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A figure of a paper, the words that stand with it, and the years among them."""

    figure: Figure
    words: frozenset[str]
    years: frozenset[str]
    what: str
    in_table: bool


def compare(
    paper: Paper,
    text: Iterable[Clause],
    expected: Sequence[Expected],
    periods: Collection[tuple[date, date]] = (),
) -> Comparison:
    """Compare every amount of a paper that names something of a grant with what the grant computes.

    Args:
        paper: the paper, for its tables.
        text: its running text.
        expected: what the grant computes.
        periods: the first and last days of the grant and of its years; without any, no dates are compared.
    """
    matches: list[Match] = []
    unmatched: list[tuple[Figure, str]] = []
    for statement in (*_in_tables(paper.tables), *_in_text(text)):
        meant = _meant(statement, expected)
        if meant is None:
            unmatched.append((statement.figure, statement.what))
        else:
            matches.append(Match(statement.figure, meant))
    stated = {match.expected.what for match in matches}
    left = {e.what: e for e in expected if e.needed and e.what not in stated}
    other = tuple(s for s in spans(paper) if periods and (s.starts, s.ends) not in periods)
    return Comparison(tuple(matches), tuple(unmatched), tuple(left.values()), other)


def telling_words(text: str) -> frozenset[str]:
    """The words of a name by which a figure is recognised, in the singular where a heading is meant."""
    return frozenset(_SAME.get(word, word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def years_in(text: str) -> frozenset[str]:
    """The years that a text names, each in one spelling: "2021-22" for "2021-2022" and "2021/22"."""
    return frozenset(f"{first}-{second}" if second else first for first, second in _YEAR.findall(text))


def _meant(statement: _Statement, expected: Sequence[Expected]) -> Expected | None:
    """What a statement speaks of: the most closely named figure, one that agrees where several are."""
    if not statement.figure.value:
        return None
    named = [
        e
        for e in expected
        if e.words <= statement.words
        and not (e.only_in_text and statement.in_table)
        and (not statement.years or not e.year or years_in(e.year) & statement.years)
        and (e.year or not statement.years or len(statement.years) > 1)
    ]
    closest = max((len(e.words) for e in named), default=0)
    nearest = [e for e in named if len(e.words) == closest]
    agreeing = [e for e in nearest if Match(statement.figure, e).agrees]
    if agreeing:
        return agreeing[0]
    if not named or any(Match(statement.figure, e).agrees for e in expected if not e.year):
        return None
    meant = nearest[0] if len(nearest) == 1 else None
    return meant if meant is None or statement.in_table or _is_near(statement.figure, meant) else None


def _is_near(stated: Figure, expected: Expected) -> bool:
    """Whether a figure of a sentence is the grant's but for a slip or a small change, and no other amount."""
    value = expected.figure.value
    return differ_by_a_slip(stated.value, value) or abs(stated.value - value) * _SMALL <= abs(value)


def _in_tables(tables: Iterable[Table]) -> Iterator[_Statement]:
    """The amounts of tables with their row's label, their column's heading and the words above the table."""
    for table in tables:
        headings: dict[int, str] = defaultdict(str)
        for row in table.rows:
            amounts = [(n, _amount(cell)) for n, cell in enumerate(row.cells)]
            label = " ".join(cell.text for cell, (_, found) in zip(row.cells, amounts, strict=True) if found is None)
            if not any(found for _, found in amounts):
                headings = defaultdict(str, {n: cell.text for n, cell in enumerate(row.cells)})
            for column, found in amounts:
                if found:
                    yield _tabled(found.figure, label, headings[column], " ".join(headings.values()), table.caption)


def _amount(cell: Cell) -> Found | None:
    """The amount that a cell is; None where it has several, or words beside a number, as "Officer 1" has."""
    amounts = [found for found in cell.found if found.is_amount]
    if len(amounts) != 1 or _WORD.search(cell.text.replace(amounts[0].figure.text, "", 1).casefold()):
        return None
    return amounts[0]


def _tabled(figure: Figure, label: str, heading: str, headings: str, caption: str) -> _Statement:
    """An amount of a table; the year stands in its label, its heading, or anywhere above."""
    own = f"{label} {heading}"
    words = telling_words(label)
    words = words if words & _ALONE else words | telling_words(heading)
    years = years_in(own) or years_in(headings) or years_in(caption)
    return _Statement(figure, words, years, " ".join(own.split()), in_table=True)


def _in_text(text: Iterable[Clause]) -> Iterator[_Statement]:
    """The amounts of running text with the words around them."""
    for whole in text:
        for clause in clauses(whole):
            for number, term in enumerate(clause.terms):
                after = re.split(r"[.;:]|\n\n|\n•", clause.following(number)[:_AFTER])[0]
                before = re.split(r"[.;]\s|\n\n", term.before)[-1]
                around = f"{before} {after}"
                what = naming(term.before) or " ".join(after.split())
                yield _Statement(term.figure, telling_words(around), years_in(around), what, in_table=False)
