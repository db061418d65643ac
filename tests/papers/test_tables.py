"""Tables in text: how they are found, and what they are said to state."""

from __future__ import annotations

import pytest

from grantcalc.papers.claims import Claims, claims
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.source import Where
from grantcalc.sums import Sum, Verdict, verdict
from tests.runaway import ends_within


def read(text: str) -> Claims:
    return claims(read_text(text))


def told(a_sum: Sum) -> str:
    parts = " ".join(f"{'-' if part.weight < 0 else '+'} {part.figure.text}" for part in a_sum.parts)
    return f"{a_sum.total.text} = {parts.removeprefix('+ ')}"


def sums(text: str) -> list[str]:
    return [told(a_sum) for a_sum in read(text).sums]


def failing(text: str) -> list[str]:
    return [told(a_sum) for a_sum in read(text).sums if verdict(a_sum) is Verdict.MISMATCH]


LIGHTHOUSE = """\
| Post | Salary | Overhead |
|---|---|---|
| Keeper | £31,204 | £4,410 |
| Deputy | £27,118 | £4,410 |
| Boatman | £22,950 | £3,875 |
| Total | £81,272 | £12,695 |
"""


def test_the_columns_of_a_markdown_table_are_sums() -> None:
    assert sums(LIGHTHOUSE) == [
        "£81,272 = £31,204 + £27,118 + £22,950",
        "£12,695 = £4,410 + £4,410 + £3,875",
    ]


@pytest.mark.parametrize("mark", ["\t", " | ", "     "])
def test_columns_set_apart_by_tabs_bars_or_spaces_are_read_alike(mark: str) -> None:
    rows = ["Post;Salary;Overhead", "Keeper;£31,204;£4,410", "Deputy;£27,118;£4,410", "Total;£58,322;£8,820"]
    assert sums("\n".join(rows).replace(";", mark)) == [
        "£58,322 = £31,204 + £27,118",
        "£8,820 = £4,410 + £4,410",
    ]


def test_a_figure_says_on_which_line_and_column_it_stands() -> None:
    total = read(LIGHTHOUSE).sums[0].total
    assert total.at == Where(6, 11, 6, 18)


def test_a_wrong_digit_is_claimed_where_the_other_column_adds_up() -> None:
    assert failing(LIGHTHOUSE.replace("£27,118", "£27,418")) == ["£81,272 = £31,204 + £27,418 + £22,950"]


def test_a_wrong_digit_in_a_single_column_is_claimed_under_the_word_total() -> None:
    text = "| Item | £ |\n|---|---|\n| Paint | 1,204 |\n| Rope | 3,117 |\n| Total | 4,521 |\n"
    assert failing(text) == ["4,521 = 1,204 + 3,117"]


def test_a_table_that_adds_up_to_nothing_is_said_to_be_unchecked() -> None:
    text = "| Buoy | £ |\n|---|---|\n| North | 1,207 |\n| South | 3,312 |\n| East | 9,448 |\n"
    read_ = read(text)
    assert read_.sums == ()
    assert [each.at.line for each in read_.unchecked] == [1]


def test_a_total_far_from_its_rows_is_not_claimed_when_nothing_else_supports_it() -> None:
    text = "| Item | £ |\n|---|---|\n| Paint | 1,204 |\n| Rope | 3,117 |\n| Total programme | 88,930 |\n"
    assert sums(text) == []


def test_subtotals_are_parts_of_the_total_and_stand_for_their_items() -> None:
    text = (
        "| Item | £ |\n|---|---|\n| Paint | 1,204 |\n| Rope | 3,117 |\n| Sub-total | 4,321 |\n"
        "| Diesel | 2,300 |\n| Oil | 465 |\n| Sub-total | 2,765 |\n| Grand total | 7,086 |\n"
    )
    assert "7,086 = 4,321 + 2,765" in sums(text)
    assert failing(text) == []


def test_an_unnamed_line_after_its_items_is_their_total() -> None:
    text = (
        "| | 2031 | 2030 |\n|---|---|---|\n| Tolls | 5,120 | 4,880 |\n| Berths | 2,410 | 2,005 |\n| | 7,530 | 6,885 |\n"
    )
    assert sums(text) == ["7,530 = 5,120 + 2,410", "6,885 = 4,880 + 2,005"]


