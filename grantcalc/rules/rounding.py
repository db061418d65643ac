"""What rounding would need, and how few changes would do, in notes under a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from grantcalc.as_printed import was_rounded_up
from grantcalc.findings import Note
from grantcalc.money import round_half_up
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from grantcalc.as_printed import AsPrinted
    from grantcalc.money import Figure
    from grantcalc.repairs.repair import Repair, Repairs
    from grantcalc.together import Range

_MOST_NAMED: Final = 12
_HALVES: Final = 2
_FEWER: Final = {
    2: "no one change makes every sum hold; ",
    3: "no one or two changes make every sum hold; ",
}
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


class Writer(Protocol):
    """How a kind of file names its figures and prints amounts."""

    def name(self, figure: Figure) -> str:
        """A figure as a sentence names it."""

    def amount(self, figure: Figure, amount: Decimal) -> str:
        """An amount that a figure could state."""

    def precisely(self, figure: Figure, amount: Decimal | Fraction) -> str:
        """An amount that a figure could stand for before it was rounded."""


def explain(read: AsPrinted, of_interest: Callable[[Figure], bool], writer: Writer) -> Iterator[Note]:
    """The amounts that rounding forces, what is left if the award is exact, and the smallest repairs.

    Args:
        read: what the sums say as they are printed.
        of_interest: the figures whose amounts are worth telling, among those that need not be rounded.
        writer: names figures and prints amounts.
    """
    known = {*read.rounded, read.award}

    def is_told(found: Range) -> bool:
        return found.figure not in known and of_interest(found.figure)

    yield from (_needed(found, writer) for found in list(filter(is_told, read.one_sided))[:_MOST_NAMED])
    yield from _with_exact_award(read, is_told, writer)
    yield from _changes(read, writer)


def _needed(found: Range, writer: Writer) -> Note:
    """One figure, and what it must have been before it was rounded."""
    low, high = (writer.precisely(found.figure, end) for end in (found.lowest, found.highest))
    amounts = low if low == high else f"{low} to {high}"
    direction = "up" if was_rounded_up(found) else "down"
    return Note(f"needed: {writer.name(found.figure)} is {amounts}, rounded {direction}", found.figure.at)


def _with_exact_award(read: AsPrinted, is_told: Callable[[Range], bool], writer: Writer) -> Iterator[Note]:
    """What is left to the figures if the award is exactly what is printed."""
    exact = read.award_exact
    if exact is None or read.award is None or exact.feasible is None or not read.together.feasible:
        return
    start = f"award: if it is exactly {writer.precisely(read.award, read.award.value)}, as an offer is,"
    if not exact.feasible:
        yield Note(f"{start} the figures cannot all be true", read.award.at)
        return
    points = [r for r in exact.ranges if is_told(r) and r.lowest == r.highest and r.lowest.denominator > 1]
    if points:
        yield Note(f"{start} only one solution is left: {_settled(points, writer)}", read.award.at)


def _settled(points: Sequence[Range], writer: Writer) -> str:
    """Figures of which only one amount is left."""
    amounts = listed([f"{writer.name(r.figure)} {writer.precisely(r.figure, r.lowest)}" for r in points[:_MOST_NAMED]])
    if len(points) == 1 or any(r.lowest.denominator != _HALVES for r in points):
        return amounts
    return f"{amounts}; all {_number(len(points))} end in exactly 50p, which is possible, and hard to believe"


def _changes(read: AsPrinted, writer: Writer) -> Iterator[Note]:
    """How few changes make everything add up exactly, and whose figures they are."""
    repairs = read.repairs
    if not repairs.decided:
        return
    start = "changes: exactly as printed, rounded payments aside,"
    if repairs.size is None:
        yield Note(f"{start} no three changes make every sum hold")
        return
    of_award = _touches_award(read)
    funders = "; the award is the funder's to change" if of_award and repairs.count == 1 else ""
    yield Note(f"{start} {_FEWER.get(repairs.size, '')}{_smallest(repairs, writer, funders)}")
    if read.award_held is not None and of_award:
        yield Note(f"changes: if the award stands, {_if_award_stands(read.award_held, writer)}")


def _smallest(repairs: Repairs, writer: Writer, funders: str) -> str:
    """The smallest repairs in words."""
    size = _counted_changes(repairs.size or 0)
    if repairs.count > 1:
        return f"{size} can do it in {repairs.count:,} ways, and the figures cannot say which"
    repair = repairs.repairs[0]
    return f"the only repair by {size} is {_listed(repair, writer)}{funders}{_on_the_half(repair, writer)}"


def _listed(repair: Repair, writer: Writer) -> str:
    return listed([f"{writer.name(c.figure)} to {writer.amount(c.figure, c.to)}" for c in repair.changes])


def _on_the_half(repair: Repair, writer: Writer) -> str:
    """That a payment left alone would then stand for an amount that is printed differently."""
    return "".join(
        f"; and then the payment of {c.figure.text} stands for {writer.precisely(c.figure, c.to)}, which rounded half "
        f"up prints {writer.amount(c.figure, round_half_up(c.to, c.figure.unit))}"
        for c in repair.on_the_half
        if c.figure.unit is not None
    )


def _touches_award(read: AsPrinted) -> bool:
    """Whether every smallest repair changes the award."""
    repairs = read.repairs.repairs
    return bool(repairs) and all(any(c.figure == read.award for c in repair.changes) for repair in repairs)


def _if_award_stands(held: Repairs, writer: Writer) -> str:
    if not held.decided:
        return "how few changes would do was not searched to the end"
    if held.size is None:
        return "no four changes make every sum hold"
    if held.count == 1:
        return f"{_counted_changes(held.size)} can do it: {_listed(held.repairs[0], writer)}"
    return f"{_number(held.size)} figures must change, in {held.count:,} ways: the figures cannot say which"


def _counted_changes(size: int) -> str:
    return f"{_number(size)} change{'' if size == 1 else 's'}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
