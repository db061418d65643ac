"""Names that strangers wrote: harmless in every format, and still to be read."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.grants.views import By
from grantcalc.report.formats import CheckFormat
from grantcalc.report.medium import Medium, Style

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS = ["table", "json", "csv", "markdown"]
VIEWS = [f"summarise --by {by.value}" for by in By]
COMMANDS = ["summarise", *VIEWS, "invoices"]
CHECKS = [(command, format_) for command in ("check", "faults") for format_ in get_args(CheckFormat)]
REPORTS = [*((command, format_) for command in COMMANDS for format_ in FORMATS), ("summarise", "jsonl")]

# The name as YAML text in double quotes, and what a user should still see of it in a table.
NAMES = {
    "ansi": (r"\e[31mred\e[0m", r"\u001b[31mred\u001b[0m"),
    "c1": (r"\x9b31mred", r"\u009b31mred"),
    "bell": (r"\abell", r"\u0007bell"),
    "backspace": (r"ab\b\bc", r"ab\u0008\u0008c"),
    "right to left": (r"\u202Elaog", r"\u202elaog"),
    "right to left as it is": ("\u202elaog", r"\u202elaog"),
    "isolate": (r"\u2066goal\u2069", r"\u2066goal\u2069"),
    "line break": (r"two\nlines\r\nhere", "two lines here"),
    "markup": ("[/red][bold]loud", "[/red][bold]loud"),
    "pipe": ("a|b", "a|b"),
    "html": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "wide": ("漢字 😀", "漢字 😀"),
    "long": ("x" * 900, "x" * 900),
}
MORE_NAMES = {
    **NAMES,
    "very long": ("x" * 10_000, "x" * 10_000),
    "workflow command": ("::error::50%, x", "::error::50%, x"),
    "end of a section": ("]]>", "]]>"),
    "not for XML": (r"\uFFFE\uFFFF", "\ufffe\uffff"),
    "placeholder": ("{0}", "{0}"),
    "mention": ("@here #1", "@here #1"),
}
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


GRANT = """\
grant: "NAME"
reference: "NAME"
funder: "NAME"
recipient: "NAME"
award: £1
variations:
  - date: 2025-10-01
    amount: £1
    reference: "NAME"
    reason: "NAME"
purchase_order: "NAME"
customer_reference: "NAME"
supplier_reference: "NAME"
cost_centre: "NAME"
years:
  - year: "y NAME"
    starts: 2025-04-01
    ends: 2026-03-31
posts:
  - role: "NAME"
    costs: {salary: 5}
    stated: {salary: 7, total: 8}
