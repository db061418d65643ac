"""The setting in which the posts of a grant are costed: its years, headings, scales and rates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grantcalc.grants.costing.beside import SCALES_PLACE
from grantcalc.grants.costing.rates import rates_of
from grantcalc.grants.faults import Fault, FaultKind, nearest
from grantcalc.source import Route
from grantcalc.wording import listed, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from grantcalc.grants.costing.rates import Rates
    from grantcalc.grants.costing.records import Costing, PayAward, PensionRate, ScaleTable
    from grantcalc.grants.model import Grant
    from grantcalc.grants.periods import Period
    from grantcalc.source import Keys

_ON_COSTS: Final = ("on-costs", "on_costs", "on costs")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings under which costs from rates stand; None where the grant has none for them."""

    salary: str | None
    on_costs: str | None
    overhead: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all posts of a grant share.

    Attributes:
        costing: the grant's conventions and rates, as written.
        years: the dates of the grant's years by name, in the order of the dates.
        headings: where salaries, on-costs and overheads stand.
        tables: the tables of each pay scale, in the order of dates.
        pensions: the rates of each pension scheme, in the order of dates.
        rates: the rates of the other on-costs.
    """

    costing: Costing
    years: Mapping[str, Period]
    headings: Headings
    tables: Mapping[str, tuple[ScaleTable, ...]]
    pensions: Mapping[str, tuple[PensionRate, ...]]
    rates: Rates

    @property
    def first_day(self) -> date:
        """The first day of the grant's years."""
        return min(period.starts for period in self.years.values())

    @property
    def last_day(self) -> date:
        """The last day of the grant's years."""
        return max(period.ends for period in self.years.values())


def setting_of(grant: Grant, scales: tuple[ScaleTable, ...]) -> Setting:
    """The setting of a grant, with the pay scales of the file or of the file beside it."""
    costing = grant.costing
    tables: dict[str, list[ScaleTable]] = defaultdict(list)
    for table in sorted(scales, key=lambda table: table.begins):
        tables[table.scale].append(table)
    pensions: dict[str, list[PensionRate]] = defaultdict(list)
    for rate in sorted(costing.pensions, key=lambda rate: (rate.begins is not None, rate.begins)):
        pensions[rate.scheme].append(rate)
    return Setting(
        costing=costing,
        years=_years(grant),
        headings=_headings(grant),
        tables={name: tuple(found) for name, found in tables.items()},
        pensions={name: tuple(found) for name, found in pensions.items()},
        rates=rates_of(costing),
    )


def _years(grant: Grant) -> dict[str, Period]:
    """The dates of the years, the earliest first."""
    dated = {year.year: year.period for year in grant.named_years if year.period is not None}
    return dict(sorted(dated.items(), key=lambda entry: entry[1].starts))


def _headings(grant: Grant) -> Headings:
    """The headings that the file names for each kind of cost, else those that are called so."""
    named, known = grant.costing.headings, grant.headings
    salary = named.salary or ("salary" if "salary" in known else None)
    on_costs = named.on_costs or next((name for name in _ON_COSTS if name in known), salary)
    return Headings(salary, on_costs, named.overhead or ("overhead" if "overhead" in known else None))


def unusable_years(grant: Grant) -> Iterator[Fault]:
    """Years without dates, or whose dates are backwards, in which nothing can be costed from rates."""
    for at, year in enumerate(grant.named_years):
        if year.period is None or year.period.ends < year.period.starts:
            wrong = "has no dates" if year.period is None else "ends before it starts"
            message = f"{year.year or 'the grant'} {wrong}, so that no post can be costed from its pay"
            keys = ("years", at) if year.year else ()
            yield Fault(FaultKind.PAY_DATES, message, Route(keys), "give starts and ends")


def repeated_rates(costing: Costing, tables: Sequence[ScaleTable]) -> Iterator[Fault]:
    """Rates and tables that hold from the same day, of which only one can."""
    pensions = [(f"rates of {rate.scheme}", rate.begins, "scheme") for rate in costing.pensions]
    insurance = [("rates of National Insurance", rate.begins, "from") for rate in costing.national_insurance]
    scales = [(f"tables of {table.scale}", table.begins, "scale") for table in tables]
    for part, listed_rates in (("pensions", pensions), ("national_insurance", insurance), ("scales", scales)):
        for at, (what, begins, key) in enumerate(listed_rates):
            if (what, begins, key) in listed_rates[:at]:
                message = f"two {what} hold from the same day"
                remedy = "give each a day of its own, or leave one out"
                yield Fault(FaultKind.REPEATED_NAME, message, Route(("costing", part, at, key)), remedy)


def unknown_scales(pay_awards: Sequence[PayAward], keys: Keys, tables: Mapping[str, object]) -> Iterator[Fault]:
    """Pay awards for scales that are not given, which nobody would have."""
    for at, award in enumerate(pay_awards):
        if award.scale is not None and award.scale not in tables:
            message = f'the pay award of {award.by.text} is for the scale "{award.scale}", which is not given'
            yield Fault(
                FaultKind.UNKNOWN_POINT, message, Route((*keys, at, "scale")), known_scales(award.scale, tables)
            )


def known_scales(name: str, tables: Mapping[str, object]) -> str:
    """What to write for a scale that is not given."""
    close = nearest(name, tables)
    known = ", ".join(tables) or "none; list them under costing, scales"
    return f'did you mean "{close}"?' if close else f"the scales are: {known}"


def uneven_scales(tables: Mapping[str, tuple[ScaleTable, ...]]) -> Iterator[Fault]:
    """Later tables of a scale that lack a point of an earlier one, on which somebody may be."""
    for name, found in tables.items():
        for earlier, later in pairwise(found):
            lacking = [f'"{point}"' for point in earlier.points if point not in later.points]
            if lacking:
                points = f"{'point' if len(lacking) == 1 else 'points'} {listed(lacking)}"
                message = (
                    f"{name} from {long_date(later.begins)} lacks {points} of {name} from {long_date(earlier.begins)}"
                )
                yield Fault(FaultKind.UNKNOWN_POINT, message, SCALES_PLACE, "give every point in every table")
