"""PDF files: what their pages show, as a paper, with the page, table, row and column of every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.paper import Remark, RemarkKind, Unread
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.drafts import Draft, DraftTable, Slot, Words
from grantcalc.papers.readers.pdf_grids import Grid, continued
from grantcalc.papers.readers.pdf_margins import without_margins
from grantcalc.papers.readers.pdf_pages import items, loose_lines
from grantcalc.papers.readers.pdf_paragraphs import goes_on, paragraphs
from grantcalc.papers.readers.pdf_parts import read_pages
from grantcalc.papers.readers.pdf_pieces import pieces_of_lines, pieces_of_spans
from grantcalc.papers.readers.running import together
from grantcalc.papers.readers.telling import silent
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.drafts import Block
    from grantcalc.papers.readers.pdf_grids import GridRow
    from grantcalc.papers.readers.pdf_lines import Line
    from grantcalc.papers.readers.pdf_pages import Item, Sheet
    from grantcalc.papers.readers.telling import PagesTold

MOST_PAGES: Final = 500
"""Pages after so many are not read, and this is said."""

_SCAN: Final = "this page has no text, as a scan has none; its figures were not read"
_PICTURE: Final = "most of this page is a picture; what that shows was not read"
_SLANTED: Final = "most of this page stands at an angle; that was not read"
_CROWDED: Final = "too much is drawn on this page for its tables to be read by their lines"
_DAMAGED: Final = "this page is damaged; it was not read"


def read_pdf(data: bytes, told: PagesTold = silent, *, processes: int = 1) -> Paper:
    """Read a PDF file as a paper.

    Args:
        data: the bytes of the file.
        told: is told how many pages are read, of how many.
        processes: how many processes may be used.

    Returns:
        Its tables, and as paragraphs whatever is in no table. Tables are numbered through the paper, and the rows
        of a table through its pages; paragraphs are numbered on each page.

    Raises:
        UnreadableContentError: it is encrypted, incomplete, damaged or has no pages.
    """
    sheets, pages = read_pages(data, MOST_PAGES, told, processes=processes)
    return paper_of(sheets, pages)


def paper_of(sheets: Sequence[Sheet], pages: int) -> Paper:
    """Put together what the pages of a file show.

    Args:
        sheets: the pages that were read, in order.
        pages: how many the file has.
    """
    return assembled(draft_of(sheets, pages))


def draft_of(sheets: Sequence[Sheet], pages: int) -> Draft:
    """The words and tables of a file; for arguments see `paper_of`."""
    draft = Draft("pdf")
    loose = [loose_lines(sheet) for sheet in sheets]
    lines = without_margins([(each.lines, sheet.height) for each, sheet in zip(loose, sheets, strict=True)])
    read: dict[int, list[Item]] = {sheet.number: [] for sheet in sheets}
    for sheet, left, each in zip(sheets, lines, loose, strict=True):
        read[sheet.number].extend(items(sheet, left, each.tables))
    draft.unread.extend(unread for sheet in sheets for unread in _unread(sheet))
    if pages > len(read):
        reason = f"the paper has {pages:,} pages; what begins here was not read"
        draft.unread.append(Unread(Where(page=len(read) + 1), reason))
    draft.blocks = list(_Blocks(draft.remarks).of(_joined(read.values())))
    return draft


def _unread(sheet: Sheet) -> Iterator[Unread]:
    """What of a page was not read."""
    at = Where(page=sheet.number)
    if sheet.damaged:
        yield Unread(at, _DAMAGED)
    elif sheet.slanted:
        yield Unread(at, _SLANTED)
    elif not sheet.words and sheet.drawn:
        yield Unread(at, _SCAN)
    elif sheet.pictured:
        yield Unread(at, _PICTURE)
    for one, other in sheet.clashes:
        yield Unread(at, f"{one} and {other} are printed over each other; neither was read")
    if sheet.crowded:
        yield Unread(at, _CROWDED)


def _joined(pages: Iterable[Sequence[Item]]) -> list[list[Item]]:
    """The pages, with a table that goes on at the head of the next page put to where it begins."""
    joined: list[list[Item]] = []
    open_table: list[Item] | None = None
    for page in pages:
        left = list(page)
        last = open_table[-1] if open_table else None
        if isinstance(last, Grid) and left and isinstance(left[0], Grid):
            whole = continued(last, left[0])
            if whole is not None and open_table is not None:
                open_table[-1] = whole
                left = left[1:]
                joined.append(left)
                open_table = left or open_table
                continue
        joined.append(left)
        open_table = left
    return joined


class _Blocks:
    """The blocks of a draft in the making."""

    def __init__(self, remarks: list[Remark]) -> None:
        self._remarks = remarks
        self._tables = 0

    def of(self, pages: Sequence[Sequence[Item]]) -> Iterator[Block]:
        """The running text and the tables of pages, in order; a sentence that a column or page breaks off is whole."""
        held: Words | None = None
        for block, begins in self._all(pages):
            if held is not None and begins and isinstance(block, Words) and goes_on(held.text, block.text):
                held = together((held, block), held.at)
                continue
            if held is not None:
                yield held
            held = block if isinstance(block, Words) else None
            if held is None:
                yield block
        if held is not None:
            yield held

    def _all(self, pages: Sequence[Sequence[Item]]) -> Iterator[tuple[Block, bool]]:
        """The blocks of pages, and whether each begins a stretch of text."""
        for number, page in enumerate(pages, start=1):
            paragraph = 0
            for item in page:
                if isinstance(item, Grid):
                    yield self._table(item), True
                    continue
                for n, lines in enumerate(paragraphs(item.lines)):
                    paragraph += 1
                    for words in self._words(lines, number, paragraph):
                        yield words, n == 0

    def _words(self, lines: Sequence[Line], page: int, paragraph: int) -> Iterator[Words]:
        """Lines as a paragraph."""
        at = Where(page=page, paragraph=paragraph)
        for line in lines:
            for span in line.spans:
                self._remark(" ".join(word.text for word in span.words if word.struck), at)
        said = [line for line in lines if line.text]
        if said:
            yield Words("\n".join(line.text for line in said), at, pieces=tuple(pieces_of_lines(said, page)))

    def _table(self, grid: Grid) -> DraftTable:
        """A grid as a table."""
        self._tables += 1
        rows = tuple(tuple(self._row(row, n)) for n, row in enumerate(grid.rows, start=1))
        return DraftTable(rows, Where(page=grid.page, table=self._tables), grid.caption)

    def _row(self, row: GridRow, number: int) -> Iterator[Slot]:
        """The cells of a row that are not empty."""
        for column, text in sorted(row.cells.items()):
            at = Where(page=row.page, table=self._tables, row=number, table_column=column + 1)
            for gone in (gone for place, gone in row.struck if place == column):
                self._remark(gone, at)
            if text:
                spans = (span for place, span in row.spans if place == column)
                yield Slot(column, 1, Words(text, at, pieces=tuple(pieces_of_spans(spans, row.page))))

    def _remark(self, gone: str, at: Where) -> None:
        """Say of a figure that is crossed out that it was left out."""
        if any(character.isdigit() for character in gone):
            self._remarks.append(Remark(RemarkKind.CHANGED, at, f"{gone} is crossed out, and was left out"))
