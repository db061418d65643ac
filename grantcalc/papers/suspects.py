"""Which figure to look at where sums fail: the cell where a failing row meets a failing column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT, PENNY, printed_unit, round_half_up
from grantcalc.sums import Verdict, allowance, coefficients, computed, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.source import Place
    from grantcalc.sums import Part, Sum

_NOTHING: Final[Mapping[Place | None, Decimal]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure to look at.

    Attributes:
        figure: a figure that several failing sums share, a payment, or the total of the one that fails.
        to: the amount with which all of these sums hold.
        sums: the sums that fail.
    """

    figure: Figure
    to: Decimal
    sums: tuple[Sum, ...]


def suspects(sums: Iterable[Sum], meant: Mapping[Place | None, Decimal] = _NOTHING) -> tuple[Suspect, ...]:
    """The figures to look at, each failing sum with one of them, in the order of the sums.

    A figure other than a total is named only where one amount for it makes two or more failing sums hold,
    and breaks none that holds; or where it counts several times, and these make an amount of a sum that holds.

    Args:
        sums: all sums of a paper, holding or not.
        meant: the amounts that figures should state, by their places, as far as a grant file says so.
    """
    touching: dict[Figure, list[Sum]] = defaultdict(list)
    failing = []
    known = tuple(dict.fromkeys(sums))
    for a_sum in known:
        for figure in coefficients(a_sum):
            touching[figure].append(a_sum)
        if verdict(a_sum) is Verdict.MISMATCH:
            failing.append(a_sum)
    open_sums = dict.fromkeys(failing)
    found: dict[Sum, Suspect] = {}
    shared = sorted(_shared(failing, touching), key=lambda s: -len(s.sums))
    for suspect in (*_known(failing, meant), *shared):
        if all(a_sum in open_sums for a_sum in suspect.sums):
            for a_sum in suspect.sums:
                del open_sums[a_sum]
                found[a_sum] = suspect
    holding = [s for s in known if len(s.parts) > 1 and verdict(s) is not Verdict.MISMATCH]
    vouched = dict.fromkeys(figure for a_sum in holding for figure in a_sum.figures)
    for a_sum in open_sums:
        found[a_sum] = _payment(a_sum, vouched) or Suspect(a_sum.total, computed(a_sum), (a_sum,))
    return tuple(dict.fromkeys(found[a_sum] for a_sum in failing))


def _known(failing: Sequence[Sum], meant: Mapping[Place | None, Decimal]) -> list[Suspect]:
    """Figures of which it is known what they should state, with the failing sums that then hold."""
    sums: dict[Figure, list[Sum]] = defaultdict(list)
    for a_sum in failing:
        for figure in a_sum.figures:
            if figure.at in meant and _holds_with(a_sum, figure, meant[figure.at]):
                sums[figure].append(a_sum)
    found = [Suspect(figure, meant[figure.at], tuple(mended)) for figure, mended in sums.items()]
    return sorted(found, key=lambda suspect: -len(suspect.sums))


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


def _payment(a_sum: Sum, vouched: Collection[Figure]) -> Suspect | None:
    """The payment to look at, if one alone would make its own sum hold, and an amount of a sum that holds."""
    found = [
        Suspect(part.figure, to, (a_sum,))
        for part in a_sum.parts
        if abs(part.weight) > 1
        if (to := _needed(a_sum, part.figure)) is not None and _holds_with(a_sum, part.figure, to)
        if any(_is_made(total, to, part) for total in vouched)
    ]
    return found[0] if len(found) == 1 else None


def _is_made(total: Figure, to: Decimal, part: Part) -> bool:
    """Whether a part makes a total once it states another amount."""
    gap = EXACT.subtract(total.value, EXACT.multiply(to, part.weight)).copy_abs()
    return gap <= EXACT.add(total.half_unit, EXACT.multiply(part.figure.half_unit, abs(part.weight)))


def _needed(a_sum: Sum, figure: Figure) -> Decimal | None:
    """The amount of a figure with which a sum holds: of a payment, as precisely as it is printed.

    None where it would have to be more precise than pence.
    """
    weight = coefficients(a_sum)[figure]
    to = EXACT.subtract(figure.value, EXACT.divide(difference(a_sum), weight))
    if abs(weight) <= 1:
        return to if abs(weight) == 1 else None
    return round_half_up(to, max(PENNY, printed_unit(figure)))


def _holds_with(a_sum: Sum, figure: Figure, to: Decimal) -> bool:
    """Whether a sum holds once a figure states another amount."""
    change = EXACT.multiply(coefficients(a_sum)[figure], EXACT.subtract(to, figure.value))
    gap = abs(EXACT.add(difference(a_sum), change))
    return not gap or gap <= allowance(a_sum)
