"""How costs follow from rates, as tables and JSON; and how they move from year to year."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from grantcalc.cli import app
from tests.grant_files import EXAMPLES
from tests.grants.costing.files import post

if TYPE_CHECKING:
    from pathlib import Path

PART_TIMER = post(
    "salary: £45,000",
    "fte: 0.2",
    "starts: 2023-05-15",
    "on_costs:",
    "  national_insurance: yes",
    "pay_awards:",
    "  from: 2023-09-01",
    "  by: £1,900",
    "  treatment: absorbed",
    "overhead:",
    "  rate: 25%",
    years="[2023]",
)
PLAIN = "grant: Kit\nyears: [2022, 2023]\nposts:\n  - role: Officer\n    costs:\n      2022:\n        salary: £75,639\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def _file(folder: Path, text: str) -> str:
    path = folder / "grant.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _movements(folder: Path, text: str) -> list[dict[str, Any]]:
    printed = run("summarise", _file(folder, text), "--movement", "--format", "json").stdout
    listed: list[dict[str, Any]] = json.loads(printed)["grants"][0]["movements"]
    return listed


def test_the_working_shows_days_rates_and_each_step_to_the_penny(tmp_path: Path) -> None:
    printed = run("explain-cost", _file(tmp_path, PART_TIMER), "officer").stdout
    assert printed.startswith("Example · Officer\n\n2023 (1 January to 31 December 2023)\n")
    assert "\n  Part years are reckoned by months (a whole month is 1/12 of a year's pay, odd days " in printed
    lines = [line.split("  ") for line in printed.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines if any(line)]
    assert cells[4:] == [
        [
            "salary",
            "15 May 2023",
            "31 Dec 2023",
            "£45,000 × 0.2 FTE × 7 17/31 of 12 months (salary, as at 1 Jan 2023)",
            "£5,661.29",
        ],
        [
            "national insurance",
            "15 May 2023",
            "31 Dec 2023",
            "(£9,000 − threshold of £9,100) × 13.8% × 7 17/31 of 12 months (below the threshold)",
            "£0.00",
        ],
        [
            "absorbed",
            "1 Sep 2023",
            "31 Dec 2023",
            "£1,900 × 0.2 FTE × 4 of 12 months (pay award of £1,900 from 1 Sep 2023, borne by the recipient)",
            "not charged: £126.67",
        ],
        ["salary: rounded once, to the penny", "£5,661.29"],
        ["overhead", "£5,661.29 × 25% (salary of the year)", "£1,415.32"],
        ["overhead: rounded once, to the penny", "£1,415.32"],
    ]


def test_amounts_that_the_file_gives_are_said_to_be_given(tmp_path: Path) -> None:
    printed = run("explain-cost", _file(tmp_path, PLAIN), "Officer").stdout
    assert "  salary: £75,639, as the file gives it\n" in printed
    assert printed.endswith("2023 (1 January to 31 December 2023)\n  no cost\n")


def test_the_working_in_json_can_be_worked_out_again(tmp_path: Path) -> None:
    printed = run("explain-cost", _file(tmp_path, PART_TIMER), "Officer", "--format", "json").stdout
    document = json.loads(printed)
    (year,) = document["years"]
    assert (document["schema"], document["name"], year["from_rates"]) == ("grantcalc/cost/1", "Officer", True)
    assert year["headings"] == {"salary": "5661.29", "overhead": "1415.32"}
    assert year["total"] == "7076.61"
    for step in year["steps"]:
        above = Fraction(step["base"]) * Fraction(step["fte"] or 1) - Fraction(step["threshold"] or 0)
        amount = step["people"] * max(above, Fraction(0)) * Fraction(step["rate"] or 1)
        assert amount * Fraction(step["share_of_year"] or 1) == Fraction(step["exact"])


def test_one_year_may_be_asked_for_in_any_spelling(tmp_path: Path) -> None:
    text = post("salary: £30,000", "includes: on-costs", years="[2025-26, 2026-27]")
    printed = run("explain-cost", _file(tmp_path, text), "Officer", "--year", "2026/27").stdout
    assert "2025-26" not in printed
    assert "2026-27 (1 April 2026 to 31 March 2027)" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Oficer",), 'no post or cost is called "Oficer"; did you mean "Officer"?'),
        (("Zebra",), 'no post or cost is called "Zebra"; there are: Officer'),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run("explain-cost", _file(tmp_path, PLAIN), *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"grantcalc: {message}\n")


def test_a_year_that_the_grant_does_not_have_is_refused(tmp_path: Path) -> None:
    result = run("explain-cost", _file(tmp_path, PLAIN), "Officer", "--year", "2024")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'the grant has no year "2024"; its years are 2022, 2023' in " ".join(result.stderr.split())


def test_two_ways_to_set_the_costs_out_at_once_are_refused(tmp_path: Path) -> None:
    result = run("summarise", _file(tmp_path, PLAIN), "--movement", "--by", "year")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give one" in result.stderr


def test_faults_leave_nothing_to_explain(tmp_path: Path) -> None:
    result = run("explain-cost", _file(tmp_path, PART_TIMER.replace("0.2", "1.2")), "Officer")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "GC801" in result.stderr


def test_faults_of_the_file_beside_are_printed_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "pay.yaml").write_text("scale:\n", encoding="utf-8")
    text = post("salary: £30,000", "includes: on-costs", costing="  scales: pay.yaml\n")
    result = run("summarise", _file(tmp_path, text))
    assert result.exit_code == 1
    assert "GC805" in result.stderr
    assert 'unknown key "scale"; did you mean "scales"?' in result.stderr
    assert "pay.yaml:1:1" in result.stderr


# Movement


def test_a_paper_whose_figures_are_given_shows_what_moves_and_that_nothing_says_why() -> None:
    printed = run("summarise", str(EXAMPLES / "marsoc.yaml"), "--movement").stdout
    rows = [line.split() for line in printed.splitlines()]
    assert ["ROCU", "MARSOC", "Manager", "(DS)", "salary", "£75,639", "£75,073", "-£566", "-0.7%"] in rows
    assert ["overhead", "£8,723", "£9,680", "+£957", "+11.0%"] in rows
    assert printed.endswith("These amounts are given, not worked out from rates, so what drives them is not known.\n")


def test_what_drives_a_movement_is_said_part_by_part(tmp_path: Path) -> None:
    text = post(
        "salary: £30,000",
        "starts: 2022-07-01",
        "on_costs:",
        "  pension: LGPS",
        "overhead:",
        "  flat: £1,000",
        years="[2022, 2023]",
        costing="""\
  pay_awards:
    - from: 2023-07-01
      by: 10%
  inflation:
    overhead: 3%
  pensions:
    - scheme: LGPS
      rate: 18%
    - scheme: LGPS
      from: 2023-01-01
      rate: 20%
