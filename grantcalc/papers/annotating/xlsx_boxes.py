"""Boxes of notes: the drawing in VML by which Excel knows where on a sheet to show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grantcalc.errors import UnreadableContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD: Final = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>
"""
_SHAPE_TYPE: Final = """<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml"\
 xmlns:o="urn:schemas-microsoft-com:office:office" id="{name}" coordsize="21600,21600" o:spt="202"\
 path="m,l,21600r21600,l21600,xe">
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
"""
_BOX: Final = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\
 xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#{name}"\
 style="position:absolute;margin-left:80pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden"\
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>
"""
_TYPE_NAME: Final = "_x0000_t202"
_END: Final = b"</xml>"
_NUMBERS: Final = re.compile(rb'"_x0000_s([0-9]{1,9})"')
_CELL: Final = re.compile("([A-Z]+)([0-9]+)")
_BLOCK: Final = 1024
"""The shapes of a drawing are numbered from its block on; Excel gives each sheet one of its own."""

_WIDE: Final = 6
"""A box is so many columns wide, of the usual width, in points below."""

_COLUMN: Final = 48
_ROW: Final = 15
_LINE: Final = 12
_ACROSS: Final = 56
_TALLEST: Final = 40
_LAST_ROW: Final = 1_048_575
_LAST_COLUMN: Final = 16_383
_UNKNOWN: Final = "the boxes of its notes are drawn in a way that is not known; open it in Excel, and save it again"


class Boxes:
    """The boxes of the notes of a sheet: a drawing as it is, and new boxes before its end."""

    def __init__(self, drawing: bytes, sheet: int) -> None:
        self._drawing = drawing
        self._block = sheet
        taken = [int(number) for number in _NUMBERS.findall(drawing)]
        self._next = 1 + max(taken, default=sheet * _BLOCK)
        self._boxes: list[str] = []

    @property
    def changed(self) -> bool:
        """Whether a box was added."""
        return bool(self._boxes)

    def add(self, cell: str, lines: Sequence[str]) -> None:
        """Add a box beside a cell, large enough for some lines, which are folded at its width."""
        found = _CELL.fullmatch(cell)
        if found is None:
            raise UnreadableContentError(_UNKNOWN)
        column, row = _column(found[1]), int(found[2]) - 1
        folded = sum(1 + len(line) // _ACROSS for line in lines)
        height = min(_TALLEST, 2 + folded * _LINE // _ROW)
        left = min(column + 1, _LAST_COLUMN - _WIDE)
        top = min(max(0, row - 1), _LAST_ROW - height)
        box = _BOX.format(
            number=self._next,
            name=_TYPE_NAME,
            width=_WIDE * _COLUMN,
            height=height * _ROW,
            left=left,
            right=left + _WIDE,
            top=top,
            bottom=top + height,
            row=row,
            column=column,
        )
        self._boxes.append(box)
        self._next += 1

    def written(self) -> bytes:
        """The drawing with all its boxes.

        Raises:
            UnreadableContentError: it has no end that is known.
        """
        drawing = self._drawing or _HEAD.format(block=self._block).encode() + _END
        before, end, after = drawing.rpartition(_END)
        if not end:
            raise UnreadableContentError(_UNKNOWN)
        kind = "" if f'id="{_TYPE_NAME}"'.encode() in drawing else _SHAPE_TYPE.format(name=_TYPE_NAME)
        return before + "".join([kind, *self._boxes]).encode() + end + after


def _column(letters: str) -> int:
    """The number of a column from nought, by its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
