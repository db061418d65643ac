"""The rows of a table of posts: which are posts, which are totals, and the amounts in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import one_line, shown
from grantcalc.grants.irregular import irregularity
from grantcalc.grants.periods import year_key
from grantcalc.grants.posts.amounts import amount_in
from grantcalc.grants.posts.grid import column_letter
from grantcalc.grants.posts.words import Kind, year_in
from grantcalc.money import Figure, Malformed
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grantcalc.grants.posts.columns import Choices
    from grantcalc.grants.posts.grid import Cell, Grid
    from grantcalc.grants.posts.layout import Layout

_TOTAL: Final = re.compile(
    r"(?:(?:grand|sub|overall|combined)[ -]?)?(?:sub)?totals?:?"
    r"(?: (?:costs?|budget|salar(?:y|ies)|amount|for|of|all|posts?|year|per|by|20|19|fy|£|\(|-|–|:).*)?"
    r"|sum|all posts|subtotal.*",
    re.IGNORECASE,
)
_SUBTOTAL: Final = re.compile(r"sub", re.IGNORECASE)
_ALL_YEARS: Final = re.compile(r"(?:all|both)(?: years)?", re.IGNORECASE)
_NO_COST: Final = re.compile(
    r"(?:monthly|quarterly|half-yearly|yearly|annual) payments?(?: [0-9]+(?: to [0-9]+)?)?"
    r"|(?:paid up front|final payment)(?:,.*)?|award",
    re.IGNORECASE,
)
"""What stands below the totals of a summary, as `summarise` and decision papers print it."""


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
        unread: the columns whose cells should be amounts and are none.
    """

    name: str
    at: Cell
    year: str
    year_at: Cell
    amounts: Mapping[int, Figure]
    cells: Mapping[int, Cell]
    is_total: bool = False
    unread: frozenset[int] = frozenset()

    @property
    def is_subtotal(self) -> bool:
        """Whether it says that it is a total of some rows only."""
        return _SUBTOTAL.match(self.name) is not None


def read_rows(grid: Grid, layout: Layout, choices: Choices) -> tuple[list[Row], list[Fault]]:
    """Read the rows below a table's head, and say what is wrong with them.

    Args:
        grid: the table.
        layout: its columns.
        choices: what is said of the table beside what stands in it.
    """
    reader = _Reader(grid, layout, choices)
    for at in range(layout.first, len(grid.rows)):
        if not all(cell.is_blank for cell in grid.rows[at]):
            reader.take(at)
    return reader.rows, [*reader.faults, *_no_costs(reader.no_costs)]


def is_total(name: str) -> bool:
    """Whether a row of this name is a total of others."""
    return _TOTAL.fullmatch(name) is not None


