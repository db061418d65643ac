"""What a grant file says of pay: Pydantic at the door, as for the rest of the file.

A post's `pay` says what it is paid and when; the grant's `costing` has the conventions and rates that its posts share.
Both hold what is written and nothing more: what follows from them is computed in `engine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, WrapValidator, field_validator, model_validator

from grantcalc.grants.costing.values import (
    Flag,
    Fte,
    PensionBy,
    PercentFromZero,
    RiseBy,
    as_people,
    several,
)
from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    AmountFromZero,
    Date,
    HeadingKey,
    Record,
    Text,
    as_list,
    as_mapping,
    fault,
    given,
    keys_below,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_AWARD: Final = "from and by, such as by: 5%,"
_ON_COSTS: Final = "national_insurance: yes, or a pension such as pension: 18.5%,"

Convention = Literal["months", "days", "police"]


class Filled(Record):
    """A part of the file in which every key that is written has a value."""

    _given = field_validator("*", mode="before")(given)


class PayAward(Filled):
    """A rise of salaries from a day on: a percentage, or an amount a year for full-time work.

    A backdated award costs from that day on, whenever it is settled; an absorbed one is borne by the recipient.
    """

    begins: Date = Field(alias="from")
    by: RiseBy
    scale: Text | None = None
    treatment: Literal["backdated", "absorbed"] = "backdated"


class ScaleTable(Filled):
    """The points of a pay scale, lowest first, and the day from which they hold."""

    scale: Text
    begins: Date = Field(alias="from")
    points: Annotated[Mapping[Text, AmountFromZero], BeforeValidator(as_mapping)]


class ScalesFile(Filled):
    """A file beside the grant file that holds pay scales."""

    scales: Annotated[tuple[ScaleTable, ...], BeforeValidator(as_list)]


def tables_or_file(value: object, handler: Callable[[object], tuple[ScaleTable, ...]]) -> tuple[ScaleTable, ...] | str:
    """A list of scales; or the name of the file that has them."""
    return value.strip() if isinstance(value, str) and value.strip() else handler(as_list(value))


if TYPE_CHECKING:
    Scales: TypeAlias = tuple[ScaleTable, ...] | str
else:
    Scales = Annotated[tuple[ScaleTable, ...], WrapValidator(tables_or_file)]


class Spine(Filled):
    """A point of a pay scale."""

    scale: Text
    point: Text


class Increments(Filled):
    """Rises on a day, and on that day of every later year: a point of the scale, or an amount or percentage."""

    begins: Date = Field(alias="from")
    by: RiseBy | None = None
    to: Text | None = None


def increments_from(value: object) -> object:
    """Let increments be their first day alone."""
    return {"from": value} if isinstance(value, str) else value


class Absence(Filled):
    """Days on which nobody is in post, both included."""

    begins: Date = Field(alias="from")
    ends: Date = Field(alias="to")


class Terms(Filled):
    """What a person is paid and when."""

    salary: AmountFromZero | None = None
    as_at: Date | None = None
    spine: Annotated[Spine | None, keys_below("scale and point")] = None
    increments: Annotated[Increments | None, BeforeValidator(increments_from)] = None
    fte: Fte | None = None
    starts: Date | None = None
    ends: Date | None = None
    vacant: Annotated[tuple[Absence, ...] | None, several("from and to")] = None

    @model_validator(mode="after")
    def _one_salary(self) -> Self:
        if self.salary is not None and self.spine is not None:
            remedy = "give the salary, or the scale and point"
            raise fault(FaultKind.SHAPE, "both a salary and a point of a scale are given", remedy)
        return self


class Person(Terms):
    """One of several people in a post; what is not given is as for the post."""


class Allowance(Filled):
    """What is paid beside a salary: an amount a year for full-time work, or a percentage of the salary."""

    allowance: Text
    amount: RiseBy
    pensionable: Flag
    by_fte: Flag = True


class OnCosts(Filled):
    """What an employer pays on top of pay."""

    national_insurance: Flag = False
    pension: PensionBy | None = None
    apprenticeship_levy: Flag = False


class NationalInsurance(Filled):
    """Employer's National Insurance from a day on: a rate of a person's earnings above a threshold a year."""

    begins: Date = Field(alias="from")
    rate: PercentFromZero
    threshold: AmountFromZero
    source: Text | None = None


class Levy(Filled):
    """The apprenticeship levy from a day on, as a percentage of pay."""

    begins: Date = Field(alias="from")
    rate: PercentFromZero
    source: Text | None = None


class StatutoryRates(Filled):
    """The rates that are the same for every employer, and the last day for which they are known."""

    known_to: Date
    national_insurance: Annotated[tuple[NationalInsurance, ...], BeforeValidator(as_list)]
    apprenticeship_levy: Annotated[tuple[Levy, ...], BeforeValidator(as_list)]


class PensionRate(Filled):
    """What an employer pays into a pension scheme, as a percentage of pensionable pay, from a day on."""

    scheme: Text
    begins: Date | None = Field(alias="from", default=None)
    rate: PercentFromZero
    source: Text | None = None


class Overhead(Filled):
    """An overhead: a flat amount a year, a percentage of a base, or an amount a year per full-time equivalent."""

    flat: AmountFromZero | None = None
    rate: PercentFromZero | None = None
    per_fte: AmountFromZero | None = None
    base: Literal["salary", "pay", "pay and on-costs"] | None = None
    excluding: Annotated[tuple[Text, ...], BeforeValidator(as_list)] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("flat", "rate", "per_fte") if getattr(self, name) is not None]
        if len(given) != 1:
            found = "more than one of flat, rate and per_fte is" if given else "none of flat, rate and per_fte is"
            raise fault(FaultKind.SHAPE, f"{found} given", "give one: £8,723, 25% or £8,723 per full-time post")
        if self.rate is None and (self.base is not None or self.excluding):
            remedy = "leave them out, or give a rate"
            raise fault(FaultKind.SHAPE, "base and excluding say what a rate is charged on, and none is given", remedy)
        return self


def overhead_rate(value: object) -> object:
    """Let an overhead be its percentage alone."""
    if isinstance(value, str):
        if "%" in value:
            return {"rate": value}
        found = f"{shown(value)} may be an amount a year, or one for each full-time post"
        raise fault(FaultKind.SHAPE, found, f"write flat: {value} or per_fte: {value} below, indented")
    return value


class ChargedTo(Filled):
    """The headings under which salaries, on-costs and overheads stand."""

    salary: HeadingKey | None = None
    on_costs: HeadingKey | None = None
    overhead: HeadingKey | None = None


class Pay(Terms):
    """A post's pay: the terms that its people share, what is added, and conventions of its own."""

    people: Annotated[tuple[Person, ...], BeforeValidator(as_people)] | None = None
    pay_awards: Annotated[tuple[PayAward, ...] | None, several(_AWARD)] = None
    allowances: Annotated[tuple[Allowance, ...], several("allowance, amount and pensionable")] = ()
    includes: Literal["on-costs"] | None = None
    on_costs: Annotated[OnCosts | None, keys_below(_ON_COSTS)] = None
    overhead: Annotated[Overhead | None, BeforeValidator(overhead_rate)] = None
    pro_rata: Convention | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.includes and self.on_costs:
            remedy = "leave out one of the two"
            raise fault(FaultKind.SHAPE, "the salary includes on-costs, and on_costs adds them again", remedy)
        if self.salary is None and self.spine is None and not _all_paid(self.people or ()):
            remedy = "give a salary for a full-time year, or a spine with its scale and point"
            raise fault(FaultKind.MISSING_KEY, "neither a salary nor a spine is given", remedy)
        return self


