"""What the sums of a grant say, each and together: as the file has them, and read as a paper on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.grants.account import Account, account_for, all_sums
from grantcalc.grants.figures import award
from grantcalc.grants.stated import Kind, stated_figures
from grantcalc.repairs import Repairs, fewest_changes
from grantcalc.slips import likely_slips
from grantcalc.sums import Verdict, verdict
from grantcalc.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grantcalc.grants.model import Grant
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.money import Figure
    from grantcalc.slips import Slip
    from grantcalc.sums import Sum
    from grantcalc.together import Together

MOST_REPAIRED: Final = 2_000
"""Repairs are not searched for among more figures than this: too many would do."""


@dataclass(frozen=True, slots=True)
class AsPaper:
    """A grant file read as a paper on its own, every figure known only as it is printed.

    Attributes:
        together: what the sums say of each other.
        award: the award as printed; None where there is none.
        award_exact: the same if the award is exactly what is printed.
        repairs: the smallest repairs if every figure is exact, but payments and totals of finer amounts rounded.
        award_held: the smallest repairs that leave the award alone.
    """

    together: Together
    award: Figure | None
    award_exact: Together | None
    repairs: Repairs
    award_held: Repairs | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grant's account and the verdicts on it.

    Attributes:
        account: the grant and all that follows from it.
        together: what its sums say of each other, as the file has them.
        slips: likely slips behind the sums that do not hold.
        as_paper: the grant read as a paper; None where every sum holds exactly.
    """

    account: Account
    together: Together
    slips: Mapping[Sum, tuple[Slip, ...]]
    as_paper: AsPaper | None


def judge(grant: Grant) -> Judgement:
    """Compute a grant's account and judge all its sums."""
    account = account_for(grant)
    claimed = [a_sum for a_sum in account.sums if not is_below_award(a_sum)]
    exact = all(verdict(a_sum) is Verdict.EXACT for a_sum in claimed)
    return Judgement(
        account=account,
        together=judge_together(claimed),
        slips=likely_slips(claimed),
        as_paper=None if exact else _as_paper(grant),
    )


def is_below_award(a_sum: Sum) -> bool:
    """Whether a sum only shows that an award is not used up, which an award, being a ceiling, allows."""
    below = a_sum.kind in (Kind.AWARD_YEARS, Kind.AWARD_PAYMENTS) and verdict(a_sum) is Verdict.MISMATCH
    return below and a_sum.total.value > sum(part.weight * part.figure.value for part in a_sum.parts)


def _as_paper(grant: Grant) -> AsPaper:
    figures = stated_figures(grant, as_printed=True)
    rounded = [found.figure for found in figures if found.key == "payment" or _is_coarser(found)]
    offered = award(grant, as_printed=True)
    sums = _claimed(grant, figures, offered)
    return AsPaper(
        together=judge_together(sums),
        award=offered,
        award_exact=judge_together(_claimed(grant, figures, offered.exactly())) if offered else None,
        repairs=_repairs(sums, rounded, ()),
        award_held=_repairs(sums, rounded, (offered,), most=4) if offered else None,
    )


def _claimed(grant: Grant, figures: tuple[StatedFigure, ...], offered: Figure | None) -> list[Sum]:
    sums = all_sums(grant, figures, offered, as_printed=True)
    return [a_sum for a_sum in sums if not is_below_award(a_sum)]


def _is_coarser(found: StatedFigure) -> bool:
    """Whether a stated figure is printed in a larger unit than all that it adds up, and so is rounded."""
    return bool(found.sums) and all(part.figure.half_unit < found.figure.half_unit for part in found.sums[0].parts)


def _repairs(sums: list[Sum], rounded: Sequence[Figure], held: Sequence[Figure], most: int = 3) -> Repairs:
    figures = {figure for a_sum in sums for figure in a_sum.figures}
    if len(figures) > MOST_REPAIRED:
        return Repairs(None, 0, (), decided=False)
    computed = [figure for figure in figures if figure.at is None]
    return fewest_changes(sums, rounded=rounded, held=[*held, *computed], most=most)
