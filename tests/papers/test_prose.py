"""Sums that sentences and lists state, and figures that merely stand side by side."""

from __future__ import annotations

import pytest

from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.numbers.numerals import Habits
from grantcalc.papers.paper import Paper, Paragraph
from grantcalc.papers.sentences.prose import prose_sums
from grantcalc.source import Where
from grantcalc.sums import Sum, Verdict, verdict
from tests.runaway import ends_within

LINEAR_SECONDS = 5


def running_text(text: str) -> Paper:
    """A paper of paragraphs with blank lines between them."""
    paragraphs = []
    number = 1
    for paragraph in text.split("\n\n"):
        paragraphs.append(Paragraph(paragraph, Where(number, 1)))
        number += paragraph.count("\n") + 2
    return Paper(tuple(paragraphs), (), Habits.of(text))


def sums(text: str) -> list[str]:
    """The sums of running text as short lines: verdict, total, and signed parts."""
    return [line(a_sum) for a_sum in prose_sums(running_text(text))]


def line(a_sum: Sum) -> str:
    parts = " ".join(f"{part.weight:+f}×{part.figure.text}" for part in a_sum.parts)
    return f"{verdict(a_sum)} {a_sum.total.text} = {parts}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The envelope is £4.120m (£1.450m capital, £2.670m revenue).",
            "exact £4.120m = +1×£1.450m +1×£2.670m",
        ),
        (
            "The total of £48,500 being £31,200 plus £17,300.",
            "exact £48,500 = +1×£31,200 +1×£17,300",
        ),
        (
            "The total of £48,500 = £31,200 + £17,300.",
            "exact £48,500 = +1×£31,200 +1×£17,300",
        ),
        (
            "£48,500 less £500, leaving £1,000 and £47,000.",
            "exact £47,000 = +1×£48,500 -1×£500 -1×£1,000",
        ),
        (
            "Funding is partly made up of £31,200 for staff and £17,300 for premises, £48,500 in all.",
            "exact £48,500 = +1×£31,200 +1×£17,300",
        ),
        (
            "Funding of £48,500 is made up of £31,200 for staff and £17,300 for premises.",
            "exact £48,500 = +1×£31,200 +1×£17,300",
        ),
        (
            "The scheme costs £95,000, comprising £60,000 for pay, £25,000 for vans and £10,000 for fuel.",
            "exact £95,000 = +1×£60,000 +1×£25,000 +1×£10,000",
        ),
        (
            "The award of £150,000 is shared between Ashby (£62,000), Corley (£48,000) and Denton (£40,000).",
            "exact £150,000 = +1×(£62,000) +1×(£48,000) +1×(£40,000)",
        ),
        (
            "The trust gave £12,400, the council £3,150 and donors £890, a total of £16,440.",
            "exact £16,440 = +1×£12,400 +1×£3,150 +1×£890",
        ),
        (
            "The grants were £2,150; £10,300; £5,120. It was noted that this amounted to £17,570.",
            "exact £17,570 = +1×£2,150 +1×£10,300 +1×£5,120",
        ),
        (
            "Current account £1,183.29 and deposit account £12,762.31. Total £13,945.60.",
            "exact £13,945.60 = +1×£1,183.29 +1×£12,762.31",
        ),
        (
            "Of the £80,000 awarded, £52,750 went to Ashby and the remaining £27,250 to Corley.",
            "exact £80,000 = +1×£52,750 +1×£27,250",
        ),
        ("£250,000 + £125,000 = £375,000", "exact £375,000 = +1×£250,000 +1×£125,000"),
        (
            "The precept of £15,647 plus a grant of £1,353 makes £17,000.",
            "exact £17,000 = +1×£15,647 +1×£1,353",
        ),
        (
            "Receipts of £23,871.50 less payments of £18,004.25 leave a balance of £5,867.25.",
            "exact £5,867.25 = +1×£23,871.50 -1×£18,004.25",
        ),
        (
            "The overspend of £43,000 is offset by an underspend of £18,000, leaving £25,000.",
            "exact £25,000 = +1×£43,000 -1×£18,000",
        ),
        (
            "Income was £9,310.20 and expenditure £7,204.15, giving a surplus of £2,106.05.",
            "exact £2,106.05 = +1×£9,310.20 -1×£7,204.15",
        ),
    ],
)
def test_words_state_a_sum(text: str, expected: str) -> None:
    assert sums(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The budget increased by £215,000 from £1,480,000 to £1,695,000.",
            "exact £1,695,000 = +1×£1,480,000 +1×£215,000",
        ),
        (
            "The budget rose from £1,480,000 to £1,695,000, an increase of £215,000.",
            "exact £1,695,000 = +1×£1,480,000 +1×£215,000",
        ),
        ("Spending fell by £12,300 to £88,700 from £101,000.", "exact £88,700 = +1×£101,000 -1×£12,300"),
        (
            "The precept is £18,250, an increase of £750 on the £17,500 of last year.",
            "exact £18,250 = +1×£17,500 +1×£750",
        ),
        ("The outturn is £5.4m, £0.4m below the budget of £5.8m.", "exact £5.4m = +1×£5.8m -1×£0.4m"),
    ],
)
def test_a_change_makes_the_new_amount(text: str, expected: str) -> None:
    assert sums(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six payments of £4,250 make a total of £25,500.", "exact £25,500 = +6×£4,250"),
        ("The training costs £2,400 (6 days x £400).", "exact £2,400 = +6×£400"),
        ("The survey costs £3,250 (£500 × 6.5 days).", "exact £3,250 = +6.5×£500"),
        ("The pilot costs £7,980 (2 FTE * 35 hours * 3 weeks * £38).", "exact £7,980 = +210×£38"),
        ("For two years at £61,500 a year, the total is £123,000.", "exact £123,000 = +2×£61,500"),
        ("£61,500 a year for two years, a total of £123,000.", "exact £123,000 = +2×£61,500"),
        ("Five officers at £38,400 each, a total of £192,000.", "exact £192,000 = +5×£38,400"),
        ("The sum of £18,000 is paid in three instalments of £6,000.", "exact £18,000 = +3×£6,000"),
        ("Four quarterly payments of £15,375 total £61,500.", "exact £61,500 = +4×£15,375"),
        ("It is paid in four equal instalments of £31,250 (£125,000 a year).", "exact £125,000 = +4×£31,250"),
    ],
)
def test_an_amount_counts_as_often_as_the_words_say(text: str, expected: str) -> None:
    assert sums(text) == [expected]


