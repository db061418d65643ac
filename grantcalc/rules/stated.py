"""GC2: stated figures that the costs, or the paper's own parts, do not make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Reasoning, Rule
from grantcalc.gaps import beyond_rounding, too_large
from grantcalc.grants.stated import Kind, StatedFigure
from grantcalc.money import ZERO, as_precise_as_printed, pounds
from grantcalc.rules.causes import cause_notes
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.sums import Verdict, allowance, computed, difference, restating, verdict
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from grantcalc.grants.judgement import Judgement
    from grantcalc.money import Figure
    from grantcalc.sums import Sum

_FILE: Final = """\
grant: Example
years:
  - year: 2025-26
    stated:
      salary: £60,000
      overhead: £9,000
      total: £69,000
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
        overhead: £4,500
  - role: Analyst
    costs:
      2025-26:
        salary: £30,000
        overhead: £4,500
"""

DIFFERS: Final = Rule(
    "GC201",
    "stated-figure-differs",
    Severity.ERROR,
    """\
A heading's total, a grand total or another figure that the paper states is not what the costs of the grant file
make. Costs are exact; a stated figure is as precise as it is printed, so £69,000 stands for anything from
£68,999.50 to £69,000.50. Either a cost or the stated figure is wrong, or the costs were copied from rounded
figures: then enter the pence, or say `costs_rounded_to: pounds`.""",
    _FILE.replace("overhead: £9,000", "overhead: £9,003").replace("total: £69,000", "total: £69,003"),
    _FILE,
    gist=("a stated figure differs from the costs", "{n} stated figures differ from the costs"),
)
ONLY_ROUNDING: Final = Rule(
    "GC202",
    "stated-figure-rounded",
    Severity.WARNING,
    """\
A stated figure is not what the costs, or the paper's own parts, make as printed; but true amounts exist, each
within half a printed unit of its figure, that do. A reader who adds up the paper will stumble over it: state the
parts more precisely, or say under the table that figures may not sum due to rounding.""",
    "costs_rounded_to: pounds\n" + _FILE.replace("£60,000\n      overhead", "£60,001\n      overhead"),
    "costs_rounded_to: pounds\n" + _FILE,
)
OWN_PARTS: Final = Rule(
    "GC203",
    "stated-parts-differ",
    Severity.ERROR,
    """\
A stated total is not what the paper's own stated parts make, by more than rounding explains: the paper
contradicts itself, even where each figure by itself is near enough to rounded costs.""",
    "costs_rounded_to: pounds\n"
    + _FILE.replace("£60,000", "£60,001").replace("£9,000", "£9,001").replace("£69,000", "£68,998"),
    "costs_rounded_to: pounds\n" + _FILE,
    gist=(
        "a stated total differs from the paper's own parts",
        "{n} stated totals differ from the paper's own parts",
    ),
)
_TOGETHER: Final = """\
grant: Example
costs_rounded_to: pounds
years:
  - year: 2025-26
    stated:
      salary: £60,001
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
        overhead: £4,500
    stated:
      2025-26:
        total: £34,499
  - role: Analyst
    costs:
      2025-26:
        salary: £30,000
        overhead: £4,500
    stated:
      2025-26:
        total: £34,499
"""
TOGETHER: Final = Rule(
    "GC204",
    "sums-exclude-each-other",
    Severity.ERROR,
    """\
