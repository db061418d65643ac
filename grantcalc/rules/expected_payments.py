"""What a paper may state of the payments of a grant."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.payments import Kind, shares_of
from grantcalc.money import Figure, add, pounds
from grantcalc.papers.against import Expected
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.payments import Instalment

_MOST_RUNS: Final = 6


def expected_payments(account: Account) -> Iterator[Expected]:
    """What a paper may state of payments: those of each year and of the grant, their totals, and each invoice."""
    paid = account.instalments
    if not paid:
        return
    years = [year.year.year for year in account.totals.years]
    for year in years:
        of_year = [each for each in paid if each.kind is Kind.PERIOD and any(s.year == year for s in each.shares)]
        yield from _payments(f"{year} payment".strip(), year, of_year, needed=True)
        total = add(share.amount for share in shares_of(paid, year))
        yield _one(f"{year} payments in total".strip(), {"payment", "total"}, year, total)
    if len(years) > 1:
        yield from _payments("payment", "", [each for each in paid if each.kind is Kind.PERIOD], needed=False)
        yield _one("payments in total", {"payment", "total"}, "", add(each.amount for each in paid))
    for each in paid:
        yield from _once(each, years)
    yield _one("amounts for all periods", {"period", "total"}, "", add(each.made_of[0] for each in paid))
    yield from _invoices(account)


def _payments(what: str, year: str, paid: Sequence[Instalment], *, needed: bool) -> Iterator[Expected]:
    """The payments for periods, of which a paper may state any; what is due before something is held back, too."""
    amounts = [_within(each, year) for each in paid]
    if not amounts:
        return
    due = [amount for each in paid for amount in (each.amount, each.before_terms)]
    figures = tuple(_figure(amount) for amount in dict.fromkeys((*amounts, *due)))
    runs = _runs(amounts)
    source = "the payments of the grant file are" if len(set(amounts)) > 1 else "the grant file makes"
    words = frozenset({"payment"})
    yield Expected(what, words, year, figures, runs, source, needed=needed, listed=needed, payments=True)


def _within(paid: Instalment, year: str) -> Decimal:
    """What of a payment belongs to a year, or all of it."""
    return add(share.amount for share in paid.shares if year in ("", share.year))


def _runs(amounts: Sequence[Decimal]) -> str:
    """Payments with their numbers: "£36,548.86 (1–3) and £35,317.54 (4)"; without, where all are equal."""
    runs = [(amount, len(list(run))) for amount, run in groupby(amounts)]
    if len(runs) == 1:
        return pounds(runs[0][0])
    said, number = [], 0
    for amount, count in runs:
        first, number = number + 1, number + count
        said.append(f"{pounds(amount)} ({first if first == number else f'{first}–{number}'})")
    return listed(said[:_MOST_RUNS] + (["others"] if len(said) > _MOST_RUNS else []))


def _once(paid: Instalment, years: Sequence[str]) -> Iterator[Expected]:
    """A payment up front or at the end, and what of it belongs to each year."""
    if paid.kind is Kind.PERIOD:
        return
    up_front = paid.kind is Kind.UP_FRONT
    name, words = ("payment up front", {"front"}) if up_front else ("final payment", {"final", "payment"})
    yield _one(name, words, "" if len(years) > 1 else years[0], paid.amount, listed=True)
    if len(years) > 1:
        for share in paid.shares:
            yield _one(f"{share.year} part of the {name}", words, share.year, share.amount)


def _invoices(account: Account) -> Iterator[Expected]:
    """Each payment by its number in a schedule, with what is paid and what is left then."""
    ceiling = award_in_force(account.grant)
    left = add(each.amount for each in account.instalments) if ceiling is None else ceiling
    paid = left - left
    for number, each in enumerate(account.instalments, start=1):
        paid += each.amount
        due, up_front, held = each.made_of
        named = {
            "payment": ("payment", each.amount),
            "cumulative": ("cumulative amount at payment", paid),
            "remaining": ("remaining amount at payment", left - paid),
            "period": ("amount for the period of payment", due),
            "recovered": ("paid up front, or given back, with payment", up_front),
            "held": ("held back of payment", held),
        }
        for word, (what, amount) in named.items():
            name = f"{what} {number}"
            year = each.year if each.kind is Kind.PERIOD and len(each.shares) == 1 else ""
            yield _one(name, {word, f"#{number}"}, year, amount)


def _one(what: str, words: AbstractSet[str], year: str, amount: Decimal, *, listed: bool = False) -> Expected:
    figure = _figure(amount)
    is_payment = "payment" in words and "total" not in words
    named = frozenset(words)
    return Expected(what, named, year, (figure,), figure.text, needed=False, listed=listed, payments=is_payment)


def _figure(amount: Decimal) -> Figure:
    return Figure(pounds(amount), amount)
