"""Amounts that are readable, but written in a way that often is a slip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grantcalc.grants.faults import Fault, FaultKind
from grantcalc.money import Malformed, has_stray_space, more_precise_than_pence, pounds
from grantcalc.source import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grantcalc.money import Figure
    from grantcalc.source import Keys


def irregularity(figure: Figure) -> Malformed | None:
    """What is odd about how an amount is written, and what to write instead; None where nothing is."""
    if has_stray_space(figure.text):
        tidy = re.sub(r",\s+", ",", figure.text)
        message = f'"{figure.text}" has a space among its digits, and is read as {pounds(figure.value)}'
        return Malformed(message, f"write {tidy}")
    if more_precise_than_pence(figure):
        message = f'"{figure.text}" is more precise than a penny, and is read as it stands'
        return Malformed(message, _of_thousandths(figure.text))
    return None


def irregular_amounts(amounts: Iterable[tuple[Keys, Figure]]) -> Iterator[Fault]:
    """Amounts that are readable, but written in a way that often is a slip."""
    for keys, figure in amounts:
        odd = irregularity(figure)
        if odd is not None:
            yield Fault(FaultKind.IRREGULAR, odd.reason, Route(keys), odd.remedy)


def _of_thousandths(text: str) -> str:
    """What an amount with three decimals was probably meant to be."""
    if re.fullmatch(r"£?[1-9][0-9]{0,2}\.[0-9]{3}", text):
        return f"if a comma is meant, write {text.replace('.', ',')}; if a unit is lost, write it; else round to pence"
    return "if a unit is lost, write it, as in £0.025m; else round to pence"
