"""A paper held against a grant file: what names the same thing is compared, and the rest is listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grantcalc.grants.account import account_for
from grantcalc.grants.load import load_grant
from grantcalc.papers.against import compare
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.sentences.prose import running_text
from grantcalc.rules.against import DIFFERS_FROM_GRANT, NOT_IN_GRANT, RULES, check
from grantcalc.rules.expected import expected_of, periods_of

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


def differences(text: str) -> list[str]:
    return [f.message for f in findings(text) if f.rule is DIFFERS_FROM_GRANT]


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
    assert differences(text) == ["award: the paper states £78,380, the grant file makes £78,830"]


def test_a_figure_agrees_as_precisely_as_it_is_printed() -> None:
    assert differences("The award is £78.8k, or £0.079m.") == []


def test_another_year_is_not_compared() -> None:
    assert differences("The award is £78,830. The analyst's salary for 2026-27 is £43,000.") == []


def test_what_cannot_be_matched_is_listed() -> None:
    notes = [f for f in findings("The award is £78,830. The room costs £900.") if f.rule is NOT_IN_GRANT]
    assert notes[0].message == "1 figure agrees with the grant file; 1 could not be matched with it"
    assert [note.message for note in notes[0].notes] == ["paper: room costs £900"]
    assert "grant: Analyst, 2025-26 salary £41,210" in [note.message for note in notes[1].notes]


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
