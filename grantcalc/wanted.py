"""Which rules are wanted in which file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.findings import Rule

WantedIn: TypeAlias = "Callable[[str], Callable[[Rule], bool]]"
"""Of a file by its path: which rules' findings are wanted in it."""


def all_rules(_: str) -> Callable[[Rule], bool]:
    """That all rules are wanted in any file."""
    return lambda _: True
