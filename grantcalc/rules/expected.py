"""What a paper about a grant may state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.grants.payments import shares_of
from grantcalc.grants.stated import key_name
from grantcalc.money import Figure, add, pounds
from grantcalc.papers.against import Expected, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account


def expected_of(account: Account) -> tuple[Expected, ...]:
    """What a paper about a grant may state: its posts, headings, totals, payments and award."""
    grant, totals = account.grant, account.totals
    found: list[Expected] = []
    for year in totals.years:
        name = year.year.year
        for line in year.lines:
            amounts = {**line.headings, "total": line.total}
            found.extend(_named(line.line.name, name, amounts))
        found.extend(_totalled(name, {**year.headings, "total": year.total}))
        payments = dict.fromkeys(share.amount for share in shares_of(account.instalments, name))
        found.extend(_expected(f"{name} payment".strip(), {"payment"}, name, amount) for amount in payments)
    if len(totals.years) > 1:
        found.extend(_totalled("", {**totals.headings, "total": totals.total}))
    for source in grant.funding:
        given = add(figure.value for figure in source.given.values())
        found.append(_expected(source.source, telling_words(source.source), "", given, needed=False))
    if grant.award is not None:
        found.extend(_expected("award", {word}, "", grant.award.value) for word in ("award", "grant"))
    return tuple(found)


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


def _totalled(year: str, amounts: Mapping[str, Decimal]) -> Iterator[Expected]:
    """The totals of a year, or of all years."""
    for key, amount in amounts.items():
        words = telling_words(key) | {"total"}
        what = f"{year or 'all years:'} {key_name(key)}"
        yield _expected(what, words, year, amount, needed=bool(year))
        if key != "total":
            yield Expected(
                what, words - {"total"}, year, Figure(pounds(amount), amount), needed=False, only_in_text=True
            )


def _expected(what: str, words: Iterable[str], year: str, amount: Decimal, *, needed: bool = True) -> Expected:
    """A computed amount by the words that name it."""
    return Expected(what, frozenset(words), year, Figure(pounds(amount), amount), needed)
