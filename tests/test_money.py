"""Reading, printing, rounding and sharing out amounts of money."""

from dataclasses import replace
from decimal import Decimal, Inexact
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grantcalc.money import (
    EXACT,
    PENNY,
    POUND,
    Figure,
    Malformed,
    Remainder,
    add,
    as_entered,
    as_precise_as_printed,
    as_share,
    decimal_of,
    has_stray_space,
    in_figures,
    machine_amount,
    more_precise_than_pence,
    plain,
    pounds,
    printed_unit,
    read_amount,
    round_half_up,
    share_out,
)
from grantcalc.source import Route
from tests.runaway import ends_within


def read(text: str) -> Figure:
    figure = read_amount(text)
    assert isinstance(figure, Figure), figure
    return figure


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("75639", "75639", "1"),
        ("75639.00", "75639", None),
        ("75_639", "75639", "1"),
        ("£75,639", "75639", "1"),
        ("£22, 324", "22324", "1"),
        ("£2.235m", "2235000", "1000"),
        ("£50.6k", "50600", "100"),
        ("(1,250)", "-1250", "1"),
        ("£(1,250)", "-1250", "1"),
        ("(£1,250.50)", "-1250.50", None),
        ("-363", "-363", "1"),
        ("−£363", "-363", "1"),
        ("£-363", "-363", "1"),
        ("+363", "363", "1"),
        ("£0.54 million", "540000", "10000"),
        ("£1.2BN", "1200000000", "100000000"),
        ("3 thousand", "3000", "1000"),
        ("£\u00a075,639", "75639", "1"),
        ("  £5  ", "5", "1"),
        ("0", "0", "1"),
        ("-0", "0", "1"),
        ("0.5", "0.5", "0.1"),
        ("£0.025", "0.025", None),
        ("50,582.25", "50582.25", None),
        ("£999,999,999,999,999", "999999999999999", "1"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, value: str, unit: str | None) -> None:
    figure = read(text)
    assert figure.text == text.strip()
    assert figure.value == Decimal(value)
    assert figure.unit == (None if unit is None else Decimal(unit))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("£", "is not an amount"),
        ("tbc", "is not an amount"),
        ("£1,23,456", "has a comma where no thousands end"),
        ("75,63", "has a comma where no thousands end"),
        ("£75,639,", "has a comma where no thousands end"),
        ("1000,000", "has a comma where no thousands end"),
        ("12.345.678", "has more than one decimal point"),
        ("1e6", "has an exponent"),
        ("1E+6", "has an exponent"),
        (".inf", "is not a number"),
        ("-.Inf", "is not a number"),
        ("NaN", "is not a number"),
        ("$500", "is not in pounds"),
        ("007", "begins with a nought"),
        ("0,123", "begins with a nought"),
        ("£000", "begins with a nought"),
        ("75_63", "is not an amount that can be read with certainty"),
        ("75639x", "is not an amount that can be read with certainty"),
        ("x75639", "is not an amount that can be read with certainty"),
        ("75,639 1", "has a comma where no thousands end"),
        ("75 639", "is not an amount that can be read with certainty"),
        ("£75,639 and £2", "is not an amount that can be read with certainty"),
        ("5.", "is not an amount that can be read with certainty"),
        (".5", "is not an amount that can be read with certainty"),
        ("--5", "is not an amount that can be read with certainty"),
        ("-(5)", "is not an amount that can be read with certainty"),
        ("(-5)", "is not an amount that can be read with certainty"),
        ("-£-5", "is not an amount that can be read with certainty"),
        ("££5", "is not an amount that can be read with certainty"),
        ("5 m\u0131ll\u0131on", "is not an amount that can be read with certainty"),
        ("\uff17\uff15", "has digits other than 0 to 9"),
        ("\u0667\u0665", "has digits other than 0 to 9"),
        ("1,000,000,000,000,000", "is larger than any grant"),
        ("1,000,000bn", "is larger than any grant"),
        ("1" * 61, "is far too long for an amount"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused_with_its_reason(text: str, reason: str) -> None:
    malformed = read_amount(text)
    assert isinstance(malformed, Malformed), malformed
    assert malformed.reason == reason
    assert malformed.remedy


def test_what_is_refused_is_told_what_to_write() -> None:
    assert read_amount("1" * 61) == Malformed("is far too long for an amount", "write an amount such as £75,639")
    assert read_amount("1" * 60) == Malformed("is larger than any grant", "check how many digits it has")
    assert read_amount("tbc") == Malformed("is not an amount", "write an amount such as £75,639 or 75639.00")


@pytest.mark.parametrize("text", ["1," * 5_000_000, "(" * 5_000_000, " " * 5_000_000 + "5", "£" + "9" * 59, "1 " * 30])
def test_no_text_takes_long_to_read(text: str) -> None:
    with ends_within(5):
        read_amount(text)


def test_a_minus_keeps_every_digit() -> None:
    assert read("(0.1234567890123456789012345678901234)").value == Decimal("-0.1234567890123456789012345678901234")


@given(st.text(alphabet="0123456789.,£-−()km _ebn\u00a0\u0131\uff15", max_size=12))
def test_reading_never_fails_and_never_invents_digits(text: str) -> None:
    figure = read_amount(text)
    if isinstance(figure, Figure):
        digits = "".join(character for character in text if character in "0123456789").strip("0")
        assert "".join(map(str, figure.value.as_tuple().digits)).strip("0") == digits


@pytest.mark.parametrize(("text", "stray"), [("£22, 324", True), ("£22,324", False), ("£ 22,324", False)])
def test_a_space_after_a_comma_is_noticed(text: str, stray: bool) -> None:  # noqa: FBT001  (a table's column)
    assert has_stray_space(text) is stray


@pytest.mark.parametrize("text", ["£0.025", "24.500", "1.005", "£1.123456789m"])
def test_more_than_two_decimals_are_noticed(text: str) -> None:
    assert more_precise_than_pence(read(text))


@pytest.mark.parametrize("text", ["£2.235m", "24.50", "£50.6k", "£2.123456m", "3.7"])
def test_decimals_of_a_million_are_not_pence(text: str) -> None:
    assert not more_precise_than_pence(read(text))


def test_a_computed_amount_below_a_penny_is_noticed() -> None:
    assert more_precise_than_pence(Figure("", Decimal("0.125")))
    assert not more_precise_than_pence(Figure("", Decimal("0.12")))


def test_a_figure_taken_as_exact_still_knows_its_printed_unit() -> None:
    assert read("£2.235m").exactly().unit is None
    assert printed_unit(read("£2.235m").exactly()) == 1000
    assert printed_unit(Figure("", Decimal(5))) == PENNY


@pytest.mark.parametrize(
    ("value", "pence", "printed"),
    [
        ("75639", None, "£75,639"),
        ("50582.5", None, "£50,582.50"),
        ("-1250", None, "-£1,250"),
        ("75639", True, "£75,639.00"),
        ("50582.5", False, "£50,583"),
        ("-50582.5", False, "-£50,583"),
        ("-0.4", False, "£0"),
        ("-0", True, "£0.00"),
        ("0.0005", None, "£0.0005"),
        ("0.025", False, "£0.025"),
        ("1E+6", None, "£1,000,000"),
        (
            "12345678901234567890123456789012345678.90",
            None,
            "£12,345,678,901,234,567,890,123,456,789,012,345,678.90",
        ),
    ],
)
def test_amounts_are_printed_in_pounds(value: str, pence: bool | None, printed: str) -> None:  # noqa: FBT001
    assert pounds(Decimal(value), pence=pence) == printed


def test_fractions_without_a_decimal_of_thirty_places_are_printed_to_a_hundredth_of_a_penny() -> None:
    assert pounds(Fraction(2, 3)) == "£0.6667"
    assert pounds(Fraction(-2, 3)) == "-£0.6667"
    assert pounds(Fraction(101165, 2)) == "£50,582.50"
    assert pounds(Fraction(1, 32)) == "£0.03125"
    assert pounds(Fraction(1, 10**30)) == f"£0.{'0' * 29}1"
    assert pounds(Fraction(1, 10**31)) == "£0"
    # A hair less than half a unit, on either side of zero, is not rounded away from it.
    assert decimal_of(Fraction(-49999, 10**9) - Fraction(1, 3 * 10**12)) == 0
    assert decimal_of(Fraction(49999, 10**9) + Fraction(1, 3 * 10**12)) == 0


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2), st.sampled_from([None, True]))
def test_reading_what_was_printed_gives_the_amount_back(value: Decimal, pence: bool | None) -> None:  # noqa: FBT001
    assert read(pounds(value, pence=pence)).value == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=7))
