"""The ledger of a grant as sheets: its periods, its years, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.accruals import has_days
from grantcalc.grants.payments import Kind
from grantcalc.grants.spent import yearly
from grantcalc.money import add
from grantcalc.report.sheets import Column, Difference, Sheet, Value
from grantcalc.wording import counted, long_date, short_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.ledger import Entry, Ledger

VARIANCE: Final = "Variance is cost less budget; brackets say that it is below budget."
BUDGET: Final = "The budget of a period has posts costed from pay on their days in post, at the rates of these days."

_AMOUNTS: Final = (
    "kind",
    "planned",
    "cost",
    "variance",
    "entitled",
    "claimed",
    "disallowed",
    "paid",
    "outstanding",
    "state",
)
_WHEN: Final = ("claim_by", "invoice", "claimed_on", "due_date", "paid_on")
_ENTRIES: Final = (
    Column("number", "No", to_the_right=True),
    Column("from", "From"),
    Column("to", "To"),
    Column("kind", "For"),
    Column("planned", "Planned", to_the_right=True),
    Column("budget", "Budget", to_the_right=True),
    Column("cost", "Cost", to_the_right=True),
    Column("variance", "Variance", to_the_right=True),
    Column("claim_by", "Claim by"),
    Column("invoice", "Invoice"),
    Column("claimed_on", "Claimed on"),
    Column("entitled", "Entitled", to_the_right=True),
    Column("claimed", "Claimed", to_the_right=True),
    Column("disallowed", "Disallowed", to_the_right=True),
    Column("due_date", "Due"),
    Column("paid_on", "Paid on"),
    Column("paid", "Paid", to_the_right=True),
    Column("outstanding", "Outstanding", to_the_right=True),
    Column("state", "State"),
)
_MONEY: Final = (
    Column("number", "No", to_the_right=True),
    Column("period", "Period"),
    *(column for column in _ENTRIES if column.key in _AMOUNTS),
)
_DATES: Final = (
    Column("number", "No", to_the_right=True),
    *(column for column in _ENTRIES if column.key in _WHEN),
)
_YEARS: Final = (
    Column("year", "Year"),
    Column("ceiling", "To be claimed", to_the_right=True),
    Column("budget", "Budget", to_the_right=True),
    Column("cost", "Cost so far", to_the_right=True),
    Column("claimed", "Accepted", to_the_right=True),
    Column("remaining", "Remaining", to_the_right=True),
)
_SUMMARY: Final = (Column("name", ""), Column("amount", "", to_the_right=True))


def ledger_sheets(ledger: Ledger) -> tuple[Sheet, ...]:
    """All sheets of a ledger as it is read: amounts, dates, years, and what it comes to."""
    whole = entry_sheet(ledger)
    dates = [row for row in (_picked(row, _DATES) for row in whole.rows) if any(row[1:])]
    several = len(ledger.account.totals.years) > 1
    return (
        _money_sheet(ledger, whole),
        *([Sheet(_DATES, dates, "Dates")] if dates else []),
        *([year_sheet(ledger)] if several else []),
        summary_sheet(ledger),
    )


def _money_sheet(ledger: Ledger, whole: Sheet) -> Sheet:
    """What was planned, spent, claimed and paid, without the dates."""
    periods = [short_range(entry.invoice.period.starts, entry.invoice.period.ends) for entry in ledger.entries]
    rows = [_picked(row, _MONEY, period) for row, period in zip(whole.rows, periods, strict=True)]
    total = _picked(_total(ledger), _MONEY, "Total")
    late = [f"{counted(len(ledger.later), 'claim')} made after that day left out."] if ledger.later else []
    by_days = [BUDGET] if has_days(ledger.account.totals) else []
    return Sheet(_MONEY, rows, _title(ledger), total, (VARIANCE, *by_days, *late))


def _picked(row: Sequence[Value], columns: Sequence[Column], period: str = "") -> list[Value]:
    """Some of the values of a whole row."""
    by_key = dict(zip((column.key for column in _ENTRIES), row, strict=True))
    return [period if column.key == "period" else by_key[column.key] for column in columns]


def entry_sheet(ledger: Ledger) -> Sheet:
    """A row for each period, with all that is known of it."""
    return Sheet(_ENTRIES, [_entry(entry) for entry in ledger.entries])


def _title(ledger: Ledger) -> str:
    name = " · ".join(part for part in (ledger.grant.grant, ledger.grant.reference, ledger.grant.funder) if part)
    return f"{name}: claims as of {long_date(ledger.as_of)}" if ledger.as_of else f"{name}: claims"


def _entry(entry: Entry) -> list[Value]:
    claim, invoice = entry.claim, entry.invoice
    made = entry.is_claimed
    has_cost = claim is not None and bool(entry.cost)
    return [
        invoice.number,
        invoice.period.starts,
        invoice.period.ends,
        None if invoice.instalment.kind is Kind.PERIOD else invoice.instalment.kind.value,
        invoice.amount,
        add(entry.budget.values()) if entry.budget else None,
        add(entry.cost.values()) if has_cost else None,
        Difference(entry.variance) if has_cost else None,
        invoice.claim_by,
        claim.invoice if claim else None,
        claim.claimed if claim else None,
        entry.entitled if claim else None,
        entry.claimed if made else None,
        entry.refused or None,
        entry.due_date,
        entry.paid_on,
        entry.paid if made else None,
        entry.outstanding if made else None,
        entry.state.value + (" (estimated)" if claim and claim.figures == "estimated" else ""),
    ]


def _total(ledger: Ledger) -> list[Value]:
    entries = ledger.entries
    costed = [entry for entry in entries if entry.claim is not None and entry.cost]
    sums: dict[str, Value] = {
        "planned": add(entry.invoice.amount for entry in entries),
        "budget": add(add(entry.budget.values()) for entry in entries),
        "cost": add(add(entry.cost.values()) for entry in costed) if costed else None,
        "variance": Difference(add(entry.variance for entry in costed)) if costed else None,
        "entitled": add(entry.entitled for entry in entries),
        "claimed": ledger.claimed,
        "disallowed": add(entry.refused for entry in entries) or None,
        "paid": ledger.paid,
        "outstanding": ledger.outstanding,
    }
    return [sums.get(column.key) for column in _ENTRIES]


def year_sheet(ledger: Ledger) -> Sheet:
    """A row for each year: what may be claimed in it, what was, and what remains."""
    rows: list[list[Value]] = [
        [year.year or None, year.ceiling, year.budget, year.cost, year.claimed, year.remaining]
        for year in yearly(ledger)
    ]
    return Sheet(_YEARS, rows)


def summary_sheet(ledger: Ledger) -> Sheet:
    """What the ledger comes to, and what is forecast."""
    rows = [(name, amount) for _, name, amount in summary_lines(ledger) if amount is not None]
    return Sheet(_SUMMARY, rows)


def summary_lines(ledger: Ledger) -> list[tuple[str, str, Value]]:
    """What the ledger comes to: the key in JSON, the name in tables, the amount."""
    late = add(entry.outstanding for entry in ledger.entries if entry.state == "payment overdue")
    return [
        ("award", "Award", ledger.award),
        ("claimed", "Claimed", ledger.claimed),
        ("disallowed", "  of which disallowed", add(entry.refused for entry in ledger.entries) or None),
        ("paid", "Paid", ledger.paid),
        ("outstanding", "Outstanding", ledger.outstanding),
        ("overdue", "  of which overdue", late if ledger.as_of else None),
        ("claimable", "May be claimed now", ledger.claimable if ledger.as_of else None),
        ("remaining", "Remaining of the award", ledger.remaining),
        ("forecast_cost", "Forecast cost", ledger.outturn),
        ("forecast", "Forecast paid by the funder", ledger.forecast),
        ("underspend", "Forecast underspend of the award", ledger.underspend),
    ]
