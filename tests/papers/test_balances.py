"""Running balances: what was there, what came in, what went out, and what is left."""

from __future__ import annotations

import pytest

from grantcalc.papers.evidence import gather
from grantcalc.papers.layout.text import read_text
from grantcalc.sums import Verdict, verdict
from tests.runaway import ends_within


def sums(text: str) -> list[str]:
    """The sums of a paper as short lines: verdict, total, and signed parts."""
    return [
        f"{verdict(a_sum)} {a_sum.total.text} = "
        + " ".join(f"{part.weight:+f}×{part.figure.text}" for part in a_sum.parts)
        for a_sum in gather(read_text(text)).sums
    ]


def failing(text: str) -> list[str]:
    """The totals of the sums that do not hold."""
    found = gather(read_text(text)).sums
    return [a_sum.total.text for a_sum in found if verdict(a_sum) is Verdict.MISMATCH]


LINEAR_SECONDS = 5

AS_LINES = """Opening balance 1 May 2031 £{}
Receipts £1,386.25
Payments £2,047.90
Closing balance 31 May 2031 £17,453.47
"""
AS_PROSE = (
    "The deposit fund balance on 30 June was £{}, receipts for July were £1,386.25, interest was £18.40, "
    "and disbursements were £2,066.30, leaving a balance of £17,453.47 at the end of July."
)
AS_LIST = """- Balance brought forward: £{}
- Income: £1,386.25
- Expenditure: £2,047.90
- Balance carried forward: £17,453.47
"""
WITH_ITEMS = """Balance at bank 1 March 2031 £{}
Plus: Deposits £1,386.25
- Hall hire 986.25
- Donations 400.00

Less: Disbursements £2,047.90
- Wages 1,650.00
- Other expenses 397.90

Balance at bank 31 March 2031 £17,453.47
"""
AS_COLUMNS = """| | 2030 | 2031 |
|---|---|---|
| 1. Balances brought forward | {} | 17,453 |
| 2. (+) Precept | 9,304 | 9,611 |
| 3. (+) Other receipts | 1,386 | 1,275 |
| 4. (-) Staff costs | 8,112 | 8,390 |
| 5. (-) All other payments | 3,240 | 2,984 |
| 6. (=) Balances carried forward | 17,453 | 16,965 |
"""


@pytest.mark.parametrize("text", [AS_LINES, AS_PROSE, AS_LIST, WITH_ITEMS])
def test_an_opening_balance_with_what_came_in_less_what_went_out_makes_the_closing_one(text: str) -> None:
    found = sums(text.format("18,115.12"))
    assert any(line.startswith("exact £17,453.47 = +1×£18,115.12 +1×£1,386.25") for line in found)
    assert not failing(text.format("18,115.12"))


@pytest.mark.parametrize("text", [AS_LINES, AS_PROSE, AS_LIST, WITH_ITEMS])
def test_a_wrong_digit_in_a_running_balance_is_claimed(text: str) -> None:
    assert failing(text.format("18,415.12")) == ["£17,453.47"]


def test_running_balances_are_read_down_each_column() -> None:
    assert not failing(AS_COLUMNS.format("18,115"))
    assert failing(AS_COLUMNS.format("18,715")) == ["17,453"]


def test_receipts_less_expenses_make_the_balance_on_hand_without_an_opening_one() -> None:
    text = "The clerk reported total receipts of £3,916.24. Total expenses were £{}. Balance on hand £1,184.07."
    assert not failing(text.format("2,732.17"))
    assert failing(text.format("2,432.17")) == ["£1,184.07"]


def test_net_transfers_bring_an_original_budget_to_a_new_one() -> None:
    text = "The original budget was £{} million. Net transfers of £-0.318 million bring the budget to £12.156 million."
    assert sums(text.format("12.474").replace("bring ", "have been made bringing ")) == [
        "exact £12.156 million = +1×£12.474 million +1×£-0.318 million"
    ]
    assert failing(text.format("12.774").replace("bring ", "have been made bringing ")) == ["£12.156 million"]


@pytest.mark.parametrize(
    "text",
    [
        # Transfers are left out of the excerpt.
        "Opening balance £18,115.12\nReceipts £1,386.25\nPayments £2,047.90\nClosing balance £9,870.33\n",
        # Balances of several accounts are no account of one.
        "The balance of the current account is £4,871.20 and the balance of the deposit account is £18,304.65.",
        "Opening balance £18,115.12. Closing balance £18,415.12.",
        "Payments of £1,204.16 were approved. The balance at bank was £18,304.65.",
        "Income was £48,215 against a budget of £47,980, and the balance stood at £12,316.",
        "Opening hours cost £4,215.30, interest of £316.25 was received. The closing date is near: £4,831.55.",
    ],
)
def test_balances_that_are_not_told_to_follow_from_each_other_claim_nothing(text: str) -> None:
    assert not failing(text)


def test_what_is_left_is_what_came_in_less_what_went_out() -> None:
    text = """| | 2030 | 2031 |
|---|---|---|
| INCOME FROM | | |
| Donations | 18,204 | 17,630 |
| Letting | 4,317 | 4,982 |
| Total | 22,521 | 22,612 |
| EXPENDITURE ON | | |
| Wages | 15,880 | 16,413 |
| Repairs | {} | 2,904 |
| Total | 19,056 | 19,317 |
| NET INCOME/(EXPENDITURE) | 3,465 | 3,295 |
"""
    assert "exact 3,465 = +1×22,521 -1×19,056" in sums(text.format("3,176"))
    assert not failing(text.format("3,176"))


def test_a_deficit_is_what_went_out_less_what_came_in() -> None:
    text = "Income for the year was £41,286.20. Expenditure was £43,917.55. The deficit was £{}."
    assert sums(text.format("2,631.35")) == ["exact £2,631.35 = -1×£41,286.20 +1×£43,917.55"]
    assert not failing(text.format("1,904.10"))


def test_an_amount_on_the_other_side_of_zero_is_no_slip() -> None:
    assert not failing("Interest £50.00\nPayments £2,388.12\nBalance at bank £2,388.12\n")


def test_the_numbers_of_cheques_are_no_column_of_amounts() -> None:
    text = (
        "Cheque\tPayee\tFor\tAmount\n204417\tA Reed\tWages\t£518.60\n204418\tRevenue\tTax\t£104.30\n"
        "204419\tMower\tGrass\t£286.00\n\tTotal\t\t£980.90\n"
    )
    assert failing(text) == ["£980.90"]
    assert not failing(text.replace("980.90", "908.90"))


@pytest.mark.parametrize(
    "piece",
    [
        "Opening balance £18,115.12\nReceipts £1,386.25\nPayments £2,047.90\nClosing balance £17,453.47\n\n",
        "Receipts £1,386.25\nPayments £2,047.90\n\n",
        "Balance brought forward less plus add opening closing of the income and the outgoings £1,386.25 ",
        "( - ( + ((( less \n",
    ],
)
def test_long_accounts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    with ends_within(LINEAR_SECONDS):
        gather(read_text(text))
