"""How serious what is found can be."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def at_least(self, other: Severity) -> bool:
        """Whether this is as serious as the other, or more."""
        ordered = list(Severity)
        return ordered.index(self) <= ordered.index(other)