class _Reader:
    """Reads row after row, and keeps what it found."""

    def __init__(self, grid: Grid, layout: Layout, choices: Choices) -> None:
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.no_costs: list[Cell] = []
        self._grid = grid
        self._layout = layout
        self._role = layout.of(Kind.ROLE)[0]
        self._money = layout.of(Kind.AMOUNT, Kind.TOTAL)
        self._years = {year_key(year): year for year in choices.years}
        self._only_these = choices.by_option and bool(choices.years)

    def take(self, at: int) -> None:
        """Take the next row that is not blank."""
        if not self._grid.name and self._is_cut(at):
            return
        role = self._grid.cell(at, self._role.at)
        name = one_line(role.text)
        if name.casefold() == self._role.head.casefold():
            return  # the head again, at the top of a page
        cells = {column.at: self._grid.cell(at, column.at) for column in self._money}
        found = {column.at: amount_in(cells[column.at], column.meaning.scale) for column in self._money}
        amounts = {column: amount for column, amount in found.items() if isinstance(amount, Figure)}
        malformed = {column: why for column, why in found.items() if isinstance(why, Malformed)}
        first = role if name else next(cell for cell in self._grid.rows[at] if not cell.is_blank)
        if not amounts and not _should_have_amounts(name, [cells[column] for column in malformed]):
            message = f"the row {shown(one_line(first.text))} has no amounts, and is not read"
            self.faults.append(Fault(FaultKind.LEFT_OUT, message, first.at))
            return
        if self._is_no_cost(name, amounts):
            self.no_costs.append(role)
            return
        total = is_total(name)
        self.faults += self._unreadable(name, cells, malformed, total=total)
        self.faults += self._irregular(amounts, cells)
        if not name and self._layout.years_in_rows and self.rows and not self.rows[-1].is_total:
            name = self.rows[-1].name  # merged over its years
        year, year_at = self._year(at, name, total=total)
        self.rows.append(Row(name, first, year, year_at, amounts, cells, total, frozenset(malformed)))

    def _is_no_cost(self, name: str, amounts: Mapping[int, Figure]) -> bool:
        """Whether a row is a payment or the award: it is called so, stands below totals, and has none but a total."""
        if _NO_COST.fullmatch(name) is None or not self.rows or not self.rows[-1].is_total:
            return False
        return not any(column.at in amounts for column in self._layout.of(Kind.AMOUNT)) or len(self._money) == 1

    def _is_cut(self, at: int) -> bool:
        """Whether every cell of a row may be another's, since a comma has cut one in two."""
        money = {column.at for column in self._money}
        cut = list(_cut_amounts(self._grid.rows[at], self._layout.width, money, commas=self._grid.commas))
        self.faults += cut
        return any(fault.kind is FaultKind.TABLE for fault in cut)

    def _unreadable(
        self, name: str, cells: Mapping[int, Cell], malformed: Mapping[int, Malformed], *, total: bool
    ) -> Iterator[Fault]:
        """Cells that should be amounts; totals are only held against the others, and may be none."""
        for column in self._money:
            why, cell = malformed.get(column.at), cells[column.at]
            if why is not None:
                said = f"{shown(cell.text)} {why.reason}" if cell.text else f"the cell {why.reason}"
                kind = FaultKind.TABLE_TOTAL if total or column.meaning.kind is Kind.TOTAL else FaultKind.AMOUNT
                message = f"{name or 'a row without a role'}, {column.holds}: {said}"
                yield Fault(kind, message, cell.at, why.remedy)

    def _irregular(self, amounts: Mapping[int, Figure], cells: Mapping[int, Cell]) -> Iterator[Fault]:
        """Amounts that are written as slips are."""
        for column in self._layout.of(Kind.AMOUNT):
            odd = irregularity(amounts[column.at]) if column.at in amounts else None
            if odd is not None:
                yield Fault(FaultKind.IRREGULAR, odd.reason, cells[column.at].at, odd.remedy)

    def _year(self, at: int, name: str, *, total: bool) -> tuple[str, Cell]:
        """The year that a row names, and the cell; none where the columns say it."""
        columns = self._layout.of(Kind.YEAR)
        role = self._grid.cell(at, self._role.at)
        if not columns:
            return "", role
        cell = self._grid.cell(at, columns[0].at)
        if total and (not cell.text or _ALL_YEARS.fullmatch(cell.text.strip())):
            return year_in(name)[0], role
        year = self._years.get(year_key(cell.text)) or year_in(cell.text)[0]
        if not year or cell.flaw is not None:
            said = f"{shown(cell.text)} is not the name of a year" if cell.text else "no year is given"
            message = f"{name or 'a row without a role'}: {said}"
            place = cell.at if cell.text or not role.text else role.at
            self.faults.append(Fault(FaultKind.TABLE, message, place, "write it as in 2025-26"))
        elif self._only_these and year_key(year) not in self._years:
            message = f"{name}: the year {year} is none of {listed(list(self._years.values()))}"
            self.faults.append(Fault(FaultKind.TABLE, message, cell.at, "name it with --year too, or leave out --year"))
        return year, cell


def _no_costs(rows: Sequence[Cell]) -> Iterator[Fault]:
    """The note on rows of payments and of the award."""
    if rows:
        names = listed([shown(name) for name in dict.fromkeys(one_line(cell.text) for cell in rows)])
        message = f"the row {names} is no cost, and is not read"
        if len(rows) > 1:
            message = f"{len(rows)} rows are no costs, and are not read: {names}"
        yield Fault(FaultKind.LEFT_OUT, message, rows[0].at)


def _should_have_amounts(name: str, malformed: Sequence[Cell]) -> bool:
    """Whether a row without an amount should have one: something stands where amounts do that no note would have."""
    return bool(name and malformed) or any(cell.flaw or re.search("[0-9]", cell.text) for cell in malformed)


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
