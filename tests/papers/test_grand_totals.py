"""Totals of several tables: stacked years, a table of totals below them, a total over the rows of a heading."""

from __future__ import annotations

import pytest

from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers.delimited import read_delimited
from grantcalc.rules.papers import check
from grantcalc.sums import verdict, written_out

HEAD = "Role|Salary|Overhead|Total"
FIRST = ("Analyst|41,210|6,180|47,390", "Clerk|27,340|4,100|31,440", "Total|68,550|10,280|78,830")
SECOND = ("Analyst|42,410|6,380|48,790", "Clerk|28,140|4,200|32,340", "Total|70,550|10,580|81,130")


def table(*rows: str, head: str = HEAD) -> str:
    """A table in Markdown."""
    lines = (head, "|".join(["---"] * (head.count("|") + 1)), *rows)
    return "\n".join(f"| {' | '.join(line.split('|'))} |" for line in lines)


def markdown(*tables: str) -> str:
    return "\n\n".join(tables) + "\n"


def codes(text: str) -> list[str]:
    """The findings of a text, each by its rule and, for a total, its message."""
    evidence = gather(read_text(text))
    found = check(evidence, read_together(evidence.certain, evidence.award))
    return [f"{f.rule.code} {f.message}" for f in found]


def sums_of(text: str, total: str) -> list[str]:
    """The sums of a total, each with its verdict."""
    paper = read_text(text)
    return [f"{verdict(s)} {written_out(s)}" for s in gather(paper).sums if s.total.text == total]


@pytest.mark.parametrize(
    "tables",
    [
        (table(*FIRST), table(*SECOND, "Grand total|||159,960")),
        (table(*FIRST), table(*SECOND), table("Grand total|||159,960")),
        (table(*FIRST), table(*SECOND), table("Total|139,100|20,860|159,960")),
        (table(*FIRST), table(*SECOND, "All years|139,100|20,860|159,960")),
        ("## 2025-26", table(*FIRST), "## 2026-27", table(*SECOND), "## Both", table("Total|||159,960")),
        (
            table(*FIRST, head="Role|Salary 2025-26|Overhead 2025-26|Total 2025-26"),
            table(*SECOND, head="Role|Salary 2026-27|Overhead 2026-27|Total 2026-27"),
            table("Total|139,100|20,860|159,960"),
        ),
    ],
)
def test_a_total_below_stacked_tables_is_that_of_all_of_them(tables: tuple[str, ...]) -> None:
    text = markdown(*tables)
    assert codes(text) == []
    assert "exact 78,830 + 81,130" in sums_of(text, "159,960")


def test_stacked_tables_of_a_csv_file_are_totalled_alike_whether_or_not_they_name_their_years() -> None:
    for first, second in (("", ""), ("2025-26,,,", "2026-27,,,")):
        rows = [first, HEAD, *FIRST, "", second, HEAD, *SECOND, "", "Grand total|||159960"]
        text = "\n".join(row.replace(",", "" if "|" in row else ",").replace("|", ",") for row in rows)
        found = [
            f"{verdict(s)} {written_out(s)}" for s in gather(read_delimited(text)).sums if s.total.text == "159960"
        ]
        assert found == ["exact 78830 + 81130"]


def test_a_slip_in_a_total_of_all_tables_is_claimed_with_the_totals_that_it_adds() -> None:
    for last in ("Grand total|||159,690", "Grand total|139,100|20,860|159,690"):
        (found,) = codes(markdown(table(*FIRST), table(*SECOND, last)))
        assert "159,690" in found
        assert found.startswith("GC601")


def test_a_slip_in_one_column_of_a_table_of_totals_is_claimed_since_the_others_hold() -> None:
    (found,) = codes(markdown(table(*FIRST), table(*SECOND), table("Total|193,100|20,860|")))
    assert found == "GC601 Total, Salary: stated as 193,100, but 68,550 + 70,550 makes 139,100"


@pytest.mark.parametrize(
    "tables",
    [
        # A cost that stands in the text is added too.
        (table(*FIRST), table(*SECOND), "Contingency is 4,000.", table("Grand total|||163,960")),
        # No words and no other column say that the tables above are meant.
        (table(*FIRST), table(*SECOND), table("Total|||163,960")),
        # Another table without a total may be meant besides.
        (table(*FIRST), table("Rent|4,000|0|4,000"), table(*SECOND), table("Grand total|||163,960")),
        # With tax, which stands nowhere.
        (
            table("Hall|10,000|5,000|15,000", "Tent|0|0|0", "Total|10,000|5,000|15,000"),
            table(*FIRST, "Grand total|||98,830"),
        ),
        # A total of its own table only.
        (table(*FIRST), table(*SECOND, "Overall total|||81,130")),
        # Nothing of this is a slip's gap.
        (table(*FIRST), table(*SECOND), table("Grand total|||187,218")),
    ],
)
def test_a_total_that_may_be_of_something_else_is_not_said_to_fail(tables: tuple[str, ...]) -> None:
    assert not [found for found in codes(markdown(*tables)) if found.startswith("GC601")]


def test_a_grand_total_under_a_column_of_totals_is_not_held_against_all_columns() -> None:
    assert codes(markdown(table(*FIRST, "Grand total|||78,830"))) == []


def test_a_total_of_one_row_has_nothing_to_add_and_is_not_called_unchecked() -> None:
    text = markdown("The cost of £50,000 comprises £34,540 for a post and £15,460 for rent.")
    assert codes(text + "\n" + table("Worker|31,400|3,140|34,540", "Total|31,400|3,140|34,540")) == []
    (found,) = codes(text + "\n" + table("Worker|31,400|3,140|34,540", "Total|31,900|2,640|34,540"))
    assert found.startswith("GC607")


BY_HEADING = (
    *("Manager|salary|75,639|75,073", "|overhead|8,723|9,680", "Officer|salary|63,320|61,923", "|overhead|8,723|9,680"),
    *("Total|salary|138,959|136,996", "|overhead|17,446|19,360", "|total|156,405|156,356"),
)


def test_totals_of_headings_add_the_rows_of_their_heading() -> None:
    text = table(*BY_HEADING, head="Role|Heading|2025-26|2026-27")
    assert codes(text) == []
    assert sums_of(text, "138,959") == ["exact 75,639 + 63,320"]
    assert sums_of(text, "19,360") == ["exact 9,680 + 9,680"]


def test_a_slip_in_a_row_of_a_heading_is_found_at_that_row() -> None:
    text = table(*BY_HEADING, head="Role|Heading|2025-26|2026-27").replace("61,923", "69,123")
    (found,) = codes(text)
    assert found.startswith("GC601 Total salary, 2026-27: stated as 136,996, but 75,073 + 69,123 makes 144,196")


def test_a_column_of_percentages_of_an_export_is_not_added_up() -> None:
    rows = ["name,before,after,per_cent", "Pay,100.00,120.00,20.00", "Rent,300.00,330.00,10.00"]
    text = "\n".join([*rows, "Total,400.00,450.00,12.50"])
    assert {verdict(s).value for s in gather(read_delimited(text)).sums} == {"exact"}
    assert not [s for s in gather(read_delimited(text)).sums if s.total.text == "12.50"]
