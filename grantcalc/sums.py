"""Sums: a total and the weighted parts that should make it, and whether it holds.

Everything that is checked is a sum: a year's salaries are a sum of posts, a grand total is a sum of totals,
four payments make a year. The verdict follows the interval test of XBRL International's Calculations 1.1
(round to nearest, closed intervals): a printed figure stands for every amount within half its printed unit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from grantcalc.money import EXACT, ZERO

if TYPE_CHECKING:
    from grantcalc.money import Figure
    from grantcalc.source import Place


class Verdict(StrEnum):
    """Whether the parts make the total."""

    EXACT = "exact"
    ROUNDING = "rounding"
    MISMATCH = "mismatch"

    @property
    def rank(self) -> int:
        """Zero for the best verdict; a larger number is a worse one."""
        return list(Verdict).index(self)


class Part(NamedTuple):
    """A figure that a sum adds, and how many times it counts: -1 where it is taken off."""

    figure: Figure
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Sum:
    """A total and the weighted parts that should make it.

    Attributes:
        label: what the sum is of, in the words of the file or paper.
        total: the figure that the parts should make.
        parts: the figures that are added.
        kind: which structure claims it, such as "costs", "payments" or "column".
        at: where the sum stands; None stands for the place of its total.
    """

    label: str
    total: Figure
    parts: tuple[Part, ...]
    kind: str = ""
    at: Place | None = None

    def __reduce__(self) -> tuple[type[Sum], tuple[object, ...]]:
        """What another process is sent; that of a dataclass takes several times as long."""
        return Sum, (self.label, self.total, self.parts, self.kind, self.at)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The total and the parts' figures."""
        return (self.total, *(part.figure for part in self.parts))

    @cached_property
    def verdict(self) -> Verdict:
        """Whether it holds by itself: kept, since the account, the analysis, the rules and the counts all ask."""
        return _judged(self)

    @property
    def place(self) -> Place | None:
        """Where the sum stands: its own place, or else that of its total."""
        return self.at or self.total.at


def written_out(a_sum: Sum, most: int | None = None) -> str:
    """The parts of a sum with their signs: "£40 + 3 × £20 − £5".

    Args:
        a_sum: the sum.
        most: of a longer sum, show one part less than this and the last, and say how many there are; None for all.
    """
    parts = a_sum.parts if most is None or len(a_sum.parts) <= most else a_sum.parts[: most - 1]
    written = ""
    for part in parts:
        written += _signed(part, first=not written)
    if len(parts) < len(a_sum.parts):
        return f"{written} + …{_signed(a_sum.parts[-1])} ({len(a_sum.parts):,} parts)"
    return written


def _signed(part: Part, *, first: bool = False) -> str:
    """A part with its sign and how often it counts, as it follows others."""
    times = "" if abs(part.weight) == 1 else f"{abs(part.weight):f} × "
    sign = "− " if part.weight < 0 else "" if first else "+ "
    return f"{'' if first else ' '}{sign}{times}{part.figure.text}"


def coefficients(a_sum: Sum) -> dict[Figure, Decimal]:
    """How often each figure counts in `total − Σ weight × part`, which a sum says is zero.

    A figure that stands in a sum several times has one coefficient; figures that cancel out have none.
    """
    counted: dict[Figure, Decimal] = {a_sum.total: Decimal(1)}
    for part in a_sum.parts:
        counted[part.figure] = EXACT.subtract(counted.get(part.figure, ZERO), part.weight)
    return {figure: weight for figure, weight in counted.items() if weight}


def computed(a_sum: Sum) -> Decimal:
    """What the parts make, in pounds, without rounding."""
    made = ZERO
    for part in a_sum.parts:
        made = EXACT.add(made, EXACT.multiply(part.weight, part.figure.value))
    return made


def difference(a_sum: Sum) -> Decimal:
    """The total less what the parts make, in pounds: negative where the stated total is too small."""
    return EXACT.subtract(a_sum.total.value, computed(a_sum))


def allowance(a_sum: Sum) -> Decimal:
    """The largest gap that rounding explains: half the sum of |weight| × printed unit over all figures."""
    allowed = ZERO
    for figure, weight in coefficients(a_sum).items():
        allowed = EXACT.add(allowed, EXACT.multiply(weight.copy_abs(), figure.half_unit))
    return allowed


def verdict(a_sum: Sum) -> Verdict:
    """Judge one sum by itself: exact, rounding or mismatch."""
    return a_sum.verdict


def _judged(a_sum: Sum) -> Verdict:
    gap = difference(a_sum).copy_abs()
    if not gap:
        return Verdict.EXACT
    return Verdict.ROUNDING if gap <= allowance(a_sum) else Verdict.MISMATCH


def restating(a_sum: Sum, figure: Figure, to: Decimal) -> Sum:
    """The same sum, with one of its figures stating another amount in the same unit."""
    return _with(a_sum, figure, replace(figure, value=to))


def taking_as_exact(a_sum: Sum, figure: Figure) -> Sum:
    """The same sum, with one of its figures taken as exactly what is printed."""
    return _with(a_sum, figure, figure.exactly())


def _with(a_sum: Sum, old: Figure, new: Figure) -> Sum:
    """The same sum with one figure in the place of another."""
    parts = tuple(part._replace(figure=new) if part.figure == old else part for part in a_sum.parts)
    return replace(a_sum, total=new if a_sum.total == old else a_sum.total, parts=parts)
