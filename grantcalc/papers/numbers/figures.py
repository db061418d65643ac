"""Figures in running text: every number, its amount, and what kind of number it is.

One regular expression walks over the text once; none of its parts can give back what it has taken, so that
hostile text costs no more than honest text. What stands around a number (a month, "paragraph", "%") decides
its kind, and is looked at within a few characters only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.money import LARGEST, PENNY, Figure, plain
from grantcalc.papers.numbers.numerals import Flaw, Habits, Numeral, read_numeral
from grantcalc.source import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE: Final = Decimal(1)


class Kind(StrEnum):
    """What a number in a text is."""

    MONEY = "money"
    """Marked as money by a currency, a multiple such as "m", thousands separators or two decimals."""
    PLAIN = "plain"
    """A number without any mark: money in a column of money, a count elsewhere."""
    PERCENT = "percent"
    COUNT = "count"
    """A number of something that is not money: 2.5 FTE, 16 weeks, 6 officers, 3rd."""
    DATE = "date"
    """A date, a time of day, or a pair such as 14/04."""
    YEAR = "year"
    """A year or a financial year; a bare 2,000-odd in a column of money may be an amount after all."""
    REFERENCE = "reference"
    """The number of a paragraph, a cheque, a table, a note."""
    NOTE = "note"
    """A footnote mark: [1], or a small number in brackets after a word or figure."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number that was found in a text.

    Attributes:
        figure: its text as printed, its amount in whole units of the currency, how precisely it is
            printed, and its place. A percentage is its number ("2.64%" is 2.64). A bracketed amount is
            negative, unless it is an aside of prose: "a grant (£405,608)".
        kind: what it is.
        start: offset of its first character in the text that was searched.
        end: offset after its last character.
        currency: "£", "$", "€", a code such as "DAI", or nothing.
        multiple: what its own suffix multiplies by: 1,000,000 for "£2.235m".
        decimals: how many decimals are printed.
        bracketed: whether brackets stand round it.
        ranged: whether it is an end of a range with a dash, such as "£5,000 - £10,000" or "2.5-3.0".
        flaw: what is wrong with the way it is written; the amount is then the likely reading.
    """

    figure: Figure
    kind: Kind
    start: int
    end: int
    currency: str = ""
    multiple: Decimal = ONE
    decimals: int = 0
    bracketed: bool = False
    ranged: bool = False
    flaw: Flaw | None = None

    @property
    def is_amount(self) -> bool:
        """Whether it may be an amount of money."""
        return self.kind in (Kind.MONEY, Kind.PLAIN)


_CURRENCY: Final = r"(?:\\?(?:US|A|AU|C|CA|NZ|HK|S)?\\?\$|£|€|(?:GBP|USD|EUR|CHF|AUD|CAD)(?=[ ]?[0-9]))"
_CODE: Final = r"(?:€(?![ ]?[0-9])|GBP|USD|EUR|CHF|AUD|CAD|NZD|DAI|USDC|USDT)(?![A-Za-z0-9])"
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_SPACE: Final = "[ \u00a0\u202f\u2009]"

_TOKEN: Final = re.compile(
    rf"""
    (?<![0-9A-Za-z_])(?:
        (?P<date>
            [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}
          | {_DAY}(?P<mark>[/.-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})
          | {_DAY}(?:st|nd|rd|th)?{_SPACE}?(?:of[ ])?[ -]?{_MONTH}\.?(?![A-Za-z])
            (?:[ ,-]{{1,2}}(?:19|20)[0-9]{{2}}|[ -]['’]?[0-9]{{2}}(?![0-9,.:]))?
          | [0-9]{{1,2}}/[0-9]{{1,2}} (?: /(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}) | [-–][0-9]{{1,2}}/[0-9]{{1,2}} )?+
          | [0-9]{{1,2}}:[0-9]{{2}} | [0-9]{{1,2}}(?:\.[0-9]{{2}})?[ ]?[ap]m
        )
      | (?P<year> (?:19|20)[0-9]{{2}} (?: [ ]?[-/–][ ]?(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}) )?+ )
    )(?![0-9A-Za-z]|[.,/:-][0-9]|{_SPACE}?%)
  |
    (?P<open> \(++{_SPACE}?+ )?+
    (?: (?<![0-9A-Za-z)%])(?P<sign> [-−–+] )(?=[£$€0-9(.]|US\$)
      | (?P<apart> ^[-−–]{_SPACE} | (?<=[\t|(])[-−–]{_SPACE} | (?<=[\t|][ ])[-−–]{_SPACE} ) )?+
    (?: (?P<currency> {_CURRENCY} ) {_SPACE}*+ )?+
    (?P<inner> \({_SPACE}?+ | (?(currency)[-−]|(?!)) )?+
    (?(currency)|(?<![0-9A-Za-z_]))
    (?P<number>
        [0-9]{{1,3}}+(?:[\u00a0\u202f\u2009][0-9]{{3}}(?![0-9]))++ (?:\.[0-9]{{1,2}}(?![0-9]))?+
      | [0-9]{{1,3}}+(?:[ ][0-9]{{3}}(?![0-9]|,[0-9]))++ (?:\.[0-9]{{1,2}}(?![0-9]))?+
      | [0-9]{{1,3}}+(?:,[0-9]{{3}})*+ (?:,[ ][0-9]{{3}}(?![0-9])(?:,[0-9]{{3}})*+)++
        (?:\.[0-9]{{1,2}})?+(?![0-9])
      | [0-9]++ (?:(?:\.|(?<!\.[0-9]{{2}}),)[0-9]++)*+
      | \.[0-9]++
    )
    (?P<multiple> {_SPACE}?+(?i:thousand|million|billion|trillion)\b
      | (?i:k|m|mn|bn|tn)(?![A-Za-z0-9]) | (?(currency)[ ](?i:k|m|mn|bn|tn)(?![A-Za-z0-9'])|(?!)) )?+
    (?P<stars> [*†‡]*+ )
    (?P<close> {_SPACE}?+\) )?+
    (?P<percent> {_SPACE}?+% | [ ](?i:per[ ]?cent)(?:age[ ]points?)?+ )?+
    (?P<late> (?<=%)\) )?+
    (?P<code> {_SPACE}?+{_CODE} )?+
    (?P<credit> {_SPACE}?+(?:CR|Cr)(?![A-Za-z]) )?+
    """,
    re.VERBOSE | re.MULTILINE,
)

_DIGIT: Final = re.compile("[0-9]")
_LEAD: Final = 10
"""How many characters before its first digit a number may begin, with sign, bracket and currency."""

_PLAIN_CELL: Final = re.compile(
    r"(?P<open>\()?(?P<currency>[£$€])?(?!0[0-9]|(?:19|20)[0-9]{2}(?![0-9,.]))"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.(?P<pence>[0-9]{2}))?(?(open)\))"
)
_BEFORE: Final = 24
"""How many characters before a number are looked at for a word that tells what it is."""

_MONTH_BEFORE: Final = re.compile(rf"(?<![A-Za-z]){_MONTH}[ .,-]{{1,2}}['’]?\Z")
_REFERENCE_BEFORE: Final = re.compile(
    r"(?<![A-Za-z])(?:paragraphs?|para|sections?|clauses?|articles?|chapters?|annex|appendix|tables?|figure|fig|box"
    r"|notes?|items?|pages?|pp?|no|nos|nr|number|numbers|ref|reference|cheques?|chq|invoice|order|minute|version|v"
    r"|lot|phase|stage|step|milestone|year|years|week|month|quarter|part|option|level|grade|band|scope|question"
    r"|recommendation|decision|pcd|room|act|schedule|regulation|scp|type)s?[ .:]{0,2}[#(]?\Z",
    re.IGNORECASE,
)
_MARK_BEFORE: Final = re.compile(r"(?:\[\^?|<sup>|\^)\Z")
_COUNT_AFTER: Final = re.compile(
    r"[ -]?(?:x[ ]|×|(?:full[- ]time|part[- ]time|new|additional|extra|further|other|more)[ ])?"
    r"(?:F\.?T\.?Es?|W\.?T\.?Es?|weeks?|months?|years?|days?|hours?|hrs?|minutes?|quarters?|officers?|posts?|people"
    r"|persons?|projects?|grants?|cases?|victims?|vehicles?|cars?|miles?|staff|members?|households?|propert(?:y|ies)"
    r"|organisations?|units?|tonnes?|kg|km|forces?|boroughs?|schools?|sites?|payments?|instal?lments?|invoices?"
    r"|posts?|roles?|areas?|wards?|bids?|applications?|participants?|children|users?|copies|metres?|options?)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
_NOTED: Final = re.compile(r"[0-9A-Za-z*.,)%][ ]?\Z")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_LABEL_AFTER: Final = re.compile(r"[ ]?[-–:][ ]?[£$€]|[ ](?:for|of)[ ][£$€]")
_LINE_NUMBER: Final = re.compile(r"[ \t]*(?:[(#*]{0,3}[ ]?)?\Z")
_AFTER_LINE_NUMBER: Final = re.compile(r"[.)]*[ \t]+[^\W\d]")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}[.,][ ]?[0-9]{3}")
_DOTTED: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
_RANGE: Final = re.compile(r"[ ]?[-–—][ ]?")
_MULTIPLES: Final = {
    "thousand": Decimal(10**3),
    "k": Decimal(10**3),
    "million": Decimal(10**6),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
    "tn": Decimal(10**12),
}
_THOUSANDS_SIGN: Final = "000"
"""What remains of "£'000" in a heading."""

_LARGEST_NOTE: Final = 99
_LONGEST_DASH: Final = 3
_NO_RANGE: Final = {Kind.DATE, Kind.REFERENCE, Kind.NOTE}


def find_figures(
    text: str,
    origin: Where | None = None,
    *,
    habits: Habits | None = None,
    cell: bool = False,
) -> tuple[Found, ...]:
    """Find every number of a text, and tell money from what is not.

    Args:
        text: running text, or the text of one cell of a table.
        origin: where the text begins in the paper; its line and column are counted on from there. Without
            a line (a cell of a Word table) the place is the origin's, with columns inside the text.
        habits: how the paper writes numbers; found out from the text itself where not given.
        cell: whether the text is one cell of a table: "(735)" is then an amount below zero.

    Returns:
        The numbers in the order of the text. A number of more digits than any amount has is left out,
        never cut short.
    """
    place = origin or Where(1, 1)
    if cell and (plain_cell := _PLAIN_CELL.fullmatch(text)):
        return (_read_plain_cell(plain_cell, place),)
    return _found(text, place, habits or Habits.of(text), cell)


def _read_plain_cell(cell: re.Match[str], origin: Where) -> Found:
    """The amount that a cell is, written without anything unusual: most cells are, so this is the quick way."""
    whole, pence, currency = cell["whole"], cell["pence"], cell["currency"] or ""
    value = plain(Decimal(f"{whole.replace(',', '')}.{pence or 0}"))
    marked = bool(currency or pence) or "," in whole
    signed = -value if cell["open"] else value
    return Found(
        figure=Figure(cell.group(), signed, None if pence else ONE, _place_of_cell(origin, cell.end())),
        kind=Kind.MONEY if marked else Kind.PLAIN,
        start=0,
        end=cell.end(),
        currency=currency,
        decimals=2 if pence else 0,
        bracketed=cell["open"] is not None,
    )


def _place_of_cell(origin: Where, length: int) -> Where:
    """The place of an amount that is all that its cell says."""
    column = origin.column or 1
    if origin.end_line == origin.line and origin.end_column == column + length:
        return origin
    return replace(origin, column=column, end_line=origin.line, end_column=column + length)


@lru_cache(maxsize=1 << 15)
def _found(text: str, origin: Where, habits: Habits, cell: bool) -> tuple[Found, ...]:  # noqa: FBT001 - a cache's key
    """The numbers of a text; kept, since a paragraph is read for its tables, its sentences and its figures."""
    if not _DIGIT.search(text):
        return ()
    places = _Places(text, origin)
    return tuple(_with_ranges(text, list(_find(text, habits, places, cell=cell))))


def as_cell(found: Found) -> Found:
    """A number of running text, read as the cell of a table: "(£735)" is then below zero."""
    aside = found.bracketed and found.figure.value > 0 and not found.figure.text.startswith(("(-", "(−"))
    if not aside:
        return found
    return replace(found, figure=replace(found.figure, value=-found.figure.value))


def _with_ranges(text: str, found: list[Found]) -> list[Found]:
    """The numbers, with those marked that are the two ends of a range."""
    for n, (low, high) in enumerate(pairwise(found)):
        gap = text[low.end : high.start] if high.start - low.end <= _LONGEST_DASH else ""
        if gap and not {low.kind, high.kind} & _NO_RANGE and _RANGE.fullmatch(gap):
            found[n] = replace(found[n], ranged=True)
            found[n + 1] = replace(high, ranged=True)
    return found


def _find(text: str, habits: Habits, places: _Places, *, cell: bool) -> Iterator[Found]:
    """The numbers of a text, one after another."""
    at = 0
    while digit := _DIGIT.search(text, at):
        token = _TOKEN.search(text, max(at, digit.start() - _LEAD))
        if token is None:
            return
        at = token.end()
        if token["number"] is None:
            yield _day_or_year(token, places)
            continue
        end = habits.end_of(token["number"], marked=bool(token["currency"]) or cell)
        if end < len(token["number"]):
            at = token.start("number") + end
            token = _TOKEN.match(text, token.start(), at) or token
        found = _number(text, token, habits, places, cell=cell)
        if found is not None:
            yield found


def _day_or_year(token: re.Match[str], places: _Places) -> Found:
    """A date; or a year, which keeps its number."""
    kind = Kind.DATE if token["date"] else Kind.YEAR
    text = token.group()
    value = Decimal(text) if text.isdecimal() else Decimal(0)
    figure = Figure(text, value, ONE, places.of(token.start(), token.end()))
    return Found(figure, kind, token.start(), token.end())


def _number(text: str, token: re.Match[str], habits: Habits, places: _Places, *, cell: bool) -> Found | None:
    """The number that a token is; None where it has too many digits to be one."""
    suffix = (token["multiple"] or "").strip().lower()
    numeral = read_numeral(token["number"], habits, money=bool(token["currency"]), suffixed=bool(suffix))
    multiple = _MULTIPLES.get(suffix, ONE)
    if numeral is None or token["number"] == _THOUSANDS_SIGN or numeral.value * multiple >= LARGEST:
        return None
    start, end = _bounds(token)
    kind = _kind(text, token, numeral, start, end)
    flawed = numeral.flaw is not None and kind in (Kind.MONEY, Kind.PLAIN)
    unit = multiple.scaleb(-numeral.decimals)
    return Found(
        figure=Figure(
            text=text[start:end],
            value=plain(_signed(token, numeral.value * multiple, cell=cell)),
            unit=unit if unit > PENNY or kind is Kind.PERCENT else None,
            at=places.of(start, end),
        ),
        kind=kind,
        start=start,
        end=end,
        currency=(token["currency"] or token["code"] or "").strip(" \\"),
        multiple=multiple,
        decimals=numeral.decimals,
        bracketed=_closed(token),
        flaw=numeral.flaw if flawed else None,
    )


def _closed(token: re.Match[str]) -> bool:
    """Whether a number has both its brackets."""
    opened = token["open"] is not None or (token["inner"] or "").startswith("(")
    return opened and (token["close"] is not None or token["late"] is not None)


def _bounds(token: re.Match[str]) -> tuple[int, int]:
    """From where to where a number goes: a bracket that is not closed, or not opened, is not its own."""
    start, end = token.span()
    if _closed(token):
        if token["open"]:
            start = token.end("open") - len(token["open"].lstrip("(")) - 1
    else:
        if token["open"]:
            start = token.end("open")
        if token["close"] or token["late"]:
            end = token.start("close" if token["close"] else "late")
    return start, end


def _signed(token: re.Match[str], size: Decimal, *, cell: bool) -> Decimal:
    """The amount with its sign: minus, brackets or CR."""
    minus = token["sign"] not in (None, "+") or token["apart"] is not None
    negative = minus or token["inner"] in ("-", "−") or token["credit"] is not None
    marked = token["currency"] or token["code"] or token["percent"]
    aside = not cell and token["open"] is not None and marked is not None
    if _closed(token) and not aside:
        negative = not negative
    return -size if negative else size


def _kind(text: str, token: re.Match[str], numeral: Numeral, start: int, end: int) -> Kind:
    """What a number is, by its own marks first and by what stands around it then."""
    if token["percent"]:
        return Kind.PERCENT
    if token["currency"] or token["code"]:
        return Kind.MONEY
    before = text[max(0, start - _BEFORE) : start]
    if _MARK_BEFORE.search(before):
        return Kind.NOTE
    if (not numeral.grouped or numeral.flaw) and not token["multiple"]:
        unmarked = _kind_of_unmarked(text, token, numeral, before, end)
        if unmarked is not None:
            return unmarked
    money = numeral.grouped or numeral.decimals == 2 or bool(token["multiple"])  # noqa: PLR2004 - pence
    return Kind.MONEY if money else Kind.PLAIN


def _kind_of_unmarked(text: str, token: re.Match[str], numeral: Numeral, before: str, end: int) -> Kind | None:
    """What a number without any mark of money is by its neighbours; None where they do not tell."""
    number = token["number"]
    if _COUNT_AFTER.match(text, end) or _ORDINAL.match(text, end):
        return Kind.COUNT
    if _MONTH_BEFORE.search(before):
        return Kind.DATE
    labels = (
        _REFERENCE_BEFORE.search(before) is not None
        or text[end : end + 1].isalpha()
        or (number.isdecimal() and _LABEL_AFTER.match(text, end) is not None)
        or _numbers_a_line(text, token, before, end)
    )
    if labels or (numeral.flaw and not _THOUSANDS.match(number)):
        return Kind.REFERENCE
    small = number.isdecimal() and numeral.value <= _LARGEST_NOTE
    return Kind.NOTE if small and _closed(token) and _NOTED.search(before) else None


def _numbers_a_line(text: str, token: re.Match[str], before: str, end: int) -> bool:
    """Whether a number stands at the head of a line of words, as "3.", "3.1." and "(3)" do."""
    line = before.rpartition("\n")[2]
    if len(line) == _BEFORE or not _LINE_NUMBER.match(line) or not _AFTER_LINE_NUMBER.match(text, end):
        return False
    number = token["number"]
    listed = number.isdecimal() and text[end] in ".)"
    bracketed = number.isdecimal() and _closed(token)
    return listed or bracketed or bool(_DOTTED.fullmatch(number))


def scaled(found: Found, multiple: Decimal) -> Found:
    """A number as a heading such as "£'000" has it read: times 1,000, unless it says its own multiple."""
    if multiple == ONE or found.multiple != ONE or found.kind not in (Kind.MONEY, Kind.PLAIN, Kind.YEAR):
        return found
    unit = multiple.scaleb(-found.decimals)
    value = plain(found.figure.value * multiple)
    figure = replace(found.figure, value=value, unit=unit if unit > PENNY else None)
    return replace(found, figure=figure, multiple=multiple)


class _Places:
    """Turns offsets of a text, in rising order, into places of the paper."""

    def __init__(self, text: str, origin: Where) -> None:
        self._text = text
        self._origin = origin
        self._line = origin.line
        self._column = origin.column or 1
        self._at = 0

    def of(self, start: int, end: int) -> Where:
        """The place of a stretch without a line break."""
        passed = self._text.count("\n", self._at, start)
        if passed and self._line is not None:
            self._line += passed
            self._column = 1
            self._at = self._text.rfind("\n", self._at, start) + 1
        self._column += start - self._at
        self._at = start
        where, column = self._origin, self._column
        return Where(
            self._line,
            column,
            self._line,
            column + end - start,
            where.page,
            where.table,
            where.row,
            where.table_column,
            where.sheet,
            where.cell,
            where.paragraph,
        )
