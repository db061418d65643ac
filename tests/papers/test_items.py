"""Items whose names sound like totals or rates: the figures tell what they are."""

from __future__ import annotations

import pytest

from grantcalc.papers.claims import claims
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.sums import verdict

SERVICES = """\
| Service | 2031-32 | 2032-33 | Both |
|---|---|---|---|
| Libraries | 185,987 | 169,998 | 355,985 |
| {name} | 319,306 | 13,773 | 333,079 |
| Highways | 367,432 | 383,026 | 750,458 |
| Parks | 46,614 | 174,507 | 221,121 |
| Total | 919,339 | 741,304 | 1,660,643 |
"""
SOURCES = """\
| Year | Grant | {name} | Fees | Total |
|---|---|---|---|---|
| 2031-32 | 41,230 | 1,452 | 2,110 | 44,792 |
| 2032-33 | 27,415 | 2,905 | 1,320 | 31,640 |
| 2033-34 | 18,690 | 1,610 | 1,145 | 21,445 |
| All years | 87,335 | 5,967 | 4,575 | 97,877 |
"""
NAMED_LIKE_TOTALS = ["Lump sum payments", "Combined heat and power", "All Saints church", "Overall programme office"]
NAMED_LIKE_RATES = ["Average speed cameras", "Ranking fund", "Weighted blankets", "Including people fund"]
HEADED_LIKE_RATES = ["Business rates", "Council tax yield", "Pay and price inflation", "Index-linked contracts"]


def told(text: str) -> list[str]:
    """Every sum of a text, with a word for how it comes out."""
    return [
        f"{verdict(a_sum)} {a_sum.total.text} = {' + '.join(part.figure.text for part in a_sum.parts)}"
        for a_sum in claims(read_text(text)).sums
    ]


def unchecked(text: str) -> list[str]:
    return [each.reason for each in gather(read_text(text)).unchecked]


@pytest.mark.parametrize("name", [*NAMED_LIKE_TOTALS, *NAMED_LIKE_RATES])
def test_a_row_that_its_total_adds_like_all_others_is_an_item_whatever_its_name(name: str) -> None:
    text = SERVICES.format(name=name)
    assert told(text) == told(SERVICES.format(name="Museums"))
    assert unchecked(text) == []


@pytest.mark.parametrize("name", NAMED_LIKE_TOTALS)
def test_a_list_of_one_column_is_read_in_the_same_way(name: str) -> None:
    rows = [("Libraries", "185,987"), (name, "319,306"), ("Parks", "46,614"), ("Total", "551,907")]
    text = "| Service | £ |\n|---|---|\n" + "".join(f"| {label} | {amount} |\n" for label, amount in rows)
    assert told(text) == ["exact 551,907 = 185,987 + 319,306 + 46,614"]
    assert unchecked(text) == []


@pytest.mark.parametrize("name", [*NAMED_LIKE_TOTALS, *NAMED_LIKE_RATES])
def test_a_slip_in_such_a_row_is_found(name: str) -> None:
    slipped = told(SERVICES.format(name=name).replace("13,773", "17,373"))
    assert "mismatch 741,304 = 169,998 + 17,373 + 383,026 + 174,507" in slipped


def test_a_total_whose_parts_are_not_there_is_still_told() -> None:
    text = SERVICES.format(name="Total culture").replace("| Libraries | 185,987 | 169,998 | 355,985 |\n", "")
    assert any('"Total culture"' in each for each in unchecked(text))


def test_an_average_above_a_total_that_leaves_it_out_is_no_part() -> None:
    text = SERVICES.format(name="Museums").replace("| Total |", "| Average | 229,835 | 185,326 | 415,161 |\n| Total |")
    assert told(text) == told(SERVICES.format(name="Museums"))


@pytest.mark.parametrize("name", [*HEADED_LIKE_RATES, "Average grants", "Price of materials"])
def test_a_column_that_the_total_adds_like_all_others_is_one_of_amounts(name: str) -> None:
    assert told(SOURCES.format(name=name)) == told(SOURCES.format(name="Levy"))


