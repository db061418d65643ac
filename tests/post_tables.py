"""Tables of posts for tests, and what `import` makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.files import RawFile
from grantcalc.grants.posts.columns import Choices
from grantcalc.report.grant_text import grant_text
from grantcalc.results.imported import ImportedGrant
from grantcalc.results.inputs import Input
from grantcalc.table_files import import_table
from tests.grant_files import grant_of

if TYPE_CHECKING:
    from grantcalc.grants.model import Grant
    from grantcalc.results.checked import CheckedFile


def imported(
    table: str | bytes, name: str = "posts.csv", sheet: str | None = None, **choices: tuple[object, ...]
) -> CheckedFile:
    """What is found in a table that is imported."""
    result = _import(table, name, sheet, **choices)
    return result.checked if isinstance(result, ImportedGrant) else result


def text_from(
    table: str | bytes, name: str = "posts.csv", sheet: str | None = None, **choices: tuple[object, ...]
) -> str:
    """The grant file that is made of a table."""
    result = _import(table, name, sheet, **choices)
    assert isinstance(result, ImportedGrant), [finding.message for finding in result.findings]
    return grant_text(result)


def grant_from(
    table: str | bytes, name: str = "posts.csv", sheet: str | None = None, **choices: tuple[object, ...]
) -> Grant:
    """The grant in the grant file that is made of a table; the file has no fault."""
    return grant_of(text_from(table, name, sheet, **choices))


def amounts_of(grant: Grant) -> dict[str, dict[str, dict[str, str]]]:
    """The costs of a grant by line, year and heading, as the grant file has them."""
    return {
        line.name: {year: {h: figure.text for h, figure in costs.items()} for year, costs in line.costs.items()}
        for line in grant.lines
    }


def said(file: CheckedFile) -> list[str]:
    """What was found in a table: the code, the line and column or the cell, and the message."""
    listed = []
    for finding in file.findings:
        where = file.locate(finding.at) if finding.at is not None else None
        place = "" if where is None else where.cell or f"{where.line}:{where.column}"
        listed.append(f"{finding.rule.code} {place} {finding.message}")
    return listed


def _import(
    table: str | bytes, name: str, sheet: str | None, **choices: tuple[object, ...]
) -> ImportedGrant | CheckedFile:
    data = table.encode() if isinstance(table, str) else table
    return import_table(RawFile(Input(name, "0" * 64), data), replace(Choices(), **choices), sheet, "")
