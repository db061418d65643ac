"""What grants cost, set out by time or by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grantcalc.grants.model import Grant
    from grantcalc.grants.views import View
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Input, Unreadable


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant file's costs in one view."""

    source: Input
    grant: Grant
    view: View


@dataclass(frozen=True, slots=True)
class Views:
    """The views of grant files, the files that cannot be viewed so, and those not read at all."""

    grants: tuple[GrantView, ...]
    faulty: tuple[CheckedFile, ...]
    unreadable: tuple[Unreadable, ...]
