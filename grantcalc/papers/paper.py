"""Papers as data: paragraphs and tables, whatever kind of file they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from grantcalc.papers.numbers.numerals import Habits

if TYPE_CHECKING:
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.source import Where


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what it says.
        at: where it stands.
        found: the numbers in it.
    """

    text: str
    at: Where
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells from left to right."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and how it was made out.

    Attributes:
        rows: its rows from top to bottom, those of its heading included.
        at: where it begins.
        caption: the words that lead to it, which may give its unit ("£'000").
        layout: how its cells were told apart: "pipes", "tabs", "columns", "lines", "run on"; a reader of
            documents gives its own word.
        ruled: whether its cells were set apart by the paper, not guessed from the order of its figures.
        whole: whether no amount that stands among its rows was left out of them.
    """

    rows: tuple[Row, ...]
    at: Where
    caption: str = ""
    layout: str = ""
    ruled: bool = True
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of running text, and where it begins."""

    text: str
    at: Where


@dataclass(frozen=True, slots=True)
class Unread:
    """What was left unread on purpose, from where on, and why."""

    at: Where
    reason: str


class RemarkKind(StrEnum):
    """What a reader of documents may have to say of a place."""

    CHANGED = "changed"
    """A figure is under a change that is neither accepted nor rejected."""
    TYPED_IN = "typed in"
    """A total is typed in where its neighbours are formulas."""
    NOT_CALCULATED = "not calculated"
    """A formula has no value."""
    HIDDEN = "hidden"
    """Something is there that does not show."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of documents has to say of a place, in a sentence without a full stop."""

    kind: RemarkKind
    at: Where
    message: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A cell of a workbook whose formula adds others, and these, each with +1 or -1."""

    total: Where
    parts: tuple[tuple[Where, int], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a reader of files hands it over.

    Attributes:
        paragraphs: its running text, in order.
        tables: its tables, in order.
        habits: how its writer sets thousands apart.
        unread: what was left unread because it would take too long.
        remarks: what its reader has to say of it besides.
        worked: what its formulas add.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    habits: Habits = field(default_factory=Habits)
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    worked: tuple[Worked, ...] = ()
