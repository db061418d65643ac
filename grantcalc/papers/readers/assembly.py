"""Assembly: drafts to papers, with every figure found and its place known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.papers.layout.cells import MOST_CELLS
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.numbers.figures import Kind, find_figures, scaled
from grantcalc.papers.numbers.numerals import Habits
from grantcalc.papers.paper import Cell, Paper, Paragraph, Remark, RemarkKind, Row, Table, Unread
from grantcalc.papers.readers.drafts import DraftTable, Words
from grantcalc.papers.readers.rasters import columns_of, joined, unstacked
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.readers.drafts import Block, Change, Draft, Slot

_MOST_FIGURES: Final = 50_000
_LONGEST_CAPTION: Final = 200
_TOO_WIDE: Final = f"it has a row of more than {MOST_CELLS} cells"
_TOO_MANY: Final = f"the paper has more than {_MOST_FIGURES:,} figures; what begins here was not read"


def assembled(draft: Draft) -> Paper:
    """A draft as a paper."""
    habits = Habits.of("\n".join(words.text for block in draft.blocks for words in _words_of(block)))
    work = _Work(draft, habits)
    for block in draft.blocks:
        work.add(block)
    return work.paper()


def _words_of(block: Block) -> Iterator[Words]:
    """Every stretch of text of a block."""
    if isinstance(block, Words):
        yield block
        return
    for row in block.rows:
        for slot in row:
            yield slot.words


class _Work:
    """A paper in the making: tables and loose text, in the order of the document."""

    def __init__(self, draft: Draft, habits: Habits) -> None:
        self._draft = draft
        self._habits = habits
        self._loose: list[Words] = []
        self._tables: list[Table] = []
        self._paragraphs: list[Paragraph] = []
        self._unread: list[Unread] = list(draft.unread)
        self._remarks: list[Remark] = [*draft.remarks, *_left_out(draft.hidden, habits)]
        self._figures = 0

    def add(self, block: Block) -> None:
        """Add the next block; none once there are too many figures."""
        if self._figures > _MOST_FIGURES:
            return
        if isinstance(block, Words):
            self._loose.append(block)
            self._count(sum(character.isdigit() for character in block.text) // 4, block.at)
            return
        caption = block.caption or _caption(self._loose)
        self._settle()
        self._add_table(block, caption)

    def paper(self) -> Paper:
        """All that was added."""
        self._settle()
        return Paper(
            tuple(self._paragraphs),
            tuple(self._tables),
            self._habits,
            tuple(self._unread),
            tuple(self._remarks),
            tuple(self._draft.worked),
        )

    def _count(self, figures: int, at: Where) -> None:
        self._figures += figures
        if self._figures > _MOST_FIGURES:
            self._unread.append(Unread(at, _TOO_MANY))

    def _add_table(self, block: DraftTable, caption: str) -> None:
        """Add a table; what its cells say in sentences is running text."""
        rows = [joined(each) for row in block.rows if row for each in unstacked(row)]
        if max(map(len, rows), default=0) > MOST_CELLS:
            self._unread.append(Unread(block.at, _TOO_WIDE))
            return
        columns = columns_of(rows)
        made = tuple(Row(tuple(self._cells(row, columns))) for row in rows)
        self._tables.append(Table(made, block.at, caption, self._draft.kind))
        self._count(sum(len(cell.found) for row in made for cell in row.cells), block.at)
        self._loose.extend(slot.words for row in rows for slot in row if slot.words.is_prose)
        self._settle()

    def _cells(self, row: Sequence[Slot], columns: dict[int, int]) -> Iterator[Cell]:
        """The cells of a row, with empty ones where the raster has none, so that all rows are as wide."""
        placed = {columns[slot.column]: slot for slot in row}
        for place in range(max(columns.values(), default=-1) + 1):
            yield self._cell(placed[place]) if place in placed else _EMPTY

    def _cell(self, slot: Slot) -> Cell:
        """A cell with its figures, as they are meant."""
        words = slot.words
        if words.is_prose or not slot.is_value:
            return Cell(words.text, words.at)
        found = find_figures(words.text, words.at, habits=self._habits, cell=True)
        if slot.shift:
            found = tuple(scaled(each, Decimal(1).scaleb(slot.shift)) for each in found)
        self._remarks.extend(_changed(words, found))
        return Cell(words.text, words.at, found)

    def _settle(self) -> None:
        """Read the loose text, which may hold tables without a raster."""
        if not self._loose:
            return
        read = _Loose(self._loose).read(self._habits)
        self._tables.extend(read.tables)
        self._paragraphs.extend(read.paragraphs)
        self._unread.extend(read.unread)
        for words in self._loose:
            if words.changes:
                found = find_figures(words.text, words.at, habits=self._habits)
                self._remarks.extend(_changed(words, found))
        self._loose = []


_EMPTY: Final = Cell("", Where())


def _caption(before: Sequence[Words]) -> str:
    """The last words before a table."""
    text = before[-1].text.strip() if before else ""
    return text.split("\n")[-1][:_LONGEST_CAPTION]


def _left_out(hidden: Iterable[Words], habits: Habits) -> Iterator[Remark]:
    """A remark on the amounts that a document has without showing them, if there are any."""
    found = [each for words in hidden for each in _amounts(words, habits)]
    if found:
        first = found[0].figure
        at = replace(first.at, column=None, end_column=None) if isinstance(first.at, Where) else Where()
        if len(found) == 1:
            message = f"{first.text} is hidden here; it was not read"
        else:
            message = f"{len(found):,} amounts from here on are hidden, {first.text} first; they were not read"
        yield Remark(RemarkKind.HIDDEN, at, message)


def _amounts(words: Words, habits: Habits) -> Iterator[Found]:
    """The amounts of some words; in a sentence, those that are marked as money."""
    in_table = words.at.table is not None
    for each in find_figures(words.text, words.at, habits=habits, cell=in_table):
        if each.kind is Kind.MONEY or (in_table and each.is_amount):
            yield each


def _changed(words: Words, found: Iterable[Found]) -> Iterator[Remark]:
    """Remarks on the amounts of a text that an open change touches."""
    for each in found:
        touched = [change for change in words.changes if _touches(change, each)]
        if not each.is_amount or not touched:
            continue
        before = _before(words.text, each, touched)
        was = f"before it, this reads {before}" if before and before != each.figure.text else "it is new there"
        message = f"{each.figure.text} stands in a change that is neither accepted nor rejected; {was}"
        yield Remark(RemarkKind.CHANGED, each.figure.at, message)  # type: ignore[arg-type]  # a figure of a paper


def _touches(change: Change, found: Found) -> bool:
    """Whether a change is of a figure; what is taken out beside it is of a figure that no space sets apart."""
    if change.start == change.end == found.start:
        return not change.removed[-1:].isspace()
    if change.start == change.end == found.end:
        return not change.removed[:1].isspace()
    return change.start <= found.end and change.end >= found.start


def _before(text: str, found: Found, changes: Iterable[Change]) -> str:
    """What stood where a figure stands, before the changes that touch it."""
    written, at = "", found.start
    for change in changes:
        written += text[at : max(at, change.start)] + change.removed
        at = max(at, change.end)
    return (written + text[at : found.end]).strip()


class _Loose:
    """Stretches of text as the lines of one text, which the reader of texts reads."""

    def __init__(self, loose: Sequence[Words]) -> None:
        self._lines: list[str] = []
        self._owners: list[tuple[Words, int]] = []
        for words in loose:
            offset = 0
            for line in words.text.split("\n"):
                self._lines.append(line)
                self._owners.append((words, offset))
                offset += len(line) + 1
            self._lines.append("")
            self._owners.append((words, offset))

    def read(self, habits: Habits) -> Paper:
        """The text as a paper, its places those of the document."""
        paper = read_text("\n".join(self._lines), habits)
        return replace(
            paper,
            paragraphs=tuple(Paragraph(each.text, self._place(each.at)) for each in paper.paragraphs),
            tables=tuple(self._table(table) for table in paper.tables),
            unread=tuple(Unread(self._place(each.at), each.reason) for each in paper.unread),
        )

    def _table(self, table: Table) -> Table:
        rows = tuple(Row(tuple(self._cell(cell) for cell in row.cells)) for row in table.rows)
        return replace(table, rows=rows, at=self._place(table.at))

    def _cell(self, cell: Cell) -> Cell:
        return Cell(cell.text, self._place(cell.at), tuple(self._found(each) for each in cell.found))

    def _found(self, found: Found) -> Found:
        at = found.figure.at
        return replace(found, figure=replace(found.figure, at=self._place(at) if isinstance(at, Where) else None))

    def _place(self, at: Where) -> Where:
        """The place in the document of a place in the lines."""
        if at.line is None or at.line > len(self._owners):
            return at
        words, offset = self._owners[at.line - 1]
        if words.at.line is not None:
            return at
        shift = offset + (words.at.column or 1) - 1
        end = shift + at.end_column if at.end_column else None
        return replace(words.at, column=shift + (at.column or 1), end_column=end)
