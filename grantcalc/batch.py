"""A batch of files: checked on all cores where that is worth it, with the results in the order asked for."""

from __future__ import annotations

import gc
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, Self

from grantcalc.errors import MissingLibraryError, UnreadableInputError
from grantcalc.files import read_file
from grantcalc.interruptions import end_at_signals, to_be_tidied_up, without_ctrl_c
from grantcalc.papers.readers.kinds import is_document
from grantcalc.papers.readers.telling import silent as untold
from grantcalc.processors import processors
from grantcalc.results.inputs import Unreadable
from grantcalc.wanted import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from datetime import date
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    from grantcalc.files import RawFile
    from grantcalc.grants.model import Grant
    from grantcalc.papers.readers.telling import PagesTold
    from grantcalc.results.checked import CheckedFile
    from grantcalc.wanted import WantedIn

_WORTH_IT: Final = 1_000_000
"""From so many bytes of text on, two processes are faster than one, their start included."""

_LIKE_TEXT: Final = 100_000
"""What a document takes at the least, in bytes of text that take as long."""

_LIKE_TEXT_OF_GRANT: Final = 10_000
"""What a grant file takes at the least, in bytes of text that take as long."""

_AT_ONCE: Final = 100_000
"""Files that together are no longer than this, as text, are sent to a process at once."""

_MOST_PROCESSES: Final = 8


class Told(Protocol):
    """Is told how far the work is."""

    def __call__(self, done: int, files: int, name: str, pages: tuple[int, int] | None = None) -> None:
        """Take note of it.

        Args:
            done: how many files are done.
            files: of how many.
            name: the name of one that is done, begins or is being read.
            pages: how many of its pages are read, and of how many.
        """


class Task(NamedTuple):
    """A file to check.

    Attributes:
        path: its name.
        raw: its bytes, if they have been read.
        grant: of a paper, the grant to hold it against.
        is_grant: whether it is a grant file; else it is a paper.
        as_of: of a grant file, the day on which claims are looked at.
        reasons: whether to keep what explains the findings: notes, and what the sums say together.
    """

    path: str
    raw: RawFile | None = None
    grant: Grant | None = None
    is_grant: bool = False
    as_of: date | None = None
    reasons: bool = True


class Outcome(NamedTuple):
    """What came of a task.

    Attributes:
        file: what was found in the file, or why it cannot be read.
        grant: of a grant file that lists papers, the grant to hold them against.
    """

    file: CheckedFile | Unreadable
    grant: Grant | None = None


def silent(done: int, files: int, name: str, pages: tuple[int, int] | None = None) -> None:
    """Say nothing of how far the work is."""


