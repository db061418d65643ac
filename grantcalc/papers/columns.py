"""Columns: which rows of a grid are the totals of which, top to bottom, in all columns at once.

The rows are read one by one onto a stack. A row that is the total of the topmost rows takes their place, so
that sub-totals become parts of totals. Of all the readings of a row the one counts under which most columns
agree; where none agrees, a row whose words say "total" is taken for one only if its gap looks like a slip.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grantcalc.papers.ledger import Entry, Tried, entries_of, judged, looks_like_a_slip, tried
from grantcalc.papers.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grantcalc.papers.grid import Grid, Line

_WORDED: Final = Role.TOTAL | Role.NET | Role.CLOSING
_TOTAL_WORDS: Final = re.compile(r"\b(?:sub|grand|overall)?[- ]?totals?\b|:")
SPELT_OUT: Final = "items"
"""The kind of a total whose sub-totals have been replaced by their parts."""

_DEEPEST: Final = 400
_BUDGET: Final = 300_000
_FURTHEST_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class Structure:
    """A row or column that is a total, and the signed rows or columns that are its parts.

    Attributes:
        total: the number of the row or column.
        parts: the numbers of the others, each with +1 or -1.
        kind: "column", "of which", "difference", for what is said of it.
        points: how much speaks for it, over all columns.
        holding: in how many columns (rows) it holds.
        failing: in how many it does not.
        worded: whether the words of its label say that it is a total.
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    kind: str
    points: float
    holding: int
    failing: int
    worded: bool


