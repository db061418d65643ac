"""Figures that no sum uses yet, and totals that are no part of one, where some of them make another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import TYPE_CHECKING, Final, TypeAlias

from grantcalc.papers.sentences.passages import Term
from grantcalc.papers.sentences.readings import NEARBY, Sureness, reading
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.sentences.readings import Reading
    from grantcalc.source import Place
    from grantcalc.sums import Sum

Trial: TypeAlias = "tuple[Figure, list[tuple[Figure, int]]]"
"""A figure as a total, and the signed figures to try as its parts."""

_MOST: Final = 16
"""With more figures left over than this, too many combinations would be tried."""

_LONGEST: Final = 8
"""Runs of more figures than this are not tried."""

_SIGNS: Final = tuple(product((1, -1), repeat=3))
"""The ways to add three figures or take them off."""


@dataclass(frozen=True, slots=True)
class Used:
    """Where figures stand that sums use.

    Attributes:
        parts: the places of parts.
        totals: the totals by their places.
        others: the places of figures that are neither, such as the one part of a payment's year.
    """

    parts: frozenset[Place | None]
    totals: Mapping[Place | None, Figure]
    others: frozenset[Place | None]

    @classmethod
    def by(cls, sums: Sequence[Sum]) -> Used:
        """The figures that these sums use."""
        parts = frozenset(part.figure.at for s in sums if len(s.parts) > 1 for part in s.parts)
        totals = {s.total.at: s.total for s in sums}
        others = frozenset(figure.at for s in sums for figure in s.figures) - totals.keys() - parts
        return cls(parts, totals, others)

    def left_over(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures that could still take part in a sum, in the order of the paper."""
        free = (f for f in figures if f.value and f.at not in self.parts and f.at not in self.others)
        return sorted({f.at: self.totals.get(f.at, f) for f in free}.values(), key=_place)


def fitting(figures: Sequence[Figure], *, total_first: bool = False) -> Iterator[Reading]:
    """Figures of which two, three or a whole run make another, signs allowed for.

    Args:
        figures: figures that are left over, in the order of the paper.
        total_first: whether "100, 60, 40" is read as 100 = 60 + 40, as in a text, or as 40 = 100 - 60, as in
            an account that ends with its balance.
    """
    if not 2 < len(figures) <= _MOST:  # noqa: PLR2004  (two parts and a total)
        return
    tried = [*_runs(figures), *_pairs(figures, total_first=total_first)]
    fit = [trial for trial in tried if sum(figure.value * sign for figure, sign in trial[1]) == trial[0].value]
    tries = len(tried) + len(_SIGNS) * comb(len(figures), 4)
    for total, parts in (*fit, *_fitting_triples(figures)):
        terms = [(Term(figure, ""), sign) for figure, sign in parts]
        yield reading(Term(total, ""), terms, Sureness.NEARBY, NEARBY, tries=tries)


def _runs(figures: Sequence[Figure]) -> Iterator[Trial]:
    """Three or more figures one after another, and any other as their total."""
    for start, end in combinations(range(len(figures) + 1), 2):
        if 2 < end - start <= _LONGEST:  # noqa: PLR2004  (pairs are tried by themselves)
            run = [(figure, 1) for figure in figures[start:end]]
            yield from ((total, run) for total in (*figures[:start], *figures[end:]))


def _pairs(figures: Sequence[Figure], *, total_first: bool) -> Iterator[Trial]:
    """Two figures and a third that is their sum or difference."""
    for first, second, last in combinations(figures, 3):
        yield last, [(first, 1), (second, 1)]
        yield last, [(second, 1), (first, -1)]
        yield (first, [(second, 1), (last, 1)]) if total_first else (last, [(first, 1), (second, -1)])


def _fitting_triples(figures: Sequence[Figure]) -> Iterator[Trial]:
    """Three figures, added or taken off, that make a fourth after them.

    There are thousands to try, so three are added up once for all that may be their total.
    """
    for places in combinations(range(len(figures)), 3):
        parts = [figures[place] for place in places]
        made = [sum(signed) for signed in product(*((part.value, -part.value) for part in parts))]
        for total in figures[places[-1] + 1 :]:
            if total.value in made:
                ways = (signs for signs, value in zip(_SIGNS, made, strict=True) if value == total.value)
                yield from ((total, list(zip(parts, signs, strict=True))) for signs in ways)


def _place(figure: Figure) -> tuple[int, int]:
    """Where a figure stands in its paper."""
    at = figure.at
    return (at.line or at.row or 0, at.column or at.table_column or 0) if isinstance(at, Where) else (0, 0)
