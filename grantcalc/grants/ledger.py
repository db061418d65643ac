"""The ledger of a grant: what was claimed and paid for each period, and what is left, held against the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from grantcalc.grants.accruals import headings_in
from grantcalc.grants.ceilings import award_in_force, within_ceilings, year_award
from grantcalc.grants.claim import FINAL, UP_FRONT
from grantcalc.grants.invoices import date_by, invoices
from grantcalc.grants.payments import Kind, funded_share, planned, shares_of
from grantcalc.grants.schedule import Slice, by_period, slices
from grantcalc.grants.terms import Terms, settle, terms_of
from grantcalc.money import PENNY, ZERO, Remainder, add, plain, round_half_up, share_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.invoices import Invoice
    from grantcalc.grants.model import Grant


class State(StrEnum):
    """How far a period has come."""

    PLANNED = "planned"
    CLAIMABLE = "may be claimed"
    LATE = "claim overdue"
    DRAFTED = "drafted"
    CLAIMED = "claimed"
    PART_PAID = "part paid"
    PAYMENT_LATE = "payment overdue"
    PAID = "paid"
    NOTHING_DUE = "nothing due"


@dataclass(frozen=True, slots=True)
class Entry:
    """A period of the schedule, or a payment up front or at the end, with its claim.

    All amounts are in pounds.

    Attributes:
        invoice: the payment as planned.
        at: which claim of the file is for it, from zero; None where there is none.
        claim: that claim.
        budget: what each heading was planned to cost in the period.
        cost: what it came to by heading: the claim's costs, less what was disallowed, with later corrections.
        entitled: what the claim comes to under the terms of the agreement: the funder's rate of its costs and
            corrections, within the ceilings, less what was paid up front or is held back.
        over_ceiling: what of the funder's share of its costs the ceilings do not let through.
        claimed: what was asked for: the claim's amount, or what it is entitled to; nothing while it is a draft.
        refused: what of it the funder does not pay, because costs were disallowed.
        paid: what was received.
        earned: what the funder pays for its cost, whenever that is paid: of a claim, by what it gives; of a period to
            come, by what is planned; within the ceilings.
        forecast: what will be paid for it: of a claim, what is entitled; of a period to come, what is planned,
            within what the ceilings leave.
        due_date: until when a claim that was made must be paid; None where no rule says.
        state: how far it has come.
    """

    invoice: Invoice
    at: int | None
    claim: Claim | None
    budget: Mapping[str, Decimal]
    cost: Mapping[str, Decimal]
    entitled: Decimal
    over_ceiling: Decimal
    claimed: Decimal
    refused: Decimal
    paid: Decimal
    earned: Decimal
    forecast: Decimal
    due_date: date | None
    state: State

    @property
    def is_claimed(self) -> bool:
        """Whether the claim has been made: a claim without a date of which nothing was paid is a draft."""
        return self.claim is not None and is_made(self.claim)

    @property
    def paid_on(self) -> date | None:
        """When money for it was last received; None where none was."""
        return max((receipt.date for receipt in self.claim.paid), default=None) if self.claim else None

    @property
    def variance(self) -> Decimal:
        """By how much the period came to more than planned; below zero where it came to less."""
        return add(self.cost.values()) - add(self.budget.values())

    @property
    def outstanding(self) -> Decimal:
        """What was asked for and accepted, and is not paid yet."""
        return max(self.claimed - self.refused - self.paid, ZERO)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All periods of a grant with their claims.

    Attributes:
        account: the grant and its planned payments.
        as_of: the day on which it is looked at; None where no day was given, and then nothing is late.
        entries: the periods.
        unplaced: claims, by their places in the file, whose period the schedule does not have, or has a claim for.
        later: claims that were made after the day on which the ledger is looked at.
        award: the ceiling on that day, or with all variations; None where no award is given.
    """

    account: Account
    as_of: date | None
    entries: tuple[Entry, ...]
    unplaced: tuple[int, ...]
    later: tuple[int, ...]
    award: Decimal | None

    @property
    def grant(self) -> Grant:
        """The grant."""
        return self.account.grant

    @property
    def claimed(self) -> Decimal:
        """What was asked for so far."""
        return add(entry.claimed for entry in self.entries)

    @property
    def paid(self) -> Decimal:
        """What was received so far."""
        return add(entry.paid for entry in self.entries)

    @property
    def outstanding(self) -> Decimal:
        """What was asked for and accepted, and is not paid yet."""
        return add(entry.outstanding for entry in self.entries)

    @property
    def claimable(self) -> Decimal:
        """What may be claimed on the day: drafts as they are, other periods that are over as planned."""
        return add(entry.forecast for entry in self.entries if may_be_claimed(entry, self.as_of))

    @property
    def remaining(self) -> Decimal | None:
        """What is left of the award after all that was claimed and accepted."""
        if self.award is None:
            return None
        return self.award - add(entry.claimed - entry.refused for entry in self.entries)

    @property
    def outturn(self) -> Decimal:
        """The forecast cost of the grant: claims and drafts as they are, other periods as planned."""
        return add(
            add((entry.cost if entry.claim is not None and gives_costs(entry.claim) else entry.budget).values())
            for entry in self.entries
        )

    @property
    def forecast(self) -> Decimal:
        """The forecast of what the funder pays."""
        return add(entry.forecast for entry in self.entries)

    @property
    def underspend(self) -> Decimal | None:
        """What of the award the forecast leaves."""
        return None if self.award is None else self.award - self.forecast


