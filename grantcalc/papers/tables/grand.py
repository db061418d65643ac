"""Grand totals: figures that the totals of several tables make."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.money import EXACT, add
from grantcalc.papers.numbers.keyboard import differ_by_a_digit
from grantcalc.papers.tables.grid import label_of
from grantcalc.papers.tables.ledger import entries_of, tried
from grantcalc.sums import Part, Sum, difference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from decimal import Decimal

    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.tables.grid import Line
    from grantcalc.papers.tables.ledger import Tried
    from grantcalc.papers.tables.sections import Section
    from grantcalc.source import Place

_FEWEST_DIGITS: Final = 4
_FEWEST: Final = 2
_MOST: Final = 20
"""So many tables above a total are looked at."""

_GRAND: Final = re.compile(
    r"\b(?:grand|overall|altogether|combined|aggregate|both|all (?:[a-z]+ )?(?:years?|tables?|projects?|sites?))\b",
    re.IGNORECASE,
)
"""Words of a total of other tables that stands in a table with items of its own."""


def grand_totals(totals: Sequence[tuple[str, Found]], figures: Iterable[Found]) -> Iterator[Sum]:
    """Sums of the totals that have the same name in several tables, if a figure of the paper is their sum.

    Nothing says in words that such a sum is meant, so only one that is met to the last digit counts.

    Args:
        totals: the totals that are no part of another, with their labels.
        figures: every number of the paper.
    """
    named: dict[str, list[Figure]] = defaultdict(list)
    for label, found in totals:
        named[" ".join(label.casefold().split())].append(found.figure)
    stated: dict[Decimal, Found] = {}
    for found in figures:
        if found.is_amount and len(str(abs(found.figure.value))) >= _FEWEST_DIGITS:
            stated.setdefault(found.figure.value, found)
    for label, parts in named.items():
        values = {part.value for part in parts}
        found_total = stated.get(add(part.value for part in parts))
        if len(parts) > 1 and found_total is not None and found_total.figure.value not in values:
            figure = found_total.figure
            yield Sum(f"{label}, all tables", figure, tuple(Part(part) for part in parts), "tables", figure.at)


class _Column(NamedTuple):
    """A column of a row of grand totals: its sum, and how that comes out."""

    a_sum: Sum
    attempt: Tried


def totals_of_tables(
    sections: Sequence[Section], figures: Sequence[Found], vouched: Collection[Place | None]
) -> Iterator[Sum]:
    """The sums that rows of totals state of the tables above them, column by column.

    Such a row stands in a table that has totals only, or says that it is of all tables. Its parts are the rows of its
    own name in the tables right above, or else the last total of each. Where they do not make it, it is claimed of them
    only if one slip explains the gap, and either other columns hold or the row says in words that it is of all.

    Args:
        sections: the tables, in the order of the paper.
        figures: every number of the paper.
        vouched: the places of totals that other sums vouch for.
    """
    amounts = {found.figure.value for found in figures if found.is_amount}
    for number, section in enumerate(sections):
        for row, line in enumerate(section.totals):
            above = section.totals[row - 1] if row and not section.bare else None
            says_so = _GRAND.search(line.label) is not None
            if section.bare or (says_so and above is not None):
                before = sections[max(0, number - _MOST) : number]
                parts = list(_parts(before, section, line, above))
                yield from _claimed(section, line, parts, amounts, vouched, says_so=says_so)


def _parts(before: Sequence[Section], section: Section, line: Line, above: Line | None) -> Iterator[dict[str, Found]]:
    """The totals that a row may add up, of each table that has its columns, those of the nearest table first."""
    if above is not None:
        yield section.amounts(above)
    name = (above or line).label
    for each in reversed(before):
        other = each.under(section)
        if other is None or other.bare or not other.totals:
            return
        yield other.amounts(other.named(name) or other.totals[-1])


def _claimed(  # noqa: PLR0913 - a row, where it stands, and what is known besides
    section: Section,
    line: Line,
    parts: Sequence[dict[str, Found]],
    amounts: Collection[Decimal],
    vouched: Collection[Place | None],
    *,
    says_so: bool,
) -> Iterator[Sum]:
    """What a row states of the totals of some tables: of as many as make it, or of all if it is one slip away."""
    for count in range(len(parts), _FEWEST - 1, -1):
        tries = _tries(section, line, parts[:count])
        if tries and all(each.attempt.holds for each in tries) and any(each.attempt.tells for each in tries):
            yield from (each.a_sum for each in tries)
            return
    tries = _tries(section, line, parts) if len(parts) >= _FEWEST else []
    failing = [each for each in tries if each.attempt.fails]
    certain = says_so or any(each.attempt.tells for each in tries)
    open_ = all(each.a_sum.total.at not in vouched for each in failing)
    slips = all(_is_slip(each.a_sum) and abs(difference(each.a_sum)) not in amounts for each in failing)
    if certain and open_ and slips and len(failing) <= max(1, len(tries) - len(failing)):
        yield from (each.a_sum for each in tries)


def _is_slip(a_sum: Sum) -> bool:
    """Whether one figure with a digit changed, or two swapped, would make a sum hold."""
    gap = difference(a_sum)
    meant = [(a_sum.total.value, EXACT.subtract(a_sum.total.value, gap))]
    meant += [(part.figure.value, EXACT.add(part.figure.value, gap)) for part in a_sum.parts]
    return any(differ_by_a_digit(printed, to) for printed, to in meant)


def _tries(section: Section, line: Line, parts: Sequence[dict[str, Found]]) -> list[_Column]:
    """The sum of each column of a row, top to bottom, and how it comes out; none where there are no two parts."""
    found = []
    for column, heading in zip(section.columns, section.headings, strict=True):
        total = section.amounts(line).get(column)
        printed = [each[column] for each in reversed(parts) if column in each]
        if total is None or len(printed) < _FEWEST:
            continue
        (first,), *rest = entries_of([[each] for each in (total, *printed)])
        added = tuple(Part(each.figure) for each in printed)
        label = label_of(line.label, heading)
        a_sum = Sum(label, total.figure, added, "tables", total.figure.at)
        found.append(_Column(a_sum, tried(first, [(part, 1) for (part,) in rest])))
    return found
