"""What the grant agreement says of payments: when they are made, and how they are divided."""

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    Date,
    PortionOfGrant,
    PortionOrCount,
    Record,
    RuleForDate,
    Share,
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
    profile: Literal["even", "incurred"] = "even"
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
        if self.profile == "incurred" and self.basis != "cost":
            message = f"they are to follow the cost that is incurred in each period, but their basis is {self.basis}"
            raise fault(FaultKind.SHAPE, message, "leave out one of profile: incurred and basis")
        if self.retention is not None and self.final_payment is not None:
            message = "both a retention and a final payment are held back"
            raise fault(FaultKind.SHAPE, message, "leave out one of retention and final_payment")
        return self

    @property
    def months(self) -> int:
        """How many months a payment covers."""
        return {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[self.frequency]

    @property
    def unit(self) -> "Decimal":
        """What instalments are rounded to, in pounds."""
        return POUND if self.rounding == "pounds" else PENNY

    @property
    def share_remainder(self) -> Remainder:
        """Where the odd penny or pound goes."""
        return Remainder(self.remainder)
