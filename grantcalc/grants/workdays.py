"""Working days: Monday to Friday, without the bank holidays of a nation and an organisation's own days off.

Bank holidays come from the holidays package, which is asked only when the first working day is counted. They are
those that the Banking and Financial Dealings Act 1971 lists and those that were proclaimed when the package was made;
a day that is proclaimed later has to be among the extra days off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from grantcalc.errors import MissingLibraryError, UnknownBankHolidaysError

FIRST_KNOWN: Final = 1975
"""The first year whose bank holidays are known: of earlier years the package lacks some, such as 1 January 1974."""
LAST_KNOWN: Final = 2100
"""The last year whose bank holidays are known: the package has none after it, and does not say so."""

_SATURDAY: Final = 5


class Nation(StrEnum):
    """Where bank holidays are the same."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISION: Final = {Nation.ENGLAND_AND_WALES: "ENG", Nation.SCOTLAND: "SCT", Nation.NORTHERN_IRELAND: "NIR"}


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of a calendar year, substitute days included.

    Raises:
        MissingLibraryError: the holidays package is not installed.
        UnknownBankHolidaysError: the package does not know the year; see `FIRST_KNOWN` and `LAST_KNOWN`.
    """
    if not FIRST_KNOWN <= year <= LAST_KNOWN:
        raise UnknownBankHolidaysError(year, FIRST_KNOWN, LAST_KNOWN)
    try:
        from holidays import country_holidays
    except ModuleNotFoundError:
        raise MissingLibraryError(library="holidays", extra="claims", use="counting working days") from None
    return frozenset(country_holidays("GB", subdiv=_SUBDIVISION[nation], years=year))


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days on which an organisation works.

    Attributes:
        nation: whose bank holidays it keeps.
        extra_days_off: its own days off, and bank holidays proclaimed lately.
    """

    nation: Nation = Nation.ENGLAND_AND_WALES
    extra_days_off: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether a day is no Saturday, Sunday, bank holiday or extra day off; raises as `bank_holidays` does."""
        if day.weekday() >= _SATURDAY or day in self.extra_days_off:
            return False
        return day not in bank_holidays(self.nation, day.year)

    def after(self, day: date, count: int) -> date:
        """The working day that is so many working days after a day; raises as `bank_holidays` does.

        Args:
            day: the day from which working days are counted, not counted itself, and not necessarily one of them.
            count: how many working days later, from 0; 0 is the day itself.
        """
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day
