"""The JSON Schema of a grant file, made of the model: for editors, and for programs that write grant files.

It says what a part of a file may be, whatever the other parts are: every file that the program loads is valid. Editors
resolve 75639, 2022-01-31 and yes, of which the program reads the text, so both are accepted.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from grantcalc.grants import claim
from grantcalc.grants.accept import Accepted
from grantcalc.grants.agreement import Payments
from grantcalc.grants.costing import records, values
from grantcalc.grants.deadlines import PATTERNS
from grantcalc.grants.document import read_document
from grantcalc.grants.fields import (
    COUNT,
    DAY_AND_MONTH,
    FUNDING_KEYS,
    SHARE,
    UNNAMED,
    Amount,
    AmountFromZero,
    Date,
    FinancialYearKey,
    PortionOfGrant,
    PortionOrCount,
    Record,
    RuleForDate,
    Share,
    StartOfYear,
    Text,
    as_list,
    by_year,
    given,
)
from grantcalc.grants.funding import FundingSource
from grantcalc.grants.keys import Key, keys_of
from grantcalc.grants.model import (
    AcceptedFinding,
    CostingOfGrant,
    Grant,
    OrderOfCustomer,
    OtherCost,
    PayOfPost,
    Post,
    ReprofiledFrom,
    SourceOfFunding,
    UpliftBy,
    VariationOfAward,
    Year,
    year_named,
)
from grantcalc.grants.purchase_orders import PurchaseOrder
from grantcalc.grants.variations import Reprofile, Variation
from grantcalc.money import AMOUNT, LARGEST
from grantcalc.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.fields import FieldInfo

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

_TOKEN: Final = re.compile(r"\\.|\[[^\]]*\]|\(\?P<\w+>|\s+|[A-Za-z]|.", re.DOTALL)


def _portable(written: re.Pattern[str] | str) -> str:
    """A pattern in the dialect that JSON Schema knows, without names, flags or a layout of its own."""
    pattern = re.compile(written)

    def rewritten(token: str) -> str:
        if token.startswith("(?P<"):
            return "(?:"
        if token == "[ ]":  # noqa: S105  (a space of any kind, as read_amount takes them)
            return r"\s"
        if token.isspace():
            return "" if pattern.flags & re.VERBOSE else token
        if token.isalpha() and pattern.flags & re.IGNORECASE:
            return f"[{token.upper()}{token.lower()}]"
        return token

    return "".join(rewritten(token) for token in _TOKEN.findall(pattern.pattern))


def _text_like(*patterns: str) -> Schema:
    """A text that is one of the patterns, with space around it or none."""
    return {"type": "string", "pattern": rf"^\s*(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)})\s*$"}


def _either(*shapes: Schema) -> Schema:
    """What is one of the shapes."""
    several = [shape for each in shapes for shape in (each["anyOf"] if set(each) == {"anyOf"} else [each])]
    return several[0] if len(several) == 1 else {"anyOf": several}


_NULL: Final[Schema] = {"type": "null"}
_BELOW_NOTHING: Final[Schema] = {"pattern": r"[-−(].*[1-9]"}
_BRACKETED: Final = (_portable(AMOUNT), rf"£?\s?\(\s?{_portable(AMOUNT)}\s?\)")
_WRITTEN_AMOUNT: Final = _text_like(*_BRACKETED)
_MONTHS: Final = "|".join(form for month in MONTHS for form in (month, month[:3]))
_LARGEST: Final = int(LARGEST)
_PERCENT: Final = _text_like(_portable(values.PERCENT))
_SHARED: Final[Mapping[str, Schema]] = {
    "text": {"title": "A text", "type": ["string", "number", "boolean"], "pattern": r"\S"},
    "amount": {
        "title": "An amount in pounds, such as £75,639, £2.235m or (1,250) for minus",
        "anyOf": [_WRITTEN_AMOUNT, {"type": "number", "exclusiveMinimum": -_LARGEST, "exclusiveMaximum": _LARGEST}],
    },
    "amountFromZero": {
        "title": "An amount in pounds, not below nothing, such as £75,639 or £2.235m",
        "anyOf": [
            {**_WRITTEN_AMOUNT, "not": _BELOW_NOTHING},
            {"type": "number", "minimum": 0, "exclusiveMaximum": _LARGEST},
        ],
    },
    "date": {
        "title": "A date, as 2022-01-31",
        **_text_like(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    },
    "share": {"title": "A share of the whole, such as 80%", **_text_like(_portable(SHARE))},
    "portion": {
        "title": "A share of the whole such as 20%, or an amount such as £5,000",
        "anyOf": [
            _text_like(_portable(SHARE)),
            {**_WRITTEN_AMOUNT, "not": _BELOW_NOTHING},
            {"const": 0},
            {"type": "number", "minimum": 1, "exclusiveMaximum": _LARGEST},
        ],
    },
    "payments": {"title": "A number of payments", **_text_like(_portable(COUNT))},
    "rule": {
        "title": "A rule for a date, such as 30 days, 10 working days, one month or end of the following month",
        **_text_like(*map(_portable, PATTERNS)),
    },
    "startOfYear": {
        "title": "A month, or a day and a month, such as 6 April",
        **_text_like(_portable(DAY_AND_MONTH)),
        "allOf": [{"pattern": _portable(re.compile(rf"\b(?:{_MONTHS})\s*$", re.IGNORECASE))}],
    },
    "period": {
        "title": "The number of a period, up front or final",
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 9999},
            _text_like(
                _portable(claim.NUMBER),
                r"[\s-]*[Uu][Pp][\s-]+[Ff][Rr][Oo][Nn][Tt][\s-]*",
                r"[\s-]*[Ff][Ii][Nn][Aa][Ll][\s-]*",
            ),
        ],
    },
    "percentage": {"title": "A percentage, such as 2.5%", **_PERCENT},
    "percentageFromZero": {"title": "A percentage, such as 18.5%", **_PERCENT, "not": _BELOW_NOTHING},
    "rise": {
        "title": "A percentage such as 4%, or an amount a year such as £1,900",
        "anyOf": [
            {**_PERCENT, "not": _BELOW_NOTHING},
            {**_WRITTEN_AMOUNT, "not": {"anyOf": [_BELOW_NOTHING, _text_like(_portable(values.AMBIGUOUS))]}},
            {"type": "number", "minimum": 10_000, "exclusiveMaximum": _LARGEST},
        ],
    },
    "scheme": {
        "title": "The name of a pension scheme",
        "type": ["string", "boolean"],
        "pattern": r"\S",
        "not": {"type": "string", "pattern": rf"^\s*{_portable(values.NUMERIC)}"},
    },
    "fte": {
        "title": "A share of full-time work, such as 0.8 or 80%",
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
            {**_text_like(_portable(values.NUMBER), _portable(values.PERCENT)), "not": {"pattern": "^[^1-9]*$|[-−]"}},
        ],
    },
    "yesOrNo": {
        "title": "yes or no",
        "anyOf": [
            {"type": "boolean"},
            {"enum": ["yes", "no"]},
            _text_like("[Yy][Ee][Ss]", "[Nn][Oo]", "[Tt][Rr][Uu][Ee]", "[Ff][Aa][Ll][Ss][Ee]"),
        ],
    },
    "numberOfPeople": {
        "title": "How many people, each full-time",
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": values.MOST_PEOPLE},
            _text_like("[1-9][0-9]{0,4}"),
        ],
    },
}
"""The values that many keys have, by their names in the definitions."""


def _defined(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def _of(value: Any) -> tuple[object, ...]:  # noqa: ANN401  (an alias with validators)
    """The validators of an alias."""
    return tuple(get_args(value)[1:])


_VALUES: Final[Mapping[tuple[object, ...], Schema]] = {
    _of(Text): _defined("text"),
    _of(Amount): _defined("amount"),
    _of(AmountFromZero): _defined("amountFromZero"),
    _of(Date): _defined("date"),
    _of(Share): _defined("share"),
    _of(PortionOfGrant): _defined("portion"),
    _of(PortionOrCount): _either(_defined("portion"), _defined("payments")),
    _of(RuleForDate): _defined("rule"),
    _of(StartOfYear): _defined("startOfYear"),
    _of(claim.PeriodReference): _defined("period"),
    _of(values.PercentFromZero): _defined("percentageFromZero"),
    _of(values.RiseBy): _defined("rise"),
    _of(PayOfPost): _defined("Pay"),
    _of(CostingOfGrant): _defined("Costing"),
    _of(VariationOfAward): _defined("Variation"),
    _of(ReprofiledFrom): _defined("Reprofile"),
    _of(OrderOfCustomer): _either(_defined("PurchaseOrder"), _defined("text")),
    _of(SourceOfFunding): _defined("FundingSource"),
    _of(AcceptedFinding): _defined("Accepted"),
    _of(UpliftBy): _either({"const": "inflation"}, _defined("percentage")),
    _of(values.PensionBy): _either(_defined("percentageFromZero"), _defined("scheme")),
    _of(values.Fte): _defined("fte"),
    _of(values.Flag): _defined("yesOrNo"),
}
"""The shapes of values, by the validators that read them."""

_SHORT: Final[Mapping[object, Schema]] = {
    year_named: _defined("text"),
    claim.receipt_on: _defined("date"),
    records.increments_from: _defined("date"),
    records.overhead_rate: _defined("percentageFromZero"),
    records.tables_or_file: _defined("text"),
    values.as_people: _defined("numberOfPeople"),
}
"""What may stand in the place of a record or a list, by the validator that makes it one."""

_KEYS: Final[Mapping[tuple[object, ...], Schema]] = {
    _of(Text): {"pattern": r"\S"},
    _of(FinancialYearKey): {"pattern": r"^\s*(?:19|20)[0-9]{2}(?:\s?[-/–]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2}))?\s*$"},
}
"""The shapes of keys that a file may choose."""


def _given(*keys: str) -> Schema:
    """That keys are given, and have values."""
    return {"required": list(keys), "properties": {key: {"not": _NULL} for key in keys}}


def _not_both(one: str, other: str) -> Schema:
    return {"not": _given(one, other)}


def _nothing_under(*lists: str) -> Schema:
    return {"properties": {key: {"maxItems": 0} for key in lists}}


_PAID: Final[Schema] = {"anyOf": [_given("salary"), _given("spine")]}
_ONLY_KEYS_OF_ITS_OWN: Final[Schema] = {"propertyNames": {"enum": list(FUNDING_KEYS)}}
_RULES: Final[Mapping[type[Record], Sequence[Schema]]] = {
    Post: [{"anyOf": [_given("costs"), _given("pay")]}, _not_both("pay", "uplift")],
    FundingSource: [{"if": _given("amount"), "then": _ONLY_KEYS_OF_ITS_OWN}],
    Payments: [
        _not_both("retention", "final_payment"),
        {
            "not": {
                "required": ["timing", "invoice"],
                "properties": {"timing": {"const": "advance"}, "invoice": {"not": _NULL}},
            }
        },
    ],
    claim.Claim: [
        {
            "anyOf": [
                {**_given("period"), "not": {"anyOf": [_given("from"), _given("to")]}},
                {**_given("from", "to"), "not": _given("period")},
            ]
        },
        {"if": _given("costs"), "then": _nothing_under("posts", "other_costs")},
        {
            "if": {"required": ["period"], "properties": {"period": {"type": "string", "pattern": "[A-Za-z]"}}},
            "then": {
                "allOf": [{"not": _given("costs")}, _nothing_under("posts", "other_costs", "corrections", "disallowed")]
            },
        },
    ],
    records.Terms: [_not_both("salary", "spine")],
    records.Pay: [
        _not_both("includes", "on_costs"),
        {
            "anyOf": [
                *_PAID["anyOf"],
                {
                    "required": ["people"],
                    "properties": {"people": {"type": "array", "minItems": 1, "items": _PAID}},
                },
            ]
        },
    ],
    records.Overhead: [
        {"oneOf": [_given("flat"), _given("rate"), _given("per_fte")]},
        {"anyOf": [_given("rate"), {"allOf": [{"not": _given("base")}, _nothing_under("excluding")]}]},
    ],
}
"""What the keys of a record have to do with each other."""


_OF_THE_GRANT: Final[Sequence[type[Record]]] = (
    *(Grant, Year, Post, OtherCost, FundingSource, Payments, Variation, Reprofile, PurchaseOrder),
    *claim.RECORDS.values(),
    Accepted,
    *records.RECORDS.values(),
)
RECORDS: Final[Mapping[str, type[Record]]] = {record.__name__: record for record in _OF_THE_GRANT}
"""Every record of a grant file, by its name in the definitions."""


def grant_schema() -> Schema:
    """The JSON Schema, draft 2020-12, of a grant file."""
    of_records = {name: _record(record) for name, record in RECORDS.items() if record is not Grant}
    return {
        "$schema": DRAFT,
        **_record(Grant),
        "title": "A grant file of grantcalc",
        "$defs": {**of_records, **_SHARED},
    }


def _record(record: type[Record]) -> Schema:
    """The schema of a record; it refers to those of the records in it."""
    keys = keys_of(record)
    properties = {}
    for name, field in record.model_fields.items():
        alias = name if field.alias is None else field.alias
        if alias != UNNAMED:
            shape = _property(_field(record, name, field), keys[alias], record)
            properties[alias] = {"title": alias.replace("_", " ").capitalize(), **shape}
    required = [
        field.alias or name
        for name, field in record.model_fields.items()
        if field.is_required() and (record, name) != (Post, "costs")
    ]
    rules = [rule for known in record.__mro__ for rule in _RULES.get(known, ())]
    return {
        "title": _title(record.__name__),
        "description": inspect.cleandoc(record.__doc__ or ""),
        "type": "object",
        "properties": properties,
        "additionalProperties": _defined("amountFromZero") if record is FundingSource else False,
        **({"required": required} if required else {}),
        **({"allOf": rules} if rules else {}),
    }


def _field(record: type[Record], name: str, field: FieldInfo) -> FieldInfo:
    """The field that says what a key holds: the claims of a grant are a model of their own."""
    return claim.Claims.model_fields["claims"] if (record, name) == (Grant, "claims") else field


def _property(field: FieldInfo, key: Key, record: type[Record]) -> Schema:
    """The schema of a key, with its meaning, default and example."""
    shape = _shape(field.annotation, tuple(field.metadata), filled=issubclass(record, records.Filled))
    without = f" Without it: {key.without}." if key.without else ""
    return {
        "description": f"{key.meaning[0].upper()}{key.meaning[1:]}.{without}".replace("`", '"'),
        "examples": [read_document(key.example).tree],
        **({"default": field.default} if isinstance(field.default, str | bool) else {}),
        **shape,
    }


def _title(name: str) -> str:
    """The name of a record in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _shape(
    annotation: Any,  # noqa: ANN401  (a type, or what typing makes of one)
    validators: tuple[object, ...],
    *,
    filled: bool,
) -> Schema:
    """The schema of a value.

    Args:
        annotation: its type.
        validators: what reads it before or after Pydantic does.
        filled: whether a key without a value is refused.
    """
    if get_origin(annotation) is Annotated:
        own = _of(annotation)
        return _VALUES.get(own) or _shape(get_args(annotation)[0], (*own, *validators), filled=filled)
    if validators in _VALUES:
        return _VALUES[validators]
    functions = [getattr(validator, "func", None) for validator in validators]
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(annotation) if each is not types.NoneType)
        shape = _shape(inner, validators, filled=filled)
        return shape if filled or given in functions else _either(shape, _NULL)
    return _structure(annotation, functions, filled=filled)


