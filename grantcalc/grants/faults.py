"""Faults of a grant file: what is wrong with it as a file, before any sum is done."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.source import Place


class FaultKind(StrEnum):
    """Each kind of fault; each has a rule of its own."""

    ENCODING = "encoding"
    SYNTAX = "syntax"
    UNKNOWN_KEY = "unknown key"
    REPEATED_KEY = "repeated key"
    MISSING_KEY = "missing key"
    AMOUNT = "amount"
    SHAPE = "shape"
    DATE = "date"
    REPEATED_NAME = "repeated name"
    UNKNOWN_YEAR = "unknown year"
    UNKNOWN_NAME = "unknown name"
    FEATURE = "feature"
    IRREGULAR = "irregular amount"
    LIMIT = "limit"
    CUT_VALUE = "cut value"
    CUT_TEXT = "cut text"
    TABLE = "table"
    UNREAD_COLUMN = "unread column"
    TABLE_TOTAL = "table total"
    LEFT_OUT = "left out"
    TWO_AMOUNTS = "two amounts"
    NAMED_ANEW = "named anew"
    HIDDEN = "hidden"
    FTE = "fte"
    PAY_DATES = "pay dates"
    AWARD_BEFORE_SCALE = "award before scale"
    UNKNOWN_POINT = "unknown point"
    SCALES = "scales"
    NO_RATE = "no rate"
    RATES_KNOWN_TO = "rates known to"
    ON_COSTS = "on-costs"
    PARTLY_GIVEN = "partly given"


HARMLESS: Final = (
    FaultKind.CUT_TEXT,
    FaultKind.IRREGULAR,
    FaultKind.RATES_KNOWN_TO,
    FaultKind.ON_COSTS,
    FaultKind.PARTLY_GIVEN,
    FaultKind.UNREAD_COLUMN,
    FaultKind.LEFT_OUT,
    FaultKind.TABLE_TOTAL,
    FaultKind.TWO_AMOUNTS,
    FaultKind.NAMED_ANEW,
    FaultKind.HIDDEN,
)
"""Kinds of fault that leave no doubt about what the file means: the grant can be computed."""

DEEPEST: Final = 40
"""How deep values may be nested; no grant file has reason to be half as deep."""

TOO_DEEP: Final = f"values are nested more than {DEEPEST} deep"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what was found, where, and what to write instead."""

    kind: FaultKind
    message: str
    at: Place
    remedy: str = ""
    related: tuple[str, Place] | None = None


def is_fatal(fault: Fault) -> bool:
    """Whether a fault leaves it open what the file means."""
    return fault.kind not in HARMLESS


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one was most likely meant to be."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None
