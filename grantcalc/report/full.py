"""Findings in full, as a compiler prints them: message, place, the user's own line, the reasoning."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from grantcalc.papers.quotes import Quote
from grantcalc.report.answer import answer
from grantcalc.report.counts import counts
from grantcalc.report.medium import PLAIN, SEVERITY_STYLES, Medium, Style
from grantcalc.report.places import elsewhere, located, path_of, place_text, within_text
from grantcalc.source import split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Acceptance, Finding
    from grantcalc.results.checked import CheckedFile, CheckResult
    from grantcalc.source import Where

_WIDTH: Final = 110
_LONGEST_LINE: Final = 160
_BAR: Final = 3
_INDENT: Final = 5


def full(result: CheckResult, medium: Medium = PLAIN, *, show_passes: bool = False) -> str:
    """Every finding of every file, and a last line that counts; with the sums that hold, if they are wanted."""
    blocks = []
    for file in result.files:
        blocks += _file(file, medium, named=len(result.files) > 1)
        if show_passes:
            blocks += _passes(file, medium)
    return "\n\n".join([*blocks, "\n".join(_folded(counts(result), medium))]) + "\n"


def file_findings(file: CheckedFile, medium: Medium = PLAIN) -> str:
    """The findings of one file alone, for a command that found that it cannot go on."""
    lines = split_lines(file.text)
    own = "\n\n".join(_finding(finding, file, lines, medium) for finding in file.findings) + "\n"
    return "\n".join([own, *(file_findings(other, medium) for other in file.beside)])


def _file(file: CheckedFile, medium: Medium, *, named: bool) -> list[str]:
    lines = split_lines(file.text)
    said = answer(file)
    style = SEVERITY_STYLES[file.standing[0].severity] if file.standing else Style.GOOD
    title = f"{file.source.path}: {said[0].lower()}{said[1:]}" if named else said
    return [
        "\n".join(medium.paint(line, style) for line in _folded(title, medium)),
        *(_finding(finding, file, lines, medium) for finding in file.findings),
    ]


def _finding(finding: Finding, file: CheckedFile, lines: Sequence[str], medium: Medium) -> str:
    if finding.accepted is not None:
        return _accepted(finding, finding.accepted, file, medium)
    style = SEVERITY_STYLES[finding.severity]
    head = f"{finding.severity}[{finding.rule.code}]"
    first, *more = _folded(f"{head} {finding.message}", medium)
    printed = [f"{medium.paint(head, style)} {medium.paint(first.removeprefix(head).lstrip(), Style.STRONG)}"]
    printed += [medium.paint(line, Style.STRONG) for line in more]
    where = located(file, finding.at)
    gutter = 0
    if where is not None and where.line is not None and not _text_of(file, where).strip():
        printed.append(medium.show(f"--> {path_of(file.source.path, where)}"))  # it has no line to show
    elif where is not None and where.line is not None:
        gutter = len(str(where.line))
        place = f"{path_of(file.source.path, where)}:{where.line}:{where.column or 1}"
        shown = _shown(where, split_lines(_text_of(file, where)) if where.path else lines)
        printed += _frame(finding, str(where.line), place, shown, medium)
    elif where is not None and where in file.quotes:
        printed += _frame(finding, "", place_text(file.source.path, where), file.quotes[where], medium)
    else:
        printed.append(medium.show(f"--> {place_text(file.source.path, where)}"))
    for note in finding.notes:
        other = file.locate(note.at) if note.at is not None and note.at != finding.at else None
        printed += _note(f"{note.message}{elsewhere(other, where)}", " " * gutter, medium)
    return "\n".join(printed)


def _folded(message: str, medium: Medium) -> list[str]:
    """A message on one line, or on as many as a screen needs for it."""
    text = medium.show(message)
    if medium.width is None or cell_len(text) <= medium.width:
        return [text]
    return wrap(text, medium.up_to(_WIDTH), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _text_of(file: CheckedFile, where: Where) -> str:
    """The text that a place is in: that of the file, or of one beside it."""
    return file.texts_beside.get(where.path, "") if where.path else file.text


def _accepted(finding: Finding, accepted: Acceptance, file: CheckedFile, medium: Medium) -> str:
    """An accepted finding: what and where it is, and why it is accepted; its reasoning has been read before."""
    head = f"{medium.paint(f'accepted[{finding.rule.code}]', Style.GOOD)} {medium.show(finding.message)}"
    place = medium.show(f"--> {place_text(file.source.path, located(file, finding.at))}")
    return "\n".join([head, place, *_note(f"accepted: {accepted.text}", "", medium)])


def _shown(where: Where, lines: Sequence[str]) -> Quote:
    """The line of a text at a place, and from where to where the place reaches in it."""
    line, column = where.line or 1, where.column or 1
    text = lines[line - 1].replace("\t", " ") if line <= len(lines) else ""
    end = where.end_column - 1 if where.end_column and where.end_line == line else len(text)
    return Quote(text, column - 1, end)


def _frame(finding: Finding, number: str, place: str, quote: Quote, medium: Medium) -> list[str]:
    """The place, and the line with a marker under what is meant."""
    margin = " " * len(number)
    text = quote.text.replace("\t", " ")
    longest = _LONGEST_LINE if medium.width is None else medium.up_to(_LONGEST_LINE) - len(margin) - _BAR
    start, shown = _excerpt(text, quote.start, longest)
    before = medium.show(text[start : quote.start])
    marked = medium.show(text[quote.start : max(quote.end, quote.start + 1)])
    carets = "^" * max(1, min(cell_len(marked), longest - cell_len(before)))
    marker = medium.paint(f"{carets} {medium.show(finding.marker)}".rstrip(), SEVERITY_STYLES[finding.severity])
    bar = medium.paint("|", Style.FAINT)
    return [
        medium.show(f"{margin}--> {place}"),
        f"{margin} {bar}",
        f"{medium.paint(number, Style.FAINT)} {bar} {medium.show(shown)}",
        f"{margin} {bar} {' ' * cell_len(before)}{marker}",
        f"{margin} {bar}",
    ]


def _excerpt(text: str, column: int, longest: int) -> tuple[int, str]:
    """A line, or of a very long one the stretch around a column."""
    if len(text) <= longest:
        return 0, text
    start = max(0, column - longest // 4)
    return start, text[start : start + longest]


def _note(message: str, margin: str, medium: Medium) -> list[str]:
    """A line of reasoning, folded: on a screen at its width, else at a fixed one so that the same bytes come out."""
    width = medium.up_to(_WIDTH + len(margin) + _INDENT) - len(margin) - _INDENT
    folded = wrap(medium.show(message), width, break_long_words=False, break_on_hyphens=False) or [""]
    sign = medium.paint("=", Style.FAINT)
    return [f"{margin} {sign} {folded[0]}", *(f"{margin}     {line}" for line in folded[1:])]


def _passes(file: CheckedFile, medium: Medium) -> list[str]:
    """The sums of a file that hold, a line each; nothing where there are none."""
    from grantcalc.report.passes import passes

    lines = []
    for held in passes(file):
        where = f", at {within_text(held.where)}" if held.where is not None else ""
        lines.append(f"{medium.paint(medium.show(held.sign), Style.GOOD)} {medium.show(f'{held.text}{where}')}")
    return ["\n".join([medium.paint("Sums that hold:", Style.STRONG), *lines])] if lines else []
