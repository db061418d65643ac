"""Papers from the command line: checked alone, against a grant file, and listed figure by figure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import EXAMPLES, MARSOC

if TYPE_CHECKING:
    from pathlib import Path

PAPER = EXAMPLES / "marsoc-paper.md"
GRANT = EXAMPLES / "marsoc.yaml"
CAST = "| Post | Cost |\n|---|---|\n| Officer | £31,200 |\n| Analyst | £16,300 |\n| Total | {} |\n"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def checked(*arguments: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("check", "--format", "json", *arguments).stdout)
    return document


def test_a_paper_that_only_rounds_ends_with_0_and_with_1_where_warnings_count() -> None:
    assert run("check", PAPER).exit_code == 0
    assert run("check", PAPER, "--fail-on", "warning").exit_code == 1


def test_the_sums_of_a_paper_come_with_figures_as_printed_in_their_places() -> None:
    lines = PAPER.read_text(encoding="utf-8").splitlines()
    sums = checked(PAPER)["sums"]
    assert [s["verdict"] for s in sums].count("rounding") == 4
    for a_sum in sums:
        for figure in (a_sum["total"], *a_sum["parts"]):
            where = figure["where"]
            assert lines[where["line"] - 1][where["column"] - 1 : where["end_column"] - 1] == figure["text"]


def test_what_a_paper_allows_together_is_in_the_document() -> None:
    (together,) = checked(PAPER)["together"]
    assert (together["reading"], together["feasible"], together["feasible_exact"]) == ("as printed", True, False)
    assert (together["repair_size"], together["repair_count"]) == (3, 1)
    assert {(c["figure"]["text"], c["to"]) for c in together["repairs"][0]} == {
        ("£202,329", "202330"),
        ("£203,279", "203280"),
        ("£405,608", "405610"),
    }
    held = together["award_held"]
    assert (held["repair_size"], held["repair_count"]) == (4, 48)


def test_a_paper_is_held_against_a_grant_file() -> None:
    result = run("check", PAPER, "--against", GRANT, "--select", "GC701")
    assert result.exit_code == 1
    assert "2021-2022 grand total: the paper states £202,329, the grant file makes £202,330" in result.stdout
    assert "2022-2023 grand total: the paper states £203,279, the grant file makes £203,280" in result.stdout
    assert result.stdout.count("error[GC701]") == 2


def test_a_faulty_grant_file_to_hold_against_is_said_and_the_paper_still_checked(tmp_path: Path) -> None:
    grant = tmp_path / "grant.yaml"
    grant.write_text(MARSOC.replace("award:", "awrd:"), encoding="utf-8")
    document = checked(PAPER, "--against", grant)
    assert [file["path"] for file in document["files"]] == [str(grant), str(PAPER)]
    assert "GC103" in [finding["code"] for finding in document["findings"]]


def test_papers_that_a_grant_file_lists_are_checked_against_it(tmp_path: Path) -> None:
    grant = tmp_path / "grant.yaml"
    grant.write_text("papers: [paper.md]\n" + MARSOC, encoding="utf-8")
    (tmp_path / "paper.md").write_text(PAPER.read_text(encoding="utf-8"), encoding="utf-8")
    document = checked(grant)
    assert [file["kind"] for file in document["files"]] == ["grant", "paper"]
    assert [f["code"] for f in document["findings"]].count("GC701") == 2


def test_a_listed_paper_that_is_missing_is_said_and_the_rest_checked(tmp_path: Path) -> None:
    grant = tmp_path / "grant.yaml"
    grant.write_text("papers: [nowhere.md]\n" + MARSOC, encoding="utf-8")
    result = run("check", grant)
    assert result.exit_code == 2
    assert "nowhere.md: there is no such file" in result.stderr
    assert "error[GC501]" in result.stdout


def test_a_paper_without_a_sum_says_that_nothing_was_checked(tmp_path: Path) -> None:
    paper = tmp_path / "minutes.txt"
    paper.write_text("The committee met on 4 May 2026 and adjourned at 16:30.\n", encoding="utf-8")
    result = run("check", paper)
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing was checked: no sum was found.")


@pytest.mark.parametrize(("total", "status"), [("£47,500", 0), ("£45,700", 1)])
def test_a_paper_is_read_from_standard_input(total: str, status: int) -> None:
    assert run("check", "-", stdin=CAST.format(total)).exit_code == status


def test_a_swapped_digit_is_offered_as_the_likely_slip(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(CAST.format("£45,700"), encoding="utf-8")
    (finding,) = checked(paper)["findings"]
    assert (finding["code"], finding["where"]["line"]) == ("GC601", 5)
    assert ("two digits swapped", "47500") in {(slip["kind"], slip["to"]) for slip in finding["likely"]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe" + "Total £5".encode("utf-16-le"), "the file is UTF-16, not UTF-8"),
        ("Total £5".encode("cp1252"), "is not UTF-8"),
        (b"PK\x03\x04\x00\x00", "this is not a text file"),
    ],
)
def test_a_paper_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path, data: bytes, said: str) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_bytes(data)
    for command in ("check", "figures"):
        result = run(command, paper)
        assert result.exit_code == 2
        assert said in result.stderr


def test_figures_are_listed_with_the_sums_they_take_part_in() -> None:
    document = json.loads(run("figures", PAPER, "--format", "json").stdout)
    assert document["schema"] == "grantcalc/figures/1"
    texts = {figure["text"]: figure["kind"] for figure in document["figures"]}
    assert (texts["£405,608"], texts["31 December 2023"]) == ("money", "date")
    table = run("figures", PAPER).stdout
    assert "total of 3 (rounding)" in next(line for line in table.splitlines() if "£202,329" in line)


def test_code_in_a_paper_is_no_paper() -> None:
    text = "The grant is £47,500.\n\n```python\ntotal = 180.75\nparts = 120.50 + 33.25 + 18.00\n```\n"
    assert run("check", "-", stdin=text).exit_code == 0


NUMBERED = """\
grant: Two officers
award: £98,687
years: [2025-26]
payments: {rounding: pounds}
posts:
  - role: Officer 1
    costs: {salary: 38220, overhead: 11466}
  - role: Officer 2
    costs: {salary: 38000, overhead: 11001}
