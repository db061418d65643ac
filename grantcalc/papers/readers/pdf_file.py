"""The PDF file itself: opened, or said why it cannot be, and its pages taken out one by one."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdftypes import PDFObjRef
from pdfplumber.utils.exceptions import PdfminerException

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers.pdf_pages import Sheet, sheets_of

if TYPE_CHECKING:
    from collections.abc import Callable

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


def opened(data: bytes) -> PDF:
    """A PDF file, open; nothing is left to close once it is forgotten, and closing a damaged one would fail.

    Raises:
        UnreadableContentError: it is encrypted, incomplete or damaged.
    """
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
    file.doc.getobj = _without_circles(file.doc.getobj)  # type: ignore[method-assign, assignment]  # it has no hook
    return file


def _without_circles(get: Callable[[int], object]) -> Callable[[int], object]:
    """How an object is found by its number, which is none where it is a reference that leads back to itself.

    pdfminer would follow such a reference for ever.
    """

    def found(number: int) -> object:
        value, seen = get(number), {number}
        while isinstance(value, PDFObjRef):
            if value.objid in seen:
                return None
            seen.add(value.objid)
            value = get(value.objid)
        return value

    return found


def count(file: PDF) -> int:
    """How many pages an open file has.

    Raises:
        UnreadableContentError: it is damaged or has none.
    """
    try:
        pages = len(file.pages)
    except Exception as error:  # whatever the library meets in a damaged file
        raise UnreadableContentError(_DAMAGED) from error
    if not pages:
        raise UnreadableContentError(_NO_PAGES)
    return pages


def sheets_on(file: PDF, number: int) -> tuple[Sheet, ...]:
    """What a page shows; several sheets if some of its words are turned on their side, nothing if it is damaged.

    Args:
        file: the file, open.
        number: which page, from one.
    """
    page = file.pages[number - 1]
    try:
        return sheets_of(page)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  whatever the library meets in a damaged page
        return (Sheet(number, 0, (), damaged=True),)
    finally:
        page.close()
