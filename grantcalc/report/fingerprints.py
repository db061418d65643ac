"""Fingerprints, by which a finding is known again though lines have moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from grantcalc.report.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile, CheckResult


def message_of(finding: Finding) -> tuple[str, ...]:
    """What a finding is known by to a code host: the message, which has the subject and usually the figures."""
    return (finding.message,)


def with_fingerprints(
    result: CheckResult, texts_of: Callable[[Finding], tuple[str, ...]] = message_of
) -> Iterator[tuple[CheckedFile, Finding, str]]:
    """Every finding with its file and fingerprint.

    A fingerprint is made of the rule, the path and the finding's texts; of findings that are alike in all of these,
    each has its own.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for file in result.files:
        path = relative_path(file.source.path)
        for finding in file.findings:
            known_by = (finding.rule.code, path, *texts_of(finding))
            seen[known_by] += 1
            yield file, finding, fingerprint(*known_by, str(seen[known_by]))


def fingerprint(*known_by: str) -> str:
    """The fingerprint of texts by which something is known."""
    return hashlib.sha256("\0".join(known_by).encode("utf-8", "surrogatepass")).hexdigest()
