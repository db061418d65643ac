"""Files: reading inputs within limits, writing outputs whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from grantcalc.errors import UnreadableInputError, UnwritableOutputError
from grantcalc.interruptions import to_be_tidied_up
from grantcalc.results.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT: Final = "-"
LARGEST_FILE: Final = 256 * 2**20
"""A grant of 100,000 posts takes less than a tenth of this."""

_PIECE: Final = 2**20
UNFINISHED: Final = "grantcalc-unfinished"
"""How the name of a file ends that is still being written."""


class RawFile(NamedTuple):
    """The bytes of an input."""

    source: Input
    data: bytes


def read_file(path: str) -> RawFile:
    """Read an input whole.

    Args:
        path: a file, or "-" for standard input.

    Raises:
        UnreadableInputError: it is missing, a directory, closed to the user, or too large.
    """
    try:
        if path == STANDARD_INPUT and sys.stdin is None:
            raise UnreadableInputError(path, "standard input is closed")
        if path == STANDARD_INPUT:
            data = _read(sys.stdin.buffer)
        else:
            with Path(path).open("rb") as file:
                data = _read(file)
    except OSError as error:
        raise UnreadableInputError(path, reason_of(error)) from error
    except ValueError as error:
        raise UnreadableInputError(path, "this is not a name that a file can have") from error
    if len(data) > LARGEST_FILE:
        reason = f"the file is larger than {LARGEST_FILE // 2**20} MB, which no grant or paper needs"
        raise UnreadableInputError(path, reason)
    return RawFile(Input(path, hashlib.sha256(data).hexdigest()), data)


def _read(file: IO[bytes]) -> bytes:
    """What is in a file, or a byte more than the largest; in pieces, as Python sets aside all that is asked for."""
    pieces: list[bytes] = []
    left = LARGEST_FILE + 1
    while left and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


_GRANT_SUFFIXES: Final = (".yaml", ".yml")
_GRANT_KEYS: Final = rb"(?m)^(?:grant|years|posts|award|headings)\s*:"


def is_named_as_paper(path: str) -> bool:
    """Whether the name of an input says that it is no grant file."""
    from grantcalc.papers.readers.kinds import SUFFIXES

    return Path(path).suffix.lower() in SUFFIXES


def is_named_as_grant(path: str) -> bool:
    """Whether the name of an input says that it is a grant file."""
    return Path(path).suffix.lower() in _GRANT_SUFFIXES


def is_grant(file: RawFile) -> bool:
    """Whether an input whose name does not say what it is is a grant file: by the keys that it begins lines with."""
    return not file.data.strip() or re.search(_GRANT_KEYS, file.data) is not None


_REASONS: Final = {
    errno.ENOSPC: "the disk is full; make room, or name a file on another",
    errno.EDQUOT: "your share of the disk is used up; make room, or name a file on another",
    errno.EFBIG: "it would be larger than a file may be here; raise the limit (ulimit -f), or name a file elsewhere",
    errno.EROFS: "nothing can be written to this disk; name a file on another",
    errno.ENAMETOOLONG: "the name is longer than the disk allows; shorten it",
    errno.ELOOP: "its links lead round in a circle; name the file itself",
    errno.ENOTDIR: "a part of the path is a file, not a folder; check the name",
    errno.EMFILE: "no more files may be open; raise the limit (ulimit -n)",
    errno.ENFILE: "no more files may be open; end other programs",
    errno.ENOMEM: "there is not enough memory; end other programs",
    errno.EAGAIN: "no more processes may run; end other programs",
}
"""What the system says in words that do not say what to do."""


def reason_of(error: OSError) -> str:
    """Why a file cannot be read or written, or a process not be started, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the name and the folder"
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and _is_folder(error.filename)):
        return "this is a folder; name the files in it"
    if isinstance(error, PermissionError):
        return "you may not open this file; check its permissions"
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _is_folder(name: object) -> bool:
    """Whether what could not be opened is a folder, of which Windows only says that it may not be opened."""
    return isinstance(name, str) and os.path.isdir(name)  # noqa: PTH112  (Path raises where a name is too long)


def write_file(path: str, content: str | bytes, inputs: Iterable[str] = ()) -> None:
    """Write an output whole or not at all: to a file beside it, which then takes its name.

    Args:
        path: where to write; a device or pipe is written to directly.
        content: what to write; text as UTF-8.
        inputs: files that were read, and must not be written over.

    Raises:
        UnwritableOutputError: nothing was written, and what stood there before is untouched.
    """
    try:
        refuse_inputs(path, inputs)
        target = Path(path).resolve()
        data = content.encode() if isinstance(content, str) else content
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                file.write(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise _unwritable(path, error) from error


def write_new_file(path: str, text: str) -> None:
    """Write an output to a file that there is not yet.

    Args:
        path: where to write.
        text: what to write, as UTF-8.

    Raises:
        UnwritableOutputError: nothing was written; a file that stood there is untouched.
    """
    target = Path(path)
    try:
        with _written_beside(target, text.encode()) as temporary:
            temporary.chmod(0o666 & ~_umask())
            _take_new_name(temporary, target)
    except FileExistsError as error:
        reason = "there is such a file already, and it is not written over; name another"
        raise UnwritableOutputError(path, reason) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _take_new_name(temporary: Path, target: Path) -> None:
    """Give a file its name, unless another has it by now."""
    if os.name == "nt":
        temporary.rename(target)  # only on Windows this refuses to write over a file
        return
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        target.touch(exist_ok=False)
        temporary.replace(target)


def _unwritable(path: str, error: OSError) -> UnwritableOutputError:
    """Why a file cannot be written."""
    reason = reason_of(error)
    if isinstance(error, FileNotFoundError):
        reason = "its folder does not exist; make it first"
    elif isinstance(error, PermissionError) and not _is_folder(error.filename):
        # Windows lets no file be replaced while Excel or a reader has it open.
        reason = "you may not write there; check the permissions of the folder, and close the file where it is open"
    return UnwritableOutputError(path, reason)


def append_file(path: str, text: str) -> None:
    """Add text, as UTF-8, to the end of a file that others write to as well; it is made if it is not there.

    Raises:
        UnwritableOutputError: it cannot be written to.
    """
    try:
        with Path(path).open("ab") as file:
            before = file.tell()
            try:
                file.write(text.encode())
                file.flush()
            except OSError:
                file.truncate(before)  # a half of it is of no use to anyone
                raise
    except OSError as error:
        raise _unwritable(path, error) from error


def refuse_inputs(path: str, inputs: Iterable[str]) -> None:
    """Refuse to write over a file that was read, under whatever name.

    Raises:
        UnwritableOutputError: the path leads to one of the inputs.
    """
    for name in inputs:
        with suppress(OSError):
            if name != STANDARD_INPUT and Path(path).samefile(name):
                raise UnwritableOutputError(path, "this is an input; write the output to another file")


def _replace(target: Path, data: bytes) -> None:
    """Write a temporary file in the target's folder, and let it take the target's place and permissions."""
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError
    with _written_beside(target, data) as temporary:
        temporary.chmod(mode if mode is not None else 0o666 & ~_umask())
        temporary.replace(target)


@contextmanager
def _written_beside(target: Path, data: bytes) -> Iterator[Path]:
    """A temporary file in the target's folder with these bytes; it is gone afterwards, unless it took another name.

    Only where the program or the machine is stopped dead it stays, and its name says what it is.
    """
    with to_be_tidied_up():
        temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.{UNFINISHED}")
        try:
            temporary.touch(0o600, exist_ok=False)
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The permissions that new files of this process do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
