"""The words that tie figures together: "comprising", "less", "a total of", "from … to …"."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_WORD: Final = re.IGNORECASE
_MARKUP: Final = re.compile(r"[*_#`>|•\s]+")
_LABEL_WORDS: Final = 9
_NOT_FIRST: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "is",
        "was",
        "were",
        "in",
        "to",
        "making",
        "giving",
        "leaving",
        "totalling",
        "for",
        "with",
    ]
)
_NOT_LAST: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "is",
        "was",
        "are",
        "were",
        "be",
        "to",
        "for",
        "at",
        "by",
        "will",
        "than",
        "and",
        "in",
        "from",
        "up",
        "about",
    ]
)


def _phrases(*alternatives: str) -> re.Pattern[str]:
    """One pattern for whole words, each alternative a regular expression."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", _WORD)


_OPENS_PARTS: Final = _phrases(
    r"compris(?:ing|es|ed of|e)",
    r"consist(?:ing|s) of",
    r"made up (?:of|by|from)",
    r"composed of",
    r"(?:being|is|which is) the (?:sum|total) of",
    r"(?:broken down|split|divided|shared|apportioned|allocated|distributed)(?: (?:up|out|equally))?"
    r" (?:between|among|amongst|across|into|by|as)",
    r"breaks down (?:as|into)",
    r"(?:in|of) (?:two|three|four|five|six) (?:parts|elements|components|tranches)",
)
_ITEM: Final = re.compile(r"(?:\A|\n)[ \t]*(?:[-–*+•·]|\(?[0-9a-z]{1,3}[.)])[ \t][^\n]*\Z")
_COLON: Final = re.compile(r"(?::[\s•]*|[–—]\s*|\bin (?:all|total)\s+-\s*)\Z")
_MAY_OPEN_PARTS: Final = _phrases(
    r"of (?:which|this|these)|namely|i\.e\.|that is|being|as follows|includ(?:ing|es)",
    r"with|from|through|by|via|funded",
)
_OPENS_SOME_PARTS: Final = _phrases(r"of (?:which|this|these)", r"includ(?:ing|es)")
_THE_REST: Final = _phrases(r"remain(?:ing|der)", r"the (?:rest|balance)", r"balance of")
_TOTAL: Final = "|".join(  # noqa: FLY002  (one alternative a line)
    (
        r"(?:total(?:s|led|ling|ed|ing)?",
        r"sum|makes?|making",
        r"amount(?:s|ing) to",
        r"com(?:es|e|ing) to",
        r"add(?:s|ing)? up to",
        r"altogether)",
    )
)
_TOTAL_FOLLOWS: Final = re.compile(
    rf"(?:\b{_TOTAL}(?:\s+(?:an?|the|in|of|to|up|is|was|all|total|costs?|sum|funding|grant|award|budget|amount|net"
    r"|overall|expenditure|income|value)\b){0,6}+\s*[:=–—-]?\s*|=\s*)\Z",
    _WORD,
)
_ONLY_TOTAL: Final = re.compile(
    r"[.;]\s+(?:(?:this (?:makes|gives)|giving|making) )?(?:an? |the )?(?:grand |overall |combined )?total"
    r"(?:\s+(?!was|were|spent)[a-z]+){0,3}+\s*[:=–—-]?\s*\Z"
    r"|[.;]\s+(?:(?:it (?:is|was) noted that|so|together|altogether|in all),?\s+)?(?:this|these|those|they)"
    r"(?:\s+together)?\s+(?:(?:amount(?:s|ed)?|adds? up|added up|comes?|came|sum(?:s|med)?)\s+to|total(?:s|led)?)\s*\Z",
    _WORD,
)
_TOTAL_PRECEDES: Final = re.compile(r"\s*,?\s*(?:in total|in all|altogether|overall|total|combined)\b", _WORD)
_LEAVES: Final = _phrases(
    r"leav(?:ing|es)|balance|remain(?:ing|s|der)|surplus|deficit|shortfall|underspend|overspend|difference",
    r"net (?:cost|budget|of)|net \w+ \w+|requirement",
)
_IS_LEFT: Final = re.compile(
    r"\b(?:an?|the|is|was|being|of)\s+(?:[a-z]+\s+){0,2}"
    r"(?:surplus|deficit|balance|shortfall|under-?spend|over-?spend|difference|remainder|gap|saving|variance)"
    r"(?:\s+(?:of|is|was))?\s*\Z|\bleav(?:ing|es)\s*\Z",
    _WORD,
)
_RESULTS: Final = _phrases(r"giving|gives|leav(?:ing|es|e)|results?(?:ing)? in|so|hence|therefore")
_SHARES_OUT: Final = re.compile(r"\bof (?:the|this|these|that|our|its|their)(?: total)?\s*\Z", _WORD)
_GOES_INTO: Final = re.compile(
    r"\b(?:in|into|as|by|through|over)\s+(?:[a-z]+|[0-9]{1,3})\s+(?:[a-z-]+\s+){1,3}of\s*\Z", _WORD
)
_ADDS: Final = re.compile(r"\+|\b(?:plus|added to|together with|in addition to)\b", _WORD)
_TAKES_OFF: Final = _phrases(
    r"less(?! than)|minus|offset by|net of|after (?:deducting|taking off)|deduct(?:ing|ed)?|reduced by"
)
_DASH: Final = re.compile(r"\s+[-–−]\s+")
_STOP: Final = re.compile(
    r"[.!?][\"'”’)]?\s+(?=[A-Z0-9£$€*•(\[-])|\n[ \t]*\n|(?<=\w)\.\n|[.!?]\s*\Z",
)
_SHORTENED: Final = re.compile(r"\b(?:c|ca|approx|nos?|e\.g|i\.e|viz|est|incl|excl|max|min|para|p|vs)\.\s*\Z", _WORD)
_BEFORE_TAX: Final = re.compile(
    r"(?:\+|\b(?:plus|excl\w*|ex|before|net of))\s*VAT\b(?! (?:at [0-9.]+ ?% )?of\s*\Z)", _WORD
)
_SEPARATES: Final = re.compile(r"[,;/&+\n•|]|\b(?:and|plus|or|with|then)\b|\s[-–—]\s", _WORD)
_COMPARES: Final = _phrases(
    r"compar\w+|against|than|versus|vs|instead|previous\w*|last year|prior|original\w*",
    r"(?:up|down) from|rather",
    r"average|maximum|minimum|up to|more|fewer|range\w*|increas\w+|decreas\w+|reduc\w+|rose|fell",
    r"whereas|but|while",
)
_AND_INCREASE: Final = re.compile(r"\band an? (?:[a-z]+ )?(?:increase|addition) of\s*\Z", _WORD)
_NAME: Final = re.compile(r"\b[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+")
_OF_THIS: Final = re.compile(r"[.;]\s+of (?:which|this|these)(?: (?:sum|amount|total))?\s*[:,]\s*\Z", _WORD)
_RISES: Final = _phrases(
    r"increas\w*|ris(?:e|es|ing|en)|rose|grew|grow(?:s|n|ing|th)?|uplift\w*|rais\w+|went up|up|additional",
    r"more|higher|greater|above",
)
_FALLS: Final = _phrases(
    r"decreas\w*|reduc\w*|fall(?:s|en|ing)?|fell|cut|drop\w*|lower\w*|went down|down|less|fewer|below"
)
_FILLERS: Final = (
    r"\s+(?:(?:an?|the|about|around|some|its?|approximately|nearly|just|over|under|additional|further|total|current"
    r"|figure|level|budget|award|grant|of|original|previous|new|revised|last|year['’]s)\s+){0,5}+\Z"
)
_CHANGE: Final = re.compile(
    r"\b(?:by|(?:increase|decrease|reduction|rise|fall|improvement|growth|saving|uplift|cut|drop|change|addition"
    rf"|deterioration|movement)s?\s+of){_FILLERS}",
    _WORD,
)
_OLD: Final = re.compile(rf"\b(?:from|on|than|against|above|below|compared (?:with|to)|on top of){_FILLERS}", _WORD)
_NEW: Final = re.compile(rf"\b(?:to|at){_FILLERS}", _WORD)
_CHANGES_BY: Final = re.compile(
    r"\s*(?:(?!(?:the|an?|and|but|while|its|their|this|that|if)\b)[\w/’'-]+\s+){0,8}?"  # no other subject
    r"(?:increas|ris|rose|grow|grew|decreas|reduc|fall|fell|drop)[a-z]*\s+by\s*",
    _WORD,
)
_MORE_OR_LESS: Final = re.compile(r"\s*(?:more|less|higher|lower|greater|fewer|above|below|up|down)\b", _WORD)