"""
FAULTY = GRANT.replace("salary", '"h NAME"') + '  - role: "NAME"\n    costs: {overhead: "NAME"}\n'


def _print(folder: Path, name: str, command: str, format_: str) -> str:
    """What a command prints of a grant that has a name everywhere; "faults" checks one with faults."""
    path = folder / "grant.yaml"
    path.write_text((FAULTY if command == "faults" else GRANT).replace("NAME", name), encoding="utf-8")
    result = CliRunner().invoke(app, [*command.replace("faults", "check").split(), str(path), "--format", format_])
    assert result.exit_code in (0, 1), result.stderr
    assert not HARMFUL.search(result.stderr)
    return result.stdout


@pytest.mark.parametrize(
    ("name", "command", "format_"),
    [(name, *report) for name in NAMES for report in REPORTS]
    + [(name, *report) for name in MORE_NAMES for report in CHECKS],
)
def test_no_report_passes_on_what_moves_a_cursor_or_turns_text(
    tmp_path: Path, name: str, command: str, format_: str
) -> None:
    assert not HARMFUL.search(_print(tmp_path, MORE_NAMES[name][0], command, format_))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_still_to_be_read_in_the_table(tmp_path: Path, name: str) -> None:
    written, shown = NAMES[name]
    lines = _print(tmp_path, written, "summarise", "table").splitlines()
    assert any(line.startswith(shown) for line in lines[3:])


@pytest.mark.parametrize("name", NAMES)
def test_columns_line_up_whatever_a_name_holds(tmp_path: Path, name: str) -> None:
    lines = _print(tmp_path, NAMES[name][0], "summarise", "table").splitlines()
    ends = {cell_len(line[: line.rindex("£5") + 2]) for line in lines if "   £5" in line}
    assert len(ends) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_marker_stands_under_what_is_meant(tmp_path: Path, name: str) -> None:
    lines = _print(tmp_path, NAMES[name][0], "faults", "full").splitlines()
    shown = next(at for at, line in enumerate(lines) if line.startswith("23 | "))
    if name != "long":  # of a long line a stretch is shown
        assert lines[shown].startswith('23 |   - role: "')
    assert lines[shown + 1].index("^") == len("23 |   - role: ")


@pytest.mark.parametrize("name", NAMES)
def test_json_gives_a_name_as_it_is_in_the_file(tmp_path: Path, name: str) -> None:
    document = json.loads(_print(tmp_path, NAMES[name][0], "summarise", "json"))
    printed = document["grants"][0]["grant"]
    assert HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", printed) == NAMES[name][1]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_markdown_table_has_the_same_cells(tmp_path: Path, name: str) -> None:
    printed = _print(tmp_path, NAMES[name][0], "summarise", "markdown")
    year, award = re.findall(r"(?m)(?:^\|.*\n)+", printed)
    for table in (year, award):
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()} == {5}


def test_markdown_signs_are_shown_as_signs(tmp_path: Path) -> None:
    printed = _print(tmp_path, r"*a* _b_ `c` [d](e) <f> #1 ~g~ &amp; \\ |", "summarise", "markdown")
    assert r"| \*a\* \_b\_ \`c\` \[d\](e) \<f\> \#1 \~g\~ \&amp; \\ \| |" in printed


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  (any JSON)
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


@pytest.mark.parametrize("name", MORE_NAMES)
@pytest.mark.parametrize("format_", ["sarif", "gitlab"])
@pytest.mark.parametrize("command", ["check", "faults"])
def test_what_a_code_host_takes_out_of_a_document_is_harmless_too(
    tmp_path: Path, name: str, command: str, format_: str
) -> None:
    texts = list(_texts(json.loads(_print(tmp_path, MORE_NAMES[name][0], command, format_))))
    assert texts
    assert not any(HARMFUL.search(text) for text in texts)


@pytest.mark.parametrize("name", MORE_NAMES)
@pytest.mark.parametrize("command", ["check", "faults"])
def test_a_line_is_one_workflow_command_or_one_finding(tmp_path: Path, name: str, command: str) -> None:
    written = MORE_NAMES[name][0]
    found = len(json.loads(_print(tmp_path, written, command, "json"))["findings"])
    commands = _print(tmp_path, written, command, "github").splitlines()
    assert len(commands) == found
    for line in commands:
        head, message = re.fullmatch("(::(?:error|warning|notice) [^:]*)::(.*)", line).groups()  # type: ignore[union-attr]
        properties = dict(each.split("=", 1) for each in head.partition(" ")[2].split(","))
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert not re.search("%(?!25|0A)", message)
    concise = _print(tmp_path, written, command, "concise").splitlines()
    assert len(concise) == found + 1
    assert all(re.fullmatch(r".*grant\.yaml(:[0-9]+:[0-9]+)?: GC[0-9]{3} .*", line) for line in concise[:-1])


@pytest.mark.parametrize("name", MORE_NAMES)
@pytest.mark.parametrize("command", ["check", "faults"])
def test_a_test_report_is_xml_whatever_a_name_holds(tmp_path: Path, name: str, command: str) -> None:
    report = ET.fromstring(_print(tmp_path, MORE_NAMES[name][0], command, "junit"))  # noqa: S314  (printed just now)
    shown = re.sub("[\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", MORE_NAMES[name][1])
    if (name, command) == ("very long", "faults"):  # a key of YAML has at most 1,024 characters: nothing else is read
        shown = "GC102"
    assert any(shown in "".join([*case.itertext(), *case.attrib.values()]) for case in report.iter("testcase"))


@pytest.mark.parametrize("name", MORE_NAMES)
@pytest.mark.parametrize("command", ["check", "faults"])
def test_a_comment_has_whole_tables_and_calls_nobody(tmp_path: Path, name: str, command: str) -> None:
    printed = _print(tmp_path, MORE_NAMES[name][0], command, "markdown")
    (table,) = re.findall(r"(?m)(?:^\|.*\n)+", printed)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()} == {5}
    assert not re.search("[@#][0-9a-z]", printed.replace("### ", ""))
    assert not re.search(r"(?<!\\)<script", printed)
    assert max(map(len, printed.splitlines())) < 10_000


@pytest.mark.parametrize("name", MORE_NAMES)
@pytest.mark.parametrize("format_", get_args(CheckFormat))
def test_the_reason_of_an_acceptance_is_harmless_and_to_be_read(tmp_path: Path, name: str, format_: str) -> None:
    written, shown = MORE_NAMES[name]
    accept = f'accept: [{{finding: "{written}", subject: "{written}", reason: "{written}"}}, '
    accept += f'{{finding: GC501, subject: the costs make £5, reason: "{written}", by: "{written}"}}]\n'
    path = tmp_path / "grant.yaml"
    path.write_text(f"grant: A\naward: £1\nposts: [{{role: B, costs: {{salary: 5}}}}]\n{accept}", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(path), "--format", format_])
    assert result.exit_code == 1, result.stderr
    assert not HARMFUL.search(result.stdout)
    if name in ("ansi", "wide") and format_ in ("full", "concise", "github"):
        assert f"accepted: {shown} (by {shown})" in result.stdout
    if format_ in ("json", "sarif", "gitlab"):
        json.loads(result.stdout)


@pytest.mark.parametrize(
    "name",
    ["::error::x", "a,b: 100% {0}", "]]>", "\x1b[31m", "two\nlines", "\u202egpj", "a|b", "\udc80", "[red] @x #1"],
)
@pytest.mark.parametrize("format_", get_args(CheckFormat))
def test_a_file_may_have_any_name(tmp_path: Path, name: str, format_: str) -> None:
    path = tmp_path / f"{name}.yaml"
    try:
        path.write_text(GRANT, encoding="utf-8")
    except (OSError, ValueError):
        pytest.skip("this system has no such names")
    result = CliRunner().invoke(app, ["check", str(path), f"{path} missing", "--format", format_])
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("grantcalc: ")
    assert not HARMFUL.search(result.stdout + result.stderr)
    match format_:
        case "json" | "sarif" | "gitlab":
            json.loads(result.stdout)
        case "junit":
            ET.fromstring(result.stdout)  # noqa: S314  (printed just now)
        case "github":
            assert all(re.match("::[a-z]+ file=[^:,]*,", line) for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\\t=1+1", '=HYPERLINK(\\"http://x\\")'])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_cell_of_a_spreadsheet_begins_a_formula(tmp_path: Path, name: str, command: str) -> None:
    printed = _print(tmp_path, name, command, "csv")
    for row in csv.reader(io.StringIO(printed)):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "@", "-")) or re.fullmatch(r"-?[0-9]+\.[0-9]{2}", cell)


def test_a_name_with_a_comma_or_a_quotation_mark_stays_one_cell(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(_print(tmp_path, r"a, \"b\"", "summarise", "csv"))))
    assert {len(row) for row in rows} == {6}
    assert rows[1][2] == 'a, "b"'


def test_a_very_long_line_of_a_file_is_shown_in_part_with_the_marker_under_the_figure(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text(f"grant: A\nyears: [{', '.join(map(str, range(1950, 2050)))}, 1950, 2050]\n", encoding="utf-8")
    lines = CliRunner().invoke(app, ["check", str(path)]).stdout.splitlines()
    shown, marker = next((line, below) for line, below in pairwise(lines) if line.startswith("2 |"))
    assert len(shown) < 200
    assert shown[marker.index("^") : marker.rindex("^") + 1] == "1950"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "£1 ✓ ŵ"),
        ("UTF-16", "£1 ✓ ŵ"),
        ("latin-1", "£1 yes \\u0175"),
        ("ascii", "GBP 1 yes \\u0175"),
        ("no such encoding", "GBP 1 yes \\u0175"),
    ],
)
def test_text_is_made_to_fit_the_encoding(encoding: str, expected: str) -> None:
    assert Medium(encoding=encoding).show("£1 ✓ ŵ") == expected


def test_nothing_is_painted_where_there_are_no_colours_or_no_text() -> None:
    assert Medium(colour=False).paint("text", Style.ERROR) == "text"
    assert Medium(colour=True).paint("", Style.ERROR) == ""
    assert Medium(colour=True).paint("text", Style.ERROR) == "\x1b[1;31mtext\x1b[0m"