@pytest.mark.parametrize("name", ["Average grant", "Unit price", "Interest rate"])
def test_a_column_of_rates_beside_a_total_that_leaves_it_out_stays_apart(name: str) -> None:
    rows = "| Fence | 41,230 | {} | 2,110 | 43,340 |\n| Gate | 27,415 | {} | 1,320 | 28,735 |\n"
    text = f"| Item | Works | {name} | Fees | Total |\n|---|---|---|---|---|\n{rows.format('1,452', '2,905')}"
    without = told(text.replace("1,452", "").replace("2,905", ""))
    assert told(text) == without != []


@pytest.mark.parametrize("name", HEADED_LIKE_RATES)
def test_a_column_of_amounts_needs_no_total_of_the_rows_to_be_one(name: str) -> None:
    text = f"| Year | {name} |\n|---|---|\n| 2031-32 | 1,452 |\n| 2032-33 | 2,905 |\n| Total | 4,357 |\n"
    assert told(text) == ["exact 4,357 = 1,452 + 2,905"]


DEDUCTIONS = """\
| | £ |
|---|---|
| Budget | 214,663,000 |
| Less: Grant | {first} |
| Less: Surplus | {second} |
| {left} | 172,801,000 |
"""


@pytest.mark.parametrize("left", ["Levy", "To be raised from members"])
@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("(41,207,000)", "(655,000)", "exact"),
        ("41,207,000", "655,000", "exact"),
        ("(41,270,000)", "(655,000)", "mismatch"),
        ("41,270,000", "655,000", "mismatch"),
    ],
)
def test_what_stands_below_nothing_but_deductions_is_what_is_left(
    left: str, first: str, second: str, outcome: str
) -> None:
    (found,) = told(DEDUCTIONS.format(left=left, first=first, second=second))
    assert found.startswith(f"{outcome} 172,801,000 = 214,663,000 + ")


def test_another_amount_below_deductions_is_no_mistake() -> None:
    text = DEDUCTIONS.format(left="Band D dwellings", first="(41,207,000)", second="(655,000)")
    assert told(text.replace("172,801,000", "254,610")) == []


@pytest.mark.parametrize(("may", "outcome"), [("39,874.50", "exact"), ("38,974.50", "mismatch")])
def test_the_half_year_below_its_months_is_their_total(may: str, outcome: str) -> None:
    text = f"April\t£41,206.18\nMay\t£{may}\nJune\t£44,019.77\nHalf year\t£125,100.45\n"
    (found,) = told(text)
    assert found.startswith(f"{outcome} £125,100.45 = ")


PAYBACK = """\
| Post | Cost | Saving | {heading} |
|---|---|---|---|
| Head of assets | £159,688 | £92,750 | 1.7 |
| Surveyor | £18,940 | £51,300 | 0.4 |
| Assistant | £15,627 | £27,480 | 0.6 |
| Total | £194,255 | £171,530 | {total} |
"""


@pytest.mark.parametrize("heading", ["Payback (years)", "Payback", "Return", "Weight"])
def test_the_average_of_a_column_of_bare_numbers_is_no_total_of_it(heading: str) -> None:
    found = told(PAYBACK.format(heading=heading, total="1.1"))
    assert found == told(PAYBACK.format(heading="Payback", total="").replace("1.7", "").replace("0.4", ""))
    assert len(found) == 2


def test_the_average_in_a_row_of_totals_is_not_said_to_be_unchecked() -> None:
    assert unchecked(PAYBACK.format(heading="Payback (years)", total="1.1")) == []


def test_posts_are_counted_and_what_each_costs_is_not_added() -> None:
    text = PAYBACK.replace("1.7", "3.0").replace("0.4", "1.5").replace("0.6", "0.5")
    assert "exact 5.0 = 3.0 + 1.5 + 0.5" in told(text.format(heading="FTE", total="5.0"))
    assert len(told(text.format(heading="FTE", total="5.5"))) == 2
    assert len(told(text.format(heading="Cost per FTE", total="5.0"))) == 2


def test_a_total_without_parts_is_told_with_what_the_rows_above_it_make() -> None:
    text = SERVICES.format(name="Museums").replace("| Highways | 367,432 | 383,026 | 750,458 |\n", "")
    (reason,) = unchecked(text)
    assert reason.startswith('919,339 and 741,304 in the row "Total": no parts were made out')
    assert reason.endswith("; the 3 rows above it make 551,907 and 358,278")
