"""Words for numbers, lists and dates, as messages and tables use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

_MOST_RANGES: Final = 5

# Not from `calendar` or `strftime`, whose names follow the locale.
MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number and its noun: "1 figure", "2 figures"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def month_number(name: str) -> int:
    """The number of a month from its name or the first three letters of it; 0 for another word."""
    by_name = {form: at for at, month in enumerate(MONTHS, start=1) for form in (month.lower(), month[:3].lower())}
    return by_name.get(name.lower(), 0)


def long_date(day: date) -> str:
    """A date in full: "1 January 2022"."""
    return f"{day_and_month(day.day, day.month)} {day.year}"


def day_of_year(day: int, month: int) -> str:
    """A day of every year: "1 April"."""
    return f"{day} {MONTHS[month - 1]}"


def short_date(day: date) -> str:
    """A date for a table: "1 Jan 2022"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def day_and_month(day: int, month: int) -> str:
    """A day of any year: "6 April"."""
    return f"{day} {MONTHS[month - 1]}"


def short_range(starts: date, ends: date) -> str:
    """A stretch of time for a table: "1 Jan to 31 Mar 2022", the year said once where it is the same."""
    first = short_date(starts)
    return f"{first.removesuffix(f' {starts.year}') if starts.year == ends.year else first} to {short_date(ends)}"


def date_range(starts: date, ends: date) -> str:
    """A stretch of time: "1 January to 31 December 2022", the year said once where it is the same."""
    if starts.year == ends.year:
        return f"{day_and_month(starts.day, starts.month)} to {long_date(ends)}"
    return f"{long_date(starts)} to {long_date(ends)}"


def ranges(numbers: Iterable[int], named: Callable[[int], str] = str) -> str:
    """Numbers in words, those that follow each other as a range: "2, 4 to 7"; no more than five of such.

    Args:
        numbers: the numbers.
        named: what a number is called, such as "B" for a column.
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [named(first) if first == last else f"{named(first)} to {named(last)}" for first, last in runs]
    return ", ".join(said[:_MOST_RANGES]) + (" and others" if len(said) > _MOST_RANGES else "")
