"""The head of a table of posts: in which rows it stands, and the columns below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import one_line, shown
from grantcalc.grants.posts.amounts import looks_like_an_amount
from grantcalc.grants.posts.columns import Choices, Column, settled
from grantcalc.grants.posts.grid import column_number
from grantcalc.grants.posts.words import Kind, Meaning, meaning_of, title_year, year_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.posts.grid import Grid

_HEAD_WITHIN: Final = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table of posts, the first row of its head and the first below it, and what is wrong with it."""

    columns: tuple[Column, ...] = ()
    head: int = 0
    first: int = 0
    faults: tuple[Fault, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Column, ...]:
        """The columns that hold one of these."""
        return tuple(column for column in self.columns if column.meaning.kind in kinds)

    @property
    def width(self) -> int:
        """How many columns there are up to the last that has a head."""
        return max((column.at for column in self.columns if column.head), default=0) + 1

    @property
    def years_in_rows(self) -> bool:
        """Whether each row says its year."""
        return bool(self.of(Kind.YEAR))


def find_layout(grid: Grid, choices: Choices) -> Layout:
    """Find the head of a table, and what each column holds."""
    chosen, unknown = _chosen(grid, choices)
    head = _head_row(grid, chosen)
    if head is None or unknown:
        return Layout(faults=unknown or (_headless(grid, choices),))
    role = _role_column(grid, head, chosen)
    rows = _head_rows(grid, head, role)
    columns = [_column(grid, (head,) if at == role else rows, at, chosen.get(at)) for at in range(grid.width)]
    if all(column.meaning.kind not in (Kind.ROLE, Kind.PERSON) for column in columns):
        return Layout(faults=(_headless(grid, choices),))
    columns = _of_title_year(columns, _title_year(grid, rows[0], head, role))
    columns, faults = settled(grid, columns, rows[-1] + 1, choices)
    return Layout(tuple(columns), rows[0], rows[-1] + 1, tuple(faults))


def _headless(grid: Grid, choices: Choices) -> Fault:
    at = next((cell.at for row in grid.rows for cell in row if not cell.is_blank), grid.cell(0, 0).at)
    remedy = 'write "Role" above the column of roles'
    option = ", or say which it is, as in --column role=A" if choices.by_option else ""
    message = f"no column of the first {_HEAD_WITHIN} rows is headed as roles or posts are"
    return Fault(FaultKind.TABLE, message, at, remedy + option)


def _chosen(grid: Grid, choices: Choices) -> tuple[dict[int, Meaning], tuple[Fault, ...]]:
    """What was chosen for columns, by their numbers."""
    found: dict[int, Meaning] = {}
    faults = []
    for words, named in choices.columns:
        at = column_called(grid, named)
        if at is None:
            message = f"the table has no column {shown(named)}"
            faults.append(Fault(FaultKind.TABLE, message, grid.cell(0, 0).at, "name it by its head, or by its letter"))
            continue
        meaning = meaning_of(words)
        found[at] = replace(meaning, kind=Kind.AMOUNT) if meaning.kind is Kind.OTHER else meaning
    return found, tuple(faults)


def column_called(grid: Grid, named: str) -> int | None:
    """The number of a column by its head or letter."""
    for row in grid.rows[:_HEAD_WITHIN]:
        for at, cell in enumerate(row):
            if cell.text and one_line(cell.text).casefold() == one_line(named).casefold():
                return at
    number = column_number(named.strip())
    return number if number is not None and number < grid.width else None


def _head_row(grid: Grid, chosen: dict[int, Meaning]) -> int | None:
    """The row that has the head of the column of roles."""
    rows = range(min(_HEAD_WITHIN, len(grid.rows)))
    for kind in (Kind.ROLE, Kind.PERSON):
        picked = [at for at, meaning in chosen.items() if meaning.kind is kind]
        for row in rows:
            cells = [grid.cell(row, at) for at in picked] or grid.rows[row]
            others = sum(not cell.is_blank for cell in grid.rows[row])
            if any(picked and cell.text for cell in cells) and others > 1:
                return row
            if not picked and others > 1 and any(meaning_of(cell.text).kind is kind for cell in cells if cell.text):
                return row
    return None


