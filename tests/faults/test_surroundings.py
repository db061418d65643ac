"""Odd surroundings: locales, terminals, no home, no place for temporary files, an interpreter without assertions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import GRANTCALC, MARSOC_FILE, on_linux, on_posix, start
from tests.grant_files import EXAMPLES

DOCUMENT = str(EXAMPLES / "marsoc-paper.docx")
USUAL = {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
HARMLESS = [
    {"TERM": "dumb"},
    {"TERM": ""},
    {"TERM": "no-such-terminal"},
    {"HOME": ""},
    {"HOME": "/nonexistent"},
    {"COLUMNS": "1"},
    {"COLUMNS": "1000000"},
    {"COLUMNS": "wide", "LINES": "-1"},
    {"TZ": "nonsense/zone"},
    {"TMPDIR": "/proc"},
    {"PYTHONOPTIMIZE": "2"},
    {"PYTHONPYCACHEPREFIX": "/proc/nowhere"},
    {"PYTHONUNBUFFERED": "1"},
    {"PYTHONWARNINGS": "error"},
    {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
    {"SOURCE_DATE_EPOCH": "nonsense"},
]


def check(path: str, environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    done = start("check", path, **{**USUAL, **environment})
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def expected() -> dict[str, tuple[int, bytes, bytes]]:
    return {path: check(path, {}) for path in (MARSOC_FILE, DOCUMENT)}


@on_posix
@pytest.mark.parametrize("environment", HARMLESS, ids=str)
def test_surroundings_change_nothing(
    expected: dict[str, tuple[int, bytes, bytes]], environment: dict[str, str]
) -> None:
    path = DOCUMENT if "TMPDIR" in environment or "HOME" in environment else MARSOC_FILE
    assert check(path, environment) == expected[path]


@on_posix
def test_no_surroundings_at_all_change_nothing(expected: dict[str, tuple[int, bytes, bytes]]) -> None:
    done = subprocess.run(
        [*GRANTCALC, "check", MARSOC_FILE],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stdout, done.stderr) == expected[MARSOC_FILE]


@on_posix
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"},
        {"LC_ALL": "no_SUCH.locale", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_a_plain_locale_gets_words_for_signs_on_both_streams(environment: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONIOENCODING", "LANG")}
    for path, status in ((MARSOC_FILE, 1), ("papier-größe.yaml", 2)):
        done = subprocess.run(
            [*GRANTCALC, "check", path], capture_output=True, check=False, timeout=60, env={**kept, **environment}
        )
        assert done.returncode == status, done.stderr
        assert (done.stdout + done.stderr).isascii()
        assert b"Traceback" not in done.stderr


@on_linux
def test_a_clock_that_stands_in_1970_changes_nothing(expected: dict[str, tuple[int, bytes, bytes]]) -> None:
    script = (
        "import time, datetime, sys\n"
        "time.time = lambda: 0.0\n"
        "sys.argv[1:] = ['check', sys.argv[1]]\n"
        "from grantcalc.__main__ import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, MARSOC_FILE],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **USUAL},
    )
    assert (done.returncode, done.stdout, done.stderr) == expected[MARSOC_FILE]


@on_posix
def test_an_interpreter_without_assertions_finds_the_same(expected: dict[str, tuple[int, bytes, bytes]]) -> None:
    command = [sys.executable, "-O", "-B", "-m", "grantcalc", "check", DOCUMENT]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env={**os.environ, **USUAL})
    assert (done.returncode, done.stdout, done.stderr) == expected[DOCUMENT]


@on_posix
def test_an_output_needs_no_place_for_temporary_files_but_its_own_folder(tmp_path: Path) -> None:
    done = start(
        "check", DOCUMENT, "-f", "json", "-o", str(tmp_path / "out"), TMPDIR="/proc", TMP="/proc", TEMP="/proc"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "out").read_bytes().startswith(b"{")


@pytest.mark.unmeasured
@on_posix
def test_a_folder_of_the_program_that_takes_no_compiled_files_is_no_matter(
    tmp_path: Path, expected: dict[str, tuple[int, bytes, bytes]]
) -> None:
    package = Path(__file__).parents[2] / "grantcalc"
    shutil.copytree(package, tmp_path / "grantcalc", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "grantcalc" / "__pycache__").write_text("in the way", encoding="utf-8")
    done = subprocess.run(
        [*GRANTCALC, "check", MARSOC_FILE],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, **USUAL},
    )
    assert (done.returncode, done.stdout, done.stderr) == expected[MARSOC_FILE]
