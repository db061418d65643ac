"""Payments of a paper: a quarterly payment under a total, and payments that a sentence says a grant is paid in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.sums import verdict, written_out
from tests.grant_files import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

MARSOC = (EXAMPLES / "marsoc-paper.md").read_text(encoding="utf-8")
BY_YEAR = """\
The grant of £405,608 is paid in arrears, on a quarterly invoice: four payments of {} for the first year and
four payments of £50,820 for the second.
"""


def payments(text: str) -> list[str]:
    """The sums of a paper in which an amount counts several times, each with its verdict."""
    return [
        f"{verdict(a_sum)} {a_sum.total.text} = {written_out(a_sum)}"
        for a_sum in gather(read_text(text)).sums
        if any(abs(part.weight) > 1 for part in a_sum.parts)
    ]


def year(total: str, *rows: str) -> str:
    """A paper with a year's total and rows of payments under it."""
    table = ["| Item | Amount |", "|---|---:|", f"| Total | {total} |", *(f"| {row} |" for row in rows)]
    return "\n".join(table) + "\n"


def checked(text: str, folder: Path) -> str:
    paper = folder / "paper.md"
    paper.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["check", str(paper)]).stdout


@pytest.mark.parametrize(
    ("total", "row", "expected"),
    [
        ("£202,330", "Quarterly payment | £50,582", "rounding £202,330 = 4 × £50,582"),
        ("£202,330", "Quarterly payment | £50,852", "mismatch £202,330 = 4 × £50,852"),
        ("£202,330", "Quarterly payment | £58,502", "mismatch £202,330 = 4 × £58,502"),
        ("£202,330", "Quarterly instalment | £52,000", "mismatch £202,330 = 4 × £52,000"),
        ("£202,330", "Payment each quarter | £52,000", "mismatch £202,330 = 4 × £52,000"),
        ("£202,330", "Four payments of | £52,000", "mismatch £202,330 = 4 × £52,000"),
        ("£202,330", "4 quarterly payments of | £52,000", "mismatch £202,330 = 4 × £52,000"),
        ("£61,200", "Monthly payment | £5,100", "exact £61,200 = 12 × £5,100"),
        ("£61,200", "Monthly payment | £5,010", "mismatch £61,200 = 12 × £5,010"),
        # A payment in pence is a share rounded to the penny.
        ("£153,889.90", "Quarterly payment | £38,472.48", "rounding £153,889.90 = 4 × £38,472.48"),
        ("£153,889.90", "Quarterly payment | £38,472.84", "mismatch £153,889.90 = 4 × £38,472.84"),
        # Two years, and three quarters of one.
        ("£405,608", "Quarterly payment | £50,701", "exact £405,608 = 8 × £50,701"),
        ("£151,746", "Quarterly payment | £50,582", "exact £151,746 = 3 × £50,582"),
    ],
)
def test_a_payment_under_a_total_makes_it_or_is_said_not_to(total: str, row: str, expected: str) -> None:
    assert payments(year(total, row)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        year("£202,330", "Quarterly payment | £48,000", "Final payment | £10,330"),
        year("£202,330", "Quarterly payment | £48,052", "Retention | £10,122"),
        year("£202,330", "Other quarterly costs | £50,852"),
        # The payments are of a grant that is less than the cost, named or as a share.
        "The grant is £182,097.\n\n" + year("£202,330", "Quarterly payment | £45,524"),
        "The ministry pays 90% of the cost.\n\n" + year("£202,330", "Quarterly payment | £45,524"),
        "5% is held back until the audit.\n\n" + year("£202,330", "Quarterly payment | £48,053"),
        "The final payment is £58,330.\n\n" + year("£202,330", "Quarterly payment | £48,000"),
        # Far from any number of payments.
        year("£202,330", "Quarterly payment | £14,582"),
    ],
)
def test_payments_that_may_belong_to_something_else_are_not_said_to_fail(text: str) -> None:
    assert payments(text) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Payment 1 | £50,852", "Payment 2 to 4 | £50,492"), ["rounding £202,330 = £50,852 + 3 × £50,492"]),
        (("Instalment 1 | £50,854", "Instalments 2–4, each | £50,492"), ["exact £202,330 = £50,854 + 3 × £50,492"]),
        (("Payment 1 | £50,852", "Payment 2 to 4 | £50,942"), ["mismatch £202,330 = £50,852 + 3 × £50,942"]),
        (
            ("Payment 1 to 4 | £45,000", "Final payment | £22,330"),
            ["exact £202,330 = 4 × £45,000 + £22,330"],
        ),
        # The last is cut to what is left of an award.
        (("Payment 1 to 3 | £50,582", "Payment 4 | £50,580"), []),
        # Those of the rest of the year may stand elsewhere, and so may the payment that is held back.
        (("Payment 5 to 7 | £50,852",), []),
        (("Payment 1 | £50,852", "Payment 3 | £50,492"), []),
        (("Payment 1 to 4 | £48,052", "Retention | £10,000"), []),
    ],
)
def test_numbered_payments_are_added_where_no_number_is_missing(rows: tuple[str, ...], expected: list[str]) -> None:
    assert payments(year("£202,330", *rows)) == expected


def test_two_digits_swapped_in_a_payment_are_found_at_the_payment(tmp_path: Path) -> None:
    report = checked(MARSOC.replace("£50,582", "£50,852", 1), tmp_path)
    assert "Quarterly payment: stated as £202,329, but 4 × £50,852 makes £203,408" in report
    assert "paper.md:17:60" in report
    assert "likely: two digits swapped in £50,852 (£50,582)" in report


