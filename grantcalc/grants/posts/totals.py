"""The totals of a table of posts, held against the rows and columns that they total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.posts.words import Kind
from grantcalc.money import EXACT, PENNY, ZERO, add, as_precise_as_printed, pounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.posts.columns import Column
    from grantcalc.grants.posts.grid import Cell
    from grantcalc.grants.posts.layout import Layout
    from grantcalc.grants.posts.rows import Row
    from grantcalc.money import Figure

TOTAL: Final = "total"
"""The key of a total of all headings."""

_HALF_A_PENNY: Final = EXACT.divide(PENNY, 2)


class SumsAbove:
    """What the posts above a row come to, by column and year: all of them, and those since the last row of totals."""

    def __init__(self) -> None:
        self._all: dict[tuple[int, str], Decimal] = {}
        self._section: dict[tuple[int, str], Decimal] = {}

    def take(self, row: Row) -> None:
        """Take the next row."""
        if row.is_total:
            self._section.clear()
            return
        for sums in (self._all, self._section):
            for column, figure in row.amounts.items():
                for year in {row.year, ""}:
                    sums[column, year] = EXACT.add(sums.get((column, year), ZERO), figure.value)

    def of_all(self, row: Row, column: Column) -> Decimal:
        """What a row of totals should say of all posts above it; of its own year where it names one."""
        return self._all.get((column.at, row.year), ZERO)

    def of_section(self, row: Row, column: Column) -> Decimal:
        """The same of the posts since the last row of totals."""
        return self._section.get((column.at, row.year), ZERO)

    def make(self, layout: Layout, row: Row) -> bool:
        """Whether every amount of a row is what all posts above it make."""
        return all(agrees(row, column, self.of_all(row, column)) for column in layout.of(Kind.AMOUNT, Kind.TOTAL))


def wrong_totals(layout: Layout, rows: Sequence[Row]) -> Iterator[Fault]:
    """Totals that are not what their parts make: at the end of a row, and in rows of totals."""
    above = SumsAbove()
    for row in rows:
        down = list(_down(layout, row, above)) if row.is_total else []
        said = {fault.at for fault in down}
        yield from down
        yield from (fault for fault in _across(layout, row) if fault.at not in said)
        above.take(row)


def _across(layout: Layout, row: Row) -> Iterator[Fault]:
    """The total columns of a row."""
    for column in layout.of(Kind.TOTAL):
        parts = [row.amounts[part.at].value for part in parts_of(layout, column) if part.at in row.amounts]
        made = add(parts)
        if column.at in row.amounts and parts and not agrees(row, column, made):
            yield differs(row, column, made, column.holds, "its amounts make")


def parts_of(layout: Layout, total: Column) -> list[Column]:
    """The columns of amounts that a column of totals totals; none where it is a heading's in a single year."""
    heading, year = total.meaning.heading, total.meaning.year
    amounts = layout.of(Kind.AMOUNT)
    if heading and len({column.meaning.year for column in amounts}) == 1:
        return []
    return [
        column
        for column in amounts
        if heading in ("", column.meaning.heading) and (not year or column.meaning.year == year)
    ]


def _down(layout: Layout, row: Row, above: SumsAbove) -> Iterator[Fault]:
    """A row of totals: of all posts above it, or of those since the last such row."""
    for column in layout.of(Kind.AMOUNT, Kind.TOTAL):
        of_all, of_section = above.of_all(row, column), above.of_section(row, column)
        if not agrees(row, column, of_all) and not agrees(row, column, of_section):
            made = of_section if row.is_subtotal else of_all
            yield differs(row, column, made, column.holds, "the rows above make")


def agrees(row: Row, column: Column, made: Decimal) -> bool:
    """Whether a row has no amount there, or the sum of others, as precisely as it is printed; a number is exact."""
    if column.at not in row.amounts:
        return True
    figure, cell = row.amounts[column.at], row.cells[column.at]
    return abs(EXACT.subtract(figure.value, made)) <= _tolerance(figure, cell)


def _tolerance(figure: Figure, cell: Cell) -> Decimal:
    """How far a total may be from its parts: half its printed unit; half a penny for the fractions of a computer."""
    return _HALF_A_PENNY if cell.number else as_precise_as_printed(figure).half_unit


def differs(row: Row, column: Column, made: Decimal, what: str, words: str) -> Fault:
    """The fault of a total that is not what its parts make.

    Args:
        row: its row.
        column: its column.
        made: what the parts make, in pounds.
        what: what it is a total of: "2025-26 salary".
        words: how a message goes on to what they make.
    """
    figure = row.amounts[column.at]
    difference = EXACT.subtract(figure.value, made)
    said = "too small" if difference < 0 else "too large"
    message = f"{row.name or 'total'}, {what}: {figure.text} is {pounds(abs(difference))} {said}, {words}"
    return Fault(FaultKind.TABLE_TOTAL, f"{message} {pounds(made)}", row.cells[column.at].at, _CHECK)


_CHECK: Final = "check the total and the amounts that it totals"
