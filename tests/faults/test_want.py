"""Want of memory, of open files, of processes: a message and status 2, or the work done all the same."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

import pytest

from grantcalc.files import reason_of
from tests.faults.program import MARSOC_FILE, PAPER_FILE, not_as_root, under_limits, with_limits
from tests.grant_files import SMALL
from tests.papers.written import docx_of

if TYPE_CHECKING:
    from pathlib import Path

MB = 2**20
BEGUN = 14
"""Megabytes with which Python itself begins; with less, it says so in its own words."""


@pytest.fixture
def documents(tmp_path: Path) -> list[str]:
    """Documents enough for several processes."""
    data = docx_of("The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent.")
    for number in range(12):
        (tmp_path / f"{number}.docx").write_bytes(data)
    return [str(path) for path in sorted(tmp_path.iterdir())]


@pytest.mark.unmeasured
@with_limits
@pytest.mark.parametrize("memory", [BEGUN, 15, 17, 20, 25, 32, 38, 40, 41, 44, 48, 52, 56, 64, 80])
@pytest.mark.parametrize("path", [MARSOC_FILE, PAPER_FILE], ids=["grant", "paper"])
def test_little_memory_is_said_in_one_line_or_is_enough(path: str, memory: int) -> None:
    done = under_limits("check", path, AS=memory * MB)
    said = done.stderr.decode()
    assert (done.returncode, len(said.splitlines())) in ((2, 1), (0, 0), (1, 0)), said
    if done.returncode == 2:
        assert said.startswith("grantcalc: ")
        assert "memory" in said


def test_want_of_memory_while_a_folder_is_read_is_not_called_a_folder(tmp_path: Path) -> None:
    assert reason_of(OSError(errno.ENOMEM, "no memory", str(tmp_path))).startswith("there is not enough memory")


@with_limits
@pytest.mark.parametrize("memory", [60, 100])
def test_little_memory_in_a_pool_of_processes_is_said_of_each_file_or_is_enough(
    documents: list[str], memory: int
) -> None:
    done = under_limits("check", *documents, "-f", "concise", AS=memory * MB)
    said = done.stderr.decode().splitlines()
    assert done.returncode in (0, 2), said
    assert all(line.startswith("grantcalc: ") for line in said)
    assert (done.returncode == 0) == (not said)


@with_limits
def test_500_files_are_checked_with_64_open_at_most(tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"{number}.yaml").write_text(SMALL, encoding="utf-8")
    done = under_limits("check", *map(str, sorted(tmp_path.iterdir())), "-f", "concise", NOFILE=64)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"500 files: 500 figures read")


@with_limits
def test_documents_are_checked_with_24_files_open_at_most(documents: list[str]) -> None:
    done = under_limits("check", *documents, "-f", "concise", NOFILE=24)
    assert (done.returncode, done.stderr) == (0, b"")


@with_limits
def test_too_few_open_files_are_said_so(documents: list[str]) -> None:
    done = under_limits("check", *documents, "-f", "concise", NOFILE=5)
    said = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert said
    assert all(re.search("no process can be started to read it|no more files may be open", line) for line in said), said


@with_limits
@not_as_root
def test_no_more_processes_are_said_so_of_each_document(documents: list[str]) -> None:
    done = under_limits("check", MARSOC_FILE, *documents, "-f", "concise", NPROC=0)
    said = done.stderr.decode().splitlines()
    assert (done.returncode, len(said)) == (2, len(documents))
    assert all("no process can be started to read it" in line for line in said)
    assert b"marsoc.yaml:7:8: GC501" in done.stdout