def test_a_line_and_the_list_under_it_are_a_sum() -> None:
    text = """\
Grants totalling £64,000:

- £20,000 to Ashby and £20,000 to Corley
- 3 grants of £5,000 each
- £9,000 for an audit (£4,000) and drawings (£5,000)
"""
    assert sums(text) == [
        "exact £64,000 = +1×£20,000 +1×£20,000 +3×£5,000 +1×£9,000",
        "exact £9,000 = +1×(£4,000) +1×(£5,000)",
    ]


def test_a_total_adds_up_what_is_named_like_it_however_far_apart() -> None:
    text = """\
Total costs: £30,000

The first stage takes seven weeks.

Costs: £18,620

The second stage takes four.

Costs: £11,380
"""
    assert sums(text) == ["exact £30,000 = +1×£18,620 +1×£11,380"]


def test_a_figure_in_brackets_with_the_same_digits_shows_a_lost_unit() -> None:
    assert sums("Approve funding of £0.025, (£0.025m revenue) for the pilot.") == ["mismatch £0.025 = +1×£0.025m"]


@pytest.mark.parametrize(
    "text",
    [
        "The envelope is £4.120m (£1.450m capital, £2.760m revenue).",
        "Funding of £48,500 is made up of £31,200 for staff and £16,300 for premises.",
        "The trust gave £12,400, the council £3,150 and donors £890, a total of £16,540.",
        "The budget increased by £215,000 from £1,480,000 to £1,685,000.",
        "Receipts of £23,871.50 less payments of £18,004.25 leave a balance of £5,876.25.",
        "The grant is £80,000, of which £52,750 went to Ashby and the remaining £27,350 to Corley.",
        "The sum of £18,000 is paid in three instalments of £6,500.",
        "£250,000 + £125,000 = £365,000",
        "The grants were £2,150, £10,300 and £5,120. This amounted to £17,470.",
        "The grants were £2,150; £10,300; £5,120. It was noted that these come to £17,470.",
    ],
)
def test_a_sum_that_the_words_state_is_claimed_though_it_fails(text: str) -> None:
    found = prose_sums(running_text(text))
    assert [verdict(s) for s in found] == [Verdict.MISMATCH]