def test_a_total_that_stands_first_is_made_by_the_rows_below_it() -> None:
    text = (
        "| | 2031 | 2030 |\n|---|---|---|\n| Total income | 7,530 | 6,885 |\n| Tolls | 5,120 | 4,880 |\n"
        "| Berths | 2,410 | 2,005 |\n"
    )
    assert sums(text) == ["7,530 = 5,120 + 2,410", "6,885 = 4,880 + 2,005"]


def test_less_takes_a_positive_figure_off() -> None:
    text = "Harbour dues | £9,310 |\nLess: refunds | £410 |\nNet dues | £8,900 |\n"
    assert sums(text) == ["£8,900 = £9,310 - £410"]


def test_a_bracketed_figure_is_already_negative() -> None:
    text = "Harbour dues | £9,310 |\nRefunds | (£410) |\nTotal dues | £8,900 |\n"
    assert sums(text) == ["£8,900 = £9,310 + (£410)"]


def test_rows_of_which_are_no_parts_of_the_total() -> None:
    text = (
        "| £'000 | Plan | Actual |\n|---|---|---|\n| Dredging | 4,310 | 4,118 |\n| of which survey | 910 | 870 |\n"
        "| Piers | 2,205 | 2,310 |\n| Total | 6,515 | 6,428 |\n"
    )
    assert sums(text) == ["6,515 = 4,310 + 2,205", "6,428 = 4,118 + 2,310"]


def test_rows_of_which_are_the_parts_of_the_row_above_them_if_they_make_it() -> None:
    text = "Table (£m)\n\nPilotage | 5127* |\nof which northern | 4953 |\nof which southern | 174 |\n"
    assert sums(text) == ["5127* = 4953 + 174"]


def test_rows_are_added_across_to_a_column_headed_total() -> None:
    text = (
        "| Pier | Repair | Paint | Total |\n|---|---|---|---|\n| East | 410 | 120 | 530 |\n| West | 385 | 240 | 625 |\n"
    )
    assert sums(text) == ["530 = 410 + 120", "625 = 385 + 240"]


def test_a_variance_is_actual_less_budget() -> None:
    text = (
        "| | Budget | Actual | Variance |\n|---|---|---|---|\n| Crew | 40,118 | 39,402 | (716) |\n"
        "| Fuel | 4,310 | 4,580 | 270 |\n| Rent | 2,200 | 2,090 | (110) |\n"
    )
    assert sums(text) == ["(716) = 39,402 - 40,118", "270 = 4,580 - 4,310", "(110) = 2,090 - 2,200"]


def test_rows_and_columns_cross_at_the_grand_total() -> None:
    text = (
        "| Pier | Net | VAT | Gross |\n|---|---|---|---|\n| East | 410.00 | 82.00 | 492.00 |\n"
        "| West | 385.00 | 77.00 | 462.00 |\n| Total | 795.00 | 159.00 | 954.00 |\n"
    )
    found = read(text).sums
    grand = next(a_sum.total for a_sum in found if a_sum.total.text == "954.00")
    assert sum(1 for a_sum in found if a_sum.total is grand or a_sum.total == grand) == 2


def test_pence_get_no_allowance() -> None:
    text = "Paint | £12.41 |\nRope | £30.30 |\nTotal | £42.72 |\n"
    assert failing(text) == ["£42.72 = £12.41 + £30.30"]


def test_pounds_are_allowed_half_a_pound_each() -> None:
    text = "Paint | £12 |\nRope | £30 |\nTotal | £43 |\n"
    (a_sum,) = read(text).sums
    assert verdict(a_sum) is Verdict.ROUNDING


def test_a_grand_total_in_a_row_of_its_own_is_the_total_row_added_across() -> None:
    text = (
        "Post\tSalary\tOverhead\nKeeper\t£31,204\t£4,410\nDeputy\t£27,118\t£4,410\n"
        "Total\t£58,322\t£8,820\n\tGrand Total\t£67,142\n\tQuarterly payment\t£16,785\n"
    )
    assert "£67,142 = £58,322 + £8,820" in sums(text)
    quarter = next(a_sum for a_sum in read(text).sums if a_sum.kind == "instalments")
    assert [part.weight for part in quarter.parts] == [4]


def test_totals_of_several_tables_make_a_figure_of_the_text() -> None:
    table = "Post\tCost\nKeeper\t£31,204\nDeputy\t£27,118\nTotal\t£58,322\n"
    second = "Post\tCost\nKeeper\t£32,000\nDeputy\t£28,000\nTotal\t£60,000\n"
    text = f"The award is £118,322.\n\n{table}\n{second}"
    assert "£118,322 = £58,322 + £60,000" in sums(text)


