"""Written papers: Word documents, workbooks, web pages and tables of text for tests, made as they are needed.

`python -m tests.papers.written` writes `examples/marsoc-paper.docx`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document

Rows = "Sequence[Sequence[str]]"

MARSOC: Final = Path(__file__).parents[2] / "examples" / "marsoc-paper.md"
_LONG_AGO: Final = (2022, 1, 1, 0, 0, 0)


def blocks_of(markdown: str) -> list[str | list[list[str]]]:
    """The blocks of a Markdown paper: text, and tables as rows of cells."""
    blocks: list[str | list[list[str]]] = []
    for block in markdown.strip().split("\n\n"):
        if block.startswith("|"):
            lines = [line for line in block.splitlines() if not re.fullmatch(r"[|:\s-]+", line)]
            blocks.append([[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
        else:
            blocks.append(" ".join(block.split("\n")))
    return blocks


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    """Add a table to a Word document."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=False):
            cell.text = text


def docx_of(markdown: str) -> bytes:
    """A Markdown paper as a Word document, the same bytes each time."""
    document = docx.Document()
    for block in blocks_of(markdown):
        if isinstance(block, list):
            add_table(document, block)
        elif block.startswith("#"):
            document.add_heading(block.lstrip("# "), level=len(block) - len(block.lstrip("#")))
        else:
            document.add_paragraph(block)
    return saved(document)


def saved(document: Document) -> bytes:
    """A Word document as bytes that say nothing of when and by whom they were written."""
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = datetime(*_LONG_AGO, tzinfo=UTC)
    buffer = BytesIO()
    document.save(buffer)
    return zipped(parts_of(buffer.getvalue()))


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an Office file by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as an Office file, the same bytes each time."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            info = ZipInfo(name, _LONG_AGO)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, part)
    return buffer.getvalue()


