"""What words make of an amount in an account: its opening balance, what came in, what went out, what is left."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final


class Flow(Enum):
    """What an amount is in an account."""

    OPENING = "opening"
    BALANCE = "balance"
    """An opening or a closing balance, as the order tells."""
    CLOSING = "closing"
    LEFT = "left"
    """What came in less what went out."""
    IN = "in"
    OUT = "out"
    UNTOLD = ""


def _words(*alternatives: str) -> re.Pattern[str]:
    """One pattern for whole words, each alternative a regular expression."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_TOLD: Final = {
    Flow.OPENING: _words(
        r"(?:opening|beginning|starting)(?! (?:of|hours|times?|dates?|on)\b)",
        r"(?:original|initial)(?= (?:[a-z]+ ){0,3}(?:budget|balance|allocation|programme)\b)",
        r"brought (?:forward|down)|b/f(?:wd)?|b/d",
    ),
    Flow.CLOSING: _words(
        r"(?:closing|ending)(?! (?:of|dates?)\b)",
        r"carried (?:forward|down)|c/f(?:wd)?|c/d",
        r"leav(?:ing|es|e)|(?:bringing|taking)(?= (?:[a-z]+ ){1,6}to\b)",
    ),
    Flow.LEFT: _words(
        r"net (?:incom(?:e|ing)|expenditure|outgoing|movement|result|surplus|deficit|profit|loss|position|outcome)",
        r"surplus|deficit|variance|headroom",
    ),
    Flow.BALANCE: _words(
        r"balances?(?= (?:of|at|on|as|was|is|stood|per|remaining)\b| ?\Z)",
        r"(?:funds?|cash|money)(?: (?:on|in|at)) (?:hand|bank)|bank balances?",
    ),
    Flow.OUT: _words(
        r"disbursements?|disbursed|expen(?:ses?|diture)s?|payments?(?! received\b)|paid(?! in\b)",
        r"withdrawals?|withdrawn|outgoings?|spen[dt]|debits?|(?:checks|cheques) (?:written|issued|drawn)",
        r"less|deducts?|minus|transfer(?:s|red) (?:out|to)",
    ),
    Flow.IN: _words(
        r"receipts?|received|income|revenues?|deposits?(?! account\b)|interest(?! paid\b)|precept|donations?",
        r"contributions?|credits?|additions?|add(?:ed)?|plus|paid in|transfer(?:s|red) (?:in|from)",
        r"net gains?(?: on)?|net (?:transfers?|virements?|movements?|changes?|adjustments?)(?: of)?",
    ),
}
_STRONG: Final = re.compile(
    r"^\W*(?:[0-9]{1,2}[.)]?\s*)?(?:\(?[+-]\)|(?:sub-?|grand )?totals?\b|plus\b|less\b|add\b|deduct\b|minus\b|net\b)",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(
    r"^\W*(?:[0-9]{1,2}[.)]?\s*)?(?:\((?P<sign>[-–−+=])\)|(?P<word>add|plus|less|deduct|minus)\b)", re.IGNORECASE
)
_DEFICIT: Final = _words("deficit", "shortfall", "loss")
_SURPLUS: Final = _words("surplus", "income", "profit", "gain")
_DETAIL: Final = re.compile(r"^\s*[-–—*•·]\s*\w")


@lru_cache(maxsize=1 << 12)
def flow_of(words: str) -> Flow:
    """What words say of the amount that they lead to; the last telling word counts, a sign in front before it."""
    sign = _SIGN.match(words)
    if sign:
        mark = sign["sign"] or sign["word"].lower()
        return {"+": Flow.IN, "add": Flow.IN, "plus": Flow.IN, "=": Flow.CLOSING}.get(mark, Flow.OUT)
    told = {flow: max((m.end() for m in pattern.finditer(words)), default=-1) for flow, pattern in _TOLD.items()}
    for flow in (Flow.OPENING, Flow.CLOSING, Flow.LEFT):
        if told[flow] >= 0:
            return flow
    last = max(told, key=lambda flow: told[flow])
    return last if told[last] >= 0 else Flow.UNTOLD


def sums_up(words: str) -> bool:
    """Whether an amount stands for all of its kind, so that others of this kind are what it is made of."""
    return bool(_STRONG.match(words))


def is_below_zero(words: str) -> bool:
    """Whether an amount that is left is called a deficit, so that more went out than came in."""
    return bool(_DEFICIT.search(words)) and not _SURPLUS.search(words)


def is_detail(words: str) -> bool:
    """Whether an amount is an item of a list under another one."""
    return bool(_DETAIL.match(words))
