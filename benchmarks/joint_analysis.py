"""The joint analysis of many sums, as a process to be measured: `python -m benchmarks.joint_analysis KIND SUMS`."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.cycles import look_for_cycles_seldom
from grantcalc.money import POUND, Figure, pounds
from grantcalc.source import Route
from grantcalc.sums import Part, Sum
from grantcalc.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_SIDE: Final = 3


def _figure(amount: int, *keys: str | int) -> Figure:
    return Figure(pounds(Decimal(amount)), Decimal(amount), POUND, Route(keys))


def _sum(total: Figure, parts: Iterable[Figure]) -> Sum:
    return Sum("sum", total, tuple(map(Part, parts)))


def small(sums: int) -> Iterator[Sum]:
    """Sums of their own, each a pound out."""
    for n in range(sums):
        yield _sum(_figure(2 * n + 1, "total", n), (_figure(n, "first", n), _figure(n, "second", n)))


def chain(sums: int) -> Iterator[Sum]:
    """Running totals, of which each takes in the one before, and every other is a pound out."""
    before, amount = _figure(10, "total", -1), 10
    for n in range(sums):
        amount += 5 + n % 2
        total = _figure(amount, "total", n)
        yield _sum(total, (before, _figure(5, "part", n)))
        before = total


def tables(sums: int) -> Iterator[Sum]:
    """Tables of three rows and three columns, all with totals, of which one is a pound out."""
    for table in range(sums // (2 * _SIDE)):
        cells = [[(34 + row + column, (table, row, column)) for column in range(_SIDE)] for row in range(_SIDE)]
        out = 1
        for number, line in enumerate((*cells, *zip(*cells, strict=True))):
            total = sum(amount for amount, _ in line) + out
            yield _sum(_figure(total, "total", table, number), (_figure(amount, *keys) for amount, keys in line))
            out = 0


KINDS: Final[Mapping[str, Callable[[int], Iterator[Sum]]]] = {"small": small, "chain": chain, "tables": tables}


def main() -> None:
    """Judge sums of a kind together in a process set up as that of the program, and say how they came out."""
    look_for_cycles_seldom()
    kind, sums = sys.argv[1:]
    judged = judge_together(list(KINDS[kind](int(sums))))
    print(f"{kind}, {sums} sums: {judged.feasible}, {len(judged.ranges)} ranges")


if __name__ == "__main__":
    main()
