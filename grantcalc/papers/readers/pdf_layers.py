"""Layers: words printed over other words, as a stamp, a watermark or a foot is that slips into a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from grantcalc.papers.readers.pdf_letters import Char

_GAP: Final = 1.0
"""Letters no further apart than this part of their size are drawn as one run."""

_BACK: Final = 0.1
_TWIN: Final = 0.15
_ASIDE: Final = 0.3
_LEVEL: Final = 0.3
_COVERED: Final = 0.3
"""Runs of like size overlap from this part of the lower one's height; lines that are set tight overlap by less."""

_LARGER: Final = 1.5
_INK: Final = (0.15, 0.8)
"""Between which parts of the height of letters their ink is, tails apart."""

_TOUCHED: Final = 0.2
"""Runs of unlike size overlap from this part of the ink of the smaller one."""

_SHORTEST: Final = 3
"""Runs of fewer letters are accents and marks, which stand over others on purpose."""

_SHADOW: Final = 0.35
_MOST_STAMPED: Final = 0.5
_MOST_CROSSED: Final = 0.8
"""Where more of a page than these parts seems to lie over the rest, its sizes mean nothing; all is left as it is."""

_MOST_PAIRS: Final = 100_000


class Layers(NamedTuple):
    """The letters of a page, by what they are printed on.

    Attributes:
        page: the letters of the page itself.
        beside: letters that run into others of their line, as a label does that is too long for its cell.
        over: the letters of stamps.
        clashes: the figures that are printed over each other, two and two; their letters are in none of the others.
    """

    page: list[Char]
    beside: Sequence[Char] = ()
    over: Sequence[Char] = ()
    clashes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, eq=False)
class _Run:
    """Letters drawn one after the other on a line, with their box."""

    chars: list[Char]
    number: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    crossed: list[_Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What its letters say."""
        return "".join(char["text"] for char in self.chars)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.has_digits and not any(char["text"].isalpha() for char in self.chars)

    @property
    def has_digits(self) -> bool:
        """Whether there is a number in it."""
        return any(char["text"].isdigit() for char in self.chars)


def layers_of(letters: list[Char]) -> Layers:
    """Tell apart what is printed over something else.

    Args:
        letters: the letters of a page that show, in the order in which they are drawn.
    """
    runs = list(_runs(letters))
    shadows = _cross(runs)
    crossed = sum(1 for run in runs if run.crossed)
    if shadows is None or not (shadows or crossed) or crossed > _MOST_CROSSED * len(runs):
        return Layers(letters)
    over = _uppermost(runs)
    stamps = {run.number for run in over if _is_stamp(run)}
    if sum(len(run.chars) for run in runs if run.number in stamps) > _MOST_STAMPED * len(letters):
        return Layers(letters)
    clashes = [(run, other) for run in over if run.number not in stamps for other in run.crossed if _clash(run, other)]
    clashing = {run.number for pair in clashes for run in pair}
    beside = {run.number for run in over} - stamps - clashing
    apart = stamps | beside | clashing | shadows
    return Layers(
        _letters(runs, {run.number for run in runs} - apart),
        _letters(runs, beside),
        _letters(runs, stamps),
        tuple((other.text.strip(), run.text.strip()) for run, other in clashes),
    )


def _letters(runs: Iterable[_Run], wanted: Collection[int]) -> list[Char]:
    """The letters of the runs of some numbers."""
    return [char for run in runs if run.number in wanted for char in run.chars]


def _clash(one: _Run, other: _Run) -> bool:
    """Whether two runs are figures, either of which may be the one that counts."""
    return one.is_figure and other.is_figure


def _runs(letters: Iterable[Char]) -> Iterator[_Run]:
    """Letters in runs, in the order in which they are drawn."""
    run: _Run | None = None
    number = 0
    for char in letters:
        x0, top, bottom, size = char["x0"], char["top"], char["bottom"], char["size"]
        if run is not None and abs(bottom - run.bottom) <= _LEVEL * size < _LEVEL * _LARGER * run.size:
            twin = run.chars[-1]["text"] == char["text"] and abs(x0 - run.chars[-1]["x0"]) <= _TWIN * size
            goes_on = twin or -_BACK * size <= x0 - run.x1 <= _GAP * size
        else:
            goes_on = False
        if run is not None and goes_on:
            run.chars.append(char)
            run.x1 = max(run.x1, char["x1"])
            continue
        if run is not None:
            yield run
            number += 1
        run = _Run([char], number, x0, char["x1"], top, bottom, size)
    if run is not None:
        yield run


def _cross(runs: Sequence[_Run]) -> set[int] | None:
    """Note which runs overlap.

    Returns:
        The numbers of those that are the shadow of another one; None if there are too many to tell.
    """
    shadows: set[int] = set()
    looked = 0
    active: list[_Run] = []
    for run in sorted((run for run in runs if len(run.chars) >= _SHORTEST), key=lambda each: each.top):
        active = [other for other in active if other.bottom > run.top]
        looked += len(active)
        if looked > _MOST_PAIRS:
            return None
        for other in active:
            if other.number in shadows or not _overlap(run, other):
                continue
            if _is_shadow(run, other):
                shadows.add(max(run.number, other.number))
                continue
            run.crossed.append(other)
            other.crossed.append(run)
        active.append(run)
    for run in runs:
        run.crossed = [] if run.number in shadows else [each for each in run.crossed if each.number not in shadows]
    return shadows


def _overlap(one: _Run, other: _Run) -> bool:
    """Whether the letters of one run lie on those of another."""
    if min(one.x1, other.x1) - max(one.x0, other.x0) <= _ASIDE * min(one.size, other.size):
        return False
    small, large = sorted((one, other), key=lambda run: run.size)
    if large.size > _LARGER * small.size:
        (top, bottom), (high, low) = _ink(small), _ink(large)
        return min(bottom, low) - max(top, high) > _TOUCHED * (bottom - top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _COVERED * min(one.bottom - one.top, other.bottom - other.top)


def _ink(run: _Run) -> tuple[float, float]:
    """From where to where the ink of letters goes, down the page."""
    high, low = (run.top + part * (run.bottom - run.top) for part in _INK)
    return high, low


def _is_shadow(one: _Run, other: _Run) -> bool:
    """Whether a run is another one drawn again a little aside, as bold type and shadows are imitated."""
    near = _SHADOW * one.size
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near and one.text == other.text


def _uppermost(runs: Sequence[_Run]) -> list[_Run]:
    """The runs without which nothing overlaps any more: those first that lie over most others."""
    left = {run.number: {each.number for each in run.crossed} for run in runs if run.crossed}
    by_number = {run.number: run for run in runs if run.number in left}
    found = []
    while any(left.values()):
        number = max(left, key=lambda each: (len(left[each]), *_rank(by_number[each])))
        found.append(by_number[number])
        for other in left.pop(number):
            left[other].discard(number)
    return found


def _rank(run: _Run) -> tuple[float, bool, int]:
    """What a run is more likely to be: a stamp if it is large, says no figure, and is drawn last."""
    return round(run.size), not run.has_digits, run.number


def _is_stamp(run: _Run) -> bool:
    """Whether a run that lies over others is none of the words of their line."""
    if len(run.crossed) > 1:
        return True
    (other,) = run.crossed
    apart = abs(run.bottom - other.bottom) > _LEVEL * min(run.size, other.size)
    return apart or run.size > _LARGER * other.size
