"""A YAML file as nested mappings, lists and text, and where each of them stands.

PyYAML's event stream is read with a builder of our own: its loader reads 017 as 15 and NO as false, keeps the last
of two equal keys, and follows aliases; its composer crashes the interpreter on deep nesting. Here every scalar
stays the text that was written, and what a grant file does not need is refused where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.source import Where, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a YAML file holds: a mapping, a list, a text, or None for an empty value."""

DEEPEST: Final = 40
MOST_VALUES: Final = 10_000_000

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it, else the pure Python one; their events are the same."""

_NAMES: Final = frozenset({"grant", "reference", "funder", "recipient", "role", "item", "source", "year"})
_AMOUNT_START: Final = re.compile(r"[-(]?£?\s?\d{1,3}(?:,\d{3})*")
_AMOUNT_REST: Final = re.compile(r"\d{3}(?:\.\d+)?\)?(?:m|k|bn)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and what is wrong with it as YAML; the tree is None where it cannot be used."""

    tree: Tree
    faults: tuple[Fault, ...]


def read_document(text: str, loader: Any = LOADER) -> Document:  # noqa: ANN401  (PyYAML's loaders have no common type)
    """Read one YAML document.

    Args:
        text: the file's text.
        loader: the PyYAML loader class whose events are read.
    """
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _StopReadingError:
        return Document(None, tuple(builder.faults))
    except yaml.YAMLError as error:
        fault = _syntax_fault(error, text)
        return Document(None, (*builder.faults, fault))
    return Document(builder.root, tuple(builder.faults))


class _StopReadingError(Exception):
    """The rest of the file is not worth reading; the builder has said why."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    content: dict[str, Tree] | list[Tree]
    flow: bool
    key: str | None = None
    places: dict[str, Where] = field(default_factory=dict)


class _Builder:
    """Turns events into a tree, collecting what a grant file may not contain."""

    def __init__(self, text: str) -> None:
        self.root: Tree = None
        self.faults: list[Fault] = []
        self._text = text
        self._may_cut_text = " #" in text
        self._open: list[_Open] = []
        self._documents = 0
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check_node(event)
            content: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._place(content, event)
            self._open.append(_Open(content, flow=bool(event.flow_style)))
            if len(self._open) > DEEPEST:
                self._stop(FaultKind.LIMIT, f"values are nested more than {DEEPEST} deep", _where(event))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("an alias", f"*{event.anchor}", event)
            self._place(None, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                message = "a second document begins here, and a grant file is one document"
                self._stop(FaultKind.FEATURE, message, _where(event), "put each grant in a file of its own")

    def _stop(self, kind: FaultKind, message: str, at: Where, remedy: str = "") -> None:
        self.faults.append(Fault(kind, message, at, remedy))
        raise _StopReadingError

    def _refuse(self, what: str, written: str, event: yaml.NodeEvent) -> None:
        message = f'{what}, "{written[:60]}", is not read in a grant file'
        self.faults.append(Fault(FaultKind.FEATURE, message, _where(event), "write the value itself"))

    def _check_node(self, event: yaml.CollectionStartEvent | yaml.ScalarEvent) -> None:
        """Refuse anchors and tags, and files without measure."""
        self._values += 1
        if self._values > MOST_VALUES:
            message = f"the file holds more than {MOST_VALUES:,} values"
            self._stop(FaultKind.LIMIT, message, _where(event), "split it into several grants")
        if event.anchor is not None:
            self._refuse("an anchor", f"&{event.anchor}", event)
        if event.tag is not None:
            self._refuse("a tag", event.tag, event)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        """A text: the key of an open mapping, or a value."""
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.content, dict) and parent.key is None:
            self._take_key(parent, event)
            return
        value = event.value
        plain = event.style is None or event.style == ""
        if plain and value in ("", "~", "null", "Null", "NULL"):
            self._place(None, event)
            return
        if plain and self._may_cut_text and parent is not None and parent.key in _NAMES:
            self._check_comment(event, parent.key or "")
        self._place(value, event)

    def _take_key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        """A key: refused where it stands already, or is YAML's merge key."""
        key = event.value
        here = _where(event)
        if key == "<<" and not event.style:
            self._refuse("a merge key", "<<", event)
        elif key in parent.places:
            message = f'the key "{key}" is given twice'
            related = ("first given here", parent.places[key])
            self.faults.append(Fault(FaultKind.REPEATED_KEY, message, here, "keep one of the two", related))
            key = f"{key} (again, line {here.line}, column {here.column})"
        else:
            parent.places[key] = here
        parent.key = key

    def _place(self, value: Tree, event: yaml.NodeEvent) -> None:
        """Put a value where it belongs."""
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent.content, list):
            parent.content.append(value)
            return
        if parent.key is None:
            message = "a list or mapping stands where a key should"
            self._stop(FaultKind.SYNTAX, message, _where(event), "a key is a word, followed by a colon and a space")
            return
        key, parent.key = parent.key, None
        if "(again, line " in key or key == "<<":
            return
        if parent.flow and value is None and self._joins(parent, key):
            return
        parent.content[key] = value

    def _joins(self, parent: _Open, key: str) -> bool:
        """Mend an amount that a comma has cut inside braces: {salary: £75,639} is salary "£75" and a key "639"."""
        content = parent.content
        if not isinstance(content, dict) or not content:
            return False
        last, before = next(reversed(content.items()))
        if not isinstance(before, str) or not _AMOUNT_REST.fullmatch(key) or not _AMOUNT_START.fullmatch(before):
            return False
        content[last] = joined = f"{before},{key}"
        at = parent.places[last]
        fault = Fault(
            FaultKind.CUT_VALUE,
            f'inside braces a comma ends a value, so "{last}: {joined}" is cut after "{before}"',
            at,
            f'write {{{last}: "{joined}"}}, or put "{last}: {joined}" on a line of its own',
        )
        if self.faults and self.faults[-1].at == at:
            self.faults[-1] = fault
        else:
            self.faults.append(fault)
        return True

    def _check_comment(self, event: yaml.ScalarEvent, key: str) -> None:
        """Say where a name loses its end to a comment, as "DC #2" does."""
        rest = self._text[event.end_mark.index :].split("\n", 1)[0] if event.end_mark else ""
        lost = re.match(r"\s+(#[^\s#].*?)\s*$", rest)
        if lost:
            self.faults.append(
                Fault(
                    FaultKind.CUT_TEXT,
                    f'"{lost[1]}" is read as a comment, so the {key} is only "{event.value}"',
                    _where(event),
                    f'write {key}: "{event.value} {lost[1]}", or put a space after the # if it is a comment',
                )
            )


