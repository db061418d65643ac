"""A sheet: columns of amounts, dates and texts, which each format writes in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.money import machine_amount, pounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Cell: TypeAlias = str | int | date | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        heading: what readers see above it; empty where only a spreadsheet has it.
        name: what a spreadsheet calls it; empty where only readers have it.
        cells: its values, from the first row to the last; an amount is in pounds, None is an empty cell.
        total: what readers see below it.
    """

    heading: str
    name: str
    cells: Sequence[Cell]
    total: Cell = None

    @property
    def is_filled(self) -> bool:
        """Whether any cell has something to show."""
        return any(cell not in (None, "") for cell in self.cells)

    @property
    def is_of_numbers(self) -> bool:
        """Whether it is set to the right."""
        return any(isinstance(cell, int | Decimal) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Readable:
    """A sheet as readers see it.

    Attributes:
        headings: the headings of the columns that have something to show.
        to_the_right: which of these are set to the right.
        rows: the cells of each row.
        total: the cells of the last row; empty where there is no total.
        facts: what is named below, each with its label.
        notes: sentences below.
    """

    headings: tuple[str, ...]
    to_the_right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def below(self) -> tuple[str, ...]:
        """Facts and notes as lines."""
        return (*(f"{label}: {text}" for label, text in self.facts), *self.notes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report in columns.

    Attributes:
        columns: in their order, those for readers among those for spreadsheets.
        facts: what readers find named below the columns, each with its label.
        notes: sentences for readers, below that.
    """

    columns: Sequence[Column]
    facts: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()

    def readable(self, day: Callable[[date], str]) -> Readable:
        """The sheet for readers: no empty columns, and pence in all amounts or in none.

        Args:
            day: how to write a date.
        """
        columns = [column for column in self.columns if column.heading and column.is_filled]
        amounts = [cell for column in columns for cell in column.cells if isinstance(cell, Decimal)]
        pence = any(amount != amount.to_integral_value() for amount in amounts)

        def written(cell: Cell) -> str:
            if isinstance(cell, Decimal):
                return pounds(cell, pence=pence)
            if isinstance(cell, date):
                return day(cell)
            return "" if cell is None else str(cell)

        total = tuple(written(column.total) for column in columns)
        return Readable(
            headings=tuple(column.heading for column in columns),
            to_the_right=tuple(column.is_of_numbers for column in columns),
            rows=tuple(zip(*(map(written, column.cells) for column in columns), strict=True)),
            total=total if any(total) else (),
            facts=tuple(self.facts),
            notes=tuple(self.notes),
        )

    def records(self) -> Iterator[tuple[Cell, ...]]:
        """The sheet for a spreadsheet: the names of its columns, then the rows, without a total.

        A spreadsheet adds up for itself, and a total among the rows would be counted twice by a sum of the column,
        sorted into the middle, and imported into a ledger as one more row.
        """
        columns = [column for column in self.columns if column.name]
        yield tuple(column.name for column in columns)
        yield from zip(*(column.cells for column in columns), strict=True)


def as_record(cell: Cell) -> str:
    """A cell as machines read it: dates as year, month and day, amounts as digits with two decimals."""
    if isinstance(cell, Decimal):
        return machine_amount(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
