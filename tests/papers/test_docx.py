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
from tests.papers.written import docx_with, parts_of, run, runs, saved, strict, with_styles, zipped

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


def test_what_another_language_of_xml_calls_a_paragraph_or_a_table_is_none() -> None:
    foreign = '<x:p xmlns:x="urn:x">£7</x:p><x:tbl xmlns:x="urn:x"><x:tr/></x:tbl>'
    paper = read_docx(docx_with(runs("The cost is £9,680.") + foreign))
    assert (texts(paper), tables(paper)) == (["The cost is £9,680."], [])


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


def test_a_figure_that_is_taken_out_beside_another_does_not_change_that() -> None:
    body = f"<w:p>{deleted('£9,608 or ')}{run('£9,680')}{deleted(' or £9,860')}{run(' a year.')}</w:p>"
    paper = read_docx(docx_with(body))
    assert (texts(paper), paper.remarks) == (["£9,680 a year."], ())


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


def test_tables_that_lie_too_deep_in_each_other_are_said() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100
    with pytest.raises(UnreadableContentError, match="too deep in each other"):
        read_docx(docx_with(deep))


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


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr>{normal}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Draft"><w:basedOn w:val="Note"/></w:style>
<w:style w:type="paragraph" w:styleId="Final"><w:basedOn w:val="Draft"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:basedOn w:val="Secret2"/></w:style>
<w:style w:type="character" w:styleId="Secret2"><w:basedOn w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


def styled(text: str, paragraph: str = "", properties: str = "", defaults: str = "", normal: str = "") -> Paper:
    style = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    body = docx_with(f"<w:p>{style}{run(text, properties)}</w:p>")
    return read_docx(with_styles(body, STYLES.format(defaults=defaults, normal=normal)))


def of_style(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("paragraph", "properties", "defaults", "normal"),
    [
        ("Note", "", "", ""),
        ("Draft", "", "", ""),
        ("", of_style("Secret"), "", ""),
        ("", of_style("Gone"), "", ""),
        ("Final", VANISH, "", ""),
        ("", "", VANISH, ""),
        ("", "", "", VANISH),
    ],
)
def test_text_that_styles_hide_or_cross_out_is_no_text(
    paragraph: str, properties: str, defaults: str, normal: str
) -> None:
    assert texts(styled("It costs £999.", paragraph, properties, defaults, normal)) == []


@pytest.mark.parametrize(
    ("paragraph", "properties", "defaults", "normal"),
    [
        ("Final", "", "", ""),
        ("Note", of_style("Secret"), "", ""),  # both switch it on, and so neither does
        ("Note", '<w:vanish w:val="false"/>', "", ""),
        ("", '<w:vanish w:val="0"/>', VANISH, ""),
        ("", of_style("Round"), "", ""),
        ("Unknown", of_style("Unknown"), "", ""),
        ("Final", "", "", VANISH),
        ("", "<w:webHidden/>", "", ""),
    ],
)
def test_text_that_styles_show_again_is_read(paragraph: str, properties: str, defaults: str, normal: str) -> None:
    assert texts(styled("It costs £5.", paragraph, properties, defaults, normal)) == ["It costs £5."]


@pytest.mark.parametrize("properties", [of_style("Mark"), '<w:position w:val="8"/><w:sz w:val="19"/>'])
def test_the_mark_of_a_footnote_may_be_raised_by_a_style_or_lifted(properties: str) -> None:
    body = docx_with(f"<w:p>{run('It costs £5')}{run('1', properties)}{run('.')}</w:p>")
    assert texts(read_docx(with_styles(body, STYLES.format(defaults="", normal="")))) == ["It costs £5."]


def test_a_hidden_amount_is_told_and_hidden_words_are_not() -> None:
    paper = read_docx(docx_with(f"<w:p>{run('It costs £5.')}{run(' Once it was £6,000.', VANISH)}</w:p>"))
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.paragraph) == (RemarkKind.HIDDEN, 1)
    assert remark.message == "£6,000 is hidden here; it was not read"
    assert read_docx(docx_with(f"<w:p>{run('It costs £5.')}{run(' See note 3.', VANISH)}</w:p>")).remarks == ()


def test_a_hidden_row_of_a_table_is_left_out_and_told() -> None:
    hidden = f"<w:trPr><w:hidden/></w:trPr>{cell(runs('Rent'))}{cell(runs('2,000'))}"
    paper = read_docx(docx_with(table(cell(runs("Pay")) + cell(runs("5,000")), hidden)))
    assert tables(paper) == [[["Pay", "5,000"]]]
    (remark,) = paper.remarks
    assert (remark.at.table, remark.at.row, remark.message) == (1, 2, "2,000 is hidden here; it was not read")


def test_a_document_of_strict_open_xml_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("The cost is £5.")
    document.sections[0].footer.paragraphs[0].text = "Budget 2026"
    assert texts(read_docx(strict(saved(document)))) == ["The cost is £5.", "Budget 2026"]


def test_items_that_a_style_numbers_are_read_together_and_numbered_headings_are_none() -> None:
    numbered = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    styled_as = f"<w:style w:type='paragraph' w:styleId='{{}}'><w:pPr>{numbered}{{}}</w:pPr></w:style>"
    styles = styled_as.format("Point", "") + styled_as.format("Kop1", "<w:outlineLvl w:val='0'/>")
    said = (("Kop1", "Costs"), ("Point", "£5,000 for pay"), ("Point", "£2,000 for rent"))
    body = "".join(f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{run(text)}</w:p>" for style, text in said)
    assert texts(read_docx(with_styles(docx_with(body), styles))) == [
        "Costs",
        "• £5,000 for pay",
        "• £2,000 for rent",
    ]
    body = runs("The grant of £7,000 is made up of:") + body.partition("</w:p>")[2]
    (a_sum,) = gather(read_docx(with_styles(docx_with(body), styles))).sums
    assert verdict(a_sum).value == "exact"


def test_signs_soft_hyphens_and_fixed_spaces_do_not_cut_a_figure() -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>'
    other = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    soft = "<w:r><w:t>£75,</w:t><w:softHyphen/><w:t>639</w:t></w:r>" + run(" and £1\N{NO-BREAK SPACE}200")
    body = f"<w:p>{run('4 ')}{sign}{run(' £50')}{other}{run('6 is ')}{soft}</w:p>"
    (paragraph,) = read_docx(docx_with(body)).paragraphs
    assert paragraph.text == "4 × £50□6 is £75,639 and £1\N{NO-BREAK SPACE}200"


def test_what_is_embedded_or_included_is_said_to_be_unread() -> None:
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="{}"/>'
    objects = "".join(
        f"<w:r><w:object>{ole.format(made)}</w:object></w:r>" for made in ("Excel.Sheet.12", "Equation.3")
    )
    paper = read_docx(docx_with(f"{runs('Costs.')}<w:p>{objects}</w:p><w:altChunk/>"))
    assert [(each.at.paragraph, each.reason.partition(",")[0]) for each in paper.unread] == [
        (2, "an Excel sheet is embedded here as a picture"),
        (2, "another file is included here"),
    ]
