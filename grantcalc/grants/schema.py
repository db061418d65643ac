"""The JSON Schema of a grant file, made of the model: for editors, and for programs that write grant files.

It says what a part of a file may be, whatever the other parts are: every file that the program loads is valid.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from grantcalc.grants import claim
from grantcalc.grants.accept import Accepted
from grantcalc.grants.agreement import Payments
from grantcalc.grants.costing import records
from grantcalc.grants.document import read_document
from grantcalc.grants.fields import UNNAMED, Record, as_list, by_year, given
from grantcalc.grants.funding import FundingSource
from grantcalc.grants.keys import Key, keys_of
from grantcalc.grants.model import Grant, OtherCost, Post, Year
from grantcalc.grants.purchase_orders import PurchaseOrder
from grantcalc.grants.schema_rules import RULES
from grantcalc.grants.schema_values import (
    KEYS,
    NULL,
    SHARED,
    SHORT,
    VALUES,
    Schema,
    defined,
    either,
    validators_of,
)
from grantcalc.grants.variations import Reprofile, Variation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.fields import FieldInfo

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

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
        "$defs": {**of_records, **SHARED},
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
    rules = [rule for known in record.__mro__ for rule in RULES.get(known, ())]
    return {
        "title": _title(record.__name__),
        "description": inspect.cleandoc(record.__doc__ or ""),
        "type": "object",
        "properties": properties,
        "additionalProperties": defined("amountFromZero") if record is FundingSource else False,
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
        own = validators_of(annotation)
        return VALUES.get(own) or _shape(get_args(annotation)[0], (*own, *validators), filled=filled)
    if validators in VALUES:
        return VALUES[validators]
    functions = [getattr(validator, "func", None) for validator in validators]
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(annotation) if each is not types.NoneType)
        shape = _shape(inner, validators, filled=filled)
        return shape if filled or given in functions else either(shape, NULL)
    return _structure(annotation, functions, filled=filled)


def _structure(annotation: Any, functions: Sequence[object], *, filled: bool) -> Schema:  # noqa: ANN401  (as above)
    """The schema of a choice, a list, a mapping, a record or a text."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    short = [SHORT[function] for function in functions if function in SHORT]
    if origin is Literal:
        booleans = [True, False] if {"yes", "no"} <= set(arguments) else []
        return {"enum": [*arguments, *booleans]}
    if origin is tuple:
        entry = _shape(arguments[0], (), filled=filled)
        # What is read neither as a list nor from a shorter form may be its only entry.
        alone = [] if as_list in functions or short else [entry]
        return either({"type": "array", "items": entry}, *short, *alone)
    if origin is Mapping:
        return _mapping(arguments, functions)
    if inspect.isclass(annotation) and issubclass(annotation, Record):
        return either(defined(annotation.__name__), *short)
    return defined("text")


def _mapping(arguments: Sequence[Any], functions: Sequence[object]) -> Schema:
    """A mapping whose keys the file chooses; amounts by year may leave out the only year."""
    value = _shape(arguments[1], (), filled=True)
    named = KEYS.get(validators_of(arguments[0]))
    by_key = {"type": "object", **({"propertyNames": named} if named else {}), "additionalProperties": value}
    return either(by_key, value) if by_year in functions else by_key
