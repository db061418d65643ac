"""The summary and the schedule as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app

if TYPE_CHECKING:
    from pathlib import Path


def _print(folder: Path, text: str, command: str = "summarise") -> str:
    """What a command prints of a grant file."""
    path = folder / "grant.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, [*command.split(), str(path)]).stdout.replace(str(path), "grant.yaml")


def test_a_lone_heading_is_its_own_total_with_what_is_stated_of_either(tmp_path: Path) -> None:
    text = """\
grant: Kit
years: [2025-26]
award: £30,000.50
posts:
  - role: Officer
    costs: {salary: 30000}
    stated: {salary: 29999}
stated: {total: £30k}
"""
    assert (
        _print(tmp_path, text)
        == """\
Kit
1 April 2025 to 31 March 2026, paid quarterly in arrears

2025-26 (1 April 2025 to 31 March 2026)
Role                     Salary
Officer                 £30,000
  stated                  29999 ✗  salary £1 too small
Total                   £30,000
  stated                   £30k ✓
Payment, each of 4       £7,500
Award                £30,000.50    £0.50 more than the cost

✗ 1 stated figure differs. Why, and what to do: grantcalc check grant.yaml
"""
    )


def test_unequal_payments_are_told_apart_and_a_cut_is_said(tmp_path: Path) -> None:
    text = """\
grant: Kit
years: [2025-26, 2026-27]
award: £450
posts:
  - role: Officer
    costs:
      2025-26: {salary: 200}
      2026-27: {salary: 300, overhead: 0.50}
"""
    payments = [line for line in _print(tmp_path, text).splitlines() if "ayment" in line or "Award" in line]
    assert payments == [
        "Payment, each of 4                            £50.00",
        "Payments 1 to 3, each                         £75.13",
        "Payment 4                                     £24.61  cut by £50.50 to the award",
        "  4 payments                                 £250.00  £50.50 less than the year's cost",
        "8 payments                                   £450.00",
        "Award                                        £450.00  £50.50 less than the cost",
    ]


def test_a_grant_without_years_is_one_table_without_a_title(tmp_path: Path) -> None:
    text = """\
grant: Kit
headings: [capital, revenue]
other_costs:
  - item: Vans
    costs: {capital: 543000, revenue: 5}
    stated: {capital: £0.543m, revenue: 6}
"""
    assert (
        _print(tmp_path, text)
        == """\
Kit

Post or cost    Capital     Revenue        Total
Vans           £543,000          £5     £543,005
  stated        £0.543m ✓         6 ✗             revenue £1 too large
Total          £543,000          £5     £543,005

✗ 1 stated figure differs. Why, and what to do: grantcalc check grant.yaml
"""
    )


def test_a_stated_payment_that_is_never_paid_has_a_row_of_its_own(tmp_path: Path) -> None:
    text = """\
grant: Kit
years:
  - year: 2025-26
    stated: {payment: £30}
posts:
  - role: Officer
    costs: {salary: 100}
"""
    printed = _print(tmp_path, text)
    assert "Payment, each of 4      £25\n  stated                £30 ✗" in printed


@pytest.mark.parametrize("award", ["", "award: £1,500.50\n"])
def test_invoices_show_pence_everywhere_or_nowhere(tmp_path: Path, award: str) -> None:
    text = f"grant: Kit\n{award}years: [2025-26]\nposts:\n  - role: Officer\n    costs: {{salary: 1200}}\n"
    rows = _print(tmp_path, text, "invoices").splitlines()
    assert rows[1].split()[-3:] == (["£300.00", "£300.00", "£1,200.50"] if award else ["£300", "£300", "£900"])
    assert rows[4].split()[-1] == ("£300.50" if award else "£0")
    assert rows[5].strip() == ("£1,200.00" if award else "£1,200")


VIEWED = """\
grant: Kit
headings: [capital, revenue, other]
years: [2025-26]
other_costs:
  - item: Vans
    costs: {capital: 543, revenue: 11.466}
