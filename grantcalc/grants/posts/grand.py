"""Grand totals: rows below tables that stand one below the other, which total all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.grants.fields import UNNAMED
from grantcalc.grants.posts.totals import TOTAL, SumsAbove, agrees, differs
from grantcalc.grants.posts.words import Kind
from grantcalc.money import add

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.faults import Fault
    from grantcalc.grants.posts.columns import Column
    from grantcalc.grants.posts.layout import Layout
    from grantcalc.grants.posts.rows import Row
    from grantcalc.grants.posts.table_post import TablePost
    from grantcalc.money import Figure

_GRAND: Final = re.compile(r"\b(?:grand|overall|combined|all|both|whole)\b", re.IGNORECASE)


def of_all_tables(layout: Layout, rows: Sequence[Row], posts: Sequence[TablePost]) -> int:
    """Where the rows begin that total all tables of a stack; the number of rows if there are none.

    Such a row is what all tables make, and not what its own makes; or it says that it is of all, and the same columns
    are totalled above it.

    Args:
        layout: the columns of the last table.
        rows: its rows.
        posts: the posts of all tables.
    """
    above = SumsAbove()
    totalled: set[int] = set()
    for at, row in enumerate(rows):
        if row.is_total and totalled and not row.is_subtotal and not above.make(layout, row):
            makes = all(agrees(row, column, _made(posts, column)) for column in _columns(layout, row))
            if makes or (_GRAND.search(row.name) and totalled >= row.amounts.keys()):
                return at
        totalled = totalled | row.amounts.keys() if row.is_total else set()
        above.take(row)
    return len(rows)


def grand_stated(layout: Layout, rows: Sequence[Row], years: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """What rows of all tables state, by year and key: of the only year, or under "" of all years."""
    of = years[0] if len(years) == 1 else UNNAMED
    return {
        of: {
            column.meaning.heading or TOTAL: row.amounts[column.at] for row in rows for column in _columns(layout, row)
        }
    }


def wrong_grand_totals(layout: Layout, rows: Sequence[Row], posts: Sequence[TablePost]) -> Iterator[Fault]:
    """Totals of all tables that are not what their posts make."""
    for row in rows:
        for column in _columns(layout, row):
            made = _made(posts, column)
            if not agrees(row, column, made):
                said = column.meaning.heading or TOTAL
                yield differs(row, column, made, f"{said} of all tables", "the posts of all tables make")


def _columns(layout: Layout, row: Row) -> list[Column]:
    """The columns in which a row has an amount."""
    return [column for column in layout.of(Kind.AMOUNT, Kind.TOTAL) if column.at in row.amounts]


def _made(posts: Sequence[TablePost], column: Column) -> Decimal:
    """What the posts of all tables cost under the heading of a column, or under all headings."""
    costs: list[Mapping[str, tuple[Figure, object]]] = [amounts for post in posts for amounts in post.costs.values()]
    wanted = column.meaning.heading
    return add(figure.value for amounts in costs for heading, (figure, _) in amounts.items() if wanted in ("", heading))
