"""Figures in running text: what is money, what is not, and what is written wrongly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grantcalc.papers.numbers.figures import Found, Kind, find_figures, scaled
from grantcalc.papers.numbers.numerals import Habits
from grantcalc.source import Where
from tests.runaway import ends_within


def only(text: str, *, cell: bool = False) -> Found:
    (found,) = find_figures(text, cell=cell)
    return found


def money(text: str) -> list[str]:
    return [found.figure.text for found in find_figures(text) if found.kind is Kind.MONEY]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("£86,412", 86412, 1),
        ("£4618", 4618, 1),
        ("£5000.00", 5000, None),
        ("£3.415m", 3415000, 1000),
        ("£0.62m", 620000, 10000),
        ("£481k", 481000, 1000),
        ("£1.2bn", 1200000000, 100000000),
        ("£2.1 billion", 2100000000, 100000000),
        ("€44,300.50", Decimal("44300.50"), None),
        ("US$1,200", 1200, 1),
        ("£613.0", 613, Decimal("0.1")),
        ("8,140 DAI", 8140, 1),
        ("1.883,50", Decimal("1883.50"), None),
    ],
)
def test_an_amount_is_read_in_pounds_as_precisely_as_it_is_printed(text: str, value: object, unit: object) -> None:
    found = only(text)
    assert (found.kind, found.figure.value, found.figure.unit) == (Kind.MONEY, value, unit)


@pytest.mark.parametrize(
    "text", ["-£363", "£-363", "−363", "(363)", "£(363)", "(£363)", "$( 363 )", "£363 CR", "£363CR", "- £363"]
)
def test_a_minus_brackets_or_cr_in_a_cell_make_an_amount_negative(text: str) -> None:
    assert only(text, cell=True).figure.value == -363


def test_a_bracketed_amount_in_a_sentence_is_an_aside_and_not_negative() -> None:
    assert only("the larger award (£405,600) was declined").figure.value == 405600


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on 4 March 2031 we met", Kind.DATE),
        ("03/11/31", Kind.DATE),
        ("12/20/31", Kind.DATE),
        ("12/20-12/25", Kind.DATE),
        ("2031-03-04", Kind.DATE),
        ("at 10.30am", Kind.DATE),
        ("in 2031", Kind.YEAR),
        ("for 2031-32", Kind.YEAR),
        ("in 2031/32", Kind.YEAR),
        ("paragraph 14", Kind.REFERENCE),
        ("3.1. The board is asked", Kind.REFERENCE),
        ("(3) The board is asked", Kind.REFERENCE),
        ("cheque 100774", Kind.REFERENCE),
        ("2.5 FTE", Kind.COUNT),
        ("16 weeks", Kind.COUNT),
        ("the 3rd sector", Kind.COUNT),
        ("3.18%", Kind.PERCENT),
        ("7 per cent", Kind.PERCENT),
        ("the grant[4]", Kind.NOTE),
    ],
)
def test_what_is_no_money_is_told_apart(text: str, kind: Kind) -> None:
    assert only(text).kind is kind


@pytest.mark.parametrize("text", ["room B12", "Covid19", "year1", "see A228x", "without any figure"])
def test_digits_inside_a_word_are_no_figure(text: str) -> None:
    assert [found for found in find_figures(text) if found.is_amount] == []


def test_a_cheque_number_before_its_amount_is_no_range() -> None:
    number, amount = find_figures("cheques 1408-£100.00")
    assert (number.kind, amount.kind, amount.ranged) == (Kind.REFERENCE, Kind.MONEY, False)


def test_both_ends_of_a_range_are_marked() -> None:
    assert [found.ranged for found in find_figures("between £5,000 - £10,000")] == [True, True]


def test_a_number_after_a_month_is_its_day() -> None:
    kinds = [(found.figure.text, found.kind) for found in find_figures("As of March 12 it is £40,000.")]
    assert kinds == [("12", Kind.DATE), ("£40,000", Kind.MONEY)]


def test_a_comma_and_a_space_set_numbers_apart_and_no_thousands() -> None:
    assert [found.figure.text for found in find_figures("Bought 12, 500 sheets.")] == ["12", "500"]


def test_a_percentage_is_kept_to_its_printed_precision() -> None:
    assert only("3.18%").figure.unit == Decimal("0.01")


def test_a_footnote_mark_is_no_part_of_a_figure() -> None:
    assert only("5127*", cell=True).figure.value == 5127


def test_letters_after_an_amount_do_not_shorten_it() -> None:
    assert money("£318,742p.a. and £12,604.18minus the rest") == ["£318,742", "£12,604.18"]


@pytest.mark.parametrize(
    ("text", "value", "likely"),
    [
        ("£31, 870", 31870, "31,870"),
        ("£48.216.75", Decimal("48216.75"), "48,216.75"),
        ("£412.60.25", Decimal("41260.25"), "41,260.25"),
        ("£7,305418", 7305418, "7,305,418"),
        ("£2,468,13", Decimal("2468.13"), "2,468.13"),
        ("£20.2,804", 202804, "202,804"),
        ("£6,204,118.000", 6204118000, "6,204,118,000"),
    ],
)
def test_a_malformed_amount_is_reported_with_its_likely_reading(text: str, value: object, likely: str) -> None:
    found = only(text)
    assert found.flaw is not None
    assert (found.figure.text, found.figure.value, found.flaw.likely) == (text, value, likely)


@pytest.mark.parametrize("text", ["1,2,3", "12.5.3", "2031,2032"])
def test_lists_of_numbers_are_not_called_malformed(text: str) -> None:
    assert all(found.flaw is None for found in find_figures(text))


def test_spaces_set_thousands_apart_where_the_paper_does_so_throughout() -> None:
    assert money("37 200 DAI of which 15 150 DAI and 22 050 DAI") == ["37 200 DAI", "15 150 DAI", "22 050 DAI"]


def test_spaces_do_not_join_columns_where_thousands_have_commas() -> None:
    values = [found.figure.value for found in find_figures("1,200 350 945 1,350")]
    assert values == [1200, 350, 945, 1350]


def test_points_set_thousands_apart_where_no_amount_has_other_decimals() -> None:
    assert Habits.of("€36.500 and €12.000").points
    assert not Habits.of("£36.500m and £1.25").points
    habits = Habits.of("€36.500 and €12.000")
    assert [found.figure.value for found in find_figures("€36.500", habits=habits)] == [36500]


def test_a_heading_in_thousands_scales_figures_that_do_not_say_their_own_multiple() -> None:
    plain, own = find_figures("51,306 £3m")
    assert (scaled(plain, Decimal(1000)).figure.value, scaled(plain, Decimal(1000)).figure.unit) == (51306000, 1000)
    assert scaled(own, Decimal(1000)).figure.value == 3000000


def test_two_decimals_of_millions_are_not_pence() -> None:
    assert scaled(only("57.31"), Decimal(10**6)).figure.unit == 10000


def test_places_count_lines_and_columns_from_where_the_text_begins() -> None:
    first, second = find_figures("£1,000\nand £2,000", Where(7, 3))
    assert first.figure.at == Where(7, 3, 7, 9)
    assert second.figure.at == Where(8, 5, 8, 11)


def test_figures_of_a_word_cell_keep_its_place_and_differ_by_column() -> None:
    first, second = find_figures("£1,000\n£2,000", Where(table=2, row=3, table_column=1))
    assert (first.figure.at, second.figure.at) == (
        Where(None, 1, None, 7, table=2, row=3, table_column=1),
        Where(None, 8, None, 14, table=2, row=3, table_column=1),
    )


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "(" * 100_000, "£" * 100_000, "1," * 50_000, "\0£1 " * 20_000, "£" + " " * 100_000, "1.1" * 30_000],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    with ends_within(30):
        find_figures(text)


def test_a_number_too_long_to_be_one_is_left_out_and_not_cut_short() -> None:
    assert find_figures("£" + "7" * 40) == ()
