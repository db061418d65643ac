"""Progress of long work, on standard error where that is a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from pathlib import PurePath
from typing import TYPE_CHECKING

from grantcalc.interruptions import to_be_tidied_up
from grantcalc.papers.readers.kinds import is_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from grantcalc.batch import Told


@contextmanager
def progress() -> Iterator[Told]:
    """Show how far the work is while it goes on, and wipe it away at its end.

    Yields:
        What is to be told how many files are done, and how many pages of the one that is being read.
    """
    shown = _Shown()
    with to_be_tidied_up() if shown.wanted else nullcontext():
        try:
            yield shown.tell
        finally:
            shown.end()


class _Shown:
    """A line on the terminal; none for a single text, which takes no time."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self.wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def tell(self, done: int, files: int, name: str, pages: tuple[int, int] | None = None) -> None:
        """Show how far the work is: the pages of a single paper, or else how many files are done."""
        if not self.wanted or (files == 1 and not is_document(name)):
            return
        if self._bar is None:
            self._begin(files)
        if self._bar is not None and self._task is not None:
            file = _printable(PurePath(name).name)
            if pages is not None and files == 1:
                done, files = pages
            elif pages is not None:
                file += f", page {pages[0]} of {pages[1]}"
            self._bar.update(self._task, completed=done, total=files, file=file)

    def end(self) -> None:
        """Wipe the line away."""
        if self._bar is not None:
            self._bar.stop()

    def _begin(self, files: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("checking"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[file]}", markup=False),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("checking", total=files, file="")
        self._bar.start()


def _printable(name: str) -> str:
    """A name without what a terminal would act on."""
    return "".join(character if character.isprintable() else "?" for character in name)
