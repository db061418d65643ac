"""Tables whose rows lack cells, and totals that are made of what is left."""

from __future__ import annotations

from grantcalc.papers.claims import claims
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.sums import Sum, Verdict, verdict, written_out


def told(a_sum: Sum) -> str:
    parts = " ".join(f"{'-' if part.weight < 0 else '+'} {part.figure.text}" for part in a_sum.parts)
    return f"{a_sum.total.text} = {parts.removeprefix('+ ')}"


def sums(text: str) -> list[str]:
    return [told(a_sum) for a_sum in claims(read_text(text)).sums]


def failing(text: str) -> list[str]:
    return [told(a_sum) for a_sum in claims(read_text(text)).sums if verdict(a_sum) is Verdict.MISMATCH]


def one_a_line(cells: str) -> str:
    return "\n\n".join(cells.split("|"))


FERRY = one_a_line(
    "Ferry budget|Item|Spring|Autumn|Year|Crew|£21,340|£19,715|£41,055|Slipway|-|£6,230|£6,230"
    "|Fuel|£4,118|£3,902|£8,020|Total|£25,458|£29,847|£55,305"
)

MUSEUM = one_a_line(
    "Voted|Other|Voted|Other|Total|Running|5,310|-1,200|312,405|312,405|Of which:|Wages|4,870|-1,350|207,118|8,400"
    "|215,518|Building|14,260|14,260|Less depreciation|-1,122|-9,307|-9,307|Total|4,188|-1,200|317,358|317,358"
)


def test_a_dash_on_a_line_of_its_own_is_a_cell() -> None:
    assert "£29,847 = £19,715 + £6,230 + £3,902" in sums(FERRY)
    assert "£55,305 = £41,055 + £6,230 + £8,020" in sums(FERRY)


def test_a_slip_in_a_row_with_a_dash_is_noticed() -> None:
    assert failing(FERRY.replace("£6,230\n\n£6,230", "£6,530\n\n£6,230"))


def test_a_dash_between_a_label_and_its_amounts_is_no_cell() -> None:
    text = "Crew - 21,340 19,715\nFuel - 4,118 3,902\nHarbour dues - 1,207 1,350\nTotal - 26,665 24,967\n"
    assert sums(text) == ["26,665 = 21,340 + 4,118 + 1,207", "24,967 = 19,715 + 3,902 + 1,350"]


def test_amounts_of_a_row_that_lacks_cells_stand_where_its_total_tells() -> None:
    assert "317,358 = 312,405 + 14,260 + -9,307" in sums(MUSEUM)
    assert "4,188 = 5,310 + -1,122" in sums(MUSEUM)


def test_rows_under_a_line_of_which_are_no_parts_of_the_total() -> None:
    assert not any("207,118" in each and "317,358" in each for each in sums(MUSEUM))
    assert not failing(MUSEUM)


def test_rows_under_a_heading_of_which_of_a_ruled_table_are_left_out_of_the_total() -> None:
    text = """\
| Item | 2031 | 2032 |
|---|---|---|
| Running | 4,310 | 4,525 |
| Of which | | |
| Wages | 2,118 | 2,207 |
| Rent | 904 | 950 |
| Building | 1,260 | 1,375 |
| Total | 5,570 | 5,900 |
"""
    assert sums(text) == ["5,570 = 4,310 + 1,260", "5,900 = 4,525 + 1,375"]


def test_a_variance_below_income_and_spending_is_what_is_left() -> None:
    text = "Income 412,305 433,810 451,290\nSpending 398,717 421,003 447,118\nVariance 13,588 12,807 4,172\n"
    assert sums(text) == [
        "13,588 = 412,305 - 398,717",
        "12,807 = 433,810 - 421,003",
        "4,172 = 451,290 - 447,118",
    ]


def test_gains_are_added_to_what_is_left_of_income() -> None:
    text = """\
| | Fund A | Fund B |
|---|---|---|
| Total income | 84,210 | 12,377 |
| Total spending | 61,904 | 15,118 |
| Gains on investments | 3,150 | |
| Net movement | 25,456 | (2,741) |
"""
    assert "25,456 = 84,210 - 61,904 + 3,150" in sums(text)
    assert "(2,741) = 12,377 - 15,118" in sums(text)


