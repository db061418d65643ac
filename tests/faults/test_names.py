"""Names of files that nobody would give: of bytes, dashes, line breaks, and far too long."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.faults.program import GRANTCALC, enough_for_processes, on_linux, on_posix
from tests.grant_files import SMALL

if TYPE_CHECKING:
    from pathlib import Path

HARMFUL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]")


def run(folder: Path, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*GRANTCALC, *arguments], cwd=folder, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )


NAMES = (b"gr\xe4nt.yaml", b"\xff\xfe.yaml", "größe 😀.yaml".encode(), b"a\nb.yaml", b"\x1b[31m.yaml")


@on_linux
@pytest.mark.parametrize("form", ["full", "json", "sarif", "github", "junit", "markdown"])
def test_files_of_any_name_are_read_and_named_harmlessly(tmp_path: Path, form: str) -> None:
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_text(SMALL, encoding="utf-8")
    done = run(tmp_path, "check", *NAMES, *(b"missing " + name for name in NAMES), "--format", form)
    assert done.returncode == 2
    assert not HARMFUL.search(done.stdout + done.stderr)
    said = done.stderr.splitlines()
    assert len(said) == len(NAMES)
    assert all(line.startswith(b"grantcalc: missing ") for line in said)


@on_linux
@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_written(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_text(SMALL, encoding="utf-8")
    done = run(tmp_path, "summarise", name, "-o", b"out " + name)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / os.fsdecode(b"out " + name)).exists()


@on_linux
def test_papers_of_any_name_are_read_in_several_processes(tmp_path: Path) -> None:
    done = run(tmp_path, "check", *enough_for_processes(tmp_path, b"\xff%d"), "-f", "concise")
    assert (done.returncode, done.stderr) == (0, b"")


@on_posix
def test_a_name_that_begins_with_a_dash_is_given_behind_two_dashes(tmp_path: Path) -> None:
    (tmp_path / "-f").write_text(SMALL, encoding="utf-8")
    for command in ("check", "summarise"):
        assert run(tmp_path, command, "--", "-f").returncode == 0
        assert run(tmp_path, command, "./-f").returncode == 0
    assert run(tmp_path, "summarise", "./-f", "--output", "-o").returncode == 0
    assert (tmp_path / "-o").exists()


@on_posix
@pytest.mark.parametrize("name", ["x" * 300, "x" * 4_000, "y/" * 2_000 + "x", "x" * 100_000], ids=len)
def test_a_name_that_is_too_long_is_said_so_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "grant.yaml").write_text(SMALL, encoding="utf-8")
    for arguments in (("check", name), ("summarise", "grant.yaml", "-o", name), ("init", name)):
        done = run(tmp_path, *arguments)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr[-300:]
        assert (
            b"shorten it" in done.stderr
            or b"its folder does not exist" in done.stderr
            or b"no such file" in done.stderr
        )


@on_posix
def test_an_output_may_have_the_longest_name_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "grant.yaml").write_text(SMALL, encoding="utf-8")
    name = "£" * 120 + "x" * 15
    assert len(name.encode()) == 255
    assert run(tmp_path, "summarise", "grant.yaml", "-o", name).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["grant.yaml", name]
