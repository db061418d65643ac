"""Likely slips: what may have gone wrong with a figure of a sum that does not hold.

A slip is offered only if mending it makes every sum hold that the figure takes part in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from grantcalc.money import EXACT, LARGEST, PENNY, ZERO, plain, printed_unit
from grantcalc.sums import Verdict, allowance, coefficients, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.sums import Sum

MOST_FIGURES: Final = 500
"""Sums of more figures are not searched for slips: too many would fit by chance."""

_POWERS: Final = (6, 3, 1, -1, -3, -6)
"""How many noughts a lost or added "m", "k" or nought makes."""


class SlipKind(StrEnum):
    """What a writer or copyist did."""

    TRANSPOSED = "two digits swapped"
    FACTOR = "a unit or some noughts lost or added"
    LEFT_OUT = "a part left out"
    TWICE = "a part counted twice"
    SIGN = "a sign turned round"
    NEXT_ROW = "copied from the next row"


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip.

    Attributes:
        kind: what was done.
        figure: the figure that is wrong.
        to: the amount that makes every sum hold, in pounds.
        part: the part that was left out or counted twice; None for other kinds.
    """

    kind: SlipKind
    figure: Figure
    to: Decimal
    part: Figure | None = None


def likely_slips(sums: Sequence[Sum]) -> dict[Sum, tuple[Slip, ...]]:
    """The likely slips behind each sum that does not hold, most telling kinds first.

    Args:
        sums: all sums of a file, holding or not, since a cause must not break a sum that holds.
    """
    failing = [s for s in sums if verdict(s) is Verdict.MISMATCH and len(s.parts) <= MOST_FIGURES]
    claims = _claims(sums, {figure for a_sum in failing for figure in a_sum.figures})
    kinds = list(SlipKind)
    found = {}
    for a_sum in failing:
        slips = dict.fromkeys(_slips(a_sum, claims))
        if slips:
            found[a_sum] = tuple(sorted(slips, key=lambda slip: kinds.index(slip.kind)))
    return found


class _Claim(NamedTuple):
    """What one sum says of one of its figures.

    Attributes:
        weight: how often the figure counts in total less parts.
        gap: the total less the parts.
        allowed: the largest gap that rounding explains.
        widest: half of the widest printed unit in the sum.
    """

    weight: Decimal
    gap: Decimal
    allowed: Decimal
    widest: Decimal

    def holds(self, change: Decimal, wider: Decimal) -> bool:
        """Whether the sum holds once the figure is changed, and known less precisely by so much."""
        gap = EXACT.add(self.gap, EXACT.multiply(self.weight, change)).copy_abs()
        return not gap or gap <= EXACT.add(self.allowed, EXACT.multiply(self.weight.copy_abs(), wider))


_Claims: TypeAlias = "dict[Figure, list[_Claim]]"


def _claims(sums: Sequence[Sum], wanted: set[Figure]) -> _Claims:
    """What the sums say of the wanted figures."""
    claims: _Claims = defaultdict(list)
    for a_sum in sums:
        if wanted.isdisjoint(a_sum.figures):
            continue
        gap, allowed, counted = difference(a_sum), allowance(a_sum), coefficients(a_sum)
        widest = max((figure.half_unit for figure in counted), default=ZERO)
        for figure, weight in counted.items():
            claims[figure].append(_Claim(weight, gap, allowed, widest))
    return claims


def _mends(claims: Sequence[_Claim], figure: Figure, to: Decimal) -> bool:
    """Whether every sum of a figure holds once it states another amount."""
    change = EXACT.subtract(to, figure.value)
    return all(claim.holds(change, ZERO) for claim in claims)


