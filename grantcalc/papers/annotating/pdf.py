"""PDF files with highlights: the file as it is, and the annotations added behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.papers.annotating.comments import Annotated, moved
from grantcalc.papers.annotating.pdf_boxes import boxes_of
from grantcalc.papers.annotating.pdf_highlights import Highlights
from grantcalc.papers.annotating.places import Places
from grantcalc.papers.readers.pdf import MOST_PAGES, draft_of
from grantcalc.papers.readers.pdf_file import count_pages, read_frames, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grantcalc.papers.annotating.comments import Comment
    from grantcalc.papers.annotating.pdf_boxes import Box

_SIGNED: Final = "the file is signed: what was signed is in the copy, with the comments behind it"


def annotate_pdf(data: bytes, comments: Sequence[Comment]) -> Annotated:
    """Highlight in a PDF file what comments speak of, with the comments as the contents of the highlights.

    What is said of a page or of the whole paper becomes a note in the corner of the page.

    Args:
        data: the bytes of the file.
        comments: what is to be said, at places that its reader gave.

    Raises:
        UnreadableContentError: it is damaged, or does not take annotations.
    """
    sheets = read_pages(data, 1, MOST_PAGES)
    places = Places(draft_of(sheets, count_pages(data)).blocks)
    placed = [(comment, _boxes(comment, places)) for comment in comments]
    pages = {box.page for _, boxes in placed for box in boxes} | {_page(comment) for comment in comments}
    frames = read_frames(data, pages)
    with Highlights(data, frames) as highlights:
        for comment, boxes in placed:
            if boxes:
                highlights.add(boxes, comment.lines)
            else:
                highlights.add_note(_page(comment), comment.lines)
        return Annotated(highlights.written(), tuple(_remarks(placed, signed=highlights.is_signed)))


def _boxes(comment: Comment, places: Places) -> list[Box]:
    """Where on pages that stands which a comment speaks of; nowhere for a page as such."""
    at = comment.at
    if at is None or (at.table is None and at.paragraph is None):
        return []
    stretch = places.stretch(at)
    return boxes_of(stretch) if stretch is not None else []


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
