"""What can be wrong: every rule, family by family, and the checks that apply them to a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.rules import against, as_paper, awards, costing, files, papers, payments, stated, years

if TYPE_CHECKING:
    from grantcalc.as_printed import AsPrinted
    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.judgement import Judgement
    from grantcalc.papers.against import Comparison
    from grantcalc.papers.evidence import Evidence

RULES: Final[tuple[Rule, ...]] = (
    *files.RULES,
    *stated.RULES,
    *as_paper.RULES,
    *payments.RULES,
    *years.RULES,
    *awards.RULES,
    *papers.RULES,
    *against.RULES,
    *costing.RULES,
)
"""Every rule, in the order of the codes."""


def check_grant(judgement: Judgement) -> tuple[Finding, ...]:
    """Apply the rules on figures, payments, years and awards to a grant."""
    return (
        *stated.check(judgement),
        *payments.check(judgement),
        *years.check(judgement),
        *awards.check(judgement),
        *as_paper.check(judgement),
    )


def check_paper(evidence: Evidence, read: AsPrinted) -> tuple[Finding, ...]:
    """Apply the rules on sums, figures and tables to what a paper was found to say, each figure and all together."""
    return papers.check(evidence, read)


def check_paper_against(comparison: Comparison) -> tuple[Finding, ...]:
    """Apply the rules on papers and grants to a paper that was compared with a grant."""
    return against.check(comparison)
