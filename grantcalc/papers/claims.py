"""Claims: every sum that a paper states, with what could not be checked and what is written wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.papers.numbers.figures import find_figures
from grantcalc.papers.tables.grand import grand_totals, totals_of_tables
from grantcalc.papers.tables.payments import certain_payments
from grantcalc.papers.tables.structure import read_table
from grantcalc.papers.worked import worked_sums
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper, Table
    from grantcalc.papers.tables.omissions import Omission
    from grantcalc.papers.tables.structure import Reading
    from grantcalc.source import Place, Where
    from grantcalc.sums import Sum


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What was not checked: where it stands, and why."""

    at: Where
    reason: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a paper states.

    Attributes:
        sums: the sums, holding or not, in the order of their totals.
        figures: every number that was read, in the order of the paper.
        unchecked: tables of amounts whose structure is unclear.
        malformed: the amounts that are written wrongly, with their likely reading.
        omissions: totals that leave out the rows that stand first.
    """

    sums: tuple[Sum, ...]
    figures: tuple[Found, ...]
    unchecked: tuple[Unchecked, ...]
    malformed: tuple[Found, ...]
    omissions: tuple[Omission, ...] = ()


def claims(paper: Paper) -> Claims:
    """Read every sum that the tables of a paper state; `prose.prose_sums` reads those of its text."""
    read = [(table, read_table(table)) for table in paper.tables]
    readings = [reading for _, each in read for reading in each]
    worked = tuple(worked_sums(paper))
    figures = tuple(_figures(paper))
    own = certain_payments((a_sum for reading in readings for a_sum in reading.sums), paper, figures)
    sums = [*worked, *_unrivalled(own, worked)]
    held = {a_sum.total.at for a_sum in sums if verdict(a_sum) is not Verdict.MISMATCH}
    sections = [section for reading in readings for section in reading.sections]
    of_tables = tuple(totals_of_tables(sections, figures, held))
    totals = [total for reading in readings for total in reading.totals]
    sums.extend((*grand_totals(totals, figures), *of_tables))
    unread = (Unchecked(each.at, each.reason) for each in paper.unread)
    return Claims(
        sums=tuple(_once(sums)),
        figures=figures,
        unchecked=(*unread, *_unchecked(read, {a_sum.total.at for a_sum in of_tables})),
        malformed=tuple(found for found in figures if found.flaw is not None),
        omissions=tuple(each for reading in readings for each in reading.omissions),
    )


def _unchecked(read: Iterable[tuple[Table, Sequence[Reading]]], known: Collection[Place | None]) -> Iterator[Unchecked]:
    """The tables without a sum of their own, or a total of other tables."""
    for table, readings in read:
        claimed = any(reading.sums for reading in readings) or any(
            found.figure.at in known
            for reading in readings
            for section in reading.sections
            for line in section.totals
            for found in section.amounts(line).values()
        )
        if not claimed and (reason := _why_unchecked(readings)):
            yield Unchecked(table.at, reason)


def _unrivalled(sums: Iterable[Sum], worked: Sequence[Sum]) -> Iterator[Sum]:
    """The sums without those that fail for a total of which a formula says what it adds."""
    known = {a_sum.total.at for a_sum in worked}
    return (a_sum for a_sum in sums if a_sum.total.at not in known or verdict(a_sum) is not Verdict.MISMATCH)


def _why_unchecked(readings: Iterable[Reading]) -> str:
    """Why a table without a sum was not checked; nothing where it has no two amounts to add."""
    amounts = sum(reading.rows for reading in readings)
    return "no row or column was made out that the others add up to" if amounts > 2 else ""  # noqa: PLR2004


def _figures(paper: Paper) -> Iterator[Found]:
    """Every number of a paper."""
    for table in paper.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.found
    for paragraph in paper.paragraphs:
        yield from find_figures(paragraph.text, paragraph.at, habits=paper.habits)


def _once(sums: Iterable[Sum]) -> list[Sum]:
    """The sums, each once, however many ways led to it."""
    seen: dict[object, Sum] = {}
    for a_sum in sums:
        key = (a_sum.total.at, frozenset((part.figure.at, abs(part.weight)) for part in a_sum.parts))
        seen.setdefault(key, a_sum)
    return list(seen.values())
