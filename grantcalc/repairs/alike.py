"""Figures that count alike: of these any one may change in place of another."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.money import EXACT, PENNY, decimal_of, round_half_up
from grantcalc.simplex import as_number
from grantcalc.sums import coefficients

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.simplex import Number
    from grantcalc.sums import Sum


class Alike(NamedTuple):
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


def alike_in(sums: Sequence[Sum], rounded: AbstractSet[Figure], held: AbstractSet[Figure]) -> list[Alike]:
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
        Alike(tuple(figures), tuple(weights[figures[0]]), rounded=key[-1] is not False)
        for key, figures in together.items()
    ]
