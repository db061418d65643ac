"""GC3, days of disallowances: parts of claims that were disallowed before these were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Rule
from grantcalc.rules.claims import CLAIMED_FILE, claim_name, claim_route
from grantcalc.severity import Severity
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.grants.claim import Claim
    from grantcalc.grants.entries import Entry
    from grantcalc.grants.ledger import Ledger

_DISALLOWED: Final = """\
    disallowed:
      - heading: salary
        amount: £600
        reason: Leave
        date: {}
    claimed:"""

DISALLOWED_BEFORE: Final = Rule(
    "GC325",
    "disallowed-before-claimed",
    Severity.ERROR,
    """\
A part of a claim was disallowed before the claim was made, or of one that has no date: one of the dates is a slip, or
missing.""",
    CLAIMED_FILE.replace("    claimed:", _DISALLOWED.format("2025-07-01")),
    CLAIMED_FILE.replace("    claimed:", _DISALLOWED.format("2025-07-21")),
    gist=(
        "a part of a claim was disallowed before it was made",
        "{n} parts of claims were disallowed before these were made",
    ),
)

RULES: Final = (DISALLOWED_BEFORE,)


def check(ledger: Ledger) -> Iterator[Finding]:
    """Findings on the days on which something was disallowed."""
    for entry in ledger.entries:
        if entry.claim is not None:
            yield from _before(entry, entry.claim)


def _before(entry: Entry, claim: Claim) -> Iterator[Finding]:
    """What was disallowed of a claim before it was made."""
    for at, one in enumerate(claim.disallowed):
        if one.date is not None and (claim.claimed is None or one.date < claim.claimed):
            made = f"was made on {long_date(claim.claimed)}" if claim.claimed else "has no date"
            message = f"{claim_name(entry)} {made}, but {one.amount.text} of it was disallowed on {long_date(one.date)}"
            where = claim_route(entry, "disallowed", at, "date")
            yield Finding(DISALLOWED_BEFORE, message, where, Severity.ERROR)
