"""Running totals: the amounts of one column of a grid, added up row by row, against a stated total."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from grantcalc.papers.tables.ledger import Entry, Outcome, Tried, judged

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABSENT = Tried(Outcome.ABSENT)


class Signs(IntEnum):
    """Which of the rows of a run are taken off, plainest reading first."""

    PLAIN = 0
    LESS = 1
    """The rows that say "less"."""
    REST = 2
    """All but the first: income, then what was spent of it."""
    LAST = 3
    """The last only."""
    MIDDLE = 4
    """The second of three: income, what was spent of it, and gains."""

    def of(self, less: Sequence[bool]) -> tuple[int, ...]:
        """The sign of each row of a run, given which of them say "less"."""
        last = len(less) - 1
        off = {
            Signs.PLAIN: [False] * len(less),
            Signs.LESS: list(less),
            Signs.REST: [place > 0 for place in range(len(less))],
            Signs.LAST: [place == last for place in range(len(less))],
            Signs.MIDDLE: [place == 1 for place in range(len(less))],
        }
        return tuple(-1 if each else 1 for each in off[self])


@dataclass(slots=True)
class Running:
    """The amounts of one column, added up from the last row of a run to its first."""

    plus: int = 0
    less: int = 0
    allowed: int = 0
    telling: int = 0
    printed: int = 0
    unit: int = 0
    first: int | None = None
    last: int | None = None

    def add(self, entry: Entry | None, *, less: bool) -> None:
        """Add the amount of the next row up."""
        if self.last is None:
            self.last = entry.value if entry else 0
        if entry is None:
            self.first = None
            return
        value = self.first = entry.value
        self.plus += value
        if less:
            self.less += value
        if value:
            self.telling += 1
        self.allowed += entry.half
        self.printed += 1
        if not self.unit or entry.unit < self.unit:
            self.unit = entry.unit

    def made(self, signs: Signs) -> int | None:
        """What the rows make; None where the reading needs a row that has no amount."""
        if signs is Signs.PLAIN:
            return self.plus
        if signs is Signs.LESS:
            return self.plus - 2 * self.less
        if signs is Signs.LAST:
            return self.plus - 2 * (self.last or 0)
        if signs is Signs.MIDDLE:
            return None if self.first is None else 2 * (self.first + (self.last or 0)) - self.plus
        return None if self.first is None else 2 * self.first - self.plus

    def meets(self, total: Entry, signs: Signs) -> bool:
        """Whether the rows make a total, exactly or by rounding."""
        made = self.made(signs)
        return made is not None and self.printed > 1 and abs(total.value - made) <= self.allowed + total.half

    def tried(self, total: Entry | None, signs: Signs) -> Tried:
        """How the rows come out against a total."""
        made = self.made(signs)
        if total is None or made is None or self.printed < 2:  # noqa: PLR2004 - one part is a repetition
            return _ABSENT
        return judged(
            total,
            gap=total.value - made,
            allowed=self.allowed + total.half,
            telling=self.telling,
            unit=min(self.unit, total.unit),
        )


@dataclass(slots=True)
class Tally:
    """Running totals of all columns in which a row has an amount, and those amounts."""

    pairs: list[tuple[int, Entry, Running]]

    @classmethod
    def of(cls, totals: Sequence[Entry | None]) -> Tally:
        """The tally for a row that may be a total."""
        return cls([(column, entry, Running()) for column, entry in enumerate(totals) if entry is not None])

    def add(self, entries: Sequence[Entry | None], *, less: bool) -> None:
        """Add the amounts of the next row."""
        for column, _, running in self.pairs:
            running.add(entries[column], less=less)

    def any_meets(self, signs: Signs) -> bool:
        """Whether the rows make the total in any column."""
        for _, total, running in self.pairs:  # noqa: SIM110 - a loop is twice as fast as any() here
            if running.meets(total, signs):
                return True
        return False

    def tried(self, signs: Signs) -> list[Tried]:
        """How the rows come out in each column."""
        return [running.tried(total, signs) for _, total, running in self.pairs]
