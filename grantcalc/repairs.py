"""How few printed figures must change so that all sums hold as printed.

Rounding aside: each figure is taken as exactly what is printed, except figures that are known to be rounded
(a quarter of a year, printed to the pound). The smallest sets of changes are found by iterative deepening
over minimal hitting sets: sums that contradict each other name the figures of which at least one has to
change, and each of these is tried in turn.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice, product
from math import ceil, floor, lcm, prod
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.money import EXACT, PENNY, decimal_of, round_half_up
from grantcalc.simplex import Simplex, as_number, quotient
from grantcalc.sums import Verdict, coefficients, difference, verdict
from grantcalc.together import groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.simplex import Bounds, Number
    from grantcalc.sums import Sum

MOST_TRIALS: Final = 150_000
"""How many sets of changes are tried for a group of sums before the search is given up as undecided.

A set counts once, and again for each equation at each step of solving its equations: some ten microseconds
each, so that a group takes two seconds at the most. Sets that cannot do are mostly known before their equations are
solved, and then count once.
"""

MOST_LISTED: Final = 12
"""How many equal repairs are listed; further ones are counted."""

MOST_COUNTED: Final = 1_000_000
"""Where there are more equal repairs than this, this many are counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, and the amount in pounds that it would have to state."""

    figure: Figure
    to: Decimal


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes after which all sums hold.

    Attributes:
        changes: the figures to change.
        on_the_half: rounded figures, left as they are, that the changes put exactly half a unit below the
            amount they stand for: rounded half up they would print one unit more.
    """

    changes: tuple[Change, ...]
    on_the_half: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Repairs:
    """The smallest repairs of a set of sums.

    Attributes:
        size: how few changes repair everything: 0 where nothing needs repair, None where more than the
            search allows would be needed, or the search was given up.
        count: how many sets of that many figures do it, up to `MOST_COUNTED`.
        repairs: the first `MOST_LISTED` of these sets.
        decided: False where the search was given up for its size.
    """

    size: int | None
    count: int
    repairs: tuple[Repair, ...]
    decided: bool = True


def fewest_changes(
    sums: Iterable[Sum], *, rounded: Collection[Figure] = (), held: Collection[Figure] = (), most: int = 3
) -> Repairs:
    """Find the smallest sets of figures whose change makes all sums hold as printed.

    Args:
        sums: the sums to repair.
        rounded: figures that stand for an amount within half their printed unit; all others are exact.
        held: figures that must not change, such as an award, which is the funder's.
        most: how many changes to search for in each group of connected sums.
    """
    found = [
        _repair_group(group, frozenset(rounded), frozenset(held), most)
        for group in groups(sums, through_exact=True)
        if any(verdict(s) is not Verdict.EXACT for s in group)
    ]
    if any(r.size is None for r in found):
        return Repairs(None, 0, (), decided=all(r.decided for r in found))
    listed = product(*(r.repairs for r in found)) if found else ()
    return Repairs(
        size=sum(r.size or 0 for r in found),
        count=_count(r.count for r in found),
        repairs=tuple(_merged(choice) for choice in islice(listed, MOST_LISTED)),
    )


def _count(choices: Iterable[int]) -> int:
    """How many ways there are to choose one of each."""
    count = 1
    for number in choices:
        count = min(count * number, MOST_COUNTED)
    return count


def _merged(choice: tuple[Repair, ...]) -> Repair:
    """One repair made of a repair of each group."""
    return Repair(
        tuple(change for repair in choice for change in repair.changes),
        tuple(change for repair in choice for change in repair.on_the_half),
    )


def _repair_group(sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure], most: int) -> Repairs:
    """The smallest repairs of sums that are connected."""
    search = _Search(sums, rounded, held)
    for size in range(most + 1):
        found = list(search.patterns(size))
        if search.trials > MOST_TRIALS:
            return Repairs(None, 0, (), decided=False)
        if found:
            count = min(sum(pattern.ways for pattern in found), MOST_COUNTED)
            repairs = chain.from_iterable(pattern.repairs() for pattern in found)
            return Repairs(size, count, tuple(islice(repairs, MOST_LISTED)))
    return Repairs(None, 0, ())


