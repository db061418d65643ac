"""Excel workbooks: what the cells of each sheet show, in the tables that blank rows and columns set apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from grantcalc.papers.numbers.figures import find_figures
from grantcalc.papers.paper import Remark, RemarkKind, Worked
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.assembly import assembled
from grantcalc.papers.readers.drafts import Draft, Slot, Words
from grantcalc.papers.readers.formulas import added, typed_in
from grantcalc.papers.readers.number_formats import Shown, shown
from grantcalc.papers.readers.regions import Grid, tables_of
from grantcalc.papers.readers.sheet_limits import check_sheets
from grantcalc.papers.readers.workbooks import sheets_of
from grantcalc.source import Where
from grantcalc.wording import counted, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.drafts import Block


_LONGEST_AMOUNT: Final = 40


def read_xlsx(data: bytes) -> Paper:
    """Read a workbook as a paper.

    Raises:
        UnreadableContentError: the file is no workbook, damaged, or larger than any paper.
    """
    data = checked_archive(data)
    check_sheets(data)
    draft = Draft("xlsx")
    blocks: list[Block] = []
    for sheet in _sheets(data):
        if sheet.is_hidden:
            draft.remarks.append(_hidden_sheet(sheet))
            continue
        grid = sheet.grid()
        blocks.extend(tables_of(grid, sum(1 for block in blocks if not isinstance(block, Words))))
        draft.remarks.extend(sheet.remarks())
        draft.worked.extend(sheet.worked())
    draft.blocks = tuple(blocks)
    return assembled(draft)


def _sheets(data: bytes) -> Iterator[_Sheet]:
    """The sheets of a workbook that have cells and something in them; those of charts have none."""
    for sheet, valued in sheets_of(data):
        made = _Sheet.of(sheet, valued)
        if made.cells:
            yield made


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell that holds something: its value (none if it was not calculated), its format, its formula."""

    value: Any
    number_format: str
    is_error: bool
    formula: str | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its cells by row and column, counted from one."""

    sheet: Worksheet
    cells: dict[tuple[int, int], _Held]

    @classmethod
    def of(cls, sheet: Worksheet, valued: Worksheet) -> _Sheet:
        """A sheet of two readings of the same file, one with formulas and one with values."""
        # The rows and columns of a sheet may reach much farther than its cells.
        values: dict[tuple[int, int], Any] = valued._cells  # noqa: SLF001
        cells: dict[tuple[int, int], _Held] = {}
        covered = _covered(sheet)
        for place, cell in sorted(sheet._cells.items()):  # noqa: SLF001
            if cell.value is None or place in covered:
                continue
            value = values[place].value if place in values else None
            formula = cell.data_type == "f"
            if formula and value is None and values[place].data_type != "n":
                value = ""  # a formula whose text is empty
            text = str(getattr(cell.value, "text", cell.value)) if formula else None
            cells[place] = _Held(value, cell.number_format, values[place].data_type == "e", text)
        return cls(sheet, cells)

    @property
    def is_hidden(self) -> bool:
        """Whether the sheet does not show."""
        return bool(self.sheet.sheet_state != "visible")

    def grid(self) -> Grid:
        """What the cells show."""
        widths = {(r.min_row, r.min_col): r.max_col - r.min_col + 1 for r in self.sheet.merged_cells.ranges}
        slots: dict[tuple[int, int], Slot] = {}
        numbers: set[tuple[int, int]] = set()
        for (row, column), held in self.cells.items():
            text, shift = _text(held)
            if held.formula is not None and held.value is None:
                numbers.add((row, column))  # an amount that is missing still belongs to the table
            elif not text:
                continue
            words = Words(text, self._at(row, column))
            slots[row, column] = Slot(column - 1, widths.get((row, column), 1), words, shift, not held.is_error)
            if _is_number(held.value) or _is_amount(text):
                numbers.add((row, column))
        return Grid(slots, numbers)

    def _at(self, row: int, column: int) -> Where:
        name = f"{_letters(column)}{row}"
        return Where(sheet=self.sheet.title, cell=name, row=row, table_column=column)

    def remarks(self) -> Iterator[Remark]:
        """What is to be said of formulas without a value, totals that are typed in, and what is hidden."""
        yield from self._not_calculated()
        formulas = {place: held.formula for place, held in self.cells.items() if held.formula is not None}
        numbers = [place for place, held in self.cells.items() if held.formula is None and _is_number(held.value)]
        for place, neighbour in typed_in(formulas, numbers):
            text, _ = _text(self.cells[place])
            message = f"{text} is typed in, where the cells beside it are formulas such as {neighbour}"
            yield Remark(RemarkKind.TYPED_IN, self._at(*place), message)
        yield from self._hidden()
        yield from self._unseen()

    def worked(self) -> Iterator[Worked]:
        """What formulas add: cells that hold numbers."""
        for place, held in self.cells.items():
            cells = added(held.formula) if held.formula is not None and _is_number(held.value) else None
            if cells:
                parts = [(each, sign) for each, sign in cells if each in self.cells]
                if all(_is_number(self.cells[each].value) for each, _ in parts):
                    yield Worked(self._at(*place), tuple((self._at(*each), sign) for each, sign in parts))

    def _not_calculated(self) -> Iterator[Remark]:
        """Formulas that have no value: those of a file that no spreadsheet program has saved."""
        missing = [place for place, held in self.cells.items() if held.formula is not None and held.value is None]
        if missing:
            first = self._at(*missing[0])
            many = f"{counted(len(missing), 'formula')} from here on have" if len(missing) > 1 else "this formula has"
            message = f"{many} not been calculated, and no value was read there"
            yield Remark(RemarkKind.NOT_CALCULATED, first, message)

    def _unseen(self) -> Iterator[Remark]:
        """Numbers that their format does not show; they count in formulas too."""
        unseen = [place for place, held in self.cells.items() if _is_number(held.value) and _number(held).hidden]
        if unseen:
            show = (
                "its number format shows" if len(unseen) == 1 else f"{len(unseen):,} number formats from here on show"
            )
            yield Remark(RemarkKind.HIDDEN, self._at(*unseen[0]), f"{show} nothing; what stands there was read")

    def _hidden(self) -> Iterator[Remark]:
        """Rows and columns with numbers that do not show; they count in formulas, so they are read."""
        numbers = [place for place, held in self.cells.items() if _is_number(held.value)]
        heights = self.sheet.row_dimensions
        rows = {row for row, _ in numbers if row in heights and (heights[row].hidden or heights[row].height == 0)}
        hidden_columns = [each for each in self.sheet.column_dimensions.values() if each.hidden or each.width == 0]
        columns = {
            column for _, column in numbers if any((d.min or 1) <= column <= (d.max or 0) for d in hidden_columns)
        }
        for name, found, side in (("row", rows, 0), ("column", columns, 1)):
            if found:
                first = next(place for place in numbers if place[side] in found)
                listed = ranges(found, str if name == "row" else _letters)
                are = "is" if len(found) == 1 else "are"
                message = f"{name}{'' if len(found) == 1 else 's'} {listed} {are} hidden; what stands there was read"
                yield Remark(RemarkKind.HIDDEN, self._at(*first), message)


def _covered(sheet: Worksheet) -> set[tuple[int, int]]:
    """The cells that merged ranges cover, without the first of each, which shows."""
    found: set[tuple[int, int]] = set()
    for each in sheet.merged_cells.ranges:
        rows, columns = range(each.min_row, each.max_row + 1), range(each.min_col, each.max_col + 1)
        found.update((row, column) for row in rows for column in columns)
        found.discard((each.min_row, each.min_col))
    return found


def _hidden_sheet(sheet: _Sheet) -> Remark:
    title = sheet.sheet.title
    return Remark(RemarkKind.HIDDEN, Where(sheet=title), f'the sheet "{title}" is hidden; it was not read')


def _is_number(value: Any) -> bool:  # noqa: ANN401  (whatever a cell holds)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_amount(text: str) -> bool:
    """Whether a text is an amount and nothing else, as one that was pasted from a paper is."""
    found = find_figures(text, cell=True) if len(text) <= _LONGEST_AMOUNT else ()
    return len(found) == 1 and found[0].is_amount and (found[0].start, found[0].end) == (0, len(text))


def _number(held: _Held) -> Shown:
    """What a cell that holds a number shows."""
    return shown(Decimal(repr(held.value)), held.number_format)


def _text(held: _Held) -> tuple[str, int]:
    """What a cell shows, and by which power of ten its format makes it smaller."""
    value = held.value
    if _is_number(value):
        number = _number(held)
        return number.text, number.shift
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}", 0
    if isinstance(value, date | time):
        return value.isoformat(), 0
    return ("" if value is None else str(value).strip()), 0


def _letters(column: int) -> str:
    """The name of a column: A, B, …, Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
