"""Papers as people have them: the same paper in every kind of file, and how a file of another kind is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers import reading
from grantcalc.papers.readers.apart import read_apart
from grantcalc.papers.readers.kinds import Kind, kind_of
from grantcalc.papers.readers.reading import read, read_here
from grantcalc.sums import verdict
from tests.papers.written import MARSOC, csv_of, docx_of, html_of, sheet_of, xlsx_of, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.papers.paper import Paper

TEXT = MARSOC.read_text(encoding="utf-8")


def xlsx(markdown: str) -> bytes:
    rows = sheet_of(markdown)
    places = [(r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if isinstance(value, int)]
    return xlsx_of(rows, formats=dict.fromkeys(places, "£#,##0"))


WRITTEN: dict[Kind, Callable[[str], bytes]] = {
    Kind.DOCX: docx_of,
    Kind.XLSX: xlsx,
    Kind.HTML: html_of,
    Kind.TABLE: csv_of,
}


def sums(paper: Paper) -> list[tuple[str, ...]]:
    return sorted(
        (verdict(each).value, each.total.text, *sorted(part.figure.text for part in each.parts))
        for each in gather(paper).sums
    )


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_the_marsoc_paper_has_the_same_sums_and_verdicts_in_every_kind_of_file(kind: Kind) -> None:
    expected = sums(read_text(TEXT))
    assert len(expected) > 8
    assert sums(read_here(WRITTEN[kind](TEXT), kind)) == expected


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_a_wrong_total_is_found_in_every_kind_of_file(kind: Kind) -> None:
    paper = read_here(WRITTEN[kind](TEXT.replace("£180,006", "£180,060")), kind)
    (wrong,) = [a_sum for a_sum in gather(paper).sums if a_sum.total.text == "£180,060" and len(a_sum.parts) == 3]
    assert verdict(wrong).value == "mismatch"


def test_the_example_is_what_is_written_of_the_paper() -> None:
    assert MARSOC.with_suffix(".docx").read_bytes() == docx_of(TEXT)


def test_a_document_reads_the_same_in_a_process_of_its_own() -> None:
    data = docx_of(TEXT)
    assert read_apart(data, Kind.DOCX) == read_here(data, Kind.DOCX)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_the_content_tells_the_kind_where_the_name_does_not(kind: Kind) -> None:
    data = WRITTEN[kind](TEXT) if kind in WRITTEN else b"%PDF-1.7" if kind is Kind.PDF else TEXT.encode()
    assert kind_of(f"paper{kind.suffix}", data) is kind
    assert kind_of("-", data) is (Kind.TEXT if kind is Kind.TABLE else kind)


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"%PDF-1.7 ...", "this is a PDF, though its name ends in .docx; rename it to end in .pdf"),
        ("a.txt", b"\n<!doctype HTML><html>", "this is a web page, though its name ends in .txt; rename it"),
        ("a.xls", b"<html><table>", "this is a web page, though its name ends in .xls; rename it to end in .html"),
        ("a.docx", b"Dear all", "this is not a Word document, though its name ends in .docx; or it is damaged"),
        ("a.pdf", b"", "the file is empty, and so no PDF"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "open it in Word and save it as .docx"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "open it in Excel and save it as .xlsx"),
        ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "this is an old Word document (.doc)"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password"),
        ("a.rtf", rb"{\rtf1 hello}", "open it in Word and save it as .docx"),
        ("a.odt", b"PK\x03\x04", "the file is damaged or cut off"),
        ("a.xlsx", xlsx(TEXT)[:900], "the file is damaged or cut off"),
        ("a.xlsx", docx_of("# Hello"), "this is a Word document, though its name ends in .xlsx"),
        ("a.fods", b"<?xml", "this is an OpenDocument file; save it as .docx or .xlsx"),
        ("a.pages", zipped({"Index/Document.iwa": ""}), "export it there as Word (.docx) or Excel (.xlsx)"),
        ("a", zipped({"Index/Document.iwa": ""}), "this is a file of Pages or Numbers"),
        ("a.gdoc", b'{"url": ""}', "only a link to a Google document; download that"),
        ("a.mht", b"MIME-Version: 1.0", "this is a web archive; open it in Word or a browser"),
        ("a.xml", b"<?xml", "this is XML; open it in Word or Excel and save it"),
        ("a.zip", zipped({"a.docx": ""}), "this is an archive; unpack it"),
        ("a.epub", zipped({"mimetype": "application/epub+zip"}), "save it as .docx or .pdf"),
        ("a.doc", rb"{\rtf1 hello}", "this is a rich text file (.rtf)"),
        ("a.png", b"\x89PNG", "this is a picture; figures in pictures are not read"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_with_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableContentError) as refused:
        kind_of(name, data)
    assert said in refused.value.reason


def test_a_markdown_paper_may_begin_with_a_tag() -> None:
    assert kind_of("paper.md", b"<p align=center>Costs</p>") is Kind.TEXT


def test_a_missing_library_is_said_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    with pytest.raises(MissingLibraryError, match="python-docx: pip install") as missing:
        read(docx_of(TEXT), Kind.DOCX)
    assert 'pip install "grantcalc[papers]"' in str(missing.value)
