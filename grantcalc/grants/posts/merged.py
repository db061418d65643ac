"""The posts of a grant file put together with those of the table beside it that `posts_from` names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import shown
from grantcalc.grants.periods import year_key
from grantcalc.grants.posts.columns import Choices
from grantcalc.grants.posts.delimited import read_delimited
from grantcalc.grants.posts.table import entries, read_table
from grantcalc.money import Malformed
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.grants.beside import Beside, OpenBeside
    from grantcalc.grants.document import Tree
    from grantcalc.grants.fields import Names
    from grantcalc.grants.posts.table import PostsTable
    from grantcalc.source import Keys, Where

POSTS_FROM: Final = "posts_from"
_SUFFIXES: Final = (".csv", ".tsv")
_SAID_BY_THE_MODEL: Final = (FaultKind.IRREGULAR,)


@dataclass(frozen=True, slots=True)
class Merged:
    """A grant file's tree with the posts of the table beside it.

    Attributes:
        tree: the tree; without claims where the table cannot be used, since nothing says what they are for.
        faults: what is wrong with the table, or why it cannot be read.
        table: the file; None where none was read.
        places: where the values of its posts stand in it, by their routes in the tree, years in one spelling.
    """

    tree: dict[str, Tree]
    faults: tuple[Fault, ...] = ()
    table: Beside | None = None
    places: Mapping[Keys, Where] = field(default_factory=dict)


def with_posts_beside(tree: dict[str, Tree], names: Names, open_beside: OpenBeside) -> Merged:
    """Put the posts of the table that a grant file names behind its own.

    Args:
        tree: what the grant file holds.
        names: the headings and years that it lists.
        open_beside: opens the file by its name.
    """
    name, own = tree.get(POSTS_FROM), tree.get("posts", [])
    if not isinstance(name, str) or not isinstance(own, list):
        return Merged(tree)  # the model says what is wrong
    opened = _refused(name) or open_beside(name)
    if isinstance(opened, Malformed):
        message = f"posts_from: {shown(name)} {opened.reason}"
        fault = Fault(FaultKind.TABLE, message, Route((POSTS_FROM,)), opened.remedy)
        return Merged(_without_claims(tree), (fault,))
    grid = read_delimited(opened.text, tabs=name.lower().endswith(".tsv"), path=opened.path)
    table = read_table(grid, Choices(years=names.years, headings=names.headings, by_option=False))
    faults = tuple(fault for fault in table.faults if fault.kind not in _SAID_BY_THE_MODEL)
    if not table.posts:
        return Merged(_without_claims(tree), faults, opened)
    merged: dict[str, Tree] = {**tree, "posts": [*own, *entries(table, names.years)]}
    return Merged(merged, faults, opened, dict(_places(table, len(own))))


def _refused(name: str) -> Malformed | None:
    """Why a name is refused: a file elsewhere could be anyone's, and findings quote what they speak of."""
    if not name.lower().endswith(_SUFFIXES):
        return Malformed("is no .csv or .tsv file", "save the table as CSV, or bring it in once with grantcalc import")
    ways = PurePosixPath(name), PureWindowsPath(name)
    if any(way.is_absolute() or way.drive or ".." in way.parts for way in ways):
        remedy = "put the table into the folder of the grant file, or into one below it"
        return Malformed("is not in the folder of the grant file", remedy)
    return None


def _without_claims(tree: dict[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in tree.items() if key != "claims"}


def _places(table: PostsTable, start: int) -> Iterator[tuple[Keys, Where]]:
    """Where each value of the posts stands in the table, by its route."""
    for number, post in enumerate(table.posts, start=start):
        keys = ("posts", number)
        yield keys, post.at.at
        for year, amounts in post.costs.items():
            yield (*keys, "costs", year_key(year)), post.years_at[year].at
            for heading, (_, cell) in amounts.items():
                yield (*keys, "costs", year_key(year), heading), cell.at
