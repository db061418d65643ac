"""Columns: which rows of a grid are the totals of which, top to bottom, in all columns at once.

The rows are read one by one onto a stack. A row that is the total of the topmost rows takes their place, so
that sub-totals become parts of totals. Of all the readings of a row the one counts under which most columns
agree; where none agrees, a row whose words say "total" is taken for one only if its gap looks like a slip.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.blocks import odd_part, plain_block
from grantcalc.papers.tables.ledger import column_tries, looks_like_a_slip
from grantcalc.papers.tables.running import Signs, Tally
from grantcalc.papers.tables.stack import Stack
from grantcalc.papers.tables.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.tables.grid import Grid
    from grantcalc.papers.tables.ledger import Tried

SPELT_OUT: Final = "items"
"""The kind of a total whose sub-totals have been replaced by their parts."""

NAMED: Final = "items of one name"
"""The kind of a total whose name is that of its parts: "Total costs", "Costs", "Costs"."""

NUMBERED: Final = "numbered items"
"""The kind of a total whose parts are numbered from one on, so that none of them is missing."""

ONE_OUT: Final = "one part out"
"""The kind of a total of a plain block that leaves out one of its parts, or has it twice, in a column or several."""

_WORDED: Final = Role.TOTAL | Role.NET | Role.CLOSING
_LEFT_OVER: Final = Role.NET | Role.CLOSING | Role.CHANGE
_TOTAL_WORDS: Final = re.compile(r"\b(?:sub|grand|overall)?[- ]?totals?\b|:")
_FURTHEST: Final = 400
_FURTHEST_UNNAMED: Final = 40
_FURTHEST_ITEMS: Final = 12
_BUDGET: Final = 200_000
_FEWEST: Final = 2
_FEWEST_NUMBERED: Final = 3
_MOST_TAKEN_OFF: Final = 8
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Structure:
    """A row or column that is a total, and the signed rows or columns that are its parts.

    Attributes:
        total: the number of the row or column.
        parts: the numbers of the others, each with +1 or -1.
        kind: "column", "row", "difference" or "of which", for what is said of it.
        points: how much speaks for it, over all columns (rows).
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a row as the total of the rows on the stack from a place on."""

    start: int
    signs: Signs
    natural: bool
    count: int
    points: float
    holding: int
    failing: int
    slips: int

    @classmethod
    def of(cls, tries: Sequence[Tried], start: int, signs: Signs, count: int, *, natural: bool) -> _Reading:
        """A reading and how it comes out in each column."""
        return cls(
            start,
            signs,
            natural,
            count,
            sum(each.points for each in tries),
            sum(1 for each in tries if each.tells),
            sum(1 for each in tries if each.fails),
            sum(1 for each in tries if each.fails and looks_like_a_slip(each)),
        )

    @property
    def plain(self) -> bool:
        """Whether nothing is taken off but what says "less"."""
        return self.signs <= Signs.LESS

    @property
    def rank(self) -> tuple[float, ...]:
        """The larger, the better: agreement first, then the plainer reading."""
        gained = self.points - 0.8 * self.failing + 0.6 * self.natural - 0.3 * self.signs
        return (gained, -self.signs, self.start)


class Columns:
    """Reads the columns of one grid."""

    def __init__(self, grid: Grid) -> None:
        """Prepare the amounts of a grid as whole numbers, and the words of its rows as roles."""
        self._grid = grid
        self._entries = grid.entries
        self._roles = _telling_roles([line.role for line in grid.lines])
        self._left = frozenset(_left_below_deductions(grid))
        self._less = [Role.LESS in line.role for line in grid.lines]
        self._totals = [Role.TOTAL in role for role in self._roles]
        self._items = [not role & (Role.MEMO | Role.RATE) for role in self._roles]
        self._columns = range(len(grid.headings))
        self._stack = Stack()
        self._found: list[Structure] = []
        self._named: dict[str, list[int]] = defaultdict(list)
        for row, line in enumerate(grid.lines):
            self._named[_name(line.label)].append(row)

    def read(self) -> list[Structure]:
        """The totals of the grid and their parts."""
        skip = -1
        for row, line in enumerate(self._grid.lines):
            if line.starts:
                self._stack = Stack()
            elif line.under:
                self._stack.head()
            if row <= skip:
                continue
            if Role.MEMO in self._roles[row]:
                self._read_memo(row)
            elif self._counts(row) and not self._read_total(row):
                skip = self._read_ahead(row)
        return [*self._found, *self._spelt_out()]

    def _counts(self, row: int) -> bool:
        """Whether a row is an amount of its own: no rate, and no total said again."""
        if Role.RATE in self._roles[row] and not self._grid.shares:
            return False
        top = self._stack.top_total
        repeats = top is not None and not self._roles[row] & _WORDED and self._alike(row, top)
        return not repeats

    def _alike(self, row: int, other: int) -> bool:
        pairs = zip(self._entries[row], self._entries[other], strict=True)
        return all((one and one.value) == (two and two.value) for one, two in pairs)

    def _read_total(self, row: int) -> bool:
        """Take a row for a total of rows above it if a reading is good enough; else it waits on the stack."""
        readings = list(self._readings(row))
        best = max(readings, key=lambda reading: reading.rank, default=None)
        if best is None or not self._is_acceptable(best, row):
            best = self._by_words(readings, row) or self._by_numbers(readings, row)
        best = self._by_block(readings, row, sure=best is None) or best
        if best is not None:
            self._keep(row, best)
            self._stack.cut(best.start)
            self._stack.push(row, total=True)
            return True
        worded = Role.TOTAL in self._roles[row]
        # A row of noughts says "total" and is the total of nothing that waits.
        worded = worded and any(entry is not None and entry.value for entry in self._entries[row])
        closes = worded and len(self._stack) > 0
        if closes:
            self._stack.cut(self._stack.since_total)
        self._stack.push(row, total=worded)
        return closes

    def _keep(self, row: int, reading: _Reading) -> None:
        """Keep a structure; what is left of a total without saying so is read as one of its parts."""
        rows = self._stack.rows[reading.start :]
        parts = tuple(zip(rows, reading.signs.of([self._less[each] for each in rows]), strict=True))
        kind = "column" if all(weight > 0 for _, weight in parts) else "difference"
        if not reading.holding and self._by_numbers([reading], row) is not None:
            kind = NUMBERED
        if reading.failing and self._by_block([reading], row, sure=True) is not None:
            kind = ONE_OUT
        total = row
        says_so = self._roles[row] & _LEFT_OVER or self._less[rows[-1]]
        if reading.signs is Signs.REST and not says_so:
            kind, total = "column", rows[0]
            parts = (*((part, 1) for part in rows[1:]), (row, 1))
        self._add(total, parts, kind, reading, worded=bool(self._roles[row] & _WORDED) or row in self._left)

    def _add(
        self, total: int, parts: tuple[tuple[int, int], ...], kind: str, reading: _Reading, *, worded: bool
    ) -> None:
        self._found.append(Structure(total, parts, kind, reading.points, reading.holding, reading.failing, worded))

    def _reach(self, row: int) -> int:
        """How far up the stack a row is looked for parts."""
        named = self._roles[row] & _WORDED or not self._grid.lines[row].label
        size = len(self._grid.lines) * len(self._columns)
        return max(6, min(_FURTHEST if named else _FURTHEST_UNNAMED, _BUDGET // max(1, size)))

    def _readings(self, row: int) -> Iterator[_Reading]:
        """The ways to read a row as a total of what lies on the stack."""
        tally = Tally.of(self._entries[row])
        naturals = self._stack.natural_starts()
        named = bool(self._roles[row] & _WORDED) or row in self._left
        size = len(self._stack)
        any_less = False
        for start in range(size - 1, max(-1, size - 1 - self._reach(row)), -1):
            other = self._stack.rows[start]
            any_less = any_less or self._less[other]
            tally.add(self._entries[other], less=self._less[other])
            if size - start < _FEWEST:
                continue
            natural = start in naturals
            for signs in _signs(size - start, less=any_less, named=named):
                if (natural and named) or tally.any_meets(signs):
                    yield _Reading.of(tally.tried(signs), start, signs, size - start, natural=natural)

    def _is_acceptable(self, reading: _Reading, row: int) -> bool:
        """Whether enough columns agree with a reading."""
        role = self._roles[row]
        points, holding, failing = reading.points, reading.holding, reading.failing
        if role & (Role.TOTAL | Role.CLOSING):
            if not reading.plain and not role & (Role.NET | Role.CLOSING):
                return points >= 2 and not failing  # noqa: PLR2004
            return holding >= failing and points >= (0.2 if reading.natural else 0.8)
        if role & Role.NET:
            slip = holding == failing == reading.slips
            return points >= (0.4 if reading.natural else 0.8) and (holding > failing or slip)
        return self._is_acceptable_unnamed(reading, row)

    def _is_acceptable_unnamed(self, reading: _Reading, row: int) -> bool:
        """Whether enough columns agree with a reading of a row that does not say that it is a total."""
        points, holding, failing = reading.points, reading.holding, reading.failing
        if not self._grid.lines[row].label and reading.natural:
            return reading.plain and points >= 0.4 and holding >= failing  # noqa: PLR2004
        if holding <= failing:
            one_slip = holding == failing == reading.slips == 1
            return reading.plain and reading.natural and points >= 1 and one_slip and not self._is_item(row, reading)
        if reading.plain:
            # Three columns that hold by rounding only, from just anywhere on, are chance.
            return points >= 1 if reading.natural else points > 1.5  # noqa: PLR2004
        # 5 = 5 + 7 - 7 says nothing.
        if any(self._alike(row, other) for other in self._stack.rows[reading.start :]):
            return False
        whole_list = not reading.start and len(self._grid.lines) == reading.count + 1
        return points >= (1 if whole_list else 2) and not failing

    def _is_item(self, row: int, reading: _Reading) -> bool:
        """Whether a row that seems to be a total is rather an item, with those before it, of a total below."""
        rows = [*self._stack.rows[reading.start :], row]
        for later in range(row + 1, min(len(self._roles), row + 1 + _FURTHEST_ITEMS)):
            tries = column_tries(self._entries, later, [(each, 1) for each in rows])
            if not any(each.fails for each in tries) and sum(1 for each in tries if each.holds) > reading.holding:
                return True
            rows.append(later)
        return False

    def _by_words(self, readings: Sequence[_Reading], row: int) -> _Reading | None:
        """The reading that the words make certain though no column agrees: one slip away from holding."""
        role = self._roles[row]
        if not role & (Role.TOTAL | Role.STATED) and row not in self._left:
            return None
        slipped = [reading for reading in readings if reading.slips and reading.slips == reading.failing]
        near = [reading for reading in slipped if reading.natural and reading.plain]
        if Role.STATED in role and not near:
            near = [reading for reading in slipped if reading.count <= 3]  # noqa: PLR2004
        return max(near, key=lambda reading: (-reading.signs, reading.start), default=None)

    def _by_numbers(self, readings: Sequence[_Reading], row: int) -> _Reading | None:
        """The reading that is certain though no column agrees: every row of the list before is there, by its number.

        The total has the name of its column too ("Total revenue" under "Revenue"), and nothing stands between.
        """
        if not self._totals[row] or not any(names_column(self._grid, row, column) for column in self._columns):
            return None
        for reading in readings:
            rows = [*self._stack.rows[reading.start :], row]
            numbers = [self._grid.lines[each].number for each in rows[:-1]]
            whole = numbers == list(range(1, len(rows))) and rows == list(range(rows[0], row + 1))
            if whole and reading.plain and len(numbers) >= _FEWEST_NUMBERED:
                return reading
        return None

    def _by_block(self, readings: Sequence[_Reading], row: int, *, sure: bool) -> _Reading | None:
        """The reading of the whole block above a plain total, where one of its parts explains every gap.

        Where no column agrees with it, it must be sure that no other reading is better.
        """
        block = plain_block(self._grid, row)
        if block is None:
            return None
        for reading in readings:
            whole = self._stack.rows[reading.start :] == list(block) and reading.signs is Signs.PLAIN
            if whole and reading.failing and (sure or reading.holding) and self._has_one_odd(row, block):
                return reading
        return None

    def _has_one_odd(self, row: int, block: range) -> bool:
        """Whether a total of a block is out by the same one of its parts in every column in which it does not hold."""
        tries = column_tries(self._entries, row, [(part, 1) for part in block])
        columns = ([self._entries[each][n] for each in (row, *block)] for n in self._columns)
        odd = {odd_part(total, parts) for (total, *parts), each in zip(columns, tries, strict=True) if each.fails}
        return len(odd) == 1 and None not in odd

    def _read_memo(self, row: int) -> None:
        """Rows "of which": the parts of the row above them, if they make it."""
        if not row or Role.MEMO in self._roles[row - 1]:
            return
        last = row
        while last + 1 < len(self._roles) and Role.MEMO in self._roles[last + 1]:
            last += 1
        below = list(self._below(row - 1, range(row, last + 1)))
        if below and below[-1].count == last - row + 1 and below[-1].points >= 0.2:  # noqa: PLR2004
            self._keep_ahead(row - 1, range(row, last + 1), "of which", below[-1])

    def _read_ahead(self, row: int) -> int:
        """The last row of the parts that follow a total which stands first; -1 where none do."""
        worded = self._totals[row]
        if not worded and len(self._columns) < _FEWEST:
            return -1
        left_over = Role.CHANGE if worded else _LEFT_OVER
        rows = self._following(row)
        for reading in reversed(list(self._below(row, rows))):
            slip = worded and reading.holding == reading.failing == reading.slips
            agrees = reading.holding > reading.failing or slip
            if any(self._roles[other] & left_over for other in rows[: reading.count]):
                continue
            if agrees and reading.points >= (0.4 if worded else 2):
                self._keep_ahead(row, rows[: reading.count], "column", reading)
                return rows[reading.count - 1]
        if worded and (whole := self._heads_a_list(row, rows)) is not None:
            self._keep_ahead(row, rows, "column", whole)
            return rows[-1]
        return self._read_ahead_by_name(row) if worded else -1

    def _heads_a_list(self, row: int, rows: Sequence[int]) -> _Reading | None:
        """A total that opens a list of items, no other total among them, and is one slip away from their sum."""
        lines = self._grid.lines
        alone = not row and rows and rows[-1] == len(lines) - 1 and len(rows) == len(lines) - 1
        if not alone or len(rows) <= _FEWEST or not self._grid.ruled or any(self._roles[each] for each in rows):
            return None
        tries = column_tries(self._entries, row, [(part, 1) for part in rows])
        reading = _Reading.of(tries, 1, Signs.PLAIN, len(rows), natural=True)
        return reading if reading.slips == reading.failing > 0 else None

    def _following(self, row: int) -> list[int]:
        """The rows that may be the parts of a total above them."""
        rows: list[int] = []
        furthest = _FURTHEST_UNNAMED if self._totals[row] else _FURTHEST_ITEMS
        for other in range(row + 1, min(len(self._roles), row + 1 + furthest)):
            if self._grid.lines[other].starts or (len(rows) > 1 and self._totals[other]):
                break
            if self._items[other]:
                rows.append(other)
        return rows

    def _below(self, row: int, rows: Sequence[int]) -> Iterator[_Reading]:
        """A row as the total of the first two rows of others, the first three, and so on."""
        tally = Tally.of(self._entries[row])
        for count, other in enumerate(rows, start=1):
            tally.add(self._entries[other], less=False)
            if count >= _FEWEST and tally.any_meets(Signs.PLAIN):
                yield _Reading.of(tally.tried(Signs.PLAIN), row + 1, Signs.PLAIN, count, natural=True)

    def _keep_ahead(self, row: int, rows: Sequence[int], kind: str, reading: _Reading) -> None:
        parts = tuple((part, 1) for part in rows)
        self._add(row, parts, kind, reading, worded=bool(self._roles[row] & _WORDED))

    def _read_ahead_by_name(self, row: int) -> int:
        """The last of the rows whose name is that of a total before them: "Total costs", "Costs", "Costs"."""
        name = _name(_TOTAL_WORDS.sub("", self._grid.lines[row].label.casefold()))
        rows = [other for other in self._named[name] if other > row] if name else []
        if len(rows) < _FEWEST:
            return -1
        parts = tuple((part, 1) for part in rows)
        tries = column_tries(self._entries, row, parts)
        reading = _Reading.of(tries, row + 1, Signs.PLAIN, len(rows), natural=True)
        if not reading.holding and reading.slips < max(1, reading.failing):
            return -1
        self._add(row, parts, NAMED, reading, worded=True)
        return rows[-1]

    def _spelt_out(self) -> Iterator[Structure]:
        """Totals of sub-totals as totals of the items behind them, and of those behind these, down to the last."""
        inner = {each.total: each for each in self._found if each.kind == "column"}
        for each in self._found:
            parts = each.parts if each.kind == "column" else ()
            for _ in range(_DEEPEST):
                if not any(row in inner and row < each.total for row, _ in parts):
                    break
                behind = [
                    inner[row].parts if row in inner and row < each.total else ((row, sign),) for row, sign in parts
                ]
                parts = tuple(part for rows in behind for part in rows)
                yield Structure(each.total, parts, SPELT_OUT, 0, each.holding, each.failing, each.worded)


def _signs(count: int, *, less: bool, named: bool) -> Iterator[Signs]:
    """The readings of the signs of a run that are tried."""
    yield Signs.PLAIN
    if less:
        yield Signs.LESS
    if count <= (_MOST_TAKEN_OFF if named else 3):
        yield Signs.REST
    if count == 3:  # noqa: PLR2004 - two and what is taken off them
        yield Signs.LAST
        if named:
            yield Signs.MIDDLE


def _left_below_deductions(grid: Grid) -> Iterator[int]:
    """The rows below one amount and nothing but what is taken off it, "less" before each: they say what is left."""
    first = 0
    for row, line in enumerate(grid.lines):
        if line.starts or line.under:
            first = row
        between = grid.lines[first + 1 : row]
        if between and line.label and Role.LESS not in line.role and all(Role.LESS in each.role for each in between):
            yield row


def _telling_roles(roles: Sequence[Role]) -> list[Role]:
    """The roles without those that most rows have: words that all say tell nothing."""
    common = Role.NONE
    for role in (Role.TOTAL, Role.NET, Role.CLOSING):
        if len(roles) > 3 and 2 * sum(1 for each in roles if role in each) > len(roles):  # noqa: PLR2004
            common |= role
    return [role & ~common for role in roles]


def names_column(grid: Grid, row: int, column: int) -> bool:
    """Whether the label of a total has the name of a column: "Total revenue" under "Revenue"."""
    name = _name(_TOTAL_WORDS.sub("", grid.lines[row].label.casefold()))
    return bool(name) and name == _name(grid.headings[column])


def _name(label: str) -> str:
    """A label as it is compared with others."""
    return label.casefold().strip(" :*").removesuffix("s")
