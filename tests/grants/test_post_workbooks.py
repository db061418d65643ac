"""Tables of posts in workbooks: exact numbers, formulas by their saved values, and files that are no workbooks."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from grantcalc.errors import MissingLibraryError, UnreadableInputError
from tests.post_tables import amounts_of, grant_from, imported, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def workbook(rows: Sequence[Any], change: Callable[[openpyxl.Workbook], object] = lambda _: None) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Posts"
    for row in rows:
        book.worksheets[0].append(list(row))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Excel keeps 15 digits: 0.1 + 0.2 is 0.30000000000000004 in binary, and 0.3 on the screen.
def test_numbers_are_what_was_entered() -> None:
    data = workbook([["Role", "Salary", "Overhead"], ["A", 75639, 0.1 + 0.2], ["B", 8723.55, "£22, 324"]])
    assert amounts_of(grant_from(data, "posts.xlsx")) == {
        "A": {"": {"salary": "£75,639", "overhead": "£0.30"}},
        "B": {"": {"salary": "£8,723.55", "overhead": "£22, 324"}},
    }


def test_merged_heads_are_read() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book["Posts"].merge_cells("B1:C1")
        book["Posts"].merge_cells("A1:A2")

    rows = [["Role", "2025-26", None, "2026-27"], [None, "Salary", "Overhead", "Salary"], ["A", 1, 2, 3]]
    assert amounts_of(grant_from(workbook(rows, merge), "posts.xlsx")) == {
        "A": {"2025-26": {"salary": "£1", "overhead": "£2"}, "2026-27": {"salary": "£3"}}
    }


def test_tables_of_each_year_one_below_the_other_are_read() -> None:
    rows: list[list[Any]] = [
        ["Role", "Salary 2025-26"],
        ["A", 1],
        ["Total", 1],
        [],
        ["Role", "Salary 2026-27"],
        ["A", 2],
    ]
    assert amounts_of(grant_from(workbook(rows), "posts.xlsx")) == {
        "A": {"2025-26": {"salary": "£1"}, "2026-27": {"salary": "£2"}}
    }
    undated = [["Role", "Salary"], ["A", 1], ["Total", 1], [], ["Role", "Salary"], ["A", 2]]
    assert said(imported(workbook(undated), "posts.xlsx")) == [
        'GC131 A5 a second table begins here ("Role"), and no head says which year it is of'
    ]


def test_a_cell_that_holds_no_amount_is_said_with_its_sheet_and_cell() -> None:
    def percentage(book: openpyxl.Workbook) -> None:
        book["Posts"]["B5"].number_format = "0%"

    rows = [["Role", "Salary"], ["A", "=1+1"], ["B", "#REF!"], ["C", date(2025, 4, 1)], ["D", 0.2], ["E", True]]
    assert said(imported(workbook(rows, percentage), "posts.xlsx")) == [
        "GC106 B2 A, salary: the cell holds a formula that was not calculated",
        'GC106 B3 B, salary: "#REF!" is an error of the spreadsheet',
        'GC106 B4 C, salary: "2025-04-01" is a date or time',
        'GC106 B5 D, salary: "0.2" is shown as a percentage',
        'GC106 B6 E, salary: "TRUE" is a truth value',
    ]


def test_the_sheet_that_has_posts_is_read_and_the_others_are_named() -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notes")["A1"] = "Read me"
        hidden = book.create_sheet("Old")
        hidden.append(["Role", "Salary"])
        hidden.append(["Z", 9])
        hidden.sheet_state = "hidden"

    data = workbook([["Role", "Salary"], ["A", 1]], more)
    assert amounts_of(grant_from(data, "posts.xlsx")) == {"A": {"": {"salary": "£1"}}}
    assert said(imported(data, "posts.xlsx")) == ["GC133 A1 sheet Posts is read, not Notes"]


def test_of_two_sheets_with_posts_one_must_be_named() -> None:
    def second(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("More")
        sheet.append(["Role", "Salary"])
        sheet.append(["B", 2])

    data = workbook([["Role", "Salary"], ["A", 1]], second)
    assert said(imported(data, "posts.xlsx")) == ["GC131 A1 the sheets Posts and More have tables of posts"]
    assert list(amounts_of(grant_from(data, "posts.xlsx", "more"))) == ["B"]
    with pytest.raises(UnreadableInputError, match='there is no sheet "Others"; its sheets are Posts and More'):
        imported(data, "posts.xlsx", "Others")


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        sheet = book["Posts"]
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = sheet.row_dimensions[40].hidden = True
        sheet.column_dimensions["C"].hidden = sheet.column_dimensions["F"].hidden = True

    rows = [["Role", "Salary", "Overhead"], ["A", 10, 1], ["B", 20, 2], ["C", 30, 3], ["D", 40, 4]]
    data = workbook(rows, hide)
    assert list(amounts_of(grant_from(data, "posts.xlsx"))) == ["A", "B", "C", "D"]
    assert said(imported(data, "posts.xlsx")) == [
        "GC137 A3 rows 3 to 4 are hidden, and read too",
        "GC137 C1 column C is hidden, and read too",
    ]


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInputError, match=r"not an \.xlsx workbook"):
        imported(data, "posts.xlsx")


def test_a_workbook_in_which_nothing_stands_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="all its sheets are hidden or empty"):
        imported(workbook([]), "posts.xlsx")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableInputError, match="not a workbook that can be read"):
        imported(out.getvalue(), "posts.xlsx")


def test_an_archive_that_would_unfold_without_measure_is_refused_before_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (8 * 2**20))
    with pytest.raises(UnreadableInputError, match="unfolds to 8 MB"):
        imported(out.getvalue(), "posts.xlsx")


def test_a_cell_in_the_last_column_and_row_of_a_sheet_takes_no_time() -> None:
    def far(book: openpyxl.Workbook) -> None:
        book["Posts"]["XFD1048576"] = 1

    assert said(imported(workbook([["Role", "Salary"], ["A", 1]], far), "posts.xlsx"))[0].startswith("GC112")


@pytest.mark.parametrize("name", ["posts.xls", "posts.ods"])
def test_other_spreadsheets_are_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"save the table as \.xlsx or \.csv"):
        imported(b"", name)


def test_without_the_library_its_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingLibraryError, match=r'pip install "grantcalc\[office\]"'):
        imported(b"PK\x03\x04", "posts.xlsx")


def test_cells_of_blanks_at_the_end_of_a_row_are_none() -> None:
    data = workbook([["Role", "Salary", None], ["A", 1, " "], ["B", 2, "\u00a0"]])
    assert said(imported(data, "posts.xlsx")) == []
    assert amounts_of(grant_from(data, "posts.xlsx")) == {"A": {"": {"salary": "£1"}}, "B": {"": {"salary": "£2"}}}
