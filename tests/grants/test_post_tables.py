"""Tables of posts in text: what their heads mean, what is read of them exactly, and what is said of the rest."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.grants.fields import one_line
from grantcalc.grants.posts.rows import _TOTAL
from grantcalc.money import pounds
from grantcalc.report.spreadsheet_rows import summary_csv
from grantcalc.results.inputs import Input
from grantcalc.results.summaries import GrantSummary
from tests.grant_files import EXAMPLES, MARSOC, account_of, codes, found, grant_of
from tests.post_tables import amounts_of, grant_from, imported, said, text_from

if TYPE_CHECKING:
    from pathlib import Path

TWO = 'Role,Salary,Overhead\nOfficer,"£75,639","£8,723"\nResearcher,"41,047.00","£4, 878"\n'
OFFICER = {"salary": "£75,639", "overhead": "£8,723"}


def test_figures_are_kept_exactly_as_the_table_has_them() -> None:
    assert amounts_of(grant_from(TWO)) == {
        "Officer": {"": OFFICER},
        "Researcher": {"": {"salary": "41,047.00", "overhead": "£4, 878"}},
    }
    assert said(imported(TWO)) == ['GC115 3:24 "£4, 878" has a space among its digits, and is read as £4,878']


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("Post title,Salary 2025-26,Overheads 2025-26", ["2025-26"]),
        ("Job title,2025/26 salary,FY25/26 overhead", ["2025-26"]),
        ("Position,Basic pay (£) 2025,Overhead costs 2025", ["2025"]),
        ("Role,Year 1 Pay,Year 1 Overhead", ["Year 1"]),
        (",2025-26,\nPost,Salary,Overhead", ["2025-26"]),
        ("Post,2025-26,\n,Salary,Overhead", ["2025-26"]),
        ("Our posts\n\nPosts,2025-26,\n,Basic salary,Indirect costs", ["2025-26"]),
    ],
)
def test_heads_are_recognised_in_the_words_that_people_write(head: str, years: list[str]) -> None:
    grant = grant_from(f'{head}\nOfficer,"£75,639","£8,723"\n')
    assert amounts_of(grant) == {"Officer": {years[0]: OFFICER}}
    assert [year.year for year in grant.years] == years


YEAR_1 = "Role,Salary 2025-26,Overhead 2025-26\nManager,100.00,20.00\nOfficer,50,5\nTotal,150,25\n"
YEAR_2 = "Role,Salary 2026-27,Overhead 2026-27\nOfficer,55,5\nManager,110.00,20.00\nTotal,165,25\n"
UNDATED = "Role,Salary,Overhead\nManager,100.00,20.00\nOfficer,50,5\nTotal,150,25\n"


@pytest.mark.parametrize("between", ["", "\n", ",,\n,,\n", "\nSecond year,,\n\n", "\n,,\nCosts of 2026-27\n"])
def test_a_table_for_each_year_one_below_the_other_makes_two_years_of_the_same_posts(between: str) -> None:
    grant = grant_from(YEAR_1 + between + YEAR_2)
    assert amounts_of(grant) == {
        "Manager": {
            "2025-26": {"salary": "100.00", "overhead": "20.00"},
            "2026-27": {"salary": "110.00", "overhead": "20.00"},
        },
        "Officer": {"2025-26": {"salary": "50", "overhead": "5"}, "2026-27": {"salary": "55", "overhead": "5"}},
    }
    assert [(year.year, year.stated["salary"].text) for year in grant.years] == [("2025-26", "150"), ("2026-27", "165")]
    assert codes(found(text_from(YEAR_1 + between + YEAR_2))) == []


def test_the_years_of_tables_one_below_the_other_may_stand_in_their_titles_or_be_given() -> None:
    titled = f"Costs of 2025-26,,\n{UNDATED}Note: agreed,,\n\n2026/27 costs\n\n{UNDATED}"
    assert [year.year for year in grant_from(titled).years] == ["2025-26", "2026-27"]
    assert list(amounts_of(grant_from(titled))) == ["Manager", "Officer"]
    assert said(imported(titled)) == ['GC133 6:1 the row "Note: agreed" has no amounts, and is not read']
    given_both = grant_from(f"{UNDATED}\n{UNDATED}", years=("2025-26", "2026-27"))
    assert amounts_of(given_both) == amounts_of(grant_from(titled))


@pytest.mark.parametrize(
    "table", [f"{UNDATED}\n{UNDATED}", UNDATED + UNDATED, UNDATED.replace("Total,150,25\n", "") * 2]
)
def test_tables_one_below_the_other_that_name_no_year_are_refused_at_the_second_head(table: str) -> None:
    (finding,) = imported(table).findings
    at = table.split("\n").index("Role,Salary,Overhead", 1) + 1
    message = 'a second table begins here ("Role"), and no head says which year it is of'
    assert said(imported(table)) == [f"GC131 {at}:1 {message}"]
    (remedy,) = (note.message for note in finding.notes if "to mend" in note.message)
    assert "as in Salary 2025-26" in remedy
    assert "--year" in remedy


def test_of_two_tables_one_that_names_no_year_is_refused() -> None:
    message = "this head of a table names no year, as that of another table here does"
    assert said(imported(f"{YEAR_1}\n{UNDATED}")) == [f"GC131 6:1 {message}"]
    assert said(imported(f"{UNDATED}\n{YEAR_1}")) == [f"GC131 1:1 {message}"]


def test_a_head_that_comes_again_at_the_top_of_a_page_is_no_second_table() -> None:
    page = "Role,Salary\nA,1\nB,2\nrole,salary\nC,3\nTotal,6\n"
    assert said(imported(page)) == []
    assert list(amounts_of(grant_from(page))) == ["A", "B", "C"]
    dated = page.replace("alary", "alary 2025-26").replace("role", "\n\nrole")
    assert (said(imported(dated)), list(amounts_of(grant_from(dated)))) == ([], ["A", "B", "C"])


def test_tables_of_one_year_are_put_together_and_their_totals_are_of_a_part_each() -> None:
    table = "Role,Salary 2025-26\nA,1\nTotal,1\n\nPost,Salary 2025-26,NI 2025-26\nB,2,3\nTotal,2,3\n"
    assert amounts_of(grant_from(table)) == {
        "A": {"2025-26": {"salary": "1"}},
        "B": {"2025-26": {"salary": "2", "NI": "3"}},
    }
    message = "the totals of 2025-26 are not stated in the grant file, since each is one table's of several"
    assert said(imported(table)) == [f"GC133 5:1 {message}"]
    by_heading = "Role,Salary 2025-26\nA,1\n\nRole,Overhead 2025-26\nA,2\n"
    assert amounts_of(grant_from(by_heading)) == {"A": {"2025-26": {"salary": "1", "overhead": "2"}}}


def test_columns_of_tables_one_below_the_other_are_chosen_by_their_heads() -> None:
    table = "Role,Money 2025-26\nA,1\n\nRole,FTE,Cash 2026-27\nA,1,2\n"
    columns = (("salary 2025-26", "Money 2025-26"), ("salary 2026-27", "Cash 2026-27"))
    assert amounts_of(grant_from(table, columns=columns)) == {
        "A": {"2025-26": {"salary": "1"}, "2026-27": {"salary": "2"}}
    }


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Costs of 2025-26,,", "2025-26"),
        ("2025/26", "2025-26"),
        ("Staff costs 2025,,", "2025"),
        ("Year 1 (2025-26),,\n", "2025-26"),
        ("Costs of 2024-25 to 2026-27,,", ""),
        ("Budget drawn up in March 2025,,", ""),
    ],
)
def test_a_title_above_the_head_says_the_year_where_the_head_does_not(title: str, year: str) -> None:
    table = f"{title}\nRole,Salary,Overhead\nManager,100.00,20.00\n"
    assert amounts_of(grant_from(table)) == {"Manager": {year: {"salary": "100.00", "overhead": "20.00"}}}
    dated = table.replace("Salary", "Salary 2023-24").replace("Overhead", "Overhead 2023-24")
    assert [each.year for each in grant_from(dated).years] == ["2023-24"]


def test_a_column_of_roles_that_is_skipped_leaves_none() -> None:
    (fault,) = said(imported("Role,Salary\nA,1\n", columns=(("skip", "A"),)))
    assert "is headed as roles or posts are" in fault


def test_one_row_for_each_post_and_year_makes_one_post() -> None:
    table = "Role\tYear\tSalary\nDC\t2026/27\t£1,100\nDC\t2025-26\t£1,000\nDS\t2025-26\t£2,000\n"
    grant = grant_from(table, "posts.tsv")
    assert amounts_of(grant) == {
        "DC": {"2026-27": {"salary": "£1,100"}, "2025-26": {"salary": "£1,000"}},
        "DS": {"2025-26": {"salary": "£2,000"}},
    }
    assert [year.year for year in grant.years] == ["2025-26", "2026-27"]


def test_years_that_the_table_does_not_name_are_named_beside_it() -> None:
    table = "Role,Salary,Overhead,Salary,Overhead\nA,1,2,3,4\n"
    assert amounts_of(grant_from(table, years=("2025-26", "2026-27"))) == {
        "A": {"2025-26": {"salary": "1", "overhead": "2"}, "2026-27": {"salary": "3", "overhead": "4"}}
    }
    (fault,) = said(imported("Role,Salary\nA,1\n", years=("2025-26", "2026-27")))
    assert "does not say which of the years 2025-26 and 2026-27" in fault


def test_a_column_is_what_it_is_said_to_be() -> None:
    table = "Role,Pay,Code,What it costs\nA,1,2,£3\n"
    grant = grant_from(table, columns=(("salary", "What it costs"), ("overhead", "C")))
    assert amounts_of(grant) == {"A": {"": {"salary": "£3", "overhead": "2"}}}


def test_other_columns_of_amounts_become_headings_and_the_rest_is_named() -> None:
    table = "Role,Grade,FTE,Salary,NI,Equipment & kit,Remarks\nA,DC,0.8,£1,£2,£3,new\n"
    assert grant_from(table).headings == ("salary", "NI", "equipment & kit")
    assert said(imported(table)) == [
        'GC133 1:6 column "Grade" (B), column "FTE" (C) and column "Remarks" (G) are not read: they hold no costs'
    ]


def test_a_column_with_some_amounts_is_not_dropped_silently() -> None:
    (warning,) = said(imported("Role,Salary,Allowance\nA,£1,£2\nB,£3,as agreed\n"))
    assert warning == 'GC132 1:13 column "Allowance" (C) is not read, though it holds numbers'


def test_amounts_under_a_head_in_thousands_are_thousands() -> None:
    grant = grant_from("Role,Salary (£000),Overhead £'000\nA,75.639,(2)\n")
    assert [pounds(figure.value) for figure in grant.lines[0].costs[""].values()] == ["£75,639", "-£2,000"]


def test_a_row_below_nought_is_no_post() -> None:
    grant = grant_from('Role,Salary\nOfficer,£9\nIncome,"(1,250)"\n')
    assert ([post.role for post in grant.posts], [item.item for item in grant.other_costs]) == (["Officer"], ["Income"])


def test_a_dash_is_nought_and_an_empty_cell_is_nothing() -> None:
    table = "Role,Salary 2025-26,Salary 2026-27,Salary 2027-28\nA,£1, -   ,\n"
    assert amounts_of(grant_from(table)) == {"A": {"2025-26": {"salary": "£1"}, "2026-27": {"salary": "£0"}}}


def test_posts_of_one_name_get_numbers_that_no_other_post_has() -> None:
    table = "Role,Salary\nOfficer,£1\nOfficer 1,£2\nOfficer,£3\n"
    assert list(amounts_of(grant_from(table))) == ["Officer 2", "Officer 1", "Officer 3"]
    assert said(imported(table)) == ['GC136 2:1 2 posts are called "Officer": named Officer 2 and Officer 3']


# The decision paper's own case: £180,006 + £22,324 is £202,330, and £202,329 is stated.
def test_totals_are_not_imported_but_stated_and_checked() -> None:
    table = (EXAMPLES / "posts.csv").read_text(encoding="utf-8")
    assert [one for one in said(imported(table)) if "GC134" in one] == [
        "GC134 7:29 Total, 2021-22 total: £202,329 is £1 too small, the rows above make £202,330",
        "GC134 7:61 Total, 2022-23 total: £203,279 is £1 too small, the rows above make £203,280",
    ]
    text = text_from(table)
    assert account_of(text).totals.headings == account_of(MARSOC).totals.headings
    assert [one.message for one in found(text) if one.code == "GC201"] == [
        "2021-22: grand total stated as £202,329, but the costs make £202,330",
        "2022-23: grand total stated as £203,279, but the costs make £203,280",
    ]


def test_totals_that_are_right_are_passed_over() -> None:
    table = (
        "Role,2025-26,,,2026-27,,,\n,Salary,Overhead,Total,Salary,Overhead,Total,Grand total\n"
        "A,1,2,3,4,5,9,12\nB,1,1,2,1,1,2,4\nSubtotal,2,3,5,5,6,11,16\nC,1,1,2,1,1,2,4\nSubtotal,1,1,2,1,1,2,4\n"
        "Total,3,4,7,6,7,13,20\n,3,4,7,6,7,13,20\n"
    )
    assert said(imported(table)) == []
    assert codes(found(text_from(table))) == []


TITLED = (
    "2025-26\nRole,Salary,Overhead,Total\nAnalyst,412,61,473\nClerk,273,41,314\nTotal,685,102,787\n\n"
    "2026-27\nRole,Salary,Overhead,Total\nAnalyst,424,63,487\nClerk,281,42,323\nTotal,705,105,810\n\n"
)
UNTITLED = TITLED.replace("2025-26\n", "").replace("2026-27\n", "")


@pytest.mark.parametrize(
    ("table", "years"),
    [
        (TITLED + "Grand total,,,1597\n", ()),
        (TITLED + "Total,1390,207,1597\n", ()),
        (TITLED + "Total,1390,207,\nGrand total,,,1597\n", ()),
        (UNTITLED + "Grand total,,,1597\n", ("2025-26", "2026-27")),
    ],
)
def test_a_total_below_tables_of_several_years_is_that_of_all_years(table: str, years: tuple[str, ...]) -> None:
    assert not [line for line in said(imported(table, years=years)) if "GC134" in line]
    grant = grant_from(table, years=years)
    assert grant.stated["total"].text == "1597"
    assert [year.stated["total"].text for year in grant.years] == ["787", "810"]


def test_a_slip_in_a_total_of_all_tables_is_told_of_all_of_them_and_stated_as_it_stands() -> None:
    table = TITLED + "Grand total,,,1579\n"
    assert [line for line in said(imported(table)) if "GC134" in line] == [
        "GC134 13:15 Grand total, total of all tables: 1579 is £18 too small, the posts of all tables make £1,597"
    ]
    assert grant_from(table).stated["total"].text == "1579"


def test_a_grand_total_of_the_last_table_alone_is_its_own() -> None:
    table = TITLED.replace("Total,705,105,810", "Total,705,105,\nGrand total,,,810")
    grant = grant_from(table)
    assert not grant.stated
    assert grant.years[1].stated["total"].text == "810"


def test_a_total_of_tables_of_one_year_is_that_of_the_year() -> None:
    table = (
        UNTITLED.replace("Analyst,424", "Driver,424").replace("Clerk,281", "Cook,281") + "Grand total,1390,207,1597\n"
    )
    grant = grant_from(table, years=("2025-26",))
    (only,) = grant.years
    assert only.stated["total"].text == "1597"


def test_a_total_in_whole_pounds_may_be_rounded() -> None:
    assert said(imported("Role,Salary\nA,£1.30\nB,£1.30\nTotal,£3\n")) == []
    assert len(said(imported("Role,Salary\nA,£1.30\nB,£1.10\nTotal,£3\n"))) == 1


def test_all_that_cannot_be_read_is_said_in_one_run_with_its_place() -> None:
    table = 'Role,Salary,Overhead\nA,"£3,14,0",£1\nB,£1,TBC\n,£5,£6\nC,1e6,£1\n'
    assert said(imported(table)) == [
        'GC106 2:3 A, salary: "£3,14,0" has a comma where no thousands end',
        'GC106 3:6 B, overhead: "TBC" is not an amount',
        "GC131 4:2 the row has amounts, but no role; they are not the totals of the rows above",
        'GC106 5:3 C, salary: "1e6" has an exponent',
    ]


@pytest.mark.parametrize(
    "row",
    ["Officer,£75,639", "Officer,£75,639,£8,723", "Officer,£75,639,", "Officer,£1,250,000,£2", "Officer,75,639,£8,723"],
)
def test_a_comma_inside_an_amount_is_never_taken_for_a_delimiter_silently(row: str) -> None:
    file = imported(f"Role,Salary,Overhead\n{row}\n")
    assert "GC131" in said(file)[0]
    assert "a comma divides" in said(file)[0]


def test_two_amounts_that_may_be_one_are_read_as_two_with_a_warning() -> None:
    assert said(imported("Role,Salary,Overhead\nA,75,639\n")) == ["GC135 2:3 75,639 is read as two amounts, 75 and 639"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_commas_inside_amounts_stand_where_another_sign_divides_cells(delimiter: str) -> None:
    table = delimiter.join(["Role", "Salary", "Overhead"]) + "\n" + delimiter.join(["A", "£75,639", "£8,723"])
    assert amounts_of(grant_from(table)) == {"A": {"": OFFICER}}
    table = delimiter.join(["Role", "Salary, basic"]) + "\n" + delimiter.join(["A", "£75,639"])
    assert amounts_of(grant_from(table)) == {"A": {"": {"salary basic": "£75,639"}}}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "no column of the first 30 rows is headed as roles or posts are"),
        ("a,b\n1,2\n", "no column of the first 30 rows is headed as roles or posts are"),
        ("Role,Salary\n", "the table has no post with an amount"),
        ('Role,Salary\nA,"£1\n', "a quotation mark is opened here and never closed"),
        ('Role,Salary\n"A" B,£1\n', 'text stands behind the quotation mark that ends "A"'),
        ("Role,Salary\nA,£1,£2\n", "the row has a cell in column C, the head has only 2"),
        ("Role,Salary,Basic pay\nA,1,2\n", 'column "Basic pay" (C) holds salary, and so does column "Salary" (B)'),
        ("Role,Salary 2025-26,Overhead\nA,1,2\n", 'column "Overhead" (C) names no year, as others do'),
        ("Role,Year,Salary\nA,soon,2\n", 'A: "soon" is not the name of a year'),
    ],
)
def test_a_table_that_can_be_no_table_of_posts_is_refused(table: str, message: str) -> None:
    assert [one.message for one in imported(table).findings if one.severity == "error"] == [message]


def test_a_row_without_amounts_is_named_and_not_read() -> None:
    table = "Role,Salary,Overhead\nPolice staff,,\nA,£1,£2\n"
    assert said(imported(table)) == ['GC133 2:1 the row "Police staff" has no amounts, and is not read']
    assert amounts_of(grant_from(table)) == {"A": {"": {"salary": "£1", "overhead": "£2"}}}


def test_the_head_again_at_the_top_of_a_page_is_no_post() -> None:
    table = "Role,Salary\nA,£1\n,\nRole,Salary\nB,£2\n"
    assert said(imported(table)) == []
    assert amounts_of(grant_from(table)) == {"A": {"": {"salary": "£1"}}, "B": {"": {"salary": "£2"}}}


def test_a_role_may_stand_once_over_the_rows_of_its_years() -> None:
    table = "Role,Year,Salary\nA,2025-26,£1\n,2026-27,£2\nB,2026-27,£4\n"
    assert amounts_of(grant_from(table)) == {
        "A": {"2025-26": {"salary": "£1"}, "2026-27": {"salary": "£2"}},
        "B": {"2026-27": {"salary": "£4"}},
    }


def test_totals_below_one_row_for_each_year_are_stated_for_their_year() -> None:
    table = (
        "Role,Year,Salary,Overhead,Total\nA,2025-26,£1,£1,£2\nA,2026-27,£2,£2,£4\n"
        "Total,2025-26,£1,,£2\nTotal 2026-27,,£2,,£4\n"
    )
    grant = grant_from(table)
    assert [{key: figure.text for key, figure in year.stated.items()} for year in grant.years] == [
        {"salary": "£1", "total": "£2"},
        {"salary": "£2", "total": "£4"},
    ]
    assert {year: figures["total"].text for year, figures in grant.posts[0].stated.items()} == {
        "2025-26": "£2",
        "2026-27": "£4",
    }


def test_totals_that_total_nothing_in_the_table_are_amounts() -> None:
    assert amounts_of(grant_from("Role,Total 2025-26,Total 2026-27\nA,£1,£2\n")) == {
        "A": {"2025-26": {"cost": "£1"}, "2026-27": {"cost": "£2"}}
    }
    assert amounts_of(grant_from("Role,Overhead,Total pay\nA,£1,£2\n")) == {
        "A": {"": {"overhead": "£1", "salary": "£2"}}
    }


def test_a_total_of_one_heading_in_a_single_year_is_that_of_its_column() -> None:
    table = "Role,Salary 2025-26,Overhead 2025-26,Salary total,Total\nA,£1,£2,£1,£3\nTotal,£1,£2,£1,£3\n"
    assert said(imported(table)) == []
    assert amounts_of(grant_from(table)) == {"A": {"2025-26": {"salary": "£1", "overhead": "£2"}}}


def test_without_roles_the_column_of_people_names_the_posts() -> None:
    table = "Staff member,Item,Salary\nPat,Pay,£1\n"
    assert list(amounts_of(grant_from(table))) == ["Pat"]


def test_a_column_may_be_left_out_or_be_that_of_roles_by_its_name() -> None:
    skipped = imported("Role,Salary,Old pay\nA,£1,£2\n", columns=(("skip", "Old pay"),))
    assert said(skipped) == ['GC133 1:13 column "Old pay" (C) is not read: it holds no costs']
    chosen = (("role", "Who"), ("salary", "How much"))
    assert amounts_of(grant_from("Budget\nWho,How much\nA,£1\n", columns=chosen)) == {"A": {"": {"salary": "£1"}}}


@pytest.mark.parametrize("column", ["Z", "B9", "Costs in full"])
def test_a_column_that_the_table_has_not_is_said(column: str) -> None:
    (finding,) = imported("Role,Salary\nA,£1\n", columns=(("overhead", column),)).findings
    assert finding.message == f'the table has no column "{column}"'
    assert finding.notes[0].message == "to mend: name it by its head, or by its letter"


def test_years_beside_a_table_that_names_others_are_refused() -> None:
    table = "Role,Salary 2025-26,Salary 2026-27\nA,£1,£2\n"
    (finding,) = imported(table, years=("2027-28",)).findings
    assert finding.message == "the table names its years itself: 2025-26 and 2026-27"
    assert finding.notes[0].message == "to mend: leave out --year"
    table = "Role,Year,Salary\nA,2025-26,£1\nA,2026-27,£2\n"
    (finding,) = imported(table, years=("2025-26",)).findings
    assert finding.message == "A: the year 2026-27 is none of 2025-26"
    assert finding.notes[0].message == "to mend: name it with --year too, or leave out --year"


def test_a_table_without_measure_is_refused() -> None:
    message = "the table has more than 200,000 rows, 1,000 columns or 5,000,000 cells"
    assert said(imported("Role" + ",Salary" * 1_001 + "\n")) == [f"GC112 1:1 {message}"]


def test_the_delimiter_of_a_long_table_is_told_by_its_beginning() -> None:
    rows = "".join(f"Post {number};£1,{number:03}\n" for number in range(300))
    grant = grant_from(f"Role;Salary\n{rows}")
    assert len(grant.posts) == 300
    assert amounts_of(grant)["Post 299"] == {"": {"salary": "£1,299"}}


def test_text_in_other_encodings_is_refused_with_what_to_do() -> None:
    (cp1252,) = imported(TWO.encode("cp1252")).findings
    assert cp1252.message == 'the byte A3 ("£" in Windows-1252) is not UTF-8'
    (utf16,) = imported(TWO.encode("utf-16")).findings
    assert utf16.message == "the file is UTF-16, not UTF-8"
    assert "CSV UTF-8" in cp1252.notes[0].message
    assert len(grant_from(b"\xef\xbb\xbf" + TWO.encode()).posts) == 2


@pytest.mark.parametrize(
    "name",
    [
        "DC #2",
        "Officer: DC",
        "- item",
        "{a: b}",
        "null",
        "2025",
        "*x",
        "a\nb",
        "\x07bell",
        "x" * 10_000,
        "£",
        "'\"\\",
        "\u202e",
    ],
)
def test_hostile_names_are_harmless(name: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Role", "Salary"], [name, "£1"]])
    assert [post.role for post in grant_from(out.getvalue()).posts] == [one_line(name)]


_NAMES = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=12).filter(
    lambda name: one_line(name) not in ("", "Role") and not _TOTAL.fullmatch(one_line(name))
)
_PENCE = st.integers(0, 10**9)
_FORMS = st.sampled_from(["£{:,.2f}", "{:.2f}", "{:,.2f}", "£{:.2f}"])


@given(
    rows=st.dictionaries(_NAMES.map(one_line), st.tuples(*[st.tuples(_PENCE, _FORMS)] * 4), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    long=st.booleans(),
    total=st.booleans(),
)
def test_what_is_imported_loads_and_has_the_amounts_of_the_table(
    rows: dict[str, tuple[tuple[int, str], ...]], delimiter: str, *, long: bool, total: bool
) -> None:
    table: list[list[str]] = []
    texts = {name: [form.format(Decimal(pence) / 100) for pence, form in cells] for name, cells in rows.items()}
    if long:
        table.append(["Role", "Year", "Salary", "Overhead"])
        for name, cells in texts.items():
            table += [[name, "2025-26", *cells[:2]], [name, "2026-27", *cells[2:]]]
    else:
        table.append(["Role", "Salary 2025-26", "Overhead 2025-26", "Salary 2026-27", "Overhead 2026-27"])
        table += [[name, *cells] for name, cells in texts.items()]
    sums = [sum(pence for pence, _ in column) for column in zip(*rows.values(), strict=True)]
    if total and not long:
        table.append(["Total", *(f"{Decimal(pence) / 100:.2f}" for pence in sums)])
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table)
    grant = grant_from(out.getvalue(), "posts.tsv" if delimiter == "\t" else "posts.csv")
    assert amounts_of(grant) == {
        name: {
            "2025-26": {"salary": cells[0], "overhead": cells[1]},
            "2026-27": {"salary": cells[2], "overhead": cells[3]},
        }
        for name, cells in texts.items()
    }
    assert sum(account_of(text_from(out.getvalue())).totals.headings.values()) == Decimal(sum(sums)) / 100


def test_the_grant_file_says_which_table_it_comes_from() -> None:
    assert text_from(TWO).startswith(f"# Imported from posts.csv, SHA-256 {'0' * 64}\ngrant: posts\n")
    assert grant_of(text_from(TWO, "a\nb: c.csv")).grant == "a b: c"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_csv_of_summarise_is_imported_without_its_totals_payments_and_award(path: Path) -> None:
    before = account_of(path.read_text(encoding="utf-8"))
    table = summary_csv([GrantSummary(Input(path.name, ""), before)])
    after = account_of(text_from(table))
    assert [line.name for line in after.grant.lines] == [line.name for line in before.grant.lines]
    assert [year.total for year in after.totals.years] == [year.total for year in before.totals.years]
    assert {finding.rule.code for finding in imported(table).findings} <= {"GC133"}


def test_a_summary_of_a_grant_that_is_called_a_number_has_no_costs_of_that_number() -> None:
    grant = grant_from("Grant,Year,Role,Salary,Total\n7,2025-26,Officer,5.00,5.00\n7,2025-26,Grand Total,,5.00\n")
    assert amounts_of(grant) == {"Officer": {"2025-26": {"salary": "5.00"}}}


def test_rows_of_payments_and_the_award_are_named_as_not_read() -> None:
    table = TWO + 'Total,"£116,686","£13,601"\nQuarterly payment,,\nAward,"£130,287",\n'
    assert [post.name for post in grant_from(table.replace("£130,287", "")).posts] == ["Officer", "Researcher"]


def test_a_post_called_as_a_payment_is_a_post_where_it_has_costs_of_its_own() -> None:
    table = TWO + 'Total,"£116,686","£13,601"\nAward,"£100","£5"\n'
    assert [post.name for post in grant_from(table).posts] == ["Officer", "Researcher", "Award"]
