"""How few printed figures must change so that all sums hold as printed.

Rounding aside: each figure is taken as exactly what is printed, except figures that are known to be rounded (a
quarter of a year, printed to the pound). The smallest sets of changes are found by iterative deepening over
minimal hitting sets: sums that contradict each other name the figures of which at least one has to change, and
each of these is tried in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Final

from grantcalc.money import PENNY, decimal_of, round_half_up
from grantcalc.simplex import Simplex
from grantcalc.sums import Verdict, coefficients, verdict
from grantcalc.together import groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from grantcalc.money import Figure
    from grantcalc.simplex import Bounds, Number
    from grantcalc.sums import Sum

MOST_TRIALS: Final = 4_000
"""How many sets of changes are tried for a group of sums before the search is given up as undecided."""

MOST_LISTED: Final = 12
"""How many equal repairs are listed; further ones are counted."""


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
        count: how many sets of that many figures do it.
        repairs: these sets, up to `MOST_LISTED`.
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
    found: list[Repairs] = []
    for group in groups(sums, through_exact=True):
        if any(verdict(s) is not Verdict.EXACT for s in group):
            found.append(_repair_group(group, frozenset(rounded), frozenset(held), most))
    if any(r.size is None for r in found):
        return Repairs(None, 0, (), decided=all(r.decided for r in found))
    count = 1
    for repairs in found:
        count *= repairs.count
    listed = product(*(r.repairs for r in found)) if count <= MOST_LISTED else ()
    return Repairs(
        size=sum(r.size or 0 for r in found),
        count=count,
        repairs=tuple(_merged(choice) for choice in listed if choice),
    )


def _merged(choice: tuple[Repair, ...]) -> Repair:
    """One repair made of a repair of each group."""
    return Repair(
        tuple(change for repair in choice for change in repair.changes),
        tuple(change for repair in choice for change in repair.on_the_half),
    )


def _repair_group(
    sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure], most: int
) -> Repairs:
    """The smallest repairs of sums that are connected."""
    search = _Search(sums, rounded, held)
    for size in range(most + 1):
        found = list(search.repairs(size))
        if search.trials > MOST_TRIALS:
            return Repairs(None, 0, (), decided=False)
        if found:
            return Repairs(size, len(found), tuple(found[:MOST_LISTED]))
    return Repairs(None, 0, ())


class _Search:
    """The search for repairs in one group of sums: figures as numbers, amounts as fractions."""

    def __init__(self, sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure]) -> None:
        counted = [coefficients(a_sum) for a_sum in sums]
        self._figures = list(dict.fromkeys(figure for row in counted for figure in row))
        number_of = {figure: number for number, figure in enumerate(self._figures)}
        self._values = [_whole(Fraction(figure.value)) for figure in self._figures]
        self._rows = [{number_of[f]: _whole(Fraction(w)) for f, w in row.items()} for row in counted]
        self._gaps = [sum(w * self._values[n] for n, w in row.items()) for row in self._rows]
        self._rounded = frozenset(number_of[f] for f in self._figures if f in rounded and f.unit is not None)
        self._held = frozenset(number_of[f] for f in self._figures if f in held)
        self._with_rounded = [n for n, row in enumerate(self._rows) if not self._rounded.isdisjoint(row)]
        self.trials = 0

    def repairs(self, size: int) -> Iterator[Repair]:
        """Every repair by exactly this many changes; none is found twice."""
        yield from self._extend((), self._held, size)

    def _extend(self, free: tuple[int, ...], excluded: AbstractSet[int], more: int) -> Iterator[Repair]:
        """Add figures to change, one of each contradiction, until the sums hold."""
        self.trials += 1
        if self.trials > MOST_TRIALS:
            return
        blame = self._to_blame(free, more)
        if blame is None:
            repair = self._repair(free) if not more else None
            if repair is not None:
                yield repair
            return
        if not more:
            return
        tried = set(excluded)
        for number in sorted(blame - excluded - set(free)):
            yield from self._extend((*free, number), frozenset(tried), more - 1)
            tried.add(number)

    def _to_blame(self, free: tuple[int, ...], more: int) -> set[int] | None:
        """Figures of which one at least has to change besides the free ones; None if the sums can hold.

        Empty where no `more` changes can be enough, because more sums than that fail apart from each other.
        """
        failing = [
            row
            for row, gap in zip(self._rows, self._gaps, strict=True)
            if gap and self._rounded.isdisjoint(row) and not any(n in row for n in free)
        ]
        if failing:
            apart: set[int] = set()
            count = 0
            for row in failing:
                if apart.isdisjoint(row):
                    count += 1
                    apart.update(row)
            return set(min(failing, key=len)) if count <= more else set()
        simplex, rows = self._system(free)
        contradiction = simplex.contradiction()
        if contradiction is not None:
            return {n for row in contradiction for n in self._rows[rows[row]]}
        if not more and self._changes(free, simplex, rows) is None:
            return set()
        return None

    def _system(self, free: tuple[int, ...]) -> tuple[Simplex, list[int]]:
        """The equations in which a free or rounded figure stands, and their numbers."""
        touched = {n for n, row in enumerate(self._rows) if any(f in row for f in free)}
        rows = sorted(touched.union(self._with_rounded))
        unknowns = [*free, *sorted(self._rounded.difference(free))]
        place = {figure: unknown for unknown, figure in enumerate(unknowns)}
        equations = []
        for number in rows:
            row = {place[f]: w for f, w in self._rows[number].items() if f in place}
            known = sum(w * self._values[f] for f, w in self._rows[number].items() if f not in place)
            equations.append((row, known))
        bounds: list[Bounds] = [(None, None)] * len(free)
        for figure in unknowns[len(free) :]:
            half = Fraction(self._figures[figure].half_unit)
            bounds.append((self._values[figure] - half, self._values[figure] + half))
        return Simplex(equations, bounds, [self._values[figure] for figure in unknowns]), rows

    def _repair(self, free: tuple[int, ...]) -> Repair | None:
        """The changes that a set of free figures allows, nearest to what is printed."""
        simplex, rows = self._system(free)
        if simplex.contradiction() is not None:
            return None
        return self._changes(free, simplex, rows)

    def _changes(self, free: tuple[int, ...], simplex: Simplex, rows: list[int]) -> Repair | None:
        """Amounts for the free figures that can be printed; None if there are none."""
        changes = []
        for unknown, number in enumerate(free):
            figure = self._figures[number]
            low = simplex.furthest(unknown, upwards=False)
            high = simplex.furthest(unknown, upwards=True)
            to = _nearest(figure, low, high, rounds=number in self._rounded)
            if to is None or to == figure.value:
                return None
            changes.append(Change(figure, to))
        return Repair(tuple(changes), self._on_the_half(free, simplex))

    def _on_the_half(self, free: tuple[int, ...], simplex: Simplex) -> tuple[Change, ...]:
        """The rounded figures that are left exactly half a unit below what they stand for."""
        found = []
        for unknown, number in enumerate(sorted(self._rounded.difference(free)), start=len(free)):
            figure = self._figures[number]
            top = self._values[number] + Fraction(figure.half_unit)
            if simplex.furthest(unknown, upwards=False) == top:
                found.append(Change(figure, decimal_of(Fraction(top))))
        return tuple(found)


def _whole(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _nearest(figure: Figure, low: Number | None, high: Number | None, *, rounds: bool) -> Decimal | None:
    """The amount within a range nearest to a figure that can be printed in its unit; None if none can."""
    unit = figure.unit or PENNY
    if low is not None and figure.value < low:
        aim, towards = low, ROUND_CEILING
    elif high is not None and figure.value > high:
        aim, towards = high, ROUND_FLOOR
    else:
        return figure.value
    steps = Fraction(aim) / Fraction(unit)
    if rounds:
        return round_half_up(decimal_of(Fraction(aim)) / unit, Decimal(1)) * unit
    whole = (
        -(-steps.numerator // steps.denominator)
        if towards == ROUND_CEILING
        else steps.numerator // steps.denominator
    )
    to = Decimal(whole) * unit
    return to if (low is None or to >= low) and (high is None or to <= high) else None