"""


def test_a_view_leaves_out_a_heading_without_cost_and_prints_pence_everywhere(tmp_path: Path) -> None:
    assert (
        _print(tmp_path, VIEWED, "summarise --by calendar-year")
        == """\
Kit
Calendar year                         Part in the grant            Capital  Revenue     Total
2025 (1 January to 31 December 2025)  1 April to 31 December 2025  £407.25    £8.60   £415.85
2026 (1 January to 31 December 2026)  1 January to 31 March 2026   £135.75   £2.866  £138.616
Total                                                              £543.00  £11.466  £554.466
Years of the grant are divided by months: whole months, odd days as a share of their month.
"""
    )


def test_a_lone_year_or_heading_is_its_own_total(tmp_path: Path) -> None:
    one = VIEWED.replace(", revenue: 11.466", "")
    assert _print(tmp_path, one, "summarise --by line").splitlines()[1:] == [
        "Post or cost  2025-26",
        "Vans             £543",
        "Total            £543",
    ]
    assert _print(tmp_path, one, "summarise --by year").splitlines()[1:] == [
        "Year                                     Capital",
        "2025-26 (1 April 2025 to 31 March 2026)     £543",
        "Total                                       £543",
    ]


def test_a_view_of_a_grant_without_years_has_its_total_alone(tmp_path: Path) -> None:
    text = """\
grant: Kit
posts:
  - role: Officer
    costs: {salary: 5.50}
  - role: Clerk
    costs: {salary: 5}
"""
    assert _print(tmp_path, text, "summarise --by year").splitlines()[1:] == [
        "Year         Salary",
        "Whole grant  £10.50",
        "Total        £10.50",
    ]
    assert _print(tmp_path, text, "summarise --by line").splitlines()[1:] == [
        "Role      Total",
        "Officer   £5.50",
        "Clerk     £5.00",
        "Total    £10.50",
    ]
    assert _print(tmp_path, text, "summarise --by heading").splitlines()[1:3] == [
        "Heading    Total",
        "Salary    £10.50",
    ]


def test_a_view_of_a_grant_without_costs_is_nothing(tmp_path: Path) -> None:
    assert _print(tmp_path, "grant: Kit\nyears: [2025-26]\n", "summarise --by quarter").count("£0\n") == 5
    assert _print(tmp_path, "grant: Kit\n", "summarise --by line") == "Kit\nRole   Total\nTotal     £0\n"


SMALL_YEARS = """\
grant: Kit
years: [2025-26, 2026-27]
posts:
  - role: Officer
    costs: {2025-26: {salary: 30000}}
"""


def test_a_share_of_the_cost_that_is_over_the_award_is_never_called_the_cost(tmp_path: Path) -> None:
    text = SMALL_YEARS + "payments: {rate: 50%}\naward: £14,000\n"
    rows = [line for line in _print(tmp_path, text).splitlines() if "than" in line or "✗" in line]
    assert rows[:2] == [
        "  4 payments             £14,000  £1,000 less than 50% of the year's cost",
        "Award                    £14,000  £1,000 less than 50% of the cost",
    ]
    assert rows[2].startswith("✗ 50% of the cost is over the award. Why")
    answer = _print(tmp_path, text, "check").splitlines()
    assert answer[0] == "Do not sign yet: 50% of the cost is £1,000 over the award."


def test_the_share_of_the_funder_and_what_is_paid_up_front_have_rows_of_their_own(tmp_path: Path) -> None:
    text = SMALL_YEARS + "payments: {rate: 50%, up_front: 10%}\n"
    rows = [line for line in _print(tmp_path, text).splitlines() if line.startswith(("Grant,", "Paid"))]
    assert rows == [
        "Grant, 50% of the cost            £15,000",
        "Paid up front, this year's part    £1,500",
        "Grant, 50% of the cost                 £0",
    ]
