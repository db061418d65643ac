"""GC601 to GC603, GC606, GC613: sums of a paper that fail, fit by rounding only, cannot all hold, leave rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Reasoning, Rule
from grantcalc.money import Figure, add, more_precise_than_pence
from grantcalc.papers.numbers.keyboard import differ_by_a_swap
from grantcalc.papers.styles import printed_like
from grantcalc.rules.rounding import explain
from grantcalc.severity import Severity
from grantcalc.slips import SlipKind, likely_slips
from grantcalc.sums import Verdict, allowance, computed, difference, verdict, written_out
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from grantcalc.as_printed import AsPrinted
    from grantcalc.papers.evidence import Evidence
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.suspects import Suspect
    from grantcalc.papers.tables.omissions import Omission
    from grantcalc.slips import Slip
    from grantcalc.source import Place
    from grantcalc.sums import Sum

TOTAL_DIFFERS: Final = Rule(
    code="GC601",
    name="total-differs",
    severity=Severity.ERROR,
    page="""\
A paper states a total that its parts do not make, and rounding cannot explain the gap.

Every printed figure stands for an amount within half of its last printed unit: £202,329 for anything from
£202,328.50 to £202,329.50, and £2.235m for anything within £500. If no such amounts exist that make the
sum, one of the figures is wrong. Figures printed to the penny leave no room at all.

Where one figure fails in a row and in a column, or in two other sums, that figure is named, rather than
the totals. Look it up in the source, put it right, and check again: a total that is changed to fit may be
wrong in the same way.""",
    fails="""\
# Youth mentoring

The grant of £48,500 is made up of £31,200 for staff and £16,300 for premises.
""",
    passes="""\
# Youth mentoring

The grant of £48,500 is made up of £31,200 for staff and £17,300 for premises.
""",
    example="md",
    gist=("a stated total is not what its parts make", "{n} stated totals are not what their parts make"),
)


ROUNDING_GAP: Final = Rule(
    code="GC602",
    name="rounding-gap",
    severity=Severity.WARNING,
    page="""\
The parts do not make the total as printed, but could before they were rounded.

Each figure may be off by half of its printed unit, so a total of two parts, all in whole pounds, may
differ by up to £1.50. Readers who add up the figures will still find the gap. Either state amounts that
add, or add a line to the paper, such as "Figures may not sum due to rounding".""",
    fails="""\
# Community safety fund

The fund of £3.6m comprises £1.25m for patrols and £2.31m for lighting.
""",
    passes="""\
# Community safety fund

The fund of £3.56m comprises £1.25m for patrols and £2.31m for lighting.
""",
    example="md",
)


SUMS_CONFLICT: Final = Rule(
    code="GC603",
    name="sums-conflict",
    severity=Severity.ERROR,
    page="""\
Each of these sums could hold if its figures were rounded, but not all of them at once.

Sums share figures. One may need an amount to have been rounded up and another the same amount to have
been rounded down; then at least one printed figure is wrong, although every sum passes by itself. Go back
to the unrounded figures of the sums that are named.""",
    fails="""\
# Two-year award

| Year   | Staff  | Premises | Total  |
|--------|--------|----------|--------|
| First  | £3,100 | £2,200   | £5,301 |
| Second | £4,300 | £1,500   | £5,800 |
| Total  | £7,399 | £3,699   |        |
""",
    passes="""\
# Two-year award

| Year   | Staff  | Premises | Total  |
|--------|--------|----------|--------|
| First  | £3,100 | £2,200   | £5,300 |
| Second | £4,300 | £1,500   | £5,800 |
| Total  | £7,400 | £3,700   |        |
""",
    example="md",
    gist=("some sums cannot hold together", "{n} groups of sums cannot hold together"),
)


ROUNDING_UNLIKELY: Final = Rule(
    code="GC606",
    name="rounding-unlikely",
    severity=Severity.NOTE,
    page="""\
All figures can be true at once, but only if several of them were rounded the same way.

Rounding usually goes up about as often as down, and the differences cancel. Where the sums leave to each
figure only one half of what it may stand for, rounding is possible and hard to believe; an arithmetical
slip is the simpler explanation. Compare the figures with the unrounded ones before you rely on it.""",
    fails="""\
# Two officers

| Year   | Officer | Analyst | Total    |
|--------|---------|---------|----------|
| First  | £40,001 | £21,001 | £61,003  |
| Second | £41,001 | £22,001 | £63,003  |
| Both   |         |         | £124,006 |
""",
    passes="""\
# Two officers

