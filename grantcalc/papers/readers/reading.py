"""The door to all readers: bytes of a document to a paper, in a process of its own with limits."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.telling import silent
from grantcalc.processors import processors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grantcalc.papers.paper import Paper
    from grantcalc.papers.readers.telling import PagesTold

_LARGEST: Final = 100 * 2**20
_PACKAGES: Final = {"docx": "python-docx"}
_EXTRA: Final = "papers"


def read(data: bytes, kind: Kind, told: PagesTold = silent) -> Paper:
    """Read a document of any kind but plain text, whatever its bytes may do to the reader.

    Args:
        data: its bytes.
        kind: what kind it is.
        told: is told how many pages are read.

    Raises:
        MissingLibraryError: a library is missing that reads it.
        UnreadableContentError: it cannot be read, or not within the limits of time and memory.
    """
    if kind is Kind.TABLE:
        return read_here(data, kind)
    require(kind.value.libraries, f"reading {kind.value.name} ({kind.suffix})")
    if len(data) > _LARGEST:
        reason = f"the file is larger than the {_LARGEST // 2**20} MB that are read of {kind.value.name}"
        raise UnreadableContentError(reason)
    from multiprocessing import parent_process

    from grantcalc.papers.readers.apart import Limits, work_apart

    # Where several papers are read at once, the processors are busy with the others.
    alone = parent_process() is None
    limits = Limits(processes=processors() if alone else 1)
    return work_apart(read_here, data, kind, doing="reading", told=told, limits=limits)


def require(libraries: Iterable[str], use: str) -> None:
    """Refuse to go on without some libraries.

    Args:
        libraries: the modules that are needed.
        use: what needs them, as the singular beginning of a sentence.

    Raises:
        MissingLibraryError: one of them is not installed.
    """
    for library in libraries:
        if find_spec(library) is None:
            raise MissingLibraryError(_PACKAGES.get(library, library), _EXTRA, use)


def read_here(data: bytes, kind: Kind, told: PagesTold = silent, *, processes: int = 1) -> Paper:
    """Read a document in this process, with no limits but those of its reader.

    Args:
        data: its bytes.
        kind: what kind it is.
        told: is told how many pages are read.
        processes: how many processes may be used besides.
    """
    # The readers are imported when they are used: each brings its library.
    match kind:
        case Kind.DOCX:
            from grantcalc.papers.readers.docx import read_docx

            return read_docx(data)
        case Kind.XLSX:
            from grantcalc.papers.readers.xlsx import read_xlsx

            return read_xlsx(data)
        case Kind.HTML:
            from grantcalc.papers.readers.html_page import read_html

            return read_html(data)
        case Kind.PDF:
            from grantcalc.papers.readers.pdf import read_pdf

            return read_pdf(data, told, processes=processes)
        case Kind.TABLE:
            from grantcalc.papers.readers.delimited import read_delimited, table_text

            return read_delimited(table_text(data))
        case Kind.TEXT:
            from grantcalc.papers.layout.text import read_text
            from grantcalc.papers.readers.encoding import decoded

            return read_text(decoded(data))
