"""What can be wrong: every rule, family by family, and the checks that apply them to a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.payments import undated, unscheduled
from grantcalc.rules import (
    acceptances,
    against,
    as_paper,
    awards,
    ceilings,
    claim_amounts,
    claims,
    costing,
    disallowances,
    files,
    net_income,
    papers,
    payments,
    profiles,
    stated,
    years,
)

if TYPE_CHECKING:
    from datetime import date

    from grantcalc.as_printed import AsPrinted
    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.account import Account
    from grantcalc.grants.judgement import Judgement
    from grantcalc.grants.ledger import Ledger
    from grantcalc.papers.against import Comparison
    from grantcalc.papers.evidence import Evidence

RULES: Final[tuple[Rule, ...]] = (
    *files.RULES,
    *stated.RULES,
    *as_paper.RULES,
    *payments.RULES,
    *claims.RULES,
    *claim_amounts.RULES,
    *net_income.RULES,
    *profiles.RULES,
    *disallowances.RULES,
    *years.RULES,
    *awards.RULES,
    *ceilings.RULES,
    *papers.RULES,
    *against.RULES,
    *costing.RULES,
    *acceptances.RULES,
)
"""Every rule, in the order of the codes."""


def check_grant(judgement: Judgement, as_of: date | None = None) -> tuple[Finding, ...]:
    """Apply the rules on figures, payments, claims, years and awards to a grant.

    Args:
        judgement: what is judged.
        as_of: the day on which claims and payments are looked at; without it, none is late that has not been made.
    """
    return (
        *stated.check(judgement),
        *payments.check(judgement),
        *net_income.check(judgement.account),
        *profiles.check(judgement.account),
        *check_claims(judgement.account, as_of),
        *years.check(judgement),
        *awards.check(judgement),
        *ceilings.check(judgement.account),
        *as_paper.check(judgement),
    )


def check_claims(account: Account, as_of: date | None = None) -> tuple[Finding, ...]:
    """Apply the rules on claims to a grant; none where its payments cannot be worked out."""
    if unscheduled(account.grant):
        return ()
    if undated(account.grant):
        return tuple(claims.unplaceable(account.grant))
    if not account.grant.claims:
        return tuple(claim_amounts.check_order(account))
    from grantcalc.grants.ledger import keep_ledger

    ledger = keep_ledger(account, as_of)
    return (*claim_amounts.check_order(account, ledger), *check_ledger(ledger))


def check_ledger(ledger: Ledger) -> tuple[Finding, ...]:
    """Apply the rules on claims to a ledger."""
    return (*claims.check(ledger), *claim_amounts.check(ledger), *disallowances.check(ledger))


def check_paper(evidence: Evidence, read: AsPrinted, comparison: Comparison | None = None) -> tuple[Finding, ...]:
    """Apply the rules on sums, figures and tables to what a paper was found to say, each figure and all together.

    Where it was compared with a grant, a figure that differs explains the sums that it makes fail.
    """
    return papers.check(evidence, read, {} if comparison is None else against.known(comparison))


def check_paper_against(comparison: Comparison) -> tuple[Finding, ...]:
    """Apply the rules on papers and grants to a paper that was compared with a grant."""
    return against.check(comparison)
