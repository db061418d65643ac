"""Gaps between a total and its parts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.money import pounds
from grantcalc.sums import allowance, difference

if TYPE_CHECKING:
    from decimal import Decimal

    from grantcalc.sums import Sum


def apart(gap: Decimal) -> str:
    """By how much an amount is more or less than another: "£2 more"."""
    return f"{pounds(abs(gap))} {'more' if gap > 0 else 'less'}"


def too_large(gap: Decimal) -> str:
    """By how much a stated figure is out: "£1 too small"."""
    return f"{pounds(abs(gap))} too {'large' if gap > 0 else 'small'}"


def beyond_rounding(a_sum: Sum) -> str:
    """That rounding does not explain a gap, as a note."""
    gap, allowed = abs(difference(a_sum)), allowance(a_sum)
    return f"rounding: no explanation, since {pounds(gap)} is more than the allowance of {pounds(allowed)}"
