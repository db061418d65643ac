"""The bytes of a web page or of a table with commas as text: UTF-8, UTF-16, what the page says, or Windows-1252."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAID: Final = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_HEAD: Final = 4096


def decoded(data: bytes, *, says_so: bool = False) -> str:
    """Decode text that may be in any of the encodings that office programs and web servers write.

    Args:
        data: the bytes.
        says_so: whether the beginning of the file may say which encoding it is, as that of a web page does.

    Returns:
        The text; a byte that means nothing is a replacement character.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _SAID.search(data[:_HEAD]) if says_so else None
    name = said.group(1).decode("ascii") if said else "cp1252"
    try:
        # Where Latin-1 is said, Windows-1252 is meant, as browsers take it.
        known = codecs.lookup(name).name
        return data.decode("cp1252" if known in ("iso8859-1", "ascii", "utf-8") else known, errors="replace")
    except LookupError:
        return data.decode("cp1252", errors="replace")
