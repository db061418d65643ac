"""Word documents: the text as it reads if every tracked change is accepted, and what these changes touch.

python-docx opens the package and finds its parts. Their text is read from the XML itself: python-docx leaves out what
stands in content controls and inserted runs, and repeats merged cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.paper import Unread
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.docx_elements import children, first, is_on, name_of, number_in, under, value_of
from grantcalc.papers.readers.docx_styles import Styles
from grantcalc.papers.readers.docx_text import Story, read_runs
from grantcalc.papers.readers.drafts import Change, Draft, DraftTable, Slot, Words
from grantcalc.papers.readers.running import RunningText, together
from grantcalc.papers.readers.xml_errors import cause_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.drafts import Block

_STORIES: Final = ("footnotes", "endnotes")
_DAMAGED: Final = "the Word document is damaged; open it in Word, save it again and check the copy"
_INCLUDED: Final = "another file is included here, which was not read; open the document in Word and save it again"
_EMBEDDED: Final = "{} is embedded here as a picture, which was not read; paste its table into the paper"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDEST: Final = 1_000


def read_docx(data: bytes) -> Paper:
    """Read a Word document as a paper."""
    return assembled(draft_of(opened(checked_archive(data))))


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose parts are parsed.

    Attributes:
        stories: its texts: its body, headers and footers as they are first used, footnotes and endnotes.
        styles: its styles.
    """

    stories: list[_Element]
    styles: Styles


def draft_of(document: Opened) -> Draft:
    """The paragraphs and tables of a document, in order, and what it does not show."""
    walk = _Document(document)
    return Draft("docx", tuple(walk.blocks()), unread=walk.unread, hidden=walk.hidden)


def opened(data: bytes) -> Opened:
    """Open a document and parse its texts and its styles.

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
        styles = next(
            (each.target_part for each in main.rels.values() if each.reltype == RELATIONSHIP_TYPE.STYLES), None
        )
        return Opened(found, Styles(None if styles is None else _root(styles)))
    except LxmlError as error:
        raise cause_of(error, _DAMAGED) from error
    except (OpcError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableContentError(_DAMAGED) from error


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


_SHOWN: Final = ("drawing", "object", "pict")


@dataclass(slots=True)
class _Numbers:
    """The numbers of paragraphs and tables through all stories, as a reader counts them.

    Paragraphs that say nothing, and those in tables, have the number of the one before.
    """

    paragraphs: dict[_Element, int]
    tables: dict[_Element, int]

    @classmethod
    def of(cls, stories: Sequence[_Element]) -> _Numbers:
        """Number what is in some stories."""
        numbers = cls({}, {})
        last = 0
        for story in stories:
            for element in story.iter(under("p"), under("tbl")):
                if name_of(element) == "tbl":
                    numbers.tables[element] = len(numbers.tables) + 1
                    continue
                last += _is_counted(element)
                numbers.paragraphs[element] = max(last, 1)
        return numbers


def _is_counted(paragraph: _Element) -> bool:
    """Whether a reader counts a paragraph: it says or shows something, and stands in no table."""
    in_table = next(paragraph.iterancestors(under("tbl")), None) is not None
    if in_table:
        return False
    says = any((each.text or "").strip() for each in paragraph.iter(under("t")))
    return says or next(paragraph.iter(*map(under, _SHOWN)), None) is not None


class _Document:
    """A document on the way to blocks."""

    def __init__(self, document: Opened) -> None:
        self.hidden: list[Words] = []
        self.unread: list[Unread] = []
        self._stories = document.stories
        self._numbers = _Numbers.of(document.stories)
        self._styles = document.styles
        self._story = Story(self._styles.look)
        self._last = 1

    def blocks(self) -> Iterator[Block]:
        """Every paragraph and table, in order; headers, footers and notes after the body."""
        said: set[str] = set()
        for number, story in enumerate(self._stories):
            self._story = Story(self._styles.look)
            for block in self._blocks(story):
                if number and isinstance(block, Words):  # the same footer may be that of several sections
                    if block.text in said:
                        continue
                    said.add(block.text)
                yield block

    def _blocks(self, element: _Element) -> Iterator[Block]:
        """The blocks in an element that holds paragraphs and tables."""
        for child in children(element):
            name = name_of(child)
            if child in self._numbers.paragraphs:  # another language of XML may have a "p" too
                yield from self._paragraph(child)
            elif child in self._numbers.tables:
                yield from self._table(child)
            elif name == "altChunk":
                self.unread.append(Unread(Where(paragraph=self._last), _INCLUDED))
            elif name in ("footnote", "endnote") and child.get(under("type")) not in (None, "normal"):
                continue
            elif name in ("body", "ins", "moveTo", "footnote", "endnote"):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        """A paragraph, and the text boxes that are anchored in it."""
        self._last = number = self._numbers.paragraphs[paragraph]
        properties = first(paragraph, "pPr")
        text = RunningText()
        if self._styles.is_item(properties):
            text.begin_item()
        boxes = read_runs(paragraph, text, self._story, properties)
        hidden, embedded = self._story.left_out()
        self._leave_out(hidden, Where(paragraph=number))
        self.unread.extend(Unread(Where(paragraph=number), _EMBEDDED.format(each)) for each in embedded)
        # The bullet is not a character of the paragraph, so the first that is has column one.
        words = text.words(Where(paragraph=number), Where(paragraph=number, column=-1))
        if words is not None:
            yield words
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, table: _Element) -> Iterator[Block]:
        """A table, and after it those that stand in its cells."""
        number = self._numbers.tables[table]
        rows: list[tuple[Slot, ...]] = []
        inner: list[Block] = []
        for r, row in enumerate((each for each in children(table) if name_of(each) == "tr"), start=1):
            properties = first(row, "trPr")
            if first(properties, "del") is not None:
                continue
            if is_on(first(properties, "hidden")):
                self._leave_out(" ".join(each.text or "" for each in row.iter(under("t"))), Where(table=number, row=r))
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

    def _leave_out(self, text: str, at: Where) -> None:
        """Note what a document says without showing it."""
        if text.strip():
            self.hidden.append(Words(text, at))

    def _cell(self, cell: _Element, where: Where) -> tuple[Words, list[Block]]:
        """What a cell says, and the tables in it."""
        blocks = list(self._blocks(cell))
        said = [block for block in blocks if isinstance(block, Words)]
        number = said[0].at.paragraph if said else None
        nested: list[Block] = [block for block in blocks if isinstance(block, DraftTable)]
        return together(said, replace(where, paragraph=number)), nested


def _is_covered(properties: _Element | None) -> bool:
    """Whether a cell is not there: it is covered by the one above it, or taken out by a tracked change."""
    merged = first(properties, "vMerge")
    return (merged is not None and value_of(merged) != "restart") or first(properties, "cellDel") is not None


def _as_new(words: Words) -> Words:
    """Words of which all are put in by a tracked change."""
    return replace(words, changes=(*words.changes, Change(0, len(words.text))))
