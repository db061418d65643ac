"""PDF files in which words are printed over other words: stamps, watermarks, slipped feet, bold type and shadows."""

from __future__ import annotations

import pytest

from grantcalc.papers.evidence import gather
from grantcalc.papers.readers.pdf import read_pdf
from grantcalc.papers.readers.pdf_parts import read_pages
from grantcalc.sums import verdict
from tests.papers.drawn import LEFT, SIZE, TOP, Pages
from tests.papers.test_pdf import STYLES, WIDTHS, YEAR, cells, drawn, only_table

Stamp = "Callable[[Pages], None]"
FOOT = "This order is subject to the funder's standard terms and to a final check of its sums."


def large(pages: Pages) -> None:
    pages.words("DRAFT", LEFT + 60, TOP + 62, size=60, grey=0.8)


def slipped_foot(pages: Pages) -> None:
    pages.words(FOOT, LEFT + 4, TOP + 30, size=6)


def on_a_row(pages: Pages) -> None:
    pages.words("NOT YET APPROVED BY THE BOARD, FOR INFORMATION ONLY", LEFT + 40, TOP + 27.5)


def two_lines(pages: Pages) -> None:
    pages.words("PAID IN FULL", LEFT + 90, TOP + 40, size=22)
    pages.words("4 March 2031", LEFT + 100, TOP + 58, size=18)


STAMPS = (large, slipped_foot, on_a_row, two_lines)


@pytest.mark.parametrize("first", [True, False], ids=["under", "over"])
@pytest.mark.parametrize("stamp", STAMPS, ids=lambda stamp: stamp.__name__)
@pytest.mark.parametrize("style", STYLES)
def test_a_table_is_read_whole_whatever_is_printed_across_it(style: str, stamp: Stamp, *, first: bool) -> None:
    pages = Pages()
    if first:
        stamp(pages)
    pages.table(YEAR, WIDTHS, style)
    if not first:
        stamp(pages)
    assert cells(only_table(pages.data())) == YEAR


@pytest.mark.parametrize("style", STYLES)
def test_what_is_printed_across_a_table_is_read_after_the_page(style: str) -> None:
    pages = drawn(YEAR, style=style)
    slipped_foot(pages)
    pages.lines("The grant is £9,608.")
    paper = read_pdf(pages.data())
    assert [each.text for each in paper.paragraphs] == ["The grant is £9,608.", FOOT]


@pytest.mark.parametrize("angle", [8, 30, 45, 90, 270])
def test_a_stamp_at_an_angle_is_left_out(angle: float) -> None:
    pages = drawn(YEAR)
    pages.words("APPROVED £999", LEFT + 100, TOP + 70, size=18, turned=angle)
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert (paper.paragraphs, paper.unread) == ((), ())


@pytest.mark.parametrize("aside", [(0.3, 0.0), (0.0, 0.4), (0.4, 0.4), (1.5, 0.0), (2.0, 1.5)])
def test_a_table_printed_twice_for_bold_type_or_a_shadow_is_read_once(aside: tuple[float, float]) -> None:
    pages = Pages()
    for right, down in ((0.0, 0.0), aside):
        pages.down = TOP + down
        pages.table(YEAR, WIDTHS, "unruled", left=LEFT + right)
    assert cells(only_table(pages.data())) == YEAR


def test_letters_printed_twice_one_by_one_are_read_once() -> None:
    pages = Pages()
    for down, (label, amount) in enumerate((("Salaries", "£6,120"), ("Travel", "£1,204"), ("Total", "£7,324"))):
        for words, at in ((label, LEFT), (amount, 300.0)):
            for letter in words:
                pages.words(letter, at + 0.35, 100 + 14 * down)
                at = pages.words(letter, at, 100 + 14 * down)  # noqa: PLW2901
    assert cells(only_table(pages.data())) == [["Salaries", "£6,120"], ["Travel", "£1,204"], ["Total", "£7,324"]]


def test_a_label_that_runs_into_its_amount_is_told_apart_from_it() -> None:
    rows = [*YEAR[:2], ["Researcher on the second year of the hub", "£63,320", "£8,723"], *YEAR[3:]]
    table = only_table(drawn(rows, style="unruled").data())
    assert [row[-2:] for row in cells(table)] == [row[-2:] for row in rows]
    assert [verdict(each).value for each in gather(read_pdf(drawn(rows).data())).sums] == ["exact", "exact"]


def test_of_two_figures_printed_over_each_other_neither_is_read() -> None:
    pages = drawn(YEAR)
    pages.words("£63,230", LEFT + 201, TOP + 43.5)
    paper = read_pdf(pages.data())
    assert cells(paper.tables[0])[2] == ["Officer", "", "£8,723"]
    assert [(each.at.page, each.reason) for each in paper.unread] == [
        (1, "£63,320 and £63,230 are printed over each other; neither was read")
    ]


def test_lines_that_are_set_tight_do_not_lie_over_each_other() -> None:
    pages = Pages()
    text = "The board is asked to accept\na grant of £405,608 for three\nposts, which begins in January."
    pages.lines(text, pitch=0.8 * SIZE)
    data = pages.data()
    assert [sheet.over for sheet in read_pages(data, 1)[0]] == [()]
    assert "\n".join(each.text for each in read_pdf(data).paragraphs) == text


def test_a_large_heading_right_above_a_line_is_not_printed_over_it() -> None:
    pages = Pages()
    pages.words("Costs of the hub", LEFT, 100, size=30)
    pages.words("in pounds, as agreed", LEFT, 109)
    assert [sheet.over for sheet in read_pages(pages.data(), 1)[0]] == [()]


def test_accents_that_are_drawn_over_letters_remain_in_their_word() -> None:
    pages = Pages()
    at = pages.words("The caf", LEFT, 100)
    pages.words("\u00b4", at + 1, 100)
    pages.words("e costs £9,608 a year.", at, 100)
    assert [sheet.over for sheet in read_pages(pages.data(), 1)[0]] == [()]
