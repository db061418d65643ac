"""Every rule: its code, its name, its page, and its two examples."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grantcalc import workflow
from grantcalc.rules import RULES
from grantcalc.rules.selection import is_wanted, unknown_rule
from grantcalc.severity import Severity
from tests.grant_files import SMALL, check_bytes, codes, findings
from tests.papers.written import workbook_of
from tests.post_tables import imported

if TYPE_CHECKING:
    from grantcalc.findings import Rule
    from grantcalc.results.checked import CheckedFile
    from tests.grant_files import Found

GRANT_RULES = [pytest.param(rule, id=rule.code) for rule in RULES if rule.example == "yaml"]
TABLE_RULES = [pytest.param(rule, id=rule.code) for rule in RULES if rule.code.startswith("GC13")]

BASELINE_RULES = [pytest.param(rule, id=rule.code) for rule in RULES if rule.example == "json"]
_AS_OF = re.compile("# with --as-of (.*)\n")


def _example(text: str) -> list[Found]:
    day = _AS_OF.match(text)
    # A lone surrogate stands for a byte that is not UTF-8.
    data = text.encode("utf-8", "surrogateescape")
    return findings(check_bytes(data, date.fromisoformat(day[1]) if day else None))


@pytest.mark.parametrize("rule", BASELINE_RULES)
def test_a_baseline_that_fails_has_this_finding_and_one_that_passes_has_none(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("grant.yaml").write_text(SMALL, encoding="utf-8")
    for text, expected in ((rule.fails, [rule.code]), (rule.passes, [])):
        Path("baseline.json").write_text(text, encoding="utf-8")
        (file,) = workflow.with_baseline(workflow.check(["grant.yaml"]), "baseline.json").files
        assert [finding.rule.code for finding in file.findings] == expected


@pytest.mark.parametrize("rule", GRANT_RULES)
def test_the_failing_example_has_this_finding_and_no_other_error(rule: Rule) -> None:
    listed = _example(rule.fails)
    assert rule.code in codes(listed)
    assert {one.code for one in listed if one.severity is Severity.ERROR} <= {rule.code}


@pytest.mark.parametrize("rule", GRANT_RULES)
def test_the_passing_example_has_nothing_to_mend(rule: Rule) -> None:
    listed = _example(rule.passes)
    assert rule.code not in codes(listed)
    assert {one.code for one in listed if one.severity is not Severity.NOTE} == set()


@pytest.mark.parametrize("rule", TABLE_RULES)
def test_a_table_that_fails_has_this_finding_and_no_other_error(rule: Rule) -> None:
    found = _imported(rule, rule.fails).findings
    assert rule.code in [one.rule.code for one in found]
    assert {one.rule.code for one in found if one.severity is Severity.ERROR} <= {rule.code}


@pytest.mark.parametrize("rule", TABLE_RULES)
def test_a_table_that_passes_has_nothing_to_mend(rule: Rule) -> None:
    assert _imported(rule, rule.passes).findings == ()


def _imported(rule: Rule, example: str) -> CheckedFile:
    return imported(workbook_of(example), "posts.xlsx") if rule.example == "xlsx" else imported(example)


def test_codes_are_unique_and_in_order() -> None:
    listed = [rule.code for rule in RULES]
    assert listed == sorted(set(listed))
    assert all(re.fullmatch("GC[0-9]{3}", code) for code in listed)


def test_names_are_unique_and_read_well_after_allow() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)+", name) for name in names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_page_in_whole_sentences(rule: Rule) -> None:
    assert len(rule.page) > 80
    assert rule.page.rstrip().endswith(".")
    assert all(len(line) <= 120 for line in rule.page.splitlines())


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.gist is not None], ids=lambda rule: rule.code)
def test_a_reason_not_to_sign_reads_well_for_one_and_for_many(rule: Rule) -> None:
    assert rule.gist is not None
    one, many = rule.gist
    assert not one.format(marker="£1 less").endswith(".")
    assert "{" not in many.format(n=2)


@pytest.mark.parametrize("word", ["GC2", "gc201", "GC", "stated-figure-differs", "Stated-Figure-Differs"])
def test_rules_are_chosen_by_code_by_its_beginning_or_by_name(word: str) -> None:
    assert unknown_rule([word]) is None
    chosen = {rule.code for rule in RULES if is_wanted(rule, [word], [])}
    assert "GC201" in chosen
    assert ("GC501" in chosen) == (word == "GC")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("GC2011", 'no rule is called "GC2011"; did you mean "GC201"?'),
        ("stated-figure-difers", 'no rule is called "stated-figure-difers"; did you mean "stated-figure-differs"?'),
        ("zzz", 'no rule is called "zzz"'),
        ("G", 'no rule is called "G"'),
        ("", 'no rule is called ""'),
    ],
)
def test_a_word_that_names_no_rule_is_told_with_the_nearest_one(word: str, message: str) -> None:
    assert unknown_rule([word]) == message


def test_ignoring_goes_before_selecting_but_errors_of_the_file_are_always_told() -> None:
    by_code = {rule.code: rule for rule in RULES}
    assert not is_wanted(by_code["GC201"], ["GC2"], ["GC201"])
    assert is_wanted(by_code["GC202"], ["GC2"], ["GC201"])
    assert is_wanted(by_code["GC103"], ["GC2"], ["GC1"])
    assert not is_wanted(by_code["GC115"], [], ["GC1"])
