"""Workbooks opened with openpyxl, with formulas and with values, and quickly where many cells are merged."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from grantcalc.errors import UnreadableContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DAMAGED: Final = "the workbook is damaged; open it in Excel, save it again and check the copy"


def sheets_of(data: bytes) -> list[tuple[Worksheet, Worksheet]]:
    """The sheets of a workbook, each with its formulas and with the values that these had when it was saved.

    Raises:
        UnreadableContentError: it is damaged.
    """
    try:
        with _plain_merging():
            formulas, values = _loaded(data, data_only=False), _loaded(data, data_only=True)
        return [(sheet, values[sheet.title]) for sheet in formulas.worksheets]
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever the first thing is that it stumbles over
        raise UnreadableContentError(_DAMAGED) from error


def _loaded(data: bytes, *, data_only: bool) -> Workbook:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it cannot keep, which is of no matter to a reader
        return load_workbook(BytesIO(data), keep_links=False, data_only=data_only)


@contextmanager
def _plain_merging() -> Iterator[None]:
    """Keep merged ranges as they are: openpyxl works out their borders, which takes milliseconds for each."""
    from openpyxl.worksheet import _reader
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

    reader: Any = _reader.WorksheetReader
    usual = reader.bind_merged_cells

    def bind(self: Any) -> None:  # noqa: ANN401  (openpyxl's own)
        merged = self.parser.merged_cells
        if merged:
            self.ws.merged_cells = MultiCellRange([CellRange(each.ref) for each in merged.mergeCell])

    reader.bind_merged_cells = bind
    try:
        yield
    finally:
        reader.bind_merged_cells = usual
