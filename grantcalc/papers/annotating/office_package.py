"""Office files as packages of parts: some parts changed or added, all others kept as they are."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from grantcalc.errors import UnreadableContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TYPES: Final = "[Content_Types].xml"
_TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part: there is no clock in the program, and this is the earliest date that a zip file has."""

_DAMAGED: Final = "the file is damaged: a part is missing; open it in the program that made it, and save it again"
_SIGNATURES: Final = "_xmlsignatures/"


class Link(NamedTuple):
    """A relationship of a part: its name, the last word of its type, and the part that it leads to."""

    name: str
    kind: str
    target: str


class Package:
    """A package in the making, begun as a copy of another."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipFile(BytesIO(data))
        self._changed: dict[str, bytes] = {}
        self._names = {name.lower(): name for name in self._archive.namelist()}

    @property
    def is_signed(self) -> bool:
        """Whether the package has a signature, which holds for its old parts alone."""
        return any(name.startswith(_SIGNATURES) for name in self._names)

    def has(self, name: str) -> bool:
        """Whether there is such a part; capitals do not tell parts apart."""
        return name.lower() in self._names

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableContentError: there is none.
        """
        if not self.has(name):
            raise UnreadableContentError(_DAMAGED)
        own = self._names[name.lower()]
        return self._changed[own] if own in self._changed else self._archive.read(own)

    def tree(self, name: str) -> _Element:
        """The XML of a part."""
        return parsed(self.part(name))

    def write(self, name: str, part: bytes | _Element) -> None:
        """Put a part into the place of another, or add it."""
        own = self._names.setdefault(name.lower(), name)
        self._changed[own] = part if isinstance(part, bytes) else _written(part)

    def add(self, name: str, part: bytes | _Element, content_type: str) -> None:
        """Add a part that is XML, with its type."""
        self.write(name, part)
        types = self.tree(_TYPES)
        etree.SubElement(types, f"{{{_TYPES_SPACE}}}Override", PartName=f"/{name}", ContentType=content_type)
        self.write(_TYPES, types)

    def declare(self, suffix: str, content_type: str) -> None:
        """Say what type parts of a suffix are, unless that is said."""
        types = self.tree(_TYPES)
        known = {each.get("Extension", "").lower() for each in types.iter(f"{{{_TYPES_SPACE}}}Default")}
        if suffix not in known:
            default = etree.Element(f"{{{_TYPES_SPACE}}}Default", Extension=suffix, ContentType=content_type)
            types.insert(0, default)
            self.write(_TYPES, types)

    def free_name(self, pattern: str) -> str:
        """The first name for a part that is not taken; the pattern has "{}" where a number goes, none for the first."""
        number = 0
        while self.has(name := pattern.format(number or "")):
            number += 1
        return name

    def links(self, name: str) -> list[Link]:
        """The relationships of a part to others of the package; those of the package itself for an empty name."""
        own = _links_name(name)
        if not self.has(own):
            return []
        return [
            Link(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], _resolved(name, each.get("Target", "")))
            for each in self.tree(own).iter(f"{{{_LINKS_SPACE}}}Relationship")
            if each.get("TargetMode") != "External"
        ]

    def linked(self, name: str, kind: str) -> str | None:
        """The first part of a kind that a part has a relationship to."""
        return next((link.target for link in self.links(name) if link.kind == kind and self.has(link.target)), None)

    @property
    def main(self) -> str:
        """The name of the part that the document begins with.

        Raises:
            UnreadableContentError: there is none.
        """
        name = self.linked("", "officeDocument")
        if name is None:
            raise UnreadableContentError(_DAMAGED)
        return name

    @property
    def link_types(self) -> str:
        """What the types of this package's relationships begin with; that of a "strict" one is another."""
        types = (each.get("Type", "") for each in self.tree(_links_name("")))
        return next(each.rpartition("/")[0] for each in types if each.endswith("/officeDocument"))

    def link(self, name: str, kind: str, target: str) -> str:
        """Give a part a relationship to another; returns its name."""
        own = _links_name(name)
        links = self.tree(own) if self.has(own) else etree.Element(f"{{{_LINKS_SPACE}}}Relationships")
        taken = {each.get("Id") for each in links}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        attributes = {"Id": f"rId{number}", "Type": f"{self.link_types}/{kind}", "Target": f"/{target}"}
        etree.SubElement(links, f"{{{_LINKS_SPACE}}}Relationship", attributes)
        self.write(own, links)
        return f"rId{number}"

    def written(self) -> bytes:
        """The package as a file: the parts in their order, then those added; the same bytes each time."""
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            for info, part in self._parts():
                archive.writestr(info, part)
        return buffer.getvalue()

    def _parts(self) -> Iterator[tuple[ZipInfo, bytes]]:
        old = self._archive.infolist()
        for each in old:
            info = ZipInfo(each.filename, _LONG_AGO)
            info.compress_type = ZIP_STORED if each.compress_type == ZIP_STORED else ZIP_DEFLATED
            info.external_attr = each.external_attr
            changed = self._changed.get(each.filename)
            yield info, self._archive.read(each) if changed is None else changed
        there = {each.filename for each in old}
        for name, part in self._changed.items():
            if name not in there:
                info = ZipInfo(name, _LONG_AGO)
                info.compress_type = ZIP_DEFLATED
                yield info, part


def parsed(part: bytes) -> _Element:
    """The XML of a part, all of it kept.

    Raises:
        UnreadableContentError: it is damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableContentError(_DAMAGED) from error


def _written(root: _Element) -> bytes:
    """XML as the bytes of a part, as Office programs write it."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _links_name(name: str) -> str:
    """The name of the part that has the relationships of a part."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _resolved(name: str, target: str) -> str:
    """The name of a part that a relationship of another leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
