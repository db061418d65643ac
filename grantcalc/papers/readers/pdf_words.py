"""Words of a page: letters that stand together, each once, without the marks of footnotes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pdfplumber.utils.text import extract_words

from grantcalc.papers.readers.marks import is_note_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grantcalc.papers.readers.pdf_letters import Char
    from grantcalc.papers.readers.pdf_rulings import Ruling

_GAP: Final = 0.15
"""Letters further apart than this part of their size belong to two words."""

_LEVEL: Final = 1.5
"""Letters whose tops differ by more points than this belong to two words."""

_TWIN: Final = 0.4
_FARTHEST_TWIN: Final = 1.5
_RAISED: Final = 0.8
"""A mark of a footnote is at most this part of the size of its neighbour."""

_LIFT: Final = 0.12
_PLACE: Final = 4
_LONGEST_MARK: Final = 8
_STRIKE: Final = (0.33, 0.7)
"""Between which parts of the height of a letter a line crosses it out."""

_SIGNS: Final = "£$€(" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Word(NamedTuple):
    """A word and its box on the page, in points from the left and from the top.

    Attributes:
        text: its letters.
        x0: its left edge.
        x1: its right edge.
        top: its upper edge.
        bottom: its lower edge.
        size: the size of its letters.
        struck: whether it is crossed out.
        partly: whether only some of its letters are.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    struck: bool = False
    partly: bool = False


def _once(chars: Sequence[Char]) -> Sequence[Char]:
    """Letters of a word without those drawn again a fraction of their width aside, as bold type is imitated."""
    if len(chars) == 1 or not any(_is_same(one, other) for one, other in pairwise(chars)):
        return chars
    kept: list[Char] = []
    for char in chars:
        if not any(_is_same(char, other) for other in kept[-2:]):
            kept.append(char)
    return kept


def _is_same(one: Char, other: Char) -> bool:
    """Whether two letters are one that is drawn twice."""
    if one["text"] != other["text"]:
        return False
    aside = min(_FARTHEST_TWIN, _TWIN * float(one["x1"] - one["x0"]))
    return bool(abs(one["x0"] - other["x0"]) <= aside)


def words_of(letters: Sequence[Char], verticals: Sequence[Ruling], strikes: Sequence[Ruling]) -> list[Word]:
    """The words that letters make.

    Args:
        letters: letters that show.
        verticals: lines down the page from left to right; a word ends at one.
        strikes: thin lines across the page from top to bottom, which may cross words out.

    Returns:
        The words, from top to bottom and left to right.
    """
    found = extract_words(list(letters), x_tolerance_ratio=_GAP, y_tolerance=_LEVEL, return_chars=True)
    edges = [ruling.at for ruling in verticals]
    levels = [ruling.at for ruling in strikes]
    words = [
        word
        for each in found
        for piece in _cut(
            _once(each["chars"]), verticals[bisect_left(edges, each["x0"]) : bisect_right(edges, each["x1"])]
        )
        for word in _struck(piece, _between(strikes, levels, each["top"], each["bottom"]))
    ]
    return _without_marks(words)


def _between(rulings: Sequence[Ruling], places: Sequence[float], start: float, end: float) -> Sequence[Ruling]:
    """The rulings from one place to another; the places are theirs, in order."""
    return rulings[bisect_left(places, start) : bisect_right(places, end)]


def _cut(chars: Sequence[Char], crossing: Sequence[Ruling]) -> Iterator[Sequence[Char]]:
    """The letters of a word, cut where a line down the page runs between two of them."""
    middle = (chars[0]["top"] + chars[0]["bottom"]) / 2
    start = 0
    for ruling in crossing:
        if not ruling.start <= middle <= ruling.end:
            continue
        for n in range(start + 1, len(chars)):
            if _middle(chars[n - 1]) < ruling.at < _middle(chars[n]):
                yield chars[start:n]
                start = n
                break
    yield chars[start:]


