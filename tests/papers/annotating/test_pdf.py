"""PDF files with highlights: around the figure as it is shown, behind the bytes of the file."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdfium2 import raw
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.annotating.comments import Comment
from grantcalc.papers.annotating.copies import annotated_here
from grantcalc.papers.readers.kinds import Kind
from grantcalc.source import Where
from tests.papers.annotating.copied import annotations_in_pdf, copied, place_of
from tests.papers.drawn import LEFT, Pages

ROWS = [["Item", "Cost", "Tax"], ["Paint", "1,204", "12"], ["Rope", "3,117", "31"], ["Total", "4,322", "43"]]
WIDTHS = (160, 100, 100)


def drawn(style: str = "ruled") -> bytes:
    """A page with a table."""
    drawing = Pages()
    drawing.lines("The costs of the year")
    drawing.table(ROWS, WIDTHS, style)
    return drawing.data()


@pytest.mark.parametrize("style", ["ruled", "unruled"])
def test_a_figure_of_a_table_is_highlighted_with_what_is_said_of_it(style: str) -> None:
    copy = copied(drawn(style), Kind.PDF, "4,322", lines=("£1 too small", "to mend: ≈ (look) \\ it up"))
    (found,) = annotations_in_pdf(copy.data)
    assert found["kind"] == raw.FPDF_ANNOT_HIGHLIGHT
    assert found["text"] == "4,322"
    assert found["said"] == "£1 too small\nto mend: ≈ (look) \\ it up\n4,322"
    assert found["by"] == "grantcalc"
    assert copy.remarks == ()


def test_a_figure_in_a_sentence_is_highlighted_alone() -> None:
    drawing = Pages()
    drawing.lines("The parts are £4,000 and £5,680, which\nmakes £9,690 in all (£10 above the plan).")
    copy = copied(drawing.data(), Kind.PDF, "£9,690", "£5,680", "£10")
    assert {each["text"]: each["said"].splitlines()[-1] for each in annotations_in_pdf(copy.data)} == {
        "£9,690": "£9,690",
        "£5,680": "£5,680",
        "£10": "£10",
    }


def test_a_sentence_that_goes_on_over_a_page_has_its_figure_highlighted_where_it_stands() -> None:
    drawing = Pages()
    drawing.lines("The grant is paid in two parts, one for posts of £4,000 and")
    drawing.turn()
    drawing.lines("one for premises of £5,680.")
    copy = copied(drawing.data(), Kind.PDF, "£5,680")
    assert annotations_in_pdf(copy.data, 1) == []
    assert [each["text"] for each in annotations_in_pdf(copy.data, 2)] == ["£5,680"]


def test_a_table_that_goes_on_over_a_page_has_its_figure_highlighted_where_it_stands() -> None:
    drawing = Pages()
    drawing.table(ROWS[:3], WIDTHS)
    drawing.turn()
    drawing.table([ROWS[0], ROWS[3]], WIDTHS)
    data = drawing.data()
    assert place_of(data, Kind.PDF, "4,322").page == 2
    copy = copied(data, Kind.PDF, "4,322")
    assert annotations_in_pdf(copy.data, 1) == []
    assert [each["text"] for each in annotations_in_pdf(copy.data, 2)] == ["4,322"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("corner", [(0, 0), (-30, 45)])
def test_a_page_that_is_turned_or_begins_elsewhere_is_highlighted_where_it_shows(
    turned: int, corner: tuple[int, int]
) -> None:
    across, up = corner
    file = BytesIO()
    canvas = Canvas(file, pagesize=(400, 400), invariant=1)
    canvas.translate(200 + across, 200 + up)
    canvas.rotate(turned)
    canvas.drawString(-100, 50, "The cost is £9,690 a year.")
    canvas.save()
    box = f"/MediaBox [ {across} {up} {400 + across} {400 + up} ]".encode()
    data = file.getvalue().replace(b"/MediaBox [ 0 0 400 400 ]", box).replace(b"/Rotate 0", b"/Rotate %d" % turned)
    (found,) = annotations_in_pdf(copied(data, Kind.PDF, "£9,690").data)
    left, bottom, right, top = found["at"]
    wide, high = (right - left, top - bottom) if turned in (0, 180) else (top - bottom, right - left)
    before, figure = (stringWidth(text, "Helvetica", 12) for text in ("The cost is ", "£9,690"))
    assert wide == pytest.approx(figure + 2, abs=0.5)
    assert high == pytest.approx(12, abs=0.5)
    # The page as it is shown has its words at one place, however it is turned in the file.
    x, y = (left + right) / 2 - 200 - across, (bottom + top) / 2 - 200 - up
    shown = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turned]
    assert shown == pytest.approx((before + figure / 2 - 100, 53), abs=1)


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("beside", ["", "The costs are set out on the side of this page, and are those of this year."])
def test_a_table_that_is_set_on_its_side_is_highlighted_where_it_stands(degrees: int, beside: str) -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 600), invariant=1)
    canvas.drawString(60, 30, beside)
    canvas.translate(300, 300)
    canvas.rotate(degrees)
    for n, row in enumerate(ROWS):
        for place, text in zip((-200, 0, 100), row, strict=True):
            canvas.drawString(place, 100 - 20 * n, text)
    canvas.save()
    (found,) = annotations_in_pdf(copied(file.getvalue(), Kind.PDF, "4,322").data)
    left, bottom, right, top = found["at"]
    x, y = (left + right) / 2 - 300, (bottom + top) / 2 - 300
    shown = {90: (y, -x), 180: (-x, -y), 270: (-y, x)}[degrees]
    assert shown == pytest.approx((stringWidth("4,322", "Helvetica", 12) / 2, 43), abs=1)


def test_the_bytes_of_the_file_are_kept_and_the_copy_is_the_same_each_time() -> None:
    data = drawn()
    copies = [copied(data, Kind.PDF, "4,322", "43").data for _ in range(2)]
    assert copies[0] == copies[1]
    assert copies[0].startswith(data)
    assert not re.search(rb"/(?:M|CreationDate) ?\(D:", copies[0][len(data) :])


def test_a_file_without_a_number_of_its_own_is_copied_to_the_same_bytes_each_time() -> None:
    data = re.sub(rb"/ID\s*\[[^]]*\]", b"", drawn())
    assert b"/ID" not in data
    copies = [copied(data, Kind.PDF, "4,322").data for _ in range(2)]
    assert copies[0] == copies[1]


def with_stream_of_contents(data: bytes) -> bytes:
    """A file whose table of contents is a stream, as newer programs write it."""
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    entries = re.findall(rb"(\d{10}) (\d{5}) [nf] ?\n", data[start:])
    (root,) = re.findall(rb"/Root (\d+) 0 R", data[start:])
    table = b"".join(
        bytes([n > 0]) + int(at).to_bytes(4, "big") + int(gen).to_bytes(2, "big") for n, (at, gen) in enumerate(entries)
    )
    table += b"\1" + start.to_bytes(4, "big") + b"\0\0"
    size = len(entries) + 1
    head = f"{size - 1} 0 obj\n<</Type/XRef/Size {size}/W[1 4 2]/Root {int(root)} 0 R/Length {len(table)}>>stream\n"
    tail = f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n"
    return data[:start] + head.encode() + table + tail.encode()


def test_a_file_with_a_stream_for_its_table_of_contents_is_whole_afterwards() -> None:
    data = with_stream_of_contents(drawn())
    copy = copied(data, Kind.PDF, "4,322").data
    assert copy.startswith(data)
    assert [each["text"] for each in annotations_in_pdf(copy)] == ["4,322"]
    start = int(re.findall(rb"startxref\s+(\d+)", copy)[-1])
    assert re.match(rb"\d+ 0 obj\s*<</Type/XRef", copy[start:])
    assert copy.rstrip().endswith(b"%%EOF")
    assert re.search(rb"endstream\s+endobj\s+startxref", copy[start:])


def test_a_file_whose_table_of_contents_is_damaged_is_annotated_all_the_same() -> None:
    data = re.sub(rb"startxref\s+\d+", b"startxref\n99999", drawn())
    assert [each["text"] for each in annotations_in_pdf(copied(data, Kind.PDF, "4,322").data)] == ["4,322"]


def test_annotations_that_are_there_are_kept() -> None:
    first = copied(drawn(), Kind.PDF, "4,322").data
    both = copied(first, Kind.PDF, "43").data
    assert [each["text"] for each in annotations_in_pdf(both)] == ["4,322", "43"]


def test_what_is_said_of_a_page_or_of_the_whole_is_a_note_in_its_corner() -> None:
    drawing = Pages()
    drawing.lines("Words")
    drawing.turn()
    drawing.fill(LEFT, 100, 200, 200)
    comments = [
        Comment(None, ("no sum was found",)),
        Comment(Where(page=1), ("a remark",)),
        Comment(Where(page=2), ("a scan",)),
    ]
    copy = annotated_here(drawing.data(), Kind.PDF, comments).data
    first, second = annotations_in_pdf(copy, 1)
    (third,) = annotations_in_pdf(copy, 2)
    assert [each["said"] for each in (first, second, third)] == [
        "On the document:\nno sum was found",
        "a remark",
        "a scan",
    ]
    assert {each["kind"] for each in (first, second, third)} == {raw.FPDF_ANNOT_TEXT}
    assert first["at"][2] < second["at"][0]


def test_a_place_that_is_not_found_is_told() -> None:
    copy = annotated_here(drawn(), Kind.PDF, [Comment(Where(page=1, table=9, row=1, table_column=1), ("lost",))])
    assert copy.remarks == ("1 comment stands in the corner of the page, since the place on it was not found",)


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnreadableContentError, match="the file has no page 7"):
        annotated_here(drawn(), Kind.PDF, [Comment(Where(page=7), ("lost",))])
