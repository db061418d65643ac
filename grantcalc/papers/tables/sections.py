"""Sections: the tables that stand one below the other in a paper, each with its totals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grantcalc.papers.tables.blocks import is_item
from grantcalc.papers.tables.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.tables.grid import Grid, Line

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NO_TOTAL: Final = Role.QUARTER | Role.MONTH | Role.RATE | Role.MEMO | Role.LESS | Role.CHANGE | Role.NET
_PAID: Final = re.compile(r"\b(?:payments?|paid|instal?ments?|stated)\b", re.IGNORECASE)
"""Words of rows that say of a total how it is paid, or what was said of it elsewhere."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a grid under one head.

    Attributes:
        headings: the words above each column.
        columns: by what each column is known again in another section.
        totals: the rows that say that they are totals, in order.
        bare: whether it has no items of its own, so that its totals are of other sections.
    """

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    totals: tuple[Line, ...]
    bare: bool

    def named(self, label: str) -> Line | None:
        """The last of its totals of a name; None if it has none."""
        return next((line for line in reversed(self.totals) if name_of(line.label) == name_of(label)), None)

    def under(self, other: Section) -> Section | None:
        """This section with the columns of another, as far as it has them; None where it lacks any.

        Where a table goes on without a head, its columns are those of the table before.
        """
        headed = any(self.headings) and any(other.headings)
        if headed or len(self.columns) != len(other.columns):
            return self if set(other.columns) <= set(self.columns) else None
        return replace(self, columns=other.columns)

    def amounts(self, line: Line) -> dict[str, Found]:
        """The amounts of a row by their columns."""
        pairs = zip(self.columns, line.amounts, strict=True)
        return {column: found for column, found in pairs if found is not None}


def sections_of(grid: Grid) -> Iterator[Section]:
    """The sections of a grid: each begins with a head, or where totals have come to an end and are said anew."""
    columns = _columns(grid.headings)
    totals: list[Line] = []
    names: set[str] = set()
    bare = True
    for row, line in enumerate(grid.lines):
        name = name_of(line.label) if is_total(line) else None
        if row and (line.starts or name in names):
            yield Section(grid.headings, columns, tuple(totals), bare)
            totals, names, bare = [], set(), True
        if name is not None:
            totals.append(line)
            names.add(name)
        elif is_item(line) and _PAID.search(line.label) is None:
            names.clear()
            bare = False
    yield Section(grid.headings, columns, tuple(totals), bare)


def is_total(line: Line) -> bool:
    """Whether a row says that it is a total, and of amounts that are added."""
    return Role.TOTAL in line.role and not line.role & _NO_TOTAL


def name_of(label: str) -> str:
    """A label without years, numbers and marks, as labels are compared with each other."""
    return " ".join(_LETTERS.findall(label.casefold()))


def _columns(headings: Sequence[str]) -> tuple[str, ...]:
    """Names of columns: the words above them without the year, if these are enough to tell them apart."""
    if not any(headings):
        return tuple(f"{place} of {len(headings)}" for place in range(len(headings)))
    names = [name_of(heading) for heading in headings]
    plain = all(names) and len(set(names)) == len(names)
    return tuple(names if plain else (" ".join(heading.casefold().split()) for heading in headings))
