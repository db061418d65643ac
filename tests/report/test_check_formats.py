"""The formats of `check` for code hosts and CI servers, and the sums that hold in those for people."""

from __future__ import annotations

import json
import re
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, get_args
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from grantcalc.findings import Finding, Note
from grantcalc.money import Figure
from grantcalc.report.formats import CheckFormat, ReviewFormat, check_text
from grantcalc.report.medium import PLAIN, Medium
from grantcalc.results.checked import CheckedFile, CheckResult
from grantcalc.results.inputs import Input
from grantcalc.rules import RULES
from grantcalc.rules.paper_sums import TOTAL_DIFFERS
from grantcalc.severity import Severity
from grantcalc.source import Where, as_it_stands
from grantcalc.sums import Part, Sum, verdict
from grantcalc.workflow import check as check_files
from tests.faults.program import start
from tests.grant_files import ASSETS, EXAMPLES, MARSOC, SMALL

if TYPE_CHECKING:
    from pathlib import Path

FORMATS: Final = get_args(CheckFormat)
MARSOC_FILE: Final = str(EXAMPLES / "marsoc.yaml")
FAILING: Final = str(ASSETS / "failing.yaml")

# After "Code Quality report format" in GitLab's documentation, and stricter: nothing else is printed.
GITLAB: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^(GC[0-9]{3} [a-z-]+|unreadable)$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.fixture(autouse=True)
def _outside_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(EXAMPLES.parent)


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def _of_a_document() -> CheckResult:
    """A paper without lines, as a word processor's file would be: a sum that holds and a finding, in cells."""
    cell = Where(page=2, table=1, row=5, table_column=3)
    figures = [Figure(text, Decimal(value), None, cell) for text, value in (("£3", 3), ("£1", 1), ("£2", 2))]
    a_sum = Sum("Total", figures[0], (Part(figures[1]), Part(figures[2])))
    note = Note("elsewhere: £4", Where(page=7))
    finding = Finding(TOTAL_DIFFERS, "Total: stated as £5, but £3 makes £3", cell, Severity.ERROR, notes=(note,))
    source = Input("paper.docx", "0" * 64)
    file = CheckedFile(source, "paper", "", 3, (a_sum,), (), (finding,), as_it_stands, verdicts={verdict(a_sum): 1})
    return CheckResult((file,))


@pytest.mark.parametrize(
    ("format_", "line"),
    [
        ("full", "--> paper.docx, page 2, table 1, row 5, column 3"),
        ("concise", "paper.docx, page 2, table 1, row 5, column 3: GC601 Total: stated as £5, but £3 makes £3"),
        (
            "github",
            (
                "::error file=paper.docx,title=GC601 total-differs::page 2, table 1, row 5, column 3: Total: stated as "
                "£5, but £3 makes £3%0Aelsewhere: £4"
            ),
        ),
        (
            "gitlab",
            '"description": "page 2, table 1, row 5, column 3: Total: stated as £5, but £3 makes £3",',
        ),
        ("sarif", '"text": "page 7: elsewhere: £4"'),
        ("junit", "elsewhere: £4</failure>"),
        (
            "markdown",
            "| error | GC601 total-differs | page 2, table 1, row 5, column 3 | Total: stated as £5, but £3 makes £3 |",
        ),
    ],
)
def test_a_place_without_a_line_is_told_by_page_table_and_cell(format_: CheckFormat, line: str) -> None:
    printed = check_text(_of_a_document(), format_, PLAIN)
    assert line in map(str.strip, printed.splitlines())
    assert '"region"' not in printed


