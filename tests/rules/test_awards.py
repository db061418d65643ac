"""Awards that cover only a share of the costs, that are cut or varied, and that only rounding explains."""

from __future__ import annotations

from tests.claim_files import CLAIMED, claim, said, with_claims
from tests.grant_files import SMALL, found

SHARED = """\
grant: Example
award: £70,000
years:
  - year: 2025-26
    stated:
      total: £100,000
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £100,000
funding:
  - source: Home Office grant
    amount: £70,000
  - source: Council reserves
    amount: £30,000
"""


def test_a_cost_over_the_award_that_others_fund_is_a_note() -> None:
    told = {one.code: (one.severity, one.message) for one in found(SHARED)}
    assert told["GC501"] == (
        "note",
        "the costs make £100,000, £30,000 more than the award of £70,000, which others fund",
    )
    assert "GC502" not in told
    assert "GC205" not in told


def test_a_cost_over_the_award_that_others_do_not_cover_is_an_error() -> None:
    told = {one.code: one.severity for one in found(SHARED.replace("£30,000", "£29,000"))}
    assert (told["GC501"], told["GC503"]) == ("error", "error")


def test_a_cost_over_the_awards_of_the_years_is_said_of_them() -> None:
    text = SMALL.replace("years: [2025-26]", "years:\n  - year: 2025-26\n    award: £10,000")
    told = {one.code: one.message for one in found(text)}
    assert told["GC501"] == "the costs make £30,000, £20,000 over the awards of the years, £10,000"


def test_a_share_of_the_cost_over_the_award_is_said_with_its_rate() -> None:
    told = {one.code: one for one in found(f"award: £10,000\npayments:\n  rate: 50%\n{SMALL}")}
    assert told["GC501"].message == "50% of the costs of £30,000 makes £15,000, £5,000 over the award of £10,000"
    assert told["GC501"].notes[0] == "working: the costs are £30,000"


def test_costs_are_held_against_the_award_with_its_variations() -> None:
    varied = f"award: £29,000\n{SMALL}variations:\n  - date: 2025-12-01\n    amount: {{}}\n"
    told = {one.code: one.message for one in found(varied.format("£1,500"))}
    assert told["GC504"] == "the costs make £30,000, £500 less than the award of £30,500 (£29,000 before variations)"
    told = {one.code: one.message for one in found(varied.format("-£1,500"))}
    assert told["GC501"] == "the costs make £30,000, £2,500 over the award of £27,500 (£29,000 before variations)"


def test_the_award_of_a_financial_year_that_cuts_payments_is_named() -> None:
    told = {one.code: one for one in found(f"{SMALL}award_by_financial_year:\n  2025-26: £10,000\n")}
    assert told["GC304"].message == (
        "payment 2 is cut by £5,000 to £2,500, and the 2 payments after it to nothing: "
        "the award of the financial year 2025-26 is used up"
    )
    assert told["GC304"].marked == "award_by_financial_year"


def test_awards_of_financial_years_are_not_held_against_years_without_dates() -> None:
    text = SMALL.replace("2025-26", "Year 1") + "award_by_financial_year:\n  2025-26: £10,000\n"
    assert [one.code for one in found(text)] == ["GC407"]


def test_a_variation_of_no_award_is_a_warning() -> None:
    (one,) = found(f"{SMALL}variations:\n  - amount: £1,000\n    date: 2025-07-01\n")
    assert (one.code, one.severity, one.marked) == ("GC508", "warning", "amount")
    assert one.message == "a variation of £1,000 changes an award that is not given"


def test_variations_that_take_more_than_the_award_are_an_error() -> None:
    text = f"award: £40,000\n{SMALL}variations:\n  - amount: -£50,000\n    date: 2025-07-01\n"
    told = {one.code: one for one in found(text)}
    assert (told["GC508"].severity, told["GC508"].marked) == ("error", "variations")
    assert told["GC508"].message == "the variations take the award to -£10,000"
    over = "the costs make £30,000, £40,000 over the award of -£10,000 (£40,000 before variations)"
    assert told["GC501"].message == over


# What the figures of a paper can have been before they were rounded, and what is left if the award is exact.
ROUNDED_YEARS = """\
costs_rounded_to: pounds
grant: Example
award: £31
years:
  - year: 2025-26
    stated:
      total: £10
  - year: 2026-27
    stated:
      total: £20
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £5
      2026-27:
        salary: £10
  - role: Analyst
    costs:
      2025-26:
        salary: £5
      2026-27:
        salary: £10
"""


def _as_paper(text: str) -> tuple[str, ...]:
    (notes,) = [one.notes for one in found(text) if one.code == "GC205"]
    return notes


