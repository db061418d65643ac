"""A paper held against a grant file: what names the same thing is compared, and the rest is listed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grantcalc.grants.account import account_for
from grantcalc.grants.load import load_grant
from grantcalc.papers.against import compare
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.sentences.prose import running_text
from grantcalc.report.formats import invoice_text, summary_text
from grantcalc.report.medium import Medium
from grantcalc.results.schedule import InvoiceSchedule
from grantcalc.rules.against import DIFFERS_FROM_GRANT, NOT_IN_GRANT, RULES, check
from grantcalc.rules.expected import expected_of, periods_of
from grantcalc.workflow import schedule, summarise

if TYPE_CHECKING:
    from grantcalc.findings import Finding, Rule

GRANT = """\
grant: Two posts
award: £78,830
years: [2025-26]
posts:
  - role: Analyst
    costs:
      2025-26:
        salary: £41,210
        overhead: £6,180
  - role: Clerk
    costs:
      2025-26:
        salary: £27,340
        overhead: £4,100
"""


def findings(text: str, grant: str = GRANT) -> tuple[Finding, ...]:
    loaded = load_grant(grant).grant
    assert loaded is not None
    paper = read_text(text)
    account = account_for(loaded)
    return check(compare(paper, running_text(paper), expected_of(account), periods_of(account)))


def differences(text: str, grant: str = GRANT) -> list[str]:
    return [f.message for f in findings(text, grant) if f.rule is DIFFERS_FROM_GRANT]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_finds_its_failing_example_and_not_its_passing_one(rule: Rule) -> None:
    assert {f.rule for f in findings(rule.fails)} == {rule}
    assert findings(rule.passes) == ()


def test_a_cell_is_compared_by_its_row_its_column_and_its_year() -> None:
    text = """\
| Role    | Salary 2025-26 | Overhead 2025-26 |
|---------|----------------|------------------|
| Analyst | £42,210        | £6,180           |
| Clerk   | £27,340        | £4,100           |
"""
    assert differences(text) == ["Analyst, 2025-26 salary: the paper states £42,210, the grant file makes £41,210"]


def test_totals_payments_and_the_award_are_compared_in_sentences() -> None:
    text = """\
The award is £78,380. The grand total for 2025-26 is £78,830, and each quarterly payment is £19,707.50.
"""
    assert differences(text) == ["award: the paper states £78,380, the grant file states £78,830"]


def test_a_figure_agrees_as_precisely_as_it_is_printed() -> None:
    assert differences("The award is £78.8k, or £0.079m.") == []


def test_another_year_is_not_compared() -> None:
    assert differences("The award is £78,830. The analyst's salary for 2026-27 is £43,000.") == []


def test_what_cannot_be_matched_is_listed() -> None:
    notes = [f for f in findings("The award is £78,830. The room costs £900.") if f.rule is NOT_IN_GRANT]
    assert notes[0].message == "1 figure agrees with the grant file; 1 could not be matched with it"
    assert [note.message for note in notes[0].notes] == ["paper: room costs £900"]
    assert "grant: Analyst, 2025-26 salary £41,210" in [note.message for note in notes[1].notes]


NAVIGATOR = """\
grant: Navigator pilot
award: £289,500
starts: 2025-04-01
ends: 2027-03-31
years: [2025-26, 2026-27]
posts:
  - role: Navigator
    costs:
      2025-26: {salary: "£31,410.25", overhead: "£4,480.28"}
      2026-27: {salary: "£32,410.25", overhead: "£4,580.28"}
  - role: Manager
    costs:
      2025-26: {salary: "£91,410.25", overhead: "£14,480.28"}
      2026-27: {salary: "£92,410.25", overhead: "£19,614.26"}
