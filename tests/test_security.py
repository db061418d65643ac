"""What SECURITY.md promises of every command: no connection, no other program, no file but the output asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.grant_files import EXAMPLES
from tests.test_portability import CLAIMS, COMMANDS, MARSOC

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Final = EXAMPLES.parent
PAGE: Final = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

WATCHED: Final = """
import os, sys
sys.dont_write_bytecode = True
done = []
def watch(event, arguments):
    writes = event == "open" and (
        isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        or isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if writes and arguments[0] != os.devnull and not isinstance(arguments[0], int):
        done.append(("write", arguments[0]))
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.startfile",
                         "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.", "urllib.", "webbrowser.")):
        done.append((event, str(arguments)[:200]))
sys.addaudithook(watch)
"""
"""Notes what the interpreter itself reports of files, programs and connections."""


def watched(script: str) -> list[str]:
    """What a script did that is worth a note, one a line."""
    done = subprocess.run(
        [sys.executable, "-c", f"{WATCHED}{script}\nprint(*done, sep='\\n', end='')"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def in_turn(commands: object) -> str:
    """A script that runs commands."""
    return f"""
from typer.testing import CliRunner
from grantcalc.cli import app
for arguments, status in {commands!r}:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == status, (arguments, result.output, result.exception)
"""


def test_no_command_opens_a_connection_starts_a_program_or_writes_a_file() -> None:
    pages = (
        (("invoices", MARSOC, "--number", "3", "--format", "html"), 0),
        (("invoices", MARSOC, "--format", "ics"), 0),
        (("claims", CLAIMS, "--number", "1", "--format", "html"), 0),
        (("check", MARSOC, "--format", "junit"), 1),
    )
    assert watched(in_turn((*COMMANDS, *pages))) == []


def test_the_process_that_reads_a_document_opens_no_connection_and_writes_no_file() -> None:
    for kind, name in (("DOCX", "marsoc-paper.docx"), ("PDF", "marsoc-paper.pdf")):
        script = f"""
from pathlib import Path
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.reading import read_here
assert read_here(Path({str(EXAMPLES / name)!r}).read_bytes(), Kind.{kind}).tables
"""
        assert watched(script) == []


def test_an_output_is_written_to_its_folder_alone(tmp_path: Path) -> None:
    arguments = ("summarise", MARSOC, "--output", str(tmp_path / "out.txt"))
    done = watched(in_turn(((arguments, 0),)))
    assert done
    assert [line for line in done if str(tmp_path) not in line] == []
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_the_watch_sees_what_it_watches_for(tmp_path: Path) -> None:
    script = f"""
import socket
open({str(tmp_path / "a")!r}, "w", encoding="utf-8").close()
socket.socket().close()
"""
    assert [line[:9] for line in watched(script)] == ["('write',", "('socket."]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))))
def test_every_promise_names_tests_that_there_are(path: str) -> None:
    assert (ROOT / path).is_file()
