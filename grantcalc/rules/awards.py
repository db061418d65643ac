"""GC5: costs over the award, an award that is not the stated years, funding that does not cover its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.gaps import apart
from grantcalc.grants.judgement import is_below_award, is_covered_by_others
from grantcalc.grants.stated import Kind
from grantcalc.money import POUND, ZERO, pounds
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.sums import Verdict, allowance, computed, difference, verdict
from grantcalc.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.judgement import Judgement
    from grantcalc.source import Place
    from grantcalc.sums import Sum

_FILE: Final = """\
grant: Example
award: £30,000
years:
  - year: 2025-26
    stated:
      total: £30,000
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
"""

OVER_AWARD: Final = Rule(
    "GC501",
    "cost-over-award",
    Severity.ERROR,
    """\
The costs come to more than the award. An award is a ceiling: what goes beyond it is the recipient's to bear, unless
the funder agrees to a variation, or other funding sources are listed that cover it: then it is a note.""",
    _FILE.replace("award: £30,000", "award: £29,990").replace("    stated:\n      total: £30,000\n", ""),
    _FILE,
    gist=("{marker}", "the cost is over the award"),
)
NOT_THE_YEARS: Final = Rule(
    "GC502",
    "award-differs-from-years",
    Severity.ERROR,
    """\
The totals that the paper states for its years do not make the award. More than the award is an error; less leaves
some of the award without a purpose, and is a warning.""",
    _FILE.replace("award: £30,000", "award: £31,000"),
    _FILE,
    gist=("the stated years come to more than the award", "the stated years come to more than the award"),
)
NOT_COVERED: Final = Rule(
    "GC503",
    "funding-differs-from-costs",
    Severity.ERROR,
    """\
The funding sources together do not give what a heading costs. A shortfall is an error; more money than cost is a
warning. Sources must add up to the project's cost.""",
    _FILE + "funding:\n  - source: Capital plan\n    amount: £29,000\n",
    _FILE + "funding:\n  - source: Capital plan\n    amount: £30,000\n",
    gist=("funding falls short of the cost", "funding falls short of {n} headings"),
)
UNUSED: Final = Rule(
    "GC504",
    "award-not-used-up",
    Severity.NOTE,
    """\
The costs come to less than the award. What is not spent is usually not paid: the grant is the eligible cost, up to
the award.""",
    _FILE.replace("£30,000\nyears", "£31,000\nyears").replace("    stated:\n      total: £30,000\n", ""),
    _FILE,
)

RULES: Final = (OVER_AWARD, NOT_THE_YEARS, NOT_COVERED, UNUSED)


def check(judgement: Judgement) -> Iterator[Finding]:
    """Findings on the award and the funding sources."""
    yield from _cost(judgement)
    covered = is_covered_by_others(judgement.account.grant)
    for a_sum in judgement.account.sums:
        if a_sum.kind == Kind.AWARD_YEARS and verdict(a_sum) is not Verdict.EXACT and not covered:
            yield _years(a_sum)
        if a_sum.kind == Kind.FUNDING and verdict(a_sum) is not Verdict.EXACT:
            yield _funding(a_sum)


def _cost(judgement: Judgement) -> Iterator[Finding]:
    """The cost against the award."""
    account = judgement.account
    if account.ceiling is None or account.ceiling == account.payable:
        return
    if account.payable < account.ceiling:
        gap = apart(account.payable - account.ceiling)
        message = f"{_payable(account)}, {gap} than {_award(account)}"
        yield Finding(UNUSED, message, _at(account), Severity.NOTE)
    else:
        yield _over(judgement, account.payable - account.ceiling)


def _payable(account: Account) -> str:
    """What the funder would pay of the costs, as the beginning of a sentence."""
    rate, total = account.grant.payments.rate, pounds(account.totals.total)
    if account.totals.total < 0:
        return f"nothing is payable of costs of {total}"
    if rate is None:
        return f"the costs make {total}"
    return f"{rate.text} of the costs of {total} makes {pounds(account.payable)}"


def _funded(account: Account) -> str:
    """What the funder would pay of the costs, in a few words."""
    rate = account.grant.payments.rate
    return "the cost" if rate is None else f"{rate.text} of the cost"


