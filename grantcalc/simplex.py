"""Exact linear arithmetic: whether bounded unknowns can meet linear equations, and how far each can go.

The general simplex method of Dutertre and de Moura ("A Fast Linear-Arithmetic Solver for DPLL(T)", CAV
2006), with Bland's rule as the last resort, so that it always ends. It starts from given values (the printed
figures), and where no solution exists it names equations that already contradict each other. Each row is
kept as whole numbers over one divisor, since fractions are much slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
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
    divided = Fraction(numerator, denominator)
    return divided.numerator if divided.denominator == 1 else divided


@dataclass(slots=True)
class _Dependent:
    """What a dependent value is made of: (Σ weight × free value) ÷ divisor.

    Attributes:
        weights: how often each free value counts, zero left out.
        divisor: what the total is divided by, above zero.
        total: Σ weight × free value, at present.
    """

    weights: dict[int, int]
    divisor: int
    total: Number

    def beyond(self, bounds: Bounds) -> Number | None:
        """The one of its bounds that the value lies beyond; None where it lies within both."""
        low, high = bounds
        if low is not None and self.total < low * self.divisor:
            return low
        return high if high is not None and self.total > high * self.divisor else None

    def distance(self, end: Number) -> Number:
        """How far the value is from another, times the divisor."""
        over = self.total - end * self.divisor
        return over if over > 0 else -over

    def put_in(self, entering: int, value: Number, solved: _Dependent) -> None:
        """Put what a free value is made of in its place."""
        factor = self.weights.pop(entering, 0)
        if not factor:
            return
        times = solved.divisor
        self.total = times * (self.total - factor * value) + factor * solved.total
        if times != 1:
            self.weights = {number: weight * times for number, weight in self.weights.items()}
            self.divisor *= times
        for number, weight in solved.weights.items():
            new = self.weights.get(number, 0) + factor * weight
            if new:
                self.weights[number] = new
            else:
                del self.weights[number]
        self.reduce()

    def reduce(self) -> None:
        """Divide by what all numbers have in common, so that they stay small."""
        if self.divisor == 1:
            return
        common = gcd(self.divisor, *self.weights.values())
        if common > 1:
            self.weights = {number: weight // common for number, weight in self.weights.items()}
            self.divisor //= common
            self.total = quotient(self.total, common)


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
        self._free: list[Number] = [*start, *(0 for _ in rows)]
        self.pivots = 0
        self._basis: dict[int, _Dependent] = {}
        for number, (row, _) in enumerate(rows, start=self._unknowns):
            divisor = lcm(*(weight.denominator for weight in row.values()))
            weights = {n: weight.numerator * (divisor // weight.denominator) for n, weight in row.items()}
            self._basis[number] = _Dependent(weights, divisor, self._total(weights))

    @property
    def values(self) -> list[Number]:
        """The present value of each unknown; a solution once `contradiction` has returned None."""
        found = self._free[: self._unknowns]
        for number, row in self._basis.items():
            if number < self._unknowns:
                found[number] = quotient(row.total, row.divisor)
        return found

    def restrict(self, unknown: int, low: Number, high: Number) -> None:
        """Narrow the bounds of an unknown; look for a `contradiction` again afterwards."""
        self._bounds[unknown] = (low, high)
        if unknown not in self._basis:
            self._move(unknown, min(max(self._free[unknown], low), high))

    def contradiction(self) -> set[int] | None:
        """Look for a solution.

        Returns:
            None where there is one, else the numbers of equations that cannot all hold.
        """
        step = 0
        while (astray := self._astray(hurried=step < _HURRIED * len(self._basis))) is not None:
            basic, end = astray
            row = self._basis[basic]
            rises = row.total < end * row.divisor
            free = (n for n, w in row.weights.items() if self._room(n, upwards=rises == (w > 0)))
            entering = min(free, default=None)
            if entering is None:
                return {n - self._unknowns for n in (basic, *row.weights) if n >= self._unknowns}
            self._pivot(basic, entering, end)
            step += 1
        return None

    def furthest(self, unknown: int, *, upwards: bool) -> Number | None:
        """The highest (or lowest) value that an unknown takes in any solution; None where nothing stops it.

        Call it after `contradiction` has returned None; `values` is then a solution with that value.
        """
        while True:
            chosen = self._improving(unknown, upwards=upwards)
            if chosen is None:
                row = self._basis.get(unknown)
                return self._free[unknown] if row is None else quotient(row.total, row.divisor)
            entering, rises = chosen
            blocking = self._blocking(entering, upwards=rises)
            if blocking is None:
                return None
            stopped, end = blocking
            if stopped == entering:
                self._move(entering, end)
            else:
                self._pivot(stopped, entering, end)

    def range(self, unknown: int) -> Bounds:
        """The lowest and highest value that an unknown takes in any solution."""
        return self.furthest(unknown, upwards=False), self.furthest(unknown, upwards=True)

    def _total(self, weights: Mapping[int, int]) -> Number:
        """Σ weight × free value."""
        return sum(weight * self._free[number] for number, weight in weights.items())

    def _astray(self, *, hurried: bool) -> tuple[int, Number] | None:
        """A dependent value beyond a bound, the furthest or else the first, and that bound; None if there is none."""
        found: tuple[int, Number] | None = None
        furthest: Number = 0
        divisor = 1
        for number, row in self._basis.items():
            end = row.beyond(self._bounds[number])
            if end is None:
                continue
            distance = row.distance(end)
            if found is None or (distance * divisor > furthest * row.divisor if hurried else number < found[0]):
                found, furthest, divisor = (number, end), distance, row.divisor
        return found

    def _room(self, number: int, *, upwards: bool) -> bool:
        """Whether a free value can still move in a direction."""
        end = self._bounds[number][upwards]
        return end is None or (self._free[number] < end if upwards else self._free[number] > end)

    def _improving(self, unknown: int, *, upwards: bool) -> tuple[int, bool] | None:
        """The first free value that moves the unknown the wanted way, and whether it has to rise; None at its end."""
        row = self._basis.get(unknown)
        if row is None:
            return (unknown, upwards) if self._room(unknown, upwards=upwards) else None
        end = self._bounds[unknown][upwards]
        if end is not None and row.total == end * row.divisor:
            return None
        moves = ((n, upwards == (weight > 0)) for n, weight in sorted(row.weights.items()))
        return next(((n, rises) for n, rises in moves if self._room(n, upwards=rises)), None)

    def _blocking(self, entering: int, *, upwards: bool) -> tuple[int, Number] | None:
        """Which value, the free one that moves or one that depends on it, meets a bound first, and that bound.

        None where nothing stops it.
        """
        found: tuple[int, Number] | None = None
        step: Number = 0
        times = 1  # the step to the bound, times this, is `step`
        end = self._bounds[entering][upwards]
        if end is not None:
            found, step = (entering, end), max(end - self._free[entering], self._free[entering] - end)
        for basic, row in self._basis.items():
            weight = row.weights.get(entering)
            if not weight:
                continue
            end = self._bounds[basic][upwards == (weight > 0)]
            if end is None:
                continue
            distance = row.distance(end)
            later = distance * times - step * abs(weight)
            if found is None or later < 0 or (not later and basic < found[0] != entering):
                found, step, times = (basic, end), distance, abs(weight)
        return found

    def _move(self, number: int, to: Number) -> None:
        """Move a free value, and all that depend on it."""
        by = to - self._free[number]
        self._free[number] = to
        for row in self._basis.values():
            row.total += row.weights.get(number, 0) * by

    def _pivot(self, leaving: int, entering: int, end: Number) -> None:
        """Let two values change places: the one that depended on the other is now free, and at its bound."""
        self.pivots += 1
        row = self._basis.pop(leaving)
        self._free[leaving] = end
        weight = row.weights.pop(entering)
        sign = 1 if weight < 0 else -1
        weights = {number: sign * other for number, other in row.weights.items()}
        weights[leaving] = -sign * row.divisor
        solved = _Dependent(weights, abs(weight), self._total(weights))
        solved.reduce()
        for other in self._basis.values():
            other.put_in(entering, self._free[entering], solved)
        self._basis[entering] = solved
