"""The same thing said twice with two figures: summary against recommendation, text against table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grantcalc.papers.named_amounts import named_differently
from grantcalc.papers.numbers.figures import Kind
from grantcalc.papers.numbers.keyboard import differ_by_a_slip
from grantcalc.papers.recipients import LONGEST, are_others, recipients
from grantcalc.papers.sentences.wording import naming, stops, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Paper, Row
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.sums import Sum

_NUMBER: Final = re.compile(r"[0-9]+")
_AFTER: Final = 60
_FEWEST_WORDS: Final = 2
_MOST_ALIKE: Final = 2
"""More figures than this with one name are a series, such as the months of a year, and not restatements."""


@dataclass(frozen=True, slots=True)
class Restatement:
    """One thing with two figures.

    Attributes:
        what: what it is, in words of the paper.
        first: its first figure.
        second: another, which does not agree with it.
    """

    what: str
    first: Figure
    second: Figure


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, the telling words of its sentence or labels, the numbers (years, dates) among them, and all around."""

    figure: Figure
    words: frozenset[str]
    numbers: frozenset[str]
    what: str
    sentence: int
    around: tuple[str, str] = field(default=("", ""), compare=False)


def restatements(clauses: Iterable[Clause], paper: Paper, sums: Sequence[Sum]) -> tuple[Restatement, ...]:
    """Find what is stated twice with figures that do not agree, and differ as a slip of the keyboard does.

    Args:
        clauses: the running text of the paper, stretch by stretch.
        paper: the paper, for its tables.
        sums: the sums of the paper; figures of one sum are different things.
    """
    clauses = tuple(clauses)
    told = _statements(clauses)
    tabled = [_statement_of(row, n) for table in paper.tables for n, row in enumerate(table.rows)]
    together: dict[Figure, set[int]] = defaultdict(set)
    for number, a_sum in enumerate(sums):
        for figure in a_sum.figures:
            together[figure].add(number)
    often = Counter((statement.words, statement.numbers) for statement in told)
    pairs = _pairs([s for s in told if often[s.words, s.numbers] <= _MOST_ALIKE], [r for r in tabled if r])
    alike = [Restatement(first.what, first.figure, second.figure) for first, second in pairs]
    named = [Restatement(name, first.figure, second.figure) for name, first, second in named_differently(clauses)]
    found = [r for r in (*named, *alike) if not together[r.first] & together[r.second]]
    return tuple({frozenset((r.first.value, r.second.value)): r for r in found}.values())


def _statements(clauses: Iterable[Clause]) -> list[Statement]:
    """The figures of running text, with the words of their sentences."""
    found = []
    sentence = 0
    for clause in clauses:
        sentence += 1
        for number, term in enumerate(clause.terms):
            sentence += stops(term.before)
            after = re.split(r"[.,;:\n(]", clause.following(number)[:_AFTER])[0]
            words = _last_sentence(term.before) + " " + after
            what = naming(term.before) or " ".join(after.split())
            around = (term.before[-LONGEST:], clause.following(number)[:LONGEST])
            found.append(Statement(term.figure, telling_words(words), _numbers(words), what, sentence, around))
    return found


def _last_sentence(words: str) -> str:
    """The words after the last end of a sentence."""
    return re.split(r"[.!?]\s+(?=[A-Z•])|\n", words.strip())[-1]


def _numbers(words: str) -> frozenset[str]:
    """The years and dates among words, a year by its last two digits."""
    return frozenset(number[-2:] for number in _NUMBER.findall(words))


def _statement_of(row: Row, number: int) -> Statement | None:
    """A row of a table with one amount, as a statement; rows of more speak of several things."""
    amounts = [found for cell in row.cells for found in cell.found if found.kind is Kind.MONEY]
    if len(amounts) != 1:
        return None
    label = " ".join(cell.text for cell in row.cells if not cell.found)
    what = " ".join(label.split())
    return Statement(amounts[0].figure, telling_words(label), _numbers(label), what, -1 - number, (label, ""))


def _pairs(told: Sequence[Statement], tabled: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Statements of one thing with figures that differ by a slip."""
    by_word: Mapping[str, list[Statement]] = defaultdict(list)
    for statement in told:
        seen: set[Statement] = set()
        for word in statement.words:
            seen.update(by_word[word][-_AFTER:])
            by_word[word].append(statement)
        yield from ((other, statement) for other in sorted(seen, key=_order) if _restates(other, statement))
    for row in tabled:
        others = {s for word in row.words for s in by_word[word][-_AFTER:]}
        yield from ((row, s) for s in sorted(others, key=_order) if _restates(row, s))


def _order(statement: Statement) -> int:
    return statement.sentence


def _restates(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one thing, and their figures differ as by a slip."""
    shared = one.words & other.words
    fewer = min(len(one.words), len(other.words))
    return (
        one.sentence != other.sentence
        and one.numbers == other.numbers
        and len(shared) >= _FEWEST_WORDS
        and 3 * len(shared) >= 2 * fewer
        and not _agree(one.figure, other.figure)
        and differ_by_a_slip(one.figure.value, other.figure.value)
        and not are_others(recipients(*one.around), recipients(*other.around))
    )


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can be one amount, each rounded as it is printed."""
    return abs(one.value - other.value) <= one.half_unit + other.half_unit
