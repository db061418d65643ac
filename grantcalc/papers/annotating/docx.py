"""Word documents with comments: the document itself is changed by nothing but their marks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from grantcalc.papers.annotating.comments import ON_THE_WHOLE, Annotated, moved
from grantcalc.papers.annotating.docx_comments import CommentsPart
from grantcalc.papers.annotating.docx_marks import Marks, Spot
from grantcalc.papers.annotating.office_package import Package
from grantcalc.papers.annotating.places import Places
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.docx import draft_of, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grantcalc.papers.annotating.comments import Comment

_SIGNED: Final = "the document is signed, and the signature does not hold for the copy"
_STRICT: Final = "the document is saved as strict Open XML; the copy has the usual kind"
_SAID: Final = {
    Spot.NOTE: "In the note that is marked here:",
    Spot.BOX: "In the text box that is anchored here:",
    Spot.HEADER: "In a header or footer, where Word has no comments:",
    Spot.NOWHERE: ON_THE_WHOLE,
}
"""What a comment begins with that stands elsewhere than at its place."""


def annotate_docx(data: bytes, comments: Sequence[Comment]) -> Annotated:
    """Put comments on what they speak of in a Word document.

    Where Word has no comments the nearest place has it: the mark of a footnote, the paragraph that a text box is
    anchored in, the beginning of the document for headers and footers.

    Args:
        data: the document.
        comments: what is to be said, at places that its reader gave.

    Raises:
        UnreadableContentError: it is damaged.
    """
    usual = checked_archive(data)
    package = Package(usual)
    document = opened(usual)
    body = document.stories[0]
    places = Places(draft_of(document).blocks)
    marks = Marks(body)
    part = CommentsPart(package)
    spots: Counter[Spot] = Counter()
    for comment in comments:
        stretch = places.stretch(comment.at) if comment.at is not None else None
        number = part.next_number
        spot = marks.put(number, stretch)
        spots[spot] += 1
        part.add(number, (*_beginning(spot), *comment.lines))
    package.write(package.main, body)
    part.write()
    return Annotated(package.written(), tuple(_remarks(spots, signed=package.is_signed, strict=usual is not data)))


def _beginning(spot: Spot) -> Iterable[str]:
    return [_SAID[spot]] if spot in _SAID else []


def _remarks(spots: Counter[Spot], *, signed: bool, strict: bool) -> Iterator[str]:
    """What is to be told besides: comments that stand elsewhere than at their place, what is no longer as it was."""
    if spots[Spot.HEADER]:
        many = moved(spots[Spot.HEADER], "at the beginning of the document instead")
        yield f"Word has no comments in headers and footers: {many}"
    if signed:
        yield _SIGNED
    if strict:
        yield _STRICT
