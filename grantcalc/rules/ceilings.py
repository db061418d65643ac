"""GC5, ceilings: awards of years that do not make the award, costs of a year over them, variations that fit nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.gaps import apart
from grantcalc.grants.ceilings import year_award
from grantcalc.grants.net_income import net_of_income
from grantcalc.grants.payments import payable_cost, payable_to
from grantcalc.grants.periods import DAY
from grantcalc.money import ZERO, add, pounds
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import date_range, listed, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.model import Grant, Year
    from grantcalc.money import Figure

_FILE: Final = """\
grant: Example
award: £60,000
years:
  - year: 2025-26
    award: £30,000
  - year: 2026-27
    award: £30,000
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
      2026-27:
        salary: £30,000
"""
_VARIATION: Final = """\
variations:
  - date: 2025-10-01
    amount: £2,000
"""

NOT_THE_PARTS: Final = Rule(
    "GC505",
    "award-differs-from-its-years",
    Severity.WARNING,
    """\
The awards that are given for the years, or for the financial years, do not make the award for the whole grant. Each is
a ceiling of its own: where they make less, some of the award can never be claimed; where they make more, the award
ends the payments before the years do.""",
    _FILE.replace("award: £60,000", "award: £61,000"),
    _FILE,
)
WITHOUT_AWARD: Final = Rule(
    "GC506",
    "year-without-award",
    Severity.WARNING,
    """\
Some years have an award of their own and one has none, so that only the award for the whole grant limits what is paid
for it. Give it one too, or an award of 0.""",
    _FILE.replace("  - year: 2026-27\n    award: £30,000\n", "  - year: 2026-27\n"),
    _FILE,
)
OVER_YEAR: Final = Rule(
    "GC507",
    "cost-over-award-of-year",
    Severity.ERROR,
    """\
What a year, or a financial year, costs the funder is more than the award for it, though the award for the whole grant
may be enough. Cost counts on the days on which it is incurred, whatever is planned to be paid. Money of one year can
often not be spent in another: lower the costs, move them, ask for a variation, or say `carry_forward: yes` under
`payments` if the agreement lets underspend be carried forward.""",
    _FILE.replace("award: £30,000", "award: £29,000", 1).replace("award: £30,000", "award: £31,000", 1),
    _FILE.replace("award: £30,000", "award: £31,000", 1).replace("award: £30,000", "award: £29,000", 1)
    + "payments:\n  carry_forward: yes\n",
    gist=("a year costs more than its award", "{n} years cost more than their awards"),
)
MISPLACED_VARIATION: Final = Rule(
    "GC508",
    "variation-misplaced",
    Severity.WARNING,
    """\
A variation is dated outside the funding period, takes the award below nothing, changes an award that is not given, or
does not say which year's award it changes where years have awards of their own, so that their ceilings stay as they
are. Correct the date or the amount, or add `year`.""",
    _FILE + _VARIATION,
    _FILE.replace("    award: £30,000\n", "").replace("£30,000\n      2026", "£32,000\n      2026") + _VARIATION,
)

OUTSIDE_GRANT: Final = Rule(
    "GC509",
    "award-for-year-outside-grant",
    Severity.WARNING,
    """\
