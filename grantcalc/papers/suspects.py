"""Which figure to look at where sums fail: the cell where a failing row meets a failing column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.money import EXACT
from grantcalc.sums import Verdict, allowance, coefficients, computed, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.sums import Sum


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure to look at.

    Attributes:
        figure: a figure that several failing sums share, or the total of the one that fails.
        to: the amount with which all of these sums hold.
        sums: the sums that fail.
    """

    figure: Figure
    to: Decimal
    sums: tuple[Sum, ...]


def suspects(sums: Iterable[Sum]) -> tuple[Suspect, ...]:
    """The figures to look at, each failing sum with one of them, in the order of the sums.

    A figure other than a total is named only where one amount for it makes two or more failing sums hold,
    and breaks none that holds.

    Args:
        sums: all sums of a paper, holding or not.
    """
    touching: dict[Figure, list[Sum]] = defaultdict(list)
    failing = []
    for a_sum in dict.fromkeys(sums):
        for figure in coefficients(a_sum):
            touching[figure].append(a_sum)
        if verdict(a_sum) is Verdict.MISMATCH:
            failing.append(a_sum)
    open_sums = dict.fromkeys(failing)
    found: dict[Sum, Suspect] = {}
    for suspect in sorted(_shared(failing, touching), key=lambda s: -len(s.sums)):
        if all(a_sum in open_sums for a_sum in suspect.sums):
            for a_sum in suspect.sums:
                del open_sums[a_sum]
                found[a_sum] = suspect
    for a_sum in open_sums:
        found[a_sum] = Suspect(a_sum.total, computed(a_sum), (a_sum,))
    return tuple(dict.fromkeys(found[a_sum] for a_sum in failing))


def _shared(failing: Sequence[Sum], touching: Mapping[Figure, Sequence[Sum]]) -> list[Suspect]:
    """Figures that one amount would make fit into every sum they take part in, of which several fail."""
    found = []
    for figure in dict.fromkeys(figure for a_sum in failing for figure in a_sum.figures):
        failed = tuple(s for s in touching[figure] if verdict(s) is Verdict.MISMATCH)
        if len(failed) > 1:
            to = _needed(failed[0], figure)
            if to is not None and all(_holds_with(s, figure, to) for s in touching[figure]):
                found.append(Suspect(figure, to, failed))
    return found


def _needed(a_sum: Sum, figure: Figure) -> Decimal | None:
    """The amount of a figure with which a sum holds exactly; None where no amount in pence does."""
    weight = coefficients(a_sum)[figure]
    gap = difference(a_sum)
    return EXACT.subtract(figure.value, EXACT.divide(gap, weight)) if abs(weight) == 1 else None


def _holds_with(a_sum: Sum, figure: Figure, to: Decimal) -> bool:
    """Whether a sum holds once a figure states another amount."""
    change = EXACT.multiply(coefficients(a_sum)[figure], EXACT.subtract(to, figure.value))
    gap = abs(EXACT.add(difference(a_sum), change))
    return not gap or gap <= allowance(a_sum)
