"""The answer for a file in a sentence: sign, or do not, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grantcalc.severity import Severity
from grantcalc.sums import Verdict, verdict
from grantcalc.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.findings import Finding
    from grantcalc.results.checked import CheckedFile


def answer(file: CheckedFile) -> str:
    """The answer in a sentence: sign, or do not, and why."""
    counts = Counter(finding.severity for finding in file.standing)
    if counts[Severity.ERROR]:
        return f"Do not sign yet: {listed(_reasons(file.standing))}."
    if counts[Severity.WARNING]:
        warnings = counted(counts[Severity.WARNING], "warning")
        are = "is" if counts[Severity.WARNING] == 1 else "are"
        return f"{_as_far_as_checked(file)} there {are} {warnings} to look at."
    accepted = len(file.findings) - len(file.standing)
    if accepted:
        are = "is" if accepted == 1 else "are"
        unchecked = f"; {counted(file.unchecked, 'place')} could not be checked" if file.unchecked else ""
        return f"Nothing else is wrong: {counted(accepted, 'finding')} {are} accepted{unchecked}."
    return _all_clear(file)


def _as_far_as_checked(file: CheckedFile) -> str:
    """How the answer begins where there are warnings only: no more is said than was checked."""
    if file.kind == "paper" and not file.sums:
        return "No sum was found to check, and"
    return "Nothing is wrong in what was checked, but" if file.unchecked else "Nothing is wrong, but"


def _all_clear(file: CheckedFile) -> str:
    """The answer where there is neither an error nor a warning: what was checked, and what was not."""
    if file.kind == "paper" and not file.sums:
        return "Nothing was checked: no sum was found."
    if file.unchecked:
        return f"Nothing is wrong in what was checked; {counted(file.unchecked, 'place')} could not be checked."
    if not file.sums:
        return "Nothing is wrong; the file states no figures to hold against its costs."
    if any(verdict(a_sum) is Verdict.MISMATCH for a_sum in file.sums):
        return "Nothing is wrong by the rules that were asked for, though not all sums hold."
    return "Nothing is wrong."


def _reasons(findings: Sequence[Finding]) -> list[str]:
    """What stands against signing, each reason once."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    gists = Counter(finding.rule.gist for finding in errors if finding.rule.gist)
    marker = {finding.rule.gist: finding.marker for finding in reversed(errors)}
    reasons = [
        gist[0].format(marker=marker[gist]) if count == 1 else gist[1].format(n=f"{count:,}")
        for gist, count in gists.items()
    ]
    others = len(errors) - sum(gists.values())
    if others:
        reasons.append(counted(others, "other error" if reasons else "error"))
    return reasons
