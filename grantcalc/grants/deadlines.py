"""Rules for dates as agreements word them: "30 days", "one month", "month end", "21st of the following month".

They are different rules: of 31 December, "30 days" makes 30 January, "one month" 31 January, and "month end" leaves it
as it is. So a rule is kept as it is worded, and none is turned into another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grantcalc.grants.periods import add_months
from grantcalc.money import Malformed

if TYPE_CHECKING:
    from grantcalc.grants.workdays import WorkingDays

MOST_DAYS: Final = 3660
MOST_MONTHS: Final = 120

FORMS: Final = (
    "next day",
    "last day",
    "30 days",
    "10 working days",
    "2 weeks",
    "one month",
    "month end",
    "end of the following month",
    "day 21 of the following month",
)
"""An example of each form that is read."""

_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WEEK: Final = 7
_LONGEST_MONTH: Final = 31


class RuleKind(StrEnum):
    """What a rule counts."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    MONTH_END = "month end"
    DAY_OF_FOLLOWING_MONTH = "day of the following month"


@dataclass(frozen=True, slots=True)
class DateRule:
    """A rule that makes a date of another: of the end of a period, or of the date of a claim or an invoice.

    Attributes:
        text: the rule as it was written, with single spaces.
        kind: what is counted.
        number: how many days, working days or months later; for an end of a month, how many months after the date's
            own, 0 or 1; for a day of the following month, which day, 1 to 31.
    """

    text: str
    kind: RuleKind
    number: int

    def date_after(self, day: date, workdays: WorkingDays) -> date:
        """The date that the rule makes of a reference day.

        A number of days or months is counted from the day itself, which does not count: thirty days after
        30 September is 30 October. Months run to the corresponding date, and where a month has no such date, to its
        last day; the day of a following month is its last day likewise.

        Args:
            day: the last day of a period, or the date of a claim or an invoice.
            workdays: which days are working days; asked only by rules in working days, and raises what they raise.
        """
        if self.kind is RuleKind.DAYS:
            return day + timedelta(days=self.number)
        if self.kind is RuleKind.WORKING_DAYS:
            return workdays.after(day, self.number)
        if self.kind is RuleKind.MONTHS:
            return add_months(day, self.number)
        if self.kind is RuleKind.MONTH_END:
            return _in_month(day, self.number, _LONGEST_MONTH)
        return _in_month(day, 1, self.number)


def _in_month(day: date, months: int, number: int) -> date:
    """A numbered day of the month that is so many months after a day's own, or the last day of that month."""
    first = add_months(day.replace(day=1), months)
    following = add_months(first, 1)
    return min(first + timedelta(days=number - 1), following - timedelta(days=1))


def _pattern(form: str) -> re.Pattern[str]:
    """A form with any space, or none, where it has one; N stands for a number in digits or words."""
    number = rf"(?P<number>[0-9]{{1,9}}|{'|'.join(_WORDS)})"
    return re.compile(form.replace("N", number).replace(" ", r"\s*"), re.ASCII | re.IGNORECASE)


_FIXED: Final = (
    (_pattern("next day"), RuleKind.DAYS, 1),
    (_pattern("last day"), RuleKind.DAYS, 0),
    (_pattern("month end"), RuleKind.MONTH_END, 0),
    (_pattern("end of the following month"), RuleKind.MONTH_END, 1),
)
_COUNTED: Final = _pattern("N (?P<unit>days?|working days?|weeks?|months?)( after)?")
_NUMBERED: Final = _pattern("(the )?(day )?N(st|nd|rd|th)? of the following month")
PATTERNS: Final = (*(pattern for pattern, _, _ in _FIXED), _COUNTED, _NUMBERED)
"""All rules that are read, with single spaces."""


def read_date_rule(text: str) -> DateRule | Malformed:
    """Read a rule for a date, whatever its capitals and spaces.

    Args:
        text: one of the `FORMS`, with any number: digits, or a word from one to twelve.

    Returns:
        The rule; or, for anything else, why it is none, as the end of a sentence about the text, and what to write.
    """
    written = " ".join(text.split())
    for pattern, kind, number in _FIXED:
        if pattern.fullmatch(written):
            return DateRule(written, kind, number)
    counted = _COUNTED.fullmatch(written)
    if counted:
        return _counted(written, _number(counted["number"]), counted["unit"].lower())
    numbered = _NUMBERED.fullmatch(written)
    if numbered:
        return _numbered(written, _number(numbered["number"]))
    forms = ", ".join(f'"{form}"' for form in FORMS[:-1])
    return Malformed("is not a rule for a date", f'write one of these, with your own number: {forms} or "{FORMS[-1]}"')


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS.index(text.lower()) + 1


def _counted(text: str, number: int, unit: str) -> DateRule | Malformed:
    """A rule that counts days, working days, weeks or months."""
    if unit.startswith("month"):
        return _within(DateRule(text, RuleKind.MONTHS, number), MOST_MONTHS, "months")
    if unit.startswith("working"):
        return _within(DateRule(text, RuleKind.WORKING_DAYS, number), MOST_DAYS, "working days")
    if unit.startswith("week"):
        return _within(DateRule(text, RuleKind.DAYS, number * _WEEK), MOST_DAYS, "days")
    return _within(DateRule(text, RuleKind.DAYS, number), MOST_DAYS, "days")


def _within(rule: DateRule, most: int, unit: str) -> DateRule | Malformed:
    if rule.number <= most:
        return rule
    return Malformed(f"is more than {most} {unit}", f"give {most} {unit} at most")


def _numbered(text: str, number: int) -> DateRule | Malformed:
    """A rule that names a day of the following month."""
    if 1 <= number <= _LONGEST_MONTH:
        return DateRule(text, RuleKind.DAY_OF_FOLLOWING_MONTH, number)
    return Malformed("names a day that no month has", f"give a day from 1 to {_LONGEST_MONTH}")
