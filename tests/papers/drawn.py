"""Drawn pages: PDF files for tests and for `examples/marsoc-paper.pdf`, every word of them set by hand."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT: Final = 72.0
TOP: Final = 72.0
SIZE: Final = 10.0
_PITCH: Final = 16.0
_PAD: Final = 4.0
_BASE: Final = 4.5
_GREY: Final = 0.85

Rows = "Sequence[Sequence[str]]"


class Pages:
    """Pages in the making; places are points from the left and from the top.

    Attributes:
        down: how far from the top the next line of text or table begins.
    """

    def __init__(self, password: str = "") -> None:
        """Begin a file.

        Args:
            password: what opens it; nothing if anyone may.
        """
        self._file = BytesIO()
        lock = StandardEncryption(password, canPrint=1) if password else None
        self._canvas = Canvas(self._file, pagesize=A4, invariant=1, encrypt=lock)
        self._height = A4[1]
        self.down = TOP

    def lie(self, quarter: int, *, flagged: bool = True) -> None:
        """Lay what is drawn from now on the page on its side, as paper is printed on that is wider than it is high.

        Args:
            quarter: 90, 180 or 270 degrees, by which the page must be turned clockwise to be read.
            flagged: whether the file says so; a program shows the page turned then.
        """
        width, height = A4
        if flagged:
            self._canvas.setPageRotation(quarter)
            # The canvas takes the size of a page as it is shown.
            self._canvas.setPageSize((width, height) if quarter == 180 else (height, width))
        self._canvas.saveState()
        self._canvas.rotate(quarter)
        right, up = {90: (0, -width), 180: (-width, -height), 270: (-height, 0)}[quarter]
        self._canvas.translate(right, up)
        self._height = height if quarter == 180 else width

    def stand(self) -> None:
        """Draw upright again on a page that was laid on its side; to be called once, after `lie`."""
        self._canvas.restoreState()
        self._height = A4[1]

    def turn(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()
        self._canvas.setPageRotation(0)
        self._canvas.setPageSize(A4)
        self._height = A4[1]
        self.down = TOP

    def data(self) -> bytes:
        """The file as far as it is drawn."""
        self._canvas.save()
        return self._file.getvalue()

    def words(
        self,
        words: str,
        left: float,
        down: float,
        *,
        size: float = SIZE,
        bold: bool = False,
        grey: float = 0,
        turned: float = 0,
    ) -> float:
        """Draw words whose baseline stands so far down; returns where they end."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        self._canvas.saveState()
        self._canvas.setFont(font, size)
        self._canvas.setFillGray(grey)
        self._canvas.translate(left, self._height - down)
        self._canvas.rotate(turned)
        self._canvas.drawString(0, 0, words)
        self._canvas.restoreState()
        return left + stringWidth(words, font, size)

    def line(self, left: float, down: float, right: float, to: float) -> None:
        """Draw a thin line."""
        self._canvas.setLineWidth(0.5)
        self._canvas.line(left, self._height - down, right, self._height - to)

    def fill(self, left: float, down: float, width: float, height: float, grey: float = _GREY) -> None:
        """Fill an area with grey."""
        self._canvas.saveState()
        self._canvas.setFillGray(grey)
        self._canvas.rect(left, self._height - down - height, width, height, stroke=0, fill=1)
        self._canvas.restoreState()

    def lines(
        self, text: str, left: float = LEFT, *, size: float = SIZE, bold: bool = False, pitch: float = 13.0
    ) -> None:
        """Draw lines of text one below the other, and leave some space."""
        for line in text.strip().split("\n"):
            self.down += pitch
            self.words(line.strip(), left, self.down, size=size, bold=bold)
        self.down += pitch

    def table(self, rows: Rows, widths: Sequence[float], style: str = "ruled", left: float = LEFT) -> None:
        """Draw a table, its first column to the left and the others to the right.

        Args:
            rows: what its cells say, the heading first; a line break in a cell begins a line there.
            widths: how wide its columns are.
            style: "ruled", "unruled" or "zebra".
            left: where it begins.
        """
        top = self.down
        for n, row in enumerate(rows):
            height = _PITCH + 12.0 * max(cell.count("\n") for cell in row)
            if style == "zebra" and n % 2:
                self.fill(left, self.down, sum(widths), height)
            self._row(row, widths, left)
            if style == "ruled":
                self.line(left, self.down, left + sum(widths), self.down)
            self.down += height
        if style == "ruled":
            self.line(left, self.down, left + sum(widths), self.down)
            for n in range(len(widths) + 1):
                place = left + sum(widths[:n])
                self.line(place, top, place, self.down)
        self.down += _PITCH

    def _row(self, row: Sequence[str], widths: Sequence[float], left: float) -> None:
        """Draw the words of a row."""
        for n, cell in enumerate(row):
            for down, words in enumerate(cell.split("\n")):
                start = left + sum(widths[:n]) + _PAD
                if n:
                    start += widths[n] - 2 * _PAD - stringWidth(words, "Helvetica", SIZE)
                self.words(words, start, self.down + _PITCH - _BASE + 12.0 * down)


def markdown_tables(text: str) -> list[list[list[str]]]:
    """The tables of a Markdown text, as rows of cells."""
    tables: list[list[list[str]]] = []
    within = False
    for line in text.split("\n"):
        if not line.startswith("|"):
            within = False
            continue
        if not within:
            tables.append([])
            within = True
        if not line.startswith("|-"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return tables


MARSOC: Final = Path(__file__).parents[2] / "examples" / "marsoc-paper.md"


def marsoc_paper(style: str) -> bytes:
    """The paper `examples/marsoc-paper.md` as a PDF file, its tables in one style."""
    pages = Pages()
    tables = iter(markdown_tables(MARSOC.read_text(encoding="utf-8")))
    for block in MARSOC.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("#"):
            depth = len(block) - len(block.lstrip("#"))
            pages.lines(block.strip("# "), size=18 - 2 * depth, bold=True, pitch=20)
        elif block.startswith("|"):
            pages.table(next(tables), (170, 120, 120), style)
        else:
            pages.lines(block, size=8.5)
    return pages.data()


if __name__ == "__main__":
    MARSOC.with_suffix(".pdf").write_bytes(marsoc_paper("ruled"))