def test_a_line_of_a_paper_that_is_wider_than_the_screen_is_shown_around_the_figure(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    words = "for the independent chair, " * 3
    paper.write_text(f"Up to now {words}the cost is £9,000, made up of £5,000 for staff and £3,000 for rent.\n")
    result = check_files([str(paper)])
    lines = check_text(result, "full", Medium(width=60)).splitlines()
    marker = next(line for line in lines if "^" in line)
    quoted = lines[lines.index(marker) - 1]
    assert quoted[marker.index("^") :].startswith("£9,000")
    assert max(map(len, lines[1:])) <= 60 or "-->" in max(lines, key=len)


def test_a_sum_in_a_document_is_shown_with_its_cell() -> None:
    held = "Total: £1 + £2 = £3 (exact)"
    place = "page 2, table 1, row 5, column 3"
    result = _of_a_document()
    assert f"✓ {held}, at {place}" in check_text(result, "full", PLAIN, show_passes=True).splitlines()
    assert f"paper.docx, {place}: ✓ {held}" in check_text(result, "concise", PLAIN, show_passes=True).splitlines()
    assert f"| ✓ | Total | £1 + £2 = £3 | exact | {place} |" in check_text(
        result, "markdown", PLAIN, show_passes=True
    )  # fmt: skip


def test_concise_invents_no_place() -> None:
    assert (
        f"{MARSOC_FILE}: GC205 read as a paper"
        in check(MARSOC_FILE, "-f", "concise", "--select", "GC205").stdout.splitlines()[0]
    )


@pytest.mark.parametrize("format_", ["full", "concise", "markdown"])
def test_the_last_line_counts(format_: str, tmp_path: Path) -> None:
    paths = (MARSOC_FILE, EXAMPLES / "marsoc-paper.md", tmp_path / "missing")
    assert check(*paths, "-f", format_).stdout.splitlines()[-1] == (
        "2 files: 46 figures read, 22 sums checked: 12 exact, 8 within rounding, 2 mismatched; 0 accepted, "
        "0 places not checked. 3 errors, 5 warnings, 3 notes. 1 file could not be read."
    )
    assert "; 1 accepted, 1 place not checked. " in check(FAILING, "-f", format_).stdout.splitlines()[-1]
    (tmp_path / "grant.yaml").write_text(SMALL, encoding="utf-8")
    assert check(tmp_path / "grant.yaml", "-f", format_).stdout.splitlines()[-1] == (
        "1 figure read, 0 sums checked: 0 exact, 0 within rounding, 0 mismatched; 0 accepted, 0 places not checked. "
        "No findings."
    )


@pytest.mark.parametrize("format_", get_args(ReviewFormat))
def test_sums_that_hold_are_listed_if_they_are_wanted(format_: str) -> None:
    plain = check(MARSOC_FILE, "-f", format_).stdout
    shown = check(MARSOC_FILE, "-f", format_, "--show-passes").stdout
    added = [line for line in shown.splitlines() if line not in plain.splitlines()]
    assert len([line for line in added if "✓" in line]) == 6
    assert len([line for line in added if line.count("≈") == 2]) == 4
    assert "202,330" not in "".join(added)
    assert set(plain.splitlines()) <= set(shown.splitlines())


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - set(get_args(ReviewFormat))))
def test_sums_that_hold_are_refused_where_a_format_has_them_always_or_never(format_: str) -> None:
    result = check(MARSOC_FILE, "-f", format_, "--show-passes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "only with --format full, concise or markdown" in " ".join(result.stderr.split())


def test_of_a_long_sum_the_first_parts_and_the_last_are_shown(tmp_path: Path) -> None:
    posts = "".join(f"  - role: Post {at}\n    costs: {{salary: {at}}}\n" for at in range(1, 41))
    path = tmp_path / "grant.yaml"
    path.write_text(f"grant: A\nposts:\n{posts}stated: {{salary: 820}}\n", encoding="utf-8")
    lines = check(path, "-f", "concise", "--show-passes").stdout.splitlines()
    assert lines[0].endswith("1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + … + 40 (40 parts) = 820 (exact)")


@pytest.mark.parametrize("path", [MARSOC_FILE, FAILING, str(ASSETS / "faults.yaml"), "missing.yaml", "./missing.yaml"])
def test_a_gitlab_report_keeps_to_the_schema_and_each_entry_is_known_by_its_own_fingerprint(path: str) -> None:
    entries = json.loads(check(path, "-f", "gitlab").stdout)
    Draft202012Validator(GITLAB).validate(entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) > 0


def test_gitlab_is_told_of_a_file_that_cannot_be_read() -> None:
    (entry,) = json.loads(check("missing.yaml", "-f", "gitlab").stdout)
    assert (entry["check_name"], entry["severity"], entry["location"]["path"]) == (
        "unreadable",
        "blocker",
        "missing.yaml",
    )
    assert entry["description"] == "there is no such file; check the name and the folder"


def test_github_gets_a_command_for_each_finding_with_its_columns() -> None:
    assert check(MARSOC_FILE, "-f", "github", "--select", "GC501").stdout == (
        "::error file=examples/marsoc.yaml,line=7,endLine=7,col=8,endColumn=16,title=GC501 cost-over-award::the costs "
        "make £405,610, £2 over the award of £405,608%0Aworking: 2021-2022 £202,330 + 2022-2023 £203,280 = £405,610%0A"
        "to mend: lower the costs, ask the funder for a variation, or bear the difference and say so under accept "
        "(docs/grant-file.md, Accepted findings)\n"
    )


def test_github_gets_columns_only_within_one_line(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(SMALL.replace("salary: £30,000", 'salary: "£30,\n          x"'), encoding="utf-8")
    (line,) = check(path, "-f", "github").stdout.splitlines()
    assert ",line=7,endLine=8,title=" in line


def test_github_is_told_of_a_file_that_cannot_be_read() -> None:
    assert check("a: 100%, b.yaml", "-f", "github").stdout == (
        "::error file=a%3A 100%25%2C b.yaml,title=unreadable::there is no such file; check the name and the folder\n"
    )


def test_github_gets_a_summary_of_the_step_where_it_wants_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert check(MARSOC_FILE, "-f", "github").exit_code == 1
    assert summary.read_text(encoding="utf-8") == f"# Before\n{check(MARSOC_FILE, '-f', 'markdown').stdout}"
    check(MARSOC_FILE, "-f", "full")
    assert summary.read_text(encoding="utf-8").count("# Before") == 1


@pytest.mark.parametrize("path", ["no/such/folder/summary.md", "."])
def test_a_summary_that_cannot_be_written_is_said_and_changes_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    plain = check(MARSOC_FILE, "-f", "github")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / path))
    result = check(MARSOC_FILE, "-f", "github")
    assert (result.exit_code, result.stdout) == (plain.exit_code, plain.stdout)
    assert result.stderr.startswith("grantcalc: the summary of this step is not written: ")