def _all_paid(people: tuple[Person, ...]) -> bool:
    return bool(people) and all(person.salary is not None or person.spine is not None for person in people)


class Costing(Filled):
    """The conventions and rates that the posts of a grant share."""

    pro_rata: Convention = "months"
    headings: ChargedTo = ChargedTo()
    scales: Scales = ()
    pay_awards: Annotated[tuple[PayAward, ...], several(_AWARD)] = ()
    on_costs: Annotated[OnCosts | None, keys_below(_ON_COSTS)] = None
    national_insurance: Annotated[tuple[NationalInsurance, ...], several("from, rate and threshold")] = ()
    pensions: Annotated[tuple[PensionRate, ...], several("scheme and rate")] = ()
    overhead: Annotated[Overhead | None, BeforeValidator(overhead_rate)] = None
    inflation: Annotated[Mapping[HeadingKey, PercentFromZero], BeforeValidator(as_mapping)] = Field(
        default_factory=dict
    )


USUAL: Final = Costing()
"""The conventions of a grant that gives none."""

RECORDS_OF_SCALES: Final[Mapping[tuple[str, ...], type[BaseModel]]] = {(): ScalesFile, ("scales",): ScaleTable}
"""The record at each part of a file of pay scales."""

RECORDS: Final[Mapping[tuple[str, ...], type[Record]]] = {
    ("costing",): Costing,
    ("costing", "headings"): ChargedTo,
    ("costing", "scales"): ScaleTable,
    ("costing", "pay_awards"): PayAward,
    ("costing", "on_costs"): OnCosts,
    ("costing", "national_insurance"): NationalInsurance,
    ("costing", "pensions"): PensionRate,
    ("costing", "overhead"): Overhead,
    ("posts", "pay"): Pay,
    ("posts", "pay", "spine"): Spine,
    ("posts", "pay", "increments"): Increments,
    ("posts", "pay", "vacant"): Absence,
    ("posts", "pay", "people"): Person,
    ("posts", "pay", "people", "spine"): Spine,
    ("posts", "pay", "people", "increments"): Increments,
    ("posts", "pay", "people", "vacant"): Absence,
    ("posts", "pay", "pay_awards"): PayAward,
    ("posts", "pay", "allowances"): Allowance,
    ("posts", "pay", "on_costs"): OnCosts,
    ("posts", "pay", "overhead"): Overhead,
}
"""The record at each part of a grant file that says how posts are costed."""
