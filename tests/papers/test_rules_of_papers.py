"""What is said of a paper: each rule by its own examples, and the wording of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grantcalc.papers.belief import read_together
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.papers.readers.html_page import read_html
from grantcalc.papers.readers.xlsx import read_xlsx
from grantcalc.rules.papers import RULES, check
from grantcalc.severity import Severity
from tests.papers.written import workbook_of

if TYPE_CHECKING:
    from grantcalc.findings import Finding, Rule
    from grantcalc.papers.paper import Paper


def findings(text: str, kind: str = "md") -> tuple[Finding, ...]:
    evidence = gather(_paper(text, kind))
    return check(evidence, read_together(evidence.certain, evidence.award))


def _paper(text: str, kind: str) -> Paper:
    """An example as a paper; one of a workbook is written as its cells, formulas before their values."""
    if kind == "xlsx":
        return read_xlsx(workbook_of(text))
    return read_html(text.encode()) if kind == "html" else read_text(text)


def said(text: str) -> list[str]:
    """The findings of a text as short lines."""
    return [f"{f.severity} {f.rule.code} {f.message}" for f in findings(text)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_finds_its_failing_example_and_not_its_passing_one(rule: Rule) -> None:
    found = findings(rule.fails, rule.example)
    assert rule in [f.rule for f in found]
    assert {f.severity for f in found if f.rule is rule} == {rule.severity}
    assert not [f for f in found if f.rule is not rule and f.severity is Severity.ERROR]
    assert findings(rule.passes, rule.example) == ()


def test_a_total_is_told_with_both_numbers_and_the_gap() -> None:
    (found,) = findings("The grant of £48,500 is made up of £31,200 for staff and £16,300 for premises.")
    assert found.message == "grant: stated as £48,500, but £31,200 + £16,300 makes £47,500"
    assert found.marker == "£1,000 too large"
    assert found.severity is Severity.ERROR


def test_a_total_is_told_in_its_own_unit() -> None:
    (found,) = findings("The envelope is £4.120m (£1.450m capital, £2.760m revenue).")
    assert found.message == "envelope: stated as £4.120m, but £1.450m + £2.760m makes £4.210m"
    assert found.marker == "£0.090m too small"


def test_two_digits_swapped_are_offered_as_a_cause() -> None:
    (found,) = findings("The envelope is £4.120m (£1.450m capital, £2.760m revenue).")
    assert "likely: two digits swapped in £2.760m (£2.670m); every sum it touches then holds" in [
        note.message for note in found.notes
    ]


def test_a_lost_unit_is_offered_as_a_cause() -> None:
    (found,) = findings("Approve funding of £0.025, (£0.025m revenue) for the pilot.")
    assert [slip.to for slip in found.likely if slip.figure.text == "£0.025"] == [25_000]


CROSSED = """\
| Post       | Salary  | Overhead | Total   |
|------------|---------|----------|---------|
| Manager    | £52,310 | £7,846   | £60,156 |
| Analyst    | £{cell} | £6,182   | £47,397 |
| Researcher | £35,950 | £5,392   | £41,342 |
| Total      | £129,475 | £19,420 | £148,895 |
"""


def test_the_cell_where_a_failing_row_meets_a_failing_column_is_named_once() -> None:
    (found,) = findings(CROSSED.format(cell="41,512"))
    assert found.message == "£41,512 does not fit: 2 sums fail with it and would hold with £41,215"
    assert (found.at.line, found.marker) == (4, "£41,215 would fit")  # type: ignore[union-attr]
    assert {note.at.line for note in found.notes if note.message.startswith("fails")} == {4, 6}  # type: ignore[union-attr]


def test_a_table_that_adds_up_has_no_finding() -> None:
    assert findings(CROSSED.format(cell="41,215")) == ()


def test_a_rounding_gap_is_a_warning_with_the_allowance_and_the_line_to_add() -> None:
    (found,) = findings("The fund of £3.6m comprises £1.25m for patrols and £2.31m for lighting.")
    assert found.severity is Severity.WARNING
    assert [note.message for note in found.notes] == [
        "rounding: the gap of £0.04m is within the allowance of £0.06m, half a printed unit of each figure",
        "to mend: state amounts that add, or add the line: Figures may not sum due to rounding.",
    ]


def test_a_paper_that_says_it_rounds_is_not_warned() -> None:
    (found,) = findings(
        "The fund of £3.6m comprises £1.25m for patrols and £2.31m for lighting.\n\n"
        "Figures may not sum due to rounding.\n"
    )
    assert found.severity is Severity.NOTE


def test_figures_in_pence_get_no_allowance() -> None:
    (found,) = findings("The bill of £300.02 comprises £100.00, £100.00 and £100.01.")
    assert found.severity is Severity.ERROR


def test_many_rounding_gaps_are_one_finding() -> None:
    rows = "".join(f"| Force {n} | £{n}.1m | £{n}.1m | £{2 * n}.3m |\n" for n in range(1, 7))
    text = "| Force | Capital | Revenue | Total |\n|---|---|---|---|\n" + rows
    (found,) = findings(text)
    assert found.message == "6 totals are not quite what their parts make; rounding explains each of them"


def test_what_rounding_would_need_is_told_where_it_is_hard_to_believe() -> None:
    text = """\
