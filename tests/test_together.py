"""Many sums at once: whether all of them can hold, and the range that is left to each figure."""

from __future__ import annotations

import pickle
import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantcalc.together
from grantcalc.sums import Part, Sum, Verdict, verdict
from grantcalc.together import Together, groups, judge_together
from tests.linear_oracle import Oracle
from tests.runaway import ends_within
from tests.sums_at_hand import marsoc, printed, table, total_of

if TYPE_CHECKING:
    from grantcalc.money import Figure


def ranges(together: Together) -> dict[Figure, tuple[Fraction, Fraction]]:
    return {found.figure: (found.lowest, found.highest) for found in together.ranges}


def between(lowest: str, highest: str) -> tuple[Fraction, Fraction]:
    return Fraction(lowest), Fraction(highest)


def test_the_marsoc_paper_can_hold_only_if_all_parts_were_rounded_up() -> None:
    paper = marsoc()
    together = judge_together([*paper.years, paper.both_years])
    assert together.feasible
    assert not together.feasible_exact
    assert not together.conflicts
    left = ranges(together)
    assert left[paper.salaries[0]] == between("180005.50", "180006")
    assert left[paper.overheads[0]] == between("22323.50", "22324")
    assert left[paper.salaries[1]] == between("178072.50", "178073")
    assert left[paper.overheads[1]] == between("25206.50", "25207")
    assert left[paper.totals[0]] == between("202329", "202329.50")
    assert left[paper.award] == between("405608", "405608.50")


@pytest.mark.parametrize("with_payments", [False, True])
def test_with_the_award_exact_all_four_column_totals_end_in_50p(with_payments: bool) -> None:  # noqa: FBT001
    paper = marsoc(exact_award=True)
    together = judge_together([*paper.years, paper.both_years, *(paper.quarters if with_payments else [])])
    assert together.feasible
    left = ranges(together)
    for figure in (*paper.salaries, *paper.overheads):
        half_below = Fraction(figure.value) - Fraction(1, 2)
        assert left[figure] == (half_below, half_below)
    assert left[paper.totals[0]] == between("202329", "202329")
    assert paper.award not in left
    if with_payments:
        assert left[paper.payments[0]] == between("50582.25", "50582.25")


def test_another_process_is_sent_the_ranges() -> None:
    paper = marsoc()
    together = judge_together([*paper.years, paper.both_years])
    sent = pickle.loads(pickle.dumps(together))  # noqa: S301  (our own)
    assert sent == together
    assert sent.ranges == together.ranges != ()


def test_a_table_of_34s_with_rows_of_101_and_columns_of_103_is_impossible() -> None:
    cells = [[printed(34) for _ in range(3)] for _ in range(3)]
    sums = table(cells, [printed(101) for _ in range(3)], [printed(103) for _ in range(3)])
    # Each sum may hold, and narrowing the ranges from sum to sum finds nothing wrong.
    assert {verdict(a_sum) for a_sum in sums} == {Verdict.ROUNDING}
    together = judge_together(sums)
    assert together.feasible is False
    assert not together.ranges
    (conflict,) = together.conflicts
    assert set(conflict) <= set(sums)
    assert judge_together(conflict).feasible is False


def test_a_table_of_34s_with_rows_and_columns_of_101_is_possible() -> None:
    cells = [[printed(34) for _ in range(3)] for _ in range(3)]
    together = judge_together(table(cells, [printed(101) for _ in range(3)], [printed(101) for _ in range(3)]))
    assert together.feasible
    assert ranges(together)[cells[0][0]] == between("33.50", "34.50")


def test_two_sums_of_the_same_parts_cannot_make_totals_too_far_apart() -> None:
    parts = [printed(10) for _ in range(4)]
    near = judge_together([total_of(printed(41), parts), total_of(printed(42), parts)])
    assert near.feasible
    far = judge_together([total_of(printed(38), parts), total_of(printed(42), parts)])
    assert far.feasible is False
    assert len(far.conflicts[0]) == 2


def test_a_single_mismatch_is_the_whole_conflict() -> None:
    wrong = total_of(printed(9), [printed(2), printed(2)])
    together = judge_together([total_of(printed(3), [wrong.parts[0].figure]), wrong])
    assert together.feasible is False
    assert together.conflicts == ((wrong,),)


def test_sums_that_hold_as_printed_have_nothing_to_say() -> None:
    assert judge_together([]) == Together(feasible=True, feasible_exact=True, conflicts=())
    holding = total_of(printed(4), [printed(2), printed(2)])
    assert judge_together([holding, holding]) == Together(feasible=True, feasible_exact=True, conflicts=())


