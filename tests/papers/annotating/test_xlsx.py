"""Workbooks with notes: beside what the cells have already, and with all else kept."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.annotating.comments import Comment
from grantcalc.papers.annotating.copies import annotated_here
from grantcalc.papers.readers.archive import checked_archive
from grantcalc.papers.readers.kinds import Kind
from grantcalc.source import Where
from tests.papers.annotating.copied import changed_parts, copied, said_in_xlsx
from tests.papers.written import parts_of, strict, xlsx_of, zipped

ROWS = [["Item", "Cost"], ["Paint", 1204], ["Rope", 3117], ["Total", 4322]]
NOTE = "grantcalc:\n£1 too small\n4322"


def at(sheet: str, cell: str) -> Where:
    return Where(sheet=sheet, cell=cell)


def noted(data: bytes, sheet: str, cell: str, *lines: str) -> dict[str, str]:
    """The notes of a workbook once a cell has one more."""
    return said_in_xlsx(annotated_here(data, Kind.XLSX, [Comment(at(sheet, cell), lines)]).data)


def test_a_cell_has_what_is_said_of_its_figure_as_a_note() -> None:
    copy = copied(xlsx_of(ROWS), Kind.XLSX, "4322")
    assert said_in_xlsx(copy.data) == {"Sheet1!B4": NOTE}
    comment = openpyxl.load_workbook(BytesIO(copy.data))["Sheet1"]["B4"].comment
    assert comment is not None
    assert comment.author == "grantcalc"


def test_a_merged_cell_has_the_note_at_its_first_cell() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Item", "Cost", "and tax"])
        sheet.write_row("A2", ["Paint", 1204, 5])
        sheet.merge_range("B3:C4", 4322)
    copy = copied(buffer.getvalue(), Kind.XLSX, "4322")
    assert said_in_xlsx(copy.data) == {"Sheet1!B3": NOTE}


def rich_workbook() -> bytes:
    """A workbook with a chart, a picture, a list to choose from, colours by rule, a table and a note."""
    pixel = BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
    )
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Costs")
        for r, row in enumerate(ROWS):
            sheet.write_row(r, 0, row)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Costs!$B$2:$B$3"})
        sheet.insert_chart("E2", chart)
        sheet.insert_image("E20", "pixel.png", {"image_data": pixel})
        sheet.data_validation("D2", {"validate": "list", "source": ["yes", "no"]})
        sheet.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_table("H1:I3", {"columns": [{"header": "Code"}, {"header": "Site"}]})
        sheet.write_comment("A2", "Which paint?", {"author": "A reader"})
        sheet.protect("secret")
        book.add_worksheet("Notes").write_row("A1", ["Nothing", "here"])
    return buffer.getvalue()


def test_charts_pictures_tables_and_rules_are_kept_byte_for_byte() -> None:
    data = rich_workbook()
    assert changed_parts(data, copied(data, Kind.XLSX, "4322").data) == {
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }


def test_a_sheet_without_notes_is_changed_by_one_element_in_its_place() -> None:
    data = zipped(
        {
            name: part
            for name, part in parts_of(rich_workbook()).items()
            if "omments" not in name and "vmlDrawing" not in name
        }
    )
    parts = parts_of(data)
    sheet, links = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    parts[sheet] = re.sub(rb"<legacyDrawing [^>]*/>", b"", parts[sheet])
    parts[links] = re.sub(rb"<Relationship [^>]*(?:vmlDrawing|comments)[^>]*/>", b"", parts[links])
    data = zipped({**parts, "xl/vbaProject.bin": b"\0macros"})
    copy = copied(data, Kind.XLSX, "4322").data
    assert changed_parts(data, copy) == {
        "[Content_Types].xml",
        "xl/comments.xml",
        "xl/drawings/vmlDrawing.vml",
        sheet,
        links,
    }
    new = parts_of(copy)[sheet]
    added = re.findall(rb"<legacyDrawing [^>]*/>", new)
    assert len(added) == 1
    assert new.replace(added[0], b"").split(b"?>", 1)[1].strip() == parts[sheet].split(b"?>", 1)[1].strip()
    assert new.index(b"<drawing ") < new.index(added[0]) < new.index(b"<tableParts")
    assert said_in_xlsx(copy) == {"Costs!B4": NOTE}


def test_notes_of_others_are_kept_and_one_in_the_same_cell_has_ours_below() -> None:
    data = rich_workbook()
    assert noted(data, "Costs", "B4", "£1 too small") == {
        "Costs!A2": "Which paint?",
        "Costs!B4": "grantcalc:\n£1 too small",
    }
    assert noted(data, "Costs", "A2", "not a figure") == {"Costs!A2": "Which paint?\n\ngrantcalc:\nnot a figure"}


def test_boxes_of_notes_are_numbered_after_those_that_are_there() -> None:
    drawing = parts_of(copied(rich_workbook(), Kind.XLSX, "4322").data)["xl/drawings/vmlDrawing1.vml"]
    numbers = re.findall(rb'<v:shape [^>]*id="_x0000_s(\d+)"', drawing)
    assert numbers == [b"1025", b"1026"]
    assert drawing.count(b"<v:shapetype ") == 1
    assert b"<x:Row>3</x:Row><x:Column>1</x:Column>" in drawing


def test_a_cell_with_a_conversation_is_left_as_it_is_and_what_it_lacks_is_told() -> None:
    parts = parts_of(rich_workbook())
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    parts[links] = parts[links].replace(b"</Relationships>", link.encode())
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    talk = f'<ThreadedComments xmlns="{space}"><threadedComment ref="A2" id="{{1}}"/></ThreadedComments>'
    data = zipped({**parts, "xl/threadedComments/threadedComment1.xml": talk})
    copy = annotated_here(data, Kind.XLSX, [Comment(at("Costs", "A2"), ("£1 too small", "", "to mend: look"))])
    said = "Costs!A2 has a conversation, beside which Excel has no note; not put there: £1 too small · to mend: look"
    assert copy.remarks == (said,)
    assert said_in_xlsx(copy.data) == {"Costs!A2": "Which paint?"}


def test_what_is_said_of_the_whole_or_of_a_hidden_sheet_stands_in_the_first_cell_that_shows() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Old").write("A1", 5)
        book.add_worksheet("New").write("A1", 6)
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()
    data = buffer.getvalue()
    assert said_in_xlsx(annotated_here(data, Kind.XLSX, [Comment(None, ("no sum",))]).data) == {
        "New!A1": "grantcalc:\nOn the document:\nno sum"
    }
    hidden = Comment(Where(sheet="Old"), ("it is hidden",))
    assert said_in_xlsx(annotated_here(data, Kind.XLSX, [hidden]).data) == {"New!A1": "grantcalc:\nit is hidden"}


def test_a_note_is_text_whatever_it_begins_with() -> None:
    hostile = ("=cmd|' /C calc'!A0", "<b>&]]>", "_x0041_ and _x000D_")
    copy = annotated_here(xlsx_of(ROWS), Kind.XLSX, [Comment(at("Sheet1", "B4"), hostile)])
    assert said_in_xlsx(copy.data) == {"Sheet1!B4": "grantcalc:\n" + "\n".join(hostile).replace("_x", "_x005F_x")}
    assert openpyxl.load_workbook(BytesIO(copy.data))["Sheet1"]["B4"].value == 4322


def test_a_note_is_no_longer_than_excel_takes() -> None:
    (said,) = noted(xlsx_of(ROWS), "Sheet1", "B4", "£" * 40_000).values()
    assert len(said) < 32_767
    assert said.endswith("… (more is said in the report)")


def test_notes_of_several_sheets_have_drawings_of_their_own_and_the_same_bytes_each_time() -> None:
    data = xlsx_of(ROWS, ROWS)
    comments = [Comment(at(sheet, "B4"), ("£1 too small",)) for sheet in ("Sheet1", "Sheet2")]
    copies = [annotated_here(data, Kind.XLSX, comments).data for _ in range(2)]
    assert copies[0] == copies[1]
    assert len(said_in_xlsx(copies[0])) == 2
    drawings = [part for name, part in parts_of(copies[0]).items() if name.endswith(".vml")]
    assert [re.findall(rb'data="(\d+)"|id="_x0000_s(\d+)"', each) for each in drawings] == [
        [(b"1", b""), (b"", b"1025")],
        [(b"2", b""), (b"", b"2049")],
    ]


def test_a_box_at_the_last_cell_of_a_sheet_stays_on_it() -> None:
    data = xlsx_of(ROWS)
    copy = annotated_here(data, Kind.XLSX, [Comment(at("Sheet1", "XFD1048576"), ("far",))])
    (anchor,) = re.findall(rb"<x:Anchor>([^<]*)<", parts_of(copy.data)["xl/drawings/vmlDrawing.vml"])
    left, _, top, _, right, _, bottom, _ = (int(number) for number in anchor.split(b","))
    assert left < right < 16_384
    assert top < bottom < 1_048_576


def test_a_drawing_of_notes_that_is_not_understood_is_not_written_over() -> None:
    parts = parts_of(rich_workbook())
    parts["xl/drawings/vmlDrawing1.vml"] = b"\xff\xfe<\0x\0"
    with pytest.raises(UnreadableContentError, match="drawn in a way that is not known"):
        copied(zipped(parts), Kind.XLSX, "4322")


def test_a_workbook_of_strict_open_xml_keeps_its_kind() -> None:
    data = strict(xlsx_of(ROWS))
    copy = copied(data, Kind.XLSX, "4322")
    assert copy.remarks == ()
    parts = parts_of(copy.data)
    assert b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"' in parts["xl/comments.xml"]
    assert (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in (parts["xl/worksheets/_rels/sheet1.xml.rels"])
    )
    assert said_in_xlsx(checked_archive(copy.data)) == {"Sheet1!B4": NOTE}
