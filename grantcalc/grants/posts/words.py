"""What the head of a column says: a role, a year, an amount under a heading, a total, or nothing that is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from grantcalc.grants.fields import RESERVED, one_line
from grantcalc.grants.periods import likely_name


class Kind(StrEnum):
    """What a column holds."""

    ROLE = "role"
    PERSON = "person"
    YEAR = "year"
    AMOUNT = "amount"
    TOTAL = "total"
    NO_MONEY = "no money"
    OTHER = "other"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's head says.

    Attributes:
        kind: what the column holds.
        heading: the heading of its amounts, or of what they are totals of; empty where none is said.
        year: the year of its amounts; empty where none is said.
        scale: "k" or "m" where its amounts are in thousands or millions.
    """

    kind: Kind
    heading: str = ""
    year: str = ""
    scale: str = ""


_ROLES: Final = re.compile(
    r"(?:(?:staff|job|post|position|funded|budgeted) )?(?:roles?|posts?|jobs?|positions?)"
    r"(?: ?(?:titles?|names?|roles?))?|role/post|post/role|titles?"
)
_PEOPLE: Final = re.compile(r"names?|staff(?: members?| names?)?|employees?|post ?holders?|descriptions?|items?|lines?")
_YEARS: Final = re.compile(r"(?:financial |fiscal |grant |budget |calendar )?years?|fy|period")
_TOTAL: Final = re.compile(r"(?:grand |sub[- ]?|overall )?totals?\b|sum\b", re.IGNORECASE)
_NO_MONEY: Final = re.compile(
    r"\b(?:f\.?t\.?e|w\.?t\.?e|hours?|headcount|head count|grades?|bands?|scp|spine|points?|numbers?|no|nos|refs?"
    r"|references?|ids?|codes?|months?|weeks?|days?|rates?|percent|per cent|age|starts?|ends?|dates?|inflation|uplift"
    r"|count|quantity|qty)\b|%|#"
)
_FILLERS: Final = re.compile(
    r"\b(?:costs?|budgets?|annual|yearly|per annum|p\.?a\.?|for|in|of|the|year|fy|pounds|gbp|employers?|employer.s)\b"
)
_HEADINGS: Final = (
    ("salary", re.compile(r"salaries|(?:(?:basic|gross|base) )?(?:pay|salary|wages?)|staff|staffing|payroll")),
    ("overhead", re.compile(r"indirect|(?:project )?overheads?")),
    ("on-costs", re.compile(r"on[- ]?costs?")),
)
_LONGEST: Final = 200
_YEAR: Final = re.compile(
    r"(?:\bFY\s?)?(?<![\d/.-])(?:20|19)?\d\d\s?[-/–]\s?(?:20|19)?\d\d(?![-/.–]?\d)", re.IGNORECASE
)
_ONE_YEAR: Final = re.compile(r"(?<![\d/.,£-])(?:FY\s?)?((?:19|20)\d\d)(?![-/.,]?\d)", re.IGNORECASE)
_NTH_YEAR: Final = re.compile(r"\b(?:year|yr|y)\s?([1-9]\d?)\b", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"£ ?['’‘]?(?:000s?|k)\b|['’‘]000s?\b|\bthousands?\b", re.IGNORECASE)
_MILLIONS: Final = re.compile(r"£ ?m\b|£ ?millions?\b|\bmillions?\b", re.IGNORECASE)


def meaning_of(head: str) -> Meaning:
    """What a column's head says, as far as its words are known; a heading of its own where they are not.

    Args:
        head: the text of the head, of several rows one after the other.
    """
    scale, text = _scale(one_line(head)[:_LONGEST])
    year, text = year_in(text)
    words = _words(text)
    if not words:
        return Meaning(Kind.AMOUNT if year else Kind.OTHER, "", year, scale)
    kind = _kind(words, dated=bool(year))
    if kind is not Kind.OTHER:
        return Meaning(kind)
    if _TOTAL.search(words):
        rest = _words(_TOTAL.sub(" ", words))
        return Meaning(Kind.TOTAL, _heading(rest) if _bare(rest) else "", year, scale)
    return Meaning(Kind.AMOUNT if known_heading(words) else Kind.OTHER, _heading(text), year, scale)


def _kind(words: str, *, dated: bool) -> Kind:
    """What words say that a column holds that has no amounts; else `OTHER`."""
    if words in ("skip", "ignore"):
        return Kind.SKIPPED
    known = ((_ROLES.fullmatch, Kind.ROLE), (_PEOPLE.fullmatch, Kind.PERSON), (_NO_MONEY.search, Kind.NO_MONEY))
    if _YEARS.fullmatch(words) and not dated:
        return Kind.YEAR
    return next((kind for fits, kind in known if fits(words)), Kind.OTHER)


def known_heading(words: str) -> str:
    """The usual heading that words name: "salary" for "Basic pay"; empty for others."""
    bare = _bare(_words(words))
    return next((name for name, pattern in _HEADINGS if bare and pattern.fullmatch(bare)), "")


def year_in(text: str) -> tuple[str, str]:
    """The year that a text names, in one spelling, and the text without it; empty where it names none."""
    found = _YEAR.search(text)
    name = likely_name(found[0]) if found else None
    if found and name:
        return name, text[: found.start()] + " " + text[found.end() :]
    for pattern, form in ((_ONE_YEAR, "{}"), (_NTH_YEAR, "Year {}")):
        found = pattern.search(text)
        if found:
            return form.format(found[1]), text[: found.start()] + " " + text[found.end() :]
    return "", text


def title_year(text: str) -> str:
    """The year that a title is of: "2025-26" for "Costs of 2025-26"; empty where it names none or several.

    A calendar year counts only beside words that are known, since "March 2025" is when the table was drawn up.
    """
    spelled = [likely_name(found[0]) for found in _YEAR.finditer(text)]
    for names in ([name for name in spelled if name], [f"Year {found[1]}" for found in _NTH_YEAR.finditer(text)]):
        if names:
            return names[0] if len(set(names)) == 1 else ""
    year, rest = year_in(text)
    words = _words(rest)
    known = not _bare(words) or known_heading(rest) or _kind(words, dated=True) in (Kind.ROLE, Kind.PERSON)
    return year if known and not year_in(rest)[0] else ""


def _scale(text: str) -> tuple[str, str]:
    """Whether amounts are in thousands or millions, and the text without that."""
    for scale, pattern in (("k", _THOUSANDS), ("m", _MILLIONS)):
        if pattern.search(text):
            return scale, pattern.sub(" ", text)
    return "", text


def _words(text: str) -> str:
    """The words of a head: small letters, without signs and brackets around them."""
    return " ".join(re.sub(r"[()\[\]:;*£$€_?!\"]|(?<!\w)[-–—,.&+]|[-–—,.&+](?!\w)", " ", text.casefold()).split())


def _bare(words: str) -> str:
    """The words without those that say nothing: "salary" of "annual salary costs"."""
    return " ".join(_FILLERS.sub(" ", words).split()) if "on" not in words.split("-") else words


def _heading(text: str) -> str:
    """The heading for amounts under a head: the usual one, or the head's own words."""
    known = known_heading(text)
    if known:
        return known
    own = " ".join(re.sub(r"[()\[\]:;*£]|(?<!\w)[-–—,]|[-–—,](?!\w)", " ", text).split())
    own = own.lower() if own[1:].islower() or not own[1:] else own
    return f"{own} cost" if own in RESERVED or not own else own