@pytest.mark.parametrize(
    "text",
    [
        "The grant was £45,000 in 2023-24, compared with £38,500 in 2022-23 and £41,000 in 2021-22.",
        "The total cost of £40,000 includes £31,000 for staff and £2,000 for travel.",
        "Bids between £5,000 and £10,000 are welcome, up to a total of £60,000.",
        "The budget of £3.2m, of which £1.1m is for capital and £0.9m for computers, was approved.",
        "Salaries range from £28,000 to £34,500, and the average is £31,000.",
        "The award is £405,000. The previous award was £380,000 and the one before £350,000.",
        "A grant of £30,000 (2024: £28,000; 2023: £27,500) was made.",
        "Officers earn £41,000, sergeants £49,000 and inspectors £58,000; a total of £1.2m went on overtime.",
        "The contract is worth £2m over 4 years and the budget is £600,000 a year.",
        "The grant rose from £1,000 to £2,000 and then to £5,000.",
        "Tickets cost £5 for adults and £3 for children; £1,245 was raised in total.",
        "The charge is £12 per hour plus £3 for parking. A total of £4,500 was collected.",
        "The precept of £17,500 is £500 more than last year, with reserves of £9,000.",
        "The award of £90,000 was paid in May. Total costs are £95,000 and £5,000 is met by the force.",
        "The committee met on 4 May 2026 and spent £3,000.",
        "It was agreed to pay £540 + VAT to one firm and £120 + VAT to another, total £792.",
        "The visit costs £45 (£30 for staff, £10 for travel).",
        "The budget is £12.4m: £5m was agreed in March and £3m in May.",
        "Of the £5m allocated, £3m was spent on roads and £1m on bridges.",
        "The grant of £450,000 (£150,000 a year plus £25,000 to set up) runs for three years.",
        "Fees are £2,150 and £10,300 this year. This amounts to £1,245 a month.",
        "An additional £30m brings total funding to £105m, including £15m for pilots.",
        "",
    ],
)
def test_figures_side_by_side_are_no_sum(text: str) -> None:
    assert sums(text) == []


def test_round_figures_that_fit_by_chance_are_no_sum() -> None:
    assert sums("We paid £2,000 in May. The fee was £1,000. A further £3,000 is held.") == []


def test_precise_figures_that_fit_without_a_word_are_a_sum() -> None:
    text = "Staff £31,417.22. Premises £8,206.35. Spent so far £39,623.57."
    assert sums(text) == ["exact £39,623.57 = +1×£31,417.22 +1×£8,206.35"]


def test_text_and_tables_make_sums_together() -> None:
    text = """\
An award of £124,006 is accepted for two years.

| First year | Cost    |
|------------|---------|
| Officer    | £40,001 |
| Analyst    | £21,002 |
| Total      | £61,003 |

| Second year | Cost    |
|-------------|---------|
| Officer     | £41,001 |
| Analyst     | £22,002 |
| Total       | £63,003 |
"""
    assert "exact £124,006 = +1×£61,003 +1×£63,003" in map(line, gather(read_text(text)).sums)


