"""Word documents: what is text in them and what is not, and what stands under a tracked change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.evidence import gather
from grantcalc.papers.paper import RemarkKind
from grantcalc.papers.readers.docx import read_docx
from grantcalc.sums import verdict
from tests.papers.written import docx_with, parts_of, run, runs, saved, zipped

if TYPE_CHECKING:
    from grantcalc.papers.paper import Paper

BY = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
VANISH = "<w:vanish/>"


def texts(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or '<w:p/>'}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def inserted(content: str) -> str:
    return f"<w:ins {BY}>{content}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_runs_that_split_a_figure_are_one_text() -> None:
    paper = read_docx(docx_with(runs("The cost is £9", ",6", "80.")))
    assert texts(paper) == ["The cost is £9,680."]


def test_tracked_changes_are_read_as_if_accepted_and_the_figure_is_told() -> None:
    body = f"<w:p>{run('The cost is £9,6')}{deleted('08')}{inserted(run('80'))}{run(' a year.')}</w:p>"
    paper = read_docx(docx_with(body))
    assert texts(paper) == ["The cost is £9,680 a year."]
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.column) == (RemarkKind.CHANGED, 13)
    assert remark.message == (
        "£9,680 stands in a change that is neither accepted nor rejected; before it, this reads £9,608"
    )


def test_a_change_elsewhere_in_the_paragraph_is_nothing_to_tell() -> None:
    body = f"<w:p>{run('The ')}{deleted('whole ')}{inserted(run('full '))}{run('cost is £9,680.')}</w:p>"
    assert read_docx(docx_with(body)).remarks == ()


def test_a_moved_or_crossed_out_figure_counts_once() -> None:
    moved = f'<w:moveFrom w:id="2" w:author="A">{run("£100 ")}</w:moveFrom>'
    body = f"<w:p>{moved}{run('£250', '<w:strike/>')}{run('£300 for hire.')}</w:p>"
    assert texts(read_docx(docx_with(body))) == ["£300 for hire."]


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_are_told() -> None:
    gone = f"<w:trPr><w:del {BY}/></w:trPr>{cell(runs('Ropes'))}{cell(runs('£5,000'))}"
    new = f"<w:trPr><w:ins {BY}/></w:trPr>{cell(runs('Paint'))}{cell(runs('£1,204'))}"
    paper = read_docx(docx_with(table(cell(runs("Item")) + cell(runs("£")), gone, new)))
    assert tables(paper) == [[["Item", "£"], ["Paint", "£1,204"]]]
    assert [remark.at.row for remark in paper.remarks] == [3]


def test_merged_cells_are_read_once_and_columns_stay_under_each_other() -> None:
    across, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    paper = read_docx(
        docx_with(
            table(
                cell(runs("Post")) + cell(runs("Cost of two years"), properties=across),
                cell(runs("Officer"), properties=down) + cell(runs("£31,200")) + cell(runs("£32,100")),
                cell(properties=on) + cell(runs("£16,300")) + cell(runs("£17,000")),
                cell(runs("Total"), properties='<w:gridSpan w:val="2"/>') + cell(runs("£49,100")),
            )
        )
    )
    assert tables(paper) == [
        [
            ["Post", "Cost of two years", ""],
            ["Officer", "£31,200", "£32,100"],
            ["", "£16,300", "£17,000"],
            ["Total", "", "£49,100"],
        ]
    ]
    assert [(c.at.row, c.at.table_column) for c in paper.tables[0].rows[1].cells] == [(2, 1), (2, 2), (2, 3)]


def test_content_controls_are_read() -> None:
    inner = f"<w:sdt><w:sdtContent>{run('£48,500')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{runs('Second.')}</w:sdtContent></w:sdt>"
    assert texts(read_docx(docx_with(f"<w:p>{run('The grant of ')}{inner}</w:p>{block}"))) == [
        "The grant of £48,500",
        "Second.",
    ]


def test_hidden_text_field_codes_and_footnote_marks_are_no_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> = 9 * 9 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("£81") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    raised = run("3", '<w:vertAlign w:val="superscript"/>')
    body = f"<w:p>{run('Cost ')}{run('£77 or ', VANISH)}{field}{raised}{run(' on the 1')}"
    body += run("st", '<w:vertAlign w:val="superscript"/>') + "</w:p>"
    assert texts(read_docx(docx_with(body))) == ["Cost £81 on the 1st"]


def test_footnotes_headers_and_text_boxes_are_read_after_the_text() -> None:
    box = f"<w:txbxContent>{runs('In a box: £5.')}</w:txbxContent>"
    shape = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('Cost £9,680')}<w:r><w:footnoteReference w:id='1'/></w:r><w:r>{shape}</w:r></w:p>"
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{runs("----")}</w:footnote>'
        f'<w:footnote w:id="1">{runs("Of which £9,000 is pay.")}</w:footnote>'
    )
    assert texts(read_docx(docx_with(body, footnotes=notes))) == [
        "Cost £9,680",
        "In a box: £5.",
        "Of which £9,000 is pay.",
    ]


def test_headers_and_footers_are_read_once() -> None:
    document = docx.Document()
    document.add_paragraph("The cost is £5.")
    document.sections[0].footer.paragraphs[0].text = "Budget 2026"
    document.add_section()
    document.sections[1].footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "Budget 2026"
    assert texts(read_docx(saved(document))) == ["The cost is £5.", "Budget 2026"]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = table(cell(runs("Pay")) + cell(runs("£5")))
    paper = read_docx(docx_with(table(cell(runs("Costs"), inner, "<w:p/>"))))
    assert tables(paper) == [[["Costs"]], [["Pay", "£5"]]]


def test_the_numbers_of_a_list_are_no_amounts_and_its_items_are_read_together() -> None:
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    listed = "".join(f"<w:p>{item}{run(text)}</w:p>" for text in ("£31,200 for staff", "£17,300 for premises"))
    paper = read_docx(docx_with(runs("The grant of £48,500 is made up of:") + listed))
    (a_sum,) = gather(paper).sums
    assert [part.figure.text for part in a_sum.parts] == ["£31,200", "£17,300"]
    assert [part.figure.at.column for part in a_sum.parts] == [1, 1]  # type: ignore[union-attr]


def test_lines_with_tabs_are_a_table_and_know_their_paragraphs() -> None:
    lines = ("Staff\t£31,200", "Premises\t£16,300", "Total\t£47,500")
    body = "".join(f"<w:p>{run(line).replace(chr(9), '</w:t><w:tab/><w:t>')}</w:p>" for line in lines)
    (a_sum,) = gather(read_docx(docx_with(runs("Costs:") + body))).sums
    assert verdict(a_sum).value == "exact"
    assert [part.figure.at.paragraph for part in a_sum.parts] == [2, 3]  # type: ignore[union-attr]


def test_sentences_in_a_cell_are_running_text() -> None:
    long = "The grant of £48,500 is made up of £31,200 for the staff of the new hub and £17,300 for the premises that "
    long += "it will share with the council until the end of the period."
    paper = read_docx(docx_with(table(cell(runs("Decision")) + cell(runs(long)))))
    (a_sum,) = gather(paper).sums
    assert (a_sum.total.text, a_sum.total.at.table_column) == ("£48,500", 2)  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml"])
def test_a_damaged_document_is_said_to_be_damaged(part: str) -> None:
    parts: dict[str, bytes | str] = dict(parts_of(docx_with(runs("Hello"))))
    parts[part] = "<w:document"
    with pytest.raises(UnreadableContentError, match="damaged"):
        read_docx(zipped(parts))


def test_a_row_whose_cells_hold_a_line_for_each_item_is_as_many_rows() -> None:
    rows = [("Item", "Cost"), ("Pay\nRent", "£31,200\n£16,300"), ("Total", "£47,500")]
    body = table(*("".join(cell(*(runs(line) for line in text.split("\n"))) for text in row) for row in rows))
    paper = read_docx(docx_with(body))
    assert tables(paper) == [[["Item", "Cost"], ["Pay", "£31,200"], ["Rent", "£16,300"], ["Total", "£47,500"]]]
    (a_sum,) = gather(paper).sums
    places = [part.figure.at for part in a_sum.parts]
    assert [(at.row, at.column) for at in places] == [(2, 1), (2, 9)]  # type: ignore[union-attr]


def test_an_address_beside_one_amount_stays_one_cell() -> None:
    body = table(cell(runs("1 High Street"), runs("2nd floor")) + cell(runs("£31,200")))
    assert tables(read_docx(docx_with(body))) == [[["1 High Street\n2nd floor", "£31,200"]]]
