"""Payment schedules, in arrears or in advance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.periods import DAY, cut, months_in
from grantcalc.money import PENNY, POUND, ZERO, add, plain, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.periods import Period
    from grantcalc.grants.totals import Totals, YearTotals


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment of a year.

    Attributes:
        year: the name of the year.
        period: what it pays for; None where the year has no dates.
        amount: what is paid, in pounds.
        cut: by how much it is lower than its share, because the award is used up.
    """

    year: str
    period: Period | None
    amount: Decimal
    cut: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Invoice:
    """A document that asks for a payment.

    Attributes:
        number: its number in the grant, from one.
        year: the name of the year.
        period: what it pays for.
        invoice_date: in arrears, the day after the period ends; in advance, its first day.
        due_date: None, since no rule for it is known.
        amount: what it asks for, in pounds.
        cumulative: what has been asked for so far.
        remaining: what is left of the award, or of all payments where there is no award.
        cut: by how much the amount is lower than its share, because the award is used up.
    """

    number: int
    year: str
    period: Period
    invoice_date: date
    due_date: date | None
    amount: Decimal
    cumulative: Decimal
    remaining: Decimal
    cut: Decimal = ZERO


def unscheduled(grant: Grant) -> list[tuple[str, tuple[str | int, ...]]]:
    """Why the payments of a grant cannot be worked out, and the routes of the keys in question."""
    if grant.payments.basis == "award" and grant.award is None:
        return [("payments are a share of the award, but no award is given", ("payments", "basis"))]
    if grant.payments.basis == "stated":
        return [
            (
                f"payments are invoiced as stated, but {year.year or 'the grant'} states no payment",
                _year_keys(year, at),
            )
            for at, year in enumerate(grant.named_years)
            if "payment" not in _stated(grant, year)
        ]
    return []


def undated(grant: Grant) -> list[tuple[str, tuple[str | int, ...]]]:
    """Which years have no dates, so that no invoice can be dated, and their routes."""
    return [
        (f"{year.year or 'the grant'} has no dates", _year_keys(year, at))
        for at, year in enumerate(grant.named_years)
        if year.period is None
    ]


def _year_keys(year: Year, at: int) -> tuple[str | int, ...]:
    return ("years", at) if year.year else ()


def _stated(grant: Grant, year: Year) -> dict[str, Decimal]:
    """What a year states; a grant without years states it itself."""
    figures = year.stated if grant.years else grant.stated
    return {key: figure.value for key, figure in figures.items()}


def instalments(grant: Grant, totals: Totals) -> tuple[Instalment, ...]:
    """Divide the basis of payment over the years' periods.

    A year is cut into periods from its own start; an odd period at its end is paid by its months. Payments make
    the lower of their basis, to the penny, and the award, exactly: the payment that would cross the award is cut.
    Empty where `unscheduled` gives a reason.
    """
    if unscheduled(grant):
        return ()
    planned = _by_award(grant) if grant.payments.basis == "award" else _by_year(grant, totals)
    return tuple(_within_award(planned, grant))


def _by_award(grant: Grant) -> list[Instalment]:
    """The award, divided over all periods of the grant."""
    periods = [(year.year, period, weight) for year in grant.named_years for period, weight in periods_of(grant, year)]
    total = grant.award.value if grant.award else ZERO
    amounts = _shares(grant, total, [weight for _, _, weight in periods])
    return [Instalment(year, period, amount) for (year, period, _), amount in zip(periods, amounts, strict=True)]


def _by_year(grant: Grant, totals: Totals) -> list[Instalment]:
    """Each year's cost divided over its periods, or its stated payment for each of them."""
    return [instalment for year in totals.years for instalment in _of_year(grant, year)]


def _of_year(grant: Grant, totals: YearTotals) -> list[Instalment]:
    year = totals.year
    periods = periods_of(grant, year)
    if grant.payments.basis == "stated":
        amounts = [plain(round_half_up(_stated(grant, year)["payment"], PENNY))] * len(periods)
    else:
        payable = plain(round_half_up(max(totals.total, ZERO), PENNY))
        amounts = _shares(grant, payable, [weight for _, weight in periods])
    return [Instalment(year.year, period, amount) for (period, _), amount in zip(periods, amounts, strict=True)]


def _shares(grant: Grant, total: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    unit = POUND if grant.payments.rounding == "pounds" else PENNY
    return share_out(total, weights, unit, grant.payments.share_remainder)


def periods_of(grant: Grant, year: Year) -> list[tuple[Period | None, Fraction]]:
    """The periods of a year that are paid for, and how many months each has.

    A named year without dates is taken as twelve months; a grant without years or dates has no periods.
    """
    if year.period is None:
        return [(None, Fraction(1))] * (12 // grant.payments.months if year.year else 0)
    return [(period, months_in(period, year.period.starts)) for period in cut(year.period, grant.payments.months)]


def _within_award(planned: list[Instalment], grant: Grant) -> list[Instalment]:
    """Cut what would go beyond the award."""
    if grant.award is None:
        return planned
    left = grant.award.value
    kept = []
    for instalment in planned:
        amount = min(instalment.amount, left)
        kept.append(Instalment(instalment.year, instalment.period, amount, instalment.amount - amount))
        left -= amount
    return kept


def invoices(grant: Grant, totals: Totals) -> tuple[Invoice, ...]:
    """The schedule of invoices; empty where `unscheduled` or `undated` give a reason."""
    listed = instalments(grant, totals)
    ceiling = grant.award.value if grant.award else add(instalment.amount for instalment in listed)
    schedule = []
    cumulative = ZERO
    for number, instalment in enumerate(listed, start=1):
        if instalment.period is None:
            return ()
        cumulative += instalment.amount
        in_arrears = grant.payments.timing == "arrears"
        schedule.append(
            Invoice(
                number=number,
                year=instalment.year,
                period=instalment.period,
                invoice_date=instalment.period.ends + DAY if in_arrears else instalment.period.starts,
                due_date=None,
                amount=instalment.amount,
                cumulative=cumulative,
                remaining=ceiling - cumulative,
                cut=instalment.cut,
            )
        )
    return tuple(schedule)
