"""PDF files with highlights: the file as it is, and the annotations added behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.annotating.comments import Annotated, moved
from grantcalc.papers.annotating.pdf_boxes import Quarters, boxes_of
from grantcalc.papers.annotating.pdf_frames import read_frames
from grantcalc.papers.annotating.pdf_highlights import Highlights
from grantcalc.papers.annotating.places import Places
from grantcalc.papers.readers.pdf import MOST_PAGES, draft_of
from grantcalc.papers.readers.pdf_parts import read_pages
from grantcalc.papers.readers.telling import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.annotating.comments import Comment
    from grantcalc.papers.annotating.pdf_boxes import Box
    from grantcalc.papers.readers.telling import PagesTold

_SIGNED: Final = "the file is signed: what was signed is in the copy, with the comments behind it"


def annotate_pdf(
    data: bytes, comments: Sequence[Comment], told: PagesTold = silent, *, processes: int = 1
) -> Annotated:
    """Highlight in a PDF file what comments speak of, with the comments as the contents of the highlights.

    What is said of a page or of the whole paper becomes a note in the corner of the page.

    Args:
        data: the bytes of the file.
        comments: what is to be said, at places that its reader gave.
        told: is told how many pages are read, of how many.
        processes: how many processes may be used.

    Raises:
        UnreadableContentError: it is damaged, or does not take annotations.
    """
    sheets, pages = read_pages(data, MOST_PAGES, told, processes=processes)
    places, quarters = Places(draft_of(sheets, pages).blocks), Quarters(sheets)
    placed = [(comment, _boxes(comment, places, quarters)) for comment in comments]
    boxed = {(box.page, box.quarter) for _, boxes in placed for box in boxes}
    frames = read_frames(data, sorted(boxed | {(_page(comment), 0) for comment in comments}))
    with Highlights(data, frames) as highlights:
        for comment, boxes in placed:
            if boxes:
                highlights.add(boxes, comment.lines)
            else:
                highlights.add_note(_page(comment), comment.placed_lines)
        return Annotated(highlights.written(), tuple(_remarks(placed, signed=highlights.is_signed)))


def _boxes(comment: Comment, places: Places, quarters: Quarters) -> list[Box]:
    """Where on pages that stands which a comment speaks of; nowhere for a page as such."""
    at = comment.at
    if at is None or (at.table is None and at.paragraph is None):
        return []
    stretch = places.stretch(at)
    return boxes_of(stretch, quarters) if stretch is not None else []


def _page(comment: Comment) -> int:
    """The page that a comment speaks of; the first for the whole paper."""
    return (comment.at.page if comment.at is not None else None) or 1


def _remarks(placed: Sequence[tuple[Comment, Sequence[Box]]], *, signed: bool) -> Iterator[str]:
    """What is to be told besides."""
    lost = sum(1 for comment, boxes in placed if not boxes and comment.at is not None and comment.at.table is not None)
    if lost:
        yield moved(lost, "in the corner of the page, since the place on it was not found")
    if signed:
        yield _SIGNED
