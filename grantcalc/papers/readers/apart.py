"""Reading in a process of its own, which is ended when it takes too long or too much memory.

What comes from strangers meets parsers of XML and PDF there. The process reads the document from its standard input
and writes the paper to its standard output; it opens no other file to write, and no connection.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.interruptions import to_be_tidied_up
from grantcalc.papers.readers.kinds import Kind

if TYPE_CHECKING:
    from grantcalc.papers.paper import Paper

SECONDS: Final = 45
MEMORY: Final = 800 * 2**20
"""The limits of one document; a system without such limits on memory (Windows, macOS) has that of time only."""

_ANSWERED: Final = b"grantcalc\n"
_NO_WINDOW: Final = 0x08000000
"""On Windows, no console is to open for the process."""


def read_apart(data: bytes, kind: Kind, *, seconds: float = SECONDS, memory: int = MEMORY) -> Paper:
    """Read a document in a process of its own.

    Raises:
        MissingLibraryError: a library is missing that reads it.
        UnreadableContentError: it cannot be read, or not within the limits.
    """
    # -P: nothing is imported from the folder that the program was started in, where the paper may lie.
    command = [sys.executable, "-P", "-m", __name__, kind.name, str(memory)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        with to_be_tidied_up():
            done = subprocess.run(  # noqa: S603  (our own module)
                command,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
                env=environment,
                creationflags=_NO_WINDOW if os.name == "nt" else 0,
            )
    except subprocess.TimeoutExpired:
        reason = f"reading it took longer than {seconds:g} seconds, and was stopped"
        raise UnreadableContentError(reason) from None
    except OSError as error:
        reason = f"no process can be started to read it ({error.strerror}); end other programs, or raise their limits"
        raise UnreadableContentError(reason) from error
    before, found, answer = done.stdout.partition(_ANSWERED)
    if before or not found:
        reason = f"reading it failed, or needed more than {memory // 2**20} MB of memory; save it again, or in parts"
        raise UnreadableContentError(reason)
    return _paper(pickle.loads(answer), memory)  # noqa: S301  (our own process wrote it)


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
    kind, memory = Kind[sys.argv[1]], int(sys.argv[2])
    _limit(memory)
    data = sys.stdin.buffer.read()
    answer = _answer(data, kind)
    out.write(_ANSWERED)
    out.write(pickle.dumps(answer))
    out.flush()
    os._exit(0)  # nothing is left to tidy up, and it takes time


def _answer(data: bytes, kind: Kind) -> tuple[str, object]:
    """What came of reading a document."""
    from grantcalc.papers.readers.reading import read_here

    try:
        return "paper", read_here(data, kind)
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


def _limit(memory: int) -> None:
    """Take no more memory than is allowed, where the system can see to that."""
    try:
        import resource
    except ImportError:
        return
    try:
        # Whoever started it ends it before; but it is to end also where that was itself stopped dead.
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        return


if __name__ == "__main__":
    main()
