"""The search for repairs by a number of changes, in one group of connected sums."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import lcm, prod
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.money import EXACT
from grantcalc.repairs.alike import alike_in
from grantcalc.repairs.equations import Equation, eliminated, may_hold
from grantcalc.repairs.repair import Change, Repair
from grantcalc.simplex import Simplex, as_number, quotient
from grantcalc.sums import difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.repairs.alike import Alike
    from grantcalc.simplex import Bounds, Number
    from grantcalc.sums import Sum

MOST_TRIALS: Final = 150_000
"""How many sets of changes are tried for a group of sums before the search is given up as undecided.

A set counts once, and again for each equation at each step of solving its equations: some ten microseconds
each, so that a group takes two seconds at the most. Sets that cannot do are mostly known before their equations are
solved, and then count once.
"""


class Pattern(NamedTuple):
    """A repair in which each changed figure may be any one of several that are alike."""

    changes: tuple[tuple[Alike, Decimal], ...]
    on_the_half: tuple[Change, ...]

    @property
    def ways(self) -> int:
        """How many repairs it stands for."""
        return prod(len(alike.figures) for alike, _ in self.changes)

    def repairs(self) -> Iterator[Repair]:
        """The repairs that it stands for, one after another."""
        for figures in product(*(alike.figures for alike, _ in self.changes)):
            changes = (
                Change(figure, EXACT.add(figure.value, by))
                for figure, (_, by) in zip(figures, self.changes, strict=True)
            )
            yield Repair(tuple(changes), self.on_the_half)


class Search:
    """The search for repairs in one group of sums.

    The unknowns are the changes of figures from what is printed, so that an equation's constant is the gap of
    its sum. Figures are known by the number of the `Alike` that they belong to. Amounts are scaled so that gaps and
    halves of units are whole, since fractions are much slower.
    """

    def __init__(self, sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure]) -> None:
        """Set up the search."""
        self._alike = alike_in(sums, rounded, held)
        gaps = [as_number(difference(a_sum)) for a_sum in sums]
        halves = [as_number(alike.figures[0].half_unit) for alike in self._alike]
        self._scale = lcm(*(number.denominator for number in (*gaps, *halves)))
        self._gaps = [self._scaled(gap) for gap in gaps]
        self._halves = [self._scaled(half) for half in halves]
        self._members: list[set[int]] = [set() for _ in sums]
        for number, alike in enumerate(self._alike):
            for row, _ in alike.weights:
                self._members[row].add(number)
        self._rounded = [number for number, alike in enumerate(self._alike) if alike.rounded]
        self._held = frozenset(n for n, alike in enumerate(self._alike) if alike.figures[0] in held)
        self._failing = [
            members
            for members, gap in zip(self._members, self._gaps, strict=True)
            if gap and members.isdisjoint(self._rounded)
        ]
        self._equations = self._set_up()
        self._blamed: dict[tuple[int, ...], set[int]] = {}
        self._trials = 0

    def _set_up(self) -> tuple[Equation, ...]:
        """The equations of all sums."""
        weights: list[dict[int, Number]] = [{} for _ in self._gaps]
        for number, alike in enumerate(self._alike):
            for row, weight in alike.weights:
                weights[row][number] = weight
        room = {number: self._halves[number] for number in self._rounded}
        return tuple(Equation(*each, room) for each in zip(weights, self._gaps, strict=True))

    def _scaled(self, amount: Number) -> Number:
        """An amount in pounds in the scale's units."""
        scaled = amount * self._scale
        return scaled.numerator if scaled.denominator == 1 else scaled

    @property
    def is_given_up(self) -> bool:
        """Whether so much was tried that the search ended before it found all."""
        return self._trials > MOST_TRIALS

    def patterns(self, size: int) -> Iterator[Pattern]:
        """Every repair by exactly this many changes, where none by fewer was found; none is found twice."""
        yield from self._extend((), self._held, size, self._equations)

    def _extend(
        self, free: tuple[int, ...], excluded: AbstractSet[int], more: int, left: tuple[Equation, ...]
    ) -> Iterator[Pattern]:
        """Free figures to change, one of each contradiction, until the sums hold.

        Args:
            free: the figures that change.
            excluded: figures that do not.
            more: how many more figures are to change.
            left: the equations that are left when the free figures are eliminated.
        """
        self._trials += 1
        beyond = [equation.weights.keys() - excluded for equation in left if equation.is_beyond_rounding]
        if self.is_given_up or not all(beyond) or _apart(beyond) > more:
            return
        if not more:
            yield from self._pattern(free) if may_hold(left) else ()
            return
        failing = [members for members in self._failing if members.isdisjoint(free)]
        blame = min(failing, key=len) if failing else self._blame(free)
        tried = set(excluded)
        if more == 1:
            blame = blame.intersection(*beyond)  # the last change has to mend them all
            left = tuple(equation.of(blame) for equation in left)
        for number in sorted(blame - excluded - set(free)):
            yield from self._extend((*free, number), frozenset(tried), more - 1, eliminated(left, number))
            tried.add(number)

    def _blame(self, free: tuple[int, ...]) -> set[int]:
        """Figures of which one more has to change, where changing the free ones is not enough."""
        if free not in self._blamed:
            self._blamed[free] = self._found_to_blame(free)
        return self._blamed[free]

    def _found_to_blame(self, free: tuple[int, ...]) -> set[int]:
        simplex, rows = self._system(free)
        contradiction = simplex.contradiction()
        self._trials += simplex.pivots * len(rows)
        # Where only amounts that cannot be printed would do, all these sums contradict each other.
        at_odds = range(len(rows)) if contradiction is None else contradiction
        return {number for row in at_odds for number in self._members[rows[row]]}

    def _pattern(self, free: tuple[int, ...]) -> Iterator[Pattern]:
        """The repair that changes exactly the free figures, if there is one."""
        simplex, rows = self._system(free)
        if simplex.contradiction() is None:
            changes = self._changes(free, simplex)
            if len(changes) == len(free):
                yield Pattern(tuple(changes), self._on_the_half(free, simplex))
        self._trials += simplex.pivots * len(rows)

    def _system(self, free: tuple[int, ...]) -> tuple[Simplex, list[int]]:
        """The equations in which a free or rounded figure stands, and the numbers of their sums."""
        equations: dict[int, dict[int, Number]] = defaultdict(dict)
        bounds: list[Bounds] = []
        for unknown, number in enumerate((*free, *self._others(free))):
            alike = self._alike[number]
            for row, weight in alike.weights:
                equations[row][unknown] = weight
            half = self._halves[number]
            bounds.append((None, None) if unknown < len(free) else (-half, half))
        rows = sorted(equations)
        return Simplex([(equations[row], self._gaps[row]) for row in rows], bounds, [0] * len(bounds)), rows

    def _others(self, free: tuple[int, ...]) -> list[int]:
        """The rounded figures that do not change."""
        return [number for number in self._rounded if number not in free]

    def _changes(self, free: tuple[int, ...], simplex: Simplex) -> list[tuple[Alike, Decimal]]:
        """The smallest changes of the free figures that can be printed, up to the first that has none."""
        changes: list[tuple[Alike, Decimal]] = []
        for unknown, number in enumerate(free):
            alike = self._alike[number]
            low, high = (end if end is None else quotient(end, self._scale) for end in simplex.range(unknown))
            by = alike.nearest(low, high)
            if by is None:
                break
            room, middle = self._halves[number] if alike.rounded else 0, self._scaled(as_number(by))
            simplex.restrict(unknown, middle - room, middle + room)
            simplex.contradiction()  # none: what was chosen lies within the range
            changes.append((alike, by))
        return changes

    def _on_the_half(self, free: tuple[int, ...], simplex: Simplex) -> tuple[Change, ...]:
        """The rounded figures that are left exactly half a unit below what they stand for."""
        found = []
        for unknown, number in enumerate(self._others(free), start=len(free)):
            figure = self._alike[number].figures[0]
            if simplex.furthest(unknown, upwards=False) == self._halves[number]:
                found.append(Change(figure, EXACT.add(figure.value, figure.half_unit)))
        return tuple(found)


def _apart(failing: Sequence[AbstractSet[int]]) -> int:
    """How many failing sums, at least, have no figure in common, so that each needs a change of its own."""
    count = 0
    seen: set[int] = set()
    for members in failing:
        if seen.isdisjoint(members):
            count += 1
            seen |= members
    return count
