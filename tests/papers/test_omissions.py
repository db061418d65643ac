"""Totals that leave out rows of their list: the first ones, which only the layout shows, and others."""

from __future__ import annotations

import pytest

from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers.delimited import read_delimited
from grantcalc.papers.readers.xlsx import read_xlsx
from grantcalc.rules.papers import check
from tests.papers.written import workbook_of

ROWS = ("Coordinator|31,000", "Caseworker|28,500", "Rent|6,000")


def table(*rows: str) -> str:
    """A table of posts and what they cost, in Markdown."""
    lines = ("Role|Cost", "---|---", *rows)
    return "\n".join(f"| {' | '.join(line.split('|'))} |" for line in lines)


def said(paper: object) -> list[str]:
    """The findings of a paper as short lines."""
    evidence = gather(paper)  # type: ignore[arg-type]
    found = check(evidence, read_together(evidence.certain, evidence.award))
    return [f"{f.severity} {f.rule.code} {f.message}" for f in found]


def codes(text: str) -> list[str]:
    return [line.split()[1] for line in said(read_text(text))]


def likely(text: str) -> list[str]:
    evidence = gather(read_text(text))
    found = check(evidence, read_together(evidence.certain, evidence.award))
    return [note.message for each in found for note in each.notes if note.message.startswith("likely:")]


def test_a_total_that_leaves_out_the_first_row_is_told_with_the_row_and_what_it_should_be() -> None:
    (line,) = said(read_text(table(*ROWS, "Total|34,500")))
    assert line == (
        "warning GC613 Total, Cost: stated as 34,500, which leaves out 31,000 (Coordinator) above its parts; "
        "with it they make 65,500"
    )


def test_a_total_that_leaves_out_two_rows_names_both() -> None:
    (line,) = said(read_text(table("Director|52,300", *ROWS, "Total cost of project|34,500")))
    assert line.endswith("leaves out 83,300 (Director and Coordinator) above its parts; with them they make 117,800")


def test_a_csv_file_and_a_workbook_are_told_alike() -> None:
    rows = [["Role", "Cost"], ["Coordinator", "31000"], ["Caseworker", "28500"], ["Rent", "6000"], ["Total", "34500"]]
    text = "\n".join(",".join(row) for row in rows)
    for paper in (read_delimited(text), read_xlsx(workbook_of(text.replace(",", "|")))):
        (line,) = said(paper)
        assert line.startswith("warning GC613")


TWO_YEARS = "| Role | 2031 | 2032 |\n| --- | --- | --- |\n"


def two_years(*rows: str) -> str:
    """A table of posts and what they cost in two years."""
    return TWO_YEARS + "\n".join(f"| {' | '.join(row.split('|'))} |" for row in rows) + "\n"


def test_a_row_that_all_columns_leave_out_is_a_warning_in_each_since_a_formula_is_copied_across() -> None:
    rows = ("Coordinator|31,000|32,000", "Caseworker|28,500|29,500", "Rent|6,000|6,200", "Total|34,500|35,700")
    assert [line.split()[:2] for line in said(read_text(two_years(*rows)))] == [["warning", "GC613"]] * 2


def test_a_total_that_the_paper_states_elsewhere_with_the_row_is_an_error() -> None:
    rows = ("Coordinator|31,000|32,000", "Caseworker|28,500|29,500", "Rent|6,000|6,200", "Total|34,500|35,700")
    text = "The centre costs £65,500 in 2031.\n\n" + two_years(*rows)
    assert [line.split()[:4] for line in said(read_text(text)) if "GC613" in line] == [
        ["error", "GC613", "Total,", "2031:"],
        ["warning", "GC613", "Total,", "2032:"],
    ]
    evidence = gather(read_text(text))
    first = check(evidence, read_together(evidence.certain, evidence.award))[0]
    assert any(note.message == "elsewhere: £65,500, which has it in" for note in first.notes)


def test_a_total_that_another_column_contradicts_is_an_error() -> None:
    text = table("Coordinator|31,000|32,000", "Caseworker|28,500|29,500", "Rent|6,000|6,200", "Total|34,500|67,700")
    text = text.replace("| Role | Cost |", "| Role | 2031 | 2032 |").replace("| --- | --- |", "| --- | --- | --- |")
    assert said(read_text(text)) == [
        "error GC601 Total, 2031: stated as 34,500, but 31,000 + 28,500 + 6,000 makes 65,500"
    ]


@pytest.mark.parametrize(
    ("total", "cause"),
    [("37,000", "leaves out 28,500"), ("59,500", "leaves out 6,000"), ("94,000", "counts 28,500 twice")],
)
def test_a_total_that_is_out_by_exactly_one_of_its_rows_is_an_error_with_its_cause(total: str, cause: str) -> None:
    text = table(*ROWS, f"Total|{total}")
    assert codes(text) == ["GC601"]
    assert cause in likely(text)[0]


def test_a_total_that_is_out_by_something_else_is_not_claimed() -> None:
    assert "GC601" not in codes(table(*ROWS, "Total|41,237"))


@pytest.mark.parametrize(
    "rows",
    [
        ("Grant received|31,000", *ROWS[1:], "Total|34,500"),
        ("Budget|31,000", *ROWS[1:], "Total expenditure|34,500"),
        (*ROWS, "Total running costs|34,500"),
        (ROWS[0], "Running costs|", *ROWS[1:], "Total|34,500"),
        (ROWS[0], "|", *ROWS[1:], "Total|34,500"),
        (*ROWS, "Sub-total|34,500", "Grand total|65,500"),
        ("Coordinator|31,000", "Recruitment|1,200", "Sub-total|32,200", *ROWS[1:], "Total|34,500"),
        ("Average|31,000", *ROWS[1:], "Total|34,500"),
        ("Coordinator|£31,000", "Caseworker|€28,500", "Rent|€6,000", "Total|€34,500"),
    ],
)
def test_rows_that_something_sets_apart_from_the_total_are_not_missed(rows: tuple[str, ...]) -> None:
    assert not {"GC601", "GC613"} & set(codes(table(*rows)))


def test_a_blank_row_of_a_file_sets_rows_apart() -> None:
    text = "Role,Cost\nCoordinator,31000\n,\nCaseworker,28500\nRent,6000\nTotal,34500\n"
    for paper in (read_delimited(text), read_xlsx(workbook_of(text.replace(",", "|")))):
        assert not [line for line in said(paper) if "GC613" in line]
