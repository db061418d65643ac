"""Sums judged together: whether all of them can hold at once, and the range that is left to each figure.

Sums share figures, so each may pass and the set still have no common solution. The figures are unknowns within
half a printed unit of what is printed, each sum is an equation. Connected sums are decided one group at a time:
narrowing the ranges from sum to sum settles a group without a cycle; a cycle (rows and columns of a table) needs
the exact method of `simplex`, since narrowing alone finds nothing wrong in a 3 × 3 table of 34s whose rows are
said to make 101 and whose columns 103.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT
from grantcalc.simplex import Simplex, quotient
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.money import Figure
    from grantcalc.simplex import Number
    from grantcalc.sums import Sum

LARGEST_GROUP: Final = 20_000
"""Groups with a cycle in which (sums × unknowns) is more than this are left undecided."""

_VISITS: Final = 8
"""How often narrowing returns to a sum of a group with a cycle, where it need not ever come to rest."""


@dataclass(frozen=True, slots=True)
class Range:
    """The amounts, in pounds and ends included, that are left to a figure if all its sums hold."""

    figure: Figure
    lowest: Fraction
    highest: Fraction


@dataclass(frozen=True, slots=True)
class Together:
    """What sums say when they are held against each other.

    Attributes:
        feasible: whether amounts within half a printed unit of every figure make all sums hold; None
            where that was not decided, because a group is too large.
        feasible_exact: whether the figures as printed already make all sums.
        ranges: what is left to each figure that is not exact, in the groups of sums that can hold but do
            not hold as printed.
        conflicts: for each group that cannot hold, sums that already contradict each other.
    """

    feasible: bool | None
    feasible_exact: bool
    ranges: tuple[Range, ...]
    conflicts: tuple[tuple[Sum, ...], ...]


def judge_together(sums: Iterable[Sum]) -> Together:
    """Decide whether all sums can hold at once, and what that leaves to each figure.

    Exact rational arithmetic throughout; the time is linear in the number of figures except inside groups with
    a cycle.
    """
    feasible: bool | None = True
    ranges: list[Range] = []
    conflicts: list[tuple[Sum, ...]] = []
    exact = True
    for group in groups(sums):
        if all(verdict(s) is Verdict.EXACT for s in group):
            continue
        exact = False
        system = _System(group)
        outcome = system.solve()
        if outcome is None:
            feasible = None if feasible else feasible
        elif not outcome:
            feasible = False
            conflicts.append(system.conflict)
        else:
            ranges.extend(system.ranges())
    return Together(feasible, exact, tuple(ranges), tuple(conflicts))


def groups(sums: Iterable[Sum], *, through_exact: bool = False) -> list[list[Sum]]:
    """Split sums into groups that share no unknown figure, in the order of their first sums.

    Args:
        sums: the sums to split.
        through_exact: whether an exact figure connects its sums too, as it does where figures may be
            wrong; else only figures that leave room do.
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    listed = list(sums)
    first_with: dict[Figure, int] = {}
    for number, a_sum in enumerate(listed):
        parent[number] = number
        for figure in a_sum.figures:
            if figure.unit is not None or through_exact:
                other = root(first_with.setdefault(figure, number))
                here = root(number)
                parent[max(other, here)] = min(other, here)
    grouped: dict[int, list[Sum]] = defaultdict(list)
    for number, a_sum in enumerate(listed):
        grouped[root(number)].append(a_sum)
    return list(grouped.values())


def coefficients(a_sum: Sum) -> dict[Figure, Decimal]:
    """How often each figure counts in `total − Σ weight × part`, which a sum says is zero."""
    counted: dict[Figure, Decimal] = {a_sum.total: Decimal(1)}
    for part in a_sum.parts:
        counted[part.figure] = counted.get(part.figure, Decimal(0)) - part.weight
    return {figure: weight for figure, weight in counted.items() if weight}


