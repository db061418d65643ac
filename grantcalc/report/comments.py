"""Comments on a paper: all that is said of a figure, in one text, for a copy of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.annotating.comments import Comment
from grantcalc.report.medium import PLAIN
from grantcalc.report.places import elsewhere, located, within_text
from grantcalc.rules.against import NOT_IN_GRANT
from grantcalc.severity import Severity
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile
    from grantcalc.source import Where

_WOULD_FIT: Final = " would fit"
_OF_THE_WHOLE: Final = frozenset({NOT_IN_GRANT})
"""What counts figures that agree, or are not matched: on one figure, it would read as if it were about that."""


def comments(file: CheckedFile, against: str | None = None) -> tuple[Comment, ...]:
    """What is to be said in a copy of a paper: a comment for each place, with every finding that stands.

    An error or warning that names other figures is said at these too, as far as it is about them; at totals that their
    parts make exactly it is not. What is about many figures stands on the document, whose comment comes first and says
    what this is; without any, the first comment says that.

    Args:
        file: the paper and what was found in it.
        against: the name of the grant file that it was held against, if it was.
    """
    holding = _holding(file)
    said: dict[Where | None, list[str]] = {}
    for finding in file.standing:
        where = None if finding.rule in _OF_THE_WHOLE else located(file, finding.at)
        _add(said, where, _in_full(finding, file, where))
    for finding in file.standing:
        for place, lines in _related(finding, file):
            if place not in holding:
                _add(said, place, lines)
    ordered = sorted(said.items(), key=lambda each: each[0] is not None)
    return tuple(
        Comment(where, tuple(PLAIN.show(line) for line in (*([_opening(against)] if not n else []), *lines)))
        for n, (where, lines) in enumerate(ordered)
    )


def _opening(against: str | None) -> str:
    """The line that says what the comments of a copy are."""
    held = f", and held against {against}" if against else ""
    return f"Checked by grantcalc{held}. What it found stands in comments on the figures."


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
    is_repeated = any(finding.marker.removesuffix(_WOULD_FIT) in note for note in notes)
    marker = [] if not finding.marker or (finding.marker.endswith(_WOULD_FIT) and is_repeated) else [finding.marker]
    return [_head(finding), *marker, *notes]


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