def test_one_impossible_group_does_not_silence_another() -> None:
    part = printed(2)
    loose, wrong = total_of(printed(5), [part, printed(2)]), total_of(printed(9), [printed(2)])
    together = judge_together([wrong, loose])
    assert together.feasible is False
    assert together.conflicts == ((wrong,),)
    assert ranges(together)[part] == between("2", "2.50")


def test_figures_that_count_alike_share_what_is_left() -> None:
    parts = [printed(10), printed(20, 10), printed(5, None)]
    left = ranges(judge_together([total_of(printed("41"), parts)]))
    # 10.50 + 25 + 5 is the most that they make, 40.50 the least that the total is.
    assert left[parts[0]] == between("10.50", "10.50")
    assert left[parts[1]] == between("25", "25")
    assert parts[2] not in left


def test_a_figure_that_cancels_itself_joins_no_sums_wrongly() -> None:
    # The figure stands in both sums and counts in neither; the others still form a cycle of their own.
    idle, cells = printed(7), [[printed(34) for _ in range(3)] for _ in range(3)]
    across, down = [printed(101) for _ in range(3)], [printed(103) for _ in range(3)]
    sums = table(cells, across, down)
    sums[0] = Sum("", sums[0].total, (*sums[0].parts, Part(idle), Part(idle, Decimal(-1))))
    apart = Sum("", idle, (Part(idle), Part(printed(1)), Part(printed(1), Decimal(-1))))
    assert judge_together([apart, *sums, Sum("", idle, (Part(idle),))]).feasible is False


def test_duplicate_sums_change_nothing() -> None:
    paper = marsoc()
    once, twice = judge_together(paper.years), judge_together([*paper.years, *paper.years])
    assert ranges(once) == ranges(twice)


def test_groups_are_joined_by_figures_that_leave_room() -> None:
    exact, loose = printed(5, None), printed(5)
    one, two = total_of(printed(6), [exact, loose]), total_of(printed(7), [exact, printed(3)])
    three = total_of(loose, [printed(5)])
    assert groups([one, two, three]) == [[one, three], [two]]
    assert groups([one, two, three], through_exact=True) == [[one, two, three]]
    assert groups([]) == []


def test_a_group_past_the_limit_is_left_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grantcalc.together, "LARGEST_GROUP", 6 * 15 - 1)
    cells = [[printed(34) for _ in range(3)] for _ in range(3)]
    sums = table(cells, [printed(101) for _ in range(3)], [printed(103) for _ in range(3)])
    together = judge_together(sums)
    assert together.feasible is None
    assert (together.ranges, together.conflicts) == ((), ())
    wrong = total_of(printed(9), [printed(2)])
    assert judge_together([*sums, wrong]).feasible is False
    assert judge_together([wrong, *sums]).feasible is False
    monkeypatch.setattr(grantcalc.together, "LARGEST_GROUP", 6 * 15)
    assert judge_together(sums).feasible is False


def test_narrowing_decides_a_group_past_the_limit_if_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grantcalc.together, "LARGEST_GROUP", 0)
    paper = marsoc()
    assert judge_together([*paper.years, paper.both_years]).feasible
    exact = marsoc(exact_award=True)
    assert judge_together([*exact.years, exact.both_years]).feasible
    parts = [printed(10) for _ in range(4)]
    assert judge_together([total_of(printed(38), parts), total_of(printed(42), parts)]).feasible is False


def test_amounts_of_any_length_are_decided_exactly() -> None:
    great = 10**30
    parts = [printed(great), printed(great)]
    near = judge_together([total_of(printed(2 * great + 1), parts), total_of(printed(2 * great), parts)])
    assert near.feasible
    assert ranges(near)[parts[0]] == (great, great + Fraction(1, 2))
    far = judge_together([total_of(printed(2 * great + 1), parts), total_of(printed(2 * great - 1), parts)])
    assert far.feasible is False


def running_totals(number: int) -> list[Sum]:
    chance = random.Random(7)  # noqa: S311  (no secret)
    totals = [printed(0)]
    sums = []
    for _ in range(number):
        part = printed(chance.randint(1, 999))
        totals.append(printed(totals[-1].value + part.value + chance.choice([0, 1, -1])))
        sums.append(total_of(totals[-1], [totals[-2], part]))
    return sums


