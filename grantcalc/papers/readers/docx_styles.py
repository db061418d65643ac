"""Styles of a Word document: what text is hidden or crossed out by them, and which paragraphs are items of a list.

How a property follows from styles is 17.7 of ECMA-376-1; that of two styles which both switch it on neither does
(17.7.3), and what a run says itself holds in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.docx_elements import attribute, first, is_on, under, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PARENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Look:
    """How some text looks.

    Attributes:
        hidden: whether it does not show.
        struck: whether it is crossed out.
        raised: whether it stands small and high, as the marks of footnotes do.
    """

    hidden: bool = False
    struck: bool = False
    raised: bool = False


class Styles:
    """The styles of a document."""

    def __init__(self, root: _Element | None = None) -> None:
        """Find the styles.

        Args:
            root: the part of the document that has them; without it text has no style.
        """
        found = [] if root is None else list(root.iterchildren(under("style")))
        self._styles = {attribute(style, "styleId"): style for style in found}
        self._usual = {
            attribute(style, "type"): attribute(style, "styleId")
            for style in found
            if attribute(style, "default") in ("1", "true", "on")
        }
        usual = first(first(root, "docDefaults"), "rPrDefault")
        self._defaults = first(usual, "rPr")
        self._known: dict[tuple[str | None, str], _Element | None] = {}

    def look(self, paragraph: _Element | None, run: _Element | None) -> Look:
        """How a run looks.

        Args:
            paragraph: the properties of its paragraph, if it has any.
            run: its own properties, if it has any.
        """
        styles = (self._style(paragraph, "pStyle", "paragraph"), self._style(run, "rStyle", "character"))
        return Look(
            hidden=self._is(run, "vanish", styles),
            struck=self._is(run, "strike", styles) or self._is(run, "dstrike", styles),
            raised=self._is_raised(run, styles[1]),
        )

    def is_item(self, paragraph: _Element | None) -> bool:
        """Whether a paragraph with such properties is an item of a list; a numbered heading is none."""
        numbering = first(paragraph, "numPr")
        style = self._style(paragraph, "pStyle", "paragraph")
        if numbering is None:
            if style is not None and style.startswith("List"):
                return True
            numbering = self._found(style, "pPr/numPr")
            if self._found(style, "pPr/outlineLvl") is not None:
                return False
        number = first(numbering, "numId")
        return numbering is not None and value_of(number) != "0"

    def _style(self, properties: _Element | None, name: str, kind: str) -> str | None:
        """The style that properties name, or the usual one."""
        return value_of(first(properties, name)) or self._usual.get(kind)

    def _is(self, run: _Element | None, name: str, styles: tuple[str | None, ...]) -> bool:
        """Whether a run has a property that is on or off."""
        own = first(run, name)
        if own is not None:
            return is_on(own)
        if is_on(first(self._defaults, name)):
            return True
        return sum(is_on(self._found(style, f"rPr/{name}")) for style in styles) == 1

    def _is_raised(self, run: _Element | None, style: str | None) -> bool:
        """Whether a run stands high: as a superscript, or lifted by some half points."""
        align, lifted = (
            value_of(own if (own := first(run, name)) is not None else self._found(style, f"rPr/{name}"))
            for name in ("vertAlign", "position")
        )
        return align == "superscript" or (lifted or "0").lstrip("+").strip("0").isdecimal()

    def _found(self, style: str | None, path: str) -> _Element | None:
        """The property of a style, its own or that of the nearest style that it is based on."""
        if (style, path) not in self._known:
            self._known[style, path] = self._sought(style, path)
        return self._known[style, path]

    def _sought(self, style: str | None, path: str) -> _Element | None:
        group, _, name = path.partition("/")
        for _ in range(_MOST_PARENTS):  # a style may be based on itself by mistake
            element = self._styles.get(style)
            found = first(first(element, group), name)
            if found is not None or element is None:
                return found
            style = value_of(first(element, "basedOn"))
        return None
