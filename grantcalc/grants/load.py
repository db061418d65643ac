"""From the text of a grant file to its model, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from pydantic import ValidationError

from grantcalc.grants.accept import Accepted
from grantcalc.grants.agreement import Payments, PurchaseOrder, Reprofile, Variation
from grantcalc.grants.beside import nothing_beside
from grantcalc.grants.costing.beside import SCALES_PLACE
from grantcalc.grants.document import read_document
from grantcalc.grants.faults import HARMLESS, Fault, FaultKind, nearest
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
from grantcalc.money import Malformed
from grantcalc.source import Route, Where
from grantcalc.wording import counted, day_of_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from grantcalc.grants.beside import Beside, OpenBeside
    from grantcalc.grants.costing.records import Costing, ScaleTable
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.document import Tree
    from grantcalc.grants.figures import Keys
    from grantcalc.grants.posts.merged import Merged
    from grantcalc.money import Figure

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


_R = TypeVar("_R", bound="BaseModel")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a grant file holds.

    Attributes:
        grant: the grant, its rates turned into amounts; None where faults leave nothing to compute.
        faults: all that is wrong with the file.
        workings: how amounts follow from rates.
        beside: the file of pay scales that was read with it, with faults of its own.
        posts_from: the table beside it that it takes posts from.
    """

    grant: Grant | None
    faults: tuple[Fault, ...]
    workings: tuple[Working, ...] = ()
    beside: Beside | None = None
    posts_from: Merged | None = None


