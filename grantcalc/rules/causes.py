"""Likely slips in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.findings import Note
from grantcalc.money import plain, pounds
from grantcalc.slips import SlipKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.slips import Slip


def cause_notes(slips: Sequence[Slip]) -> tuple[Note, ...]:
    """What is likely to have gone wrong, one line for each slip, with the place of the figure."""
    notes = [Note(f"likely: {_cause(slip)}; every sum it touches then holds", slip.figure.at) for slip in slips]
    return tuple(dict.fromkeys(notes))[:3]


def _cause(slip: Slip) -> str:
    old, new = slip.figure.text, pounds(slip.to)
    if slip.kind is SlipKind.FACTOR:
        return f"{old} should be {new}, {_times(slip)}"
    if slip.kind is SlipKind.LEFT_OUT and slip.part is not None:
        return f"{old} leaves out {slip.part.text} ({new} with it)"
    if slip.kind is SlipKind.TWICE and slip.part is not None:
        return f"{old} counts {slip.part.text} twice ({new} with it once)"
    if slip.kind is SlipKind.NEXT_ROW:
        return f"{old} is copied from the next row ({new} makes the sum)"
    return f"{slip.kind} in {old} ({new})"


def _times(slip: Slip) -> str:
    """By which factor a unit was lost, and which letter may be missing."""
    factor = plain(slip.to / slip.figure.value)
    letter = {10**3: "k", 10**6: "m"}.get(int(factor)) if factor >= 1 else None
    lost = f": a unit is lost, as in {slip.figure.text}{letter}" if letter else ""
    size = f"{factor:,f} times as much" if factor >= 1 else f"a {plain(1 / factor):,f}th of it"
    return f"{size}{lost}"
