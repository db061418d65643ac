"""Claims: every sum that a paper states, with what could not be checked and what is written wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grantcalc.papers.numbers.figures import find_figures
from grantcalc.papers.tables.grand import grand_totals
from grantcalc.papers.tables.payments import certain_payments
from grantcalc.papers.tables.structure import read_table
from grantcalc.papers.worked import worked_sums
from grantcalc.sums import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.tables.omissions import Omission
    from grantcalc.papers.tables.structure import Reading
    from grantcalc.source import Where
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
    sums: list[Sum] = []
    totals: list[tuple[str, Found]] = []
    unchecked = [Unchecked(each.at, each.reason) for each in paper.unread]
    left_out: list[Omission] = []
    for table in paper.tables:
        readings = read_table(table)
        found = [a_sum for reading in readings for a_sum in reading.sums]
        sums.extend(found)
        left_out.extend(each for reading in readings for each in reading.omissions)
        totals.extend(total for reading in readings for total in reading.totals)
        if not found and (reason := _why_unchecked(readings)):
            unchecked.append(Unchecked(table.at, reason))
    worked = tuple(worked_sums(paper))
    figures = tuple(_figures(paper))
    sums = [*worked, *_unrivalled(certain_payments(sums, paper, figures), worked)]
    sums.extend(grand_totals(totals, figures))
    malformed = tuple(found for found in figures if found.flaw is not None)
    return Claims(tuple(_once(sums)), figures, tuple(unchecked), malformed, tuple(left_out))


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