def test_columns_go_on_after_a_blank_line_without_a_heading() -> None:
    text = """\
Subscriptions        12,450     13,105
Jumble sale           3,218      2,976
Total income         15,668     16,081

Hall hire             6,340      6,715
Printing              2,127      2,204
Total spending        8,467      8,919

Surplus               7,201      7,162
"""
    assert "7,201 = 15,668 - 8,467" in sums(text)
    assert "7,162 = 16,081 - 8,919" in sums(text)
    assert "15,668 = 12,450 + 3,218" in sums(text)


def test_columns_of_another_width_are_another_table() -> None:
    above = "Subscriptions   12,450   13,105\nJumble sale   3,218   2,976\n"
    below = "Hall   4,310\nPrinting   1,127\nTotal   5,437\n"
    assert sums(f"{above}\n{below}") == ["5,437 = 4,310 + 1,127"]


FUNDING = """\
| Source | £ |
|---|---|
| Total programme | 7,315 |
| Council | 3,240 |
| Borrowing | 2,515 |
| Receipts | 940 |
| Gifts | 620 |
"""


def test_one_wrong_digit_below_a_total_that_stands_first_is_claimed() -> None:
    assert sums(FUNDING) == ["7,315 = 3,240 + 2,515 + 940 + 620"]
    assert failing(FUNDING.replace("2,515", "2,815")) == ["7,315 = 3,240 + 2,815 + 940 + 620"]


def test_items_far_from_a_total_that_stands_first_are_not_claimed() -> None:
    assert not sums(FUNDING.replace("2,515", "4,128"))


def test_a_column_may_be_a_total_and_what_another_leaves() -> None:
    text = """\
| Item | Voted | Other | Sum | Voted | Other | Sum |
|---|---|---|---|---|---|---|
| Wages | 4,210 | 1,305 | 5,515 | 4,118 | 1,290 | 5,408 |
| Rent | 2,377 | 918 | 3,295 | 2,412 | 904 | 3,316 |
| Fuel | 1,864 | 730 | 2,594 | 1,790 | 811 | 2,601 |
"""
    found = sums(text)
    assert "5,515 = 4,210 + 1,305" in found
    assert "5,408 = 4,118 + 1,290" in found


def test_an_item_that_other_items_happen_to_make_is_no_failing_total() -> None:
    text = """\
| Item | 2031 | 2032 |
|---|---|---|
| Lamps | 1,310 | 1,257 |
| Oil | 2,245 | 2,131 |
| Boats | 3,555 | 3,358 |
| Ropes | 916 | 829 |
| Stock in hand | 8,026 | 7,575 |
"""
    assert "8,026 = 1,310 + 2,245 + 3,555 + 916" in sums(text)
    assert not failing(text)


SENTENCE = "The budget was increased by £80,200 from £41,500 to £121,700; hire fell by £1,100 from £9,000 to £7,900."
COLUMNS = "Change Agreed Total\nStaff 27,367 10,155 37,522\nHire -1,100 9,000 7,900\nTotal 26,267 19,155 45,422\n"


def test_sentences_before_a_table_are_read_as_sentences_where_no_blank_line_parts_them() -> None:
    for text in (f"{SENTENCE}\n{COLUMNS}", f"{SENTENCE} {COLUMNS}"):
        found = [written_out(s) for s in gather(read_text(text)).sums]
        assert {"£41,500 + £80,200", "£9,000 − £1,100", "27,367 + -1,100"} <= set(found)


def test_a_slip_in_such_a_sentence_is_found() -> None:
    text = f"{SENTENCE.replace('£41,500', '£47,500')}\n{COLUMNS}"
    wrong = [s for s in gather(read_text(text)).sums if verdict(s) is Verdict.MISMATCH]
    assert [written_out(s) for s in wrong] == ["£47,500 + £80,200"]


def test_figures_side_by_side_are_no_sentence_though_they_end_with_a_full_stop() -> None:
    text = "Staff and hire of the year 27,367 10,155 37,522. Rent 1,100 9,000 10,100. Total 28,467 19,155 47,622."
    assert "27,367 + 1,100" in [written_out(s) for s in gather(read_text(text)).sums]
