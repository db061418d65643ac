"""A view of a grant's costs as rows of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.grants.views import By
from grantcalc.money import pounds
from grantcalc.wording import date_range

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from grantcalc.grants.views import Row
    from grantcalc.results import GrantView

_SHARES: Final = {
    "months": "Years of the grant are divided by months: whole months, odd days as a share of their month.",
    "days": "Years of the grant are divided by days.",
}


@dataclass(frozen=True, slots=True)
class ViewRows:
    """A view as cells.

    Attributes:
        heading: what each column has: names, with stretches of time; which part of it is the grant's, where that is
            not the whole of every row; amounts.
        rows: the cells of each row.
        total: the cells of the total.
        names: how many columns stand before the amounts, 1 or 2.
        remark: how years are divided, or empty.
    """

    heading: list[str]
    rows: list[list[str]]
    total: list[str]
    names: int
    remark: str


def view_rows(viewed: GrantView) -> ViewRows:
    """A view as people read it: headings without any cost left out, pence everywhere or nowhere."""
    view = viewed.view
    keys = [key for key in view.columns if view.by.breaks_down_by_year or any(row.amounts[key] for row in view.rows)]
    amounts = [amount for row in view.rows for amount in (*row.amounts.values(), row.total)]
    pence = any(amount != amount.to_integral_value() for amount in amounts)
    parts = [_part(row) for row in view.rows]
    titled = [(_title(view.by, row), part, row) for row, part in zip(view.rows, parts, strict=True)]
    names = 2 if any(parts) else 1

    def cells(name: str, part: str, amounts: Mapping[str, Decimal], total: Decimal) -> list[str]:
        shown = [*(amounts[key] for key in keys), total] if len(keys) > 1 else [total]
        return [*[name, part][:names], *(pounds(amount, pence=pence) for amount in shown)]

    columns = [*map(capital, keys), "Total"] if len(keys) > 1 else [capital(keys[0]) if keys else "Total"]
    return ViewRows(
        heading=[*[rows_are(viewed), "Part in the grant"][:names], *columns],
        rows=[cells(title, part, row.amounts, row.total) for title, part, row in titled],
        total=cells("Total", "", view.totals, view.total),
        names=names,
        remark=_SHARES[view.share] if view.share else "",
    )


def rows_are(viewed: GrantView) -> str:
    """What the rows of a view are, as the heading of their names."""
    if viewed.view.by is By.LINE:
        return "Post or cost" if viewed.grant.other_costs else "Role"
    return capital(viewed.view.by.value.replace("-", " "))


def row_name(by: By, row: Row) -> str:
    """The name of a row; a grant without years has one for the whole of it."""
    return capital(row.name) if by is By.HEADING else row.name or "Whole grant"


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _title(by: By, row: Row) -> str:
    """The name of a row, with the dates of the whole stretch of time."""
    name = row_name(by, row)
    return f"{name} ({date_range(row.bucket.period.starts, row.bucket.period.ends)})" if row.bucket else name


def _part(row: Row) -> str:
    """Which part of a row's time is the grant's, where it is not the whole."""
    if row.bucket is None or row.bucket.covered == row.bucket.period:
        return ""
    return date_range(row.bucket.covered.starts, row.bucket.covered.ends)