class _Alike(NamedTuple):
    """Figures of which any one may change in place of another, since they count alike in the same sums.

    Attributes:
        figures: these figures; only one where it is rounded.
        weights: how often each counts, by the numbers of the sums.
        rounded: whether the figure stands for an amount within half its unit.
    """

    figures: tuple[Figure, ...]
    weights: tuple[tuple[int, Number], ...]
    rounded: bool

    def nearest(self, low: Number | None, high: Number | None) -> Decimal | None:
        """The smallest change within a range after which a figure can be printed in its unit.

        None where there is no such change, or none is needed.
        """
        value, unit = Fraction(self.figures[0].value), Fraction(self.figures[0].unit or PENNY)
        if low is not None and low > 0:
            aim, steps = low, ceil((value + low) / unit)
        elif high is not None and high < 0:
            aim, steps = high, floor((value + high) / unit)
        else:
            return None
        if self.rounded:
            return decimal_of(Fraction(round_half_up(value + aim, decimal_of(unit))) - value)
        change = steps * unit - value
        fits = (low is None or low <= change) and (high is None or change <= high)
        return decimal_of(change) if fits else None


class _Equation:
    """`Σ weight × change + gap = 0`, of changes of figures.

    Attributes:
        weights: how often the change of each figure counts, by the figure's number.
        has_rounded: whether it has rounded figures.
        is_beyond_rounding: whether the gap is more than these can make up for.
    """

    __slots__ = ("_gap", "_room", "has_rounded", "is_beyond_rounding", "weights")

    def __init__(self, weights: Mapping[int, Number], gap: Number, room: Mapping[int, Number]) -> None:
        """Set up an equation.

        Args:
            weights: how often the change of each figure counts.
            gap: what the changes have to make up for.
            room: how far each rounded figure may be from what is printed, though it does not change.
        """
        self.weights = weights
        self._gap = gap
        self._room = room
        rounded = room.keys() & weights.keys()
        allowed: Number = 0
        for number in rounded:
            weight = weights[number]
            allowed += room[number] * (weight if weight > 0 else -weight)
        self.has_rounded = bool(rounded)
        self.is_beyond_rounding = gap > allowed or -gap > allowed

    def of(self, numbers: AbstractSet[int]) -> _Equation:
        """What the equation says of some figures and the rounded ones, where no other one changes."""
        weights = {n: weight for n, weight in self.weights.items() if n in numbers or n in self._room}
        return self if len(weights) == len(self.weights) else _Equation(weights, self._gap, self._room)

    def without(self, number: int, other: _Equation) -> _Equation:
        """This equation less so many times another that a figure is no longer in it."""
        times, factor = other.weights[number], self.weights[number]
        weights = {n: weight * times for n, weight in self.weights.items()}
        for n, weight in other.weights.items():
            new = weights.get(n, 0) - factor * weight
            if new:
                weights[n] = new
            else:
                del weights[n]
        return _Equation(weights, self._gap * times - factor * other._gap, self._room)


def _without(equations: tuple[_Equation, ...], number: int) -> tuple[_Equation, ...]:
    """Equations with a figure eliminated: one of those that have it says what it is, and is spent."""
    having = [equation for equation in equations if number in equation.weights]
    if not having:
        return equations
    spent = min(having, key=lambda equation: len(equation.weights))
    return tuple(
        equation.without(number, spent) if number in equation.weights else equation
        for equation in equations
        if equation is not spent
    )


def _may_hold(equations: tuple[_Equation, ...]) -> bool:
    """Whether equations can hold without a change, as far as eliminating the rounded figures shows; it is quick."""
    left = tuple(equation.of(frozenset()) for equation in equations if equation.has_rounded)
    while not any(equation.is_beyond_rounding for equation in left):
        number = next((number for equation in left for number in equation.weights), None)
        if number is None:
            return True
        left = _without(left, number)
    return False


class _Pattern(NamedTuple):
    """A repair in which each changed figure may be any one of several that are alike."""

    changes: tuple[tuple[_Alike, Decimal], ...]
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


