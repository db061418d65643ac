"""GC4: years whose names, dates and costs do not fit each other or the funding period."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.figures import lines_with_routes
from grantcalc.grants.payments import undated
from grantcalc.grants.periods import DAY, contradicts, financial_year_named, likely_name, named_period
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import date_range, listed, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.judgement import Judgement
    from grantcalc.grants.model import Grant, Year
    from grantcalc.grants.periods import Period

_FILE: Final = """\
grant: Example
starts: 2025-04-01
ends: 2027-03-31
years:
  - year: 2025-26
  - year: 2026-27
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
      2026-27:
        salary: £30,600
"""
_DATES: Final = "    starts: {}\n    ends: {}\n"


def _with_dates(starts: str, ends: str) -> str:
    """The example with other dates for its second year."""
    return _FILE.replace("2026-27\n", "2026-27\n" + _DATES.format(starts, ends), 1)


NAME_AND_DATES: Final = Rule(
    "GC401",
    "year-name-contradicts-dates",
    Severity.WARNING,
    """\
A year is named as a financial or calendar year, but runs at another time: "2021-2022" means 1 April 2021 to
31 March 2022 to a public body. Readers will look for the money in the wrong year. Name the year after its dates, or
mend the dates. A year that lies in the financial year of its name as `financial_year_starts` says is in order; where
such a year is listed without dates, it is still taken from April, and a note says so.""",
    "grant: Example\nyears:\n  - year: 2021-2022\n    starts: 2022-01-01\n    ends: 2022-12-31\nposts: []\n",
    "grant: Example\nyears:\n  - year: 2022\n    starts: 2022-01-01\n    ends: 2022-12-31\nposts: []\n",
)
GAP: Final = Rule(
    "GC402",
    "gap-between-years",
    Severity.WARNING,
    """\
Between two years of the grant there are days that belong to neither. Costs of these days have no year to be claimed
in.""",
    _with_dates("2026-05-01", "2027-03-31"),
    _FILE,
)
OVERLAP: Final = Rule(
    "GC403",
    "years-overlap",
    Severity.ERROR,
    """\
Two years of the grant share days, so that a cost could be claimed twice. Let each day belong to one year.""",
    _with_dates("2026-03-01", "2027-03-31"),
    _FILE,
    gist=("two years overlap", "{n} pairs of years overlap"),
)
NOT_THE_PERIOD: Final = Rule(
    "GC404",
    "years-miss-funding-period",
    Severity.WARNING,
    """\
The years together are not the funding period that `starts` and `ends` of the grant give. Spending outside the
funding period is not eligible, and part of the period without a year has no budget.""",
    _FILE.replace("2027-03-31", "2027-06-30"),
    _FILE,
)
NO_COST: Final = Rule(
    "GC405",
    "line-without-cost",
    Severity.WARNING,
    """\
A post or other cost has no amount for one of the years. If it is not funded then, say so with an amount of 0;
otherwise the year's total lacks it.""",
    _FILE.replace("      2026-27:\n        salary: £30,600\n", ""),
    _FILE,
)
BACKWARDS: Final = Rule(
    "GC406",
    "ends-before-start",
    Severity.ERROR,
    """\
A year, or the grant, ends before it starts, so that nothing can be paid for it. Exchange the dates, or correct
the one that is a slip.""",
    _with_dates("2027-04-01", "2027-03-31"),
    _FILE,
    gist=("a period ends before it starts", "{n} periods end before they start"),
)
NO_DATES: Final = Rule(
    "GC407",
    "year-without-dates",
    Severity.NOTE,
    """\
A year has no dates, and its name implies none, so that no invoice can be dated, and no cost put into a financial year
or a quarter. Totals need no dates. `2025-26` is the financial year from 1 April 2025, `2025` the calendar year; to any
other name add `starts` and `ends`. A name of two numbers that is no such year, as `26-27` or `2026-2028`, gets a
warning.""",
    "grant: Example\nyears: [Year 1]\n",
    "grant: Example\nyears: [2025-26]\n",
)

