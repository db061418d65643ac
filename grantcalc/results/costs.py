"""How costs came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.account import Account
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.model import Line, Year
    from grantcalc.money import Figure
    from grantcalc.results.inputs import Input


@dataclass(frozen=True, slots=True)
class ExplainedYear:
    """What a post or other cost costs in a year, and why.

    Attributes:
        year: the year.
        given: the amounts that the file gives; empty where they were worked out.
        working: how the amounts follow from rates; None where the file gives them.
    """

    year: Year
    given: Mapping[str, Figure]
    working: Working | None


@dataclass(frozen=True, slots=True)
class CostExplanation:
    """How the costs of one post or other cost came about."""

    source: Input
    account: Account
    line: Line
    years: tuple[ExplainedYear, ...]
