"""The ledger of a grant as a page to print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.report.claim_sheets import ledger_sheets
from grantcalc.report.page import sheets_page
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from grantcalc.results.ledger import ClaimLedger


def ledger_page(claims: ClaimLedger) -> str:
    """Every sheet of the ledger, across the page, under the day as of which it is."""
    ledger = claims.ledger
    money, *others = ledger_sheets(ledger)
    title = f"Claims as of {long_date(ledger.as_of)}" if ledger.as_of else "Claims"
    return sheets_page(claims.source, ledger.grant, title, [replace(money, title="Claimed and paid"), *others])
