"""Parts of a long PDF file: every other page is read in a second process, where that is worth its start.

The second process ends with the first one, however that ends: it waits on a pipe that only the first one holds.
Either has half of the memory. What one of them could not read with that is read again with all of it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

from grantcalc.papers.readers.memory import halved, limit
from grantcalc.papers.readers.pdf_file import count, opened, sheets_on
from grantcalc.papers.readers.telling import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping, Sequence
    from io import BufferedReader
    from typing import IO, Self

    from grantcalc.papers.readers.pdf_pages import Sheet
    from grantcalc.papers.readers.telling import PagesTold

    Pages = MutableMapping[int, Sequence[Sheet]]

WORTH_IT: Final = 16
"""From so many pages on two processes are faster than one, the start of the second included."""

_WAIT: Final = 0.2
_NO_WINDOW: Final = 0x08000000


def read_pages(
    data: bytes, most: int, told: PagesTold = silent, *, processes: int = 1
) -> tuple[tuple[Sheet, ...], int]:
    """What the pages of a PDF file show.

    Args:
        data: the bytes of the file.
        most: how many pages to read.
        told: is told how many pages are read, of how many.
        processes: how many processes may be used.

    Returns:
        The sheets of the pages, in order, and how many pages the file has.

    Raises:
        UnreadableContentError: it is encrypted, incomplete, damaged or has no pages.
    """
    file = opened(data)
    pages = count(file)
    numbers = range(1, min(pages, most) + 1)
    found: Pages = {}

    def read(wanted: Iterable[int]) -> None:
        for number in wanted:
            found[number] = sheets_on(file, number)
            told(len(found), len(numbers))

    if processes > 1 and len(numbers) >= WORTH_IT:
        with halved() as memory, _Second(data, numbers[1::2], memory, found) as second:
            with suppress(MemoryError):
                read(numbers[::2])
            second.wait(lambda: told(len(found), len(numbers)))
    read([number for number in numbers if number not in found])
    return tuple(sheet for number in numbers for sheet in found[number]), pages


class _Second:
    """A second process, which reads some of the pages."""

    def __init__(self, data: bytes, numbers: range, memory: int, found: Pages) -> None:
        """Start it.

        Args:
            data: the bytes of the file.
            numbers: the pages to read.
            memory: how many bytes of memory it may use; none for any number.
            found: what it finds is put there while it goes on.
        """
        told = (memory, len(data), numbers.start, numbers.stop, numbers.step)
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-P", "-m", __name__, *map(str, told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )
        self._threads = [
            Thread(target=_send, args=(data, self._process.stdin), daemon=True),
            Thread(target=_receive, args=(self._process.stdout, found), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        """Nothing is left to do: it is at work."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, if it is still at work, and close its pipes."""
        self._process.kill()
        for thread in self._threads:
            thread.join()
        with suppress(OSError), self._process:
            pass

    def wait(self, waiting: Callable[[], None]) -> None:
        """Wait until it is done or has failed.

        Args:
            waiting: is called now and then.
        """
        for thread in self._threads:
            while thread.is_alive():
                thread.join(_WAIT)
                waiting()


def _send(data: bytes, pipe: IO[bytes]) -> None:
    """Send a file to the second process, and leave the pipe open: that it is closed tells it to end."""
    with suppress(OSError):
        pipe.write(data)
        pipe.flush()


def _receive(pipe: IO[bytes], found: Pages) -> None:
    """Take what the second process has found, until it ends; what it broke off in is left out."""
    with suppress(EOFError, OSError, pickle.UnpicklingError, MemoryError):
        while True:
            number, sheets = pickle.load(pipe)  # noqa: S301  (our own process wrote it)
            found[number] = sheets


def main() -> None:
    """Read the pages that are named, of the file on standard input, and write them to standard output."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no part of the answer
    memory, size, *span = map(int, sys.argv[1:])
    limit(memory)
    data = sys.stdin.buffer.read(size)
    Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    file = opened(data)
    for number in range(*span):
        out.write(pickle.dumps((number, sheets_on(file, number))))
        out.flush()
    os._exit(0)  # nothing is left to tidy up, and it takes time


def _end_with(pipe: BufferedReader) -> None:
    """End when the other end of a pipe is closed, as it is when the process there ends."""
    pipe.read(1)
    os._exit(1)


if __name__ == "__main__":
    main()