class _System:
    """One group of connected sums as equations over whole numbers.

    Amounts are scaled to a unit in which every printed figure, and half of every printed unit, is whole. Figures
    that count alike in the same sums are one unknown, their total: a column of 10,000 posts is one.
    """

    def __init__(self, sums: Sequence[Sum]) -> None:
        self._sums = sums
        counted = [coefficients(a_sum) for a_sum in sums]
        figures = {figure for row in counted for figure in row}
        self._scale = 2 * 10 ** max(
            (_decimals(n) for f in figures for n in (f.value, f.half_unit)), default=0
        )
        self._rows: list[dict[int, Number]] = [{} for _ in sums]
        self._constants: list[Number] = [0] * len(sums)
        self._unknowns: list[list[Figure]] = []
        self.conflict: tuple[Sum, ...] = tuple(sums)
        self._set_up(counted)
        self._outer = [self._together(figures) for figures in self._unknowns]
        self._cyclic = self._has_cycle()

    def _set_up(self, counted: list[dict[Figure, Decimal]]) -> None:
        """Fill the equations: exact figures into the constants, the others into unknowns."""
        appearances: dict[Figure, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(counted):
            factor = 10 ** max(_decimals(weight) for weight in row.values())
            for figure, weight in row.items():
                whole = int(weight * factor)
                if figure.unit is None:
                    self._constants[number] += whole * self._scaled(figure.value)
                else:
                    appearances[figure].append((number, whole))
        alike: dict[tuple[tuple[int, int], ...], int] = {}
        for figure, places in appearances.items():
            unknown = alike.setdefault(tuple(places), len(alike))
            if unknown == len(self._unknowns):
                self._unknowns.append([])
                for number, whole in places:
                    self._rows[number][unknown] = whole
            self._unknowns[unknown].append(figure)

    def _scaled(self, amount: Decimal) -> int:
        return int(EXACT.multiply(amount, Decimal(self._scale)))

    def _ends(self, figure: Figure) -> tuple[int, int]:
        value, half = self._scaled(figure.value), self._scaled(figure.half_unit)
        return value - half, value + half

    def _together(self, figures: list[Figure]) -> tuple[Number, Number]:
        ends = [self._ends(figure) for figure in figures]
        return sum(low for low, _ in ends), sum(high for _, high in ends)

    def _has_cycle(self) -> bool:
        """Whether the sums and the unknowns that two or more of them share form a cycle."""
        uses = Counter(unknown for row in self._rows for unknown in row)
        shared = {unknown for unknown, count in uses.items() if count > 1}
        links = sum(1 for row in self._rows for unknown in row if unknown in shared)
        return links >= len(self._rows) + len(shared) and bool(shared)

    def solve(self) -> bool | None:
        """Whether the sums can all hold; None where the group is too large to decide."""
        impossible = next((s for s in self._sums if verdict(s) is Verdict.MISMATCH), None)
        if impossible:
            self.conflict = (impossible,)
            return False
        narrowed = self._narrow()
        if narrowed and not self._cyclic:
            return True
        if len(self._rows) * len(self._unknowns) > LARGEST_GROUP:
            return None if narrowed else False
        simplex = self._simplex()
        contradiction = simplex.contradiction()
        if contradiction is not None:
            self.conflict = tuple(self._sums[number] for number in sorted(contradiction))
            return False
        self._explore(simplex)
        return True

    def _simplex(self) -> Simplex:
        bounds = [self._together(figures) for figures in self._unknowns]
        start = [sum(self._scaled(figure.value) for figure in figures) for figures in self._unknowns]
        return Simplex(list(zip(self._rows, self._constants, strict=True)), bounds, start)

    def _narrow(self) -> bool:
        """Narrow every unknown to what each of its sums leaves to it; False where nothing is left."""
        using: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for unknown in row:
                using[unknown].append(number)
        waiting = deque(range(len(self._rows)))
        queued = set(waiting)
        visits: Counter[int] = Counter()
        while waiting:
            number = waiting.popleft()
            queued.discard(number)
            visits[number] += 1
            changed = self._narrow_by(number)
            if changed is None:
                return False
            for unknown in changed:
                for other in using[unknown]:
                    if (
                        other not in queued
                        and other != number
                        and not (self._cyclic and visits[other] >= _VISITS)
                    ):
                        queued.add(other)
                        waiting.append(other)
        return True

    def _narrow_by(self, number: int) -> list[int] | None:
        """Narrow the unknowns of one sum; which changed, or None where the sum cannot hold."""
        row = self._rows[number]
        low = high = self._constants[number]
        reach: dict[int, tuple[Number, Number]] = {}
        for unknown, weight in row.items():
            ends = [weight * end for end in self._outer[unknown]]
            reach[unknown] = (min(ends), max(ends))
            low += reach[unknown][0]
            high += reach[unknown][1]
        if low > 0 or high < 0:
            return None
        changed = []
        for unknown, weight in row.items():
            least, most = reach[unknown]
            needed = sorted((quotient(-(low - least), weight), quotient(-(high - most), weight)))
            old = self._outer[unknown]
            new = (max(old[0], needed[0]), min(old[1], needed[1]))
            if new != old:
                self._outer[unknown] = new
                changed.append(unknown)
        return changed

    def _explore(self, simplex: Simplex) -> None:
        """Find how far each unknown can go; a solution met on the way saves looking for others like it."""
        lowest, highest = simplex.values, simplex.values
        for unknown, (low, high) in enumerate(self._outer):
            for upwards, end in ((False, low), (True, high)):
                if (highest if upwards else lowest)[unknown] == end:
                    continue
                simplex.furthest(unknown, upwards=upwards)
                for other, value in enumerate(simplex.values):
                    lowest[other] = min(lowest[other], value)
                    highest[other] = max(highest[other], value)
        self._outer = list(zip(lowest, highest, strict=True))

    def ranges(self) -> list[Range]:
        """What is left to each figure once `solve` has returned True."""
        found = []
        for figures, (low, high) in zip(self._unknowns, self._outer, strict=True):
            all_low, all_high = self._together(figures)
            for figure in figures:
                own_low, own_high = self._ends(figure)
                lowest = max(own_low, low - (all_high - own_high))
                highest = min(own_high, high - (all_low - own_low))
                found.append(Range(figure, Fraction(lowest) / self._scale, Fraction(highest) / self._scale))
        return found


def _decimals(number: Decimal) -> int:
    """How many digits stand behind the point."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
