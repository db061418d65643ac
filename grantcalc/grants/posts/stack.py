"""Tables that stand one below the other: where each begins, and which years it is of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.grants.fields import one_line, shown
from grantcalc.grants.posts.amounts import looks_like_an_amount
from grantcalc.grants.posts.layout import Layout, column_called, find_layout, has_amounts
from grantcalc.grants.posts.rows import is_total
from grantcalc.grants.posts.words import Kind, meaning_of, title_year, year_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.grants.posts.columns import Choices, Column
    from grantcalc.grants.posts.grid import Grid


@dataclass(frozen=True, slots=True)
class Part:
    """One of the tables of a stack.

    Attributes:
        grid: its rows, those of titles above its head included.
        layout: its columns.
        choices: what is said of it beside what stands in it.
        faults: what is said of the rows above its head.
    """

    grid: Grid
    layout: Layout
    choices: Choices
    faults: tuple[Fault, ...] = ()


def stack_of(grid: Grid, choices: Choices) -> tuple[Part, ...]:
    """The tables that stand in a grid one below the other; most often only one.

    A head that comes again word for word is that of the same table, at the top of a page; where it names no year, only
    if no title or total stands before it, and no role comes again below it.

    Args:
        grid: the sheet or the text.
        choices: what is said of it beside what stands in it.
    """
    layout = find_layout(grid, choices)
    starts = _starts(grid, layout, choices)
    if not starts:
        return (Part(grid, layout, choices),)
    grids = [replace(grid, rows=grid.rows[start:end]) for start, end in pairwise([0, *starts, len(grid.rows)])]
    parts = [_part(part, _of_these_columns(part, grids, choices)) for part in grids]
    undated = [part for part in parts if not _is_dated(part)]
    if len(undated) == len(parts) and len(choices.years) in (1, len(parts)):
        years = choices.years if len(choices.years) > 1 else choices.years * len(parts)
        return tuple(
            _part(part.grid, replace(part.choices, years=(year,))) for part, year in zip(parts, years, strict=True)
        )
    if undated:
        fault = _yearless(parts, undated, choices)
        return (replace(parts[0], layout=Layout(faults=(fault,))),)
    return (parts[0], *(replace(part, faults=tuple(_unread_titles(part))) for part in parts[1:]))


def _part(grid: Grid, choices: Choices) -> Part:
    return Part(grid, find_layout(grid, choices), choices)


def _of_these_columns(grid: Grid, grids: Sequence[Grid], choices: Choices) -> Choices:
    """What is said of one table: without columns that only others have."""
    columns = tuple(
        (words, named)
        for words, named in choices.columns
        if column_called(grid, named) is not None or all(column_called(each, named) is None for each in grids)
    )
    return replace(choices, columns=columns)


def _is_dated(part: Part) -> bool:
    """Whether a table says its years itself."""
    layout = find_layout(part.grid, replace(part.choices, years=()))
    return layout.years_in_rows or any(column.meaning.year for column in layout.of(Kind.AMOUNT, Kind.TOTAL))


def _yearless(parts: Sequence[Part], undated: Sequence[Part], choices: Choices) -> Fault:
    """That tables stand one below the other, and it is not said which year each is of."""
    second, remedy = parts[1], "write the year into each head, as in Salary 2025-26, or into a title above it"
    if len(undated) < len(parts):
        message = "this head of a table names no year, as that of another table here does"
        return Fault(FaultKind.TABLE, message, _head_of(undated[0]).cell.at, remedy)
    if choices.by_option:
        remedy += "; or give --year for each table, from top to bottom; or import one table at a time"
    message = f"a second table begins here ({shown(_head_of(second).head)}), and no head says which year it is of"
    related = ("the first table", _head_of(parts[0]).cell.at)
    return Fault(FaultKind.TABLE, message, _head_of(second).cell.at, remedy, related)


def _head_of(part: Part) -> Column:
    """The column of roles, or the first where there is none."""
    return next(iter((*part.layout.of(Kind.ROLE), *part.layout.columns)))


def _unread_titles(part: Part) -> Iterator[Fault]:
    """The note on each row above a head that is no title which names the year."""
    for row in part.grid.rows[: part.layout.head]:
        texts = [cell.text for cell in row if cell.text]
        if texts and not title_year(" ".join(texts)):
            at = next(cell.at for cell in row if cell.text)
            message = f"the row {shown(one_line(texts[0]))} has no amounts, and is not read"
            yield Fault(FaultKind.LEFT_OUT, message, at)


def _starts(grid: Grid, layout: Layout, choices: Choices) -> list[int]:
    """The rows with which the tables after the first begin."""
    starts: list[int] = []
    role = next(iter(layout.of(Kind.ROLE)), None)
    if role is None:
        return starts
    words = next(_words(grid, row) for row in range(layout.first) if grid.cell(row, role.at) is role.cell)
    begins = layout.first
    for row in range(layout.first, len(grid.rows)):
        if not _is_head(grid, row, role):
            continue
        start = _first_title(grid, row, begins)
        if _words(grid, row) == words and _continues(grid, range(begins, start), row, role.at, choices):
            continue
        starts.append(start)
        words, begins = _words(grid, row), row + 1
    return starts


def _is_head(grid: Grid, row: int, role: Column) -> bool:
    """Whether a row is a head: no amount stands in it, a role's head does, and a word for amounts or that same head."""
    filled = [cell for cell in grid.rows[row] if not cell.is_blank]
    if len(filled) == 1 or any(looks_like_an_amount(cell) and not year_in(cell.text)[0] for cell in reversed(filled)):
        return False
    if one_line(grid.cell(row, role.at).text).casefold() == role.head.casefold():
        return bool(filled)
    meanings = [meaning_of(cell.text) for cell in filled]
    named = any(meaning.kind in (Kind.ROLE, Kind.PERSON) for meaning in meanings)
    return named and any(meaning.kind in (Kind.AMOUNT, Kind.TOTAL, Kind.YEAR) or meaning.year for meaning in meanings)