def docx_with(body: str, **parts: str) -> bytes:
    """A Word document whose body is this XML, in the namespaces w, mc, wps and v; and other parts of it."""
    base = parts_of(saved(docx.Document()))
    document = base["word/document.xml"].decode()
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
    )
    start, end = document.index("<w:body>"), document.index("<w:sectPr")
    head = re.sub(r"<w:document(?=\s)", "<w:document " + re.sub(_declared(document), "", spaces), document[:start])
    base["word/document.xml"] = f"{head}<w:body>{body}{document[end:]}".encode()
    for name, xml in parts.items():
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        base[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{_WORD}">{xml}</w:{name}>'.encode()
        types = base["[Content_Types].xml"].decode()
        override = f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'
        base["[Content_Types].xml"] = types.replace("</Types>", override).encode()
        links = base["word/_rels/document.xml.rels"].decode()
        link = f'<Relationship Id="rId{name}" Type="{_LINKS}/{name}" Target="{name}.xml"/></Relationships>'
        base["word/_rels/document.xml.rels"] = links.replace("</Relationships>", link).encode()
    return zipped(base)


_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_styles(data: bytes, styles: str) -> bytes:
    """A Word document with these styles, as XML in the namespace w, and no others."""
    parts: dict[str, bytes | str] = dict(parts_of(data))
    parts["word/styles.xml"] = f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'
    return zipped(parts)


def strict(data: bytes) -> bytes:
    """An Office file with the names of strict Open XML."""
    usual, names = rb"http://schemas\.openxmlformats\.org/([A-Za-z]+)/2006/", rb"http://purl.oclc.org/ooxml/\1/"
    kept = b"http://schemas.openxmlformats.org/package/2006/"
    parts = {
        name: re.sub(usual, lambda found: found[0] if found[0] == kept else found.expand(names), part)
        for name, part in parts_of(data).items()
    }
    return zipped(parts)


def _declared(document: str) -> str:
    """A pattern for the declarations of namespaces that a document has already."""
    names = re.findall(r"xmlns:(\w+)=", document[: document.index("<w:body>")])
    return "|".join(rf'xmlns:{name}="[^"]*" ' for name in names) or r"\Z\A"


def runs(*texts: str) -> str:
    """A paragraph of runs."""
    return "<w:p>" + "".join(run(text) for text in texts) + "</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def xlsx_of(*sheets: Sequence[Sequence[object]], formats: Mapping[tuple[int, int], str] | None = None) -> bytes:
    """A workbook of sheets, with number formats for cells of the first by row and column, counted from nought.

    A formula is a pair of the formula and the value that was calculated last; None for none.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    shown = (formats or {}).get((r, c)) if not number else None
                    style = book.add_format({"num_format": shown}) if shown else None
                    if isinstance(value, tuple):
                        sheet.write_formula(r, c, value[0], style, value[1])
                    elif value is not None:
                        sheet.write(r, c, value, style)
    return without_values(buffer.getvalue())


def workbook_of(text: str) -> bytes:
    """A workbook as the example of a rule shows it: bars between cells, a formula before its value."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        pounds = book.add_format({"num_format": "£#,##0"})
        for r, line in enumerate(text.splitlines()):
            if line.startswith("(hidden)"):
                sheet.set_row(r, None, None, {"hidden": True})
            for c, cell in enumerate(line.removeprefix("(hidden)").split("|")):
                formula, _, shown = cell.strip().rpartition(" £") if "=" in cell else ("", "", cell.strip())
                value = _value(f"£{shown}" if formula else shown)
                if "=" in cell:
                    formula, value = (formula, value) if formula else (cell.strip(), NO_VALUE)
                    sheet.write_formula(r, c, formula, pounds, value)
                else:
                    sheet.write(r, c, value, pounds)
    return without_values(buffer.getvalue())


NO_VALUE: Final = "no value"


def without_values(data: bytes) -> bytes:
    """A workbook without the values of the formulas that are to have none."""
    parts = parts_of(data)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            text = re.sub(rf' t="str"(><f>[^<]*</f>)<v>{NO_VALUE}</v>', r"\1", part.decode())
            # An empty text, as Excel writes it.
            text = re.sub(r"<c ([^>]*)>(<f>[^<]*</f><v></v>)", r'<c \1 t="str">\2', text)
            parts[name] = text.encode()
    return zipped(parts)


def sheet_of(markdown: str) -> list[list[object]]:
    """A Markdown paper as the rows of a sheet, its amounts as numbers."""
    rows: list[list[object]] = []
    for block in blocks_of(markdown):
        if isinstance(block, list):
            rows.extend([_value(cell) for cell in row] for row in block)
        else:
            rows.append([block])
        rows.append([])
    return rows


def _value(cell: str) -> object:
    return int(cell[1:].replace(",", "")) if re.fullmatch(r"£[0-9,]+", cell) else cell or None


def html_of(markdown: str) -> bytes:
    """A Markdown paper as a web page, without closing a cell."""
    written = ["<!DOCTYPE html><html><head><meta charset=utf-8><title>Paper £1 + £2 = £4</title></head><body>"]
    for block in blocks_of(markdown):
        if isinstance(block, list):
            rows = ["<tr>" + "".join(f"<td>{cell}" for cell in row) for row in block]
            written.append("<table>" + "\n".join(rows) + "</table>")
        elif block.startswith("#"):
            written.append(f"<h2>{block.lstrip('# ')}</h2>")
        else:
            written.append(f"<p>{block}</p>")
    return "\n".join(written).encode()


def csv_of(markdown: str) -> bytes:
    """The tables of a Markdown paper as a table of text, its amounts in quotes, its text in cells of its own."""
    lines: list[str] = []
    for block in blocks_of(markdown):
        rows = block if isinstance(block, list) else [[block]]
        lines.extend(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
        lines.append("")
    return "\r\n".join(lines).encode()


if __name__ == "__main__":
    MARSOC.with_suffix(".docx").write_bytes(docx_of(MARSOC.read_text(encoding="utf-8")))
