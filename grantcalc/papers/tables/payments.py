"""Payment rows: a quarterly or monthly payment under a total, so many of which make it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT, PENNY, ZERO, as_share
from grantcalc.papers.numbers.figures import Kind
from grantcalc.papers.tables.schedules import SCHEDULE, numbered
from grantcalc.papers.tables.words import Role
from grantcalc.sums import Part, Sum, Verdict, allowance, computed, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.tables.grid import Grid, Line

INSTALMENTS: Final = "instalments"
"""The kind of the sums of payments that a table states."""

_IN_WORDS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PAYMENT: Final = r"(?:payments?|instal?lments?)"
_CERTAIN: Final = re.compile(
    rf"""
    (?: (?P<count> [0-9]{{1,2}} | {"|".join(_IN_WORDS)} ) [ ] )?
    (?: equal [ ] )?
    (?: (?: quarterly | monthly ) [ ] {_PAYMENT}
      | {_PAYMENT} [ ] (?: per | each | every ) [ ] (?: quarter | month )
      | {_PAYMENT} )
    (?: [ ] (?: of | each | due | payable ) )*
    (?: [ ] \( (?: rounded | each | in [ ] arrears | \u00a3 ) \) )?
    [ :\u00a3]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNEQUAL: Final = re.compile(
    r"\b(?:payments?|paid|pay|instal?lments?|retention|retained|held back|withheld|up[- ]front|advance|final"
    r"|balance)\b",
    re.IGNORECASE,
)
_SAID_UNEQUAL: Final = re.compile(
    r"\b(?:unequal|uneven|held back|withheld|retention|retained|up[- ]front|balancing)\b"
    r"|\b(?:final|last|first|initial) (?:[a-z]+ )?(?:payment|instal?ment)s? (?:of|is|will be|being) (?:£|[0-9])",
    re.IGNORECASE,
)
_OTHERWISE: Final = {4: (2, 3, 6, 8, 12, 16, 20), 12: (6, 9, 18, 24, 36, 48, 60)}
"""Other numbers of payments that a total of less or more than a year may be paid in."""
_TELLING: Final = 100
"""A payment of fewer printed units fits some number of payments by chance."""


def instalments(grid: Grid) -> Iterator[Sum]:
    """What payments under a total make: those that hold, and those that fail where nothing else can be meant.

    Four quarterly payments make a year; under the total of several years, or of a part of one, more or fewer do.
    A payment is a share of the total, rounded, so that in pence too it stands for what lies within half a penny.
    """
    for row, line in enumerate(grid.lines[1:], start=1):
        above = grid.lines[row - 1]
        times = 0 if any(numbered([line])) else _times(line)
        if not times or not Role.TOTAL & above.role or (Role.QUARTER | Role.MONTH) & above.role:
            continue
        equal = _is_certain(line) and not _other_payments(grid.lines[row + 1 :])
        others = () if _count(line) else _OTHERWISE.get(times, ())
        for total, payment in _pairs(above, line):
            label = " ".join(f"{above.label}, {line.label}".split())
            yield from _claimed(_Payment(label, total, payment, times, others), equal=equal)


def certain_payments(sums: Iterable[Sum], paper: Paper, figures: Sequence[Found]) -> Iterator[Sum]:
    """The sums, without those of payments that fail and may belong to something else in the paper.

    That is so where the text says that the payments are unequal, where they make another amount of the paper, or
    where they make a share of their total that it states.

    Args:
        sums: the sums of its tables.
        paper: the paper, for its text.
        figures: every number of the paper.
    """
    unequal = any(_SAID_UNEQUAL.search(paragraph.text) for paragraph in paper.paragraphs)
    for a_sum in sums:
        fails = a_sum.kind in {INSTALMENTS, SCHEDULE} and verdict(a_sum) is Verdict.MISMATCH
        if not fails or not (unequal or any(_may_be_meant(found, a_sum) for found in figures)):
            yield a_sum


def _may_be_meant(found: Found, a_sum: Sum) -> bool:
    """Whether payments make another amount of the paper, or the share of their total that a percentage states."""
    value = found.figure.value
    if found.kind is Kind.PERCENT:
        value = EXACT.scaleb(EXACT.multiply(a_sum.total.value, value), -2)
    elif not found.is_amount:
        return False
    off = EXACT.subtract(value, computed(a_sum)).copy_abs()
    return off <= EXACT.add(allowance(a_sum), found.figure.half_unit if found.is_amount else ZERO)


def is_near(a_sum: Sum) -> bool:
    """Whether payments miss their total by less than one of them, so that no other number of them was meant."""
    return abs(difference(a_sum)) < computed(a_sum) / a_sum.parts[0].weight


@dataclass(frozen=True, slots=True)
class _Payment:
    """A payment under a total.

    Attributes:
        label: the words of both.
        total: the total.
        payment: one payment.
        times: how often its label says that it is paid.
        others: how often it may be paid besides, where its total is not that of a year.
    """

    label: str
    total: Found
    payment: Found
    times: int
    others: tuple[int, ...]

    def paid(self, times: int) -> Sum:
        """The sum of so many of the payments."""
        part = Part(as_share(self.payment.figure), Decimal(times))
        return Sum(self.label, self.total.figure, (part,), INSTALMENTS, self.total.figure.at)


def _claimed(payment: _Payment, *, equal: bool) -> Iterator[Sum]:
    """The sum that a payment states: the first number of payments that holds; else, if certain, the labelled one."""
    meant = payment.paid(payment.times)
    if verdict(meant) is not Verdict.MISMATCH:
        yield meant
        return
    if not equal or payment.payment.figure.value < _TELLING * (payment.payment.figure.unit or PENNY):
        return
    others = (payment.paid(times) for times in payment.others)
    holding = next((a_sum for a_sum in others if verdict(a_sum) is not Verdict.MISMATCH), None)
    if holding is not None:
        yield holding
    elif is_near(meant):
        yield meant


def _times(line: Line) -> int:
    """How many of the payments of a row make its total, by its label; 0 for a row of none."""
    return _count(line) or (4 if Role.QUARTER & line.role else 12 if Role.MONTH & line.role else 0)


def _count(line: Line) -> int:
    """The number of payments that a label gives: 4 in "Four payments of"; 0 for none."""
    certain = _CERTAIN.fullmatch(" ".join(line.label.split()))
    count = (certain["count"] or "").lower() if certain else ""
    return _IN_WORDS.index(count) + 2 if count in _IN_WORDS else int(count or 0)


def _is_certain(line: Line) -> bool:
    """Whether the label of a row names one payment among equal ones, and nothing else."""
    return _CERTAIN.fullmatch(" ".join(line.label.split())) is not None


def _other_payments(below: Sequence[Line]) -> bool:
    """Whether rows below a payment, up to the next table, speak of others: a final one, a retention."""
    for line in below:
        if line.starts:
            return False
        if _UNEQUAL.search(line.label):
            return True
    return False


def _pairs(above: Line, line: Line) -> Iterator[tuple[Found, Found]]:
    """Each payment of a row with the one total that it can belong to: in its column, or the only one above."""
    only = above.amounts[above.printed[0]] if len(above.printed) == len(line.printed) == 1 else None
    for total, payment in zip(above.amounts, line.amounts, strict=True):
        meant = total or only
        if payment is not None and meant is not None:
            yield meant, payment
