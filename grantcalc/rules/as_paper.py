"""GC205: what a grant file says if it is read as a paper on its own, all its figures rounded as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.findings import Finding, Reasoning, Rule
from grantcalc.grants.names import figure_name
from grantcalc.money import pounds
from grantcalc.rules.rounding import explain
from grantcalc.rules.stated import ONLY_ROUNDING
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from fractions import Fraction

    from grantcalc.as_printed import AsPrinted
    from grantcalc.grants.judgement import Judgement
    from grantcalc.grants.model import Grant
    from grantcalc.money import Figure
    from grantcalc.together import Together

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


class _Names(NamedTuple):
    """The figures of a grant by name, amounts with pence."""

    grant: Grant

    def name(self, figure: Figure) -> str:
        return figure_name(self.grant, figure)

    def amount(self, figure: Figure, amount: Decimal) -> str:  # noqa: ARG002  (papers print like the figure)
        return pounds(amount)

    def precisely(self, figure: Figure, amount: Decimal | Fraction) -> str:  # noqa: ARG002
        return pounds(amount, pence=True)


def check(judgement: Judgement) -> Iterator[Finding]:
    """What the figures of the file allow together, where they do not all add up as printed."""
    read = judgement.as_printed
    if read is None or _is_said(read):
        return
    stated = {found.figure.at for found in judgement.account.stated}
    notes = Reasoning(lambda: explain(read, lambda figure: figure.at in stated, _Names(judgement.account.grant)))
    yield Finding(WHAT_ROUNDING_NEEDS, _message(read.together), None, Severity.NOTE, notes=notes)


def _is_said(read: AsPrinted) -> bool:
    """Whether other findings say all there is: payments alone are rounded, or one figure alone is to blame."""
    if read.by_no_change:
        return True
    return read.together.feasible is False and (read.by_one_change.size, read.by_one_change.count) == (1, 1)


def _message(together: Together) -> str:
    as_printed = "read as a paper on its own, every figure rounded as it is printed"
    if together.feasible is None:
        return f"{as_printed}: whether all sums can hold at once is undecided, since too many depend on each other"
    if together.feasible:
        return f"{as_printed}, all figures can be true at once, but only by rounding"
    return f"{as_printed}, the figures cannot all be true: rounding does not explain the differences"
