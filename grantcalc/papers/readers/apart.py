"""Reading in a process of its own, which is ended when it takes too long or too much memory.

What comes from strangers meets parsers of XML and PDF there. The process reads the document from its standard input
and writes the paper to its standard output, and before it how many pages are read, a line each time; it opens no other
file to write, and no connection.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.interruptions import to_be_tidied_up
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.memory import limit, limit_work
from grantcalc.papers.readers.telling import silent

if TYPE_CHECKING:
    from typing import IO

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.telling import PagesTold


class Limits(NamedTuple):
    """The limits of one document; a system without such limits on memory (Windows, macOS) has that of time only.

    Attributes:
        seconds: how long reading it may take.
        memory: how many bytes of memory it may take, all processes together.
        processes: how many processes may be used.
    """

    seconds: float = 45
    memory: int = 800 * 2**20
    processes: int = 1


_USUAL: Final = Limits()
_PAGES: Final = b"pages "
_ANSWERED: Final = b"grantcalc\n"
_NO_WINDOW: Final = 0x08000000
"""On Windows, no console is to open for the process."""


def read_apart(data: bytes, kind: Kind, told: PagesTold = silent, limits: Limits = _USUAL) -> Paper:
    """Read a document in a process of its own.

    Args:
        data: its bytes.
        kind: what kind it is.
        told: is told how many of its pages are read, of how many, if it has pages.
        limits: what it may take.

    Raises:
        MissingLibraryError: a library is missing that reads it.
        UnreadableContentError: it cannot be read, or not within the limits.
    """
    # -P: nothing is imported from the folder that the program was started in, where the paper may lie.
    command = [sys.executable, "-P", "-m", __name__, kind.name, str(limits.memory), str(limits.processes)]
    # One arena: what several threads set aside for themselves would count as taken.
    path = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "1"}
    late = Event()
    try:
        with (
            to_be_tidied_up(),
            subprocess.Popen(  # noqa: S603  (our own module)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                creationflags=_NO_WINDOW if os.name == "nt" else 0,
            ) as process,
        ):
            timer = Timer(limits.seconds, _stop, (process, late))
            timer.daemon = True
            timer.start()
            sender = Thread(target=_send, args=(data, process.stdin), daemon=True)
            sender.start()
            try:
                answer = _answered(process.stdout, told)
            finally:
                timer.cancel()
                process.kill()
                sender.join()
    except (OSError, RuntimeError) as error:  # a thread that cannot be started is a RuntimeError
        said = error.strerror if isinstance(error, OSError) else error
        reason = f"no process can be started to read it ({said}); end other programs, or raise their limits"
        raise UnreadableContentError(reason) from error
    if late.is_set():
        reason = f"reading it took longer than {limits.seconds:g} seconds, and was stopped"
        raise UnreadableContentError(reason)
    if answer is None:
        reason = (
            f"reading it failed, or needed more than {limits.memory // 2**20} MB of memory; save it again, or in parts"
        )
        raise UnreadableContentError(reason)
    return _paper(pickle.loads(answer), limits.memory)  # noqa: S301  (our own process wrote it)


def _stop(process: subprocess.Popen[bytes], late: Event) -> None:
    """End a process that has taken too long, and note that."""
    late.set()
    process.kill()


def _send(data: bytes, pipe: IO[bytes] | None) -> None:
    """Write a document to the process, which may have ended before it has taken everything."""
    if pipe is None:
        return
    with suppress(OSError):
        pipe.write(data)
    with suppress(OSError):
        pipe.close()


def _answered(pipe: IO[bytes] | None, told: PagesTold) -> bytes | None:
    """What the process answers; None if it ends without an answer."""
    for line in pipe or ():
        if line == _ANSWERED and pipe is not None:
            return pipe.read()
        if not line.startswith(_PAGES):
            return None
        done, pages = line.removeprefix(_PAGES).split()
        told(int(done), int(pages))
    return None


def _paper(answer: tuple[str, object], memory: int) -> Paper:
    """The paper of an answer; what went wrong is raised here."""
    what, said = answer
    if what == "paper":
        return said  # type: ignore[return-value]  # as `_answer` made it
    if what == "missing":
        raise MissingLibraryError(*said)  # type: ignore[misc]  # as `_answer` made it
    if what == "memory":
        reason = f"reading it needs more than {memory // 2**20} MB of memory, and was stopped"
        raise UnreadableContentError(reason)
    raise UnreadableContentError(str(said))


def main() -> None:
    """Read the document on standard input, and write the paper to standard output."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no part of the answer
    kind, memory, processes = Kind[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    limit(memory)
    limit_work(2 * int(_USUAL.seconds))  # it is to end also where whoever started it was stopped dead
    data = sys.stdin.buffer.read()

    def tell(done: int, pages: int) -> None:
        out.write(_PAGES + f"{done} {pages}\n".encode())
        out.flush()

    answer = _answer(data, kind, tell, processes)
    out.write(_ANSWERED)
    out.write(pickle.dumps(answer))
    out.flush()
    os._exit(0)  # nothing is left to tidy up, and it takes time


def _answer(data: bytes, kind: Kind, told: PagesTold, processes: int) -> tuple[str, object]:
    """What came of reading a document."""
    from grantcalc.papers.readers.reading import read_here

    try:
        return "paper", read_here(data, kind, told, processes=processes)
    except UnreadableContentError as error:
        return "unreadable", error.reason
    except MissingLibraryError as error:
        return "missing", (error.library, error.extra, f"reading {kind.value.name} ({kind.suffix})")
    except ImportError:
        raise  # a library that is there and cannot be loaded, for want of memory: no answer says so
    except (MemoryError, RecursionError) as error:
        return "memory" if isinstance(error, MemoryError) else "unreadable", "its parts lie too deep in each other"
    except Exception as error:  # noqa: BLE001  (whatever a library raises for a damaged file)
        return "unreadable", f"it is damaged, or of an unknown make ({type(error).__name__}); save it again"


if __name__ == "__main__":
    main()
