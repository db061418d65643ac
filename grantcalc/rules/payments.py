"""GC3: payments that do not make their year or the award, and where the odd penny or pound goes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Reasoning, Rule
from grantcalc.gaps import apart, beyond_rounding
from grantcalc.grants import stated
from grantcalc.grants.ceilings import within_ceilings
from grantcalc.grants.net_income import net_of_income
from grantcalc.grants.payments import Kind, as_incurred, shares_of, unscheduled
from grantcalc.money import PENNY, add, pounds, round_half_up
from grantcalc.rules.causes import cause_notes
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.sums import Verdict, allowance, computed, difference, verdict
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.grants.account import Account
    from grantcalc.grants.judgement import Judgement
    from grantcalc.grants.model import Grant
    from grantcalc.grants.payments import Share
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.sums import Sum

_FILE: Final = """\
grant: Example
payments:
  rounding: pounds
  basis: stated
years:
  - year: 2025-26
    stated:
      payment: £7,500
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
"""

DO_NOT_MAKE_YEAR: Final = Rule(
    "GC301",
    "payments-differ-from-year",
    Severity.ERROR,
    """\
The stated payment, times the payments of a year, is not the stated total of the year (or its costs, where no total
is stated). By a pound or two, as rounding a quarter to the pound gives, it is a warning: whoever pays or claims
must know where the difference goes. By more than rounding explains, it is an error. Where a year has more income than
cost, no payment is due, and £0 is what a paper should state.""",
    _FILE.replace("£7,500", "£7,600"),
    _FILE,
    gist=("a stated payment does not make its year", "{n} stated payments do not make their years"),
)
SLIPS_CANCEL: Final = Rule(
    "GC302",
    "payment-slips-cancel",
    Severity.NOTE,
    """\
Payments miss the totals of several years, but what is short in one is over in another: all payments together make
all totals exactly. Each year's claim is still out by its own difference.""",
    """\
grant: Example
payments:
  rounding: pounds
  basis: stated
years:
  - year: 2025-26
    stated:
      total: £30,001
      payment: £7,500
  - year: 2026-27
    stated:
      total: £29,999
      payment: £7,500
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,001
      2026-27:
        salary: £29,999
""",
    _FILE,
)
REMAINDER_PLACED: Final = Rule(
    "GC303",
    "odd-amount-placed",
    Severity.NOTE,
    """\
A year does not divide into equal payments; the schedule places the odd pennies or pounds as `remainder` says. The
stated payment is that of the other periods.""",
    _FILE.replace("basis: stated", "basis: cost").replace("£30,000", "£30,001"),
    _FILE,
)
CUT_AT_AWARD: Final = Rule(
    "GC304",
    "payment-cut-at-award",
    Severity.WARNING,
    """\
The payments would come to more than the award, which is a ceiling. The payment that would cross it is cut, and
later ones are nothing.""",
    "award: £29,999\n" + _FILE.replace("£30,000", "£29,999"),
    "award: £30,000\n" + _FILE,
)
NOT_THE_AWARD: Final = Rule(
    "GC305",
    "payments-differ-from-award",
    Severity.WARNING,
    """\
All stated payments together are not the award. More than the award cannot be claimed; less leaves some of it.""",
    "award: £30,400\n" + _FILE,
    "award: £30,000\n" + _FILE,
)
UNSCHEDULED: Final = Rule(
    "GC306",
    "no-payments-to-schedule",
    Severity.ERROR,
    """\
The payments cannot be worked out: they are to be a share of an award that is not given, or to be invoiced as
stated where a year states none; or a schedule that was agreed anew has another number of amounts than there are periods
from its day on.""",
    _FILE.replace("    stated:\n      payment: £7,500\n", ""),
    _FILE,
    gist=("the payments cannot be worked out", "the payments of {n} years cannot be worked out"),
)
RULES: Final = (DO_NOT_MAKE_YEAR, SLIPS_CANCEL, REMAINDER_PLACED, CUT_AT_AWARD, NOT_THE_AWARD, UNSCHEDULED)


