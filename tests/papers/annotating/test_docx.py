"""Word documents with comments: on the figure and nothing else, wherever it stands."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.annotating.comments import Comment
from grantcalc.papers.annotating.copies import annotated_here
from grantcalc.papers.readers.kinds import Kind
from grantcalc.source import Where
from tests.papers.annotating.copied import (
    changed_parts,
    copied,
    marked_in_docx,
    parents_of_marks,
    place_of,
    said_in_docx,
)
from tests.papers.test_docx import cell, deleted, inserted, table
from tests.papers.written import docx_with, parts_of, run, runs, saved, strict, zipped


def marked(body: str, figure: str = "£9,680", **parts: str) -> str:
    """What the comment on a figure of a document marks."""
    (text,) = marked_in_docx(copied(docx_with(body, **parts), Kind.DOCX, figure).data).values()
    return text


def test_a_figure_within_a_run_is_marked_and_nothing_else() -> None:
    assert marked(runs("The cost is £9,680 a year.")) == "£9,680"


def test_a_figure_that_runs_split_is_marked_whole() -> None:
    assert marked(runs("The cost is £9", ",6", "80. It falls.")) == "£9,680"


def test_a_run_that_is_split_looks_as_before() -> None:
    look = '<w:b/><w:color w:val="FF0000"/>'
    copy = copied(docx_with(f"<w:p>{run('The cost is £9,680 a year.', look)}</w:p>"), Kind.DOCX, "£9,680")
    (paragraph,) = docx.Document(BytesIO(copy.data)).paragraphs
    said = [each for each in paragraph.runs if each.text]
    assert [each.text for each in said] == ["The cost is ", "£9,680", " a year."]
    assert all(each.bold and str(each.font.color.rgb) == "FF0000" for each in said)


def test_tabs_and_line_breaks_beside_a_figure_stay_in_their_run() -> None:
    body = "<w:p><w:r><w:t>Cost</w:t><w:tab/><w:t>£9,680</w:t><w:br/><w:t>a year</w:t></w:r></w:p>"
    assert marked(body) == "£9,680"


def test_several_figures_of_one_run_are_marked_one_by_one() -> None:
    data = docx_with(runs("The parts are £4,000, £5,680 and £10; the total is £9,690."))
    copy = copied(data, Kind.DOCX, "£9,690", "£4,000", "£5,680")
    assert set(said_in_docx(copy.data)) == {"£9,690", "£4,000", "£5,680"}


def test_an_inserted_figure_is_marked_within_its_insertion() -> None:
    data = docx_with(f"<w:p>{run('The cost is ')}{inserted(run('now £9,680 a'))}{run(' year.')}</w:p>")
    copy = copied(data, Kind.DOCX, "£9,680")
    assert list(marked_in_docx(copy.data).values()) == ["£9,680"]
    assert parents_of_marks(copy.data) == ["ins", "ins"]


def test_a_figure_of_which_a_part_is_inserted_is_marked_from_run_to_run() -> None:
    body = f"<w:p>{run('The cost is £9,6')}{deleted('08')}{inserted(run('80'))}{run(' a year.')}</w:p>"
    assert marked(body) == "£9,680"


def test_cells_merged_cells_and_tables_within_cells_have_their_figures_marked() -> None:
    wide, tall, covered = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = table(cell(runs("Rope")) + cell(runs("£3,117")))
    body = table(
        cell(runs("Costs"), properties=wide) + cell(runs("Notes")),
        cell(runs("Paint")) + cell(runs("£1,2", "04")) + cell(runs("£7,001"), properties=tall),
        cell(runs("Total £4,321"), properties=wide) + cell(properties=covered),
        cell(inner, "<w:p/>") + cell(runs("£500")) + cell(runs("none")),
    )
    copy = copied(docx_with(body), Kind.DOCX, "£1,204", "£7,001", "£4,321", "£3,117")
    assert set(said_in_docx(copy.data)) == {"£1,204", "£7,001", "£4,321", "£3,117"}


def test_the_second_paragraph_of_a_cell_is_marked_there() -> None:
    body = table(cell(runs("Cost"), runs("of paint")) + cell(runs("Estimated at"), runs("£9,680 or so")))
    assert marked(body) == "£9,680"


def test_the_items_of_a_list_are_marked_without_their_bullets() -> None:
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
    assert marked(item.format(run("£9,680 for paint"))) == "£9,680"


@pytest.mark.parametrize(
    "around",
    [
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        '<w:fldSimple w:instr="=SUM(ABOVE)">{}</w:fldSimple>',
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        f'<w:hyperlink w:anchor="a">{inserted("{}")}</w:hyperlink>',
    ],
)
def test_a_link_a_field_or_a_content_control_is_marked_as_a_whole(around: str) -> None:
    data = docx_with(f"<w:p>{run('Cost: ')}{around.format(run('about £9,680 net'))}{run(' a year')}</w:p>")
    copy = copied(data, Kind.DOCX, "£9,680")
    assert list(marked_in_docx(copy.data).values()) == ["about £9,680 net"]
    assert parents_of_marks(copy.data) == ["p", "p"]


def test_a_figure_in_a_text_box_is_marked_where_the_box_is_anchored() -> None:
    box = f"<w:txbxContent>{runs('It costs £9,680.')}</w:txbxContent>"
    shape = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    data = docx_with(f"<w:p>{run('Beside the box ')}{shape}</w:p>")
    copy = copied(data, Kind.DOCX, "£9,680")
    assert parents_of_marks(copy.data) == ["p", "p"]
    (said,) = said_in_docx(copy.data).values()
    assert said.splitlines()[0] == "In the text box that is anchored here:"


def test_a_figure_in_a_footnote_is_marked_where_the_body_refers_to_it() -> None:
    body = f'<w:p>{run("Some text")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{runs("It costs £9,680.")}</w:footnote>'
    copy = copied(docx_with(body, footnotes=notes), Kind.DOCX, "£9,680")
    assert copy.remarks == ()
    (said,) = said_in_docx(copy.data).values()
    assert said.splitlines()[0] == "In the note that is marked here:"


def test_a_figure_in_a_header_is_told_at_the_beginning_and_that_is_said() -> None:
    document = docx.Document()
    document.add_paragraph("Some text")
    document.sections[0].header.paragraphs[0].text = "It costs £9,680."
    copy = copied(saved(document), Kind.DOCX, "£9,680")
    said = "Word has no comments in headers and footers: 1 comment stands at the beginning of the document instead"
    assert copy.remarks == (said,)
    assert said_in_docx(copy.data)["Some text"].startswith("In a header or footer, where Word has no comments:\n")


def test_what_is_said_of_the_whole_document_stands_at_its_beginning() -> None:
    data = docx_with(f"<w:p/>{runs('Heading')}{runs('Text')}")
    copy = annotated_here(data, Kind.DOCX, [Comment(None, ("no sum was found",))])
    assert said_in_docx(copy.data) == {"Heading": "On the document:\nno sum was found"}


def test_a_document_without_a_word_takes_a_comment() -> None:
    copy = annotated_here(docx_with(""), Kind.DOCX, [Comment(None, ("no sum was found",))])
    assert said_in_docx(copy.data) == {"": "On the document:\nno sum was found"}


def test_what_is_said_of_a_table_stands_at_its_first_cell() -> None:
    data = docx_with(runs("Before") + table(cell(runs("Paint")) + cell(runs("£1,204"))))
    copy = annotated_here(data, Kind.DOCX, [Comment(Where(table=1), ("not checked",))])
    assert said_in_docx(copy.data) == {"Paint": "not checked"}


def test_comments_that_are_there_are_kept_and_ours_numbered_after_them() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The cost is £9,680 a year.")
    document.add_comment(paragraph.runs, text="Is this right?", author="A reader", initials="AR")
    copy = copied(saved(document), Kind.DOCX, "£9,680")
    listed = [(each.comment_id, each.author, each.text) for each in docx.Document(BytesIO(copy.data)).comments]
    assert listed == [(0, "A reader", "Is this right?"), (1, "grantcalc", "£1 too small\n£9,680")]
    assert marked_in_docx(copy.data) == {"0": "The cost is £9,680 a year.", "1": "£9,680"}


def test_comments_have_no_date_and_the_copy_is_the_same_bytes_each_time() -> None:
    data = docx_with(runs("The cost is £9,680 a year."))
    copies = [copied(data, Kind.DOCX, "£9,680").data for _ in range(2)]
    assert copies[0] == copies[1]
    (comment,) = docx.Document(BytesIO(copies[0])).comments
    assert (comment.author, comment.initials, comment.timestamp) == ("grantcalc", "gc", None)


def test_all_parts_but_the_text_and_the_comments_are_kept_byte_for_byte() -> None:
    parts = parts_of(docx_with(runs("The cost is £9,680 a year.")))
    parts |= {"word/vbaProject.bin": b"\0macros", "custom/Thing.dat": b"\xff\0", "docProps/thumbnail.jpeg": b"\xff\xd8"}
    data = zipped(parts)
    assert changed_parts(data, copied(data, Kind.DOCX, "£9,680").data) == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
    }


def test_a_signature_that_no_longer_holds_is_told() -> None:
    data = zipped({**parts_of(docx_with(runs("It costs £9,680."))), "_xmlsignatures/sig1.xml": "<Signature/>"})
    said = "the document is signed, and the signature does not hold for the copy"
    assert copied(data, Kind.DOCX, "£9,680").remarks == (said,)


def test_text_of_strangers_stays_text() -> None:
    hostile = ("<w:p>&lt;]]>", '"; DROP', "=cmd|' /C calc'!A0", "{{x}} %s \\u202e")
    copy = copied(docx_with(runs("It costs £9,680.")), Kind.DOCX, "£9,680", lines=hostile)
    assert said_in_docx(copy.data) == {"£9,680": "\n".join((*hostile, "£9,680"))}


def test_what_is_said_of_a_paragraph_that_does_not_show_stands_on_the_one_before_it() -> None:
    hidden = f"<w:p>{run('It costs £9,680.', '<w:vanish/>')}</w:p>"
    data = docx_with(runs("One") + runs("Two") + hidden + runs("Three"))
    copy = annotated_here(data, Kind.DOCX, [Comment(Where(paragraph=3), ("it is hidden",))])
    assert said_in_docx(copy.data) == {"Two": "it is hidden"}


def test_a_place_that_is_not_there_is_told_at_the_beginning() -> None:
    data = docx_with(runs("It costs £9,680."))
    copy = annotated_here(data, Kind.DOCX, [Comment(Where(table=99), ("lost",))])
    assert said_in_docx(copy.data) == {"It costs £9,680.": "On the document:\nlost"}


def test_a_document_that_unpacks_to_too_much_is_not_annotated() -> None:
    data = zipped({**parts_of(docx_with(runs("It costs £9,680."))), "word/media/bomb.xml": "0" * (8 * 2**20)})
    at = place_of(docx_with(runs("It costs £9,680.")), Kind.DOCX, "£9,680")
    with pytest.raises(UnreadableContentError, match="unpacks to more than 200 times its size"):
        annotated_here(data, Kind.DOCX, [Comment(at, ("x",))])


def test_a_document_of_strict_open_xml_has_a_copy_of_the_usual_kind_and_that_is_said() -> None:
    copy = copied(strict(docx_with(runs("The cost is £9,680 a year."))), Kind.DOCX, "£9,680")
    assert set(said_in_docx(copy.data)) == {"£9,680"}
    assert copy.remarks == ("the document is saved as strict Open XML; the copy has the usual kind",)
