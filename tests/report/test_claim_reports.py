"""Ledgers and outturn statements as they are printed: every row adds up across, every column down to its total."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from grantcalc.cli import app
from tests.claim_files import claim, grant, with_claims

if TYPE_CHECKING:
    from pathlib import Path

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
