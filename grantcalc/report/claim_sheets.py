"""The ledger of a grant as sheets: its periods, its years, and what it comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.grants.accruals import has_days
from grantcalc.grants.spent import yearly
from grantcalc.money import ZERO, add
from grantcalc.report.entry_sheet import COLUMNS, entry_sheet
from grantcalc.report.sheets import Column, Sheet, Value
from grantcalc.wording import counted, long_date, short_range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger

    Record: TypeAlias = Mapping[str, Value]

VARIANCE: Final = "Variance is cost less budget; a minus says that it is below budget."
BUDGET: Final = "The budget of a period has posts costed from pay on their days in post, at the rates of these days."

_CORRECTED: Final = (
    "Claimed later is what of the cost was put into later claims, as a correction.",
    "Cost claimed is cost, claimed later and corrections added up.",
)
_BY_KEY: Final = {column.key: column for column in COLUMNS}
_PERIOD: Final = Column("period", "Period")
_FIGURES: Final = Column("figures", "Figures")
_WHEN: Final = ("claim_by", "invoice", "claimed_on", "due_date", "paid_on")
_TERMS: Final = ("moved", "over_ceiling", "up_front", "held_back")
_SELDOM: Final = ("claimed_later", "corrections", *_TERMS, "asked_otherwise", "overpaid")
"""Amounts that most periods do not have: nothing of them is shown as an empty cell."""
_CORRECTIONS: Final = (
    Column("claim", "Claim", to_the_right=True),
    Column("period", "Period", to_the_right=True),
    Column("heading", "Heading"),
    Column("amount", "Amount", to_the_right=True),
    Column("reason", "Reason"),
    Column("ledger", "Ledger"),
)
_DISALLOWED: Final = (
    Column("claim", "Claim", to_the_right=True),
    Column("heading", "Heading"),
    Column("amount", "Cost", to_the_right=True),
    Column("date", "On"),
    Column("reason", "Reason"),
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
    """All sheets of a ledger as it is read: money, costs, what claims come to, dates, years, and the whole of it."""
    whole = entry_sheet(ledger)
    keys = [column.key for column in whole.columns]
    records = [
        {**dict(zip(keys, row, strict=True)), **_for_readers(entry)}
        for entry, row in zip(ledger.entries, whole.rows, strict=True)
    ]
    several = len(ledger.account.totals.years) > 1
    parts = (
        _cost_sheet(ledger, records),
        _claim_sheet(ledger, records),
        correction_sheet(ledger),
        disallowed_sheet(ledger),
        _sheet("Dates", _named("number", *_WHEN), [one for one in records if any(one[key] for key in _WHEN)]),
        *([year_sheet(ledger)] if several else []),
    )
    return (_money_sheet(ledger, records), *(sheet for sheet in parts if sheet.rows), summary_sheet(ledger))


def _for_readers(entry: Entry) -> dict[str, Value]:
    """What readers see of a period otherwise than machines."""
    return {
        "period": short_range(entry.invoice.period.starts, entry.invoice.period.ends),
        "state": entry.state.value,
        "figures": "estimated" if entry.claim and entry.claim.figures == "estimated" else None,
    }


def _named(*keys: str) -> list[Column]:
    return [_BY_KEY[key] for key in keys]


def _sheet(title: str, columns: Sequence[Column], records: Sequence[Record], remarks: Sequence[str] = ()) -> Sheet:
    """Some columns of periods, with the sum of each that has amounts."""
    rows = [[_cell(column.key, record[column.key]) for column in columns] for record in records]
    sums = [[value for value in cells if isinstance(value, Decimal)] for cells in zip(*rows, strict=True)]
    total: list[Value] = [add(amounts) if amounts else None for amounts in sums]
    if not any(sums):
        return Sheet(columns, rows, title, remarks=remarks)
    name = 1 if columns[1] is _PERIOD else 0
    return Sheet(columns, rows, title, [*total[:name], "Total", *total[name + 1 :]], remarks)


def _cell(key: str, value: Value) -> Value:
    return None if key in _SELDOM and value == ZERO else value


def _has(records: Sequence[Record], *keys: str) -> bool:
    """Whether a period has an amount that most do not have."""
    return any(record[key] for record in records for key in keys)


def _money_sheet(ledger: Ledger, records: Sequence[Record]) -> Sheet:
    """What was planned, claimed and paid for each period, and how far it has come."""
    refused, overpaid = _has(records, "disallowed"), _has(records, "overpaid")
    columns = [
        *_named("number"),
        _PERIOD,
        *_named("kind", "planned", "claimed"),
        *(_named("disallowed", "accepted") if refused else []),
        *_named("paid", "overpaid", "outstanding", "state"),
    ]
    accepted = "accepted" if refused else "claimed"
    outstanding = f"Outstanding is {accepted}, less paid{', plus overpaid' if overpaid else ''}."
    said = ["Accepted is claimed, less disallowed."] if refused else []
    late = [f"{counted(len(ledger.later), 'claim')} made after that day left out."] if ledger.later else []
    made = [outstanding] if _has(records, "claimed", "paid") else []
    return _sheet(_title(ledger), columns, records, [*said, *made, *late])


def _title(ledger: Ledger) -> str:
    name = " · ".join(part for part in (ledger.grant.grant, ledger.grant.reference, ledger.grant.funder) if part)
    return f"{name}: claims as of {long_date(ledger.as_of)}" if ledger.as_of else f"{name}: claims"


def _cost_sheet(ledger: Ledger, records: Sequence[Record]) -> Sheet:
    """What periods came to, against what they were planned to cost: those alone of which a claim says it."""
    costed = [record for record in records if record["cost"] is not None]
    columns = [*_named("number"), _PERIOD, *_named("budget", "cost", "variance"), _FIGURES]
    by_days = [BUDGET] if has_days(ledger.account.totals) else []
    return _sheet("Cost against budget", columns, costed, [VARIANCE, *by_days])


def _claim_sheet(ledger: Ledger, records: Sequence[Record]) -> Sheet:
    """How what a claim comes to follows from the cost: corrections, the funder's share, and what the terms move."""
    claimed = [one for one in records if one["cost"] is not None or any(one[key] for key in ("share", "entitled"))]
    corrected = _has(claimed, "corrections", "claimed_later")
    shared = any((record["share"] or ZERO) != (record["claimed_cost"] or ZERO) for record in claimed)
    cost = "cost claimed" if corrected else "cost"
    rate = ledger.grant.payments.rate if shared else None
    moved = _has(claimed, *_TERMS) and _has(claimed, "share")
    base = "funder's share" if shared else cost
    asked = "accepted" if _has(records, "disallowed") else "claimed"
    columns = [
        *_named("number", "cost"),
        *(_named("claimed_later", "corrections", "claimed_cost") if corrected else []),
        *(_named("share") if shared else []),
        *_named(*_TERMS, "entitled", "asked_otherwise"),
    ]
    remarks = [
        *(_CORRECTED if corrected else []),
        *([f"The funder's share is {rate.text} of the {cost}."] if rate else []),
        *([f"Entitled is the {base} and what stands behind it, added up."] if moved else []),
        *([f"Asked otherwise is {asked}, less entitled."] if _has(claimed, "asked_otherwise") else []),
    ]
    return _sheet("From cost to claim", columns, claimed, remarks)


