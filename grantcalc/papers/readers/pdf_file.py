"""The PDF file itself: opened, or said why it cannot be, and its pages taken out one by one."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfplumber.utils.exceptions import PdfminerException

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers.pdf_pages import Sheet, sheet_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_HEAD: Final = 1024
_TAIL: Final = 8192
"""Within so many bytes of its ends a PDF file says that it begins and that it is complete."""

_NOT_PDF: Final = "this is not a PDF file, whatever its name says"
_ENCRYPTED: Final = "this PDF file is protected by a password; save a copy without one"
_INCOMPLETE: Final = "this PDF file is incomplete: its end is missing; fetch or save it again"
_DAMAGED: Final = "this PDF file is damaged; open it in another program and save it again"
_NO_PAGES: Final = "this PDF file has no pages"

# What is odd about a file but does not keep it from being read is nothing that a user could mend.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def count_pages(data: bytes) -> int:
    """How many pages a PDF file has.

    Raises:
        UnreadableContentError: it is encrypted, incomplete, damaged or has no pages.
    """
    with _opened(data) as file:
        return _count(file)


def read_pages(data: bytes, first: int, last: int) -> tuple[Sheet, ...]:
    """What some pages of a PDF file show; different pages may be read in different processes.

    Args:
        data: the bytes of the file.
        first: the first page, from one.
        last: the last page; those that the file does not have are left out.

    Raises:
        UnreadableContentError: it is encrypted, incomplete, damaged or has no pages.
    """
    with _opened(data) as file:
        pages = file.pages[first - 1 : last] if _count(file) else []
        return tuple(_sheet(page) for page in pages)


class Frame(NamedTuple):
    """How a page lies in the coordinates of its file, in points.

    Attributes:
        x0: the left edge of its media box.
        y0: the lower edge.
        x1: the right edge.
        y1: the upper edge.
        turned: by how many degrees it is turned clockwise when it is shown.
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


def read_frames(data: bytes, numbers: Collection[int]) -> dict[int, Frame]:
    """How some pages of a PDF file lie in it, by their numbers from one.

    Raises:
        UnreadableContentError: it is encrypted, incomplete, damaged or has no pages.
    """
    with _opened(data) as file:
        pages = file.pages[: max(numbers, default=0)] if _count(file) else []
        return {page.page_number: _frame(page) for page in pages if page.page_number in numbers}


def _frame(page: Page) -> Frame:
    """How a page lies in its file."""
    x0, y0, x1, y1 = (float(edge) for edge in page.page_obj.mediabox)
    left, top = float(page.bbox[0]), float(page.bbox[1])
    return Frame(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), page.page_obj.rotate, left, top)


@contextmanager
def _opened(data: bytes) -> Iterator[PDF]:
    """A PDF file, open."""
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadableContentError(_NOT_PDF if data.strip() else "this file is empty")
    if b"%%EOF" not in data[-_TAIL:]:
        raise UnreadableContentError(_INCOMPLETE)
    try:
        file = pdfplumber.open(BytesIO(data))
    except PdfminerException as error:
        locked = any(isinstance(each, PDFEncryptionError) for each in (*error.args, error.__cause__))
        raise UnreadableContentError(_ENCRYPTED if locked else _DAMAGED) from error
    except Exception as error:  # whatever the library meets in a damaged file
        raise UnreadableContentError(_DAMAGED) from error
    with file:
        yield file


def _count(file: PDF) -> int:
    """How many pages an open file has."""
    try:
        pages = len(file.pages)
    except Exception as error:  # whatever the library meets in a damaged file
        raise UnreadableContentError(_DAMAGED) from error
    if not pages:
        raise UnreadableContentError(_NO_PAGES)
    return pages


def _sheet(page: Page) -> Sheet:
    """What a page shows; a page that is damaged shows nothing."""
    try:
        sheet = sheet_of(page)
    except Exception:  # noqa: BLE001  whatever the library meets in a damaged page
        sheet = Sheet(page.page_number, 0, (), damaged=True)
    page.close()
    return sheet
