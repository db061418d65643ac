"""The steps of a post's cost in a year: pay, on-costs, overheads, and what later years are assumed to add."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict, Unpack

from grantcalc.grants.costing.charges import on_costs_of
from grantcalc.grants.costing.rates import in_force
from grantcalc.grants.costing.values import Rate
from grantcalc.grants.costing.working import Step, What

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from grantcalc.grants.costing.people import Hire, Span
    from grantcalc.grants.costing.records import Allowance, OnCosts, Overhead, Pay
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.grants.costing.timeshare import TimeShare
    from grantcalc.grants.periods import Period
    from grantcalc.money import Figure


class _More(TypedDict, total=False):
    """What a step may have besides its days, people and base."""

    name: str
    why: str
    fte: Fraction | None
    threshold: Fraction
    rate: Fraction
    charged: bool


_PAY = (What.SALARY, What.ALLOWANCE)
_BASES = {
    "salary": (What.SALARY,),
    "pay": _PAY,
    "pay and on-costs": (*_PAY, What.NATIONAL_INSURANCE, What.PENSION, What.LEVY),
}
"""What an overhead at a rate is charged on, by the name of its base."""


def rate_changes(on_costs: OnCosts, setting: Setting) -> set[date]:
    """The days on which a rate of these on-costs changes."""
    days = {rate.begins for rate in setting.rates.national_insurance if on_costs.national_insurance}
    days |= {rate.begins for rate in setting.rates.levy if on_costs.apprenticeship_levy}
    if isinstance(on_costs.pension, str):
        days |= {rate.begins for rate in setting.pensions.get(on_costs.pension, ()) if rate.begins is not None}
    return days


def pay_steps(hire: Hire, span: Span, pay: Pay, heading: str) -> Iterator[Step]:
    """Salary and allowances of a span; an absorbed award is told, and not charged."""
    yield _step(What.SALARY, hire, span, heading, span.stage.charged, why=span.stage.why, fte=hire.fte)
    for allowance in pay.allowances:
        fte = hire.fte if allowance.by_fte else None
        name = allowance.allowance
        yield _step(What.ALLOWANCE, hire, span, heading, _a_year(allowance, span), name=name, fte=fte)
    absorbed = span.stage.paid - span.stage.charged
    if absorbed:
        why = f"{span.stage.borne}, borne by the recipient"
        yield _step(What.ABSORBED, hire, span, heading, absorbed, why=why, fte=hire.fte, charged=False)


def _step(what: What, hire: Hire, span: Span, heading: str, base: Fraction, **more: Unpack[_More]) -> Step:
    """A step for the people and days of a span."""
    who, people = hire.who, hire.people
    days, served, time = span.period, span.served, span.time
    return Step(what, heading, base, who=who, people=people, period=days, served=served, time=time, **more)


def _a_year(allowance: Allowance, span: Span) -> Fraction:
    """An allowance a year for full-time work."""
    return allowance.amount.of(span.stage.charged)


def on_cost_steps(hire: Hire, span: Span, pay: Pay, setting: Setting) -> Iterator[Step]:
    """What an employer pays on top of the pay of a span.

    National Insurance is charged person by person on earnings above the threshold, which is not multiplied by the FTE
    (Social Security Contributions and Benefits Act 1992, section 9): half a post costs less than half of a post's, and
    a part-timer below the threshold nothing. Contributions are reckoned by pay period; the span has its share of the
    year's earnings and of the year's threshold.
    """
    on_costs, heading = on_costs_of(pay, setting), setting.headings.on_costs or ""
    day = span.period.starts
    earned = _earned(hire, span, pay.allowances)
    insurance = in_force(setting.rates.national_insurance, day) if on_costs.national_insurance else None
    if insurance:
        threshold = Fraction(insurance.threshold.value)
        rate = insurance.rate.value
        yield _step(What.NATIONAL_INSURANCE, hire, span, heading, earned, threshold=threshold, rate=rate)
    scheme, rate_of_pension = _pension(on_costs, day, setting)
    if rate_of_pension is not None:
        pensionable = _earned(hire, span, [a for a in pay.allowances if a.pensionable])
        yield _step(What.PENSION, hire, span, heading, pensionable, name=scheme, rate=rate_of_pension.value)
    levy = in_force(setting.rates.levy, day) if on_costs.apprenticeship_levy else None
    if levy:
        yield _step(What.LEVY, hire, span, heading, earned, rate=levy.rate.value)


def _earned(hire: Hire, span: Span, allowances: Sequence[Allowance]) -> Fraction:
    """What one person earns a year at the span's rates, with these allowances."""
    earned = span.stage.charged * hire.fte
    for allowance in allowances:
        earned += _a_year(allowance, span) * (hire.fte if allowance.by_fte else 1)
    return earned


def _pension(on_costs: OnCosts, day: date, setting: Setting) -> tuple[str, Rate | None]:
    """The scheme and the rate of a day; no rate where no pension is charged."""
    if on_costs.pension is None or isinstance(on_costs.pension, Rate):
        return "", on_costs.pension
    found = in_force(setting.pensions[on_costs.pension], day)
    return on_costs.pension, found.rate if found else None


def flat_step(overhead: Figure, year: Period, time: TimeShare, heading: str) -> Step:
    """A flat overhead: a year's amount whatever the FTE and dates; of a grant's year that is shorter, its share."""
    base = Fraction(overhead.value)
    return Step(What.OVERHEAD, heading, base, why="a year, flat", period=year, served=year, time=time)


def overhead_steps(
    overhead: Overhead, people: Sequence[tuple[Hire, Sequence[Span]]], steps: Sequence[Step], heading: str
) -> Iterator[Step]:
    """The overhead of a post in a year, by FTE and days in post, or at a rate of its base less what is excluded."""
    if overhead.per_fte is not None:
        base = Fraction(overhead.per_fte.value)
        for hire, listed in people:
            for span in listed:
                yield _step(What.OVERHEAD, hire, span, heading, base, why="a year per FTE", fte=hire.fte)
    elif overhead.rate is not None:
        base_name = overhead.base or "salary"
        charged = [step for step in steps if step.what in _BASES[base_name] and not _excluded(step, overhead)]
        less = f", less {', '.join(overhead.excluding)}" if overhead.excluding else ""
        base = sum((step.amount for step in charged), Fraction(0))
        why = f"{base_name} of the year{less}"
        yield Step(What.OVERHEAD, heading, base, why=why, rate=overhead.rate.value, charged_on=tuple(charged))


def _excluded(step: Step, overhead: Overhead) -> bool:
    return step.what in overhead.excluding or step.name in overhead.excluding


def inflation_step(steps: Sequence[Step], rate: Rate, years: int, heading: str) -> Step:
    """What a yearly inflation adds to amounts of the first year's prices, so many years later."""
    base = sum((step.amount for step in steps), Fraction(0))
    name = f"{rate.text} a year for {years} year{'s' if years > 1 else ''}"
    rise = (1 + rate.value) ** years - 1
    why = "prices of the first year"
    return Step(What.INFLATION, heading, base, name=name, why=why, rate=rise, charged_on=tuple(steps))
