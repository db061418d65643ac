"""What each key of a grant file means, with an example: for the JSON Schema, the starter file and the documentation.

Apart from the model, which every command loads. A key that several records inherit is described at the record that
has it first; its default is the model's own, and said here only where the model has none that can be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from grantcalc.grants.fields import Record


class Key(NamedTuple):
    """A key of the grant file.

    Attributes:
        meaning: what it says, as a phrase.
        example: a value, as it stands in a file.
        without: what holds where the key is left out; empty where nothing does, or the model's default says it.
    """

    meaning: str
    example: str
    without: str = ""


_LEDGER: Final = Key("where the books have it", "GL 4410/101")
_SOURCE: Final = Key("where the rate comes from", "Letter of the fund, 3 March 2025")
_COSTS: Final = "costs by year and heading; the year may be left out where the grant has one year or none"

KEYS: Final[Mapping[str, Mapping[str, Key]]] = {
    "Grant": {
        "grant": Key("its name", "Youth outreach"),
        "reference": Key("the number of the decision or agreement", "PCD 1258"),
        "funder": Key("who pays", "Ministry of Justice"),
        "recipient": Key("who is paid", "Metropolitan Police Service"),
        "award": Key("what the funder offered: a ceiling, and exact", "£405,608"),
        "costs_rounded_to": Key(
            "`pounds` if the costs were copied from a paper that rounds: each is then within 50p", "pounds"
        ),
        "starts": Key("the first day of the funding period", "2022-01-31", "the first start of the years"),
        "ends": Key("the last day of the funding period", "2024-01-30", "the last end of the years"),
        "financial_year_starts": Key("a month, or a day up to the 28th and a month", "6 April", "`April`"),
        "award_by_financial_year": Key("ceilings of financial years, by their names", "{2025-26: £60000}"),
        "payments": Key("how the grant is paid", "{frequency: monthly}", "quarterly in arrears"),
        "variations": Key("agreed changes of the award", "[{date: 2025-12-01, amount: £5000}]"),
        "reprofiled": Key("schedules that were agreed anew", "[{from: 2026-04-01}]"),
        "purchase_order": Key(
            "its number, or `number` and `amount`; payments beyond the amount get a warning", "PO 4471"
        ),
        "customer_reference": Key("the customer's reference, which invoices quote", "HSG-RS-7"),
        "supplier_reference": Key("the supplier's reference, which invoices quote", "HT-014"),
        "cost_centre": Key("the cost centre, which invoices quote", "C4410"),
        "certified_by": Key("the role that certifies claims and statements", "Chief Finance Officer"),
        "vat_note": Key("what is said of VAT on an invoice", "Outside the scope of VAT"),
        "headings": Key("the kinds of cost", "[capital, revenue]", "`[salary, overhead]`"),
        "years": Key("the years of the grant, each its name alone or with more keys", "[2025-26, 2026-27]"),
        "posts_from": Key("a table beside the file that more posts are taken from", "posts.csv"),
        "costing": Key("conventions and rates for posts that are costed from pay", "{pro_rata: days}"),
        "posts": Key("the funded roles", "[{role: Officer, costs: {2025-26: {salary: £31400}}}]"),
        "other_costs": Key("costs that are no post", "[{item: Evaluation, costs: {2025-26: {overhead: £4000}}}]"),
        "funding": Key("where the money comes from", "[{source: Change fund, amount: £12000}]"),
        "stated": Key("what the paper states of the whole grant: headings, `total`, `payment`", "{total: £62000}"),
        "claims": Key("what was claimed, one entry for each period", "[{period: 1, costs: {salary: £7850}}]"),
        "papers": Key("papers to check with the file, from the file's own folder", "[decision.md]"),
        "accept": Key(
            "findings that are let stand, with the reason", "[{finding: GC405, subject: Officer, reason: Vacant}]"
        ),
    },
    "Year": {
        "year": Key("its name", "2025-26"),
        "starts": Key("its first day", "2025-04-01", "what its name says"),
        "ends": Key("its last day", "2026-03-31", "what its name says"),
        "award": Key("a ceiling of its own", "£55,000"),
        "stated": Key("what the paper states of the year: headings, `total`, `payment`", "{total: £62000}"),
    },
    "Line": {
        "costs": Key(_COSTS, "{2025-26: {salary: £31400}}"),
        "uplift": Key(
            "what each year without amounts adds to the year before: a percentage, or `inflation` for that of costing",
            "2.5%",
        ),
        "stated": Key("what the paper states, by year as the costs are", "{2025-26: {total: £34540}}"),
    },
    "Post": {
        "role": Key("its name, unlike that of any other post", "Outreach worker"),
        "pay": Key("what its costs are worked out from, for the years that give none", "{salary: £31400}"),
        "costs": Key(f"{_COSTS}; not below nothing", "{2025-26: {salary: £31400}}", "worked out from `pay`"),
    },
    "OtherCost": {"item": Key("what it is for, unlike that of any other cost", "Evaluation")},
    "FundingSource": {
        "source": Key("its name, unlike that of any other source", "Change fund"),
        "amount": Key("one amount for all, in the place of an amount for each heading", "£1,717,000"),
        "stated": Key("what the paper states of it", "{total: £543000}"),
    },
    "Payments": {
        "frequency": Key("how long a period is", "monthly"),
        "quarters": Key(
            "where periods begin: at the start of each year of the grant, or where those of the calendar or the "
            "financial year do",
            "financial",
        ),
        "share": Key("how a year is divided over periods that are not equally long", "days"),
        "timing": Key("invoiced the day after a period ends, or on its first day", "advance"),
        "basis": Key(
            "each year's cost is divided; the award is; or the stated payments are invoiced as they are", "award"
        ),
        "profile": Key(
            "with `basis: cost`, how a year's cost is divided over its periods: evenly, or by what is incurred in each "
            "as posts costed from pay begin, end and rise",
            "incurred",
        ),
        "rounding": Key("what instalments are rounded to, half up", "pounds"),
        "remainder": Key("where the odd penny or pound of a year goes", "spread"),
        "rate": Key("the share of the cost that the funder pays; the rest is match", "80%", "all of it"),
        "up_front": Key(
            "of all payments, and no more than of the award on the first day: paid at the start, and recovered from "
            "later payments in proportion; or so many payments invoiced on the first day",
            "2 payments",
        ),
        "retention": Key("held back of each payment until the end", "10%"),
        "final_payment": Key(
            "kept for the end: nothing more is paid once all but this is; not with `retention`", "15%"
        ),
        "carry_forward": Key("whether what a year's award leaves is added to the next one's", "yes"),
        "invoice": Key(
            "a rule that counts from the last day of the period; not with `timing: advance`",
            "5 working days",
            "the day after it",
        ),
        "claim_by": Key(
            "a rule that counts from the last day of the period",
            "end of the following month",
            "no last day for a claim",
        ),
        "payment_due": Key(
            "a rule that counts from the day of the invoice, or of the claim once it is made",
            "30 days",
            "no due date: none is invented",
        ),
        "final_claim": Key(
            "a rule that counts from the last day of the grant, for what is paid at the end",
            "3 months",
            "as `claim_by`",
        ),
        "bank_holidays": Key("whose bank holidays are no working days", "scotland"),
        "extra_days_off": Key("more days that are no working days", "[2025-12-24, 2025-12-31]"),
    },
    "Variation": {
        "date": Key("the day from which it counts", "2025-12-01"),
        "amount": Key("by how much the award changes, less than nothing to lower it", "£5,000"),
        "year": Key("a year of the grant whose own award changes too", "2026-27"),
        "reference": Key("the number of the letter", "Letter 2"),
        "reason": Key("why", "Pay award"),
    },
    "Reprofile": {
        "from": Key("the day from which on periods begin that have a new plan", "2026-04-01"),
        "amounts": Key(
            "one for each of those periods", "[£10000, £10000, £15000]", "what is left is divided over them"
        ),
        "reference": Key("the number of the letter", "Letter 3"),
        "reason": Key("why", "Late start"),
    },
    "PurchaseOrder": {
        "number": Key("its number", "PO 4471"),
        "amount": Key("what it is raised for", "£405,608"),
    },
    "Accepted": {
        "finding": Key("the code of the rule, or its name", "GC201"),
        "subject": Key(
            "the finding's message, as `check` prints it behind the code; or its beginning, up to a colon, comma or "
            "semicolon with a space behind it",
            '"2021-2022: grand total stated as £202,329"',
        ),
        "reason": Key("why it is accepted", "The signed paper is £1 out; the funder has been told"),
        "by": Key("who accepted it: a role", "Head of Finance"),
        "until": Key("the last day on which it is accepted; it ends with `--as-of` alone", "2026-03-31"),
    },
    "Claim": {
        "period": Key(
            "the number that `grantcalc invoices` gives it, `up front` or `final`",
            "1",
            "its dates under `from` and `to`",
        ),
        "from": Key("the first day of the period, in the place of its number", "2025-04-01"),
        "to": Key("the last day of the period, with `from`", "2025-06-30"),
        "figures": Key("whether the costs are final", "estimated"),
        "costs": Key("what the period cost, by heading", "{salary: £7850, overhead: £785}"),
        "posts": Key(
            "what each post came to, in the place of `costs`", "[{role: Outreach worker, costs: {salary: £7850}}]"
        ),
        "other_costs": Key(
            "what each other cost came to, with `posts`", "[{item: Evaluation, costs: {overhead: £1000}}]"
        ),
        "ledger": _LEDGER,
        "corrections": Key(
            "changes of earlier periods that this claim carries",
            "[{period: 1, heading: salary, amount: -£120, reason: Unpaid leave}]",
        ),
        "disallowed": Key("what the funder did not accept", "[{heading: overhead, amount: £90, reason: No receipt}]"),
        "amount": Key("what was asked for", "£8,635", "what the costs and the terms allow"),
        "claimed": Key("the day on which it was made", "2025-07-04", "a draft, unless it is paid"),
        "invoice": Key("the invoice's number", "INV-0417"),
        "certified_by": Key("the role that certified it", "Chief Finance Officer"),
        "paid": Key(
            "the day on which it was paid in full; or a list of `date`, `amount` and `reference`", "2025-07-31"
        ),
    },
    "_ClaimedLine": {
        "costs": Key("what it came to in the period, by heading", "{salary: £7850}"),
        "ledger": _LEDGER,
    },
    "ClaimedPost": {
        "role": Key("a role of the grant", "Outreach worker"),
        "costs": Key("what it came to in the period, by heading; not below nothing", "{salary: £7850}"),
    },
    "ClaimedCost": {"item": Key("an item of the grant", "Evaluation")},
    "Correction": {
        "period": Key("which period is corrected", "1"),
        "heading": Key("under which heading", "salary"),
        "amount": Key("what is added, less than nothing to give back", "-£120"),
        "reason": Key("why", "Unpaid leave in June"),
        "ledger": _LEDGER,
    },
    "Disallowed": {
        "heading": Key("under which heading", "overhead"),
        "amount": Key("what was not accepted", "£90"),
        "reason": Key("why", "No receipt"),
        "date": Key("the day on which the funder said so", "2025-09-30", "the day of the claim"),
    },
    "Receipt": {
        "date": Key("the day on which money came", "2025-07-31"),
        "amount": Key("how much", "£8,000", "the rest of the claim"),
        "reference": Key("what the payment is called", "BACS 7781"),
    },
    "Costing": {
        "pro_rata": Key("how a part year is reckoned", "days"),
        "headings": Key(
            "under which heading `salary`, `on_costs` and `overhead` stand",
            "{on_costs: salary}",
            "those of that name; on-costs with the salary if the grant has no heading `on-costs`",
        ),
        "scales": Key("pay scales: a list, or the name of a file beside the grant file that has one", "pay.yaml"),
        "pay_awards": Key("rises from a day on", "[{from: 2025-09-01, by: 4%}]"),
        "on_costs": Key("what the employer pays on top of pay", "{national_insurance: yes, pension: 18.5%}"),
        "national_insurance": Key(
            "rates of the file's own", "[{from: 2026-04-06, rate: 15%, threshold: £5000}]", "the rates of the law"
        ),
        "pensions": Key("what the employer pays into each scheme", "[{scheme: Example LGPS, rate: 18.5%}]"),
        "overhead": Key("what each post is charged for premises and services", "{per_fte: £3140}"),
        "inflation": Key("a percentage a year for each heading", "{overhead: 3%}"),
    },
    "ChargedTo": {
        "salary": Key("the heading of salaries and allowances", "staff", "`salary`"),
        "on_costs": Key("the heading of on-costs", "staff", "`on-costs`, or that of salaries"),
        "overhead": Key("the heading of overheads", "premises", "`overhead`"),
    },
    "Terms": {
        "salary": Key("a year's pay for full-time work", "£31,400"),
        "as_at": Key(
            "the day as at which the salary or the point is given", "2025-04-01", "the first day of the grant's years"
        ),
        "spine": Key("in the place of `salary`, `scale` and `point` of a pay scale", "{scale: Officers, point: 20}"),
        "increments": Key(
            "the day from which pay goes up a point each year, to the top of the scale; or `from` with `to`, the last "
            "point; with a salary, `from` and `by`",
            "2026-04-01",
        ),
        "fte": Key("the share of full-time work of one person, such as `0.8` or `80%`", "0.8", "`1`"),
        "starts": Key("the first day in post", "2025-05-15", "the first day of the grant's years"),
        "ends": Key("the last day in post", "2026-01-31", "the last day of the grant's years"),
        "vacant": Key(
            "days on which nobody is in post: `from` and `to`, both included; or a list of these",
            "{from: 2026-01-09, to: 2026-02-19}",
        ),
    },
    "Pay": {
        "people": Key(
            "how many people on these terms; or a list, each with what differs: `fte`, `starts`, `ends`, `vacant`, "
            "`as_at`, `salary`, `spine`, `increments`",
            "2",
            "`1`",
        ),
        "pay_awards": Key("rises from a day on", "[{from: 2025-09-01, by: £1900}]", "those of the grant"),
        "allowances": Key(
            "what is paid beside the salary", "[{allowance: Area allowance, amount: £1000, pensionable: no}]"
        ),
        "includes": Key("what the salary has in it: nothing is added", "on-costs"),
        "on_costs": Key("what the employer pays on top", "{national_insurance: yes}", "those of the grant"),
        "overhead": Key("what the post is charged for premises and services", "{flat: £1500}", "that of the grant"),
        "pro_rata": Key("how a part year is reckoned", "police", "that of the grant"),
    },
    "PayAward": {
        "from": Key("the day from which it costs", "2025-09-01"),
        "by": Key("a percentage, or an amount a year for full-time work", "4%"),
        "scale": Key("keeps it to the posts on this scale", "Officers", "all posts"),
        "treatment": Key("`absorbed` if the recipient bears it and the grant is not charged", "absorbed"),
    },
    "ScaleTable": {
        "scale": Key("its name", "Officers"),
        "from": Key("the day from which it holds, with all pay awards up to it", "2021-04-01"),
        "points": Key("pay for a full-time year by point, lowest first", "{20: £25000, 21: £25600}"),
    },
    "Spine": {"scale": Key("the name of a scale", "Officers"), "point": Key("a point of it", "20")},
    "Increments": {
        "from": Key("the day of the first rise, and of one in every later year", "2026-04-01"),
        "by": Key(
            "with a salary: a percentage, or an amount a year for full-time work", "£600", "a point of the scale"
        ),
        "to": Key("the last point", "22", "the top of the scale"),
    },
    "Absence": {
        "from": Key("the first day on which nobody is in post", "2026-01-09"),
        "to": Key("the last day on which nobody is in post", "2026-02-19"),
    },
    "Allowance": {
        "allowance": Key("its name", "Area allowance"),
        "amount": Key("an amount a year for full-time work, or a percentage of the salary", "£1,000"),
        "pensionable": Key("whether pensions are paid on it", "no"),
        "by_fte": Key("`no` if part-timers have it whole", "no"),
    },
    "OnCosts": {
        "national_insurance": Key("whether employer's National Insurance is paid", "yes"),
        "pension": Key("a percentage of pensionable pay, or the name of a scheme under `pensions`", "18.5%"),
        "apprenticeship_levy": Key("whether the apprenticeship levy is paid", "yes"),
    },
    "NationalInsurance": {
        "from": Key("the day from which it holds", "2026-04-06"),
        "rate": Key("a percentage of earnings above the threshold", "15%"),
        "threshold": Key("an amount a year for each person", "£5,000"),
        "source": _SOURCE,
    },
    "PensionRate": {
        "scheme": Key("the name of the scheme", "Example LGPS"),
        "from": Key("the day from which it holds", "2025-04-01", "from the beginning"),
        "rate": Key("a percentage of pensionable pay", "18.5%"),
        "source": _SOURCE,
    },
    "Overhead": {
        "flat": Key(
            "an amount a year, whatever the FTE and the dates; a year of the grant that is not twelve months has its "
            "share",
            "£8,723",
        ),
        "rate": Key("a percentage of its `base`; `overhead: 15%` is short for it", "15%"),
        "per_fte": Key("an amount a year for each full-time equivalent, for the days in post", "£3,140"),
        "base": Key("what a rate is charged on; `pay` is with allowances", "pay", "`salary`"),
        "excluding": Key(
            "what a rate is not charged on: allowances by name, `allowance` for all of them, `national insurance`, "
            "`pension`, `apprenticeship levy`",
            "[Area allowance]",
        ),
    },
}
"""The keys of each record, by the record's name."""


def keys_of(record: type[Record]) -> Mapping[str, Key]:
    """The keys of a record, as a file spells them, in the order of the model."""
    described = [KEYS[known.__name__] for known in record.__mro__ if known.__name__ in KEYS]
    names = [field.alias or name for name, field in record.model_fields.items() if field.alias != ""]
    return {name: next(keys[name] for keys in described if name in keys) for name in names}


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The values that a key may have, its default first; empty where they are not to be counted."""
    listed = next(
        (each for each in (field.annotation, *get_args(field.annotation)) if get_origin(each) is Literal), None
    )
    return tuple(sorted(map(str, get_args(listed)), key=lambda choice: choice != field.default))
