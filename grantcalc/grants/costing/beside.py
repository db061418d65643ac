"""The file beside a grant file that holds its pay scales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.source import Route

SCALES_PLACE: Final = Route(("costing", "scales"))
"""Where a grant file names the file of its scales."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that a grant file names.

    Attributes:
        path: where it was found, as messages name it.
        sha256: the hash of its bytes.
        text: its text.
        faults: what is wrong with it, placed in its own text.
    """

    path: str
    sha256: str
    text: str
    faults: tuple[Fault, ...] = ()


OpenBeside: TypeAlias = Callable[[str], Beside | Fault]
"""Opens a file by the name that the grant file gives it; or says, with its place in the grant file, why it cannot."""


def nothing_beside(name: str) -> Fault:
    """For a text that stands in no folder."""
    message = f"{name} is named for the scales, and this text has no folder to look for it"
    return Fault(FaultKind.SCALES, message, SCALES_PLACE, "put the scales into the grant file")
