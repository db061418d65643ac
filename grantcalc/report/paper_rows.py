"""A summary in a paper's own rows: posts, Total, Grand Total, Quarterly payment."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grantcalc.grants.payments import Kind, shares_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.model import Grant
    from grantcalc.grants.totals import YearTotals

_FREQUENCY: Final = {
    "monthly": "Monthly",
    "quarterly": "Quarterly",
    "half-yearly": "Half-yearly",
    "yearly": "Yearly",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row: its name, its amount under each column (None where the paper leaves the cell empty)."""

    name: str
    amounts: tuple[Decimal | None, ...]


def column_headings(account: Account, year: str) -> list[str]:
    """The headings of the amount columns: "Salary 2021-2022", …, "Total 2021-2022"."""
    headings = [*account.grant.headings, "total"]
    return [f"{heading[:1].upper()}{heading[1:]} {year}".strip() for heading in headings]


def year_rows(account: Account, year: YearTotals) -> Iterator[PaperRow]:
    """The rows of a year."""
    headings = account.grant.headings
    for line in year.lines:
        yield PaperRow(line.line.name, (*(line.headings[heading] for heading in headings), line.total))
    empty = (None,) * len(headings)
    yield PaperRow("Total", (*(year.headings[heading] for heading in headings), None))
    yield PaperRow("Grand Total", (*empty, year.total))
    for name, amount in _payments(account, year.year.year):
        yield PaperRow(name, (*empty, amount))


def _payments(account: Account, year: str) -> Iterator[tuple[str, Decimal]]:
    """Equal payments as one row, others with their numbers."""
    frequency = _FREQUENCY[account.grant.payments.frequency]
    amounts = [share.amount for share in shares_of(account.instalments, year, Kind.PERIOD)]
    runs = [(amount, len(list(run))) for amount, run in groupby(amounts)]
    number = 0
    for amount, count in runs:
        first, number = number + 1, number + count
        which = f" {first} to {number}" if count > 1 else f" {number}"
        yield f"{frequency} payment{'' if len(runs) == 1 else which}", amount
    for kind, name in ((Kind.UP_FRONT, "Paid up front"), (Kind.FINAL, "Final payment")):
        for share in shares_of(account.instalments, year, kind):
            yield f"{name}{one_years_part(account.grant)}", share.amount


def one_years_part(grant: Grant) -> str:
    """What to say of a payment that is made once, where it stands in each of several years with that year's part."""
    return ", this year's part" if len(grant.years) > 1 else ""


def total_rows(account: Account) -> Iterator[PaperRow]:
    """The rows for all years together, where there are several, and the award."""
    headings = account.grant.headings
    totals = account.totals
    empty = (None,) * len(headings)
    if len(totals.years) > 1:
        yield PaperRow("Total", (*(totals.headings[heading] for heading in headings), None))
        yield PaperRow("Grand Total", (*empty, totals.total))
    if account.ceiling is not None:
        yield PaperRow("Award", (*empty, account.ceiling))