def is_made(claim: Claim) -> bool:
    """Whether a claim has been made: one without a date of which nothing was paid is a draft."""
    return claim.claimed is not None or bool(claim.paid)


def gives_costs(claim: Claim) -> bool:
    """Whether a claim says what its period cost, be it nothing, or corrects what another did."""
    return claim.costs is not None or bool(claim.lines or claim.corrections)


def may_be_claimed(entry: Entry, as_of: date | None) -> bool:
    """Whether a period may be claimed by the day and is not; a draft for one that still runs may not."""
    is_open = entry.state in (State.CLAIMABLE, State.LATE, State.DRAFTED)
    return is_open and (as_of is None or as_of >= entry.invoice.invoice_date)


def keep_ledger(account: Account, as_of: date | None = None, *, drafts: bool = True) -> Ledger:
    """Hold the claims of a grant file against its schedule.

    Args:
        account: the grant and its planned payments; its years must have dates.
        as_of: the day on which it is looked at: what happened later is left out, and what is due by then is late.
            None leaves nothing out and calls nothing late.
        drafts: whether claims that have not been made are read too.

    Raises:
        MissingLibraryError: a rule counts working days, and the library that knows bank holidays is missing.
    """
    grant = account.grant
    schedule = invoices(grant, account.instalments)
    later = tuple(at for at, claim in enumerate(grant.claims) if _is_later(claim.claimed, as_of))
    known = {at: _by_then(claim, as_of) for at, claim in enumerate(grant.claims) if at not in later}
    read = {at: claim for at, claim in known.items() if drafts or is_made(claim)}
    placed, unplaced = _placed(read, schedule)
    claims = {number: read[at] for number, at in placed.items()}
    books = _Books(account, claims, _funded(_plan(account, schedule), claims), as_of)
    entries = tuple(_entry(books, invoice, placed.get(invoice.number)) for invoice in schedule)
    return Ledger(account, as_of, entries, unplaced, later, award_in_force(grant, as_of))


def _is_later(day: date | None, as_of: date | None) -> bool:
    return day is not None and as_of is not None and day > as_of


def _by_then(claim: Claim, as_of: date | None) -> Claim:
    """A claim without the money that was received after the day."""
    paid = tuple(receipt for receipt in claim.paid if not _is_later(receipt.date, as_of))
    return claim if len(paid) == len(claim.paid) else claim.model_copy(update={"paid": paid})


