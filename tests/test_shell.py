"""The shell: completion, help with examples, the man page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.cli.commands import COMMANDS as LISTED
from grantcalc.cli.commands import Listed, loaded
from tests.grant_files import EXAMPLES

ROOT: Final = EXAMPLES.parent
TREE: Final[Any] = typer.main.get_command(app)
COMMANDS: Final = [listed.name for listed in LISTED if not listed.hidden]


def asked(shell: str, line: str, word: str) -> dict[str, str]:
    """How a shell asks for the completion of the last word of a line."""
    if shell == "bash":
        last = len(line.split()) - bool(word)
        return {"_GRANTCALC_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(last)}
    return {
        "_GRANTCALC_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": word,
    }


def completions(shell: str, line: str, word: str) -> str:
    """What a shell is told for the last word of a line, without any module that costs time."""
    script = (
        "import atexit, sys\n"
        "costly = ('pydantic', 'yaml', 'rich.text', 'jinja2', 'openpyxl', 'holidays', 'icalendar')\n"
        "atexit.register(lambda: print([name for name in costly if name in sys.modules], file=sys.stderr))\n"
        "from grantcalc.cli import app\n"
        "app(prog_name='grantcalc')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **asked(shell, line, word)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.splitlines() == ["[]"]
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "word", "offered", "left_out"),
    [
        ("grantcalc ex", "ex", ["explain", "explain-cost"], ["check"]),
        ("grantcalc su", "su", ["summarise"], ["summarize"]),
        ("grantcalc check --fo", "--fo", ["--format"], ["--output"]),
        ("grantcalc check --format s", "s", ["sarif"], ["full"]),
        ("grantcalc summarise --by q", "q", ["quarter"], ["year"]),
        ("grantcalc check --fail-on ", "", ["error", "warning", "note"], ["sarif"]),
    ],
)
def test_a_shell_is_offered_what_can_follow(
    shell: str, line: str, word: str, offered: list[str], left_out: list[str]
) -> None:
    printed = completions(shell, line, word)
    assert [each for each in offered if each not in printed] == []
    assert [each for each in left_out if each in printed.split()] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_ask(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from grantcalc.cli import app; app(prog_name='grantcalc')"],
        env={**os.environ, "_GRANTCALC_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert f"_GRANTCALC_COMPLETE=complete_{shell}" in done.stdout


def test_completion_can_be_installed() -> None:
    options = [word for parameter in TREE.params for word in parameter.opts]
    assert {"--install-completion", "--show-completion"} <= set(options)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example_that_is_well_formed(command: str) -> None:
    said = " ".join(CliRunner().invoke(app, [command, "--help"]).stdout.split())
    example = said.partition("Example: ")[2].partition(" Arguments:")[0].partition(" Options:")[0]
    words = example.split()
    assert words[:2] == ["grantcalc", command]
    assert loaded(command).make_context(command, words[2:]).params is not None


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed.name)
def test_the_list_of_commands_says_of_each_what_its_own_help_says_first(listed: Listed) -> None:
    help_ = loaded(listed.name).help or ""
    assert help_.splitlines()[0] == listed.help


def test_the_man_page_is_the_one_of_the_commands() -> None:
    """If not: python docs/man_page.py > docs/grantcalc.1."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "man_page.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    page = (ROOT / "docs" / "grantcalc.1").read_bytes()
    assert done.stdout.replace(b"\r\n", b"\n") == page
    assert [command for command in COMMANDS if command.replace("-", r"\-").encode() not in page] == []


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is what prints man pages here")
def test_the_man_page_is_printed_without_a_complaint() -> None:
    page = str(ROOT / "docs" / "grantcalc.1")
    command = [shutil.which("groff") or "", "-man", "-Tascii", "-ww", "-P-cbou", page]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    assert "EXIT STATUS" in done.stdout


def test_the_wheel_puts_the_man_page_where_man_looks() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"]["shared-data"] == {"docs/grantcalc.1": "share/man/man1/grantcalc.1"}
