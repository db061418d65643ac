"""Grant files with claims for tests, and their ledgers as a user would see them."""

from __future__ import annotations

from datetime import date
from textwrap import indent
from typing import TYPE_CHECKING, Final

from grantcalc.grants.ledger import Ledger, keep_ledger
from grantcalc.money import add, pounds
from grantcalc.rules import check_ledger
from tests.grant_files import account_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.entries import Entry

ENDS: Final = ("2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31")
"""The last days of the quarters of 2025-26."""
CLAIMED: Final = ("2025-07-04", "2025-10-03", "2026-01-05", "2026-04-07")
"""A day soon after each."""


def grant(cost: str = "£40,000", *, award: str = "", terms: str = "", more: str = "") -> str:
    """A grant of the year 2025-26, paid by quarters; `terms` are lines below `payments`, `more` lines of the file."""
    award = f"award: {award}\n" if award else ""
    terms = f"payments:\n{_block(terms)}" if terms else ""
    posts = f"posts:\n  - role: Officer\n    costs:\n      2025-26:\n        salary: {cost}\n"
    return f"grant: Example\n{award}years: [2025-26]\n{terms}{posts}{more}"


def _block(lines: str) -> str:
    return indent(lines.strip("\n") + "\n", "  ")


def claim(period: int | str, cost: str = "", claimed: str = "", *more: str) -> str:
    """A claim by heading; without a day it is a draft. `more` are lines of the claim, with their own indents."""
    lines = [f"- period: {period}"]
    lines += ["  costs:", f"    salary: {cost}"] if cost else []
    lines += [f"  claimed: {claimed}"] if claimed else []
    return "\n".join([*lines, *(f"  {line}" for line in more)]) + "\n"


def with_claims(text: str, *claims: str) -> str:
    """A grant file with claims."""
    return f"{text}claims:\n{''.join(_block(one) for one in claims)}"


def quarterly(*costs: str, first: int = 1) -> list[str]:
    """Claims for quarters of 2025-26, each made a few days after it."""
    return [claim(at + first, cost, CLAIMED[at]) for at, cost in enumerate(costs)]


def ledger_of(text: str, as_of: str = "") -> Ledger:
    """The ledger of a grant file."""
    return keep_ledger(account_of(text), date.fromisoformat(as_of) if as_of else None)


def amounts(ledger: Ledger, name: str) -> list[str]:
    """One amount of each entry, as it is printed."""
    return [pounds(getattr(entry, name)) for entry in ledger.entries]


def costs(entries: Sequence[Entry]) -> list[str]:
    """What each entry came to, as it is printed."""
    return [pounds(add(entry.cost.values())) for entry in entries]


def states(ledger: Ledger) -> list[str]:
    """How far each entry has come."""
    return [entry.state.value for entry in ledger.entries]


def said(text: str, as_of: str = "") -> list[tuple[str, str, str]]:
    """Code, severity and message of each finding on claims."""
    return [(one.rule.code, one.severity.value, one.message) for one in check_ledger(ledger_of(text, as_of))]