def _award(account: Account) -> str:
    """The award with its variations, and without them where there are any."""
    if account.award is None:
        return f"the awards of the years, {pounds(account.ceiling or ZERO)}"
    if account.award.value == account.ceiling:
        return f"the award of {account.award.text}"
    return f"the award of {pounds(account.ceiling or ZERO)} ({account.award.text} before variations)"


def _at(account: Account) -> Place:
    """Where the award stands, or those of the years."""
    return account.award.at if account.award is not None and account.award.at is not None else Route(("years",))


_BEAR_IT: Final = "bear the difference and say so under accept (docs/grant-file.md, Accepted findings)"


def _over(judgement: Judgement, over: Decimal) -> Finding:
    """The cost over the award, which costs rounded to pounds may explain."""
    account = judgement.account
    if is_covered_by_others(account.grant):
        message = f"{_payable(account)}, {pounds(over)} more than {_award(account)}, which others fund"
        note = Note("funding: the sources listed cover all costs; payments end when the award is used up")
        return Finding(OVER_AWARD, message, _at(account), Severity.NOTE, notes=(note,))
    allowed = _rounded(judgement)
    fits = over <= allowed
    message = f"{_payable(account)}, {pounds(over)} over {_award(account)}"
    why = (
        f"rounding: the costs are rounded to pounds, which allows {pounds(allowed)}; give the pence to be sure"
        if fits
        else f"to mend: lower the costs, ask the funder for a variation, or {_BEAR_IT}"
    )
    return Finding(
        OVER_AWARD,
        f"{message}, which only rounding explains" if fits else message,
        _at(account),
        Severity.WARNING if fits else Severity.ERROR,
        Verdict.ROUNDING if fits else Verdict.MISMATCH,
        f"{_funded(account)} is {pounds(over)} over the award",
        (Note(f"working: {_by_year(judgement)}"), Note(why)),
    )


def _by_year(judgement: Judgement) -> str:
    """How the years make the cost."""
    totals = judgement.account.totals
    years = [f"{year.year.year} {pounds(year.total)}" for year in totals.years]
    return (
        f"{' + '.join(years)} = {pounds(totals.total)}" if len(years) > 1 else f"the costs are {pounds(totals.total)}"
    )


def _rounded(judgement: Judgement) -> Decimal:
    """How much of the cost rounding may explain: half a pound for each amount, where the file says so."""
    grant = judgement.account.grant
    if grant.costs_rounded_to != "pounds":
        return ZERO
    written = (figure for line in grant.lines for costs in line.costs.values() for figure in costs.values())
    count = sum(figure.at is None for figure in written)  # one that is worked out from rates is exact
    return count * POUND / 2


def _years(a_sum: Sum) -> Finding:
    """Stated years that are not the award."""
    gap = -difference(a_sum)
    how = verdict(a_sum)
    message = f"the stated years make {pounds(computed(a_sum))}, {apart(gap)} than the award of {a_sum.total.text}"
    parts = " + ".join(part.figure.text for part in a_sum.parts)
    working = [f"working: {parts} = {pounds(computed(a_sum))}"] if len(a_sum.parts) > 1 else []
    notes = [*working, f"rounding: the allowance is {pounds(allowance(a_sum))}"]
    severity = Severity.ERROR if how is Verdict.MISMATCH and not is_below_award(a_sum) else Severity.WARNING
    return Finding(NOT_THE_YEARS, message, a_sum.total.at, severity, how, apart(-gap), tuple(map(Note, notes)))


def _funding(a_sum: Sum) -> Finding:
    """Sources that do not give what a heading costs."""
    gap = -difference(a_sum)
    heading = a_sum.label.split(" = ")[0]
    given = f"{heading}: the funding sources give {pounds(computed(a_sum))}"
    message = f"{given}, {apart(gap)} than the cost of {a_sum.total.text}"
    parts = " + ".join(part.figure.text for part in a_sum.parts) or "no source gives any"
    short = gap < 0 and verdict(a_sum) is Verdict.MISMATCH
    severity = Severity.ERROR if short else Severity.WARNING
    note = Note(f"working: {parts}, from {counted(len(a_sum.parts), 'source')}")
    return Finding(NOT_COVERED, message, a_sum.at, severity, verdict(a_sum), apart(gap), (note,))
