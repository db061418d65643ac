"""Grand totals: a figure that the totals of several tables make, wherever in the paper it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grantcalc.money import add
from grantcalc.sums import Part, Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found

_FEWEST_DIGITS = 4


def grand_totals(totals: Sequence[tuple[str, Found]], figures: Iterable[Found]) -> Iterator[Sum]:
    """Sums of the totals that have the same name in several tables, if a figure of the paper is their sum.

    Nothing says in words that such a sum is meant, so only one that is met to the last digit counts.

    Args:
        totals: the totals that are no part of another, with their labels.
        figures: every number of the paper.
    """
    named: dict[str, list[Figure]] = defaultdict(list)
    for label, found in totals:
        named[" ".join(label.casefold().split())].append(found.figure)
    stated: dict[Decimal, Found] = {}
    for found in figures:
        if found.is_amount and len(str(abs(found.figure.value))) >= _FEWEST_DIGITS:
            stated.setdefault(found.figure.value, found)
    for label, parts in named.items():
        values = {part.value for part in parts}
        found_total = stated.get(add(part.value for part in parts))
        if len(parts) > 1 and found_total is not None and found_total.figure.value not in values:
            figure = found_total.figure
            yield Sum(f"{label}, all tables", figure, tuple(Part(part) for part in parts), "tables", figure.at)
