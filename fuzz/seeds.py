"""What fuzzing begins with: files that code writes, none from elsewhere."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fuzz.archives import packed, unpacked
from tests.grant_files import EXAMPLES
from tests.grants.test_schema import TEXTS
from tests.papers.written import MARSOC, csv_of, docx_of, docx_with, html_of, run, runs, sheet_of, workbook_of, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLES: Final = 3
PAPER: Final = MARSOC.read_text(encoding="utf-8")
SHORT: Final = """\
# A small grant

The grant of £5,000 is made up of £2,000 for pay and £3,000 for rent. Two payments of £2,500 make £5,000.

| Cost | 2025-26 | 2026-27 | Total |
|---|---:|---:|---:|
| Pay | £1,000 | £1,000 | £2,000 |
| Rent | £1,500 | £1,500 | £3,000 |
| Total | £2,500 | £2,500 | £5,000 |
"""
RAGGED: Final = """\
Table 1 (£'000)
                      2025-26   2026-27     Total
Staff                     120       125       245
Less income               (20)      (25)      (45)
Net cost                  100       100       200

- Capital: £0.543m
- Revenue: £1.692m
- Envelope: £2.235m

Of the £405,608.25, 50% (£202,804) is paid in four instalments of £50,701; an increase of 3.5% to £419,804.54.
Remaining balance £12k, carried forward from £20k less £8k. 12 months at £1,250 per month is £15,000 p.a.
"""


def grant_files() -> Iterator[bytes]:
    """Grant files that use every key."""
    for text in TEXTS.values():
        yield text.encode()
    yield b"grant: A\ncosts: {capital: 543000}\n"
    yield b"grant: A\r\n\r\nyears: [2025/26]\nposts:\n- {role: 'B', costs: {salary: \"\xc2\xa35\"}}\n"


def amounts() -> Iterator[bytes]:
    """Amounts as people write them."""
    for text in (
        *("75639", "75639.00", "75_639", "£75,639", "£22, 324", "£2.235m", "£50.6k", "(1,250)", "-£1,250.00", "£ 5"),
        *("1 million", "£1,23,456", "12.345.678", "1e6", ".inf", "£0.025", "٣", "£1.005", "+5", "5p", "£5bn", "−5"),
    ):
        yield text.encode()


def texts() -> Iterator[bytes]:
    """Papers as text and Markdown."""
    for text in (
        PAPER,
        SHORT,
        RAGGED,
        *(block for block in PAPER.split("\n\n") if block.startswith(("|", "The", "A"))),
    ):
        yield text.encode()


def tables() -> Iterator[bytes]:
    """Tables of text."""
    yield csv_of(PAPER)
    yield csv_of(SHORT)
    yield csv_of(SHORT).replace(b",", b";")
    yield b"Role\tSalary\tOverhead\tTotal\r\nOfficer\t\xa31,000\t100\t1,100\r\nTotal\t1,000\t100\t1,100\r\n"
    yield (EXAMPLES / "posts.csv").read_bytes()


def pages() -> Iterator[bytes]:
    """Web pages."""
    yield html_of(PAPER)
    yield html_of(SHORT)
    yield (
        b"<!DOCTYPE html><html><body><table><tr><th rowspan=2>A<th colspan=2>2025-26</tr><tr><td>1<td>2</tr><tr><td>x"
        b"<td>&pound;1,000<td>2,000<sup>1</sup></table><ul><li>Pay: &#163;5<li>Rent: 6</ul><del>7</del><p hidden>8</p>"
    )


def documents() -> Iterator[bytes]:
    """Word documents, without the parts that do not matter."""
    yield _slim(docx_of(SHORT))
    yield _slim(docx_of(RAGGED))
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>' + runs("£5,000") + "</w:tc>"
    change = (
        '<w:ins w:id="1" w:author="A">'
        + run("£9,680")
        + '</w:ins><w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>'
    )
    body = runs("The grant of £5,000 is £2,000 and £3,000.") + f"<w:p>{change}</w:p>"
    body += f"<w:tbl><w:tr>{cell}</w:tr><w:tr><w:tc>{runs('1', '2')}</w:tc><w:tc>{runs('3')}</w:tc></w:tr></w:tbl>"
    yield _slim(docx_with(body, footnotes=f'<w:footnote w:id="2">{runs("of which £3")}</w:footnote>'))


def workbooks() -> Iterator[bytes]:
    """Workbooks with numbers, formulas and number formats."""
    yield _slim(xlsx_of(sheet_of(SHORT)))
    rows = [
        ["Cost", 2025, 2026],
        ["Pay", 1000, 1500.5],
        ["Rent", 2, -3],
        ["Total", ("=SUM(B2:B3)", 1002), ("=C2+C3", 1497.5)],
    ]
    yield _slim(
        xlsx_of(rows, [["Other", 5]], formats={(1, 1): "#,##0,", (2, 2): "£#,##0.0;[Red](#,##0)", (3, 1): "0%"})
    )
    yield _slim(workbook_of("Cost | £\nPay | £5\n(hidden) Rent | £6\nTotal | =SUM(B2:B3) £11"))


def papers_in_pdf() -> Iterator[bytes]:
    """PDF files, not compressed, so that what is drawn can be changed, and short, since each letter takes time."""
    table, in_words = SHORT.split("\n\n")[2], RAGGED.split("\n\n")
    yield _drawn(table, ruled=True, pages=1)
    yield _drawn(in_words[0], ruled=False, pages=2)
    yield _drawn("\n".join(in_words[1:]), ruled=False, pages=1)


def _drawn(text: str, *, ruled: bool, pages: int) -> bytes:
    """A text as a PDF file that has it on each page, its tables with lines or without."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=0)
    for _ in range(pages):
        for n, line in enumerate(text.splitlines()):
            down = A4[1] - 60 - 14 * n
            for column, cell in enumerate(re.split(r"\s{2,}|\|", line.strip("|"))):
                canvas.drawString(60 + 100 * column, down, cell.strip())
                if ruled and line.startswith("|"):
                    canvas.rect(56 + 100 * column, down - 4, 100, 14)
        canvas.rotate(3)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _slim(data: bytes) -> bytes:
    """An Office file without its themes, properties, fonts and most of its styles, stored without compression."""
    parts = unpacked(data) or {}
    left_out = (
        "theme",
        "thumbnail",
        "docProps",
        "fontTable",
        "webSettings",
        "settings",
        "customXml",
        "stylesWithEffects",
    )
    gone = {name for name in parts if any(word in name for word in left_out)}
    for name in [name for name in parts if name.endswith(".rels") or name == "[Content_Types].xml"]:
        text = parts[name].decode()
        for word in left_out:
            text = re.sub(rf'<(?:Relationship|Override)\b[^>]*"[^"]*{word}[^"]*\.[a-z]+"[^>]*/>', "", text)
        parts[name] = text.encode()
    if "word/styles.xml" in parts:
        parts["word/styles.xml"] = _few_styles(parts["word/styles.xml"].decode()).encode()
    return packed({name: part for name, part in parts.items() if name not in gone})


def _few_styles(text: str) -> str:
    """Styles without most of what Word brings."""
    text = re.sub(r"(?s)<w:latentStyles.*?</w:latentStyles>", "", text)
    kept = iter(range(10**6))
    return re.sub(r"(?s)<w:style .*?</w:style>\s*", lambda found: found[0] if next(kept) < _STYLES else "", text)
