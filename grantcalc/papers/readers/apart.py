"""Work on a document in a process of its own, which is ended when it takes too long or too much memory.

What comes from strangers meets parsers of XML and PDF there. The process takes the work and the document from its
standard input and writes the answer to its standard output, and before it how many pages are read, a line each time; it
opens no other file to write, and no connection.
"""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.interruptions import to_be_tidied_up
from grantcalc.papers.readers.memory import limit, limit_work
from grantcalc.papers.readers.telling import silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from grantcalc.papers.readers.kinds import Kind
    from grantcalc.papers.readers.telling import PagesTold


Answer = TypeVar("Answer")


class Limits(NamedTuple):
    """The limits of one document; a system without such limits on memory (Windows, macOS) has that of time only.

    Attributes:
        seconds: how long the work may take.
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


def work_apart(  # noqa: PLR0913  (all but the work and what it is done on may be left out)
    work: Callable[..., Answer],
    data: bytes,
    kind: Kind,
    *more: object,
    doing: str,
    told: PagesTold = silent,
    limits: Limits = _USUAL,
) -> Answer:
    """Do some work on a document in a process of its own.

    Args:
        work: a function of a module, which is given the document, its kind and whatever else there is, and by name
            `told` and `processes`.
        data: the document.
        kind: its kind.
        more: what else the function is given; that and what it returns must go from process to process.
        doing: what is done, as the beginning of a sentence: "reading".
        told: is told how many of its pages are read, of how many, if it has pages.
        limits: what it may take.

    Raises:
        MissingLibraryError: a library is missing for it.
        UnreadableContentError: it cannot be done, or not within the limits.
    """
    # -P: nothing is imported from the folder that the program was started in, where the paper may lie.
    command = [sys.executable, "-P", "-m", __name__, str(limits.memory), str(limits.processes)]
    task = pickle.dumps((work, (data, kind, *more)), protocol=pickle.HIGHEST_PROTOCOL)
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
            sender = Thread(target=_send, args=(task, process.stdin), daemon=True)
            sender.start()
            try:
                answer = _answered(process.stdout, told)
            finally:
                timer.cancel()
                process.kill()
                sender.join()
    except (OSError, RuntimeError) as error:  # a thread that cannot be started is a RuntimeError
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            reason = "there is not enough memory to read it; end other programs"
            raise UnreadableContentError(reason) from error
        said = error.strerror if isinstance(error, OSError) else f"{error}, for want of memory or of processes"
        reason = f"no process can be started to read it ({said}); end other programs, or raise their limits"
        raise UnreadableContentError(reason) from error
    if late.is_set():
        reason = f"{doing} it took longer than {limits.seconds:g} seconds, and was stopped"
        raise UnreadableContentError(reason)
    if answer is None:
        most = f"{limits.memory // 2**20} MB of memory"
        reason = f"{doing} it failed, or needed more than {most}; save it again, or in parts"
        raise UnreadableContentError(reason)
    what, said = pickle.loads(answer)  # noqa: S301  (our own process wrote it)
    if what == "done":
        return said  # type: ignore[no-any-return]  # what the work came to
    if what == "missing":
        library, extra = said
        raise MissingLibraryError(library, extra, f"{doing} {kind.value.name} ({kind.suffix})")
    if what == "memory":
        reason = f"{doing} it needs more than {limits.memory // 2**20} MB of memory, and was stopped"
        raise UnreadableContentError(reason)
    raise UnreadableContentError(str(said))


def _stop(process: subprocess.Popen[bytes], late: Event) -> None:
    """End a process that has taken too long, and note that."""
    late.set()
    process.kill()


def _send(data: bytes, pipe: IO[bytes] | None) -> None:
    """Write the work to the process, which may have ended before it has taken everything."""
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


def main() -> None:
    """Do the work on standard input, and write what came of it to standard output."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no part of the answer
    memory, processes = map(int, sys.argv[1:])
    limit(memory)
    limit_work(2 * int(_USUAL.seconds))  # it is to end also where whoever started it was stopped dead

    def tell(done: int, pages: int) -> None:
        out.write(_PAGES + f"{done} {pages}\n".encode())
        out.flush()

    answer = _answer(tell, processes)
    out.write(_ANSWERED)
    out.write(pickle.dumps(answer))
    out.flush()
    os._exit(0)  # nothing is left to tidy up, and it takes time


def _answer(told: PagesTold, processes: int) -> tuple[str, Any]:
    """What came of the work on standard input."""
    try:
        work, given = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own process wrote it)
        return "done", work(*given, told=told, processes=processes)
    except UnreadableContentError as error:
        return "unreadable", error.reason
    except MissingLibraryError as error:
        return "missing", (error.library, error.extra)
    except ImportError:
        raise  # a library that is there and cannot be loaded, for want of memory: no answer says so
    except (MemoryError, RecursionError) as error:
        return "memory" if isinstance(error, MemoryError) else "unreadable", "its parts lie too deep in each other"
    except Exception as error:  # noqa: BLE001  (whatever a library raises for a damaged file)
        return "unreadable", f"it is damaged, or of an unknown make ({type(error).__name__}); save it again"


if __name__ == "__main__":
    main()