other_costs:
  - item: Evaluation
    costs: {salary: 0, overhead: 0}
funding:
  - source: Home Office grant
    amount: 80000
  - source: Reserves
    amount: 18687
"""


@pytest.mark.parametrize("text", [MARSOC, NUMBERED, (EXAMPLES / "minimal.yaml").read_text(encoding="utf-8")])
def test_the_tables_that_a_grant_file_makes_agree_with_it(tmp_path: Path, text: str) -> None:
    grant, paper = tmp_path / "grant.yaml", tmp_path / "paper.md"
    grant.write_text(text, encoding="utf-8")
    run("summarise", grant, "--format", "markdown", "--output", paper)
    findings = checked(paper, "--against", grant)["findings"]
    assert [f["message"] for f in findings if f["severity"] == "error"] == []
    assert not [f for f in findings if f["code"] == "GC701"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Home Office grant of £80,000 is accepted.",
        "The award is £98,687, of which £80,000 is the Home Office grant and £18,687 comes from reserves.",
        "A grant of £30,000 from another fund is not part of this.",
        "Total reserves after this decision are £1,200,000 in 2025-26.",
    ],
)
def test_a_sentence_about_other_money_is_not_held_against_the_grant(tmp_path: Path, sentence: str) -> None:
    grant, paper = tmp_path / "grant.yaml", tmp_path / "paper.md"
    grant.write_text(NUMBERED, encoding="utf-8")
    paper.write_text(sentence + "\n", encoding="utf-8")
    assert not [f for f in checked(paper, "--against", grant)["findings"] if f["code"] == "GC701"]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Salaries in 2025-26 come to £76,202.", "2025-26 salary total: the paper states £76,202"),
        ("The Home Office grant is £81,000.", "Home Office grant: the paper states £81,000"),
        ("The award is £98,678.", "award: the paper states £98,678"),
    ],
)
def test_a_slip_in_a_sentence_about_the_grant_is_found(tmp_path: Path, sentence: str, what: str) -> None:
    grant, paper = tmp_path / "grant.yaml", tmp_path / "paper.md"
    grant.write_text(NUMBERED, encoding="utf-8")
    paper.write_text(sentence + "\n", encoding="utf-8")
    (finding,) = [f for f in checked(paper, "--against", grant)["findings"] if f["code"] == "GC701"]
    assert finding["message"].startswith(what)


POSTS = """\
| Post | 2025-26 | 2026-27 | Total |
|---|---:|---:|---:|
| Officer A (0.5 FTE) | £100,000 | £110,000 | £210,000 |
| Officer B | £101,000 | £111,300 | £212,300 |
| Manager | £150,200 | £151,400 | £301,600 |
| Total | £351,200 | £372,700 | £723,900 |
"""


def test_a_part_timer_named_by_fte_is_a_row_like_any_other(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(POSTS, encoding="utf-8")
    assert [s["verdict"] for s in checked(paper)["sums"]] == ["exact"] * 7
    paper.write_text(POSTS.replace("£210,000", "£219,000"), encoding="utf-8")
    (finding,) = [f for f in checked(paper)["findings"] if f["severity"] == "error"]
    assert finding["where"]["line"] == 3


def test_a_row_of_totals_that_nothing_vouches_for_is_said_to_be_unchecked(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(POSTS.replace("£351,200", "£362,100").replace("£723,900", "£734,800"), encoding="utf-8")
    result = run("check", paper)
    assert result.stdout.startswith("Nothing is wrong in what was checked; 1 place could not be checked.")
    assert 'not checked: £362,100 and £372,700 in the row "Total"' in result.stdout


ROWS = """\
| Role    | Salary 2025-26 | Overhead 2025-26 |
|---------|----------------|------------------|
| Analyst | £41,210        | £6,180           |
| Clerk   | £27,340        | £4,100           |
| Total   | £68,550        | £10,280          |
"""
OF_ROWS = """\
grant: Two posts
years: [2025-26]
posts:
  - {role: Analyst, costs: {salary: 41210, overhead: 6180}}
  - {role: Clerk, costs: {salary: 27340, overhead: 4100}}
