"""GC3, profiles: stated payments that are one amount, where the schedule follows what is incurred in each period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.payments import planned, unscheduled
from grantcalc.money import pounds
from grantcalc.severity import Severity
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.account import Account

_FILE: Final = """\
grant: Example
years:
  - year: 2025-26
    stated:
      payment: £7,500
posts:
  - role: Officer
    pay:
      salary: £60,000
      starts: 2025-10-01
      includes: on-costs
payments:
  profile: incurred
"""

NOT_PLANNED: Final = Rule(
    "GC324",
    "stated-payment-not-planned",
    Severity.WARNING,
    """\
One payment is stated for all periods of a year, and `profile: incurred` plans others: what is incurred in each. So the
paper promises what the schedule does not claim. State what is planned, or leave out the profile, for even payments.""",
    _FILE,
    _FILE.replace("incurred", "even"),
)

RULES: Final = (NOT_PLANNED,)


def check(account: Account) -> Iterator[Finding]:
    """Stated payments of which the schedule plans others."""
    grant = account.grant
    if grant.payments.profile != "incurred" or unscheduled(grant):
        return
    periods = account.slices
    wanted = planned(grant, account.totals, periods)
    for found in account.stated:
        own = [amount for one, amount in zip(periods, wanted, strict=True) if one.year == found.owner]
        if found.key != "payment" or all(amount == found.figure.value for amount in own):
            continue
        amounts = listed([pounds(amount) for amount in own])
        message = f"{found.name} is stated as {found.figure.text}, but the periods are planned at {amounts}"
        note = Note("to mend: state these, or leave out profile: incurred, for even payments")
        yield Finding(NOT_PLANNED, message, found.figure.at, Severity.WARNING, notes=(note,))