""",
    )
    listed = _movements(tmp_path, text)
    assert [(m["name"], m["heading"], m["change"], m["drivers"]) for m in listed] == [
        (
            "Officer",
            "salary",
            "20100.00",
            [
                "salary +£16,500 (1 instead of 0.5 full-time years in post, pay award of 10% from 1 Jul 2023)",
                "pension LGPS +£3,600 (20% instead of 18%, on pay of £31,500 instead of £15,000)",
            ],
        ),
        ("Officer", "overhead", "30.00", ["inflation +£30"]),
        (None, "salary", "20100.00", []),
        (None, "overhead", "30.00", []),
        (None, None, "20130.00", []),
    ]


def test_of_somebody_who_joins_in_the_later_year_the_time_in_post_is_the_reason(tmp_path: Path) -> None:
    people = ("people:", "  - fte: 0.4", "  - fte: 0.2", "    starts: 2023-07-01")
    text = post("salary: £30,000", *people, "on_costs: {pension: 10%}", "overhead: {flat: £0.25}", years="[2022, 2023]")
    drivers = [driver for movement in _movements(tmp_path, text) for driver in movement["drivers"]]
    assert drivers == [
        "salary +£3,000.00 (0.5 instead of 0.4 full-time years in post)",
        "pension +£300.00 (on pay of £15,000 instead of £12,000)",
    ]


def test_an_uplift_and_a_change_from_given_to_rates_are_said(tmp_path: Path) -> None:
    uplifted = PLAIN + "    uplift: 2%\n"
    assert _movements(tmp_path, uplifted)[0]["drivers"] == ["uplift of 2%"]
    paid = PLAIN + "    pay:\n      salary: £76,000\n      includes: on-costs\n"
    (driver,) = _movements(tmp_path, paid)[0]["drivers"]
    assert driver == "worked out from rates, after a year whose amount is given"


def test_a_line_that_begins_or_ends_is_compared_with_nothing(tmp_path: Path) -> None:
    (movement, *_) = _movements(tmp_path, PLAIN)
    assert (movement["before"], movement["after"], movement["rate"]) == ("75639.00", "0.00", "-1")
    backwards = PLAIN.replace("      2022:", "      2023:")
    (movement, *_) = _movements(tmp_path, backwards)
    assert (movement["before"], movement["change"], movement["rate"]) == ("0.00", "75639.00", None)


def test_a_grant_of_one_year_has_nothing_to_compare(tmp_path: Path) -> None:
    printed = run("summarise", _file(tmp_path, PART_TIMER), "--movement").stdout
    assert printed == "Example\nThe grant has no two years to compare.\n"


def test_movements_as_csv_have_a_row_each_and_no_formulas(tmp_path: Path) -> None:
    text = PLAIN.replace("role: Officer", "role: '=1+1'")
    printed = run("summarise", _file(tmp_path, text), "--movement", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(printed)))
    assert rows[0] == ["grant", "from", "to", "name", "heading", "before", "after", "change", "per_cent", "drivers"]
    assert rows[1] == ["Kit", "2022", "2023", "'=1+1", "salary", "75639.00", "0.00", "-75639.00", "-100.00", ""]


def test_movements_as_markdown_are_a_table_for_each_pair_of_years(tmp_path: Path) -> None:
    printed = run("summarise", _file(tmp_path, PLAIN), "--movement", "--format", "markdown").stdout
    assert "## Kit: 2022 to 2023\n\n| Role | Heading | 2022 | 2023 | Change | Per cent |\n" in printed
    assert "| Officer | salary | £75,639 | £0 | -£75,639 | -100.0% |\n" in printed
