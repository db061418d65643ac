"""GC7: a paper held against a grant file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.money import pounds
from grantcalc.severity import Severity
from grantcalc.sums import Verdict
from grantcalc.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from grantcalc.papers.against import Comparison, Match
    from grantcalc.papers.sentences.spans import Span
    from grantcalc.source import Place

_PAPER: Final = """\
# Two posts

The award is £78,830.

| Role              | Salary 2025-26 | Overhead 2025-26 |
|-------------------|----------------|------------------|
| Analyst           | £41,210        | £6,180           |
| Clerk             | £27,340        | £4,100           |
| Total             | £68,550        | £10,280          |
| Grand total       |                | £78,830          |
| Quarterly payment |                | £19,707.50       |
"""

DIFFERS_FROM_GRANT: Final = Rule(
    code="GC701",
    name="paper-differs-from-grant",
    severity=Severity.ERROR,
    page="""\
A figure of the paper names something of the grant file, and is not what the grant file makes it.

Posts, headings, years, totals, payments and the award are recognised by their words in a row, a column or a
sentence. Either the paper or the grant file is out of date. Where the figure also fails in sums of the paper (GC601),
one finding says both. The example is held against a grant file in which the
clerk costs £27,340 and £4,100, and the total is £78,830.""",
    fails=_PAPER.replace("£4,100 ", "£4,200 ").replace("£10,280", "£10,380"),
    passes=_PAPER,
    example="md",
    gist=("a figure of the paper differs from the grant file", "{n} figures of the paper differ from the grant file"),
)

NOT_IN_GRANT: Final = Rule(
    code="GC702",
    name="paper-not-in-grant",
    severity=Severity.NOTE,
    page="""\
Figures of the paper could not be matched with the grant file, or figures of the grant file are not in the paper.

They were not compared. A figure is matched if the words of its row, column or sentence name a post, a heading, a
year, a total, a payment or the award as the grant file does.""",
    fails=_PAPER + "\nThe room costs £900.\n",
    passes=_PAPER,
    example="md",
)

OTHER_DATES: Final = Rule(
    code="GC703",
    name="paper-dates-differ",
    severity=Severity.WARNING,
    page="""\
The paper gives a period from one day to another that is neither the grant's funding period nor one of its years.

A cost outside the funding period is not eligible, and an invoice for the wrong quarter is sent back. If the period is
another thing, such as a consultation, there is nothing to mend.""",
    fails=_PAPER + "\nThe posts are funded from 1 April 2025 to 31 March 2027.\n",
    passes=_PAPER + "\nThe posts are funded from 1 April 2025 to 31 March 2026.\n",
    example="md",
)

RULES: Final = (DIFFERS_FROM_GRANT, NOT_IN_GRANT, OTHER_DATES)

_MOST_SHOWN: Final = 24


def check(comparison: Comparison) -> tuple[Finding, ...]:
    """Say where a paper differs from a grant, and what could not be compared."""
    differing = [match for match in comparison.matches if not match.agrees]
    return (*map(_differs, differing), *map(_other_dates, comparison.spans), *_compared(comparison))


def known(comparison: Comparison) -> dict[Place | None, Decimal]:
    """What the figures that differ should state, in pounds, by their places."""
    differing = (match for match in comparison.matches if not match.agrees)
    return {match.stated.at: match.expected.nearest_to(match.stated).value for match in differing}


def _other_dates(found: Span) -> Finding:
    """A period of the paper that the grant does not have."""
    return Finding(
        rule=OTHER_DATES,
        message=f"{found.text}: neither the funding period of the grant file nor one of its years",
        at=found.at,
        severity=Severity.WARNING,
        notes=(Note("to mend: bring the paper or the grant file up to date, if this is the funding period"),),
    )


def _differs(match: Match) -> Finding:
    """A figure of the paper that is not the grant's."""
    stated, expected = match.stated, match.expected
    gap = stated.value - expected.nearest_to(stated).value
    return Finding(
        rule=DIFFERS_FROM_GRANT,
        message=f"{expected.what}: the paper states {stated.text}, {expected.source} {expected.amounts}",
        at=stated.at,
        severity=Severity.ERROR,
        verdict=Verdict.MISMATCH,
        marker=f"{pounds(abs(gap))} too {'large' if gap > 0 else 'small'}",
        notes=(Note("to mend: bring the paper or the grant file up to date"),),
    )


def _compared(comparison: Comparison) -> Iterator[Finding]:
    """How many figures agree, and which of either side the other does not have."""
    agreeing = sum(match.agrees for match in comparison.matches)
    agree = f"{counted(agreeing, 'figure')} {'agrees' if agreeing == 1 else 'agree'} with the grant file"
    if comparison.unmatched:
        yield Finding(
            rule=NOT_IN_GRANT,
            message=f"{agree}; {len(comparison.unmatched)} could not be matched with it",
            at=comparison.unmatched[0][0].at,
            severity=Severity.NOTE,
            notes=_some([Note(f"paper: {what} {f.text}".strip(), f.at) for f, what in comparison.unmatched]),
        )
    if comparison.unstated:
        yield Finding(
            rule=NOT_IN_GRANT,
            message=f"{counted(len(comparison.unstated), 'figure')} of the grant file not found in the paper",
            at=None,
            severity=Severity.NOTE,
            notes=_some([Note(f"grant: {e.what} {e.amounts}") for e in comparison.unstated]),
        )


def _some(notes: list[Note]) -> tuple[Note, ...]:
    """The first notes, and how many more there are."""
    more = len(notes) - _MOST_SHOWN
    return (*notes[:_MOST_SHOWN], *([Note(f"and {more} more")] if more > 0 else []))