def correction_sheet(ledger: Ledger) -> Sheet:
    """What claims correct of earlier periods."""
    rows: list[list[Value]] = [
        [entry.invoice.number, one.period, one.heading, one.amount.value, one.reason, one.ledger]
        for entry in ledger.entries
        if entry.claim and entry.is_counted
        for one in entry.claim.corrections
    ]
    return _listed("Corrections of earlier periods", _CORRECTIONS, rows)


def disallowed_sheet(ledger: Ledger) -> Sheet:
    """What costs of claims the funder does not accept."""
    rows: list[list[Value]] = [
        [entry.invoice.number, one.heading, one.amount.value, one.date, one.reason]
        for entry in ledger.entries
        if entry.claim and entry.is_counted
        for one in entry.claim.disallowed
    ]
    return _listed("Disallowed", _DISALLOWED, rows)


def _listed(title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Sheet:
    """A list of amounts, with their sum where there are several."""
    at = [column.key for column in columns].index("amount")
    total: list[Value] = ["Total", *[None] * (len(columns) - 1)]
    total[at] = add(amount for row in rows if isinstance(amount := row[at], Decimal))
    return Sheet(columns, rows, title, total if len(rows) > 1 else None)


def year_sheet(ledger: Ledger) -> Sheet:
    """A row for each year: what may be claimed in it, what was, and what remains."""
    years = yearly(ledger)
    rows: list[list[Value]] = [
        [year.year or None, year.ceiling, year.budget, year.cost, year.claimed, year.remaining] for year in years
    ]
    total: list[Value] = [
        "Total",
        add(year.ceiling for year in years),
        add(year.budget for year in years),
        add(year.cost for year in years),
        add(year.claimed for year in years),
        add(year.remaining for year in years),
    ]
    return Sheet(_YEARS, rows, "Years", total, ["Remaining is to be claimed, less accepted."])


def summary_sheet(ledger: Ledger) -> Sheet:
    """What the ledger comes to, and what is forecast."""
    rows = [(name, amount) for _, name, amount in summary_lines(ledger) if amount is not None]
    return Sheet(_SUMMARY, rows, "In all")


def summary_lines(ledger: Ledger) -> list[tuple[str, str, Value]]:
    """What the ledger comes to: the key in JSON, the name in tables, the amount."""
    late = add(entry.outstanding for entry in ledger.entries if entry.state == "payment overdue")
    refused = ledger.claimed - ledger.accepted
    overpaid = add(entry.overpaid for entry in ledger.entries)
    order = ledger.grant.purchase_order
    order_name = f"Left of purchase order {order.number}" if order else ""
    retained = [entry.held for entry in ledger.entries if entry.is_claimed]
    return [
        ("award", "Award", ledger.award),
        ("claimed", "Claimed", ledger.claimed),
        ("disallowed", "  of which disallowed", refused or None),
        ("accepted", "  of which accepted", ledger.accepted if refused else None),
        ("paid", "Paid", ledger.paid),
        ("overpaid", "  of which overpaid", overpaid or None),
        ("outstanding", "Outstanding", ledger.outstanding),
        ("overdue", "  of which overdue", late if ledger.as_of else None),
        ("retained", "Held back until the final payment", add(retained) if any(retained) else None),
        ("claimable", "May be claimed now", ledger.claimable if ledger.as_of else None),
        ("remaining", "Remaining of the award", ledger.remaining),
        ("order_balance", order_name, ledger.order_balance),
        ("forecast_cost", "Forecast cost", ledger.outturn),
        ("forecast", "Forecast paid by the funder", ledger.forecast),
        ("underspend", "Forecast underspend of the award", ledger.underspend),
        ("order_after", "Forecast left of the purchase order", ledger.order_after),
    ]
