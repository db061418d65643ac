"""Tables of text: what stands between their cells, and commas that stand within amounts."""

from __future__ import annotations

import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.evidence import gather
from grantcalc.papers.paper import Paper, RemarkKind
from grantcalc.papers.readers.delimited import read_delimited, table_text
from grantcalc.sums import verdict


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


ROWS = [["Post", "Salary", "Overhead"], ["Officer", "£75,639", "£8,723"], ["Analyst", "£63,320", "£8,723"]]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_though_amounts_have_commas(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in ROWS)
    assert tables(read_delimited(text)) == [ROWS]


def test_amounts_in_quotes_keep_their_commas_and_know_their_places() -> None:
    paper = read_delimited('Post,Salary\nOfficer,"£75,639"\nAnalyst,"£63,320"\nTotal,"£138,959"\n')
    (a_sum,) = gather(paper).sums
    at = a_sum.total.at
    assert (at.line, at.column, at.end_column) == (4, 8, 16)  # type: ignore[union-attr]


def test_commas_within_amounts_that_are_not_quoted_are_read_by_the_number_of_columns() -> None:
    text = "\n".join(",".join(row) for row in ROWS)
    assert tables(read_delimited(text)) == [ROWS]


def test_millions_that_are_not_quoted_are_put_together() -> None:
    assert tables(read_delimited("Item,Cost\nRoad,£1,234,567\nRail,£12,000\n"))[0][1] == ["Road", "£1,234,567"]


def test_a_row_that_can_be_read_in_two_ways_is_said_to_be_unread() -> None:
    paper = read_delimited("Item,First,Second\nPay,1,234,567\nRent,5,6\n")
    (unread,) = paper.unread
    assert (unread.at.line, "put the amounts into quotes" in unread.reason) == (2, True)


def test_small_numbers_beside_each_other_are_cells() -> None:
    rows = [["Item", "A", "B"], ["Pay", "12", "345"], ["Rent", "7", "100"]]
    assert tables(read_delimited("\n".join(",".join(row) for row in rows))) == [rows]


def test_quotes_may_hold_quotes_delimiters_and_line_breaks() -> None:
    paper = read_delimited('Item,Note,£\n"Pay, ""net""","two\nlines",5\nRent,,6\n')
    assert tables(paper)[0][1] == ['Pay, "net"', "two\nlines", "5"]
    assert paper.tables[0].rows[2].cells[0].at.line == 4


def test_a_title_before_the_table_is_its_caption() -> None:
    paper = read_delimited('"Budget, £\'000"\n\nItem,Cost\nPay,120\nRent,30\nTotal,150\n')
    assert paper.tables[0].caption == "Budget, £'000"
    assert [verdict(a_sum).value for a_sum in gather(paper).sums] == ["exact"]


def test_a_formula_in_text_is_said_not_to_be_calculated() -> None:
    paper = read_delimited("Item,Cost\nPay,120\nRent,30\nTotal,=B2+30\n")
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.line) == (RemarkKind.NOT_CALCULATED, 4)


def test_windows_text_and_utf_16_are_decoded() -> None:
    assert table_text("Item,£\r\n".encode("cp1252")) == "Item,£\n"
    assert table_text("Item\t£\n".encode("utf-16")) == "Item\t£\n"


@pytest.mark.parametrize("data", [b"a,b\0c\n", b"," * 300_000, b"a" * (32 * 2**20 + 1)])
def test_what_is_no_table_of_a_paper_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_delimited(table_text(data))


def test_the_last_row_may_end_with_an_empty_cell_and_no_line_break() -> None:
    assert tables(read_delimited("Post,Salary,Note\nA,£5,x\nB,£6,"))[0][2] == ["B", "£6", ""]