def test_one_cell_a_line_is_a_list() -> None:
    text = (
        "INCOME\nRaffle\n£215.40\nBake sale\n£88.15\nTOTAL INCOME\n£303.55\nBalance b/f\n£1,020.00\n"
        "Income plus balance b/f\n£1,323.55\nLess cheques not presented: 204-£20.00, 207-£15.50\n"
        "£35.50\nSub Total\n£1,288.05\n"
    )
    assert sums(text) == [
        "£303.55 = £215.40 + £88.15",
        "£1,323.55 = £303.55 + £1,020.00",
        "£1,288.05 = £1,323.55 - £35.50",
        "£1,323.55 = £215.40 + £88.15 + £1,020.00",
        "£35.50 = £20.00 + £15.50",
    ]


def test_a_table_run_together_on_one_line_is_read_by_its_rows() -> None:
    text = (
        "Payee Chq Net VAT Gross Ropes Ltd 100201 £50.00 £10.00 £60.00 New ropes Paint Co 100202 £75.00 "
        "£15.00 £90.00 Paint Total £125.00 £25.00 £150.00\n"
    )
    assert sums(text) == [
        "£125.00 = £50.00 + £75.00",
        "£25.00 = £10.00 + £15.00",
        "£150.00 = £60.00 + £90.00",
        "£60.00 = £50.00 + £10.00",
        "£90.00 = £75.00 + £15.00",
        "£150.00 = £125.00 + £25.00",
    ]


def test_labels_may_follow_their_amounts() -> None:
    text = "RECEIPTS 02/04/31 £11,960 PRECEPT 05/04/31 £870.00 SUPPORT GRANT £12,830 TOTAL RECEIPTS\n"
    assert sums(text) == ["£12,830 = £11,960 + £870.00"]


def test_a_row_that_lacks_a_cell_is_placed_where_its_columns_add_up() -> None:
    text = (
        "Year Grant Salary Share Total\n1 £8,700 £5,100 £1,900 £15,700\n2 £8,600 £4,900 £1,800 £15,300\n"
        "3 £7,600 £4,700 £2,000 £14,300\nTOTAL £24,900 £5,700 £45,300\n"
    )
    assert {"£24,900 = £8,700 + £8,600 + £7,600", "£45,300 = £15,700 + £15,300 + £14,300"} <= set(sums(text))


def test_tables_side_by_side_are_read_apart() -> None:
    text = (
        "| Income | £ | Spending | £ |\n|---|---|---|---|\n| Tolls | 5,120 | Crew | 3,300 |\n"
        "| Berths | 2,410 | Fuel | 1,150 |\n| Rents | 300 | Paint | 410 |\n"
        "| Total | 7,830 | Total | 4,860 |\n"
    )
    assert sums(text) == ["7,830 = 5,120 + 2,410 + 300", "4,860 = 3,300 + 1,150 + 410"]


def test_figures_under_a_heading_in_thousands_are_rounded_to_thousands() -> None:
    text = "| £'000 | 2031 |\n|---|---|\n| Crew | 40,118 |\n| Fuel | 4,310 |\n| Total | 44,428 |\n"
    (a_sum,) = read(text).sums
    assert (a_sum.total.value, a_sum.total.unit) == (44428000, 1000)


@pytest.mark.parametrize(
    "row",
    ["Average cost | £2,160 |", "Cost per head | £41 |", "Rank | 3 |", "Number of berths | 4321 |", "Ratio | 4.2 |"],
)
def test_averages_rates_ranks_and_counts_are_neither_totals_nor_parts(row: str) -> None:
    text = f"Paint | £1,204 |\nRope | £3,117 |\n{row}\nTotal | £4,321 |\n"
    assert sums(text) == ["£4,321 = £1,204 + £3,117"]


def test_a_row_of_years_is_a_heading_and_not_added() -> None:
    text = "| | 2031 | 2032 |\n|---|---|---|\n| Crew | 400 | 410 |\n| Fuel | 43 | 45 |\n| Total | 443 | 455 |\n"
    assert sums(text) == ["443 = 400 + 43", "455 = 410 + 45"]


def test_percentages_make_a_hundred_or_nothing() -> None:
    text = (
        "| | £ | Share % |\n|---|---|---|\n| Crew | 4,000 | 40.0 |\n| Fuel | 6,000 | 60.0 |\n"
        "| Total | 10,000 | 100.0 |\n"
    )
    assert sums(text) == ["10,000 = 4,000 + 6,000", "100.0 = 40.0 + 60.0"]
    assert "57.0" not in " ".join(sums(text.replace("100.0", "57.0")))


