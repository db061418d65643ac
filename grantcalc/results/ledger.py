"""What follows from the claims of a grant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.ledger import Ledger
    from grantcalc.grants.outturn import Outturn
    from grantcalc.grants.year_end import YearEnd
    from grantcalc.results.inputs import Input


@dataclass(frozen=True, slots=True)
class ClaimLedger:
    """A grant file's ledger of claims."""

    source: Input
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class YearEndPosition:
    """A grant file's position at a year end."""

    source: Input
    position: YearEnd


@dataclass(frozen=True, slots=True)
class OutturnStatement:
    """A grant file's outturn statement."""

    source: Input
    statement: Outturn
