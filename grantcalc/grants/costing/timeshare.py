"""Part years: the share of a year's pay that a stretch of days earns, by a convention with a name.

Three conventions are in use, and a budget that does not name its own cannot be worked out again: the post of £75,639
from 15 May of a calendar year costs £47,579.37 by months, £47,870.16 by days and £47,644.05 by the police divisor.

- `months`: a whole month is a twelfth of a year's pay, odd days are a share of the days of their own month, Sundays
  included (the conditions of service of local authorities' administrative staff and of universities:
  http://lauriefenwick.freeservers.com/staff_handbook_DRAFT/ch21.htm).
- `days`: a day is 1/365 of a year's pay, and 1/366 of one that has a 29 February in it.
- `police`: a whole month is a twelfth of a year's pay, a day outside of whole months 1/365⅙ of it: a week is a year's
  pay over 52⅙, and a day a seventh of a week (the Royal Ulster Constabulary Reserve regulations of 1996, regulation 34:
  http://www.legislation.gov.uk/nisr/1996/564/regulation/34/made; the determinations for England and Wales have the
  same subject).

Months and years are counted from the start of the grant's own year, so that by every convention a whole year earns a
whole year's pay, however it is divided by changes of rates. By `months` and `days` two people who follow each other
make the whole as well; by `police` they need not, since a month that neither of them serves whole is paid by days.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from grantcalc.grants.periods import DAY, Period, add_months, cut, months_from, months_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from grantcalc.grants.costing.records import Convention

POLICE_YEAR: Final = 7 * Fraction(313, 6)
"""The days of a year by the police divisor: 52⅙ weeks, which are 365⅙ days."""

IN_WORDS: Final[Mapping[Convention, str]] = {
    "months": "by months (a whole month is 1/12 of a year's pay, odd days are a share of their month)",
    "days": "by days (a day is 1/365 of a year's pay, 1/366 where the year has a 29 February)",
    "police": "by the police divisor (a whole month is 1/12 of a year's pay, an odd day 1/365⅙)",
}


@dataclass(frozen=True, slots=True)
class TimeShare:
    """How much of a year's pay a stretch of days earns; stretches that follow each other can be added.

    Attributes:
        months: months of which a year has twelve.
        days: days that are paid as such, by how many of them a year has.
    """

    months: Fraction = Fraction(0)
    days: tuple[tuple[Fraction, int], ...] = ()

    def __add__(self, other: TimeShare) -> TimeShare:
        """The share of both stretches together."""
        days = dict(self.days)
        for of, count in other.days:
            days[of] = days.get(of, 0) + count
        return TimeShare(self.months + other.months, tuple(days.items()))

    @property
    def share(self) -> Fraction:
        """The share of a year's pay."""
        return self.months / 12 + sum((count / of for of, count in self.days), Fraction(0))

    @property
    def text(self) -> str:
        """The share in words: "7 17/31 of 12 months", "7 of 12 months and 17 of 365⅙ days"."""
        texts = [f"{mixed(self.months)} of 12 months"] if self.months else []
        texts += [f"{count} of {_days_of_year(of)} days" for of, count in self.days]
        return " and ".join(texts)


def days_in(period: Period) -> int:
    """How many days a period has."""
    return (period.ends + DAY - period.starts).days


def common(first: Period, second: Period) -> Period | None:
    """The days that two periods share."""
    shared = Period(max(first.starts, second.starts), min(first.ends, second.ends))
    return shared if shared.starts <= shared.ends else None


def without(periods: Iterable[Period], gap: Period) -> list[Period]:
    """Periods less the days of a gap."""
    left = []
    for period in periods:
        sides = (
            Period(period.starts, min(period.ends, gap.starts - DAY)),
            Period(max(period.starts, gap.ends + DAY), period.ends),
        )
        left += [side for side in dict.fromkeys(sides) if side.starts <= side.ends]
    return left


def split(period: Period, days: Iterable[date]) -> list[Period]:
    """A period in pieces, one beginning on each of the days that lie within it."""
    inner = sorted({day for day in days if period.starts < day <= period.ends})
    return [
        Period(begins, following - DAY) for begins, following in pairwise([period.starts, *inner, period.ends + DAY])
    ]


def time_share(span: Period, served: Period, year: Period, convention: Convention) -> TimeShare:
    """The share of a year's pay that a span earns.

    Args:
        span: the days in question, within `served`.
        served: the unbroken days in post within the year, which decide what a whole month is.
        year: the grant's year, from whose first day months and years are counted.
        convention: how a part year is reckoned.
    """
    return _SHARES[convention](span, served, year)


def _by_months(span: Period, _served: Period, year: Period) -> TimeShare:
    return TimeShare(months_in(span, year.starts))


def _by_days(span: Period, _served: Period, year: Period) -> TimeShare:
    share = TimeShare()
    for number, piece in enumerate(cut(year, 12)):
        shared = common(span, piece)
        if shared:
            whole = (add_months(year.starts, 12 * (number + 1)) - piece.starts).days
            share += TimeShare(days=((Fraction(whole), days_in(shared)),))
    return share


def _by_police_divisor(span: Period, served: Period, year: Period) -> TimeShare:
    first = ceil(months_from(year.starts, served.starts))
    following = floor(months_from(year.starts, served.ends + DAY))
    whole = Period(add_months(year.starts, first), add_months(year.starts, following) - DAY)
    inner = common(span, whole) if first < following else None
    months = months_in(inner, year.starts) if inner else Fraction(0)
    odd = days_in(span) - (days_in(inner) if inner else 0)
    return TimeShare(months, ((POLICE_YEAR, odd),) if odd else ())


def _days_of_year(days: Fraction) -> str:
    return "365⅙" if days == POLICE_YEAR else str(days)


def mixed(number: Fraction) -> str:
    """A fraction as people write it: "7 17/31"."""
    whole, rest = divmod(number.numerator, number.denominator)
    part = f"{rest}/{number.denominator}" if rest else ""
    return " ".join(filter(None, (str(whole) if whole or not rest else "", part)))


_SHARES: Final[Mapping[Convention, Callable[[Period, Period, Period], TimeShare]]] = {
    "months": _by_months,
    "days": _by_days,
    "police": _by_police_divisor,
}