def test_a_footnote_mark_in_a_cell_is_no_amount() -> None:
    text = "| | £ |\n|---|---|\n| Crew | 4,000 (24) |\n| Fuel | 6,000 |\n| Total | 10,000 |\n"
    assert sums(text) == ["10,000 = 4,000 + 6,000"]


def test_the_same_figure_in_two_sums_is_one_figure() -> None:
    text = (
        "| Pier | Repair | Paint | Total |\n|---|---|---|---|\n| East | 410 | 120 | 530 |\n"
        "| West | 385 | 240 | 625 |\n| Total | 795 | 360 | 1,155 |\n"
    )
    found = read(text).sums
    shared = [part.figure for a_sum in found for part in a_sum.parts if part.figure.text == "410"]
    assert len(shared) == 2
    assert len(set(shared)) == 1


def test_what_a_table_leaves_of_a_paragraph_is_still_read() -> None:
    text = (
        "Spending of £1,500,000 was agreed, £40,000 more than before.\nYear Crew Fuel Total\n"
        "A 2,736 1,015 3,751\nB 3,888 8,225 12,113\nC 1,000 2,000 3,000\n"
    )
    paper = read_text(text)
    assert len(paper.tables) == 1
    assert [paragraph.at.line for paragraph in paper.paragraphs] == [1]


@pytest.mark.parametrize(
    "text",
    [
        ("|" + " £1,000 |" * 50_000 + "\n") * 2,
        ("\t1" * 50_000 + "\n") * 2,
        "| a | £1 | £2 |\n" * 2_000,
        "Paint £10.00\n" * 1_900,
        "£1,000 " * 20_000,
        "(" * 100_000 + "£1" + ")" * 100_000,
        "\u202e£1,000 \0" * 10_000,
    ],
)
def test_hostile_tables_are_read_in_linear_time_or_left_alone(text: str) -> None:
    with ends_within(60):
        read(text)


COUNTED = """\
| Area | Number of grants | Paid £ |
|---|---|---|
| North | 52 | 1,204 |
| South | 28 | 3,117 |
| West | 14 | 2,765 |
| Total | 94 | 7,086 |
"""


def test_a_total_of_counts_is_found_where_it_holds() -> None:
    sums = [(each.total.text, each.kind) for each in claims(read_text(COUNTED)).sums]
    assert sums == [("7,086", "column"), ("94", "column")]


def test_a_total_of_counts_that_fails_is_not_claimed() -> None:
    sums = claims(read_text(COUNTED.replace("| 94 |", "| 49 |"))).sums
    assert [each.total.text for each in sums] == ["7,086"]


def test_numbers_of_invoices_are_no_counts() -> None:
    text = COUNTED.replace("Number of grants", "Invoice number")
    assert [each.total.text for each in claims(read_text(text)).sums] == ["7,086"]


def test_columns_of_noughts_and_ones_are_no_totals_of_each_other() -> None:
    rows = "\n".join(f"| Area {n} | {1_000 + 37 * n:,} | {n % 2} | {n % 3 // 2} | {(n + 1) % 2} |" for n in range(20))
    text = f"| Area | Paid | First | Second | Third |\n|---|---|---|---|---|\n{rows}\n"
    assert claims(read_text(text)).sums == ()


ESTIMATE = """\
| Item | Cost |
|---|---|
| Parts | 2,104 |
| Labour | 525 |
| Sub-total | 2,629 |
| Tax | 268.16 |
| Grand total | 5,526.16 |
"""


def test_a_sub_total_that_is_added_twice_is_found() -> None:
    failing = [each for each in claims(read_text(ESTIMATE)).sums if verdict(each) is Verdict.MISMATCH]
    assert [(each.total.text, [part.figure.text for part in each.parts]) for each in failing] == [
        ("5,526.16", ["2,629", "268.16"])
    ]


@pytest.mark.parametrize("total", ["5,530.16", "4,000.00"])
def test_a_total_that_is_out_by_anything_else_is_not_claimed_for_that(total: str) -> None:
    sums = claims(read_text(ESTIMATE.replace("5,526.16", total).replace("2,104", "2,104.00"))).sums
    assert not [each for each in sums if verdict(each) is Verdict.MISMATCH and each.total.text == total]


