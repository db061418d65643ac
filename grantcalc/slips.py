"""Likely slips: what may have gone wrong with a figure of a sum that does not hold.

A slip is offered only if mending it makes every sum hold that the figure takes part in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT, LARGEST, PENNY, plain
from grantcalc.sums import Verdict, allowance, coefficients, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.sums import Sum

MOST_FIGURES: Final = 500
"""Sums of more figures are not searched for slips: too many would fit by chance."""


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
    failing = [a_sum for a_sum in sums if verdict(a_sum) is Verdict.MISMATCH]
    if not failing:
        return {}
    wanted = {figure for a_sum in failing for figure in a_sum.figures}
    touching: dict[Figure, list[_Claim]] = defaultdict(list)
    for a_sum in sums:
        gap, allowed = difference(a_sum), allowance(a_sum)
        for figure, weight in coefficients(a_sum).items():
            if figure in wanted:
                touching[figure].append(_Claim(weight, gap, allowed))
    found = {}
    for a_sum in failing:
        if len(a_sum.parts) <= MOST_FIGURES:
            slips = sorted(_slips(a_sum, touching), key=lambda slip: list(SlipKind).index(slip.kind))
            found[a_sum] = tuple(dict.fromkeys(slips))
    return {a_sum: slips for a_sum, slips in found.items() if slips}


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one sum says of a figure: how often it counts, the sum's gap, and what rounding allows."""

    weight: Decimal
    gap: Decimal
    allowed: Decimal


def _mends(claims: Iterable[_Claim], figure: Figure, to: Decimal, unit: Decimal | None) -> bool:
    """Whether every sum of a figure holds once it states another amount, printed in another unit."""
    change = to - figure.value
    room = (unit or Decimal(0)) / 2 - figure.half_unit
    for claim in claims:
        gap = abs(EXACT.add(claim.gap, EXACT.multiply(claim.weight, change)))
        if gap and gap > claim.allowed + abs(claim.weight) * room:
            return False
    return True


def _slips(a_sum: Sum, touching: dict[Figure, list[_Claim]]) -> Iterator[Slip]:
    """The slips that would explain why a sum does not hold."""
    gap = difference(a_sum)
    for figure, weight in coefficients(a_sum).items():
        claims = touching[figure]
        needed = EXACT.subtract(figure.value, EXACT.divide(gap, weight)) if _divides(gap, weight) else None
        for kind, to, unit in (*_swapped(figure), *_scaled(figure)):
            close = kind is SlipKind.FACTOR or to == needed
            if close and _mends(claims, figure, to, unit):
                yield Slip(kind, figure, to)
        if needed == -figure.value and figure.value and _mends(claims, figure, needed, figure.unit):
            yield Slip(SlipKind.SIGN, figure, needed)
    yield from _missing_or_double(a_sum, gap, touching[a_sum.total])
    yield from _copied(a_sum, gap, touching)


def _divides(gap: Decimal, weight: Decimal) -> bool:
    """Whether a gap divided by a weight is a whole number of pennies."""
    return not gap % (weight * PENNY)


def _swapped(figure: Figure) -> Iterator[tuple[SlipKind, Decimal, Decimal | None]]:
    """The amounts that two neighbouring digits in the other order would state."""
    digits = [at for at, character in enumerate(figure.text) if character.isdigit()]
    if not figure.value:
        return
    for first, second in combinations(digits, 2):
        if digits.index(second) - digits.index(first) > 1 or figure.text[first] == figure.text[second]:
            continue
        if first == digits[0] and figure.text[second] == "0":
            continue
        yield SlipKind.TRANSPOSED, _with_swap(figure, digits, first, second), figure.unit


def _with_swap(figure: Figure, digits: list[int], first: int, second: int) -> Decimal:
    """The amount that a figure states once two of its digits change places."""
    number = "".join(figure.text[at] for at in digits)
    i, j = digits.index(first), digits.index(second)
    swapped = f"{number[:i]}{number[j]}{number[i + 1 : j]}{number[i]}{number[j + 1 :]}"
    return plain(EXACT.divide(EXACT.multiply(figure.value, Decimal(swapped)), Decimal(number)))


def _scaled(figure: Figure) -> Iterator[tuple[SlipKind, Decimal, Decimal | None]]:
    """The amounts that a lost or added nought, "k" or "m" would state."""
    for power in (6, 3, 1, -1, -3, -6):
        to = figure.value.scaleb(power)
        unit = _printed_unit(figure).scaleb(power)
        if figure.value and abs(to) < LARGEST:
            yield SlipKind.FACTOR, plain(to), unit if unit > PENNY else None


def _printed_unit(figure: Figure) -> Decimal:
    """The unit of the last printed digit, which for an exact figure may be finer than the penny."""
    if figure.unit is not None:
        return figure.unit
    decimals = figure.text.partition(".")[2]
    return Decimal(1).scaleb(-sum(1 for character in decimals if character.isdigit()))


def _missing_or_double(a_sum: Sum, gap: Decimal, claims: list[_Claim]) -> Iterator[Slip]:
    """A total that leaves out one of its parts, or has it twice."""
    to = EXACT.subtract(a_sum.total.value, gap)
    if len(a_sum.parts) <= 1 or not _mends(claims, a_sum.total, to, a_sum.total.unit):
        return
    for part in a_sum.parts:
        counted = part.weight * part.figure.value
        if counted == -gap:
            yield Slip(SlipKind.LEFT_OUT, a_sum.total, to, part.figure)
        elif counted == gap:
            yield Slip(SlipKind.TWICE, a_sum.total, to, part.figure)


def _copied(a_sum: Sum, gap: Decimal, touching: dict[Figure, list[_Claim]]) -> Iterator[Slip]:
    """A part that repeats its neighbour, where another amount would make the sum."""
    for first, second in zip(a_sum.parts, a_sum.parts[1:], strict=False):
        if first.figure.value != second.figure.value or first.figure == second.figure:
            continue
        for part in (first, second):
            if not _divides(gap, part.weight):
                continue
            to = part.figure.value + gap / part.weight
            if _mends(touching[part.figure], part.figure, to, part.figure.unit):
                yield Slip(SlipKind.NEXT_ROW, part.figure, to)
