"""A run that is stopped: at any moment, by whatever signal, nothing half done is left, no process and no file."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grantcalc.files import UNFINISHED
from tests.faults.program import GRANTCALC, on_posix, with_limits
from tests.papers.drawn import Pages
from tests.papers.written import docx_of

ENDING = ["SIGINT", "SIGTERM", "SIGHUP"]
LOADED = 0.12
"""Seconds after which Python itself is up: what stops it before, it says in its own words."""


def grant_of(posts: int) -> str:
    """A grant file of so many posts."""
    lines = (f"  - role: Post {n}\n    costs: {{2025-26: {{salary: {30_000 + n}}}}}\n" for n in range(posts))
    return "grant: Many posts\nyears: [2025-26]\nposts:\n" + "".join(lines)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A grant file that takes seconds."""
    path = tmp_path / "large.yaml"
    path.write_text(grant_of(40_000), encoding="utf-8")
    return path


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A PDF file that takes seconds."""
    pages = Pages()
    for _ in range(120):
        pages.table([[f"Cost {n}", "£1,000", "£2,000", "£3,000"] for n in range(40)], (120, 90, 90, 90))
        pages.turn()
    path = tmp_path / "long.pdf"
    path.write_bytes(pages.data())
    return path


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """Documents enough for several processes."""
    data = docx_of("The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent.")
    paths = [tmp_path / f"{number}.docx" for number in range(16)]
    for path in paths:
        path.write_bytes(data)
    return paths


def stopped(
    number: int, after: float, *arguments: object, whole_group: bool, once_ready: bool = False
) -> tuple[int, bytes, bytes, float]:
    """Start the program and send a signal, to it or to its group; its status, its output, the seconds to its end."""
    running = subprocess.Popen(
        [*GRANTCALC, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    if once_ready:
        await_ready(running.pid)
    time.sleep(after)
    sent = time.monotonic()
    (os.killpg if whole_group else os.kill)(running.pid, number)
    stdout, stderr = running.communicate(timeout=60)
    return running.returncode, stdout, stderr, time.monotonic() - sent


def await_ready(process: int) -> None:
    """Wait until a process has said what is to become of signals, where the system tells; that may take long."""
    told = Path(f"/proc/{process}/status")
    began = time.monotonic()
    while told.exists() and time.monotonic() - began < 60:
        caught = re.search(r"(?m)^SigCgt:\s*([0-9a-f]+)", told.read_text(encoding="ascii"))
        if caught is None or int(caught[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.02)


def left_of(session: int) -> list[str]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


@on_posix
@pytest.mark.parametrize(
    ("what", "name", "whole_group"),
    [
        ("large", "SIGINT", True),
        ("large", "SIGTERM", False),
        ("long", "SIGINT", True),
        ("long", "SIGHUP", False),
        ("many", "SIGINT", True),
        ("many", "SIGTERM", False),
    ],
)
def test_a_signal_ends_long_work_at_once_silently_and_with_its_status(
    request: pytest.FixtureRequest, what: str, name: str, *, whole_group: bool
) -> None:
    made = request.getfixturevalue(what)
    number = getattr(signal, name)
    paths = made if isinstance(made, list) else [made]
    status, stdout, stderr, seconds = stopped(number, 1.2, "check", *paths, whole_group=whole_group, once_ready=True)
    assert (status, stdout, stderr) == (128 + number, b"", b"")
    assert seconds < 20


@on_posix
def test_ctrl_c_while_the_program_is_loaded_is_neither_lost_nor_answered_with_a_traceback(large: Path) -> None:
    for step in range(12):
        status, _, stderr, _ = stopped(signal.SIGINT, LOADED + step * 0.05, "check", large, whole_group=True)
        assert status in (130, -signal.SIGINT)
        # What Python says before the program's first line is its own; the program says nothing.
        assert b"grantcalc" not in stderr


@on_posix
def test_a_signal_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "grant.yaml").write_text(grant_of(300), encoding="utf-8")
    running = f'"{sys.executable}" -m grantcalc check "{tmp_path / "grant.yaml"}"'
    command = f'trap "" HUP; {running} & sleep 0.4; kill -HUP $!; wait $!'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


@with_limits
@pytest.mark.parametrize("name", [*ENDING, "SIGKILL"])
def test_no_process_is_left_behind(many: list[Path], name: str) -> None:
    running = subprocess.Popen(
        [*GRANTCALC, "check", *map(str, many)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    began = time.monotonic()
    while len(left_of(running.pid)) < 3 and time.monotonic() - began < 30:
        time.sleep(0.02)
    time.sleep(0.5)
    running.send_signal(getattr(signal, name))
    running.wait(timeout=60)
    began = time.monotonic()
    while left_of(running.pid) and time.monotonic() - began < 30:
        time.sleep(0.1)
    assert left_of(running.pid) == []


_STARTING = """
import os, signal
from grantcalc.interruptions import end_at_signals, to_be_tidied_up, undisturbed
end_at_signals()
with to_be_tidied_up():
    with undisturbed():
        os.kill(os.getpid(), getattr(signal, {name!r}))
        print("started", flush=True)
    print("never", flush=True)
"""


@on_posix
@pytest.mark.parametrize("name", ENDING)
def test_a_signal_waits_until_a_process_is_started_so_that_someone_knows_of_it(name: str) -> None:
    command = [sys.executable, "-c", _STARTING.format(name=name)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (128 + getattr(signal, name), b"started\n", b"")


_WRITING = """
import sys
from grantcalc.__main__ import end_at_signals
from grantcalc.files import write_file, write_new_file
end_at_signals()
write = {"over": write_file, "new": write_new_file}[sys.argv[1]]
text = "new\\n" * 30_000_000
print("ready", flush=True)
write(sys.argv[2], text)
"""


def stopped_while_writing(how: str, path: Path, number: int) -> int:
    """Stop a process while it writes a large file; returns its status."""
    command = [sys.executable, "-c", _WRITING, how, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        running.stdout.readline()
        began = time.monotonic()
        while not any(each.name.endswith(UNFINISHED) for each in path.parent.iterdir()):
            assert time.monotonic() - began < 30
        running.send_signal(number)
        return running.wait(timeout=60)


@on_posix
@pytest.mark.parametrize("how", ["over", "new"])
def test_a_kill_while_an_output_is_written_leaves_what_was_there_and_says_by_a_name_what_else_is(
    tmp_path: Path, how: str
) -> None:
    target = tmp_path / "out.json"
    if how == "over":
        target.write_text("before", encoding="utf-8")
    assert stopped_while_writing(how, target, signal.SIGKILL) == -signal.SIGKILL
    assert (target.read_text(encoding="utf-8") if target.exists() else None) == ("before" if how == "over" else None)
    (unfinished,) = [each.name for each in tmp_path.iterdir() if each != target]
    assert unfinished.startswith(".out.json.")
    assert unfinished.endswith("grantcalc-unfinished")


@on_posix
@pytest.mark.parametrize("name", ENDING)
@pytest.mark.parametrize("how", ["over", "new"])
def test_a_signal_while_an_output_is_written_leaves_only_what_was_there(tmp_path: Path, how: str, name: str) -> None:
    target = tmp_path / "out.json"
    if how == "over":
        target.write_text("before", encoding="utf-8")
    number = getattr(signal, name)
    assert stopped_while_writing(how, target, number) == 128 + number
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == (["before"] if how == "over" else [])
