"""GC609 to GC612: what only documents have: tracked changes, formulas, and what does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grantcalc.papers.paper import Remark

UNDER_CHANGE: Final = Rule(
    code="GC609",
    name="figure-under-change",
    severity=Severity.WARNING,
    page="""\
A figure stands in a change that is neither accepted nor rejected: a tracked change of Word, inserted or struck out
text of a web page.

The paper was read as if all changes were accepted. Somebody may still reject one, and then the sums are other sums.
Settle the changes, and check again before anybody signs.""",
    fails="""\
<p>The grant of £48,500 is made up of £31,200 for staff and £<del>17,030</del><ins>17,300</ins> for premises.</p>
""",
    passes="""\
<p>The grant of £48,500 is made up of £31,200 for staff and £17,300 for premises.</p>
""",
    example="html",
)

TYPED_IN: Final = Rule(
    code="GC610",
    name="total-typed-in",
    severity=Severity.NOTE,
    page="""\
A total in a workbook is typed in, where the totals beside it are formulas.

It may be right today. It will not follow when one of its parts is changed, and a typed figure among formulas is often
one that somebody made fit. Put the formula there; if the figure is another one on purpose, say so beside it.""",
    fails="""\
Item     | 2025               | 2026   | 2027
Paint    | £1,204             | £1,250 | £1,301
Rope     | £3,117             | £3,205 | £3,290
Total    | =SUM(B2:B3) £4,321 | £4,455 | =SUM(D2:D3) £4,591
""",
    passes="""\
Item     | 2025               | 2026               | 2027
Paint    | £1,204             | £1,250             | £1,301
Rope     | £3,117             | £3,205             | £3,290
Total    | =SUM(B2:B3) £4,321 | =SUM(C2:C3) £4,455 | =SUM(D2:D3) £4,591
""",
    example="xlsx",
)

NOT_CALCULATED: Final = Rule(
    code="GC611",
    name="formula-not-calculated",
    severity=Severity.WARNING,
    page="""\
A formula has no value in the file, so nothing was read in its cell.

A workbook holds formulas and the values that the program last calculated. One that was written by another program than
a spreadsheet, or taken out of one half-way, has none; so has a table of text with formulas in it. Open the workbook in
Excel or LibreOffice, save it, and check again.""",
    fails="""\
Item     | 2025
Paint    | £1,204
Rope     | £3,117
Total    | £4,321
Last     | =B4-400
""",
    passes="""\
Item     | 2025
Paint    | £1,204
Rope     | £3,117
Total    | =SUM(B2:B3) £4,321
""",
    example="xlsx",
)

HIDDEN: Final = Rule(
    code="GC612",
    name="hidden-figures",
    severity=Severity.NOTE,
    page="""\
A document has figures that do not show.

Hidden rows and columns of a workbook, and cells whose number format shows nothing, count in the formulas of a sheet,
so they were read: a total may hold only with them, and then it does not hold for those who see the sheet. Hidden sheets
were not read, nor was the hidden text of a Word document or a web page. Show what belongs to the paper, and delete the
rest before it goes out: what is hidden is in the file for everybody.""",
    fails="""\
Item     | 2025
Paint    | £1,204
(hidden) Rope | £3,117
Total    | =SUM(B2:B3) £4,321
""",
    passes="""\
Item     | 2025
Paint    | £1,204
Rope     | £3,117
Total    | =SUM(B2:B3) £4,321
""",
    example="xlsx",
)

RULES: Final = (UNDER_CHANGE, TYPED_IN, NOT_CALCULATED, HIDDEN)

_OF: Final[Mapping[str, tuple[Rule, str]]] = {
    "changed": (UNDER_CHANGE, "to mend: accept or reject the change, and check again"),
    "typed in": (TYPED_IN, "to mend: put the formula there, or say beside it why not"),
    "not calculated": (NOT_CALCULATED, "to mend: open it in a spreadsheet program, save it, check again"),
    "hidden": (HIDDEN, "to mend: show what belongs to the paper, and delete the rest"),
}
"""What is said of each kind of remark, by the value of its `RemarkKind`."""


def check(remarks: Iterable[Remark]) -> Iterator[Finding]:
    """Say what the reader of a document noticed."""
    for remark in remarks:
        rule, remedy = _OF[remark.kind]
        yield Finding(rule, remark.message, remark.at, rule.severity, notes=(Note(remedy),))
