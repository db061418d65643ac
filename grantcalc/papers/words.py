"""Words of labels: which rows and columns say that they are totals, deductions, rates or parts of others."""

from __future__ import annotations

import re
from enum import Flag, auto
from functools import lru_cache
from typing import Final


class Role(Flag):
    """What the words of a label say about its figures."""

    NONE = 0
    TOTAL = auto()
    """A total: its parts stand near."""
    NET = auto()
    """What is left: a balance, a surplus, a difference."""
    LESS = auto()
    """Taken off."""
    MEMO = auto()
    """Part of a figure above, so no part of the total: "of which"."""
    RATE = auto()
    """An average, a rate, a rank, a count: nothing that is added."""
    CHANGE = auto()
    """The difference of two columns."""
    QUARTER = auto()
    MONTH = auto()
    OPENING = auto()
    """Brought forward: a balance that begins a list."""
    CLOSING = auto()
    STATED = auto()
    """A calculation said in words: "income minus expenditure"."""
    OTHER = auto()
    """A remainder such as "Other, net": an item, whatever else its words say."""


_ROLES: Final = (
    (
        Role.TOTAL,
        r"\b(?:sub[- ]?)?totals?\b|\btotall?ing\b|\bgrand total\b|\boverall\b|\baltogether\b|\baggregate\b|^all\b(?! other)"
        r"|\bsum\b|\bin all\b|\bcombined\b",
    ),
    (
        Role.NET,
        r"^\W*net\b|,? net\W*$|\bbalance\b|\bsurplus\b|\bdeficit\b|\b(?:under|over)spend\b|\bremaining\b|\bremainder\b"
        r"|\bminus\b|\bplus\b|\b(?:profit|loss|income|earnings) (?:before|after|from)\b"
        r"|\brequirement\b|\bavailable\b|\bcash flows?$|\bnon-gaap\b|\bebitda\b",
    ),
    (Role.STATED, r"\bminus\b|\bplus\b|\bless\b.*\bequals\b|\bclosing balance\b|\bbalance c/?f"),
    (Role.OTHER, r"^\W*(?:all )?others?\b"),
    (Role.LESS, r"^\W*(?:less|minus|deduct(?:ions?)?|offset by|reduced by)\b|\(less\)"),
    (
        Role.MEMO,
        r"^\W*(?:of which|including|includes|incl\.?|memo(?:randum)?|thereof|in which|made up of|comprising|note:)\b"
        r"|\bof which\b",
    ),
    (
        Role.RATE,
        r"\baverage\b|\bmean\b|\bmedian\b|\bratios?\b|\bper (?:(?:work(?:ing)? )?day|share|head|capita|hour|week|unit|person|litre|tonne|employee)\b"
        r"|^\W*percent(?:age)?\b|\bpercentage (?:of|change)|\bas a percent|^\W*%|%\W*$|% (?:of|change|increase|decrease)"
        r"|\b(?:growth|margin|occupancy|effective(?: income)?(?: tax)?) rates?\W*$|\brank(?:ing)?\b|\bheadcount\b|\bFTEs?\b"
        r"|\b(?:number|no\.) of\b|\bper common share\b|\bband d\b|\b(?:unit|share|average|exercise) prices?\b"
        r"|\bshares? outstanding\b|\bweighted\b",
    ),
    (
        Role.CHANGE,
        r"\bvarian\w+\b|\bdiff(?:erence)?s?\b|\bchanges?\b|\bincrease\b|\bdecrease\b|\bmovement\b|\b(?:under|over)\b|^\+/-",
    ),
    (Role.QUARTER, r"\bquarterly\b|\bper quarter\b|\beach quarter\b"),
    (Role.MONTH, r"\bmonthly\b|\bper month\b|\beach month\b"),
    (
        Role.OPENING,
        r"\bb/?f(?:wd)?\b|\bbrought forward\b|\bopening\b|\bbeginning\b|\bat start\b|\bbalance at year end\b",
    ),
    (Role.CLOSING, r"\bclosing\b|\bc/?f(?:wd)?\b|\bcarried forward\b|\bend of\b|\bat end\b"),
)
_COMPILED: Final = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_EXCEPT: Final = re.compile(r"\b(?:except|excluding|other than)\b[^()|]*+", re.IGNORECASE)
_LONGEST: Final = 200


_CLAIMING: Final = Role.TOTAL | Role.NET


_RATE_HEADING: Final = re.compile(
    r"%|\brates?\b|\bper ?cent\b|\bpercent\b|\bpercentage\b|\bproportion\b|\byield\b|\bindex\b|\bmultiple\b|\bprice\b|\bdays\b"
    r"|\bnumber\b|\bcheque no\b|\bnotes?$|\bref\b|\bper [a-z]+$",
    re.IGNORECASE,
)


def heads_rates(heading: str) -> bool:
    """Whether a column is headed as one of rates, shares or counts, which are not amounts."""
    heading = _EXCEPT.sub("", heading[:_LONGEST])
    return Role.RATE in role_of(heading) or bool(_RATE_HEADING.search(heading))


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role:
    """What the words of a label say."""
    role = Role.NONE
    label = _EXCEPT.sub("", label)
    for each, pattern in _COMPILED:
        if pattern.search(label[:_LONGEST]):
            role |= each
    return role & ~_CLAIMING if Role.OTHER in role else role
