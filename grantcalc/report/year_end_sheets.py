"""The position at a year end as a sheet: the financial year and the whole grant side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.report.sheets import Column, Sheet, Value
from grantcalc.report.view_sheets import POSTS_BY_DAYS
from grantcalc.wording import date_range, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.year_end import Position, YearEnd

_DIVIDED: Final = "a period that the date or a year end divides is shared by"
_MONTHS: Final = "months, odd days as a share of their month."
SHARED: Final = {"months": f"{_DIVIDED.capitalize()} {_MONTHS}", "days": f"{_DIVIDED.capitalize()} days."}
_ALL_ELSE: Final = {"months": f"All else of {_DIVIDED} {_MONTHS}", "days": f"All else of {_DIVIDED} days."}
_LINES: Final = (
    ("cost", "Eligible cost"),
    ("claimed_cost", "  by claims and drafts"),
    ("planned_cost", "  as planned, for periods without"),
    ("earned", "Grant earned"),
    ("invoiced", "Invoiced"),
    ("received", "Received"),
)
_BALANCES: Final = (
    ("debtor", "Debtor: invoiced, not received"),
    ("accrued_income", "Accrued income: earned, not invoiced"),
    ("deferred_income", "Deferred income: invoiced, not yet earned"),
)


def year_end_sheet(position: YearEnd) -> Sheet:
    """What belongs to the financial year and what to the whole grant so far; balances at the date."""
    year = date_range(position.year.starts, position.year.ends)
    columns = (
        Column("name", ""),
        Column("in_year", year, to_the_right=True),
        Column("to_date", "To date", to_the_right=True),
    )
    rows: list[list[Value]] = [
        [name, getattr(position.in_year, key), getattr(position.to_date, key)] for key, name in _LINES
    ]
    rows += [[name, None, getattr(position.to_date, key)] for key, name in _BALANCES]
    grant = position.account.grant
    name = " · ".join(part for part in (grant.grant, grant.reference) if part)
    title = f"{name}: position at {long_date(position.date)}"
    return Sheet(columns, rows, title, remarks=tuple(_remarks(position)))


def _remarks(position: YearEnd) -> Iterator[str]:
    """On which days cost counts, where there is more than one way."""
    if position.has_days:
        yield POSTS_BY_DAYS
    if position.divides:
        yield (_ALL_ELSE if position.has_days else SHARED)[position.account.grant.payments.share]


def position_values(position: Position, *, balances: bool) -> dict[str, Value]:
    """The amounts of a position, by their names in JSON; balances are those of a day, and no year has any."""
    return {key: getattr(position, key) for key, _ in (*_LINES, *(_BALANCES if balances else ()))}
