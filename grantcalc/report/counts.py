"""What was read and checked, and how it came out, counted in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.severity import Severity
from grantcalc.sums import Verdict
from grantcalc.wording import counted

if TYPE_CHECKING:
    from grantcalc.results.checked import CheckResult


def counts(result: CheckResult) -> str:
    """Figures read, sums checked and their verdicts, findings; always in the same words, for scripts."""
    verdicts = result.verdicts()
    files = f"{counted(len(result.files), 'file')}: " if len(result.files) != 1 else ""
    unchecked = counted(sum(file.unchecked for file in result.files), "place")
    unread = f" {counted(len(result.unreadable), 'file')} could not be read." if result.unreadable else ""
    return (
        f"{files}{counted(sum(file.figures for file in result.files), 'figure')} read, "
        f"{counted(sum(verdicts.values()), 'sum')} checked: {verdicts[Verdict.EXACT]:,} exact, "
        f"{verdicts[Verdict.ROUNDING]:,} within rounding, {verdicts[Verdict.MISMATCH]:,} mismatched; "
        f"{result.accepted:,} accepted, {unchecked} not checked. {_found(result)}.{unread}"
    )


def _found(result: CheckResult) -> str:
    """How many findings there are of each severity, beside those that are accepted."""
    severities = result.severities()
    return ", ".join(counted(severities[each], each.value) for each in Severity if severities[each]) or "No findings"
