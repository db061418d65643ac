"""From the text of a grant file to its model, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from grantcalc.grants.document import read_document
from grantcalc.grants.faults import Fault, FaultKind, is_fatal
from grantcalc.grants.fields import DEFAULT_HEADINGS, RESERVED, Names, one_line, shown
from grantcalc.grants.figures import written_amounts
from grantcalc.grants.irregular import irregular_amounts
from grantcalc.grants.model import (
    Grant,
)
from grantcalc.grants.periods import financial_year_named, year_key
from grantcalc.money import Malformed
from grantcalc.source import Route, Where
from grantcalc.wording import day_of_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from grantcalc.grants.beside import Beside, OpenBeside
    from grantcalc.grants.costing.working import Working
    from grantcalc.grants.document import Tree
    from grantcalc.grants.posts.merged import Merged

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


def nothing_beside(_name: str) -> Malformed:
    """For a text that stands in no folder."""
    return Malformed("is named, and this text has no folder to look for it", "put what it holds into the grant file")


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
    loaded = Loaded(grant, (*found, *irregular_amounts(written_amounts(grant))), posts_from=merged)
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
    from grantcalc.grants.costing.scales import scales_of

    scales = scales_of(grant.costing, open_beside)
    costed = cost_grant(grant, scales.tables) if not scales.faults else Costed(grant)
    faults = (*loaded.faults, *scales.faults, *costed.faults)
    computed = None if any(map(is_fatal, faults)) else costed.grant
    return Loaded(computed, faults, costed.workings, scales.beside, loaded.posts_from)


def _validate(tree: dict[str, Tree], names: Names) -> tuple[Grant | None, list[Fault]]:
    grant, details = _validated(Grant, {key: value for key, value in tree.items() if key != "claims"}, names)
    if "claims" in tree:
        from grantcalc.grants.claim import Claims

        read, more = _validated(Claims, {"claims": tree["claims"]}, names)
        details += more
        grant = grant.model_copy(update={"claims": read.claims}) if grant and read else None
    if not details:
        return grant, []
    from grantcalc.grants.refused import refused

    keys = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)}
    # What stands beside a refused key is judged once it is known what the key is to be.
    return grant, [refused(detail, tree) for detail in details if detail["loc"] not in keys]


def _validated(record: type[_R], tree: dict[str, Tree], names: Names) -> tuple[_R | None, list[ErrorDetails]]:
    try:
        return record.model_validate(tree, context=names), []
    except ValidationError as error:
        return None, error.errors(include_url=False, include_input=True)


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


def _unknown_financial_years(grant: Grant) -> Iterator[Fault]:
    """Awards of financial years by names that none has."""
    for name in grant.award_by_financial_year:
        route = Route(("award_by_financial_year", name), on_key=True)
        starts = grant.financial_year_starts
        if financial_year_named(name, starts) is None:
            begins = day_of_year(starts.day, starts.month)
            message = f'"{name}" is not the name of a financial year that starts on {begins}'
            yield Fault(FaultKind.UNKNOWN_YEAR, message, route, "write 2025-26, or 2025 for a year from 1 January")
