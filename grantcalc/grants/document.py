"""A YAML file as nested mappings, lists and text, and where each of them stands.

PyYAML's event stream is read with a builder of our own: its loader reads 017 as 15 and NO as false, keeps the last
of two equal keys, and follows aliases; its composer crashes the interpreter on deep nesting. Here every scalar
stays the text that was written, and what a grant file does not need is refused where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn, TypeAlias, cast

import yaml

from grantcalc.grants.faults import DEEPEST, TOO_DEEP, Fault, FaultKind
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a YAML file holds: a mapping, a list, a text, or None for an empty value."""

Span: TypeAlias = "tuple[int, int, int, int]"
"""A stretch of text: line, column, end line, end column, as `Where` has them; of many, few are ever shown."""

MOST_VALUES: Final = 10_000_000

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it, else the pure Python one; their events are the same."""

_NAMES: Final = frozenset({"grant", "reference", "funder", "recipient", "role", "item", "source", "year"})
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_AMOUNT_START: Final = r"[-(]?£?\s?\d{1,3}(?:,\d{3})*"
_AMOUNT_REST: Final = r"(?i)\d{3}(?:\.\d+)?\)?(?:m|k|bn)?"


class Document(NamedTuple):
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
        from grantcalc.grants.not_yaml import syntax_fault

        return Document(None, (*builder.faults, syntax_fault(error, text)))
    return Document(builder.root, tuple(builder.faults))


class _StopReadingError(Exception):
    """The rest of the file is not worth reading; the builder has said why."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled.

    Attributes:
        content: what it holds so far.
        flow: whether it stands in braces or brackets.
        key: of a mapping, the key that waits for its value.
        refused: whether that value is to be left out.
        keys: of a mapping, its keys where they stand.
    """

    content: dict[str, Tree] | list[Tree]
    flow: bool
    key: str | None = None
    refused: bool = False
    keys: dict[str, yaml.ScalarEvent] = field(default_factory=dict)


class _Builder:
    """Turns events into a tree, collecting what a grant file may not contain."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._may_cut_text = " #" in text
        self._root: list[Tree] = []
        self._open = [_Open(self._root, flow=False)]
        self._documents = 0
        self._values = 0

    @property
    def root(self) -> Tree:
        """What the document holds."""
        return self._root[0] if self._root else None

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_node(event)
            content: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._place(content, event)
            self._open.append(_Open(content, bool(event.flow_style)))
            if len(self._open) > DEEPEST + 1:
                self._stop(FaultKind.LIMIT, TOO_DEEP, _where(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("an alias", f"*{event.anchor}", event)
            self._place(None, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                message = "a second document begins here, and a grant file is one document"
                self._stop(FaultKind.FEATURE, message, _where(event), "put each grant in a file of its own")

    def _stop(self, kind: FaultKind, message: str, at: Where, remedy: str = "") -> NoReturn:
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
            written = self._line_from(event.start_mark.index).split()[0] if event.start_mark else event.tag
            self._refuse("a tag", written, event)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        """A text: the key of an open mapping, or a value."""
        parent = self._open[-1]
        if parent.key is None and isinstance(parent.content, dict):
            self._take_key(parent, event)
        elif event.value in _NOTHING and not event.style:
            self._place(None, event)
        else:
            if self._may_cut_text and parent.key in _NAMES and not event.style:
                self._check_comment(event, parent.key or "")
            self._place(event.value, event)

    def _take_key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        """A key: refused where it stands already, or is YAML's merge key."""
        parent.key = key = event.value
        if key == "<<" and not event.style:
            self._refuse("a merge key", "<<", event)
            parent.refused = True
        elif key in parent.keys:
            related = ("first given here", _where(parent.keys[key]))
            message = f'the key "{key}" is given twice'
            self.faults.append(Fault(FaultKind.REPEATED_KEY, message, _where(event), "keep one of the two", related))
            parent.refused = True
        else:
            parent.keys[key] = event

    def _place(self, value: Tree, event: yaml.NodeEvent) -> None:
        """Put a value where it belongs."""
        parent = self._open[-1]
        if isinstance(parent.content, list):
            parent.content.append(value)
            return
        if parent.key is None:
            message = "a list or mapping stands where a key should"
            self._stop(FaultKind.SYNTAX, message, _where(event), "a key is a word, followed by a colon and a space")
        key, parent.key = parent.key, None
        if parent.refused:
            parent.refused = False
        elif not (parent.flow and value is None and self._joins(parent, key)):
            parent.content[key] = value

    def _joins(self, parent: _Open, key: str) -> bool:
        """Mend an amount that a comma has cut inside braces: {salary: £75,639} is salary "£75" and a key "639"."""
        content = parent.content
        if not isinstance(content, dict) or not content:
            return False
        last, before = next(reversed(content.items()))
        if not isinstance(before, str):
            return False
        if not re.fullmatch(_AMOUNT_REST, key) or not re.fullmatch(_AMOUNT_START, before):
            return False
        content[last] = joined = f"{before},{key}"
        at = _where(parent.keys[last])
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

    def _line_from(self, start: int) -> str:
        """The rest of a line."""
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else None]

    def _check_comment(self, event: yaml.ScalarEvent, key: str) -> None:
        """Say where a name loses its end to a comment, as "DC #2" does."""
        lost = re.match(r"\s+(#[^\s#].*?)\s*$", self._line_from(event.end_mark.index) if event.end_mark else "")
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
    """The place of an event, in full."""
    return Where(*_span_of(event))


def _span_of(event: yaml.Event) -> Span:
    """The stretch that an event covers; of a mapping or list, where it begins."""
    start, end = cast("tuple[yaml.Mark, yaml.Mark]", (event.start_mark, event.end_mark))  # the parser marks every event
    if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
        end = start
    return start.line + 1, start.column + 1, end.line + 1, end.column + 1


def places(text: str) -> Iterator[tuple[tuple[str | int, ...], Span, Span]]:
    """Every value of a YAML text that was read without a syntax error: its route, its key's place, its own.

    A mapping's or list's own place is where it begins.
    """
    route: list[str | int] = []
    in_mapping: list[bool] = []
    key: Span | None = None
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            if not in_mapping.pop():
                route.pop()
        elif not isinstance(event, yaml.NodeEvent):
            continue
        elif in_mapping and in_mapping[-1] and key is None:
            key = _span_of(event)
            route.append(event.value if isinstance(event, yaml.ScalarEvent) else "")
            continue
        else:
            if in_mapping and not in_mapping[-1]:
                route[-1] = int(route[-1]) + 1
            here = _span_of(event)
            yield tuple(route), key or here, here
            key = None
            if isinstance(event, yaml.CollectionStartEvent):
                in_mapping.append(isinstance(event, yaml.MappingStartEvent))
                if not in_mapping[-1]:
                    route.append(-1)
                continue
        if in_mapping and in_mapping[-1]:
            route.pop()