NOT_FILLED_IN: Final = Rule(
    "GC408",
    "all-costs-nought",
    Severity.NOTE,
    """\
Every cost of the file is 0, as in one that `grantcalc init` has just made: it is not filled in yet, and that nothing
is wrong with its sums says nothing.""",
    _FILE.replace("£30,000", "0").replace("£30,600", "0"),
    _FILE,
)

RULES: Final = (NAME_AND_DATES, GAP, OVERLAP, NOT_THE_PERIOD, NO_COST, BACKWARDS, NO_DATES, NOT_FILLED_IN)


def check(judgement: Judgement) -> Iterator[Finding]:
    """Findings on years, dates and costs that are not there."""
    grant = judgement.account.grant
    yield from _names(grant)
    yield from _order(grant)
    yield from _backwards(grant)
    yield from _funding_period(grant)
    yield from _no_cost(grant)
    if grant.years:
        yield from no_dates(grant)
    yield from _not_filled_in(grant)


def _not_filled_in(grant: Grant) -> Iterator[Finding]:
    """That every cost is nought."""
    costs = [figure for _, line in lines_with_routes(grant) for of in line.costs.values() for figure in of.values()]
    if costs and all(not figure.value for figure in costs):
        message = "all amounts of the costs are 0: the file is not filled in yet"
        yield _finding(NOT_FILLED_IN, message, ("posts" if grant.posts else "other_costs",), "to mend: enter the costs")


def _finding(rule: Rule, message: str, keys: tuple[str | int, ...], *notes: str) -> Finding:
    return Finding(rule, message, Route(keys), rule.severity, notes=tuple(map(Note, notes)))


def _forwards(period: Period | None) -> bool:
    return period is not None and period.starts <= period.ends


def _names(grant: Grant) -> Iterator[Finding]:
    """Years whose names say other dates, or may: the grant's own financial year may start on another day."""
    for at, year in enumerate(grant.years):
        period, said = year.period, named_period(year.year)
        own = financial_year_named(year.year, grant.financial_year_starts)
        if said is not None and own is not None and own != said and year.starts is None and year.ends is None:
            yield _two_meanings(year.year, said, own, at)
        if period is None or said is None or not _forwards(period) or not contradicts(year.year, period):
            continue
        if own is not None and own.covers(period):
            continue
        runs = date_range(period.starts, period.ends)
        message = f'"{year.year}" reads as {date_range(said.starts, said.ends)}, but the year runs {runs}'
        remedy = f'to mend: name it after its dates, such as "{_better_name(period)}", or correct the dates'
        yield _finding(NAME_AND_DATES, message, ("years", at, "year"), remedy)


def _two_meanings(name: str, said: Period, own: Period, at: int) -> Finding:
    """That a year without dates is the one from April, where the grant's own financial year of that name is another."""
    taken, runs = date_range(said.starts, said.ends), date_range(own.starts, own.ends)
    message = f'"{name}" is taken as {taken}, but the financial year of this grant runs {runs}'
    note = Note("to mend: give starts and ends, to say which is meant")
    return Finding(NAME_AND_DATES, message, Route(("years", at, "year")), Severity.NOTE, notes=(note,))


def _better_name(period: Period) -> str:
    first, last = period.starts.year, period.ends.year
    return str(first) if first == last else f"{first}-{last}"


def _order(grant: Grant) -> Iterator[Finding]:
    """Gaps and overlaps between years, in the order of their dates."""
    dated = [(year, at) for at, year in enumerate(grant.years) if _forwards(year.period)]
    for (earlier, _), (later, at) in pairwise(sorted(dated, key=_start)):
        ends, starts = earlier.period, later.period
        if ends is None or starts is None:
            continue
        if starts.starts <= ends.ends:
            end = f"{earlier.year} ends on {long_date(ends.ends)}"
            message = f"{later.year} starts on {long_date(starts.starts)}, before {end}"
            yield _finding(OVERLAP, message, ("years", at), "to mend: let each day belong to one year")
        elif starts.starts > ends.ends + DAY:
            gap = date_range(ends.ends + DAY, starts.starts - DAY)
            message = f"{gap} belongs neither to {earlier.year} nor to {later.year}"
            yield _finding(
                GAP, message, ("years", at), "to mend: let each year start the day after the one before ends"
            )


