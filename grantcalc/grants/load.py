"""From the text of a grant file to its model, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

from grantcalc.grants.agreement import Payments, PurchaseOrder, Reprofile, Variation
from grantcalc.grants.beside import nothing_beside
from grantcalc.grants.document import read_document
from grantcalc.grants.faults import Fault, FaultKind, nearest
from grantcalc.grants.fields import DEFAULT_HEADINGS, RESERVED, Names, one_line, shown
from grantcalc.grants.figures import written_amounts
from grantcalc.grants.irregular import irregularity
from grantcalc.grants.model import (
    FundingSource,
    Grant,
    OtherCost,
    Post,
    Year,
)
from grantcalc.grants.periods import financial_year_named, year_key
from grantcalc.grants.posts.merged import with_posts_beside
from grantcalc.source import Route, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from grantcalc.grants.beside import OpenBeside
    from grantcalc.grants.document import Tree
    from grantcalc.grants.posts.merged import Merged

_RECORDS: Final[Mapping[tuple[str, ...], type[BaseModel]]] = {
    (): Grant,
    ("payments",): Payments,
    ("variations",): Variation,
    ("reprofiled",): Reprofile,
    ("purchase_order",): PurchaseOrder,
    ("years",): Year,
    ("posts",): Post,
    ("other_costs",): OtherCost,
    ("funding",): FundingSource,
}
"""The model of each part of a grant file."""


_R = TypeVar("_R", bound="BaseModel")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a grant file holds.

    Attributes:
        grant: the grant; None where faults leave nothing to compute.
        faults: all that is wrong with the file, and with the table beside it.
        posts_from: the table beside it that it takes posts from.
    """

    grant: Grant | None
    faults: tuple[Fault, ...]
    posts_from: Merged | None = None


def load_grant(text: str, open_beside: OpenBeside = nothing_beside) -> Loaded:
    """Read and validate a grant file.

    Args:
        text: the file's text.
        open_beside: opens the file beside it that it takes posts from.

    Returns:
        The grant, and all faults that were found in one reading. Amounts that are readable but oddly written
        are faults that leave the grant usable.
    """
    document = read_document(text)
    if document.tree is None and not document.faults:
        fault = Fault(FaultKind.MISSING_KEY, "the file is empty", Where(1, 1, 1, 1), 'begin with "grant: name"')
        return Loaded(None, (fault,))
    if document.tree is None:
        return Loaded(None, document.faults)
    if not isinstance(document.tree, dict):
        message = "the file is not a mapping of keys such as grant, years and posts"
        fault = Fault(FaultKind.SHAPE, message, Where(1, 1, 1, 1), 'write "key: value" lines')
        return Loaded(None, (*document.faults, fault))
    merged = with_posts_beside(document.tree, _names(document.tree)[0], open_beside)
    names, faults = _names(merged.tree)
    grant, invalid = _validate(merged.tree, names)
    found = (*document.faults, *merged.faults, *faults, *invalid, *_repeated(merged.tree), *_unnamed_years(grant))
    if grant is None or any(is_fatal(fault) for fault in found):
        return Loaded(None, found, merged)
    return Loaded(grant, (*found, *_irregular(grant)), merged)


_HARMLESS: Final = (
    FaultKind.CUT_TEXT,
    FaultKind.IRREGULAR,
    FaultKind.UNREAD_COLUMN,
    FaultKind.LEFT_OUT,
    FaultKind.TABLE_TOTAL,
    FaultKind.TWO_AMOUNTS,
    FaultKind.NAMED_ANEW,
)


def is_fatal(fault: Fault) -> bool:
    """Whether a fault leaves it open what the file means."""
    return fault.kind not in _HARMLESS


def _validate(tree: dict[str, Tree], names: Names) -> tuple[Grant | None, list[Fault]]:
    grant, details = _validated(Grant, {key: value for key, value in tree.items() if key != "claims"}, names)
    if "claims" in tree:
        from grantcalc.grants.claim import Claims

        read, more = _validated(Claims, {"claims": tree["claims"]}, names)
        details += more
        grant = grant.model_copy(update={"claims": read.claims}) if grant and read else None
    refused = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)}
    # What stands beside a refused key is judged once it is known what the key is to be.
    return grant, [_fault(detail, tree) for detail in details if detail["loc"] not in refused]


def _validated(record: type[_R], tree: dict[str, Tree], names: Names) -> tuple[_R | None, list[ErrorDetails]]:
    try:
        return record.model_validate(tree, context=names), []
    except ValidationError as error:
        return None, error.errors(include_url=False, include_input=True)