def test_a_test_report_has_the_sums_that_hold_as_cases_that_pass() -> None:
    (suite,) = ET.fromstring(check(MARSOC_FILE, "-f", "junit").stdout)  # noqa: S314  (it was printed just now)
    counts = {key: suite.attrib[key] for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "19", "failures": "7", "errors": "0", "skipped": "0"}
    passing = [case for case in suite if case.find("failure") is None]
    assert len(passing) == 12  # ten sums and two notes
    assert all(case.find("system-out") is not None for case in passing)
    assert {case.find("failure").attrib["type"] for case in suite if case not in passing} == {"error", "warning"}  # type: ignore[union-attr]


def test_cases_of_a_test_report_have_names_of_their_own() -> None:
    for suite in ET.fromstring(check(FAILING, "-f", "junit").stdout):  # noqa: S314
        names = [case.attrib["name"] for case in suite]
        assert len(set(names)) == len(names) > 0


def test_a_file_that_cannot_be_read_is_an_error_of_the_test_report() -> None:
    report = ET.fromstring(check("missing.yaml", "-f", "junit").stdout)  # noqa: S314
    assert (report.attrib["tests"], report.attrib["errors"], report.attrib["failures"]) == ("1", "1", "0")
    assert report[0][0][0].attrib == {
        "message": "there is no such file; check the name and the folder",
        "type": "unreadable",
    }


