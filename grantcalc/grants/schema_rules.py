"""What the keys of a record of a grant file have to do with each other, as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants import claim
from grantcalc.grants.agreement import Payments
from grantcalc.grants.costing import records
from grantcalc.grants.fields import FUNDING_KEYS, Record
from grantcalc.grants.funding import FundingSource
from grantcalc.grants.model import Post
from grantcalc.grants.schema_values import NULL, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _given(*keys: str) -> Schema:
    """That keys are given, and have values."""
    return {"required": list(keys), "properties": {key: {"not": NULL} for key in keys}}


def _not_both(one: str, other: str) -> Schema:
    return {"not": _given(one, other)}


def _nothing_under(*lists: str) -> Schema:
    return {"properties": {key: {"maxItems": 0} for key in lists}}


_PAID: Final[Schema] = {"anyOf": [_given("salary"), _given("spine")]}
_ONLY_KEYS_OF_ITS_OWN: Final[Schema] = {"propertyNames": {"enum": list(FUNDING_KEYS)}}
RULES: Final[Mapping[type[Record], Sequence[Schema]]] = {
    Post: [{"anyOf": [_given("costs"), _given("pay")]}, _not_both("pay", "uplift")],
    FundingSource: [{"if": _given("amount"), "then": _ONLY_KEYS_OF_ITS_OWN}],
    Payments: [
        _not_both("retention", "final_payment"),
        {
            "not": {
                "required": ["timing", "invoice"],
                "properties": {"timing": {"const": "advance"}, "invoice": {"not": NULL}},
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
