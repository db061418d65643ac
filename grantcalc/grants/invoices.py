"""Invoices: the payments of a grant with the dates and numbers that a document needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.payments import Instalment, Kind
from grantcalc.grants.periods import DAY, Period
from grantcalc.grants.workdays import Nation, WorkingDays
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.deadlines import DateRule
    from grantcalc.grants.model import Grant


@dataclass(frozen=True, slots=True)
class Invoice:
    """A document that asks for a payment.

    Attributes:
        number: its number in the grant, from one.
        instalment: the payment that it asks for.
        period: what it pays for; up front and at the end, the whole funding period.
        invoice_date: in arrears, by the agreement's rule, or the day after the period ends; in advance, its first
            day; of what is paid up front, the first day of the grant.
        claim_by: until when it must be asked for; None where the agreement gives no rule.
        due_date: until when it must be paid; None where the agreement gives no rule.
        cumulative: what has been asked for so far, in pounds.
        remaining: what is left of the award, or of all payments where there is no award.
        order_balance: what is left of the purchase order; None where its amount is not given.
    """

    number: int
    instalment: Instalment
    period: Period
    invoice_date: date
    claim_by: date | None
    due_date: date | None
    cumulative: Decimal
    remaining: Decimal
    order_balance: Decimal | None = None

    @property
    def year(self) -> str:
        """The year that it belongs to; empty where it belongs to all."""
        return self.instalment.year if self.instalment.kind is Kind.PERIOD else ""

    @property
    def amount(self) -> Decimal:
        """What it asks for, in pounds."""
        return self.instalment.amount


def invoices(grant: Grant, instalments: Sequence[Instalment]) -> tuple[Invoice, ...]:
    """The schedule of invoices; empty where the grant has no dates, so that none can be dated.

    Raises:
        MissingLibraryError: a rule counts working days, and the library that knows bank holidays is missing.
    """
    if any(instalment.kind is Kind.PERIOD and instalment.period is None for instalment in instalments):
        return ()
    award = award_in_force(grant)
    ceiling = add(instalment.amount for instalment in instalments) if award is None else award
    order = grant.purchase_order.amount if grant.purchase_order else None
    schedule = []
    cumulative = ZERO
    for at, instalment in enumerate(instalments):
        cumulative += instalment.amount
        period = instalment.period or _whole(instalments)
        asked = _invoice_date(grant, instalment, at, period)
        schedule.append(
            Invoice(
                number=at + 1,
                instalment=instalment,
                period=period,
                invoice_date=asked,
                claim_by=_claim_by(grant, instalment, period),
                due_date=date_by(grant, grant.payments.payment_due, asked),
                cumulative=cumulative,
                remaining=ceiling - cumulative,
                order_balance=order.value - cumulative if order is not None else None,
            )
        )
    return tuple(schedule)


def date_by(grant: Grant, rule: DateRule | None, day: date) -> date | None:
    """The date that a rule of the agreement makes of a day; None where there is no rule."""
    if rule is None:
        return None
    payments = grant.payments
    return rule.date_after(day, WorkingDays(Nation(payments.bank_holidays), frozenset(payments.extra_days_off)))


def _whole(instalments: Sequence[Instalment]) -> Period:
    """From the first period's start to the last one's end."""
    periods = [instalment.period for instalment in instalments if instalment.period is not None]
    return Period(min(period.starts for period in periods), max(period.ends for period in periods))


def _invoice_date(grant: Grant, instalment: Instalment, at: int, period: Period) -> date:
    payments = grant.payments
    early = payments.up_front.payments if payments.up_front else None
    if instalment.kind is Kind.UP_FRONT:
        return period.starts
    if early is not None and at < early:
        return _start(grant, period)
    if instalment.kind is Kind.PERIOD and payments.timing == "advance":
        return period.starts
    return date_by(grant, payments.invoice, period.ends) or period.ends + DAY


def _start(grant: Grant, period: Period) -> date:
    """The first day of the grant."""
    dates = grant.period
    return dates.starts if dates is not None else period.starts


def _claim_by(grant: Grant, instalment: Instalment, period: Period) -> date | None:
    if instalment.kind is Kind.UP_FRONT:
        return None
    rule = grant.payments.final_claim if instalment.kind is Kind.FINAL else grant.payments.claim_by
    return date_by(grant, rule or grant.payments.claim_by, period.ends)
