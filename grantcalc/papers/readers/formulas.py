"""Formulas: which cells they add, and totals that are typed in where the cells beside them are formulas."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Place = tuple[int, int]

_TOTAL: Final = re.compile(r"=\s*(?:SUM|SUBTOTAL|AGGREGATE)\s*\(", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_!.])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])")
_CELLS: Final = r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"
_TERM: Final = re.compile(
    rf"([+-]?)(?:(SUM)(\({_CELLS}(?:,{_CELLS})*\))|([A-Z]{{1,3}}[0-9]{{1,7}}))(?![A-Z0-9(:])", re.IGNORECASE
)
_MOST_PARTS: Final = 2_000
_FEWEST: Final = 2
_MOST_SHARE: Final = 3


def added(formula: str) -> list[tuple[Place, int]] | None:
    """The cells of its own sheet that a formula adds, each with +1 or -1; None if it does anything else."""
    terms = _TERM.findall(formula.replace("$", "").replace(" ", ""))
    if "".join("".join(term) for term in terms) != formula.replace("$", "").replace(" ", "").removeprefix("="):
        return None
    found: list[tuple[Place, int]] = []
    for sign, _, summed, single in terms:
        weight = -1 if sign == "-" else 1
        for cells in (summed[1:-1] or single).split(","):
            found.extend((place, weight) for place in _range(cells))
            if len(found) > _MOST_PARTS:
                return None
    return found


def _range(cells: str) -> list[Place]:
    """The cells of a range; of one that is larger than any sum, enough to tell."""
    first, _, last = cells.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    if len(rows) * len(columns) > _MOST_PARTS:
        rows = columns = range(_MOST_PARTS)
    return [(row, column) for row in rows for column in columns]


def _place(name: str) -> Place:
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]), _column(letters)


def _column(letters: str) -> int:
    """The number of a column, from one."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def typed_in(formulas: Mapping[Place, str], numbers: Collection[Place]) -> Iterator[tuple[Place, str]]:
    """Numbers in a row or column of totals, of which the others are formulas that add in the same way.

    Args:
        formulas: the formulas by row and column.
        numbers: where numbers are typed in.

    Returns:
        Where each stands, with a formula of its row or column.
    """
    seen: set[Place] = set()
    for side in (0, 1):
        alike: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for place, formula in formulas.items():
            if _TOTAL.match(formula) or _adds_others(formula, place, side):
                alike[place[side], _relative(formula, place)].append(place)
        typed: dict[int, list[Place]] = defaultdict(list)
        for place in numbers:
            typed[place[side]].append(place)
        for (line, _), places in alike.items():
            found = _between(places, typed[line], side)
            if len(places) >= _FEWEST and 0 < len(found) * _MOST_SHARE <= len(places) + len(found):
                for place in found:
                    if place not in seen:
                        seen.add(place)
                        yield place, formulas[places[0]]


def _adds_others(formula: str, place: Place, side: int) -> bool:
    """Whether a formula adds cells one by one, none of them in its own line, as running balances do."""
    cells = added(formula) if "+" in formula else None
    return bool(cells) and all(weight > 0 and cell[side] != place[side] for cell, weight in cells or ())


def _between(formulas: Collection[Place], numbers: Collection[Place], side: int) -> list[Place]:
    """The numbers of a line next to, or between, formulas."""
    along = [place[1 - side] for place in formulas]
    return [place for place in numbers if min(along) - 1 <= place[1 - side] <= max(along) + 1]


def _relative(formula: str, place: Place) -> str:
    """A formula with its references as distances, so that those that were copied along a line are the same."""

    def distance(found: re.Match[str]) -> str:
        column = _column(found[2])
        across = f"C{column}" if found[1] else f"C[{column - place[1]}]"
        down = f"R{found[4]}" if found[3] else f"R[{int(found[4]) - place[0]}]"
        return f"{down}{across}"

    return _REFERENCE.sub(distance, formula)
