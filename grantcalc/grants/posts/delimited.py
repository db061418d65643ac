"""Tables in text: cells divided by commas, semicolons or tabs, and quoted as spreadsheets do it (RFC 4180)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.posts.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, NOTHING, Cell, Grid
from grantcalc.source import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grantcalc.source import Where

_DELIMITERS: Final = ("\t", ";", ",")
"""The comma last: where two fit alike, the comma is one inside the amounts."""

_SAMPLE_ROWS: Final = 50
_SAMPLE: Final = 200_000


def read_delimited(text: str, *, tabs: bool = False, path: str | None = None) -> Grid:
    """Read a table of cells divided by commas, semicolons or tabs.

    Args:
        text: the file's text.
        tabs: whether the file's name says that tabs divide the cells.
        path: the file, where places in it are to be told from those in another.
    """
    delimiter = "\t" if tabs else _delimiter(text)
    lines = Lines(text, path)
    faults: list[Fault] = []
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    for row in _rows(text, delimiter, lines.where, faults):
        rows.append(row)
        cells += len(row)
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            message = f"the table has more than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells"
            return Grid((), (Fault(FaultKind.LIMIT, message, row[0].at),))
    return Grid(tuple(rows), tuple(faults), commas=delimiter == ",")


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows as many cells as most rows have."""

    def fit(delimiter: str) -> float:
        lengths = Counter[int]()
        for at, row in enumerate(_rows(text[:_SAMPLE], delimiter, _nowhere, [])):
            if at == _SAMPLE_ROWS:
                break
            if any(cell.text for cell in row):
                lengths[len(row)] += 1
        if not lengths:
            return 0
        usual = max(lengths, key=lambda length: (lengths[length], length))
        return lengths[usual] / lengths.total() if usual > 1 else 0

    fits = {delimiter: fit(delimiter) for delimiter in _DELIMITERS}
    return max(fits, key=lambda delimiter: fits[delimiter]) if any(fits.values()) else ","


def _nowhere(_start: int, _end: int) -> Where:
    return NOTHING.at


def _rows(
    text: str, delimiter: str, where: Callable[[int, int], Where], faults: list[Fault]
) -> Iterator[tuple[Cell, ...]]:
    """The rows of a text, one after the other; up to a quotation mark that is never closed."""
    between = re.escape(delimiter)
    field = re.compile(
        rf'[ ]*"(?P<quoted>(?:[^"]|"")*+)"(?P<rest>[^{between}\r\n]*)|(?P<plain>[^{between}\r\n]*)',
    )
    row: list[Cell] = []
    start = 0
    # The second form matches anywhere, so that there always is a field.
    while (start < len(text) or row) and (found := field.match(text, start)):
        cell = _cell(found, where)
        if cell.flaw is None and found["plain"] and found["plain"].lstrip().startswith('"'):
            message = "a quotation mark is opened here and never closed"
            faults.append(Fault(FaultKind.TABLE, message, cell.at, "close it, or take it out"))
            return
        if found["rest"] and found["rest"].strip():
            message = f'text stands behind the quotation mark that ends "{cell.text[:40]}"'
            faults.append(Fault(FaultKind.TABLE, message, cell.at, "put the whole cell in quotes, quotes inside twice"))
        row.append(cell)
        start = found.end() + 1
        ending = text[found.end() : start]
        if ending != delimiter or not ending:
            yield tuple(row)
            row = []
            start += ending == "\r" and text[start : start + 1] == "\n"


def _cell(found: re.Match[str], where: Callable[[int, int], Where]) -> Cell:
    if found["quoted"] is not None:
        return Cell(found["quoted"].replace('""', '"').strip(), where(found.start(), found.end()), quoted=True)
    written = found["plain"]
    text = written.strip()
    start = found.start() + len(written) - len(written.lstrip())
    return Cell(text, where(start, start + len(text)))
