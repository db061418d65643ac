"""Other systems, as far as one can be shown on another: what Windows lacks, and what its consoles can show."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner

from grantcalc.cli import app
from tests.grant_files import EXAMPLES

MARSOC: Final = str(EXAMPLES / "marsoc.yaml")
CLAIMS: Final = str(EXAMPLES / "marsoc-claims.yaml")
PAPER: Final = str(EXAMPLES / "marsoc-paper.md")
TREE: Final[Any] = typer.main.get_command(app)

AS_ON_WINDOWS: Final = """
import os, signal, sys, warnings
warnings.simplefilter("ignore", EncodingWarning)  # what libraries do is theirs
warnings.filterwarnings("error", category=EncodingWarning, module="grantcalc")
for name in ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in ("fork", "getegid", "geteuid", "getgid", "getuid", "killpg", "mkfifo", "sched_getaffinity", "setsid",
             "uname"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "alarm", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
"""
"""What a program on Windows does not find; where it is imported all the same, that fails."""

EVERY_MODULE: Final = """
import pkgutil, importlib, grantcalc
names = [module.name for module in pkgutil.walk_packages(grantcalc.__path__, "grantcalc.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(names))
"""

COMMANDS: Final[tuple[tuple[tuple[str, ...], int], ...]] = (
    (("summarise", MARSOC), 0),
    (("summarise", MARSOC, "--by", "financial-year"), 0),
    (("summarise", MARSOC, "--movement"), 0),
    (("summarise", MARSOC, "--format", "csv"), 0),
    (("summarise", MARSOC, "--format", "json"), 0),
    (("summarise", MARSOC, "--format", "jsonl"), 0),
    (("summarise", MARSOC, "--format", "markdown"), 0),
    (("invoices", MARSOC), 0),
    (("claims", CLAIMS, "--as-of", "2022-09-13"), 0),
    (("year-end", CLAIMS, "--date", "2022-03-31"), 0),
    (("outturn", CLAIMS, "--year", "2021-2022"), 0),
    (("check", MARSOC), 1),
    (("check", PAPER, "--against", MARSOC, "--show-passes"), 1),
    (("check", MARSOC, "--format", "concise"), 1),
    (("check", MARSOC, "--format", "github"), 1),
    (("check", MARSOC, "--format", "sarif"), 1),
    (("figures", PAPER), 0),
    (("diff", MARSOC, CLAIMS), 0),
    (("explain", "GC201"), 0),
    (("rules",), 0),
    (("schema",), 0),
    (("init", "-"), 0),
    (("summarise", "missing.yaml"), 2),
)

STRICT: Final = (
    *("-X", "warn_default_encoding"),
    *("-W", "error::EncodingWarning"),
    *("-W", "ignore::EncodingWarning:pypdfium2_raw.version"),
)
"""No file may be read in the encoding of the machine, except by PDFium, which reads its version, plain ASCII, so."""


def run_without_posix(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script where what Windows lacks is missing, and no file may be read in the encoding of the machine."""
    return subprocess.run(
        [sys.executable, *STRICT, "-c", AS_ON_WINDOWS + script],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_every_module_is_imported_without_what_windows_lacks() -> None:
    done = run_without_posix(EVERY_MODULE)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 200


def test_commands_run_without_what_windows_lacks_and_leave_no_encoding_to_the_machine() -> None:
    script = f"""
from typer.testing import CliRunner
from grantcalc.cli import app
for arguments, status in {COMMANDS!r}:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == status, (arguments, result.output, result.exception)
print("all")
"""
    done = run_without_posix(script)
    assert (done.returncode, done.stdout) == (0, "all\n"), done.stderr


def test_a_document_is_read_without_limits_of_memory_where_the_system_has_none() -> None:
    script = """
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.memory import limit
from grantcalc.papers.readers.reading import read_here
limit(1)
print(type(read_here(b"<p>Total 5</p>", Kind.HTML)).__name__)
"""
    done = run_without_posix(script)
    assert (done.returncode, done.stdout) == (0, "Paper\n"), done.stderr


@pytest.mark.parametrize("code_page", ["cp437", "cp850", "cp1252"])
def test_every_command_prints_to_the_console_of_an_old_windows(code_page: str) -> None:
    assert {arguments[0] for arguments, _ in COMMANDS} >= set(TREE.commands) - {"summarize", "import", "explain-cost"}
    for arguments, status in COMMANDS:
        result = CliRunner(charset=code_page).invoke(app, list(arguments))
        assert result.exit_code == status, (arguments, result.exception)
        encoding = "utf-8" if arguments[0] == "init" else code_page  # a grant file is UTF-8 wherever it is written
        assert result.stdout_bytes.decode(encoding) or status == 2
        assert b"Traceback" not in result.stderr_bytes


@pytest.mark.parametrize("code_page", ["cp437", "cp850", "cp1252"])
def test_a_console_with_a_pound_sign_shows_it_and_says_ticks_in_words(code_page: str) -> None:
    printed = CliRunner(charset=code_page).invoke(app, ["summarise", MARSOC]).stdout_bytes.decode(code_page)
    (stated, *_) = (line for line in printed.splitlines() if line.startswith("  stated"))
    assert stated.split() == ["stated", "£180,006", "yes", "£22,324", "yes", "£202,329", "no", "£1", "too", "small"]


@pytest.mark.parametrize("command", [[], *([name] for name in TREE.commands)], ids=" ".join)
def test_help_can_be_printed_anywhere(command: list[str]) -> None:
    result = CliRunner(charset="ascii").invoke(app, [*command, "--help"])
    assert (result.exit_code, result.stderr_bytes) == (0, b"")
    assert b"Usage" in result.stdout_bytes
