"""How few figures must change so that all sums hold as printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.money import PENNY, Figure
from grantcalc.repairs import search
from grantcalc.repairs.fewest import fewest_changes
from grantcalc.repairs.repair import MOST_COUNTED, MOST_LISTED, Change, Repair, Repairs
from grantcalc.sums import Part, Sum, Verdict, coefficients, verdict
from tests.sums_at_hand import Marsoc, marsoc, printed, table, total_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def all_sums(paper: Marsoc) -> list[Sum]:
    return [*paper.posts, *paper.years, paper.both_years, *paper.quarters]


def changed(repair: Repair) -> dict[Figure, Decimal]:
    return {change.figure: change.to for change in repair.changes}


def test_the_marsoc_paper_is_repaired_by_three_changes_in_one_way() -> None:
    paper = marsoc()
    repairs = fewest_changes(all_sums(paper), rounded=paper.payments)
    assert (repairs.size, repairs.count, repairs.decided) == (3, 1, True)
    (repair,) = repairs.repairs
    assert changed(repair) == {
        paper.totals[0]: Decimal(202_330),
        paper.totals[1]: Decimal(203_280),
        paper.award: Decimal(405_610),
    }
    # £202,330 / 4 sits on the half-pound, where the payment would print £50,583.
    assert repair.on_the_half == (Change(paper.payments[0], Decimal("50582.50")),)


def test_with_the_award_held_the_marsoc_paper_needs_four_changes_in_48_ways() -> None:
    paper = marsoc()
    nothing = fewest_changes(all_sums(paper), rounded=paper.payments, held=[paper.award])
    assert (nothing.size, nothing.count, nothing.repairs, nothing.decided) == (None, 0, (), True)
    repairs = fewest_changes(all_sums(paper), rounded=paper.payments, held=[paper.award], most=4)
    assert (repairs.size, repairs.count, repairs.decided) == (4, 48, True)
    assert len(repairs.repairs) == MOST_LISTED
    assert all(paper.award not in changed(repair) for repair in repairs.repairs)


def test_sums_that_hold_need_no_change() -> None:
    nothing = Repairs(size=0, count=1, repairs=())
    assert fewest_changes([]) == nothing
    assert fewest_changes([total_of(printed(4), [printed(2), printed(2)])]) == nothing


def test_any_figure_of_one_sum_may_be_the_wrong_one() -> None:
    total, parts = printed(10), [printed(2), printed(3), printed(4)]
    repairs = fewest_changes([total_of(total, parts)])
    assert (repairs.size, repairs.count) == (1, 4)
    assert [changed(repair) for repair in repairs.repairs] == [
        {total: 9},
        {parts[0]: 3},
        {parts[1]: 4},
        {parts[2]: 5},
    ]


def test_a_wrong_cell_of_a_table_is_the_only_repair() -> None:
    cells = [[printed(10) for _ in range(3)] for _ in range(3)]
    cells[1][2] = printed(19)
    sums = table(cells, [printed(30) for _ in range(3)], [printed(30) for _ in range(3)])
    repairs = fewest_changes(sums)
    assert [changed(repair) for repair in repairs.repairs] == [{cells[1][2]: 10}]


def test_groups_are_repaired_each_by_itself() -> None:
    sums = [total_of(printed(5), [printed(2), printed(2)]) for _ in range(2)]
    repairs = fewest_changes(sums, most=1)
    assert (repairs.size, repairs.count, len(repairs.repairs)) == (2, 9, 9)
    assert all(len(repair.changes) == 2 for repair in repairs.repairs)


def test_equal_repairs_are_counted_up_to_a_limit_and_few_are_listed() -> None:
    many = fewest_changes([total_of(printed(999_999), [printed(1) for _ in range(1_000)])])
    assert (many.size, many.count, len(many.repairs)) == (1, 1_001, MOST_LISTED)
    more = fewest_changes([total_of(printed(9), [printed(1) for _ in range(9)] + [printed(5)]) for _ in range(40)])
    assert (more.size, more.count, len(more.repairs)) == (40, MOST_COUNTED, MOST_LISTED)


def test_where_nothing_may_change_there_is_no_repair() -> None:
    total, part = printed(5), printed(4)
    assert fewest_changes([total_of(total, [part])], held=[total, part]) == Repairs(None, 0, ())


def test_an_amount_that_no_figure_can_print_is_no_repair() -> None:
    year, payment = printed(10), printed(2)
    # £10 in four is £2.50, which a figure in whole pounds cannot state: only the year can change.
    repairs = fewest_changes([total_of(year, [payment], 4)])
    assert [changed(repair) for repair in repairs.repairs] == [{year: 8}]
    # With the year held, neither one change nor two can do it.
    assert fewest_changes([total_of(year, [payment], 4)], held=[year]).size is None


def test_amounts_that_cannot_be_printed_alone_may_be_with_another_change() -> None:
    # £10 in four cannot be printed; once the other part changes too, it can: 4 × 2 + 2 = 10 and 2 + 0 = 2.
    award, payment, extra = printed(10, None), printed(1), printed(0)
    sums = [Sum("", award, (Part(payment, Decimal(4)), Part(extra)))]
    repairs = fewest_changes(sums, held=[award])
    assert [changed(repair) for repair in repairs.repairs] == [{extra: 6}]
    tied = [*sums, total_of(printed(0), [extra])]
    together = fewest_changes(tied, held=[award, tied[1].total])
    assert together.size is None
    assert fewest_changes(tied, held=[award]).size == 2


def test_changes_that_have_room_are_chosen_so_that_they_agree() -> None:
    # Each year lies within £2 of four payments, and both must make the award of £83: 41 + 42.
    years, payments = [printed(30), printed(30)], [printed(10), printed(11)]
    award = printed(83, None)
    sums = [total_of(y, [p], 4) for y, p in zip(years, payments, strict=True)]
    repairs = fewest_changes([*sums, total_of(award, years)], rounded=payments, held=[award])
    (repair,) = repairs.repairs
    assert sum(changed(repair).values()) == 83
    assert [abs(to - 4 * p.value) <= 2 for to, p in zip(changed(repair).values(), payments, strict=True)] == [True] * 2


def test_a_wrong_rounded_figure_is_rounded_half_up() -> None:
    year, payment = printed(202_330, None), printed(50_000)
    repairs = fewest_changes([total_of(year, [payment], 4)], rounded=[payment], held=[year])
    assert [changed(repair) for repair in repairs.repairs] == [{payment: 50_583}]


@pytest.mark.parametrize(("year", "to"), [(20, 29), (40, 31)])
def test_a_change_goes_no_further_than_it_must(year: int, to: int) -> None:
    # Three payments of £10, each within 50p: the year lies between £28.50 and £31.50.
    total, payment = printed(year), printed(10)
    repairs = fewest_changes([total_of(total, [payment], 3)], rounded=[payment], held=[payment])
    assert [changed(repair) for repair in repairs.repairs] == [{total: to}]


def test_a_rounded_figure_with_room_is_not_on_the_half() -> None:
    year, halves = printed(30), [printed(10), printed(11)]
    parts = [printed(20), printed(1)]
    sums = [total_of(year, parts), total_of(year, halves)]
    (repair,) = fewest_changes(sums, rounded=halves, held=parts).repairs
    assert (changed(repair), repair.on_the_half) == ({year: 21}, ())


def test_a_search_that_is_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_TRIALS", 3)
    paper = marsoc()
    assert fewest_changes(all_sums(paper), rounded=paper.payments) == Repairs(None, 0, (), decided=False)


def test_figures_of_no_account_are_never_changed() -> None:
    idle = printed(7)
    a_sum = Sum("", printed(5), (Part(printed(4)), Part(idle), Part(idle, Decimal(-1)), Part(idle, Decimal(0))))
    assert all(idle not in changed(repair) for repair in fewest_changes([a_sum]).repairs)


def mended(sums: Sequence[Sum], changes: dict[Figure, Decimal]) -> list[Sum]:
    """The sums with some figures changed, and every figure taken as exact."""

    def now(figure: Figure) -> Figure:
        return Figure(figure.text, changes.get(figure, figure.value), None, figure.at)

    return [Sum(s.label, now(s.total), tuple(Part(now(part.figure), part.weight) for part in s.parts)) for s in sums]


@st.composite
def small_systems(draw: st.DrawFn) -> list[Sum]:
    """A few sums over a few small whole figures."""
    figures = [printed(draw(st.integers(0, 3))) for _ in range(draw(st.integers(2, 6)))]
    sums = []
    for _ in range(draw(st.integers(1, 3))):
        total, *parts = draw(st.permutations(figures))
        kept = parts[: draw(st.integers(1, 3))]
        sums.append(
            Sum(
                "",
                total,
                tuple(Part(p, draw(st.sampled_from([Decimal(1), Decimal(1), Decimal(2)]))) for p in kept),
            )
        )
    return sums


def brute_force(sums: Sequence[Sum], held: Collection[Figure], most: int) -> tuple[int | None, set[frozenset[Figure]]]:
    """The fewest figures, and all sets of so many, that some whole amounts from -50 to 50 mend."""
    figures = [f for f in dict.fromkeys(f for s in sums for f in coefficients(s)) if f not in held]
    rows = [{f: int(w) for f, w in coefficients(s).items()} for s in sums]
    for size in range(most + 1):
        found = set()
        for chosen in combinations(figures, size):
            gaps = [sum(w * int(f.value) for f, w in row.items() if f not in chosen) for row in rows]
            weights = [[row.get(f, 0) for f in chosen] for row in rows]
            if any(
                all(gap + sum(map(int.__mul__, row, to)) == 0 for gap, row in zip(gaps, weights, strict=True))
                for to in product(range(-50, 51), repeat=size)
            ):
                found.add(frozenset(chosen))
        if found:
            return size, found
    return None, set()


@given(small_systems(), st.booleans())
def test_small_systems_are_repaired_as_brute_force_repairs_them(sums: list[Sum], hold: bool) -> None:  # noqa: FBT001
    held = [sums[0].total] if hold else []
    repairs = fewest_changes(sums, held=held, most=2)
    size, found = brute_force(sums, held, most=2)
    if repairs.size is not None and repairs.size <= 2:
        assert repairs.size == size
        assert repairs.count == len(found)
        assert {frozenset(changed(repair)) for repair in repairs.repairs} <= found
    else:
        assert size is None


@given(small_systems())
def test_every_repair_makes_every_sum_hold(sums: list[Sum]) -> None:
    for repair in fewest_changes(sums).repairs:
        assert all(to != figure.value for figure, to in changed(repair).items())
        assert {verdict(s) for s in mended(sums, changed(repair))} == {Verdict.EXACT}


@given(st.lists(st.integers(1, 400), min_size=2, max_size=4), st.integers(-6, 6), st.integers(-3, 3))
def test_repairs_around_rounded_payments_leave_them_within_half_a_unit(amounts: list[int], off: int, slip: int) -> None:
    years = [printed(amount) for amount in amounts]
    payments = [
        printed(int(Fraction(amount, 4) + Fraction(1, 2)) + (slip if not n else 0)) for n, amount in enumerate(amounts)
    ]
    award = printed(sum(amounts) + off, None)
    sums = [*(total_of(y, [p], 4) for y, p in zip(years, payments, strict=True)), total_of(award, years)]
    repairs = fewest_changes(sums, rounded=payments)
    for repair in repairs.repairs:
        new = changed(repair)
        assert sum(new.get(y, y.value) for y in years) == new.get(award, award.value)
        assert all(
            abs(new.get(y, y.value) - 4 * new.get(p, p.value)) <= 2 for y, p in zip(years, payments, strict=True)
        )
        assert all(to % (figure.unit or PENNY) == 0 for figure, to in new.items())
