"""Findings as Markdown, to stand under a change that is up for review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.report.answer import answer
from grantcalc.report.counts import counts
from grantcalc.report.markdown import escaped, markdown_row
from grantcalc.report.medium import PLAIN
from grantcalc.report.passes import passes
from grantcalc.report.places import located, within_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.report.medium import Medium
    from grantcalc.results.checked import CheckedFile, CheckResult

_LONGEST: Final = 60_000
"""A comment may have 65,536 characters on GitHub."""

_LONGEST_TEXT: Final = 2_000
"""So many characters of a message are shown."""

_FOLD: Final = "<details><summary>Working, and what to do</summary>"
_UNFOLD: Final = "</details>"


def check_markdown(result: CheckResult, medium: Medium = PLAIN, *, show_passes: bool = False) -> str:
    """Every file with its answer, a table of its findings and their reasoning; as much of it as a comment takes."""
    written: list[str] = []
    length, folded = 0, False
    for line in _lines(result, show_passes=show_passes):
        length += len(line) + 1
        if length > _LONGEST:
            written += [*(["", _UNFOLD] if folded else []), "", "*The rest is too long for a comment.*", ""]
            break
        folded = line == _FOLD or (folded and line != _UNFOLD)
        written.append(line)
    return medium.fit("".join(f"{line}\n" for line in [*written, _text(counts(result))]))


def _lines(result: CheckResult, *, show_passes: bool) -> Iterator[str]:
    for file in result.files:
        yield from (f"### {_text(file.source.path)}", "", _text(answer(file)), "")
        yield from _findings(file)
        if show_passes:
            yield from _passes(file)
    for unread in result.unreadable:
        yield from (f"### {_text(unread.path)}", "", f"Not read: {_text(unread.reason)}.", "")


def _findings(file: CheckedFile) -> Iterator[str]:
    """A table of the findings, and their reasoning folded away."""
    if not file.findings:
        return
    yield markdown_row(["Severity", "Rule", "Place", "Finding"])
    yield markdown_row(["---"] * 4)
    for finding in file.findings:
        rule, place = f"{finding.rule.code} {finding.rule.name}", within_text(located(file, finding.at))
        severity = "accepted" if finding.accepted else finding.severity
        reason = f" (accepted: {_text(finding.accepted.text)})" if finding.accepted else ""
        yield markdown_row([severity, _text(rule), _text(place), f"{_text(finding.message)}{reason}"])
    yield ""
    reasoned = [finding for finding in file.standing if finding.notes]
    if reasoned:
        yield from (_FOLD, "")
        for finding in reasoned:
            yield f"- {finding.rule.code}: {_text(finding.message)}"
            yield from (f"  - {_text(note.message)}" for note in finding.notes)
        yield from ("", _UNFOLD, "")


def _passes(file: CheckedFile) -> Iterator[str]:
    """A table of the sums that hold; nothing where there are none."""
    rows = [
        [held.sign, _text(held.label), _text(held.working), held.how, _text(within_text(held.where))]
        for held in passes(file)
    ]
    if rows:
        yield markdown_row(["", "Sum that holds", "Working", "How", "Place"])
        yield markdown_row(["---"] * 5)
        yield from map(markdown_row, rows)
        yield ""


def _text(text: str) -> str:
    """Text that stands for itself and calls nobody: an `@` or `#` is parted from what follows, and math is none."""
    short = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
    marked = escaped(short).replace("$", "\\$")
    return marked.replace("@", "@<!-- -->").replace("\\#", "\\#<!-- -->")