@dataclass(slots=True)
class _Item:
    """A row on the stack; `total` where it stands for the rows that it adds up."""

    row: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a row as a total."""

    parts: tuple[tuple[int, int], ...]
    tries: tuple[Tried, ...]
    natural: bool
    variant: int
    start: int

    @property
    def points(self) -> float:
        """How much speaks for the reading."""
        return sum(each.points for each in self.tries)

    @property
    def failing(self) -> int:
        """In how many columns it does not hold."""
        return sum(1 for each in self.tries if each.fails)

    @property
    def holding(self) -> int:
        """In how many columns it holds."""
        return sum(1 for each in self.tries if each.holds)

    @property
    def slips(self) -> int:
        """In how many columns the gap looks like a slip."""
        return sum(1 for each in self.tries if each.fails and looks_like_a_slip(each))

    @property
    def rank(self) -> tuple[float, ...]:
        """The larger, the better: agreement first, then the plainer reading."""
        gained = self.points - 0.8 * self.failing + 0.6 * self.natural - 0.3 * self.variant
        return (gained, -self.variant, self.start)


@dataclass(slots=True)
class Columns:
    """Reads one grid; `structures` are what was found, top to bottom."""

    grid: Grid
    structures: list[Structure] = field(default_factory=list)
    _entries: list[list[Entry | None]] = field(init=False)
    _stack: list[_Item] = field(default_factory=list)
    _edges: list[int] = field(default_factory=list)
    _common: Role = field(init=False)

    def __post_init__(self) -> None:
        """Turn the amounts into whole numbers."""
        lines = self.grid.lines
        self._entries = entries_of([line.amounts for line in lines])
        self._common = Role.NONE
        for role in (Role.TOTAL, Role.NET, Role.CLOSING):
            if len(lines) > 3 and 2 * sum(1 for line in lines if role & line.role) > len(lines):  # noqa: PLR2004
                self._common |= role

    def read(self) -> list[Structure]:
        """Find the totals of the grid and their parts."""
        lines = self.grid.lines
        skip = -1
        for row, line in enumerate(lines):
            if line.starts:
                self._stack, self._edges = [], []
            elif line.under:
                self._edges.append(len(self._stack))
            if row <= skip or Role.MEMO & line.role or self._is_rate(line) or self._repeats(row):
                if Role.MEMO & line.role and row > skip:
                    self._memo(row)
                continue
            if not self._take(row, line):
                skip = max(skip, self._ahead(row, line))
        return [*self.structures, *self._spelt_out()]

    def _spelt_out(self) -> Iterator[Structure]:
        """Totals of sub-totals only, as totals of the items behind them."""
        inner = {each.total: each for each in self.structures if each.kind == "column"}
        for each in self.structures:
            if each.kind == "column" and all(part in inner and part < each.total for part, _ in each.parts):
                parts = tuple(part for row, _ in each.parts for part in inner[row].parts)
                yield Structure(each.total, parts, SPELT_OUT, 0, each.holding, each.failing, each.worded)

    def _is_rate(self, line: Line) -> bool:
        return bool(Role.RATE & line.role) and not self.grid.shares

    def _role(self, line: Line) -> Role:
        """What the words of a row say that those of most other rows do not say too."""
        return line.role & ~self._common

    def _repeats(self, row: int) -> bool:
        """Whether a row only says the total above it again."""
        if not self._stack or not self._stack[-1].total or self._role(self.grid.lines[row]) & _WORDED:
            return False
        return self._same(row, self._stack[-1].row)

    def _same(self, row: int, other: int) -> bool:
        mine = [entry.value if entry else None for entry in self._entries[row]]
        theirs = [entry.value if entry else None for entry in self._entries[other]]
        return mine == theirs

    def _take(self, row: int, line: Line) -> bool:
        """Take a row for a total of the rows above it if that reading is good enough; else put it on the stack."""
        readings = list(self._readings(row, line))
        best = max(readings, key=lambda reading: reading.rank, default=None)
        if best is None or not self._acceptable(best, line):
            best = self._by_words(readings, line)
        if best is None:
            worded = bool(Role.TOTAL & self._role(line))
            closes = worded and bool(self._stack)
            if closes:
                self._close()
            self._stack.append(_Item(row, total=worded))
            return closes
        self._add(row, best, line)
        del self._stack[best.start :]
        self._edges = [edge for edge in self._edges if edge <= best.start]
        self._stack.append(_Item(row, total=True))
        return True

    def _close(self) -> None:
        """Take the rows since the last total off the stack: a total whose parts do not make it ends them."""
        start = self._since_total()
        del self._stack[start:]
        self._edges = [edge for edge in self._edges if edge <= start]

    def _add(self, row: int, reading: _Reading, line: Line) -> None:
        """Keep a structure; what is left of a total without saying so is read as one of its parts."""
        kind = "column" if all(weight > 0 for _, weight in reading.parts) else "difference"
        parts, total = reading.parts, row
        says_so = line.role & (Role.NET | Role.CLOSING) or Role.LESS & self.grid.lines[parts[-1][0]].role
        if reading.variant == 2 and not says_so:  # noqa: PLR2004
            kind, total = "column", parts[0][0]
            parts = (*((part, 1) for part, _ in parts[1:]), (row, 1))
        worded = bool(self._role(line) & _WORDED)
        self.structures.append(
            Structure(total, parts, kind, reading.points, reading.holding, reading.failing, worded)
        )

    def _since_total(self) -> int:
        """Where the rows since the last total begin on the stack."""
        for place in range(len(self._stack) - 1, -1, -1):
            if self._stack[place].total:
                return place + 1
        return 0

    def _naturals(self) -> set[int]:
        """The places of the stack where a run of parts naturally begins."""
        starts = {0, self._since_total(), *self._edges}
        since = self._since_total()
        if since and self._stack:
            starts.add(since - 1)
        return {start for start in starts if start < len(self._stack)}

    def _readings(self, row: int, line: Line) -> Iterator[_Reading]:
        """The ways to read a row as a total of what lies on the stack."""
        size = len(self._stack)
        furthest = _DEEPEST if self._role(line) & _WORDED or not line.label else _FURTHEST_BACK
        columns = len(self.grid.headings)
        furthest = max(6, min(furthest, _BUDGET // max(1, len(self.grid.lines) * columns)))
        naturals = self._naturals()
        sums = [_Running() for _ in range(columns)]
        for start in range(size - 1, max(-1, size - 1 - furthest), -1):
            item = self._stack[start]
            less = bool(Role.LESS & self.grid.lines[item.row].role)
            for column, running in enumerate(sums):
                running.add(self._entries[item.row][column], less=less)
            if size - start < 2:  # noqa: PLR2004
                continue
            for variant in self._variants(sums, size - start):
                tries = tuple(
                    running.tried(self._entries[row][column], variant) for column, running in enumerate(sums)
                )
                if any(each.holds for each in tries) or start in naturals:
                    yield _Reading(self._parts(start, variant), tries, start in naturals, variant, start)

    def _variants(self, sums: list[_Running], count: int) -> Iterator[int]:
        """Plain; "less" rows taken off; the rest taken off the first; the last taken off the others."""
        yield 0
        if any(running.has_less for running in sums):
            yield 1
        if count <= 8:  # noqa: PLR2004 - longer runs of deductions would fit by chance
            yield 2
            if count == 3:  # noqa: PLR2004
                yield 3

    def _parts(self, start: int, variant: int) -> tuple[tuple[int, int], ...]:
        """The rows from a place of the stack on, with their signs."""
        rows = [item.row for item in self._stack[start:]]
        signs = [1] * len(rows)
        if variant == 1:
            signs = [-1 if Role.LESS & self.grid.lines[row].role else 1 for row in rows]
        elif variant == 2:  # noqa: PLR2004
            signs = [1, *[-1] * (len(rows) - 1)]
        elif variant == 3:  # noqa: PLR2004
            signs = [*[1] * (len(rows) - 1), -1]
        return tuple(zip(rows, signs, strict=True))

    def _acceptable(self, reading: _Reading, line: Line) -> bool:
        """Whether enough columns agree with a reading."""
        points, failing = reading.points, reading.failing
        holding = sum(1 for each in reading.tries if each.holds)
        plain = reading.variant <= 1
        role = self._role(line)
        if role & (Role.TOTAL | Role.CLOSING):
            if not plain and not role & (Role.NET | Role.CLOSING):
                return points >= 2 and not failing  # noqa: PLR2004
            return holding >= failing and points >= (0.2 if reading.natural else 0.8)
        if role & Role.NET:
            enough = 0.4 if reading.natural else 0.8
            return points >= enough and (holding > failing or holding == failing == reading.slips)
        if not line.label and reading.natural:
            return plain and points >= 0.4 and holding >= failing  # noqa: PLR2004
        if holding <= failing:
            return plain and reading.natural and points >= 1 and holding == failing == 1 == reading.slips
        if not plain and reading.start == 0 and len(self.grid.lines) == len(reading.parts) + 1:
            return points >= 1
        if not plain:
            return points >= 2 and not failing  # noqa: PLR2004
        return points >= (1 if reading.natural else 1.5)

    def _by_words(self, readings: list[_Reading], line: Line) -> _Reading | None:
        """The reading that the words make certain though no column agrees: one slip away from holding."""
        role = self._role(line)
        if not role & (Role.TOTAL | Role.STATED):
            return None
        near = [r for r in readings if r.natural and r.slips and r.variant <= 1 and r.slips == r.failing]
        if role & Role.STATED and not near:
            near = [r for r in readings if r.slips == r.failing and r.slips and len(r.parts) <= 3]  # noqa: PLR2004
        return max(near, key=lambda reading: (-reading.variant, reading.start), default=None)

    def _memo(self, row: int) -> None:
        """Rows "of which": the parts of the row above them, if they make it."""
        lines = self.grid.lines
        if row and Role.MEMO & lines[row - 1].role:
            return
        last = row
        while last + 1 < len(lines) and Role.MEMO & lines[last + 1].role:
            last += 1
        if row and last > row:
            parts = tuple((part, 1) for part in range(row, last + 1))
            self._try_ahead(row - 1, parts, "of which", 0.2)

    def _try_ahead(self, row: int, parts: tuple[tuple[int, int], ...], kind: str, least: float) -> bool:
        """Keep rows below a row as its parts if enough columns agree."""
        tries = [
            tried(self._entries[row][column], [(self._entries[part][column], sign) for part, sign in parts])
            for column in range(len(self.grid.headings))
        ]
        points = sum(each.points for each in tries)
        holding = sum(1 for each in tries if each.holds)
        failing = sum(1 for each in tries if each.fails)
        worded = bool(self._role(self.grid.lines[row]) & _WORDED)
        slips = sum(1 for each in tries if each.fails and looks_like_a_slip(each))
        close = worded and holding == failing == slips
        if points < least or (holding <= failing and not close):
            return False
        self.structures.append(Structure(row, parts, kind, points, holding, failing, worded))
        return True

    def _ahead(self, row: int, line: Line) -> int:
        """The last row of the parts that follow a total which stands first; -1 where none do."""
        lines = self.grid.lines
        rows = []
        for other in range(row + 1, min(len(lines), row + 1 + _FURTHEST_BACK)):
            if lines[other].starts or (len(rows) > 1 and Role.TOTAL & self._role(lines[other])):
                break
            if not (Role.MEMO | Role.RATE) & lines[other].role:
                rows.append(other)
        least = 0.4 if Role.TOTAL & self._role(line) else 2
        for count in range(len(rows), 1, -1):
            if self._try_ahead(row, tuple((part, 1) for part in rows[:count]), "column", least):
                return rows[count - 1]
        return self._ahead_by_name(row, line)

    def _ahead_by_name(self, row: int, line: Line) -> int:
        """The last of the rows whose name is that of a total before them: "Total costs", "Costs", "Costs"."""
        name = _TOTAL_WORDS.sub("", line.label.casefold()).strip()
        rows = [
            n
            for n, other in enumerate(self.grid.lines)
            if n > row and other.label.casefold().strip(" :") == name
        ]
        parts = tuple((part, 1) for part in rows)
        if not name or len(rows) < 2 or not Role.TOTAL & line.role:  # noqa: PLR2004
            return -1
        attempt = tried(self._entries[row][0], [(self._entries[part][0], 1) for part in rows])
        if attempt.fails and looks_like_a_slip(attempt):
            self.structures.append(Structure(row, parts, "column", 0, 0, 1, worded=True))
            return rows[-1]
        return -1


@dataclass(slots=True)
class _Running:
    """The amounts of one column added up from the top of the stack downwards."""

    plus: int = 0
    less: int = 0
    allowed: int = 0
    telling: int = 0
    printed: int = 0
    unit: int = 0
    first: Entry | None = None
    last: Entry | None = None
    has_less: bool = False

    def add(self, entry: Entry | None, *, less: bool) -> None:
        """Add the next amount down the stack."""
        self.first = entry
        if entry is None:
            return
        self.last = self.last or entry
        self.has_less = self.has_less or less
        self.plus += entry.value
        self.less += entry.value if less else 0
        self.allowed += entry.half
        self.telling += bool(entry.value)
        self.printed += 1
        self.unit = min(self.unit, entry.unit) if self.unit else entry.unit

    def tried(self, total: Entry | None, variant: int) -> Tried:
        """How the amounts come out against a total."""
        if total is None or self.printed < 2 or (variant == 2 and self.first is None):  # noqa: PLR2004
            return tried(None, ())
        made = self.plus
        if variant == 1:
            made -= 2 * self.less
        elif variant == 2:  # noqa: PLR2004
            made = 2 * (self.first.value if self.first else 0) - self.plus
        elif variant == 3:  # noqa: PLR2004
            made -= 2 * (self.last.value if self.last else 0)
        return judged(
            total,
            gap=total.value - made,
            allowed=self.allowed + total.half,
            telling=self.telling,
            unit=min(self.unit, total.unit),
        )
