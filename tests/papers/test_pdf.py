"""PDF files: what is read of pages whose words are drawn one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.evidence import Evidence, gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers.pdf import paper_of, read_pdf
from grantcalc.papers.readers.pdf_parts import read_pages
from grantcalc.source import Where
from grantcalc.sums import verdict
from tests.papers.drawn import LEFT, MARSOC, TOP, Pages, marsoc_paper

if TYPE_CHECKING:
    from grantcalc.papers.paper import Paper, Table

STYLES = ("ruled", "unruled", "zebra")
YEAR = [
    ["Item", "Salary", "Overhead"],
    ["Manager", "£75,639", "£8,723"],
    ["Officer", "£63,320", "£8,723"],
    ["Researcher", "£41,047", "£4,878"],
    ["Total", "£180,006", "£22,324"],
]
WIDTHS = (150, 90, 90)


def sums(paper: Paper) -> list[tuple[str, ...]]:
    return sorted(
        (verdict(each).value, each.total.text, *sorted(part.figure.text for part in each.parts))
        for each in gather(paper).sums
    )


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def drawn(*tables: list[list[str]], style: str = "ruled") -> Pages:
    pages = Pages()
    for rows in tables:
        pages.table(rows, WIDTHS, style)
    return pages


def only_table(data: bytes) -> Table:
    (table,) = read_pdf(data).tables
    return table


def said(data: bytes) -> list[tuple[int | None, str]]:
    return [(each.at.page, each.reason) for each in read_pdf(data).unread]


@pytest.mark.parametrize("style", STYLES)
def test_the_marsoc_paper_has_the_same_sums_and_verdicts_however_its_tables_are_drawn(style: str) -> None:
    expected = sums(read_text(MARSOC.read_text(encoding="utf-8")))
    assert len(expected) > 8
    assert sums(read_pdf(marsoc_paper(style))) == expected


def test_the_example_is_the_marsoc_paper() -> None:
    stored = read_pdf(MARSOC.with_suffix(".pdf").read_bytes())
    assert stored == read_pdf(marsoc_paper("ruled"))
    assert [cells(table)[-1] for table in stored.tables] == [
        ["Quarterly payment", "", "£50,582"],
        ["Quarterly payment", "", "£50,820"],
    ]


@pytest.mark.parametrize("style", STYLES)
def test_a_figure_is_placed_by_page_table_row_and_column(style: str) -> None:
    pages = Pages()
    pages.lines("Costs of the first year")
    pages.turn()
    pages.table(YEAR, WIDTHS, style)
    (table,) = read_pdf(pages.data()).tables
    assert cells(table) == YEAR
    assert table.rows[3].cells[2].found[0].figure.at == Where(
        column=1, end_column=7, page=2, table=1, row=4, table_column=3
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_table_goes_on_over_a_page_with_its_heading_or_without(style: str) -> None:
    for heading in (YEAR[:1], []):
        pages = drawn(YEAR[:3], style=style)
        pages.turn()
        pages.table([*heading, *YEAR[3:]], WIDTHS, style)
        table = only_table(pages.data())
        assert cells(table) == YEAR
        assert table.rows[4].cells[1].at == Where(page=2, table=1, row=5, table_column=2)


def test_a_table_goes_on_between_running_heads_and_page_numbers() -> None:
    pages = Pages()
    for number, rows in enumerate((YEAR[:3], YEAR[3:]), start=1):
        pages.words("Board of 4 March 2031", LEFT, 40)
        pages.words(f"Page {number} of 2", 260, 815)
        pages.down = TOP
        pages.table(rows, WIDTHS, "unruled")
        pages.turn()
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert paper.paragraphs == ()


def test_a_table_under_another_heading_is_another_table() -> None:
    other = [["Item", "Travel", "Training"], *YEAR[1:]]
    pages = drawn(YEAR)
    pages.turn()
    pages.table(other, WIDTHS)
    assert [cells(table) for table in read_pdf(pages.data()).tables] == [YEAR, other]


@pytest.mark.parametrize("style", STYLES)
def test_two_tables_below_each_other_are_two(style: str) -> None:
    other = [["Item", "Travel", "Training"], *YEAR[1:]]
    assert [cells(table) for table in read_pdf(drawn(YEAR, other, style=style).data()).tables] == [YEAR, other]


@pytest.mark.parametrize("style", STYLES)
def test_two_tables_side_by_side_make_the_sums_of_both(style: str) -> None:
    pages = Pages()
    pages.table(YEAR, (80, 60, 60), style, left=50)
    pages.down = TOP
    other = [
        ["Item", "Travel", "Training"],
        ["Manager", "£310", "£95"],
        ["Officer", "£205", "£40"],
        ["Total", "£515", "£135"],
    ]
    pages.table(other, (80, 60, 60), style, left=320)
    totals = {each[1] for each in sums(read_pdf(pages.data())) if each[0] == "exact"}
    assert {"£180,006", "£22,324", "£515", "£135"} <= totals


def test_a_cell_of_several_lines_is_one_cell() -> None:
    rows = [["Item", "Salary\n2021-2022", "Overhead"], ["Manager of the\nregional hub", "£75,639", "£8,723"], *YEAR[2:]]
    assert cells(only_table(drawn(rows).data())) == [[cell.replace("\n", " ") for cell in row] for row in rows]


def test_a_label_goes_on_in_the_next_line_where_nothing_is_ruled() -> None:
    rows = [YEAR[0], ["Manager of the\nregional hub", "£75,639", "£8,723"], *YEAR[2:]]
    assert cells(only_table(drawn(rows, style="unruled").data()))[1] == [
        "Manager of the regional hub",
        "£75,639",
        "£8,723",
    ]


def test_columns_that_stand_close_are_told_apart_by_their_ruling() -> None:
    rows = [
        ["Item", "A", "B"],
        ["Manager", "£75,639", "£18,723"],
        ["Officer", "£63,320", "£18,723"],
        ["Total", "£138,959", "£37,446"],
    ]
    pages = Pages()
    pages.table(rows, (60, 49, 44), "ruled")
    assert cells(only_table(pages.data())) == rows


def test_a_page_without_text_is_said_to_be_a_scan() -> None:
    pages = drawn(YEAR)
    pages.turn()
    pages.fill(0, 0, 500, 700)
    pages.turn()
    pages.lines("That the grant of £405,608 is accepted.")
    assert said(pages.data()) == [(2, "this page has no text, as a scan has none; its figures were not read")]


def test_an_empty_page_is_nothing_to_speak_of() -> None:
    pages = drawn(YEAR)
    pages.turn()
    assert said(pages.data()) == []


def test_text_at_an_angle_is_left_out_and_said_where_it_is_most_of_a_page() -> None:
    pages = drawn(YEAR)
    pages.words("DRAFT 999,999", 200, 400, size=40, turned=45)
    pages.turn()
    pages.words("Costs of £75,639 and of £8,723", 200, 400, turned=60)
    paper = read_pdf(pages.data())
    assert paper.paragraphs == ()
    assert [each.at.page for each in paper.unread] == [2]


def test_letters_drawn_twice_are_read_once() -> None:
    pages = Pages()
    for offset in (0, 0.4):
        pages.words("Total of £11,000, made up of £6,000 and £5,000.", LEFT + offset, 100)
    assert [paragraph.text for paragraph in read_pdf(pages.data()).paragraphs] == [
        "Total of £11,000, made up of £6,000 and £5,000."
    ]


def test_white_words_are_read_on_a_dark_ground_only() -> None:
    pages = Pages()
    pages.words("Hidden £1", LEFT, 100, grey=1)
    pages.fill(LEFT, 120, 200, 20, grey=0.2)
    pages.words("Shown £2", LEFT, 134, grey=1)
    assert [paragraph.text for paragraph in read_pdf(pages.data()).paragraphs] == ["Shown £2"]


def test_what_is_crossed_out_is_left_out_and_said() -> None:
    pages = Pages()
    pages.words("The grant is £9,608 £9,680 in all.", LEFT, 100)
    pages.line(LEFT + 55, 96.5, LEFT + 92, 96.5)
    paper = read_pdf(pages.data())
    assert [paragraph.text for paragraph in paper.paragraphs] == ["The grant is £9,680 in all."]
    assert [remark.message for remark in paper.remarks] == ["£9,608 is crossed out, and was left out"]


def test_figures_run_together_are_malformed_and_never_shorter() -> None:
    rows = [["Item", "£"], ["Manager", "£9,608680"], ["Officer", "£1,200"], ["Total", "£10,880"]]
    pages = Pages()
    pages.table(rows, (150, 90))
    evidence = gather(read_pdf(pages.data()))
    assert [each.figure.text for each in evidence.malformed] == ["£9,608680"]
    assert [each.figure.text for each in evidence.figures] == ["£9,608680", "£1,200", "£10,880"]


def test_a_figure_of_which_a_part_is_crossed_out_is_malformed() -> None:
    pages = Pages()
    pages.words("The grant is £9,608680 in all.", LEFT, 100)
    pages.line(LEFT + 70, 96.5, LEFT + 87, 96.5)
    assert [each.figure.text for each in gather(read_pdf(pages.data())).malformed] == ["£9,608680"]


def test_a_figure_that_runs_off_the_page_is_read_whole() -> None:
    pages = Pages()
    pages.words("The grant is £405,608 in all, and more.", 507, 100)
    assert [each.figure.text for each in gather(read_pdf(pages.data())).figures] == ["£405,608"]


def test_dashes_for_amounts_stand_in_columns_that_are_close_to_each_other() -> None:
    pages = Pages()
    rows = [("Premises", "52,767", "-", "-"), ("Travel", "24,454", "-", "30,096"), ("Legal", "9,307", "38,120", "-")]
    for down, (label, *amounts) in enumerate(rows):
        pages.words(label, LEFT, 100 + 14 * down)
        for n, amount in enumerate(amounts):
            pages.words(amount, 200 + 36.6 * n, 100 + 14 * down)
    assert cells(only_table(pages.data())) == [list(row) for row in rows]


def test_a_sign_that_a_space_sets_apart_belongs_to_its_figure() -> None:
    pages = Pages()
    for down, amount in enumerate(("- 6,120", "- 1,204", "- 7,324")):
        pages.words(f"Item {down}", LEFT, 100 + 14 * down)
        pages.words(amount, 300, 100 + 14 * down)
    assert [row[1] for row in cells(only_table(pages.data()))] == ["- 6,120", "- 1,204", "- 7,324"]


def test_the_mark_of_a_footnote_is_no_digit() -> None:
    pages = Pages()
    at = pages.words("The grant is £9,608", LEFT, 100)
    at = pages.words("12", at, 96, size=6)
    at = pages.words(" in all, on the 1", at, 100)
    at = pages.words("st", at, 96, size=6)
    pages.words(" of May.", at, 100)
    assert read_pdf(pages.data()).paragraphs[0].text == "The grant is £9,608 in all, on the 1st of May."


def test_thousands_are_set_apart_by_spaces_and_signs_in_columns_of_their_own() -> None:
    pages = Pages()
    for down, label, sign, amount, end in (
        (100, "Grant", "£", "12 500", ""),
        (114, "Less paid", "(", "2 400", ")"),
        (128, "Net", "£", "10 100", ""),
    ):
        pages.words(label, LEFT, down)
        pages.words(sign, 220, down)
        pages.words(amount, 250, down)
        pages.words(end, 290, down)
    assert [row[1].replace("\u2009", " ") for row in cells(only_table(pages.data()))] == [
        "£12 500",
        "(2 400)",
        "£10 100",
    ]


def test_leaders_set_labels_apart_from_amounts() -> None:
    pages = Pages()
    for down, words in (
        (100, "Salaries .......... 6,120"),
        (114, "Travel ............ 1,204"),
        (128, "Total ............. 7,324"),
    ):
        pages.words(words, LEFT, down)
    assert cells(only_table(pages.data())) == [["Salaries", "6,120"], ["Travel", "1,204"], ["Total", "7,324"]]


LEFT_COLUMN = """
The board is asked to accept a grant of
£405,608 for three posts over two years.
It comprises £202,329 for the first year
"""
RIGHT_COLUMN = """
and £203,279 for the second year of it.
Payment is made in arrears on invoices
that are sent at the end of each quarter.
"""


@pytest.mark.parametrize("lower", [0.0, 5.0])
def test_two_columns_of_text_are_read_one_after_the_other(lower: float) -> None:
    pages = Pages()
    pages.lines(LEFT_COLUMN)
    pages.down = TOP + lower
    pages.lines(RIGHT_COLUMN, left=320)
    paper = read_pdf(pages.data())
    assert "\n".join(each.text for each in paper.paragraphs) == LEFT_COLUMN.strip() + "\n" + RIGHT_COLUMN.strip()
    assert [each[:2] for each in sums(paper)] == [("exact", "£405,608")]


def test_a_sentence_goes_on_over_a_page() -> None:
    pages = Pages()
    pages.lines("The grant of £405,608 comprises £202,329 for the first year")
    pages.turn()
    pages.lines("and £203,279 for the second year.")
    assert [each[:2] for each in sums(read_pdf(pages.data()))] == [("exact", "£405,608")]


def test_a_numbered_heading_is_no_table() -> None:
    pages = Pages()
    for down, number, words in ((100, "3.1", "Costs of the hub"), (130, "3.2", "Payment")):
        pages.words(number, LEFT, down)
        pages.words(words, LEFT + 40, down)
    assert read_pdf(pages.data()).tables == ()


def test_an_encrypted_file_is_refused_with_what_to_do() -> None:
    pages = Pages(password="secret")  # noqa: S106 - of a file that this test makes
    pages.lines("The grant is £9,608.")
    with pytest.raises(UnreadableContentError, match="protected by a password; save a copy without one"):
        read_pdf(pages.data())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "this file is empty"),
        (b"The grant is 9,608.", "not a PDF file"),
        (b"%PDF-1.4\n%%EOF\n", "damaged|no pages"),
    ],
)
def test_what_is_no_whole_pdf_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableContentError, match=reason):
        read_pdf(data)


@pytest.mark.parametrize("box", [b"[ 0 (a) 595.2756 841.8898 ]", b"[ 0 0 ]"])
def test_a_file_with_a_page_of_no_size_is_refused_as_damaged(box: bytes) -> None:
    whole = drawn(YEAR).data()
    data = whole.replace(b"[ 0 0 595.2756 841.8898 ]", box)
    assert data != whole
    with pytest.raises(UnreadableContentError, match="this PDF file is damaged; open it in another program"):
        read_pdf(data)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_file_whose_end_is_missing_is_refused(part: float) -> None:
    data = marsoc_paper("ruled")
    with pytest.raises(UnreadableContentError, match="incomplete: its end is missing"):
        read_pdf(data[: int(part * len(data))])


def test_pages_after_the_most_that_are_read_are_said_to_be_unread() -> None:
    pages = drawn(YEAR[:3])
    pages.turn()
    pages.table(YEAR[3:], WIDTHS)
    sheets, number = read_pages(pages.data(), 1)
    assert [(each.at.page, each.reason) for each in paper_of(sheets, number).unread] == [
        (2, "the paper has 2 pages; what begins here was not read")
    ]


def test_a_table_that_fails_is_found_with_its_place() -> None:
    rows = [*YEAR[:4], ["Total", "£180,006", "£22,342"]]
    failing = [each for each in gather(read_pdf(drawn(rows).data())).sums if verdict(each).value == "mismatch"]
    assert [(each.total.text, each.total.at) for each in failing] == [
        ("£22,342", Where(column=1, end_column=8, page=1, table=1, row=5, table_column=3))
    ]


def test_evidence_of_a_paper_without_figures_is_empty() -> None:
    pages = Pages()
    pages.lines("Minutes of the board")
    assert gather(read_pdf(pages.data())) == Evidence()
