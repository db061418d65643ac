"""The award as a ceiling: of the whole grant, of its years and of financial years, with its variations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.grants.periods import financial_year_name
from grantcalc.grants.schedule import measure
from grantcalc.money import PENNY, ZERO, Remainder, add, share_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from grantcalc.grants.model import Grant
    from grantcalc.grants.periods import Period
    from grantcalc.grants.schedule import Slice


def award_in_force(grant: Grant, day: date | None = None) -> Decimal | None:
    """The award for the whole grant on a day, or with all its variations; None where none is given.

    An award that is given for each year alone is the sum of those.
    """
    offered = grant.award.value if grant.award is not None else None
    if offered is None and grant.years and all(year.award is not None for year in grant.years):
        offered = add(year.award.value for year in grant.years if year.award is not None)
    if offered is None:
        return None
    return add([offered, *(v.amount.value for v in grant.variations if day is None or v.date <= day)])


def year_award(grant: Grant, name: str, day: date | None = None) -> Decimal | None:
    """The award of one year on a day, or with all its variations; None where the year has no ceiling of its own."""
    given = next((year.award for year in grant.years if year.year == name), None)
    if given is None:
        return None
    varied = (v.amount.value for v in grant.variations if v.year == name and (day is None or v.date <= day))
    return add([given.value, *varied])


@dataclass
class _Room:
    """How much of the ceilings of one kind, those of years or of financial years, has been used so far."""

    carries: bool
    ceilings: dict[str, Decimal] = field(default_factory=dict)
    paid: dict[str, Decimal] = field(default_factory=dict)

    def left(self, name: str, ceiling: Decimal) -> Decimal:
        """What may still be paid under a ceiling; with what earlier ones left, where that is carried forward."""
        self.ceilings[name] = ceiling
        names = self.ceilings if self.carries else [name]
        return add(self.ceilings[one] - self.paid.get(one, ZERO) for one in names)

    def use(self, name: str, amount: Decimal) -> None:
        self.paid[name] = self.paid.get(name, ZERO) + amount


class Ceiling(NamedTuple):
    """An award that holds payments back.

    Attributes:
        year: the year, or the financial year, whose award it is; empty for the award of the whole grant.
        is_financial: whether it is the award of a financial year.
    """

    year: str = ""
    is_financial: bool = False


class Allowed(NamedTuple):
    """What of an amount the ceilings let through, in pounds, and which of them held the rest back, if any did."""

    amount: Decimal
    ceiling: Ceiling | None = None


def within_ceilings(
    grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal], known_by: date | None = None
) -> list[Decimal]:
    """What of the amounts wanted for slices of a grant its ceilings let through: `let_through` without the reasons."""
    return [allowed.amount for allowed in let_through(grant, found, wanted, known_by)]


def let_through(
    grant: Grant, found: Sequence[Slice], wanted: Sequence[Decimal], known_by: date | None = None
) -> Iterator[Allowed]:
    """What of the amounts wanted for slices of a grant its ceilings let through, one after the other.

    An amount that would cross a ceiling is split there: the rest is not paid, unless a later variation raises the
    ceiling (the lower of the eligible cost and what remains, as in Nebraska's example of a match at 50 %). The rest
    of a year with a ceiling of its own is not paid from the next year's. With `carry_forward`, what a year leaves
    is added to the next one's ceiling.

    Args:
        grant: the grant.
        found: its slices, in order.
        wanted: an amount for each, in pounds.
        known_by: a day after which variations are not known yet; None for all.
    """
    carries = grant.payments.carry_forward == "yes"
    years, financial = _Room(carries), _Room(carries)
    paid, owed, before = ZERO, ZERO, ""
    for one, amount in zip(found, wanted, strict=True):
        group = _ceiling_group(grant, one)
        owed = (owed if group == before else ZERO) + amount
        before = group
        ceiling, least = min(_left(grant, one, paid, years, known_by), key=_room, default=(None, owed))
        payable = max(min(owed, least), ZERO)
        own_or_whole = ceiling if payable < owed else None
        payable, financial_year = _in_financial_years(grant, one, payable, financial)
        years.use(one.year, payable)
        yield Allowed(payable, financial_year or own_or_whole)
        paid += payable
        owed -= payable


def reached(allowed: Sequence[Allowed], places: Sequence[int]) -> Ceiling | None:
    """The first ceiling that holds something back of some slices, such as those of one period."""
    return next((allowed[at].ceiling for at in places if allowed[at].ceiling), None)


def _room(left: tuple[Ceiling, Decimal]) -> Decimal:
    return left[1]


def _ceiling_group(grant: Grant, one: Slice) -> str:
    """Within which years an amount that a ceiling held back can be paid later."""
    own = one.year if any(year.award is not None for year in grant.years) else ""
    if not grant.award_by_financial_year or one.period is None:
        return own
    return f"{own} {grant.financial_year_starts.of(one.period.ends).starts.isoformat()}"


def _left(
    grant: Grant, one: Slice, paid: Decimal, years: _Room, known_by: date | None
) -> Iterator[tuple[Ceiling, Decimal]]:
    """What the year's own award and the award have left for a slice."""
    day = min((day for day in (one.period.ends if one.period else None, known_by) if day), default=None)
    whole, own = award_in_force(grant, day), year_award(grant, one.year, day)
    if own is not None:
        yield Ceiling(one.year), years.left(one.year, own)
    if whole is not None:
        yield Ceiling(), whole - paid


def _in_financial_years(grant: Grant, one: Slice, payable: Decimal, room: _Room) -> tuple[Decimal, Ceiling | None]:
    """What of an amount the awards of financial years let through, and the first that holds some of it back.

    It is divided over them by time.
    """
    if not grant.award_by_financial_year or one.period is None:
        return payable, None
    ceilings = {period: figure.value for period, figure in grant.financial_year_awards}
    parts = financial_parts(grant, one.period)
    weights = list(parts.values())
    allowed, ceiling = ZERO, None
    for year, share in zip(parts, share_out(payable, weights, PENNY, Remainder.LAST), strict=True):
        name = year.starts.isoformat()
        left = max(room.left(name, ceilings[year]), ZERO) if year in ceilings else share
        room.use(name, min(share, left))
        allowed += min(share, left)
        if left < share and ceiling is None:
            ceiling = Ceiling(financial_year_name(year), is_financial=True)
    return allowed, ceiling


def financial_parts(grant: Grant, period: Period) -> Mapping[Period, Fraction]:
    """The financial years that a period touches, and how long its part in each is."""
    years = grant.financial_year_starts.years_in(period)
    parts = ((year, period.part_in(year)) for year in years)
    return {year: measure(grant, period, part) for year, part in parts if part is not None}


def within_award(grant: Grant, amount: Decimal, day: date | None = None) -> Decimal:
    """An amount, or the award on a day where that is less; without a day, the award with all its variations."""
    offered = award_in_force(grant, day)
    return amount if offered is None else min(amount, max(offered, ZERO))