def _record(part: tuple[str, ...]) -> type[BaseModel]:
    """The model of a part of a grant file."""
    if part[:1] != ("claims",):
        return _RECORDS[part]
    from grantcalc.grants.claim import RECORDS

    return RECORDS[part]


def _names(tree: dict[str, Tree]) -> tuple[Names, list[Fault]]:
    """The headings and years that the file lists, and what is wrong with the lists."""
    faults = []
    headings = _texts(tree["headings"]) if "headings" in tree else DEFAULT_HEADINGS
    for at, heading in enumerate(headings):
        if heading in RESERVED or heading in headings[:at]:
            message = f'"{heading}" is listed twice' if heading in headings[:at] else f'"{heading}" cannot be a heading'
            remedy = f"{', '.join(RESERVED)} have a meaning of their own" if heading in RESERVED else "list it once"
            faults.append(Fault(FaultKind.REPEATED_NAME, message, Route(("headings", at)), remedy))
    listed = tree.get("years", [])
    entries = [entry.get("year") if isinstance(entry, dict) else entry for entry in _entries(listed)]
    years = _texts(entries)
    certain = isinstance(listed, list) and len(years) == len(entries)
    if "headings" in tree:
        certain = certain and isinstance(tree["headings"], list) and len(headings) == len(tree["headings"])
    roles = _texts([entry.get("role") for entry in _entries(tree.get("posts")) if isinstance(entry, dict)])
    items = _texts([entry.get("item") for entry in _entries(tree.get("other_costs")) if isinstance(entry, dict)])
    return Names(headings, years, roles, items, certain), [*faults, *_repeated_years(entries)]


def _repeated_years(names: list[Tree]) -> Iterator[Fault]:
    """Years that are listed twice, in whatever spelling."""
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        if isinstance(name, str) and first.setdefault(year_key(name), at) != at:
            related = ("first listed here", Route(("years", first[year_key(name)], "year")))
            message = f'the year "{one_line(name)}" is listed twice'
            route = Route(("years", at, "year"))
            yield Fault(FaultKind.REPEATED_NAME, message, route, "list each year once", related)


def _entries(value: Tree) -> list[Tree]:
    return value if isinstance(value, list) else []


def _texts(value: Tree) -> tuple[str, ...]:
    """The texts of a list; what is none is found in validation."""
    return tuple(one_line(v) for v in _entries(value) if isinstance(v, str) and v.strip())


def _repeated(tree: dict[str, Tree]) -> Iterator[Fault]:
    """Roles, items and sources that stand twice, and years that one of them gives twice."""
    for part, key in (("posts", "role"), ("other_costs", "item"), ("funding", "source")):
        entries = _entries(tree.get(part))
        first: dict[str, int] = {}
        for at, entry in enumerate(entries):
            if not isinstance(entry, dict):
                continue
            given = entry.get(key)
            name = one_line(given) if isinstance(given, str) else ""
            if name and first.setdefault(name, at) != at:
                yield Fault(
                    FaultKind.REPEATED_NAME,
                    f'the {key} "{name}" is given twice',
                    Route((part, at, key)),
                    f"give each a name of its own, such as {name} 1 and {name} 2",
                    ("first given here", Route((part, first[name], key))),
                )
            for of in ("costs", "stated"):
                yield from _same_year(entry.get(of), (part, at, of))


def _same_year(by_year: Tree, keys: tuple[str | int, ...]) -> Iterator[Fault]:
    """Keys that are spellings of one year."""
    first: dict[str, str] = {}
    for key in by_year if isinstance(by_year, dict) else ():
        if first.setdefault(year_key(key), key) != key:
            related = ("first given here", Route((*keys, first[year_key(key)]), on_key=True))
            message = f'"{key}" and "{first[year_key(key)]}" are the same year'
            route = Route((*keys, key), on_key=True)
            yield Fault(FaultKind.REPEATED_KEY, message, route, "keep one of the two", related)


