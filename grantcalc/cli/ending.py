"""How a run ends: with what is said, and a status."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer

from grantcalc.cli.messages import complain, explain_files, list_findings
from grantcalc.errors import (
    MissingLibraryError,
    UnknownBankHolidaysError,
    UnknownNameError,
    UnreadableInputError,
    UnusableConfigurationError,
    UnwritableOutputError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Unreadable

FOUND: Final = 1
UNUSABLE: Final = 2
MISSING: Final = 3
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141

_STOPPING: Final = (
    UnreadableInputError,
    UnwritableOutputError,
    UnusableConfigurationError,
    UnknownBankHolidaysError,
    UnknownNameError,
)
"""What stops the program with a line that says what to mend."""


@contextmanager
def ending_with_the_pipe() -> Iterator[None]:
    """End silently where nobody reads the output any more."""
    try:
        yield
    except OSError as error:
        if not _nobody_reads(error):
            raise
        # What is still unwritten would raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None


@contextmanager
def guarded() -> Iterator[None]:
    """End with a message and a status, never a traceback, for what a user can do or meet."""
    try:
        with ending_with_the_pipe():
            yield
    except _STOPPING as error:
        complain(str(error))
        raise typer.Exit(UNUSABLE) from None
    except MissingLibraryError as error:
        complain(str(error))
        raise typer.Exit(MISSING) from None
    except (MemoryError, SystemError):  # SystemError: Python itself lost the word of what it found no memory for
        complain("there is not enough memory for this file")
        raise typer.Exit(UNUSABLE) from None
    except (ImportError, SyntaxError) as error:  # SyntaxError: a name of a sign, when its table finds no memory
        complain(f"a part of the program cannot be loaded ({error}); free some memory, or install it again")
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def _nobody_reads(error: OSError) -> bool:
    """Whether the other end of a pipe is closed, for which Windows has no word but that an argument is invalid."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def end_with(faulty: Sequence[CheckedFile], unreadable: Sequence[Unreadable], *, in_lines: bool = False) -> None:
    """End with the status of files that could not be used, having said why; go on if there are none.

    What was found is said in full for people, or in a line each for programs.
    """
    for file in unreadable:
        complain(f"{file.path}: {file.reason}")
    tell = list_findings if in_lines else explain_files
    tell(faulty)
    if unreadable:
        raise typer.Exit(MISSING if all(file.library for file in unreadable) else UNUSABLE)
    if faulty:
        raise typer.Exit(FOUND)
