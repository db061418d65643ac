"""What a paper about a grant may state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.stated import key_name
from grantcalc.money import Figure, add, pounds
from grantcalc.papers.against import Expected
from grantcalc.papers.statements import COST, telling_words
from grantcalc.rules.expected_payments import expected_payments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account


def expected_of(account: Account) -> tuple[Expected, ...]:
    """What a paper about a grant may state: its award, totals, payments, posts and headings."""
    totals = account.totals
    found: list[Expected] = []
    if len(totals.years) > 1:
        found.extend(_totalled("", {**totals.headings, "total": totals.total}))
    for year in totals.years:
        found.extend(_totalled(year.year.year, {**year.headings, "total": year.total}))
    found.extend(_given(account))
    found.extend(expected_payments(account))
    for year in totals.years:
        for line in year.lines:
            found.extend(_named(line.line.name, year.year.year, {**line.headings, "total": line.total}))
    return tuple(found)


def _given(account: Account) -> Iterator[Expected]:
    """What the file does not compute but state: its award, with its variations or without, and who funds it."""
    grant = account.grant
    if grant.award is not None:
        amounts = dict.fromkeys((grant.award.value, account.ceiling or grant.award.value))
        figures = tuple(Figure(pounds(amount), amount) for amount in amounts)
        varied = f", {figures[-1].text} with its variations" if len(figures) > 1 else ""
        for word in ("award", "grant"):
            said = f"{figures[0].text}{varied}"
            yield Expected("award", frozenset({word}), "", figures, said, "the grant file states")
    for source in grant.funding:
        given = add(figure.value for figure in source.given.values())
        figure, words = Figure(pounds(given), given), telling_words(source.source)
        yield Expected(source.source, words, "", (figure,), figure.text, "the grant file states", needed=False)


def periods_of(account: Account) -> frozenset[tuple[date, date]]:
    """The first and last days of a grant and of each of its years, as far as they are known."""
    known = (account.grant.period, *(year.period for year in account.grant.named_years))
    return frozenset((period.starts, period.ends) for period in known if period is not None)


def _named(owner: str, year: str, amounts: Mapping[str, Decimal]) -> Iterator[Expected]:
    """The amounts of one post or other cost in a year."""
    for key, amount in amounts.items():
        if amount:
            words = telling_words(owner) | telling_words(key)
            what = f"{owner}, {year} {key}" if year else f"{owner}, {key}"
            yield _expected(what, words, year, amount, needed=key != "total")
            if key == "total":
                yield _expected(what, telling_words(owner) | {COST}, year, amount, needed=False, only_in_text=True)


def _totalled(year: str, amounts: Mapping[str, Decimal]) -> Iterator[Expected]:
    """The totals of a year, or of all years."""
    for key, amount in amounts.items():
        words = telling_words(key) | {"total"}
        what = f"{year or 'all years:'} {key_name(key)}"
        yield _expected(what, words, year, amount, needed=bool(year))
        alone = frozenset({COST}) if key == "total" else words - {"total"}
        yield _expected(what, alone, year, amount, needed=False, only_in_text=True)


def _expected(  # noqa: PLR0913  (what a figure has, two of it by name)
    what: str, words: Iterable[str], year: str, amount: Decimal, *, needed: bool = True, only_in_text: bool = False
) -> Expected:
    """A computed amount by the words that name it."""
    figure = Figure(pounds(amount), amount)
    named = frozenset(words)
    return Expected(
        what, named, year, (figure,), figure.text, needed=needed, listed=bool(amount), only_in_text=only_in_text
    )
