"""What was read in a paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.results.inputs import Input
    from grantcalc.sums import Sum


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What was read in a paper.

    Attributes:
        source: what was read.
        figures: every number, and what it was taken for.
        sums: the sums that are claimed of them.
    """

    source: Input
    figures: tuple[Found, ...]
    sums: tuple[Sum, ...]
