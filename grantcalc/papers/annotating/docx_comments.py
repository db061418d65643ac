"""The part of a Word document that has its comments."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from grantcalc.papers.annotating.comments import AUTHOR
from grantcalc.papers.readers.docx_elements import under

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.papers.annotating.office_package import Package

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INITIALS: Final = "gc"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class CommentsPart:
    """The comments of a document: those that it has, and those that are added behind them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = package.linked(package.main, "comments")
        new = etree.Element(under("comments"), nsmap={"w": under("")[1:-1]})
        self._root = new if self._name is None else package.tree(self._name)
        numbers = [each.get(under("id"), "") for each in self._root.iter(under("comment"))]
        self.next_number = 1 + max((int(number) for number in numbers if number.isdecimal()), default=-1)

    def add(self, number: int, lines: Iterable[str]) -> None:
        """Add a comment with a paragraph a line; it has no date, since there is no clock in the program."""
        about = {under("id"): str(number), under("author"): AUTHOR, under("initials"): _INITIALS}
        comment = etree.SubElement(self._root, under("comment"), about)
        for first, line in enumerate(lines):
            paragraph = etree.SubElement(comment, under("p"))
            if not first:
                etree.SubElement(etree.SubElement(paragraph, under("r")), under("annotationRef"))
            text = etree.SubElement(etree.SubElement(paragraph, under("r")), under("t"), {_SPACE: "preserve"})
            text.text = line
        self.next_number = number + 1

    def write(self) -> None:
        """Write the part into its package."""
        if self._name is not None:
            self._package.write(self._name, self._root)
            return
        main = self._package.main
        name = self._package.free_name(posixpath.join(posixpath.dirname(main), "comments{}.xml"))
        self._package.add(name, self._root, _TYPE)
        self._package.link(main, "comments", name)