"""


@pytest.mark.parametrize(("right", "wrong"), [("£27,340", "£27,430"), ("£68,550", "£68,505"), ("£27,340", "£47,340")])
def test_a_figure_that_fails_in_a_sum_and_differs_from_the_grant_is_one_finding(
    tmp_path: Path, right: str, wrong: str
) -> None:
    grant, paper = tmp_path / "grant.yaml", tmp_path / "paper.md"
    grant.write_text(OF_ROWS, encoding="utf-8")
    paper.write_text(ROWS.replace(right, wrong), encoding="utf-8")
    (found,) = [f for f in checked(paper, "--against", grant)["findings"] if f["severity"] == "error"]
    assert (found["code"], wrong in found["message"]) == ("GC701", True)
    assert any(note["message"].startswith("fails: Total, Salary 2025-26: stated as") for note in found["notes"])
    assert not any("£41,120" in note["message"] for note in found["notes"])
    assert [f["code"] for f in checked(paper, "--against", grant, "--select", "GC601")["findings"]] == ["GC601"]


def test_sums_and_grant_that_find_fault_with_different_figures_are_a_finding_each(tmp_path: Path) -> None:
    grant, paper = tmp_path / "grant.yaml", tmp_path / "paper.md"
    grant.write_text(OF_ROWS, encoding="utf-8")
    paper.write_text(ROWS.replace("£27,340", "£27,430").replace("£10,280", "£10,820"), encoding="utf-8")
    errors = [f for f in checked(paper, "--against", grant)["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["where"]["line"]) for f in errors] == [("GC701", 4), ("GC701", 5)]
