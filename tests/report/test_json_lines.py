"""Summaries as lines of JSON: the same keys on each, one after the other, and faults as in the other formats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from grantcalc.cli import app
from tests.grant_files import EXAMPLES, SMALL
from tests.report.test_json_document import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

Json = dict[str, Any]
TEXT: Final[Json] = {"type": "string"}
TEXT_OR_NULL: Final[Json] = {"type": ["string", "null"]}
AMOUNT: Final[Json] = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
AMOUNT_OR_NULL: Final[Json] = {"anyOf": [AMOUNT, {"type": "null"}]}
DAY_OR_NULL: Final[Json] = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _closed(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list_of(**properties: Json) -> Json:
    return {"type": "array", "items": _closed(properties)}


HEADINGS: Final = _list_of(heading=TEXT, amount=AMOUNT)
LINE: Final = _closed(
    {
        "schema": {"const": "grantcalc/summary-line/1"},
        "grantcalc": TEXT,
        "inputs": _list_of(path=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        "path": TEXT,
        "grant": TEXT,
        "funder": TEXT_OR_NULL,
        "recipient": TEXT_OR_NULL,
        "starts": DAY_OR_NULL,
        "ends": DAY_OR_NULL,
        "reference": TEXT_OR_NULL,
        "award": AMOUNT_OR_NULL,
        "total": AMOUNT,
        "award_in_force": AMOUNT_OR_NULL,
        "payable": AMOUNT,
        "over_award": AMOUNT_OR_NULL,
        "headings": HEADINGS,
        "years": _list_of(
            year=TEXT_OR_NULL,
            starts=DAY_OR_NULL,
            ends=DAY_OR_NULL,
            headings=HEADINGS,
            total=AMOUNT,
            stated=_list_of(figure=TEXT, text=TEXT, agrees={"enum": ["yes", "rounding", "no"]}),
            lines=_list_of(kind={"enum": ["post", "cost"]}, name=TEXT, headings=HEADINGS, total=AMOUNT),
            payments={"type": "array", "items": AMOUNT},
        ),
    }
)
GRANTS: Final = sorted(str(path) for path in EXAMPLES.glob("*.yaml"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["summarise", *arguments])


def lines_of(*paths: str) -> list[Json]:
    return [json.loads(line) for line in run(*paths, "--format", "jsonl").stdout.splitlines()]


def test_every_line_has_every_key_and_no_other(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    paths = [*GRANTS, *map(str, tmp_path.iterdir())]
    lines = lines_of(*paths)
    assert [line["path"] for line in lines] == paths
    for line in lines:
        Draft202012Validator(LINE).validate(line)


def test_a_line_says_what_the_document_of_a_grant_says() -> None:
    document = json.loads(run(*GRANTS, "--format", "json").stdout)
    for line, record in zip(lines_of(*GRANTS), document["grants"], strict=True):
        assert _as_record(line) == record
    assert [each for line in lines_of(*GRANTS) for each in line["inputs"]] == document["inputs"]


def _as_record(line: Json) -> Json:
    """A line as an entry of a summary: its lists of amounts as objects again."""
    more = {"schema", "grantcalc", "inputs", "funder", "recipient", "starts", "ends"}
    record = {key: value for key, value in line.items() if key not in more}
    return {**_by_heading(record), "years": [_as_year(year) for year in line["years"]]}


def _as_year(year: Json) -> Json:
    stated = {each["figure"]: {"text": each["text"], "agrees": each["agrees"]} for each in year["stated"]}
    return {**_by_heading(year), "stated": stated, "lines": [_by_heading(line) for line in year["lines"]]}


def _by_heading(record: Json) -> Json:
    return {**record, "headings": {each["heading"]: each["amount"] for each in record["headings"]}}


def test_a_line_names_the_funder_and_the_dates_of_a_grant() -> None:
    (line,) = lines_of(str(EXAMPLES / "marsoc.yaml"))
    assert (line["funder"], line["starts"], line["ends"]) == ("Ministry of Justice", "2022-01-01", "2023-12-31")
    assert (line["total"], line["over_award"]) == ("405610.00", "2.00")


def test_each_fault_is_a_line_on_standard_error_and_the_other_grants_have_their_lines(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("grant: A\nawrd: 5\nyears: 2025-26\n", encoding="utf-8")
    paths = [GRANTS[0], str(faulty), GRANTS[1]]
    result = run(*paths, "--format", "jsonl")
    other = run(*paths, "--format", "json")
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == GRANTS[:2]
    assert result.exit_code == other.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0] == f'{faulty}:2:1: GC103 unknown key "awrd"; did you mean "award"?'
    assert len(told) == other.stderr.count("-->") > 1
    assert [line for line in told if not line.startswith(f"{faulty}:")] == []


def test_without_a_grant_there_is_no_line_and_no_file(tmp_path: Path) -> None:
    result = run("missing.yaml", "--format", "jsonl", "--output", str(tmp_path / "out.jsonl"))
    assert (result.exit_code, result.stdout, list(tmp_path.iterdir())) == (2, "", [])


def test_a_file_of_lines_is_what_would_have_been_printed(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert run(*GRANTS, "--format", "jsonl", "--output", str(target)).exit_code == 0
    assert target.read_bytes() == run(*GRANTS, "--format", "jsonl").stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "year"), "Invalid value for --by: it has no meaning with --format jsonl"),
        (("--movement",), "Invalid value for --movement: it has no meaning with --format jsonl"),
        (("--excel",), "Invalid value for --excel: it has no meaning with --format jsonl"),
    ],
)
def test_lines_are_refused_where_they_have_no_meaning(arguments: tuple[str, ...], said: str) -> None:
    result = run(GRANTS[0], "--format", "jsonl", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


@pytest.mark.skipif(os.name != "posix", reason="the second file is a pipe with a name, as POSIX has them")
def test_a_line_is_printed_before_the_next_file_is_read(tmp_path: Path) -> None:
    waiting = tmp_path / "waiting.yaml"
    os.mkfifo(waiting)
    command = [sys.executable, "-m", "grantcalc", "summarise", GRANTS[0], str(waiting), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        waiting.write_text(SMALL, encoding="utf-8")
        second = json.loads(running.stdout.readline())
    assert (first["path"], second["path"], running.returncode) == (GRANTS[0], str(waiting), 0)
