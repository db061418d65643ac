"""What a grant file says that is no cost, as nested names and words: to be compared, and to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.grants.fields import Record
from grantcalc.grants.model import Grant, Line, Year
from grantcalc.grants.periods import year_key
from grantcalc.money import Figure, decimal_of
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value.

    Attributes:
        words: what it says.
        same: what it is compared by: an amount by its value, a stated one by its printed unit too.
        amount: the amount that it is, in pounds; None for other values.
    """

    words: str
    same: object
    amount: Decimal | None = None


Terms: TypeAlias = "Mapping[str, Terms | Leaf]"
"""Names, and what stands below each."""

_NO_TERMS: Final = ("posts", "other_costs", "costs", "role", "item", "headings", "posts_from")
"""What is compared as lines and costs, or changes nothing by itself."""

_NAMES: Final = ("role", "item", "source", "scheme", "scale", "date", "from_", "period", "year", "subject")
"""Keys whose values name an entry of a list; the first that has one does."""


def terms_of(record: Record) -> Terms:
    """What a grant or one of its lines says besides its costs."""
    return {
        key: terms
        for key, value in _fields(record)
        if (terms := _terms(value, as_printed=key == "stated"))
        and not (isinstance(record, Grant | Line) and key in _NO_TERMS)
    }


def summary_of(terms: Terms | Leaf | None) -> str | None:
    """Terms in one line of words; None where there are none."""
    if terms is None:
        return None
    if isinstance(terms, Leaf):
        return terms.words
    return ", ".join(f"{key.replace('_', ' ')} {summary_of(below)}" for key, below in terms.items()) or "named"


def _fields(record: Record) -> Iterator[tuple[str, object]]:
    """The fields of a record; the dates of a grant and of its years are those in force, whether given or implied."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if isinstance(record, Grant | Year) and name in ("starts", "ends"):
            value = getattr(record.period, name) if record.period else value
        if isinstance(record, Grant) and name == "given_costing":
            value = record.costing
        yield field.alias or name, value


def _terms(value: object, *, as_printed: bool = False) -> Terms | Leaf | None:
    """A value as terms; None where nothing is said."""
    if isinstance(value, Record):
        return terms_of(value)
    if isinstance(value, Mapping):
        below = {year_key(str(key)): _terms(each, as_printed=as_printed) for key, each in value.items()}
        return {key: terms for key, terms in below.items() if terms}
    if isinstance(value, tuple) and all(isinstance(entry, Record) for entry in value):
        return _entries(value)
    if isinstance(value, tuple):
        words = [leaf.words for entry in value if (leaf := _leaf(entry, as_printed=as_printed))]
        return Leaf(", ".join(words), tuple(words))
    return _leaf(value, as_printed=as_printed)


def _leaf(value: object, *, as_printed: bool) -> Leaf | None:
    if value is None:
        return None
    if isinstance(value, Figure):
        return Leaf(value.text, (value.value, value.unit if as_printed else None), value.value)
    if isinstance(value, date):
        return Leaf(long_date(value), value)
    if isinstance(value, Fraction):
        return Leaf(f"{decimal_of(value):f}", value)
    if isinstance(value, bool):
        return Leaf("yes" if value else "no", value)
    written = getattr(value, "text", None)  # shares, rules and rates keep the text that they were read from
    words = written if isinstance(written, str) else str(value)
    return Leaf(words, words)


def _entries(records: Iterable[Record]) -> Terms:
    """The entries of a list by their names, or by their numbers where they have none."""
    entries: dict[str, Terms] = {}
    for number, record in enumerate(records, start=1):
        given = type(record).model_fields.keys()
        key = next((key for key in _NAMES if key in given and getattr(record, key) not in (None, "")), "")
        own = name = year_key(str(getattr(record, key))) if key else f"entry {number}"
        again = 1
        while name in entries:
            again += 1
            name = f"{own} ({again})"
        entries[name] = {each: terms for each, terms in terms_of(record).items() if each != key.rstrip("_")}
    return entries
