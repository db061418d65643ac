"""PDF pages on their side: read as a reader turns them, and what stands in their margins left out of tables."""

from __future__ import annotations

import pytest

from grantcalc.papers.readers.pdf import read_pdf
from grantcalc.source import Where
from tests.papers.drawn import LEFT, TOP, Pages
from tests.papers.test_pdf import STYLES, WIDTHS, YEAR, cells, said

QUARTERS = (90, 180, 270)


@pytest.mark.parametrize("flagged", [True, False], ids=["flagged", "unflagged"])
@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("style", STYLES)
def test_a_page_on_its_side_is_read_as_it_is_shown_or_turned(style: str, quarter: int, *, flagged: bool) -> None:
    pages = Pages()
    pages.lines("Costs of the first year")
    pages.turn()
    pages.lie(quarter, flagged=flagged)
    pages.lines("The grant is £202,330.")
    pages.table(YEAR, WIDTHS, style)
    pages.turn()
    pages.lines("And so on.")
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert paper.tables[0].rows[3].cells[2].found[0].figure.at == Where(
        column=1, end_column=7, page=2, table=1, row=4, table_column=3
    )
    assert [(each.at.page, each.text) for each in paper.paragraphs] == [
        (1, "Costs of the first year"),
        (2, "The grant is £202,330."),
        (3, "And so on."),
    ]
    assert paper.unread == ()


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("style", STYLES)
def test_a_table_on_its_side_is_read_on_a_page_that_stands(style: str, quarter: int) -> None:
    pages = Pages()
    pages.lines("Board of 4 March 2031")
    pages.lines("\n".join(["The costs of the hub are set out beside this; they are those of the offer."] * 12))
    pages.lie(quarter, flagged=False)
    pages.down = 300 if quarter != 180 else TOP
    pages.table(YEAR, WIDTHS, style)
    pages.stand()
    pages.words("12", 300, 815)
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert paper.paragraphs[0].text == "Board of 4 March 2031"
    assert {each.at.page for each in paper.paragraphs} == {1}


@pytest.mark.parametrize("quarter", [90, 270])
def test_a_table_on_its_side_goes_on_over_a_page(quarter: int) -> None:
    pages = Pages()
    for number, rows in enumerate((YEAR[:3], YEAR[3:]), start=1):
        pages.words("Board of 4 March 2031", LEFT, 40)
        pages.words(f"Page {number} of 2", 260, 815)
        pages.lie(quarter, flagged=False)
        pages.table(rows, WIDTHS, "unruled")
        pages.turn()
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert paper.paragraphs == ()


@pytest.mark.parametrize("quarter", [90, 270])
def test_words_at_the_margin_stay_out_of_tables(quarter: int) -> None:
    pages = Pages()
    pages.table(YEAR, WIDTHS, "unruled")
    pages.lines("\n".join(["The board is asked to accept the grant of £202,330 in two years."] * 3))
    for line, left in enumerate((566, 576)):
        pages.words(f"Downloaded on {line + 4} March 2031 by 1,204 readers", left, 600, size=6, turned=quarter)
    paper = read_pdf(pages.data())
    assert [cells(table) for table in paper.tables] == [YEAR]
    assert not any("Downloaded" in each.text for each in paper.paragraphs)


def test_headings_that_run_upwards_do_not_disturb_their_table() -> None:
    pages = Pages()
    for n, words in enumerate(("Salary 2031", "Overhead 2031", "Travel 2031")):
        pages.words(words, LEFT + 190 + 90 * n, TOP + 60, turned=90)
    pages.down = TOP + 64
    rows = [["Item", "A", "B", "C"], ["Manager", "75,639", "8,723", "1,204"], ["Officer", "63,320", "8,723", "3,117"]]
    pages.table(rows, (150, 90, 90, 90), "unruled")
    assert [cells(table) for table in read_pdf(pages.data()).tables] == [rows]


def test_a_page_at_an_angle_is_said() -> None:
    pages = Pages()
    pages.words("Costs of £75,639 and of £8,723", 100, 400, turned=30)
    assert said(pages.data()) == [(1, "most of this page stands at an angle; that was not read")]
