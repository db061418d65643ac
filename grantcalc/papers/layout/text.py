"""Text to paper: which lines of a text are tables, and which are running text."""

from __future__ import annotations

import re
from enum import Enum
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.layout.alignment import aligned
from grantcalc.papers.layout.cells import MOST_CELLS, by_bars, by_gaps, by_tabs, row_of
from grantcalc.papers.layout.fences import without_code
from grantcalc.papers.layout.runs import MOST_AMOUNTS, tables_in, too_long
from grantcalc.papers.numbers.numerals import Habits
from grantcalc.papers.paper import Paper, Paragraph, Row, Table, Unread
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RULE: Final = re.compile(r"[|\s:=+-]+")
_COLUMNS: Final = re.compile(r"[^\s|][ \u00a0]{2,}[*_]{0,2}[-(£$€]{0,3}[0-9]")
_IN_COLUMN: Final = re.compile(r"(?<![ \u00a0])[ \u00a0]{2,}+[*_]{0,2}[-(£$€]{0,3}[0-9]")
_NUMBER: Final = re.compile("[0-9][0-9.,]*+")
_MOST_FIGURES: Final = 50_000
_TOO_MANY: Final = f"the paper has more than {_MOST_FIGURES:,} figures; what begins here was not read"
_TOO_WIDE: Final = f"it has a line of more than {MOST_CELLS} cells"
_TOO_LONG: Final = f"it has more than {MOST_AMOUNTS:,} amounts, and nothing sets its cells apart"
_LONGEST_CAPTION: Final = 200
_LONGEST_HEADING: Final = 80
_MOST_HEADINGS: Final = 2
_AMOUNT: Final = re.compile(r"[£$€]|[0-9],[0-9]{3}|[0-9]\.[0-9]{2}\b")


class _Layout(Enum):
    """How the cells of a line are set apart."""

    PIPES = "pipes"
    TABS = "tabs"
    COLUMNS = "columns"
    NONE = ""
    BLANK = "blank"


class _Line(NamedTuple):
    """A line of a text and its number, from one."""

    text: str
    number: int


_SPLIT: Final = {_Layout.PIPES: by_bars, _Layout.TABS: by_tabs, _Layout.COLUMNS: by_gaps}


def read_text(text: str, habits: Habits | None = None) -> Paper:
    """Read a text as a paper.

    Args:
        text: the text, Markdown or plain, with any line breaks.
        habits: how its writer sets thousands apart; found out from the text where not given.

    Returns:
        Its tables, and as paragraphs whatever is in no table.
    """
    habits = habits or Habits.of(text)
    text, unread = _shortened(text)
    lines = [_Line(line, number) for number, line in enumerate(without_code(text.split("\n")), start=1)]
    tables: list[Table] = []
    loose: list[list[_Line]] = [[]]
    for layout, block in _blocks(lines):
        if layout in _SPLIT:
            table = _table(block, layout, _caption(loose[-1]), habits)
            if table is not None:
                tables.append(table)
                loose.append([])
                continue
            unread.append(Unread(Where(block[0].number, 1), _TOO_WIDE))
        loose[-1].extend(block)
    paragraphs: list[Paragraph] = []
    for stretch in loose:
        found, rest = tables_in(_paragraphs(stretch), habits)
        tables.extend(found)
        paragraphs.extend(rest)
        unread.extend(Unread(at, _TOO_LONG) for at in too_long(rest))
    tables.sort(key=lambda table: table.at.line or 0)
    return Paper(tuple(paragraphs), tuple(tables), habits, tuple(unread))


def _shortened(text: str) -> tuple[str, list[Unread]]:
    """As much of a text as can be read in good time, and what is left unread."""
    past = next(islice(_NUMBER.finditer(text), _MOST_FIGURES, None), None)
    if past is None:
        return text, []
    end = text.rfind("\n", 0, past.start()) + 1 or past.start()
    return text[:end], [Unread(Where(text.count("\n", 0, end) + 1, 1), _TOO_MANY)]


def _blocks(lines: Sequence[_Line]) -> Iterator[tuple[_Layout, list[_Line]]]:
    """The lines in stretches of one layout; a single line is a table only between bars."""
    groups = groupby(_laid_out(lines), key=lambda pair: pair[0])
    for layout, block in _joined((layout, [line for _, line in group]) for layout, group in groups):
        short = len(block) < 2  # noqa: PLR2004
        yield (_Layout.NONE if short and layout is not _Layout.BLANK else layout), block


