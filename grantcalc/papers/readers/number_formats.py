"""Number formats of spreadsheets: how a number is shown, and what the reader of it is to multiply it by."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from grantcalc.money import plain, round_half_up

_GENERAL_DIGITS: Final = 15
"""So many digits of a number does Excel keep; what a file has beyond them comes of binary fractions."""

_BEYOND_AMOUNTS: Final = Decimal(10) ** 30
"""What is as large is no amount, in whatever format, and is shown with its power of ten."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|_.|\*.|(?P<exponent>E[+-]0+)|(?P<digits>[0#?][0#?,. ]*|\.[0#?]+)|(?P<general>General)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,10})?)")
_COMPARED: Final = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_FRACTION: Final = re.compile(r"[?#0]/[?#0-9]")
_LONGEST: Final = 255
"""What Excel takes for the longest format."""

_SCALING: Final = re.compile(r",+$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a cell shows it.

    Attributes:
        text: what the cell says.
        shift: the power of ten by which it is shown too small: 3 under "#,##0,".
        hidden: whether the format shows nothing, as ";;;" does; the text then is that of the number.
    """

    text: str
    shift: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the sections of a format: what stands before and after the digits, and how these are written."""

    before: str = ""
    after: str = ""
    decimals: int = 0
    optional: int = 0
    grouped: bool = False
    shift: int = 0
    percent: int = 0
    has_digits: bool = False
    general: bool = False
    condition: tuple[str, Decimal] | None = None

    def takes(self, value: Decimal) -> bool:
        """Whether a number meets the condition that the section is under, if any."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return bool(_COMPARED[sign](value, limit))

    @property
    def is_below_nought(self) -> bool:
        """Whether the condition lets only numbers through that are not above nought."""
        return self.condition is not None and self.condition[0].startswith("<") and self.condition[1] <= 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not (self.has_digits or self.general or self.before or self.after)


def shown(value: Decimal, number_format: str) -> Shown:
    """A number as its format shows it.

    Args:
        value: the number.
        number_format: the format, as the file has it, such as '#,##0;[Red](#,##0)'.
    """
    if abs(value) >= _BEYOND_AMOUNTS:
        return Shown(f"{value:E}")
    sections = _sections(number_format)
    section, size, minus = _chosen(sections, value)
    if section.general:
        return Shown(_general(value))
    if section.is_empty:
        return Shown(_general(value), hidden=True) if value else Shown("")
    if not section.has_digits:
        return Shown((section.before + section.after).strip())
    rounded = round_half_up(size.scaleb(2 * section.percent - section.shift), Decimal(1).scaleb(-section.decimals))
    digits = f"{rounded:,f}" if section.grouped else f"{rounded:f}"
    if section.optional and "." in digits:
        kept = len(digits) - section.optional
        digits = (digits[:kept] + digits[kept:].rstrip("0")).rstrip(".")
    sign = "-" if minus and rounded else ""
    # A word that stands for the scale ("m") says it already: only a bare figure needs to be multiplied.
    text = f"{sign}{section.before}{digits}{section.after}".strip()
    return Shown(text, 0 if _says_scale(section.after, section.shift) else section.shift)


def _says_scale(after: str, shift: int) -> bool:
    """Whether the letters after the digits say by what they are scaled."""
    return {3: "k", 6: "m", 9: "bn"}.get(shift, "-") in after.lower()


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal, bool]:
    """The section that shows a number, the number without its sign, and whether a minus is to be written."""
    if any(section.condition for section in sections):
        # The first whose condition is met; the last is for what is left.
        section = next((each for each in sections if each.takes(value)), sections[-1])
        return section, abs(value), value < 0 and not section.is_below_nought
    if value < 0 and len(sections) > 1:
        return sections[1], -value, False
    if value == 0 and len(sections) > 2:  # noqa: PLR2004  (positive; negative; zero)
        return sections[2], value, False
    return sections[0], abs(value), value < 0


def _general(value: Decimal) -> str:
    """A number without a format, with as many digits as are shown."""
    before = max(1, value.adjusted() + 1)
    unit = Decimal(1).scaleb(-max(0, _GENERAL_DIGITS - before))
    return f"{plain(round_half_up(value, unit)):f}"


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """The sections of a format: for numbers above nought, below, nought."""
    if not number_format:
        return (_Section(general=True),)
    pieces = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format[:_LONGEST])[:3]
    return tuple(_section(piece) for piece in pieces)


def _section(piece: str) -> _Section:
    """A section of a format."""
    sides = ["", ""]
    digits = ""
    general = bool(_FRACTION.search(piece))
    condition = None
    for token in _TOKEN.finditer(piece):
        if token["digits"] is not None:
            digits += token["digits"]
            continue
        general = general or token["general"] is not None or token["other"] == "@"
        if compared := _CONDITION.fullmatch(token["bracket"] or ""):
            condition = compared[1], Decimal(compared[2])
        words = token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""
        sides[1 if digits else 0] += words
    scaling = _SCALING.search(digits.rstrip())
    whole, _, fraction = digits.partition(".")
    commas = len(scaling.group()) if scaling else 0
    return _Section(
        before=sides[0],
        after=sides[1],
        decimals=sum(fraction.count(sign) for sign in "0#?"),
        optional=len(fraction.rstrip(", ")) - len(fraction.rstrip(", ").rstrip("#?")),
        grouped="," in whole.rstrip(", ") or ("," in whole and bool(fraction)),
        shift=3 * commas,
        percent=1 if "%" in sides[0] + sides[1] else 0,
        has_digits=bool(set(digits) & set("0#")),
        general=general,
        condition=condition,
    )
