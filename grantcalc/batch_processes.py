"""The processes in which a batch is checked: each has a pipe of its own, so that none waits for what another holds.

The pools of the standard library do with threads and locks what one loop does here: where memory does not suffice for a
thread, or a process dies with a lock, who uses them waits for ever.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.batch_tasks import Outcome, Task, batches, check_task
from grantcalc.cycles import look_for_cycles_seldom
from grantcalc.interruptions import end_at_signals, undisturbed
from grantcalc.papers.readers.memory import ask_for_thread
from grantcalc.results.inputs import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_PATIENCE: Final = 10
"""Seconds in which a process ends that is asked to; one that does not is stopped dead."""


@dataclass(eq=False)
class _Worker:
    """A process that checks files.

    Attributes:
        process: the process.
        pipe: our end of its pipe.
        at: the numbers of the tasks that it is at; None until it has said that it is ready.
    """

    process: BaseProcess
    pipe: Connection
    at: list[int] | None = None


class Processes:
    """Processes that are started when they are needed, and serve until they are ended."""

    def __init__(self, most: int) -> None:
        """Set up the work for so many processes at most."""
        self._most = most
        self._workers: list[_Worker] = []

    def outcomes(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Outcome]]:
        """Check files.

        Yields:
            The number of a task and what came of it, as they are done; none of those for which no process is to be had.
        """
        waiting = deque(batches(tasks))
        for _ in range(min(self._most, len(waiting)) - len(self._workers)):
            self._start()
        while self._workers and (waiting or any(worker.at for worker in self._workers)):
            for worker in self._workers:
                if waiting and worker.at == []:
                    worker.at = waiting.popleft()
                    _send(worker, [tasks[number] for number in worker.at])
            for worker in self._heard():
                at, answer = worker.at or [], _answer_of(worker)
                if answer is None:
                    self._lose(worker, another=bool(waiting))
                    answer = [_stopped(tasks[number]) for number in at]
                if isinstance(answer, Exception):
                    raise answer
                worker.at = []
                yield from zip(at, answer, strict=True)

    def end(self) -> None:
        """End the processes, at once if they are at work."""
        for worker in self._workers:
            _dismiss(worker)
        for worker in self._workers:
            _await_end(worker)
        self._workers.clear()

    def _start(self) -> None:
        """Start a process; go without where it cannot be had."""
        # Spawned on every system: a fork would share the threads and locks of the caller.
        from multiprocessing import get_context

        context = get_context("spawn")
        try:
            with undisturbed():
                _start_tracker()
            with undisturbed():
                ours, its = context.Pipe()
                process = context.Process(target=serve, args=(its,))
                process.start()
                its.close()
                self._workers.append(_Worker(process, ours))
        except (OSError, MemoryError):
            return

    def _heard(self) -> list[_Worker]:
        """Those that have something to say, or have ended; waits for one."""
        from multiprocessing.connection import wait

        ends = {end: worker for worker in self._workers for end in (worker.pipe, worker.process.sentinel)}
        return list({ends[end]: None for end in wait(list(ends))})  # type: ignore[index]  # what it is given it returns

    def _lose(self, worker: _Worker, *, another: bool) -> None:
        """Do without a process that has ended; one that had begun may be replaced."""
        self._workers.remove(worker)
        _dismiss(worker)
        _await_end(worker)
        if another and worker.at is not None:
            self._start()


def _start_tracker() -> None:
    """Start what `multiprocessing` starts before its first process, and after which that would get Ctrl-C."""
    if os.name == "posix":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _send(worker: _Worker, tasks: list[Task]) -> None:
    """Give work to a process; end it if it cannot be told all."""
    try:
        worker.pipe.send(tasks)
    except (OSError, MemoryError):
        worker.process.kill()


def _answer_of(worker: _Worker) -> list[Outcome] | Exception | None:
    """What a process says: what came of its tasks, or what went wrong; None if it has ended without a word."""
    try:
        return worker.pipe.recv() if worker.pipe.poll() else None
    except (OSError, EOFError, MemoryError):
        return None


def _dismiss(worker: _Worker) -> None:
    """Let a process end: one that waits for work does when nobody can give it any."""
    worker.pipe.close()
    if worker.at != []:
        worker.process.terminate()


def _await_end(worker: _Worker) -> None:
    worker.process.join(_PATIENCE)
    worker.process.kill()
    worker.process.join()


def _stopped(task: Task) -> Outcome:
    """That a file was not read to its end."""
    reason = "reading it was stopped, for want of memory it seems; check it on its own"
    return Outcome(Unreadable(task.path, reason))


def serve(pipe: Connection) -> None:
    """Check in this process what comes through a pipe, until nothing can come any more.

    As the program itself it looks for cycles seldom, and ends in order; and it ends with the program.
    """
    look_for_cycles_seldom()
    end_at_signals()
    try:
        _end_with_parent()
        pipe.send([])
        while True:
            pipe.send(_answers(pipe.recv()))
    except (EOFError, OSError):
        return
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    except (MemoryError, RuntimeError):  # a thread that cannot be started is a RuntimeError
        os._exit(1)


def _answers(tasks: list[Task]) -> list[Outcome] | Exception:
    """What came of tasks, or what went wrong."""
    try:
        return [_within_memory(task) for task in tasks]
    except Exception as error:  # noqa: BLE001  (it is raised where it is heard)
        import traceback

        error.add_note(traceback.format_exc())
        return error


def _within_memory(task: Task) -> Outcome:
    """Check one file; where memory does not suffice, that is said of this file alone."""
    try:
        return check_task(task)
    except MemoryError:
        return _stopped(task)


def _end_with_parent() -> None:
    """From now on, end at once when the program has ended, though it was stopped dead."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        ask_for_thread()
        threading.Thread(target=_await_and_end, args=(parent,), daemon=True).start()


def _await_and_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
