"""The grant file as a model: Pydantic at the door, frozen, without line numbers."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from grantcalc.grants.agreement import Payments
from grantcalc.grants.faults import FaultKind
from grantcalc.grants.fields import (
    DEFAULT_HEADINGS,
    UNNAMED,
    AmountFromZero,
    Amounts,
    Date,
    FinancialYearKey,
    HeadingKey,
    Record,
    StartOfYear,
    Stated,
    Text,
    YearKey,
    as_list,
    as_mapping,
    as_mapping_of_years,
    by_year,
    fault,
    given,
    keys_below,
)
from grantcalc.grants.periods import APRIL, Period, financial_year_named, named_period

if TYPE_CHECKING:
    from grantcalc.grants.accept import Accepted
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.costing.records import Costing, Pay
    from grantcalc.grants.costing.values import Rate
    from grantcalc.grants.funding import FundingSource
    from grantcalc.grants.purchase_orders import PurchaseOrder
    from grantcalc.grants.variations import Reprofile, Variation
    from grantcalc.money import Figure


def _pay(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.costing.records import Pay

    return Pay.model_validate(value, context=info.context)


def _costing(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.costing.records import Costing

    return Costing.model_validate(value, context=info.context)


def _uplift(value: object) -> object:
    from grantcalc.grants.costing.values import read_uplift

    return read_uplift(value)


def _variation(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.variations import Variation

    return Variation.model_validate(value, context=info.context)


def _reprofile(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.variations import Reprofile

    return Reprofile.model_validate(value, context=info.context)


def _purchase_order(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.purchase_orders import PurchaseOrder, order_number

    return PurchaseOrder.model_validate(order_number(value), context=info.context)


def _funding_source(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.funding import FundingSource, gathered

    return FundingSource.model_validate(gathered(value), context=info.context)


def _accepted(value: object, info: ValidationInfo) -> object:
    from grantcalc.grants.accept import Accepted

    return Accepted.model_validate(value, context=info.context)


if TYPE_CHECKING:
    PayOfPost: TypeAlias = Pay
    CostingOfGrant: TypeAlias = Costing | None
    UpliftBy: TypeAlias = Rate | Literal["inflation"]
    VariationOfAward: TypeAlias = Variation
    ReprofiledFrom: TypeAlias = Reprofile
    OrderOfCustomer: TypeAlias = PurchaseOrder
    SourceOfFunding: TypeAlias = FundingSource
    AcceptedFinding: TypeAlias = Accepted
else:  # Any, and imported for files that have them: few do, and building these records takes longer than all others
    PayOfPost = Annotated[Any, PlainValidator(_pay)]
    CostingOfGrant = Annotated[Any, PlainValidator(_costing), keys_below("pro_rata: months")]
    UpliftBy = Annotated[Any, PlainValidator(_uplift)]
    VariationOfAward = Annotated[Any, PlainValidator(_variation)]
    ReprofiledFrom = Annotated[Any, PlainValidator(_reprofile)]
    OrderOfCustomer = Annotated[Any, PlainValidator(_purchase_order)]
    SourceOfFunding = Annotated[Any, PlainValidator(_funding_source)]
    AcceptedFinding = Annotated[Any, PlainValidator(_accepted)]


def year_named(value: object) -> object:
    """Let a year be its name alone."""
    return {"year": value} if isinstance(value, str) else value


class Year(Record):
    """A year of the grant; its dates are those that are given, else those that its name implies."""

    year: Text
    starts: Date | None = None
    ends: Date | None = None
    award: AmountFromZero | None = None
    stated: Stated = Field(default_factory=dict)

    @cached_property
    def period(self) -> Period | None:
        """The year's dates, or None where nothing says them."""
        named = named_period(self.year)
        starts = self.starts or (named.starts if named else None)
        ends = self.ends or (named.ends if named else None)
        return Period(starts, ends) if starts and ends else None


class Line(Record):
    """A post or another cost: amounts by year and heading, and what the paper states of them."""

    kind: ClassVar[Literal["post", "cost"]]
    costs: Annotated[Mapping[YearKey, Amounts], BeforeValidator(as_mapping), BeforeValidator(by_year)]
    uplift: Annotated[UpliftBy | None, BeforeValidator(given)] = None
    stated: Annotated[Mapping[YearKey, Stated], BeforeValidator(as_mapping), BeforeValidator(by_year)] = Field(
        default_factory=dict
    )

    @property
    def name(self) -> str:
        """The role of a post, or what another cost is for."""
        raise NotImplementedError


def _post(value: object) -> object:
    """Let a post with pay leave out its costs, which follow from it."""
    return {"costs": {}, **value} if isinstance(value, dict) and "pay" in value else value


