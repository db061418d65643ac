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
    """What is left: a balance, a surplus."""
    CLOSING = auto()
    """The balance that ends a list."""
    STATED = auto()
    """A calculation said in words: "income minus expenditure"."""
    OTHER = auto()
    """A remainder such as "Other, net": an item, whatever else its words say."""
    LESS = auto()
    """Taken off."""
    MEMO = auto()
    """Part of a figure above, so no part of the total: "of which"."""
    RATE = auto()
    """An average, a share, a rank, a count: nothing that is added."""
    CHANGE = auto()
    """The difference of two columns."""
    QUARTER = auto()
    """A payment each quarter."""
    MONTH = auto()
    """A payment each month."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_TAXED: Final = r"tax|tax base|precept|equiv\w*|charges?|propert\w+|dwellings?|households?|levy|rates?|increase"
_ROLES: Final = {
    Role.TOTAL: _any(
        r"\b(?:sub[- ]?)?totals?\b",
        r"\btotall?ing\b",
        r"\b(?:overall|altogether|aggregate|sum|combined)\b",
        r"\bin all\b(?! [a-z])",  # not "in all years"
        r"^all\b(?! other)",
        r"^\W*(?:half[- ]year|year to date|ytd)\W*$",
    ),
    Role.NET: _any(
        r"^\W*net\b",
        r",? net\W*$",
        r"\b(?:balance|surplus|deficit|remaining|remainder|minus|plus|requirement|available)\b",
        r"\b(?:under|over)spend\b",
        r"\b(?:profit|loss|income|earnings) (?:before|after|from)\b",
        r"\bcash flows?$",
        r"\bnon-gaap\b|\bebitda\b",
    ),
    Role.CLOSING: _any(
        r"\bclosing\b", r"\bc/?f(?:wd)?\b", r"\bcarried forward\b", r"\b(?:at )?end of\b", r"\bat end\b"
    ),
    Role.STATED: _any(r"\b(?:minus|plus)\b", r"\bclosing balance\b", r"\bbalance c/?f"),
    Role.OTHER: _any(r"^\W*(?:all )?others?\b"),
    Role.LESS: _any(r"^\W*(?:less|minus|deduct(?:ions?)?|offset by|reduced by)\b", r"\(less\)"),
    Role.MEMO: _any(
        r"^\W*(?:including|includes|incl\.?|memo(?:randum)?|thereof|in which|made up of|comprising|note:)\b",
        r"\bof which\b",
    ),
    Role.RATE: _any(
        r"\b(?:average|mean|median|ratios?|rank|ranking|weighted)\b",
        r"(?<![0-9])(?<![0-9] )\b(?:headcount|ftes?)\b",  # not "Officer (0.5 FTE)"
        r"\bper (?:(?:work(?:ing)? )?day|share|head|capita|hour|week|unit|person|litre|tonne|employee)\b",
        r"\bper common share\b",
        r"^\W*percent(?:age)?\b",
        r"\bpercentage (?:of|change)|\bas a percent",
        r"^\W*%|[^\W\d]\s*\(?%\W*$|% (?:of|change|increase|decrease)",
        r"\b(?:growth|margin|occupancy|effective(?: income)?(?: tax)?) rates?\W*$",
        r"\b(?:number|no\.) of\b",
        # The tax on a house of that band, and not "Researcher (band D)".
        r"^\W*band d[\W\d]*$",
        rf"\bband d\b.*\b(?:{_TAXED})\b|\b(?:{_TAXED})\b.*\bband d\b",
        r"\b(?:unit|share|average|exercise) prices?\b",
        r"\bshares? outstanding\b",
    ),
    Role.CHANGE: _any(
        r"\bvarian\w+\b|\bdiff(?:erence)?s?\b|\bchanges?\b",
        r"\b(?:increase|decrease|movement|under|over)\b",
        r"^\+/-",
    ),
    Role.QUARTER: _any(r"\bquarterly\b", r"\b(?:per|each) quarter\b"),
    Role.MONTH: _any(r"\bmonthly\b", r"\b(?:per|each) month\b"),
}
_RATE_HEADING: Final = _any(
    r"(?<![0-9])(?<![0-9] )%",  # not "Funder (80%)" or "VAT at 20%", which head amounts
    # Not business rates, the yield of a tax, what is set aside for prices, and "index-linked": these are amounts.
    r"(?<!business )(?<!domestic )\brates?\b",
    r"(?<!tax )(?<!rates )(?<!precept )\byield\b",
    r"\bprices?\b(?<!prices)(?! (?:and pay )?(?:inflation|contingency|increases?|rises?|pressures?|uplifts?|base)\b)",
    r"\bindex\b(?!-)",
    r"\b(?:percent|percentage|proportion|multiple|days|number|ref|payback|score)\b",
    r"\((?:in )?(?:years|months|weeks|hours)\)",
    r"(?<![0-9] )\bper ?cent\b",
    r"\bcheque no\b",
    r"\bnotes?$",
    r"(?<![0-9] )\bper [a-z]+$",
)
_COUNT_HEADING: Final = _any(
    r"(?<!account )(?<!invoice )(?<!order )(?<!cheque )(?<!reference )(?<!case )(?<!item )\bnumber\b",
    r"\bno\. of\b",
    r"\bdays\b",
    r"(?<!per )\b(?:ftes?|headcount)\b",
)
_CLAIMING: Final = Role.TOTAL | Role.NET
_EXCEPT: Final = re.compile(r"\b(?:except|excluding|other than)\b[^()|]*+", re.IGNORECASE)
_LONGEST: Final = 200


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role:
    """What the words of a label say, those of an exception ("except per share data") apart."""
    words = _telling(label)
    role = Role.NONE
    for each, pattern in _ROLES.items():
        if pattern.search(words):
            role |= each
    return role & ~_CLAIMING if Role.OTHER in role else role


def heads_rates(heading: str) -> bool:
    """Whether a column is headed as one of rates, shares or counts, which are not amounts."""
    words = _telling(heading)
    return Role.RATE in role_of(heading) or bool(_RATE_HEADING.search(words))


def heads_counts(heading: str) -> bool:
    """Whether a column is headed as one of counts: they may have a total, and are never added to amounts."""
    words, counted = _COUNT_HEADING.subn("", _telling(heading))
    return counted > 0 and not heads_rates(words)


def _telling(label: str) -> str:
    """The words of a label that are looked at; heads of exported tables have a line between them: "per_cent"."""
    return _EXCEPT.sub("", label[:_LONGEST].replace("_", " "))
