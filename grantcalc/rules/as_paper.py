"""GC205: what a grant file says if it is read as a paper on its own, all its figures rounded as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule, Severity
from grantcalc.grants.names import figure_name
from grantcalc.money import pounds, round_half_up
from grantcalc.rules.stated import ONLY_ROUNDING
from grantcalc.source import Route
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from grantcalc.grants.judgement import AsPaper, Judgement
    from grantcalc.money import Figure
    from grantcalc.repairs import Repair, Repairs
    from grantcalc.source import Place
    from grantcalc.together import Range, Together

WHAT_ROUNDING_NEEDS: Final = Rule(
    "GC205",
    "what-rounding-would-need",
    Severity.NOTE,
    """\
Where figures do not add up as printed, this note says what the whole paper allows: whether all figures can be true
at once if each is rounded as it is printed, what amounts that forces, and how few changes would make everything
add up exactly. It is the reasoning behind the other findings, not a finding against the paper.""",
    ONLY_ROUNDING.fails,
    ONLY_ROUNDING.passes,
)
RULES: Final = (WHAT_ROUNDING_NEEDS,)

_MOST_NAMED: Final = 8
_HALVES: Final = 2
_FEWER: Final = {
    2: "no one change makes every sum hold; ",
    3: "no one or two changes make every sum hold; ",
}
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def check(judgement: Judgement) -> Iterator[Finding]:
    """What the figures of the file allow together, where they do not all add up as printed."""
    paper = judgement.as_paper
    if paper is None or _is_said(paper):
        return

    def name(figure: Figure) -> str:
        return figure_name(judgement.account.grant, figure)

    stated = {found.figure.at for found in judgement.account.stated if found.key != "payment"}
    notes = [*_ranges(paper, stated, name), *_repairs(paper, name)]
    yield Finding(WHAT_ROUNDING_NEEDS, _message(paper.together), None, Severity.NOTE, notes=tuple(map(Note, notes)))


def _is_said(paper: AsPaper) -> bool:
    """Whether other findings say all there is: payments alone are rounded, or one figure alone is to blame."""
    one_to_blame = paper.together.feasible is False and (paper.repairs.size, paper.repairs.count) == (1, 1)
    return paper.repairs.size == 0 or one_to_blame


def _message(together: Together) -> str:
    as_printed = "read as a paper on its own, every figure rounded as it is printed"
    if together.feasible is None:
        return f"{as_printed}: whether all sums can hold at once is undecided, since too many depend on each other"
    if together.feasible:
        return f"{as_printed}, all figures can be true at once, but only by rounding"
    return f"{as_printed}, the figures cannot all be true: rounding does not explain the differences"


def _ranges(paper: AsPaper, stated: AbstractSet[Place | None], name: Callable[[Figure], str]) -> Iterator[str]:
    """The amounts that rounding would force on stated figures, and what is left of them if the award is exact."""
    ranges = paper.together.ranges if paper.together.feasible else ()
    forced = [r for r in ranges if r.figure.at in stated and _one_sided(r)]
    for direction, chosen in (
        ("up", [r for r in forced if r.highest <= r.figure.value]),
        ("down", [r for r in forced if r.lowest >= r.figure.value]),
    ):
        if chosen:
            amounts = listed([f"{name(r.figure)} {_span(r)}" for r in chosen[:_MOST_NAMED]])
            yield f"needed: printed figures rounded {direction}, from {amounts}"
    exact = paper.award_exact
    if exact is None or paper.award is None or exact.feasible is None or not paper.together.feasible:
        return
    if not exact.feasible:
        exactly = pounds(paper.award.value, pence=True)
        yield f"award: if it is exactly {exactly}, as an offer is, they cannot all be true"
        return
    points = [r for r in exact.ranges if r.figure.at in stated and r.lowest == r.highest and r.lowest.denominator > 1]
    if points:
        yield f"award: {_single(paper.award, points, name)}"


def _single(award: Figure, points: list[Range], name: Callable[[Figure], str]) -> str:
    """What is left if the award is exact, and each of these figures has only one amount."""
    amounts = listed([f"{name(r.figure)} {pounds(r.lowest, pence=True)}" for r in points[:_MOST_NAMED]])
    exact = pounds(award.value, pence=True)
    only = f"if it is exactly {exact}, as an offer is, only one solution is left: {amounts}"
    if len(points) == 1 or any(r.lowest.denominator != _HALVES for r in points):
        return only
    count = _NUMBERS[len(points)] if len(points) < len(_NUMBERS) else str(len(points))
    return f"{only}; all {count} end in exactly 50p, which is possible, and hard to believe"


def _one_sided(found: Range) -> bool:
    """Whether a figure must have been rounded in one direction."""
    return found.highest <= found.figure.value or found.lowest >= found.figure.value


def _span(found: Range) -> str:
    low, high = (pounds(end, pence=True) for end in (found.lowest, found.highest))
    return low if low == high else f"{low} to {high}"


def _repairs(paper: AsPaper, name: Callable[[Figure], str]) -> Iterator[str]:
    """How few changes make everything add up exactly, and whose figures they are."""
    repairs = paper.repairs
    if not repairs.decided:
        return
    start = "exactly as printed, rounded payments aside,"
    if repairs.size is None:
        yield f"changes: {start} no three changes make every sum hold"
        return
    yield f"changes: {start} {_FEWER.get(repairs.size, '')}{_smallest(repairs, name)}"
    held = paper.award_held
    if held is not None and _touches_award(repairs):
        yield f"changes: {_if_award_stands(held, name)}"


def _smallest(repairs: Repairs, name: Callable[[Figure], str]) -> str:
    """The smallest repairs in words."""
    size = _changes(repairs.size or 0)
    if repairs.count > 1:
        return f"{size} can do it in {repairs.count:,} ways, and the figures cannot say which"
    repair = repairs.repairs[0]
    changes = listed([f"{name(c.figure)} to {pounds(c.to)}" for c in repair.changes])
    funders = "; the award is the funder's to change" if _touches_award(repairs) else ""
    return f"the only repair by {size} is {changes}{funders}{_on_the_half(repair, name)}"


def _changes(size: int) -> str:
    return f"{_NUMBERS[size]} change{'' if size == 1 else 's'}"


def _on_the_half(repair: Repair, name: Callable[[Figure], str]) -> str:
    """That a payment left alone would then stand for an amount that is printed differently."""
    said = [
        f"; and then the {name(c.figure)} of {c.figure.text} stands for {pounds(c.to)}, which rounded half up prints "
        f"{pounds(round_half_up(c.to, c.figure.unit))}"
        for c in repair.on_the_half
        if c.figure.unit is not None
    ]
    return "".join(said)


def _touches_award(repairs: Repairs) -> bool:
    """Whether every smallest repair changes the award."""
    return bool(repairs.repairs) and all(
        any(change.figure.at == Route(("award",)) for change in repair.changes) for repair in repairs.repairs
    )


def _if_award_stands(held: Repairs, name: Callable[[Figure], str]) -> str:
    if not held.decided:
        return "if the award stands, how few changes would do was not searched to the end"
    if held.size is None:
        return "if the award stands, no four changes make every sum hold"
    ways = counted(held.count, "way")
    if held.count == 1:
        changes = listed([f"{name(c.figure)} to {pounds(c.to)}" for c in held.repairs[0].changes])
        return f"if the award stands, {_changes(held.size)} can do it: {changes}"
    must = f"if the award stands, {_NUMBERS[held.size]} figures must change"
    return f"{must}, and there are {ways}: the figures cannot say which"