def check(judgement: Judgement) -> Iterator[Finding]:
    """Findings on stated payments and the schedule."""
    payments = [found for found in judgement.account.stated if found.key == "payment" and found.sums]
    for found in payments:
        finding = _judge(found, judgement)
        if finding is not None:
            yield finding
    years = {year.year for year in judgement.account.grant.years}
    yield from _cancelling([found.sums[0] for found in payments if found.owner in years])
    yield from _award(judgement)
    yield from cut_payments(judgement.account)
    yield from unscheduled_payments(judgement.account.grant)


def unscheduled_payments(grant: Grant) -> Iterator[Finding]:
    """Why the payments of a grant cannot be worked out."""
    for reason, keys in unscheduled(grant):
        remedy = "state the payment, give the award, or choose another basis under payments"
        if keys[:1] == ("reprofiled",):
            remedy = "give an amount for each period that begins on that day or later, or no amounts"
        note = Note(f"to mend: {remedy}")
        yield Finding(UNSCHEDULED, reason, Route(keys), UNSCHEDULED.severity, notes=(note,))


def _judge(found: StatedFigure, judgement: Judgement) -> Finding | None:
    """The finding on one stated payment, if any."""
    a_sum = found.sums[0]
    how = verdict(a_sum)
    if how is Verdict.EXACT:
        return None
    paid, gap = computed(a_sum), -difference(a_sum)
    message = (
        f"{found.owner + ': ' if found.owner else ''}{counted(found.count or 0, 'payment')} of {found.figure.text} "
        f"{'makes' if found.count == 1 else 'make'} {pounds(paid)}, {apart(gap)} than {_due(a_sum)}"
    )
    if how is Verdict.ROUNDING and _scheduled(found, judgement):
        return _placed(found, message, judgement)
    slips = Reasoning(lambda: judgement.slips.get(a_sum, ()))
    notes = Reasoning(lambda: (Note(f"working: {_working(a_sum, found)}"), Note(_rounding(a_sum)), *cause_notes(slips)))
    severity = Severity.ERROR if how is Verdict.MISMATCH else Severity.WARNING
    return Finding(DO_NOT_MAKE_YEAR, message, found.figure.at, severity, how, f"{apart(gap)}", notes, slips)


def _due(a_sum: Sum) -> str:
    """What the payments should make, in words."""
    if a_sum.kind == stated.Kind.NOTHING_DUE:
        return "the £0 that is due where income is above cost"
    return f"the stated total of {a_sum.total.text}" if a_sum.total.at else f"the costs of {a_sum.total.text}"


def _working(a_sum: Sum, found: StatedFigure) -> str:
    share = a_sum.total.value / Decimal(found.count or 1)
    exact = pounds(round_half_up(share, PENNY))
    return (
        f"{a_sum.total.text} / {found.count} = {exact}; {found.count} × {found.figure.text} = {pounds(computed(a_sum))}"
    )


def _rounding(a_sum: Sum) -> str:
    if verdict(a_sum) is Verdict.MISMATCH:
        return beyond_rounding(a_sum)
    return (
        f"rounding: explains it (allowance {pounds(allowance(a_sum))}), but the money has to go somewhere: say in the "
        "paper which payment takes the difference"
    )


def _scheduled(found: StatedFigure, judgement: Judgement) -> bool:
    """Whether no other amount is paid in more periods of the year than the stated payment."""
    if judgement.account.grant.payments.basis == "stated":
        return False
    counts = Counter(_shares(found, judgement))
    return bool(counts) and counts[found.figure.value] == max(counts.values())


def _shares(found: StatedFigure, judgement: Judgement) -> list[Decimal]:
    """What is planned for each period of the year that states a payment, before any ceiling."""
    shares = shares_of(judgement.account.instalments, found.owner, Kind.PERIOD)
    return [share.amount + share.cut for share in shares]


def _placed(found: StatedFigure, message: str, judgement: Judgement) -> Finding:
    """Where the schedule puts what does not divide."""
    amounts = [pounds(amount) for amount in _shares(found, judgement)]
    note = Note(f"schedule: remainder {judgement.account.grant.payments.remainder} pays {listed(amounts)}")
    return Finding(REMAINDER_PLACED, message, found.figure.at, Severity.NOTE, Verdict.ROUNDING, notes=(note,))


