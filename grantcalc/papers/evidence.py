"""What a paper was found to say, in its tables and its text, for the rules to judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.claims import claims
from grantcalc.papers.restated import restatements
from grantcalc.papers.sentences.prose import running_text, sums_of
from grantcalc.papers.sentences.readings import NEARBY
from grantcalc.papers.sentences.yearly_payments import yearly_payments
from grantcalc.papers.tables.certainty import INCOMPLETE
from grantcalc.papers.tables.payments import certain_payments
from grantcalc.papers.unvouched import unvouched_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.claims import Unchecked
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper, Remark
    from grantcalc.papers.restated import Restatement
    from grantcalc.papers.sentences.passages import Clause
    from grantcalc.papers.tables.omissions import Omission
    from grantcalc.sums import Sum

_SAYS_ROUNDING: Final = re.compile(r"\b(?:due to|because of|subject to|are|been|for) round(?:ing|ed)\b", re.IGNORECASE)
_AWARD: Final = re.compile(r"\b(?:award|grant|allocation|funding|offer)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in a paper.

    Attributes:
        figures: every number that was read.
        sums: every sum that is claimed, holding or not.
        malformed: figures that are written wrongly.
        restatements: things that are given two figures.
        unchecked: tables with figures of which no sum was made out, and totals that nothing vouches for.
        says_rounding: whether the paper says that its figures may not add because they are rounded.
        award: the figure that states the award, which is the funder's and exact.
        omissions: totals that hold, and leave out the rows that stand first in their table.
        remarks: what the reader of a document has to say of it besides.
    """

    figures: tuple[Found, ...] = ()
    sums: tuple[Sum, ...] = ()
    malformed: tuple[Found, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    says_rounding: bool = False
    award: Figure | None = None
    omissions: tuple[Omission, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def certain(self) -> tuple[Sum, ...]:
        """The sums that the paper states, without those that merely fit and those that may lack a part."""
        return tuple(a_sum for a_sum in self.sums if a_sum.kind not in {NEARBY, INCOMPLETE})


def gather(paper: Paper) -> Evidence:
    """Read a paper: its tables, its text, and one against the other."""
    claimed = claims(paper)
    text = running_text(paper)
    sums = _once((*claimed.sums, *sums_of(text, paper, claimed.sums)))
    sums = _once((*sums, *certain_payments(yearly_payments(text, paper, sums), paper, claimed.figures)))
    return Evidence(
        figures=claimed.figures,
        sums=sums,
        malformed=claimed.malformed,
        restatements=restatements(text, paper, sums),
        unchecked=(*claimed.unchecked, *unvouched_totals(paper.tables, sums)),
        says_rounding=any(_SAYS_ROUNDING.search(paragraph.text) for paragraph in paper.paragraphs),
        award=_award(text, sums),
        omissions=claimed.omissions,
        remarks=paper.remarks,
    )


def _once(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    """The sums, each once, however many ways led to it."""
    seen: dict[object, Sum] = {}
    for a_sum in sums:
        parts = sorted((repr(part.figure.at), abs(part.weight)) for part in a_sum.parts)
        seen.setdefault((a_sum.total.at, tuple(parts)), a_sum)
    return tuple(seen.values())


def _award(read: Sequence[Clause], sums: Sequence[Sum]) -> Figure | None:
    """The first total of a sum that the text calls a grant, an award or funding."""
    totals = {a_sum.total for a_sum in sums}
    told = (term for clause in read for term in clause.terms if term.figure in totals)
    return next((term.figure for term in told if _AWARD.search(term.before)), None)
