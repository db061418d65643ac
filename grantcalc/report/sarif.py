"""Findings as SARIF 2.1.0, which code hosts and editors read (OASIS Standard, 27 March 2020).

Places count from one in code points, and paths are URIs relative to the working folder. A fingerprint says which
finding is which when lines have moved; a note that has a place of its own is a related location.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc import __version__
from grantcalc.report.fingerprints import with_fingerprints
from grantcalc.report.json_text import json_text
from grantcalc.report.medium import PLAIN
from grantcalc.report.places import located, path_of, relative_uri, unlined
from grantcalc.report.rule_page import examples_markdown, paragraphs, rule_text, summary
from grantcalc.rules import RULES
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grantcalc.findings import Finding, Rule
    from grantcalc.report.json_text import Json
    from grantcalc.report.medium import Medium
    from grantcalc.results.checked import CheckedFile, CheckResult
    from grantcalc.results.inputs import Unreadable
    from grantcalc.source import Where

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_FINGERPRINT: Final = "grantcalcFinding/v1"
"""What a fingerprint is made of has a version: one that is made otherwise gets another."""

_PLACEHOLDER: Final = re.compile(r"\{(\d+)\}")
"""What stands for an argument in a message (3.11.5)."""

_LINK: Final = re.compile(r"\](?=\()")
"""Where the text of an embedded link ends, and its destination begins (3.11.6)."""


def sarif(result: CheckResult, medium: Medium = PLAIN) -> str:
    """Every finding as a result of one run, and every file that could not be read as a notification."""
    rules = [rule for rule in RULES if any(finding.rule == rule for file in result.files for finding in file.findings)]
    suppressing = result.accepted > 0
    run = {
        "tool": {"driver": {"name": "grantcalc", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "invocations": [_invocation(result.unreadable)],
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": relative_uri(file.source.path)}, "hashes": {"sha-256": file.source.sha256}}
            for file in {file.source.path: file for file in result.files}.values()
        ],
        "results": [
            {
                **_result(finding, file, rules.index(finding.rule), known_by),
                **({"suppressions": _suppressions(finding)} if suppressing else {}),
            }
            for file, finding, known_by in with_fingerprints(result)
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, medium)


def _rule(rule: Rule) -> Json:
    page = "\n\n".join(paragraphs(rule))
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(summary(rule)),
        "fullDescription": _message(page),
        "help": {
            "text": _plain(rule_text(rule)),
            "markdown": f"{page}\n\n{examples_markdown(rule)}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(unreadable: Sequence[Unreadable]) -> Json:
    """How the run went: not well if a file could not be read."""
    return {
        "executionSuccessful": not unreadable,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": _message(f"{file.path}: {file.reason}"),
                "locations": [_location(file.path, None)],
            }
            for file in unreadable
        ],
    }


def _result(finding: Finding, file: CheckedFile, rule: int, known_by: str) -> Json:
    where = located(file, finding.at)
    said = [f"{unlined(where)}{finding.message}", *(note.message for note in finding.notes)]
    related = [
        {
            "id": number,
            **_location(path_of(file.source.path, there), there),
            "message": _message(f"{unlined(there)}{note.message}"),
        }
        for number, note in enumerate(finding.notes, start=1)
        if (there := located(file, note.at)) is not None and note.at != finding.at
    ]
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": _message("\n".join(said)),
        "locations": [_location(path_of(file.source.path, where), where)],
        "partialFingerprints": {_FINGERPRINT: known_by},
        **({"relatedLocations": related} if related else {}),
    }


def _suppressions(finding: Finding) -> list[Json]:
    """Why a result is suppressed; of a run in which any is, each result says whether it is (3.27.23)."""
    accepted = finding.accepted
    if accepted is None:
        return []
    kind = "inSource" if accepted.in_file else "external"
    return [{"kind": kind, "status": "accepted", "justification": _plain(accepted.text)}]


def _location(path: str, where: Where | None) -> Json:
    """A file, with the stretch of it that has lines."""
    region = {"region": _region(where)} if where is not None and where.line is not None else {}
    return {"physicalLocation": {"artifactLocation": {"uri": relative_uri(path)}, **region}}


def _region(where: Where) -> Json:
    known = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    return {key: number for key, number in known.items() if number is not None}


def _message(text: str) -> Json:
    """A message of plain text, line by line harmless."""
    return {"text": _plain(text)}


def _plain(text: str) -> str:
    """Text in which nothing is a placeholder or a link."""
    lines = "\n".join(PLAIN.show(line) for line in text.split("\n"))
    return _LINK.sub("] ", _PLACEHOLDER.sub(r"{{\1}}", lines))
