"""The runs of a Word paragraph as text: insertions in, deletions and what is hidden out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.docx_elements import TEXT_BOX, attribute, children, first, name_of, under
from grantcalc.papers.readers.marks import is_note_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from grantcalc.papers.readers.docx_styles import Look
    from grantcalc.papers.readers.running import RunningText

_INLINE: Final = {"hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "oMath", "oMathPara"}


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


class Story:
    """A text of a document on the way to words: where in its fields it stands, and what in it does not show."""

    def __init__(self, look: Callable[[_Element | None, _Element | None], Look]) -> None:
        """Begin a text.

        Args:
            look: says of the properties of a paragraph and of a run how the run looks.
        """
        self.look = look
        self.fields = FieldCodes()
        self.hidden: list[str] = []
        self.embedded: list[str] = []

    def left_out(self) -> tuple[str, tuple[str, ...]]:
        """What has been left out since this was last asked: hidden text, and what embedded files are."""
        found = "".join(self.hidden), tuple(self.embedded)
        self.hidden.clear()
        self.embedded.clear()
        return found


def read_runs(
    paragraph: _Element, text: RunningText, story: Story, properties: _Element | None = None
) -> list[_Element]:
    """Gather the text of a paragraph.

    Args:
        paragraph: the paragraph, or an element in it.
        text: where to gather it.
        story: the text that the paragraph is part of.
        properties: those of the paragraph.

    Returns:
        The text boxes that are anchored in it.
    """
    boxes: list[_Element] = []
    for child in children(paragraph):
        name = name_of(child)
        if name == "r":
            boxes.extend(_read_run(child, text, story, properties))
        elif name in ("ins", "moveTo"):
            start = text.length
            boxes.extend(read_runs(child, text, story, properties))
            text.insert(start)
        elif name in ("del", "moveFrom"):
            text.remove("".join(each.text or "" for each in child.iter(under("delText"), under("t"))))
        elif name in _INLINE:
            boxes.extend(read_runs(child, text, story, properties))
    return boxes


def _read_run(run: _Element, text: RunningText, story: Story, paragraph: _Element | None) -> list[_Element]:
    """Gather the text of a run, and find the text boxes in it."""
    look = story.look(paragraph, first(run, "rPr"))
    words = "".join(each.text or "" for each in run.iterchildren(under("t")))
    if look.hidden:
        story.hidden.append(words)
    elif look.struck:
        text.remove(words)
    shows = not (look.hidden or look.struck or (look.raised and is_note_mark(words)))
    boxes: list[_Element] = []
    for child in children(run):
        name = name_of(child)
        if name == "fldChar":
            story.fields.meet(child)
        elif name in ("drawing", "pict", "object"):
            boxes.extend(child.iter(under(TEXT_BOX)))
            made_by = (each.get("ProgID", "").partition(".")[0] for each in child.iter(_OLE))
            story.embedded.extend(_FILES[each] for each in made_by if each in _FILES)
        elif shows and not story.fields.in_code:
            text.add(child.text if name == "t" else _said(child, name), kept=True, shown_by=child)
    return boxes


_OLE: Final = "{urn:schemas-microsoft-com:office:office}OLEObject"
_FILES: Final = {"Excel": "an Excel sheet", "Word": "a Word document"}
"""Embedded files that may have figures, by the program that made them."""


def _said(element: _Element, name: str) -> str | None:
    """What an element of a run says that is no text."""
    if name == "sym":
        known = _SYMBOLS if attribute(element, "font") == "Symbol" else {}
        return known.get((attribute(element, "char") or "")[-2:].upper(), _UNKNOWN)
    return _SAID.get(name)


_SAID: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS: Final = {"2B": "+", "2D": "−", "3D": "=", "B4": "×", "B7": "•", "B8": "÷"}
"""Signs of the font Symbol by the end of their number."""

_UNKNOWN: Final = "□"
