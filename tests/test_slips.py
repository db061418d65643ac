"""Likely slips: what may have gone wrong with a figure, offered only if mending it makes every sum hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.money import EXACT, PENNY, Figure, printed_unit
from grantcalc.slips import MOST_FIGURES, Slip, SlipKind, likely_slips
from grantcalc.sums import Part, Sum, Verdict, verdict
from tests.sums_at_hand import marsoc, printed, stated, table, total_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def slips_of(a_sum: Sum, *others: Sum) -> tuple[Slip, ...]:
    return likely_slips([a_sum, *others]).get(a_sum, ())


def test_two_digits_swapped_in_a_total() -> None:
    # £180,060 where the posts make £180,006: the gap of £54 divides by nine.
    total = stated("£180,060")
    posts = [stated(text) for text in ("£75,639", "£63,320", "£41,047")]
    assert Slip(SlipKind.TRANSPOSED, total, Decimal(180_006)) in slips_of(total_of(total, posts))


def test_two_digits_swapped_in_a_part() -> None:
    part = stated("£57,639")
    a_sum = total_of(stated("£180,006"), [part, stated("£63,320"), stated("£41,047")])
    assert slips_of(a_sum) == (Slip(SlipKind.TRANSPOSED, part, Decimal(75_639)),)


@pytest.mark.parametrize(("text", "to"), [("£21.34", "12.34"), ("£13.24", "12.34"), ("-£2.143m", "-2134000")])
def test_digits_may_be_swapped_across_a_point_and_in_millions(text: str, to: str) -> None:
    total = stated(text)
    a_sum = total_of(total, [replace(stated("£1"), value=Decimal(to), unit=total.unit)])
    assert Slip(SlipKind.TRANSPOSED, total, Decimal(to)) in slips_of(a_sum)


def test_a_swap_never_puts_a_nought_in_front() -> None:
    assert slips_of(total_of(stated("£304"), [stated("£34")])) == ()
    assert slips_of(total_of(stated("£304"), [stated("£334")])) == ()
    assert slips_of(total_of(stated("£304"), [stated("£340")])) != ()


def test_a_lost_m_is_a_factor_of_a_million() -> None:
    # PCD 477: "£0.025, (£0.025m Revenue)".
    part = stated("£0.025")
    a_sum = total_of(stated("£1,717,000"), [stated("£1.692m"), part])
    assert slips_of(a_sum) == (Slip(SlipKind.FACTOR, part, Decimal(25_000)),)


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("£9,512", 95_120),
        ("£951,200", 95_120),
        ("£95", 95_000),
        ("£95,000,000", 95_000),
        ("£95", 95_000_000),
        ("£95m", 95),
    ],
)
def test_lost_and_added_noughts_are_factors_of_ten_a_thousand_or_a_million(text: str, to: int) -> None:
    part = stated(text)
    a_sum = total_of(printed(to + 61_803), [part, stated("£61,803")])
    assert slips_of(a_sum) == (Slip(SlipKind.FACTOR, part, Decimal(to)),)


def test_a_part_that_should_not_be_there_at_all_is_not_a_factor() -> None:
    a_sum = total_of(stated("£60,000"), [stated("£60,000"), stated("£1,000")])
    assert all(slip.kind is not SlipKind.FACTOR for slip in slips_of(a_sum))


def test_a_single_digit_read_as_a_million_does_not_fit_everything() -> None:
    # £1 read as £1m would be good for anything from £0.5m to £1.5m.
    a_sum = total_of(stated("£3,300,000"), [stated("£2,000,000"), stated("£1")])
    assert slips_of(a_sum) == ()


def test_a_part_left_out_of_a_total() -> None:
    total, out = stated("£138,959"), stated("£41,047")
    a_sum = total_of(total, [stated("£75,639"), stated("£63,320"), out])
    assert slips_of(a_sum) == (Slip(SlipKind.LEFT_OUT, total, Decimal(180_006), out),)


def test_a_part_counted_twice_in_a_total() -> None:
    total, twice = stated("£221,053"), stated("£41,047")
    a_sum = total_of(total, [stated("£75,639"), stated("£63,320"), twice])
    assert slips_of(a_sum) == (Slip(SlipKind.TWICE, total, Decimal(180_006), twice),)


def test_a_sign_turned_round() -> None:
    part = stated("£363")
    a_sum = total_of(stated("£1,000"), [stated("£1,363"), part])
    assert Slip(SlipKind.SIGN, part, Decimal(-363)) in slips_of(a_sum)


def test_a_cell_copied_from_the_next_row_is_known_by_its_row_and_its_column() -> None:
    cells = [[stated("£63,320"), stated("£8,723")], [stated("£63,320"), stated("£4,878")]]
    across, down = [stated("£72,043"), stated("£45,925")], [stated("£104,367"), stated("£13,601")]
    sums = table(cells, across, down)
    found = likely_slips(sums)
    assert found[sums[2]] == (Slip(SlipKind.NEXT_ROW, cells[1][0], Decimal(41_047)),)


def test_neighbours_that_are_alike_prove_nothing_by_themselves() -> None:
    a_sum = total_of(stated("£104,001"), [stated("£63,320"), stated("£63,320")])
    assert slips_of(a_sum) == ()


def test_a_cause_that_breaks_another_sum_is_not_offered() -> None:
    total, parts = stated("£180,060"), [stated("£100,003"), stated("£80,003")]
    a_sum = total_of(total, parts)
    assert slips_of(a_sum)
    assert slips_of(a_sum, total_of(total, [stated("£180,000"), stated("£60")])) == ()


def test_sums_that_hold_or_hold_by_rounding_have_no_slips() -> None:
    paper = marsoc()
    assert likely_slips([*paper.posts, *paper.years, paper.both_years, *paper.quarters]) == {}
    assert likely_slips([]) == {}


def test_parts_of_no_weight_or_of_no_value_are_never_to_blame() -> None:
    parts = (
        Part(stated("£5")),
        Part(stated("£7"), Decimal(0)),
        Part(stated("£7"), Decimal(0)),
        Part(stated("£0")),
    )
    assert slips_of(Sum("", stated("£100"), parts)) == ()


def test_a_total_that_cancels_itself_is_never_to_blame() -> None:
    total, part = stated("£5"), stated("£7")
    assert slips_of(Sum("", total, (Part(total), Part(part), Part(stated("£0"))))) == ()


def test_weights_count_when_a_part_is_mended() -> None:
    payment = stated("£50,528")
    a_sum = total_of(stated("£202,328"), [payment], 4)
    assert slips_of(a_sum) == (Slip(SlipKind.TRANSPOSED, payment, Decimal(50_582)),)


def test_a_gap_that_does_not_divide_by_the_weight_is_no_slip_of_the_part() -> None:
    assert slips_of(total_of(stated("£163"), [stated("£50")], 3)) == ()


def test_a_figure_whose_text_is_not_its_amount_is_left_alone() -> None:
    odd = Figure("thirty (see note 3)", Decimal(30), None)
    assert {slip.kind for slip in slips_of(total_of(stated("£300"), [odd]))} == {SlipKind.FACTOR}
    assert slips_of(total_of(stated("£3.50"), [replace(odd, value=Decimal(53))])) == ()


def test_long_sums_are_not_searched() -> None:
    posts = [stated("£1") for _ in range(MOST_FIGURES + 1)]
    total = stated("£5,000")
    assert slips_of(total_of(total, posts[1:])) == (Slip(SlipKind.FACTOR, total, Decimal(500)),)
    assert slips_of(total_of(stated("£5,010"), posts)) == ()


def now(figure: Figure, slip: Slip) -> Figure:
    """A figure as it stands once a slip is mended, in a wider unit where it lost its noughts."""
    if figure != slip.figure:
        return figure
    if slip.kind is not SlipKind.FACTOR:
        return replace(figure, value=slip.to)
    unit = EXACT.multiply(printed_unit(figure), EXACT.divide(slip.to, figure.value))
    return replace(figure, value=slip.to, unit=unit if unit > PENNY else None)


def mended(sums: Sequence[Sum], slip: Slip) -> list[Sum]:
    return [
        Sum(s.label, now(s.total, slip), tuple(Part(now(p.figure, slip), p.weight) for p in s.parts), s.kind)
        for s in sums
    ]


@st.composite
def spoilt_tables(draw: st.DrawFn) -> list[Sum]:
    """A table that adds up, but for one or two figures that a slip has spoilt."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    values = [[draw(st.integers(1, 99_999)) for _ in range(width)] for _ in range(height)]
    across, down = [sum(row) for row in values], [sum(column) for column in zip(*values, strict=True)]
    flat = [*(value for row in values for value in row), *across, *down]
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(flat) - 1))
        neighbour, digits = flat[at - 1], str(flat[at])
        swapped = int(digits[:-2] + digits[:-3:-1])
        flat[at] = draw(
            st.sampled_from([swapped, flat[at] * 10, flat[at] * 1000, flat[at] // 10, -flat[at], neighbour])
        )
    figures = [stated(f"£{value:,}") for value in flat]
    cells = [figures[row * width : (row + 1) * width] for row in range(height)]
    rest = figures[height * width :]
    return table(cells, rest[:height], rest[height:])


@given(spoilt_tables())
def test_every_slip_offered_mends_every_sum_that_it_touches(sums: list[Sum]) -> None:
    for slips in likely_slips(sums).values():
        for slip in slips:
            assert slip.to != slip.figure.value
            for before, after in zip(sums, mended(sums, slip), strict=True):
                if slip.figure in before.figures:
                    assert verdict(after) is not Verdict.MISMATCH


@given(st.lists(st.integers(100, 99_999), min_size=2, max_size=5), st.integers(0, 3))
def test_a_swap_of_two_digits_is_always_found(values: list[int], place: int) -> None:
    digits = str(sum(values))
    at = place % (len(digits) - 1)
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    total = stated(swapped.lstrip("0") or "0")
    a_sum = total_of(total, [printed(value) for value in values])
    if verdict(a_sum) is Verdict.MISMATCH and len(total.text) == len(digits):
        assert Slip(SlipKind.TRANSPOSED, total, Decimal(sum(values))) in slips_of(a_sum)


def test_the_digits_of_a_figure_that_was_only_computed_are_not_swapped() -> None:
    # What three rounded costs make is uncertain by three pounds together, which no figure is printed in.
    made = Figure("£10,000", Decimal(10_000), Decimal(3))
    assert slips_of(total_of(made, [stated("£2,345")])) == ()
