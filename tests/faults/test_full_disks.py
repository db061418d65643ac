"""Disks that are full: it is said, and what was there before is whole."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.faults.program import (
    FULL_DISK,
    GRANTCALC,
    MARSOC_FILE,
    POSTS_FILE,
    PRINTING,
    as_root,
    in_forks,
    in_shell,
    on_linux,
    start,
    under_limits,
    with_limits,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = "the disk is full; make room, or name a file on another"


@on_linux
def test_a_full_disk_ends_commands_and_formats_with_2_and_one_line() -> None:
    tried = PRINTING[::3]
    done = in_forks(tried, FULL_DISK)
    expected = (2, f"grantcalc: cannot write the output: {FULL}\n")
    assert {" ".join(case): each for case, each in zip(tried, done, strict=True) if each != expected} == {}


@on_linux
def test_output_to_a_device_is_written_to_it() -> None:
    assert in_shell(f"grantcalc summarise {MARSOC_FILE} -o /dev/full").returncode == 2
    done = in_shell(f"grantcalc summarise {MARSOC_FILE} -o /dev/null")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A disk with a file on it and a page of room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=12k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this system lets nobody mount a disk")
    (folder / "before").write_text("before", encoding="utf-8")
    (folder / "filling").write_bytes(b"x" * 4096)
    yield folder
    subprocess.run(["/bin/umount", str(folder)], check=True)


WRITING = [
    ("check", MARSOC_FILE, "--format", "json", "--output"),
    ("check", MARSOC_FILE, "--format", "sarif", "--output"),
    ("invoices", MARSOC_FILE, "--format", "html", "--output"),
]


@as_root
@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_an_output_that_finds_no_room_leaves_what_was_there_and_nothing_else(
    full: Path, arguments: tuple[str, ...]
) -> None:
    for name in ("before", "new"):
        done = start(*arguments, str(full / name))
        assert done.returncode == 2
        assert done.stderr.decode() == f"grantcalc: {full / name}: {FULL}\n"
    assert (full / "before").read_text(encoding="utf-8") == "before"
    assert {each.name for each in full.iterdir()} == {"before", "filling"}


@as_root
def test_a_new_file_that_finds_no_room_is_not_begun(full: Path) -> None:
    for arguments in (("init", str(full / "new"), "--posts", "90"), ("import", POSTS_FILE, "-o", str(full / "new"))):
        (full / "filling").write_bytes(b"x" * 8192)
        done = start(*arguments)
        assert (done.returncode, done.stderr.decode()) == (2, f"grantcalc: {full / 'new'}: {FULL}\n")
    assert {each.name for each in full.iterdir()} == {"before", "filling"}


@as_root
def test_a_baseline_and_a_step_summary_that_find_no_room_leave_what_was_there(full: Path) -> None:
    (full / "filling").write_bytes(b"x" * 8192)
    done = start("check", MARSOC_FILE, "--write-baseline", str(full / "before"))
    assert (done.returncode, done.stderr.decode()) == (2, f"grantcalc: {full / 'before'}: {FULL}\n")
    (full / "before").write_text("before" * 600, encoding="utf-8")
    done = start("check", MARSOC_FILE, "--format", "github", GITHUB_STEP_SUMMARY=str(full / "before"))
    said = f"grantcalc: the summary of this step is not written: {full / 'before'}: {FULL}\n"
    assert (done.returncode, done.stderr.decode()) == (1, said)
    assert (full / "before").read_text(encoding="utf-8") == "before" * 600


@with_limits
def test_a_file_that_may_not_grow_so_large_is_said_so_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "before").write_text("before", encoding="utf-8")
    done = under_limits("check", MARSOC_FILE, "-f", "json", "-o", str(tmp_path / "before"), FSIZE=4096)
    assert done.returncode == 2
    assert b"it would be larger than a file may be here; raise the limit (ulimit -f)" in done.stderr
    assert (tmp_path / "before").read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["before"]


@with_limits
def test_standard_output_that_is_a_file_that_may_not_grow_is_said_so(tmp_path: Path) -> None:
    import resource

    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [*GRANTCALC, "check", MARSOC_FILE, "-f", "json"],
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"grantcalc: cannot write the output: it would be larger than a file may be here")