class Told(Enum):
    """What words call a figure that takes part in a change."""

    CHANGE = "change"
    OLD = "old"
    NEW = "new"
    NOTHING = ""


_TELLING: Final = re.compile(r"[a-z]{3,}")
_EMPTY: Final = frozenset(
    [
        "about",
        "accept",
        "agree",
        "all",
        "also",
        "amount",
        "amounts",
        "and",
        "any",
        "approve",
        "approximately",
        "are",
        "been",
        "board",
        "can",
        "committee",
        "costing",
        "decision",
        "each",
        "every",
        "figure",
        "figures",
        "for",
        "from",
        "had",
        "has",
        "have",
        "here",
        "into",
        "its",
        "note",
        "not",
        "one",
        "other",
        "our",
        "over",
        "paper",
        "per",
        "proposal",
        "proposed",
        "recommendation",
        "recommendations",
        "recommended",
        "report",
        "stated",
        "such",
        "sum",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "two",
        "was",
        "were",
        "which",
        "will",
        "with",
        "year",
        "years",
    ]
)

LONGEST_GAP: Final = 160
"""Figures with more characters than this between them are not read as one list."""


def opens_parts(words: str) -> bool:
    """Whether words between a total and a figure say that its parts follow."""
    return bool(_OPENS_PARTS.search(words))


