"""Runs: tables in running text, with one cell a line, or run together on one line.

Nothing sets their cells apart but the order of the figures, so several readings are tried, and the one counts
under which most figures agree. Text of which no reading makes a sum remains running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grantcalc.papers.layout.lists import enumerations, list_tables
from grantcalc.papers.layout.rasters import raster_tables
from grantcalc.papers.layout.sentences import led_by_sentences
from grantcalc.papers.layout.strands import Strand
from grantcalc.papers.paper import Paragraph
from grantcalc.papers.tables.structure import read_table
from grantcalc.papers.tables.words import Role, role_of
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.numbers.numerals import Habits
    from grantcalc.papers.paper import Table

MOST_AMOUNTS: Final = 2000
"""Stretches of text with more amounts are not tried as tables."""

_NUMBER: Final = re.compile("[0-9][0-9.,]*+")
_MOST_NUMBERS: Final = 2 * MOST_AMOUNTS
"""So many numbers, dates and the like among them, hold too many amounts for sure, or hardly any."""

_LONGEST_TOTAL: Final = 200
_LONGEST_CELL: Final = 60
_FEWEST_AMOUNTS: Final = 3


def tables_in(paragraphs: Sequence[Paragraph], habits: Habits) -> tuple[list[Table], list[Paragraph]]:
    """Split paragraphs into the tables that they are and those that remain running text."""
    tables: list[Table] = []
    rest: list[Paragraph] = []
    for together in _regions(paragraphs):
        if _is_too_long(together):
            rest.extend(together)
            continue
        strand = Strand.of(together, habits)
        found = _tables(strand)
        if not found:
            rest.extend(together)
            continue
        told, columns = led_by_sentences(together)
        if told:
            more, left = tables_in(columns, habits)
            tables.extend(more)
            rest.extend((*told, *left))
            continue
        more, left = tables_in(_left_over(strand, found), habits)
        tables.extend((*found, *more))
        rest.extend(left)
    return tables, rest


def too_long(paragraphs: Sequence[Paragraph]) -> Iterator[Where]:
    """Where stretches begin that may be tables, and have too many amounts to be tried as such."""
    for together in _regions(paragraphs):
        short = all(len(paragraph.text) < _LONGEST_CELL * (paragraph.text.count("\n") + 1) for paragraph in together)
        if short and _is_too_long(together, MOST_AMOUNTS):
            yield together[0].at


def _is_too_long(paragraphs: Sequence[Paragraph], most: int = _MOST_NUMBERS) -> bool:
    """Whether paragraphs hold more than so many numbers."""
    if sum(len(paragraph.text) for paragraph in paragraphs) <= most:
        return False
    return sum(1 for paragraph in paragraphs for _ in _NUMBER.finditer(paragraph.text)) > most


def _left_over(strand: Strand, tables: Sequence[Table]) -> list[Paragraph]:
    """The lines of a strand with amounts that are in none of its tables."""
    lines = strand.text.split("\n")
    first = strand.at.line or 1
    taken = {cell.at.line for table in tables for row in table.rows for cell in row.cells}
    loose = {found.figure.at.line for found in strand.amounts if isinstance(found.figure.at, Where)} - taken
    return [
        Paragraph("\n".join(lines[number - first] for number in block), Where(block[0], 1))
        for block in _blocks(sorted(number for number in loose if number is not None))
    ]


def _blocks(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers in stretches without a gap."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in group]


def _regions(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs, with one that is only a total taken to the one before it."""
    region: list[Paragraph] = []
    for paragraph in paragraphs:
        together = _is_total(paragraph) or (_is_cell(paragraph) and bool(region) and _is_cell(region[-1]))
        if region and not together:
            yield region
            region = []
        region.append(paragraph)
    if region:
        yield region


def _is_cell(paragraph: Paragraph) -> bool:
    """Whether a paragraph may be a cell of a table of which each stands in a paragraph of its own."""
    words = paragraph.text.strip()
    if len(words) >= _LONGEST_CELL or "\n" in words:
        return False
    return not words.endswith((".", ":", ";")) or (words.endswith(":") and Role.MEMO in role_of(words))


def _is_total(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of totals."""
    words = paragraph.text.strip()[:_LONGEST_TOTAL].partition(" ")[0]
    return (
        bool(Role.TOTAL & role_of(words))
        and len(paragraph.text) < _LONGEST_TOTAL
        and "\n" not in paragraph.text.strip()
    )


def _tables(strand: Strand) -> list[Table]:
    """The tables that a strand is under its best reading; none if no reading makes a sum."""
    if not _FEWEST_AMOUNTS <= len(strand.amounts) <= MOST_AMOUNTS:
        return []
    tried = [_Tried(table, *_worth(table)) for table in (*raster_tables(strand), *list_tables(strand))]
    best = max((each for each in tried if each.sums), key=lambda each: (each.points, each.sums), default=None)
    if best is None:
        return []
    return [best.table, *(table for table in enumerations(strand) if _worth(table)[1])]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A reading and its worth."""

    table: Table
    points: float
    sums: int


def _worth(table: Table) -> tuple[float, int]:
    """How much speaks for a reading, and how many sums it makes."""
    readings = read_table(table)
    return sum(each.points for each in readings), sum(len(each.sums) for each in readings)