def _joined(blocks: Iterable[tuple[_Layout, list[_Line]]]) -> Iterator[tuple[_Layout, list[_Line]]]:
    """Stretches of columns, with those that go on after a blank line without a heading of their own in one."""
    held: list[tuple[_Layout, list[_Line]]] = []
    for layout, block in blocks:
        if len(held) == 2 and layout is _Layout.COLUMNS and _goes_on(held[0][1], held[1][1], block):  # noqa: PLR2004
            held = [(layout, held[0][1] + block)]
        elif len(held) == 1 and layout is _Layout.BLANK:
            held.append((layout, block))
        else:
            yield from held
            held = [(layout, block)] if layout is _Layout.COLUMNS else []
            if not held:
                yield layout, block
    yield from held


def _goes_on(above: Sequence[_Line], blank: Sequence[_Line], below: Sequence[_Line]) -> bool:
    """Whether columns go on after blank lines: with as many amounts, and no line of words before them."""
    amounts = len(_IN_COLUMN.findall(below[0].text))
    return len(blank) <= _MOST_HEADINGS and amounts > 0 and amounts == len(_IN_COLUMN.findall(above[-1].text))


def _laid_out(lines: Sequence[_Line]) -> list[tuple[_Layout, _Line]]:
    """Each line with its layout; words above columns, and a short line between two lines of them, are headings."""
    layouts = [_layout(line) for line in lines]
    last = None
    for n, layout in enumerate(layouts):
        if layout is _Layout.COLUMNS:
            if last is not None and n - last - 1 <= _MOST_HEADINGS:
                layouts[last + 1 : n] = [_Layout.COLUMNS] * (n - last - 1)
            last = n
        elif layout is not _Layout.NONE or not _may_head(lines[n].text):
            last = None
    for n, layout in enumerate(layouts):
        begins = layout is _Layout.COLUMNS and n and layouts[n - 1] is _Layout.NONE
        if begins and layouts[n + 1 : n + 2] == [layout] and _heads_columns(lines[n - 1].text, lines[n].text):
            layouts[n - 1] = layout
    return list(zip(layouts, lines, strict=True))


def _heads_columns(words: str, below: str) -> bool:
    """Whether a line has words set apart over each of the amounts of the line below it, and over its label or not."""
    cells, amounts = len(list(by_gaps(words))), len(_IN_COLUMN.findall(below))
    return _may_head(words) and 1 < amounts <= cells <= amounts + 1


def _may_head(line: str) -> bool:
    """Whether a line may be a heading within a table: short, and without an amount."""
    words = " ".join(line.split())
    return len(words) < _LONGEST_HEADING and not _AMOUNT.search(words) and not words.endswith(".")


def _layout(line: _Line) -> _Layout:
    """How the cells of a line seem to be set apart."""
    text = line.text
    if not text.strip():
        return _Layout.BLANK
    if "|" in text:
        return _Layout.PIPES
    if "\t" in text.strip():
        return _Layout.TABS
    if _COLUMNS.search(text):
        return _Layout.COLUMNS
    return _Layout.NONE


def _caption(before: Sequence[_Line]) -> str:
    """The last words before a table, if they stand close."""
    words = [line.text.strip() for line in before[-3:] if line.text.strip()]
    return words[-1][:_LONGEST_CAPTION] if words else ""


def _table(block: Sequence[_Line], layout: _Layout, caption: str, habits: Habits) -> Table | None:
    """A table of lines; None where a line has too many cells."""
    rows: list[Row] = []
    for line in block:
        if layout is _Layout.PIPES and _RULE.fullmatch(line.text):
            continue
        row = row_of(line.text, line.number, _SPLIT[layout](line.text), habits)
        if row is None:
            return None
        rows.append(row)
    placed = aligned(rows) if layout is _Layout.COLUMNS else tuple(rows)
    return Table(placed, Where(block[0].number, 1), caption, layout.value) if rows else None


def _paragraphs(lines: Iterable[_Line]) -> list[Paragraph]:
    """The lines in stretches between blank lines."""
    found = []
    for blank, group in groupby(lines, key=lambda line: not line.text.strip()):
        if not blank:
            block = list(group)
            found.append(Paragraph("\n".join(line.text for line in block), Where(block[0].number, 1)))
    return found
