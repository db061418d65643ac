"""The commands: what they print where, and the status they end with."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from grantcalc import __version__
from grantcalc.cli import app
from tests.grant_files import EXAMPLES, MARSOC, SMALL

if TYPE_CHECKING:
    from pathlib import Path

MARSOC_FILE = str(EXAMPLES / "marsoc.yaml")
CLAIMS_FILE = str(EXAMPLES / "marsoc-claims.yaml")
FAULTY = SMALL.replace("salary", "salery")
ROUNDED = "costs_rounded_to: pounds\n" + MARSOC


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


@pytest.fixture
def small(tmp_path: Path) -> str:
    return _file(tmp_path, SMALL)


def _file(folder: Path, text: str | bytes, name: str = "grant.yaml") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_the_version_is_printed() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"grantcalc {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize(
    "command",
    [
        (),
        ("summarise",),
        ("summarize",),
        ("explain-cost",),
        ("invoices",),
        ("claims",),
        ("year-end",),
        ("outturn",),
        ("figures",),
        ("check",),
        ("explain",),
        ("rules",),
        ("schema",),
        ("init",),
    ],
)
def test_help_is_printed(command: tuple[str, ...], option: str) -> None:
    result = run(*command, option)
    assert result.exit_code == 0
    assert "Usage: grantcalc" in result.stdout


def test_the_other_spelling_of_summarise_works_and_is_not_listed() -> None:
    assert run("summarize", MARSOC_FILE).stdout == run("summarise", MARSOC_FILE).stdout
    assert "summarize" not in run("--help").stdout


def test_a_word_that_is_no_command_is_refused() -> None:
    result = run("sumarise", MARSOC_FILE)
    assert result.exit_code == 2
    assert "No such command 'sumarise'" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("invoices",),
        ("invoices", MARSOC_FILE, MARSOC_FILE),
        ("check", MARSOC_FILE, "--nope"),
        ("check", MARSOC_FILE, "--format", "table"),
        ("summarise", MARSOC_FILE, "--format", "full"),
        ("summarise", MARSOC_FILE, "--by", "month"),
        ("summarise", MARSOC_FILE, "--by", "year", "--format", "html"),
        ("check", MARSOC_FILE, "--fail-on", "worry"),
        ("check", MARSOC_FILE, "--color", "purple"),
        ("figures", MARSOC_FILE, "--format", "markdown"),
        ("summarise", MARSOC_FILE, "--format", "html"),
        ("summarise", MARSOC_FILE, "--number", "1"),
        ("invoices", MARSOC_FILE, "--number", "one"),
        ("invoices", MARSOC_FILE, "--format", "ics", "--remind", "0"),
    ],
)
def test_a_command_line_that_is_wrong_ends_with_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("check", MARSOC_FILE, "--format", "sarf"), "'markdown'; did you mean \"sarif\"?"),
        (("check", MARSOC_FILE, "--fail-on", "warnings"), "'note'; did you mean \"warning\"?"),
        (("summarise", MARSOC_FILE, "--by", "quarters"), "'line'; did you mean \"quarter\"?"),
        (("check", MARSOC_FILE, "--color", "alway"), "'never'; did you mean \"always\"?"),
        (("check", MARSOC_FILE, "--format", "docx"), "'markdown'."),
        (("check", MARSOC_FILE, "--fromat", "json"), "No such option: --fromat (Possible options: --format)"),
        (("chekc", MARSOC_FILE), "No such command 'chekc'. Did you mean 'check'?"),
    ],
)
def test_a_misspelt_value_option_or_command_is_told_with_the_nearest_one(arguments: tuple[str, ...], hint: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert " ".join(result.stderr.split()).endswith(hint)


@pytest.mark.parametrize("day", ["13/9/2022", "2022-02-30", "tomorrow", "", "2022-09-13T12:00", "99999-01-01"])
@pytest.mark.parametrize("command", ["claims", "check"])
def test_a_day_that_is_no_date_is_told_how_to_be_written(command: str, day: str) -> None:
    result = run(command, CLAIMS_FILE, "--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f'"{day}" is not a date; write year, month and day, as in 2022-01-31' in result.stderr


@pytest.mark.parametrize(("day", "late"), [("0001-01-01", False), ("2022-10-13", False), ("9999-12-31", True)])
def test_claims_are_looked_at_on_the_day_that_is_given(day: str, *, late: bool) -> None:
    result = run("claims", CLAIMS_FILE, "--as-of", day)
    assert result.exit_code == 0
    assert ("warning[GC312] £48,972.90 of claim 1 is not paid" in result.stderr) == late


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("claims", CLAIMS_FILE, "--format", "html", "--number", "9"),
            "there is no claim for 9; there are claims for 1, 2",
        ),
        (
            ("claims", MARSOC_FILE, "--format", "html", "--number", "1"),
            "there is no claim for 1; the file has no claims",
        ),
        (
            ("outturn", CLAIMS_FILE, "--year", "2030-31"),
            'the grant has no year "2030-31"; its years are 2021-2022, 2022-2023',
        ),
    ],
)
def test_a_claim_or_year_that_the_file_does_not_have_is_named_with_those_that_it_has(
    arguments: tuple[str, ...], words: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_claims_that_were_left_out_are_counted() -> None:
    result = run("claims", CLAIMS_FILE, "--as-of", "2022-09-12")
    assert "1 claim made after that day left out." in result.stdout


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("missing.yaml", 2, "there is no such file"),
        ("examples", 2, "this is a folder"),
        ("examples/marsoc-paper.md", 1, "GC102"),
        ("examples/specialist-crime.yaml", 1, "has no dates"),
    ],
)
def test_claims_of_what_is_no_grant_with_dates_end_with_a_reason(name: str, status: int, words: str) -> None:
    result = run("claims", str(EXAMPLES.parent / name))
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr


def test_findings_on_claims_are_said_beside_the_ledger(tmp_path: Path) -> None:
    text = (EXAMPLES / "marsoc-claims.yaml").read_text(encoding="utf-8") + "  - period: 2\n"
    result = run("claims", _file(tmp_path, text))
    assert (result.exit_code, result.stderr) == (0, "error[GC308] period 2 is claimed twice\n")


def test_summarise_ends_with_0_whatever_is_stated() -> None:
    result = run("summarise", MARSOC_FILE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "£202,329 ✗  £1 too small" in result.stdout


def test_invoices_end_with_0_and_say_on_standard_error_what_the_award_cuts(tmp_path: Path) -> None:
    path = _file(tmp_path, MARSOC.replace("basis: stated", "basis: cost"))
    result = run("invoices", path)
    assert result.exit_code == 0
    assert result.stderr == "warning[GC304] payment 8 is cut by £2 to £50,818: the award is used up\n"
    assert result.stdout.count("£50,818") == 2  # the payment, and what was left for it


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("summarise", ()),
        ("invoices", ()),
        ("claims", ()),
        ("year-end", ("--date", "2025-12-31")),
        ("outturn", ()),
        ("explain-cost", ("Officer",)),
    ],
)
def test_a_faulty_file_leaves_nothing_to_compute(tmp_path: Path, command: str, more: tuple[str, ...]) -> None:
    result = run(command, _file(tmp_path, FAULTY), *more)
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'unknown key "salery"' in result.stderr
    assert "grant.yaml:7:9" in result.stderr


def test_good_files_are_summarised_beside_faulty_and_unreadable_ones(tmp_path: Path, small: str) -> None:
    result = run("summarise", small, _file(tmp_path, FAULTY, "bad.yaml"), str(tmp_path / "missing.yaml"))
    assert result.exit_code == 2
    assert result.stdout.startswith("Example\n")
    assert "bad.yaml:7:9" in result.stderr
    assert "missing.yaml: there is no such file; check the name and the folder" in result.stderr


@pytest.mark.parametrize("by", ["financial-year", "calendar-year", "quarter"])
def test_costs_of_a_year_without_dates_fall_into_no_stretch_of_time(tmp_path: Path, small: str, by: str) -> None:
    undated = _file(tmp_path, SMALL.replace("2025-26", "Year 1"), "undated.yaml")
    result = run("summarise", undated, small, "--by", by)
    assert result.exit_code == 1
    assert f"error[GC407] Year 1 has no dates, so its costs belong to no {by.replace('-', ' ')}" in result.stderr
    assert "undated.yaml:2:9" in result.stderr
    assert result.stdout.startswith("Example\n")


@pytest.mark.parametrize("by", ["year", "heading", "line"])
def test_views_without_time_need_no_dates(tmp_path: Path, by: str) -> None:
    result = run("summarise", _file(tmp_path, SMALL.replace("2025-26", "Year 1")), "--by", by)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "£30,000" in result.stdout


def test_a_view_of_a_faulty_and_of_a_missing_file_says_so(tmp_path: Path, small: str) -> None:
    result = run("summarise", small, _file(tmp_path, FAULTY, "bad.yaml"), str(tmp_path / "no"), "--by", "line")
    assert result.exit_code == 2
    assert "bad.yaml:7:9" in result.stderr
    assert "no: there is no such file" in result.stderr
    assert run("summarise", _file(tmp_path, FAULTY, "bad.yaml"), "--by", "line").stdout == ""


def test_a_view_of_several_grants_is_a_block_each(small: str) -> None:
    result = run("summarise", MARSOC_FILE, small, "--by", "quarter")
    assert [line for line in result.stdout.splitlines() if line.startswith(("London", "Example"))] == [
        "London MARSOC hub · PCD 1258 · Ministry of Justice",
        "Example",
    ]
    csv = run("summarise", MARSOC_FILE, small, "--by", "quarter", "--format", "csv").stdout.splitlines()
    assert {line.split(",")[0] for line in csv} == {"grant", "London MARSOC hub", "Example"}


def test_a_faulty_file_beside_a_good_one_ends_with_1(tmp_path: Path, small: str) -> None:
    assert run("summarise", small, _file(tmp_path, FAULTY, "bad.yaml")).exit_code == 1


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (SMALL, "error", 0),
        (SMALL, "note", 0),
        (MARSOC, "error", 1),
        (ROUNDED, "error", 0),
        (ROUNDED, "warning", 1),
        (ROUNDED.replace("£202,329", "£202,429"), "error", 1),
        (MARSOC.replace("£202,329", "£202,429"), "error", 1),
        (FAULTY, "error", 1),
        (SMALL + "award: £31,000\n", "warning", 0),
        (SMALL + "award: £31,000\n", "note", 1),
        ("", "error", 1),
    ],
)
def test_check_ends_with_1_where_something_is_found_at_or_above_the_threshold(
    tmp_path: Path, text: str, fail_on: str, status: int
) -> None:
    result = run("check", _file(tmp_path, text), "--fail-on", fail_on)
    assert (result.exit_code, result.stderr) == (status, "")


def test_check_reports_the_other_files_where_one_cannot_be_read(tmp_path: Path, small: str) -> None:
    result = run("check", str(tmp_path), small, MARSOC_FILE)
    assert result.exit_code == 2
    assert result.stderr == f"grantcalc: {tmp_path}: this is a folder; name the files in it\n"
    assert "grant.yaml: nothing is wrong; the file states no figures to hold against its costs." in result.stdout
    assert "marsoc.yaml: do not sign yet: " in result.stdout


def test_check_lists_unreadable_files_in_json_too(tmp_path: Path, small: str) -> None:
    result = run("check", str(tmp_path / "missing"), small, "--format", "json")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    assert [file["path"] for file in document["files"]] == [small]
    assert [file["path"] for file in document["unreadable"]] == [str(tmp_path / "missing")]


@pytest.mark.parametrize("data", [b"a\0b", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_what_is_not_text_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    result = run("check", _file(tmp_path, data))
    assert result.exit_code == 2
    assert result.stderr.endswith("grant.yaml: this is not a text file\n")


def test_a_name_that_no_file_can_have_is_said_so() -> None:
    result = run("check", "a\0b")
    assert (result.exit_code, result.stderr) == (2, "grantcalc: a\\u0000b: this is not a name that a file can have\n")


@pytest.mark.parametrize("command", ["summarise", "invoices", "check"])
def test_a_dash_reads_standard_input(command: str) -> None:
    assert run(command, "-", stdin=SMALL).exit_code == 0
    assert run(command, "-", stdin=FAULTY).exit_code == 1


@pytest.mark.parametrize("command", ["summarise", "check"])
def test_standard_input_is_not_read_twice(command: str) -> None:
    result = run(command, "-", "-", stdin=SMALL)
    assert result.exit_code == 2
    assert "standard input can be read only once" in result.stderr


@pytest.mark.parametrize("command", ["summarise", "invoices", "check"])
@pytest.mark.parametrize("format_", ["json", None])
def test_output_goes_to_a_file_as_it_would_to_the_screen(tmp_path: Path, command: str, format_: str | None) -> None:
    options = ("--format", format_) if format_ else ()
    target = tmp_path / "out"
    result = run(command, MARSOC_FILE, "--output", str(target), *options)
    assert result.stdout == ""
    assert target.read_text(encoding="utf-8") == run(command, MARSOC_FILE, *options).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            (command, MARSOC_FILE, "--format", format_)
            for command in ("summarise", "invoices", "check")
            for format_ in ("json", "csv")
            if (command, format_) != ("check", "csv")
        ),
        ("summarise", MARSOC_FILE, "--format", "jsonl"),
        ("schema",),
        ("rules",),
    ],
)
def test_a_dash_for_the_output_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments, "--output", "-").stdout == run(*arguments).stdout != ""
    assert list(tmp_path.iterdir()) == []


def test_a_dash_for_what_import_makes_is_standard_output(tmp_path: Path) -> None:
    table = _file(tmp_path, TABLE, "posts.csv")
    made = run("import", table, "--year", "2025-26", "--output", "-")
    assert made.stdout == run("import", table, "--year", "2025-26").stdout != ""


@pytest.mark.parametrize("option", ["--annotate", "--write-baseline"])
def test_what_is_written_beside_the_result_needs_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", MARSOC_FILE, option, "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'it cannot be "-"' in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "\n \n"])
@pytest.mark.parametrize("command", ["summarise", "check"])
def test_an_empty_file_is_told_without_a_line_of_it(tmp_path: Path, command: str, text: str) -> None:
    path = _file(tmp_path, text)
    result = run(command, path)
    assert f"error[GC105] the file is empty\n--> {path}\n = to mend: " in result.stdout + result.stderr


def test_all_amounts_of_a_comparison_that_are_below_zero_have_a_minus() -> None:
    credit = SMALL + "other_costs:\n  - item: Refund\n    costs:\n      2025-26:\n        overhead: -£{}\n"
    printed = run("diff", "-", MARSOC_FILE, stdin=credit.format("5,000")).stdout
    assert "-£5,000" in printed
    assert "(£" not in printed


def test_output_over_an_input_is_refused_and_the_input_is_untouched(small: str, tmp_path: Path) -> None:
    result = run("summarise", small, "--output", str(tmp_path / "." / "grant.yaml"))
    assert result.exit_code == 2
    assert "this is an input; write the output to another file" in result.stderr
    assert (tmp_path / "grant.yaml").read_text(encoding="utf-8") == SMALL


def test_output_is_untouched_where_nothing_can_be_computed(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("before", encoding="utf-8")
    assert run("invoices", _file(tmp_path, FAULTY), "--output", str(target)).exit_code == 1
    assert run("invoices", str(tmp_path / "missing"), "--output", str(target)).exit_code == 2
    assert target.read_text(encoding="utf-8") == "before"


def test_select_shows_only_some_rules_and_decides_the_status() -> None:
    result = run("check", MARSOC_FILE, "--select", "GC4", "--format", "json")
    assert result.exit_code == 0
    assert {finding["code"] for finding in json.loads(result.stdout)["findings"]} == {"GC401"}


def test_ignore_leaves_rules_out_whether_given_together_or_apart() -> None:
    together = run("check", MARSOC_FILE, "--ignore", "GC201, cost-over-award")
    apart = run("check", MARSOC_FILE, "--ignore", "GC201", "--ignore", "GC501")
    assert together.exit_code == apart.exit_code == 0
    assert together.stdout == apart.stdout
    assert "GC201]" not in apart.stdout


def test_faults_of_the_file_cannot_be_ignored(tmp_path: Path) -> None:
    assert run("check", _file(tmp_path, FAULTY), "--ignore", "GC103").exit_code == 1


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist_is_refused_with_the_nearest_one(option: str) -> None:
    result = run("check", MARSOC_FILE, option, "stated-figure-difers")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Invalid value for {option}" in result.stderr
    assert 'did you mean "stated-figure-differs"?' in " ".join(result.stderr.split())


def test_colours_are_shown_only_when_asked_for_where_there_is_no_screen() -> None:
    plain = run("check", MARSOC_FILE).stdout
    painted = run("check", MARSOC_FILE, "--color", "always").stdout
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[GC201]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert run("check", MARSOC_FILE, "--color", "never").stdout == plain


def test_a_file_never_has_colours(tmp_path: Path) -> None:
    run("check", MARSOC_FILE, "--color", "always", "--output", str(tmp_path / "out"))
    assert "\x1b" not in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SMALL.replace("2025-26", "Year 1"), "Year 1 has no dates, so it has no invoices"),
        (SMALL + "payments: {basis: award}\n", "payments are a share of the award, but no award is given"),
        (
            SMALL + "payments: {basis: stated}\n",
            "payments are invoiced as stated, but 2025-26 states no payment",
        ),
        ("grant: Kit\n", "the grant has no dates, so it has no invoices"),
    ],
)
def test_invoices_say_why_there_are_none(tmp_path: Path, text: str, message: str) -> None:
    result = run("invoices", _file(tmp_path, text))
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("command", "formats"),
    [
        ("summarise", "'table', 'json', 'jsonl', 'csv', 'markdown'"),
        ("invoices", "'table', 'json', 'csv', 'markdown', 'html', 'ics'"),
        ("figures", "'table', 'json', 'csv'"),
        ("check", "'full', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'"),
        ("explain", "'text', 'json', 'markdown'"),
        ("rules", "'table', 'json', 'markdown'"),
    ],
)
def test_the_formats_of_a_command_are_named_by_its_help_and_where_another_is_asked_for(
    command: str, formats: str
) -> None:
    result = run(command, *([] if command == "rules" else [MARSOC_FILE]), "--format", "docx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'docx' is not one of {formats}" in " ".join(result.stderr.split())
    assert "|".join(formats.replace("'", "").split(", ")) in run(command, "--help").stdout


@pytest.mark.parametrize("number", ["0", "9", "-1"])
def test_an_invoice_that_there_is_not_is_refused_with_the_numbers_that_there_are(number: str) -> None:
    result = run("invoices", MARSOC_FILE, "--number", number)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Invalid value for --number: there is no invoice {number}; the numbers are 1 to 8" in result.stderr


def test_the_only_invoice_is_named_so(tmp_path: Path) -> None:
    path = _file(tmp_path, SMALL + "payments: {frequency: yearly}\n")
    assert "there is no invoice 2; the only number is 1" in run("invoices", path, "--number", "2").stderr


def test_one_invoice_has_the_figures_that_it_has_among_all() -> None:
    rows = run("invoices", MARSOC_FILE).stdout.splitlines()
    assert run("invoices", MARSOC_FILE, "--number", "3").stdout.splitlines()[1].split() == rows[3].split()
    assert run("invoices", MARSOC_FILE, "--number", "3").stdout.count("\n") == 2
    records = run("invoices", MARSOC_FILE, "-f", "csv").stdout.splitlines()
    assert run("invoices", MARSOC_FILE, "-f", "csv", "--number", "3").stdout.splitlines() == [records[0], records[3]]


@pytest.mark.parametrize("command", ["summarise", "invoices"])
def test_a_csv_for_excel_begins_with_the_mark_of_utf_8_and_is_otherwise_the_same(tmp_path: Path, command: str) -> None:
    path = _file(tmp_path, SMALL.replace("Example", "Caffi £1 ŵ") + "cost_centre: ŵ £\n")
    plain = run(command, path, "--format", "csv").stdout_bytes
    result = CliRunner(charset="latin-1").invoke(app, [command, path, "--format", "csv", "--excel"])
    assert result.stdout_bytes == b"\xef\xbb\xbf" + plain
    target = tmp_path / "out.csv"
    run(command, path, "--format", "csv", "--excel", "--output", str(target))
    assert target.read_bytes() == result.stdout_bytes


@pytest.mark.parametrize("format_", ["table", "json", "markdown"])
@pytest.mark.parametrize("command", ["summarise", "invoices"])
def test_a_mark_for_excel_is_refused_in_other_formats(command: str, format_: str) -> None:
    result = run(command, MARSOC_FILE, "--format", format_, "--excel")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Invalid value for --excel: it has no meaning with --format {format_}, only with --format csv" in (
        " ".join(result.stderr.split())
    )


def test_a_reminder_is_refused_without_a_calendar() -> None:
    result = run("invoices", MARSOC_FILE, "--remind", "7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "it has no meaning with --format table, only with --format ics" in " ".join(result.stderr.split())


def test_empty_columns_are_left_out_of_tables_and_kept_in_csv() -> None:
    assert "Due" not in run("invoices", MARSOC_FILE).stdout + run("invoices", MARSOC_FILE, "-f", "markdown").stdout
    head = run("invoices", MARSOC_FILE, "-f", "csv").stdout.splitlines()[0]
    assert head == (
        "number,year,from,to,invoice_date,due_date,amount,cumulative,remaining,claim_by,kind,order_balance,"
        "purchase_order,customer_reference,supplier_reference,cost_centre,before_terms,up_front,held_back"
    )


TABLE = 'Role,Salary\nOfficer,"£30,000"\n'


def test_import_prints_a_grant_file_and_says_the_rest_on_standard_error(tmp_path: Path) -> None:
    table = 'Role,Grade,Salary\nOfficer,DC,"£30,000"\n'
    result = run("import", _file(tmp_path, table, "posts.csv"), "--name", "Our: grant", "--year", "2025-26")
    assert result.exit_code == 0
    assert result.stdout.partition("\n")[2] == (
        "grant: 'Our: grant'\nyears:\n  - 2025-26\nposts:\n  - role: Officer\n    costs:\n      2025-26:\n"
        "        salary: £30,000\n"
    )
    assert result.stderr.startswith('note[GC133] column "Grade" (B) is not read: it holds no costs\n')


def test_what_import_writes_is_checked_without_a_finding(tmp_path: Path) -> None:
    target = tmp_path / "grant.yaml"
    result = run("import", _file(tmp_path, TABLE, "posts.csv"), "--year", "2025-26", "--output", str(target))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert run("check", str(target)).stdout.startswith("Nothing is wrong")


def test_import_never_writes_over_a_file(tmp_path: Path) -> None:
    table = _file(tmp_path, TABLE, "posts.csv")
    target = _file(tmp_path, "mine", "grant.yaml")
    for output in (target, table):
        result = run("import", table, "--output", output)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "there is such a file already, and it is not written over" in result.stderr
    assert (tmp_path / "grant.yaml").read_text(encoding="utf-8") == "mine"
    missing = run("import", table, "--output", str(tmp_path / "none" / "grant.yaml"))
    assert (missing.exit_code, "its folder does not exist" in missing.stderr) == (2, True)


def test_a_table_with_cells_that_cannot_be_read_leaves_nothing_to_write(tmp_path: Path) -> None:
    target = tmp_path / "grant.yaml"
    table = _file(tmp_path, "Role,Salary\nOfficer,£30,000\nManager,soon\n", "posts.csv")
    result = run("import", table, "--output", str(target))
    assert (result.exit_code, result.stdout, target.exists()) == (1, "", False)
    assert "posts.csv:2:9" in result.stderr
    assert "posts.csv:3:9" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--column", "G"], "write it as in salary=G"),
        (["--year", "2025-26", "--year", "2025/26"], "a year is named twice"),
        (["--sheet", "Posts"], "this is no workbook"),
    ],
)
def test_options_of_import_that_make_no_sense_are_refused(tmp_path: Path, options: list[str], said: str) -> None:
    result = run("import", _file(tmp_path, TABLE, "posts.csv"), *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_table_comes_from_standard_input_too() -> None:
    result = run("import", "-", stdin=TABLE)
    assert result.exit_code == 0
    assert "grant: Imported grant\n" in result.stdout


def test_that_sums_do_not_hold_is_said_even_where_their_rules_are_not_asked_for(tmp_path: Path) -> None:
    text = SMALL.replace("years: [2025-26]", "years:\n  - year: 2025-26\n    stated:\n      total: £5")
    result = run("check", _file(tmp_path, text), "--select", "GC402")
    assert (result.exit_code, result.stderr) == (0, "")
    first, _, _ = result.stdout.partition("\n")
    assert first == "Nothing is wrong by the rules that were asked for, though not all sums hold."
