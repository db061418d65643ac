"""A batch of files: checked on all cores where that is worth it, with the results in the order asked for."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, Self

from grantcalc.batch_processes import check_in_pool, give_up, outcomes_of, started
from grantcalc.batch_tasks import Outcome, Task, batches, check_task, effort
from grantcalc.errors import UnreadableInputError
from grantcalc.interruptions import to_be_tidied_up, without_ctrl_c
from grantcalc.processors import processors
from grantcalc.results.inputs import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from types import TracebackType

    from grantcalc.papers.readers.telling import PagesTold
    from grantcalc.wanted import WantedIn

_WORTH_IT: Final = 1_000_000
"""From so many bytes of text on, two processes are faster than one, their start included."""

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
            give_up(self._pool)
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
            and sum(effort(task) for task in tasks) >= _WORTH_IT
        ):
            self._pool = started(processes)
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
            give_up(pool)
            self._pool, self._alone = None, True
            return list(self._one_by_one(tasks))

    def _in_pool(self, tasks: Sequence[Task], pool: ProcessPoolExecutor) -> list[Outcome]:
        from concurrent.futures import as_completed

        of = self._done + len(tasks)
        if tasks:
            self._told(self._done, of, tasks[0].path)
        waiting: dict[Future[list[Outcome]], list[int]] = {}
        failed = False

        def fail(_: object) -> None:
            """Let nobody wait for a thread of the pool that has failed, as one does that finds no memory."""
            nonlocal failed
            failed = True
            for future in list(waiting):
                if not future.done():
                    future.set_exception(MemoryError())

        before, threading.excepthook = threading.excepthook, fail
        try:
            with without_ctrl_c():
                for numbers in batches(tasks):
                    waiting[pool.submit(check_in_pool, [tasks[number] for number in numbers])] = numbers
            found: dict[int, Outcome] = {}
            for future in () if failed else as_completed(list(waiting)):
                numbers = waiting.pop(future)
                for number, outcome in zip(numbers, outcomes_of(future, [tasks[n] for n in numbers]), strict=True):
                    found[number] = outcome
                    self._told(self._done + len(found), of, tasks[number].path)
        finally:
            threading.excepthook = before
        if failed:
            raise MemoryError
        return [found[number] for number in range(len(tasks))]


def _of_interest(outcome: Outcome, path: str, wanted: WantedIn) -> Outcome:
    """A file with the findings that are wanted; that is asked here, as what is asked may not leave the process."""
    if isinstance(outcome.file, Unreadable):
        return outcome
    try:
        keeps = wanted(path)
    except UnreadableInputError as error:
        return Outcome(Unreadable(error.path, error.reason))
    findings = tuple(finding for finding in outcome.file.findings if keeps(finding.rule))
    if any(finding.rule.code == "GC701" for finding in findings):
        from grantcalc.rules.said_once import said_once

        findings = tuple(said_once(findings))
    return Outcome(replace(outcome.file, findings=findings), outcome.grant)


def _of_pages(told: Told, done: int, files: int, name: str) -> PagesTold:
    """What is to be told of the pages of a paper."""
    return lambda read, pages: told(done, files, name, (read, pages))
