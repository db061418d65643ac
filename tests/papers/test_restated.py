"""The same thing said twice, and things that merely look the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.numbers.keyboard import differ_by_a_slip

if TYPE_CHECKING:
    from pathlib import Path


def restated(text: str) -> list[tuple[str, str]]:
    return [(r.first.text, r.second.text) for r in gather(read_text(text)).restatements]


def test_summary_and_recommendation_must_agree() -> None:
    text = """\
The victim support grant of £275,592 for 2025-26 is offered by the ministry.

It is recommended to accept the victim support grant of £275,952 for 2025-26.
"""
    assert restated(text) == [("£275,592", "£275,952")]


def test_text_and_table_must_agree() -> None:
    text = """\
The helpline contract costs £48,315.

| Item              | Cost    |
|-------------------|---------|
| Helpline contract | £43,815 |
| Premises          | £12,000 |
| Total             | £55,815 |
"""
    assert restated(text) == [("£43,815", "£48,315")]


@pytest.mark.parametrize(
    "text",
    [
        # Another precision of the same amount.
        "The capital cost is £0.543m.\n\nThe estimated capital cost is £543,000.\n",
        # Another year.
        "The training grant for 2024-25 is £41,310.\n\nThe training grant for 2025-26 is £41,130.\n",
        # Another day.
        "Community account balance at 30 June £756.47.\n\nCommunity account balance at 31 July £757.47.\n",
        # Quite another amount, which is hardly a slip.
        "The project cost is £41,310.\n\nThe project cost is £28,400.\n",
        # Parts of one sum.
        "The two officer posts, £41,310 for one officer post and £41,130 for another officer post, cost £82,440.\n",
        # A series.
        "Stage costs: £7,980\n\nStage costs: £7,890\n\nStage costs: £7,880\n",
        # Nothing in common.
        "Staff cost £41,310.\n\nThe hall was let for £41,130.\n",
    ],
)
def test_what_looks_alike_is_not_taken_for_the_same(text: str) -> None:
    assert restated(text) == []


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("275592", "275952", True),
        ("405608", "405808", True),
        ("2.235", "2235000", True),
        ("50000", "30000", False),
        ("41310", "28400", False),
        ("41310", "41310", False),
        ("12345", "123456", False),
    ],
)
def test_a_slip_changes_a_digit_swaps_two_or_loses_noughts(one: str, other: str, slip: bool) -> None:  # noqa: FBT001
    assert differ_by_a_slip(Decimal(one), Decimal(other)) is slip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The police force accepts an award of £285,900 for victim support.",
            "The award of £289,500 is paid in arrears.",
        ),
        ("The grant of £41,310 is offered for two years.", "That the grant of £41,130 is accepted."),
        ("The ministry offers a youth support grant of £41,310.", "The grant of £41,130 is accepted."),
        (
            "The grant of £41,310 to Northtown Council is offered by the Ministry of Justice.",
            "Members accept the grant of £41,130 from the Ministry to Northtown.",
        ),
        ("A grant of £41,310 went to Northtown Council.", "The grant of £41,130 to Northtown Council ends in March."),
        ("The total cost is £612,480.", "Members are asked to approve the total cost of £612,380."),
        ("Payments end at the maximum sum of £93,250.", "This agreement has a maximum sum of £92,350."),
        (
            "The grant for 2025-26 is welcome. The grant is £41,310.",
            "That the grant of £41,130 for 2025-26 is accepted.",
        ),
    ],
)
def test_one_award_with_two_amounts_is_found_by_its_name(first: str, second: str) -> None:
    (pair,) = restated(f"# Decision\n\n{first}\n\n{second}\n")
    assert pair[0] in first
    assert pair[1] in second


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A grant of £41,310 went to the theatre.", "The museum had a grant of £41,130."),
        ("The grant of £41,310 to Ashby Youth Club is paid.", "The grant of £41,130 to Corley Village Hall was late."),
        (
            "A grant of £41,310 went to Northtown Council for a youth club. It opens daily.",
            "A grant of £41,130 went to Southtown Council for a youth club. It has volunteers.",
        ),
        ("The grant of £41,310 to Northtown is paid in April.", "The grant of £41,130 to Southtown is paid in May."),
        (
            "Northtown Council received a grant of £41,310 for its shelter.",
            "Southtown Council received a grant of £41,130 for its shelter.",
        ),
        ("The youth club grant is £41,310 for Northtown.", "The youth club grant is £41,130 for Southtown."),
        ("The previous award was £285,900.", "The award of £289,500 is accepted."),
        ("The original grant of £41,310 was accepted in May.", "The grant is £41,130."),
        ("The grant of £41,310 was for 2024-25.", "The grant of £41,130 is for 2025-26."),
        ("The grant is £41,310 in the first year.", "The grant is £41,130 in the second year."),
        ("The award of £285,900 was increased by £3,600.", "The award is £289,500."),
        ("The grant of £41,310 includes an uplift.", "The grant is £41,130."),
        ("The youth grant of £41,310 is accepted.", "Members note the transport grant of £41,130."),
        ("The grant of £41,310 is accepted.", "The grant of £28,400 is accepted."),
        ("The grant of £41,310 is accepted. The grant of £55,000 is not yet known.", "The grant is £41k."),
    ],
)
def test_awards_that_are_told_apart_are_not_one(first: str, second: str) -> None:
    assert restated(f"# Decision\n\n{first}\n\n{second}\n") == []


def test_a_warning_in_a_paper_without_sums_is_not_called_nothing_wrong(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("We accept an award of £285,900.\n\nThe award of £289,500 is paid.\n", encoding="utf-8")
    report = CliRunner().invoke(app, ["check", str(paper)]).stdout
    assert report.startswith("No sum was found to check, and there is 1 warning to look at.")