def test_a_label_may_list_what_its_amount_is_made_of() -> None:
    text = """\
| Item                                        | Amount  |
|---------------------------------------------|---------|
| Balance at the bank                         | £915.20 |
| Less cheques out: 101 - £40.10, 102 - £55.10 | £95.20  |
| Balance in the books                        | £820.00 |
"""
    assert "exact £95.20 = +1×£40.10 +1×£55.10" in map(line, gather(read_text(text)).sums)


@pytest.mark.parametrize(
    "text",
    [
        "a (" * 9_000,
        "£1 plus " * 6_000,
        "3 x " * 9_000 + "£5",
        "£9 of which " * 6_000,
        "£1,000 (£400, " * 2_000,
        "a total of " * 9_000 + "£3",
    ],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    with ends_within(LINEAR_SECONDS):
        prose_sums(running_text(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The bid of £91,400 breaks down as follows:\n• Lead: £38,200\n• Two tutors at £18,250 each: £36,500\n"
                "• Rent – £12,900\n• Kit – £3,800\n"
            ),
            ["exact £91,400 = +1×£38,200 +1×£36,500 +1×£12,900 +1×£3,800", "exact £36,500 = +2×£18,250"],
        ),
        (
            "The price of £31,650 plus VAT of £6,330 gives a total of £39,780.",
            ["mismatch £39,780 = +1×£31,650 +1×£6,330"],
        ),
        (
            "To pay: Clerk £518.32; Revenue £94.60; Mowing £386.40 inc VAT £64.40; Hall £52.00. Total £1,051.32.",
            ["exact £1,051.32 = +1×£518.32 +1×£94.60 +1×£386.40 +1×£52.00"],
        ),
        (
            "Staff $184,000; fringe benefits $42,320; travel $6,150. Total direct costs $232,470.",
            ["exact $232,470 = +1×$184,000 +1×$42,320 +1×$6,150"],
        ),
        (
            (
                "The programme saw an increase of £21.318m, which comprised of:\n\n· Net additions of £12.704m "
                "(General Fund (GF) £12.104m, Housing £0.600m); and\n\n· Carry forward of £8.614m (GF £8.614m).\n"
            ),
            [
                "exact £21.318m = +1×£12.704m +1×£8.614m",
                "exact £12.704m = +1×£12.104m +1×£0.600m",
            ],
        ),
        (
            (
                "Approved:\n(a) £145,200 to the Harm Reduction Unit;\n(b) £38,450 to the Youth Team; and\n"
                "(c) £21,300 to the Advice Centre,\na total of £208,950 for the year.\n"
            ),
            ["mismatch £208,950 = +1×£145,200 +1×£38,450 +1×£21,300"],
        ),
        (
            "The scheme is £640,000 in all - £310,000 this year, £250,000 next year and £90,000 after that.",
            ["mismatch £640,000 = +1×£310,000 +1×£250,000 +1×£90,000"],
        ),
        (
            "Net increases of £7.215m (General £8.431m, Housing (£1.216m)) were approved.",
            ["exact £7.215m = +1×£8.431m -1×(£1.216m)"],
        ),
        (
            (
                "The reallocation of £4.217m consisting of £3.815m from schemes recommended for a new start, "
                "and an increase of £0.412m in the contingency."
            ),
            ["mismatch £4.217m = +1×£3.815m +1×£0.412m"],
        ),
        (
            (
                "A further £6.237m was added. Of this: £4.518m came from grants; £1.304m from levies; and £0.415m from "
                "reserves."
            ),
            ["exact £6.237m = +1×£4.518m +1×£1.304m +1×£0.415m"],
        ),
    ],
)
def test_lists_are_read_with_workings_tax_and_brackets_in_them(text: str, expected: list[str]) -> None:
    found = [line(a_sum) for a_sum in gather(read_text(text)).sums]
    assert sorted(found) == sorted(expected)


