"""Claims as the grant file records them: actual eligible expenditure of a period, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    FINAL,
    UP_FRONT,
    Amount,
    AmountFromZero,
    Amounts,
    Date,
    HeadingKey,
    ItemName,
    Record,
    RoleName,
    Text,
    as_list,
    as_mapping,
    fault,
    shown,
)

NUMBER: Final = re.compile(r"[1-9][0-9]{0,3}")


def _period(value: object) -> int | str:
    text = " ".join(value.lower().replace("-", " ").split()) if isinstance(value, str) else ""
    if text in (UP_FRONT, FINAL):
        return text
    if not isinstance(value, str) or not NUMBER.fullmatch(value.strip()):
        remedy = f"write the number that invoices gives it, as in 1, or {UP_FRONT} or {FINAL}"
        raise fault(FaultKind.SHAPE, f"{shown(value)} is not a period", remedy)
    return int(value)


PeriodReference = Annotated[int | str, PlainValidator(_period)]


class _ClaimedLine(Record):
    """What a post or other cost came to in the period."""

    kind: ClassVar[Literal["post", "cost"]]
    costs: Amounts
    ledger: Text | None = None

    @property
    def name(self) -> str:
        """The role of a post, or what another cost is for."""
        raise NotImplementedError


class ClaimedPost(_ClaimedLine):
    """What a funded role came to in the period."""

    kind: ClassVar[Literal["post", "cost"]] = "post"
    role: RoleName
    costs: Annotated[Mapping[HeadingKey, AmountFromZero], BeforeValidator(as_mapping)]

    @property
    def name(self) -> str:
        """The role."""
        return self.role


class ClaimedCost(_ClaimedLine):
    """What a cost that is no post came to in the period."""

    kind: ClassVar[Literal["post", "cost"]] = "cost"
    item: ItemName

    @property
    def name(self) -> str:
        """What the cost is for."""
        return self.item


class Correction(Record):
    """A change of what an earlier period came to, claimed or given back with this claim."""

    period: PeriodReference
    heading: HeadingKey
    amount: Amount
    reason: Text
    ledger: Text | None = None


class Disallowed(Record):
    """What the funder did not accept of a claim."""

    heading: HeadingKey
    amount: AmountFromZero
    reason: Text
    date: Date | None = None


class Receipt(Record):
    """Money received for a claim."""

    date: Date
    amount: AmountFromZero | None = None
    reference: Text | None = None


def receipt_on(value: object) -> object:
    """Let a claim that is paid in full be given the date alone."""
    return [{"date": value}] if isinstance(value, str) else as_list(value)


class Claim(Record):
    """A claim: what a period cost, what was asked for, by whom, when, and what was paid."""

    period: PeriodReference | None = None
    from_: Date | None = Field(alias="from", default=None)
    to: Date | None = None
    figures: Literal["actual", "estimated"] = "actual"
    costs: Amounts | None = None
    posts: Annotated[tuple[ClaimedPost, ...], BeforeValidator(as_list)] = ()
    other_costs: Annotated[tuple[ClaimedCost, ...], BeforeValidator(as_list)] = ()
    ledger: Text | None = None
    corrections: Annotated[tuple[Correction, ...], BeforeValidator(as_list)] = ()
    disallowed: Annotated[tuple[Disallowed, ...], BeforeValidator(as_list)] = ()
    amount: AmountFromZero | None = None
    claimed: Date | None = None
    invoice: Text | None = None
    certified_by: Text | None = None
    paid: Annotated[tuple[Receipt, ...], BeforeValidator(receipt_on)] = ()

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        """Refuse two periods or none, and costs by heading beside costs by post."""
        dates = [day is not None for day in (self.from_, self.to)]
        if self.period is not None and any(dates):
            message = "the period that is claimed for is given twice, by its number and by dates"
            raise fault(FaultKind.SHAPE, message, "write period: 1, or the dates under from and to")
        if self.period is None and not all(dates):
            message = "only one of from and to is given" if any(dates) else "the period that is claimed for is missing"
            raise fault(FaultKind.SHAPE, message, "write period: 1, or the dates under from and to")
        if self.period in (UP_FRONT, FINAL) and (
            self.costs is not None or self.lines or self.corrections or self.disallowed
        ):
            message = f"the {self.period} payment is for no one period, so its claim has no costs or corrections"
            raise fault(FaultKind.SHAPE, message, "put them into the claim of the period that they belong to")
        if self.costs is not None and self.lines:
            message = "costs are given by heading and by post"
            raise fault(FaultKind.SHAPE, message, "give them once: under costs, or under posts and other_costs")
        return self

    @property
    def lines(self) -> tuple[ClaimedPost | ClaimedCost, ...]:
        """Posts first, then other costs, each in the order of the file."""
        return (*self.posts, *self.other_costs)


class Claims(Record):
    """The claims of a grant file, which are read apart from the rest."""

    claims: Annotated[tuple[Claim, ...], BeforeValidator(as_list)]


RECORDS: Final[Mapping[tuple[str, ...], type[Record]]] = {
    ("claims",): Claim,
    ("claims", "posts"): ClaimedPost,
    ("claims", "other_costs"): ClaimedCost,
    ("claims", "corrections"): Correction,
    ("claims", "disallowed"): Disallowed,
    ("claims", "paid"): Receipt,
}
"""The model of each part of the claims."""
