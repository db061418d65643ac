"""Files beside a grant file, which it names and takes something from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from grantcalc.money import Malformed

if TYPE_CHECKING:
    from grantcalc.grants.faults import Fault


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


OpenBeside: TypeAlias = Callable[[str], Beside | Malformed]
"""Opens a file by the name that the grant file gives it; or says why it cannot, as the end of a sentence."""