Each of these sums may hold by rounding, but not all of them at once: no amounts within half a printed unit of
every figure make them all. In a table this happens when rows are rounded one way and columns the other.""",
    _TOGETHER.replace("£60,001", "£60,002").replace(
        "  - role: Analyst",
        """\
  - role: Manager
    costs:
      2025-26:
        salary: £0
        overhead: £4,500
    stated:
      2025-26:
        total: £4,499
  - role: Analyst""",
    ),
    _TOGETHER.replace("£60,001", "£60,000").replace("£34,499", "£34,500"),
    gist=("stated figures cannot all hold at once", "{n} groups of stated figures cannot all hold at once"),
)
RULES: Final = (DIFFERS, ONLY_ROUNDING, OWN_PARTS, TOGETHER)


_MAKERS: Final = {
    Kind.COSTS: "the costs",
    Kind.GIVEN: "its amounts",
    Kind.STATED_HEADINGS: "the stated heading totals",
    Kind.STATED_LINES: "the stated lines",
    Kind.STATED_YEARS: "the stated years",
}


def check(judgement: Judgement) -> Iterator[Finding]:
    """Findings on stated headings and totals, one a figure."""
    differing = {found.figure for found in judgement.account.stated if found.agreement is Verdict.MISMATCH}
    for found in judgement.account.stated:
        if found.key == "payment":
            continue
        finding = _judge(found, differing, judgement)
        if finding is not None:
            yield finding
    yield from _together(judgement)


def _is_rounded(costs: Sum) -> bool:
    """Whether a stated figure is just what exact costs make, rounded as it is printed: there is nothing to say."""
    return verdict(costs) is Verdict.ROUNDING and all(part.figure.unit is None for part in costs.parts)


def _judge(found: StatedFigure, differing: set[Figure], judgement: Judgement) -> Finding | None:
    """The finding on one stated figure, if any."""
    costs, *own = found.sums
    if verdict(costs) is Verdict.MISMATCH:
        return _differs(found, costs, judgement)
    in_question = [a_sum for a_sum in own if not differing.intersection(a_sum.figures)]
    if not _is_rounded(costs):
        in_question.insert(0, costs)
    worst = max(in_question, key=lambda a_sum: verdict(a_sum).rank, default=costs)
    if worst is costs and _is_rounded(costs):
        return None
    if verdict(worst) is Verdict.MISMATCH:
        message = f"{found.name} stated as {found.figure.text}, but {_makers(worst)} make {pounds(computed(worst))}"
        slips = Reasoning(lambda: judgement.slips.get(worst, ()))
        notes = Reasoning(
            lambda: (Note(f"working: {_working(worst)}"), Note(beyond_rounding(worst)), *cause_notes(slips))
        )
        return replace(_finding(OWN_PARTS, message, found, worst, notes), likely=slips)
    if verdict(worst) is Verdict.ROUNDING:
        return _rounds(found, worst)
    return None


def _finding(rule: Rule, message: str, found: StatedFigure, a_sum: Sum, notes: Sequence[Note]) -> Finding:
    marker = too_large(difference(a_sum))
    return Finding(rule, message, found.figure.at, rule.severity, verdict(a_sum), marker, notes)


def _differs(found: StatedFigure, costs: Sum, judgement: Judgement) -> Finding:
    made = computed(costs)
    message = f"{found.name} stated as {found.figure.text}, but {_makers(costs)} make {pounds(made)}"
    slips = Reasoning(lambda: judgement.slips.get(costs, ()))

    def explained() -> Iterator[Note]:
        agreeing = [f"; {_makers(s)} make {pounds(made)} too" for s in found.sums[1:] if computed(s) == made]
        yield Note(f"working: {_working(costs)}{''.join(agreeing)}")
        yield Note(_rounding(found, costs, judgement))
        yield from cause_notes(slips)
        yield _remedy(found, made, judgement)

    return replace(_finding(DIFFERS, message, found, costs, Reasoning(explained)), likely=slips)


def _makers(a_sum: Sum) -> str:
    """The parts of a sum as the subject of "make"."""
    return _MAKERS[Kind(a_sum.kind)]


def _working(a_sum: Sum) -> str:
    """How the parts make what they make: by heading where a total adds several."""
    made = pounds(computed(a_sum))
    headings = _by_heading(a_sum)
    if len(headings) > 1:
        return f"{' + '.join(f'{pounds(amount)} {heading}' for heading, amount in headings.items())} = {made}"
    if len(a_sum.parts) > _MOST_SHOWN:
        return f"{counted(len(a_sum.parts), 'amount')} make {made}"
    texts = [part.figure.text for part in a_sum.parts]
    if len(texts) > 1:
        return f"{' + '.join(texts)} = {made}"
    return f"the only amount is {texts[0]}" if texts else "there are no costs"


_MOST_SHOWN: Final = 8
"""Sums of more parts are not written out."""


def _by_heading(a_sum: Sum) -> dict[str, Decimal]:
    """What the parts of a total make per heading, which is the last key of their route."""
    made: dict[str, Decimal] = {}
    for part in a_sum.parts:
        if isinstance(part.figure.at, Route):
            heading = str(part.figure.at.keys[-1])
            made[heading] = made.get(heading, ZERO) + part.figure.value
    return made


def _rounding(found: StatedFigure, costs: Sum, judgement: Judgement) -> str:
    """Whether rounding could explain a figure that differs, if the costs were rounded figures."""
    if judgement.account.grant.costs_rounded_to == "pounds":
        return beyond_rounding(costs)
    rounded = next((s for s in found.sums if s.kind == Kind.STATED_HEADINGS), _as_printed(costs))
    gap, allowed = abs(difference(rounded)), allowance(rounded)
    if gap > allowed:
        return (
            f"rounding: no explanation, even with every figure rounded as it is printed (allowance {pounds(allowed)})"
        )
    return (
        f"rounding: taken as a paper on its own, every figure as precise as it is printed, {pounds(gap)} is within the "
        f"allowance of {pounds(allowed)}; what that would need is said below (GC205). If the costs were copied from "
        "rounded figures, enter the pence, or say costs_rounded_to: pounds"
    )


def _as_printed(a_sum: Sum) -> Sum:
    """The same sum with every part as precise as its text."""
    return replace(a_sum, parts=tuple(p._replace(figure=as_precise_as_printed(p.figure)) for p in a_sum.parts))


def _remedy(found: StatedFigure, made: Decimal, judgement: Judgement) -> Note:
    """What to state instead, unless that would put another sum out."""
    put_out = [
        changed
        for a_sum in judgement.account.sums
        if found.figure in a_sum.figures
        and verdict(changed := restating(a_sum, found.figure, made)).rank > verdict(a_sum).rank
    ]
    if not put_out:
        return Note(f"to mend: state {pounds(made)}, or correct the costs")
    others = listed([f'"{s.label}" {pounds(abs(difference(s)))} out' for s in put_out[:3]])
    return Note(f"to mend: check the costs first; to state {pounds(made)} and change nothing else would put {others}")


def _rounds(found: StatedFigure, a_sum: Sum) -> Finding:
    made, gap = pounds(computed(a_sum)), pounds(abs(difference(a_sum)))
    message = f"{found.name} stated as {found.figure.text}, {_makers(a_sum)} make {made}: only rounding explains {gap}"
    parts = counted(len(a_sum.parts), "part")
    notes = (
        Note(f"working: {_working(a_sum)}"),
        Note(f"rounding: the allowance is {pounds(allowance(a_sum))} for {parts} and a total"),
        Note('to mend: state the parts more precisely, or add under the table "Figures may not sum due to rounding."'),
    )
    return _finding(ONLY_ROUNDING, message, found, a_sum, notes)


def _together(judgement: Judgement) -> Iterator[Finding]:
    """Groups of sums that each may hold, but not all at once."""
    for conflict in judgement.together.conflicts:
        if any(verdict(a_sum) is Verdict.MISMATCH for a_sum in conflict):
            continue
        message = f"{counted(len(conflict), 'sum')} may each hold by rounding, but cannot all hold at once"
        notes = [Note(f"together: {s.label}, {pounds(abs(difference(s)))} out", s.place) for s in conflict]
        remedy = Note("to mend: correct one of these figures, or state them more precisely")
        at = conflict[0].place
        yield Finding(TOGETHER, message, at, TOGETHER.severity, Verdict.MISMATCH, notes=(*notes[:6], remedy))
