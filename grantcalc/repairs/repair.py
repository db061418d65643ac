"""What a repair is: printed figures that change, so that all sums hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from grantcalc.money import Figure

MOST_LISTED: Final = 12
"""How many equal repairs are listed; further ones are counted."""

MOST_COUNTED: Final = 1_000_000
"""Where there are more equal repairs than this, this many are counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, and the amount in pounds that it would have to state."""

    figure: Figure
    to: Decimal


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes after which all sums hold.

    Attributes:
        changes: the figures to change.
        on_the_half: rounded figures, left as they are, that the changes put exactly half a unit below the
            amount they stand for: rounded half up they would print one unit more.
    """

    changes: tuple[Change, ...]
    on_the_half: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Repairs:
    """The smallest repairs of a set of sums.

    Attributes:
        size: how few changes repair everything: 0 where nothing needs repair, None where more than the
            search allows would be needed, or the search was given up.
        count: how many sets of that many figures do it, up to `MOST_COUNTED`.
        repairs: the first `MOST_LISTED` of these sets.
        decided: False where the search was given up for its size.
    """

    size: int | None
    count: int
    repairs: tuple[Repair, ...]
    decided: bool = True
