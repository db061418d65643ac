"""The rows of a table of posts: which are posts, which are totals, and the amounts in each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import one_line, shown
from grantcalc.grants.irregular import irregularity
from grantcalc.grants.periods import year_key
from grantcalc.grants.posts.amounts import amount_in
from grantcalc.grants.posts.grid import column_letter
from grantcalc.grants.posts.words import Kind, year_in
from grantcalc.money import Figure
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.posts.grid import Cell, Grid
    from grantcalc.grants.posts.layout import Choices, Layout

_TOTAL: Final = re.compile(
    r"(?:(?:grand|sub|overall|combined)[ -]?)?(?:sub)?totals?(?: (?:costs?|budget|salar(?:y|ies)|amount|for|of|all|posts?"
    r"|year|per|by|20|19|fy|£|\(|-|–|:).*)?:?|sum|all posts|subtotal.*",
    re.IGNORECASE,
)
_SUBTOTAL: Final = re.compile(r"sub", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with amounts.

    Attributes:
        name: the role, or the words of a total; empty where the row has none.
        at: the cell of the name, or the first of the row.
        year: the year that the row names; empty where it names none.
        year_at: the cell of the year.
        amounts: its amounts by the numbers of their columns.
        cells: the cells of these.
        is_total: whether it is a total of others.
    """

    name: str
    at: Cell
    year: str
    year_at: Cell
    amounts: Mapping[int, Figure]
    cells: Mapping[int, Cell]
    is_total: bool = False

    @property
    def is_subtotal(self) -> bool:
        """Whether it says that it is a total of some rows only."""
        return _SUBTOTAL.match(self.name) is not None