"""
"""Payments of £35,445.27 with an odd penny, then three of £37,253.76 and one that the award cuts."""

RETAINED = NAVIGATOR + "payments: {retention: 5%}\n"


@pytest.mark.parametrize(
    "text",
    [
        "In 2026-27 the quarterly payment is £37,235.76.",
        "In 2026-27 each quarter is paid with an instalment of £37,235.76.",
        "We pay £37,235.76 a quarter in 2026-27.",
        "| | Total 2026-27 |\n|---|---|\n| Grand total | £149,015.04 |\n| Quarterly payment | £37,235.76 |\n",
        "| Quarter | Payment |\n|---|---|\n| First, 2026-27 | £37,253.76 |\n| Second, 2026-27 | £37,235.76 |\n",
    ],
)
def test_a_payment_is_held_against_each_of_its_year_where_they_are_not_all_equal(text: str) -> None:
    said = "the payments of the grant file are £37,253.76 (1–3) and £35,957.66 (4)"
    assert differences(text, NAVIGATOR) == [f"2026-27 payment: the paper states £37,235.76, {said}"]
    assert differences(text.replace("£37,235.76", "£37,253.76"), NAVIGATOR) == []
    assert differences(text.replace("£37,235.76", "£35,957.66"), NAVIGATOR) == []


def test_a_payment_without_a_year_is_held_against_all() -> None:
    (said,) = differences("It is paid in quarterly payments of £37,235.76.", NAVIGATOR)
    assert said.startswith("payment: the paper states £37,235.76, the payments of the grant file are £35,445.27 (1–3)")
    assert differences("It is paid in quarterly payments of £35,445.25.", NAVIGATOR) == []


def test_payments_after_and_before_what_is_held_back_agree() -> None:
    text = "In 2025-26 the quarterly payment is £35,445.27, or £33,673.01 after what is held back."
    assert differences(text, RETAINED) == []
    assert "final payment £" in " ".join(note.message for found in findings(text, RETAINED) for note in found.notes)
    assert "2025-26 payment £7" not in " ".join(
        note.message for found in findings(text, RETAINED) for note in found.notes
    )


@pytest.mark.parametrize(
    "text",
    [
        "Payments of £500 are made to each volunteer.",
        "| Item | Cost |\n|---|---|\n| Payments to volunteers | £4,000 |\n| Room | £900 |\n",
        "The room is £500 a month.",
    ],
)
def test_payments_for_something_else_are_not_the_grants(text: str) -> None:
    assert differences(text, NAVIGATOR) == []


def test_the_schedule_of_invoices_is_held_against_the_grant_by_the_numbers_of_its_invoices() -> None:
    text = """\
| No | Year | From | To | Amount | Cumulative | Remaining |
| ---: | --- | --- | --- | ---: | ---: | ---: |
| 1 | 2025-26 | 1 April 2025 | 30 June 2025 | £35,445.27 | £35,445.27 | £254,054.73 |
| 2 | 2025-26 | 1 July 2025 | 30 September 2025 | £35,445.27 | £70,890.54 | £218,609.46 |
"""
    notes = [f.message for f in findings(text, NAVIGATOR)]
    assert notes[0].endswith("of the grant file not found in the paper")
    wrong = text.replace("£70,890.54", "£70,980.54")
    (said,) = differences(wrong, NAVIGATOR)
    assert said == "cumulative amount at payment 2: the paper states £70,980.54, the grant file makes £70,890.54"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The total cost of the grant is £290,976.10.",
            "all years: grand total: the paper states £290,976.10, the grant file makes £290,796.10",
        ),
        (
            "The post of Navigator costs £35,980.53 in 2025-26.",
            "Navigator, 2025-26 total: the paper states £35,980.53, the grant file makes £35,890.53",
        ),
    ],
)
def test_what_the_grant_and_a_post_cost_is_compared_in_sentences(text: str, said: str) -> None:
    wrong, right = re.findall(r"£[0-9,.]+[0-9]", said)
    assert differences(text, NAVIGATOR) == [said]
    assert not [f for f in findings(text.replace(wrong, right), NAVIGATOR) if f.at]


def test_a_cost_is_the_grants_where_the_amount_says_so_and_else_not_matched() -> None:
    assert [f.at for f in findings("We ask for the cost of £290,796.10.", NAVIGATOR) if f.at] == []
    assert differences("The cost of the hall is £280,000. It costs £900.", NAVIGATOR) == []


def test_what_the_paper_leaves_out_is_listed_whole_without_invoices_that_do_not_exist() -> None:
    (note,) = [f for f in findings("The award is £289,500.", NAVIGATOR) if f.rule is NOT_IN_GRANT]
    named = [each.message for each in note.notes]
    assert "grant: all years: grand total £290,796.10" in named
    assert "grant: Navigator, 2025-26 total £35,890.53" in named
    assert "grant: 2026-27 payment £37,253.76 (1–3) and £35,957.66 (4)" in named
    assert not any("at payment" in each for each in named)


@pytest.mark.parametrize("grant", [NAVIGATOR, RETAINED], ids=["award reached", "retention"])
def test_the_own_summary_and_schedule_agree_and_a_changed_payment_in_them_does_not(grant: str, tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(grant, encoding="utf-8")
    summary = summary_text(summarise([str(path)]).grants, "markdown", Medium())
    planned, _ = schedule(str(path))
    assert isinstance(planned, InvoiceSchedule)
    for text in (summary, invoice_text(planned, "markdown", Medium())):
        assert not [found.message for found in findings(text, grant) if found.at is not None]
    rows = [line for line in summary.splitlines() if "payment" in line]
    assert len(rows) > 3
    for row in rows:
        (stated,) = re.findall(r"£[0-9,.]+", row)
        other = stated.replace("4", "9").replace("3", "8")
        assert len(differences(summary.replace(row, row.replace(stated, other)), grant)) == 1


def test_what_the_terms_take_off_an_invoice_is_held_against_the_grant(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(RETAINED, encoding="utf-8")
    planned, _ = schedule(str(path))
    assert isinstance(planned, InvoiceSchedule)
    text = invoice_text(planned, "markdown", Medium())
    row = "| 4 | £35,445.25 | -£1,772.26 | £33,672.99 |"
    assert row in text
    assert differences(text.replace(row, row.replace("1,772", "1,727")), RETAINED) == [
        "held back of payment 4: the paper states -£1,727.26, the grant file makes -£1,772.26"
    ]


def test_the_example_paper_is_two_pounds_short_of_the_example_grant() -> None:
    examples = Path(__file__).parents[2] / "examples"
    found = findings(
        (examples / "marsoc-paper.md").read_text(encoding="utf-8"),
        (examples / "marsoc.yaml").read_text(encoding="utf-8"),
    )
    assert [f.message for f in found if f.rule is DIFFERS_FROM_GRANT] == [
        "2021-2022 grand total: the paper states £202,329, the grant file makes £202,330",
        "2022-2023 grand total: the paper states £203,279, the grant file makes £203,280",
    ]
    assert not [f for f in found if f.at is not None and f.rule is NOT_IN_GRANT]


@pytest.mark.parametrize(
    "text",
    [
        "The posts run from 1 April 2025 to 31 March 2026.",
        "The posts run from 1st April 2025\nuntil 31st March 2026.",
        "The committee met on 4 May 2025 and again on 6 June 2025.",
        "The offer stands until 31 February 2026 to 30 June 2026.",
    ],
)
def test_the_period_of_the_grant_and_single_dates_are_no_finding(text: str) -> None:
    assert "GC703" not in {f.rule.code for f in findings(text)}


def test_another_period_is_told_where_it_stands() -> None:
    (found,) = [f for f in findings("Award.\n\nIt runs from 1 May 2025 to\n31 March 2026.") if f.rule.code == "GC703"]
    assert found.message.startswith("1 May 2025 to 31 March 2026: neither the funding period")
    assert (found.at.line, found.at.column) == (3, 14)  # type: ignore[union-attr]


HEADINGS = """\
grant: Two kinds of cost
years: [2031-32, 2032-33]
headings: [staff, training and travel]
other_costs:
  - item: Outreach
    costs:
      2031-32: {staff: "£331,250", training and travel: "£22,750"}
      2032-33: {staff: "£344,500", training and travel: "£23,500"}
