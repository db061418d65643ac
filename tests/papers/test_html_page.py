"""Web pages: what shows on them, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.papers.evidence import gather
from grantcalc.papers.paper import RemarkKind
from grantcalc.papers.readers.html_page import read_html
from grantcalc.sums import verdict

if TYPE_CHECKING:
    from grantcalc.papers.paper import Paper


def page(html: str) -> Paper:
    return read_html(html.encode())


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def texts(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def test_cells_that_are_not_closed_and_that_span_columns_stand_in_their_columns() -> None:
    html = """<table><tr><td rowspan=2>Post<td colspan=2>Costs<tr><td>2025<td>2026
    <tr><td>Officer<td>£31,200<td>£32,100<tr><td>Total<td>£31,200<td>£32,100</table>"""
    assert tables(page(html)) == [
        [
            ["Post", "Costs", ""],
            ["", "2025", "2026"],
            ["Officer", "£31,200", "£32,100"],
            ["Total", "£31,200", "£32,100"],
        ]
    ]


def test_a_currency_and_a_bracket_in_cells_of_their_own_belong_to_the_amount() -> None:
    html = """<table><tr><td>Item<td colspan=3>2025<td></td><td colspan=3>2024
    <tr><td>Sales<td>$<td>1,234<td><td><td>$<td>1,100<td>
    <tr><td>Loss<td>$<td>(34<td>)<td><td colspan=2>(10<td>)
    <tr><td>Total<td>$<td>1,200<td><td><td>$<td>1,090<td></table>"""
    paper = page(html)
    assert tables(paper)[0][1:] == [
        ["Sales", "$1,234", "$1,100"],
        ["Loss", "$(34)", "(10)"],
        ["Total", "$1,200", "$1,090"],
    ]
    assert {verdict(a_sum).value for a_sum in gather(paper).sums} == {"exact"}


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="DISPLAY : none">£999</span>',
        "<b hidden>£999</b>",
        '<i style="visibility:hidden">£999</i>',
        "<script>£999</script>",
        "<style>£999</style>",
        "<template>£999</template>",
        "<ix:hidden>£999</ix:hidden>",
        "<!-- £999 -->",
        "<sup>9</sup>",
        "<sup>[9]</sup>",
    ],
)
def test_what_does_not_show_is_no_text(hidden: str) -> None:
    assert texts(page(f"<p>It costs £5{hidden} a day.</p>")) == ["It costs £5 a day."]


def test_what_is_hidden_from_screen_readers_only_shows() -> None:
    assert texts(page('<p>It costs <b aria-hidden="true">£5</b>.</p>')) == ["It costs £5."]


def test_figures_of_inline_xbrl_are_read_as_they_are_printed() -> None:
    html = '<p>Sales were $<ix:nonFraction scale="6" name="s">2,216</ix:nonFraction> million.</p>'
    assert texts(page(html)) == ["Sales were $2,216 million."]


def test_the_first_of_a_month_keeps_its_ending() -> None:
    assert texts(page("<p>On the 1<sup>st</sup> of May</p>")) == ["On the 1st of May"]


def test_a_heading_is_the_caption_of_the_table_below_it() -> None:
    paper = page("<h2>Costs, £'000</h2><table><tr><td>Pay<td>57<tr><td>Rent<td>12<tr><td>Total<td>69</table>")
    assert paper.tables[0].caption == "Costs, £'000"
    (a_sum,) = gather(paper).sums
    assert a_sum.total.value == 69_000


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    paper = page("<table><tr><td>Costs<table><tr><td>Pay<td>£5</table><td>Notes</table>")
    assert tables(paper) == [[["Costs", "Notes"]], [["Pay", "£5"]]]
    assert [table.at.table for table in paper.tables] == [1, 2]


def test_the_foot_of_a_table_comes_last_wherever_it_is_written() -> None:
    html = "<table><tfoot><tr><td>Total<td>£7<tbody><tr><td>Pay<td>£5<tr><td>Rent<td>£2</table>"
    assert [row[0] for row in tables(page(html))[0]] == ["Pay", "Rent", "Total"]


def test_a_list_under_a_line_that_ends_in_a_colon_is_read_with_it() -> None:
    paper = page("<p>The grant of £48,500 is made up of:</p><ul><li>£31,200 for staff<li>£17,300 for rent</ul>")
    (a_sum,) = gather(paper).sums
    assert verdict(a_sum).value == "exact"


def test_inserted_and_deleted_text_is_read_as_if_accepted_and_told() -> None:
    paper = page("<p>It costs £9,6<del>08</del><ins>80</ins>.</p>")
    assert texts(paper) == ["It costs £9,680."]
    (remark,) = paper.remarks
    assert (remark.kind, remark.message.endswith("before it, this reads £9,608")) == (RemarkKind.CHANGED, True)


def test_preformatted_columns_are_a_table() -> None:
    paper = page("<pre>Pay      £5,100\nRent     £2,100\nTotal    £7,200\n</pre>")
    (a_sum,) = gather(paper).sums
    assert a_sum.total.at.paragraph == 1  # type: ignore[union-attr]


def test_a_break_ends_a_line_and_not_the_paragraph() -> None:
    assert texts(page("<p>The cost is<br>£9,680.<br/>No more.</p>")) == ["The cost is\n£9,680.\nNo more."]


def test_what_lies_too_deep_is_said_to_be_unread() -> None:
    paper = page("<div>" * 3000 + "The cost is £5." + "</div>" * 3000)
    assert [each.reason for each in paper.unread] == [
        "its elements lie too deep in each other; what lies deepest was not read"
    ]


@pytest.mark.parametrize("html", ["", "   ", "<html>", "<table>", "\ufeff<p>", "<td>£5", "<table><tr></table>"])
def test_a_page_without_anything_has_nothing(html: str) -> None:
    assert tables(page(html)) == []


def test_spans_of_a_hundred_million_are_no_wider_than_the_table() -> None:
    html = "<table><tr><td colspan=100000000 rowspan=100000000>Costs<tr><td>Pay<td>£5<tr><td>Rent<td>£6</table>"
    assert len(page(html).tables) == 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>£5".encode("cp1252"), "£5"),
        ('<meta charset="iso-8859-1"><p>£5 – 6'.encode("cp1252"), "£5 – 6"),
        ('<meta charset="koi8-r"><p>Привет'.encode("koi8-r"), "Привет"),
        ("<p>£5".encode("utf-16"), "£5"),
        (b'<meta charset="nonsense"><p>\xa35', "£5"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_must_be(data: bytes, text: str) -> None:
    assert texts(read_html(data)) == [text]


def styled(css: str, body: str, media: str = "") -> Paper:
    return page(f'<!DOCTYPE html><html><head><style media="{media}">{css}</style></head><body>{body}</body></html>')


ROWS = "<tr><td>Pay<td>£5,000<tr class=draft><td>Rent<td>£2,000<tr><td>Total<td>£5,000"


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (".draft { display: none }", '<p>It costs £5<b class="x draft">£999</b> a day.</p>'),
        ("p > b.draft { DISPLAY:none!important }", "<p>It costs £5<b class=draft>£999</b> a day.</p>"),
        (".draft { visibility: hidden }", "<p>It costs £5<b class=draft><i>£999</i></b> a day.</p>"),
        (
            ".draft { visibility: hidden } i { visibility: visible }",
            "<p>It <b class=draft>£9<i>costs £5</i></b> a day.",
        ),
        ("b { display:none } b.shown { display:inline }", "<p>It costs <b class=shown>£5</b><b>£999</b> a day.</p>"),
        ("b.shown { display:inline } b { display:none }", "<p>It costs <b class=shown>£5</b><b>£999</b> a day.</p>"),
        ("b { display:none }", "<p>It costs <b style='display:inline'>£5</b><b>£999</b> a day.</p>"),
        ("@media screen { b { display:none } }", "<p>It costs £5<b>£999</b> a day.</p>"),
        ("@media print { b { display:none } }", "<p>It costs <b>£5</b> a day.</p>"),
        ("@media (max-width: 600px) { b { display:none } }", "<p>It costs <b>£5</b> a day.</p>"),
        ("b { display:none } @media (min-width: 600px) { b { display:block } }", "<p>It costs <b>£5</b> a day.</p>"),
        ("<!-- #x { display:none } -->", "<p>It costs £5<b id=x>£999</b> a day.</p>"),
        ("b::before { display:none } b:hover { display:none }", "<p>It costs <b>£5</b> a day.</p>"),
        ("b:unheard-of, p { display:none } ::: {", "<p>It costs <b>£5</b> a day.</p>"),
        (".old { text-decoration: line-through red }", "<p>It costs £5<b class=old>£999</b> a day.</p>"),
        ("b { display:none", "<p>It costs £5<b>£999</b> a day.</p>"),
        ("[hidden] { display: inline !important }", "<p>It costs <b hidden>£5</b> a day.</p>"),
        ("", "<p>It costs £5<dialog>£999</dialog> a day.</p>"),
    ],
)
def test_what_a_style_sheet_hides_or_crosses_out_is_no_text(css: str, body: str) -> None:
    assert " ".join(texts(styled(css, body))).split() == ["It", "costs", "£5", "a", "day."]


def test_a_style_sheet_for_print_hides_nothing_on_the_screen() -> None:
    assert texts(styled("b { display:none }", "<p>It costs <b>£5</b>.</p>", "print")) == ["It costs £5."]


def test_details_that_are_folded_up_are_read() -> None:
    assert texts(page("<details><summary>Costs</summary>It costs £5.</details>")) == ["Costs", "It costs £5."]


def test_hidden_rows_of_a_table_are_left_out_and_their_amounts_told() -> None:
    paper = styled(".draft { display: none }", f"<table>{ROWS}</table>")
    assert tables(paper) == [[["Pay", "£5,000"], ["Total", "£5,000"]]]
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.table) == (RemarkKind.HIDDEN, 1)
    assert remark.message == "£2,000 is hidden here; it was not read"


def test_a_crossed_out_row_is_left_out() -> None:
    paper = styled(".draft { text-decoration: line-through }", f"<table>{ROWS}</table>")
    assert tables(paper) == [[["Pay", "£5,000"], ["Total", "£5,000"]]]


def test_hidden_amounts_are_told_once_with_the_first_of_them() -> None:
    paper = page("<p>It costs £5.</p><p hidden>Was £6,000, or £7,000.</p><p>Or <b style='display:none'>£8</b> not.</p>")
    (remark,) = paper.remarks
    assert (remark.at.paragraph, remark.at.column) == (2, None)
    assert remark.message == "3 amounts from here on are hidden, £6,000 first; they were not read"


def test_hidden_words_without_an_amount_are_nothing_to_tell() -> None:
    assert page("<p>It costs £5.</p><p hidden>We use 3 cookies.</p><script>var a = '£5,000'</script>").remarks == ()


@pytest.mark.parametrize(
    "css",
    [
        "a{display:none}" + "(" * 20_000,
        ":not(" * 20_000 + "{display:none}",
        "@media screen{" * 5_000,
        "b{display:(" * 5_000,
    ],
)
def test_a_style_sheet_of_brackets_hides_nothing(css: str) -> None:
    assert texts(styled(css, "<p>It costs £5.</p>")) == ["It costs £5."]


def test_style_sheets_that_are_too_large_are_said_to_be_unread() -> None:
    paper = styled("b{display:none}" * 70_000, "<p>It costs <b>£5</b>.</p>")
    assert texts(paper) == ["It costs £5."]
    assert [each.reason for each in paper.unread] == [
        "its style sheets are too large to be read; what they hide was read as if it showed"
    ]
