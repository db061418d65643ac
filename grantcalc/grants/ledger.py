"""The ledger of a grant: what was claimed and paid for each period, and what is left, held against the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grantcalc.grants.accruals import headings_in
from grantcalc.grants.ceilings import award_in_force
from grantcalc.grants.claimed import State, claimed_costs, corrections_of, invoice_of, is_made
from grantcalc.grants.entries import Entry
from grantcalc.grants.funded import Funded, Refusal, Settlement, fund, plan_of
from grantcalc.grants.invoices import date_by, invoices
from grantcalc.grants.payments import Kind, instalments
from grantcalc.money import ZERO, add

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.claim import Claim
    from grantcalc.grants.invoices import Invoice
    from grantcalc.grants.model import Grant


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
    def accepted(self) -> Decimal:
        """What was asked for so far, less what is not paid because costs were disallowed."""
        return add(entry.accepted for entry in self.entries)

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
        return _less(self.award, self.accepted)

    @property
    def order_balance(self) -> Decimal | None:
        """What is left of the purchase order after all that was claimed and accepted; None where it has no amount."""
        return _less(self.order, self.accepted)

    @property
    def order_after(self) -> Decimal | None:
        """What the forecast leaves of the purchase order; None where it has no amount."""
        return _less(self.order, self.forecast)

    @property
    def order(self) -> Decimal | None:
        """What the purchase order is raised for; None where it has no amount."""
        order = self.grant.purchase_order
        return order.amount.value if order is not None and order.amount is not None else None

    @property
    def outturn(self) -> Decimal:
        """The forecast cost of the grant: claims and drafts that count as they are, other periods as planned."""
        return add(add((entry.cost if entry.gives_cost else entry.budget).values()) for entry in self.entries)

    @property
    def forecast(self) -> Decimal:
        """The forecast of what the funder pays."""
        return add(entry.forecast for entry in self.entries)

    @property
    def underspend(self) -> Decimal | None:
        """What of the award the forecast leaves."""
        return _less(self.award, self.forecast)


def _less(whole: Decimal | None, amount: Decimal) -> Decimal | None:
    """What is left; None where the whole is not known."""
    return None if whole is None else whole - amount


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
    account = _known_by(account, as_of)
    grant = account.grant
    schedule = invoices(grant, account.instalments)
    later = tuple(at for at, claim in enumerate(grant.claims) if _is_later(claim.claimed, as_of))
    known = {at: _by_then(claim, as_of) for at, claim in enumerate(grant.claims) if at not in later}
    read = {at: claim for at, claim in known.items() if drafts or is_made(claim)}
    placed, unplaced = _placed(read, schedule)
    claims = {number: read[at] for number, at in placed.items()}
    running = {invoice.number for invoice in schedule if as_of is not None and as_of < invoice.invoice_date}
    counted = {number: claim for number, claim in claims.items() if is_made(claim) or number not in running}
    books = _Books(account, claims, counted, fund(plan_of(account, schedule), counted), as_of)
    entries = tuple(_entry(books, invoice, placed.get(invoice.number)) for invoice in schedule)
    return Ledger(account, as_of, entries, unplaced, later, award_in_force(grant, as_of))


def _known_by(account: Account, as_of: date | None) -> Account:
    """The account without the variations that were not agreed by the day."""
    grant = account.grant
    known = tuple(variation for variation in grant.variations if not _is_later(variation.date, as_of))
    if len(known) == len(grant.variations):
        return account
    as_it_was = grant.model_copy(update={"variations": known})
    return replace(account, grant=as_it_was, instalments=instalments(as_it_was, account.totals, account.slices))


def _is_later(day: date | None, as_of: date | None) -> bool:
    return day is not None and as_of is not None and day > as_of


def _by_then(claim: Claim, as_of: date | None) -> Claim:
    """A claim without the money that was received, and without what was disallowed, after the day."""
    paid = tuple(receipt for receipt in claim.paid if not _is_later(receipt.date, as_of))
    disallowed = tuple(one for one in claim.disallowed if not _is_later(one.date, as_of))
    if (len(paid), len(disallowed)) == (len(claim.paid), len(claim.disallowed)):
        return claim
    return claim.model_copy(update={"paid": paid, "disallowed": disallowed})


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


@dataclass(frozen=True, slots=True)
class _Books:
    """What an entry is made from: the account, all claims and those that count, what the terms make, and the day."""

    account: Account
    claims: Mapping[int, Claim]
    counted: Mapping[int, Claim]
    funded: Funded
    as_of: date | None


def _entry(books: _Books, invoice: Invoice, at: int | None) -> Entry:
    """One period of the schedule with what became of it."""
    grant, number = books.account.grant, invoice.number
    claim = books.claims.get(number)
    is_period = invoice.instalment.kind is Kind.PERIOD
    refusals = books.funded.refused.get(number, ())
    is_counted = number in books.counted
    refused = _refused_by(refusals)
    settlement = books.funded.settlements[number] if is_counted else Settlement({})
    entitled = settlement.paid
    asked = (claim.amount.value if claim.amount else entitled + refused) if claim and is_made(claim) else ZERO
    refused = min(refused, asked) if claim and is_made(claim) else refused
    paid = _received(claim, asked, refusals)
    due_date = date_by(grant, grant.payments.payment_due, claim.claimed) if claim and claim.claimed else None
    in_time = _received(_by_then(claim, due_date), asked, refusals) if claim else ZERO
    return Entry(
        invoice=invoice,
        at=at,
        claim=claim,
        budget=headings_in(grant, books.account.totals, invoice.period) if is_period else {},
        cost=_cost(number, books.counted),
        corrections=add(one.amount.value for one in claim.corrections) if claim and is_counted else ZERO,
        claimed_later=add(one.amount.value for one in corrections_of(number, books.counted)),
        share=books.funded.shares.get(number, ZERO),
        entitled=entitled,
        over_ceiling=books.funded.over_ceiling.get(number, ZERO) if is_counted else ZERO,
        ceiling=books.funded.ceilings.get(number) if is_counted else None,
        claimed=asked,
        refused=refused,
        paid=paid,
        paid_late=paid - in_time,
        earned_by_year=books.funded.earned.get(number, {}),
        forecast=books.funded.forecast[number],
        due_by_year=settlement.by_year,
        recovered=settlement.recovered,
        held=settlement.held,
        due_date=due_date,
        is_counted=is_counted,
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
    for correction in corrections_of(number, claims):
        costs[correction.heading] = costs.get(correction.heading, ZERO) + correction.amount.value
    return costs


def _received(claim: Claim | None, asked: Decimal, refusals: Sequence[Refusal]) -> Decimal:
    """What was received for a claim: a receipt without an amount is for all that was then still outstanding."""
    received = ZERO
    for receipt in claim.paid if claim else ():
        accepted = asked - _refused_by(refusals, receipt.date)
        received += receipt.amount.value if receipt.amount else max(accepted - received, ZERO)
    return received


def _refused_by(refusals: Sequence[Refusal], day: date | None = None) -> Decimal:
    """What of a claim was refused by the end of a day; None is the last of all days."""
    known = [refusal.amount for refusal in refusals if day is None or refusal.day is None or refusal.day <= day]
    return known[-1] if known else ZERO


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
