"""GC9: findings that are accepted, in the grant file or in a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.fields import one_line, shown
from grantcalc.severity import Severity
from grantcalc.source import Route
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from datetime import date

    from grantcalc.grants.accept import Accepted

_FILE: Final = """\
grant: Example
years: [2025-26, 2026-27]
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £60,000
  - role: Analyst
    costs:
      2025-26:
        salary: £60,000
      2026-27:
        salary: £61,200
accept:
  - finding: GC405
    subject: Officer has no cost in 2026-27
    reason: The post ends with the first year
"""
_UNTIL: Final = f"# with --as-of 2026-04-01\n{_FILE}    until: 2026-03-31\n"
_BASELINE: Final = """\
{
  "schema": "grantcalc/baseline/1",
  "findings": []
}
"""

UNACCEPTABLE: Final = Rule(
    "GC901",
    "unacceptable-rule",
    Severity.ERROR,
    """\
Under `accept`, `finding` is neither the code nor the name of a rule, or is a rule whose findings cannot be accepted:
faults that leave nothing to compute, and findings about acceptances themselves. So nothing is accepted by it.
`grantcalc rules` lists the rules.""",
    _FILE.replace("GC405", "line-without-costs"),
    _FILE,
)
UNMATCHED: Final = Rule(
    "GC902",
    "acceptance-of-nothing",
    Severity.WARNING,
    """\
Something is accepted that is not found, or not any more. It was mended, and the acceptance can go; or its figures have
changed, and nobody has accepted the new ones. A subject has the figures that were accepted, so that £2 that were let
pass do not let £2,000 pass later. For the same reason a subject that is only the beginning of a message must end where
the message has a colon, a comma or a semicolon with a space behind it: `payment 8` of "payment 8: £10" but not of
"payment 8 is cut". What is found only on some days, as a late claim is, is missed only with
`--as-of`.""",
    _FILE.replace("Officer has", "Analyst has"),
    _FILE,
)
EXPIRED: Final = Rule(
    "GC903",
    "acceptance-ended",
    Severity.WARNING,
    """\
Something was accepted until a day that is past on the day given by `--as-of`, so it counts again. Mend it, or agree on
it anew and give a later day. Without `--as-of` no acceptance ends: the program looks at no clock.""",
    _UNTIL,
    _UNTIL.replace("2026-03-31", "2027-03-31"),
)
GONE: Final = Rule(
    "GC904",
    "gone-from-baseline",
    Severity.NOTE,
    """\
The baseline has a finding that is not found in this file any more: it was mended, or its figures have changed. Write
the baseline anew with `--write-baseline`, so that it cannot come back unseen.""",
    _BASELINE.replace(
        "[]",
        """\
[
    {
      "code": "GC501",
      "path": "grant.yaml",
      "message": "the costs make £60,002, £2 over the award of £60,000",
      "fingerprint": "0000000000000000000000000000000000000000000000000000000000000000"
    }
  ]""",
    ),
    _BASELINE,
    example="json",
)

RULES: Final = (UNACCEPTABLE, UNMATCHED, EXPIRED, GONE)


def unacceptable(at: int, problem: str) -> Finding:
    """That what an entry of `accept` names cannot be accepted, and why."""
    return Finding(UNACCEPTABLE, problem, Route(("accept", at, "finding")), UNACCEPTABLE.severity)


def unmatched(at: int, rule: Rule, accepted: Accepted, now: str | None) -> Finding:
    """That an entry of `accept` matches nothing; with what the rule finds now that is most like it."""
    message = f"{rule.code} {rule.name} is accepted, but not found: {shown(accepted.subject)}"
    notes = [Note(f"found: {now}")] if now else []
    remedy = "copy the subject anew if this is accepted too" if now else "take the acceptance out"
    if now and one_line(now).startswith(accepted.subject):
        notes.append(
            Note("a subject that is only the beginning of a message ends where a colon, comma or semicolon is")
        )
    where = Route(("accept", at, "subject"))
    return Finding(UNMATCHED, message, where, UNMATCHED.severity, notes=(*notes, Note(f"to mend: {remedy}")))


def expired(at: int, rule: Rule, until: date, finding: Finding) -> Finding:
    """That an entry of `accept` has ended."""
    message = f"{rule.code} {rule.name} was accepted until {long_date(until)}: {shown(finding.message)}"
    notes = (Note("found here", finding.at), Note("to mend: mend what is found, or agree on it anew"))
    return Finding(EXPIRED, message, Route(("accept", at, "until")), EXPIRED.severity, notes=notes)


def gone(rule: Rule, message: str) -> Finding:
    """That a finding of the baseline is not found any more."""
    remedy = Note("to mend: write the baseline anew, with --write-baseline")
    said = f"{rule.code} {rule.name} is in the baseline, but not found any more: {message}"
    return Finding(GONE, said, None, GONE.severity, notes=(remedy,))
