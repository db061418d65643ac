"""What rounding would need if it were to explain the differences of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.as_printed import AsPrinted, read_as_printed
from grantcalc.sums import Verdict, verdict
from grantcalc.together import groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.money import Figure
    from grantcalc.sums import Sum

LARGEST: Final = 60
"""Where a group has more sums than this, no repairs are looked for: too many changes would do."""

_FEW: Final = 3


def read_together(sums: Sequence[Sum], award: Figure | None = None) -> AsPrinted:
    """Read the sums of a paper as they are printed, in the groups in which some hold only by rounding or not at all.

    Args:
        sums: the sums that a paper states.
        award: the figure that states the award, if one does.
    """
    open_groups = [
        group
        for group in groups(sums, through_exact=True)
        if any(verdict(a_sum) is not Verdict.EXACT for a_sum in group)
    ]
    asked = [a_sum for group in open_groups for a_sum in group]
    mend = all(len(group) <= LARGEST for group in open_groups)
    return read_as_printed(asked, _payments(asked), award, mend=mend)


def is_hard_to_believe(read: AsPrinted, sums: Sequence[Sum]) -> bool:
    """Whether rounding explains everything, but sums that share figures leave several of them only one way.

    One sum that is a whole unit out leaves its own figures one way, as every fourth difference of rounded figures does:
    that says nothing.
    """
    crowded = {
        figure
        for group in groups(sums)
        if sum(verdict(a_sum) is Verdict.ROUNDING for a_sum in group) > 1
        for a_sum in group
        for figure in a_sum.figures
    }
    narrow = [found for found in read.one_sided if found.highest - found.lowest <= found.figure.half_unit]
    one_way = {found.figure for found in narrow if found.figure in crowded}
    of_one = any(one_way <= set(a_sum.figures) for a_sum in sums if verdict(a_sum) is Verdict.ROUNDING)
    return len(one_way) >= _FEW and not of_one


def _payments(sums: Sequence[Sum]) -> list[Figure]:
    """Figures that are an equal share of another, and so are rounded whatever else is exact."""
    shares = [a_sum for a_sum in sums if len(a_sum.parts) == 1 and abs(a_sum.parts[0].weight) != 1]
    return [s.parts[0].figure if abs(s.parts[0].weight) > 1 else s.total for s in shares]