def _start(dated: tuple[Year, int]) -> str:
    period = dated[0].period
    return period.starts.isoformat() if period else ""


def _backwards(grant: Grant) -> Iterator[Finding]:
    """Periods that end before they start."""
    periods = (
        [(grant.grant, grant.period, ("ends",) if grant.ends else ("starts",))] if grant.starts or grant.ends else []
    )
    named = [(year.year, year.period, ("years", at)) for at, year in enumerate(grant.years)]
    for name, period, keys in (*periods, *named):
        if period is not None and not _forwards(period):
            message = f"{name} ends on {long_date(period.ends)}, before it starts on {long_date(period.starts)}"
            yield _finding(BACKWARDS, message, keys, "to mend: exchange or correct the dates")


def _funding_period(grant: Grant) -> Iterator[Finding]:
    """Years that are not the funding period."""
    periods = [year.period for year in grant.years if year.period is not None and _forwards(year.period)]
    if not periods or len(periods) < len(grant.years):
        return
    first, last = min(p.starts for p in periods), max(p.ends for p in periods)
    if grant.starts and grant.starts != first:
        message = f"the grant starts on {long_date(grant.starts)}, but its years start on {long_date(first)}"
        year = next(year.year for year in grant.years if year.period and year.period.starts == first)
        remedy = f'to mend: if {year} begins with the grant, give it "starts: {grant.starts}"; else correct the dates'
        yield _finding(NOT_THE_PERIOD, message, ("starts",), remedy)
    if grant.ends and grant.ends != last:
        message = f"the grant ends on {long_date(grant.ends)}, but its years end on {long_date(last)}"
        year = next(year.year for year in grant.years if year.period and year.period.ends == last)
        remedy = f'to mend: if {year} ends with the grant, give it "ends: {grant.ends}"; else correct the dates'
        yield _finding(NOT_THE_PERIOD, message, ("ends",), remedy)


def _no_cost(grant: Grant) -> Iterator[Finding]:
    """Lines without an amount in some of the years."""
    names = [year.year for year in grant.years]
    for keys, line in lines_with_routes(grant):
        lacking = [name for name in names if not line.costs.get(name)]
        if lacking:
            message = f"{line.name} has no cost in {listed(lacking)}"
            yield _finding(
                NO_COST,
                message,
                (*keys, "costs"),
                "to mend: add the cost, or an amount of 0 if it is not funded",
            )


_SPAN: Final = re.compile(r"(?<![0-9])(?:[0-9]{2}|[0-9]{4})\s?[-/–]\s?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
"""What reads as a year of two numbers, whether it names one or not."""


def no_dates(grant: Grant, severity: Severity = NO_DATES.severity, so: str = "it has no invoices") -> Iterator[Finding]:
    """Years without dates: an error for whoever asks for what needs them, else a note; and what follows from it.

    A name that reads as a year and is none, such as "26-27", gets a warning, since its writer thinks that it has dates.
    """
    for reason, keys in undated(grant):
        name = grant.years[int(keys[1])].year if len(keys) > 1 else ""
        likely = likely_name(name)
        remedy = Note(f"to mend: {f'write {likely}, or ' if likely else ''}give starts and ends")
        seems_dated = severity is Severity.NOTE and _SPAN.search(name) is not None
        said = Severity.WARNING if seems_dated else severity
        yield Finding(NO_DATES, f"{reason}, so {so}", Route(keys), said, notes=(remedy,))
