"""Sums judged together: whether all of them can hold at once, and the range that is left to each figure.

Sums share figures, so each may pass and the set still have no common solution. The figures are unknowns
within half a printed unit of what is printed, each sum is an equation. Connected sums are decided one group
at a time: narrowing the ranges from sum to sum settles a group without a cycle; a cycle (rows and columns of
a table) needs the exact method of `simplex`, since narrowing alone finds nothing wrong in a 3 × 3 table of
34s whose rows are said to make 101 and whose columns 103.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT, POUND
from grantcalc.simplex import Simplex, quotient
from grantcalc.sums import Verdict, coefficients, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.simplex import Number
    from grantcalc.sums import Sum

LARGEST_GROUP: Final = 25_000
"""Groups with a cycle in which (sums × unknowns) is more than this are left undecided.

A table of 24 rows, 20 columns and all its totals comes to 24,000 and takes a second or two; groups without a
cycle have no limit.
"""

_SWEEPS: Final = 4
"""How often a group with a cycle is narrowed, forth and back: it need not ever come to rest."""


@dataclass(frozen=True, slots=True)
class Range:
    """The amounts, in pounds and ends included, that are left to a figure if all its sums hold."""

    figure: Figure
    lowest: Fraction
    highest: Fraction


@dataclass(frozen=True)
class Together:
    """What sums say when they are held against each other.

    Attributes:
        feasible: whether amounts within half a printed unit of every figure make all sums hold; None
            where that was not decided, because a group is too large.
        feasible_exact: whether the figures as printed already make all sums.
        conflicts: for each group that cannot hold, sums that already contradict each other.
        loose: the groups of sums that can hold but do not hold as printed.
    """

    feasible: bool | None
    feasible_exact: bool
    conflicts: tuple[tuple[Sum, ...], ...]
    loose: tuple[_System, ...] = field(default=(), compare=False)

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """What is left to each figure that is not exact, in the groups that are loose.

        Found when somebody asks: it takes much longer than to see that all sums can hold.
        """
        return tuple(found for system in self.loose for found in system.ranges())

    def __getstate__(self) -> dict[str, object]:
        """What another process is sent: the ranges, found here, in place of what they are found from."""
        return {**self.__dict__, "ranges": self.ranges, "loose": ()}


def judge_together(sums: Iterable[Sum]) -> Together:
    """Decide whether all sums can hold at once.

    Exact rational arithmetic throughout; the time is linear in the number of figures except inside groups
    with a cycle.
    """
    feasible: bool | None = True
    loose: list[_System] = []
    conflicts: list[tuple[Sum, ...]] = []
    exact = True
    for group in groups(sums):
        verdicts = [verdict(a_sum) for a_sum in group]
        if set(verdicts) == {Verdict.EXACT}:
            continue
        exact = False
        if Verdict.MISMATCH in verdicts:
            feasible = False
            conflicts.append((group[verdicts.index(Verdict.MISMATCH)],))
            continue
        system = _System(group)
        outcome = system.solve()
        if outcome is None:
            feasible = None if feasible else feasible
        elif not outcome:
            feasible = False
            conflicts.append(system.conflict)
        else:
            loose.append(system)
    return Together(feasible, exact, tuple(conflicts), tuple(loose))


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


class _System:
    """One group of connected sums as equations over whole numbers.

    Amounts are scaled to a unit in which every printed figure, and half of every printed unit, is whole.
    Figures that count alike in the same sums are one unknown, their total: a column of 10,000 posts is one.
    """

    def __init__(self, sums: Sequence[Sum]) -> None:
        """Set up the equations of a group."""
        self._sums = sums
        self._rows: list[dict[int, Number]] = [{} for _ in sums]
        self._constants: list[Number] = [0] * len(sums)
        self._unknowns: list[list[Figure]] = []
        self.conflict: tuple[Sum, ...] = tuple(sums)
        counted = [coefficients(a_sum) for a_sum in sums]
        figures = {figure for row in counted for figure in row}
        self._places = max((_decimals(n) for f in figures for n in (f.value, f.half_unit)), default=0)
        self._set_up(counted)
        self._printed = [[self._ends(figure) for figure in figures] for figures in self._unknowns]
        self._totals = [_total(ends) for ends in self._printed]
        self._outer = list(self._totals)
        self._order, self._cyclic = self._breadth_first()
        self._solved: Simplex | None = None

    def _set_up(self, counted: Sequence[Mapping[Figure, Decimal]]) -> None:
        """Fill the equations: exact figures into the constants, the others into unknowns."""
        places: dict[Figure, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(counted):
            places_of_weights = max(map(_decimals, row.values()), default=0)
            for figure, weight in row.items():
                whole = int(EXACT.scaleb(weight, places_of_weights))
                if figure.unit is None:
                    self._constants[number] += whole * self._scaled(figure.value)
                else:
                    places[figure].append((number, whole))
        alike: dict[tuple[tuple[int, int], ...], list[Figure]] = defaultdict(list)
        for figure, its_places in places.items():
            alike[tuple(its_places)].append(figure)
        self._unknowns = list(alike.values())
        for unknown, its_rows in enumerate(alike):
            for number, whole in its_rows:
                self._rows[number][unknown] = whole

    def _scaled(self, amount: Decimal) -> int:
        """An amount as a whole number of the scale's units."""
        return int(EXACT.scaleb(amount, self._places))

    def _ends(self, figure: Figure) -> tuple[int, int]:
        """The lowest and highest amount that a figure may stand for."""
        value, half = self._scaled(figure.value), self._scaled(figure.half_unit)
        return value - half, value + half

    def solve(self) -> bool | None:
        """Whether the sums can all hold; None where the group is too large to decide."""
        large = len(self._rows) * len(self._unknowns) > LARGEST_GROUP
        if not large and self._cyclic:
            return self._decide()
        narrowed = self._narrow()
        if narrowed and not self._cyclic:
            return True
        if large:
            return None if narrowed else False
        return self._decide()

    def _breadth_first(self) -> tuple[list[int], bool]:
        """The sums, each after a neighbour if it has one already listed, and whether they form a cycle."""
        using: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for unknown in row:
                using[unknown].append(number)
        links = sum(len(numbers) - 1 for numbers in using.values())
        order: dict[int, None] = {}
        starts = 0
        for start in range(len(self._rows)):
            if start not in order:
                starts += 1
                order |= dict.fromkeys(self._reached(start, using))
        return list(order), links > len(order) - starts  # a tree has one link fewer than it has sums

    def _reached(self, start: int, using: dict[int, list[int]]) -> list[int]:
        """The sums that shared unknowns lead to from one of them, nearest first."""
        reached = {start: None}
        waiting = deque([start])
        while waiting:
            row = self._rows[waiting.popleft()]
            fresh = {n: None for unknown in row for n in using.pop(unknown, ()) if n not in reached}
            reached |= fresh
            waiting.extend(fresh)
        return list(reached)

    def _narrow(self) -> bool:
        """Narrow every unknown to what its sums leave to it; False where nothing is left.

        Without a cycle one sweep is enough: back to the first sum from all that hang on it, and forth again.
        """
        back_and_forth = [*reversed(self._order), *self._order]
        for _ in range(_SWEEPS if self._cyclic else 1):
            before = list(self._outer)
            if not all(map(self._narrow_by, back_and_forth)):
                return False
            if self._outer == before:
                break
        return True

    def _narrow_by(self, number: int) -> bool:
        """Narrow the unknowns of one sum; False where the sum cannot hold."""
        row = self._rows[number]
        reach = {unknown: _times(weight, self._outer[unknown]) for unknown, weight in row.items()}
        low = self._constants[number] + sum(least for least, _ in reach.values())
        high = self._constants[number] + sum(most for _, most in reach.values())
        if low > 0 or high < 0:
            return False
        room = min(-low, high)
        for unknown, (least, most) in reach.items():
            if most - least > room:  # else the others make up for it wherever it lies
                weight = row[unknown]
                needed = sorted((quotient(least - low, weight), quotient(most - high, weight)))
                lowest, highest = self._outer[unknown]
                self._outer[unknown] = (max(lowest, needed[0]), min(highest, needed[1]))
        return True

    def _decide(self) -> bool:
        """Decide by the simplex method whether the sums can all hold."""
        printed = [(low + high) // 2 for low, high in self._totals]
        simplex = Simplex(list(zip(self._rows, self._constants, strict=True)), self._totals, printed)
        contradiction = simplex.contradiction()
        if contradiction is not None:
            self.conflict = tuple(self._sums[number] for number in sorted(contradiction))
            return False
        self._solved = simplex
        return True

    def _explore(self, simplex: Simplex) -> None:
        """Find how far each unknown can go; a solution met on the way saves looking for others like it."""
        self._narrow()
        lowest, highest = simplex.values, simplex.values
        for unknown, ends in enumerate(self._outer):
            for upwards, end in enumerate(ends):
                if (lowest, highest)[upwards][unknown] == end:
                    continue
                simplex.furthest(unknown, upwards=bool(upwards))
                lowest = list(map(min, lowest, simplex.values))
                highest = list(map(max, highest, simplex.values))
        self._outer = list(zip(lowest, highest, strict=True))

    def ranges(self) -> list[Range]:
        """What is left to each figure once `solve` has returned True."""
        if self._solved is not None:
            self._explore(self._solved)
        found = []
        ends = zip(self._unknowns, self._printed, self._totals, self._outer, strict=True)
        for figures, printed, (all_low, all_high), (low, high) in ends:
            for figure, (own_low, own_high) in zip(figures, printed, strict=True):
                lowest = max(own_low, own_high - (all_high - low))
                highest = min(own_high, own_low + (high - all_low))
                found.append(Range(figure, self._in_pounds(lowest), self._in_pounds(highest)))
        return found

    def _in_pounds(self, amount: Number) -> Fraction:
        """An amount in the scale's units, in pounds."""
        return Fraction(amount, 10**self._places)


def _total(ends: Sequence[tuple[int, int]]) -> tuple[Number, Number]:
    """The lowest and highest total of amounts between these ends."""
    return sum(low for low, _ in ends), sum(high for _, high in ends)


def _times(weight: Number, ends: tuple[Number, Number]) -> tuple[Number, Number]:
    """The lowest and highest of a weighted amount between these ends."""
    low, high = ends
    return (weight * low, weight * high) if weight > 0 else (weight * high, weight * low)


def _decimals(number: Decimal) -> int:
    """How many digits stand behind the point."""
    if number.same_quantum(POUND):  # as most amounts and weights are
        return 0
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