def _fault(detail: ErrorDetails, tree: Tree) -> Fault:
    """One validation error as a fault, in the words of the file."""
    on_key = detail["loc"][-1:] == ("[key]",)
    keys = detail["loc"][:-1] if on_key else detail["loc"]
    kind, message = detail["type"], detail["msg"]
    if kind in set(FaultKind):
        remedy = str(detail.get("ctx", {}).get("remedy", ""))
        subject = _subject(tree, keys)
        message = f"{message}{_in(tree, keys[:-1])}" if on_key or not subject else f"{subject}: {message}"
        return Fault(FaultKind(kind), message, Route(keys, on_key), remedy)
    if kind == "missing":
        return Fault(
            FaultKind.MISSING_KEY,
            f'the key "{keys[-1]}" is missing{_in(tree, keys[:-1])}',
            Route(keys[:-1]),
            "add it",
        )
    if kind == "extra_forbidden":
        return _unknown_key(keys, tree)
    if kind == "literal_error":
        return _not_a_choice(detail, keys)
    if isinstance(detail["input"], str | list) or detail["input"] is None:
        found = "nothing is given" if detail["input"] is None else f"{shown(detail['input'])} stands here"
        remedy = 'write "key: value" lines below, indented'
        return Fault(FaultKind.SHAPE, f"{found} where keys and values should{_in(tree, keys)}", Route(keys), remedy)
    return Fault(FaultKind.SHAPE, f"{message}{_in(tree, keys)}", Route(keys), "see the example files for the form")


def _unknown_key(keys: tuple[str | int, ...], tree: Tree) -> Fault:
    part = tuple(key for key in keys[:-1] if isinstance(key, str))
    known = [field.alias if field.alias is not None else name for name, field in _record(part).model_fields.items()]
    known = [name for name in known if name]
    close = nearest(str(keys[-1]), known)
    remedy = f'did you mean "{close}"?' if close else f"the keys here are {', '.join(known)}"
    return Fault(
        FaultKind.UNKNOWN_KEY,
        f'unknown key "{keys[-1]}"{_in(tree, keys[:-1])}',
        Route(keys, on_key=True),
        remedy,
    )


def _not_a_choice(detail: ErrorDetails, keys: tuple[str | int, ...]) -> Fault:
    choices = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    if detail["input"] is None:
        return Fault(FaultKind.SHAPE, f"nothing is given for {keys[-1]}", Route(keys), f"it can be {choices}")
    close = nearest(str(detail["input"]), choices.replace(" or ", ", ").split(", "))
    remedy = f"{f'did you mean {close}? ' if close else ''}it can be {choices}"
    return Fault(FaultKind.SHAPE, f"{keys[-1]} is {shown(detail['input'])}, which it cannot be", Route(keys), remedy)


_PARTS = {"posts": "role", "other_costs": "item", "funding": "source", "years": "year", "claims": "period"}


def _subject(tree: Tree, keys: tuple[str | int, ...]) -> str:
    """Which part of the file a route leads to, as a reader would name it; empty for the whole file."""
    words = []
    at = 0
    if len(keys) > 1 and isinstance(keys[1], int) and keys[0] in _PARTS:
        words.append(_entry(tree, str(keys[0]), keys[1]))
        at = 2
    words += [str(key) for key in keys[at:] if isinstance(key, str) and key and key != "costs"]
    return ", ".join(words)


def _entry(tree: Tree, part: str, at: int) -> str:
    """An entry of a list by its name, or by its number where it has none."""
    entries = tree.get(part) if isinstance(tree, dict) else None
    entry = entries[at] if isinstance(entries, list) and at < len(entries) else None
    name = entry.get(_PARTS[part]) if isinstance(entry, dict) else entry if part == "years" else None
    if not isinstance(name, str) or not name.strip():
        return f"entry {at + 1} of {part}"
    return f"claim {one_line(name)}" if part == "claims" else one_line(name)


def _in(tree: Tree, keys: tuple[str | int, ...]) -> str:
    """Which part of the file, as the end of a sentence."""
    subject = _subject(tree, keys)
    costs = "the costs of " if "costs" in keys else ""
    return f" in {costs}{subject}" if subject else ""


def _unnamed_years(grant: Grant | None) -> Iterator[Fault]:
    """Awards of financial years by names that no financial year of the grant has."""
    for name in grant.award_by_financial_year if grant else ():
        if grant and financial_year_named(name, grant.financial_year_starts) is None:
            message = f'"{name}" is not the name of a financial year that starts on {grant.financial_year_starts}'
            route = Route(("award_by_financial_year", name), on_key=True)
            yield Fault(FaultKind.UNKNOWN_YEAR, message, route, "write 2025-26, or 2025 for a year from 1 January")


def _irregular(grant: Grant) -> Iterator[Fault]:
    """Amounts that are readable, but written in a way that often is a slip."""
    for keys, figure in written_amounts(grant):
        odd = irregularity(figure)
        if odd is not None:
            yield Fault(FaultKind.IRREGULAR, odd.reason, Route(keys), odd.remedy)