def test_a_test_report_says_which_library_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "junitparser", None)
    result = check(MARSOC_FILE, "-f", "junit")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        'grantcalc: writing a test report needs the library junitparser: pip install "grantcalc[ci]"\n'
    )


def test_markdown_ends_before_a_comment_would_be_too_long_and_folds_what_it_opens(tmp_path: Path) -> None:
    faults = "".join(f"key {at}: 1\n" for at in range(2_000))
    (tmp_path / "grant.yaml").write_text(SMALL + faults, encoding="utf-8")
    printed = check(tmp_path / "grant.yaml", FAILING, "-f", "markdown").stdout
    assert 50_000 < len(printed) < 65_536
    assert "*The rest is too long for a comment.*\n\n3 files: " in printed
    assert printed.count("<details>") == printed.count("</details>")


def test_a_thousand_files_are_one_json_document(tmp_path: Path) -> None:
    for at in range(1_000):
        (tmp_path / f"{at:03}.yaml").write_text(SMALL, encoding="utf-8")
    done = start("check", *map(str, sorted(tmp_path.iterdir())), "-f", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(json.loads(done.stdout)["files"]) == 1_000


# They stop a file from being read, contradict a rule that does find something, or are of documents or one table alone.
_ALONE: Final = (
    *("GC101", "GC102", "GC112", "GC131", "GC132", "GC133", "GC134", "GC135", "GC136", "GC137", "GC203", "GC204"),
    *(
        "GC302",
        "GC303",
        "GC305",
        "GC306",
        "GC321",
        "GC322",
        "GC323",
        "GC324",
        "GC325",
        "GC406",
        "GC407",
        "GC408",
        "GC504",
        "GC505",
        "GC509",
        "GC606",
        "GC608",
    ),
    *("GC609", "GC610", "GC611", "GC612", "GC613", "GC802", "GC803", "GC804", "GC805", "GC806", "GC903", "GC904"),
)


def test_nearly_every_rule_finds_something_in_the_files_that_every_format_is_tried_on() -> None:
    found = check(FAILING, ASSETS / "faults.yaml", "-f", "concise").stdout
    assert [rule.code for rule in RULES if f": {rule.code} " not in found] == list(_ALONE)


_BY_SEVERITY: Final = {
    None: SMALL,
    "note": SMALL + "award: £31,000\n",
    "warning": "costs_rounded_to: pounds\n" + MARSOC,
    "error": MARSOC,
}


@pytest.mark.parametrize("unreadable", [False, True])
@pytest.mark.parametrize("fail_on", ["error", "warning", "note"])
@pytest.mark.parametrize("worst", _BY_SEVERITY)
def test_the_status_follows_the_worst_finding_and_the_threshold_in_every_format(
    tmp_path: Path, worst: str | None, fail_on: str, *, unreadable: bool
) -> None:
    (tmp_path / "grant.yaml").write_text(_BY_SEVERITY[worst], encoding="utf-8")
    order = [None, "note", "warning", "error"]
    status = 2 if unreadable else 1 if order.index(worst) >= order.index(fail_on) else 0
    missing = [tmp_path / "missing.yaml"] if unreadable else []
    statuses = {
        format_: check(tmp_path / "grant.yaml", *missing, "-f", format_, "--fail-on", fail_on).exit_code
        for format_ in FORMATS
    }
    assert statuses == dict.fromkeys(FORMATS, status)


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - {"full", "concise"}))
def test_a_run_in_which_nothing_could_be_read_has_a_whole_document_all_the_same(format_: str) -> None:
    result = check("missing.yaml", "-f", format_)
    assert result.exit_code == 2
    assert re.search(r"missing\.yaml", result.stdout)
    if format_ in ("json", "sarif", "gitlab"):
        json.loads(result.stdout)
