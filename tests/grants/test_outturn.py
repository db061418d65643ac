"""The outturn statement: both its lists make one total, and it says what it lacks."""

from __future__ import annotations

from decimal import Decimal

from grantcalc.grants.outturn import CORRECTIONS, DISALLOWED, NOT_BY_POST, Outturn, outturn
from grantcalc.money import add
from grantcalc.report.outturn_sheets import outturn_lines
from tests.grant_files import EXAMPLES, account_of

CLAIMED = (EXAMPLES / "marsoc-claims.yaml").read_text(encoding="utf-8")

YEAR = """\
grant: Example
award: £1,200
years: [2025-26, 2026-27]
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £400
        overhead: £200
      2026-27:
        salary: £400
        overhead: £200
other_costs:
  - item: Fees
    costs:
      2025-26:
        overhead: £0
      2026-27:
        overhead: £0
payments:
  frequency: half-yearly
claims:
  - period: 1
    posts:
      - role: Officer
        costs:
          salary: £190
          overhead: £100
    claimed: 2025-10-01
    paid: 2025-11-01
  - period: 2
    costs:
      salary: £205
      overhead: £95
    corrections:
      - period: 1
        heading: salary
        amount: £7.50
        reason: Overtime
    disallowed:
      - heading: overhead
        amount: £20
        reason: Lunch
    claimed: 2026-04-02
"""


def _closed(text: str, year: str = "") -> Outturn:
    return outturn(account_of(text), year)


def _actual(statement: Outturn) -> dict[str, Decimal]:
    return {line.name: line.actual for line in (*statement.headings, *statement.lines)}


def test_headings_and_lines_make_one_total() -> None:
    for text, year in ((YEAR, "2025-26"), (YEAR, ""), (CLAIMED, "2021-2022"), (CLAIMED, "")):
        statement = _closed(text, year)
        for lines in (statement.headings, statement.lines):
            assert add(line.actual for line in lines) == statement.total.actual
            assert add(line.budget for line in lines) == statement.total.budget


def test_what_claims_do_not_give_by_post_has_lines_of_its_own() -> None:
    actual = _actual(_closed(YEAR, "2025-26"))
    assert actual == {
        "salary": Decimal("402.50"),  # 190 + 205 + 7.50
        "overhead": 175,  # 100 + 95 - 20
        "Officer": 290,
        "Fees": 0,
        NOT_BY_POST: 300,
        DISALLOWED: -20,
        CORRECTIONS: Decimal("7.50"),
    }


def test_a_year_that_is_claimed_by_actual_figures_is_final() -> None:
    statement = _closed(YEAR, "2025-26")
    assert statement.is_final
    # Claimed and accepted 290 + (300 + 7.50 - 20) of the £600 planned for the year; the second claim is not paid.
    assert (statement.award, statement.earned, statement.claimed) == (600, Decimal("577.50"), Decimal("577.50"))
    assert (statement.received, statement.underspend) == (290, Decimal("22.50"))
    assert statement.total.variance == Decimal("-22.50")


def test_a_statement_says_what_it_lacks() -> None:
    assert _closed(YEAR, "2026-27").unclaimed == (3, 4)
    estimated = _closed(YEAR.replace("  - period: 2\n", "  - period: 2\n    figures: estimated\n"), "2025-26")
    assert (estimated.estimated, estimated.is_final) == ((2,), False)


def test_what_is_held_back_is_no_underspend() -> None:
    text = YEAR[: YEAR.index("claims:")].replace("half-yearly", "yearly\n  retention: 10%")
    text += "claims:\n  - period: 1\n    costs:\n      salary: £400\n      overhead: £200\n    claimed: 2026-04-02\n"
    statement = _closed(text, "2025-26")
    assert (statement.earned, statement.claimed) == (600, 540)
    assert (statement.underspend, statement.not_yet_claimed) == (0, 60)


def test_a_claim_that_does_not_say_what_its_period_cost_leaves_a_statement_unfinished() -> None:
    text = YEAR[: YEAR.index("claims:")].replace("half-yearly", "yearly\n  basis: award")
    text += "claims:\n  - period: 1\n    claimed: 2026-04-02\n"
    statement = _closed(text, "2025-26")
    assert (statement.without_costs, statement.is_final, statement.claimed) == ((1,), False, 600)


def test_an_estimate_that_was_corrected_is_final() -> None:
    text = YEAR.replace("  - period: 1\n    posts", "  - period: 1\n    figures: estimated\n    posts")
    assert _closed(text, "2025-26").estimated == ()


def test_each_cost_of_a_period_in_two_years_goes_to_the_year_that_planned_it() -> None:
    text = YEAR[: YEAR.index("claims:")].replace("half-yearly", "yearly\n  quarters: calendar")
    text = text.replace("      2026-27:\n        overhead: £0\n", "      2026-27:\n        overhead: £300\n")
    # Fees are planned in 2026-27 alone: £225 of them fall into the calendar year 2026, and none of 2025-26.
    text += "claims:\n  - period: 2\n    other_costs:\n      - item: Fees\n        costs:\n          overhead: £225\n"
    text += "    claimed: 2027-01-02\n"
    assert _actual(_closed(text, "2025-26"))["Fees"] == 0
    assert _actual(_closed(text, "2026-27"))["Fees"] == 225


def test_drafts_are_left_out() -> None:
    # The second claim of the example has no date, and carries a correction of the first.
    assert _closed(CLAIMED, "2021-2022").total.actual == Decimal("48972.90")
    assert _closed(CLAIMED, "2021-2022").unclaimed == (2, 3, 4)


def test_a_period_in_two_years_is_shared_as_it_was_planned() -> None:
    text = YEAR.replace("half-yearly", "yearly\n  quarters: calendar").replace(
        "posts:\n      - role", "posts:\n      - role"
    )
    first, second, whole = (_closed(text, year) for year in ("2025-26", "2026-27", ""))
    # Claim 2 is for the calendar year 2026, a quarter of which lies in 2025-26.
    assert first.total.actual + second.total.actual == whole.total.actual == Decimal("577.50")
    assert first.claimed + second.claimed == whole.claimed
    for statement in (first, second):
        assert add(line.actual for line in statement.lines) == statement.total.actual


def test_what_was_claimed_before_it_was_earned_is_not_called_unclaimed() -> None:
    text = YEAR[: YEAR.index("claims:")] + "  up_front: £240\nclaims:\n  - period: up front\n    claimed: 2025-04-01\n"
    # A fifth of the award is paid before any cost: £120 of it for the first year, of which no period is claimed.
    (said,) = [line[1:] for line in outturn_lines(_closed(text, "2025-26")) if line[0] == "not_yet_claimed"]
    assert said == ("Earned less claimed: claimed ahead", -120)
