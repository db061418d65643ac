"""Ledgers and outturn statements as they are printed: every row adds up across, every column down to its total."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grantcalc.cli import app
from grantcalc.grants.invoices import invoices
from grantcalc.report.claim_sheets import correction_sheet, ledger_sheets
from grantcalc.report.entry_sheet import entry_sheet
from grantcalc.report.invoice_sheets import invoice_record, invoice_sheets
from grantcalc.report.sheets import json_value, set_out, sheet_csv, sheet_records
from grantcalc.results.inputs import Input
from grantcalc.results.schedule import InvoiceSchedule
from grantcalc.wording import short_date
from tests.claim_files import CLAIMED, claim, grant, ledger_of, with_claims
from tests.claimed_grants import claimed_grants, grants
from tests.grant_files import account_of
from tests.report.test_pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grantcalc.grants.ledger import Ledger
    from grantcalc.report.sheets import Sheet

BELOW_ZERO: Final = re.compile(r"-£?[\d,]+(?:\.\d\d)?\b")
BRACKETED: Final = re.compile(r"\(£?[\d,]+(\.\d\d)?\)")


def _report(folder: Path, text: str, *command: str) -> str:
    """What a command prints of a grant file."""
    path = folder / "grant.yaml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, [command[0], str(path), *command[1:]])
    assert result.exit_code == 0, result.output
    return result.stdout


# Amounts below zero.

PAID_AHEAD: Final = with_claims(
    grant("£40,000", terms="up_front: 50%"),
    claim("up front", "", "2025-04-01"),
    claim(2, "£9,000", "2025-07-04", "disallowed:", "- {heading: salary, amount: £100, reason: Lunch}"),
)
"""£20,000 are paid up front and £5,000 of that given back, so that £11,100 more is claimed than £8,900 earn."""


@pytest.mark.parametrize("format_", ["table", "markdown", "csv", "html"])
def test_every_amount_below_zero_has_a_minus(tmp_path: Path, format_: str) -> None:
    printed = _report(tmp_path, PAID_AHEAD, "outturn", "--format", format_)
    found = [amount.replace("£", "").replace(",", "") for amount in BELOW_ZERO.findall(printed) if "£" in amount]
    if format_ == "csv":
        found = [cell for row in csv.reader(printed.splitlines()) for cell in row if cell.startswith("-")]
    # By heading and in total £31,100 below budget; by post £40,000, £100 disallowed; £15,000 more claimed than earned.
    assert {int(Decimal(amount)) for amount in found} == {-31_100, -40_000, -100, -15_000}
    assert not BRACKETED.search(printed)


# Adding up.

KEYS: Final = (
    ("variance", ("cost",), ("budget",)),
    ("claimed_cost", ("cost", "claimed_later", "corrections"), ()),
    ("entitled", ("share", "moved", "over_ceiling", "up_front", "held_back"), ()),
    ("accepted", ("entitled", "asked_otherwise"), ()),
    ("accepted", ("claimed",), ("disallowed",)),
    ("outstanding", ("accepted", "overpaid"), ("paid",)),
)
"""What each amount of a row is made of, for machines: what is added up, and what is taken off."""
SHOWN: Final = (
    ("Variance", ("Cost",), ("Budget",)),
    ("Cost claimed", ("Cost", "Claimed later", "Corrections"), ()),
    ("Accepted", ("Claimed",), ("Disallowed",)),
    ("Remaining", ("To be claimed",), ("Accepted",)),
    ("Amount", ("For the period", "Up front", "Held back"), ()),
)
"""The same for readers, where the column is shown."""
TERMS: Final = ("Moved", "Over ceiling", "Up front", "Held back")


def _amount(text: str | int | None) -> Decimal:
    """An amount as it is printed; an empty cell is nothing."""
    return Decimal(str(text or "0").replace("£", "").replace(",", ""))


def _makes(row: Mapping[str, str | int | None], plus: tuple[str, ...], minus: tuple[str, ...] = ()) -> Decimal:
    return sum((_amount(row.get(key)) for key in plus), Decimal()) - sum(_amount(row.get(key)) for key in minus)


def _adds_up_across(row: Mapping[str, str | int | None]) -> None:
    """Hold a row that readers see against what stands in it."""
    for whole, plus, minus in SHOWN:
        if {whole, plus[0]} <= row.keys():
            assert _amount(row[whole]) == _makes(row, plus, minus), (whole, row)
    if "Entitled" in row:
        base = next((name for name in ("Funder's share", "Cost claimed") if name in row), "Cost")
        assert _amount(row["Entitled"]) == _makes(row, (base, *TERMS)), row
    if "Outstanding" in row:
        base = "Accepted" if "Accepted" in row else "Claimed"
        assert _amount(row["Outstanding"]) == _makes(row, (base, "Overpaid"), ("Paid",)), row


def _add_up(sheet: Sheet) -> None:
    """Hold every row of a sheet that readers see, and every column against its total."""
    out = set_out(sheet, short_date)
    rows = [dict(zip(out.headings, row, strict=True)) for row in out.rows]
    for row in rows:
        _adds_up_across(row)
    if out.total:
        total = dict(zip(out.headings, out.total, strict=True))
        _adds_up_across(total)
        for name, summed in total.items():
            if summed.lstrip("-").startswith("£"):
                assert _amount(summed) == sum((_amount(row[name]) for row in rows), Decimal()), (name, out)


def _ledgers() -> st.SearchStrategy[Ledger]:
    days = st.sampled_from(["", "2025-08-31", "2026-06-30"])
    return st.builds(ledger_of, claimed_grants(), days)


@given(_ledgers())
def test_every_row_adds_up_across_and_every_column_down_to_its_total(ledger: Ledger) -> None:
    for sheet in ledger_sheets(ledger):
        _add_up(sheet)


@given(_ledgers())
def test_every_row_for_machines_adds_up_across(ledger: Ledger) -> None:
    printed = list(csv.DictReader(sheet_csv(entry_sheet(ledger)).splitlines()))
    for row, record in zip(printed, sheet_records(entry_sheet(ledger)), strict=True):
        assert row == {key: "" if value is None else str(value) for key, value in record.items()}
        for whole, plus, minus in KEYS:
            if row[whole]:
                assert _amount(row[whole]) == _makes(row, plus, minus), (whole, row)


@given(_ledgers())
def test_corrections_that_claims_carry_are_those_of_the_periods_that_they_correct(ledger: Ledger) -> None:
    records = sheet_records(correction_sheet(ledger))
    for entry in ledger.entries:
        number = entry.invoice.number
        assert entry.corrections == sum(Decimal(one["amount"]) for one in records if one["claim"] == number)
        assert entry.claimed_later == sum(Decimal(one["amount"]) for one in records if one["period"] == number)


@given(grants())
def test_every_planned_amount_adds_up_from_what_is_due_for_its_period(text: str) -> None:
    account = account_of(text)
    schedule = InvoiceSchedule(Input("-", "0"), account, invoices(account.grant, account.instalments))
    for sheet in invoice_sheets(schedule):
        _add_up(sheet)
    rows = [{key: json_value(value) for key, value in row.items()} for row in map(invoice_record, schedule.invoices)]
    for row in rows:
        assert _amount(row["amount"]) == _makes(row, ("before_terms", "up_front", "held_back")), row
    # What is paid up front is given back, and what is held back is paid in the end.
    assert sum(_amount(row["up_front"]) for row in rows) == sum(_amount(row["held_back"]) for row in rows) == 0


RICH: Final = with_claims(
    grant("£80,000", award="£40,000", terms="rate: 50%\nretention: 10%"),
    claim(1, "£20,000", CLAIMED[0], "paid: 2025-07-31"),
    claim(
        2,
        "£19,000.50",
        CLAIMED[1],
        *("corrections:", "- {period: 1, heading: salary, amount: £312.60, reason: Overtime}"),
        *("disallowed:", "- {heading: salary, amount: £400, reason: Lunch}"),
        *("paid:", "- {date: 2025-11-01, amount: £8600}"),
    ),
    claim(3, "£50,000", CLAIMED[2], "amount: £10,000"),
)
"""Claims with a correction, a part disallowed, a ceiling, a retention, too much paid, and less asked for than due."""
COST_TO_CLAIM: Final = [
    # 20,000 is claimed at first; its correction of 312.60 with claim 2. Half of 20,000 is paid, less a tenth.
    ["1", "£20,312.60", "-£312.60", "", "£20,000.00", "£10,000.00", "", "-£1,000.00", "£9,000.00", ""],
    # 19,000.50 less 400 disallowed, and 312.60: half of 18,913.10 is 9,456.55, a tenth of it held back 945.66.
    ["2", "£18,600.50", "", "£312.60", "£18,913.10", "£9,456.55", "", "-£945.66", "£8,510.89", ""],
    # Half of 50,000 is 25,000; of the award 40,000 - 10,000 - 9,456.55 = 20,543.45 are left, a tenth of it held back.
    ["3", "£50,000.00", "", "", "£50,000.00", "£25,000.00", "-£4,456.55", "-£2,054.35", "£18,489.10", "-£8,489.10"],
    [
        *("Total", "£88,913.10", "-£312.60", "£312.60", "£88,913.10", "£44,456.55"),
        *("-£4,456.55", "-£4,000.01", "£35,999.99", "-£8,489.10"),
    ],
]
CLAIMED_AND_PAID: Final = [
    # Without the 400 that were disallowed, claim 2 came to half of 19,313.10, 9,656.55, less a tenth: 8,690.89.
    ["1", "£9,000.00", "", "£9,000.00", "£9,000.00", "", "£0.00", "paid"],
    ["2", "£8,690.89", "£180.00", "£8,510.89", "£8,600.00", "£89.11", "£0.00", "paid"],
    ["3", "£10,000.00", "", "£10,000.00", "£0.00", "", "£10,000.00", "claimed"],
]


def _markdown_rows(text: str, title: str) -> list[list[str]]:
    """The rows of a table under a title, its total included."""
    _, _, table = text.partition(f"## {title}\n")
    lines = table.lstrip("\n").split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_a_correction_a_ceiling_and_a_retention_are_one_row_that_adds_up(tmp_path: Path) -> None:
    text = _report(tmp_path, RICH, "claims", "--format", "markdown")
    assert _markdown_rows(text, "From cost to claim") == COST_TO_CLAIM


def test_what_was_disallowed_and_overpaid_is_one_row_that_adds_up(tmp_path: Path) -> None:
    text = _report(tmp_path, RICH, "claims", "--format", "markdown")
    rows = [[number, *rest] for number, _, _, _, *rest in _markdown_rows(text, "Example: claims")]
    assert rows[:3] == CLAIMED_AND_PAID


def test_every_format_tells_of_a_period_what_the_table_tells(tmp_path: Path) -> None:
    ((_, *shown), *_) = [[*row] for row in COST_TO_CLAIM[1:]]
    keys = ("cost", "claimed_later", "corrections", "claimed_cost", "share", "over_ceiling", "held_back", "entitled")
    expected = [_amount(cell) for cell in shown[:-1]]
    row = list(csv.DictReader(_report(tmp_path, RICH, "claims", "--format", "csv").splitlines()))[1]
    entry = json.loads(_report(tmp_path, RICH, "claims", "--format", "json"))["entries"][1]
    assert [_amount(row[key]) for key in keys] == [_amount(entry[key]) for key in keys] == expected
    table = _report(tmp_path, RICH, "claims").split("From cost to claim\n")[1].splitlines()[2]
    assert table.split() == ["2", *(cell for cell in shown if cell)]
    page = [text for _, text in Page(_report(tmp_path, RICH, "claims", "--format", "html")).texts]
    start = page.index("From cost to claim")
    at = page.index("2", start)
    assert page[at + 1 :][: len(table.split()) - 1] == [cell for cell in shown if cell]


def test_what_a_small_claim_cannot_give_back_is_moved_to_the_next(tmp_path: Path) -> None:
    text = with_claims(grant("£40,000", terms="up_front: 50%"), claim("up front", "", "2025-04-01"))
    text += with_claims("", claim(2, "£3,000", CLAIMED[0]), claim(3, "£10,000", CLAIMED[1])).removeprefix("claims:\n")
    rows = _markdown_rows(_report(tmp_path, text, "claims", "--format", "markdown"), "From cost to claim")
    # £5,000 of the £20,000 are to be given back with each claim; £2,000 of it that £3,000 cannot, with the next.
    assert rows == [
        ["1", "", "", "£20,000", "£20,000"],
        ["2", "£3,000", "£2,000", "-£5,000", "£0"],
        ["3", "£10,000", "-£2,000", "-£5,000", "£3,000"],
        ["Total", "£13,000", "£0", "£10,000", "£23,000"],
    ]


def test_the_page_of_the_whole_ledger_has_every_sheet_and_no_claim_can_break_it(tmp_path: Path) -> None:
    text = RICH.replace("reason: Overtime", 'reason: "<b>Over</b>\\u202Etime"')
    page = Page(_report(tmp_path, text, "claims", "--as-of", "2026-04-10", "--format", "html"))
    titles = [text for tag, text in page.texts if tag in ("h1", "h2", "caption")]
    assert titles == [
        *("Claims as of 10 April 2026", "Claimed and paid", "Cost against budget", "From cost to claim"),
        *("Corrections of earlier periods", "Disallowed", "Dates", "In all"),
    ]
    assert ("td", "<b>Over</b>\\u202etime") in page.texts
    assert page.facts()["Held back until the final payment"] == "£4,000.01"


def test_what_is_held_back_is_said_in_all_until_the_final_claim_is_made(tmp_path: Path) -> None:
    held = json.loads(_report(tmp_path, RICH, "claims", "--format", "json"))["retained"]
    assert held == "4000.01"  # 1,000 + 945.66 + 2,054.35
    final = RICH + "  - period: final\n    claimed: 2026-05-01\n"
    document = json.loads(_report(tmp_path, final, "claims", "--format", "json"))
    assert (document["retained"], document["entries"][-1]["held_back"]) == ("0.00", "4000.01")
    assert json.loads(_report(tmp_path, PAID_AHEAD, "claims", "--format", "json"))["retained"] is None


def test_a_draft_with_something_disallowed_takes_nothing_off_what_was_accepted(tmp_path: Path) -> None:
    lunch = ("disallowed:", "- {heading: salary, amount: £100, reason: Lunch}")
    text = with_claims(grant(award="£40,000"), claim(1, "£9,000", CLAIMED[0]), claim(2, "£8,000", "", *lunch))
    document = json.loads(_report(tmp_path, text, "claims", "--format", "json"))
    assert (document["claimed"], document["disallowed"], document["remaining"]) == ("9000.00", None, "31000.00")
    assert document["entries"][1]["entitled"] == "7900.00"


def test_what_is_left_of_the_purchase_order_is_that_of_claims_and_of_the_forecast(tmp_path: Path) -> None:
    text = RICH.replace("claims:\n", "purchase_order:\n  number: PO 7\n  amount: £38,000\nclaims:\n")
    document = json.loads(_report(tmp_path, text, "claims", "--format", "json"))
    # Accepted are 9,000 + 8,510.89 + 10,000. The award of 40,000 is forecast to be paid whole.
    assert (document["order_balance"], document["order_after"]) == ("10489.11", "-2000.00")
    facts = Page(_report(tmp_path, text, "claims", "--number", "2", "--format", "html")).facts()
    assert facts["Purchase order"] == "PO 7 (£38,000, £20,489.11 left after claim 2)"
    assert json.loads(_report(tmp_path, RICH, "claims", "--format", "json"))["order_balance"] is None


def test_what_was_disallowed_is_listed_with_its_day(tmp_path: Path) -> None:
    text = RICH.replace("reason: Lunch", "reason: Lunch, date: 2025-10-20")
    assert json.loads(_report(tmp_path, text, "claims", "--format", "json"))["disallowances"] == [
        {"claim": 2, "heading": "salary", "amount": "400.00", "date": "2025-10-20", "reason": "Lunch"}
    ]
    listed = _report(tmp_path, text, "claims").partition("Disallowed\nClaim")[2].splitlines()[1]
    assert listed.split() == ["2", "salary", "£400", "20", "Oct", "2025", "Lunch"]
    facts = Page(_report(tmp_path, text, "claims", "--number", "2", "--format", "html")).texts
    assert ("th", "Disallowed on 20 October 2025: Lunch") in facts
