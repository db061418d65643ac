"""The columns of a table of posts: which heading and year the amounts of each are for, as all of them together say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import UNNAMED, shown
from grantcalc.grants.periods import year_key
from grantcalc.grants.posts.amounts import amount_in
from grantcalc.grants.posts.grid import Cell, column_letter
from grantcalc.grants.posts.words import Kind, Meaning, year_in
from grantcalc.money import Figure
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.grants.posts.grid import Grid

_ONLY_HEADING: Final = "cost"
"""The heading of amounts whose columns have no word but a year or a total."""
_SUMMARY: Final = ("Grant", "Year", "Role")
"""How the head of what `summarise` prints as CSV begins."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is said of a table beside what stands in it.

    Attributes:
        years: the years of the grant.
        columns: what columns hold, each as words of a head and the column's letter or head.
        headings: the headings that are looked for; None where the table's own are taken.
        by_option: whether all this comes from options of the command line, not from a grant file.
    """

    years: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] | None = None
    by_option: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of posts.

    Attributes:
        at: its number from zero.
        head: the words of its head.
        meaning: what it holds; the year of an amount is empty where each row says it, or nothing does.
        cell: a cell of its head.
        chosen: whether its meaning was chosen, not read.
    """

    at: int
    head: str
    meaning: Meaning
    cell: Cell
    chosen: bool = False

    @property
    def holds(self) -> str:
        """What its cells are, as a message speaks of them: "2025-26 salary"."""
        meaning = self.meaning
        words = meaning.heading if meaning.kind is Kind.AMOUNT else f"{meaning.heading} total".strip()
        return " ".join(part for part in (meaning.year, words) if part)

    @property
    def name(self) -> str:
        """The column as a message speaks of it: its head and its letter."""
        letter = column_letter(self.at)
        return f"column {shown(self.head)} ({letter})" if self.head else f"column {letter}"


def settled(grid: Grid, columns: list[Column], first: int, choices: Choices) -> tuple[list[Column], list[Fault]]:
    """The columns with what only all of them together say."""
    columns = [_if_years(grid, column, first) for column in _without_grant(columns)]
    columns = _with_one_role(columns)
    columns = _with_totals(columns)
    columns = [_named(grid, column, first, choices) for column in columns]
    columns = _without_rivals(columns)
    columns, faults = _with_years(columns, choices)
    return columns, [*faults, *_twice(columns, choices)]


def _without_grant(columns: list[Column]) -> list[Column]:
    """The columns, of which the first of a summary that `summarise` printed is the grant's name, be it a number."""
    if tuple(column.head for column in columns[: len(_SUMMARY)]) != _SUMMARY or columns[0].chosen:
        return columns
    return [replace(columns[0], meaning=Meaning(Kind.NO_MONEY)), *columns[1:]]


def _if_years(grid: Grid, column: Column, first: int) -> Column:
    """A column, which is none of years where it says none; `summarise` leaves it empty for costs without a year."""
    blank = all(grid.cell(row, column.at).is_blank for row in range(first, len(grid.rows)))
    return replace(column, meaning=Meaning(Kind.OTHER)) if blank and column.meaning.kind is Kind.YEAR else column


def _with_one_role(columns: list[Column]) -> list[Column]:
    """Only one column of names: the first of roles, or else the first of people and things."""
    for kind in (Kind.ROLE, Kind.PERSON):
        named = sorted((column for column in columns if column.meaning.kind is kind), key=lambda each: not each.chosen)
        if named:
            return [
                replace(column, meaning=Meaning(Kind.ROLE if column is named[0] else Kind.NO_MONEY))
                if column.meaning.kind in (Kind.ROLE, Kind.PERSON)
                else column
                for column in columns
            ]
    return columns


def _with_totals(columns: list[Column]) -> list[Column]:
    """Totals that total nothing in the table are amounts; the second total of a year is that of all years."""
    amounts = {column.meaning.heading for column in columns if column.meaning.kind in (Kind.AMOUNT, Kind.OTHER)}
    known = any(column.meaning.kind is Kind.AMOUNT for column in columns)
    seen: set[tuple[str, str]] = set()
    out = []
    for column in columns:
        meaning = column.meaning
        if meaning.kind is Kind.TOTAL and meaning.heading and meaning.heading not in amounts:
            meaning = replace(meaning, kind=Kind.AMOUNT)
        elif meaning.kind is Kind.TOTAL and not known and len(amounts - {""}) == 0:
            meaning = replace(meaning, kind=Kind.AMOUNT, heading=_ONLY_HEADING)
        elif meaning.kind is Kind.TOTAL and (meaning.heading, meaning.year) in seen:
            meaning = replace(meaning, year="")
        if meaning.kind is Kind.TOTAL:
            seen.add((meaning.heading, meaning.year))
        out.append(replace(column, meaning=meaning))
    return out


def _named(grid: Grid, column: Column, first: int, choices: Choices) -> Column:
    """A column with the heading that its amounts stand under; one that has no amounts has no meaning."""
    meaning = column.meaning
    if meaning.kind not in (Kind.AMOUNT, Kind.OTHER):
        return column
    heading = meaning.heading or (_ONLY_HEADING if meaning.year else "")
    if choices.headings is not None:
        heading = _listed_heading(column, heading, choices.headings)
    elif meaning.kind is Kind.OTHER and not _has_only_amounts(grid, column.at, first):
        heading = ""
    if not heading:
        return replace(column, meaning=replace(meaning, kind=Kind.OTHER))
    return replace(column, meaning=replace(meaning, kind=Kind.AMOUNT, heading=heading))


