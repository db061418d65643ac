"""A grant file to begin with: its years and posts, and the other keys as comments with what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.agreement import Payments
from grantcalc.grants.fields import DEFAULT_HEADINGS
from grantcalc.grants.keys import KEYS, choices_of, keys_of
from grantcalc.grants.model import Grant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.fields import Record

EXAMPLE_YEARS: Final = ("2025-26",)
_OF_THE_GRANT: Final = ("reference", "funder", "recipient", "award", "costs_rounded_to")
_OF_PAYMENTS: Final = ("frequency", "timing", "basis", "rounding", "payment_due")
_MEANINGS: Final = 42
"""The column in which meanings begin."""
_AMOUNTS: Final = {"salary": "£31,400", "overhead": "£3,140"}


def starter_text(years: Sequence[str], posts: int | None) -> str:
    """A grant file in which nothing is found, as YAML.

    Args:
        years: the names of its years, which say their dates.
        posts: how many posts it has, their amounts nought; None for one post with amounts as an example.
    """
    roles = ["Outreach worker"] if posts is None else [f"Post {number}" for number in range(1, posts + 1)]
    lines = [
        "# A grant file. What it may say: grantcalc schema. What is wrong with it: grantcalc check",
        f"grant: {KEYS['Grant']['grant'].example}",
        *(_commented(Grant, key) for key in _OF_THE_GRANT),
        "",
        "# payments:",
        *(_commented(Payments, key, indent="  ") for key in _OF_PAYMENTS),
        "",
        "years:  # 2025-26 is 1 April 2025 to 31 March 2026, 2025 the calendar year; starts and ends say otherwise",
        *(f"  - {year}" for year in years),
        "",
        "posts:",
    ]
    for role in roles:
        lines += [f"  - role: {role}", "    costs:"]
        for year in years:
            amounts = [f"        {key}: {_AMOUNTS[key] if posts is None else 0}" for key in DEFAULT_HEADINGS]
            lines += [f"      {year}:", *amounts]
    return "\n".join([*lines, ""])


def _commented(record: type[Record], name: str, indent: str = "") -> str:
    """A key as a comment, with its choices and its meaning."""
    key = keys_of(record)[name]
    choices = " | ".join(choices_of(record.model_fields[name]))
    written = f"# {indent}{name}: {key.example}"
    return f"{written:<{_MEANINGS}}# {choices and f'{choices}: '}{key.meaning.replace('`', '')}"