| Year   | Officer | Analyst | Total    |
|--------|---------|---------|----------|
| First  | £40,001 | £21,001 | £61,002  |
| Second | £41,001 | £22,001 | £63,002  |
| Both   |         |         | £124,004 |
""",
    example="md",
)

PART_LEFT_OUT: Final = Rule(
    code="GC613",
    name="part-left-out",
    severity=Severity.WARNING,
    page="""\
A total adds the rows right above it, but not the first ones of its table.

In a spreadsheet this is a sum over too few cells, as after a row was put in above the first. The sum holds, so
nothing else shows it. If the rows above are meant to stay out, say what the total is of ("Total running costs"), or
set them apart by a heading or a blank row.

It is a warning, in however many columns: a formula that is copied across leaves out the same row in all of them. Where
the paper states the whole elsewhere, with the rows that are left out, it is an error.""",
    fails="""\
# Advice centre

| Post        | Cost    |
|-------------|---------|
| Coordinator | £31,000 |
| Caseworker  | £28,500 |
| Rent        | £6,000  |
| Total       | £34,500 |
""",
    passes="""\
# Advice centre

| Post        | Cost    |
|-------------|---------|
| Coordinator | £31,000 |
| Caseworker  | £28,500 |
| Rent        | £6,000  |
| Total       | £65,500 |
""",
    example="md",
)

RULES: Final = (TOTAL_DIFFERS, ROUNDING_GAP, SUMS_CONFLICT, ROUNDING_UNLIKELY, PART_LEFT_OUT)

ROUNDING_LINE: Final = "Figures may not sum due to rounding."
"""The line that a paper with rounding differences should have."""

_FEW: Final = 3
"""Up to so many rounding differences are a finding each; more are one finding for the paper."""

_SHOWN: Final = 4
"""Sums of more parts than this are told by their number of parts."""

_MOST_SHOWN: Final = 12
"""So many parts of a sum are written out in its working, and so many ranges in a note."""

_LOOK_UP: Final = Note("to mend: look the figures up in their source, and put right the one that is wrong")
_ADD_THE_LINE: Final = Note(f"to mend: state amounts that add, or add the line: {ROUNDING_LINE}")


def check(evidence: Evidence, read: AsPrinted, known: Mapping[Place | None, Decimal]) -> Iterator[Finding]:
    """Say which sums of a paper fail, and what rounding explains; `known` has what some figures should state."""
    conflicts = _conflicts(read)
    yield from _failing(evidence.sums, known)
    yield from map(_conflicting, conflicts)
    yield from _rounded(evidence, {a_sum for conflict in conflicts for a_sum in conflict})
    yield from _beliefs(evidence, read)
    yield from (_omitting(omission, evidence.figures) for omission in evidence.omissions)


def _failing(sums: Sequence[Sum], known: Mapping[Place | None, Decimal]) -> Iterator[Finding]:
    """Totals that their parts do not make, each under the figure to look at."""
    from grantcalc.papers.suspects import suspects

    slips = likely_slips(sums)
    for suspect in suspects(sums, known):
        if len(suspect.sums) > 1:
            yield _shared(suspect, slips)
        else:
            yield _differs(suspect, slips.get(suspect.sums[0], ()))


def _differs(suspect: Suspect, slips: Sequence[Slip]) -> Finding:
    """A total that its parts do not make, under the figure to look at: the total, or one of its payments."""
    a_sum = suspect.sums[0]
    slips = [slip for slip in slips if not more_precise_than_pence(Figure("", slip.to))]
    swapped = _swapped_payment(a_sum, slips)
    payment, to = (swapped.figure, swapped.to) if swapped else (suspect.figure, suspect.to)
    is_total = payment == a_sum.total
    return Finding(
        rule=TOTAL_DIFFERS,
        message=f"{_subject(a_sum)} stated as {a_sum.total.text}, but {_made(a_sum)}",
        at=payment.at,
        severity=Severity.ERROR,
        verdict=Verdict.MISMATCH,
        marker=_gap(a_sum) if is_total else f"{printed_like(payment, to)} would fit",
        notes=(*_working(a_sum), *_causes(slips), *(() if slips else (_LOOK_UP,))),
        likely=tuple(slips),
    )


def _omitting(omission: Omission, figures: Sequence[Found]) -> Finding:
    """A total that its parts make, without the rows above these; wrong where the paper also states it with them."""
    total, left_out = omission.total, add(figure.value for figure in omission.left_out)
    made = add([*(part.value for part in omission.parts), left_out])
    amount, names = printed_like(total, left_out), listed(omission.names)
    them = "it" if len(omission.left_out) == 1 else "them"
    whole = next((found.figure for found in figures if found.is_amount and found.figure.value == made), None)
    return Finding(
        rule=PART_LEFT_OUT,
        message=f"{omission.label}: stated as {total.text}, which leaves out {amount} ({names}) above its parts; "
        f"with {them} they make {printed_like(total, made)}",
        at=total.at,
        severity=Severity.WARNING if whole is None else Severity.ERROR,
        marker=f"{amount} left out",
        notes=(
            *(Note(f"left out: {figure.text}", figure.at) for figure in omission.left_out),
            *([] if whole is None else [Note(f"elsewhere: {whole.text}, which has {them} in", whole.at)]),
            Note("to mend: add what is left out, or say what the total is of"),
        ),
    )


def _swapped_payment(a_sum: Sum, slips: Sequence[Slip]) -> Slip | None:
    """The slip that explains a failing sum if it is the only one, in a part that counts several times."""
    repeated = {part.figure for part in a_sum.parts if abs(part.weight) > 1}
    return slips[0] if len(slips) == 1 and slips[0].figure in repeated else None


def _shared(suspect: Suspect, slips: Mapping[Sum, Sequence[Slip]]) -> Finding:
    """A figure on account of which several sums fail."""
    figure, to = suspect.figure, printed_like(suspect.figure, suspect.to)
    likely = tuple(dict.fromkeys(s for a_sum in suspect.sums for s in slips.get(a_sum, ()) if s.figure == figure))
    failing = [
        Note(f"fails: {_quoted(s)} is stated as {s.total.text}, but {_made(s)}", s.total.at) for s in suspect.sums
    ]
    return Finding(
        rule=TOTAL_DIFFERS,
        message=f"{figure.text} does not fit: {len(suspect.sums)} sums fail with it and would hold with {to}",
        at=figure.at,
        severity=Severity.ERROR,
        verdict=Verdict.MISMATCH,
        marker=f"{to} would fit",
        notes=(*failing, *(_causes(likely) or (_LOOK_UP,))),
        likely=likely,
    )


def _subject(a_sum: Sum) -> str:
    """What a sum is of, to begin a message with."""
    return f"{a_sum.label}:" if a_sum.label else "total"


def _quoted(a_sum: Sum) -> str:
    """What a sum is of, to stand within a message: a name of words of the paper is told apart from ours."""
    return f'"{a_sum.label}"' if a_sum.label else "a total"


def _made(a_sum: Sum) -> str:
    """What the parts of a sum make, in words."""
    made = printed_like(a_sum.total, computed(a_sum))
    if len(a_sum.parts) == 1 and a_sum.parts[0].weight == 1:
        return f"beside it as {a_sum.parts[0].figure.text}"
    if len(a_sum.parts) <= _SHOWN:
        return f"{written_out(a_sum)} makes {made}"
    return f"its {len(a_sum.parts)} parts make {made}"


def _gap(a_sum: Sum) -> str:
    """How far a total is from its parts."""
    gap = difference(a_sum)
    return f"{printed_like(a_sum.total, abs(gap))} too {'large' if gap > 0 else 'small'}"


def _working(a_sum: Sum) -> tuple[Note, ...]:
    """The sum written out, where the message leaves it out and it is not too long."""
    if not _SHOWN < len(a_sum.parts) <= _MOST_SHOWN:
        return ()
    made = printed_like(a_sum.total, computed(a_sum))
    return (Note(f"working: {written_out(a_sum)} = {made}"),)


def _causes(slips: Sequence[Slip]) -> tuple[Note, ...]:
    """What may have gone wrong, a line for each likely slip."""
    return tuple(Note(f"likely: {_cause(slip)}; every sum it touches then holds", slip.figure.at) for slip in slips[:3])


def _cause(slip: Slip) -> str:
    """A likely slip in words, with the figure as it was probably meant."""
    old, new = slip.figure.text, printed_like(slip.figure, slip.to)
    meant = f", for {new}" if new.startswith("(") else f" ({new})"
    part = slip.part.text if slip.part else ""
    said = {
        SlipKind.TRANSPOSED: f"two digits swapped in {old}{meant}",
        SlipKind.FACTOR: f"a unit or some noughts lost or added in {old}{meant}",
        SlipKind.LEFT_OUT: f"{old} leaves out {part} ({new} with it)",
        SlipKind.TWICE: f"{old} counts {part} twice ({new} with it once)",
        SlipKind.SIGN: f"the sign of {old} turned round",
        SlipKind.NEXT_ROW: f"{old} copied from the next row{meant}",
    }
    return said[slip.kind]


def _conflicts(read: AsPrinted) -> list[tuple[Sum, ...]]:
    """Groups of sums of which each could hold, but not all."""
    return [
        conflict
        for conflict in read.together.conflicts
        if len(conflict) > 1 and not any(verdict(s) is Verdict.MISMATCH for s in conflict)
    ]


def _conflicting(conflict: Sequence[Sum]) -> Finding:
    """Sums of which each could hold, but not all."""
    first = next(s for s in conflict if verdict(s) is Verdict.ROUNDING)
    named = Note("to mend: compare these figures with the unrounded ones; at least one is wrong")
    return Finding(
        rule=SUMS_CONFLICT,
        message=f"{_subject(first)} {len(conflict)} sums that share figures cannot all hold",
        at=first.total.at,
        severity=Severity.ERROR,
        verdict=Verdict.MISMATCH,
        notes=(*(_stated(s) for s in conflict[:_MOST_SHOWN]), named),
    )


def _stated(a_sum: Sum) -> Note:
    """A sum as one line of an explanation."""
    return Note(f"sum: {_subject(a_sum)} stated as {a_sum.total.text}, {_made(a_sum)}", a_sum.total.at)


def _rounded(evidence: Evidence, in_conflict: Container[Sum]) -> Iterator[Finding]:
    """Totals that only rounding lets their parts make: a finding each, or one for them all."""
    sums = [s for s in evidence.certain if verdict(s) is Verdict.ROUNDING and s not in in_conflict]
    severity = Severity.NOTE if evidence.says_rounding else Severity.WARNING
    remedy = () if evidence.says_rounding else (_ADD_THE_LINE,)
    if len(sums) > _FEW:
        message = f"{len(sums)} totals are not quite what their parts make; rounding explains each of them"
        yield _gap_finding(message, sums[0], severity, (*map(_stated, sums[:_MOST_SHOWN]), *remedy))
        return
    for a_sum in sums:
        message = f"{_subject(a_sum)} stated as {a_sum.total.text}, but {_made(a_sum)}; rounding explains it"
        yield _gap_finding(message, a_sum, severity, (Note(_allowed(a_sum)), *(_swapped_digits(a_sum) or remedy)))


def _swapped_digits(a_sum: Sum) -> tuple[Note, ...]:
    """What is the simpler explanation where a coarse part ("£1.5m") lets a total of swapped digits pass."""
    total, made = a_sum.total, computed(a_sum)
    if abs(difference(a_sum)) <= 2 * total.half_unit or not differ_by_a_swap(total.value, made):
        return ()
    return (Note(f"likely: two digits swapped in {total.text} ({printed_like(total, made)}), which fits exactly"),)


def _gap_finding(message: str, a_sum: Sum, severity: Severity, notes: tuple[Note, ...]) -> Finding:
    """A finding on a difference that rounding explains, at a sum's total."""
    return Finding(ROUNDING_GAP, message, a_sum.total.at, severity, Verdict.ROUNDING, _gap(a_sum), notes)


