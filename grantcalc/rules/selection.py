"""Which rules are wanted: by code, by the beginning of a code, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import nearest
from grantcalc.rules import RULES, acceptances, costing, files
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Rule

_LEAVING_NOTHING: Final = frozenset(
    rule.code for rule in (*files.RULES, *costing.RULES) if rule.severity is Severity.ERROR
)


def unknown_rule(words: Sequence[str]) -> str | None:
    """What is wrong with words that should name rules; None if nothing is."""
    return next((not_a_rule(word) for word in words if not any(_names(word, rule) for rule in RULES)), None)


def not_a_rule(word: str) -> str:
    """That no rule has a code or name, and which one was probably meant."""
    close = nearest(word, [name for rule in RULES for name in (rule.code, rule.name)])
    hint = f'; did you mean "{close}"?' if close else ""
    return f'no rule is called "{word}"{hint}'


def rule_called(word: str) -> Rule | None:
    """The rule with this code or name, however its letters are written; None if there is none."""
    return next((rule for rule in RULES if word.casefold() in (rule.code.casefold(), rule.name)), None)


def is_wanted(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a rule's findings are wanted. Errors of the file itself always are: nothing was checked then."""
    if leaves_nothing(rule):
        return True
    selected = not select or any(_names(word, rule) for word in select)
    return selected and not any(_names(word, rule) for word in ignore)


def can_be_accepted(rule: Rule) -> bool:
    """Whether findings of a rule can be accepted: neither errors of the file itself, nor those about acceptances."""
    return not leaves_nothing(rule) and rule not in acceptances.RULES


def leaves_nothing(rule: Rule) -> bool:
    """Whether a rule is of faults that leave nothing to compute."""
    return rule.code in _LEAVING_NOTHING


def _names(word: str, rule: Rule) -> bool:
    return word.casefold() == rule.name or (len(word) > 1 and rule.code.startswith(word.upper()))
