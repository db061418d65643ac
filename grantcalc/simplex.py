"""Exact linear arithmetic: whether bounded unknowns can meet linear equations, and how far each can go.

The general simplex method of Dutertre and de Moura ("A Fast Linear-Arithmetic Solver for DPLL(T)", CAV
2006), with Bland's rule as the last resort, so that it always ends. It starts from given values (the printed
figures), works with whole numbers and fractions only, and where no solution exists it names equations that
already contradict each other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

Number: TypeAlias = int | Fraction
Bounds: TypeAlias = "tuple[Number | None, Number | None]"
Row: TypeAlias = "Mapping[int, Number]"

_HURRIED: Final = 100
"""How many steps an equation are led by the greatest excess, which is quick but need not end, before
Bland's rule takes over, which is slow and ends."""


def as_number(value: Decimal) -> Number:
    """The same value as a whole number, or else as a fraction."""
    numerator, denominator = value.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)


def quotient(numerator: Number, denominator: Number) -> Number:
    """Divide exactly, keeping whole numbers whole, since fractions are much slower."""
    if denominator == 1:
        return numerator
    if denominator == -1:
        return -numerator
    return _kept_whole(Fraction(numerator, denominator))


def _kept_whole(number: Number) -> Number:
    """The same number, whole where it can be, since fractions are much slower."""
    return number if type(number) is int or number.denominator != 1 else number.numerator