def _allowed(a_sum: Sum) -> str:
    """How much rounding explains, in words."""
    allowed = printed_like(a_sum.total, allowance(a_sum))
    gap = printed_like(a_sum.total, abs(difference(a_sum)))
    return f"rounding: the gap of {gap} is within the allowance of {allowed}, half a printed unit of each figure"


class _AsPrinted:
    """The figures of a paper by their text, amounts printed as the paper prints them."""

    def name(self, figure: Figure) -> str:
        return figure.text

    def amount(self, figure: Figure, amount: Decimal) -> str:
        return printed_like(figure, amount)

    def precisely(self, figure: Figure, amount: Decimal | Fraction) -> str:
        return printed_like(figure, amount)


def _beliefs(evidence: Evidence, read: AsPrinted) -> Iterator[Finding]:
    """What rounding would need to explain all differences of a paper, where that is hard to believe."""
    from grantcalc.papers.belief import is_hard_to_believe

    if is_hard_to_believe(read, evidence.certain):
        yield Finding(
            rule=ROUNDING_UNLIKELY,
            message=f"all figures can be true together, but only if {len(read.one_sided)} lie on one side "
            f"of what is printed: rounding is possible, and hard to believe",
            at=read.one_sided[0].figure.at,
            severity=Severity.NOTE,
            verdict=Verdict.ROUNDING,
            notes=Reasoning(lambda: explain(read, lambda _: True, _AsPrinted())),
        )
