"""Ways to read a sum out of words, how sure each is, and how likely figures are to fit by chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Final

from grantcalc.money import EXACT
from grantcalc.papers.numbers.keyboard import differ_by_a_digit, differ_by_a_unit
from grantcalc.papers.sentences.wording import naming
from grantcalc.sums import Part, Sum, Verdict, allowance, coefficients, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.passages import Term


NEARBY: Final = "nearby"
"""The kind of sums that are claimed only because their figures stand together and fit."""


class Sureness(IntEnum):
    """What the words around figures say of a sum."""

    NEARBY = 0
    """The figures merely stand together."""
    HINTED = 1
    """The words allow a sum, and much else: "with", "of which"."""
    SUGGESTED = 2
    """The words speak of a sum, which the figures miss by a slip of the keyboard at most."""
    LIKELY = 3
    """The words mean a sum unless the figures are far from making one: brackets, a colon, "a total of"."""
    STATED = 4
    """The words leave no other meaning: "comprising", "plus … makes"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sum that words or figures suggest.

    Attributes:
        claim: the sum.
        sure: what the words say of it.
        tries: how many combinations of figures were tried to find it.
    """

    claim: Sum
    sure: Sureness
    tries: int = 1

    @property
    def holds(self) -> bool:
        """Whether the parts make the total, rounding allowed for."""
        return verdict(self.claim) is not Verdict.MISMATCH

    @property
    def stands(self) -> bool:
        """Whether the sum is to be claimed: on its words, or because it holds, and hardly by chance."""
        if self.holds:
            return self.sure is Sureness.STATED or self.chance <= _MOST_CHANCE[self.sure]
        if self.sure is Sureness.LIKELY:
            return self._is_near() or self._misses_by_a_slip()
        return self.sure is Sureness.STATED or (self.sure is Sureness.SUGGESTED and self._misses_by_a_slip())

    @property
    def chance(self) -> Fraction:
        """About how likely figures of this size and roundness are to make a sum without being one.

        The step of which all figures are multiples, and the width of the allowance where rounding is needed,
        against the size of the largest figure, times the number of combinations that were tried.
        """
        figures = self.claim.figures
        largest = max(abs(Fraction(figure.value)) for figure in figures)
        if not largest:
            return Fraction(1)
        step = common_step(figures)
        if verdict(self.claim) is Verdict.ROUNDING:
            step += 2 * Fraction(allowance(self.claim))
        return min(Fraction(1), self.tries * step / largest)

    def _is_near(self) -> bool:
        """Whether a sum that fails does so by less than a tenth of its largest figure."""
        largest = max(abs(figure.value) for figure in self.claim.figures)
        return 10 * abs(difference(self.claim)) < largest

    def _misses_by_a_slip(self) -> bool:
        """Whether one figure with a digit changed, two swapped, or another unit would make the sum hold."""
        gap = difference(self.claim)
        return any(
            abs(weight) == 1 and _is_slip(figure.value, EXACT.subtract(figure.value, gap * weight))
            for figure, weight in coefficients(self.claim).items()
        )


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one amount may be meant for another: the same but for a digit or a unit, and on the same side of zero."""
    return (one < 0) == (other < 0) and (differ_by_a_digit(one, other) or differ_by_a_unit(one, other))


_MOST_CHANCE: Final = {
    Sureness.NEARBY: Fraction(1, 200),
    Sureness.HINTED: Fraction(1, 5),
    Sureness.SUGGESTED: Fraction(1, 10),
    Sureness.LIKELY: Fraction(1, 2),
}


def reading(total: Term, parts: Iterable[tuple[Term, int]], sure: Sureness, kind: str, *, tries: int = 1) -> Reading:
    """Read terms as a sum.

    Args:
        total: the term that the others make.
        parts: the terms that are added, each with 1, or with -1 where it is taken off.
        sure: what the words say.
        kind: which structure the words make.
        tries: how many combinations were tried to find this one.
    """
    return Reading(
        Sum(naming(total.before), total.figure, tuple(part_of(t, sign) for t, sign in parts), kind),
        sure,
        tries=tries,
    )


def part_of(term: Term, sign: int = 1) -> Part:
    """A term as a part, as often as the words say."""
    return Part(term.figure, EXACT.multiply(term.times, Decimal(sign)))


def common_step(figures: Iterable[Figure]) -> Fraction:
    """The largest amount of which all figures are whole multiples: £500 for £1,500 and £2,000."""
    values = [Fraction(figure.value) for figure in figures if figure.value]
    scale = max((value.denominator for value in values), default=1)
    return Fraction(gcd(*(int(value * scale) for value in values)), scale) if values else Fraction(0)