def _listed_heading(column: Column, heading: str, headings: tuple[str, ...]) -> str:
    """The heading of a grant file that a column is for; empty for none."""
    by_words = {name.casefold(): name for name in headings}
    if heading == _ONLY_HEADING and column.meaning.year and len(headings) == 1:
        return headings[0]
    own = " ".join(year_in(column.head)[1].split()).casefold()
    return by_words.get(own) or by_words.get(heading.casefold(), "")


def _has_only_amounts(grid: Grid, at: int, first: int) -> bool:
    """Whether every cell of a column below the head is an amount or nothing, and one is an amount."""
    cells = [grid.cell(row, at) for row in range(first, len(grid.rows))]
    filled = [cell for cell in cells if not cell.is_blank]
    return bool(filled) and all(cell.flaw is None and not _malformed(cell) for cell in filled)


def _malformed(cell: Cell) -> bool:
    found = amount_in(cell)
    return found is not None and not isinstance(found, Figure)


def _without_rivals(columns: list[Column]) -> list[Column]:
    """A column that was chosen takes the place of those that merely look the same."""
    chosen = {(column.meaning.kind, column.meaning.heading, column.meaning.year) for column in columns if column.chosen}
    return [
        replace(column, meaning=Meaning(Kind.OTHER))
        if not column.chosen and (column.meaning.kind, column.meaning.heading, column.meaning.year) in chosen
        else column
        for column in columns
    ]


def _with_years(columns: list[Column], choices: Choices) -> tuple[list[Column], list[Fault]]:
    """The columns of amounts with their years, from their heads, the rows or what is said beside the table."""
    amounts = [column for column in columns if column.meaning.kind is Kind.AMOUNT]
    named = {column.meaning.year for column in amounts} - {""}
    if named:
        columns = [
            replace(column, meaning=Meaning(Kind.OTHER)) if column.meaning.kind is Kind.YEAR else column
            for column in columns
        ]
        return columns, [*_yearless(amounts, choices), *_said_twice(amounts, named, choices)]
    if any(column.meaning.kind is Kind.YEAR for column in columns):
        return columns, []
    times = max(Counter(column.meaning.heading for column in amounts).values(), default=1)
    years = choices.years or (UNNAMED,)
    if amounts and len(years) not in (1, times):
        message = f"the table does not say which of the years {listed(years)} its amounts are for"
        remedy = "write the year into the heads, as in Salary 2025-26, or add a column Year"
        return columns, [Fault(FaultKind.TABLE, message, amounts[0].cell.at, remedy)]
    return list(_year_by_year(columns, years)), []


def _year_by_year(columns: Iterable[Column], years: Sequence[str]) -> Iterator[Column]:
    """Columns of a heading that come again and again are one for each year."""
    met = Counter[tuple[Kind, str]]()
    for column in columns:
        meaning = column.meaning
        if meaning.kind not in (Kind.AMOUNT, Kind.TOTAL):
            yield column
            continue
        nth = met[meaning.kind, meaning.heading]
        met[meaning.kind, meaning.heading] += 1
        year = years[nth] if nth < len(years) and (meaning.kind is Kind.AMOUNT or len(years) > 1) else ""
        yield replace(column, meaning=replace(meaning, year=years[0] if len(years) == 1 else year))


def _yearless(amounts: Iterable[Column], choices: Choices) -> Iterator[Fault]:
    for column in amounts:
        if not column.meaning.year:
            remedy = "write the year into its head"
            if choices.by_option:
                letter = column_letter(column.at)
                said = f'--column "{column.meaning.heading} 2025-26={letter}"'
                remedy += f", or say it, as in {said}; or --column skip={letter}"
            yield Fault(FaultKind.TABLE, f"{column.name} names no year, as others do", column.cell.at, remedy)


def _said_twice(amounts: Sequence[Column], named: set[str], choices: Choices) -> Iterator[Fault]:
    if choices.by_option and choices.years and not {year_key(year) for year in choices.years} >= named:
        message = f"the table names its years itself: {listed(sorted(named))}"
        yield Fault(FaultKind.TABLE, message, amounts[0].cell.at, "leave out --year")


def _twice(columns: Iterable[Column], choices: Choices) -> Iterator[Fault]:
    """Columns that say the same."""
    first: dict[tuple[str, str], Column] = {}
    for column in columns:
        meaning = column.meaning
        if meaning.kind is Kind.AMOUNT and first.setdefault((meaning.heading, meaning.year), column) is not column:
            other = first[meaning.heading, meaning.year]
            of = f" of {meaning.year}" if meaning.year else ""
            message = f"{column.name} holds {meaning.heading}{of}, and so does {other.name}"
            remedy = "give each a head of its own"
            if choices.by_option:
                remedy += f", or leave one out: --column skip={column_letter(column.at)}"
            yield Fault(FaultKind.TABLE, message, column.cell.at, remedy, ("the other column", other.cell.at))
