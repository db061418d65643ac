"""Kinds of papers: the list of what is read, by suffix, checked by what the file begins with."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from grantcalc.errors import UnreadableContentError


class Format(NamedTuple):
    """A kind of file.

    Attributes:
        name: what it is called, with its article.
        suffixes: how the names of such files end; the first is the usual one.
        libraries: the modules that its reader imports.
    """

    name: str
    suffixes: tuple[str, ...]
    libraries: tuple[str, ...] = ()


class Kind(Enum):
    """The kinds of papers that are read."""

    TEXT = Format("a text", (".txt", ".text", ".md", ".markdown"))
    TABLE = Format("a table of text", (".csv", ".tsv", ".tab"))
    HTML = Format("a web page", (".html", ".htm", ".xhtml"), ("lxml", "tinycss2", "cssselect"))
    DOCX = Format("a Word document", (".docx", ".docm", ".dotx", ".dotm"), ("docx", "lxml"))
    XLSX = Format("an Excel workbook", (".xlsx", ".xlsm", ".xltx", ".xltm"), ("openpyxl",))
    PDF = Format("a PDF", (".pdf",), ("pdfplumber",))

    @property
    def suffix(self) -> str:
        """How the name of such a file usually ends."""
        return self.value.suffixes[0]


class _Other(NamedTuple):
    """A kind of file that is not read: what it is, and what to do."""

    suffixes: tuple[str, ...]
    reason: str


_OLD_WORD: Final = "this is an old Word document (.doc); open it in Word and save it as .docx"
_OLD_EXCEL: Final = "this is an old Excel workbook (.xls); open it in Excel and save it as .xlsx"
_OLD: Final = "this is an old Office file; open it and save it as .docx or .xlsx"
_OPEN_DOCUMENT: Final = "this is an OpenDocument file; save it as .docx or .xlsx"
_APPLE: Final = "this is a file of Pages or Numbers; export it there as Word (.docx) or Excel (.xlsx)"
_ARCHIVE: Final = "this is an archive; unpack it, and check the papers in it"
_WEB_ARCHIVE: Final = "this is a web archive; open it in Word or a browser, and save it as .docx or .html"
_LINK: Final = "this is only a link to a Google document; download that as .docx, .xlsx or .pdf"
_XML: Final = "this is XML; open it in Word or Excel and save it as .docx or .xlsx"
_BOOK: Final = "this kind of file is not read; save it as .docx or .pdf"
_RICH_TEXT: Final = "this is a rich text file (.rtf); open it in Word and save it as .docx"
_DAMAGED: Final = "the file is damaged or cut off; open it in the program that made it, save it again, check the copy"
_PROTECTED: Final = "it is protected by a password; save a copy without one"
_SLIDES: Final = "slides are not read; save them as .pdf"
_BINARY: Final = "this is a binary Excel workbook (.xlsb); open it in Excel and save it as .xlsx"
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp", ".heic")
_OTHERS: Final = (
    _Other((".doc", ".dot"), _OLD_WORD),
    _Other((".xls", ".xlt"), _OLD_EXCEL),
    _Other((".xlsb",), _BINARY),
    _Other((".odt", ".ods", ".ott", ".ots", ".fodt", ".fods"), _OPEN_DOCUMENT),
    _Other((".pages", ".numbers"), _APPLE),
    _Other((".gdoc", ".gsheet"), _LINK),
    _Other((".mht", ".mhtml", ".webarchive"), _WEB_ARCHIVE),
    _Other((".xml",), _XML),
    _Other((".epub", ".xps", ".oxps", ".wpd", ".wps"), _BOOK),
    _Other((".zip", ".7z", ".rar", ".gz"), _ARCHIVE),
    _Other((".rtf",), _RICH_TEXT),
    _Other((".ppt", ".pptx", ".odp", ".key"), _SLIDES),
    _Other((".eml", ".msg"), "messages are not read; save what is attached"),
    _Other(_PICTURES, "this is a picture; figures in pictures are not read"),
)

SUFFIXES: Final = (
    *(suffix for kind in Kind for suffix in kind.value.suffixes),
    *(suffix for other in _OTHERS for suffix in other.suffixes),
)
"""How the names of files end that are no grant files, whether they are read or not."""

_PARTS: Final = (
    ("word/.*", Kind.DOCX),
    (r"xl/workbook\.bin", _BINARY),
    ("xl/.*", Kind.XLSX),
    (r"content\.xml", _OPEN_DOCUMENT),
    ("ppt/.*", _SLIDES),
    (r".*\.iwa", _APPLE),
    ("mimetype", _BOOK),
)
"""What a zip file is that has a part of such a name; the first that is found counts."""

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_PAGE: Final = (b"<!doctype html", b"<html")
_HEAD: Final = 2048
_PDF_WITHIN: Final = 1024
"""A PDF may begin with so many bytes of something else."""


_TEXTS: Final = tuple(suffix for kind in (Kind.TEXT, Kind.TABLE) for suffix in kind.value.suffixes)


def is_document(path: str) -> bool:
    """Whether a file is of a kind that takes a library and some time to read, by its name."""
    suffix = Path(path).suffix.lower()
    return suffix in SUFFIXES and suffix not in _TEXTS


def kind_of(path: str, data: bytes) -> Kind:
    """What kind of paper a file is, by its name and by what it begins with.

    Args:
        path: its name; one without a suffix that says it ("-") leaves it to the content.
        data: its bytes.

    Raises:
        UnreadableContentError: it is of a kind that is not read, or another than its name says.
    """
    suffix = Path(path).suffix.lower()
    named = next((kind for kind in Kind if suffix in kind.value.suffixes), None)
    found = _content(data)
    other = next((other for other in _OTHERS if suffix in other.suffixes), None)
    if named is not None and not data.strip():
        if named in (Kind.TEXT, Kind.TABLE):
            return named
        reason = f"the file is empty, and so no {named.value.name.partition(' ')[2]}"
        raise UnreadableContentError(reason)
    if found == _DAMAGED and named is Kind.TEXT:
        return named  # four bytes are no reason to speak of archives
    if isinstance(found, str):
        raise UnreadableContentError(found)
    if other is not None:
        raise UnreadableContentError(_renamed(found, suffix) if found is not None else other.reason)
    if found is None:
        if named in (Kind.TEXT, Kind.TABLE, Kind.HTML, None):
            return named or Kind.TEXT
        reason = f"this is not {named.value.name}, though its name ends in {suffix}; or it is damaged"
        raise UnreadableContentError(reason)
    if named in (found, None):
        return found
    raise UnreadableContentError(_renamed(found, suffix))


def found_kind(path: str, data: bytes) -> Kind | None:
    """What kind of paper a file is by its content, or a table by its name; None where neither says it."""
    found = _content(data)
    if isinstance(found, Kind):
        return found
    return Kind.TABLE if found is None and Path(path).suffix.lower() in Kind.TABLE.value.suffixes else None


def _renamed(found: Kind, suffix: str) -> str:
    """What to do about a file that is of another kind than its name says."""
    return f"this is {found.value.name}, though its name ends in {suffix}; rename it to end in {found.suffix}"


def _content(data: bytes) -> Kind | str | None:
    """What a file begins like: a kind, a reason not to read it, or None for text of any kind."""
    if data.startswith(_OLE):
        return _of_old_office(data)
    if data.startswith(b"{\\rtf"):
        return _RICH_TEXT
    if b"%PDF-" in data[:_PDF_WITHIN] and b"\n" not in data[: data.find(b"%PDF-")].strip():
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(data)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"<?xml"):
        head = head.partition(b"?>")[2].lstrip()
    return Kind.HTML if head.startswith(_PAGE) else None


def _of_old_office(data: bytes) -> str:
    """What an OLE file is: a new one that is protected, or an old one."""
    if _ENCRYPTED in data:
        return _PROTECTED
    if "WordDocument".encode("utf-16-le") in data:
        return _OLD_WORD
    return _OLD_EXCEL if any(name in data for name in _WORKBOOK) else _OLD


def _of_archive(data: bytes) -> Kind | str:
    """What a zip file is, by the names of its parts."""
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return _DAMAGED
    found = (said for pattern, said in _PARTS if any(re.fullmatch(pattern, name) for name in names))
    return next(found, _ARCHIVE)
