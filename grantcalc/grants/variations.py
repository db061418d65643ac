"""What was agreed since: changes of the award, and schedules that were agreed anew."""

import re
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, Field

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import Amount, AmountFromZero, Date, Record, Text, YearName, as_list, fault


def _uncut(value: object) -> object:
    """Refuse amounts that a comma has cut in two: [£8,100, £9,250] is a list of £8, 100, £9 and 250."""
    for before, after in pairwise(value if isinstance(value, list) else []):
        if not isinstance(before, str) or not isinstance(after, str):
            continue
        if re.fullmatch(r"£\s?\d{1,3}", before) and re.fullmatch(r"\d{3}(?:\.\d+)?", after):
            whole = f"{before},{after}"
            message = f'inside brackets a comma ends a value, so "{whole}" is cut after "{before}"'
            remedy = f'write "{whole}" in quotes, or each amount on a line of its own behind a dash'
            raise fault(FaultKind.CUT_VALUE, message, remedy)
    return value


class Variation(Record):
    """An agreed change of the award, from a date on; of a year's own award too where it names one."""

    date: Date
    amount: Amount
    year: YearName | None = None
    reference: Text | None = None
    reason: Text | None = None


class Reprofile(Record):
    """A schedule that was agreed anew from a date on: amounts for the periods that begin then or later.

    Without amounts, what is left is divided over those periods.
    """

    from_: Date = Field(alias="from")
    amounts: Annotated[tuple[AmountFromZero, ...], BeforeValidator(_uncut), BeforeValidator(as_list)] = ()
    reference: Text | None = None
    reason: Text | None = None
