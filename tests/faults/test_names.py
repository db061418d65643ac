"""Names of files that nobody would give: of bytes, dashes, line breaks, and far too long."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.faults.program import GRANTCALC, on_linux, on_posix
from tests.grant_files import SMALL
from tests.papers.written import docx_of

if TYPE_CHECKING:
    from pathlib import Path

HARMFUL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]")


def run(folder: Path, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*GRANTCALC, *arguments], cwd=folder, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )


@on_linux
@pytest.mark.parametrize(
    "name", [b"gr\xe4nt.yaml", b"\xff\xfe.yaml", "größe 😀.yaml".encode(), b"a\nb.yaml", b"\x1b[31m.yaml"]
)
def test_a_file_of_any_name_is_read_written_and_named_harmlessly(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_text(SMALL, encoding="utf-8")
    for format_ in ("full", "json", "sarif", "github", "junit", "markdown"):
        done = run(tmp_path, "check", name, b"missing " + name, "--format", format_)
        assert done.returncode == 2
        assert not HARMFUL.search(done.stdout + done.stderr)
        assert done.stderr.startswith(b"grantcalc: missing ")
        assert len(done.stderr.splitlines()) == 1
    done = run(tmp_path, "summarise", name, "-o", b"out " + name)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / os.fsdecode(b"out " + name)).exists()


@on_linux
def test_a_document_of_any_name_is_read(tmp_path: Path) -> None:
    data = docx_of("The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent.")
    names = [b"\xff%d.docx" % number for number in range(12)]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(data)
    done = run(tmp_path, "check", *names, "-f", "concise")
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
