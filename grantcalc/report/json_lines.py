"""Results as lines of JSON, one a grant, for programs that take in many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.report.json_document import summary_record
from grantcalc.report.json_text import Json, document_head, iso_day, json_line
from grantcalc.report.medium import PLAIN

if TYPE_CHECKING:
    from grantcalc.report.medium import Medium
    from grantcalc.results.summaries import GrantSummary


def summary_line(summary: GrantSummary, medium: Medium = PLAIN) -> str:
    """What a grant costs, as a line of `grantcalc/summary-line/1`.

    Every line has the same keys, whatever headings and years a grant has: where a summary has an object by heading, or
    by stated figure, a line has a list. So a program that takes in lines as a table finds the same columns in each.
    """
    grant, record = summary.account.grant, summary_record(summary)
    return json_line(
        {
            **document_head("summary-line", [summary.source]),
            "path": summary.source.path,
            "grant": grant.grant,
            "funder": grant.funder,
            "recipient": grant.recipient,
            "starts": iso_day(grant.period.starts if grant.period else None),
            "ends": iso_day(grant.period.ends if grant.period else None),
            **record,
            "headings": _amounts(record["headings"]),
            "years": [_year(year) for year in record["years"]],
        },
        medium,
    )


def _year(year: Json) -> Json:
    """A year of a summary with lists for objects whose keys are the grant's own."""
    return {
        **year,
        "headings": _amounts(year["headings"]),
        "stated": [{"figure": figure, **stated} for figure, stated in year["stated"].items()],
        "lines": [{**line, "headings": _amounts(line["headings"])} for line in year["lines"]],
    }


def _amounts(headings: Json) -> list[Json]:
    return [{"heading": heading, "amount": amount} for heading, amount in headings.items()]