def test_a_row_that_repeats_the_rows_above_it_is_no_difference_of_them() -> None:
    rows = "".join(f"| {day} March | 750,000 | 650,000 |\n" for day in range(1, 5))
    text = f"| Day | Volume | Mass |\n|---|---|---|\n{rows}| Sum | 3,000,000 | 2,600,000 |\n"
    found = claims(read_text(text)).sums
    assert [(a_sum.total.text, len(a_sum.parts)) for a_sum in found] == [("3,000,000", 4), ("2,600,000", 4)]


def test_rows_of_noughts_do_not_make_columns_add_across() -> None:
    noughts = "".join(f"| {day} March | 0 | 0 | 0 |\n" for day in range(1, 9))
    text = f"| Day | Gas | Oil | Sold |\n|---|---|---|---|\n{noughts}| 9 March | 4,172 | 3,601 | 174 |\n"
    assert [a_sum for a_sum in claims(read_text(text)).sums if verdict(a_sum).value == "mismatch"] == []


@pytest.mark.parametrize("label", ["Keeper (band D)", "Band D keeper", "Keeper, band D"])
def test_a_post_of_band_d_is_a_part_and_no_rate(label: str) -> None:
    assert sums(LIGHTHOUSE.replace("Keeper", label)) == sums(LIGHTHOUSE)


@pytest.mark.parametrize("label", ["Band D", "Band D council tax", "Council tax (band D)", "Band D equivalent"])
def test_the_tax_on_a_house_of_band_d_is_no_part(label: str) -> None:
    taxed = LIGHTHOUSE.replace("| Total |", f"| {label} | £1,742 | £1,204 |\n| Total |")
    assert sums(taxed) == sums(LIGHTHOUSE)


@pytest.mark.parametrize("heading", ["Funder (80%)", "VAT at 20 %", "Overheads, 10 per cent"])
def test_a_column_of_amounts_headed_with_a_percentage_is_one_of_amounts(heading: str) -> None:
    assert sums(LIGHTHOUSE.replace("Overhead", heading)) == sums(LIGHTHOUSE)


NUMBERED = """\
| No | Screen | Revenue |
|---|---|---|
| 1 | North pier | £3,000 |
| 2 | South pier | £3,600 |
| 3 | Lighthouse | £3,620 |
| Total revenue | | £12,500 |
"""
NUMBERED_LABELS = """\
| Screen | Revenue |
|---|---|
| 1 North pier | £3,000 |
| 2. South pier | £3,600 |
| 3) Lighthouse | £3,620 |
| Total revenue: | £12,500 |
"""


@pytest.mark.parametrize("text", [NUMBERED, NUMBERED_LABELS])
def test_a_total_far_from_rows_that_are_numbered_throughout_is_claimed_by_its_name(text: str) -> None:
    assert failing(text) == ["£12,500 = £3,000 + £3,600 + £3,620"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 2 | South pier | £3,600 |\n", ""),
        ("| 1 |", "| 2 |"),
        ("Total revenue", "Total"),
        ("Total revenue", "Total programme"),
        ("| Total revenue", "| | Late bookings | £140 |\n| Total revenue"),
    ],
)
def test_it_is_not_claimed_where_a_row_may_be_missing_or_something_else_be_meant(old: str, new: str) -> None:
    assert failing(NUMBERED.replace(old, new)) == []


REGIONS = """\
| Region £m | Capital | Revenue | Total |
|---|---|---|---|
| North | 2.3 | 3.2 | 5.5 |
| South | 8.8 | 13.4 | 22.2 |
| East | 1.1 | 1.9 | 3.0 |
| Islands | 22 | 33 | 55 |
| Support | | 0.53 | |
| Total | 34.2 | 52.03 | 86.23 |
"""


def test_a_total_that_may_lack_a_part_is_not_judged_together_with_others() -> None:
    found = gather(read_text(REGIONS))
    told_of = {told(a_sum): verdict(a_sum) for a_sum in found.sums}
    assert told_of["86.23 = 5.5 + 22.2 + 3.0 + 55"] is Verdict.ROUNDING
    assert "86.23 = 5.5 + 22.2 + 3.0 + 55" not in {told(a_sum) for a_sum in found.certain}
    assert len(found.certain) == len(found.sums) - 1
    full = gather(read_text(REGIONS.replace("| 0.53 | |", "| 0.53 | 0.53 |").replace("55 |", "55.0 |")))
    assert full.certain == full.sums


