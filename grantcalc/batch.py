"""A batch of papers: checked on all cores where that is worth it, with the results in the order asked for."""

from __future__ import annotations

import gc
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from grantcalc.errors import MissingLibraryError, UnreadableInputError
from grantcalc.files import read_file
from grantcalc.interruptions import end_at_signals, to_be_tidied_up, without_ctrl_c
from grantcalc.papers.readers.kinds import is_document
from grantcalc.papers.readers.telling import silent as untold
from grantcalc.processors import processors
from grantcalc.results import CheckedFile, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess

    from grantcalc.files import RawFile
    from grantcalc.findings import WantedIn
    from grantcalc.grants.model import Grant
    from grantcalc.papers.readers.telling import PagesTold

_WORTH_IT: Final = 1_000_000
"""From so many bytes of text on, two processes are faster than one, their start included."""

_LIKE_TEXT: Final = 100_000
"""What a document takes at the least, in bytes of text that take as long."""

_MOST_PROCESSES: Final = 8
Outcome: TypeAlias = "CheckedFile | Unreadable"


class Told(Protocol):
    """Is told how far the work is."""

    def __call__(self, done: int, papers: int, name: str, pages: tuple[int, int] | None = None) -> None:
        """Take note of it.

        Args:
            done: how many papers are done.
            papers: of how many.
            name: the name of one that is done, begins or is being read.
            pages: how many of its pages are read, and of how many.
        """


@dataclass(frozen=True, slots=True)
class Task:
    """A paper to check.

    Attributes:
        path: its name.
        raw: its bytes, if they have been read.
        grant: the grant to hold it against.
    """

    path: str
    raw: RawFile | None = None
    grant: Grant | None = None


def silent(done: int, papers: int, name: str, pages: tuple[int, int] | None = None) -> None:
    """Say nothing of how far the work is."""


def check_papers(tasks: Sequence[Task], wanted: WantedIn, told: Told = silent) -> list[Outcome]:
    """Check papers.

    Args:
        tasks: the papers.
        wanted: which rules' findings to keep of a paper, by its path.
        told: is told how far the work is.

    Returns:
        What was found in each, or why it cannot be read, in the order of the tasks.
    """
    processes = min(len(tasks), processors(), _MOST_PROCESSES)
    if processes > 1 and sum(_effort(task) for task in tasks) >= _WORTH_IT:
        try:
            with to_be_tidied_up():
                outcomes = _at_once(tasks, processes, told)
        except (OSError, RuntimeError, MemoryError):
            # No more processes or threads may run, no more files be open: one after the other is still possible.
            outcomes = list(_one_by_one(tasks, told))
    else:
        outcomes = list(_one_by_one(tasks, told))
    return [
        _of_interest(outcome, task.path, wanted) if isinstance(outcome, CheckedFile) else outcome
        for task, outcome in zip(tasks, outcomes, strict=True)
    ]


def _of_interest(file: CheckedFile, path: str, wanted: WantedIn) -> Outcome:
    """A paper with the findings that are wanted; that is asked here, as what is asked may not leave the process."""
    try:
        keeps = wanted(path)
    except UnreadableInputError as error:
        return Unreadable(error.path, error.reason)
    return replace(file, findings=tuple(finding for finding in file.findings if keeps(finding.rule)))


def _one_by_one(tasks: Sequence[Task], told: Told) -> Iterator[Outcome]:
    for done, task in enumerate(tasks):
        told(done, len(tasks), task.path)
        yield check_task(task, _of_pages(told, done, len(tasks), task.path))
        told(done + 1, len(tasks), task.path)


def _of_pages(told: Told, done: int, papers: int, name: str) -> PagesTold:
    """What is to be told of the pages of a paper."""
    return lambda read, pages: told(done, papers, name, (read, pages))


def _at_once(tasks: Sequence[Task], processes: int, told: Told) -> list[Outcome]:
    """Check papers in processes of their own."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import active_children, get_context

    told(0, len(tasks), tasks[0].path)
    waiting: dict[Future[Outcome], int] = {}
    failed = False

    def give_up(_: object) -> None:
        """Let nobody wait for a thread of the pool that has failed, as one does that finds no memory."""
        nonlocal failed
        failed = True
        for future in list(waiting):
            if not future.done():
                future.set_exception(MemoryError())

    before, threading.excepthook = threading.excepthook, give_up
    # Spawned on every system: a fork would share the threads and locks of whoever called.
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)
    try:
        with without_ctrl_c():
            for number, task in enumerate(tasks):
                waiting[pool.submit(_check_in_pool, task)] = number
        if failed:
            raise MemoryError  # noqa: TRY301  (as where it fails later)
        found: dict[int, Outcome] = {}
        for future in as_completed(waiting):
            number = waiting[future]
            found[number] = _outcome(future, tasks[number])
            told(len(found), len(tasks), tasks[number].path)
        if failed:
            raise MemoryError  # noqa: TRY301  (as above)
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        threading.excepthook = before
    return [found[number] for number in range(len(tasks))]


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


def _check_in_pool(task: Task) -> Outcome:
    """Check one paper in a process of a pool; a signal ends the process, where a pool would go on to the next paper."""
    try:
        return check_task(task)
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except (BrokenProcessPool, MemoryError):
        return Unreadable(task.path, "reading it was stopped, for want of memory it seems; check it on its own")


def check_task(task: Task, told: PagesTold = untold) -> Outcome:
    """Check one paper.

    Args:
        task: the paper.
        told: is told how many of its pages are read.
    """
    from grantcalc.paper_files import checked_paper

    try:
        return checked_paper(task.raw or read_file(task.path), lambda _: True, task.grant, told)
    except UnreadableInputError as error:
        return Unreadable(error.path, error.reason)
    except MissingLibraryError as error:
        return Unreadable(task.path, str(error), library=error.library)


def _effort(task: Task) -> int:
    """How long a paper will take, roughly, in bytes of text."""
    try:
        size = len(task.raw.data) if task.raw is not None else Path(task.path).stat().st_size
    except (OSError, ValueError):
        return 0
    return size + _LIKE_TEXT if is_document(task.path) else size
