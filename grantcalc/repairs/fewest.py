"""The fewest printed figures that must change so that all sums hold as printed.

Rounding aside: each figure is taken as exactly what is printed, except figures that are known to be rounded
(a quarter of a year, printed to the pound). The smallest sets of changes are found by iterative deepening
over minimal hitting sets: sums that contradict each other name the figures of which at least one has to
change, and each of these is tried in turn.
"""

from __future__ import annotations

from itertools import chain, islice, product
from typing import TYPE_CHECKING

from grantcalc.repairs.repair import MOST_COUNTED, MOST_LISTED, Repair, Repairs
from grantcalc.repairs.search import Search
from grantcalc.sums import Verdict, verdict
from grantcalc.together import groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from grantcalc.money import Figure
    from grantcalc.sums import Sum


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
    search = Search(sums, rounded, held)
    for size in range(most + 1):
        found = list(search.patterns(size))
        if search.is_given_up:
            return Repairs(None, 0, (), decided=False)
        if found:
            count = min(sum(pattern.ways for pattern in found), MOST_COUNTED)
            repairs = chain.from_iterable(pattern.repairs() for pattern in found)
            return Repairs(size, count, tuple(islice(repairs, MOST_LISTED)))
    return Repairs(None, 0, ())
