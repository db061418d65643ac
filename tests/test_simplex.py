"""Exact linear arithmetic: bounded unknowns and equations over them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantcalc.simplex
from grantcalc.simplex import Simplex, as_number, quotient

if TYPE_CHECKING:
    from grantcalc.simplex import Bounds, Row

Equations = list[tuple[dict[int, int], int]]


def test_quotients_stay_whole_where_they_can() -> None:
    assert [quotient(6, 3), quotient(6, -1), quotient(Fraction(1, 2), Fraction(1, 4))] == [2, -6, 2]
    assert all(isinstance(q, int) for q in (quotient(6, 3), quotient(6, -1), quotient(Fraction(3, 2), Fraction(1, 2))))
    assert quotient(1, 3) == Fraction(1, 3)


def test_decimals_become_whole_numbers_where_they_can() -> None:
    assert isinstance(as_number(Decimal("3.00")), int)
    assert as_number(Decimal("0.5")) == Fraction(1, 2)


def test_values_that_fit_are_kept_as_they_are() -> None:
    simplex = Simplex([({0: 1, 1: 1}, -5)], [(0, 9), (0, 9)], [2, 3])
    assert simplex.contradiction() is None
    assert simplex.values == [2, 3]
    assert simplex.pivots == 0


def test_a_solution_is_found_within_the_bounds() -> None:
    simplex = Simplex([({0: 1, 1: 1}, -5), ({0: 1, 1: -1}, -1)], [(0, 9), (0, 9)], [0, 0])
    assert simplex.contradiction() is None
    assert simplex.values == [3, 2]


def test_equations_that_contradict_each_other_are_named() -> None:
    idle: tuple[Row, int] = ({2: 1}, -1)
    simplex = Simplex([({0: 1, 1: 1}, -5), idle, ({0: 2, 1: 2}, -11)], [(0, 9)] * 3, [0, 0, 0])
    assert simplex.contradiction() == {0, 2}


def test_an_equation_may_contradict_the_bounds_alone() -> None:
    assert Simplex([({0: 1, 1: 1}, -5)], [(0, 2), (0, 2)], [0, 0]).contradiction() == {0}
    assert Simplex([({}, 1)], [], []).contradiction() == {0}
    assert Simplex([({}, 0)], [], []).contradiction() is None


def test_unknowns_without_bounds_go_as_far_as_equations_let_them() -> None:
    simplex = Simplex([({0: 4, 1: -1}, 0)], [(None, None), (1, 3)], [0, 1])
    assert simplex.contradiction() is None
    assert simplex.range(0) == (Fraction(1, 4), Fraction(3, 4))
    free = Simplex([({0: 1, 1: 1}, 0)], [(None, None), (None, None)], [0, 0])
    assert free.contradiction() is None
    assert free.range(0) == (None, None)
    half = Simplex([({0: 1, 1: 1}, 0)], [(None, None), (0, None)], [0, 0])
    assert half.contradiction() is None
    assert half.range(0) == (None, 0)


def test_a_restricted_unknown_leaves_less_to_the_others() -> None:
    simplex = Simplex([({0: 1, 1: 1}, -10)], [(0, 9), (0, 9)], [5, 5])
    assert simplex.contradiction() is None
    assert simplex.range(1) == (1, 9)
    simplex.restrict(0, 7, 8)
    assert simplex.contradiction() is None
    assert simplex.range(1) == (2, 3)
    simplex.restrict(1, 9, 9)
    assert simplex.contradiction() == {0}


def test_a_value_outside_its_new_bounds_moves_into_them() -> None:
    simplex = Simplex([({0: 1, 1: 1}, -10)], [(0, 9), (0, 9)], [5, 5])
    simplex.restrict(0, 7, 8)
    assert simplex.contradiction() is None
    assert simplex.values == [7, 3]


@st.composite
def systems(draw: st.DrawFn) -> tuple[Equations, list[Bounds], list[int]]:
    """Equations over a few unknowns within small bounds, some of them fixed, and a start within them."""
    unknowns = draw(st.integers(1, 5))
    numbers = st.integers(-4, 4)
    rows = draw(st.lists(st.dictionaries(st.integers(0, unknowns - 1), numbers.filter(bool)), max_size=5))
    lows = [draw(numbers) for _ in range(unknowns)]
    bounds: list[Bounds] = [(low, low + draw(st.integers(0, 3))) for low in lows]
    return [(row, draw(st.integers(-9, 9))) for row in rows], bounds, lows


def holds(rows: Equations, values: list[int | Fraction]) -> bool:
    return all(sum(weight * values[n] for n, weight in row.items()) + constant == 0 for row, constant in rows)


@pytest.mark.parametrize("hurried", [0, 100])
@given(system=systems())
def test_what_is_found_holds_and_what_contradicts_does_so_alone(
    hurried: int, system: tuple[Equations, list[Bounds], list[int]]
) -> None:
    rows, bounds, start = system
    with pytest.MonkeyPatch.context() as patch:
        # Nought: Bland's rule from the first step.
        patch.setattr(grantcalc.simplex, "_HURRIED", hurried)
        simplex = Simplex(rows, bounds, start)
        contradiction = simplex.contradiction()
        if contradiction is None:
            for unknown in range(len(start)):
                for end in simplex.range(unknown):
                    assert end is not None
                    assert bounds[unknown][0] <= end <= bounds[unknown][1]  # type: ignore[operator]
                assert holds(rows, simplex.values)
        else:
            among = [rows[number] for number in sorted(contradiction)]
            assert Simplex(among, bounds, start).contradiction() is not None
