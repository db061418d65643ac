"""Findings as a GitLab Code Quality report, which merge requests show beside their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.report.fingerprints import fingerprint, with_fingerprints
from grantcalc.report.json_text import json_text
from grantcalc.report.medium import PLAIN, Medium
from grantcalc.report.places import located, path_of, relative_path, unlined
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.report.json_text import Json
    from grantcalc.results.checked import CheckResult

_SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.NOTE: "info",
}
_UNREADABLE: Final = "unreadable"
_WHOLE_FILE: Final = 1
"""GitLab shows nothing that has no line: what concerns a whole file stands at its head."""


def gitlab(result: CheckResult, medium: Medium = PLAIN) -> str:
    """An entry for each finding, and for each file that could not be read.

    What is accepted is there as "info": left out, it would be told as resolved.
    """
    entries = []
    for file, finding, known_by in with_fingerprints(result):
        where = located(file, finding.at)
        accepted = f" (accepted: {finding.accepted.text})" if finding.accepted else ""
        said = f"{unlined(where)}{finding.message}{accepted}"
        line = where.line if where is not None else None
        entries.append(
            _entry(
                f"{finding.rule.code} {finding.rule.name}",
                said,
                _SEVERITIES[Severity.NOTE if finding.accepted else finding.severity],
                (path_of(file.source.path, where), line or _WHOLE_FILE),
                known_by,
            )
        )
    for unread in result.unreadable:
        known_by = fingerprint(_UNREADABLE, relative_path(unread.path))
        entries.append(_entry(_UNREADABLE, unread.reason, "blocker", (unread.path, _WHOLE_FILE), known_by))
    return json_text(entries, medium)


def _entry(check: str, message: str, severity: str, at: tuple[str, int], known_by: str) -> Json:
    path, line = at
    return {
        "description": PLAIN.show(message),
        "check_name": check,
        "fingerprint": known_by,
        "severity": severity,
        "location": {"path": PLAIN.show(relative_path(path)), "lines": {"begin": line}},
    }