def _where(event: yaml.Event) -> Where:
    """The stretch that an event covers; of a mapping or list, where it begins."""
    start, end = event.start_mark, event.end_mark
    if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
        end = start
    return Where(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


_SYNTAX: Final = {
    "mapping values are not allowed": (
        'a value holds a colon followed by a space, which begins another "key: value"',
        'put the whole value in quotes, as in role: "Officer: DC"',
    ),
    "cannot start any token": (
        "a character stands here that cannot begin a value",
        "put the value in quotes; indent with spaces, never with tabs",
    ),
    "could not find expected ':'": ('a line is neither a value nor a "key: value"', "add the colon and a space"),
    "did not find expected key": ("the indentation does not fit the lines above", "line up keys of one mapping"),
    "did not find expected '-' indicator": ("the indentation does not fit the list", "line up the dashes"),
    "did not find expected <document start>": (
        "text stands outside the mapping that a grant file is",
        'write "key: value" lines, one below the other',
    ),
    "control characters": ("the file has a control character", "remove it"),
    "special characters": ("the file has a control character", "remove it"),
    "unexpected end of stream": ("a quotation mark or bracket is opened here and never closed", "close it"),
}


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """PyYAML's error in words for someone who does not know YAML."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        at = _of_character(text, error)
    else:
        at = Where(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    lines = split_lines(text)
    line = lines[at.line - 1] if at.line and at.line <= len(lines) else ""
    before = line[: (at.column or 1)]
    if "\t" in before and not before.strip():
        return Fault(FaultKind.SYNTAX, "the line is indented with a tab", at, "indent with spaces")
    for said, (message, remedy) in _SYNTAX.items():
        if said in problem:
            quoted = re.fullmatch(r"\s*(?:- +)?([\w-]+): +([^\"'].*: .*?)\s*", line)
            if quoted and said.startswith("mapping"):
                value = quoted[2].replace("\\", "\\\\").replace('"', '\\"')
                remedy = f'put the whole value in quotes: {quoted[1]}: "{value}"'
            return Fault(FaultKind.SYNTAX, message, at, remedy)
    return Fault(FaultKind.SYNTAX, f"the file is not YAML here: {problem}", at, "see the example files for the form")


def _of_character(text: str, error: yaml.YAMLError) -> Where:
    """Where a character stands that YAML does not allow."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Where(1, 1, 1, 1)
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text)
    start = found.start() if found else min(position, len(text))
    before = split_lines(text[:start] + "x")
    return Where(len(before), len(before[-1]), len(before), len(before[-1]) + 1)


def places(text: str) -> Iterator[tuple[tuple[str | int, ...], Where, Where]]:
    """Every value of a YAML text that was read without a syntax error: its route, its key's place, its own.

    A mapping's or list's own place is where it begins.
    """
    route: list[str | int] = []
    in_mapping: list[bool] = []
    key: Where | None = None
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            if not in_mapping.pop():
                route.pop()
        elif not isinstance(event, yaml.NodeEvent):
            continue
        elif in_mapping and in_mapping[-1] and key is None:
            key = _where(event)
            route.append(event.value if isinstance(event, yaml.ScalarEvent) else "")
            continue
        else:
            if in_mapping and not in_mapping[-1]:
                route[-1] = int(route[-1]) + 1
            here = _where(event)
            yield tuple(route), key or here, here
            key = None
            if isinstance(event, yaml.CollectionStartEvent):
                in_mapping.append(isinstance(event, yaml.MappingStartEvent))
                if not in_mapping[-1]:
                    route.append(-1)
                continue
        if in_mapping and in_mapping[-1]:
            route.pop()