def may_open_parts(words: str) -> bool:
    """Whether parts may follow these words, as after a colon or "of which"."""
    return bool(_COLON.search(words)) or ("\n" not in words and bool(_MAY_OPEN_PARTS.search(words)))


def announces(words: str) -> bool:
    """Whether words end in a colon, or a dash, after which a list begins."""
    return bool(_COLON.search(words))


def begins_item(words: str) -> bool:
    """Whether the figure after these words is that of an item in a list: "• Outreach: "."""
    return bool(_ITEM.search(words))


def opens_some_parts(words: str) -> bool:
    """Whether these words promise some of the parts, not all: "of which", "including"."""
    return bool(_OPENS_SOME_PARTS.search(words))


def shares_out_last(words: str) -> bool:
    """Whether a sentence begins with these words, and shares out the figure before: "… £60. Of this: "."""
    return bool(_OF_THIS.search(words))


def completes_parts(words: str) -> bool:
    """Whether these words say that the figure after them is all that is left: "and the remaining"."""
    return bool(_THE_REST.search(words))


def total_follows(words: str) -> bool:
    """Whether the figure right after these words is the total of those before."""
    return bool(_TOTAL_FOLLOWS.search(words))


def is_only_total(words: str) -> bool:
    """Whether a sentence begins with a total, so that it goes with the list before: "… £40. Total: "."""
    return bool(_ONLY_TOTAL.search(words))


def total_precedes(words: str) -> bool:
    """Whether the figure right before these words is a total: "£7m in total"."""
    return bool(_TOTAL_PRECEDES.match(words))


def leaves(words: str) -> bool:
    """Whether what is left after taking off follows these words: "leaving a balance of"."""
    return bool(_LEAVES.search(words))


def is_left(words: str) -> bool:
    """Whether the figure right after these words is what is left of two before: "an underspend of"."""
    return bool(_IS_LEFT.search(words)) and not stops(words)


def results(words: str) -> bool:
    """Whether these words say that what follows comes of what is before: "giving", "leaving"."""
    return bool(_RESULTS.search(words))


def shares_out(words: str) -> bool:
    """Whether the figure right after these words is one that is shared out next: "Of the £80,000, …"."""
    return bool(_SHARES_OUT.search(words))


def goes_into(words: str) -> bool:
    """Whether these words divide the figure before them into equal parts: "in three instalments of"."""
    return bool(_GOES_INTO.search(words))


def adds(words: str) -> bool:
    """Whether these words add the figure after them to the one before."""
    return bool(_ADDS.search(words)) and not _BEFORE_TAX.search(words)


def takes_off(words: str) -> bool:
    """Whether these words take the figure after them off the one before."""
    return bool(_TAKES_OFF.search(words))


def is_dash(words: str) -> bool:
    """Whether nothing but a dash stands between two figures, as in "£40 − £15"."""
    return bool(_DASH.fullmatch(words))


def stops(words: str) -> bool:
    """Whether a sentence ends within these words."""
    found = _STOP.search(words)
    return bool(found) and not _SHORTENED.search(words)


def lists(words: str) -> bool:
    """Whether these words between two figures could stand within a list of parts."""
    return (
        len(words) <= LONGEST_GAP
        and bool(_SEPARATES.search(words))
        and not stops(words)
        and not _COMPARES.search(_NAME.sub(" ", _AND_INCREASE.sub(" and ", words)))
        and not _BEFORE_TAX.search(words)
        and not total_follows(words)
        and not _OPENS_PARTS.search(words)
    )


def told_by(before: str, after: str) -> Told:
    """What the words before and after a figure call it."""
    if _CHANGE.search(before) or _MORE_OR_LESS.match(after):
        return Told.CHANGE
    if _OLD.search(before):
        return Told.OLD
    return Told.NEW if _NEW.search(before) else Told.NOTHING


def changes_by(words: str) -> bool:
    """Whether these words say that the figure before them changes by the one after: "£8m at 1 April rises by"."""
    return bool(_CHANGES_BY.fullmatch(words))


def direction(words: str) -> int:
    """1 where words speak of a rise, -1 of a fall, 0 of neither or both."""
    return bool(_RISES.search(words)) - bool(_FALLS.search(words))


def naming(words: str) -> str:
    """The last few words of a sentence that lead to a figure, as a name for what it is."""
    sentence = re.split(r"[.;!?,](?=\s)|\n", words.strip())[-1]
    named = _MARKUP.sub(" ", sentence).strip(" ,:=-–—(£$€").split(" ")[-_LABEL_WORDS:]
    while named and named[0].lower() in _NOT_FIRST:
        del named[0]
    while named and named[-1].lower() in _NOT_LAST:
        del named[-1]
    return " ".join(named)


def telling_words(words: str) -> frozenset[str]:
    """The words that tell what a figure is, in small letters."""
    return frozenset(_TELLING.findall(words.casefold())) - _EMPTY
