"""Style sheets of a page: which rules of them hide, show or cross out something, and what these are about."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from tinycss2.ast import AtRule, Declaration, IdentToken, QualifiedRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cssselect import Selector
    from lxml.etree import _Element
    from tinycss2.ast import Node

_PROPERTIES: Final = {"display", "visibility", "text-decoration", "text-decoration-line"}
_MATTERS: Final = re.compile(r"display|visibility|text-decoration", re.IGNORECASE)
_HIDES: Final = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
_NAMES: Final = re.compile(r"[.#]([\w-]+)")
_DEEPEST: Final = 8
_LARGEST: Final = 1_000_000
"""So many characters of style sheets are read; those of the largest frameworks have a quarter of it."""


class Declared(NamedTuple):
    """A property that matters here, and what it is set to."""

    name: str
    words: frozenset[str]
    important: bool = False

    @property
    def hides(self) -> bool:
        """Whether what it is set for does not show."""
        return any((self.name, word) in _HIDES for word in self.words)


class _When(Enum):
    """Whether the rules for some media apply to a page on a screen of any size."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class _Rule:
    """Selectors as they are written, and what is declared for what they are about."""

    selectors: str
    declared: tuple[Declared, ...]


def declared_for(root: _Element) -> dict[_Element, list[Declared]] | None:
    """What the style sheets within a page declare, the strongest last.

    Only what matters here is listed: whether an element shows, and whether it is crossed out. Rules for print only are
    left out; of those for some sizes of the screen, such as that of a telephone, what hides is.

    Args:
        root: the page.

    Returns:
        The declarations for each element that has any; None if the sheets are too large to be read.
    """
    sheets = list(_sheets(root))
    if sum(len(text) for text, _ in sheets) > _LARGEST:
        return None
    parsed = [
        (tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), when) for text, when in sheets
    ]
    rules = [rule for nodes, when in parsed for rule in _rules(nodes, when)]
    return _applied(root, rules)


@lru_cache(maxsize=4096)
def declared_in(style: str | None) -> tuple[Declared, ...]:
    """What the style attribute of an element declares."""
    return _declarations(tinycss2.parse_blocks_contents(style)) if style and _MATTERS.search(style) else ()


def _sheets(root: _Element) -> Iterator[tuple[str, _When]]:
    """The style sheets in a page that may matter, and when they apply; those that are linked are not fetched."""
    for element in root.iter("style", "STYLE"):
        text = element.text or ""
        when = _when(element.get("media") or "")
        if when is not _When.NEVER and _MATTERS.search(text):
            # A page may hide its style sheet from very old browsers by the marks of a comment.
            yield text.replace("<!--", "").replace("-->", ""), when


def _when(media: str) -> _When:
    """When the rules of a list of media apply."""
    found = {_when_one(" ".join(query.lower().split())) for query in media.split(",")}
    return next(when for when in _When if when in found)


def _when_one(query: str) -> _When:
    if query.removeprefix("only ") in ("", "all", "screen"):
        return _When.ALWAYS
    kind = re.match(r"(?:only )?(not )?([a-z]*)", query)
    if kind and not kind[1] and kind[2] in ("print", "speech"):
        return _When.NEVER
    return _When.SOMETIMES


def _rules(nodes: Iterable[Node], when: _When, depth: int = 0) -> Iterator[_Rule]:
    """The rules of a sheet, with those in its rules for media, that declare what matters."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            declared = _declarations(tinycss2.parse_blocks_contents(node.content))
            kept = tuple(each for each in declared if when is _When.ALWAYS or not each.hides)
            if kept:
                yield _Rule(_written(node.prelude), kept)
        elif isinstance(node, AtRule) and node.content is not None and depth < _DEEPEST:
            inner = when
            if node.lower_at_keyword == "media":
                inner = _stricter(when, _when(_written(node.prelude)))
            elif node.lower_at_keyword not in ("supports", "layer"):
                continue
            if inner is not _When.NEVER:
                nested = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _rules(nested, inner, depth + 1)


def _written(nodes: list[Node]) -> str:
    """Nodes as they are written; nothing if they lie too deep in each other."""
    try:
        return tinycss2.serialize(nodes)
    except RecursionError:
        return "("


def _stricter(one: _When, other: _When) -> _When:
    order = list(_When)
    return max(one, other, key=order.index)


def _declarations(nodes: Iterable[Node]) -> tuple[Declared, ...]:
    """The declarations that matter."""
    return tuple(
        Declared(
            node.lower_name.removesuffix("-line"),
            frozenset(token.lower_value for token in node.value if isinstance(token, IdentToken)),
            node.important,
        )
        for node in nodes
        if isinstance(node, Declaration) and node.lower_name in _PROPERTIES
    )


def _applied(root: _Element, rules: Iterable[_Rule]) -> dict[_Element, list[Declared]]:
    """What rules declare for each element, the strongest last."""
    names = {name for element in root.iter() for name in (element.get("class") or "").split()}
    names |= {element.get("id") or "" for element in root.iter()}
    found: dict[_Element, list[tuple[tuple[int, int, int], int, tuple[Declared, ...]]]] = defaultdict(list)
    for order, rule in enumerate(rules):
        for selector, path in _paths(rule.selectors, names):
            for element in cast("list[_Element]", root.xpath(path)):
                found[element].append((selector.specificity(), order, rule.declared))
    return {
        element: [each for _, _, declared in sorted(rules_of, key=lambda rule: rule[:2]) for each in declared]
        for element, rules_of in found.items()
    }


def _paths(selectors: str, names: set[str]) -> Iterator[tuple[Selector, str]]:
    """Selectors as XPath, without those that cannot be about anything in a page with such classes and ids."""
    try:
        for selector in parse(selectors):
            written = selector.canonical()
            if selector.pseudo_element is None and (":" in written or names.issuperset(_NAMES.findall(written))):
                yield selector, HTMLTranslator().selector_to_xpath(selector)
    except (SelectorError, RecursionError):
        return  # browsers leave out rules that they do not understand, too
