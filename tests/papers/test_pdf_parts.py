"""Long PDF files: read in two processes with the result of one, told page by page, and ended as a whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers import pdf_parts, reading
from grantcalc.papers.readers.apart import Limits, work_apart
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.pdf_parts import read_pages
from grantcalc.papers.readers.reading import read_here
from tests.papers.drawn import Pages
from tests.papers.test_papers_checked import run
from tests.papers.test_pdf import WIDTHS, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")
GRANTCALC = [sys.executable, "-m", "grantcalc"]


def paper(pages: int, lines: int = 2) -> bytes:
    """A table that goes on over all pages, with text on each."""
    drawn = Pages()
    for number in range(pages):
        drawn.lines("\n".join([f"Page {number} is about £{1_000 + number:,} for pay."] * lines))
        drawn.table(YEAR[:1] + YEAR[1:] * (number % 3 + 1), WIDTHS, ("ruled", "unruled", "zebra")[number % 3])
        drawn.turn()
    return drawn.data()


@pytest.fixture
def _short_ones_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_parts, "WORTH_IT", 2)


@pytest.mark.usefixtures("_short_ones_too")
@pytest.mark.parametrize("pages", [2, 3, 7])
def test_two_processes_read_what_one_reads_and_tell_every_page(pages: int) -> None:
    data = paper(pages)
    told: list[tuple[int, int]] = []
    together = read_pages(data, 500, lambda done, of: told.append((done, of)), processes=2)
    assert together == read_pages(data, 500)
    assert together[1] == pages
    assert told == sorted(told)
    assert told[-1] == (pages, pages)


def test_a_long_paper_is_reported_to_the_byte_alike_by_one_process_and_by_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "paper.pdf").write_bytes(paper(pdf_parts.WORTH_IT))
    reports = []
    for number in (1, 2):
        monkeypatch.setattr(reading, "processors", lambda number=number: number)
        reports.append(run("check", tmp_path / "paper.pdf", "--format", "json").stdout)
    assert reports[0] == reports[1]
    assert f'"page": {pdf_parts.WORTH_IT}' in reports[0]


@pytest.mark.usefixtures("_short_ones_too")
def test_no_more_than_the_most_pages_are_read_by_two_processes() -> None:
    data = paper(5)
    assert read_pages(data, 3, processes=2) == read_pages(data, 3)


@on_linux
@pytest.mark.usefixtures("_short_ones_too")
def test_what_the_second_process_does_not_come_to_read_the_first_one_reads() -> None:
    data = paper(6)

    def end_the_other(done: int, _: int) -> None:
        if done == 1:
            for child in children_of(os.getpid()):
                os.kill(child, signal.SIGKILL)

    assert read_pages(data, 500, end_the_other, processes=2) == read_pages(data, 500)
    assert children_of(os.getpid()) == []


@pytest.mark.unmeasured
@on_linux
def test_what_takes_too_long_is_stopped_in_both_processes() -> None:
    before = processes_of(os.getsid(0))
    with pytest.raises(UnreadableContentError, match=r"longer than 3 seconds, and was stopped"):
        work_apart(read_here, paper(200, lines=40), Kind.PDF, doing="reading", limits=Limits(seconds=3, processes=2))
    assert comes_true(lambda: processes_of(os.getsid(0)) <= before)


@on_linux
@pytest.mark.parametrize("to_all", [True, False], ids=["to all", "to the program alone"])
def test_an_interrupt_ends_a_long_paper_with_130_and_leaves_no_process(tmp_path: Path, *, to_all: bool) -> None:
    (tmp_path / "paper.pdf").write_bytes(paper(300, lines=40))
    command = [*GRANTCALC, "check", str(tmp_path / "paper.pdf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as program:
        assert comes_true(lambda: len(processes_of(program.pid)) >= (3 if (os.cpu_count() or 1) > 1 else 2))
        if to_all:
            os.killpg(program.pid, signal.SIGINT)
        else:
            program.send_signal(signal.SIGINT)
        printed, said = program.communicate(timeout=30)
    assert (program.returncode, printed, b"Traceback" in said) == (130, b"", False)
    assert comes_true(lambda: not processes_of(program.pid))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other terminals")
def test_a_terminal_shows_how_many_pages_are_read(tmp_path: Path) -> None:
    import pty

    (tmp_path / "paper.pdf").write_bytes(paper(pdf_parts.WORTH_IT, lines=30))
    leader, follower = pty.openpty()
    command = [*GRANTCALC, "check", str(tmp_path / "paper.pdf")]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=environment) as program:
        os.close(follower)
        shown = b"".join(pieces(leader))
        assert program.stdout is not None
        program.stdout.read()
    os.close(leader)
    assert b"16/16" in shown
    assert b"paper.pdf" in shown


def pieces(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal until nobody writes any more."""
    began = time.monotonic()
    while time.monotonic() - began < 90:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            return
        if not piece:
            return
        yield piece


def comes_true(wanted: Callable[[], bool], seconds: float = 40) -> bool:
    """Whether something is so before long."""
    began = time.monotonic()
    while not wanted():
        if time.monotonic() - began > seconds:
            return False
        time.sleep(0.05)
    return True


def stats() -> Iterator[tuple[int, list[str]]]:
    """The number of every process that is alive, with its state, parent, group and session."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                yield int(entry.name), fields


def processes_of(session: int) -> set[int]:
    """The processes of a session."""
    return {number for number, fields in stats() if int(fields[3]) == session}


def children_of(parent: int) -> list[int]:
    """The children of a process."""
    return [number for number, fields in stats() if int(fields[1]) == parent]
