"""A grant file that takes posts from a table beside it: every place is one in the file where it stands."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app

if TYPE_CHECKING:
    from pathlib import Path

GRANT = """\
grant: Example
years: [2025/26]
posts_from: posts.csv
posts:
  - role: Manager
    costs:
      salary: £40,000
"""
TABLE = 'Role,Salary 2025-26,FTE\nOfficer,"£30,000",1\n'


def _run(folder: Path, table: str | bytes, *command: str, grant: str = GRANT) -> Result:
    (folder / "grant.yaml").write_text(grant, encoding="utf-8")
    (folder / "posts.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return CliRunner().invoke(app, [*command, str(folder / "grant.yaml")])


@pytest.mark.parametrize("command", ["check", "summarise", "invoices"])
def test_every_command_takes_the_posts_of_the_table(tmp_path: Path, command: str) -> None:
    result = _run(tmp_path, TABLE, command)
    assert (result.exit_code, result.stderr) == (0, "")
    if command == "summarise":
        assert "Officer" in result.stdout
        assert "£70,000" in result.stdout


def test_faults_of_both_files_are_said_in_one_run_each_with_its_own_place(tmp_path: Path) -> None:
    table = 'Role,Salary 2025-26,Overhead 2026-27\nManager,"£3,14,0",\nOfficer,-4,£5\n'
    result = _run(tmp_path, table, "check", grant=GRANT.replace("40,000", "40,00"))
    assert result.exit_code == 1
    for place, message in (
        ("posts.csv:2:9", '"£3,14,0" has a comma where no thousands end'),
        ("posts.csv:2:1", 'the role "Manager" is given twice'),
        ("posts.csv:3:9", '"-4" is less than nothing'),
        ("posts.csv:1:21", 'the year "2026-27" is not listed'),
        ("grant.yaml:7:15", '"£40,00" has a comma'),
    ):
        at = result.stdout.index(message)
        assert place in result.stdout[at : at + 300]
    assert "first given here" in result.stdout
    assert "grant.yaml" not in result.stdout[result.stdout.index("first given here") :][:60]


def test_the_line_of_the_table_is_shown(tmp_path: Path) -> None:
    result = _run(tmp_path, 'Role,Salary 2025-26\nOfficer,"£3, 140"\n', "check")
    assert '2 | Officer,"£3, 140"\n  |         ^^^^^^^^^\n' in result.stdout


def test_json_lists_both_files_and_says_which_one_a_finding_is_in(tmp_path: Path) -> None:
    document = json.loads(_run(tmp_path, TABLE, "check", "--format", "json").stdout)
    table = {"path": str(tmp_path / "posts.csv"), "sha256": hashlib.sha256(TABLE.encode()).hexdigest()}
    assert document["inputs"][1] == table
    (note,) = document["findings"]
    assert (note["path"], note["where"]["line"], note["where"]["column"]) == (table["path"], 1, 21)
    document = json.loads(_run(tmp_path, TABLE, "summarise", "--format", "json").stdout)
    assert document["inputs"][1] == table


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("other.csv", "there is no such file"),
        ("posts.xlsx", "is no .csv or .tsv file"),
        ("../posts.csv", "is not in the folder of the grant file"),
        ("/etc/posts.csv", "is not in the folder of the grant file"),
        ("C:\\posts.csv", "is not in the folder of the grant file"),
        ("", "a text should"),
    ],
)
def test_a_table_that_is_elsewhere_or_no_table_is_refused(tmp_path: Path, name: str, said: str) -> None:
    result = _run(tmp_path, TABLE, "check", grant=GRANT.replace("posts.csv", f"'{name}'"))
    assert result.exit_code == 1
    assert said in result.stdout
    assert "grant.yaml:3:13" in result.stdout


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "is headed as roles"),
        (TABLE.encode("cp1252"), "is not UTF-8"),
        ("Role,Salary\nOfficer,£30,000\n", "a comma divides"),
        (b"\0\0", "this is not a text file"),
    ],
)
def test_a_table_that_cannot_be_read_leaves_nothing_to_compute(tmp_path: Path, table: str | bytes, said: str) -> None:
    result = _run(tmp_path, table, "summarise")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_a_column_of_costs_without_a_heading_of_the_grant_is_not_dropped_silently(tmp_path: Path) -> None:
    result = _run(tmp_path, "Role,Salary,Pension\nOfficer,£1,£2\n", "check")
    assert 'column "Pension" (C) is not read, though it holds numbers' in result.stdout
    result = _run(
        tmp_path, "Role,Salary,Pension\nOfficer,£1,£2\n", "summarise", grant=f"headings: [salary, Pension]\n{GRANT}"
    )
    assert "Pension" in result.stdout


def test_findings_on_costs_of_the_table_are_placed_in_it(tmp_path: Path) -> None:
    grant = GRANT.replace("[2025/26]", "[2025/26, 2026-27]").replace("      salary", "      2025-26:\n        salary")
    result = _run(tmp_path, TABLE, "check", grant=grant)
    assert "warning[GC405] Officer has no cost in 2026-27" in result.stdout
    assert "posts.csv:2:1" in result.stdout


def test_a_table_need_not_name_the_only_heading_of_the_grant(tmp_path: Path) -> None:
    grant = GRANT.replace("posts_from", "headings: [salary]\nposts_from")
    result = _run(tmp_path, "Role,2025-26\nOfficer,£30\n", "summarise", grant=grant)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "£40,030" in result.stdout


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("Role,Salary 2025-26,Salary\nA,£1,£2\n", 'column "Salary" (C) names no year, as others do'),
        (
            "Role,Salary,Salary\nA,£1,£2\n",
            'column "Salary" (C) holds salary of 2025/26, and so does column "Salary" (B)',
        ),
    ],
)
def test_no_option_is_offered_where_there_is_none(tmp_path: Path, table: str, message: str) -> None:
    result = _run(tmp_path, table, "check")
    assert message in result.stdout
    assert "--column" not in result.stdout
