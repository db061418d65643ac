"""Running balances: "Opening balance £900, receipts £200, payments £150, closing balance £950"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grantcalc.papers.numbers.figures import Kind
from grantcalc.papers.sentences.flows import Flow, flow_of, is_below_zero, is_detail, sums_up
from grantcalc.papers.sentences.passages import Term
from grantcalc.papers.sentences.readings import Sureness, reading
from grantcalc.papers.tables.amounts import amount_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Cell, Row, Table
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.papers.sentences.readings import Reading

_MOST: Final = 12
"""More amounts than this between two balances are not read."""

_LONGEST: Final = 160
"""Words before an amount that are further from it than this, in characters, do not speak of it."""

_SENTENCE: Final = re.compile(r"[.;!?]\s+(?=\S)|\n(?=[ \t]*\S)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An amount of an account, the words that lead to it, and what these make of it."""

    figure: Figure
    words: str
    flow: Flow


@dataclass(slots=True)
class _Account:
    """An account that has been read so far: its opening balance, if one was stated, and what followed."""

    opening: _Entry | None = None
    moved: list[_Entry] = field(default_factory=list)

    def closed_by(self, closing: _Entry) -> Iterator[Reading]:
        """The ways to read what came in and went out, given what is left."""
        told = [entry for entry in self.moved if entry.flow is not Flow.UNTOLD]
        opened = self.opening is not None and closing.flow is not Flow.LEFT
        if not told or (not opened and {entry.flow for entry in told} != {Flow.IN, Flow.OUT}):
            return
        summed = [entry for flow in (Flow.IN, Flow.OUT) for entry in _summed(told, flow)]
        tried = [each for each in ([told] if len(summed) == len(told) else [summed, told]) if each]
        for moved in tried:
            yield self._reading(closing, [e for e in told if e in moved], len(tried))

    def _reading(self, closing: _Entry, moved: Sequence[_Entry], tries: int) -> Reading:
        """A closing balance as the opening one with what came in, less what went out."""
        parts = [(Term(entry.figure, ""), -1 if entry.flow is Flow.OUT else 1) for entry in moved]
        if closing.flow is Flow.LEFT:
            turned = -1 if closing.figure.value > 0 and is_below_zero(closing.words) else 1
            parts = [(term, sign * turned) for term, sign in parts]
        first = [(Term(self.opening.figure, ""), 1)] if self.opening and closing.flow is not Flow.LEFT else []
        return reading(
            Term(closing.figure, closing.words), [*first, *parts], Sureness.SUGGESTED, "balance", tries=tries
        )


def balances(text: Iterable[Clause], tables: Sequence[Table]) -> Iterator[Reading]:
    """The running balances of a paper: down its lines, and down each column of its tables.

    Args:
        text: its running text, stretch by stretch.
        tables: its tables.
    """
    lines = [*_told(text), *(entry for table in tables for entry in _single(table))]
    yield from _read(sorted(lines, key=_place))
    for table in tables:
        columns = _columns(table)
        for column in columns if len(columns) > 1 else []:
            yield from _read(column)


def _read(entries: Iterable[_Entry]) -> Iterator[Reading]:
    """Every account among amounts in order."""
    account = _Account()
    for entry in entries:
        closes = entry.flow is Flow.CLOSING or (entry.flow is Flow.BALANCE and account.moved)
        if closes or entry.flow is Flow.LEFT:
            yield from account.closed_by(entry)
        if entry.flow is Flow.LEFT:
            account = account if account.opening else _Account()
            continue
        if closes or entry.flow in (Flow.OPENING, Flow.BALANCE):
            account = _Account(entry)
        elif len(account.moved) < _MOST:
            account.moved.append(entry)
        else:
            account = _Account()


def _summed(told: Sequence[_Entry], flow: Flow) -> list[_Entry]:
    """What came in or went out, without the items of which another amount is the sum."""
    moved = [entry for entry in told if entry.flow is flow]
    sums = [entry for entry in moved if sums_up(entry.words)]
    return sums or [entry for entry in moved if not is_detail(entry.words)] or moved


def _told(text: Iterable[Clause]) -> Iterator[_Entry]:
    """The amounts of running text."""
    for clause in text:
        for number, term in enumerate(clause.terms):
            words = _SENTENCE.split(term.before[-_LONGEST:].rstrip())[-1]
            flow = flow_of(words)
            if flow is Flow.UNTOLD:
                flow = flow_of(" ".join(term.before[-_LONGEST:].split()))
            if flow is Flow.UNTOLD:
                flow = flow_of(re.split(r"[.,;:\n(]", clause.following(number)[:_LONGEST])[0])
            yield _Entry(term.figure, words, flow)


def _single(table: Table) -> list[_Entry]:
    """The amounts of a table that has one a row."""
    columns = _columns(table)
    return columns[0] if len(columns) == 1 else []


def _columns(table: Table) -> list[list[_Entry]]:
    """The amounts of each column of a table, with the words of their rows."""
    columns: dict[int, list[_Entry]] = defaultdict(list)
    heading = ""
    for row in table.rows:
        amounts = _amounts(row, ruled=table.ruled)
        words = " ".join(cell.text for cell in row.cells if _is_words(cell)).strip()
        if not amounts:
            heading = words or heading
            continue
        under = f"{words} {heading}" if flow_of(words) is Flow.UNTOLD and sums_up(words) else words
        for column, figure in amounts.items():
            columns[column].append(_Entry(figure, words, flow_of(under)))
    return list(columns.values())


def _amounts(row: Row, *, ruled: bool) -> dict[int, Figure]:
    """The amounts of a row that are cells of their own, by their column; counted where no lines set them apart."""
    found = ((place, amount_of(cell)) for place, cell in enumerate(row.cells))
    amounts = [(place, each.figure) for place, each in found if each is not None and each.kind is not Kind.PERCENT]
    return dict(amounts) if ruled else dict(enumerate(figure for _, figure in amounts))


def _is_words(cell: Cell) -> bool:
    """Whether a cell is no amount."""
    return amount_of(cell) is None


def _place(entry: _Entry) -> tuple[int, ...]:
    """Where an amount stands in its paper."""
    at = entry.figure.at
    return at.rank if isinstance(at, Where) else ()