def _words(grid: Grid, row: int) -> tuple[str, ...]:
    """The words of a head, as they are compared."""
    return tuple(one_line(cell.text).casefold() for cell in grid.rows[row] if cell.text)


def _first_title(grid: Grid, head: int, begins: int) -> int:
    """The row with which a table begins: its head, or the first of the titles above it."""
    row = head
    while row > begins and _is_blank(grid, row - 1):
        row -= 1
    while row > begins and not _is_blank(grid, row - 1) and not has_amounts(grid, row - 1):
        row -= 1
    return row


def _is_blank(grid: Grid, row: int) -> bool:
    return all(cell.is_blank for cell in grid.rows[row])


def _continues(grid: Grid, above: range, head: int, role: int, choices: Choices) -> bool:
    """Whether a head that comes again is that of the same table."""
    titles = [" ".join(cell.text for cell in grid.rows[row] if cell.text) for row in range(above.stop, head)]
    if any(map(title_year, titles)):
        return False
    dated = any(meaning.year or meaning.kind is Kind.YEAR for meaning in map(meaning_of, _words(grid, head)))
    if dated or len(choices.years) == 1:
        return True
    names = [one_line(grid.cell(row, role).text) for row in above]
    return (
        not any(titles) and not is_total(names[-1] if names else "") and _has_other_roles(grid, head, role, set(names))
    )


def _has_other_roles(grid: Grid, head: int, role: int, names: set[str]) -> bool:
    """Whether no role of those above a head comes again in the rows below it, up to the next head or blank row."""
    again = one_line(grid.cell(head, role).text)
    for row in range(head + 1, len(grid.rows)):
        name = one_line(grid.cell(row, role).text)
        if not name or name == again:
            break
        if name in names and not is_total(name):
            return False
    return True
