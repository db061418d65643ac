"""Findings in one line each, as editors and scripts read them: path, line, column, code, message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.report.counts import counts
from grantcalc.report.medium import PLAIN, SEVERITY_STYLES, Medium, Style
from grantcalc.report.passes import passes
from grantcalc.report.places import located, place_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.results.checked import CheckedFile, CheckResult


def concise(result: CheckResult, medium: Medium = PLAIN, *, show_passes: bool = False) -> str:
    """A line for each finding of every file, for each sum that holds if they are wanted, and a last one that counts."""
    lines = [line for file in result.files for line in _lines(file, medium, show_passes=show_passes)]
    return "".join(f"{line}\n" for line in [*lines, medium.show(counts(result))])


def finding_lines(file: CheckedFile, medium: Medium = PLAIN) -> Iterator[str]:
    """A line for each finding of one file and of those beside it, for a command that found that it cannot go on."""
    yield from _lines(file, medium, show_passes=False)
    for other in file.beside:
        yield from finding_lines(other, medium)


def _lines(file: CheckedFile, medium: Medium, *, show_passes: bool) -> Iterator[str]:
    path = file.source.path
    for finding in file.findings:
        place = medium.show(place_text(path, located(file, finding.at)))
        style = Style.GOOD if finding.accepted else SEVERITY_STYLES[finding.severity]
        code = medium.paint(finding.rule.code, style)
        accepted = f" (accepted: {finding.accepted.text})" if finding.accepted else ""
        yield f"{place}: {code} {medium.show(f'{finding.message}{accepted}')}"
    for held in passes(file) if show_passes else ():
        sign = medium.paint(medium.show(held.sign), Style.GOOD)
        yield f"{medium.show(place_text(path, held.where))}: {sign} {medium.show(held.text)}"
