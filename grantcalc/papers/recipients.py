"""Recipients: to whom, or for which place, a sentence says that an amount goes, by the names in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Recipients: TypeAlias = "Mapping[str, frozenset[str]]"
"""The words of names by the word that leads to them: "to", "for", "at", "in", "from"."""

_CAPITAL: Final = r"[A-Z][\w'’&-]*"
_NAME: Final = rf"(?:the |The )?(?P<name>{_CAPITAL}(?: (?:of |and |for |the ){{0,2}}{_CAPITAL})*)"
_LED_TO: Final = re.compile(rf"\b(?P<way>to|for|at|in|from|with) {_NAME}")
_RECEIVES: Final = re.compile(
    rf"{_NAME} (?:(?:has|have|had|was|were|is|are|will) (?:also |be |been )?)?"
    r"(?:receiv\w+|awarded|given|granted|offered|gets?|got|had)\b"
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NO_NAME: Final = frozenset({"the", "and", "for", "this", "that", "our", "these", "both", "members"})
_TIMES: Final = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "spring", "summer", "autumn", "winter"),
    }
)
LONGEST: Final = 200
"""So many letters before an amount, and after it, are searched."""

_SENTENCE_ENDS: Final = re.compile(r"[.!?]\s+(?=[A-Z•])|\n\s*\n|\n•|\n#")


def recipients(before: str, after: str) -> Recipients:
    """The names that tell for whom an amount is.

    Args:
        before: the words before it, of which the last sentence counts.
        after: the words after it, of which those up to the end of the sentence count.
    """
    sentence = f"{_SENTENCE_ENDS.split(before[-LONGEST:])[-1]} {_SENTENCE_ENDS.split(after[:LONGEST])[0]}"
    words = " ".join(sentence.split())
    found: dict[str, frozenset[str]] = {}
    for match in _LED_TO.finditer(words):
        found.setdefault(match["way"], _words(match["name"]))
    receiver = _RECEIVES.search(words)
    if receiver is not None:
        found["to"] = _words(receiver["name"])
    return {way: name for way, name in found.items() if name}


def are_others(one: Recipients, other: Recipients) -> bool:
    """Whether two amounts go to different recipients: each has a word in its name that the other has not."""
    return any(one[way] - other[way] and other[way] - one[way] for way in one.keys() & other.keys())


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold())) - _NO_NAME - _TIMES
