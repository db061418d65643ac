"""A file to check in a batch, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.errors import MissingLibraryError, UnreadableInputError
from grantcalc.files import read_file
from grantcalc.papers.readers.kinds import is_document
from grantcalc.papers.readers.telling import silent
from grantcalc.results.inputs import Unreadable
from grantcalc.wanted import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from grantcalc.files import RawFile
    from grantcalc.grants.model import Grant
    from grantcalc.papers.readers.telling import PagesTold
    from grantcalc.results.checked import CheckedFile

_LIKE_TEXT: Final = 100_000
"""What a document takes at the least, in bytes of text that take as long."""

_LIKE_TEXT_OF_GRANT: Final = 10_000
"""What a grant file takes at the least, in bytes of text that take as long."""

_AT_ONCE: Final = 100_000
"""Files that together are no longer than this, as text, are sent to a process at once."""


class Task(NamedTuple):
    """A file to check.

    Attributes:
        path: its name.
        raw: its bytes, if they have been read.
        grant: of a paper, the grant to hold it against.
        is_grant: whether it is a grant file; else it is a paper.
        as_of: of a grant file, the day on which claims are looked at.
        reasons: whether to keep what explains the findings: notes, and what the sums say together.
        sums: whether to keep the sums, and not only how many came out how.
    """

    path: str
    raw: RawFile | None = None
    grant: Grant | None = None
    is_grant: bool = False
    as_of: date | None = None
    reasons: bool = True
    sums: bool = True


class Outcome(NamedTuple):
    """What came of a task.

    Attributes:
        file: what was found in the file, or why it cannot be read.
        grant: of a grant file that lists papers, the grant to hold them against.
    """

    file: CheckedFile | Unreadable
    grant: Grant | None = None


def check_task(task: Task, told: PagesTold = silent) -> Outcome:
    """Check one file, and keep all that is found; reasons and sums if they are wanted.

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
    return _as_wanted(task, outcome)


def _as_wanted(task: Task, outcome: Outcome) -> Outcome:
    """What came of a task, less what is not wanted of it: reasons take long to find, and these and sums to send."""
    file = outcome.file
    if isinstance(file, Unreadable):
        return outcome
    if not task.reasons:
        file = replace(file, findings=tuple(replace(each, notes=(), likely=()) for each in file.findings))
    return outcome._replace(file=file if task.sums else replace(file, sums=()))


def _checked_grant(task: Task, raw: RawFile) -> Outcome:
    from grantcalc.grant_checks import checked_grant

    file, grant = checked_grant(raw, all_rules(raw.source.path), task.as_of, reasons=task.reasons)
    return Outcome(file, grant if grant is not None and grant.papers else None)


def _checked_paper(task: Task, raw: RawFile, told: PagesTold) -> Outcome:
    from grantcalc.paper_files import checked_paper

    return Outcome(checked_paper(raw, all_rules(raw.source.path), task.grant, told, reasons=task.reasons))


def batches(tasks: Sequence[Task]) -> Iterator[list[int]]:
    """Tasks, by their numbers, that a process is given at once: small files together, since sending each takes time."""
    batch: list[int] = []
    efforts = 0
    for number, task in enumerate(tasks):
        its_effort = effort(task)
        if batch and efforts + its_effort > _AT_ONCE:
            yield batch
            batch, efforts = [], 0
        batch.append(number)
        efforts += its_effort
    if batch:
        yield batch


def effort(task: Task) -> int:
    """How long a file will take, roughly, in bytes of text."""
    try:
        size = len(task.raw.data) if task.raw is not None else Path(task.path).stat().st_size
    except (OSError, ValueError):
        return 0
    if task.is_grant:
        return size + _LIKE_TEXT_OF_GRANT
    return size + _LIKE_TEXT if is_document(task.path) else size
