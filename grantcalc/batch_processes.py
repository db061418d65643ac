"""The processes in which a batch is checked: how they begin, how a signal ends them, and what came of their work."""

from __future__ import annotations

import gc
import os
import threading
from typing import TYPE_CHECKING

from grantcalc.batch_tasks import Outcome, Task, check_task
from grantcalc.interruptions import end_at_signals
from grantcalc.results.inputs import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess


def started(processes: int) -> ProcessPoolExecutor:
    """Processes that check files; spawned on every system: a fork would share the threads and locks of the caller."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Set up a process: as the program itself, it looks for cycles seldom, and ends in order; and it ends with it."""
    from multiprocessing import parent_process

    gc.set_threshold(1_000_000, 20, 20)
    end_at_signals()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """End when another process has ended; a pool whose owner is stopped dead would else wait for work for ever."""
    parent.join()
    os._exit(1)


def check_in_pool(tasks: Sequence[Task]) -> list[Outcome]:
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


def outcomes_of(future: Future[list[Outcome]], tasks: Sequence[Task]) -> list[Outcome]:
    """What came of tasks that a process was given at once, or that it ended over them."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except (BrokenProcessPool, MemoryError):
        return [_stopped(task) for task in tasks]


def _stopped(task: Task) -> Outcome:
    """That a file was not read to its end."""
    reason = "reading it was stopped, for want of memory it seems; check it on its own"
    return Outcome(Unreadable(task.path, reason))


def give_up(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool at once, whatever they are at."""
    from multiprocessing import active_children

    for child in active_children():
        child.terminate()
    pool.shutdown(cancel_futures=True)