An award is given for a financial year in which no day of the grant lies, so that it limits nothing. Mostly the year's
name is a slip, and the year that was meant has no ceiling.""",
    _FILE + "award_by_financial_year:\n  2025-26: £30,000\n  2062-63: £30,000\n",
    _FILE + "award_by_financial_year:\n  2025-26: £30,000\n  2026-27: £30,000\n",
)

RULES: Final = (NOT_THE_PARTS, WITHOUT_AWARD, OVER_YEAR, MISPLACED_VARIATION, OUTSIDE_GRANT)


def check(account: Account) -> Iterator[Finding]:
    """Findings on the awards of years and financial years, and on variations."""
    grant = account.grant
    given = {year.year: year.award for year in grant.years if year.award is not None}
    if given:
        without = [at for at, year in enumerate(grant.years) if year.award is None]
        for at in without:
            message = f"{grant.years[at].year} has no award of its own, but {listed(list(given))} {_has(given)}"
            yield Finding(WITHOUT_AWARD, message, Route(("years", at)), Severity.WARNING)
        if not without:
            yield from _sum(grant, given, "the awards of the years", ("years",))
        yield from _years(account)
    if grant.award_by_financial_year:
        financial = dict(grant.award_by_financial_year)
        yield from _sum(grant, financial, "the awards of the financial years", ("award_by_financial_year",))
        yield from _financial_years(account)
        yield from _outside(grant)
    yield from _variations(account)


def _has(given: Mapping[str, Figure]) -> str:
    return "has" if len(given) == 1 else "have"


def _sum(grant: Grant, parts: Mapping[str, Figure], name: str, keys: tuple[str | int, ...]) -> Iterator[Finding]:
    """Awards of years that are not the award."""
    total = add(figure.value for figure in parts.values())
    if grant.award is None or grant.award.value == total:
        return
    gap = apart(total - grant.award.value)
    message = f"{name} make {pounds(total)}, {gap} than the award of {grant.award.text}"
    working = " + ".join(f"{year} {pounds(figure.value)}" for year, figure in parts.items())
    note = Note(f"working: {working} = {pounds(total)}", Route(keys))
    yield Finding(NOT_THE_PARTS, message, Route(("award",)), Severity.WARNING, marker=gap, notes=(note,))


def _years(account: Account) -> Iterator[Finding]:
    """Years that cost more than their own award."""
    grant, left = account.grant, ZERO
    for at, (year, payable) in enumerate(_payable_by_year(account)):
        own = year_award(grant, year.year)
        if own is not None:
            yield from _over(year.year, payable, own + left, ("years", at, "award"))
            left = _carried(grant, own + left - payable)


def _payable_by_year(account: Account) -> list[tuple[Year, Decimal]]:
    """What the funder would pay for each year, when income above cost is taken off other years."""
    years = account.totals.years
    payable = net_of_income([payable_cost(account.grant, year.total) for year in years])
    return [(year.year, amount) for year, amount in zip(years, payable, strict=True)]


def _financial_years(account: Account) -> Iterator[Finding]:
    """Financial years in which more falls than their award."""
    grant, left = account.grant, ZERO
    if any(year.period is None for year in grant.named_years):
        return
    amounts = list(_payable_by_days(account))
    for name, (period, figure) in zip(grant.award_by_financial_year, grant.financial_year_awards, strict=True):
        payable = add(amount for day, amount in amounts if period.starts <= day <= period.ends)
        keys = ("award_by_financial_year", name)
        said = f"{name} ({date_range(period.starts, period.ends)})"
        yield from _over(said, payable, figure.value + left, keys)
        left = _carried(grant, figure.value + left - payable)


def _payable_by_days(account: Account) -> Iterator[tuple[date, Decimal]]:
    """What the funder would pay up to days on which a period or a financial year ends, since the one before.

    It is paid when the cost is incurred. Income above cost is taken off period by period, as it is off the payments.
    """
    grant = account.grant
    periods = [one.period for one in account.slices if one.period is not None]
    awarded = [day for period, _ in grant.financial_year_awards for day in (period.starts - DAY, period.ends)]
    days = sorted({*(period.ends for period in periods), *awarded})
    due = [payable_to(grant, account.totals, day) for day in days]
    amounts = [upper - lower for lower, upper in zip([ZERO, *due], due, strict=False)]
    yield from zip(days, net_of_income(amounts), strict=True)


def _carried(grant: Grant, left: Decimal) -> Decimal:
    return max(left, ZERO) if grant.payments.carry_forward == "yes" else ZERO


def _over(name: str, payable: Decimal, ceiling: Decimal, keys: tuple[str | int, ...]) -> Iterator[Finding]:
    if payable > ceiling:
        over = pounds(payable - ceiling)
        message = f"{name}: {pounds(payable)} would be paid, {over} over its award of {pounds(ceiling)}"
        yield Finding(OVER_YEAR, message, Route(keys), Severity.ERROR, marker=f"{over} over")


def _outside(grant: Grant) -> Iterator[Finding]:
    """Awards of financial years in which no day of the grant lies."""
    whole = grant.period
    for name, (period, _) in zip(grant.award_by_financial_year, grant.financial_year_awards, strict=True):
        if whole is not None and whole.starts <= whole.ends and not whole.touches(period):
            message = f"no day of the grant is in the financial year {name}, which has an award"
            note = Note(f"to mend: name a financial year from {date_range(whole.starts, whole.ends)}")
            where = Route(("award_by_financial_year", name), on_key=True)
            yield Finding(OUTSIDE_GRANT, message, where, Severity.WARNING, notes=(note,))


def _variations(account: Account) -> Iterator[Finding]:
    """Variations that fit nowhere."""
    grant = account.grant
    period = grant.period
    own = any(year.award is not None for year in grant.years)
    for at, one in enumerate(grant.variations):
        where = Route(("variations", at))
        if period is not None and not period.starts <= one.date <= period.ends:
            message = f"a variation of {one.amount.text} is dated {long_date(one.date)}, outside the funding period"
            yield Finding(MISPLACED_VARIATION, message, Route((*where.keys, "date")), Severity.WARNING)
        if account.ceiling is None:
            message = f"a variation of {one.amount.text} changes an award that is not given"
            yield Finding(MISPLACED_VARIATION, message, where, Severity.WARNING)
        elif own and one.year is None:
            message = f"a variation of {one.amount.text} does not say which year's award it changes"
            yield Finding(MISPLACED_VARIATION, message, where, Severity.WARNING)
    if account.ceiling is not None and account.ceiling < 0:
        message = f"the variations take the award to {pounds(account.ceiling)}"
        yield Finding(MISPLACED_VARIATION, message, Route(("variations",)), Severity.ERROR)