class _Search:
    """The search for repairs in one group of sums.

    The unknowns are the changes of figures from what is printed, so that an equation's constant is the gap of
    its sum. Figures are known by the number of the `_Alike` that they belong to. Amounts are scaled so that gaps and
    halves of units are whole, since fractions are much slower.
    """

    def __init__(self, sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure]) -> None:
        """Set up the search."""
        self._alike = _alike(sums, rounded, held)
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
        self.trials = 0

    def _set_up(self) -> tuple[_Equation, ...]:
        """The equations of all sums."""
        weights: list[dict[int, Number]] = [{} for _ in self._gaps]
        for number, alike in enumerate(self._alike):
            for row, weight in alike.weights:
                weights[row][number] = weight
        room = {number: self._halves[number] for number in self._rounded}
        return tuple(_Equation(*each, room) for each in zip(weights, self._gaps, strict=True))

    def _scaled(self, amount: Number) -> Number:
        """An amount in pounds in the scale's units."""
        scaled = amount * self._scale
        return scaled.numerator if scaled.denominator == 1 else scaled

    def patterns(self, size: int) -> Iterator[_Pattern]:
        """Every repair by exactly this many changes, where none by fewer was found; none is found twice."""
        yield from self._extend((), self._held, size, self._equations)

    def _extend(
        self, free: tuple[int, ...], excluded: AbstractSet[int], more: int, left: tuple[_Equation, ...]
    ) -> Iterator[_Pattern]:
        """Free figures to change, one of each contradiction, until the sums hold.

        Args:
            free: the figures that change.
            excluded: figures that do not.
            more: how many more figures are to change.
            left: the equations that are left when the free figures are eliminated.
        """
        self.trials += 1
        beyond = [equation.weights.keys() - excluded for equation in left if equation.is_beyond_rounding]
        if self.trials > MOST_TRIALS or not all(beyond) or _apart(beyond) > more:
            return
        if not more:
            yield from self._pattern(free) if _may_hold(left) else ()
            return
        failing = [members for members in self._failing if members.isdisjoint(free)]
        blame = min(failing, key=len) if failing else self._blame(free)
        tried = set(excluded)
        if more == 1:
            blame = blame.intersection(*beyond)  # the last change has to mend them all
            left = tuple(equation.of(blame) for equation in left)
        for number in sorted(blame - excluded - set(free)):
            yield from self._extend((*free, number), frozenset(tried), more - 1, _without(left, number))
            tried.add(number)

    def _blame(self, free: tuple[int, ...]) -> set[int]:
        """Figures of which one more has to change, where changing the free ones is not enough."""
        if free not in self._blamed:
            self._blamed[free] = self._found_to_blame(free)
        return self._blamed[free]

    def _found_to_blame(self, free: tuple[int, ...]) -> set[int]:
        simplex, rows = self._system(free)
        contradiction = simplex.contradiction()
        self.trials += simplex.pivots * len(rows)
        # Where only amounts that cannot be printed would do, all these sums contradict each other.
        at_odds = range(len(rows)) if contradiction is None else contradiction
        return {number for row in at_odds for number in self._members[rows[row]]}

    def _pattern(self, free: tuple[int, ...]) -> Iterator[_Pattern]:
        """The repair that changes exactly the free figures, if there is one."""
        simplex, rows = self._system(free)
        if simplex.contradiction() is None:
            changes = self._changes(free, simplex)
            if len(changes) == len(free):
                yield _Pattern(tuple(changes), self._on_the_half(free, simplex))
        self.trials += simplex.pivots * len(rows)

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

    def _changes(self, free: tuple[int, ...], simplex: Simplex) -> list[tuple[_Alike, Decimal]]:
        """The smallest changes of the free figures that can be printed, up to the first that has none."""
        changes: list[tuple[_Alike, Decimal]] = []
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


def _alike(sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure]) -> list[_Alike]:
    """The figures of sums, those together of which any one may change in place of another."""
    weights: dict[Figure, list[tuple[int, Number]]] = defaultdict(list)
    for row, a_sum in enumerate(sums):
        for figure, weight in coefficients(a_sum).items():
            weights[figure].append((row, as_number(weight)))
    together: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure, its_weights in weights.items():
        loose = figure in rounded and figure.unit is not None
        unit = figure.unit or PENNY
        key = (
            tuple(its_weights),
            unit,
            EXACT.remainder(figure.value, unit),
            figure in held,
            loose and figure,
        )
        together[key].append(figure)
    return [
        _Alike(tuple(figures), tuple(weights[figures[0]]), rounded=key[-1] is not False)
        for key, figures in together.items()
    ]


def _apart(failing: Sequence[AbstractSet[int]]) -> int:
    """How many failing sums, at least, have no figure in common, so that each needs a change of its own."""
    count = 0
    seen: set[int] = set()
    for members in failing:
        if seen.isdisjoint(members):
            count += 1
            seen |= members
    return count
