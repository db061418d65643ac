"""Comments: what is to be said of a place of a paper, and the copy in which it is said there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grantcalc.wording import counted

if TYPE_CHECKING:
    from grantcalc.source import Where

AUTHOR: Final = "grantcalc"
ON_THE_WHOLE: Final = "On the document:"
"""What a comment begins with that is about no one place."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What is to be said of a place.

    Attributes:
        at: the place, as the paper's reader gave it; None for the whole paper.
        lines: what is said, without characters that could do harm.
    """

    at: Where | None
    lines: tuple[str, ...]

    @property
    def placed_lines(self) -> tuple[str, ...]:
        """What is said, after a line that tells where it belongs if it is about the whole paper."""
        return self.lines if self.at is not None else (ON_THE_WHOLE, *self.lines)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy of a paper with comments.

    Attributes:
        data: its bytes.
        remarks: what else is to be told: comments that stand elsewhere than at their place, and what does not hold
            any more; in sentences without a full stop.
    """

    data: bytes
    remarks: tuple[str, ...] = ()


def moved(comments: int, where: str) -> str:
    """Say that so many comments stand somewhere else."""
    return f"{counted(comments, 'comment')} {'stands' if comments == 1 else 'stand'} {where}"
