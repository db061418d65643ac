"""Limits of memory and of work for a process, where the system sees to them (Linux does; Windows and macOS do not)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOR_THREAD: Final = 16 * 2**20
"""What a thread takes with its stack, in bytes, and some to spare."""


def limit(memory: int) -> None:
    """Take no more memory than so many bytes from now on; none for no limit."""
    if not memory:
        return
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        return


def limit_work(seconds: int) -> None:
    """Take no more processor time than so many seconds, this process and each that it starts."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    except (ValueError, OSError):
        return


@contextmanager
def halved() -> Iterator[int]:
    """Do with half of the memory for a while, since another process needs the other half.

    Yields:
        The other half, in bytes; none if there is no limit.
    """
    try:
        import resource
    except ImportError:
        yield 0
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        yield 0
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft // 2, hard))
        yield soft // 2
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def ask_for_thread() -> None:
    """Ask for the memory that a thread takes, and give it back unused.

    Who starts a thread that finds no memory when it begins waits for it for ever.

    Raises:
        MemoryError: there is not enough.
    """
    bytes(_FOR_THREAD)
