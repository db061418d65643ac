"""Copies of papers with comments, and what is read back from them."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pypdfium2 as pdfium
from pypdfium2 import raw

from grantcalc.papers.annotating.comments import Annotated, Comment
from grantcalc.papers.annotating.copies import annotated_here
from grantcalc.papers.evidence import gather
from grantcalc.papers.readers.reading import read_here
from grantcalc.source import Where
from tests.papers.written import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from grantcalc.papers.readers.kinds import Kind

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def place_of(data: bytes, kind: Kind, figure: str) -> Where:
    """Where a figure stands in a paper that is said there once."""
    (found,) = (each.figure.at for each in gather(read_here(data, kind)).figures if each.figure.text == figure)
    assert isinstance(found, Where)
    return found


def copied(data: bytes, kind: Kind, *figures: str, lines: tuple[str, ...] = ("£1 too small",)) -> Annotated:
    """A copy of a paper with a comment on each of some figures; the copy is read as the paper is."""
    comments = [Comment(place_of(data, kind, figure), (*lines, figure)) for figure in figures]
    copy = annotated_here(data, kind, comments)
    assert read_here(copy.data, kind) == read_here(data, kind)
    return copy


def said_in_docx(data: bytes) -> dict[str, str]:
    """The text of each comment of a Word document by what it marks."""
    said = {str(each.comment_id): each.text for each in docx.Document(BytesIO(data)).comments}
    return {text: said[number] for number, text in marked_in_docx(data).items()}


def marked_in_docx(data: bytes) -> dict[str, str]:
    """What each comment of a Word document marks, by its number, once the marks have been looked over."""
    root = docx.Document(BytesIO(data)).element
    begun: dict[str, str] = {}
    ended: dict[str, str] = {}
    referred: list[str] = []
    for element in root.iter():
        name = str(element.tag).removeprefix(WORD)
        number = element.get(f"{WORD}id", "")
        if name == "commentRangeStart":
            begun[number] = ""
        elif name == "commentRangeEnd":
            ended[number] = begun.pop(number)
        elif name == "commentReference":
            referred.append(number)
        elif name == "t":
            begun = {each: text + (element.text or "") for each, text in begun.items()}
    assert not begun
    assert sorted(referred) == sorted(ended)
    return ended


def parents_of_marks(data: bytes) -> list[str]:
    """What the marks of comments in a Word document stand in."""
    root = docx.Document(BytesIO(data)).element
    marks: Iterable[_Element] = root.iter(f"{WORD}commentRangeStart", f"{WORD}commentRangeEnd")
    return [str(parent.tag).removeprefix(WORD) for mark in marks if (parent := mark.getparent()) is not None]


def said_in_xlsx(data: bytes) -> dict[str, str]:
    """The text of each note of a workbook by sheet and cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would lose if it wrote the workbook
        book = openpyxl.load_workbook(BytesIO(data))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {f"{cell.parent.title}!{cell.coordinate}": cell.comment.text for cell in cells if cell.comment}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """The names of the parts of an Office file that are not what they were; none may be missing."""
    old, new = parts_of(before), parts_of(after)
    assert old.keys() <= new.keys()
    return {name for name, part in new.items() if old.get(name) != part}


def annotations_in_pdf(data: bytes, page: int = 1) -> list[dict[str, Any]]:
    """The annotations of a page of a PDF file: what they are, what they say, and where they stand."""
    found = []
    with pdfium.PdfDocument(data) as file:
        sheet = file[page - 1]
        for number in range(raw.FPDFPage_GetAnnotCount(sheet.raw)):
            annotation = raw.FPDFPage_GetAnnot(sheet.raw, number)
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rect)
            found.append(
                {
                    "kind": raw.FPDFAnnot_GetSubtype(annotation),
                    "said": _text(annotation, b"Contents").removesuffix("\u200b"),
                    "by": _text(annotation, b"T"),
                    "at": tuple(round(edge, 1) for edge in (rect.left, rect.bottom, rect.right, rect.top)),
                    "text": sheet.get_textpage().get_text_bounded(rect.left, rect.bottom, rect.right, rect.top).strip(),
                }
            )
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _text(annotation: Any, key: bytes) -> str:  # noqa: ANN401  (pypdfium2 has no types)
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    wide = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, wide, length)
    return bytes(wide).decode("utf-16-le").rstrip("\0")
