"""Findings in full, as a compiler prints them: message, place, the user's own line, the reasoning."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from grantcalc.findings import Severity
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.source import split_lines
from grantcalc.sums import Verdict, verdict
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Finding
    from grantcalc.results import CheckedFile, CheckResult
    from grantcalc.source import Where

_STYLES: Final = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.NOTE: Style.NOTE}
_WIDTH: Final = 110
_LONGEST_LINE: Final = 160


def full(result: CheckResult, medium: Medium = PLAIN) -> str:
    """Every finding of every file, and a last line that counts."""
    blocks = [block for file in result.files for block in _file(file, medium, named=len(result.files) > 1)]
    return "\n\n".join([*blocks, _counts(result, medium)]) + "\n"


def file_findings(file: CheckedFile, medium: Medium = PLAIN) -> str:
    """The findings of one file alone, for a command that found that it cannot go on."""
    lines = split_lines(file.text)
    own = "\n\n".join(_finding(finding, file, lines, medium) for finding in file.findings) + "\n"
    return "\n".join([own, *(file_findings(other, medium) for other in file.beside)])


def _file(file: CheckedFile, medium: Medium, *, named: bool) -> list[str]:
    lines = split_lines(file.text)
    answer = _answer(file)
    style = _STYLES[file.findings[0].severity] if file.findings else Style.GOOD
    title = medium.show(f"{file.source.path}: {answer[0].lower()}{answer[1:]}" if named else answer)
    return [
        medium.paint(title, style),
        *(_finding(finding, file, lines, medium) for finding in file.findings),
    ]


def _answer(file: CheckedFile) -> str:
    """The answer in a sentence: sign, or do not, and why."""
    counts = Counter(finding.severity for finding in file.findings)
    if counts[Severity.ERROR]:
        return f"Do not sign yet: {listed(_reasons(file.findings))}."
    if counts[Severity.WARNING]:
        warnings = counted(counts[Severity.WARNING], "warning")
        return f"Nothing is wrong, but there {'is' if counts[Severity.WARNING] == 1 else 'are'} {warnings} to look at."
    return _all_clear(file)


def _all_clear(file: CheckedFile) -> str:
    """The answer where there is neither an error nor a warning: what was checked, and what was not."""
    names = [finding.rule.name for finding in file.findings]
    unchecked = names.count("table-unchecked")
    if unchecked:
        return f"Nothing is wrong in what was checked; {counted(unchecked, 'place')} could not be checked."
    if "no-sum-found" in names and len(names) == 1:
        return "Nothing was checked: no sum was found."
    if not file.sums and file.kind == "grant":
        return "Nothing is wrong; the file states no figures to hold against its costs."
    if any(verdict(a_sum) is Verdict.MISMATCH for a_sum in file.sums):
        return "Nothing is wrong by the rules that were asked for, though not all sums hold."
    return "Nothing is wrong."


def _reasons(findings: Sequence[Finding]) -> list[str]:
    """What stands against signing, each reason once."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    gists = Counter(finding.rule.gist for finding in errors if finding.rule.gist)
    marker = {finding.rule.gist: finding.marker for finding in reversed(errors)}
    reasons = [
        gist[0].format(marker=marker[gist]) if count == 1 else gist[1].format(n=f"{count:,}")
        for gist, count in gists.items()
    ]
    others = len(errors) - sum(gists.values())
    if others:
        reasons.append(counted(others, "other error" if reasons else "error"))
    return reasons


