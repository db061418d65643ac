"""Word documents: the text as it reads if every tracked change is accepted, and what these changes touch.

python-docx opens the package and finds its parts. Their text is read from the XML itself: python-docx leaves out what
stands in content controls and inserted runs, and repeats merged cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.docx_text import (
    FieldCodes,
    children,
    first,
    is_on,
    name_of,
    number_in,
    read_runs,
    under,
    value_of,
)
from grantcalc.papers.readers.drafts import Change, Draft, DraftTable, Slot, Words
from grantcalc.papers.readers.running import RunningText, together
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.drafts import Block

_STORIES: Final = ("footnotes", "endnotes")
_DAMAGED: Final = "the Word document is damaged; open it in Word, save it again and check the copy"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDEST: Final = 1_000


def read_docx(data: bytes) -> Paper:
    """Read a Word document as a paper."""
    checked_archive(data)
    return assembled(Draft("docx", blocks_of(stories_of(data))))


def blocks_of(stories: Sequence[_Element]) -> tuple[Block, ...]:
    """The paragraphs and tables of a document's texts, in order, each piece with the element that shows it."""
    return tuple(_Document(stories).blocks())


def stories_of(data: bytes) -> list[_Element]:
    """The texts of a document: its body, headers and footers as they are first used, footnotes and endnotes.

    Raises:
        UnreadableContentError: the file is no Word document, or damaged.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.exceptions import OpcError
    from docx.opc.package import OpcPackage
    from lxml.etree import LxmlError

    try:
        main = OpcPackage.open(BytesIO(data)).main_document_part
        root = _root(main)
        found = [root, *(_root(part) for part in _headers(main, root))]
        wanted = {getattr(RELATIONSHIP_TYPE, name.upper()) for name in _STORIES}
        related = [each.target_part for each in main.rels.values() if each.reltype in wanted]
        found.extend(_root(part) for part in related)
    except (LxmlError, OpcError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableContentError(_DAMAGED) from error
    return found


def _root(part: Any) -> _Element:  # noqa: ANN401  (python-docx has no types)
    """The root of the XML of a part."""
    from docx.oxml.parser import parse_xml

    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _headers(main: Any, root: _Element) -> list[Any]:  # noqa: ANN401  (python-docx has no types)
    """The headers and footers that sections refer to, each once."""
    names = [
        element.get(f"{{{_RELATIONS}}}id")
        for element in root.iter()
        if name_of(element) in ("headerReference", "footerReference")
    ]
    return [main.rels[name].target_part for name in dict.fromkeys(names) if name in main.rels]


@dataclass(slots=True)
class _Numbers:
    """The numbers of paragraphs and tables: their order in the XML of all stories, one by one."""

    paragraphs: dict[_Element, int]
    tables: dict[_Element, int]

    @classmethod
    def of(cls, stories: Sequence[_Element]) -> _Numbers:
        """Number what is in some stories."""
        named: dict[str, list[_Element]] = {"p": [], "tbl": []}
        for story in stories:
            for element in story.iter(under("p"), under("tbl")):
                named[name_of(element)].append(element)
        return cls(*({element: n for n, element in enumerate(each, start=1)} for each in named.values()))


class _Document:
    """A document on the way to blocks."""

    def __init__(self, stories: Sequence[_Element]) -> None:
        self._stories = stories
        self._numbers = _Numbers.of(stories)
        self._fields = FieldCodes()

    def blocks(self) -> Iterator[Block]:
        """Every paragraph and table, in order; headers, footers and notes after the body."""
        said: set[str] = set()
        for number, story in enumerate(self._stories):
            self._fields = FieldCodes()
            for block in self._story(story):
                if number and isinstance(block, Words):  # the same footer may be that of several sections
                    if block.text in said:
                        continue
                    said.add(block.text)
                yield block

    def _story(self, element: _Element) -> Iterator[Block]:
        """The blocks in an element that holds paragraphs and tables."""
        for child in children(element):
            name = name_of(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in ("footnote", "endnote") and child.get(under("type")) not in (None, "normal"):
                continue
            elif name in ("body", "ins", "moveTo", "footnote", "endnote"):
                yield from self._story(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        """A paragraph, and the text boxes that are anchored in it."""
        number = self._numbers.paragraphs[paragraph]
        text = RunningText()
        if _is_item(paragraph):
            text.begin_item()
        boxes = read_runs(paragraph, text, self._fields)
        # The bullet is not a character of the paragraph, so the first that is has column one.
        words = text.words(Where(paragraph=number), Where(paragraph=number, column=-1))
        if words is not None:
            yield words
        for box in boxes:
            yield from self._story(box)

    def _table(self, table: _Element) -> Iterator[Block]:
        """A table, and after it those that stand in its cells."""
        number = self._numbers.tables[table]
        rows: list[tuple[Slot, ...]] = []
        inner: list[Block] = []
        for r, row in enumerate((each for each in children(table) if name_of(each) == "tr"), start=1):
            properties = first(row, "trPr")
            if first(properties, "del") is not None or is_on(first(properties, "hidden")):
                continue
            is_new = first(properties, "ins") is not None
            slots: list[Slot] = []
            column = number_in(first(properties, "gridBefore"), 0, _WIDEST)
            for cell in (each for each in children(row) if name_of(each) == "tc"):
                own = first(cell, "tcPr")
                width = max(1, number_in(first(own, "gridSpan"), 1, _WIDEST))
                where = Where(table=number, row=r, table_column=column + 1)
                if not _is_covered(own):
                    words, nested = self._cell(cell, where)
                    inner.extend(nested)
                    if words.text:
                        new = is_new or first(own, "cellIns") is not None
                        slots.append(Slot(column, width, _as_new(words) if new else words))
                column += width
            rows.append(tuple(slots))
        if any(rows):
            yield DraftTable(tuple(rows), Where(table=number))
        yield from inner

    def _cell(self, cell: _Element, where: Where) -> tuple[Words, list[Block]]:
        """What a cell says, and the tables in it."""
        blocks = list(self._story(cell))
        said = [block for block in blocks if isinstance(block, Words)]
        number = said[0].at.paragraph if said else None
        nested: list[Block] = [block for block in blocks if isinstance(block, DraftTable)]
        return together(said, replace(where, paragraph=number)), nested


def _is_covered(properties: _Element | None) -> bool:
    """Whether a cell is not there: it is covered by the one above it, or taken out by a tracked change."""
    merged = first(properties, "vMerge")
    return (merged is not None and value_of(merged) != "restart") or first(properties, "cellDel") is not None


def _is_item(paragraph: _Element) -> bool:
    """Whether a paragraph is an item of a list."""
    properties = first(paragraph, "pPr")
    numbering = first(properties, "numPr")
    if numbering is not None:
        return value_of(first(numbering, "numId")) != "0"
    style = value_of(first(properties, "pStyle"))
    return style is not None and style.startswith("List")


def _as_new(words: Words) -> Words:
    """Words of which all are put in by a tracked change."""
    return replace(words, changes=(*words.changes, Change(0, len(words.text))))
