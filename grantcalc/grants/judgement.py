"""What the sums of a grant say, each and together: as the file has them, and read as a paper on its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from grantcalc.as_printed import AsPrinted, read_as_printed
from grantcalc.grants.account import Account, account_for, all_sums
from grantcalc.grants.figures import award
from grantcalc.grants.stated import Kind, stated_figures
from grantcalc.money import add
from grantcalc.slips import likely_slips
from grantcalc.sums import Verdict, verdict
from grantcalc.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.model import Grant
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.slips import Slip
    from grantcalc.sums import Sum
    from grantcalc.together import Together


@dataclass(frozen=True)
class Judgement:
    """A grant's account and the verdicts on it.

    Attributes:
        account: the grant and all that follows from it.
        claimed: its sums that must hold.
        together: what these say of each other, as the file has them.
        as_printed: the grant read as a paper on its own; None where every sum holds exactly.
    """

    account: Account
    claimed: tuple[Sum, ...]
    together: Together
    as_printed: AsPrinted | None

    @cached_property
    def slips(self) -> Mapping[Sum, tuple[Slip, ...]]:
        """Likely slips behind the sums that do not hold; searched for when somebody asks, since that takes long."""
        return likely_slips(self.claimed)


def judge(grant: Grant) -> Judgement:
    """Compute a grant's account and judge all its sums."""
    account = account_for(grant)
    claimed = tuple(a_sum for a_sum in account.sums if _is_claim(a_sum, grant))
    exact = all(verdict(a_sum) is Verdict.EXACT for a_sum in claimed)
    return Judgement(
        account=account,
        claimed=claimed,
        together=judge_together(claimed),
        as_printed=None if exact else _as_printed(account),
    )


def is_below_award(a_sum: Sum) -> bool:
    """Whether a sum only shows that an award is not used up, which an award, being a ceiling, allows."""
    below = a_sum.kind in (Kind.AWARD_YEARS, Kind.AWARD_PAYMENTS) and verdict(a_sum) is Verdict.MISMATCH
    return below and a_sum.total.value > sum(part.weight * part.figure.value for part in a_sum.parts)


def is_covered_by_others(grant: Grant) -> bool:
    """Whether the funding sources give more than the award and cover all costs: the award is then one share of them."""
    given = add(figure.value for source in grant.funding for figure in source.given.values())
    spent = add(f.value for line in grant.lines for costs in line.costs.values() for f in costs.values())
    return grant.award is not None and given > grant.award.value and given >= spent


def _as_printed(account: Account) -> AsPrinted:
    """Read a grant file as a paper on its own."""
    grant = account.grant
    figures = stated_figures(grant, account.slices, as_printed=True)
    rounded = [found.figure for found in figures if found.key == "payment" or _is_coarser(found)]
    offered = award(grant, as_printed=True)
    sums = all_sums(grant, figures, offered, as_printed=True)
    return read_as_printed(
        [a_sum for a_sum in sums if _is_printed(a_sum) and _is_claim(a_sum, grant)], rounded, offered
    )


def _is_printed(a_sum: Sum) -> bool:
    """Whether all figures of a sum are in the file; a computed total changes with its parts."""
    return all(figure.at is not None for figure in a_sum.figures)


def _is_claim(a_sum: Sum, grant: Grant) -> bool:
    """Whether a sum must hold: years that miss the award need not, if the award is not used up or others pay too."""
    if a_sum.kind not in (Kind.AWARD_YEARS, Kind.AWARD_PAYMENTS):
        return True
    return not (is_below_award(a_sum) or (a_sum.kind == Kind.AWARD_YEARS and is_covered_by_others(grant)))


def _is_coarser(found: StatedFigure) -> bool:
    """Whether a stated figure is printed in a larger unit than all that it adds up, and so is rounded."""
    return bool(found.sums) and all(part.figure.half_unit < found.figure.half_unit for part in found.sums[0].parts)
