"""The outturn statement as sheets: headings, posts, money, and what it still lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.report.claim_sheets import VARIANCE
from grantcalc.report.sheets import Column, Sheet, Value
from grantcalc.wording import capital, counted, date_range, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.outturn import Outturn, OutturnLine

CERTIFICATE: Final = (
    "I certify that this statement agrees with the accounting records, and that the expenditure was incurred in the "
    "period, for the purpose of the grant and within its terms."
)
DEFAULT_ROLE: Final = "Chief finance officer"
_AMOUNTS: Final = (
    Column("budget", "Budget", to_the_right=True),
    Column("actual", "Actual", to_the_right=True),
    Column("variance", "Variance", to_the_right=True),
)


def outturn_sheets(statement: Outturn) -> tuple[Sheet, ...]:
    """The statement as it is read: by heading, by post, what was claimed, and the certificate."""
    return (
        heading_sheet(statement),
        line_sheet(statement),
        replace(
            money_sheet(statement),
            remarks=[VARIANCE, *unfinished(statement), "", CERTIFICATE, *certificate_lines(statement)],
        ),
    )


def heading_sheet(statement: Outturn) -> Sheet:
    """Budget, actual and variance of each heading."""
    headings = [replace(line, name=capital(line.name)) for line in statement.headings]
    return _lines("Heading", headings, statement.total, outturn_title(statement))


def line_sheet(statement: Outturn) -> Sheet:
    """Budget, actual and variance of each post and other cost."""
    return _lines("Post or cost", statement.lines, statement.total)


def money_sheet(statement: Outturn) -> Sheet:
    """What was earned, claimed and received."""
    columns = (Column("name", "Grant"), Column("amount", "Amount", to_the_right=True))
    return Sheet(columns, [(name, amount) for _, name, amount in outturn_lines(statement)])


def all_lines(statement: Outturn) -> Sheet:
    """Headings, then posts and other costs, in one sheet, for a spreadsheet."""
    rows: list[list[Value]] = [
        [kind, *_row(line), "final" if statement.is_final else "provisional"]
        for kind, lines in (("heading", statement.headings), ("line", statement.lines), ("total", [statement.total]))
        for line in lines
    ]
    rows += [["grant", name, None, amount, None, rows[0][-1]] for _, name, amount in outturn_lines(statement)]
    return Sheet((Column("kind", "Kind"), Column("name", "Name"), *_AMOUNTS, Column("status", "Status")), rows)


def outturn_title(statement: Outturn) -> str:
    """What the statement is for: grant, reference, year and dates."""
    grant, period = statement.account.grant, statement.period
    name = " · ".join(part for part in (grant.grant, grant.reference) if part)
    dates = date_range(period.starts, period.ends) if period else ""
    year = f"{statement.year}, " if statement.year else ""
    return f"{name}: {'' if statement.is_final else 'provisional '}outturn statement, {year}{dates}"


def outturn_lines(statement: Outturn) -> list[tuple[str, str, Value]]:
    """What was claimed and received: the key in JSON, the name in tables, the amount."""
    is_ahead = statement.not_yet_claimed < 0
    not_yet = "Earned less claimed: claimed ahead" if is_ahead else "Earned and not yet claimed, as what is held back"
    return [
        ("award", "Award" if not statement.year else "To be claimed for the year", statement.award),
        ("earned", "Earned: the funder's share of the actual cost", statement.earned),
        ("underspend", "Underspend: not earned", statement.underspend),
        ("claimed", "Claimed and accepted", statement.claimed),
        ("not_yet_claimed", not_yet, statement.not_yet_claimed),
        ("received", "Received", statement.received),
        ("outstanding", "Claimed and not received", statement.claimed - statement.received),
    ]


def unfinished(statement: Outturn) -> list[str]:
    """What the statement lacks to be final, in sentences."""
    said = []
    if statement.unclaimed:
        periods = counted(len(statement.unclaimed), "period")
        numbers = listed([str(at) for at in statement.unclaimed])
        said.append(f"Not final: {periods} without a claim that was made ({numbers}).")
    if statement.without_costs:
        said.append(f"Not final: no costs in {listed([f'claim {at}' for at in statement.without_costs])}.")
    if statement.estimated:
        said.append(f"Not final: estimated figures in {listed([f'claim {at}' for at in statement.estimated])}.")
    return said


def certificate_lines(statement: Outturn) -> list[str]:
    """Where the certificate is signed, and by whom."""
    role = statement.account.grant.certified_by or DEFAULT_ROLE
    return ["", f"Signed: {'_' * 30}   Name: {'_' * 30}", f"{role}   Date: {'_' * 14}"]


def _lines(name: str, lines: Sequence[OutturnLine], total: OutturnLine, title: str = "") -> Sheet:
    return Sheet((Column("name", name), *_AMOUNTS), [_row(line) for line in lines], title, _row(total))


def _row(line: OutturnLine) -> list[Value]:
    return [line.name, line.budget, line.actual, line.variance]