The grant of £405,608 is offered for two years.

| Role              | Salary   | Overhead |
|-------------------|----------|----------|
| Officers          | £138,959 | £17,446  |
| Researcher        | £41,047  | £4,878   |
| Total, first year | £180,006 | £22,324  |
| Grand total       |          | £202,329 |

| Role               | Salary   | Overhead |
|--------------------|----------|----------|
| Officers           | £136,996 | £19,360  |
| Researcher         | £41,077  | £5,847   |
| Total, second year | £178,073 | £25,207  |
| Grand total        |          | £203,279 |
"""
    (belief,) = [f for f in findings(text) if f.rule.code == "GC606"]
    told = [note.message for note in belief.notes]
    assert "needed: £180,006 is £180,005.50 to £180,006, rounded up" in told
    assert any(
        line.startswith(
            "award: if it is exactly £405,608, as an offer is, only one solution is left: £180,006 £180,005.50"
        )
        and "all four end in exactly 50p" in line
        for line in told
    )


def test_a_paper_without_a_sum_says_so() -> None:
    assert said("The committee met on 4 May 2026.") == ["note GC608 no sum was found, so nothing was checked"]


@pytest.mark.parametrize(("count", "written_out"), [(6, True), (14, False)])
def test_a_sum_of_many_parts_is_written_out_below_its_message_unless_it_is_too_long(
    count: int, *, written_out: bool
) -> None:
    costs = [f"£{1_000 + 37 * at:,}" for at in range(count)]
    total = sum(1_000 + 37 * at for at in range(count))
    rows = "".join(f"| Item {chr(65 + at)} | {cost} |\n" for at, cost in enumerate(costs))
    text = f"| Item | Cost |\n|---|---|\n{rows}| Total | £{total + 1_000:,} |\n"
    (finding,) = findings(text)
    assert f"but its {count} parts make £{total:,}" in finding.message
    working = f"working: {' + '.join(costs)} = £{total:,}"
    assert (working in [note.message for note in finding.notes]) is written_out


def test_an_amount_below_zero_is_printed_in_brackets_where_the_figure_has_them() -> None:
    rows = "| Place | 610 | (270) | 340 |\n| Adults | 1,450 | (1,375) | 75 |\n| Total | 2,060 | (2,095) | (35) |\n"
    (found,) = findings(f"| Service | Growth | Savings | Net |\n|---|---|---|---|\n{rows.replace('340', '(110)')}")
    assert found.message == "(270) does not fit: 2 sums fail with it and would hold with (720)"
    assert found.notes[-1].message == "likely: two digits swapped in (270), for (720); every sum it touches then holds"


@pytest.mark.parametrize("lead", [":", " :", " ...........", " . . . . .", " …"])
def test_what_leads_from_a_name_to_its_amount_is_no_part_of_the_name(lead: str) -> None:
    rows = [("Counsel", "£48,750"), ("Experts", "£16,200"), ("Transcripts", "£1,845"), ("Total", "£63,195")]
    (found,) = findings("\n".join(f"{name}{lead}   {amount}" for name, amount in rows))
    assert found.message.startswith("Total: stated as £63,195, but ")


def test_one_variance_that_rounding_moves_by_a_unit_is_not_hard_to_believe() -> None:
    text = """\
All figures in £m

| Service | Budget | Outturn | Variance |
|---|---|---|---|
| Adults | 84.3 | 86.1 | 1.7 |
| Place | 33.7 | 32.9 | (0.8) |
| Parks | 80.1 | 81.8 | 1.7 |
| Total | 198.1 | 200.7 | 2.6 |

Figures may not sum due to rounding.
"""
    assert {each.split()[1] for each in said(text)} == {"GC602"}


@pytest.mark.parametrize(("balance", "swapped"), [("£404,250", True), ("£440,000", False), ("£452,310", False)])
def test_two_digits_swapped_are_told_though_a_coarse_amount_lets_them_pass(balance: str, *, swapped: bool) -> None:
    (found,) = findings(f"The cost is £1,940,250 and the grant £1.5m; the balance of {balance} falls on the levy.")
    assert (found.rule.code, found.severity) == ("GC602", Severity.WARNING)
    told = [note.message for note in found.notes]
    likely = "likely: two digits swapped in £404,250 (£440,250), which fits exactly"
    assert (told[-1] == likely) is swapped
    assert any("add the line" in each for each in told) is not swapped