def test_an_assumption_in_brackets_says_nothing_of_the_row_above() -> None:
    text = "Subscription 120 £123.48 125\nRoom hire (8 meetings assumed@£6/hour) 90 90 90\nPost 30 28 30\n"
    assert all(verdict(a_sum) is not Verdict.MISMATCH for a_sum in gather(read_text(text)).sums)


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_program_code_states_no_sums(fence: str) -> None:
    code = f"{fence}python\nprint('Total: 180.75')\n# Total: 480.75 of 320.50 + 133.25\n{fence}\n"
    assert not gather(read_text(f"Run this:\n\n{code}\nThen wait.\n")).sums


def test_text_after_a_fence_that_is_never_closed_is_read() -> None:
    text = "```\nThe award of £48,500 comprises £31,200 for staff and £17,300 for premises.\n"
    assert [line(a_sum) for a_sum in gather(read_text(text)).sums] == ["exact £48,500 = +1×£31,200 +1×£17,300"]


@pytest.mark.parametrize("mark", ["•", "-", "1."])
def test_items_of_a_list_with_a_colon_in_each_are_no_total_and_its_parts(mark: str) -> None:
    items = ("Outreach: £612,000", "Mentoring: £438,500", "Evaluation: £234,000")
    assert not gather(read_text("".join(f"{mark} {item}\n" for item in items))).sums


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deficit of £6,214,300 rises by £1,105,900 to £7,320,200.", "exact"),
        ("The deficit of £6,214,300 rises by £1,105,900 to £7,230,200.", "mismatch"),
        ("The reserve of £461,750 at 1 April 2031 falls by £22,400 to £439,350.", "exact"),
        ("The reserve of £461,750 at 1 April 2031 falls by £22,400 to £493,350.", "mismatch"),
        ("The levy of £330,000 will be increased by £10,150 to £340,150.", "exact"),
    ],
)
def test_an_amount_that_rises_or_falls_by_another_makes_a_third(text: str, expected: str) -> None:
    assert [each.split()[0] for each in sums(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Of the £90,000 the cost of the pier rises by £5,150 to £88,150.",
        "The grant is £90,000. Fees rise by £5,150 to £88,150.",
        "The award is £90,000 and spending is increased by £5,150 to £88,150.",
    ],
)
def test_what_rises_is_not_the_amount_before_if_it_has_a_name_of_its_own(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Borrowing costs £18,750 a year, or £468,750 over 25 years.", ["exact £468,750 = +25×£18,750"]),
        ("Borrowing costs £18,750 a year, or £486,750 over 25 years.", ["mismatch £486,750 = +25×£18,750"]),
        ("The rent is £1,215 per month, £14,580 over one year.", ["exact £14,580 = +12×£1,215"]),
        ("The rent is £1,215 a month (£43,740 over the three-year term).", []),
        ("The fee is £18,750 a year, or £400,000 over 25 years.", []),
        ("The fee is £18,750 a year, or £46,000 for the first 25 users.", []),
    ],
)
def test_an_amount_a_year_makes_another_over_so_many_years(text: str, expected: list[str]) -> None:
    assert sums(text) == expected


def test_a_difference_in_the_wrong_unit_is_found() -> None:
    text = "The forecast is £312.4m against a budget of £309.8m, an overspend of £2.6{}."
    assert sums(text.format("m")) == ["exact £2.6m = +1×£312.4m -1×£309.8m"]
    assert sums(text.format("k")) == ["mismatch £2.6k = +1×£312.4m -1×£309.8m"]


@pytest.mark.parametrize(("left", "expected"), [("£39,350", "exact"), ("£39,530", "mismatch"), ("£12,000", "")])
def test_what_is_left_of_an_amount_needs_no_name(left: str, expected: str) -> None:
    text = f"The gap of £22,400 is met from the reserve of £61,750, leaving {left}."
    assert "".join(each.split()[0] for each in sums(text)) == expected
