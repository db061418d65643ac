"""GC3, income above cost: years that are below nothing, and which payments that is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.net_income import net_of_income
from grantcalc.grants.payments import Kind, by_cost
from grantcalc.grants.schedule import by_period
from grantcalc.money import ZERO, add, pounds
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import listed, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

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
and off the last ones before it where these do not bear it. It is a warning where the whole grant has more income than
cost, so that nothing is paid.""",
    _FILE,
    _FILE.replace("-15000", "-10000"),
)

RULES: Final = (NET_INCOME,)


def check(account: Account) -> Iterator[Finding]:
    """Years with more income than cost, and which payments that is taken off."""
    grant, totals = account.grant, account.totals
    below = [at for at, year in enumerate(totals.years) if year.total < 0]
    if not below or grant.payments.basis != "cost":
        return
    where = Route(("years", below[0]) if grant.years else ())
    years = [f"{pounds(-totals.years[at].total)} in {totals.years[at].year.year or 'the grant'}" for at in below]
    if totals.total <= 0:
        message = f"income is above cost by {pounds(-totals.total)} in all, so nothing is paid"
        note = Note(f"working: it is above cost by {listed(years)}")
        yield Finding(NET_INCOME, message, where, Severity.WARNING, notes=(note,))
        return
    found = account.slices
    costs = by_cost(grant, totals, found)
    lower = [max(cost, ZERO) - net for cost, net in zip(costs, net_of_income(costs), strict=True)]
    first = 1 + sum(instalment.kind is Kind.UP_FRONT for instalment in account.instalments)
    taken = {
        number: off
        for number, places in enumerate(by_period(found), start=first)
        if (off := add(lower[at] for at in places))
    }
    if not taken:
        return  # less than a penny at the funder's rate
    payments = f"{'payment' if len(taken) == 1 else 'payments'} {ranges(taken)}"
    message = f"income is above cost by {listed(years)}: {pounds(add(taken.values()))} is taken off {payments}"
    working = listed([f"{pounds(off)} off payment {number}" for number, off in taken.items()])
    anew = ", before the schedule was agreed anew" if grant.reprofiled else ""
    yield Finding(NET_INCOME, message, where, Severity.NOTE, notes=(Note(f"working: {working}{anew}"),))
