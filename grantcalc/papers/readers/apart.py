"""Work on a document in a process of its own, which is ended when it takes too long or too much memory.

What comes from strangers meets parsers of XML and PDF there. The process takes the work and the document from its
standard input and writes the answer to its standard output; it opens no other file to write, and no connection.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final, TypeVar

from grantcalc.errors import MissingLibraryError, UnreadableContentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.kinds import Kind

Answer = TypeVar("Answer")

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
    from grantcalc.papers.readers.reading import read_here

    return work_apart(read_here, data, kind, doing="reading", seconds=seconds, memory=memory)


def work_apart(  # noqa: PLR0913  (the limits are given by tests alone)
    work: Callable[..., Answer],
    data: bytes,
    kind: Kind,
    *more: object,
    doing: str,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Answer:
    """Do some work on a document in a process of its own.

    Args:
        work: a function of a module, which is given the document, its kind and whatever else there is.
        data: the document.
        kind: its kind.
        more: what else the function is given; that and what it returns must go from process to process.
        doing: what is done, as the beginning of a sentence: "reading".
        seconds: the limit of time.
        memory: the limit of memory, in bytes.

    Raises:
        MissingLibraryError: a library is missing for it.
        UnreadableContentError: it cannot be done, or not within the limits.
    """
    # -P: nothing is imported from the folder that the program was started in, where the paper may lie.
    command = [sys.executable, "-P", "-m", __name__, str(memory)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603  (our own module)
            command,
            input=pickle.dumps((work, (data, kind, *more)), protocol=pickle.HIGHEST_PROTOCOL),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            env=environment,
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )
    except subprocess.TimeoutExpired:
        reason = f"{doing} it took longer than {seconds:g} seconds, and was stopped"
        raise UnreadableContentError(reason) from None
    before, found, answer = done.stdout.partition(_ANSWERED)
    if before or not found:
        reason = f"{doing} it failed, or needed more than {memory // 2**20} MB of memory; save it again, or in parts"
        raise UnreadableContentError(reason)
    what, said = pickle.loads(answer)  # noqa: S301  (our own process wrote it)
    if what == "done":
        return said  # type: ignore[no-any-return]  # what the work came to
    if what == "missing":
        library, extra = said
        raise MissingLibraryError(library, extra, f"{doing} {kind.value.name} ({kind.suffix})")
    if what == "memory":
        reason = f"{doing} it needs more than {memory // 2**20} MB of memory, and was stopped"
        raise UnreadableContentError(reason)
    raise UnreadableContentError(str(said))


def main() -> None:
    """Do the work on standard input, and write what came of it to standard output."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no part of the answer
    _limit(int(sys.argv[1]))
    answer = _answer()
    out.write(_ANSWERED)
    out.write(pickle.dumps(answer))
    out.flush()
    os._exit(0)  # nothing is left to tidy up, and it takes time


def _answer() -> tuple[str, Any]:
    """What came of the work on standard input."""
    try:
        work, given = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own process wrote it)
        return "done", work(*given)
    except UnreadableContentError as error:
        return "unreadable", error.reason
    except MissingLibraryError as error:
        return "missing", (error.library, error.extra)
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
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        return


if __name__ == "__main__":
    main()