def _middle(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _struck(chars: Sequence[Char], crossing: Sequence[Ruling]) -> Iterator[Word]:
    """The words of letters: crossed out, or not, or run together from both.

    A figure that follows one that is crossed out is a word of its own if it has its own currency sign; letters that
    cannot be told apart so remain together, since either part alone would be a figure that nobody wrote.
    """
    if not crossing:
        yield from _word(chars)
        return
    runs = [(out, list(run)) for out, run in groupby(chars, key=lambda char: _is_struck(char, crossing))]
    if len(runs) > 1 and not all(run[0]["text"] in _SIGNS for _, run in runs[1:]):
        yield from (word._replace(partly=True) for word in _word(chars))
        return
    for out, run in runs:
        yield from (word._replace(struck=out) for word in _word(run))


def _is_struck(char: Char, crossing: Iterable[Ruling]) -> bool:
    """Whether a line runs through the middle of a letter."""
    height = char["bottom"] - char["top"]
    high, low = (char["top"] + part * height for part in _STRIKE)
    return any(high <= ruling.at <= low and ruling.start <= _middle(char) <= ruling.end for ruling in crossing)


def _word(chars: Sequence[Char]) -> Iterator[Word]:
    """Letters as a word, without the marks of footnotes on it."""
    sizes = {char["size"] for char in chars}
    size = max(sizes)
    if len(sizes) > 1:
        chars = _without_raised(chars, size)
    text = "".join([char["text"] for char in chars])
    top, bottom = min([char["top"] for char in chars]), max([char["bottom"] for char in chars])
    yield Word(text, chars[0]["x0"], chars[-1]["x1"], top, bottom, size)


def _without_raised(chars: Sequence[Char], size: float) -> Sequence[Char]:
    """The letters of a word without those that are the mark of a footnote."""
    base = max(char["bottom"] for char in chars if char["size"] == size)
    raised = [char["size"] < _RAISED * size and char["bottom"] < base - _LIFT * size for char in chars]
    mark = "".join(char["text"] for char, up in zip(chars, raised, strict=True) if up)
    if not mark or not is_note_mark(mark):
        return chars
    return [char for char, up in zip(chars, raised, strict=True) if not up]


def _without_marks(words: Sequence[Word]) -> list[Word]:
    """Words without those that are marks of footnotes: small, and set high at the end of another."""
    largest = max((word.size for word in words), default=0)
    small = [n for n, word in enumerate(words) if word.size < _RAISED * largest and len(word.text) <= _LONGEST_MARK]
    small = [n for n in small if is_note_mark(words[n].text)]
    if not small:
        return list(words)
    by_side: dict[int, list[Word]] = {}
    least = min(words[n].size for n in small) / _RAISED
    for word in (word for word in words if word.size > least):
        for side in {int(word.x0 / _PLACE), int(word.x1 / _PLACE)}:
            by_side.setdefault(side, []).append(word)
    marks = {n for n in small if any(_marks(words[n], other) for other in _beside(words[n], by_side))}
    return [word for n, word in enumerate(words) if n not in marks]


def _beside(word: Word, by_side: Mapping[int, Sequence[Word]]) -> Iterator[Word]:
    """The words that end about where a word begins, or begin about where it ends."""
    places = {int(side / _PLACE) + step for side in (word.x0, word.x1) for step in (-1, 0, 1)}
    for place in places:
        yield from by_side.get(place, ())


def _marks(mark: Word, word: Word) -> bool:
    """Whether one word is the mark of a footnote on another, or before the footnote."""
    near = any(-0.1 * word.size <= gap <= 0.4 * word.size for gap in (mark.x0 - word.x1, word.x0 - mark.x1))
    high = word.top - 0.5 * word.size <= mark.top and word.top < mark.bottom < word.bottom - _LIFT * word.size
    return near and high and mark.size < _RAISED * word.size
