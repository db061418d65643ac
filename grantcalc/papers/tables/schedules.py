"""Schedules: payments under a total that are numbered, equal ones in one row: "Payment 1 to 3", "Payment 4"."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.money import as_share
from grantcalc.papers.tables.sections import is_total
from grantcalc.slips import SlipKind, likely_slips
from grantcalc.sums import Part, Sum, Verdict, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.tables.grid import Grid, Line

SCHEDULE: Final = "schedule"
"""The kind of the sums of numbered payments."""

_NUMBERED: Final = re.compile(
    r"(?:.* )?(?:payments?|instal?ments?) (?:nos?[.]? )?(?P<first>[0-9]{1,2})"
    r"(?: ?(?:to|and|-|–) ?(?P<last>[0-9]{1,2}))?(?:,? each)?[ :]*",
    re.IGNORECASE,
)

_ONE_OFF: Final = re.compile(
    r"\b(?:paid|payments?|instal?ments?|retention|retained|held back|withheld|up[- ]front|advance|final|balance)\b",
    re.IGNORECASE,
)
"""Words of a payment that is made once."""
_FURTHEST: Final = 120
"""So many rows below a total may be its payments: ten years of months."""


class _Run(NamedTuple):
    """A row of equal payments: the numbers of the first and the last of them."""

    first: int
    last: int


def schedules(grid: Grid) -> Iterator[Sum]:
    """What the numbered payments right below a total make, with those made once that stand below them.

    No number may be missing between them. Payments are shares of the total, each rounded; the last may be less, where
    an award is used up. So where numbered ones alone do not make the total, that is claimed only of a slip.
    """
    for row, line in enumerate(grid.lines):
        below = grid.lines[row + 1 : row + 1 + _FURTHEST] if is_total(line) else ()
        runs = list(numbered(below))
        if sum(run.last - run.first + 1 for run in runs) > 1:
            once = list(takewhile(_is_made_once, below[len(runs) :]))
            yield from _claimed(line, below[: len(runs) + len(once)], runs)


def numbered(lines: Sequence[Line]) -> Iterator[_Run]:
    """The numbers of the payments of rows, as long as each row goes on where the one before ended."""
    last = None
    for line in lines:
        found = _NUMBERED.fullmatch(" ".join(line.label.split()))
        if found is None:
            return
        run = _Run(int(found["first"]), int(found["last"] or found["first"]))
        if run.last < run.first or (last is not None and run.first != last + 1):
            return
        yield run
        last = run.last


def _is_made_once(line: Line) -> bool:
    return _ONE_OFF.search(line.label) is not None


def _claimed(total: Line, payments: Sequence[Line], runs: Sequence[_Run]) -> Iterator[Sum]:
    """The sum of the payments of each column in which the total and every payment is printed."""
    counts = [run.last - run.first + 1 for run in runs]
    counts += [1] * (len(payments) - len(runs))
    for column, meant in enumerate(total.amounts):
        printed = [found.figure for line in payments if (found := line.amounts[column]) is not None]
        if meant is None or len(printed) < len(payments):
            continue
        parts = tuple(Part(as_share(each), Decimal(count)) for each, count in zip(printed, counts, strict=True))
        a_sum = Sum(" ".join(total.label.split()), meant.figure, parts, SCHEDULE, meant.figure.at)
        certain = runs[0].first == 1 and len(runs) == len(payments) and _is_slip(a_sum)
        if certain or verdict(a_sum) is not Verdict.MISMATCH:
            yield a_sum


def _is_slip(a_sum: Sum) -> bool:
    """Whether equal payments miss their total by less than one of them, or others by two digits swapped in one."""
    gap = difference(a_sum)
    if len(a_sum.parts) == 1:
        return abs(gap) < a_sum.parts[0].figure.value
    return any(slip.kind is SlipKind.TRANSPOSED for slip in likely_slips([a_sum]).get(a_sum, ()))
