"""The award and the funding sources against costs and stated years."""

from __future__ import annotations

import pytest

from tests.grant_files import SMALL, codes, found

STATED = SMALL.replace("[2025-26]", "\n  - year: 2025-26\n    stated:\n      total: £30,000")
TWO_HEADINGS = SMALL + "        overhead: £3,000\n"


def test_a_cost_over_the_award_is_an_error_with_its_working() -> None:
    (one,) = [one for one in found(SMALL + "award: £29,998.50\n") if one.code == "GC501"]
    assert (one.severity, one.marked) == ("error", "£29,998.50")
    assert one.message == "the costs make £30,000, £1.50 over the award of £29,998.50"
    assert one.notes[0] == "working: the costs are £30,000"


@pytest.mark.parametrize(("award", "severity"), [("£29,999.50", "warning"), ("£29,999.49", "error")])
def test_rounded_costs_may_be_over_by_half_a_pound_an_amount(award: str, severity: str) -> None:
    text = f"costs_rounded_to: pounds\naward: {award}\n{SMALL}"
    assert [one.severity for one in found(text) if one.code == "GC501"] == [severity]


def test_a_cost_of_exactly_the_award_is_passed_over() -> None:
    assert found(SMALL + "award: £30,000\n") == []


def test_an_award_that_is_not_used_up_is_a_note() -> None:
    (one,) = found(SMALL + "award: £30k\n".replace("30k", "30.5k"))
    assert (one.code, one.severity) == ("GC504", "note")
    assert one.message == "the costs make £30,000, £500 less than the award of £30.5k"


def test_stated_years_over_the_award_are_an_error() -> None:
    text = f"award: £29,000\n{STATED}"
    (one,) = [one for one in found(text) if one.code == "GC502"]
    assert (one.severity, one.marked) == ("error", "£29,000")
    assert one.message == "the stated years make £30,000, £1,000 more than the award of £29,000"


def test_stated_years_below_the_award_are_a_warning() -> None:
    (one,) = [one for one in found(f"award: £31,000\n{STATED}") if one.code == "GC502"]
    assert (one.severity, one.message) == (
        "warning",
        "the stated years make £30,000, £1,000 less than the award of £31,000",
    )


@pytest.mark.parametrize(
    ("funding", "message", "severity"),
    [
        (
            "amount: £32,000",
            "all costs: the funding sources give £32,000, £1,000 less than the cost of £33,000",
            "error",
        ),
        (
            "amount: £34k",
            "all costs: the funding sources give £34,000, £1,000 more than the cost of £33,000",
            "warning",
        ),
    ],
)
def test_one_amount_of_funding_is_held_against_all_costs(funding: str, message: str, severity: str) -> None:
    (one,) = found(f"{TWO_HEADINGS}funding:\n  - source: Fund\n    {funding}\n")
    assert (one.code, one.severity, one.message) == ("GC503", severity, message)


def test_funding_by_heading_is_held_against_each_heading() -> None:
    text = TWO_HEADINGS + (
        "funding:\n  - source: Pay fund\n    salary: £20,000\n  - source: Second fund\n    salary: £9,000\n"
        "    overhead: £3,500\n"
    )
    assert [(one.severity, one.message) for one in found(text) if one.code == "GC503"] == [
        ("error", "salary: the funding sources give £29,000, £1,000 less than the cost of £30,000"),
        ("warning", "overhead: the funding sources give £3,500, £500 more than the cost of £3,000"),
    ]


def test_funding_that_covers_every_heading_is_passed_over() -> None:
    text = f"{TWO_HEADINGS}funding:\n  - source: Fund\n    salary: £30k\n    overhead: 3000.00\n"
    assert codes(found(text)) == []


def test_a_heading_that_no_source_funds_is_an_error() -> None:
    text = f"{TWO_HEADINGS}funding:\n  - source: Fund\n    salary: £30,000\n"
    (one,) = [one for one in found(text) if one.code == "GC503"]
    assert (one.severity, one.line) == ("error", 9)
    assert one.message == "overhead: the funding sources give £0, £3,000 less than the cost of £3,000"
