"""Findings as workflow commands, which GitHub Actions shows beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.report.medium import PLAIN, Medium
from grantcalc.report.places import is_on_one_line, located, path_of, relative_path, unlined
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile, CheckResult
    from grantcalc.source import Where

_COMMANDS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def github(result: CheckResult, medium: Medium = PLAIN) -> str:
    """A command for each finding, and for each file that could not be read."""
    lines = [_finding(finding, file, medium) for file in result.files for finding in file.findings]
    lines += [
        _command("error", {"file": relative_path(file.path), "title": "unreadable"}, [file.reason], medium)
        for file in result.unreadable
    ]
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, file: CheckedFile, medium: Medium) -> str:
    where = located(file, finding.at)
    properties = {
        "file": relative_path(path_of(file.source.path, where)),
        **_stretch(where),
        "title": f"{finding.rule.code} {finding.rule.name}",
    }
    accepted = finding.accepted
    notes = [f"accepted: {accepted.text}"] if accepted else [note.message for note in finding.notes]
    severity = Severity.NOTE if accepted else finding.severity
    said = [f"{unlined(where)}{finding.message}", *notes]
    return _command(_COMMANDS[severity], properties, said, medium)


def _stretch(where: Where | None) -> dict[str, str]:
    """Lines and columns as properties; GitHub takes columns only within one line."""
    if where is None or where.line is None:
        return {}
    lines = {"line": str(where.line), "endLine": str(where.end_line or where.line)}
    if not is_on_one_line(where):
        return lines
    return {**lines, "col": str(where.column), "endColumn": str(where.end_column)}


def _command(name: str, properties: Mapping[str, str], lines: list[str], medium: Medium) -> str:
    """A workflow command, whose lines become one."""
    written = ",".join(f"{key}={_property(medium.show(value))}" for key, value in properties.items())
    return f"::{name} {written}::{'%0A'.join(_data(medium.show(line)) for line in lines)}"


def _data(text: str) -> str:
    """Text as GitHub wants it escaped in a command's message; line breaks have become codes before."""
    return text.replace("%", "%25")


def _property(text: str) -> str:
    """Text as GitHub wants it escaped in a command's property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
