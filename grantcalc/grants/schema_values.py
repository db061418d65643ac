"""What a value of a grant file may be, as JSON Schema: text, amounts, dates, rules for dates and whatever has a form.

Editors resolve 75639, 2022-01-31 and yes, of which the program reads the text, so both are accepted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args

from grantcalc.grants import claim
from grantcalc.grants.costing import records, values
from grantcalc.grants.deadlines import PATTERNS
from grantcalc.grants.fields import (
    COUNT,
    DAY_AND_MONTH,
    SHARE,
    Amount,
    AmountFromZero,
    Date,
    FinancialYearKey,
    PortionOfGrant,
    PortionOrCount,
    RuleForDate,
    Share,
    StartOfYear,
    Text,
)
from grantcalc.grants.model import (
    AcceptedFinding,
    CostingOfGrant,
    OrderOfCustomer,
    PayOfPost,
    ReprofiledFrom,
    SourceOfFunding,
    UpliftBy,
    VariationOfAward,
    year_named,
)
from grantcalc.money import AMOUNT, LARGEST
from grantcalc.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema: TypeAlias = dict[str, Any]

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


def either(*shapes: Schema) -> Schema:
    """What is one of the shapes."""
    several = [shape for each in shapes for shape in (each["anyOf"] if set(each) == {"anyOf"} else [each])]
    return several[0] if len(several) == 1 else {"anyOf": several}


NULL: Final[Schema] = {"type": "null"}
_BELOW_NOTHING: Final[Schema] = {"pattern": r"[-−(].*[1-9]"}
_BRACKETED: Final = (_portable(AMOUNT), rf"£?\s?\(\s?{_portable(AMOUNT)}\s?\)")
_WRITTEN_AMOUNT: Final = _text_like(*_BRACKETED)
_MONTHS: Final = "|".join(form for month in MONTHS for form in (month, month[:3]))
_LARGEST: Final = int(LARGEST)
_PERCENT: Final = _text_like(_portable(values.PERCENT))
SHARED: Final[Mapping[str, Schema]] = {
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


def defined(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def validators_of(value: Any) -> tuple[object, ...]:  # noqa: ANN401  (an alias with validators)
    """The validators of an alias."""
    return tuple(get_args(value)[1:])


VALUES: Final[Mapping[tuple[object, ...], Schema]] = {
    validators_of(Text): defined("text"),
    validators_of(Amount): defined("amount"),
    validators_of(AmountFromZero): defined("amountFromZero"),
    validators_of(Date): defined("date"),
    validators_of(Share): defined("share"),
    validators_of(PortionOfGrant): defined("portion"),
    validators_of(PortionOrCount): either(defined("portion"), defined("payments")),
    validators_of(RuleForDate): defined("rule"),
    validators_of(StartOfYear): defined("startOfYear"),
    validators_of(claim.PeriodReference): defined("period"),
    validators_of(values.PercentFromZero): defined("percentageFromZero"),
    validators_of(values.RiseBy): defined("rise"),
    validators_of(PayOfPost): defined("Pay"),
    validators_of(CostingOfGrant): defined("Costing"),
    validators_of(VariationOfAward): defined("Variation"),
    validators_of(ReprofiledFrom): defined("Reprofile"),
    validators_of(OrderOfCustomer): either(defined("PurchaseOrder"), defined("text")),
    validators_of(SourceOfFunding): defined("FundingSource"),
    validators_of(AcceptedFinding): defined("Accepted"),
    validators_of(UpliftBy): either({"const": "inflation"}, defined("percentage")),
    validators_of(values.PensionBy): either(defined("percentageFromZero"), defined("scheme")),
    validators_of(values.Fte): defined("fte"),
    validators_of(values.Flag): defined("yesOrNo"),
}
"""The shapes of values, by the validators that read them."""

SHORT: Final[Mapping[object, Schema]] = {
    year_named: defined("text"),
    claim.receipt_on: defined("date"),
    records.increments_from: defined("date"),
    records.overhead_rate: defined("percentageFromZero"),
    records.tables_or_file: defined("text"),
    values.as_people: defined("numberOfPeople"),
}
"""What may stand in the place of a record or a list, by the validator that makes it one."""

KEYS: Final[Mapping[tuple[object, ...], Schema]] = {
    validators_of(Text): {"pattern": r"\S"},
    validators_of(FinancialYearKey): {
        "pattern": r"^\s*(?:19|20)[0-9]{2}(?:\s?[-/–]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2}))?\s*$"
    },
}
"""The shapes of keys that a file may choose."""
