"""Schedules, claims, year ends and outturn statements as JSON documents; their keys are promises, and never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import ZERO, machine_amount
from grantcalc.report.claim_sheets import correction_sheet, disallowed_sheet, summary_lines, year_sheet
from grantcalc.report.entry_sheet import entry_sheet
from grantcalc.report.invoice_sheets import invoice_record
from grantcalc.report.json_text import Json, document_head, iso_day, json_text
from grantcalc.report.medium import PLAIN
from grantcalc.report.outturn_sheets import heading_sheet, line_sheet, outturn_lines
from grantcalc.report.references import references
from grantcalc.report.sheets import json_value, sheet_records
from grantcalc.report.year_end_sheets import position_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.invoices import Invoice
    from grantcalc.report.medium import Medium
    from grantcalc.report.sheets import Value
    from grantcalc.results.ledger import ClaimLedger, OutturnStatement, YearEndPosition
    from grantcalc.results.schedule import InvoiceSchedule


def invoice_document(schedule: InvoiceSchedule, medium: Medium = PLAIN) -> str:
    """A schedule of invoices, as `grantcalc/invoices/1`."""
    grant, invoices = schedule.account.grant, schedule.invoices
    return json_text(
        {
            **document_head("invoices", [schedule.source]),
            "grant": grant.grant,
            "total": machine_amount(invoices[-1].cumulative if invoices else ZERO),
            "count": len(invoices),
            "references": references(grant),
            "invoices": [_invoice(invoice) for invoice in schedule.shown],
        },
        medium,
    )


def _invoice(invoice: Invoice) -> Json:
    shares = [
        {"year": share.year or None, "amount": machine_amount(share.amount)} for share in invoice.instalment.shares
    ]
    return {**{key: json_value(value) for key, value in invoice_record(invoice).items()}, "shares": shares}


def claim_document(claims: ClaimLedger, medium: Medium = PLAIN) -> str:
    """A ledger of claims, as `grantcalc/claims/1`."""
    ledger = claims.ledger
    return json_text(
        {
            **document_head("claims", [claims.source]),
            "grant": ledger.grant.grant,
            "as_of": iso_day(ledger.as_of),
            **_values({key: amount for key, _, amount in summary_lines(ledger)}),
            "years": sheet_records(year_sheet(ledger)),
            "entries": sheet_records(entry_sheet(ledger)),
            "corrections": sheet_records(correction_sheet(ledger)),
            "disallowances": sheet_records(disallowed_sheet(ledger)),
        },
        medium,
    )


def year_end_document(year_end: YearEndPosition, medium: Medium = PLAIN) -> str:
    """A position at a year end, as `grantcalc/year-end/1`."""
    position = year_end.position
    return json_text(
        {
            **document_head("year-end", [year_end.source]),
            "grant": position.account.grant.grant,
            "date": position.date.isoformat(),
            "share": position.account.grant.payments.share,
            "posts_by_days": position.has_days,
            "year": {
                "from": position.year.starts.isoformat(),
                "to": position.year.ends.isoformat(),
                **_values(position_values(position.in_year, balances=False)),
            },
            "to_date": _values(position_values(position.to_date, balances=True)),
        },
        medium,
    )


def _values(amounts: Mapping[str, Value]) -> Json:
    """Amounts and dates as JSON holds them."""
    return {key: json_value(value) for key, value in amounts.items()}


def outturn_document(outturn: OutturnStatement, medium: Medium = PLAIN) -> str:
    """An outturn statement, as `grantcalc/outturn/1`."""
    statement = outturn.statement
    period = statement.period
    return json_text(
        {
            **document_head("outturn", [outturn.source]),
            "grant": statement.account.grant.grant,
            "year": statement.year or None,
            "from": period.starts.isoformat() if period else None,
            "to": period.ends.isoformat() if period else None,
            "final": statement.is_final,
            "unclaimed": list(statement.unclaimed),
            "estimated": list(statement.estimated),
            "without_costs": list(statement.without_costs),
            **_values({key: amount for key, _, amount in outturn_lines(statement)}),
            "headings": sheet_records(heading_sheet(statement)),
            "lines": sheet_records(line_sheet(statement)),
        },
        medium,
    )
