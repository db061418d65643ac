"""What was agreed since: changes of the award, and schedules that were agreed anew."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from grantcalc.grants.fields import Amount, AmountFromZero, Date, Record, Text, YearName, as_list


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
    amounts: Annotated[tuple[AmountFromZero, ...], BeforeValidator(as_list)] = ()
    reference: Text | None = None
    reason: Text | None = None
