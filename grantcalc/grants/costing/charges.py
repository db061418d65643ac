"""What is charged on top of pay, and what is wrong where a rate or a heading for it is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.grants.costing.people import days_in_post, hires
from grantcalc.grants.costing.rates import in_force
from grantcalc.grants.costing.records import OnCosts
from grantcalc.grants.faults import Fault, FaultKind, nearest
from grantcalc.source import Route
from grantcalc.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from grantcalc.grants.costing.records import Overhead, Pay
    from grantcalc.grants.costing.setting import Setting
    from grantcalc.grants.model import Post
    from grantcalc.grants.periods import Period
    from grantcalc.source import Keys


def on_costs_of(pay: Pay, setting: Setting) -> OnCosts:
    """The on-costs of a post: its own, else the grant's; none where the salary includes them."""
    if pay.includes:
        return OnCosts()
    return pay.on_costs or setting.costing.on_costs or OnCosts()


def overhead_of(pay: Pay, setting: Setting) -> Overhead | None:
    """The overhead of a post: its own, else the grant's."""
    return pay.overhead or setting.costing.overhead


def adds_any(on_costs: OnCosts) -> bool:
    """Whether anything is added to pay."""
    return bool(on_costs.national_insurance or on_costs.pension or on_costs.apprenticeship_levy)


def years_to_cost(post: Post, setting: Setting) -> list[str]:
    """The years for which a post gives no amounts."""
    return [year for year in setting.years if not post.costs.get(year)]


def faults_of_charges(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """What is wrong with a post's on-costs, overhead and headings."""
    on_costs = on_costs_of(pay, setting)
    own = (*keys, "pay") if pay.on_costs else ("costing",)
    yield from _headings(post, pay, keys, setting)
    yield from exclusions(pay.overhead, [pay], (*keys, "pay", "overhead"), f"the overhead of {post.role}")
    years = [setting.years[year] for year in years_to_cost(post, setting)]
    if years and not pay.includes and pay.on_costs is None and setting.costing.on_costs is None:
        message = f"{post.role} is costed from its salary, and nothing says whether on-costs come on top"
        remedy = "list them under on_costs, or write includes: on-costs if the salary has them"
        yield Fault(FaultKind.ON_COSTS, message, Route((*keys, "pay"), on_key=True), remedy)
    days = _first_and_last(pay, years)
    if days:
        yield from _pension(post, on_costs, (*own, "on_costs", "pension"), setting, days[0])
        yield from _insurance(post, on_costs, (*own, "on_costs"), setting, days[0])


def _first_and_last(pay: Pay, years: Sequence[Period]) -> tuple[date, date] | None:
    """The first and the last day in post of the years."""
    served = [days for hire in hires(pay) for year in years for days in days_in_post(hire, year)]
    return (min(days.starts for days in served), max(days.ends for days in served)) if served else None


def _headings(post: Post, pay: Pay, keys: Keys, setting: Setting) -> Iterator[Fault]:
    """Headings that the grant does not have for what is to be charged."""
    wanted = {"salary": setting.headings.salary}
    wanted |= {"overhead": setting.headings.overhead} if overhead_of(pay, setting) else {}
    for kind, heading in wanted.items():
        if heading is None:
            message = f'the grant has no heading "{kind}" for the {kind} of {post.role}'
            remedy = f"name the heading under costing, headings, such as {kind}: revenue"
            yield Fault(FaultKind.NO_RATE, message, Route((*keys, "pay"), on_key=True), remedy)


def exclusions(overhead: Overhead | None, pays: Sequence[Pay], keys: Keys, subject: str) -> Iterator[Fault]:
    """What an overhead excludes from its base, and is no part of the cost of any of these posts.

    Args:
        overhead: the overhead, if there is one.
        pays: the pay that it may be charged on.
        keys: the route of the overhead.
        subject: whose overhead it is, as the beginning of a message.
    """
    known = [allowance.allowance for pay in pays for allowance in pay.allowances] + list(_PARTS)
    for at, name in enumerate(overhead.excluding if overhead else ()):
        if name not in known:
            close = nearest(name, known)
            remedy = f'did you mean "{close}"?' if close else f"what can be excluded here: {', '.join(known)}"
            message = f'{subject} excludes "{name}", which is no part of its base'
            yield Fault(FaultKind.UNKNOWN_KEY, message, Route((*keys, "excluding", at)), remedy)


_PARTS: Final = ("allowance", "national insurance", "pension", "apprenticeship levy")


def _pension(post: Post, on_costs: OnCosts, keys: Keys, setting: Setting, first: date) -> Iterator[Fault]:
    """A scheme that has no rate, or none yet on the first day."""
    scheme = on_costs.pension
    if not isinstance(scheme, str):
        return
    rates = setting.pensions.get(scheme, ())
    remedy = f"under costing, pensions, add scheme: {scheme}, with its rate and the day from which it holds"
    if not rates:
        close = nearest(scheme, setting.pensions)
        remedy = f'did you mean "{close}"?' if close else remedy
        message = f'no rate is given for the pension scheme "{scheme}" of {post.role}'
        yield Fault(FaultKind.NO_RATE, message, Route(keys), remedy)
    elif in_force(rates, first) is None:
        begins = long_date(rates[0].begins) if rates[0].begins else ""
        message = f'the rate of "{scheme}" is given from {begins}, and {post.role} is paid from {long_date(first)}'
        yield Fault(FaultKind.NO_RATE, message, Route(keys), remedy)


def _insurance(post: Post, on_costs: OnCosts, keys: Keys, setting: Setting, first: date) -> Iterator[Fault]:
    """National Insurance before the first day for which it is known."""
    known = setting.rates.national_insurance[0].begins
    if on_costs.national_insurance and first < known:
        message = (
            f"employer's National Insurance is known from {long_date(known)}, and {post.role} is paid from "
            f"{long_date(first)}"
        )
        remedy = "state its rate and threshold under costing, national_insurance"
        yield Fault(FaultKind.NO_RATE, message, Route((*keys, "national_insurance")), remedy)


def unknown_rates(posts: Sequence[Post], setting: Setting) -> Iterator[Fault]:
    """Days that are costed at the last known rates, since later ones are not known: said once for the grant."""
    known_to = setting.rates.known_to
    last = [
        days[1]
        for post in posts
        if post.pay and adds_statutory(on_costs_of(post.pay, setting))
        for days in [_first_and_last(post.pay, [setting.years[year] for year in years_to_cost(post, setting)])]
        if days
    ]
    if known_to is None or not last or max(last) <= known_to:
        return
    rate = setting.rates.national_insurance[-1]
    message = (
        f"rates known to {long_date(known_to)}: days up to {long_date(max(last))} are costed at the last of them, "
        f"National Insurance of {rate.rate.text} above {rate.threshold.text}"
    )
    at = next(at for at, period in enumerate(setting.years.values()) if period.ends > known_to)
    remedy = "state the rates that you budget with under costing, national_insurance"
    yield Fault(FaultKind.RATES_KNOWN_TO, message, Route(("years", at)), remedy)


def adds_statutory(on_costs: OnCosts) -> bool:
    """Whether anything is added at a rate of the law."""
    return on_costs.national_insurance or on_costs.apprenticeship_levy
