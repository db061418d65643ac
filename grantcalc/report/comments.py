"""Comments on a paper: all that is said of a figure, in one text, for a copy of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.papers.annotating.comments import Comment
from grantcalc.report.medium import PLAIN
from grantcalc.report.places import elsewhere, located, within_text
from grantcalc.severity import Severity
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile
    from grantcalc.source import Where


def comments(file: CheckedFile) -> tuple[Comment, ...]:
    """What is to be said in a copy of a paper: a comment for each place, with every finding that stands.

    An error or warning that names other figures is said at these too, as far as it is about them; at totals that their
    parts make exactly it is not.
    """
    holding = _holding(file)
    said: dict[Where | None, list[str]] = {}
    for finding in file.standing:
        where = located(file, finding.at)
        _add(said, where, _in_full(finding, file, where))
    for finding in file.standing:
        for place, lines in _related(finding, file):
            if place not in holding:
                _add(said, place, lines)
    return tuple(Comment(where, tuple(PLAIN.show(line) for line in lines)) for where, lines in said.items())


def _holding(file: CheckedFile) -> set[Where | None]:
    """Where totals stand of which every sum is exact."""
    verdicts: dict[Where | None, set[Verdict]] = {}
    for a_sum in file.sums:
        verdicts.setdefault(located(file, a_sum.total.at), set()).add(verdict(a_sum))
    return {where for where, found in verdicts.items() if found == {Verdict.EXACT}}


def _add(said: dict[Where | None, list[str]], where: Where | None, lines: list[str]) -> None:
    """Add what is said of a place, a blank line below what was said of it before."""
    held = said.setdefault(where, [])
    held += ["", *lines] if held else lines


def _head(finding: Finding) -> str:
    return f"{finding.severity}[{finding.rule.code}] {finding.message}"


def _in_full(finding: Finding, file: CheckedFile, where: Where | None) -> list[str]:
    """A finding as the full report has it: message, marker, working, and what to do."""
    notes = []
    for note in finding.notes:
        other = located(file, note.at) if note.at != finding.at else None
        notes.append(f"{note.message}{elsewhere(other, where)}")
    return [_head(finding), *([finding.marker] if finding.marker else []), *notes]


def _related(finding: Finding, file: CheckedFile) -> Iterator[tuple[Where, list[str]]]:
    """The other figures that a finding is about, and what it says of each."""
    if finding.severity is Severity.NOTE:
        return
    where = located(file, finding.at)
    by_place: dict[Where, list[str]] = {}
    for note in finding.notes:
        place = located(file, note.at)
        if place is not None and place != where:
            by_place.setdefault(place, []).append(note.message)
    named = within_text(where)
    head = f"{_head(finding)} (see {named})" if named else _head(finding)
    for place, messages in by_place.items():
        yield place, [head, *messages]
