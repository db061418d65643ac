"""What the grant agreement says of payments: when they are made, how they are divided, how the award has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    Amount,
    AmountFromZero,
    Date,
    PortionOfGrant,
    PortionOrCount,
    Record,
    RuleForDate,
    Share,
    Text,
    YearName,
    as_list,
    fault,
)
from grantcalc.money import PENNY, POUND, Remainder

if TYPE_CHECKING:
    from decimal import Decimal


class Payments(Record):
    """How the grant is paid."""

    frequency: Literal["monthly", "quarterly", "half-yearly", "yearly"] = "quarterly"
    quarters: Literal["grant", "calendar", "financial"] = "grant"
    share: Literal["months", "days"] = "months"
    timing: Literal["arrears", "advance"] = "arrears"
    basis: Literal["cost", "award", "stated"] = "cost"
    rounding: Literal["pence", "pounds"] = "pence"
    remainder: Literal["last", "first", "spread"] = "last"
    rate: Share | None = None
    up_front: PortionOrCount | None = None
    retention: Share | None = None
    final_payment: PortionOfGrant | None = None
    carry_forward: Literal["no", "yes"] = "no"
    invoice: RuleForDate | None = None
    claim_by: RuleForDate | None = None
    payment_due: RuleForDate | None = None
    final_claim: RuleForDate | None = None
    bank_holidays: Literal["england-and-wales", "scotland", "northern-ireland"] = "england-and-wales"
    extra_days_off: Annotated[tuple[Date, ...], BeforeValidator(as_list)] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        """Refuse rules that speak of another way to pay."""
        if self.timing == "advance" and self.invoice is not None:
            message = "payments are made in advance, but invoice says when to ask for one in arrears"
            raise fault(FaultKind.SHAPE, message, "leave out one of timing: advance and invoice")
        if self.retention is not None and self.final_payment is not None:
            message = "both a retention and a final payment are held back"
            raise fault(FaultKind.SHAPE, message, "leave out one of retention and final_payment")
        return self

    @property
    def months(self) -> int:
        """How many months a payment covers."""
        return {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[self.frequency]

    @property
    def unit(self) -> Decimal:
        """What instalments are rounded to, in pounds."""
        return POUND if self.rounding == "pounds" else PENNY

    @property
    def share_remainder(self) -> Remainder:
        """Where the odd penny or pound goes."""
        return Remainder(self.remainder)


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


def order_number(value: object) -> object:
    """Let a purchase order be its number alone."""
    return {"number": value} if isinstance(value, str) else value


class PurchaseOrder(Record):
    """The customer's order, which every invoice quotes, and how much it is raised for."""

    number: Text
    amount: AmountFromZero | None = None
