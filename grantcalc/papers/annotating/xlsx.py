"""Excel workbooks with notes: every part that has nothing to do with them is kept byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.papers.annotating.comments import Annotated
from grantcalc.papers.annotating.office_package import Package
from grantcalc.papers.annotating.xlsx_notes import SheetNotes
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.sheet_limits import check_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.annotating.comments import Comment
    from grantcalc.source import Where

_SIGNED: Final = "the workbook is signed, and the signature does not hold for the copy"
_FIRST_CELL: Final = "A1"


def annotate_xlsx(data: bytes, comments: Sequence[Comment]) -> Annotated:
    """Put notes on the cells of a workbook; a cell that has a note keeps it, with the new text below.

    A cell with a conversation can have no note beside it: what would stand there is told instead.

    Args:
        data: the workbook.
        comments: what is to be said, at cells or sheets that its reader gave.

    Raises:
        UnreadableContentError: it is damaged, or larger than any paper.
    """
    checked_archive(data)
    check_sheets(data)
    package = Package(data)
    sheets = {sheet.title: sheet for sheet in _sheets(package)}
    shown = next((sheet for sheet in sheets.values() if not sheet.hidden), None)
    notes: dict[str, SheetNotes] = {}
    remarks: list[str] = []
    for comment in comments:
        sheet, cell = _placed(comment.at, sheets, shown)
        if sheet is None:
            remarks.append(f"the workbook has no sheet for this: {' · '.join(comment.lines)}")
            continue
        if sheet.part not in notes:
            notes[sheet.part] = SheetNotes(package, sheet.part, sheet.number)
        if not notes[sheet.part].add(cell, comment.placed_lines):
            said = " · ".join(line for line in comment.lines if line)
            remarks.append(
                f"{sheet.title}!{cell} has a conversation, beside which Excel has no note; not put there: {said}"
            )
    for each in notes.values():
        each.write()
    if notes and package.is_signed:
        remarks.append(_SIGNED)
    return Annotated(package.written(), tuple(remarks))


class _Sheet(NamedTuple):
    """A sheet of cells: its name, its part, its number from one, and whether it does not show."""

    title: str
    part: str
    number: int
    hidden: bool


def _sheets(package: Package) -> Iterator[_Sheet]:
    """The sheets of a workbook that have cells."""
    main = package.main
    parts = {link.name: link.target for link in package.links(main) if link.kind == "worksheet"}
    named = f"{{{package.link_types}}}id"
    for number, sheet in enumerate(package.tree(main).iterfind("{*}sheets/{*}sheet"), start=1):
        part = parts.get(sheet.get(named, ""))
        if part is not None and package.has(part):
            yield _Sheet(sheet.get("name", ""), part, number, sheet.get("state", "visible") != "visible")


def _placed(at: Where | None, sheets: dict[str, _Sheet], shown: _Sheet | None) -> tuple[_Sheet | None, str]:
    """The sheet and the cell for what is said of a place: of a hidden sheet or the whole, the first cell that shows."""
    sheet = sheets.get(at.sheet or "") if at is not None else None
    if sheet is None or at is None or sheet.hidden:
        return shown, _FIRST_CELL
    return sheet, at.cell or _FIRST_CELL