"""
BY_HEADING = """\
| | 2031-32 | 2032-33 |
|---|---|---|
| Staff | £331,250 | £344,500 |
| Training and travel | £22,750 | £23,500 |
| Total | £354,000 | £368,000 |
"""


def unmatched(text: str, grant: str) -> list[str]:
    found = [each for each in findings(text, grant) if each.rule is NOT_IN_GRANT]
    return [note.message for each in found for note in each.notes if note.message.startswith("paper: ")]


def test_a_row_that_is_named_as_a_heading_alone_is_its_total() -> None:
    assert differences(BY_HEADING, HEADINGS) == []
    assert unmatched(BY_HEADING, HEADINGS) == []


def test_a_slip_in_a_row_that_is_named_as_a_heading_is_found() -> None:
    (found,) = differences(BY_HEADING.replace("£22,750", "£27,250"), HEADINGS)
    assert found == "2031-32 training and travel total: the paper states £27,250, the grant file makes £22,750"


def test_a_row_that_is_named_as_a_heading_and_far_from_it_may_be_of_one_post() -> None:
    text = BY_HEADING.replace("£22,750", "£4,100")
    assert differences(text, HEADINGS) == []
    assert unmatched(text, HEADINGS) == ["paper: Training and travel 2031-32 £4,100"]


@pytest.mark.parametrize(("second", "expected"), [("£92,000", 0), ("£88,500", 1)])
@pytest.mark.parametrize(
    "text",
    [
        "It is paid as four payments of £88,500 in 2031-32 and four payments of {} in 2032-33.",
        "It is paid as four payments of £88,500 for the year 2031-32, four payments of {} in 2032-33 and a report.",
        "Payments are £88,500 a quarter in 2031-32 and {} a quarter in 2032-33.",
    ],
)
def test_a_year_right_behind_an_amount_is_its_own(text: str, second: str, expected: int) -> None:
    assert len(differences(text.format(second), HEADINGS)) == expected


def test_the_amount_of_another_year_is_found_where_the_year_stands_behind_it() -> None:
    text = "The total cost is £354,000 in 2031-32. The total cost is £354,000 in 2032-33."
    (found,) = differences(text, HEADINGS)
    assert found == "2032-33 grand total: the paper states £354,000, the grant file makes £368,000"


def test_an_amount_of_the_year_before_that_a_change_starts_from_is_right() -> None:
    assert differences("In 2032-33 the total cost rises from £354,000 to £368,000.", HEADINGS) == []