class Workers:
    """Check files, as long as it is open: one by one, or in processes that are started once and serve all calls."""

    def __init__(self, wanted: WantedIn, told: Told = silent) -> None:
        """Set up the work.

        Args:
            wanted: which rules' findings to keep of a file, by its path.
            told: is told how far the work is.
        """
        self._wanted = wanted
        self._told = told
        self._pool: ProcessPoolExecutor | None = None
        self._alone = False
        self._done = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes, without waiting for what nobody will ask for."""
        if self._pool is not None and kind is not None:
            self._give_up(self._pool)
        elif self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def check(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Check files.

        Returns:
            What was found in each, or why it cannot be read, in the order of the tasks.
        """
        processes = min(len(tasks), processors(), _MOST_PROCESSES)
        if (
            self._pool is None
            and not self._alone
            and processes > 1
            and sum(_effort(task) for task in tasks) >= _WORTH_IT
        ):
            self._pool = _started(processes)
        outcomes = self._one_by_one(tasks) if self._pool is None else self._at_once(tasks, self._pool)
        found = [_of_interest(outcome, task.path, self._wanted) for task, outcome in zip(tasks, outcomes, strict=True)]
        self._done += len(tasks)
        return found

    def _one_by_one(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        of = self._done + len(tasks)
        for done, task in enumerate(tasks, start=self._done):
            self._told(done, of, task.path)
            yield check_task(task, _of_pages(self._told, done, of, task.path))
            self._told(done + 1, of, task.path)

    def _at_once(self, tasks: Sequence[Task], pool: ProcessPoolExecutor) -> list[Outcome]:
        """Check files in processes of their own; one by one, where these or their threads cannot be had any more."""
        try:
            with to_be_tidied_up():
                return self._in_pool(tasks, pool)
        except (OSError, RuntimeError, MemoryError):
            self._give_up(pool)
            self._pool, self._alone = None, True
            return list(self._one_by_one(tasks))

    def _in_pool(self, tasks: Sequence[Task], pool: ProcessPoolExecutor) -> list[Outcome]:
        from concurrent.futures import as_completed

        of = self._done + len(tasks)
        if tasks:
            self._told(self._done, of, tasks[0].path)
        waiting: dict[Future[list[Outcome]], list[int]] = {}
        failed = False

        def give_up(_: object) -> None:
            """Let nobody wait for a thread of the pool that has failed, as one does that finds no memory."""
            nonlocal failed
            failed = True
            for future in list(waiting):
                if not future.done():
                    future.set_exception(MemoryError())

        before, threading.excepthook = threading.excepthook, give_up
        try:
            with without_ctrl_c():
                for numbers in _batches(tasks):
                    waiting[pool.submit(_check_in_pool, [tasks[number] for number in numbers])] = numbers
            found: dict[int, Outcome] = {}
            for future in () if failed else as_completed(list(waiting)):
                numbers = waiting.pop(future)
                for number, outcome in zip(numbers, _outcomes(future, [tasks[n] for n in numbers]), strict=True):
                    found[number] = outcome
                    self._told(self._done + len(found), of, tasks[number].path)
        finally:
            threading.excepthook = before
        if failed:
            raise MemoryError
        return [found[number] for number in range(len(tasks))]

    def _give_up(self, pool: ProcessPoolExecutor) -> None:
        """End the processes at once, whatever they are at."""
        from multiprocessing import active_children

        for child in active_children():
            child.terminate()
        pool.shutdown(cancel_futures=True)


def _of_interest(outcome: Outcome, path: str, wanted: WantedIn) -> Outcome:
    """A file with the findings that are wanted; that is asked here, as what is asked may not leave the process."""
    if isinstance(outcome.file, Unreadable):
        return outcome
    try:
        keeps = wanted(path)
    except UnreadableInputError as error:
        return Outcome(Unreadable(error.path, error.reason))
    findings = tuple(finding for finding in outcome.file.findings if keeps(finding.rule))
    return Outcome(replace(outcome.file, findings=findings), outcome.grant)


def _of_pages(told: Told, done: int, files: int, name: str) -> PagesTold:
    """What is to be told of the pages of a paper."""
    return lambda read, pages: told(done, files, name, (read, pages))


def _started(processes: int) -> ProcessPoolExecutor:
    """Processes that check files; spawned on every system: a fork would share the threads and locks of the caller."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Set up a process: as the program itself, it looks for cycles seldom, and ends in order; and it ends with it."""
    from multiprocessing import parent_process

    gc.set_threshold(200_000, 20, 20)
    end_at_signals()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """End when another process has ended; a pool whose owner is stopped dead would else wait for work for ever."""
    parent.join()
    os._exit(1)


def _batches(tasks: Sequence[Task]) -> Iterator[list[int]]:
    """Tasks, by their numbers, that a process is given at once: small files together, since sending each takes time."""
    batch: list[int] = []
    efforts = 0
    for number, task in enumerate(tasks):
        effort = _effort(task)
        if batch and efforts + effort > _AT_ONCE:
            yield batch
            batch, efforts = [], 0
        batch.append(number)
        efforts += effort
    if batch:
        yield batch


def _check_in_pool(tasks: Sequence[Task]) -> list[Outcome]:
    """Check files in a process of a pool; a signal ends the process, where a pool would go on to the next files."""
    try:
        return [_within_memory(task) for task in tasks]
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)


def _within_memory(task: Task) -> Outcome:
    """Check one file; where memory does not suffice, that is said of this file alone."""
    try:
        return check_task(task)
    except MemoryError:
        return _stopped(task)


def _outcomes(future: Future[list[Outcome]], tasks: Sequence[Task]) -> list[Outcome]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except (BrokenProcessPool, MemoryError):
        return [_stopped(task) for task in tasks]


def _stopped(task: Task) -> Outcome:
    """That a file was not read to its end."""
    reason = "reading it was stopped, for want of memory it seems; check it on its own"
    return Outcome(Unreadable(task.path, reason))


def check_task(task: Task, told: PagesTold = untold) -> Outcome:
    """Check one file, and keep all that is found, reasons if they are wanted.

    Args:
        task: the file.
        told: is told how many pages of a paper are read.
    """
    try:
        raw = task.raw or read_file(task.path)
        outcome = _checked_grant(task, raw) if task.is_grant else _checked_paper(task, raw, told)
    except UnreadableInputError as error:
        return Outcome(Unreadable(error.path, error.reason))
    except MissingLibraryError as error:
        return Outcome(Unreadable(task.path, str(error), library=error.library))
    return outcome if task.reasons else _without_notes(outcome)


def _without_notes(outcome: Outcome) -> Outcome:
    """What came of a task, less the notes of its findings: repairs and ranges take long to find, and to send."""
    file = outcome.file
    if isinstance(file, Unreadable):
        return outcome
    findings = tuple(replace(each, notes=()) for each in file.findings)
    return outcome._replace(file=replace(file, findings=findings))


def _checked_grant(task: Task, raw: RawFile) -> Outcome:
    from grantcalc.grant_checks import checked_grant

    file, grant = checked_grant(raw, all_rules(raw.source.path), task.as_of, reasons=task.reasons)
    return Outcome(file, grant if grant is not None and grant.papers else None)


def _checked_paper(task: Task, raw: RawFile, told: PagesTold) -> Outcome:
    from grantcalc.paper_files import checked_paper

    return Outcome(checked_paper(raw, all_rules(raw.source.path), task.grant, told, reasons=task.reasons))


def _effort(task: Task) -> int:
    """How long a file will take, roughly, in bytes of text."""
    try:
        size = len(task.raw.data) if task.raw is not None else Path(task.path).stat().st_size
    except (OSError, ValueError):
        return 0
    if task.is_grant:
        return size + _LIKE_TEXT_OF_GRANT
    return size + _LIKE_TEXT if is_document(task.path) else size