def test_two_digits_swapped_in_the_payments_of_a_sentence_are_found_at_the_payment(tmp_path: Path) -> None:
    report = checked("The grant of £202,330 is paid in four equal payments of £50,852 each.\n", tmp_path)
    assert "paper.md:1:57" in report
    assert "^^^^^^^ £50,582 would fit" in report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BY_YEAR.format("£50,582"),
            "exact £405,608 = 4 × £50,582 + 4 × £50,820",
        ),
        (
            BY_YEAR.format("£50,852"),
            "mismatch £405,608 = 4 × £50,852 + 4 × £50,820",
        ),
        (
            "The grant of £202,330 will be paid in four equal payments of £58,502 each.",
            "mismatch £202,330 = 4 × £58,502",
        ),
        (
            "The award is £202,330. It is paid as four payments of £50,852.",
            "mismatch £202,330 = 4 × £50,852",
        ),
        (
            "The award of £153,889.90 is payable in four instalments of £38,472.48.",
            "rounding £153,889.90 = 4 × £38,472.48",
        ),
        (
            "The grant of £105,608 is paid in four payments of £25,000 and a final payment of £5,608.",
            "exact £105,608 = 4 × £25,000 + £5,608",
        ),
    ],
)
def test_a_sentence_says_in_which_payments_an_amount_is_paid(text: str, expected: str) -> None:
    assert payments(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The grant of £405,608 is paid quarterly: four payments of £50,852 for the first year.",
        "The grant of £202,330 is paid in four payments of £48,000 and the balance on completion.",
        "The grant of £202,330 is paid in four payments of £48,000, with the last on completion.",
        "The grant of £202,330 is paid quarterly. The trust made four payments of £50,852 to its partners.",
        "The grant of £405,608 is paid in four equal payments of £50,701 each year for two years.",
    ],
)
def test_payments_that_may_not_be_all_are_not_said_to_fail(text: str) -> None:
    assert not any(line.startswith("mismatch") for line in payments(text))


def test_the_payments_of_the_text_are_checked_as_those_of_the_table(tmp_path: Path) -> None:
    report = checked(MARSOC.replace("£50,582", "£50,852"), tmp_path)
    assert report.count("error[GC601]") == 2
    assert report.count("likely: two digits swapped in £50,852 (£50,582)") == 2


COSTS = """\
| Role    | 2025-26  | 2026-27  |
|---------|---------:|---------:|
| Analyst | £102,330 | £103,280 |
| Clerk   | £100,000 | £100,000 |
| Total   | £202,330 | £203,280 |

"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COSTS + "We invoice four payments of £50,582 for 2025-26.", "rounding £202,330 = 4 × £50,582"),
        (COSTS + "We invoice four payments of £52,000 for 2025/26.", "mismatch £202,330 = 4 × £52,000"),
        (COSTS + "We invoice four payments of £52,000 for the first year.", "mismatch £202,330 = 4 × £52,000"),
        (COSTS + "We invoice four payments of £50,820 in the second financial year.", "exact £203,280 = 4 × £50,820"),
        ("The first year costs £8,000. There are four payments of £2,100 in year one.", "mismatch £8,000 = 4 × £2,100"),
        (
            "It is £8,000 in the first year and £9,000 in the second.\n\n4 payments of £2,250 for the second year.",
            "exact £9,000 = 4 × £2,250",
        ),
    ],
)
def test_payments_for_a_year_are_held_to_the_total_of_that_year(text: str, expected: str) -> None:
    assert payments(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        # Other payments of the year stand beside them, or are held back.
        COSTS + "We invoice one payment of £50,330 and three payments of £52,000 for 2025-26.",
        COSTS + "We invoice four payments of £48,000 for 2025-26. A retention is held back.",
        # They make another amount of the paper.
        COSTS + "The grant of £180,000 for staff is part of it. We invoice four payments of £45,000 for 2025-26.",
        COSTS + "The council contributes four payments of £50,000 for 2025-26.",
        COSTS + "The funder makes four payments of £50,000 for 2025-26 towards the cost.",
        # Nobody says what the third year comes to, or the first year is said in two ways.
        COSTS + "We invoice four payments of £52,000 for the third year.",
        "The first year costs £8,000. The first year is £9,000. There are four payments of £2,100 in year one.",
        # Too far for a year's payments.
        COSTS + "We invoice four payments of £9,000 for 2025-26.",
    ],
)
def test_payments_that_may_not_be_all_of_a_year_are_not_said_to_fail(text: str) -> None:
    assert [line for line in payments(text) if line.startswith("mismatch £202,330 =")] == []


def test_a_payment_that_is_wrong_is_found_at_the_payment_where_its_total_is_made_by_others(tmp_path: Path) -> None:
    report = checked(MARSOC.replace("£50,582", "£52,000"), tmp_path)
    assert "Quarterly payment: stated as £202,329, but 4 × £52,000 makes £208,000" in report
    assert "£52,000 does not fit: 2 sums fail with it and would hold with £50,582" in report
    assert report.count("^^^^^^^ £50,582 would fit") == 2
    assert ["paper.md:17:60" in report, "paper.md:30:84" in report] == [True, True]


def test_a_payment_under_a_total_that_nothing_makes_is_not_called_the_wrong_one(tmp_path: Path) -> None:
    report = checked(year("£202,330", "Quarterly payment | £52,000"), tmp_path)
    assert "^^^^^^^^ £5,670 too small" in report
