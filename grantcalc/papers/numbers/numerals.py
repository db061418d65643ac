"""Numerals: how a number is written (separators, decimals), and what is wrong where it is written wrongly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_LONGEST: Final = 30
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_BARE: Final = re.compile(r"[0-9]*(?:\.[0-9]+)?")
_CONTINENTAL: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{2}")
_POINTED: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_SPACED: Final = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+(?:\.[0-9]{1,2})?")
_COMMA_GROUP: Final = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_SPACE_GROUP: Final = re.compile(r"(?<![0-9.,/-])[0-9]{1,3}[ ][0-9]{3}(?![0-9/-]|[.,][0-9])")
_BARE_THOUSANDS: Final = re.compile(r"(?<![0-9A-Za-z.,/-])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4}(?![0-9]*+[A-Za-z])")
_POINT_GROUP: Final = re.compile(r"(?:[£$€][ ]?|(?<![0-9.,]))[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,mMbk]|[ ][mb])")
_OTHER_DECIMALS: Final = re.compile(
    r"[£$€][ ]?[0-9]++\.[0-9]{1,2}(?![0-9])|[0-9]{2}\.[0-9]{2}(?![0-9])|[£$€]m\b|million", re.IGNORECASE
)
_THREE: Final = 3


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the way a number is written.

    Attributes:
        reason: as the end of a sentence about the number.
        likely: the number as it was probably meant.
    """

    reason: str
    likely: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without its sign and currency.

    Attributes:
        value: the number, or its likely reading where it is flawed.
        decimals: how many decimals are printed.
        grouped: whether thousands are set apart, which years, counts and dates hardly are.
        flaw: what is wrong with it.
    """

    value: Decimal
    decimals: int
    grouped: bool
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How the writer of a paper sets thousands apart, besides by commas.

    Attributes:
        spaces: "28 500" is one number: no number has a comma, and none of thousands lacks the space.
        points: "28.500" is twenty-eight thousand five hundred: no number has other decimals or a comma.
    """

    spaces: bool = False
    points: bool = False

    @classmethod
    def of(cls, text: str) -> Habits:
        """Find out the habits of a whole text."""
        if _COMMA_GROUP.search(text):
            return cls()
        spaces = bool(_SPACE_GROUP.search(text)) and not _BARE_THOUSANDS.search(text)
        points = not spaces and bool(_POINT_GROUP.search(text)) and not _OTHER_DECIMALS.search(text)
        return cls(spaces=spaces, points=points)

    def end_of(self, number: str, *, marked: bool) -> int:
        """How much of a number that contains spaces is one number.

        Args:
            number: digits, separators and spaces.
            marked: whether a currency or the edge of a cell says that it begins here.
        """
        stray = number.find(", ")
        if stray > 0 and not marked and "," not in number[:stray]:
            return stray
        space = number.find(" ")
        if stray < 0 < space and not self.spaces:
            return space
        return len(number)


def read_numeral(number: str, habits: Habits, *, money: bool, suffixed: bool) -> Numeral | None:
    """Read a number; a malformed one has its likely reading and what is wrong.

    Args:
        number: digits with separators, without sign, currency and suffix.
        habits: how the paper sets thousands apart.
        money: whether a currency stands before it.
        suffixed: whether a multiple such as "m" follows, so that three decimals are nothing odd.

    Returns:
        The number; None where it is far too long to be one.
    """
    if len(number) > _LONGEST:
        return None
    decimals = len(number.partition(".")[2])
    three = decimals == _THREE and not suffixed
    if _GROUPED.fullmatch(number):
        if three:
            return Numeral(Decimal(re.sub("[,.]", "", number)), 0, grouped=True, flaw=_point_for_comma(number))
        return Numeral(Decimal(number.replace(",", "")), decimals, grouped=True)
    if habits.points and not suffixed and _POINTED.fullmatch(number):
        return Numeral(Decimal(number.replace(".", "")), 0, grouped=True)
    if _BARE.fullmatch(number):
        flaw = _point_for_comma(number) if three and money and number[0] not in "0." else None
        return Numeral(Decimal(number), decimals, grouped=False, flaw=flaw)
    return _read_foreign(number) or _malformed(number)


def _read_foreign(number: str) -> Numeral | None:
    """Read a number with spaces between thousands, or with points there and a decimal comma."""
    if _CONTINENTAL.fullmatch(number):
        return Numeral(Decimal(number.replace(".", "").replace(",", ".")), 2, grouped=True)
    if _SPACED.fullmatch(number):
        return Numeral(Decimal(re.sub(r"[^0-9.]", "", number)), len(number.partition(".")[2]), grouped=True)
    return None


def _point_for_comma(number: str) -> Flaw:
    return Flaw("has three decimals: a point for a comma?", number.replace(".", ","))


def _malformed(number: str) -> Numeral:
    """The likely reading of a number whose separators are out of place."""
    tight = number.replace(" ", "")
    whole, point, decimals = tight.rpartition(".")
    if not point:
        whole, decimals = tight, ""
    if not point and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})*,[0-9]{2}", tight):
        whole, decimals = tight[:-3], tight[-2:]
    if "," in decimals:  # a point before thousands is none of decimals
        whole, decimals = tight, ""
    digits = re.sub("[.,]", "", whole)
    likely = f"{int(digits):,}" + (f".{decimals}" if decimals else "")
    grouped = bool(re.search(r"[.,][0-9]{3}", tight))
    return Numeral(Decimal(f"{digits}.{decimals or 0}"), len(decimals), grouped, Flaw(_reason(number), likely))


def _reason(number: str) -> str:
    """What is wrong with the separators of a number."""
    if " " in number:
        return "has a stray space"
    if number.count(".") > 1:
        return "has more than one decimal point"
    return "has a comma where no thousands end"