def _slips(a_sum: Sum, claims: _Claims) -> Iterator[Slip]:
    """The slips that would explain why a sum does not hold."""
    gap = difference(a_sum)
    for figure, weight in coefficients(a_sum).items():
        for to in _scaled(figure, claims[figure]):
            yield Slip(SlipKind.FACTOR, figure, to)
        if abs(weight) > 1:
            # A payment is rounded, so that so many of it make the total nearly: the amount that closes the gap
            # exactly is seldom the one that was meant.
            likely = (to for to in _swapped(figure) if _mends(claims[figure], figure, to))
            yield from (Slip(SlipKind.TRANSPOSED, figure, to) for to in likely)
        needed = _needed(figure, gap, weight)
        if needed is None or not _mends(claims[figure], figure, needed):
            continue
        if needed in _swapped(figure):
            yield Slip(SlipKind.TRANSPOSED, figure, needed)
        if needed == -figure.value:
            yield Slip(SlipKind.SIGN, figure, needed)
    yield from _missing_or_double(a_sum, gap, claims)
    yield from _copied(a_sum, gap, claims)


def _needed(figure: Figure, gap: Decimal, weight: Decimal) -> Decimal | None:
    """The amount with which a figure closes the gap; None where it would not be whole pennies."""
    if EXACT.remainder(gap, EXACT.multiply(weight, PENNY)):
        return None
    return plain(EXACT.subtract(figure.value, EXACT.divide(gap, weight)))


def _swapped(figure: Figure) -> Iterator[Decimal]:
    """The amounts that two neighbouring digits in the other order would state."""
    unit = printed_unit(figure)
    if unit.normalize().as_tuple().digits != (1,):  # no unit that is printed, but those of several figures together
        return
    number = f"{EXACT.divide(figure.value, unit).copy_abs():f}"
    for at, (first, second) in enumerate(pairwise(number)):
        if first == second or (not at and second == "0"):
            continue
        swapped = Decimal(f"{number[:at]}{second}{first}{number[at + 2 :]}")
        yield plain(EXACT.multiply(swapped.copy_sign(figure.value), unit))


def _scaled(figure: Figure, claims: Sequence[_Claim]) -> Iterator[Decimal]:
    """The amounts that a lost or added nought, "k" or "m" would state, where they make every sum hold.

    An amount in a wider unit is known less precisely, but for no more than the widest unit of the sum's
    other figures: a lone "£1" read as a million would else fit anything. Where nothing at all would do as
    well, it is not the noughts.
    """
    unit, known = printed_unit(figure), figure.half_unit
    if all(claim.holds(figure.value.copy_negate(), -known) for claim in claims):
        return
    for power in _POWERS if figure.value else ():
        to = EXACT.scaleb(figure.value, power)
        change = EXACT.subtract(to, figure.value)
        half = EXACT.scaleb(unit, power) / 2
        if all(c.holds(change, min(half, c.widest) - known) for c in claims) and abs(to) < LARGEST:
            yield plain(to)


def _missing_or_double(a_sum: Sum, gap: Decimal, claims: _Claims) -> Iterator[Slip]:
    """A total that leaves out one of its parts, or has it twice."""
    total = a_sum.total
    to = EXACT.subtract(total.value, gap)
    if len(a_sum.parts) == 1 or not claims[total] or not _mends(claims[total], total, to):
        return
    for part in a_sum.parts:
        counted = EXACT.multiply(part.weight, part.figure.value)
        if counted == -gap:
            yield Slip(SlipKind.LEFT_OUT, total, to, part.figure)
        elif counted == gap:
            yield Slip(SlipKind.TWICE, total, to, part.figure)


def _copied(a_sum: Sum, gap: Decimal, claims: _Claims) -> Iterator[Slip]:
    """A part that repeats its neighbour, where another amount makes this sum and at least one more.

    Neighbours are often alike, so that a gap in one sum alone proves nothing.
    """
    counted = coefficients(a_sum)
    for first, second in pairwise(part.figure for part in a_sum.parts):
        if first.value != second.value or first == second:
            continue
        for figure in {first, second} & counted.keys():
            failing = [claim for claim in claims[figure] if claim.gap.copy_abs() > claim.allowed]
            to = _needed(figure, gap, counted[figure])
            if len(failing) > 1 and to is not None and _mends(claims[figure], figure, to):
                yield Slip(SlipKind.NEXT_ROW, figure, to)