def _role_column(grid: Grid, head: int, chosen: dict[int, Meaning]) -> int:
    """The column of roles: the one chosen, or else the first that the head says to be one."""
    for kind in (Kind.ROLE, Kind.PERSON):
        picked = [at for at, meaning in chosen.items() if meaning.kind is kind]
        read = [at for at, cell in enumerate(grid.rows[head]) if cell.text and meaning_of(cell.text).kind is kind]
        for at in (*picked, *read):
            return at
    return 0


def _head_rows(grid: Grid, head: int, role: int) -> tuple[int, ...]:
    """The rows of the head: with the one above that gives years, and the one below that names what the years have."""
    rows = [head]
    if head and _gives_years(grid, head - 1, role):
        rows.insert(0, head - 1)
    below = grid.rows[head + 1] if head + 1 < len(grid.rows) else ()
    words = [cell for at, cell in enumerate(below) if at != role and cell.text]
    if words and not grid.cell(head + 1, role).text and not has_amounts(grid, head + 1):
        rows.append(head + 1)
    return tuple(rows)


def _gives_years(grid: Grid, row: int, role: int) -> bool:
    """Whether a row has years above the columns of amounts; the title of a table stands at its left."""
    cells = grid.rows[row]
    filled = [at for at, cell in enumerate(cells) if not cell.is_blank]
    dated = [at for at in filled if at != role and year_in(cells[at].text)[0]]
    is_title = len(filled) == 1 and filled[0] <= role
    return bool(dated) and not is_title and not has_amounts(grid, row)


def _title_year(grid: Grid, first: int, head: int, role: int) -> str:
    """The year that the head of the roles or the nearest title above the head names; empty where none does."""
    year = title_year(grid.cell(head, role).text)
    for row in range(first - 1, -1, -1):
        if year or has_amounts(grid, row):
            break
        year = title_year(" ".join(cell.text for cell in grid.rows[row] if cell.text))
    return year


def _of_title_year(columns: list[Column], year: str) -> list[Column]:
    """The columns with the year of the title, where neither they nor the rows name one and no heading comes twice."""
    money = [column for column in columns if column.meaning.kind in (Kind.AMOUNT, Kind.TOTAL, Kind.OTHER)]
    headings = Counter(column.meaning.heading for column in money if column.meaning.kind is Kind.AMOUNT)
    several = max(headings.values(), default=0) > 1
    dated = any(column.meaning.year or column.meaning.kind is Kind.YEAR for column in columns)
    if not year or several or dated:
        return columns
    return [
        replace(column, meaning=replace(column.meaning, year=year)) if column in money and column.head else column
        for column in columns
    ]


def has_amounts(grid: Grid, row: int) -> bool:
    """Whether amounts stand in a row; a year is none."""
    return any(looks_like_an_amount(cell) and not year_in(cell.text)[0] for cell in grid.rows[row])


def _column(grid: Grid, rows: Sequence[int], at: int, chosen: Meaning | None) -> Column:
    """A column, its head put together from its rows; a year stands for the columns to its right that have no other."""
    cells = [grid.cell(row, at) for row in rows]
    head = " ".join(cell.text for cell in cells if cell.text)
    cell = next((cell for cell in reversed(cells) if cell.text), cells[-1])
    meaning = chosen or (meaning_of(head) if head else Meaning(Kind.OTHER))
    if head and not meaning.year and meaning.kind in (Kind.AMOUNT, Kind.TOTAL, Kind.OTHER):
        meaning = replace(meaning, year=next((year for row in rows if (year := _year_over(grid, row, at))), ""))
    return Column(at, one_line(head), meaning, cell, chosen is not None)


def _year_over(grid: Grid, row: int, at: int) -> str:
    """The year of the last filled cell at or before a column."""
    filled = next((cell.text for cell in reversed(grid.rows[row][: at + 1]) if cell.text), "")
    return year_in(filled)[0]
