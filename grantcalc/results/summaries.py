"""What grants come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.account import Account
    from grantcalc.grants.costing.working import Working
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Input, Unreadable


@dataclass(frozen=True, slots=True)
class GrantSummary:
    """A grant file's account, and how its costs follow from rates."""

    source: Input
    account: Account
    workings: tuple[Working, ...] = ()


@dataclass(frozen=True, slots=True)
class Summaries:
    """The accounts of grant files, the files whose faults leave nothing to total, and those not read at all."""

    grants: tuple[GrantSummary, ...]
    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]
