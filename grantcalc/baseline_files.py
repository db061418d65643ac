"""Baselines: the findings of today in a file, so that from tomorrow only new ones count."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from grantcalc.errors import UnreadableInputError
from grantcalc.files import read_file
from grantcalc.findings import Acceptance, in_order
from grantcalc.report.fingerprints import with_fingerprints
from grantcalc.report.json_text import document_head, json_text
from grantcalc.report.medium import PLAIN
from grantcalc.report.places import relative_path
from grantcalc.rules.acceptances import GONE, gone
from grantcalc.rules.claims import OF_THE_DAY
from grantcalc.rules.selection import can_be_accepted, leaves_nothing, rule_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckResult
    from grantcalc.results.inputs import Input
    from grantcalc.wanted import WantedIn

_NAME: Final = "baseline"
_SCHEMA: Final = "grantcalc/baseline/1"
_FIGURES: Final = ("working: ", "sum: ", "fails: ", "needed: ", "together: ", "elsewhere: ")
"""How notes begin that have figures of the finding, not advice or what other findings say."""

_IN_BASELINE: Final = Acceptance("in the baseline", in_file=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of a baseline.

    Attributes:
        code: the code of its rule.
        path: its file, from the working folder.
        message: what was found.
        fingerprint: what it is known by: rule, path, message and figures.
    """

    code: str
    path: str
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A file of findings that are accepted.

    Attributes:
        source: what was read.
        entries: the findings.
    """

    source: Input
    entries: tuple[Entry, ...]


def entries_of(result: CheckResult) -> tuple[Entry, ...]:
    """What was found and is not accepted, for a baseline; faults that leave nothing to compute are left out."""
    return tuple(
        Entry(finding.rule.code, relative_path(file.source.path), finding.message, known_by)
        for file, finding, known_by in with_fingerprints(result, _texts)
        if finding.accepted is None and can_be_accepted(finding.rule)
    )


def baseline_text(result: CheckResult, entries: Iterable[Entry]) -> str:
    """The baseline of a result, as `grantcalc/baseline/1`."""
    head = document_head(_NAME, (file.source for file in result.files))
    return json_text({**head, "findings": [asdict(entry) for entry in entries]}, PLAIN)


def _texts(finding: Finding) -> tuple[str, ...]:
    """The message of a finding, and the notes that have its figures."""
    notes = tuple(note.message for note in finding.notes if note.message.startswith(_FIGURES))
    return finding.message, *notes


def read_baseline(path: str) -> Baseline:
    """Read a baseline.

    Raises:
        UnreadableInputError: it cannot be read, or is none.
    """
    raw = read_file(path)
    try:
        document = json.loads(raw.data)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(path, "this is not a baseline: it is not JSON") from error
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        raise UnreadableInputError(path, f'this is not a baseline: it does not say "schema": "{_SCHEMA}"')
    listed = document.get("findings")
    entries = tuple(_entries(listed)) if isinstance(listed, list) else ()
    if not isinstance(listed, list) or len(entries) < len(listed):
        raise UnreadableInputError(path, "this baseline is damaged; write it anew with --write-baseline")
    return Baseline(raw.source, entries)


def _entries(listed: list[Any]) -> Iterator[Entry]:
    """The entries of a baseline that are not damaged."""
    for record in listed:
        match record:
            case {"code": str(code), "path": str(path), "message": str(message), "fingerprint": str(known_by)}:
                yield Entry(code, path, message, known_by)


def with_baseline(
    result: CheckResult, entries: Sequence[Entry], wanted: WantedIn, as_of: date | None = None
) -> CheckResult:
    """What was found, with what is in a baseline accepted, and what of it is gone noted.

    Args:
        result: what was found.
        entries: the findings of the baseline.
        wanted: which rules' findings are wanted in a file: of others it is not known whether they are gone.
        as_of: the day on which claims were looked at; without it some findings on claims are not known to be gone.
    """
    known = {entry.fingerprint for entry in entries}
    found = list(with_fingerprints(result, _texts))
    seen = {known_by for _, _, known_by in found}
    missing = [
        (entry.path, rule, entry.message)
        for entry in entries
        if entry.fingerprint not in seen and (rule := rule_called(entry.code))
        if as_of is not None or rule not in OF_THE_DAY
    ]
    marked = iter([_accepted(finding) if known_by in known else finding for _, finding, known_by in found])
    files = []
    for file in result.files:
        findings = list(islice(marked, len(file.findings)))
        path, is_wanted = relative_path(file.source.path), wanted(file.source.path)
        if is_wanted(GONE) and not any(leaves_nothing(finding.rule) for finding in findings):
            findings += [gone(rule, message) for of, rule, message in missing if of == path and is_wanted(rule)]
        files.append(replace(file, findings=in_order(findings, file.locate)))
    return replace(result, files=tuple(files))


def _accepted(finding: Finding) -> Finding:
    """A finding of the baseline, accepted if it can be, and is not by the file itself."""
    if finding.accepted is not None or not can_be_accepted(finding.rule):
        return finding
    return replace(finding, accepted=_IN_BASELINE)
