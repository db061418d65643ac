"""Figures and sums for tests: the MARSOC paper, and tables of any shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from grantcalc.money import Figure, read_amount
from grantcalc.source import Where
from grantcalc.sums import Part, Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINES = count(1)


def stated(text: str) -> Figure:
    """A figure as printed, in a place of its own."""
    figure = read_amount(text)
    assert isinstance(figure, Figure), figure
    return replace(figure, at=Where(line=next(_LINES)))


def printed(value: int | str | Decimal, unit: int | str | Decimal | None = 1) -> Figure:
    """A figure of any value and unit, in a place of its own."""
    return Figure(str(value), Decimal(value), None if unit is None else Decimal(unit), Where(line=next(_LINES)))


def total_of(total: Figure, parts: Iterable[Figure], weight: int | str = 1, label: str = "") -> Sum:
    """A sum whose parts all have one weight."""
    return Sum(label, total, tuple(Part(part, Decimal(weight)) for part in parts))


def table(cells: Sequence[Sequence[Figure]], rows: Sequence[Figure], columns: Sequence[Figure]) -> list[Sum]:
    """The sums of a table's rows and columns."""
    across = [total_of(total, row) for total, row in zip(rows, cells, strict=True)]
    down = [total_of(total, column) for total, column in zip(columns, zip(*cells, strict=True), strict=True)]
    return [*across, *down]


@dataclass(frozen=True)
class Marsoc:
    """MOPAC decision PCD 1258, the London MARSOC hub: the figures as the paper prints them."""

    salaries: tuple[Figure, Figure]
    overheads: tuple[Figure, Figure]
    totals: tuple[Figure, Figure]
    payments: tuple[Figure, Figure]
    award: Figure

    @property
    def years(self) -> list[Sum]:
        """Each year's salaries and overheads make its grand total."""
        each = zip(self.totals, self.salaries, self.overheads, strict=True)
        return [total_of(total, [salary, overhead]) for total, salary, overhead in each]

    @property
    def both_years(self) -> Sum:
        """The grand totals make the award."""
        return total_of(self.award, self.totals)

    @property
    def quarters(self) -> list[Sum]:
        """Four payments make each year, and eight the award."""
        each = zip(self.totals, self.payments, strict=True)
        return [
            *(total_of(total, [payment], 4) for total, payment in each),
            total_of(self.award, self.payments, 4),
        ]

    @property
    def posts(self) -> list[Sum]:
        """The three posts of each column make its total."""
        columns = {
            self.salaries[0]: ("£75,639", "£63,320", "£41,047"),
            self.overheads[0]: ("£8,723", "£8,723", "£4,878"),
            self.salaries[1]: ("£75,073", "£61,923", "£41,077"),
            self.overheads[1]: ("£9,680", "£9,680", "£5,847"),
        }
        return [total_of(total, map(stated, posts)) for total, posts in columns.items()]


def marsoc(*, exact_award: bool = False) -> Marsoc:
    """The figures of the paper, the award taken as printed to the pound or as exact."""
    award = stated("£405,608")
    return Marsoc(
        salaries=(stated("£180,006"), stated("£178,073")),
        overheads=(stated("£22,324"), stated("£25,207")),
        totals=(stated("£202,329"), stated("£203,279")),
        payments=(stated("£50,582"), stated("£50,820")),
        award=award.exactly() if exact_award else award,
    )
