"""Stacks: the rows of a grid that no total has taken up yet, and where runs of them begin."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Stack:
    """Rows that wait for a total, top row last.

    A row that is a total stands for the rows that it adds up, which are no longer on the stack.
    """

    rows: list[int] = field(default_factory=list)
    _totals: list[int] = field(default_factory=list)
    _edges: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """How many rows wait."""
        return len(self.rows)

    def push(self, row: int, *, total: bool) -> None:
        """Put a row on the stack."""
        if total:
            self._totals.append(len(self.rows))
        self.rows.append(row)

    def cut(self, start: int) -> None:
        """Take the rows from a place on off the stack."""
        del self.rows[start:]
        while self._totals and self._totals[-1] >= start:
            self._totals.pop()
        while self._edges and self._edges[-1] > start:
            self._edges.pop()

    def head(self) -> None:
        """Note that a heading stands above the next row."""
        self._edges.append(len(self.rows))

    @property
    def top_total(self) -> int | None:
        """The row on top, if it is a total."""
        return self.rows[-1] if self._totals and self._totals[-1] == len(self.rows) - 1 else None

    @property
    def since_total(self) -> int:
        """Where the rows after the last total begin."""
        return self._totals[-1] + 1 if self._totals else 0

    def natural_starts(self) -> set[int]:
        """Where a run of parts naturally begins: at the bottom, below a heading, at or after a total."""
        since = self.since_total
        starts = {0, since, max(0, since - 1), *self._edges[-2:]}
        return {start for start in starts if start < len(self.rows)}
