"""The totals of a table of posts, held against the rows and columns that they total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.posts.words import Kind
from grantcalc.money import EXACT, PENNY, add, as_precise_as_printed, pounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.posts.grid import Cell
    from grantcalc.grants.posts.layout import Column, Layout
    from grantcalc.grants.posts.rows import Row
    from grantcalc.money import Figure

_HALF_A_PENNY: Final = EXACT.divide(PENNY, 2)


def wrong_totals(layout: Layout, rows: Sequence[Row]) -> Iterator[Fault]:
    """Totals that are not what their parts make: at the end of a row, and in rows of totals."""
    for at, row in enumerate(rows):
        yield from _across(layout, row)
        if row.is_total:
            yield from _down(layout, rows, at)


def is_total_of_all(layout: Layout, rows: Sequence[Row], at: int) -> bool:
    """Whether every amount of a row is what the posts above it make."""
    return all(_agrees(rows[at], column, _sum_above(rows, at, column)) for column in layout.of(Kind.AMOUNT, Kind.TOTAL))


def _across(layout: Layout, row: Row) -> Iterator[Fault]:
    """The total columns of a row."""
    for column in layout.of(Kind.TOTAL):
        parts = [row.amounts[part.at].value for part in parts_of(layout, column) if part.at in row.amounts]
        made = add(parts)
        if column.at in row.amounts and parts and not _agrees(row, column, made):
            yield _fault(row, column, made, "its amounts make")


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


def _down(layout: Layout, rows: Sequence[Row], at: int) -> Iterator[Fault]:
    """A row of totals: of all posts above it, or of those since the last such row."""
    row = rows[at]
    before = max((earlier for earlier in range(at) if rows[earlier].is_total), default=-1)
    for column in layout.of(Kind.AMOUNT, Kind.TOTAL):
        if column.at not in row.amounts:
            continue
        of_all = _sum_above(rows, at, column)
        of_section = _sum_above(rows, at, column, before + 1)
        if not _agrees(row, column, of_all) and not _agrees(row, column, of_section):
            yield _fault(row, column, of_section if row.is_subtotal else of_all, "the rows above make")


def _sum_above(rows: Sequence[Row], at: int, column: Column, start: int = 0) -> Decimal:
    """What a column comes to in the posts of some rows; of the year that the total names, where it names one."""
    return add(
        row.amounts[column.at].value
        for row in _posts(rows[start:at])
        if column.at in row.amounts and rows[at].year in ("", row.year)
    )


def _posts(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if not row.is_total)


def _agrees(row: Row, column: Column, made: Decimal) -> bool:
    """Whether an amount is the sum of others, as precisely as it is printed; a number is exact."""
    if column.at not in row.amounts:
        return True
    figure, cell = row.amounts[column.at], row.cells[column.at]
    return abs(EXACT.subtract(figure.value, made)) <= _tolerance(figure, cell)


def _tolerance(figure: Figure, cell: Cell) -> Decimal:
    """How far a total may be from its parts: half its printed unit; half a penny for the fractions of a computer."""
    return _HALF_A_PENNY if cell.number else as_precise_as_printed(figure).half_unit


def _fault(row: Row, column: Column, made: Decimal, words: str) -> Fault:
    figure = row.amounts[column.at]
    difference = EXACT.subtract(figure.value, made)
    said = "too small" if difference < 0 else "too large"
    message = f"{row.name or 'total'}, {column.holds}: {figure.text} is {pounds(abs(difference))} {said}, {words}"
    return Fault(FaultKind.TABLE_TOTAL, f"{message} {pounds(made)}", row.cells[column.at].at, _CHECK)


_CHECK: Final = "check the total and the amounts that it totals"
