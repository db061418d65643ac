"""The periods that a grant is paid for, and what of each lies in which of its years."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.periods import DAY, Period, cut_at, months_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from grantcalc.grants.model import Grant, Year


class Slice(NamedTuple):
    """What of a period lies in one year of the grant: mostly the whole of it.

    Attributes:
        number: which period of the grant it belongs to, from zero.
        year: the name of the year.
        period: its dates; None where the year has none.
        weight: how long it is, in months or days; a year's cost is divided by it.
    """

    number: int
    year: str
    period: Period | None
    weight: Fraction


def slices(grant: Grant) -> tuple[Slice, ...]:
    """The periods that a grant is paid for, in order, each cut where a year of the grant ends.

    With `quarters: grant`, a year is cut into periods from its own start. With `calendar` or `financial`, periods
    begin where those of the calendar or the financial year do, so that the first and the last may be short, and
    one that goes on into the next year of the grant is one period. A named year without dates is taken as twelve
    months; a grant without years or dates has no periods.
    """
    found: list[Slice] = []
    for year in grant.named_years:
        if year.period is None:
            count = 12 // grant.payments.months if year.year else 0
            first = _next_number(found)
            found += [Slice(first + at, year.year, None, Fraction(1)) for at in range(count)]
            continue
        for piece in cut_at(year.period, grant.payments.months, anchor(grant, year.period)):
            number = _next_number(found) - _goes_on(grant, found, piece)
            found.append(Slice(number, year.year, piece, measure(grant, year.period, piece)))
    return tuple(found)


def of_year(found: Sequence[Slice], year: Year) -> list[Slice]:
    """The slices of one year."""
    return [one for one in found if one.year == year.year]


def by_period(found: Sequence[Slice]) -> Iterator[list[int]]:
    """Which slices, by their places in the sequence, make each period."""
    gathered: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        gathered.setdefault(one.number, []).append(at)
    yield from gathered.values()


def _next_number(found: list[Slice]) -> int:
    return found[-1].number + 1 if found else 0


def _goes_on(grant: Grant, found: list[Slice], piece: Period) -> bool:
    """Whether a piece goes on with the period that the year before ended in."""
    before = found[-1].period if found else None
    if before is None or grant.payments.quarters == "grant" or before.ends + DAY != piece.starts:
        return False
    both = Period(before.starts, piece.ends)
    return len(cut_at(both, grant.payments.months, anchor(grant, both))) == 1


def anchor(grant: Grant, year: Period) -> date:
    """The date from which the months of a year are counted: where its quarters begin."""
    if grant.payments.quarters == "grant":
        return year.starts
    if grant.payments.quarters == "calendar":
        return year.starts.replace(month=1, day=1)
    return grant.financial_year_starts.of(year.starts).starts


def measure(grant: Grant, year: Period, part: Period) -> Fraction:
    """How long a part of a year is, in months or days as `payments: share` says; none where it ends before it starts.

    Odd days are a share of the month that they fall in, so that the parts of a year always make the year.
    """
    if part.ends < part.starts:
        return Fraction(0)
    if grant.payments.share == "days":
        return Fraction((part.ends - part.starts).days + 1)
    return months_in(part, anchor(grant, year))
