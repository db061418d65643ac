"""Configuration of `check`, found near the files that are checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import MARSOC, SMALL

OVER = SMALL + "award: £29,000\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "grants").mkdir()
    monkeypatch.chdir(tmp_path)


def check(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["check", *arguments], input=stdin)


def _write(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def _codes(*arguments: str) -> set[str]:
    return {finding["code"] for finding in json.loads(check(*arguments, "-f", "json").stdout)["findings"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("grantcalc.toml", 'select = ["GC4"]'),
        ("pyproject.toml", '[tool.grantcalc]\nselect = ["GC4"]'),
        ("pyproject.toml", 'tool.grantcalc.select = ["GC4"]'),
        ("pyproject.toml", '[ "tool" . grantcalc ]\nselect = ["GC4"]'),
        ("pyproject.toml", '[tool]\n"grantcalc" = {select = ["GC4"]}'),
        ("pyproject.toml", 'tool = {grantcalc = {select = ["GC4"]}}'),
        ("grants/grantcalc.toml", 'select = ["year-name-contradicts-dates"]'),
    ],
)
def test_a_configuration_is_found_in_the_folder_of_the_file_or_above(name: str, text: str) -> None:
    _write("grants/deep/grant.yaml" if name.startswith("grants") else "grants/grant.yaml", MARSOC)
    _write(name, text)
    path = next(Path("grants").rglob("*.yaml")).as_posix()
    assert _codes(path) == {"GC401"}
    assert check(path).exit_code == 0
    assert {"GC401", "GC501"} <= _codes(path, "--no-config")


def test_the_first_that_has_a_configuration_ends_the_search() -> None:
    _write("grantcalc.toml", 'select = ["GC5"]')
    _write("grants/pyproject.toml", '[project]\nname = "of grantcalc"\n')
    path = _write("grants/grant.yaml", MARSOC)
    assert _codes(path) == {"GC501"}
    _write("grants/pyproject.toml", "[tool.grantcalc]\n")
    assert {"GC401", "GC501"} <= _codes(path)
    _write("grants/grantcalc.toml", 'select = ["GC4"]')
    assert _codes(path) == {"GC401"}


def test_each_file_has_its_own_configuration() -> None:
    _write("grants/grantcalc.toml", 'select = ["GC4"]\nfail-on = "warning"')
    inside, outside = _write("grants/grant.yaml", MARSOC), _write("other/grant.yaml", SMALL)
    assert check(outside).exit_code == 0
    assert check(inside, outside).exit_code == 1
    assert "GC401" in check(inside, outside).stdout
    assert check(f"grants/../{outside}").exit_code == 0


def test_standard_input_has_the_configuration_of_the_working_folder() -> None:
    _write("grantcalc.toml", 'ignore = ["GC5", "GC3"]')
    assert check("-", stdin=OVER).exit_code == 0
    assert check("-", "--no-config", stdin=OVER).exit_code == 1


@pytest.mark.parametrize(
    ("table", "arguments", "expected"),
    [
        ('ignore = ["GC501"]', (), {"GC304"}),
        ('ignore = ["GC501"]', ("--ignore", "GC304"), {"GC501"}),
        ('ignore = ["GC501"]', ("--select", "GC5"), {"GC501"}),
        ('select = ["GC5"]', ("--ignore", "GC304"), {"GC501"}),
        ('select = ["GC5"]', ("--select", "GC3"), {"GC304"}),
        ('per-file-ignores = {"*.yaml" = ["GC5"]}', (), {"GC304"}),
        ('per-file-ignores = {"*.yaml" = ["GC5"]}', ("--ignore", "GC304"), set()),
        ('per-file-ignores = {"*.yaml" = ["GC5"]}', ("--select", "GC5"), {"GC501"}),
        ('per-file-ignores = {"grants/*.yaml" = ["GC5"], "grant.*" = ["GC304"]}', (), set()),
        ('per-file-ignores = {"*/grant.yaml" = ["GC5"]}', (), {"GC304"}),
        ('per-file-ignores = {"*.md" = ["GC5"], "Grant.yaml" = ["GC5"], "other/*" = ["GC5"]}', (), {"GC501", "GC304"}),
    ],
)
def test_rules_are_chosen_by_the_command_line_before_the_configuration(
    table: str, arguments: tuple[str, ...], expected: set[str]
) -> None:
    _write("grantcalc.toml", table)
    assert _codes(_write("grants/grant.yaml", OVER), *arguments) == expected


@pytest.mark.parametrize(
    ("fail_on", "arguments", "status"),
    [
        ("error", (), 0),
        ("warning", (), 1),
        ("warning", ("--fail-on", "error"), 0),
        ("error", ("--fail-on", "warning"), 1),
        ("note", ("--no-config",), 0),
    ],
)
def test_the_threshold_is_configured(fail_on: str, arguments: tuple[str, ...], status: int) -> None:
    _write("grantcalc.toml", f'fail-on = "{fail_on}"')
    path = _write("grants/grant.yaml", "costs_rounded_to: pounds\n" + MARSOC.replace("award: £405,608\n", ""))
    assert check(path, *arguments).exit_code == status


def test_the_format_is_configured() -> None:
    _write("grants/grantcalc.toml", 'format = "json"')
    path = _write("grants/grant.yaml", SMALL)
    assert check(path).stdout.startswith("{")
    assert check(path, "-f", "concise").stdout == check(path, "-f", "concise", "--no-config").stdout
    assert check(path, "--show-passes").exit_code == 2


def test_a_file_that_is_named_is_the_configuration_of_all() -> None:
    _write("grants/grantcalc.toml", 'select = ["GC5"]')
    path = _write("grants/grant.yaml", MARSOC)
    assert _codes(path, "--config", _write("ci.toml", 'select = ["GC4"]')) == {"GC401"}
    shared = _write("other/pyproject.toml", '[tool.grantcalc]\nselect = ["GC4"]')
    assert _codes(path, "--config", shared) == {"GC401"}
    assert check(path, "--config", "ci.toml", "--no-config").exit_code == 2
    assert check(path, "--config", "ci.toml", "--output", "ci.toml").exit_code == 2
    assert "GC4" in Path("ci.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", 'unknown key "selct"; did you mean "select"?'),
        ("fail_on = 1", 'unknown key "fail_on"; did you mean "fail-on"?'),
        ("[award]", 'unknown key "award"; the keys are select, ignore, fail-on, format and per-file-ignores'),
        ('fail-on = "warnings"', 'fail-on is "warnings"; did you mean "warning"?'),
        ('fail-on = "x"', 'fail-on is "x"; it can be error, warning or note'),
        ("fail-on = true", "fail-on is no text; it can be error, warning or note"),
        ('format = "sariff"', 'format is "sariff"; did you mean "sarif"?'),
        ('select = "GC5"', 'select should be a list of rules, such as ["GC2", "GC405"]'),
        ("ignore = [1]", 'ignore should be a list of rules, such as ["GC2", "GC405"]'),
        ('ignore = ["GC2011"]', 'ignore: no rule is called "GC2011"; did you mean "GC201"?'),
        ("per-file-ignores = []", "per-file-ignores should be a table of patterns"),
        ('per-file-ignores = {"*" = ["GX"]}', 'per-file-ignores, "*": no rule is called "GX"'),
        ("select = [", "this is not TOML: "),
        ("\udcff", "this is not TOML: "),
    ],
)
@pytest.mark.parametrize("option", [(), ("--config", "grantcalc.toml")])
def test_a_configuration_that_says_what_means_nothing_is_refused(text: str, said: str, option: tuple[str, ...]) -> None:
    Path("grantcalc.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    result = check(_write("grants/grant.yaml", SMALL), *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"grantcalc.toml: {said}" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pyproject.toml", "[project]\n", "it has no table [tool.grantcalc]"),
        ("pyproject.toml", "tool.grantcalc = 1\n", "tool.grantcalc is not a table"),
        ("missing.toml", None, "there is no such file; check the name and the folder"),
        ("grants", None, "this is a folder; name the files in it"),
    ],
)
def test_a_file_that_is_named_and_has_no_configuration_is_refused(name: str, text: str | None, said: str) -> None:
    if text is not None:
        _write(name, text)
    result = check(_write("grants/grant.yaml", SMALL), "--config", name)
    assert (result.exit_code, result.stderr) == (2, f"grantcalc: {name}: {said}\n")


def test_a_pyproject_that_does_not_speak_of_grantcalc_may_be_broken() -> None:
    _write("pyproject.toml", "[project\n")
    assert check(_write("grants/grant.yaml", SMALL)).exit_code == 0


def test_a_baseline_and_a_configuration_go_together() -> None:
    _write("grantcalc.toml", 'select = ["GC5", "GC9"]')
    path = _write("grants/grant.yaml", OVER)
    assert check(path, "--write-baseline", "baseline.json").exit_code == 0
    assert check(path, "--baseline", "baseline.json", "--fail-on", "note").exit_code == 0
    # Of what the configuration does not ask for it is not known whether it is gone.
    _write("grantcalc.toml", 'select = ["GC4", "GC9"]')
    _write("grants/grant.yaml", SMALL)
    assert "GC904" not in check(path, "--baseline", "baseline.json").stdout


def test_nothing_outside_a_grant_file_changes_an_amount() -> None:
    path = _write("grants/grant.yaml", MARSOC)
    commands = (["summarise", path, "-f", "json"], ["invoices", path, "-f", "json"], ["check", path, "-f", "json"])
    before = [json.loads(CliRunner().invoke(app, command).stdout) for command in commands]
    keys = {"select": ["GC4"], "ignore": ["GC401"], "fail-on": "note", "format": "json"}
    table = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    _write("grantcalc.toml", f'{table}per-file-ignores = {{"*" = ["GC2"]}}\n')
    check(path, "--write-baseline", "baseline.json", "--no-config")
    after = [json.loads(CliRunner().invoke(app, [*command]).stdout) for command in commands]
    assert after[:2] == before[:2]
    assert {**after[2], "findings": []} == {**before[2], "findings": []}


@pytest.mark.unmeasured
@pytest.mark.parametrize("configured", [False, True])
def test_toml_is_read_only_where_there_is_a_configuration(*, configured: bool) -> None:
    path = _write("grants/grant.yaml", SMALL)
    _write("grantcalc.toml" if configured else "pyproject.toml", "")
    script = (
        "import sys\nfrom grantcalc.cli import app\n"
        f"app(['check', {path!r}], standalone_mode=False)\nprint('tomllib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == str(configured)


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
def test_links_that_lead_round_in_a_circle_are_said_to_be_no_file() -> None:
    Path("first").symlink_to("second")
    Path("second").symlink_to("first")
    _write("grantcalc.toml", 'select = ["GC4"]')
    result = check("first/grant.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "grantcalc: first/grant.yaml: its links lead round in a circle; name the file itself\n"
