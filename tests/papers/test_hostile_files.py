"""Files that are meant to do harm, or would: one message each, soon, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.readers.apart import Limits, work_apart
from grantcalc.papers.readers.kinds import Kind
from grantcalc.papers.readers.reading import read_here
from tests.papers.drawn import Pages, marsoc_paper
from tests.papers.written import docx_of, docx_with, parts_of, run, runs, xlsx_of, zipped

if TYPE_CHECKING:
    from pathlib import Path

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems set no limit to a process's memory")


def bomb() -> bytes:
    return zipped({**parts_of(docx_with(runs("x"))), "word/media/x.xml": "0" * 600_000_000})


def paragraphs() -> bytes:
    return docx_with("<w:p/>" * 8_000_000)


def entities() -> bytes:
    parts: dict[str, bytes | str] = dict(parts_of(docx_with(runs("x"))))
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = doctype + parts_of(docx_with(runs("x")))["word/document.xml"].partition(b"?>")[2]
    return zipped(parts)


def linked() -> bytes:
    parts: dict[str, bytes | str] = dict(parts_of(xlsx_of([["Cost", 5]])))
    sheet = parts_of(xlsx_of([["Cost", 5]]))["xl/worksheets/sheet1.xml"].decode()
    link = '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", link)
    return zipped(parts)


def tables_in_tables() -> bytes:
    return docx_with("<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100)


def many_parts() -> bytes:
    return zipped({**parts_of(docx_of("# Hello")), **{f"word/{n}.xml": "<a/>" for n in range(29_987)}})


HARMLESS = {
    "spans.html": "<table><tr><td colspan=1000000000 rowspan=1000000000>It costs £5<td>£6</table>",
    "tags.html": "<b>" * 1_000_000 + "It costs £5",
    "laughs.html": '<!DOCTYPE x [<!ENTITY a "£9"><!ENTITY b "&a;&a;">]><p>It costs £5 &b;</p>',
    "selectors.html": f"<style>{'i ~ b b:nth-child(2n) {display:none}' * 500}</style>{'<b>£5</b>' * 500}",
    "wide.csv": ",".join(["Cost", *["£5"] * 100_000]),
    "open.csv": 'Cost,"' + "£5,\n" * 100_000,
}


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", HARMLESS)
def test_a_file_that_only_looks_harmful_is_read_soon(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HARMLESS[name], encoding="utf-8")
    began = time.monotonic()
    done = check(path)
    assert time.monotonic() - began < 60
    assert (done.returncode, done.stderr) == (0, "")
    assert "£9" not in done.stdout


def test_names_that_lead_out_of_the_file_write_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    parts = {**parts_of(docx_of("The cost of £5 is £2 plus £3.")), "../evil.xml": b"<a/>", "/evil.xml": b"<a/>"}
    (folder / "paper.docx").write_bytes(zipped(parts))
    assert check(folder / "paper.docx").stderr == ""
    assert [each.name for each in tmp_path.rglob("*")] == ["inner", "paper.docx"]


def letters() -> bytes:
    pages = Pages()
    for line in range(1_000):
        pages.words("£1,234 and " * 91, 30, 60 + line / 2, size=2)
    return pages.data()


def locked() -> bytes:
    pages = Pages(password="secret")  # noqa: S106 - of a file that this test makes
    pages.lines("The grant is £9,608.")
    return pages.data()


def thick() -> bytes:
    pages = Pages()
    for number in range(5_000):
        pages.lines(f"Page {number}: the grant of £5,000 is made up of £2,000 for pay and £3,000 for rent.")
        pages.turn()
    return pages.data()


def check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grantcalc", "check", str(path)]
    return subprocess.run(command, capture_output=True, check=False, timeout=90, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("bomb.docx", bomb, "unpacked, the file has 572 MB, more than the 200 MB that are read"),
        ("long.docx", paragraphs, "unpacks to more than 200 times its size; it was not opened"),
        ("entity.docx", entities, "declares a document type, as no Office program does"),
        pytest.param("links.xlsx", linked, "and was stopped", marks=on_linux),
        ("deep.docx", tables_in_tables, "too deep in each other"),
        ("parts.docx", many_parts, "parts, and no paper has more than 20,000; it was not opened"),
        pytest.param("large.html", lambda: b"<p>It costs 5.</p>" * 4_000_000, "more than 800 MB", marks=on_linux),
        ("cut.docx", lambda: docx_of("# Hello")[:9000], "damaged or cut off"),
        ("cut.pdf", lambda: marsoc_paper("ruled")[:1500], "its end is missing; fetch or save it again"),
        ("empty.pdf", lambda: b"", "the file is empty, and so no PDF"),
        ("locked.pdf", locked, "protected by a password; save a copy without one"),
        pytest.param("letters.pdf", letters, "and was stopped", marks=on_linux),
        ("empty.xlsx", lambda: b"", "the file is empty, and so no Excel workbook"),
    ],
)
def test_a_hostile_file_ends_with_2_and_one_line(tmp_path: Path, name: str, made: object, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(made())  # type: ignore[operator]
    began = time.monotonic()
    done = check(path)
    assert time.monotonic() - began < 60
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.unmeasured
def test_of_a_paper_of_5000_pages_the_first_500_are_read_and_the_rest_is_said_to_be_unread(tmp_path: Path) -> None:
    path = tmp_path / "thick.pdf"
    path.write_bytes(thick())
    done = check(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the paper has 5,000 pages; what begins here was not read" in done.stdout
    assert f"{path}, page 501\n" in done.stdout
    assert "500 sums checked: 500 exact" in done.stdout


def test_reading_that_takes_too_long_is_stopped_and_said() -> None:
    with pytest.raises(UnreadableContentError, match=r"longer than 0\.01 seconds, and was stopped"):
        work_apart(read_here, docx_of("# Hello"), Kind.DOCX, doing="reading", limits=Limits(seconds=0.01))


def test_a_process_that_ends_before_it_has_taken_all_of_a_large_document_is_met_with_the_same_words() -> None:
    with pytest.raises(UnreadableContentError, match=r"longer than 0\.01 seconds, and was stopped"):
        work_apart(read_here, bytes(5_000_000), Kind.DOCX, doing="reading", limits=Limits(seconds=0.01))


@pytest.mark.unmeasured
@on_linux
def test_reading_that_takes_too_much_memory_is_stopped_and_said() -> None:
    body = docx_with("".join(f"<w:p>{run(str(n * n))}</w:p>" for n in range(60_000)))
    with pytest.raises(UnreadableContentError, match="120 MB of memory"):
        work_apart(read_here, body, Kind.DOCX, doing="reading", limits=Limits(memory=120 * 2**20))


def test_an_object_of_a_pdf_file_that_is_a_reference_to_itself_is_not_followed_for_ever() -> None:
    whole = marsoc_paper("ruled")
    fonts = re.search(rb"1 0 obj\n(<<.*?>>)\nendobj", whole, re.DOTALL)
    assert fonts
    data = whole.replace(fonts[1], b"1 0 R".ljust(len(fonts[1])))
    assert data != whole
    assert work_apart(read_here, data, Kind.PDF, doing="reading", limits=Limits(seconds=30)).tables


def test_nothing_is_imported_from_the_folder_of_the_paper(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(
        docx_of("The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent.")
    )
    (tmp_path / "lxml.py").write_text("raise SystemExit(77)\n", encoding="utf-8")
    script = "import sys; sys.path.remove(''); from grantcalc.cli import main; "
    script += "sys.argv[1:] = ['check', 'paper.docx']; main()"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
