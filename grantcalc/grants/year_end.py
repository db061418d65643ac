"""The position at a year end: cost to that date, income earned from it, and what of that is invoiced and received."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.accruals import has_days, headings_in, incurred_to, years_in
from grantcalc.grants.claimed import gives_costs
from grantcalc.grants.ledger import keep_ledger
from grantcalc.grants.payments import Kind
from grantcalc.grants.periods import DAY, Period
from grantcalc.grants.schedule import measure
from grantcalc.money import PENNY, ZERO, add, plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Position:
    """What a grant has cost and earned up to a day, or in a stretch of days, in pounds.

    Attributes:
        claimed_cost: eligible cost by the claims and drafts of the file, whenever they were made: cost counts when it
            is incurred, not when it is claimed or paid (the accruals basis).
        planned_cost: the planned cost of periods that have neither.
        earned: what the funder pays of both, within the ceilings.
        invoiced: what was asked for and accepted.
        received: what was paid.
    """

    claimed_cost: Decimal
    planned_cost: Decimal
    earned: Decimal
    invoiced: Decimal
    received: Decimal

    @property
    def cost(self) -> Decimal:
        """Eligible cost."""
        return self.claimed_cost + self.planned_cost

    @property
    def debtor(self) -> Decimal:
        """Invoiced and not received."""
        return self.invoiced - self.received

    @property
    def accrued_income(self) -> Decimal:
        """Earned and not invoiced."""
        return max(self.earned - self.invoiced, ZERO)

    @property
    def deferred_income(self) -> Decimal:
        """Invoiced and not yet earned, as a payment up front is."""
        return max(self.invoiced - self.earned, ZERO)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The position of a grant at the end of a day.

    Attributes:
        account: the grant.
        date: the day.
        year: the financial year that it lies in, up to that day.
        in_year: what belongs to that financial year.
        to_date: everything from the start of the grant; debtor, accrued and deferred income are balances of this.
        divides: whether the day or the start of the financial year divides a period: how that is shared then matters.
        has_days: whether any cost of the grant has days of its own, as that of a post that is costed from pay.
    """

    account: Account
    date: date
    year: Period
    in_year: Position
    to_date: Position
    divides: bool
    has_days: bool


def year_end(account: Account, day: date) -> YearEnd:
    """The position of a grant at the end of a day.

    A period that the day divides is shared as it was planned: posts that are costed from pay by their days and rates,
    all else as `payments: share` says, by months or days.

    Raises:
        MissingLibraryError: a rule counts working days, and the library that knows bank holidays is missing.
    """
    whole = keep_ledger(account)
    year = Period(account.grant.financial_year_starts.of(day).starts, day)
    to_date = _position(whole, keep_ledger(account, day, drafts=False), day)
    day_before = year.starts - DAY
    before = _position(whole, keep_ledger(account, day_before, drafts=False), day_before)
    in_year = Position(
        to_date.claimed_cost - before.claimed_cost,
        to_date.planned_cost - before.planned_cost,
        to_date.earned - before.earned,
        to_date.invoiced - before.invoiced,
        to_date.received - before.received,
    )
    divided = any(_divides(end, entry) for end in (day, day_before) for entry in whole.entries)
    return YearEnd(account, day, year, in_year, to_date, divided, has_days(account.totals))


def _divides(day: date, entry: Entry) -> bool:
    """Whether the end of a day lies within a period that is paid for."""
    period = entry.invoice.period
    return entry.invoice.instalment.kind is Kind.PERIOD and period.starts <= day < period.ends


def _position(whole: Ledger, by_then: Ledger, day: date) -> Position:
    """Everything to the end of a day: cost by all claims, money as it had moved by then."""
    periods = [entry for entry in whole.entries if entry.invoice.instalment.kind is Kind.PERIOD]
    planned = {entry.invoice.number: _planned_to(whole, entry, day) for entry in periods if not _says_cost(entry)}
    shares = {entry.invoice.number: _share_to(whole, entry, day, planned) for entry in periods}

    def passed(amounts: list[tuple[Entry, Decimal]]) -> Decimal:
        due = sum((Fraction(amount) * shares[entry.invoice.number] for entry, amount in amounts), Fraction(0))
        return plain(round_half_up(due, PENNY))

    return Position(
        passed([(entry, add(entry.cost.values())) for entry in periods if _says_cost(entry)]),
        add(planned.values()),
        passed([(entry, entry.earned) for entry in periods]),
        by_then.accepted,
        by_then.paid,
    )


def _says_cost(entry: Entry) -> bool:
    """Whether a claim or a draft says what a period came to."""
    return entry.claim is not None and gives_costs(entry.claim)


def _planned_to(ledger: Ledger, entry: Entry, day: date) -> Decimal:
    """What a period is planned to cost up to the end of a day, in pounds."""
    period = entry.invoice.period
    if day < period.starts:
        return ZERO
    if day >= period.ends:
        return add(entry.budget.values())
    return add(headings_in(ledger.grant, ledger.account.totals, Period(period.starts, day)).values())


def _share_to(ledger: Ledger, entry: Entry, day: date, planned: Mapping[int, Decimal]) -> Fraction:
    """Which share of what a period cost is incurred at the end of a day: as it was planned, else by time.

    Args:
        ledger: the ledger.
        entry: the period.
        day: the day.
        planned: what periods without a claim are planned to cost up to the day, by their numbers.
    """
    period = entry.invoice.period
    if day >= period.ends:
        return Fraction(1)
    if day < period.starts:
        return Fraction(0)
    grant, years = ledger.grant, ledger.account.totals.years
    if entry.invoice.number in planned:
        passed, whole = Fraction(planned[entry.invoice.number]), Fraction(add(entry.budget.values()))
    else:
        before, due, end = (
            sum((sum(incurred_to(grant, year, one).values(), Fraction(0)) for year in years), Fraction(0))
            for one in (period.starts - DAY, day, period.ends)
        )
        passed, whole = due - before, end - before
    if whole and 0 <= passed <= whole:
        return passed / whole
    year = next((year.year.period for year in years_in(ledger.account.totals, period) if year.year.period), period)
    return measure(grant, year, Period(period.starts, day)) / measure(grant, year, period)
