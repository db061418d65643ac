"""Rules explained and listed: pages for a terminal, for programs and for Markdown, from one text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from grantcalc.rules import RULES

RULES_PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize("word", ["GC201", "gc201", "stated-figure-differs", "Stated-Figure-Differs"])
def test_a_rule_is_explained_by_its_code_or_its_name(word: str) -> None:
    result = run("explain", word)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("GC201 stated-figure-differs (error)\n\n")


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_page_for_a_terminal_has_the_text_and_both_examples_of_the_rule(code: str) -> None:
    rule = next(each for each in RULES if each.code == code)
    printed = run("explain", code).stdout
    said, examples = printed.split("\n\nFound in:\n\n")
    assert " ".join(rule.page.split()) in " ".join(said.split())
    assert all(len(line) <= 96 for line in said.splitlines())
    fails, passes = examples.split("\n\nNot found in:\n\n")
    for shown, example in ((fails, rule.fails), (passes, rule.passes)):
        written = example.encode("utf-8", "backslashreplace").decode().rstrip("\n").split("\n")
        assert [line[4:] for line in shown.rstrip("\n").split("\n")] == written


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_the_page_of_rules_is_what_explain_prints_in_markdown(code: str) -> None:
    assert run("explain", code, "--format", "markdown").stdout in RULES_PAGE.read_text(encoding="utf-8")


def test_rules_as_json_have_their_pages_and_examples() -> None:
    document = json.loads(run("rules", "--format", "json").stdout)
    assert (document["schema"], document["inputs"]) == ("grantcalc/rules/1", [])
    assert [rule["code"] for rule in document["rules"]] == [rule.code for rule in RULES]
    assert all(rule.keys() == document["rules"][0].keys() for rule in document["rules"])
    assert json.loads(run("explain", "GC103", "--format", "json").stdout)["rules"] == [
        rule for rule in document["rules"] if rule["code"] == "GC103"
    ]


def test_a_summary_is_one_sentence() -> None:
    for rule in json.loads(run("rules", "--format", "json").stdout)["rules"]:
        assert re.fullmatch(r"[A-Z].{20,}\.", rule["summary"]), rule["code"]
        assert ". " not in rule["summary"]


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_every_rule_is_listed_with_its_name_and_severity(format_: str) -> None:
    printed = run("rules", "--format", format_).stdout.replace("|", " ")
    for rule in RULES:
        assert re.search(rf"{rule.code}\s+{rule.name}\s+{rule.severity}\b", printed)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("GC2011", 'no rule is called "GC2011"; did you mean "GC201"?'),
        ("cost-over-awards", 'no rule is called "cost-over-awards"; did you mean "cost-over-award"?'),
        ("zzz", 'no rule is called "zzz"'),
        ("", 'no rule is called ""'),
    ],
)
def test_a_word_that_is_no_rule_is_refused_with_the_nearest_one(word: str, message: str) -> None:
    result = run("explain", word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_the_beginning_of_a_code_is_no_rule() -> None:
    assert run("explain", "GC2").exit_code == 2


def test_a_page_is_written_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "rules.md"
    assert run("rules", "--format", "markdown", "--output", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8") == run("rules", "--format", "markdown").stdout