def test_a_chain_of_sums_is_narrowed_as_the_oracle_narrows_it() -> None:
    assert_as_the_oracle(running_totals(12))
    assert_as_the_oracle(running_totals(12)[::-1])


def test_ten_thousand_sums_and_fifty_thousand_posts_are_judged_in_seconds() -> None:
    column = total_of(printed(2_500_010), [printed(50) for _ in range(50_000)])
    with ends_within(30):
        judge_together([*running_totals(10_000), column])


def assert_as_the_oracle(sums: list[Sum]) -> None:
    together, oracle = judge_together(sums), Oracle(sums)
    assert together.feasible == oracle.feasible()
    for conflict in together.conflicts:
        assert not Oracle(conflict).feasible()
    if together.feasible:
        for found in together.ranges:
            assert (float(found.lowest), float(found.highest)) == pytest.approx(
                oracle.range(found.figure), rel=0, abs=1e-4
            )


UNITS = st.sampled_from(["1", "10", "0.1", None])


@st.composite
def tables(draw: st.DrawFn) -> list[Sum]:
    """A table with totals of rows, of columns or of both, a grand total or none, payments or none."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    slip, units = draw(st.integers(0, 2)), draw(st.sampled_from([st.just("1"), st.just("1"), UNITS]))

    def cell() -> Figure:
        unit = draw(units)
        return printed(draw(st.integers(-4, 20)) * Decimal(unit or 1), unit)

    def made(figures: list[Figure], weight: int = 1) -> Figure:
        unit = draw(units)
        step = Decimal(unit or 1)
        steps = sum((figure.value for figure in figures), Decimal(0)) / weight // step
        return printed((steps + draw(st.integers(-slip, slip))) * step, unit)

    cells = [[cell() for _ in range(width)] for _ in range(height)]
    across, down = [made(row) for row in cells], [made(list(column)) for column in zip(*cells, strict=True)]
    sums = [a_sum for a_sum in table(cells, across, down) if draw(st.integers(0, 5))]
    if draw(st.booleans()):
        grand = made(across)
        sums += [total_of(grand, across), total_of(grand, down)]
    if draw(st.booleans()):
        payments = [made([total], 4) for total in across]
        sums += [total_of(total, [payment], 4) for total, payment in zip(across, payments, strict=True)]
        sums.append(total_of(made(across), payments, 4))
    return sums


@st.composite
def tangles(draw: st.DrawFn) -> list[Sum]:
    """Sums over the same few figures, in any way, with weights above, below and between."""
    units = draw(st.sampled_from([st.just("1"), UNITS]))
    figures = [printed(draw(st.integers(-2, 9)) * 10, draw(units)) for _ in range(draw(st.integers(2, 5)))]
    weights = st.sampled_from(["1", "1", "1", "-1", "4", "0.2", "0"]).map(Decimal)
    sums: list[Sum] = []
    for _ in range(draw(st.integers(1, 6))):
        chosen = draw(st.lists(st.sampled_from(figures), min_size=1, max_size=4))
        parts = tuple(Part(figure, draw(weights)) for figure in chosen)
        value = sum((part.weight * part.figure.value for part in parts), Decimal(0))
        total = printed(value.to_integral_value() + draw(st.integers(-1, 1)), draw(units))
        sums.append(Sum("", total, parts))
        figures.append(total)
    return sums


@st.composite
def rings(draw: st.DrawFn) -> list[Sum]:
    """Sums in a ring: each shares a figure with the one before it, and the last with the first."""
    shared = [printed(draw(st.integers(10, 20))) for _ in range(draw(st.integers(2, 6)))]
    return [
        total_of(printed(one.value + other.value + draw(st.integers(-1, 1)), draw(UNITS)), [one, other])
        for one, other in pairwise([*shared, shared[0]])
    ]


@given(tables())
def test_tables_are_judged_as_the_oracle_judges_them(sums: list[Sum]) -> None:
    assert_as_the_oracle(sums)


@given(tangles())
def test_tangles_of_sums_are_judged_as_the_oracle_judges_them(sums: list[Sum]) -> None:
    assert_as_the_oracle(sums)


@given(rings())
def test_rings_of_sums_are_judged_as_the_oracle_judges_them(sums: list[Sum]) -> None:
    assert_as_the_oracle(sums)


@given(tables())
def test_the_order_of_sums_does_not_matter(sums: list[Sum]) -> None:
    there, back = judge_together(sums), judge_together(sums[::-1])
    assert (there.feasible, ranges(there)) == (back.feasible, ranges(back))
