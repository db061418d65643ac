"""The list of rules, a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.report.medium import PLAIN, Medium
from grantcalc.report.rule_page import summary
from grantcalc.report.sheets import Column, Sheet, sheets_markdown, sheets_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Rule


def rules_table(rules: Sequence[Rule], medium: Medium = PLAIN) -> str:
    """A row for each rule, for a terminal."""
    columns = (Column("code", "Code"), Column("name", "Name"), Column("severity", "Severity"))
    return sheets_table([Sheet(columns, [(rule.code, rule.name, rule.severity) for rule in rules])], medium)


def rules_markdown(rules: Sequence[Rule], medium: Medium = PLAIN) -> str:
    """A row for each rule, with what it means in a sentence."""
    columns = (
        Column("code", "Code"),
        Column("name", "Name"),
        Column("severity", "Severity"),
        Column("summary", "Meaning"),
    )
    rows = [(rule.code, rule.name, rule.severity, summary(rule)) for rule in rules]
    return sheets_markdown([Sheet(columns, rows)], medium)
