"""A file with a table of posts from its bytes to what was read in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grantcalc.errors import UnreadableInputError
from grantcalc.findings import in_order
from grantcalc.grants.encoding import decode, legible
from grantcalc.grants.faults import Fault, FaultKind, is_fatal
from grantcalc.grants.fields import UNNAMED, one_line
from grantcalc.grants.posts.delimited import read_delimited
from grantcalc.grants.posts.table import PostsTable, numbered, read_table
from grantcalc.results.checked import CheckedFile
from grantcalc.results.imported import ImportedGrant
from grantcalc.rules.files import finding_of
from grantcalc.source import as_it_stands
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.files import RawFile
    from grantcalc.grants.posts.columns import Choices
    from grantcalc.grants.posts.grid import Grid

_WORKBOOKS: Final = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS: Final = (".xls", ".xlsb", ".ods", ".numbers")
_AS_UTF_8: Final = "save it as UTF-8; in a spreadsheet: save as, CSV UTF-8"


@dataclass(frozen=True, slots=True)
class _Read:
    """The tables of a file, and its text where it has one."""

    grids: list[Grid]
    text: str = ""
    faults: tuple[Fault, ...] = ()


def import_table(raw: RawFile, choices: Choices, sheet: str | None, name: str) -> ImportedGrant | CheckedFile:
    """Read a file with a table of posts; or the file with what prevents it.

    Args:
        raw: the file.
        choices: what is said of the table beside what stands in it.
        sheet: the sheet of a workbook that has the table; None where only one can be meant.
        name: the name of the grant; empty for that of the file.

    Raises:
        UnreadableInputError: it is no workbook or text, or has no such sheet.
    """
    read = _read(raw, sheet)
    table, said = _best(read.grids, choices, sheet)
    table = numbered(replace(table, faults=(*read.faults, *said, *table.faults)))
    findings = in_order(map(finding_of, table.faults), as_it_stands)
    checked = CheckedFile(raw.source, "table", read.text, 0, (), (), findings, as_it_stands)
    if any(map(is_fatal, table.faults)):
        return checked
    years = tuple(year for year in table.years if year != UNNAMED)
    return ImportedGrant(raw.source, one_line(name) or _own_name(raw.source.path), table, years, checked)


def _own_name(path: str) -> str:
    """The name of a grant from the name of its file."""
    return one_line(Path(path).stem.encode("utf-8", "replace").decode()).strip("-") or "Imported grant"


def _read(raw: RawFile, sheet: str | None) -> _Read:
    path = raw.source.path
    suffix = Path(path).suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        raise UnreadableInputError(path, f"{suffix} files are not read; save the table as .xlsx or .csv")
    if suffix in _WORKBOOKS or raw.data.startswith(b"PK\x03\x04"):
        from grantcalc.grants.posts.workbook import read_workbook

        return _Read(_of_name(read_workbook(raw.data, path), sheet, path))
    if sheet is not None:
        raise UnreadableInputError(path, "this is no workbook, and has no sheets; leave out --sheet")
    text = decode(raw.data)
    if text is None:
        raise UnreadableInputError(path, "this is neither a workbook nor text")
    if isinstance(text, Fault):
        return _Read([], legible(raw.data), (replace(text, remedy=_AS_UTF_8),))
    return _Read([read_delimited(text, tabs=suffix == ".tsv")], text)


def _of_name(grids: list[Grid], sheet: str | None, path: str) -> list[Grid]:
    """The sheet of a name, or all of them."""
    if not grids:
        raise UnreadableInputError(path, "all its sheets are hidden or empty")
    if sheet is None:
        return grids
    named = [grid for grid in grids if grid.name.casefold() == sheet.casefold()]
    if not named:
        known = listed([grid.name for grid in grids])
        raise UnreadableInputError(path, f'there is no sheet "{sheet}"; its sheets are {known}')
    return named


def _best(grids: Sequence[Grid], choices: Choices, sheet: str | None) -> tuple[PostsTable, list[Fault]]:
    """The table of the one sheet that has posts; what is said of the others."""
    read = [(grid, read_table(grid, choices)) for grid in grids]
    if not read:
        return PostsTable(), []
    found = [(grid, table) for grid, table in read if table.posts] or read[:1]
    if len(found) > 1:
        named = listed([grid.name for grid, _ in found])
        message = f"the sheets {named} have tables of posts"
        fault = Fault(FaultKind.TABLE, message, found[0][0].cell(0, 0).at, "name one, as in --sheet NAME")
        return PostsTable(), [fault]
    grid, table = found[0]
    others = [other.name for other in grids if other is not grid]
    if not others or sheet is not None:
        return table, []
    message = f"sheet {grid.name} is read, not {listed(others)}"
    return table, [Fault(FaultKind.LEFT_OUT, message, grid.cell(0, 0).at, "name another with --sheet")]
