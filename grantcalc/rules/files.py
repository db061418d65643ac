"""GC1: faults of a grant file as a file, found before any sum is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Finding, Note, Rule
from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.rules import costing, tables
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_GOOD: Final = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
"""


def _rule(code: str, name: str, page: str, fails: str, passes: str = _GOOD) -> Rule:
    """A rule whose faults leave nothing to compute."""
    gist = ("a fault leaves nothing to compute", "{n} faults leave nothing to compute")
    return Rule(code, name, Severity.ERROR, page, fails, passes, gist=gist)


ENCODING: Final = _rule(
    "GC101",
    "wrong-encoding",
    """\
The file is text in another encoding than UTF-8, such as the UTF-16 or Windows-1252 that some editors and
spreadsheets save. A pound sign would be misread, so nothing of the file is used. Save it again as UTF-8.""",
    # A lone surrogate stands for the byte A3, a pound sign in Windows-1252.
    "grant: Example\naward: \udca3405,608\n",
)
SYNTAX: Final = _rule(
    "GC102",
    "not-yaml",
    """\
The file breaks a rule of YAML here, and cannot be read further. The commonest causes are a tab where spaces
should indent, a colon and a space inside a value that is not in quotes, and keys that do not line up.""",
    _GOOD.replace("Officer", "Officer: DC"),
    _GOOD.replace("Officer", '"Officer: DC"'),
)
UNKNOWN_KEY: Final = _rule(
    "GC103",
    "unknown-key",
    """\
The file has a key that means nothing here: usually a slip of the keyboard, or a key one level too deep. Unknown
keys are never passed over, since the amount beside one would be lost without a word.""",
    _GOOD.replace("salary", "salery"),
)
REPEATED_KEY: Final = _rule(
    "GC104",
    "repeated-key",
    """\
A key is given twice in the same place. YAML readers usually keep the last one and lose the first; which is meant
cannot be known.""",
    _GOOD + "        salary: £31,000\n",
)
MISSING_KEY: Final = _rule(
    "GC105",
    "missing-key",
    """\
A key that must be given is not there: `grant`, a post's `role` and `costs`, a cost's `item`, a funding `source`.""",
    _GOOD.replace("grant: Example\n", ""),
)
AMOUNT: Final = _rule(
    "GC106",
    "unreadable-amount",
    """\
What stands here should be an amount, and cannot be read as one with certainty. Amounts may be written as people
write them: `75639`, `75639.00`, `75_639`, `£75,639`, `£2.235m`, `£50.6k`, `(1,250)` for minus. Anything else is
refused, never guessed. A post's cost, an award and a funding amount cannot be less than nothing.""",
    _GOOD.replace("£30,000", "£30,00,0"),
)
SHAPE: Final = _rule(
    "GC107",
    "wrong-shape",
    """\
Something else stands here than the key takes: a single value where a list or amounts should be, nothing at all,
or a word that is none of the choices.""",
    _GOOD + "payments: quarterly\n",
    _GOOD + "payments:\n  frequency: quarterly\n",
)
DATE: Final = _rule(
    "GC108",
    "unreadable-date",
    """\
A date is written as year, month and day: `2022-01-31`. Other orders are refused, since 1/2/2022 is January to
some and February to others.""",
    _GOOD + "starts: 1 April 2025\n",
    _GOOD + "starts: 2025-04-01\n",
)
REPEATED_NAME: Final = _rule(
    "GC109",
    "repeated-name",
    """\
A role, an item, a funding source, a year or a heading is listed twice, so that messages and claims could not tell
one from the other; or a heading has a name that has a meaning of its own in the file. Give each its own name.""",
    _GOOD + "  - role: Officer\n    costs:\n      2025-26:\n        salary: £31,000\n",
    _GOOD + "  - role: Officer 2\n    costs:\n      2025-26:\n        salary: £31,000\n",
)
UNKNOWN_YEAR: Final = _rule(
    "GC110",
    "unlisted-year",
    """\
Costs or stated figures are given for a year that is not listed under `years`. `2025-26`, `2025/26` and
`2025-2026` are one year.""",
    _GOOD.replace("      2025-26", "      2026-27"),
)
FEATURE: Final = _rule(
    "GC111",
    "yaml-feature",
    """\
Anchors, aliases, merge keys, tags and several documents in one file are parts of YAML that a grant file does not
use: they make a file say things that are not on the line where one reads it.""",
    _GOOD.replace("£30,000", "&pay £30,000"),
)
LIMIT: Final = _rule(
    "GC112",
    "beyond-limits",
    """\
The file is nested deeper, or holds more, than any grant file needs. The limit keeps a broken or hostile file from
taking the machine's memory.""",
    "grant: " + "{name: " * 50 + "Example" + "}" * 50 + "\n",
)
CUT_VALUE: Final = _rule(
    "GC113",
    "comma-in-braces",
    """\
Inside braces a comma ends a value, so `{salary: £75,639}` means a salary of £75 and a key 639. Put the amount in
quotes, or each heading on a line of its own. Inside brackets it does the same: `[£8,100, £9,250]` would be four
amounts.""",
    _GOOD.replace("2025-26:\n        salary: £30,000", "2025-26: {salary: £30,000}"),
)
CUT_TEXT: Final = Rule(
    "GC114",
    "comment-in-name",
    Severity.WARNING,
    """\
A name is followed by a space and a number sign, where YAML begins a comment: `role: DC #2` is the role `DC`.
Put the name in quotes if the rest belongs to it.""",
    _GOOD.replace("Officer", "Officer #2"),
    _GOOD.replace("Officer", '"Officer #2"'),
)
IRREGULAR: Final = Rule(
    "GC115",
    "irregular-amount",
    Severity.WARNING,
    """\
An amount is readable, but written as slips are: with a space among its digits (`£22, 324`), or with more than two
decimals and no `m` or `k` (`£0.025`, which is two and a half pence). It is read as it stands.""",
    _GOOD.replace("£30,000", "£30, 000"),
    _GOOD,
)

