"""GC8: posts whose costs are worked out from pay and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.findings import Rule
from grantcalc.grants.faults import FaultKind
from grantcalc.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_GOOD: Final = """\
grant: Example
years: [2022]
posts:
  - role: Officer
    pay:
      salary: £30,000
      fte: 0.8
      starts: 2022-05-15
      includes: on-costs
"""
_SCALED: Final = """\
grant: Example
years: [2022]
costing:
  scales:
    - scale: Grade 7
      from: 2021-04-01
      points:
        1: £30,000
        2: £31,000
  pay_awards:
    - from: 2022-04-01
      by: £1,900
posts:
  - role: Officer
    pay:
      spine:
        scale: Grade 7
        point: 1
      includes: on-costs
"""
_INSURED: Final = """\
grant: Example
years: [2022-23]
posts:
  - role: Officer
    pay:
      salary: £30,000
      on_costs:
        national_insurance: yes
"""
_OWN_RATES: Final = """\
costing:
  national_insurance:
    - from: 2026-04-06
      rate: 15%
      threshold: £5,000
"""


def _rule(code: str, name: str, page: str, fails: str, passes: str) -> Rule:
    """A rule whose faults leave a post without a cost."""
    gist = ("a post cannot be costed", "{n} faults leave posts without a cost")
    return Rule(code, name, Severity.ERROR, page, fails, passes, gist=gist)


FTE: Final = _rule(
    "GC801",
    "impossible-fte",
    """\
A full-time equivalent (FTE) is the share of full-time work of one person: more than nothing, and at most 1. For several
people write how many there are under `people`, or list them: employer's National Insurance is due for each of them
above a threshold of their own, so two halves do not cost what one whole does.""",
    _GOOD.replace("fte: 0.8", "fte: 2"),
    _GOOD.replace("fte: 0.8", "people: 2"),
)
PAY_DATES: Final = _rule(
    "GC802",
    "impossible-pay-dates",
    """\
The dates of a post contradict each other or the years of the grant: it ends before it starts, is in post on no day of
any year, is vacant when nobody is in post anyway, or a year has no dates by which its part could be reckoned.""",
    _GOOD.replace("starts: 2022-05-15", "starts: 2023-05-15"),
    _GOOD,
)
AWARD_BEFORE_SCALE: Final = _rule(
    "GC803",
    "award-counted-twice",
    """\
A pay award lies on or before the day as at which the salary or the scale is given, which has it already: it would
count twice. A salary is given as at the first day of the grant's years, unless `as_at` says otherwise; a scale as at
its `from`. Leave the award out, or give the salary or scale that was in force before it.""",
    _SCALED.replace("from: 2022-04-01", "from: 2021-04-01"),
    _SCALED,
)
UNKNOWN_POINT: Final = _rule(
    "GC804",
    "unknown-point",
    """\
A post is on a scale that is not given, or on a point that its scale does not have. Scales stand under `costing`,
`scales`, in the grant file or in a file beside it.""",
    _SCALED.replace("point: 1\n", "point: 3\n"),
    _SCALED,
)
SCALES: Final = _rule(
    "GC805",
    "unusable-scales",
    """\
The file of pay scales that `costing`, `scales` names is missing, cannot be read, or has faults of its own, which are
told with their places in that file. It is looked for from the grant file's own folder.""",
    _GOOD.replace("posts:", "costing:\n  scales: pay.yaml\nposts:"),
    _GOOD,
)
NO_RATE: Final = _rule(
    "GC806",
    "rate-not-given",
    """\
A rate is needed that neither the file nor the program has: the employer's rate of a pension scheme, a scale before its
first day, National Insurance before the first day for which it is known. No rate is invented: state it, with the day
from which it holds.""",
    _INSURED.replace("national_insurance: yes", "pension: LGPS"),
    _INSURED.replace("national_insurance: yes", "pension: 18.5%"),
)
RATES_KNOWN_TO: Final = Rule(
    "GC807",
    "rates-known-to",
    Severity.WARNING,
    """\
Days are costed for which the rates of the law are not known to the program; the last known ones stand in for them.
State the rates that you budget with under `costing`, `national_insurance`, each with the day from which it holds.""",
    _INSURED.replace("2022-23", "2026-27"),
    _INSURED.replace("2022-23", "2026-27").replace("posts:", f"{_OWN_RATES}posts:"),
)
ON_COSTS: Final = Rule(
    "GC808",
    "on-costs-not-said",
    Severity.WARNING,
    """\
A post is costed from its salary, and nothing says whether employer's National Insurance and pension come on top. Left
out, they are the commonest reason why a post costs a quarter more than its budget. Say which there are under
`on_costs`, for the post or for all under `costing`; or `includes: on-costs` where the salary has them.""",
    _GOOD.replace("      includes: on-costs\n", ""),
    _GOOD,
)

PARTLY_GIVEN: Final = Rule(
    "GC809",
    "year-partly-given",
    Severity.WARNING,
    """\
A post has pay, and a year of it gives some amounts under `costs` but not all that its pay would make. A year with
amounts is taken as it stands, so the others are left out of its total. Give them too, with 0 for none, or take the year
out of `costs`.""",
    _GOOD.replace("    pay:", "    costs:\n      2022:\n        overhead: £3,000\n    pay:"),
    _GOOD.replace("    pay:", "    costs:\n      2022:\n        salary: £15,100\n        overhead: £3,000\n    pay:"),
)

OF_KIND: Final[Mapping[FaultKind, Rule]] = {
    FaultKind.FTE: FTE,
    FaultKind.PAY_DATES: PAY_DATES,
    FaultKind.AWARD_BEFORE_SCALE: AWARD_BEFORE_SCALE,
    FaultKind.UNKNOWN_POINT: UNKNOWN_POINT,
    FaultKind.SCALES: SCALES,
    FaultKind.NO_RATE: NO_RATE,
    FaultKind.RATES_KNOWN_TO: RATES_KNOWN_TO,
    FaultKind.ON_COSTS: ON_COSTS,
    FaultKind.PARTLY_GIVEN: PARTLY_GIVEN,
}
"""The rule of each kind of fault that a post's rates can have."""

RULES: Final = tuple(OF_KIND.values())