def load_grant(text: str, open_beside: OpenBeside = nothing_beside) -> Loaded:
    """Read and validate a grant file.

    Args:
        text: the file's text.
        open_beside: opens a file beside it that it takes its pay scales or posts from.

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
    merged = _merged(document.tree, open_beside)
    tree = merged.tree if merged else document.tree
    names, faults = _names(tree)
    grant, invalid = _validate(tree, names)
    found = (
        *document.faults,
        *(merged.faults if merged else ()),
        *faults,
        *invalid,
        *_repeated(tree),
        *(_unknown_financial_years(grant) if grant else ()),
    )
    if grant is None or any(map(is_fatal, found)):
        return Loaded(None, found, posts_from=merged)
    loaded = Loaded(grant, (*found, *_irregular(written_amounts(grant))), posts_from=merged)
    return _costed(loaded, grant, open_beside) if _has_rates(grant) else loaded


def _merged(tree: dict[str, Tree], open_beside: OpenBeside) -> Merged | None:
    """The posts of the table that a file names behind its own; imported here, since most files name none."""
    if "posts_from" not in tree:
        return None
    from grantcalc.grants.posts.merged import with_posts_beside

    return with_posts_beside(tree, _names(tree)[0], open_beside)


def _has_rates(grant: Grant) -> bool:
    """Whether any cost is to be worked out, or there are scales to be read."""
    if grant.given_costing is not None and grant.given_costing.scales:
        return True
    return any(post.pay for post in grant.posts) or any(line.uplift is not None for line in grant.lines)


def _costed(loaded: Loaded, grant: Grant, open_beside: OpenBeside) -> Loaded:
    """A grant with amounts in the place of rates; imported here, since most files have none."""
    from grantcalc.grants.costing.engine import Costed, cost_grant

    scales = _scales(grant.costing, open_beside)
    costed = cost_grant(grant, scales.tables) if not scales.faults else Costed(grant)
    faults = (*loaded.faults, *scales.faults, *costed.faults)
    computed = None if any(map(is_fatal, faults)) else costed.grant
    return Loaded(computed, faults, costed.workings, scales.beside, loaded.posts_from)


def is_fatal(fault: Fault) -> bool:
    """Whether a fault leaves it open what the file means."""
    return fault.kind not in HARMLESS


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
    if part[:1] == ("claims",):
        from grantcalc.grants.claim import RECORDS as OF_CLAIMS

        return OF_CLAIMS[part]
    if part[:1] == ("costing",) or part[:2] == ("posts", "pay"):
        from grantcalc.grants.costing.records import RECORDS as OF_COSTING

        return OF_COSTING[part]
    return _RECORDS[part]


@dataclass(frozen=True, slots=True)
class _Scales:
    """The pay scales of a grant, the file beside it that has them, and why there are none."""

    tables: tuple[ScaleTable, ...] = ()
    beside: Beside | None = None
    faults: tuple[Fault, ...] = ()


def _scales(terms: Costing, open_beside: OpenBeside) -> _Scales:
    """The pay scales of the grant file itself, or of the file beside it."""
    if not isinstance(terms.scales, str):
        return _Scales(terms.scales)
    opened = open_beside(terms.scales)
    if isinstance(opened, Malformed):
        message = f"the scales of {terms.scales} {opened.reason}"
        return _Scales(faults=(Fault(FaultKind.SCALES, message, SCALES_PLACE, opened.remedy),))
    tables, faults = load_scales(opened.text)
    beside = replace(opened, faults=faults)
    fatal = sum(map(is_fatal, faults))
    if not fatal:
        return _Scales(tables, beside)
    message = f"the scales of {terms.scales} cannot be used: the file has {counted(fatal, 'fault')}"
    return _Scales(beside=beside, faults=(Fault(FaultKind.SCALES, message, SCALES_PLACE, f"mend {terms.scales}"),))


def load_scales(text: str) -> tuple[tuple[ScaleTable, ...], tuple[Fault, ...]]:
    """Read and validate a file of pay scales: its tables, or its faults with their places in it."""
    from grantcalc.grants.costing.records import RECORDS_OF_SCALES, ScalesFile
    from grantcalc.grants.costing.written import amounts_of_scales

    document = read_document(text)
    if not isinstance(document.tree, dict):
        message = "the file has no scales"
        empty = Fault(FaultKind.MISSING_KEY, message, Where(1, 1, 1, 1), 'begin with "scales:" and a list')
        return (), document.faults or (empty,)
    tree = document.tree
    try:
        tables = ScalesFile.model_validate(tree).scales
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return (), (
            *document.faults,
            *(_fault(detail, tree, RECORDS_OF_SCALES.__getitem__) for detail in details),
        )
    return tables, (*document.faults, *_irregular(amounts_of_scales(tables, ("scales",))))


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
    yield from _same_year(tree.get("award_by_financial_year"), ("award_by_financial_year",))
    yield from _same_start(_entries(tree.get("reprofiled")))


def _same_start(profiles: list[Tree]) -> Iterator[Fault]:
    """Schedules that were agreed anew from one date, of which only one can hold."""
    first: dict[str, int] = {}
    for at, profile in enumerate(profiles):
        given = profile.get("from") if isinstance(profile, dict) else None
        starts = one_line(given) if isinstance(given, str) else ""
        if starts and first.setdefault(starts, at) != at:
            yield Fault(
                FaultKind.REPEATED_NAME,
                f"two schedules are agreed anew from {shown(starts)}",
                Route(("reprofiled", at, "from")),
                "keep the one that holds",
                ("the other is here", Route(("reprofiled", first[starts], "from"))),
            )


def _same_year(by_year: Tree, keys: tuple[str | int, ...]) -> Iterator[Fault]:
    """Keys that are spellings of one year."""
    first: dict[str, str] = {}
    for key in by_year if isinstance(by_year, dict) else ():
        if first.setdefault(year_key(key), key) != key:
            related = ("first given here", Route((*keys, first[year_key(key)]), on_key=True))
            message = f'"{key}" and "{first[year_key(key)]}" are the same year'
            route = Route((*keys, key), on_key=True)
            yield Fault(FaultKind.REPEATED_KEY, message, route, "keep one of the two", related)


_RecordAt: TypeAlias = "Callable[[tuple[str, ...]], type[BaseModel]]"


def _fault(detail: ErrorDetails, tree: Tree, record_at: _RecordAt = _record) -> Fault:
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
    **dict.fromkeys(("value", "sum", "total", "cost"), ("amount",)),
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


def _unknown_financial_years(grant: Grant) -> Iterator[Fault]:
    """Awards of financial years by names that none has."""
    for name in grant.award_by_financial_year:
        route = Route(("award_by_financial_year", name), on_key=True)
        starts = grant.financial_year_starts
        if financial_year_named(name, starts) is None:
            begins = day_of_year(starts.day, starts.month)
            message = f'"{name}" is not the name of a financial year that starts on {begins}'
            yield Fault(FaultKind.UNKNOWN_YEAR, message, route, "write 2025-26, or 2025 for a year from 1 January")


def _irregular(amounts: Iterable[tuple[Keys, Figure]]) -> Iterator[Fault]:
    """Amounts that are readable, but written in a way that often is a slip."""
    for keys, figure in amounts:
        odd = irregularity(figure)
        if odd is not None:
            yield Fault(FaultKind.IRREGULAR, odd.reason, Route(keys), odd.remedy)
