"""Scales: headings that say that figures are in thousands, millions or billions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_MONEY: Final = r"(?:US|A|AU|C|CA|NZ|HK|S|R)?[£$€]|RMB|USD|GBP|EUR|CHF|DKK|SEK|NOK|AUD|CAD|INR|RM"
_SCALES: Final = (
    (
        Decimal(10**3),
        re.compile(
            rf"(?:{_MONEY})[ ]?['’‘´`]?[ ]?(?:000s?|k)(?![A-Za-z0-9,.])|['’‘]000s?\b|\bthousands?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Decimal(10**6),
        re.compile(
            rf"(?:{_MONEY})[ ’']?(?:m|mn|mil|millions?)(?![A-Za-z0-9])|\b[Mm][£$€]|\bmillions?\b|\([ ]?mn?[ ]?\)",
            re.IGNORECASE,
        ),
    ),
    (
        Decimal(10**9),
        re.compile(rf"(?:{_MONEY})[ ]?(?:bn|billions?)(?![A-Za-z0-9])|\bbillions?\b", re.IGNORECASE),
    ),
)
_LONGEST: Final = 400


def scale_of(heading: str) -> Decimal | None:
    """What a heading multiplies the figures under it by: 1,000 for "£'000"; None where it does not say.

    A figure of its own ("£2.3m", "12 million people") is no heading, so digits before the word do not count.
    """
    heading = heading[:_LONGEST]
    for scale, pattern in _SCALES:
        found = pattern.search(heading)
        if found and not re.search(r"[0-9][.,]?[ ]?\Z", heading[: found.start()]):
            return scale
    return None
