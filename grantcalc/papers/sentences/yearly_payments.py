"""Payments of a year that a sentence names: "four payments of £2,000 for the first year", held to that year's total."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from grantcalc.papers.sentences.multiples import counts_payments
from grantcalc.papers.sentences.paid_in import is_payment
from grantcalc.papers.sentences.passages import clauses
from grantcalc.papers.sentences.readings import part_of
from grantcalc.papers.sentences.wording import lists
from grantcalc.papers.statements import statements, years_in
from grantcalc.papers.tables.payments import INSTALMENTS, is_near
from grantcalc.sums import Sum, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grantcalc.money import Figure
    from grantcalc.papers.paper import Paper
    from grantcalc.papers.sentences.passages import Clause, Term

_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")
_NUMBERS: Final = ("one", "two", "three", "four", "five")
_YEAR: Final = (
    rf"(?:the )?(?:(?P<ordinal>{'|'.join(_ORDINALS)})(?: (?:financial )?year)?"
    rf"|year (?P<number>{'|'.join(_NUMBERS)}|[1-5])|(?P<name>20[0-9]{{2}}\s?[-/–]\s?(?:20)?[0-9]{{2}}))"
    r"\b(?!\s+(?:payment|quarter|half|instal))"
)
_OF_YEAR: Final = re.compile(rf"\s*(?:each )?(?:for|in|during) {_YEAR}", re.IGNORECASE)
_YEAR_COSTS: Final = re.compile(
    rf"\b{_YEAR}(?:'s|’s)?(?: (?:total|cost|grant|award|budget))? (?:costs?|is|comes to|totals|amounts to|of)\s*\Z",
    re.IGNORECASE,
)
_OF_A_PART: Final = re.compile(
    r"\b(?:towards?|contribut\w+|share|match(?:ed)?|up to|at most|maximum|capped|part of)\b", re.IGNORECASE
)
"""Words with which payments need not make all that a year costs."""

_NEAR: Final = 100

_OF_ALL: Final = frozenset({"grand", "total", "overall", "amount", "year", "all"})
"""Words of a total of all headings."""

_Totals: TypeAlias = "dict[int | str, Figure]"


class _Paid(NamedTuple):
    """A payment of which a sentence says how many are made in which year, and whether they are a part of its cost."""

    term: Term
    year: int | str
    words: str
    of_a_part: bool


def yearly_payments(text: Sequence[Clause], paper: Paper, sums: Sequence[Sum]) -> Iterator[Sum]:
    """What the payments of a year make, where the paper states one total of that year.

    Those that miss it by more than one payment may be of something else, and are not claimed.

    Args:
        text: the running text of the paper.
        paper: the paper, for its tables.
        sums: the sums that are known: a year's total in a table is the total of one that holds.
    """
    paid = [each for whole in text for clause in clauses(whole) for each in _paid(clause)]
    if not paid:
        return
    totals = {**_tabled(paper, sums), **_told(text)}
    known = {_key(a_sum) for a_sum in sums}
    for each in paid:
        total = totals.get(each.year)
        if total is not None:
            label = f"payments {' '.join(each.words.split())}"
            a_sum = Sum(label, total, (part_of(each.term),), INSTALMENTS, total.at)
            fails = verdict(a_sum) is Verdict.MISMATCH
            if (is_near(a_sum) and not each.of_a_part) if fails else _key(a_sum) not in known:
                yield a_sum


def _key(a_sum: Sum) -> object:
    """What a sum says, wherever its parts stand: payments of a table may be said again in the text."""
    return (a_sum.total, tuple((part.figure.value, part.weight) for part in a_sum.parts))


def _paid(clause: Clause) -> Iterator[_Paid]:
    """The payments of a year, without those that other payments of the year stand beside."""
    for number, term in enumerate(clause.terms):
        found = _OF_YEAR.match(clause.following(number))
        of_other_year = _OF_YEAR.match(term.before)
        beside = number > 0 and lists(term.before) and not of_other_year and is_payment(clause.terms[number - 1])
        if found and term.times > 1 and counts_payments(term.before) and not beside:
            of_a_part = _OF_A_PART.search(f"{term.before} {clause.following(number)[:_NEAR]}") is not None
            yield _Paid(term, _year(found), found[0], of_a_part)


def _year(found: re.Match[str]) -> int | str:
    """The year that words name: its number from 1 on, or its name in one spelling."""
    if found["name"]:
        return next(iter(years_in(found["name"])), "")
    words, of = (_ORDINALS, found["ordinal"]) if found["ordinal"] else (_NUMBERS, found["number"])
    return int(of) if of.isdecimal() else words.index(of.casefold()) + 1


def _tabled(paper: Paper, sums: Sequence[Sum]) -> _Totals:
    """The totals of years in tables, by name and by number in order of time; none of a year that has several."""
    holding = {a_sum.total for a_sum in sums if len(a_sum.parts) > 1 and verdict(a_sum) is not Verdict.MISMATCH}
    grand: dict[int | str, list[Figure]] = defaultdict(list)
    plain: dict[int | str, list[Figure]] = defaultdict(list)
    for each in statements(paper.tables, ()):
        if each.figure in holding and len(each.years) == 1 and each.words and each.words <= _OF_ALL:
            (grand if "grand" in each.words else plain)[next(iter(each.years))].append(each.figure)
    only = _only({**plain, **grand})
    return {**only, **{number: only[year] for number, year in enumerate(sorted(only, key=str), start=1)}}


def _told(text: Iterable[Clause]) -> _Totals:
    """The totals of years in running text: "£202,328 for the first year", "the first year costs £202,328"."""
    found: dict[int | str, list[Figure]] = defaultdict(list)
    for whole in text:
        for clause in clauses(whole):
            for number, term in enumerate(clause.terms):
                of = _OF_YEAR.match(clause.following(number)) or _YEAR_COSTS.search(term.before)
                if of and term.times == 1 and "payment" not in term.before:
                    found[_year(of)].append(term.figure)
    return _only(found)


def _only(found: Mapping[int | str, Sequence[Figure]]) -> _Totals:
    """The figure of each year that has one, however often it is said."""
    return {year: figures[0] for year, figures in found.items() if len({figure.value for figure in figures}) == 1}
