"""What a grant costs, set out by time, by heading or by line; every view makes the same total."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from grantcalc.grants.accruals import headings_in, share_to
from grantcalc.grants.buckets import Bucket, calendar_years, financial_years, quarters
from grantcalc.money import EXACT, ZERO, add

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.model import Grant
    from grantcalc.grants.totals import Totals, YearTotals


class By(StrEnum):
    """What the rows of a view are."""

    YEAR = "year"
    FINANCIAL_YEAR = "financial-year"
    CALENDAR_YEAR = "calendar-year"
    QUARTER = "quarter"
    HEADING = "heading"
    LINE = "line"

    @property
    def needs_dates(self) -> bool:
        """Whether costs are put into stretches of time, so that every year needs dates."""
        return self in _BUCKETS

    @property
    def breaks_down_by_year(self) -> bool:
        """Whether the columns are years of the grant; else they are headings."""
        return self in (By.HEADING, By.LINE)


_BUCKETS: Final = {
    By.FINANCIAL_YEAR: financial_years,
    By.CALENDAR_YEAR: calendar_years,
    By.QUARTER: quarters,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a view.

    Attributes:
        name: of the year, the stretch of time, the heading or the line; empty for a grant without years.
        amounts: by column, in pounds.
        total: of all columns.
        bucket: the time that it covers; None where it covers none, or has no dates.
        kind: "post" or "cost", of a line.
    """

    name: str
    amounts: Mapping[str, Decimal]
    total: Decimal
    bucket: Bucket | None = None
    kind: Literal["post", "cost"] | None = None


@dataclass(frozen=True, slots=True)
class View:
    """The costs of a grant in rows and columns that cross-cast.

    Attributes:
        by: what the rows are.
        columns: headings, or years where the rows are headings or lines; a grant without years has no years.
        rows: in the order of time or of the file.
        totals: of each column over all rows.
        total: what the grant costs.
        share: how a year of the grant that lies in two rows is divided; None where none does.
        has_days: whether such a year has costs that fall into rows by days of their own, as posts that are costed
            from pay do.
    """

    by: By
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Mapping[str, Decimal]
    total: Decimal
    share: Literal["months", "days"] | None = None
    has_days: bool = False


def view(grant: Grant, totals: Totals, by: By) -> View:
    """Set out what a grant costs.

    Nothing is rounded but where a year is divided between stretches of time: what falls up to the end of a stretch
    is then rounded half up to the penny, for each heading. Fractions of a penny that the costs themselves have stand
    in the last stretch with a cost under their heading, so that the whole is exact.

    Args:
        grant: the grant; all its years need dates where `by.needs_dates`.
        totals: what it costs.
        by: what the rows are to be.
    """
    if by.breaks_down_by_year:
        named = [year for year in totals.years if year.year.year]
        rows = _headings(totals, named) if by is By.HEADING else _lines(grant, named, totals)
        years = {year.year.year: year.total for year in named}
        return View(by, tuple(years), rows, years, totals.total)
    if by is By.YEAR:
        return View(by, grant.headings, tuple(map(_year, totals.years)), totals.headings, totals.total)
    found = _BUCKETS[by](grant)
    cut = list(_cut(grant, totals, found))
    share = grant.payments.share if cut else None
    days = any(year.stretches for year in cut)
    return View(by, grant.headings, _timed(grant, totals, found), totals.headings, totals.total, share, days)


def _year(year: YearTotals) -> Row:
    period = year.year.period
    bucket = Bucket(year.year.year, period, period) if period is not None else None
    return Row(year.year.year, year.headings, year.total, bucket)


def _headings(totals: Totals, named: Sequence[YearTotals]) -> tuple[Row, ...]:
    return tuple(
        Row(heading, {year.year.year: year.headings[heading] for year in named}, total)
        for heading, total in totals.headings.items()
    )


def _lines(grant: Grant, named: Sequence[YearTotals], totals: Totals) -> tuple[Row, ...]:
    costs = {(year.year.year, own.line.kind, own.line.name): own.total for year in totals.years for own in year.lines}
    rows = []
    for line in grant.lines:
        amounts = {year.year.year: costs.get((year.year.year, line.kind, line.name), ZERO) for year in named}
        whole = add(costs.get((year.year.year, line.kind, line.name), ZERO) for year in totals.years)
        rows.append(Row(line.name, amounts, whole, kind=line.kind))
    return tuple(rows)


def _timed(grant: Grant, totals: Totals, found: Sequence[Bucket]) -> tuple[Row, ...]:
    """What falls into stretches of time that share no day and together have every day of the grant."""
    amounts = [dict(headings_in(grant, totals, bucket.covered)) for bucket in found]
    for heading, whole in totals.headings.items():
        column = [row[heading] for row in amounts]
        last = max((at for at, amount in enumerate(column) if amount), default=-1)
        amounts[last][heading] = EXACT.add(column[last], EXACT.subtract(whole, add(column)))
    return tuple(Row(bucket.name, row, add(row.values()), bucket) for bucket, row in zip(found, amounts, strict=True))


def _cut(grant: Grant, totals: Totals, found: Sequence[Bucket]) -> Iterator[YearTotals]:
    """The years of the grant within which a stretch of time ends."""
    ends = [bucket.covered.ends for bucket in found]
    for year in totals.years:
        if any(0 < share_to(grant, year.year, day) < 1 for day in ends):
            yield year
