"""Amounts that count several times: "3 grants of £500 each", "£40 × 5 days", "two years at £1,000 a year"."""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_COUNT: Final = r"(?P<count>[0-9]{1,4}(?:\.[0-9]{1,2})?|" + "|".join(_WORDS) + ")"
_SIGN: Final = r"(?:[x×*@]|\btimes\b)"

_COUNT_AND_SIGN: Final = re.compile(
    rf"(?<![\w.,/-]){_COUNT}(?:\s+(?!x\s)[a-z-]+){{0,4}}+\s*{_SIGN}\s*[^\w\s]?$", re.IGNORECASE
)
_COUNT_OF: Final = re.compile(rf"(?<![\w.,/£$€-]){_COUNT}(?P<words>(?:\s+[a-z-]+){{1,6}})\s*$", re.IGNORECASE)
_SIGN_AND_COUNT: Final = re.compile(rf"(?:\s+[a-z-]+){{0,3}}?\s*{_SIGN}\s*{_COUNT}(?![\w.,]*[0-9%])", re.IGNORECASE)
_EACH: Final = re.compile(
    r"(?:\s+[a-z-]+){0,2}?\s+(?:each|apiece|(?:per|a|an|each|every)\s+(?:year|annum|month|quarter|week|day|hour|\w+))\b",
    re.IGNORECASE,
)
_FOR_COUNT: Final = re.compile(
    rf"\s*(?:per|a|an|each|every|for each(?: of)?|in each(?: of)?)\s+(?:the\s+)?"
    rf"(?:(?:year|annum|month|quarter|week|day)\s*,?\s*"
    rf"(?:for|over)\s+(?:the\s+)?)?{_COUNT}\s+(?:[a-z-]+\s+){{0,2}}?(?:years|months|quarters|weeks|days)\b",
    re.IGNORECASE,
)
_OVER_COUNT: Final = re.compile(
    rf"\s*(?:in total\s+)?(?:over|for|across)\s+(?:the\s+|a\s+)?{_COUNT}(?:[- ]|\s+)(?P<unit>year|quarter|month)s?\b",
    re.IGNORECASE,
)
_PAYMENTS: Final = re.compile(r"\b(?:payments|instal?lments|tranches|invoices|lots)\s+of\s*$", re.IGNORECASE)
_JOINS: Final = re.compile(r"\b(?:of|at)\s*$", re.IGNORECASE)

_NEAR: Final = 80
"""How many characters before and after an amount are looked at."""


def how_often(before: str, after: str) -> Decimal:
    """How often an amount counts, by the words around it; 1 where they do not say.

    Args:
        before: the text that leads to the amount.
        after: the text that follows it, up to the next amount.
    """
    near, follows = before[-_NEAR:], after[:_NEAR]
    factors = [*_factors_before(near), *_factors_after(follows)]
    if factors:
        return prod(factors, start=Decimal(1))
    counted = _COUNT_OF.search(near)
    if counted and _JOINS.search(near) and (_EACH.match(follows) or _PAYMENTS.search(counted["words"])):
        return _number(counted["count"])
    return Decimal(1)


def how_long(after: str) -> tuple[Decimal, str] | None:
    """How many years, quarters or months the words after an amount say that it is for, and which of these."""
    over = _OVER_COUNT.match(after)
    return (_number(over["count"]), over["unit"].casefold()) if over else None


def counts_payments(before: str) -> bool:
    """Whether the text that leads to an amount says that so many payments are of it: "four payments of"."""
    counted = _COUNT_OF.search(before[-_NEAR:])
    return bool(counted and _PAYMENTS.search(counted["words"]))


def _factors_before(text: str) -> Iterator[Decimal]:
    """The counts of "2 officers × 35 hours × £38", from the last back to the first."""
    while found := _COUNT_AND_SIGN.search(text):
        yield _number(found["count"])
        text = text[: found.start()].rstrip()


def _factors_after(text: str) -> Iterator[Decimal]:
    """The counts of "£38 × 35 hours × 2 officers", or of "£38 an hour for 6 hours"."""
    found = _FOR_COUNT.match(text)
    while found or (found := _SIGN_AND_COUNT.match(text)):
        yield _number(found["count"])
        text = text[found.end() :]
        found = None


def _number(count: str) -> Decimal:
    """A count in figures or words."""
    return Decimal(_WORDS.index(count.lower()) + 1) if count.lower() in _WORDS else Decimal(count)
