"""A post of a table, as it is read row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.posts.grid import Cell
    from grantcalc.money import Figure


@dataclass(slots=True)
class TablePost:
    """A post of a table, which is filled while the table is read.

    Attributes:
        name: its role.
        at: the cell of the role.
        costs: its amounts by year and heading, with their cells.
        years_at: the cells that say its years.
        stated: what the table states as its totals, by year and key.
    """

    name: str
    at: Cell
    costs: dict[str, dict[str, tuple[Figure, Cell]]] = field(default_factory=dict)
    years_at: dict[str, Cell] = field(default_factory=dict)
    stated: dict[str, dict[str, Figure]] = field(default_factory=dict)

    @property
    def is_below_nought(self) -> bool:
        """Whether one of its amounts is less than nothing, as no post's can be."""
        return any(figure.value < 0 for amounts in self.costs.values() for figure, _ in amounts.values())
