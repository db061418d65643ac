"""What rounding would need if it were to explain every difference of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grantcalc.papers.styles import printed_like
from grantcalc.repairs import fewest_changes
from grantcalc.sums import Part, Sum, Verdict, verdict
from grantcalc.together import groups, judge_together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from grantcalc.money import Figure
    from grantcalc.repairs import Repair, Repairs
    from grantcalc.together import Range, Together

LARGEST: Final = 60
"""Groups of more sums than this are not searched for repairs."""

_FEW: Final = 3
_MOST_SHOWN: Final = 6
_NUMBERS: Final = ("no", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Belief:
    """Why rounding is possible, and hard to believe.

    Attributes:
        one_sided: figures that the sums allow only above, or only below, what is printed.
        told: what else the joint analysis says, a sentence each.
    """

    one_sided: tuple[Range, ...]
    told: tuple[str, ...]


def belief(sums: Sequence[Sum], award: Figure | None = None) -> Belief | None:
    """Find out what it would need for rounding to explain every difference of sums that share figures.

    Args:
        sums: the sums that a paper states.
        award: the figure that states the award, if one does.

    Returns:
        None where rounding explains nothing, or explains it easily.
    """
    open_groups = [g for g in groups(sums) if sum(verdict(s) is Verdict.ROUNDING for s in g) > 1]
    together = judge_together(s for group in open_groups for s in group)
    one_sided = tuple(found for found in together.ranges if _one_sided(found))
    if together.feasible is not True or len(one_sided) < _FEW:
        return None
    rounded = {s for group in open_groups for s in group if verdict(s) is Verdict.ROUNDING}
    touched = [g for g in groups(sums, through_exact=True) if not rounded.isdisjoint(g)]
    told = [line for group in touched if len(group) <= LARGEST for line in _told(group, award)]
    return Belief(one_sided, tuple(told))


def _one_sided(found: Range) -> bool:
    """Whether a figure must lie on one side of what is printed, by a quarter of its unit at least."""
    printed, quarter = Fraction(found.figure.value), Fraction(found.figure.half_unit) / 2
    width = found.highest - found.lowest
    return (found.lowest >= printed or found.highest <= printed) and width <= 2 * quarter


def _told(group: Sequence[Sum], award: Figure | None) -> Iterator[str]:
    """What an exact award forces on a group of sums, and how few changes would repair it."""
    payments = _payments(group)
    held = [award] if award is not None and any(award in s.figures for s in group) else []
    if award is not None and held:
        yield _with_exact_award(judge_together(_exact(group, award)), award, payments)
    found = fewest_changes(group, rounded=payments)
    yield from _repairs_told(found, bool(payments))
    if found.size and award is not None and held:
        yield from _held_told(fewest_changes(group, rounded=payments, held=held, most=4), award)


def _exact(group: Sequence[Sum], figure: Figure) -> list[Sum]:
    """The sums of a group with one figure taken as exact."""

    def of(other: Figure) -> Figure:
        return other.exactly() if other == figure else other

    return [
        Sum(s.label, of(s.total), tuple(Part(of(p.figure), p.weight) for p in s.parts), s.kind, s.at) for s in group
    ]


def _with_exact_award(together: Together, award: Figure, payments: Collection[Figure]) -> str:
    """What is left to the figures where the award is exactly what is printed."""
    if together.feasible is None:
        return f"award: whether all sums can hold with an award of exactly {award.text} is undecided"
    if not together.feasible:
        return f"award: with an award of exactly {award.text} the sums cannot all hold"
    settled = [found for found in together.ranges if found.lowest == found.highest]
    unprinted = [found for found in settled if found.lowest != Fraction(found.figure.value)]
    forced = [found for found in unprinted if found.figure not in payments]
    if not forced:
        return f"award: with an award of exactly {award.text} all sums can still hold"
    shown = ", ".join(f"{f.figure.text} is {printed_like(f.figure, f.lowest)}" for f in forced[:_MOST_SHOWN])
    halves = f"; all {len(forced)} end in exactly 50p" if all(f.lowest % 1 == Fraction(1, 2) for f in forced) else ""
    return f"award: with an award of exactly {award.text}, amounts are forced: {shown}{halves}"


def _payments(group: Sequence[Sum]) -> list[Figure]:
    """Figures that are an equal share of another, and so are rounded whatever else is exact."""
    shares = [s for s in group if len(s.parts) == 1 and abs(s.parts[0].weight) != 1]
    return [s.parts[0].figure if abs(s.parts[0].weight) > 1 else s.total for s in shares]


def _repairs_told(found: Repairs, payments: bool) -> Iterator[str]:  # noqa: FBT001  (private, named at the call)
    """How few figures would have to change if they are exact as printed."""
    read = "repair: read as exact" + (" (payments alone rounded)" if payments else "")
    if not found.decided:
        return
    if found.size is None:
        yield f"{read}, no three changes make all sums hold"
    elif found.count == 1 and found.repairs:
        fewer = "" if found.size == 1 else f"no {_or_fewer(found.size - 1)} repair the paper; "
        yield f"{read}, {fewer}the only repair by {_NUMBERS[found.size]} is {_changes(found.repairs[0])}"
    elif found.size:
        yield f"{read}, {_NUMBERS[found.size]} of the figures must change, in {found.count} ways"


def _or_fewer(size: int) -> str:
    """Changes up to a number: "one change", "one or two changes"."""
    return "one change" if size == 1 else f"{' or '.join(_NUMBERS[1 : size + 1])} changes"


def _changes(repair: Repair) -> str:
    """The changes of a repair, and the payments that would then print otherwise."""
    changes = ", ".join(f"{c.figure.text} to {printed_like(c.figure, c.to)}" for c in repair.changes)
    halves = "".join(
        f"; {c.figure.text} would then stand for {printed_like(c.figure, c.to)}, which rounds up"
        for c in repair.on_the_half
    )
    return changes + halves


def _held_told(found: Repairs, award: Figure) -> Iterator[str]:
    """How few figures would have to change if the award stands."""
    if found.decided and found.size:
        ways = "in one way" if found.count == 1 else f"in {found.count} ways"
        number = _NUMBERS[found.size]
        yield f"repair: if the award of {award.text} stands, {number} figures must change, {ways}"
