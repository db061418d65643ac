"""The elements of WordprocessingML, the language of Word documents: their names, children and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "AlternateContent"
TEXT_BOX: Final = "txbxContent"
_WRAPPERS: Final = {"sdt", "sdtContent", "customXml", "smartTag"}
"""Elements that say nothing of their own; `children` looks through them."""

_OFF: Final = ("0", "false", "off", "none")


def under(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{_WORD}{name}"


def name_of(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element) -> Iterator[_Element]:
    """The children of an element, and in the place of wrappers such as content controls what is in them."""
    for child in element:
        name = name_of(child)
        if name in _WRAPPERS:
            yield from children(child)
        elif name == _ALTERNATE:
            yield from children(_alternative(child))
        else:
            yield child


def _alternative(element: _Element) -> _Element:
    """Of two versions of the same thing the newer one, if it has any text."""
    versions = list(element)
    best = next((v for v in versions if next(v.iter(under(TEXT_BOX)), None) is not None), None)
    return best if best is not None else versions[0] if versions else element


def first(element: _Element | None, name: str) -> _Element | None:
    """The first child of a name; None where there is none."""
    return None if element is None else element.find(under(name))


def attribute(element: _Element, name: str) -> str | None:
    """An attribute of an element, in the namespace of WordprocessingML."""
    return element.get(under(name))


def value_of(element: _Element | None) -> str | None:
    """The value that an element of properties has."""
    return None if element is None else element.get(under("val"))


def number_in(element: _Element | None, default: int, most: int) -> int:
    """The number that an element of properties has."""
    value = value_of(element) or ""
    return min(int(value), most) if value.isdecimal() and len(value) < 10 else default  # noqa: PLR2004


def is_on(element: _Element | None) -> bool:
    """Whether a property is there, and not switched off."""
    return element is not None and (value_of(element) or "on") not in _OFF
