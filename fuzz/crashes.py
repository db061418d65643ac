"""What counts as a crash: an exception that is not documented, or work over the limit of processor time."""

from __future__ import annotations

import hashlib
import signal
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_PACKAGE: Final = "grantcalc"
_OURS: Final = str(Path(__file__).parent.parent / _PACKAGE)


class _TooLongError(BaseException):
    """That an input takes longer than the limit; what takes any exception of a library for an answer lets it pass."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooLongError


@dataclass
class Crashes:
    """The crashes of one target, each kept once, as the input that made it.

    Attributes:
        folder: where they are kept.
        seconds: the limit of processor time for one input.
        library_may_refuse: whether an exception that a library raises is an answer, as in the process in which a
            document is read, where it means that the document is damaged.
    """

    folder: Path
    seconds: float
    library_may_refuse: bool
    _known: set[str] = field(default_factory=set)

    def watch(self, work: Callable[[bytes], None], data: bytes) -> None:
        """Do the work with an input, and keep the input if it crashes, or is not done within the limit."""
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        try:
            work(data)
        except _TooLongError as error:
            said = "".join(traceback.format_exception(error))
            self._keep(f"slow-{hashlib.sha256(data).hexdigest()[:8]}", data, said)
        except Exception as error:  # noqa: BLE001  (any exception that is not documented is what is looked for)
            if not (self.library_may_refuse and _raised_by_library(error)):
                self._keep(_name_of(error), data, "".join(traceback.format_exception(error)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _keep(self, name: str, data: bytes, said: str) -> None:
        if name in self._known:
            return
        self._known.add(name)
        (self.folder / f"{name}.input").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(said, encoding="utf-8", errors="backslashreplace")


def _raised_by_library(error: BaseException) -> bool:
    """Whether it was raised in code that is not the program's, or because what lies in the document is too deep."""
    frames = traceback.extract_tb(error.__traceback__)
    return isinstance(error, RecursionError | MemoryError) or not frames[-1].filename.startswith(_OURS)


def _name_of(error: BaseException) -> str:
    """The kind of an exception and the deepest place in the program that it passed: alike crashes have one name."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_OURS)]
    place = f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "outside"
    return f"{type(error).__name__}-{place}"
