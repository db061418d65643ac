"""A paper held against a grant: each figure that names something of the grant, and what the grant computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.keyboard import differ_by_a_slip
from grantcalc.papers.sentences.spans import spans
from grantcalc.papers.statements import COST, statements, years_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.papers.sentences.spans import Span
    from grantcalc.papers.statements import Statement

_SMALL: Final = 50
"""A figure of a sentence may be out by one part in so many and still be meant for the grant's."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a grant says of one thing.

    Attributes:
        what: its name in a message, such as "2021-2022 grand total".
        words: the words of which all must stand with a figure that means it: "salary", "researcher".
        year: the year that it is of, as the grant names it; empty for a figure of all years.
        figures: the amount; where the words can mean several, such as the payments of a year, each of them.
        amounts: the figures in words: "£78,830", or "£36,548.86 (1–3) and £35,317.54 (4)" of payments.
        source: how a message goes on to these: "the grant file makes".
        needed: whether a paper that leaves it out is to be told: not a total that follows from others.
        listed: whether it is named where others are left out.
        only_in_text: whether its words are too few to name it in a table, where posts of other names have them too; a
            row or column that has these words alone may still mean it.
        payments: whether these are payments.
    """

    what: str
    words: frozenset[str]
    year: str
    figures: tuple[Figure, ...]
    amounts: str
    source: str = "the grant file makes"
    needed: bool = True
    listed: bool = True
    only_in_text: bool = False
    payments: bool = False

    @property
    def closeness(self) -> int:
        """How many words name it; that something costs names the least."""
        return len(self.words - {COST})

    def agrees_with(self, stated: Figure) -> bool:
        """Whether a figure of a paper is one of these, as precisely as both are printed."""
        return any(_agree(stated, figure) for figure in self.figures)

    def differs_by_a_slip(self, stated: Figure) -> bool:
        """Whether a figure of a paper is one of these but for a slip of the keyboard."""
        return any(differ_by_a_slip(stated.value, figure.value) for figure in self.figures)

    def is_near(self, stated: Figure) -> bool:
        """Whether a figure of a sentence is one of these but for a slip or a small change, and no other amount."""
        gaps = ((abs(stated.value - figure.value), abs(figure.value)) for figure in self.figures)
        return self.differs_by_a_slip(stated) or any(gap * _SMALL <= value for gap, value in gaps)

    def nearest_to(self, stated: Figure) -> Figure:
        """The one of these that is nearest to a figure of a paper."""
        return min(self.figures, key=lambda figure: abs(figure.value - stated.value))


def _agree(one: Figure, other: Figure) -> bool:
    gap = abs(one.value - other.value)
    return not gap or gap <= one.half_unit + other.half_unit


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a paper and what it names of the grant."""

    stated: Figure
    expected: Expected

    @property
    def agrees(self) -> bool:
        """Whether the figure is the grant's, as precisely as both are printed."""
        return self.expected.agrees_with(self.stated)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paper against a grant.

    Attributes:
        matches: the figures that name something of the grant, agreeing or not.
        unmatched: amounts that name nothing of the grant, or more than one thing, with their names.
        unstated: what the grant says and the paper does not state; nothing, if no more than totals are left out.
        spans: stretches of time that are neither the grant's nor one of its years'.
    """

    matches: tuple[Match, ...]
    unmatched: tuple[tuple[Figure, str], ...]
    unstated: tuple[Expected, ...]
    spans: tuple[Span, ...] = ()


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
    for statement in statements(paper.tables, text):
        meant = _meant(statement, expected)
        if meant is None:
            unmatched.append((statement.figure, statement.what))
        else:
            matches.append(Match(statement.figure, meant))
    left = {each.what: each for each in expected if each.listed and not _is_stated(each, matches)}
    unstated = tuple(left.values()) if any(each.needed for each in left.values()) else ()
    other = tuple(s for s in spans(paper) if periods and (s.starts, s.ends) not in periods)
    return Comparison(tuple(matches), tuple(unmatched), unstated, other)


def _is_stated(expected: Expected, matches: Iterable[Match]) -> bool:
    """Whether a paper states a figure of a grant; a payment may be stated as one of the invoices."""
    return any(
        match.expected.what == expected.what
        or (expected.payments and match.expected.payments and expected.agrees_with(match.stated))
        for match in matches
    )


def _meant(statement: Statement, expected: Sequence[Expected]) -> Expected | None:
    """What a statement speaks of: the most closely named figure, one that agrees where several are."""
    stated = statement.figure
    named = [each for each in expected if _is_named(each, statement)]
    closest = max((each.closeness for each in named), default=0)
    nearest = [each for each in named if each.closeness == closest]
    agreeing = [each for each in nearest if each.agrees_with(stated)]
    if agreeing:
        return agreeing[0]
    if (misdated := _of_another_year(statement, nearest, expected)) is not None:
        return misdated
    if any(each.agrees_with(stated) for each in expected if not each.year):
        return None
    if statement.in_table:
        return _in_table(statement, nearest)
    meant = [each for each in nearest if each.differs_by_a_slip(stated)] or [
        each for each in nearest if COST not in each.words and each.is_near(stated)
    ]
    return _only(meant)


def _of_another_year(
    statement: Statement, nearest: Sequence[Expected], expected: Sequence[Expected]
) -> Expected | None:
    """What a sentence speaks of that has the year behind it, and the amount of another year of the grant."""
    if not statement.dated or len(statement.years) != 1:
        return None
    of_year = [each for each in nearest if each.year]
    others = {each.words for each in expected if each.year and each.agrees_with(statement.figure)}
    return _only([each for each in of_year if each.words in others])


def _is_named(expected: Expected, statement: Statement) -> bool:
    """Whether the words and years of a statement name a figure."""
    years = statement.years
    return (
        expected.words <= statement.words
        and not (expected.only_in_text and statement.in_table and expected.words != statement.words)
        and (not years or not expected.year or bool(years_in(expected.year) & years))
        and (bool(expected.year) or not years or len(years) > 1)
    )


def _in_table(statement: Statement, nearest: Sequence[Expected]) -> Expected | None:
    """What a row speaks of that agrees with nothing: a payment of another thing is none of the grant's.

    Neither is a heading without "total", if the amount is far from the grant's: it may be one post's.
    """
    meant = _only(nearest) or next((each for each in nearest if each.payments and not each.year), None)
    if meant is None:
        return None
    may_be_other = meant.only_in_text or (meant.payments and not statement.is_payment)
    return meant if not may_be_other or meant.is_near(statement.figure) else None


def _only(meant: Sequence[Expected]) -> Expected | None:
    """The one that is meant, though it may have several names; of payments, those of the whole grant."""
    whole = [each for each in meant if not each.year]
    if len({each.figures for each in meant}) == 1:
        return meant[0]
    return whole[0] if len(whole) == 1 and all(each.payments for each in meant) else None
