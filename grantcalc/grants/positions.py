"""Where the values of a grant file stand: a route of keys becomes a line and column when somebody asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from grantcalc.grants.document import places
from grantcalc.grants.periods import year_key
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grantcalc.grants.document import Span
    from grantcalc.source import Place, Route

_Keys = tuple[str | int, ...]


class Positions:
    """Looks up places in one YAML text; the text is read again the first time, and only then.

    Another process is sent what was found, and not the positions of all else.
    """

    def __init__(self, text: str, beside: Mapping[_Keys, Where] | None = None) -> None:
        """Look places up in a text.

        Args:
            text: the text of a grant file.
            beside: where the values stand that it takes from another file, years in one spelling.
        """
        self._text = text
        self._beside = beside or {}
        self._index: dict[_Keys, tuple[Span, Span]] | None = None
        self._first: dict[_Keys, Span] = {}
        self._found: dict[Route, Where | None] = {}

    def __getstate__(self) -> dict[str, object]:
        """What another process is sent."""
        return {**self.__dict__, "_index": None, "_first": {}}

    def where(self, place: Place) -> Where | None:
        """The stretch of text at a place.

        Keys that the file leaves out, such as the year of a grant that has only one, are passed over; of a
        route that ends early, the last value that stands there is given. A year is found under any of its
        spellings.
        """
        if isinstance(place, Where):
            return place
        if place not in self._found:
            self._found[place] = self._look_up(place)
        return self._found[place]

    def _look_up(self, place: Route) -> Where | None:
        if self._beside:
            lengths = range(len(place.keys), 1, -1)
            found_beside = (self._beside.get(_alike(place.keys[:length])) for length in lengths)
            where = next((where for where in found_beside if where is not None), None)
            if where is not None:
                return where
        index = self._indexed()
        reached: _Keys = ()
        whole = True
        for step in place.keys:
            written = next((keys for keys in _spellings(reached, step) if keys in index), None)
            reached, whole = written or reached, written is not None
        found = index.get(reached)
        if found is None:
            return None
        key, value = found
        if (place.on_key and whole) or (_is_empty(value) and key != value):
            return Where(*key)
        return Where(*(self._first.get(reached, value) if _is_empty(value) else value))

    def _indexed(self) -> dict[_Keys, tuple[Span, Span]]:
        """The places of every key and value by its route, and by that route with years in one spelling."""
        if self._index is None:
            self._index = {}
            try:
                for keys, key, value in places(self._text):
                    for alike in {keys, _alike(keys)}:
                        self._index.setdefault(alike, (key, value))
                        self._first.setdefault(alike[:-1], key)
            except yaml.YAMLError:
                pass  # What stands before the error can still be pointed at.
        return self._index


def _spellings(keys: _Keys, step: str | int) -> tuple[_Keys, _Keys]:
    """A route one step on: as the step is written, and under the one spelling of a year."""
    return (*keys, step), (*_alike(keys), *_alike((step,)))


def _alike(keys: _Keys) -> _Keys:
    """A route in which all spellings of a year are one."""
    return tuple(map(_in_one_spelling, keys))


@lru_cache(maxsize=1024)  # the routes of a file have the same few steps over and over
def _in_one_spelling(step: str | int) -> str | int:
    return year_key(step) if isinstance(step, str) else step


def _is_empty(span: Span) -> bool:
    """Whether a value is a mapping or list, or nothing: there is no stretch to point at."""
    return span[:2] == span[2:]
