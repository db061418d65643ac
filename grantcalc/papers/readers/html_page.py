"""Web pages: HTML to papers, with what does not show left out."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from grantcalc.papers.paper import Unread
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.drafts import Draft, DraftTable, Slot, Words
from grantcalc.papers.readers.encoding import decoded
from grantcalc.papers.readers.html_looks import Looks
from grantcalc.papers.readers.marks import is_note_mark
from grantcalc.papers.readers.running import RunningText, together
from grantcalc.papers.readers.xml_errors import cause_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.drafts import Block

_UNSEEN: Final = {
    "head", "script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "button", "title", "ix:header", "ix:hidden",
}  # fmt: skip
_BLOCKS: Final = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul",
}  # fmt: skip
_GROUPS: Final = ("thead", "tbody", "tfoot")
_REMOVED: Final = ("del", "s", "strike")
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_WIDEST: Final = 1_000
"""What a browser takes for the largest number of columns that a cell may span."""

_MOST_TRACKED: Final = 2_000
"""Cells that span several rows are minded up to this column; tables as wide are not read."""

_DEEPEST: Final = 256
_TOO_DEEP: Final = "its elements lie too deep in each other; what lies deepest was not read"
_DAMAGED: Final = "the page is damaged; open it in a browser, save it again and check the copy"
_UNSTYLED: Final = "its style sheets are too large to be read; what they hide was read as if it showed"


def read_html(data: bytes) -> Paper:
    """Read a web page as a paper; nothing that it links to is fetched."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(decoded(data, says_so=True).encode() or b"<p>", parser)
    except etree.LxmlError as error:
        raise cause_of(error, _DAMAGED) from error
    draft = Draft("html")
    page = _Page(Looks() if root is None else Looks.of(root))
    if root is not None:
        draft.blocks = tuple(page.blocks(root))
        draft.hidden = page.hidden
    if page.looks.unstyled:
        draft.unread.append(Unread(Where(paragraph=1), _UNSTYLED))
    cut = any("depth" in entry.message.lower() for entry in parser.error_log)
    if cut or page.cut:
        draft.unread.append(Unread(Where(paragraph=1), _TOO_DEEP))
    return assembled(draft)


