"""A table of posts as data: posts with their costs by year and heading, and the totals that the table states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.grants.faults import HARMLESS, Fault, FaultKind
from grantcalc.grants.fields import UNNAMED, shown
from grantcalc.grants.periods import named_period, year_key
from grantcalc.grants.posts.amounts import looks_like_an_amount
from grantcalc.grants.posts.grand import grand_stated, of_all_tables, wrong_grand_totals
from grantcalc.grants.posts.rows import Row, read_rows
from grantcalc.grants.posts.stack import stack_of
from grantcalc.grants.posts.table_post import TablePost
from grantcalc.grants.posts.totals import TOTAL, SumsAbove, wrong_totals
from grantcalc.grants.posts.words import Kind
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.grants.document import Tree
    from grantcalc.grants.posts.columns import Choices, Column
    from grantcalc.grants.posts.grid import Cell, Grid
    from grantcalc.grants.posts.layout import Layout
    from grantcalc.grants.posts.stack import Part
    from grantcalc.money import Figure

_Stated: TypeAlias = "dict[str, dict[str, Figure]]"
"""Figures by year and key."""


@dataclass(frozen=True, slots=True)
class PostsTable:
    """A table of posts.

    Attributes:
        posts: the posts from top to bottom.
        headings: the headings of their amounts, from left to right.
        years: the years, in order of time where their names tell it.
        stated: the totals that the table states of all posts, by year and key; "" for all years.
        faults: what is wrong with the table.
    """

    posts: tuple[TablePost, ...] = ()
    headings: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    stated: dict[str, dict[str, Figure]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_table(grid: Grid, choices: Choices) -> PostsTable:
    """Read a table of posts.

    Args:
        grid: the table.
        choices: what is said of it beside what stands in it.
    """
    if grid.faults and not grid.rows:
        return PostsTable(faults=grid.faults)
    parts = stack_of(grid, choices)
    unusable = (*grid.faults, *(fault for part in parts for fault in part.layout.faults))
    if unusable:
        return PostsTable(faults=unusable)
    posts: list[TablePost] = []
    stated: list[_Stated] = []
    faults = list(grid.notes)
    grand: Sequence[Row] = ()
    for part in parts:
        read, wrong = read_rows(part.grid, part.layout, part.choices)
        rows, nameless = _with_unnamed_totals(part.layout, read)
        filled = _fill_posts(posts, part.layout, [row for row in rows if not row.is_total and row.name])
        if part is parts[-1] and len(parts) > 1 and not part.layout.years_in_rows:
            end = of_all_tables(part.layout, rows, posts)
            rows, grand = rows[:end], rows[end:]
            faults += wrong_grand_totals(part.layout, grand, posts)
        stated.append(_stated(part.layout, rows, filled))
        faults += [*part.faults, *wrong, *nameless, *wrong_totals(part.layout, rows), *_unread(part)]
    if not posts and all(fault.kind in HARMLESS for fault in faults):
        message = "the table has no post with an amount"
        faults.append(Fault(FaultKind.TABLE, message, parts[0].layout.columns[0].cell.at, "add a row for each post"))
    faults += _unstated(parts, stated)
    columns = [column for part in parts for column in part.layout.of(Kind.AMOUNT)]
    headings = tuple(dict.fromkeys(column.meaning.heading for column in columns))
    years = _in_order({year for post in posts for year in post.costs}, posts)
    of_all = grand_stated(parts[-1].layout, grand, years) if grand else {}
    return PostsTable(tuple(posts), headings, years, {**_together(stated), **of_all}, tuple(faults))


def _with_unnamed_totals(layout: Layout, rows: Sequence[Row]) -> tuple[list[Row], list[Fault]]:
    """The rows, those without a role taken as totals if they are; faults for the others."""
    named: list[Row] = []
    faults: list[Fault] = []
    above = SumsAbove()
    for row in rows:
        if row.name:
            named.append(row)
        elif above.make(layout, row):
            named.append(replace(row, is_total=True))
        else:
            message = "the row has amounts, but no role; they are not the totals of the rows above"
            remedy = "name the post, or write Total if it is one"
            faults.append(Fault(FaultKind.TABLE, message, row.at.at, remedy))
            continue
        above.take(named[-1])
    return named, faults


def _fill_posts(posts: list[TablePost], layout: Layout, rows: Iterable[Row]) -> set[str]:
    """Add the posts of a table, and say which years it fills.

    Rows of one role are one post where they are of different years or headings: in tables that stand one below the
    other, or in one where each row says its year.
    """
    above: dict[str, list[TablePost]] = {}
    for each in posts:
        above.setdefault(each.name, []).append(each)
    taken: dict[str, list[TablePost]] = {}
    filled: set[str] = set()
    for row in rows:
        own = taken.setdefault(row.name, [])
        years = _years_of(layout, row)
        of_years = (one for one in own if layout.years_in_rows and years.isdisjoint(one.costs))
        of_tables = (one for one in above.get(row.name, ()) if one not in own and not _has_costs_of(one, layout, row))
        post = next(chain(of_years, of_tables), None)
        if post is None:
            post = TablePost(row.name, row.at)
            posts.append(post)
        if post not in own:
            own.append(post)
        _fill(post, layout, row)
        filled |= years
    return filled


def _has_costs_of(post: TablePost, layout: Layout, row: Row) -> bool:
    """Whether a post has an amount already where a row has one."""
    return any(
        column.meaning.heading in post.costs.get(column.meaning.year or row.year, {})
        for column in layout.of(Kind.AMOUNT)
        if column.at in row.amounts
    )


def _years_of(layout: Layout, row: Row) -> set[str]:
    """The years in which a row has amounts."""
    return {column.meaning.year or row.year for column in layout.of(Kind.AMOUNT) if column.at in row.amounts}


def _fill(post: TablePost, layout: Layout, row: Row) -> None:
    for column in layout.of(Kind.AMOUNT):
        if column.at in row.amounts:
            year = column.meaning.year or row.year
            post.costs.setdefault(year, {})[column.meaning.heading] = row.amounts[column.at], row.cells[column.at]
            post.years_at.setdefault(year, row.year_at if layout.years_in_rows else column.cell)
    for column in layout.of(Kind.TOTAL):
        of_year = _total_year(layout, column, row)
        if column.at in row.amounts and of_year in post.costs:
            post.stated.setdefault(of_year, {})[column.meaning.heading or TOTAL] = row.amounts[column.at]


def _total_year(layout: Layout, column: Column, row: Row) -> str | None:
    """The year that a total is of; None where it is of several."""
    if layout.years_in_rows:
        return row.year
    years = {each.meaning.year for each in layout.of(Kind.AMOUNT)}
    return next(iter(years)) if len(years) == 1 else column.meaning.year or None


def _in_order(years: set[str], posts: Iterable[TablePost]) -> tuple[str, ...]:
    """The years in order of time, or as they come where their names do not tell it."""
    met = list(dict.fromkeys(year for post in posts for year in post.costs if year in years))
    periods = {year: named_period(year) for year in met}
    return tuple(sorted(met, key=lambda year: period.starts.isoformat() if (period := periods[year]) else year))


def _stated(layout: Layout, rows: Sequence[Row], years: set[str]) -> _Stated:
    """What the last row of totals says, by year and key; under "" of all years."""
    stated: _Stated = {year: {} for year in years}
    only = next(iter(years)) if len(years) == 1 else ""
    last_post = max((at for at, row in enumerate(rows) if not row.is_total), default=0)
    for row in rows[last_post:]:
        if not row.is_total or row.is_subtotal:
            continue
        for column in layout.of(Kind.AMOUNT, Kind.TOTAL):
            if column.at not in row.amounts:
                continue
            year = row.year if layout.years_in_rows else column.meaning.year
            key = column.meaning.heading or TOTAL
            stated.setdefault(year or only, {})[key] = row.amounts[column.at]
    return stated


def _together(tables: Sequence[_Stated]) -> _Stated:
    """What tables state of the years that only one of them has: a total of a part of a year is not that of the year."""
    of = Counter(year for table in tables for year in table)
    alone = {year: figures for table in tables for year, figures in table.items() if of[year] == 1}
    return {year: figures for year, figures in alone.items() if figures and (year != UNNAMED or len(tables) == 1)}


def _unstated(parts: Sequence[Part], tables: Sequence[_Stated]) -> Iterator[Fault]:
    """The note on totals that are those of a part, and are held against that part alone."""
    kept = _together(tables)
    lost = dict.fromkeys(year for table in tables for year, figures in table.items() if figures and year not in kept)
    if lost:
        of = listed([year or "all years" for year in lost])
        message = f"the totals of {of} are not stated in the grant file, since each is one table's of several"
        yield Fault(FaultKind.LEFT_OUT, message, parts[-1].layout.columns[0].cell.at)


def _unread(part: Part) -> Iterator[Fault]:
    """Columns that are not read: a warning for those that hold numbers, a note for all others."""
    grid, layout, choices = part.grid, part.layout, part.choices
    words = []
    for column in layout.of(Kind.NO_MONEY, Kind.OTHER, Kind.SKIPPED, Kind.PERSON):
        cells = [grid.cell(row, column.at) for row in range(layout.first, len(grid.rows))]
        filled = [cell for cell in cells if not cell.is_blank]
        if not filled or (not grid.name and column.at >= layout.width):
            continue
        holds_amounts = any(_may_be_money(cell) for cell in filled) and column.meaning.kind is Kind.OTHER
        if not holds_amounts or column.chosen:
            words.append(column)
            continue
        remedy = "write a head above it" if not column.head else "if it holds amounts, mend the cells that are none"
        if choices.headings is not None:
            remedy = f"if it holds costs, add its heading to headings, where there are: {listed(choices.headings)}"
        message = f"{column.name} is not read, though it holds numbers"
        yield Fault(FaultKind.UNREAD_COLUMN, message, column.cell.at if column.head else filled[0].at, remedy)
    if words:
        said = "it holds" if len(words) == 1 else "they hold"
        message = f"{listed([column.name for column in words])} {'is' if len(words) == 1 else 'are'} not read"
        yield Fault(FaultKind.LEFT_OUT, f"{message}: {said} no costs", words[0].cell.at)


def _may_be_money(cell: Cell) -> bool:
    return "£" in cell.text or looks_like_an_amount(cell)


def numbered(table: PostsTable) -> PostsTable:
    """The table with a number for each of the posts that have the same role, and the note that says so."""
    by_name: dict[str, list[TablePost]] = {}
    for post in table.posts:
        by_name.setdefault(post.name, []).append(post)
    taken = set(by_name)
    faults = list(table.faults)
    for name, alike in by_name.items():
        if len(alike) == 1:
            continue
        number = 0
        for post in alike:
            number += 1
            while f"{name} {number}" in taken:
                number += 1
            post.name = f"{name} {number}"
            taken.add(post.name)
        between = "and" if len(alike) == 2 else "to"  # noqa: PLR2004
        message = f"{len(alike)} posts are called {shown(name)}: named {alike[0].name} {between} {alike[-1].name}"
        faults.append(Fault(FaultKind.NAMED_ANEW, message, alike[0].at.at, "", ("the second", alike[1].at.at)))
    return replace(table, faults=tuple(faults))


def entries(table: PostsTable, years: Sequence[str]) -> list[Tree]:
    """The posts as entries of a grant file.

    Args:
        table: the table.
        years: the years as the grant file lists them, whose spelling is kept.
    """
    spelled = {year_key(year): year for year in years}
    return [
        {
            "role": post.name,
            "costs": {
                spelled.get(year, year) if year != UNNAMED else UNNAMED: {
                    heading: figure.text for heading, (figure, _) in amounts.items()
                }
                for year, amounts in post.costs.items()
            },
        }
        for post in table.posts
    ]