def test_an_award_that_only_halves_of_a_pound_explain_is_hard_to_believe() -> None:
    assert _as_paper(ROUNDED_YEARS) == (
        "needed: 2025-26 grand total is £10.00 to £10.50, rounded down",
        "needed: 2026-27 grand total is £20.00 to £20.50, rounded down",
        (
            "award: if it is exactly £31.00, as an offer is, only one solution is left: 2025-26 grand total £10.50 and "
            "2026-27 grand total £20.50; all two end in exactly 50p, which is possible, and hard to believe"
        ),
        (
            "changes: exactly as printed, rounded payments aside, the only repair by one change is award to £30; "
            "the award is the funder's to change"
        ),
        "changes: if the award stands, two figures must change, in 4 ways: the figures cannot say which",
    )


def test_a_single_figure_that_the_award_settles_is_named() -> None:
    text = f"costs_rounded_to: pounds\naward: £30,000.50\n{SMALL}"
    text = text.replace("years: [2025-26]", "years:\n  - year: 2025-26\n    stated:\n      total: £30,000")
    assert _as_paper(text)[:2] == (
        "needed: 2025-26 grand total is £30,000.50, rounded down",
        (
            "award: if it is exactly £30,000.50, as an offer is, only one solution is left: "
            "2025-26 grand total £30,000.50"
        ),
    )


def test_figures_of_the_whole_grant_are_named_as_such() -> None:
    text = ROUNDED_YEARS.removeprefix("costs_rounded_to: pounds\n").replace("£31", "£40")
    assert _as_paper(f"{text}stated:\n  total: £31\n  salary: £31\n")[2:4] == (
        "needed: grand total is £30.50 to £31.00, rounded up",
        "needed: salary total is £30.50 to £31.00, rounded up",
    )


def test_a_figure_of_a_post_is_named_with_it() -> None:
    text = ROUNDED_YEARS.replace("£31", "£30")
    stated = text.replace("    costs:\n", "    stated:\n      2025-26:\n        total: £6\n    costs:\n", 1)
    assert "needed: Officer, 2025-26 stated total is £5.50, rounded up" in _as_paper(stated)
    assert _as_paper(stated)[-1].endswith("the only repair by one change is Officer, 2025-26 stated total to £5")


YEARS = """\
grant: Example
award: {}
years:
  - year: 2025-26
    award: {}
  - year: 2026-27
    award: {}
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £500
      2026-27:
        salary: £600
"""


def _cuts(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.message, one.notes, one.marked) for one in found(text) if one.code == "GC304"]


def test_each_award_of_a_year_that_cuts_payments_is_told_with_what_it_cuts() -> None:
    assert _cuts(YEARS.format("£900", "£400", "£500")) == [
        (
            "payment 4 is cut by £100 to £25: the award of 2025-26 is used up",
            ("working: the payments would come to £100 more than the award of 2025-26",),
            "£400",
        ),
        (
            "payment 8 is cut by £100 to £50: the award of 2026-27 is used up",
            ("working: the payments would come to £100 more than the award of 2026-27",),
            "£500",
        ),
    ]


def test_the_award_of_the_whole_grant_is_told_where_it_cuts_though_the_year_has_room() -> None:
    text = YEARS.format("£1,000", "£600", "£600")
    working = "working: the payments would come to £100 more than the award"
    assert _cuts(text) == [("payment 8 is cut by £100 to £50: the award is used up", (working,), "£1,000")]
    claimed = with_claims(text, claim(1, "£500", CLAIMED[0]), claim(5, "£600", "2026-07-03"))
    message = "claim 5 costs the funder £100 more than the award leaves; it comes to £500"
    assert ("GC316", "warning", message) in said(claimed)


def test_what_a_variation_lets_be_paid_later_is_no_more_than_the_award() -> None:
    text = f"award: £10,000\n{SMALL}variations:\n  - date: 2026-03-01\n    amount: £20,000\n"
    message = "payment 2 is cut by £5,000 to £2,500, and the payment after it to nothing: the award is used up"
    note = "working: what is cut is paid later, when a variation has raised the award"
    assert _cuts(text) == [(message, (note,), "£10,000")]


def test_a_single_stated_year_needs_no_working_to_differ_from_the_award() -> None:
    text = SMALL.replace("years: [2025-26]", "years:\n  - year: 2025-26\n    stated:\n      total: £30,000")
    told = {one.code: one for one in found(f"award: £29,000\n{text}")}
    assert told["GC502"].notes == ("rounding: the allowance is £0.50",)
