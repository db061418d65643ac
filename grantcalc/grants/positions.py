"""Where the values of a grant file stand: a route of keys becomes a line and column when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from grantcalc.grants.document import places
from grantcalc.grants.periods import year_key
from grantcalc.source import Where

if TYPE_CHECKING:
    from grantcalc.source import Place

_Keys = tuple[str | int, ...]


class Positions:
    """Looks up places in one YAML text; the text is read again the first time, and only then."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: dict[_Keys, tuple[Where, Where]] | None = None

    def where(self, place: Place) -> Where | None:
        """The stretch of text at a place.

        Keys that the file leaves out, such as the year of a grant that has only one, are passed over; of a
        route that ends early, the last value that stands there is given. A year is found under any of its
        spellings.
        """
        if isinstance(place, Where):
            return place
        index = self._indexed()
        reached: _Keys = ()
        whole = True
        for key in _alike(place.keys):
            if (*reached, key) in index:
                reached, whole = (*reached, key), True
            else:
                whole = False
        found = index.get(reached)
        if found is None:
            return None
        return found[0] if (place.on_key and whole) or _begins_elsewhere(found) else found[1]

    def _indexed(self) -> dict[_Keys, tuple[Where, Where]]:
        if self._index is None:
            self._index = {}
            try:
                for keys, key, value in places(self._text):
                    self._index.setdefault(_alike(keys), (key, value))
            except yaml.YAMLError:
                pass  # What stands before the error can still be pointed at.
        return self._index


def _alike(keys: _Keys) -> _Keys:
    """A route in which all spellings of a year are one."""
    return tuple(year_key(key) if isinstance(key, str) else key for key in keys)


def _begins_elsewhere(found: tuple[Where, Where]) -> bool:
    """Whether a value is a mapping or list below its key, so that the key is what to point at."""
    key, value = found
    return value.line == value.end_line and value.column == value.end_column and key != value


