"""The outturn statement as a page to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.report.claim_sheets import VARIANCE
from grantcalc.report.outturn_sheets import (
    CERTIFICATE,
    DEFAULT_ROLE,
    heading_sheet,
    line_sheet,
    money_sheet,
    unfinished,
)
from grantcalc.report.page import page
from grantcalc.report.references import labelled_references
from grantcalc.report.sheets import set_out
from grantcalc.wording import short_date

if TYPE_CHECKING:
    from grantcalc.results.ledger import OutturnStatement


def outturn_page(outturn: OutturnStatement) -> str:
    """Budget, actual and variance by heading and by post, what was claimed and received, and the certificate."""
    statement = outturn.statement
    grant = statement.account.grant
    return page(
        "outturn.html",
        outturn.source,
        grant=grant,
        statement=statement,
        headings=set_out(heading_sheet(statement), short_date),
        lines=set_out(line_sheet(statement), short_date),
        money=set_out(money_sheet(statement), short_date),
        remarks=[VARIANCE, *unfinished(statement)],
        references=labelled_references(grant),
        certificate=CERTIFICATE,
        role=grant.certified_by or DEFAULT_ROLE,
    )
