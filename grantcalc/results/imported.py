"""A grant made of a table of posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.posts.table import PostsTable
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Input


@dataclass(frozen=True, slots=True)
class ImportedGrant:
    """A grant made of a table of posts.

    Attributes:
        source: what was read.
        name: the name of the grant.
        table: its posts and the totals that the table states.
        years: its years; none where the table names none.
        checked: the file, with what a reader of the grant should know.
    """

    source: Input
    name: str
    table: PostsTable
    years: tuple[str, ...]
    checked: CheckedFile
