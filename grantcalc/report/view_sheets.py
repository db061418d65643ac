"""A view of a grant's costs as a sheet: for readers, and as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.views import By
from grantcalc.report.sheets import Column, Sheet, Value
from grantcalc.wording import capital, date_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.grants.views import Row, View
    from grantcalc.results.views import GrantView

SHARES: Final = {
    "months": "Years of the grant are divided by months: whole months, odd days as a share of their month.",
    "days": "Years of the grant are divided by days.",
}
POSTS_BY_DAYS: Final = "Posts costed from pay count on their days in post, at the rates of these days."
_ALL_ELSE: Final = {
    "months": "All else of a year of the grant is divided by months: whole months, odd days as a share of their month.",
    "days": "All else of a year of the grant is divided by days.",
}


def view_sheet(viewed: GrantView) -> Sheet:
    """A view as people read it: headings without any cost are left out, and a lone one is its own total."""
    view, grant = viewed.view, viewed.grant
    keys = [key for key in view.columns if view.by.breaks_down_by_year or any(row.amounts[key] for row in view.rows)]
    several = len(keys) > 1
    amounts = [Column(key, capital(key), to_the_right=True, always=True) for key in keys] if several else []
    last = "Total" if several or not keys else capital(keys[0])
    columns = (
        Column("name", _rows_are(viewed), always=True),
        Column("part", "Part in the grant"),
        *amounts,
        Column("total", last, to_the_right=True, always=True),
    )
    rows: list[list[Value]] = [
        [_title(view.by, row), _part(row), *(row.amounts[key] for key in keys if several), row.total]
        for row in view.rows
    ]
    total: list[Value] = ["Total", "", *(view.totals[key] for key in keys if several), view.total]
    name = " · ".join(part for part in (grant.grant, grant.reference, grant.funder) if part)
    return Sheet(columns, rows, name, total, _remarks(view))


def _remarks(view: View) -> tuple[str, ...]:
    """How years of the grant are divided, where they are."""
    if view.share is None:
        return ()
    return (POSTS_BY_DAYS, _ALL_ELSE[view.share]) if view.has_days else (SHARES[view.share],)


def view_records(views: Iterable[GrantView]) -> list[Sheet]:
    """Views as records, the grant before each row; grants with other columns have a sheet of their own."""
    sheets: list[Sheet] = []
    for viewed in views:
        view = viewed.view
        dated = not view.by.breaks_down_by_year
        columns = (
            Column("grant", ""),
            Column(view.by.value.replace("-", "_"), ""),
            *((Column("from", ""), Column("to", "")) if dated else ()),
            *(Column(key, "") for key in view.columns),
            Column("total", ""),
        )
        rows = [
            [viewed.grant.grant, _name(view.by, row), *(_dates(row) if dated else ()), *row.amounts.values(), row.total]
            for row in view.rows
        ]
        if sheets and sheets[-1].columns == columns:
            sheets[-1] = Sheet(columns, [*sheets[-1].rows, *rows])
        else:
            sheets.append(Sheet(columns, rows))
    return sheets


def _dates(row: Row) -> tuple[Value, Value]:
    """The first and the last day that a row covers."""
    return (row.bucket.covered.starts, row.bucket.covered.ends) if row.bucket else (None, None)


def _rows_are(viewed: GrantView) -> str:
    """What the rows of a view are, as the heading of their names."""
    if viewed.view.by is By.LINE:
        return "Post or cost" if viewed.grant.other_costs else "Role"
    return capital(viewed.view.by.value.replace("-", " "))


def _name(by: By, row: Row) -> str:
    """The name of a row; a grant without years has one for the whole of it."""
    return capital(row.name) if by is By.HEADING else row.name or "Whole grant"


def _title(by: By, row: Row) -> str:
    """The name of a row, with the dates of the whole stretch of time."""
    period = row.bucket.period if row.bucket else None
    return f"{_name(by, row)} ({date_range(period.starts, period.ends)})" if period else _name(by, row)


def _part(row: Row) -> str:
    """Which part of a row's time is the grant's, where it is not the whole."""
    if row.bucket is None or row.bucket.covered == row.bucket.period:
        return ""
    return date_range(row.bucket.covered.starts, row.bucket.covered.ends)
