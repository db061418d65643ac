"""Where the money of a grant comes from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    FUNDING_KEYS,
    UNNAMED,
    AmountFromZero,
    FundingKey,
    Record,
    Stated,
    Text,
    as_mapping,
    fault,
)

if TYPE_CHECKING:
    from grantcalc.money import Figure


def gathered(value: object) -> object:
    """Gather a funding source's amounts per heading, which stand beside its other keys."""
    if not isinstance(value, dict):
        return value
    amounts = {key: amount for key, amount in value.items() if key not in FUNDING_KEYS}
    if amounts and value.get("amount") is not None:
        message = "one amount for all is given beside amounts for headings"
        raise fault(FaultKind.SHAPE, message, "give an amount for each heading, or one for all")
    return {**{key: amount for key, amount in value.items() if key in FUNDING_KEYS}, UNNAMED: amounts}


class FundingSource(Record):
    """Where money comes from: an amount for each heading, or one amount for all."""

    source: Text
    amount: AmountFromZero | None = None
    stated: Stated = Field(default_factory=dict)
    amounts: Annotated[Mapping[FundingKey, AmountFromZero], BeforeValidator(as_mapping)] = Field(
        alias=UNNAMED, default_factory=dict
    )

    @property
    def given(self) -> "Mapping[str, Figure]":
        """What the source gives, by heading; under "amount" what it gives for all."""
        return {**self.amounts, **({"amount": self.amount} if self.amount is not None else {})}
