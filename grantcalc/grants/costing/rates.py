"""Rates of on-costs by date: those of the law from the package's data, and those that a grant file states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from grantcalc.grants.costing.records import StatutoryRates
from grantcalc.grants.document import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from grantcalc.grants.costing.records import Costing, Levy, NationalInsurance

_DATA: Final = "data/rates.yaml"


class _Dated(Protocol):
    """Something that holds from a day on."""

    @property
    def begins(self) -> date | None:
        """The first day; None where it has always held."""


_T = TypeVar("_T", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates that a grant is costed at.

    Attributes:
        national_insurance: employer's National Insurance, in the order of dates.
        levy: the apprenticeship levy, in the order of dates.
        known_to: the last day for which the rates are known; None where the file states later ones itself.
    """

    national_insurance: tuple[NationalInsurance, ...]
    levy: tuple[Levy, ...]
    known_to: date | None


@cache
def statutory_rates() -> StatutoryRates:
    """The rates of the law, each with its source, as the package's data has them."""
    text = (files(__package__) / _DATA).read_text(encoding="utf-8")
    return StatutoryRates.model_validate(read_document(text).tree)


def rates_of(costing: Costing) -> Rates:
    """The rates for a grant: from the first day for which the file states National Insurance, its own."""
    law, own = statutory_rates(), sorted(costing.national_insurance, key=lambda rate: rate.begins)
    lawful = [rate for rate in law.national_insurance if not own or rate.begins < own[0].begins]
    known_to = None if own and own[-1].begins >= law.national_insurance[-1].begins else law.known_to
    return Rates((*lawful, *own), law.apprenticeship_levy, known_to)


def in_force(rates: Sequence[_T], day: date) -> _T | None:
    """The last of rates in order of dates that holds on a day; None before the first."""
    return next((rate for rate in reversed(rates) if rate.begins is None or rate.begins <= day), None)