@dataclass(slots=True)
class Rows:
    """The rows of a table from top to bottom, and what is wrong with them."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_rows(grid: Grid, layout: Layout, choices: Choices) -> Rows:
    """Read the rows below a table's head.

    Args:
        grid: the table.
        layout: its columns.
        choices: what is said of the table beside what stands in it.
    """
    read = Rows()
    money = {column.at for column in layout.of(Kind.AMOUNT, Kind.TOTAL)}
    for at in range(layout.first, len(grid.rows)):
        cells = grid.rows[at]
        if all(cell.is_blank for cell in cells):
            continue
        cut = [] if grid.name else list(_cut_amounts(cells, layout.width, money, commas=grid.commas))
        read.faults += cut
        if any(fault.kind is FaultKind.TABLE for fault in cut):
            continue  # every cell of it may be another's
        _read_row(grid, at, layout, choices, read)
    return read


def _read_row(grid: Grid, at: int, layout: Layout, choices: Choices, read: Rows) -> None:
    role = layout.of(Kind.ROLE)[0]
    role_cell = grid.cell(at, role.at)
    name = one_line(role_cell.text)
    if name == role.head:
        return  # the head again, at the top of a page
    is_total = _TOTAL.fullmatch(name) is not None
    amounts: dict[int, Figure] = {}
    cells: dict[int, Cell] = {}
    malformed: list[Fault] = []
    for column in layout.of(Kind.AMOUNT, Kind.TOTAL):
        cell = grid.cell(at, column.at)
        found = amount_in(cell, column.meaning.scale)
        if isinstance(found, Figure):
            amounts[column.at], cells[column.at] = found, cell
        elif found is not None:
            subject = f"{name or 'a row without a role'}, {column.holds}"
            said = f"{shown(cell.text)} {found.reason}" if cell.text else f"the cell {found.reason}"
            kind = FaultKind.AMOUNT if column.meaning.kind is Kind.AMOUNT and not is_total else FaultKind.TABLE_TOTAL
            malformed.append(Fault(kind, f"{subject}: {said}", cell.at, found.remedy))
    first = role_cell if name else next(cell for cell in grid.rows[at] if not cell.is_blank)
    if not amounts and not _counts(name, malformed):
        _leave_out(first, read)
        return
    read.faults += malformed
    read.faults += _irregular(layout, amounts, cells)
    if not name and layout.years_in_rows and read.rows and not read.rows[-1].is_total:
        name = read.rows[-1].name  # merged over its years
    year, year_at = _year(grid, at, layout, choices, read, name, is_total=is_total)
    read.rows.append(Row(name, first, year, year_at, amounts, cells, is_total))


def _counts(name: str, malformed: list[Fault]) -> bool:
    """Whether a row without an amount should have one: it has a role, and something stands where amounts do."""
    return bool(name and malformed) or any(re.search("[0-9]", fault.message.partition(": ")[2]) for fault in malformed)


def _leave_out(first: Cell, read: Rows) -> None:
    message = f"the row {shown(one_line(first.text))} has no amounts, and is not read"
    read.faults.append(Fault(FaultKind.LEFT_OUT, message, first.at))


def _irregular(layout: Layout, amounts: Mapping[int, Figure], cells: Mapping[int, Cell]) -> Iterator[Fault]:
    for column in layout.of(Kind.AMOUNT):
        odd = irregularity(amounts[column.at]) if column.at in amounts else None
        if odd is not None:
            yield Fault(FaultKind.IRREGULAR, odd.reason, cells[column.at].at, odd.remedy)


def _year(
    grid: Grid, at: int, layout: Layout, choices: Choices, read: Rows, name: str, *, is_total: bool
) -> tuple[str, Cell]:
    """The year that a row names, and the cell; none where the columns say it."""
    columns = layout.of(Kind.YEAR)
    role = grid.cell(at, layout.of(Kind.ROLE)[0].at)
    if not columns:
        return "", role
    cell = grid.cell(at, columns[0].at)
    if is_total and not cell.text:
        return year_in(name)[0], role
    listed_years = {year_key(year): year for year in choices.years}
    year = listed_years.get(year_key(cell.text)) or year_in(cell.text)[0]
    if not year or cell.flaw is not None:
        said = f"{shown(cell.text)} is not the name of a year" if cell.text else "no year is given"
        message = f"{name or 'a row without a role'}: {said}"
        place = cell.at if cell.text else role.at
        read.faults.append(Fault(FaultKind.TABLE, message, place, "write it as in 2025-26"))
    elif choices.by_option and listed_years and year_key(year) not in listed_years:
        message = f"{name}: the year {year} is none of {listed(choices.years)}"
        read.faults.append(Fault(FaultKind.TABLE, message, cell.at, "name it with --year too, or leave out --year"))
    return year, cell


_BEFORE_COMMA: Final = re.compile(r"[-(]?£?\s?[1-9][0-9]{0,2}")
_AFTER_COMMA: Final = re.compile(r"[0-9]{3}(?:\.[0-9]+)?\)?")


def _cut_amounts(cells: tuple[Cell, ...], width: int, money: set[int], *, commas: bool) -> Iterator[Fault]:
    """Cells that a comma inside an amount may have made two of, and cells beyond the head."""
    beyond = [cell for cell in cells[width:] if not cell.is_blank]
    pairs = [
        (at, before, after)
        for at, (before, after) in enumerate(pairwise(cells))
        if commas and not (before.quoted or after.quoted)
        if _BEFORE_COMMA.fullmatch(before.text) and _AFTER_COMMA.fullmatch(after.text)
    ]
    for at, before, after in pairs:
        joined = f"{before.text},{after.text}"
        remedy = f'if {joined} is one amount, write "{joined}" with the quotation marks'
        if beyond or "£" in before.text or after.text.endswith(")"):
            message = f"a comma divides {shown(before.text)} and {shown(after.text)}, as it would inside {joined}"
            yield Fault(FaultKind.TABLE, message, before.at, remedy)
        elif {at, at + 1} <= money:
            message = f"{joined} is read as two amounts, {before.text} and {after.text}"
            yield Fault(FaultKind.TWO_AMOUNTS, message, before.at, remedy)
    if beyond and not pairs:
        message = f"the row has a cell in column {column_letter(cells.index(beyond[0]))}, the head has only {width}"
        remedy = "put a cell that has the delimiter in it in quotation marks; or write a head above the column"
        yield Fault(FaultKind.TABLE, message, beyond[0].at, remedy)
