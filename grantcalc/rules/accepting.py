"""Accepts findings as the grant file says, and says which acceptances are of no use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.findings import Acceptance
from grantcalc.grants.faults import nearest
from grantcalc.grants.fields import one_line
from grantcalc.rules import acceptances
from grantcalc.rules.claims import OF_THE_DAY
from grantcalc.rules.selection import can_be_accepted, not_a_rule, rule_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from grantcalc.findings import Finding, Rule
    from grantcalc.grants.accept import Accepted

_ENDS_OF_A_SUBJECT: Final = (": ", ", ", "; ")
"""What stands in a message where a subject that is its beginning may end."""


class _Entry(NamedTuple):
    """An entry of `accept`, its rule, and how many entries stand before it."""

    at: int
    rule: Rule
    accepted: Accepted

    def means(self, finding: Finding) -> bool:
        """Whether a finding is the one that is accepted."""
        message, subject = one_line(finding.message), self.accepted.subject
        rest = message[len(subject) :]
        begins = message.startswith(subject) and (not rest or rest.startswith(_ENDS_OF_A_SUBJECT))
        return finding.rule == self.rule and begins

    def is_past(self, as_of: date | None) -> bool:
        """Whether it has ended on a day; without a day nothing ends."""
        until = self.accepted.until
        return until is not None and as_of is not None and until < as_of


def accept(
    findings: Sequence[Finding],
    accepted: Sequence[Accepted],
    as_of: date | None = None,
    on_other_days: Sequence[Finding] = (),
) -> Iterator[Finding]:
    """Findings, those marked that are accepted; then findings on acceptances.

    Args:
        findings: all that was found, by whatever rules.
        accepted: what the file accepts.
        as_of: the day on which it is looked at.
        on_other_days: what is found when the file is looked at without a day; an acceptance of it is of use too.
    """
    entries = _entries(accepted)
    in_force = [entry for entry in entries if not entry.is_past(as_of)]
    for finding in findings:
        by = next((entry.accepted for entry in in_force if entry.means(finding)), None)
        yield replace(finding, accepted=Acceptance(by.reason, by.by, by.until)) if by else finding
    for at, given in enumerate(accepted):
        rule = rule_called(given.finding)
        if rule is None:
            yield acceptances.unacceptable(at, not_a_rule(given.finding))
        elif not can_be_accepted(rule):
            yield acceptances.unacceptable(at, f"findings of {rule.code} {rule.name} cannot be accepted")
    for entry in entries:
        yield from _of_no_use(entry, findings, as_of, on_other_days)


def not_accepted(
    findings: Iterable[Finding], accepted: Sequence[Accepted], as_of: date | None = None
) -> Iterator[Finding]:
    """Findings without those that are accepted, for a command that shows a part of all findings; see `accept`."""
    in_force = [entry for entry in _entries(accepted) if not entry.is_past(as_of)]
    return (finding for finding in findings if not any(entry.means(finding) for entry in in_force))


def _entries(accepted: Sequence[Accepted]) -> list[_Entry]:
    """The entries that name a rule whose findings can be accepted."""
    named = [_Entry(at, rule, entry) for at, entry in enumerate(accepted) if (rule := rule_called(entry.finding))]
    return [entry for entry in named if can_be_accepted(entry.rule)]


def _of_no_use(
    entry: _Entry, findings: Sequence[Finding], as_of: date | None, on_other_days: Sequence[Finding]
) -> Iterator[Finding]:
    """That an acceptance matches nothing, or has ended."""
    meant = next((finding for finding in findings if entry.means(finding)), None)
    until = entry.accepted.until
    if meant is None:
        unseen = as_of is None and entry.rule in OF_THE_DAY
        if not unseen and not any(map(entry.means, on_other_days)):
            now = [finding.message for finding in findings if finding.rule == entry.rule]
            longer = next((message for message in now if message.startswith(entry.accepted.subject)), None)
            alike = longer or nearest(entry.accepted.subject, now)
            yield acceptances.unmatched(entry.at, entry.rule, entry.accepted, alike)
    elif until is not None and entry.is_past(as_of):
        yield acceptances.expired(entry.at, entry.rule, until, meant)
