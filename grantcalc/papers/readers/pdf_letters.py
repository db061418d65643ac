"""Letters of a page: those that show and stand upright, none hidden in white, and how many are turned which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pdfplumber.page import Page

    Char = dict[str, Any]

_SMALLEST: Final = 1.2
"""Letters of fewer points are not meant to be read."""

_LEAN: Final = 0.02
_TOUCHING: Final = 0.1
_WHITE: Final = 0.98
_INKS: Final = 4
"""Cyan, magenta, yellow and black."""

_MOST_BACKGROUNDS: Final = 2_000


class Letters(NamedTuple):
    """The letters of a page.

    Attributes:
        shown: those that show, and stand upright.
        turned: those that stand on their side or upside down, by how many degrees clockwise the page must be turned
            to read them.
        slanted: how many stand at an angle.
    """

    shown: list[Char]
    turned: Mapping[int, Sequence[Char]]
    slanted: int


def letters_of(page: Page) -> Letters:
    """The letters of a page that show: none that are white on white, turned on their side or outside the page."""
    chars = page.chars
    left, top, right, bottom = page.bbox
    # A loop of its own for what every letter goes through: a page may have ten thousand.
    shown: list[Char] = []
    turned: dict[int, list[Char]] = {}
    slanted = 0
    for char in chars:
        matrix = char["matrix"]
        if matrix[0] <= 0 or abs(matrix[1]) > _LEAN * matrix[0]:
            degrees = _turn(matrix)
            if degrees is None:
                slanted += 1
            else:
                turned.setdefault(degrees, []).append(char)
        elif (
            char["size"] >= _SMALLEST
            and left <= char["x1"]
            and top <= char["bottom"] <= bottom
            # A number that runs off the page goes on there: what is left of it would be another one.
            and (char["x0"] <= right or (shown and _follows(shown[-1], char)))
        ):
            shown.append(char)
    if any(_may_be_white(color) for color in {_hashed(char) for char in shown}):
        backs = _backgrounds(page)
        shown = [char for char in shown if not _is_white(char) or _has_background(char, backs)]
    return Letters(shown, turned, slanted)


def _follows(last: Char, char: Char) -> bool:
    """Whether a letter stands right after another one, in the same word."""
    touches = abs(char["x0"] - last["x1"]) < _TOUCHING * char["size"]
    return bool(touches and char["bottom"] == last["bottom"] and not char["text"].isspace())


def _turn(matrix: Sequence[float]) -> int | None:
    """By how many degrees clockwise a page must be turned for a letter to stand upright; None for no quarters."""
    along, up = matrix[0], matrix[1]
    if abs(along) <= _LEAN * abs(up):
        return 90 if up > 0 else 270
    return 180 if along < 0 and abs(up) <= _LEAN * -along else None


def _hashed(thing: Char) -> tuple[Any, ...]:
    """The colour of a letter, as far as it is told in numbers."""
    color = thing.get("non_stroking_color")
    return color if isinstance(color, tuple) else ()


def _may_be_white(color: tuple[Any, ...]) -> bool:
    """Whether numbers are those of white, as light or as ink."""
    if not color or not all(isinstance(part, int | float) for part in color):
        return False
    return all(part <= 1 - _WHITE for part in color) if len(color) == _INKS else all(part >= _WHITE for part in color)


def _is_white(thing: Char) -> bool:
    """Whether a letter or a filled shape is white; inks that are mixed from no primary colours are not."""
    return _may_be_white(_hashed(thing)) and "Device" in str(thing.get("ncs"))


def _backgrounds(page: Page) -> list[Char]:
    """What a white letter shows on: shapes that are filled, and pictures."""
    shapes = [shape for shape in (*page.rects, *page.curves) if shape.get("fill") and not _is_white(shape)]
    return [*shapes, *page.images][:_MOST_BACKGROUNDS]


def _has_background(char: Char, backs: Iterable[Char]) -> bool:
    """Whether something dark lies under the middle of a letter."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(back["x0"] <= x <= back["x1"] and back["top"] <= y <= back["bottom"] for back in backs)