def test_reading_a_printed_fraction_of_a_penny_gives_it_back(value: Decimal) -> None:
    assert read(pounds(value)).value == value


@pytest.mark.parametrize(
    ("value", "unit", "rounded"),
    [
        ("50582.50", "1", "50583"),
        ("50581.50", "1", "50582"),
        ("-50582.50", "1", "-50583"),
        ("7528.50", "1", "7529"),  # 30 % of £25,095, as printed in a written answer of 19 March 2002
        ("0.005", "0.01", "0.01"),
        ("0.0049999999999999999999999999999999999", "0.01", "0"),
        ("2235499", "1000", "2235000"),
        ("2235500", "1E+3", "2236000"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, unit: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), Decimal(unit)) == Decimal(rounded)


def test_plain_values_have_no_exponent_and_no_minus_zero() -> None:
    assert str(plain(Decimal("1E+3"))) == "1000"
    assert str(plain(Decimal("24.500"))) == "24.5"
    assert str(plain(Decimal("-0.00"))) == "0"


@pytest.mark.parametrize(
    ("value", "for_machines", "in_full"),
    [
        ("75639", "75639.00", "75639.00"),
        ("1E+6", "1000000.00", "1000000.00"),
        ("-0.5", "-0.50", "-0.50"),
        ("50582.505", "50582.51", "50582.505"),
        ("-50582.505", "-50582.51", "-50582.505"),
        ("24.500", "24.50", "24.50"),
        ("0.00010", "0.00", "0.0001"),
        ("1234567.891", "1234567.89", "1234567.891"),
        (
            "12345678901234567890123456789012.125",
            "12345678901234567890123456789012.13",
            "12345678901234567890123456789012.125",
        ),
    ],
)
def test_programs_get_digits_a_point_and_two_decimals(value: str, for_machines: str, in_full: str) -> None:
    assert machine_amount(Decimal(value)) == for_machines
    assert in_figures(Decimal(value)) == in_full


@pytest.mark.parametrize(
    ("number", "entered"),
    [
        (0.1 + 0.2, "0.3"),
        (75639.0, "75639"),
        (-1250.5, "-1250.5"),
        (1e6, "1000000"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_of_a_spreadsheet_is_what_was_entered(number: float, entered: str) -> None:
    assert as_entered(number) == entered


def test_a_figure_may_be_taken_as_precise_as_it_is_printed() -> None:
    exact = read("£2.235m").exactly()
    assert as_precise_as_printed(exact) == read("£2.235m")
    assert as_precise_as_printed(replace(read("£75,639"), value=Decimal(76000), unit=POUND)).value == 76000
    assert as_precise_as_printed(replace(read("£75,639.00"), unit=POUND)).unit is None
    computed = Figure("three quarters", Decimal(5), POUND)
    assert as_precise_as_printed(computed) is computed


def test_exact_arithmetic_refuses_to_round() -> None:
    with pytest.raises(Inexact):
        EXACT.divide(Decimal(1), Decimal(3))
    assert add([Decimal(10) ** 40, PENNY]) == Decimal("1" + "0" * 40 + ".01")


def equal(total: str, parts: int, unit: Decimal, remainder: Remainder) -> list[str]:
    return [str(share) for share in share_out(Decimal(total), [Fraction(1)] * parts, unit, remainder)]


@pytest.mark.parametrize(
    ("total", "remainder", "payments"),
    [
        # PCD 1258 states £202,329 and £203,279, and four payments of £50,582 and of £50,820.
        ("202329", Remainder.LAST, ["50582", "50582", "50582", "50583"]),
        ("202329", Remainder.FIRST, ["50583", "50582", "50582", "50582"]),
        ("202329", Remainder.SPREAD, ["50582", "50583", "50582", "50582"]),
        ("203279", Remainder.LAST, ["50820", "50820", "50820", "50819"]),
        ("203279", Remainder.FIRST, ["50819", "50820", "50820", "50820"]),
        ("203279", Remainder.SPREAD, ["50820", "50820", "50819", "50820"]),
    ],
)
def test_quarters_of_a_year_are_whole_pounds_and_make_it(total: str, remainder: Remainder, payments: list[str]) -> None:
    assert equal(total, 4, POUND, remainder) == payments


def test_the_first_instalment_of_council_tax_takes_the_balance() -> None:
    # SI 1992/613, schedule 1, paragraph 2: all but the first are C/D to the nearest pound, the first is
    # C - (D - 1) × A. £1,357 in ten: A = £136, and the first £133.
    assert equal("1357", 10, POUND, Remainder.FIRST) == ["133", *["136"] * 9]


def test_fourteen_thousand_pounds_in_three() -> None:
    # A community council was paid £4,666.66, £4,666.67 and £4,666.67.
    assert equal("14000", 3, PENNY, Remainder.FIRST) == ["4666.66", "4666.67", "4666.67"]
    assert equal("14000", 3, PENNY, Remainder.LAST) == ["4666.67", "4666.67", "4666.66"]


def test_shares_are_rounded_down_where_the_balance_would_fall_below_zero() -> None:
    assert equal("2", 4, POUND, Remainder.LAST) == ["0", "0", "0", "2"]
    assert equal("2", 4, POUND, Remainder.FIRST) == ["2", "0", "0", "0"]
    assert equal("2", 3, POUND, Remainder.LAST) == ["1", "1", "0"]
    assert equal("0.09", 6, PENNY, Remainder.LAST) == [*["0.01"] * 5, "0.04"]
    assert equal("0.09", 6, PENNY, Remainder.FIRST) == ["0.04", *["0.01"] * 5]


def test_odd_pence_stay_with_the_remainder() -> None:
    assert equal("100.70", 2, POUND, Remainder.LAST) == ["50", "50.70"]
    # The cumulative £100.599 would round to more than there is.
    shares = share_out(Decimal("100.70"), [Fraction(999), Fraction(1)], POUND, Remainder.SPREAD)
    assert [str(share) for share in shares] == ["100.70", "0.00"]


def test_what_is_paid_back_is_shared_as_what_is_paid() -> None:
    assert equal("-202329", 4, POUND, Remainder.LAST) == ["-50582", "-50582", "-50582", "-50583"]
    assert equal("-202329", 4, POUND, Remainder.FIRST) == ["-50583", "-50582", "-50582", "-50582"]
    assert equal("-202329", 4, POUND, Remainder.SPREAD) == ["-50582", "-50583", "-50582", "-50582"]
    assert equal("-14000", 3, PENNY, Remainder.LAST) == ["-4666.67", "-4666.67", "-4666.66"]


@pytest.mark.parametrize("remainder", Remainder)
def test_instalments_stand_in_the_order_of_their_weights(remainder: Remainder) -> None:
    weights = [Fraction(1), Fraction(2), Fraction(3)]
    assert share_out(Decimal(1200), weights, POUND, remainder) == [200, 400, 600]
    assert share_out(Decimal(-1200), weights, POUND, remainder) == [-200, -400, -600]


def test_nothing_is_shared_among_none() -> None:
    assert equal("5", 0, PENNY, Remainder.LAST) == []


@pytest.mark.parametrize("remainder", Remainder)
def test_of_nothing_every_share_is_nothing(remainder: Remainder) -> None:
    assert share_out(Decimal(0), [Fraction(1), Fraction(2)], PENNY, remainder) == [0, 0]


def test_a_figure_is_put_where_it_stands_and_stays_what_it_is() -> None:
    figure, at = Figure("£50,582", Decimal(50_582), POUND), Route(("award",))
    assert figure.standing_at(at) == Figure("£50,582", Decimal(50_582), POUND, at)


def test_a_share_is_rounded_to_what_it_is_printed_in_and_in_pence_to_the_penny() -> None:
    in_pounds, in_pence = Figure("£50,582", Decimal(50_582), POUND), Figure("£50,582.50", Decimal("50582.50"))
    assert as_share(in_pounds) is in_pounds
    assert as_share(in_pence) == Figure("£50,582.50", Decimal("50582.50"), PENNY)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.lists(st.integers(min_value=0, max_value=400).map(Fraction), min_size=1, max_size=40),
    st.sampled_from([PENNY, POUND]),
    st.sampled_from(Remainder),
)
def test_shares_make_their_total_and_none_has_the_other_sign(
    total: Decimal, weights: list[Fraction], unit: Decimal, remainder: Remainder
) -> None:
    shares = share_out(total, weights, unit, remainder)
    assert len(shares) == len(weights)
    assert add(shares) == total
    assert all(share >= 0 if total > 0 else share <= 0 for share in shares)


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.lists(st.integers(min_value=0, max_value=400).map(Fraction), min_size=1, max_size=40),
    st.sampled_from([PENNY, POUND]),
)
def test_spread_shares_are_never_more_than_half_a_unit_out(
    total: Decimal, weights: list[Fraction], unit: Decimal
) -> None:
    assume(sum(weights))
    paid = accumulate(map(Fraction, share_out(total, weights, unit, Remainder.SPREAD)))
    due = accumulate(Fraction(total) * weight / sum(weights) for weight in weights)
    assert all(abs(p - d) <= Fraction(unit) / 2 for p, d in zip(paid, due, strict=True))


@given(
    st.integers(min_value=0, max_value=10**9).map(Decimal),
    st.integers(min_value=1, max_value=60),
    st.sampled_from([Remainder.FIRST, Remainder.LAST]),
)
def test_all_instalments_but_the_balance_are_alike(total: Decimal, parts: int, remainder: Remainder) -> None:
    shares = share_out(total, [Fraction(1)] * parts, POUND, remainder)
    others = shares[:-1] if remainder is Remainder.LAST else shares[1:]
    assert len(set(others)) <= 1
    assert all(abs(share - total / parts) < 1 for share in others)
