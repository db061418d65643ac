"""Changes to Office files: of the XML in their parts, so that what comes of it is still an archive."""

from __future__ import annotations

import copy
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from lxml.etree import _Element

_LONG_AGO: Final = (2022, 1, 1, 0, 0, 0)
_RAW: Final = 0.2
_TOLD: Final = 0.85
_LOST: Final = 0.02
"""How often bytes are changed instead of elements, a part that says something is taken, and a part goes missing."""

HOSTILE: Final = (
    *("", " ", "0", "-1", "1", "2", "16384", "99999999999999999999", "1e308", "NaN", "INF", "true", "A1:XFD1048576"),
    *("£1,234", "(5.5)", "£0.025m", "total", "Total", "=SUM(A1:A9)", "SUM(", "#REF!", "\u202e", "\U0001f600", "٣"),
    *("s", "str", "b", "e", "d", "n", "inlineStr", "restart", "continue", "#,##0;(#,##0)", '0.0,,"m"', "[Red]", ";;;"),
    *("begin", "separate", "end", "../../x.xml", "/word/document.xml", "xl/worksheets/sheet1.xml", "rId1", "General"),
)
"""What may come to stand as a text or as a value of an attribute."""


def unpacked(data: bytes) -> dict[str, bytes] | None:
    """The parts of an Office file by name; None if it is none."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return None


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as an archive, not compressed, so that a fuzzer that joins files has something to join."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name, _LONG_AGO), part)
    return buffer.getvalue()


def mutated_archive(data: bytes, random: Random, mutate: Callable[[bytes, int], bytes]) -> bytes:
    """An Office file with a change in one of its parts; other bytes changed as bytes.

    Args:
        data: the file.
        random: what chooses.
        mutate: changes bytes, given how many there may be at most.
    """
    parts = unpacked(data)
    if not parts:
        return mutate(data, len(data) + 64)
    written = [name for name in parts if name.endswith((".xml", ".rels"))]
    told = [name for name in written if any(word in name for word in ("document", "sheet", "styles", "sharedStrings"))]
    name = random.choice(told if told and random.random() < _TOLD else sorted(parts))
    part = parts[name]
    parts[name] = mutate(part, len(part) + 256) if random.random() < _RAW else mutated_xml(part, random)
    if random.random() < _LOST:
        del parts[random.choice(sorted(parts))]
    return packed(parts)


def mutated_xml(part: bytes, random: Random) -> bytes:
    """XML with one to four of its elements changed; what is no XML stays as it is."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return part
    for _ in range(random.randint(1, 4)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        with suppress(ValueError):  # libxml2 mends documents to names that it then takes for none
            _change(random.choice(elements), random.choice(elements), random)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _change(element: _Element, other: _Element, random: Random) -> None:
    """Change an element: its text, an attribute, its name, its place, or how often it is there."""
    parent = element.getparent()
    what = random.choice(("text", "value", "no value", "gone", "name", "below", "again"))
    if what == "text":
        element.text = random.choice(HOSTILE)
    elif what == "value" and element.attrib:
        element.set(random.choice(sorted(map(str, element.attrib))), random.choice(HOSTILE))
    elif what == "no value" and element.attrib:
        del element.attrib[random.choice(sorted(map(str, element.attrib)))]
    elif what == "gone" and parent is not None:
        parent.remove(element)
    elif what == "name":
        element.tag = other.tag
    elif what == "below":
        other.append(copy.deepcopy(element))
    elif parent is not None:
        for _ in range(random.choice((1, 1, 2, 20))):
            parent.insert(parent.index(element), copy.deepcopy(element))
