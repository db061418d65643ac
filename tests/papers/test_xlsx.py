"""Workbooks: what their cells show, which formulas have no value, and what is hidden."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from grantcalc.errors import UnreadableContentError
from grantcalc.papers.evidence import gather
from grantcalc.papers.paper import RemarkKind
from grantcalc.papers.readers.formulas import added
from grantcalc.papers.readers.xlsx import read_xlsx
from grantcalc.report.places import within_text
from grantcalc.source import Where
from grantcalc.sums import verdict
from tests.papers.written import NO_VALUE, parts_of, strict, xlsx_of, zipped

if TYPE_CHECKING:
    from grantcalc.papers.paper import Paper

COSTS: list[list[object]] = [["Item", "2025"], ["Paint", 1204], ["Rope", 3117], ["Total", ("=SUM(B2:B3)", 4321)]]


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


def test_a_formula_has_the_value_that_was_calculated_last() -> None:
    (a_sum,) = gather(read_xlsx(xlsx_of(COSTS))).sums
    assert verdict(a_sum).value == "exact"
    assert isinstance(a_sum.total.at, Where)
    assert within_text(a_sum.total.at) == "sheet Sheet1, cell B4"


def test_a_formula_without_a_value_is_said_and_is_not_nought() -> None:
    rows = [*COSTS[:3], ["Total", ("=SUM(B2:B3)", NO_VALUE)], ["Half", ("=B4/2", NO_VALUE)]]
    paper = read_xlsx(xlsx_of(rows))
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.cell) == (RemarkKind.NOT_CALCULATED, "B4")
    assert remark.message == "2 formulas from here on have not been calculated, and no value was read there"
    assert gather(paper).sums == ()


def test_a_formula_whose_text_is_empty_is_calculated() -> None:
    assert read_xlsx(xlsx_of([*COSTS, ["Note", ('=IF(B4=0,"x","")', "")]])).remarks == ()


@pytest.mark.parametrize(
    ("number", "shown", "text", "value", "unit"),
    [
        (75639.4, "#,##0", "75,639", 75639, 1),
        (75639.5, "#,##0.00", "75,639.50", 75639.5, None),
        (75639, "#,##0,", "76", 76000, 1000),
        (2235000, '0.0,,"m"', "2.2m", 2200000, 100000),
        (-363, "#,##0;(#,##0)", "(363)", -363, 1),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50", 1234.5, None),
        (0.1 + 0.2, "General", "0.3", 0.3, 0.1),
        (1234567, '[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "£1.2m", 1200000, 100000),
        (75639, '[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "£76k", 76000, 1000),
        (363, '[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "£363", 363, 1),
        (-363, '[>999]#,##0,"k";#,##0', "-363", -363, 1),
        (-363, "[<0](#,##0);#,##0", "(363)", -363, 1),
        (-363.5, "#,##0;[Red](#,##0)", "(364)", -364, 1),
        (75639, '_-"£"* #,##0.00_-;\\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "£75,639.00", 75639, None),
        (-363, '_-[$£-809]* #,##0_-;\\-[$£-809]* #,##0_-;_-[$£-809]* "-"??_-;_-@_-', "-£363", -363, 1),
        (-363, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "(363)", -363, 1),
        (75639, "@", "75639", 75639, 1),
        (1234.5, "#,##0.##", "1,234.5", 1234.5, 0.1),
        (1200, "#,##0.##", "1,200", 1200, 1),
        (5, "# ?/?", "5", 5, 1),
    ],
)
def test_the_number_format_decides_what_is_printed(
    number: float, shown: str, text: str, value: float, unit: float | None
) -> None:
    paper = read_xlsx(xlsx_of([["Cost", number], ["More", 5]], formats={(0, 1): shown}))
    (found,) = paper.tables[0].rows[0].cells[1].found
    assert (found.figure.text, float(found.figure.value)) == (text, value)
    assert (None if found.figure.unit is None else float(found.figure.unit)) == unit


@pytest.mark.parametrize("number_format", ["General", "#,##0", "£#,##0.00;[Red](#,##0.00)", "0%"])
def test_a_number_beyond_all_amounts_is_read_beside_the_others(number_format: str) -> None:
    rows = [*COSTS, ["Note", 1e308], ["Debt", -1e30]]
    paper = read_xlsx(xlsx_of(rows, formats={(len(COSTS), 1): number_format, (len(COSTS) + 1, 1): number_format}))
    assert gather(paper).sums == gather(read_xlsx(xlsx_of(COSTS))).sums
    assert [row[1] for row in tables(paper)[0][-2:]] == ["1E+308", "-1E+30"]


@pytest.mark.parametrize(
    "shown", ["#,##0;-#,##0;", '_-£* #,##0_-;-£* #,##0_-;_-£* "-"_-;_-@_-', '0;0;"nil"', '[=0]"-";0']
)
def test_nought_that_is_shown_as_a_dash_or_not_at_all_is_no_figure(shown: str) -> None:
    paper = read_xlsx(xlsx_of([["Cost", 0], ["More", 5]], formats={(0, 1): shown}))
    assert paper.tables == () or paper.tables[0].rows[0].cells[-1].found == ()


def test_a_number_for_which_its_format_shows_words_is_no_figure() -> None:
    paper = read_xlsx(xlsx_of([["Cost", 4321, 1], ["More", 5, 2]], formats={(0, 1): '"paid"'}))
    assert paper.tables[0].rows[0].cells[1].text == "paid"
    assert paper.tables[0].rows[0].cells[1].found == ()


def test_a_number_that_its_format_does_not_show_is_read_and_said() -> None:
    paper = read_xlsx(xlsx_of(COSTS, formats={(2, 1): ";;;"}))
    (remark,) = paper.remarks
    assert (remark.kind, remark.at.cell) == (RemarkKind.HIDDEN, "B3")
    assert remark.message == "its number format shows nothing; what stands there was read"
    assert len(gather(paper).sums) == 1


@pytest.mark.parametrize("part", ["workbook", "template"])
def test_macros_templates_and_strict_open_xml_are_read_alike(part: str) -> None:
    parts = parts_of(xlsx_of(COSTS))
    types = parts["[Content_Types].xml"].decode()
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kinds = {
        "workbook": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "template": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    }
    data = zipped({**parts, "[Content_Types].xml": types.replace(main, kinds[part])})
    for each in (data, strict(data)):
        (a_sum,) = gather(read_xlsx(each)).sums
        assert verdict(a_sum).value == "exact"


def test_amounts_that_are_text_make_a_table_as_numbers_do() -> None:
    rows: list[list[object]] = [["Item", "2025"], ["Paint", "£1,204"], ["Rope", "£3,117"], ["Total", "£4,321"]]
    paper = read_xlsx(xlsx_of(rows))
    (a_sum,) = gather(paper).sums
    assert (paper.tables[0].layout, verdict(a_sum).value) == ("xlsx", "exact")


def test_dates_and_errors_are_no_amounts() -> None:
    rows: list[list[object]] = [["Start", 44562], ["Rate", ("=1/0", "#DIV/0!")], ["Cost", 9680]]
    paper = read_xlsx(xlsx_of(rows, formats={(0, 1): "dd/mm/yyyy"}))
    amounts = [
        found.figure.text for row in paper.tables[0].rows for c in row.cells for found in c.found if found.is_amount
    ]
    assert amounts == ["9680"]


def test_a_time_of_day_is_read_as_it_is_written() -> None:
    formats = {(0, 1): "hh:mm", (1, 1): "hh:mm"}
    paper = read_xlsx(xlsx_of([["Opens", time(9, 30), 5], ["Closes", time(17, 0), 6]], formats=formats))
    assert [row.cells[1].text for row in paper.tables[0].rows] == ["09:30:00", "17:00:00"]
    assert gather(paper).sums == ()


def test_tables_that_blank_rows_and_columns_set_apart_are_tables_of_their_own() -> None:
    rows: list[list[object]] = [
        ["Budget, £'000"],
        [],
        ["Item", "£", None, "Source", "£"],
        ["Pay", 120, None, "Home Office", 90],
        ["Rent", 30, None, "Council", 60],
        ["Total", 150, None, "Total", 150],
        [],
        ["Post", "2025", "2026"],
        ["Officer", 11, 12],
    ]
    paper = read_xlsx(xlsx_of(rows))
    assert [(table.at.cell, len(table.rows)) for table in paper.tables] == [("A3", 4), ("D3", 4), ("A8", 2)]
    assert paper.tables[0].caption == "Budget, £'000"


def test_a_total_after_a_blank_row_belongs_to_the_table() -> None:
    (a_sum,) = gather(read_xlsx(xlsx_of([*COSTS[:3], [], COSTS[3]]))).sums
    assert len(a_sum.parts) == 2


def test_a_total_that_is_typed_in_among_formulas_is_told() -> None:
    rows: list[list[object]] = [
        ["Item", "A", "B", "C"],
        ["Paint", 1204, 1250, 1301],
        ["Rope", 3117, 3205, 3290],
        ["Total", ("=SUM(B2:B3)", 4321), 4455, ("=SUM(D2:D3)", 4591)],
    ]
    (remark,) = read_xlsx(xlsx_of(rows)).remarks
    assert (remark.kind, remark.at.cell) == (RemarkKind.TYPED_IN, "C4")
    assert remark.message == "4455 is typed in, where the cells beside it are formulas such as =SUM(B2:B3)"


def test_a_total_that_is_typed_in_among_formulas_that_add_cell_by_cell_is_told() -> None:
    rows: list[list[object]] = [
        ["Item", "A", "B", "C"],
        ["Paint", 1204, 1250, 1301],
        ["Rope", 3117, 3205, 3290],
        ["Total", ("=B2+B3", 4321), ("=C2+C3", 4455), 4951],
    ]
    (remark,) = read_xlsx(xlsx_of(rows)).remarks
    assert remark.message == "4951 is typed in, where the cells beside it are formulas such as =B2+B3"


def test_where_a_running_total_begins_a_number_is_nothing_to_tell() -> None:
    rows: list[list[object]] = [["Month", "Paid", "So far"], ["April", 1204, 1204]]
    rows += [["May", 3117, ("=C2+B3", 4321)], ["June", 2765, ("=C3+B4", 7086)], ["July", 1250, ("=C4+B5", 8336)]]
    assert read_xlsx(xlsx_of(rows)).remarks == ()


def test_an_opening_balance_before_formulas_is_nothing_to_tell() -> None:
    rows: list[list[object]] = [["Opening", 100, ("=B3", 150), ("=C3", 190)], ["In", 50, 40, 30]]
    rows.append(["Closing", ("=B1+B2", 150), ("=C1+C2", 190), ("=D1+D2", 220)])
    assert read_xlsx(xlsx_of(rows)).remarks == ()


def book(hide: str) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet, other = workbook.add_worksheet("Costs"), workbook.add_worksheet("Workings")
        for r, row in enumerate(COSTS):
            for c, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(r, c, value[0], None, value[1])
                else:
                    sheet.write(r, c, value)
        other.write(0, 0, 5)
        if hide == "row":
            sheet.set_row(2, None, None, {"hidden": True})
        elif hide == "column":
            sheet.set_column(1, 1, None, None, {"hidden": True})
        else:
            other.hide()
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Costs!$B$2:$B$3"})
        workbook.add_chartsheet("Chart").set_chart(chart)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("hide", "said"),
    [
        ("row", "row 3 is hidden; what stands there was read"),
        ("column", "column B is hidden; what stands there was read"),
        ("sheet", 'the sheet "Workings" is hidden; it was not read'),
    ],
)
def test_what_is_hidden_is_said(hide: str, said: str) -> None:
    paper = read_xlsx(book(hide))
    assert [(remark.kind, remark.message) for remark in paper.remarks] == [(RemarkKind.HIDDEN, said)]
    assert len(gather(paper).sums) == 1
    assert len(paper.tables) == (1 if hide == "sheet" else 2)


def test_merged_cells_are_read_once() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["Costs of both years", None], ["Pay", 500], ["Rent", 300]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    buffer = BytesIO()
    workbook.save(buffer)
    assert tables(read_xlsx(buffer.getvalue())) == [[["Costs of both years", ""], ["Pay", "500"], ["Rent", "300"]]]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (
            '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
            "a cell in column 321,272,406 and row 1, where no sheet reaches",
        ),
        ("<row>" + "".join(f"<c><v>{n * n}</v></c>" for n in range(250_001)) + "</row>", "more than 250,000 cells"),
        ('</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>', "merges more than"),
        ("<row><c r='A1'><v>1</v>", "the workbook is damaged"),
    ],
)
def test_a_sheet_that_reaches_too_far_is_not_opened(sheet: str, said: str) -> None:
    parts: dict[str, bytes | str] = dict(parts_of(xlsx_of(COSTS)))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>'
    with pytest.raises(UnreadableContentError) as refused:
        read_xlsx(zipped(parts))
    assert said in refused.value.reason


def test_what_a_formula_adds_is_a_sum_whatever_stands_around_it() -> None:
    rows: list[list[object]] = [
        ["Post", "£"],
        ["First six", ("=SUM(B3:B4)", 207)],
        ["Banking", 118],
        ["Consulting", 89],
        ["Others", 119],
        ["Total", ("=B2+B5", 326)],
    ]
    found = {
        (a_sum.total.text, tuple(part.figure.text for part in a_sum.parts))
        for a_sum in gather(read_xlsx(xlsx_of(rows))).sums
    }
    assert found >= {("207", ("118", "89")), ("326", ("207", "119")), ("326", ("118", "89", "119"))}


def test_a_total_that_was_not_calculated_again_is_wrong() -> None:
    rows: list[list[object]] = [*COSTS[:3], ["Both", ("=B2+B3", 5000)], ["Less paint", ("=B4-B2", 3796)]]
    sums = gather(read_xlsx(xlsx_of(rows))).sums
    assert [(a_sum.total.text, verdict(a_sum).value) for a_sum in sums if a_sum.kind == "formula"] == [
        ("5000", "mismatch"),
        ("3796", "exact"),
    ]


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("=SUM(B2:B3)", [((2, 2), 1), ((3, 2), 1)]),
        ("= B2 + $C$3 - SUM(D4,D5)", [((2, 2), 1), ((3, 3), 1), ((4, 4), -1), ((5, 4), -1)]),
        ("=B2*2", None),
        ("=SUM(B2:B3)*1.2", None),
        ("=SUM(B2:B3)+Costs!B4", None),
        ("=SUM(A1:XFD1048576)", None),
        ("=AVERAGE(B2:B3)", None),
    ],
)
def test_only_formulas_that_add_cells_of_their_sheet_are_sums(formula: str, cells: object) -> None:
    assert added(formula) == cells
