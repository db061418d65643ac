"""Tables as text with commas, semicolons, tabs or bars between the cells: CSV and TSV files."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.paper import Remark, RemarkKind, Unread
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.drafts import Draft, DraftTable, Slot, Words
from grantcalc.papers.readers.encoding import decoded
from grantcalc.source import Where
from grantcalc.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.paper import Paper

_DELIMITERS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 200
"""So many rows decide what stands between the cells."""

_MOST_ROWS: Final = 50_000
_LARGEST: Final = 32 * 2**20
_MOST_CELLS: Final = 250_000
_BEGINS: Final = re.compile(r"\s*[-−(]{0,2}(?:[£$€]\s?)?[0-9]{1,3}")
_GOES_ON: Final = re.compile(r"[0-9]{3}(?:\.[0-9]+)?(?:m|k|bn)?[)%]?\s*")
_CUT: Final = (
    "it has more cells than the rows around it, and the commas within its amounts do not tell which belong together; "
    "put the amounts into quotes, or save the table with semicolons or tabs"
)
_TOO_LARGE: Final = f"the table is larger than the {_LARGEST // 2**20} MB that are read of one"
_TOO_MANY: Final = f"the table has more than {_MOST_CELLS:,} cells, and no paper has as many"
_NO_TEXT: Final = "this is not a table of text; save it as .csv or .xlsx"
_TOO_LONG: Final = f"the table has more than {_MOST_ROWS:,} rows; what begins here was not read"


class _Cell(NamedTuple):
    """A cell: its text, whether it was quoted, and where it stands, counted from one."""

    text: str
    quoted: bool
    column: int
    line: int


def table_text(data: bytes) -> str:
    """The text of a table of text.

    Raises:
        UnreadableContentError: it is not text, or larger than any paper.
    """
    if len(data) > _LARGEST:
        raise UnreadableContentError(_TOO_LARGE)
    text = decoded(data)
    if "\0" in text:
        raise UnreadableContentError(_NO_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_delimited(text: str, *, tabs: bool = False) -> Paper:
    """Read a table of text as a paper.

    Args:
        text: the text of the file.
        tabs: whether its name says that tabs stand between the cells.
    """
    delimiter = "\t" if tabs else _delimiter(text)
    rows = _counted(_rows(text, delimiter, _MOST_ROWS + 1))
    draft = Draft("csv")
    if len(rows) > _MOST_ROWS:
        draft.unread.append(Unread(Where(rows[-1][0].line, 1), _TOO_LONG))
        rows = rows[:-1]
    if delimiter == ",":
        rows = [_mended(row, rows, draft) for row in rows]
    draft.blocks = tuple(_blocks(rows))
    tables = [block for block in draft.blocks if isinstance(block, DraftTable)]
    draft.remarks.extend(_not_calculated(row for table in tables for row in table.rows))
    return assembled(draft)


def _counted(rows: Iterator[list[_Cell]]) -> list[list[_Cell]]:
    """The rows, unless they have more cells than any paper."""
    found: list[list[_Cell]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > _MOST_CELLS:
            raise UnreadableContentError(_TOO_MANY)
        found.append(row)
    return found


def _delimiter(text: str) -> str:
    """What stands between the cells: that which makes most rows equally long.

    A comma between three digits and a digit may stand within an amount, so it does not speak for commas; but where
    nothing else stands between cells, it is what does.
    """
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = [row for row in _rows(text, delimiter, _LOOKED_AT) if any(cell.text.strip() for cell in row)]
        lengths = Counter(len(row) - (_amounts_cut(row) if delimiter == "," else 0) for row in rows)
        alike = max((n * length for length, n in lengths.items() if length > 1), default=0)
        points = alike / max(1, len(rows))
        if points > most:
            best, most = delimiter, points
    return best


def _amounts_cut(row: Sequence[_Cell]) -> int:
    """How many commas of a row may stand within an amount."""
    return sum(1 for left, right in pairwise(row) if _may_be_one(left, right))


def _may_be_one(left: _Cell, right: _Cell) -> bool:
    """Whether two cells may be one amount that a comma has cut."""
    if left.quoted or right.quoted:
        return False
    return bool(_BEGINS.fullmatch(left.text)) and bool(_GOES_ON.fullmatch(right.text))


def _rows(text: str, delimiter: str, most: int) -> Iterator[list[_Cell]]:
    """The rows of a text; within quotes, delimiters and line breaks are part of the cell."""
    sign = re.escape(delimiter)
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[^{sign}\n]*+|([^{sign}\n]*+)')
    row: list[_Cell] = []
    at, line, begins = 0, 1, 0
    given = 0
    # Both ways match nothing at all, so that there always is a cell.
    while at < len(text) and given < most and (found := cell.match(text, at)):
        quoted = found.group(1) is not None
        said = found.group(1).replace('""', '"') if quoted else found.group(2)
        start = found.start(1 if quoted else 2)
        if len(row) > _MOST_CELLS:
            yield row
            return
        row.append(_Cell(said, quoted, start - begins + 1, line))
        breaks = said.count("\n")
        if breaks:
            line += breaks
            begins = text.rfind("\n", 0, found.end()) + 1
        at = found.end()
        if at >= len(text) or text[at] == "\n":
            yield row
            given += 1
            row, line, begins = [], line + 1, at + 1
        at += 1
    if row:
        yield row


def _mended(row: list[_Cell], rows: Sequence[Sequence[_Cell]], draft: Draft) -> list[_Cell]:
    """A row whose amounts commas have cut, put together if the number of cells tells how."""
    width = _width(rows)
    excess = len(row) - width
    if excess <= 0 or not any(cell.text for cell in row[width:]):
        return row
    cuts = [n for n in range(len(row) - 1) if _may_be_one(row[n], row[n + 1])]
    runs = _groups(cuts)
    marked = [run for run in runs if row[run[0]].text.strip()[:1] in "£$€(-−"]
    for choice in (runs, marked):
        if sum(len(run) for run in choice) == excess:
            return _glued(row, choice)
    draft.unread.append(Unread(Where(row[0].line, 1), _CUT))
    return []


def _width(rows: Sequence[Sequence[_Cell]]) -> int:
    """How many cells a row has: as many as the first that has several, which is the heading mostly."""
    head = next((row for row in rows if sum(1 for cell in row if cell.text.strip()) > 1), None)
    return len(head) - _amounts_cut(head) if head is not None else 0


def _groups(cuts: Sequence[int]) -> list[list[int]]:
    """Cuts that follow each other, as those of £1,234,567 do, together."""
    return [[n for _, n in group] for _, group in groupby(enumerate(cuts), key=lambda pair: pair[1] - pair[0])]


def _glued(row: Sequence[_Cell], runs: Sequence[Sequence[int]]) -> list[_Cell]:
    """A row with its amounts whole again."""
    into = {n + 1 for run in runs for n in run}
    made: list[_Cell] = []
    for n, cell in enumerate(row):
        if n in into:
            made[-1] = made[-1]._replace(text=f"{made[-1].text},{cell.text}")
        else:
            made.append(cell)
    return made


def _blocks(rows: Sequence[Sequence[_Cell]]) -> Iterator[Words | DraftTable]:
    """The rows as tables; single cells of words before a table as paragraphs, of which the last is its caption."""
    table: list[tuple[Slot, ...]] = []
    for row in rows:
        slots = tuple(_slots(row))
        lone = len(slots) == 1 and slots[0].column == 0 and any(c.isalpha() for c in slots[0].words.text)
        if lone and not table:
            yield slots[0].words
        elif slots or table:
            table.append(slots)
    if table:
        first = next(slots for slots in table if slots)
        yield DraftTable(tuple(table), Where(first[0].words.at.line, 1))


def _slots(row: Sequence[_Cell]) -> Iterator[Slot]:
    """The cells of a row that say something."""
    for column, cell in enumerate(row):
        text = cell.text.strip()
        if text:
            start = cell.column + len(cell.text) - len(cell.text.lstrip())
            end = start + len(text)
            at = Where(cell.line, start, cell.line, end, row=None, table_column=column + 1)
            yield Slot(column, 1, Words(text, at), is_value=not _is_formula(text))


def _is_formula(text: str) -> bool:
    """Whether a cell holds a formula, which nothing has calculated."""
    return text.startswith("=") and len(text) > 1


def _not_calculated(rows: Iterable[Sequence[Slot]]) -> Iterator[Remark]:
    """What is to be said of formulas: they have no value in a table of text."""
    found = [slot.words for row in rows for slot in row if not slot.is_value]
    if found:
        many = f"{counted(len(found), 'formula')} from here on have" if len(found) > 1 else "this formula has"
        yield Remark(RemarkKind.NOT_CALCULATED, found[0].at, f"{many} not been calculated, and no value was read there")
