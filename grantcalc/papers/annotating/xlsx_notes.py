"""The notes of one sheet of a workbook: their texts, and the drawing of the boxes in which Excel shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from grantcalc.papers.annotating.comments import AUTHOR
from grantcalc.papers.annotating.xlsx_boxes import Boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from grantcalc.papers.annotating.office_package import Package

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST: Final = 32_000
"""Excel takes 32,767 characters in a note."""

_CUT: Final = "… (more is said in the report)"
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would take for the code of a character; escaped, the text shows as it was written."""

_AFTER_DRAWING: Final = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}
"""What follows the drawing of notes in a sheet, in the order of the schema of Office Open XML."""


class SheetNotes:
    """The notes of a sheet: those that it has, and those that are added."""

    def __init__(self, package: Package, sheet: str, number: int) -> None:
        self._package = package
        self._sheet = sheet
        self._tree = package.tree(sheet)
        self._changed = False
        self._name = package.linked(sheet, "comments")
        self._root = self._new() if self._name is None else package.tree(self._name)
        self._space = self._root.tag.rpartition("}")[0] + "}"
        self._held = {each.get("ref", ""): each for each in self._root.iter(f"{self._space}comment")}
        self._conversations = self._with_conversation()
        self._drawing = self._drawing_name()
        self._boxes = Boxes(package.part(self._drawing) if self._drawing else b"", number)

    def _new(self) -> _Element:
        """The texts of a sheet that has none."""
        space = self._tree.tag.rpartition("}")[0] + "}"
        named: dict[str | None, str] = {None: space[1:-1]}
        root = etree.Element(f"{space}comments", nsmap=named)  # type: ignore[arg-type]  # the stubs know no default
        etree.SubElement(root, f"{space}authors")
        etree.SubElement(root, f"{space}commentList")
        return root

    def _with_conversation(self) -> set[str]:
        """The cells that have comments with answers, whose notes Excel writes itself."""
        parts = [link.target for link in self._package.links(self._sheet) if link.kind == "threadedComment"]
        trees = [self._package.tree(part) for part in parts if self._package.has(part)]
        return {each.get("ref", "") for tree in trees for each in tree.iterfind("{*}threadedComment")}

    def _drawing_name(self) -> str | None:
        """The part that draws the boxes of this sheet, if there is one."""
        drawing = self._tree.find("{*}legacyDrawing")
        if drawing is None:
            return None
        name = drawing.get(f"{{{self._package.link_types}}}id")
        links = self._package.links(self._sheet)
        return next((each.target for each in links if each.name == name and self._package.has(each.target)), None)

    def add(self, cell: str, lines: Sequence[str]) -> bool:
        """Add a note to a cell, below what it has.

        Returns:
            Whether it was added; a cell with a conversation takes none.
        """
        if cell in self._conversations:
            return False
        self._changed = True
        held = self._held.get(cell)
        if held is None:
            self._add_text(self._new_note(cell), lines)
            self._boxes.add(cell, (AUTHOR, *lines))
        else:
            text = held.find(f"{self._space}text")
            self._add_text(etree.SubElement(held, f"{self._space}text") if text is None else text, lines, after=True)
        return True

    def _new_note(self, cell: str) -> _Element:
        """An empty note of a cell."""
        noted = self._root.find(f"{self._space}commentList")
        listed = etree.SubElement(self._root, f"{self._space}commentList") if noted is None else noted
        note = etree.SubElement(listed, f"{self._space}comment", ref=cell, authorId=str(self._author()))
        self._held[cell] = note
        return etree.SubElement(note, f"{self._space}text")

    def _author(self) -> int:
        """The number of the author of our notes, who is added once."""
        found = self._root.find(f"{self._space}authors")
        if found is None:
            found = etree.Element(f"{self._space}authors")
            self._root.insert(0, found)
        names = [each.text for each in found]
        if AUTHOR not in names:
            etree.SubElement(found, f"{self._space}author").text = AUTHOR
            return len(names)
        return names.index(AUTHOR)

    def _add_text(self, text: _Element, lines: Sequence[str], *, after: bool = False) -> None:
        """Add lines to the text of a note, with the author's name above them, as Excel does."""
        said = "\n".join(lines)
        if len(said) > _LONGEST:
            said = f"{said[:_LONGEST]}{_CUT}"
        place = next((n for n, each in enumerate(text) if etree.QName(each).localname not in ("t", "r")), len(text))
        text.insert(place, self._run(_ESCAPE.sub("_x005F_", f"\n{said}")))
        text.insert(place, self._run(f"\n\n{AUTHOR}:" if after else f"{AUTHOR}:", bold=True))

    def _run(self, said: str, *, bold: bool = False) -> _Element:
        """A run of the text of a note, in the type in which Excel writes notes."""
        run = etree.Element(f"{self._space}r")
        look = etree.SubElement(run, f"{self._space}rPr")
        if bold:
            etree.SubElement(look, f"{self._space}b")
        for name, value in (("sz", "9"), ("rFont", "Tahoma"), ("family", "2")):
            etree.SubElement(look, f"{self._space}{name}", val=value)
        text = etree.SubElement(run, f"{self._space}t", {_SPACE: "preserve"})
        text.text = said
        return run

    def write(self) -> None:
        """Write the texts, and the drawing if it has new boxes, into the package; nothing if nothing was added."""
        if not self._changed:
            return
        if self._name is None:
            name = self._package.free_name("xl/comments{}.xml")
            self._package.add(name, self._root, _TYPE)
            self._package.link(self._sheet, "comments", name)
        else:
            self._package.write(self._name, self._root)
        if self._boxes.changed:
            self._write_drawing()

    def _write_drawing(self) -> None:
        if self._drawing is not None:
            self._package.write(self._drawing, self._boxes.written())
            return
        name = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        self._package.write(name, self._boxes.written())
        self._package.declare("vml", _DRAWING_TYPE)
        link = self._package.link(self._sheet, "vmlDrawing", name)
        sheet = self._tree
        for old in sheet.findall("{*}legacyDrawing"):
            sheet.remove(old)  # it leads nowhere
        space = sheet.tag.rpartition("}")[0] + "}"
        drawing = etree.Element(f"{space}legacyDrawing", {f"{{{self._package.link_types}}}id": link})
        following = (n for n, each in enumerate(sheet) if _name(each) in _AFTER_DRAWING)
        sheet.insert(next(following, len(sheet)), drawing)
        self._package.write(self._sheet, sheet)


def _name(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
