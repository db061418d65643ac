"""Highlights in a PDF file, written behind its bytes with PDFium, which has no Python interface for annotations."""

from __future__ import annotations

import ctypes
import hashlib
import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it has no types
from pypdfium2 import raw

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.annotating.comments import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grantcalc.papers.annotating.pdf_boxes import Box
    from grantcalc.papers.annotating.pdf_frames import Frame

_YELLOW: Final = (255, 222, 89, 255)
_MARGIN: Final = 1.0
_CORNER: Final = 24.0
_NOTE: Final = 20.0
_NOTES_ACROSS: Final = 20
_LONGEST: Final = 32_000
_WIDTHLESS: Final = "\u200b"
_CUT: Final = "… (more is said in the report)"
_REFUSED: Final = "the file does not take annotations; print it to a new PDF file, and check that"
_TABLE: Final = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF\s*\Z")
_TAIL: Final = 1024
_ID: Final = re.compile(rb"/ID\s*\[(?P<first>.{0,300}?)<(?P<second>[0-9A-Fa-f]{32})>\s*\]", re.DOTALL)
_HEX: Final = re.compile(rb"\s*<([0-9A-Fa-f]{32})>\s*")


class _Annotation(NamedTuple):
    """An annotation: its kind, the corners of its boxes in the coordinates of the file, and what it says."""

    kind: int
    corners: Sequence[tuple[float, ...]]
    lines: Sequence[str]


class Highlights:
    """The highlights and notes of a file in the making; to be used in a `with` statement."""

    def __init__(self, data: bytes, frames: Mapping[tuple[int, int], Frame]) -> None:
        self._data = data
        self._frames = frames
        self._waiting: dict[int, list[_Annotation]] = {}
        self._said = hashlib.sha256(data)
        try:
            self._file = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise UnreadableContentError(_REFUSED) from error

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def is_signed(self) -> bool:
        """Whether the file has a signature."""
        return bool(raw.FPDF_GetSignatureCount(self._file.raw) > 0)

    def add(self, boxes: Sequence[Box], lines: Sequence[str]) -> None:
        """Highlight boxes; where they stand on several pages, those of each page with the same text."""
        for page in dict.fromkeys(box.page for box in boxes):
            corners = [_corners(box, self._frames[page, box.quarter]) for box in boxes if box.page == page]
            self._wait(page, _Annotation(raw.FPDF_ANNOT_HIGHLIGHT, corners, lines))

    def add_note(self, page: int, lines: Sequence[str]) -> None:
        """Put a note into the corner of a page, beside those that are there."""
        frame = self._frames[page, 0]
        x = frame.left + _CORNER * (1 + len(self._waiting.get(page, ())) % _NOTES_ACROSS)
        y = frame.top + _CORNER
        (x0, y0), (x1, y1) = frame.in_file(x, y), frame.in_file(x + _NOTE, y + _NOTE)
        self._wait(page, _Annotation(raw.FPDF_ANNOT_TEXT, [(x0, y0, x1, y0, x0, y1, x1, y1)], lines))

    def _wait(self, page: int, annotation: _Annotation) -> None:
        """Set an annotation aside until all of its page are known: to open a page takes time."""
        self._waiting.setdefault(page, []).append(annotation)
        self._said.update(f"{page} {annotation}".encode(errors="replace"))

    def _annotate(self) -> None:
        """Add the annotations that wait to their pages."""
        for number, waiting in sorted(self._waiting.items()):
            try:
                page = self._file[number - 1]
            except (pdfium.PdfiumError, IndexError) as error:
                raise UnreadableContentError(_REFUSED) from error
            for each in waiting:
                _put(page, each)

    def written(self) -> bytes:
        """The file with its annotations: its own bytes, and behind them what is new; the same bytes each time.

        A file whose table of contents is damaged is written anew, since nothing could be added behind it.
        """
        self._annotate()
        for how in (raw.FPDF_INCREMENTAL, raw.FPDF_NO_INCREMENTAL):
            buffer = BytesIO()
            try:
                self._file.save(buffer, flags=how)
            except pdfium.PdfiumError:
                continue
            data = self._with_own_number(_with_whole_table(buffer.getvalue()))
            if self._holds(data):
                return data
        raise UnreadableContentError(_REFUSED)

    def _with_own_number(self, data: bytes) -> bytes:
        """The file with numbers made of its content, in the place of those that PDFium makes by chance."""
        own = self._data if data.startswith(self._data) else b""
        found = None
        for found in _ID.finditer(data, len(own)):  # noqa: B007  (the last one)
            pass
        if found is None:
            return data
        changed = bytearray(data)
        changed[slice(*found.span("second"))] = self._said.hexdigest()[:32].encode()
        first = _HEX.fullmatch(found["first"])
        if first is not None and first[1].lower() not in self._data.lower():
            start = found.start("first") + first.start(1)
            changed[start : start + 32] = hashlib.sha256(self._data).hexdigest()[:32].encode()
        return bytes(changed)

    def _holds(self, data: bytes) -> bool:
        """Whether a file that was written can be opened, and has all pages and annotations."""
        try:
            with pdfium.PdfDocument(data) as written:
                if len(written) != len(self._file):
                    return False
                pages = ((self._file[number - 1], written[number - 1]) for number in self._waiting)
                return all(
                    raw.FPDFPage_GetAnnotCount(ours.raw) == raw.FPDFPage_GetAnnotCount(theirs.raw)
                    for ours, theirs in pages
                )
        except pdfium.PdfiumError:
            return False


