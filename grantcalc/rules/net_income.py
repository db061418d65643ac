"""GC3, income above cost: years that are below nothing, and which payments that is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.accruals import has_days
from grantcalc.grants.net_income import net_of_income
from grantcalc.grants.payments import Kind, as_incurred, by_cost
from grantcalc.grants.schedule import by_period
from grantcalc.money import ZERO, add, pounds
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import listed, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.account import Account

_FILE: Final = """\
grant: Example
years: [2025-26, 2026-27]
posts:
  - role: Officer
    costs: {2025-26: {salary: £60000}, 2026-27: {salary: £10000}}
other_costs:
  - item: Ticket income
    costs: {2025-26: {salary: 0}, 2026-27: {salary: -15000}}
"""

NET_INCOME: Final = Rule(
    "GC323",
    "income-above-cost",
    Severity.NOTE,
    """\
A year has more income than cost. No payment can be below nothing, so what is over is taken off the payments after it,
and off the last ones before it where these do not bear it. So is what a period has by the days of its
posts: off payments that follow these days, and off claims, which are for what was spent. It is a warning where the
whole grant has more income than cost, so that nothing is paid.""",
    _FILE,
    _FILE.replace("-15000", "-10000"),
)

RULES: Final = (NET_INCOME,)


def check(account: Account) -> Iterator[Finding]:
    """Years with more income than cost, and periods that have it by the days of posts: what that is taken off."""
    grant, totals = account.grant, account.totals
    if grant.payments.basis != "cost":
        return
    below = [at for at, year in enumerate(totals.years) if year.total < 0]
    if not below:
        yield from _within_years(account)
        return
    where = Route(("years", below[0]) if grant.years else ())
    years = [f"{pounds(-totals.years[at].total)} in {totals.years[at].year.year or 'the grant'}" for at in below]
    if totals.total <= 0:
        message = f"income is above cost by {pounds(-totals.total)} in all, so nothing is paid"
        note = Note(f"working: it is above cost by {listed(years)}")
        yield Finding(NET_INCOME, message, where, Severity.WARNING, notes=(note,))
        return
    taken = _taken(account, by_cost(grant, totals, account.slices))
    if not taken:
        return  # less than a penny at the funder's rate
    payments = f"{'payment' if len(taken) == 1 else 'payments'} {ranges(taken)}"
    message = f"income is above cost by {listed(years)}: {pounds(add(taken.values()))} is taken off {payments}"
    working = listed([f"{pounds(off)} off payment {number}" for number, off in taken.items()])
    anew = ", before the schedule was agreed anew" if grant.reprofiled else ""
    yield Finding(NET_INCOME, message, where, Severity.NOTE, notes=(Note(f"working: {working}{anew}"),))


def _within_years(account: Account) -> Iterator[Finding]:
    """Periods with more income than cost in years that have not: posts end before income does, or begin after it."""
    grant, totals = account.grant, account.totals
    if not has_days(totals):
        return
    taken = _taken(account, as_incurred(grant, totals, account.slices))
    if not taken:
        return
    off = "payment" if grant.payments.profile == "incurred" else "the claim for period"
    numbers = f"{off if len(taken) == 1 else off.replace('claim', 'claims') + 's'} {ranges(taken)}"
    message = (
        f"by the days of its posts, the grant has periods with more income than cost: {pounds(add(taken.values()))} "
        f"is taken off {numbers}"
    )
    working = listed([f"{pounds(amount)} off {off} {number}" for number, amount in taken.items()])
    yield Finding(NET_INCOME, message, Route(("other_costs",)), Severity.NOTE, notes=(Note(f"working: {working}"),))


def _taken(account: Account, costs: Sequence[Decimal]) -> dict[int, Decimal]:
    """What is taken off the amounts of periods because others are below nothing, by the numbers of their payments."""
    lower = [max(cost, ZERO) - net for cost, net in zip(costs, net_of_income(costs), strict=True)]
    first = 1 + sum(instalment.kind is Kind.UP_FRONT for instalment in account.instalments)
    return {
        number: off
        for number, places in enumerate(by_period(account.slices), start=first)
        if (off := add(lower[at] for at in places))
    }
