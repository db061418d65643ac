"""The sums that hold, so that a reviewer sees what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.report.places import located
from grantcalc.sums import Verdict, verdict, written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grantcalc.results.checked import CheckedFile
    from grantcalc.source import Where

_WORDS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    Verdict.EXACT: ("✓", "=", "exact"),
    Verdict.ROUNDING: ("≈", "≈", "within rounding"),
}
"""For a sum that holds: its sign, what stands before the total, and how it holds."""

_MOST_SHOWN: Final = 12
"""So many parts of a sum are written out."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A sum that holds, in words.

    Attributes:
        sign: a tick, or "≈" where it holds within rounding.
        label: what the sum is of, in the words of the file or paper.
        working: the parts and the total.
        how: "exact" or "within rounding".
        where: where it stands in its file.
    """

    sign: str
    label: str
    working: str
    how: str
    where: Where | None

    @property
    def text(self) -> str:
        """The sum in one line: "award: £40 + £20 = £60 (exact)"."""
        return f"{f'{self.label}: ' if self.label else ''}{self.working} ({self.how})"


def passes(file: CheckedFile) -> Iterator[Pass]:
    """The sums of a file that hold, in their order."""
    for a_sum in file.sums:
        if (came_out := verdict(a_sum)) in _WORDS:
            sign, equals, how = _WORDS[came_out]
            working = f"{written_out(a_sum, _MOST_SHOWN)} {equals} {a_sum.total.text}"
            yield Pass(sign, a_sum.label, working, how, located(file, a_sum.place))
