"""Looks of a page: what on it takes no place, what keeps its place unseen, and what is crossed out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.html_styles import declared_for, declared_in

if TYPE_CHECKING:
    from lxml.etree import _Element

    from grantcalc.papers.readers.html_styles import Declared

_STRUCK: Final = "line-through"


@dataclass(slots=True)
class Looks:
    """How the elements of a page look.

    Attributes:
        gone: elements that are not shown, with all that is in them (display: none).
        unseen: elements whose own text cannot be seen, while elements within them may be (visibility: hidden).
        struck: elements that are crossed out.
        unstyled: whether the style sheets are too large to be read, so that they hide nothing here.
    """

    gone: set[_Element] = field(default_factory=set)
    unseen: set[_Element] = field(default_factory=set)
    struck: set[_Element] = field(default_factory=set)
    unstyled: bool = False

    @classmethod
    def of(cls, root: _Element) -> Looks:
        """The looks of a page: as its style sheets and style attributes, the strongest last, make them."""
        sheets = declared_for(root)
        looks = cls(unstyled=sheets is None)
        for element in root.iter():
            own = declared_in(element.get("style"))
            said = [*(sheets or {}).get(element, ()), *own]
            looks._add(element, sorted(said, key=lambda each: each.important))
        return looks

    def _add(self, element: _Element, declared: list[Declared]) -> None:
        """Add an element whose parent has been added."""
        values = {each.name: each for each in declared}
        shown = values.get("display")
        if shown.hides if shown is not None else _hidden_by_itself(element):
            self.gone.add(element)
        seen = values.get("visibility")
        if seen.hides if seen is not None else element.getparent() in self.unseen:
            self.unseen.add(element)
        decoration = values.get("text-decoration")
        if decoration is not None and _STRUCK in decoration.words:
            self.struck.add(element)


def _hidden_by_itself(element: _Element) -> bool:
    """Whether an element does not show unless a style says that it does."""
    return element.get("hidden") is not None or (str(element.tag) == "dialog" and element.get("open") is None)