def _placed(claims: Mapping[int, Claim], schedule: Sequence[Invoice]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Which claim is for which invoice; and the claims that are for none, or for one that has a claim already."""
    placed: dict[int, int] = {}
    unplaced = []
    for at, claim in claims.items():
        number = invoice_of(claim, schedule)
        if number is None or number in placed:
            unplaced.append(at)
        else:
            placed[number] = at
    return placed, tuple(unplaced)


def invoice_of(claim: Claim, schedule: Sequence[Invoice]) -> int | None:
    """The number of the invoice that a claim is for; None where the schedule has none such."""
    kinds = {UP_FRONT: Kind.UP_FRONT, FINAL: Kind.FINAL}
    for invoice in schedule:
        if claim.period is None:
            dates = (invoice.period.starts, invoice.period.ends)
            same = invoice.instalment.kind is Kind.PERIOD and dates == (claim.from_, claim.to)
        elif isinstance(claim.period, str):
            same = invoice.instalment.kind is kinds[claim.period]
        else:
            same = invoice.number == claim.period
        if same:
            return invoice.number
    return None


def claimed_costs(claim: Claim) -> dict[str, Decimal]:
    """What a claim gives as the cost of its period, by heading, before corrections and what was disallowed."""
    costs: dict[str, Decimal] = {}
    for amounts in [claim.costs or {}, *(line.costs for line in claim.lines)]:
        for heading, figure in amounts.items():
            costs[heading] = costs.get(heading, ZERO) + figure.value
    return costs


def _cash(claim: Claim) -> Decimal:
    """What a claim asks the funder to share: its period's costs and the corrections that it carries."""
    corrected = add(correction.amount.value for correction in claim.corrections)
    return add(claimed_costs(claim).values()) + corrected


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was agreed: the terms, and which slices of the grant's years each invoice pays for."""

    grant: Grant
    schedule: Sequence[Invoice]
    found: Sequence[Slice]
    wanted: Sequence[Decimal]
    terms: Terms
    periods: Mapping[int, Sequence[int]]


def _plan(account: Account, schedule: Sequence[Invoice]) -> _Plan:
    grant = account.grant
    found = slices(grant)
    wanted = planned(grant, account.totals, found)
    terms = terms_of(grant, within_ceilings(grant, found, wanted))
    numbers = [invoice.number for invoice in schedule if invoice.instalment.kind is Kind.PERIOD]
    return _Plan(grant, schedule, found, wanted, terms, dict(zip(numbers, by_period(found), strict=True)))


@dataclass(frozen=True, slots=True)
class _Funded:
    """What the terms of the agreement make of claims, by the numbers of the invoices.

    Attributes:
        entitled: what each claim comes to.
        refused: by how much more it would come to if nothing of it were disallowed.
        over_ceiling: what of the funder's share of its costs the ceilings do not let through.
        earned: what the funder pays for the cost of each period, claimed or planned, whenever that is paid.
        forecast: what will be paid for each invoice.
    """

    entitled: Mapping[int, Decimal]
    refused: Mapping[int, Decimal]
    over_ceiling: Mapping[int, Decimal]
    earned: Mapping[int, Decimal]
    forecast: Mapping[int, Decimal]


def _funded(plan: _Plan, claims: Mapping[int, Claim]) -> _Funded:
    """Apply the terms to what was claimed, and to what was claimed or drafted and is still planned."""
    claimed, expected = [ZERO] * len(plan.found), list(plan.wanted)
    for number, places in plan.periods.items():
        claim = claims.get(number)
        if claim is None:
            continue
        for at, share in zip(places, _shares(plan, claim, places), strict=True):
            claimed[at] = share
            expected[at] = share if gives_costs(claim) else expected[at]
    payable = within_ceilings(plan.grant, plan.found, claimed)
    entitled = _settled(plan, payable)
    to_come = within_ceilings(plan.grant, plan.found, expected)
    disallowed = [number for number in plan.periods if number in claims and claims[number].disallowed]
    return _Funded(
        entitled,
        {number: max(_in_full(plan, claims, number, claimed) - entitled[number], ZERO) for number in disallowed},
        {number: max(add(claimed[at] - payable[at] for at in places), ZERO) for number, places in plan.periods.items()},
        {number: add(to_come[at] for at in places) for number, places in plan.periods.items()},
        _settled(plan, to_come),
    )


def _in_full(plan: _Plan, claims: Mapping[int, Claim], number: int, claimed: Sequence[Decimal]) -> Decimal:
    """What a claim would come to if nothing of it were disallowed."""
    whole, places = list(claimed), plan.periods[number]
    claim = claims[number].model_copy(update={"disallowed": ()})
    for at, share in zip(places, _shares(plan, claim, places), strict=True):
        whole[at] = share
    return _settled(plan, within_ceilings(plan.grant, plan.found, whole))[number]


def _shares(plan: _Plan, claim: Claim, places: Sequence[int]) -> list[Decimal]:
    """The funder's share of what a claim asks for, over the years that its period lies in, by what is planned for each.

    Where payments are fixed, as shares of the award or as stated, a claim that gives no costs is for the planned one.
    """
    fixed = plan.grant.payments.basis != "cost" and not gives_costs(claim)
    planned = [plan.wanted[at] if fixed else ZERO for at in places]
    disallowed = add(one.amount.value for one in claim.disallowed)
    funded = Fraction(_cash(claim) - disallowed) * funded_share(plan.grant)
    weights = [Fraction(max(plan.wanted[at], ZERO)) for at in places]
    weights = weights if any(weights) else [plan.found[at].weight for at in places]
    shares = share_out(plain(round_half_up(funded, PENNY)), weights, PENNY, Remainder.LAST)
    return [amount + share for amount, share in zip(planned, shares, strict=True)]


def _settled(plan: _Plan, payable: Sequence[Decimal]) -> dict[int, Decimal]:
    """What is paid for each invoice of what is payable for slices."""
    settled = list(settle(plan.grant, payable, plan.terms))
    one_off = {Kind.UP_FRONT: add(plan.terms.recovered), Kind.FINAL: add(one.held for one in settled)}
    of_periods = {number: add(settled[at].paid for at in places) for number, places in plan.periods.items()}
    return {
        invoice.number: of_periods[invoice.number]
        if invoice.instalment.kind is Kind.PERIOD
        else one_off[invoice.instalment.kind]
        for invoice in plan.schedule
    }


@dataclass(frozen=True, slots=True)
class _Books:
    """What an entry is made from: the account, the claims of its invoices, what the terms make of them, and the day."""

    account: Account
    claims: Mapping[int, Claim]
    funded: _Funded
    as_of: date | None


def _entry(books: _Books, invoice: Invoice, at: int | None) -> Entry:
    """One period of the schedule with what became of it."""
    grant, number = books.account.grant, invoice.number
    claim = books.claims.get(number)
    is_period = invoice.instalment.kind is Kind.PERIOD
    refused = books.funded.refused.get(number, ZERO)
    entitled = books.funded.entitled[number] if claim else ZERO
    asked = (claim.amount.value if claim.amount else entitled + refused) if claim and is_made(claim) else ZERO
    refused = min(refused, asked) if claim and is_made(claim) else refused
    paid = _received(claim, asked - refused)
    due_date = date_by(grant, grant.payments.payment_due, claim.claimed) if claim and claim.claimed else None
    return Entry(
        invoice=invoice,
        at=at,
        claim=claim,
        budget=headings_in(grant, books.account.totals, invoice.period) if is_period else {},
        cost=_cost(number, books.claims),
        entitled=entitled,
        over_ceiling=books.funded.over_ceiling.get(number, ZERO) if claim else ZERO,
        claimed=asked,
        refused=refused,
        paid=paid,
        earned=books.funded.earned.get(number, ZERO),
        forecast=books.funded.forecast[number],
        due_date=due_date,
        state=_state(invoice, claim, _Due(asked - refused, paid, due_date), books.as_of),
    )


@dataclass(frozen=True, slots=True)
class _Due:
    """What of a claim was accepted and paid, and until when it must be."""

    accepted: Decimal
    paid: Decimal
    by: date | None


def _cost(number: int, claims: Mapping[int, Claim]) -> dict[str, Decimal]:
    """What a period came to by heading, with the corrections that later claims make of it."""
    claim = claims.get(number)
    costs = claimed_costs(claim) if claim else {}
    for one in claim.disallowed if claim else ():
        costs[one.heading] = costs.get(one.heading, ZERO) - one.amount.value
    for other in claims.values():
        for correction in other.corrections:
            if correction.period == number:
                costs[correction.heading] = costs.get(correction.heading, ZERO) + correction.amount.value
    return costs


def _received(claim: Claim | None, accepted: Decimal) -> Decimal:
    """What was received for a claim: a receipt without an amount is for all that is still outstanding."""
    received = ZERO
    for receipt in claim.paid if claim else ():
        received += receipt.amount.value if receipt.amount else max(accepted - received, ZERO)
    return received


def _state(invoice: Invoice, claim: Claim | None, due: _Due, as_of: date | None) -> State:
    if claim is None:
        if as_of is None or as_of < invoice.invoice_date:
            return State.PLANNED
        return State.LATE if _is_past(invoice.claim_by, as_of) else State.CLAIMABLE
    if not is_made(claim):
        return State.LATE if _is_past(invoice.claim_by, as_of) else State.DRAFTED
    if due.paid >= due.accepted:
        return State.PAID if due.paid else State.NOTHING_DUE
    if _is_past(due.by, as_of):
        return State.PAYMENT_LATE
    return State.PART_PAID if due.paid else State.CLAIMED


def _is_past(deadline: date | None, as_of: date | None) -> bool:
    return deadline is not None and as_of is not None and as_of > deadline


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in the ledger; all amounts are in pounds.

    Attributes:
        year: its name.
        ceiling: what may be claimed in it: its own award, or what is planned to be paid for it; with what was
            carried forward and used.
        budget: what it was planned to cost.
        cost: what its claimed periods came to; of a period that lies in two years, by what is planned for each.
        claimed: what was asked for and accepted.
    """

    year: str
    ceiling: Decimal
    budget: Decimal
    cost: Decimal
    claimed: Decimal

    @property
    def remaining(self) -> Decimal:
        """What may still be claimed in it."""
        return self.ceiling - self.claimed


def yearly(ledger: Ledger) -> tuple[YearLine, ...]:
    """The ledger by the years of the grant."""
    costs: dict[str, Decimal] = {}
    claimed: dict[str, Decimal] = {}
    for entry in ledger.entries:
        weights = [Fraction(max(share.amount + share.cut, ZERO)) for share in entry.invoice.instalment.shares]
        for into, amount in ((costs, add(entry.cost.values())), (claimed, entry.claimed - entry.refused)):
            parts = share_out(amount, weights, PENNY, Remainder.LAST)
            for share, part in zip(entry.invoice.instalment.shares, parts, strict=True):
                into[share.year] = into.get(share.year, ZERO) + part
    lines = [
        YearLine(
            year.year.year,
            _year_ceiling(ledger, year.year.year),
            year.total,
            costs.get(year.year.year, ZERO),
            claimed.get(year.year.year, ZERO),
        )
        for year in ledger.account.totals.years
    ]
    return tuple(_carried(lines) if ledger.grant.payments.carry_forward == "yes" else lines)


def _carried(lines: list[YearLine]) -> list[YearLine]:
    """The years with what later ones used of earlier ones' ceilings moved to them, from the latest of these."""
    moved = list(lines)
    for at in range(len(moved)):
        for earlier in reversed(range(at)):
            amount = min(max(-moved[at].remaining, ZERO), max(moved[earlier].remaining, ZERO))
            moved[earlier] = replace(moved[earlier], ceiling=moved[earlier].ceiling - amount)
            moved[at] = replace(moved[at], ceiling=moved[at].ceiling + amount)
    return moved


def _year_ceiling(ledger: Ledger, name: str) -> Decimal:
    own = year_award(ledger.grant, name, ledger.as_of)
    return add(share.amount for share in shares_of(ledger.account.instalments, name)) if own is None else own
