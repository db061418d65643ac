"""One finding a figure, where a paper is held against a grant: what its sums say stands in the notes of GC701."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from grantcalc.findings import Note
from grantcalc.rules.against import DIFFERS_FROM_GRANT
from grantcalc.rules.paper_sums import TOTAL_DIFFERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.findings import Finding
    from grantcalc.source import Place


def said_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings on a paper, in their order; a figure that fails in sums and differs from a grant has one of both.

    Args:
        findings: those that are wanted; a figure that differs is told apart only if that is wanted too.
    """
    differing = {finding.at for finding in findings if finding.rule == DIFFERS_FROM_GRANT}
    of_sums: dict[Place | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule == TOTAL_DIFFERS and finding.at in differing:
            of_sums[finding.at].append(finding)
    for finding in findings:
        if finding.rule == DIFFERS_FROM_GRANT:
            yield _with_sums(finding, of_sums.pop(finding.at, ()))
        elif finding.rule != TOTAL_DIFFERS or finding.at not in differing:
            yield finding


def _with_sums(finding: Finding, of_sums: Sequence[Finding]) -> Finding:
    """A figure that differs from a grant, with what its sums say of it, where notes are wanted."""
    if not of_sums or not finding.notes:
        return finding
    said = [note for each in of_sums for note in (Note(f"fails: {each.message}"), *each.notes)]
    kept = [note for note in said if not _is_of_others(note, finding)]
    likely = (slip for each in of_sums for slip in each.likely if slip.figure.at == finding.at)
    return replace(finding, notes=(*kept, *finding.notes), likely=tuple(dict.fromkeys(likely)))


def _is_of_others(note: Note, finding: Finding) -> bool:
    """Whether a note says what to do of sums alone, or that another figure may be the wrong one."""
    return note.message.startswith("to mend:") or (note.message.startswith("likely:") and note.at != finding.at)
