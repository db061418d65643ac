"""Running balances: "Opening balance £900, receipts £200, payments £150, closing balance £950"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grantcalc.papers.amounts import amount_of
from grantcalc.papers.figures import Kind
from grantcalc.papers.flows import Flow, flow_of, is_detail, sums_up
from grantcalc.papers.passages import Term
from grantcalc.papers.readings import Sureness, reading
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Cell, Row, Table
    from grantcalc.papers.passages import Clause
    from grantcalc.papers.readings import Reading

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
        if not told or (self.opening is None and {entry.flow for entry in told} != {Flow.IN, Flow.OUT}):
            return
        summed = [entry for flow in (Flow.IN, Flow.OUT) for entry in _summed(told, flow)]
        tried = [each for each in ([told] if len(summed) == len(told) else [summed, told]) if each]
        for moved in tried:
            yield self._reading(closing, [e for e in told if e in moved], len(tried))

    def _reading(self, closing: _Entry, moved: Sequence[_Entry], tries: int) -> Reading:
        """A closing balance as the opening one with what came in, less what went out."""
        parts = [(Term(entry.figure, ""), -1 if entry.flow is Flow.OUT else 1) for entry in moved]
        first = [(Term(self.opening.figure, ""), 1)] if self.opening else []
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
        for column in _columns(table):
            yield from _read(column)


def _read(entries: Iterable[_Entry]) -> Iterator[Reading]:
    """Every account among amounts in order."""
    account = _Account()
    for entry in entries:
        closes = entry.flow is Flow.CLOSING or (entry.flow is Flow.BALANCE and account.moved)
        if closes:
            yield from account.closed_by(entry)
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


def _single(table: Table) -> Iterator[_Entry]:
    """The amounts of a table that has one a row."""
    rows = [(row, _amounts(row)) for row in table.rows]
    if any(len(amounts) > 1 for _, amounts in rows):
        return
    for row, amounts in rows:
        if amounts:
            yield _entry(row, amounts[0])


def _columns(table: Table) -> Iterator[list[_Entry]]:
    """The amounts of each column of a table that has several."""
    rows = [(row, _amounts(row)) for row in table.rows]
    most = max((len(amounts) for _, amounts in rows), default=0)
    full = [(row, amounts) for row, amounts in rows if len(amounts) == most]
    for column in range(most if most > 1 else 0):
        yield [_entry(row, amounts[column]) for row, amounts in full]


def _amounts(row: Row) -> list[Figure]:
    """The amounts of a row that are cells of their own."""
    found = (amount_of(cell) for cell in row.cells)
    return [each.figure for each in found if each is not None and each.kind is not Kind.PERCENT]


def _entry(row: Row, figure: Figure) -> _Entry:
    """An amount of a row, with the words of the row."""
    words = " ".join(cell.text for cell in row.cells if _is_words(cell))
    return _Entry(figure, words, flow_of(words))


def _is_words(cell: Cell) -> bool:
    """Whether a cell is no amount."""
    return amount_of(cell) is None


def _place(entry: _Entry) -> tuple[int, int]:
    """Where an amount stands in its paper."""
    at = entry.figure.at
    return (at.line or 0, at.column or 0) if isinstance(at, Where) else (0, 0)
