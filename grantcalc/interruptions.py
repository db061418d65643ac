"""Signals that end the program: Ctrl-C, a terminal that is closed, a polite kill."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_SIGNALLED: Final = 128
"""A shell gives as the status of a program that a signal ended this and the signal's number."""


_begun: list[None] = []
"""An entry for each thing that is to be tidied up: the state of the process, as its signals are."""

_put_off: list[list[int]] = []
"""The signals that came while they are to wait, for each reason to wait."""


@contextmanager
def to_be_tidied_up() -> Iterator[None]:
    """While this lasts, a signal raises `SystemExit`; at all other times it ends the program on the spot."""
    _begun.append(None)
    try:
        yield
    finally:
        _begun.pop()


def end_at_signals() -> None:
    """From now on, let a signal end the program with 128 and its number, silently, what it has begun tidied up.

    A signal that whoever started the program lets it ignore, as `nohup` does, is ignored.
    """
    for name in _ENDING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    sys.unraisablehook = _unraisable


def _end(number: int, _: object) -> None:
    if _put_off:
        _put_off[-1].append(number)
        return
    if not _begun:
        # An exception could be lost, or be made another, wherever the program or a library just is.
        os._exit(_SIGNALLED + number)
    raise SystemExit(_SIGNALLED + number)


def _unraisable(unraisable: Any) -> None:  # noqa: ANN401  (a type of the interpreter's own)
    """End also where Python drops an exception, as where an object is let go: the signal would else be lost."""
    if isinstance(unraisable.exc_value, SystemExit):
        os._exit(unraisable.exc_value.code if isinstance(unraisable.exc_value.code, int) else 1)
    sys.__unraisablehook__(unraisable)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals wait while a process is started, and keep Ctrl-C from it for good: whoever starts it ends it.

    A process of which the start was broken off has nobody who knows of it, and says so in a traceback.
    """
    came: list[int] = []
    masks = hasattr(signal, "pthread_sigmask")  # Windows has none
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if masks else ()
    _put_off.append(came)
    try:
        yield
    finally:
        _put_off.pop()
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if came:
            _end(came[0], None)
