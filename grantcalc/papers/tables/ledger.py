"""Ledgers: the amounts of a grid as whole numbers, for trying many sums quickly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grantcalc.papers.numbers.figures import Found

_TELLING: Final = 100
"""A total of fewer units can be met by chance."""


class Outcome(Enum):
    """How a sum of a ledger comes out."""

    ABSENT = "absent"
    """The total, or all parts but one, are not printed."""
    EXACT = "exact"
    ROUNDING = "rounding"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount as a whole number of the ledger's unit, half its printed unit, and its printed unit."""

    value: int
    half: int
    unit: int


Ledger: TypeAlias = "Sequence[Sequence[Entry | None]]"
"""Amounts by row and column."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a sum came out.

    Attributes:
        outcome: whether it holds.
        points: how much its holding speaks for the structure: 1 for figures that chance does not meet,
            less for small figures, for rounding, and where all parts but one are zero.
        gap: by how much total and parts differ, in ledger units.
        unit: the last printed digit, in ledger units.
    """

    outcome: Outcome
    points: float = 0
    gap: int = 0
    unit: int = 1

    @property
    def holds(self) -> bool:
        """Whether the parts make the total, exactly or by rounding."""
        return self.outcome in (Outcome.EXACT, Outcome.ROUNDING)

    @property
    def tells(self) -> bool:
        """Whether it holds, and not only because it is nought, or smaller than what rounding allows."""
        return self.holds and self.points > 0

    @property
    def fails(self) -> bool:
        """Whether the parts do not make the total."""
        return self.outcome is Outcome.FAIL


def entries_of(amounts: Sequence[Sequence[Found | None]]) -> list[list[Entry | None]]:
    """The amounts in the ledger's unit: half of the last digit that any of them has."""
    places = max(
        (found.figure.value.as_tuple().exponent for row in amounts for found in row if found),
        key=_depth,
        default=0,
    )
    scale = 2 * 10 ** max(0, _depth(places))
    deepest = max((_unit_depth(found) for row in amounts for found in row if found), default=0)
    scale = max(scale, 2 * 10**deepest)
    return [[_entry(found, scale) for found in row] for row in amounts]


def _depth(exponent: object) -> int:
    return -exponent if isinstance(exponent, int) else 0


def _unit_depth(found: Found) -> int:
    """How many decimals the printed unit needs."""
    unit = printed_unit(found)
    return max(0, _depth(unit.as_tuple().exponent))


def printed_unit(found: Found) -> Decimal:
    """The unit of the last digit printed, for exact figures too."""
    return found.multiple.scaleb(-found.decimals)


def _entry(found: Found | None, scale: int) -> Entry | None:
    if found is None:
        return None
    return Entry(
        value=int(found.figure.value * scale),
        half=int(found.figure.half_unit * scale),
        unit=max(1, int(printed_unit(found) * scale)),
    )


def tried(total: Entry | None, parts: Sequence[tuple[Entry | None, int]]) -> Tried:
    """Try a sum: a total and signed parts, of which some may not be printed."""
    printed = [(part, weight) for part, weight in parts if part is not None]
    if total is None or len(printed) < 2:  # noqa: PLR2004 - one part is a repetition
        return Tried(Outcome.ABSENT)
    gap = total.value - sum(part.value * weight for part, weight in printed)
    return judged(
        total,
        gap=gap,
        allowed=total.half + sum(part.half * abs(weight) for part, weight in printed),
        telling=sum(1 for part, _ in printed if part.value),
        unit=min(total.unit, *(part.unit for part, _ in printed)),
    )


def judged(total: Entry, *, gap: int, allowed: int, telling: int, unit: int) -> Tried:
    """The outcome of a sum whose parts have been added up already."""
    if abs(gap) > allowed:
        return Tried(Outcome.FAIL, 0, gap, unit)
    points = 1.0 if abs(total.value) >= _TELLING * unit else 0.4
    if telling < 2 or not total.value:  # noqa: PLR2004 - a figure and zeros
        points = 0.1 if telling or total.value else 0
    if gap and abs(total.value) <= allowed:
        points = 0
    outcome = Outcome.ROUNDING if gap else Outcome.EXACT
    return Tried(outcome, points / 2 if gap else points, gap, unit)


def looks_like_a_slip(attempt: Tried) -> bool:
    """Whether one wrong digit, or two digits swapped, would open just this gap."""
    units, rest = divmod(abs(attempt.gap), attempt.unit)
    if rest or not units:
        return False
    while not units % 10:
        units //= 10
    return units <= 9 or (not units % 9 and units <= 81)  # noqa: PLR2004 - 9 × the difference of two digits


def row_tries(entries: Ledger, total: int, parts: Sequence[tuple[int, int]]) -> list[Tried]:
    """How a column comes out as the total of others, in each row."""
    return [tried(row[total], [(row[part], sign) for part, sign in parts]) for row in entries]


def column_tries(entries: Ledger, total: int, parts: Sequence[tuple[int, int]]) -> list[Tried]:
    """How a row comes out as the total of others, in each column."""
    columns = range(len(entries[total]))
    return [tried(entries[total][n], [(entries[part][n], sign) for part, sign in parts]) for n in columns]
