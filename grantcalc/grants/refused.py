"""What validation refuses, as faults in the words of the file; imported for files that have any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.grants.accept import Accepted
from grantcalc.grants.agreement import Payments
from grantcalc.grants.faults import Fault, FaultKind, nearest
from grantcalc.grants.fields import one_line, shown
from grantcalc.grants.funding import FundingSource
from grantcalc.grants.model import Grant, OtherCost, Post, Year
from grantcalc.grants.purchase_orders import PurchaseOrder
from grantcalc.grants.variations import Reprofile, Variation
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from grantcalc.grants.document import Tree

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
    ("accept",): Accepted,
}
"""The model of each part of a grant file."""


def _record(part: tuple[str, ...]) -> type[BaseModel]:
    """The model of a part of a grant file."""
    if part[:1] == ("claims",):
        from grantcalc.grants.claim import RECORDS as OF_CLAIMS

        return OF_CLAIMS[part]
    if part[:1] == ("costing",) or part[:2] == ("posts", "pay"):
        from grantcalc.grants.costing.records import RECORDS as OF_COSTING

        return OF_COSTING[part]
    return _RECORDS[part]


_RecordAt: TypeAlias = "Callable[[tuple[str, ...]], type[BaseModel]]"


def refused(detail: ErrorDetails, tree: Tree, record_at: _RecordAt = _record) -> Fault:
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
        return _unknown_key(keys, tree, record_at)
    if kind == "literal_error":
        return _not_a_choice(detail, keys, tree)
    if isinstance(detail["input"], str | list) or detail["input"] is None:
        found = "nothing is given" if detail["input"] is None else f"{shown(detail['input'])} stands here"
        remedy = 'write "key: value" lines below, indented'
        return Fault(FaultKind.SHAPE, f"{found} where keys and values should{_in(tree, keys)}", Route(keys), remedy)
    return Fault(FaultKind.SHAPE, f"{message}{_in(tree, keys)}", Route(keys), "see the example files for the form")


_NAMES: Final = ("role", "item", "source", "year", "grant", "scheme")
_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("name", "title", "label"), _NAMES),
    **dict.fromkeys(("post", "job", "job title", "job_title", "position"), ("role",)),
    "description": ("item", "reason"),
    **dict.fromkeys(("value", "sum", "total"), ("amount",)),
    "cost": ("costs", "amount"),
    **dict.fromkeys(("date", "claim date", "claim_date"), ("claimed",)),
    **dict.fromkeys(("start", "start date", "start_date", "from"), ("starts",)),
    **dict.fromkeys(("end", "end date", "end_date", "to"), ("ends",)),
}
"""Everyday words for keys that are not spelled like them."""


def _unknown_key(keys: tuple[str | int, ...], tree: Tree, record_at: _RecordAt) -> Fault:
    part = tuple(key for key in keys[:-1] if isinstance(key, str))
    known = [field.alias if field.alias is not None else name for name, field in record_at(part).model_fields.items()]
    known = [name for name in known if name]
    of_grant = [field.alias or name for name, field in Grant.model_fields.items()]
    meant = _MEANT.get(str(keys[-1]).casefold(), ())
    close = next((key for key in meant if key in known), None) or nearest(str(keys[-1]), known)
    close = None if part and keys[-1] in of_grant else close
    remedy = f'did you mean "{close}"?' if close else f"the keys here are {', '.join(known)}"
    if part and not close and keys[-1] in of_grant:
        remedy = f'write "{keys[-1]}" at the left margin: it belongs to the whole grant'
    if not part and keys[-1] == "scales":
        remedy = "a file of pay scales is no grant: keep it in a folder of its own, and name it under costing as scales"
    if part == ("posts",) and keys[-1] in _record(("posts", "pay")).model_fields:
        remedy = "write it below pay, indented"
    return Fault(
        FaultKind.UNKNOWN_KEY,
        f'unknown key "{keys[-1]}"{_in(tree, keys[:-1])}',
        Route(keys, on_key=True),
        remedy,
    )


def _not_a_choice(detail: ErrorDetails, keys: tuple[str | int, ...], tree: Tree) -> Fault:
    choices = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    name = _subject(tree, keys) if keys[0] == "claims" else keys[-1]
    if detail["input"] is None:
        return Fault(FaultKind.SHAPE, f"nothing is given for {name}", Route(keys), f"it can be {choices}")
    close = nearest(str(detail["input"]), choices.replace(" or ", ", ").split(", "))
    remedy = f"{f'did you mean {close}? ' if close else ''}it can be {choices}"
    return Fault(FaultKind.SHAPE, f"{name} is {shown(detail['input'])}, which it cannot be", Route(keys), remedy)


_PARTS = {"posts": "role", "other_costs": "item", "funding": "source", "years": "year", "claims": "period"}
_UNNAMED_PARTS = ("variations", "reprofiled", "corrections", "disallowed", "paid", "accept")
_LONGEST_PERIOD: Final = len("2025-04-01")


def _subject(tree: Tree, keys: tuple[str | int, ...]) -> str:
    """Which part of the file a route leads to, as a reader would name it; empty for the whole file."""
    words: list[str] = []
    for part, key in zip(("", *keys), keys, strict=False):
        if isinstance(key, str):
            tree = tree.get(key) if isinstance(tree, dict) else None
            words += [key] if key and key != "costs" else []
        else:
            tree = tree[key] if isinstance(tree, list) and key < len(tree) else None
            if part in _PARTS or part in _UNNAMED_PARTS:
                words[-1] = _entry(tree, str(part), key)
    return ", ".join(words)


def _entry(entry: Tree, part: str, at: int) -> str:
    """An entry of a list by its name, or by its number where it has none."""
    if part == "claims" and isinstance(entry, dict):
        return _claim(entry, at)
    name = entry.get(_PARTS.get(part, "")) if isinstance(entry, dict) else entry if part == "years" else None
    return one_line(name) if isinstance(name, str) and name.strip() else f"entry {at + 1} of {part}"


def _claim(entry: dict[str, Tree], at: int) -> str:
    """A claim by its period or its first day, where that could be one."""
    for key, word in (("period", "claim"), ("from", "claim from")):
        given = entry.get(key)
        if isinstance(given, str) and 0 < len(one_line(given)) <= _LONGEST_PERIOD:
            return f"{word} {one_line(given)}"
    return f"entry {at + 1} of claims"


def _in(tree: Tree, keys: tuple[str | int, ...]) -> str:
    """Which part of the file, as the end of a sentence."""
    subject = _subject(tree, keys)
    costs = "the costs of " if "costs" in keys else ""
    return f" in {costs}{subject}" if subject else ""