def _put(page: pdfium.PdfPage, annotation: _Annotation) -> None:
    """Put an annotation on a page. It has no date, since there is no clock in the program."""
    made = raw.FPDFPage_CreateAnnot(page.raw, annotation.kind)
    if not made:
        raise UnreadableContentError(_REFUSED)
    across = [x for each in annotation.corners for x in each[::2]]
    upwards = [y for each in annotation.corners for y in each[1::2]]
    done = [
        raw.FPDFAnnot_SetColor(made, raw.FPDFANNOT_COLORTYPE_Color, *_YELLOW),
        raw.FPDFAnnot_SetRect(made, raw.FS_RECTF(min(across), max(upwards), max(across), min(upwards))),
        raw.FPDFAnnot_SetFlags(made, raw.FPDF_ANNOT_FLAG_PRINT),
        _set_text(made, b"Contents", _shortened("\n".join(annotation.lines))),
        _set_text(made, b"T", AUTHOR),
    ]
    if annotation.kind == raw.FPDF_ANNOT_HIGHLIGHT:
        quads = (raw.FS_QUADPOINTSF(*each) for each in annotation.corners)
        done += [raw.FPDFAnnot_AppendAttachmentPoints(made, each) for each in quads]
    raw.FPDFPage_CloseAnnot(made)
    if not all(done):
        raise UnreadableContentError(_REFUSED)


def _with_whole_table(data: bytes) -> bytes:
    """A file with what PDFium leaves out where its table of contents is a stream: the stream's type, and its end."""
    found = _TABLE.search(data, len(data) - _TAIL if len(data) > _TAIL else 0)
    start = int(found[1]) if found else len(data)
    opening = data.find(b"<<", start, start + _TAIL)
    if not found or data.startswith(b"xref", start) or opening < 0 or b"/XRef" in data[opening : opening + _TAIL]:
        return data
    opening += 2
    return b"".join(
        (data[:opening], b"/Type/XRef", data[opening : found.start()], b"endobj\r\n", data[found.start() :])
    )


def _corners(box: Box, frame: Frame) -> tuple[float, ...]:
    """The corners of a box with a little margin, in the coordinates of the file, in the order of a highlight's."""
    left, right = box.x0 - _MARGIN, box.x1 + _MARGIN
    points = ((left, box.top), (right, box.top), (left, box.bottom), (right, box.bottom))
    return tuple(edge for x, y in points for edge in frame.in_file(x, y))


def _shortened(text: str) -> str:
    """A text that is not longer than programs show."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{_CUT}"


def _set_text(annotation: raw.FPDF_ANNOTATION, key: bytes, text: str) -> bool:
    """Give an annotation a text.

    PDFium writes one in PDF's own encoding of Latin letters where it can, which some programs take for UTF-16; a mark
    without width that this encoding does not have makes it write UTF-16 for everything that is not ASCII.
    """
    wide = f"{text}{'' if text.isascii() else _WIDTHLESS}\0".encode("utf-16-le")
    buffer = ctypes.create_string_buffer(wide, len(wide))
    return bool(raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, raw.FPDF_WIDESTRING)))
