"""Grant files for tests, and what the program says of them, as a user would see it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc import workflow
from grantcalc.grants.account import Account, account_for
from grantcalc.grants.load import load_grant
from grantcalc.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from grantcalc.grants.model import Grant
    from grantcalc.results.checked import CheckedFile
    from grantcalc.severity import Severity

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
ASSETS: Final = Path(__file__).parent / "assets"
"""Files in which as many rules as possible find something at once, a grant file with its paper, and one of faults."""

MARSOC: Final = (EXAMPLES / "marsoc.yaml").read_text(encoding="utf-8")

SMALL: Final = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
"""
"""The smallest grant file with a cost."""


class Found(NamedTuple):
    """A finding as a user sees it; `marked` is the stretch of the file with the marker under it."""

    code: str
    severity: Severity
    line: int | None
    column: int | None
    message: str
    marked: str
    notes: tuple[str, ...]


def check_bytes(data: bytes, as_of: date | None = None) -> CheckedFile:
    """Check a file that holds these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grant.yaml"
        path.write_bytes(data)
        return workflow.check([str(path)], as_of=as_of).files[0]


def check_text(text: str) -> CheckedFile:
    """Check a grant file."""
    return check_bytes(text.encode())


def findings(file: CheckedFile) -> list[Found]:
    """What was found in a file, and is not accepted."""
    lines = split_lines(file.text)
    listed = []
    for finding in file.standing:
        where = file.locate(finding.at) if finding.at is not None else None
        line, column, end = (where.line, where.column, where.end_column) if where else (None, None, None)
        marked = lines[line - 1][(column or 1) - 1 : (end or 1) - 1] if line and line <= len(lines) else ""
        notes = tuple(note.message for note in finding.notes)
        listed.append(Found(finding.rule.code, finding.severity, line, column, finding.message, marked, notes))
    return listed


def found(text: str) -> list[Found]:
    """What is found in a grant file."""
    return findings(check_text(text))


def codes(listed: Iterable[Found]) -> list[str]:
    """The codes of findings, in their order."""
    return [one.code for one in listed]


def grant_of(text: str) -> Grant:
    """The grant of a file that has no fault."""
    loaded = load_grant(text)
    assert loaded.grant is not None, loaded.faults
    return loaded.grant


def account_of(text: str) -> Account:
    """What follows from a grant file."""
    return account_for(grant_of(text))
