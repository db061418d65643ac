"""Totals that nothing vouches for: a row says that it is a total, and no parts were made out that should make it."""

from __future__ import annotations

from itertools import pairwise, takewhile, zip_longest
from typing import TYPE_CHECKING, Final

from grantcalc.money import add
from grantcalc.papers.claims import Unchecked
from grantcalc.papers.paper import Row
from grantcalc.papers.styles import printed_like
from grantcalc.papers.tables.amounts import amount_of
from grantcalc.papers.tables.words import Role, heads_rates, role_of
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Cell, Table
    from grantcalc.source import Place
    from grantcalc.sums import Sum

_OTHERWISE: Final = Role.RATE | Role.MEMO | Role.LESS | Role.CHANGE | Role.QUARTER | Role.MONTH
_MOST_NAMED: Final = 4
_NEAREST: Final = 2
"""How many rows above a total are looked at: one of words and one of amounts."""


def unvouched_totals(tables: Iterable[Table], sums: Sequence[Sum]) -> Iterator[Unchecked]:
    """Rows of totals with amounts that no sum has as its total, in tables of which some sum was made out.

    A total right below another, or below the only row that it can be of, has nothing to add up if it repeats it.

    Args:
        tables: the tables of a paper.
        sums: every sum that is claimed of the paper.
    """
    totals = {a_sum.total.at for a_sum in sums}
    used = {figure.at for a_sum in sums for figure in a_sum.figures}
    together = {(one.figure.at, two.figure.at) for a_sum in sums for one, two in pairwise(a_sum.parts) if one.figure.at}
    for table in tables:
        amounts = [amount for row in table.rows for amount in _amounts(row.cells)]
        if table.ruled and any(amount.at in used for amount in amounts):
            rates = _rates(table)
            for number, (above, row) in enumerate(pairwise((Row(()), *table.rows))):
                found = None if _is_item(above, row, together) else _unvouched(table, number, totals, rates)
                if found is not None and not _repeats(table.rows[:number], row, totals):
                    yield found


def _rates(table: Table) -> frozenset[int]:
    """The columns that are headed as ones of rates, which have no total."""
    heads = list(takewhile(lambda row: not _amounts(row.cells), table.rows))
    columns = zip_longest(*([cell.text for cell in row.cells] for row in heads), fillvalue="")
    return frozenset(n for n, words in enumerate(columns) if heads_rates(" ".join(words)))


def _is_item(above: Row, row: Row, together: AbstractSet[tuple[Place | None, Place | None]]) -> bool:
    """Whether some sum has an amount of a row among its parts right after one of the row above: so would no total."""
    return any((one.at, two.at) in together for one in _amounts(above.cells) for two in _amounts(row.cells))


def _unvouched(
    table: Table, number: int, totals: AbstractSet[Place | None], rates: AbstractSet[int]
) -> Unchecked | None:
    """What to say of a row of totals; None if it is none, or every amount is the total of a sum."""
    row = table.rows[number]
    label = " ".join(row.cells[0].text.split()) if row.cells else ""
    role = role_of(label)
    if Role.TOTAL not in role or role & _OTHERWISE:
        return None
    cells = [(n, cell) for n, cell in enumerate(row.cells) if n and n not in rates]
    placed = [(n, each) for n, cell in cells for each in _amounts([cell]) if each.at not in totals and each.value]
    if not placed:
        return None
    made = _made_above(table.rows[:number], placed)
    left = [amount for _, amount in placed]
    more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
    amounts = f"{', '.join(a.text for a in left[:_MOST_NAMED])}{more}" if more else listed([a.text for a in left])
    where = row.cells[0].at
    return Unchecked(where, f'{amounts} in the row "{label[:60]}": no parts were made out that should make it{made}')


def _made_above(rows: Sequence[Row], totals: Sequence[tuple[int, Figure]]) -> str:
    """What the rows above a total make in its columns, up to a heading or another total: one may be missing there."""
    above = list(takewhile(lambda row: _amounts(row.cells) and not _says_total(row), reversed(rows)))
    made = []
    for column, total in totals[:_MOST_NAMED]:
        parts = [part for row in above for part in _amounts(row.cells[column : column + 1])]
        if len(parts) != len(above):
            return ""
        made.append(printed_like(total, add(part.value for part in parts)))
    return f"; the {len(above)} rows above it make {listed(made)}" if len(above) > 1 else ""


def _says_total(row: Row) -> bool:
    return bool(row.cells and Role.TOTAL in role_of(row.cells[0].text))


def _repeats(above: Sequence[Row], row: Row, totals: AbstractSet[Place | None]) -> bool:
    """Whether a row has the amounts of the row right above, which is a total or the only one below words."""
    with_amounts = [found for each in above[-_NEAREST:] if (found := _amounts(each.cells[1:]))]
    if not with_amounts:
        return False
    alone = len(with_amounts) == 1
    before = {figure.value for figure in with_amounts[-1] if alone or figure.at in totals}
    return all(amount.value in before for amount in _amounts(row.cells[1:]))


def _amounts(cells: Iterable[Cell]) -> list[Figure]:
    found = (amount_of(cell) for cell in cells)
    return [amount.figure for amount in found if amount is not None]
