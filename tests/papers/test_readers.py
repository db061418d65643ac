"""Papers as people have them: the same paper in every kind of file, and how a file of another kind is met."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
import xlsxwriter

from grantcalc.errors import MissingLibraryError, UnreadableContentError
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers import reading
from grantcalc.papers.readers.apart import work_apart
from grantcalc.papers.readers.kinds import Kind, kind_of
from grantcalc.papers.readers.reading import read, read_here
from grantcalc.sums import verdict
from tests.papers.written import MARSOC, csv_of, docx_of, html_of, saved, sheet_of, xlsx_of, zipped

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
    assert work_apart(read_here, data, Kind.DOCX, doing="reading") == read_here(data, Kind.DOCX)


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
        ("a", zipped({"content.xml": ""}), "this is an OpenDocument file; save it as .docx or .xlsx"),
        ("a", zipped({"ppt/presentation.xml": ""}), "slides"),
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


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv"])
def test_a_paper_of_text_may_be_empty(name: str) -> None:
    assert name.endswith(kind_of(name, b" \n").value.suffixes)


def test_a_web_page_may_begin_as_xml_does() -> None:
    assert kind_of("-", b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html/>') is Kind.HTML


def test_a_markdown_paper_may_begin_with_a_tag() -> None:
    assert kind_of("paper.md", b"<p align=center>Costs</p>") is Kind.TEXT


def test_a_missing_library_is_said_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    with pytest.raises(MissingLibraryError, match="python-docx: pip install") as missing:
        read(docx_of(TEXT), Kind.DOCX)
    assert 'pip install "grantcalc[papers]"' in str(missing.value)


POSTS = [("Manager", 75_639, 8_723), ("Officer", 63_320, 8_723), ("Researcher", 41_047, 4_878)]


def with_heads(wrong: int = 0) -> tuple[list[tuple[object, ...]], int]:
    """The posts of a year with their totals, the grand total out by some amount."""
    rows: list[tuple[object, ...]] = [(role, salary, overhead, salary + overhead) for role, salary, overhead in POSTS]
    rows.append(("Total", 180_006, 22_324, 202_330 + wrong))
    return rows, 202_330 + wrong


def docx_with_merged_heads(wrong: int) -> bytes:
    rows, _ = with_heads(wrong)
    document = docx.Document()
    table = document.add_table(rows=2 + len(rows), cols=4)
    for at, text in enumerate(("Salary", "Overhead", "Total")):
        table.cell(1, 1 + at).text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Post"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "Cost of 2021-22"
    for r, row in enumerate(rows, start=2):
        for c, value in enumerate(row):
            table.cell(r, c).text = f"£{value:,}" if isinstance(value, int) else str(value)
    return saved(document)


def html_with_merged_heads(wrong: int) -> bytes:
    rows, _ = with_heads(wrong)
    head = "<tr><th rowspan=2>Post<th colspan=3>Cost of 2021-22, £<tr><th>Salary<th>Overhead<th>Total"
    cells = ["".join(f"<td>{v:,}" if isinstance(v, int) else f"<td>{v}" for v in row) for row in rows]
    return f"<table>{head}{''.join(f'<tr>{row}' for row in cells)}</table>".encode()


def xlsx_with_merged_heads(wrong: int) -> bytes:
    """Totals are formulas, the pound sign is in the number format alone."""
    rows, total = with_heads(wrong)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        pounds = book.add_format({"num_format": "£#,##0"})
        sheet.merge_range("A1:A2", "Post")
        sheet.merge_range("B1:D1", "Cost of 2021-22")
        sheet.write_row("B2", ["Salary", "Overhead", "Total"])
        for r, row in enumerate(rows, start=2):
            sheet.write_row(r, 0, row, pounds)
        for c, value in zip("BCD", (180_006, 22_324, total), strict=True):
            sheet.write_formula(f"{c}6", f"=SUM({c}3:{c}5)", pounds, value)
    return buffer.getvalue()


MERGED: dict[Kind, Callable[[int], bytes]] = {
    Kind.DOCX: docx_with_merged_heads,
    Kind.XLSX: xlsx_with_merged_heads,
    Kind.HTML: html_with_merged_heads,
}


@pytest.mark.parametrize("kind", MERGED, ids=lambda kind: kind.name)
def test_the_marsoc_table_under_merged_heads_has_the_same_sums_in_every_kind_of_file(kind: Kind) -> None:
    found = [
        each for each in gather(read_here(MERGED[kind](0), kind)).sums if each.kind in ("row", "column", "formula")
    ]
    amounts = {(a_sum.total.value, tuple(part.figure.value for part in a_sum.parts)) for a_sum in found}
    salaries, overheads, totals = (75_639, 63_320, 41_047), (8_723, 8_723, 4_878), (84_362, 72_043, 45_925)
    rows = set(zip(totals, zip(salaries, overheads, strict=True), strict=True))
    down = {(180_006, salaries), (22_324, overheads), (202_330, totals)}
    assert amounts == {*rows, *down, (202_330, (180_006, 22_324))}
    assert {verdict(a_sum).value for a_sum in found} == {"exact"}


@pytest.mark.parametrize("kind", MERGED, ids=lambda kind: kind.name)
def test_a_wrong_total_under_merged_heads_is_the_only_one_that_fails(kind: Kind) -> None:
    found = [each for each in gather(read_here(MERGED[kind](90), kind)).sums if verdict(each).value == "mismatch"]
    assert {a_sum.total.value for a_sum in found} == {202_420}


def test_thousands_in_a_heading_and_labels_over_several_rows_are_read_alike() -> None:
    html = """<table><tr><th>Strand<th>Item<th>2025<br>£'000<th>2026<br>£'000
    <tr><td rowspan=2>Recovery<td>Grants<td>95.5<td>99.0<tr><td>Training<td>14.2<td>7.8
    <tr><td colspan=2>Total<td>109.7<td>106.8</table>"""
    rows: list[list[object]] = [["Strand", "Item", "2025\n£'000", "2026\n£'000"], ["Recovery", "Grants", 95.5, 99]]
    rows.append([None, "Training", 14.2, 7.8])
    book = xlsx_of([*rows, ["Total", None, 109.7, 106.8]], formats={(r, c): "0.0" for r in (1, 2, 3) for c in (2, 3)})
    for paper in (read_here(html.encode(), Kind.HTML), read_here(book, Kind.XLSX)):
        found = [a_sum for a_sum in gather(paper).sums if a_sum.kind == "column"]
        assert [(a_sum.total.value, a_sum.total.unit) for a_sum in found] == [(109_700, 100), (106_800, 100)]
        assert {verdict(a_sum).value for a_sum in found} == {"exact"}
