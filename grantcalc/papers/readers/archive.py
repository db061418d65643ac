"""Office files as archives: looked through before anything in them is unpacked or parsed."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from grantcalc.errors import UnreadableContentError

if TYPE_CHECKING:
    from zipfile import ZipInfo

_MOST_PARTS: Final = 20_000
_LARGEST: Final = 200 * 2**20
_MOST_TIMES: Final = 200
_SMALL: Final = 2**20
_CHUNK: Final = 2**16
_DAMAGED: Final = "the file is damaged or cut off; open it in the program that made it, save it again, check the copy"
_PROTECTED: Final = "it is protected by a password; save a copy without one"
_DECLARATIONS: Final = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))


_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME: Final = re.compile(re.escape(_STRICT) + rb"([A-Za-z]{1,40})/")
_USUAL_NAME: Final = rb"http://schemas.openxmlformats.org/\1/2006/"
_XML: Final = (".xml", ".rels")


def checked_archive(data: bytes) -> bytes:
    """Look through an Office file: how many parts it has, how large they are, whether its XML declares entities.

    Returns:
        The file; one that was saved as strict Open XML with the names of the usual kind, which the libraries know.

    Raises:
        UnreadableContentError: it is damaged, protected, larger unpacked than any paper, or not to be trusted.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            looked = [_check_part(archive, part) for part in parts if part.filename.lower().endswith(_XML)]
            return _as_usual(archive) if any(looked) else data
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableContentError(_DAMAGED) from error


def _check_sizes(parts: list[ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS:
        reason = f"the file has {len(parts):,} parts, and no paper has more than {_MOST_PARTS:,}; it was not opened"
        raise UnreadableContentError(reason)
    total = sum(part.file_size for part in parts)
    if total > _LARGEST:
        reason = f"unpacked, the file has {total // 2**20:,} MB, more than the {_LARGEST // 2**20} MB that are read"
        raise UnreadableContentError(reason)
    for part in parts:
        if part.file_size > _SMALL and part.file_size > _MOST_TIMES * part.compress_size:
            reason = f"{part.filename} in the file unpacks to more than {_MOST_TIMES} times its size; it was not opened"
            raise UnreadableContentError(reason)
        if part.flag_bits & 1:
            raise UnreadableContentError(_PROTECTED)


def _check_part(archive: ZipFile, part: ZipInfo) -> bool:
    """Refuse a document type: Office writes none, and entities may be declared in one.

    Returns:
        Whether the names in it are those of strict Open XML.
    """
    strict = False
    with archive.open(part) as file:
        kept = b""
        while chunk := file.read(_CHUNK):
            stretch = kept + chunk
            if any(declaration in stretch for declaration in _DECLARATIONS):
                reason = f"{part.filename} in the file declares a document type, as no Office program does; not opened"
                raise UnreadableContentError(reason)
            strict = strict or _STRICT in stretch
            kept = stretch[-32:]
    return strict


def _as_usual(archive: ZipFile) -> bytes:
    """A file of strict Open XML with the names that most programs write."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as made:
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename.lower().endswith(_XML):
                content = _STRICT_NAME.sub(_USUAL_NAME, content)
            made.writestr(part.filename, content)
    return buffer.getvalue()
