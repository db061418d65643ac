"""Choosing between readings of the same figures: the one that holds, the surer one, the longer one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.readings import Reading
    from grantcalc.sums import Sum


def chosen(readings: Iterable[Reading], known: Iterable[Sum] = ()) -> list[Reading]:
    """The readings that stand; of two that use the same figures for one purpose, the better one.

    Args:
        readings: the readings, in any order.
        known: sums that are claimed already, which a reading must not contest.
    """
    using: dict[Figure, list[Sum]] = defaultdict(list)
    for a_sum in known:
        _enter(a_sum, using)
    kept = []
    for reading in sorted(readings, key=_rank):
        if reading.stands and not any(_contest(reading.claim, other) for other in _sharing(reading.claim, using)):
            kept.append(reading)
            _enter(reading.claim, using)
    return kept


def without_rivals(sums: Iterable[Sum], known: Sequence[Sum]) -> list[Sum]:
    """The sums that no known one contests, for they are other readings of the same figures."""
    using: dict[Figure, list[Sum]] = defaultdict(list)
    for a_sum in known:
        _enter(a_sum, using)
    return [a_sum for a_sum in sums if not any(_contest(a_sum, other) for other in _sharing(a_sum, using))]


def _enter(a_sum: Sum, using: dict[Figure, list[Sum]]) -> None:
    for figure in a_sum.figures:
        using[figure].append(a_sum)


def _sharing(a_sum: Sum, using: dict[Figure, list[Sum]]) -> Iterator[Sum]:
    """The sums that have a figure in common with one."""
    for figure in a_sum.figures:
        yield from using.get(figure, ())


def _rank(reading: Reading) -> tuple[bool, int, int]:
    """Readings that hold first, then those that are surer, then those of more figures."""
    return not reading.holds, -reading.sure, -len(reading.claim.parts)


def _contest(one: Sum, other: Sum) -> bool:
    """Whether two sums cannot both be meant, since they use the same figures for one purpose."""
    shared = set(one.figures) & set(other.figures)
    parts = {part.figure for part in one.parts} & {part.figure for part in other.parts}
    return len(shared) > 1 and (one.total == other.total or len(parts) > 0)
