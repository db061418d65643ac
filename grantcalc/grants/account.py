"""A grant with everything that follows from it: totals, payments, and the sums that its stated figures claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.figures import award
from grantcalc.grants.payments import instalments, payable_in_all
from grantcalc.grants.schedule import slices
from grantcalc.grants.stated import award_sums, funding_sums, stated_figures
from grantcalc.grants.totals import total_grant

if TYPE_CHECKING:
    from decimal import Decimal

    from grantcalc.grants.model import Grant
    from grantcalc.grants.payments import Instalment
    from grantcalc.grants.schedule import Slice
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.grants.totals import Totals
    from grantcalc.money import Figure
    from grantcalc.sums import Sum


@dataclass(frozen=True, slots=True)
class Account:
    """What is computed from a grant, and what it states.

    Attributes:
        grant: the grant.
        totals: what it costs.
        payable: what the funder would pay of that, were there no ceiling, in pounds: all of it, or its rate.
        ceiling: the award with all its variations, in pounds; None where none is given.
        slices: the periods that it is paid for, cut where its years end.
        instalments: its payments; empty where they cannot be worked out.
        stated: its stated figures, each with the sums that check it.
        award: the award as an exact figure, or None.
        sums: every sum of the file, in the order in which it states them.
    """

    grant: Grant
    totals: Totals
    payable: Decimal
    ceiling: Decimal | None
    slices: tuple[Slice, ...]
    instalments: tuple[Instalment, ...]
    stated: tuple[StatedFigure, ...]
    award: Figure | None
    sums: tuple[Sum, ...]


def account_for(grant: Grant) -> Account:
    """Compute everything that follows from a grant."""
    totals = total_grant(grant)
    found = slices(grant)
    figures = stated_figures(grant, found)
    offered = award(grant)
    return Account(
        grant=grant,
        totals=totals,
        payable=payable_in_all(grant, totals),
        ceiling=award_in_force(grant),
        slices=found,
        instalments=instalments(grant, totals, found),
        stated=figures,
        award=offered,
        sums=all_sums(grant, figures, offered),
    )


def all_sums(
    grant: Grant, figures: tuple[StatedFigure, ...], offered: Figure | None, *, as_printed: bool = False
) -> tuple[Sum, ...]:
    """The sums of stated figures, of the award and of the funding sources."""
    return (
        *(a_sum for found in figures for a_sum in found.sums),
        *(award_sums(grant, offered, figures) if offered else ()),
        *funding_sums(grant, as_printed=as_printed),
    )
