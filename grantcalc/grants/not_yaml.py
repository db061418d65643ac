"""What PyYAML complains of, in words for someone who does not know YAML; imported for files that are no YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from grantcalc.grants.faults import TOO_DEEP, Fault, FaultKind
from grantcalc.source import Where, split_lines

_NOT_YAML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIBYAML_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""What libyaml says of brackets a thousand deep, which it scans before it has told of the first ones."""


@dataclass(frozen=True, slots=True)
class _Explained:
    """A complaint of PyYAML's two parsers in words for someone who does not know YAML.

    Attributes:
        problem: a pattern for what either parser says, its context first.
        message: what is wrong.
        remedy: what to write instead.
        from_start: whether it is shown where the construct begins, not where it turned out to be wrong.
    """

    problem: str
    message: str
    remedy: str
    from_start: bool = False


_COLON: Final = "mapping values are not allowed"
_SYNTAX: Final = (
    _Explained(
        _COLON,
        'a value holds a colon followed by a space, which begins another "key: value"',
        'put the whole value in quotes, as in role: "Officer: DC"',
    ),
    _Explained(
        "cannot start any token",
        "a character stands here that cannot begin a value",
        "put the value in quotes",
    ),
    _Explained(
        "could not find expected ':'",
        'this line is neither a value nor a "key: value"',
        "add the colon and a space",
        from_start=True,
    ),
    _Explained(
        "block collection: (did not find expected '-' indicator|expected <block end>)",
        "the indentation does not fit the list",
        "line up the dashes, and what stands below each",
    ),
    _Explained(
        "block mapping: (did not find expected key|expected <block end>)",
        "the indentation does not fit the lines above, or a quotation mark ends a value too early",
        "let these keys begin in one column; write a name with an apostrophe in double quotes",
    ),
    _Explained(
        "expected '?<document start>",
        "text stands outside the mapping that a grant file is",
        'write "key: value" lines, one below the other',
    ),
    _Explained("(control|special) characters", "the file has a control character", "remove it"),
    _Explained(
        "unexpected (end of stream|document separator)",
        "a quotation mark is opened here and never closed",
        "close it",
        from_start=True,
    ),
    _Explained(
        "flow (sequence|mapping): .*expected ',' or",
        "a bracket is opened here, and then a comma is missing or it is never closed",
        "close it, or put each entry on a line of its own",
        from_start=True,
    ),
    _Explained("expected (the )?node content", "a value is missing here", "write it, or close the bracket before"),
    _Explained(
        "unknown escape character",
        "a backslash in double quotes stands for a character that YAML does not know",
        "write two backslashes, or use single quotes",
    ),
    _Explained(
        "alphabetic or numeric character|undefined tag handle|comment or (a )?line break",
        "a value begins with a sign that has a meaning in YAML",
        "put the value in quotes",
    ),
)


_NO_SPACE: Final = re.compile(r"\s*(?:-\s+)?([A-Za-z_][\w-]*):([^\s/].*)")
_DASHED: Final = re.compile(r"\s*-\s+[^:]+$")


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """PyYAML's error in words for someone who does not know YAML."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    said = f"{getattr(error, 'context', None) or ''}: {problem}"
    found = next((known for known in _SYNTAX if re.search(known.problem, said)), None)
    mark: Any = getattr(error, "problem_mark", None)
    if found is not None and found.from_start:
        mark = getattr(error, "context_mark", None) or mark
    if isinstance(error, yaml.reader.ReaderError):
        at = _of_character(text, error)
    else:
        at = Where(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    lines = split_lines(text)
    line = lines[at.line - 1] if at.line and at.line <= len(lines) else ""
    before = line[: (at.column or 1)]
    if "\t" in before and not before.strip():
        return Fault(FaultKind.SYNTAX, "the line is indented with a tab", at, "indent with spaces")
    if before.endswith("\t"):
        return Fault(FaultKind.SYNTAX, "a tab stands here", at, "write spaces instead")
    if problem == _LIBYAML_TOO_DEEP:
        return Fault(FaultKind.LIMIT, TOO_DEEP, at)
    if found is None:
        message = f"the file is not YAML here: {problem}"
        return Fault(FaultKind.SYNTAX, message, at, "see the example files for the form")
    if found.problem == _COLON:
        return _colon_fault(found, lines, at)
    return Fault(FaultKind.SYNTAX, found.message, at, found.remedy)


def _colon_fault(explained: _Explained, lines: list[str], at: Where) -> Fault:
    """A colon that YAML does not expect: inside a value, or on a line that goes on from the one above."""
    number = at.line or 1
    line = lines[number - 1]
    tight = _NO_SPACE.fullmatch(lines[number - 2]) if number > 1 else None
    if tight:
        message = "the colon has no space after it, so this is no key"
        place = Where(number - 1, tight.start(1) + 1, number - 1, tight.end(1) + 1)
        return Fault(FaultKind.SYNTAX, message, place, f"write {tight[1]}: {tight[2].strip()}")
    if _DASHED.match(lines[number - 2] if number > 1 else ""):
        message = "an entry of a list that has more below it needs a key of its own"
        remedy = 'write "- year: 2027-28" or "- role: …", and the other keys below it, in line with that key'
        return Fault(FaultKind.SYNTAX, message, at, remedy)
    if not re.search(r":\s", line[: (at.column or 1) - 1]):
        message = "the line goes on from the one above, so its colon begins no value"
        remedy = "line it up with the keys above; a key ends with a colon and a space, a dash is followed by a space"
        return Fault(FaultKind.SYNTAX, message, at, remedy)
    remedy = explained.remedy
    quoted = re.fullmatch(r"\s*(?:- +)?([\w-]+): +([^\"'].*: .*?)\s*", line)
    if quoted:
        value = quoted[2].replace("\\", "\\\\").replace('"', '\\"')
        remedy = f'put the whole value in quotes: {quoted[1]}: "{value}"'
    return Fault(FaultKind.SYNTAX, explained.message, at, remedy)


def _of_character(text: str, error: yaml.reader.ReaderError) -> Where:
    """Where a character stands that YAML does not allow."""
    found = _NOT_YAML.search(text)
    start = found.start() if found else min(error.position, len(text))
    before = split_lines(text[:start] + "x")
    return Where(len(before), len(before[-1]), len(before), len(before[-1]) + 1)
