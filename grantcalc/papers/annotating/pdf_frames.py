"""Frames: how the pages of a PDF file lie in it, so that places on a page lead back to places in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers.pdf_file import count, opened
from grantcalc.papers.readers.pdf_pages import turned_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pdfplumber.page import Page

_NO_PAGE: Final = "the file has no page {}"


class Frame(NamedTuple):
    """How a page lies in the coordinates of its file, in points.

    Attributes:
        x0: the left edge of its media box.
        y0: the lower edge.
        x1: the right edge.
        y1: the upper edge.
        turned: by how many degrees it is turned clockwise to be read.
        left: what the places of words on it count from, across.
        top: what they count from, downwards.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    turned: int
    left: float
    top: float

    @classmethod
    def of(cls, page: Page) -> Frame:
        """The frame of a page as it is turned."""
        x0, y0, x1, y1 = (float(edge) for edge in page.page_obj.mediabox)
        left, top = float(page.bbox[0]), float(page.bbox[1])
        return cls(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), page.page_obj.rotate, left, top)

    def in_file(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, given as places of words are, in the coordinates of the file."""
        across, down = x - self.left, y - self.top
        match self.turned:
            case 90:
                return self.x0 + down, self.y0 + across
            case 180:
                return self.x1 - across, self.y0 + down
            case 270:
                return self.x1 - down, self.y1 - across
            case _:
                return self.x0 + across, self.y1 - down


def read_frames(data: bytes, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Frame]:
    """The frames of some pages of a PDF file.

    Args:
        data: the bytes of the file.
        wanted: pages from one, each with the degrees by which it is turned clockwise besides, to be read.

    Raises:
        UnreadableContentError: the file is damaged, or has no such page.
    """
    frames: dict[tuple[int, int], Frame] = {}
    with opened(data) as file:
        pages = count(file)
        for number, quarter in wanted:
            if number > pages:
                raise UnreadableContentError(_NO_PAGE.format(number))
            frames[number, quarter] = Frame.of(turned_page(file.pages[number - 1], quarter))
    return frames
