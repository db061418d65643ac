"""Two versions of a grant, or what keeps them from being compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.changes import Changes
    from grantcalc.grants.model import Grant
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Input, Unreadable


@dataclass(frozen=True, slots=True)
class GrantDifference:
    """Two versions of a grant, and what has changed between them."""

    old_source: Input
    new_source: Input
    old: Grant
    new: Grant
    changes: Changes


@dataclass(frozen=True, slots=True)
class Faulty:
    """The files whose faults leave nothing to compute, and those not read at all."""

    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]
