"""The door to all annotators: a paper and comments to the bytes of a copy, in a process of its own with limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.annotating.comments import Annotated
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.reading import require
from grantcalc.papers.readers.telling import silent
from grantcalc.processors import processors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grantcalc.papers.annotating.comments import Comment
    from grantcalc.papers.readers.telling import PagesTold

LIBRARIES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.DOCX: ("docx", "lxml"),
    Kind.XLSX: ("lxml",),
    Kind.PDF: ("pdfplumber", "pypdfium2"),
}
"""The kinds of papers that can have comments, and the modules that their annotators import."""


def refuse_without_libraries(kind: Kind) -> None:
    """Refuse to annotate a paper of a kind whose libraries are not installed.

    Raises:
        MissingLibraryError: one of them is missing.
    """
    require(LIBRARIES[kind], f"annotating {kind.value.name} ({kind.suffix})")


def annotated(data: bytes, kind: Kind, comments: Sequence[Comment]) -> Annotated:
    """A copy of a paper with comments, whatever its bytes may do to the program that writes them.

    Args:
        data: the bytes of the paper, as they were read.
        kind: its kind, one of those that can have comments.
        comments: what is to be said, each at a place that the paper's reader gave.

    Raises:
        MissingLibraryError: a library is missing for it.
        UnreadableContentError: it cannot be done, or not within the limits of time and memory.
    """
    from grantcalc.papers.readers.apart import Limits, work_apart

    if not comments:
        return Annotated(data)
    refuse_without_libraries(kind)
    limits = Limits(processes=processors())
    return work_apart(annotated_here, data, kind, tuple(comments), doing="annotating", limits=limits)


def annotated_here(
    data: bytes, kind: Kind, comments: Sequence[Comment], told: PagesTold = silent, *, processes: int = 1
) -> Annotated:
    """A copy of a paper with comments, made in this process.

    Args:
        data: the bytes of the paper.
        kind: its kind.
        comments: what is to be said.
        told: is told how many pages are read, of how many, if it has pages.
        processes: how many processes may be used besides.
    """
    # The annotators are imported when they are used: each brings its library.
    match kind:
        case Kind.DOCX:
            from grantcalc.papers.annotating.docx import annotate_docx

            return annotate_docx(data, comments)
        case Kind.XLSX:
            from grantcalc.papers.annotating.xlsx import annotate_xlsx

            return annotate_xlsx(data, comments)
        case Kind.PDF:
            from grantcalc.papers.annotating.pdf import annotate_pdf

            return annotate_pdf(data, comments, told, processes=processes)
        case _:
            reason = f"{kind.value.name} has no place for comments"
            raise UnreadableContentError(reason)
