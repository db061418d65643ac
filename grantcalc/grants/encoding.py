"""The bytes of a grant file as text: UTF-8, or a fault that says which encoding it is."""

from __future__ import annotations

import codecs

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.source import Where, span

_REMEDY = "save the file as UTF-8 (in an editor: save as, encoding UTF-8)"


def decode(data: bytes) -> str | Fault | None:
    """Decode a grant file.

    Returns:
        Its text; a fault where it is text in another encoding; None where it is not text at all.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf16(data):
        return Fault(FaultKind.ENCODING, "the file is UTF-16, not UTF-8", Where(1, 1, 1, 1), _REMEDY)
    if b"\0" in data[:65536]:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        at = span(before + " ", len(before), len(before) + 1)
        byte = data[error.start]
        character = bytes([byte]).decode("cp1252", errors="ignore")
        reading = f' ("{character}" in Windows-1252)' if character.isprintable() and character else ""
        message = f"the byte {byte:02X}{reading} is not UTF-8"
        return Fault(FaultKind.ENCODING, message, at, _REMEDY)


def legible(data: bytes) -> str:
    """The text of a file in the wrong encoding, near enough to show the line that a fault speaks of."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if _is_utf16(data):
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _is_utf16(data: bytes) -> bool:
    """Whether every other byte of the beginning is zero, as in UTF-16 without its mark."""
    head = data[:200]
    half = len(head) // 2
    return half > 1 and (head[1::2].count(0) >= half * 0.9 or head[::2].count(0) >= half * 0.9) and any(head)