UNKNOWN_NAME: Final = _rule(
    "GC116",
    "unknown-line",
    """\
A claim gives costs of a post or other cost that the grant does not have, so that they could be held against no
budget. Write the name as it stands under `posts` or `other_costs`, or list it there.""",
    _GOOD + "claims:\n  - period: 1\n    posts:\n      - role: Oficer\n        costs:\n          salary: £7,500\n",
    _GOOD + "claims:\n  - period: 1\n    posts:\n      - role: Officer\n        costs:\n          salary: £7,500\n",
)

_OF_KIND: Final[Mapping[FaultKind, Rule]] = {
    FaultKind.ENCODING: ENCODING,
    FaultKind.SYNTAX: SYNTAX,
    FaultKind.UNKNOWN_KEY: UNKNOWN_KEY,
    FaultKind.REPEATED_KEY: REPEATED_KEY,
    FaultKind.MISSING_KEY: MISSING_KEY,
    FaultKind.AMOUNT: AMOUNT,
    FaultKind.SHAPE: SHAPE,
    FaultKind.DATE: DATE,
    FaultKind.REPEATED_NAME: REPEATED_NAME,
    FaultKind.UNKNOWN_YEAR: UNKNOWN_YEAR,
    FaultKind.FEATURE: FEATURE,
    FaultKind.LIMIT: LIMIT,
    FaultKind.CUT_VALUE: CUT_VALUE,
    FaultKind.CUT_TEXT: CUT_TEXT,
    FaultKind.IRREGULAR: IRREGULAR,
    FaultKind.UNKNOWN_NAME: UNKNOWN_NAME,
    **tables.OF_KIND,
}

RULES: Final = tuple(_OF_KIND.values())


def finding_of(fault: Fault) -> Finding:
    """A fault as a finding of its rule."""
    rule = costing.OF_KIND.get(fault.kind) or _OF_KIND[fault.kind]
    message, notes = fault.message, []
    if fault.remedy.startswith("did you mean"):
        message = f"{message}; {fault.remedy}"
    elif fault.remedy:
        notes.append(Note(f"to mend: {fault.remedy}"))
    if fault.related is not None:
        notes.append(Note(*fault.related))
    return Finding(rule, message, fault.at, rule.severity, notes=tuple(notes))
