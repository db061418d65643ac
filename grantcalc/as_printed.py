"""Sums read as they are printed: what rounding would need to explain them, and how few changes would mend them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grantcalc.repairs.repair import Repairs
from grantcalc.sums import Verdict, taking_as_exact, verdict
from grantcalc.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.money import Figure
    from grantcalc.sums import Sum
    from grantcalc.together import Range, Together

MOST_REPAIRED: Final = 2_000
"""Repairs are not searched for among more figures than this: too many would do."""


@dataclass(frozen=True)
class AsPrinted:
    """What sums say of each other if every figure is known only as it is printed.

    Whatever takes long is found when somebody asks for it.

    Attributes:
        sums: the sums.
        rounded: the figures that are rounded whatever else is exact.
        award: the award as printed; None where no sum has one.
        mend: whether repairs are looked for.
    """

    sums: tuple[Sum, ...]
    rounded: tuple[Figure, ...]
    award: Figure | None
    mend: bool

    @cached_property
    def together(self) -> Together:
        """Feasibility, ranges and conflicts."""
        return judge_together(self.sums)

    @cached_property
    def by_no_change(self) -> bool:
        """Whether all sums hold as it is, if every figure is exact, but those that are known to be rounded."""
        if not self.mend:
            return False
        rounded = set(self.rounded)
        loose: list[Sum] = []
        for a_sum in self.sums:
            if not rounded.isdisjoint(a_sum.figures):
                loose.append(a_sum)
            elif verdict(a_sum) is not Verdict.EXACT:
                return False
        from grantcalc.repairs.fewest import fewest_changes

        return fewest_changes(loose, rounded=rounded, most=0).size == 0

    @cached_property
    def by_one_change(self) -> Repairs:
        """The repairs by one change or none, if every figure is exact, but those that are known to be rounded."""
        return self._repairs(most=1)

    @cached_property
    def repairs(self) -> Repairs:
        """The smallest repairs, likewise."""
        return self._repairs(most=3)

    @cached_property
    def award_held(self) -> Repairs | None:
        """The smallest repairs that leave the award alone, which is the funder's; None where there is no award."""
        return self._repairs(self.award, most=4) if self.award is not None else None

    @cached_property
    def award_exact(self) -> Together | None:
        """What the sums say if the award is exactly what is printed, as an offer is; None where there is no award."""
        award = self.award
        return judge_together(taking_as_exact(s, award) for s in self.sums) if award is not None else None

    @cached_property
    def one_sided(self) -> tuple[Range, ...]:
        """The ranges that lie on one side of what is printed, if all sums can hold: rounded up, or rounded down."""
        ranges = self.together.ranges if self.together.feasible else ()
        return tuple(found for found in ranges if was_rounded_up(found) or was_rounded_down(found))

    def _repairs(self, *held: Figure, most: int) -> Repairs:
        """The smallest repairs that leave some figures alone, and those that are computed."""
        if not self.mend:
            return Repairs(None, 0, (), decided=False)
        from grantcalc.repairs.fewest import fewest_changes

        figures = {figure for a_sum in self.sums for figure in a_sum.figures}
        computed = [figure for figure in figures if figure.at is None]
        return fewest_changes(self.sums, rounded=self.rounded, held=[*held, *computed], most=most)


def read_as_printed(
    sums: Sequence[Sum], rounded: Sequence[Figure], award: Figure | None, *, mend: bool = True
) -> AsPrinted:
    """Sums to be judged together as a paper prints them.

    Args:
        sums: the sums; their figures are as precise as they are printed.
        rounded: figures that are rounded whatever else is exact, such as a quarter of a year.
        award: the figure that states the award, if any of the sums has it.
        mend: whether to look for repairs, which takes long where very many sums share figures.
    """
    figures = {figure for a_sum in sums for figure in a_sum.figures}
    return AsPrinted(
        sums=tuple(sums),
        rounded=tuple(rounded),
        award=award if award in figures else None,
        mend=mend and len(figures) <= MOST_REPAIRED,
    )


def was_rounded_up(found: Range) -> bool:
    """Whether the true amount is at most what is printed."""
    return found.highest <= Fraction(found.figure.value)


def was_rounded_down(found: Range) -> bool:
    """Whether the true amount is at least what is printed."""
    return found.lowest >= Fraction(found.figure.value)
