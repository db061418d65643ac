"""What people write who have not read the documentation, and what they are told to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from tests.grant_files import found

if TYPE_CHECKING:
    from pathlib import Path

GRANT = """\
grant: Example
years: [2025-26]
posts:
  - role: Officer
    costs:
      2025-26:
        salary: £30,000
"""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("paper.pdf", b"%PDF-1.7\n", "this is a PDF, no grant file; a grant file (.yaml) belongs here\n"),
        ("grant.yaml", b"%PDF-1.7\n\0", "this is a PDF, no grant file; a grant file (.yaml) belongs here\n"),
        (
            "posts.csv",
            b"Role,Salary\nA,1\n",
            "this is a table of text, no grant file; a grant file (.yaml) belongs here",
        ),
    ],
)
@pytest.mark.parametrize("command", [["summarise"], ["invoices"], ["check", "--against"]])
def test_a_paper_in_the_place_of_a_grant_file_is_said_to_be_one(
    tmp_path: Path, command: list[str], name: str, content: bytes, said: str
) -> None:
    given = tmp_path / name
    given.write_bytes(content)
    (tmp_path / "paper.md").write_text("The grant is £30,000.\n", encoding="utf-8")
    papers = [str(tmp_path / "paper.md")] if "--against" in command else []
    result = CliRunner().invoke(app, [*command, str(given), *papers])
    assert result.exit_code == 2
    assert said in result.stderr
    assert ("grantcalc import" in result.stderr) is (name == "posts.csv")


@pytest.mark.parametrize("year", ["26-27", "2026-2028"])
def test_a_year_that_only_reads_as_one_gets_a_warning(year: str) -> None:
    (warning,) = [one for one in found(GRANT.replace("2025-26", year)) if one.code == "GC407"]
    assert warning.severity == "warning"
    assert ("write 2026-27" in warning.notes[0]) is (year == "26-27")
    (note,) = [one for one in found(GRANT.replace("2025-26", "Year 1")) if one.code == "GC407"]
    assert note.severity == "note"


def test_a_year_that_is_not_listed_was_hardly_meant_to_be_a_name_that_is_no_year() -> None:
    text = GRANT.replace("[2025-26]", "[2025/26, 2026-2028]").replace("      2025-26:", "      2024-25:")
    assert [one.message for one in found(text)] == ['the year "2024-25" is not listed in the costs of Officer']


@pytest.mark.parametrize(("given", "write"), [("5", "5%"), ("12.5", "12.5%"), ("0.8", "80%"), ("0.05", "5%")])
def test_a_share_without_its_sign_is_told_with_the_percentage_to_write(given: str, write: str) -> None:
    (fault,) = found(f"{GRANT}payments:\n  retention: {given}\n")
    assert f"write {write}" in str(fault)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("  - role:", "  - name:", "role"),
        ("  - role:", "  - title:", "role"),
        ("  - role:", "  - post:", "role"),
        ("grant:", "name:", "grant"),
        ("years: [2025-26]", "years: [{name: 2025-26}]", "year"),
    ],
)
def test_an_everyday_word_for_a_key_is_told_with_the_key(old: str, new: str, meant: str) -> None:
    assert f'did you mean "{meant}"?' in str(found(GRANT.replace(old, new)))


@pytest.mark.parametrize(("written", "meant"), [("cost: {salary: 100}", "costs"), ("date: 2025-07-01", "claimed")])
def test_an_everyday_word_for_a_key_of_a_claim_is_told_with_the_key(written: str, meant: str) -> None:
    assert f'did you mean "{meant}"?' in str(found(f"{GRANT}claims:\n  - period: 1\n    {written}\n"))


def test_a_file_of_noughts_is_said_to_be_not_filled_in() -> None:
    assert "GC408" in [one.code for one in found(GRANT.replace("£30,000", "0"))]
    assert "GC408" not in [one.code for one in found(GRANT)]


def test_a_subject_that_ends_within_a_clause_is_told_where_it_may_end() -> None:
    text = GRANT.replace("[2025-26]", "[2025-26, 2026-27]")
    accept = "accept:\n  - finding: GC405\n    subject: Officer has no cost\n    reason: Vacant\n"
    (unmatched,) = [one for one in found(text + accept) if one.code == "GC902"]
    rule = "a subject that is only the beginning of a message ends where a colon, comma or semicolon is"
    assert rule in unmatched.notes


def test_a_cost_over_the_award_is_told_with_how_to_let_it_stand() -> None:
    (over,) = [one for one in found(GRANT + "award: £29,000\n") if one.code == "GC501"]
    assert "Accepted findings" in over.notes[-1]