class _Page:
    """A page on the way to blocks: paragraphs and tables are numbered as they come."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.hidden: list[Words] = []
        self.cut = False
        self._next = 1
        self._tables = count(1)
        self._text = RunningText()

    def blocks(self, element: _Element) -> Iterator[Block]:
        """The blocks of an element, in order."""
        yield from self._walk(element, 0)
        yield from self._ended()

    def _walk(self, element: _Element, depth: int, *, kept: bool = False) -> Iterator[Block]:
        """What an element says: text is gathered until a block ends it."""
        if depth > _DEEPEST:
            self.cut = True
            return
        name = _name(element)
        if name == "table":
            yield from self._ended()
            yield from self._table(element, depth)
            return
        is_block = name in _BLOCKS
        if is_block:
            yield from self._ended()
            if name == "li":
                self._text.begin_item()
        kept = kept or name == "pre"
        self._say(element, element.text, kept=kept)
        for child in element:
            if self._shows(child, Where(paragraph=self._next)):
                yield from self._inline(child, depth, kept=kept)
            self._say(element, child.tail, kept=kept)
        if is_block:
            yield from self._ended()

    def _say(self, element: _Element, text: str | None, *, kept: bool) -> None:
        """Add the text of an element, if that can be seen."""
        if element not in self.looks.unseen:
            self._text.add(text, kept=kept)
        elif text:
            self.hidden.append(Words(text, Where(paragraph=self._next)))

    def _shows(self, element: _Element, at: Where) -> bool:
        """Whether an element shows; what it says is noted if it could."""
        if _name(element) in _UNSEEN:
            return False
        if element not in self.looks.gone:
            return True
        said = " ".join(each.text or "" for each in element.iter() if _name(each) not in _UNSEEN)
        self.hidden.append(Words(_SPACES.sub(" ", said), at))
        return False

    def _inline(self, child: _Element, depth: int, *, kept: bool) -> Iterator[Block]:
        """An element within a text."""
        name = _name(child)
        if name == "br":
            self._text.break_line()
        elif name == "sup" and is_note_mark(_all_text(child)):
            return
        elif name in _REMOVED or child in self.looks.struck:
            self._text.remove(_all_text(child))
        elif name == "ins":
            start = self._text.length
            yield from self._walk(child, depth + 1, kept=kept)
            self._text.insert(start)
        else:
            yield from self._walk(child, depth + 1, kept=kept)

    def _ended(self) -> Iterator[Words]:
        """The paragraph that ends here, if it says anything."""
        words = self._text.words(Where(paragraph=self._next), Where(paragraph=self._next, column=-1))
        if words is not None:
            self._next += 1
            yield words

    def _table(self, table: _Element, depth: int) -> Iterator[Block]:
        """A table, and after it those that stand in its cells."""
        number = next(self._tables)
        caption = next((_all_text(child).strip() for child in table if _name(child) == "caption"), "")
        at = Where(table=number)
        inner: list[Block] = []
        rows: list[tuple[Slot, ...]] = []
        spanning: dict[int, int] = {}
        for r, tr in enumerate(self._rows(table, at), start=1):
            slots: list[Slot] = []
            column = 0
            for cell in tr:
                if _name(cell) not in ("td", "th") or not self._shows(cell, replace(at, row=r)):
                    continue
                while spanning.get(column, 0) > 0:
                    column += 1
                width = _span(cell, "colspan", _WIDEST)
                height = _span(cell, "rowspan", 1 << 16)
                where = Where(table=number, row=r, table_column=column + 1)
                if not self.looks.struck.intersection((table, tr, cell)):
                    words, nested = self._cell(cell, where, depth + 2)
                    inner.extend(nested)
                    if words.text:
                        slots.append(Slot(column, width, words))
                if height > 1:
                    spanning.update(dict.fromkeys(range(column, min(column + width, _MOST_TRACKED)), height))
                column += width
            spanning = {c: left - 1 for c, left in spanning.items() if left > 1}
            rows.append(tuple(slots))
        if any(rows):
            yield DraftTable(tuple(rows), at, caption)
        yield from inner

    def _rows(self, table: _Element, at: Where) -> Iterator[_Element]:
        """The rows of a table as they are shown: the foot last, wherever it is written."""
        feet: list[_Element] = []
        for child in table:
            name = _name(child)
            if name == "tr":
                yield from (child,) if self._shows(child, at) else ()
            elif name in _GROUPS and self._shows(child, at):
                rows = [row for row in child if _name(row) == "tr" and self._shows(row, at)]
                if name == "tfoot":
                    feet.extend(rows)
                else:
                    yield from rows
        yield from feet

    def _cell(self, cell: _Element, where: Where, depth: int) -> tuple[Words, list[Block]]:
        """What a cell says, and the tables in it."""
        outer, self._text = self._text, RunningText()
        said: list[Words] = []
        nested: list[Block] = []
        for block in [*self._walk(cell, depth + 1), *self._ended()]:
            if isinstance(block, Words):
                said.append(block)
            else:
                nested.append(block)
        self._text = outer
        first = said[0].at.paragraph if said else None
        return together(said, replace(where, paragraph=first)), nested


def _name(element: _Element) -> str:
    """The name of an element, in small letters."""
    return str(element.tag).lower()


def _all_text(element: _Element) -> str:
    """All the text in an element, with single spaces."""
    return _SPACES.sub(" ", "".join(map(str, element.itertext())))


def _span(cell: _Element, name: str, most: int) -> int:
    """How many columns or rows a cell spans, as far as a browser follows it."""
    said = re.match(r"\s*([0-9]{1,12})", cell.get(name) or "")
    return min(max(1, int(said.group(1))), most) if said else 1
