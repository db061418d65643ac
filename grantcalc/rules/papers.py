"""GC6: what can be wrong with the figures of a paper, and how it is said."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.rules import documents, paper_sums
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from grantcalc.as_printed import AsPrinted
    from grantcalc.papers.evidence import Evidence
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.restated import Restatement
    from grantcalc.source import Place

MALFORMED_FIGURE: Final = Rule(
    code="GC604",
    name="malformed-figure",
    severity=Severity.WARNING,
    page="""\
A figure is written in a way that no amount is: two decimal points, a comma where no thousands end, a
space inside.

It was read as the amount that was probably meant, and the sums were checked with that. Correct the
figure: a reader, or the finance system it is copied into, may read it otherwise.""",
    fails="""\
# Lighting

The parish spent £25,434.45, made up of £20.434.45 for lighting and £5,000.00 for mowing.
""",
    passes="""\
# Lighting

The parish spent £25,434.45, made up of £20,434.45 for lighting and £5,000.00 for mowing.
""",
    example="md",
)

FIGURE_RESTATED: Final = Rule(
    code="GC605",
    name="figure-restated",
    severity=Severity.WARNING,
    page="""\
The same thing is stated twice, with two figures.

A paper says its main figures several times: in the summary, in the recommendation, in a table. When one
of them is corrected, the others are easily forgotten. Find out which one is right. If they are meant to
differ, say in what: another year, another part, before or after a change.""",
    fails="""\
# Victim support

The recommendation is to accept the victim support grant of £275,952 for 2025-26.

The victim support grant of £275,592 for 2025-26 comprises £200,592 for advisers and £75,000 for a helpline.
""",
    passes="""\
# Victim support

The recommendation is to accept the victim support grant of £275,592 for 2025-26.

The victim support grant of £275,592 for 2025-26 comprises £200,592 for advisers and £75,000 for a helpline.
""",
    example="md",
)

TABLE_UNCHECKED: Final = Rule(
    code="GC607",
    name="table-unchecked",
    severity=Severity.NOTE,
    page="""\
No sum was found in a table that has figures, or no parts were found for a row that says that it is a total.

Either nothing there is meant to add up, or it is laid out in a way that was not understood, or several figures are
wrong at once; it was not checked. Add it up by hand, or name its totals: a row or a column called "Total" is found.""",
    fails="""\
# Posts

The cost of £90,000 comprises £60,000 for pay and £30,000 for premises.

| Post       | From 1 April | From 1 October |
|------------|--------------|----------------|
| Analyst    | £41,210      | £42,377        |
| Researcher | £35,950      | £36,101        |
| Clerk      | £27,340      | £28,002        |
""",
    passes="""\
# Posts

The cost of £90,000 comprises £60,000 for pay and £30,000 for premises.

| Post       | From 1 April | From 1 October |
|------------|--------------|----------------|
| Analyst    | £41,210      | £42,377        |
| Researcher | £35,950      | £36,101        |
| Clerk      | £27,340      | £28,002        |
| Total      | £104,500     | £106,480       |
""",
    example="md",
)

NO_SUM: Final = Rule(
    code="GC608",
    name="no-sum-found",
    severity=Severity.NOTE,
    page="""\
The paper states no sum that was recognised, so nothing in it was checked.

That is no verdict on its figures. `grantcalc figures` shows what was read. A total is recognised by its
word ("total", "comprising", "of which"), by a row or column of a table, or by figures that fit.""",
    fails="""\
# Minutes

The committee noted the report. The next meeting is on 4 May 2026.
""",
    passes="""\
# Minutes

The committee noted a cost of £9,000 (£4,000 for hire, £5,000 for travel).
""",
    example="md",
)

_OF_SUMS: Final = paper_sums.RULES
_OF_FIGURES: Final = (MALFORMED_FIGURE, FIGURE_RESTATED, TABLE_UNCHECKED, NO_SUM)
RULES: Final = tuple(sorted((*_OF_SUMS, *_OF_FIGURES, *documents.RULES), key=lambda rule: rule.code))
"""All rules on papers, in the order of their codes."""


def check(
    evidence: Evidence, read: AsPrinted, known: Mapping[Place | None, Decimal] = MappingProxyType({})
) -> tuple[Finding, ...]:
    """Say what is wrong with a paper, or worth knowing about it.

    Args:
        evidence: the sums, figures and tables of one paper.
        read: what its sums say together.
        known: the amounts that figures should state, by their places, as far as a grant file says so.
    """
    return (
        *paper_sums.check(evidence, read, known),
        *(_malformed(found) for found in evidence.malformed),
        *(_restated(pair) for pair in evidence.restatements),
        *_unchecked(evidence),
        *documents.check(evidence.remarks),
    )


def _malformed(found: Found) -> Finding:
    """A figure that is written as no amount is."""
    assert found.flaw is not None  # noqa: S101  (evidence lists figures with a flaw only)
    likely = f"{found.currency}{found.flaw.likely}"
    return Finding(
        rule=MALFORMED_FIGURE,
        message=f"{found.figure.text} {found.flaw.reason}; read as {likely}",
        at=found.figure.at,
        severity=Severity.WARNING,
        marker=f"{likely}?",
        notes=(Note(f"to mend: write {likely}, if that is what is meant"),),
    )


def _restated(pair: Restatement) -> Finding:
    """A thing that is given two figures."""
    return Finding(
        rule=FIGURE_RESTATED,
        message=f"{pair.what}: stated as {pair.second.text} here, and as {pair.first.text} elsewhere",
        at=pair.second.at,
        severity=Severity.WARNING,
        marker=f"elsewhere {pair.first.text}",
        notes=(
            Note(f"elsewhere: {pair.first.text}", pair.first.at),
            Note("to mend: find out which is right; if both are, say in what they differ"),
        ),
    )


def _unchecked(evidence: Evidence) -> Iterator[Finding]:
    """Tables without a sum, and a paper without any."""
    if not evidence.sums:
        yield Finding(NO_SUM, "no sum was found, so nothing was checked", None, Severity.NOTE)
    for place in evidence.unchecked:
        yield Finding(TABLE_UNCHECKED, f"not checked: {place.reason}", place.at, Severity.NOTE)