def _finding(finding: Finding, file: CheckedFile, lines: Sequence[str], medium: Medium) -> str:
    style = _STYLES[finding.severity]
    head = f"{finding.severity}[{finding.rule.code}]"
    printed = [f"{medium.paint(head, style)} {medium.paint(medium.show(finding.message), Style.STRONG)}"]
    where = file.locate(finding.at) if finding.at is not None else None
    gutter = 0
    if where is not None and where.line is not None:
        gutter = len(str(where.line))
        beside = split_lines(file.texts_beside.get(where.path, "")) if where.path else lines
        printed += _frame(finding, where, where.path or file.source.path, beside, medium)
    else:
        printed.append(medium.show(f"--> {file.source.path}{_in_workbook(where)}"))
    for note in finding.notes:
        other = file.locate(note.at) if note.at is not None and note.at != finding.at else None
        printed += _note(f"{note.message}{_elsewhere(other, where)}", " " * gutter, medium)
    return "\n".join(printed)


def _elsewhere(other: Where | None, where: Where | None) -> str:
    """The place that a note speaks of, where it is another: its line, its file too where that is another."""
    if other is None or (other.line is None and other.cell is None):
        return ""
    if other.cell:
        return f" ({other.cell})"
    path = other.path if where is None or other.path != where.path else None
    return f" ({path}, line {other.line})" if path else f" (line {other.line})"


def _in_workbook(where: Where | None) -> str:
    """A sheet and cell of a workbook."""
    if where is None or where.sheet is None:
        return ""
    return f", sheet {where.sheet}" + (f", cell {where.cell}" if where.cell else "")


def _frame(finding: Finding, where: Where, path: str, lines: Sequence[str], medium: Medium) -> list[str]:
    """The place, and the line with a marker under what is meant."""
    line, column = where.line or 1, where.column or 1
    margin = " " * len(str(line))
    text = lines[line - 1].replace("\t", " ") if line <= len(lines) else ""
    start, shown = _excerpt(text, column - 1)
    end = where.end_column - 1 if where.end_column and where.end_line == line else len(text)
    before = medium.show(text[start : column - 1])
    marked = medium.show(text[column - 1 : max(end, column)])
    carets = "^" * max(1, min(cell_len(marked), _LONGEST_LINE - cell_len(before)))
    marker = medium.paint(f"{carets} {medium.show(finding.marker)}".rstrip(), _STYLES[finding.severity])
    bar = medium.paint("|", Style.FAINT)
    return [
        medium.show(f"{margin}--> {path}:{line}:{column}"),
        f"{margin} {bar}",
        f"{medium.paint(str(line), Style.FAINT)} {bar} {medium.show(shown)}",
        f"{margin} {bar} {' ' * cell_len(before)}{marker}",
        f"{margin} {bar}",
    ]


def _excerpt(text: str, column: int) -> tuple[int, str]:
    """A line, or of a very long one the stretch around a column."""
    if len(text) <= _LONGEST_LINE:
        return 0, text
    start = max(0, column - _LONGEST_LINE // 4)
    return start, text[start : start + _LONGEST_LINE]


def _note(message: str, margin: str, medium: Medium) -> list[str]:
    """A line of reasoning, folded at a fixed width so that the same bytes come out everywhere."""
    folded = wrap(medium.show(message), _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    sign = medium.paint("=", Style.FAINT)
    return [f"{margin} {sign} {folded[0]}", *(f"{margin}     {line}" for line in folded[1:])]


def _counts(result: CheckResult, medium: Medium) -> str:
    """What was read and how it came out."""
    verdicts, severities = result.verdicts(), result.severities()
    figures = sum(file.figures for file in result.files)
    sums = sum(verdicts.values())
    came_out = (
        f": {verdicts[Verdict.EXACT]:,} exact, {verdicts[Verdict.ROUNDING]:,} only by rounding, "
        f"{verdicts[Verdict.MISMATCH]:,} mismatched"
        if sums
        else ""
    )
    found = [counted(severities[severity], severity.value) for severity in Severity if severities[severity]]
    files = f"{counted(len(result.files), 'file')}: " if len(result.files) != 1 else ""
    text = (
        f"{files}{counted(figures, 'figure')} in {counted(sums, 'sum')}{came_out}. {', '.join(found) or 'No findings'}."
    )
    return medium.show(text)