def test_an_award_in_the_text_is_what_the_totals_of_two_tables_make() -> None:
    posts = "| Post | Cost |\n|---|---|\n| Keeper | £31,204 |\n| Deputy | £27,118 |\n| Total | £58,322 |\n"
    goods = "| Item | Cost |\n|---|---|\n| Paint | £1,204 |\n| Rope | £3,117 |\n| Total | £4,321 |\n"
    text = f"The award is £62,643 in all.\n\n{posts}\nWhat else is bought:\n\n{goods}"
    made = [(told(a_sum), verdict(a_sum).value) for a_sum in gather(read_text(text)).sums]
    assert ("£62,643 = £58,322 + £4,321", "exact") in made


RAGGED = """\
Item                       2021       2022      Total
Salaries                 £1,000     £2,000     £3,000
Pension costs of all     £1,100     £1,200     £2,300
Travel                                £500       £500
Total                    £2,100     £3,700     £5,800
"""


def test_an_amount_without_others_beside_it_stands_in_the_column_above_its_end() -> None:
    assert [cell.text for cell in read_text(RAGGED).tables[0].rows[3].cells] == ["Travel", "", "£500", "£500"]
    assert sums(RAGGED)[:3] == [
        "£2,100 = £1,000 + £1,100",
        "£3,700 = £2,000 + £1,200 + £500",
        "£5,800 = £3,000 + £2,300 + £500",
    ]


def test_words_between_rows_of_amounts_are_one_label_however_they_are_set() -> None:
    lines = ["Salaries              £1,000", "Travel by rail     and bus", "Pension costs         £2,000"]
    (table,) = read_text("\n".join(["Item                    Cost", *lines, "Total                 £3,000"])).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["Travel by rail and bus"]


def test_a_bar_that_is_escaped_divides_no_cells() -> None:
    assert sums("| Post | Cost |\n|---|---|\n| A \\| B | £31 |\n| C | £20 |\n| Total | £51 |\n") == ["£51 = £31 + £20"]


def test_another_mark_within_a_block_of_code_does_not_end_it() -> None:
    assert read_text("```\nThe cost is £5.\n~~~\nIt is £6.\n```\nIn all £7.\n").paragraphs[-1].text == "In all £7."
    assert "£6" not in "".join(each.text for each in read_text("```\nA £5.\n~~~\nB £6.\n```\nC £7.\n").paragraphs)


NAMED = """\
| Line | 2021 | 2022 | 2023 |
|---|---|---|---|
| Total costs | £900 | £1,100 | £1,300 |
| North | | | |
| Staff | £40 | £50 | £70 |
| Costs | £400 | £500 | £600 |
| South | | | |
| Staff | £41 | £50 | £77 |
| Costs | £500 | £600 | £700 |
| Staff | £140 | £510 | £701 |
"""


def test_a_total_before_items_of_its_name_is_what_these_make() -> None:
    assert sums(NAMED) == ["£900 = £400 + £500", "£1,100 = £500 + £600", "£1,300 = £600 + £700"]
    assert failing(NAMED.replace("£1,300", "£1,030")) == ["£1,030 = £600 + £700"]
    assert sums(NAMED.replace("£1,300", "£13").replace("£1,100", "£11").replace("£900", "£9")) == []


ALIGNED = """\
The posts cost as follows.

{heading}
Keeper              1.0    31,204    4,410     35,614
Deputy              2.0    27,118    4,410     31,528
Boatman             0.5    22,950    3,875     26,825
Total               3.5    81,272   12,695     93,967
"""


@pytest.mark.parametrize(
    "heading",
    [
        "Post                FTE    Salary     Other       All",
        "                    FTE    Salary     Other       All",
        "Post  FTE  Salary  Other  All",
    ],
)
def test_words_above_columns_that_gaps_set_apart_head_them(heading: str) -> None:
    found = read(ALIGNED.format(heading=heading)).sums
    assert [a_sum.label for a_sum in found if a_sum.total.text == "81,272"] == ["Total, Salary"]
    assert [told(a_sum) for a_sum in found if a_sum.total.text == "3.5"] == ["3.5 = 1.0 + 2.0 + 0.5"]


def test_posts_are_no_amounts_where_only_the_heading_says_so() -> None:
    heading = "Post                FTE    Salary     Other       All"
    assert failing(ALIGNED.format(heading=heading).replace("3.5", "4.5")) == []


@pytest.mark.parametrize("line", ["Two posts are new.  The deputy is not.", "Costs", "Keeper  and  deputy"])
def test_other_words_above_such_columns_head_nothing(line: str) -> None:
    found = read(ALIGNED.format(heading=line)).sums
    assert "Total" in [a_sum.label for a_sum in found if a_sum.total.text == "81,272"]