def _structure(annotation: Any, functions: Sequence[object], *, filled: bool) -> Schema:  # noqa: ANN401  (as above)
    """The schema of a choice, a list, a mapping, a record or a text."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    short = [_SHORT[function] for function in functions if function in _SHORT]
    if origin is Literal:
        booleans = [True, False] if {"yes", "no"} <= set(arguments) else []
        return {"enum": [*arguments, *booleans]}
    if origin is tuple:
        entry = _shape(arguments[0], (), filled=filled)
        # What is read neither as a list nor from a shorter form may be its only entry.
        alone = [] if as_list in functions or short else [entry]
        return _either({"type": "array", "items": entry}, *short, *alone)
    if origin is Mapping:
        return _mapping(arguments, functions)
    if inspect.isclass(annotation) and issubclass(annotation, Record):
        return _either(_defined(annotation.__name__), *short)
    return _defined("text")


def _mapping(arguments: Sequence[Any], functions: Sequence[object]) -> Schema:
    """A mapping whose keys the file chooses; amounts by year may leave out the only year."""
    value = _shape(arguments[1], (), filled=True)
    named = _KEYS.get(_of(arguments[0]))
    by_key = {"type": "object", **({"propertyNames": named} if named else {}), "additionalProperties": value}
    return _either(by_key, value) if by_year in functions else by_key
