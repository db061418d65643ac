"""The runs of a Word paragraph as text: insertions in, deletions and what is hidden out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.marks import is_note_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from grantcalc.papers.readers.running import RunningText

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_ALTERNATE: Final = "AlternateContent"
TEXT_BOX: Final = "txbxContent"
_WRAPPERS: Final = {"sdt", "sdtContent", "customXml", "smartTag"}
"""Elements that say nothing of their own; `children` looks through them."""

_INLINE: Final = {"hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "oMath", "oMathPara"}
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


class FieldCodes:
    """Where in the fields of a story its text stands: codes are not shown, results are."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def meet(self, mark: _Element) -> None:
        """Go on past a mark that begins, divides or ends a field."""
        kind = mark.get(under("fldCharType"))
        if kind == "begin":
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def in_code(self) -> bool:
        """Whether what comes next is the code of a field."""
        return any(self._open)


def read_runs(paragraph: _Element, text: RunningText, fields: FieldCodes) -> list[_Element]:
    """Gather the text of a paragraph.

    Args:
        paragraph: the paragraph, or an element in it.
        text: where to gather it.
        fields: where in the fields of the story the paragraph stands.

    Returns:
        The text boxes that are anchored in it.
    """
    boxes: list[_Element] = []
    for child in children(paragraph):
        name = name_of(child)
        if name == "r":
            boxes.extend(_read_run(child, text, fields))
        elif name in ("ins", "moveTo"):
            start = text.length
            boxes.extend(read_runs(child, text, fields))
            text.insert(start)
        elif name in ("del", "moveFrom"):
            text.remove("".join(each.text or "" for each in child.iter(under("delText"), under("t"))))
        elif name in _INLINE:
            boxes.extend(read_runs(child, text, fields))
    return boxes


def _read_run(run: _Element, text: RunningText, fields: FieldCodes) -> list[_Element]:
    """Gather the text of a run, and find the text boxes in it."""
    properties = first(run, "rPr")
    shows = not is_on(first(properties, "vanish"))
    words = "".join(each.text or "" for each in run.iterchildren(under("t")))
    if shows and (is_on(first(properties, "strike")) or is_on(first(properties, "dstrike"))):
        text.remove(words)
        shows = False
    if value_of(first(properties, "vertAlign")) == "superscript" and is_note_mark(words):
        shows = False
    boxes: list[_Element] = []
    for child in children(run):
        name = name_of(child)
        if name == "fldChar":
            fields.meet(child)
        elif name in ("drawing", "pict", "object"):
            boxes.extend(child.iter(under(TEXT_BOX)))
        elif shows and not fields.in_code:
            text.add(child.text if name == "t" else _SAID.get(name), kept=True, shown_by=child)
    return boxes


_SAID: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
