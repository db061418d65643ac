"""The amounts that a paper states, each with the words and the years that say what it is of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.papers.sentences.passages import clauses
from grantcalc.papers.sentences.wording import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grantcalc.money import Figure
    from grantcalc.papers.numbers.figures import Found
    from grantcalc.papers.paper import Cell, Row, Table
    from grantcalc.papers.sentences.passages import Clause

COST: Final = "cost"
"""The word of a sentence that speaks of a cost as such. In a table it says nothing."""

_WORD: Final = re.compile(r"[a-z]{2,}")
_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?:\s?[-/–]\s?(?:20)?([0-9]{2}))?(?![0-9])")
_A_YEAR: Final = r"20[0-9]{2}(?:\s?[-/–]\s?(?:20)?[0-9]{2})?(?![0-9])"
_OWN_YEARS: Final = re.compile(
    rf"\s*(?:(?:a|per|each|every)\s+(?:month|quarter|year)\s+)?(?:in|for|during)\s+(?:the\s+)?(?:(?:financial\s+)?year\s+)?"
    rf"{_A_YEAR}(?:\s*(?:,|and|to)\s*{_A_YEAR}(?!\s*(?:of|is|was|:)))*",
    re.IGNORECASE,
)
"""The years right behind an amount, which are its own: "£98,500 in 2025-26, and £102,600 in …"."""
_EMPTY: Final = frozenset({"the", "and", "of", "for", "in", "is", "to", "at", "on", "or", "costs", "cost"})
_SAME: Final = {
    "salaries": "salary",
    "overheads": "overhead",
    "payments": "payment",
    "instalment": "payment",
    "instalments": "payment",
    "totals": "total",
}
_ALONE: Final = frozenset({"grand", "payment", "front"})
"""Rows of these speak of all headings, in whichever column their amount stands."""

_COSTS: Final = re.compile(r"\bcost(?:s|ing)?\b", re.IGNORECASE)
_AFTER: Final = 100

_PAYMENT: Final = r"(?:payments?|instalments?)"
_OF_PAYMENTS: Final = frozenset(
    {
        *(
            "payment",
            "each",
            "equal",
            "per",
            "all",
            "one",
            "two",
            "three",
            "four",
            "twelve",
            "first",
            "second",
            "third",
        ),
        *("fourth", "last", "final", "monthly", "quarterly", "half", "yearly", "annual", "month", "quarter", "year"),
        *("grant", "total", "amount"),
    }
)
"""Words with which a payment is named that is the grant's own, and not one for something."""
_LEADS_TO_PAYMENT: Final = re.compile(
    rf"\b{_PAYMENT}\s+(?:(?:of|is|are|was|were|be|will|each|at|in|for|the|both|all|years?|amounts?|to|[0-9/–-]+)\s+)"
    r"{0,6}[:=–-]?\s*\Z",
    re.IGNORECASE,
)
_PERIOD: Final = r"(?:month|quarter|half[- ]year)"
_EVERY_PERIOD: Final = re.compile(rf"\s*(?:(?:a|per|each|every)\s+{_PERIOD}|monthly|quarterly)\b", re.IGNORECASE)

_NUMBERS: Final = frozenset({"no", "no.", "nr", "number", "#", "invoice", "invoice no", "invoice no.", "payment no"})
_COLUMN_OF_INVOICES: Final = {
    "amount": "payment",
    "cumulative": "cumulative",
    "remaining": "remaining",
    "for the period": "period",
    "up front": "recovered",
    "held back": "held",
}

