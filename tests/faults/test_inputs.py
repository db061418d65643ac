"""Inputs that are no plain files, that change, vanish, or have no end."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from grantcalc.files import read_file
from tests.faults.program import (
    GRANTCALC,
    MARSOC_FILE,
    in_shell,
    not_as_root,
    on_linux,
    on_posix,
    start,
    under_limits,
    with_limits,
)
from tests.grant_files import EXAMPLES, SMALL


@on_linux
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/dev/zero", 2, "/dev/zero: the file is larger than 256 MB, which no grant or paper needs"),
        ("/dev/null", 1, ""),
        ("/", 2, "/: this is a folder; name the files in it"),
        ("/dev/stdin", 1, ""),
    ],
)
def test_a_device_or_folder_is_read_to_its_end_or_refused(path: str, status: int, said: str) -> None:
    done = start("check", path)
    assert (done.returncode, done.stderr.decode()) == (status, f"grantcalc: {said}\n" if said else "")


@on_linux
def test_a_file_of_10_gb_with_nothing_in_it_is_refused_soon(tmp_path: Path) -> None:
    for name in ("grant.yaml", "paper.pdf"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(10 * 2**30)
        began = time.monotonic()
        done = start("check", str(path))
        assert (done.returncode, b"the file is larger than 256 MB" in done.stderr) == (2, True)
        assert time.monotonic() - began < 60


@with_limits
def test_what_a_file_takes_does_not_hang_on_what_a_file_may_be() -> None:
    done = under_limits("summarise", str(EXAMPLES / "minimal.yaml"), AS=200 * 2**20)
    assert (done.returncode, done.stderr) == (0, b"")


@on_posix
def test_a_fifo_is_read_as_a_file(tmp_path: Path) -> None:
    fifo = tmp_path / "grant.yaml"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [*GRANTCALC, "summarise", str(fifo)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        fifo.write_text(SMALL, encoding="utf-8")
        stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, stderr) == (0, b"")
    assert "£30,000" in stdout.decode()


@on_posix
def test_a_file_that_changes_while_it_is_read_is_what_was_read_once(tmp_path: Path) -> None:
    path = tmp_path / "grant.yaml"
    stop = threading.Event()
    path.write_text(SMALL, encoding="utf-8")

    def change() -> None:
        while not stop.is_set():
            for cost in ("£30,000", "£40,000"):
                other = tmp_path / "other"
                other.write_text(SMALL.replace("£30,000", cost), encoding="utf-8")
                other.replace(path)

    changing = threading.Thread(target=change)
    changing.start()
    try:
        for _ in range(200):
            raw = read_file(str(path))
            assert hashlib.sha256(raw.data).hexdigest() == raw.source.sha256
            assert raw.data.decode() in (SMALL, SMALL.replace("£30,000", "£40,000"))
    finally:
        stop.set()
        changing.join()


@on_posix
def test_a_file_that_is_gone_after_it_was_read_is_reported_all_the_same(tmp_path: Path) -> None:
    fifo = tmp_path / "grant.yaml"
    os.mkfifo(fifo)
    text = Path(MARSOC_FILE).read_text(encoding="utf-8")
    with subprocess.Popen(
        [*GRANTCALC, "check", str(fifo), "-f", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        with fifo.open("w", encoding="utf-8") as writing:
            fifo.unlink()
            writing.write(text)
        stdout, stderr = running.communicate(timeout=60)
    document = json.loads(stdout)
    assert (running.returncode, stderr) == (1, b"")
    assert document["inputs"][0]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert document["findings"][0]["where"]["line"] == 7


@on_posix
def test_a_file_that_vanishes_before_it_is_read_leaves_the_others_checked(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    done = start("check", str(tmp_path / "link.yaml"), str(tmp_path / "round.yaml"), MARSOC_FILE, "-f", "concise")
    assert done.returncode == 2
    assert b"there is no such file; check the name and the folder" in done.stderr
    assert b"its links lead round in a circle; name the file itself" in done.stderr
    assert b"marsoc.yaml:7:8: GC501" in done.stdout


@on_posix
def test_a_part_of_the_path_that_is_a_file_is_said_so() -> None:
    done = start("check", f"{MARSOC_FILE}/grant.yaml")
    assert b"a part of the path is a file, not a folder; check the name" in done.stderr


@on_posix
@not_as_root
def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    grant = tmp_path / "grant.yaml"
    grant.write_text(SMALL, encoding="utf-8")
    grant.chmod(0)
    done = start("check", str(grant))
    assert done.returncode == 2
    assert b"you may not open this file; check its permissions" in done.stderr


@on_posix
def test_standard_input_without_an_end_is_refused() -> None:
    done = in_shell("yes 'grant: A' | grantcalc check -")
    assert (done.returncode, "the file is larger than 256 MB" in done.stderr) == (2, True)
