"""A batch of files: checked on all cores where that is worth it, with the results in the order asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, Self

from grantcalc.batch_tasks import Outcome, Task, check_task, effort
from grantcalc.errors import UnreadableInputError
from grantcalc.interruptions import to_be_tidied_up
from grantcalc.processors import processors
from grantcalc.results.inputs import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from grantcalc.batch_processes import Processes
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
        self._processes: Processes | None = None
        self._done = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes, without waiting for what nobody will ask for."""
        if self._processes is not None:
            self._processes.end()

    def check(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Check files.

        Returns:
            What was found in each, or why it cannot be read, in the order of the tasks.
        """
        processes = min(len(tasks), processors(), _MOST_PROCESSES)
        if self._processes is None and processes > 1 and sum(effort(task) for task in tasks) >= _WORTH_IT:
            from grantcalc.batch_processes import Processes

            self._processes = Processes(processes)
        outcomes = self._one_by_one(tasks) if self._processes is None else self._at_once(tasks, self._processes)
        found = [_of_interest(outcome, task.path, self._wanted) for task, outcome in zip(tasks, outcomes, strict=True)]
        self._done += len(tasks)
        return found

    def _at_once(self, tasks: Sequence[Task], processes: Processes) -> Iterator[Outcome]:
        """Check files in processes of their own; one by one, where these cannot be had or are all lost."""
        of = self._done + len(tasks)
        if tasks:
            self._told(self._done, of, tasks[0].path)
        found: dict[int, Outcome] = {}
        with to_be_tidied_up():
            for number, outcome in processes.outcomes(tasks):
                found[number] = outcome
                self._told(self._done + len(found), of, tasks[number].path)
        left = self._one_by_one([task for number, task in enumerate(tasks) if number not in found], len(found))
        return (found[number] if number in found else next(left) for number in range(len(tasks)))

    def _one_by_one(self, tasks: Sequence[Task], before: int = 0) -> Iterator[Outcome]:
        begun = self._done + before
        of = begun + len(tasks)
        for done, task in enumerate(tasks, start=begun):
            self._told(done, of, task.path)
            yield check_task(task, _of_pages(self._told, done, of, task.path))
            self._told(done + 1, of, task.path)


def _of_interest(outcome: Outcome, path: str, wanted: WantedIn) -> Outcome:
    """A file with the findings that are wanted; that is asked here, as what is asked may not leave the process."""
    if isinstance(outcome.file, Unreadable):
        return outcome
    try:
        keeps = wanted(path)
    except UnreadableInputError as error:
        return Outcome(Unreadable(error.path, error.reason))
    findings = tuple(finding for finding in outcome.file.findings if keeps(finding.rule))
    if any(finding.rule.code == "GC701" for finding in findings):  # others do not need the module
        from grantcalc.rules.said_once import said_once

        findings = tuple(said_once(findings))
    return Outcome(replace(outcome.file, findings=findings), outcome.grant)


def _of_pages(told: Told, done: int, files: int, name: str) -> PagesTold:
    """What is to be told of the pages of a paper."""
    return lambda read, pages: told(done, files, name, (read, pages))