class Simplex:
    """Unknowns within bounds, and equations `Σ coefficient × unknown + constant = 0` over them.

    Attributes:
        pivots: how many steps the solving has taken so far.
    """

    def __init__(self, rows: Sequence[tuple[Row, Number]], bounds: Sequence[Bounds], start: Sequence[Number]) -> None:
        """Set up the equations.

        Args:
            rows: each equation's coefficients by unknown, and its constant.
            bounds: the lowest and highest value of each unknown, ends included; None for no bound.
            start: a value within its bounds for each unknown, to begin with.
        """
        self._unknowns = len(start)
        # Each equation gets a residual of its own, numbered after the unknowns, that must come out as zero.
        self._bounds = [*bounds, *((-constant, -constant) for _, constant in rows)]
        self._values: list[Number] = list(start)
        self.pivots = 0
        self._basis: dict[int, dict[int, Number]] = {}
        for number, (row, _) in enumerate(rows, start=self._unknowns):
            self._basis[number] = dict(row)
            self._values.append(sum(weight * start[unknown] for unknown, weight in row.items()))

    @property
    def values(self) -> list[Number]:
        """The present value of each unknown; a solution once `contradiction` has returned None."""
        return self._values[: self._unknowns]

    def restrict(self, unknown: int, low: Number, high: Number) -> None:
        """Narrow the bounds of an unknown; look for a `contradiction` again afterwards."""
        self._bounds[unknown] = (low, high)
        if unknown not in self._basis:
            self._move(unknown, -self._excess(unknown))

    def contradiction(self) -> set[int] | None:
        """Look for a solution.

        Returns:
            None where there is one, else the numbers of equations that cannot all hold.
        """
        step = 0
        while (basic := self._astray(hurried=step < _HURRIED * len(self._basis))) is not None:
            row, excess = self._basis[basic], self._excess(basic)
            free = (n for n, w in row.items() if self._room(n, upwards=(excess < 0) == (w > 0)))
            entering = min(free, default=None)
            if entering is None:
                return {n - self._unknowns for n in (basic, *row) if n >= self._unknowns}
            self._move(entering, quotient(-excess, row[entering]))
            self._pivot(basic, entering)
            step += 1
        return None

    def furthest(self, unknown: int, *, upwards: bool) -> Number | None:
        """The highest (or lowest) value that an unknown takes in any solution; None where nothing stops it.

        Call it after `contradiction` has returned None; `values` is then a solution with that value.
        """
        while True:
            end = self._bounds[unknown][upwards]
            if end is not None and self._values[unknown] == end:
                return end
            chosen = self._improving(unknown, upwards=upwards)
            if chosen is None:
                return self._values[unknown]
            entering, rises = chosen
            step, blocking = self._longest_step(entering, upwards=rises)
            if step is None:
                return None
            self._move(entering, step if rises else -step)
            if blocking != entering:
                self._pivot(blocking, entering)

    def range(self, unknown: int) -> Bounds:
        """The lowest and highest value that an unknown takes in any solution."""
        return self.furthest(unknown, upwards=False), self.furthest(unknown, upwards=True)

    def _astray(self, *, hurried: bool) -> int | None:
        """A dependent value outside its bounds, the furthest out or else the first; None if there is none."""
        outside: dict[int, Number] = {}
        for basic in self._basis:
            value, (low, high) = self._values[basic], self._bounds[basic]
            if low is not None and value < low:
                outside[basic] = low - value
            elif high is not None and value > high:
                outside[basic] = value - high
        if not outside:
            return None
        return max(outside, key=outside.__getitem__) if hurried else min(outside)

    def _excess(self, number: int) -> Number:
        """How far a value lies above its bounds; negative below them, zero within."""
        (low, high), value = self._bounds[number], self._values[number]
        if low is not None and value < low:
            return value - low
        return value - high if high is not None and value > high else 0

    def _room(self, number: int, *, upwards: bool) -> bool:
        """Whether a value can still move in a direction."""
        end = self._bounds[number][upwards]
        return end is None or (self._values[number] < end if upwards else self._values[number] > end)

    def _improving(self, unknown: int, *, upwards: bool) -> tuple[int, bool] | None:
        """The first free value that moves the unknown the wanted way, and whether it has to rise."""
        if unknown not in self._basis:
            return unknown, upwards
        row = self._basis[unknown]
        moves = ((n, upwards == (weight > 0)) for n, weight in sorted(row.items()))
        return next(((n, rises) for n, rises in moves if self._room(n, upwards=rises)), None)

    def _longest_step(self, entering: int, *, upwards: bool) -> tuple[Number | None, int]:
        """How far a free value can move before it or a dependent one meets a bound, and which does."""
        step, blocking = self._distance(entering, upwards=upwards), entering
        for basic, row in self._basis.items():
            weight = row.get(entering)
            if not weight:
                continue
            distance = self._distance(basic, upwards=upwards == (weight > 0))
            if distance is None:
                continue
            limit = quotient(distance, weight if weight > 0 else -weight)
            if step is None or limit < step or (limit == step and basic < blocking != entering):
                step, blocking = limit, basic
        return step, blocking

    def _distance(self, number: int, *, upwards: bool) -> Number | None:
        """How far a value is from its bound in a direction."""
        end = self._bounds[number][upwards]
        if end is None:
            return None
        return end - self._values[number] if upwards else self._values[number] - end

    def _move(self, entering: int, by: Number) -> None:
        """Move a free value, and all that depend on it."""
        if not by:
            return
        self._values[entering] = _kept_whole(self._values[entering] + by)
        for basic, row in self._basis.items():
            if entering in row:
                self._values[basic] = _kept_whole(self._values[basic] + row[entering] * by)

    def _pivot(self, leaving: int, entering: int) -> None:
        """Let two values change places: the one that was free now depends on the other."""
        self.pivots += 1
        row = self._basis.pop(leaving)
        weight = row.pop(entering)
        solved = {n: quotient(-w, weight) for n, w in row.items()}
        solved[leaving] = quotient(1, weight)
        for other in self._basis.values():
            if entering not in other:
                continue
            factor = other.pop(entering)
            for n, w in solved.items():
                new = other.get(n, 0) + factor * w
                if new:
                    other[n] = _kept_whole(new)
                else:
                    other.pop(n, None)
        self._basis[entering] = solved