_ONE_OFF: Final = frozenset({"front", "final"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a paper and what stands with it.

    Attributes:
        figure: the amount.
        words: the words that stand with it; of an invoice with a number, that too: "#3".
        years: the years among them.
        what: a name for it.
        in_table: whether it stands in a table.
        is_payment: whether its words can mean no other thing than a payment of the grant.
        dated: whether its years stand right behind it, so that it is of these and no others.
    """

    figure: Figure
    words: frozenset[str]
    years: frozenset[str]
    what: str
    in_table: bool
    is_payment: bool = False
    dated: bool = False


def statements(tables: Iterable[Table], text: Iterable[Clause]) -> Iterator[Statement]:
    """The amounts of a paper with their words: those of its tables, then those of its running text; no noughts."""
    for statement in (*_in_tables(tables), *_in_text(text)):
        if statement.figure.value:
            yield statement


def telling_words(text: str) -> frozenset[str]:
    """The words of a name by which a figure is recognised, in the singular where a heading is meant."""
    return frozenset(_SAME.get(word, word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def years_in(text: str) -> frozenset[str]:
    """The years that a text names, each in one spelling: "2021-22" for "2021-2022" and "2021/22"."""
    return frozenset(f"{first}-{second}" if second else first for first, second in _YEAR.findall(text))


def _in_tables(tables: Iterable[Table]) -> Iterator[Statement]:
    """The amounts of tables with their row's label, their column's heading and the words above the table."""
    for table in tables:
        headings: Mapping[int, str] = defaultdict(str)
        for row in table.rows:
            amounts = [(n, _amount(cell, headings[n])) for n, cell in enumerate(row.cells)]
            if not any(found for _, found in amounts):
                headings = defaultdict(str, {n: cell.text for n, cell in enumerate(row.cells)})
            elif _are_of_invoices(headings.values()):
                yield from _invoiced(row, amounts, headings, table.caption)
            else:
                label = " ".join(c.text for c, (_, found) in zip(row.cells, amounts, strict=True) if found is None)
                for column, found in amounts:
                    if found:
                        above = " ".join(headings.values())
                        yield _tabled(found.figure, label, headings[column], above, table.caption)


def _amount(cell: Cell, heading: str) -> Found | None:
    """The amount that a cell is.

    None where it has several, or words beside a number, as "Officer 1" has, and where its column has numbers of rows.
    """
    amounts = [found for found in cell.found if found.is_amount]
    if len(amounts) != 1 or _WORD.search(cell.text.replace(amounts[0].figure.text, "", 1).casefold()):
        return None
    is_number = heading.strip().casefold() in _NUMBERS and cell.text.strip().isdecimal()
    return None if is_number else amounts[0]


def _tabled(figure: Figure, label: str, heading: str, headings: str, caption: str) -> Statement:
    """An amount of a table; the year stands in its label, its heading, or anywhere above."""
    own = f"{label} {heading}"
    words = telling_words(label)
    words = words if words & _ALONE else words | telling_words(heading)
    years = years_in(own) or years_in(headings) or years_in(caption)
    is_payment = "payment" in words and words <= _OF_PAYMENTS
    return Statement(figure, words, years, " ".join(own.split()), in_table=True, is_payment=is_payment)


def _are_of_invoices(headings: Iterable[str]) -> bool:
    """Whether the headings of a table are those of a schedule of invoices or payments."""
    named = [telling_words(heading) for heading in headings]
    return {"amount"} in named and any(words & {"cumulative", "remaining", "invoice", "held"} for words in named)


def _invoiced(
    row: Row, amounts: Iterable[tuple[int, Found | None]], headings: Mapping[int, str], caption: str
) -> Iterator[Statement]:
    """The amounts of an invoice: of it, up to it, and what is left then; below them all, their total."""
    under = {headings[n].strip().casefold(): cell.text.strip() for n, cell in enumerate(row.cells)}
    number = next((f"#{text}" for name, text in under.items() if name in _NUMBERS and text.isdecimal()), "")
    label = " ".join(cell.text for cell in row.cells if not any(found.is_amount for found in cell.found)).strip()
    is_total = not (label or number) or "total" in telling_words(label) or label == "All"
    of_kind = {"total"} if is_total else {number, *(telling_words(label) & _ONE_OFF)} - {""}
    years = years_in(under.get("year", "")) or years_in(caption)
    for column, found in amounts:
        heading = headings[column].strip()
        word = _COLUMN_OF_INVOICES.get(heading.casefold())
        if found and word:
            what = f"{heading} {number.replace('#', 'No ') or label}".strip()
            words = frozenset({word, *of_kind})
            yield Statement(found.figure, words, years, what, in_table=True, is_payment=not is_total)
        elif found:
            yield _tabled(found.figure, label, heading, "", caption)


def _in_text(text: Iterable[Clause]) -> Iterator[Statement]:
    """The amounts of running text with the words around them."""
    for whole in text:
        for clause in clauses(whole):
            for number, term in enumerate(clause.terms):
                after = re.split(r"[.;:]|\n\n|\n•", clause.following(number)[:_AFTER])[0]
                of_the_last = _OWN_YEARS.match(term.before) if number else None
                before = re.split(r"[.;]\s|\n\n", term.before[of_the_last.end() :] if of_the_last else term.before)[-1]
                own = _OWN_YEARS.match(after)
                around = f"{before} {after}"
                what = naming(term.before) or " ".join(after.split())
                is_payment = bool(_LEADS_TO_PAYMENT.search(before) or _EVERY_PERIOD.match(after))
                words = frozenset({"payment"}) if is_payment else telling_words(around)
                words = words | {COST} if _COSTS.search(around) and not is_payment else words
                years = years_in(own[0] if own else around)
                yield Statement(
                    term.figure, words, years, what, in_table=False, is_payment=is_payment, dated=own is not None
                )
