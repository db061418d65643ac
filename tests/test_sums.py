"""Single sums: whether the parts make the total, exactly or within what rounding allows."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.source import Where
from grantcalc.sums import (
    Part,
    Sum,
    Verdict,
    allowance,
    coefficients,
    computed,
    difference,
    restating,
    taking_as_exact,
    verdict,
    written_out,
)
from tests.sums_at_hand import marsoc, printed, stated, total_of


def judged(total: str, *parts: str) -> Verdict:
    return verdict(total_of(stated(total), map(stated, parts)))


def test_the_years_of_the_marsoc_paper_hold_only_by_rounding() -> None:
    first, second = marsoc().years
    assert (computed(first), difference(first), allowance(first)) == (202330, -1, Decimal("1.5"))
    assert (computed(second), difference(second), allowance(second)) == (203280, -1, Decimal("1.5"))
    assert verdict(first) is verdict(second) is Verdict.ROUNDING


def test_the_payments_of_the_marsoc_paper_miss_their_years_and_make_the_award() -> None:
    first, second, both = marsoc().quarters
    assert (difference(first), difference(second), difference(both)) == (1, -1, 0)
    assert (verdict(first), verdict(both)) == (Verdict.ROUNDING, Verdict.EXACT)
    # Half of four times the payment's pound, and half of the total's.
    assert allowance(first) == Decimal("2.5")


@pytest.mark.parametrize(
    ("total", "verdict_of_it"),
    [
        ("£4", Verdict.EXACT),
        ("£5", Verdict.ROUNDING),
        ("£3", Verdict.ROUNDING),
        ("£6", Verdict.MISMATCH),
        ("£2", Verdict.MISMATCH),
        ("£5.50", Verdict.MISMATCH),
        ("£5.01", Verdict.MISMATCH),
        ("£5.00", Verdict.ROUNDING),  # closed at the end: 2.50 + 2.50
    ],
)
def test_intervals_are_closed(total: str, verdict_of_it: Verdict) -> None:
    # XBRL International, Calculations 1.1, round to nearest: no side is taken on how a half was rounded.
    assert judged(total, "£2", "£2") is verdict_of_it


def test_figures_in_pence_are_exact() -> None:
    assert judged("£5,333.33", "£1,777.78", "£1,777.78", "£1,777.78") is Verdict.MISMATCH
    assert judged("£5,333.34", "£1,777.78", "£1,777.78", "£1,777.78") is Verdict.EXACT


def test_millions_and_pounds_are_compared_by_their_own_units() -> None:
    # PCD 477: £2.235m from £0.543m and £1.692m, and £1,717,000 from £1.692m and £0.025m.
    assert judged("£2.235m", "£543,000", "£1.692m") is Verdict.EXACT
    assert judged("£1,717,000", "£1.692m", "£0.025m") is Verdict.EXACT
    assert judged("£1,717,000", "£1.692m", "£0.025") is Verdict.MISMATCH
    assert judged("£2.235m", "£543,499", "£1.692m") is Verdict.ROUNDING


def test_the_award_held_as_exact_leaves_less_room() -> None:
    total, part = stated("£405,608"), stated("£405,609")
    assert verdict(total_of(total, [part])) is Verdict.ROUNDING
    assert verdict(total_of(total.exactly(), [part])) is Verdict.MISMATCH


def test_parts_may_be_taken_off_and_negative() -> None:
    less = Sum("", stated("£7"), (Part(stated("£10")), Part(stated("£3"), Decimal(-1))))
    assert verdict(less) is Verdict.EXACT
    assert verdict(total_of(stated("£7"), [stated("£10"), stated("(3)")])) is Verdict.EXACT
    assert allowance(less) == Decimal("1.5")


def test_a_weight_may_be_a_fraction() -> None:
    assert verdict(total_of(printed(200, None), [printed(1000, None)], "0.2")) is Verdict.EXACT
    assert allowance(total_of(printed(200, None), [printed(1000)], "0.2")) == Decimal("0.1")


def test_a_sum_without_parts_says_that_its_total_is_nothing() -> None:
    assert verdict(Sum("", stated("£0"), ())) is Verdict.EXACT
    assert verdict(Sum("", stated("£1"), ())) is Verdict.MISMATCH
    assert verdict(Sum("", stated("£0.5"), ())) is Verdict.MISMATCH
    assert verdict(Sum("", printed("0.05", "0.1"), ())) is Verdict.ROUNDING


def test_a_figure_that_stands_twice_counts_twice() -> None:
    part = stated("£5")
    assert coefficients(total_of(stated("£10"), [part, part]))[part] == -2
    assert allowance(total_of(stated("£10"), [part, part])) == Decimal("1.5")


def test_a_figure_that_cancels_itself_leaves_no_room_for_rounding() -> None:
    part, total = stated("£5"), stated("£1").exactly()
    both_ways = Sum("", total, (Part(part), Part(part, Decimal(-1))))
    assert part not in coefficients(both_ways)
    assert verdict(both_ways) is Verdict.MISMATCH
    assert verdict(Sum("", part, (Part(part),))) is Verdict.EXACT


def test_a_part_of_no_weight_takes_no_part() -> None:
    assert verdict(Sum("", stated("£5"), (Part(stated("£5")), Part(stated("£9"), Decimal(0))))) is Verdict.EXACT


def test_long_amounts_are_added_to_the_last_penny() -> None:
    great = printed("123456789012345678901234567890.12", None)
    assert difference(total_of(great, [great, printed("0.01", None)])) == Decimal("-0.01")


def test_verdicts_are_ranked_from_best_to_worst() -> None:
    assert sorted(Verdict, key=lambda v: v.rank) == [Verdict.EXACT, Verdict.ROUNDING, Verdict.MISMATCH]


@pytest.mark.parametrize(
    ("parts", "most", "expected"),
    [
        (["£40", "£20"], None, "£40 + £20"),
        (["3 × £20", "£40"], None, "3 × £20 + £40"),
        (["£40", "3 × £20", "− £5"], None, "£40 + 3 × £20 − £5"),
        (["− £5", "− 0.2 × £100"], None, "− £5 − 0.2 × £100"),
        (["0.2 × £100", "0.5 × £10", "0 × £9"], None, "0.2 × £100 + 0.5 × £10 + 0 × £9"),
        (["£40"], 1, "£40"),
        (["£1", "£2", "£3"], 3, "£1 + £2 + £3"),
        (["£1", "£2", "£3", "£4"], 3, "£1 + £2 + … + £4 (4 parts)"),
        (["£1", "£2", "£3", "− 2 × £4"], 3, "£1 + £2 + … − 2 × £4 (4 parts)"),
        (["£1"] * 1_234, 2, "£1 + … + £1 (1,234 parts)"),
        ([], None, ""),
    ],
)
def test_a_sum_is_written_out_with_signs_and_how_often_each_part_counts(
    parts: list[str], most: int | None, expected: str
) -> None:
    assert written_out(Sum("", stated("£0"), tuple(map(_part, parts))), most) == expected


def _part(written: str) -> Part:
    """A part such as "− 3 × £20"."""
    times, _, text = written.removeprefix("− ").rpartition(" × ")
    return Part(stated(text), Decimal(times or 1) * (-1 if written.startswith("− ") else 1))


def test_a_figure_stated_otherwise_changes_wherever_it_stands() -> None:
    year, award = stated("£202,329"), stated("£405,608")
    a_sum = Sum("award", award, (Part(year), Part(stated("£203,279")), Part(year, Decimal(-1))), "years", award.at)
    changed = restating(a_sum, year, Decimal(202_330))
    assert [figure.value for figure in changed.figures] == [405_608, 202_330, 203_279, 202_330]
    assert [figure.unit for figure in changed.figures] == [1, 1, 1, 1]
    assert [part.weight for part in changed.parts] == [1, 1, -1]
    assert (changed.label, changed.kind, changed.at) == ("award", "years", award.at)
    assert restating(a_sum, award, Decimal(405_610)).total.value == 405_610


def test_only_the_figure_that_is_meant_is_taken_as_exact() -> None:
    years, award = [stated("£202,329"), stated("£203,279")], stated("£405,608")
    a_sum = total_of(award, years)
    assert [figure.unit for figure in taking_as_exact(a_sum, award).figures] == [None, 1, 1]
    assert [figure.unit for figure in taking_as_exact(a_sum, years[1]).figures] == [1, 1, None]
    assert [figure.value for figure in taking_as_exact(a_sum, years[1]).figures] == [405_608, 202_329, 203_279]


def test_a_sum_stands_where_it_is_said_to_or_else_where_its_total_stands() -> None:
    total, elsewhere = stated("£5"), Where(line=99)
    assert Sum("", total, ()).place == total.at
    assert Sum("", total, (), at=elsewhere).place == elsewhere


@given(st.lists(st.integers(-(10**6), 10**6), max_size=8), st.integers(-20, 20), st.sampled_from([1, 10, None]))
def test_a_gap_is_rounding_exactly_up_to_half_a_unit_for_every_figure(
    values: list[int], gap: int, unit: int | None
) -> None:
    parts = [printed(value, unit) for value in values]
    a_sum = total_of(printed(sum(values) + gap, unit), parts)
    allowed = Decimal(unit or 0) * (len(parts) + 1) / 2
    assert (verdict(a_sum) is Verdict.MISMATCH) == (abs(gap) > allowed)
    assert verdict(replace(a_sum, total=printed(sum(values), unit))) is Verdict.EXACT