class Post(Line):
    """A funded role."""

    kind: ClassVar[Literal["post", "cost"]] = "post"
    role: Text
    pay: Annotated[PayOfPost | None, BeforeValidator(given), keys_below("salary: £31,400")] = None
    costs: Annotated[
        Mapping[YearKey, Annotated[Mapping[HeadingKey, AmountFromZero], BeforeValidator(as_mapping)]],
        BeforeValidator(as_mapping),
        BeforeValidator(by_year),
    ]

    @property
    def name(self) -> str:
        """The role."""
        return self.role

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.pay is not None and self.uplift is not None:
            message = "both pay and an uplift are given, which would both make the later years"
            raise fault(FaultKind.SHAPE, message, "keep one; costing, inflation raises pay in later years")
        return self


class OtherCost(Line):
    """A cost that is no post; it may be negative, as income is."""

    kind: ClassVar[Literal["post", "cost"]] = "cost"
    item: Text

    @property
    def name(self) -> str:
        """What the cost is for."""
        return self.item


if TYPE_CHECKING:
    Claims: TypeAlias = tuple[Claim, ...]
else:  # read apart, since few files have claims, and building their models takes as long as building the others
    Claims = Any


class Grant(Record):
    """A grant: who gives it and for how long, its years, its posts and other costs, how it is paid."""

    grant: Text
    reference: Text | None = None
    funder: Text | None = None
    recipient: Text | None = None
    award: AmountFromZero | None = None
    costs_rounded_to: Literal["pence", "pounds"] = "pence"
    starts: Date | None = None
    ends: Date | None = None
    financial_year_starts: StartOfYear = APRIL
    award_by_financial_year: Annotated[
        Mapping[FinancialYearKey, AmountFromZero], BeforeValidator(as_mapping_of_years)
    ] = Field(default_factory=dict)
    payments: Payments = Field(default_factory=Payments)
    variations: Annotated[tuple[VariationOfAward, ...], BeforeValidator(as_list)] = ()
    reprofiled: Annotated[tuple[ReprofiledFrom, ...], BeforeValidator(as_list)] = ()
    purchase_order: OrderOfCustomer | None = None
    customer_reference: Text | None = None
    supplier_reference: Text | None = None
    cost_centre: Text | None = None
    certified_by: Text | None = None
    vat_note: Text | None = None
    headings: Annotated[tuple[Text, ...], BeforeValidator(as_list)] = DEFAULT_HEADINGS
    years: Annotated[tuple[Annotated[Year, BeforeValidator(year_named)], ...], BeforeValidator(as_list)] = ()
    posts_from: Text | None = None
    given_costing: CostingOfGrant = Field(alias="costing", default=None)
    posts: Annotated[tuple[Annotated[Post, BeforeValidator(_post)], ...], BeforeValidator(as_list)] = ()
    other_costs: Annotated[tuple[OtherCost, ...], BeforeValidator(as_list)] = ()
    funding: Annotated[tuple[SourceOfFunding, ...], BeforeValidator(as_list)] = ()
    stated: Stated = Field(default_factory=dict)
    claims: Claims = ()
    papers: Annotated[tuple[Text, ...], BeforeValidator(as_list)] = ()
    accept: Annotated[tuple[AcceptedFinding, ...], BeforeValidator(as_list)] = ()

    @property
    def costing(self) -> "Costing":
        """The conventions and rates that posts share, or the usual ones where none are given."""
        if self.given_costing is not None:
            return self.given_costing
        from grantcalc.grants.costing.records import USUAL

        return USUAL

    @property
    def lines(self) -> tuple[Line, ...]:
        """Posts first, then other costs, each in the order of the file."""
        return (*self.posts, *self.other_costs)

    @property
    def named_years(self) -> tuple[Year, ...]:
        """The years of the grant: those listed, or one without a name for the whole of it."""
        return self.years or (Year.model_construct(year=UNNAMED, starts=self.starts, ends=self.ends, stated={}),)

    @property
    def financial_year_awards(self) -> "tuple[tuple[Period, Figure], ...]":
        """The ceilings of financial years, each with the year's dates."""
        named = (
            (financial_year_named(name, self.financial_year_starts), figure)
            for name, figure in self.award_by_financial_year.items()
        )
        return tuple((period, figure) for period, figure in named if period is not None)

    @property
    def period(self) -> Period | None:
        """The funding period: the dates given, else from the first year's start to the last year's end."""
        periods = [year.period for year in self.years]
        known = [period for period in periods if period is not None]
        complete = bool(known) and len(known) == len(periods)
        starts = self.starts or (min(period.starts for period in known) if complete else None)
        ends = self.ends or (max(period.ends for period in known) if complete else None)
        return Period(starts, ends) if starts and ends else None