def _cancelling(sums: list[Sum]) -> Iterator[Finding]:
    """Differences of several years that add up to nothing."""
    gaps = [difference(a_sum) for a_sum in sums]
    if not any(gaps) or add(gaps):
        return
    count = int(sum(part.weight for a_sum in sums for part in a_sum.parts))
    paid = add(computed(a_sum) for a_sum in sums)
    message = f"over all years the differences cancel: the {count} payments make exactly {pounds(paid)}"
    each = listed(
        [f"{apart(-gap)} in {a_sum.label.split(':')[0]}" for a_sum, gap in zip(sums, gaps, strict=True) if gap]
    )
    yield Finding(SLIPS_CANCEL, message, sums[0].at, Severity.NOTE, notes=(Note(f"working: {each}"),))


def _award(judgement: Judgement) -> Iterator[Finding]:
    """Stated payments that together are not the award."""
    for a_sum in judgement.account.sums:
        if a_sum.kind != stated.Kind.AWARD_PAYMENTS or verdict(a_sum) is Verdict.EXACT:
            continue
        gap = -difference(a_sum)
        over = gap > 0 and verdict(a_sum) is Verdict.MISMATCH
        message = (
            f"all stated payments make {pounds(computed(a_sum))}, {apart(gap)} than the award of {a_sum.total.text}"
        )
        parts = " + ".join(f"{part.weight} × {part.figure.text}" for part in a_sum.parts)
        yield Finding(
            NOT_THE_AWARD,
            message,
            a_sum.total.at,
            Severity.ERROR if over else Severity.WARNING,
            verdict(a_sum),
            apart(-gap),
            (Note(f"working: {parts} = {pounds(computed(a_sum))}"),),
        )


def cut_payments(account: Account) -> Iterator[Finding]:
    """That payments are cut because a ceiling is reached."""
    cuts = [(number, i) for number, i in enumerate(account.instalments, start=1) if i.cut > 0]
    if not cuts:
        return
    number, first = cuts[0]
    later = "payment" if len(cuts) == 2 else f"{len(cuts) - 1} payments"  # noqa: PLR2004  (the first and one more)
    to_nothing = len(cuts) > 1 and not any(i.amount for i in account.instalments[number:])
    rest = f", and the {later} after it to nothing" if to_nothing else ""
    ceiling, at = ceiling_name(account.grant, first.shares)
    left = first.before_terms
    paid = f" ({pounds(first.amount)} after what the terms take off)" if first.amount != left else ""
    message = f"payment {number} is cut by {pounds(first.cut)} to {pounds(left)}{paid}{rest}: {ceiling} is used up"
    total = add(i.cut for _, i in cuts)
    notes = [Note(f"working: the payments would come to {pounds(total)} more than {ceiling}")]
    if _fits_as_incurred(account):
        way = "payments that follow what is incurred in each period (profile: incurred) would not be cut"
        notes.append(Note(f"to mend: {way}"))
    yield Finding(CUT_AT_AWARD, message, Route(at), CUT_AT_AWARD.severity, notes=tuple(notes))


def _fits_as_incurred(account: Account) -> bool:
    """Whether only even payments are cut: the cost of each period is within the ceilings."""
    grant, totals = account.grant, account.totals
    if grant.payments.basis != "cost" or grant.payments.profile == "incurred" or grant.reprofiled:
        return False
    found = account.slices
    wanted = net_of_income(as_incurred(grant, totals, found))
    return within_ceilings(grant, found, wanted) == wanted


def ceiling_name(grant: Grant, shares: Sequence[Share]) -> tuple[str, tuple[str | int, ...]]:
    """The ceiling that a payment may have reached, in words, and where it stands."""
    if grant.award_by_financial_year:
        return "the award of a financial year", ("award_by_financial_year",)
    years = [share.year for share in shares if share.cut > 0] or [share.year for share in shares]
    for at, year in enumerate(grant.years):
        if year.award is not None and year.year in years:
            return f"the award of {year.year}", ("years", at, "award")
    return "the award", ("award",) if grant.award is not None else ("years",)
