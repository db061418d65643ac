"""Baselines: what was found on a day, so that later only what is new counts."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Final, get_args

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from grantcalc.report.formats import CheckFormat
from tests.grant_files import ASSETS, EXAMPLES, MARSOC, SMALL

PAPER: Final = (EXAMPLES / "marsoc-paper.md").read_text(encoding="utf-8")
FAULTY: Final = SMALL.replace("salary", "salery")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def check(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", *arguments])


def _write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def _baseline(name: str, text: str) -> str:
    """The baseline of a file."""
    assert check(_write(name, text), "--write-baseline", "baseline.json").exit_code == 0
    return "baseline.json"


def _last(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def test_a_baseline_accepts_all_that_was_found_when_it_was_written_and_later() -> None:
    _write("grant.yaml", MARSOC)
    assert check("grant.yaml", "--fail-on", "note").exit_code == 1
    written = check("grant.yaml", "--write-baseline", "baseline.json", "--fail-on", "note")
    later = check("grant.yaml", "--baseline", "baseline.json", "--fail-on", "note")
    assert (written.exit_code, later.exit_code) == (0, 0)
    assert written.stdout == later.stdout
    assert "; 9 accepted, 0 places not checked. No findings." in _last(later)
    assert later.stdout.count("= accepted: in the baseline") == 9


@pytest.mark.parametrize(("name", "text"), [("grant.yaml", MARSOC), ("paper.md", PAPER)])
def test_lines_that_have_moved_keep_matching(name: str, text: str) -> None:
    baseline = _baseline(name, text)
    _write(name, f"# A line\n\n# more\n\n{text}")
    result = check(name, "--baseline", baseline, "--fail-on", "note")
    assert (result.exit_code, "GC904" in result.stdout) == (0, False)


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "code"),
    [
        ("grant.yaml", MARSOC, "total: £202,329", "total: £202,328", "GC201"),
        # The message counts the totals; the figures stand in the notes.
        ("paper.md", PAPER, "£202,329", "£202,331", "GC602"),
    ],
)
def test_what_has_other_figures_is_new_and_the_old_is_gone(name: str, text: str, old: str, new: str, code: str) -> None:
    baseline = _baseline(name, text)
    assert old in text
    _write(name, text.replace(old, new))
    listed = json.loads(check(name, "--baseline", baseline, "-f", "json").stdout)["findings"]
    assert code in [one["code"] for one in listed if one["accepted"] is None]
    assert any(one["message"].startswith(f"{code} ") for one in listed if one["code"] == "GC904")


def test_what_was_mended_is_noted_and_counts_for_the_strictest() -> None:
    baseline = _baseline("grant.yaml", SMALL + "award: £29,000\n")
    _write("grant.yaml", SMALL)
    result = check("grant.yaml", "--baseline", baseline, "--select", "GC501, GC9")
    assert (
        "note[GC904] GC501 cost-over-award is in the baseline, but not found any more: the costs make £30,000, £1,000 "
        "over the award of £29,000\n"
    ) in result.stdout
    assert check("grant.yaml", "--baseline", baseline).exit_code == 0
    assert check("grant.yaml", "--baseline", baseline, "--fail-on", "note").exit_code == 1
    # Of a rule that is not asked for it is not known; nor of files that are not checked or have faults.
    assert "GC904" not in check("grant.yaml", "--baseline", baseline, "--select", "GC2, GC9").stdout
    assert "GC904" not in check(_write("other.yaml", SMALL), "--baseline", baseline).stdout
    assert "GC904" not in check(_write("grant.yaml", FAULTY), "--baseline", baseline).stdout


def test_of_findings_that_are_alike_one_more_counts() -> None:
    table = "| a | b | c |\n|---|---|---|\n| x {n} | £20.434.45 | |\n\nText.\n\n"
    baseline = _baseline("paper.md", table.replace("{n}", "1"))
    _write("paper.md", table.replace("{n}", "1") + table.replace("{n}", "2"))
    listed = json.loads(check("paper.md", "--baseline", baseline, "-f", "json").stdout)["findings"]
    alike = [one["accepted"] is None for one in listed if one["code"] == "GC604"]
    assert sorted(alike) == [False, True]


def test_faults_that_leave_nothing_to_compute_are_in_no_baseline() -> None:
    _write("grant.yaml", FAULTY)
    assert check("grant.yaml", "--write-baseline", "baseline.json").exit_code == 1
    assert json.loads(Path("baseline.json").read_text(encoding="utf-8"))["findings"] == []


def test_what_the_file_accepts_itself_keeps_its_reason_and_is_not_in_the_baseline() -> None:
    accept = "accept: [{finding: GC501, subject: 'the costs make £30,000', reason: We bear it}]\n"
    text = SMALL + "award: £29,000\n" + accept
    baseline = _baseline("grant.yaml", text)
    assert "GC501" not in Path(baseline).read_text(encoding="utf-8")
    assert "= accepted: We bear it\n" in check("grant.yaml", "--baseline", baseline).stdout


def test_a_baseline_is_an_input_of_the_document_and_external_in_sarif() -> None:
    baseline = _baseline("grant.yaml", MARSOC)
    document = json.loads(check("grant.yaml", "--baseline", baseline, "-f", "json").stdout)
    assert [one["path"] for one in document["inputs"]] == ["grant.yaml", "baseline.json"]
    assert document["findings"][0]["accepted"] == {"reason": "in the baseline", "by": None, "until": None}
    results = json.loads(check("grant.yaml", "--baseline", baseline, "-f", "sarif").stdout)["runs"][0]["results"]
    assert {result["suppressions"][0]["kind"] for result in results} == {"external"}


def test_a_baseline_is_the_same_bytes_for_the_same_files() -> None:
    written = Path(_baseline("grant.yaml", MARSOC)).read_bytes()
    assert Path(_baseline("grant.yaml", MARSOC)).read_bytes() == written


@pytest.mark.parametrize("name", ["grant.yaml", "paper.md", "./grant.yaml"])
def test_a_baseline_is_not_written_over_an_input(name: str) -> None:
    _write("grant.yaml", SMALL + "papers: [paper.md]\n")
    _write("paper.md", PAPER)
    before = Path(name).read_bytes()
    result = check("grant.yaml", "--write-baseline", name)
    assert (result.exit_code, result.stdout, Path(name).read_bytes()) == (2, "", before)
    assert "this is an input" in result.stderr


def test_a_baseline_is_not_written_where_a_file_could_not_be_read() -> None:
    result = check(_write("grant.yaml", MARSOC), "missing.yaml", "--write-baseline", "baseline.json")
    assert result.exit_code == 2
    assert "grantcalc: baseline.json: the baseline is not written, since not all files could be read" in result.stderr
    assert "error[GC501]" in result.stdout
    assert not Path("baseline.json").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", 'it does not say "schema": "grantcalc/baseline/1"'),
        ('{"schema": "grantcalc/check/1", "findings": []}', 'it does not say "schema": "grantcalc/baseline/1"'),
        ('{"schema": "grantcalc/baseline/1"}', "this baseline is damaged; write it anew with --write-baseline"),
        ('{"schema": "grantcalc/baseline/1", "findings": [1]}', "this baseline is damaged"),
        ('{"schema": "grantcalc/baseline/1", "findings": [{"code": "GC501"}]}', "this baseline is damaged"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(text: str, said: str) -> None:
    result = check(_write("grant.yaml", SMALL), "--baseline", _write("baseline.json", text))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("grantcalc: baseline.json: ")
    assert said in result.stderr


def test_a_baseline_that_is_missing_is_refused() -> None:
    result = check(_write("grant.yaml", SMALL), "--baseline", "missing.json")
    assert (result.exit_code, result.stderr) == (
        2,
        "grantcalc: missing.json: there is no such file; check the name and the folder\n",
    )


@pytest.mark.parametrize("other", ["--baseline", "--output"])
def test_a_baseline_is_written_to_a_file_of_its_own(other: str) -> None:
    assert check(_write("grant.yaml", SMALL), "--write-baseline", "b.json", other, "b.json").exit_code == 2
    assert not Path("b.json").exists()


@pytest.mark.parametrize("format_", get_args(CheckFormat))
def test_all_that_nearly_every_rule_finds_is_accepted_in_every_format(format_: str) -> None:
    for name in ("failing.yaml", "failing-paper.md"):
        _write(name, (ASSETS / name).read_text(encoding="utf-8"))
    _write("failing.yaml", Path("failing.yaml").read_text(encoding="utf-8").partition("accept:")[0])
    assert check("failing.yaml", "--write-baseline", "b.json").exit_code == 0
    assert check("failing.yaml", "--baseline", "b.json", "--fail-on", "note", "-f", format_).exit_code == 0


_NOTE = SMALL + "award: £31,000\n"
_WARNING = "costs_rounded_to: pounds\n" + MARSOC.replace("award: £405,608\n", "")
_BY_SEVERITY: Final = {None: SMALL, "note": _NOTE, "warning": _WARNING, "error": SMALL + "award: £29,000\n"}
_ORDER: Final = [None, "note", "warning", "error"]


@pytest.mark.parametrize(("worst", "fail_on"), list(product(_BY_SEVERITY, _ORDER[1:])))
@pytest.mark.parametrize("how", ["standing", "accepted", "baseline", "written", "accepted, but the worst"])
def test_the_status_follows_what_is_not_accepted(worst: str | None, fail_on: str, how: str) -> None:
    text = _BY_SEVERITY[worst]
    _write("grant.yaml", text)
    options: list[str] = []
    if how.startswith("accepted"):
        listed = json.loads(check("grant.yaml", "-f", "json").stdout)["findings"]
        kept = listed[1:] if how == "accepted, but the worst" else listed
        entries = [{"finding": one["code"], "subject": one["message"], "reason": "agreed"} for one in kept]
        _write("grant.yaml", f"{text}accept: {json.dumps(entries)}\n")
    elif how == "baseline":
        options = ["--baseline", _baseline("grant.yaml", text)]
    elif how == "written":
        options = ["--write-baseline", "baseline.json"]
    counts = how in ("standing", "accepted, but the worst")
    expected = 1 if counts and _ORDER.index(worst) >= _ORDER.index(fail_on) else 0
    statuses = {f: check("grant.yaml", "--fail-on", fail_on, "-f", f, *options).exit_code for f in ("full", "sarif")}
    assert set(statuses.values()) == {expected}
