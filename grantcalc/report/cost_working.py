"""How costs follow from rates: the steps of each year, to the penny, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grantcalc.money import PENNY, POUND, decimal_of, pounds, round_half_up
from grantcalc.report.columns import set_in_columns
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.wording import date_range, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from grantcalc.grants.costing.working import Step, Working
    from grantcalc.money import Figure
    from grantcalc.report.medium import Medium
    from grantcalc.results.costs import CostExplanation, ExplainedYear

_HEADINGS: Final = ("", "From", "To", "Worked out as", "Amount")
_TO_THE_RIGHT: Final = (False, False, False, False, True)
_GAPS: Final = (2, 2, 2, 2, 3)


def cost_table(explained: CostExplanation, medium: Medium = PLAIN) -> str:
    """The working of a post's or other cost's years, each step to the penny, its totals rounded once."""
    account = explained.account
    lines = [medium.paint(medium.show(f"{account.grant.grant} · {explained.line.name}"), Style.STRONG)]
    for year in explained.years:
        lines += ["", *_year(year, medium)]
    return "\n".join(lines) + "\n"


def _year(year: ExplainedYear, medium: Medium) -> Iterator[str]:
    title = year.year.year or "The whole grant"
    period = year.year.period
    dates = f" ({date_range(period.starts, period.ends)})" if period else ""
    yield medium.paint(medium.show(f"{title}{dates}"), Style.STRONG)
    if year.working is None:
        yield from _given(year.given, medium)
        return
    if year.working.convention:
        yield medium.show(f"  Part years are reckoned {year.working.convention}.")
    yield from _steps(year.working, medium)


def _given(given: Mapping[str, Figure], medium: Medium) -> Iterator[str]:
    """Amounts that the file gives, which nothing changes."""
    if not given:
        yield "  no cost"
    for heading, figure in given.items():
        yield medium.show(f"  {heading}: {figure.text}, as the file gives it")


def _steps(working: Working, medium: Medium) -> Iterator[str]:
    rows = [list(_HEADINGS)]
    totals = set()
    for heading in working.headings:
        rows += [_row(step) for step in _by_kind(working, heading)]
        totals.add(len(rows))
        rows.append([f"{heading}: rounded once, to the penny", "", "", "", pounds(working.costs[heading], pence=True)])
    cells = [[medium.show(cell) for cell in row] for row in rows]
    if not any(step.period for step in working.steps):
        cells = [[row[0], "", "", *row[3:]] for row in cells]
    for at, line in enumerate(set_in_columns(cells, _TO_THE_RIGHT, _GAPS)):
        style = Style.FAINT if not at else Style.STRONG
        yield medium.paint(line, style) if at in totals or not at else line


def _by_kind(working: Working, heading: str) -> list[Step]:
    """The steps of a heading, those of a kind together; what is not charged comes last."""
    steps = [step for step in working.steps if step.heading == heading]
    kinds = list(dict.fromkeys((step.what, step.name) for step in steps))
    return sorted(steps, key=lambda step: (not step.charged, kinds.index((step.what, step.name))))


def _row(step: Step) -> list[str]:
    starts = short_date(step.period.starts) if step.period else ""
    ends = short_date(step.period.ends) if step.period else ""
    amount = pounds(round_half_up(step.amount, PENNY), pence=True)
    return [step_name(step), starts, ends, worked_out(step), amount if step.charged else f"not charged: {amount}"]


def step_name(step: Step) -> str:
    """What a step adds, in a few words: "pension LGPS", "salary, person 2"."""
    name = " ".join(filter(None, (step.what.value, step.name)))
    return f"{name}, {step.who}" if step.who else name


def worked_out(step: Step) -> str:
    """A step as a sum: "2 × (£30,000 × 0.5 − £9,100) × 15.05% × 7 17/31 of 12 months (pay award of 5%)"."""
    base = _amount(step.base)
    if step.fte is not None and step.fte != 1:
        base = f"{base} × {decimal_of(step.fte):f} FTE"
    if step.threshold:
        base = f"({base} − threshold of {_amount(step.threshold)})"
    factors = [f"{step.people} people"] if step.people > 1 else []
    factors.append(base)
    factors += [percent(step.rate)] if step.rate is not None else []
    factors += [step.time.text] if step.time and step.time.share != 1 else []
    below = " (below the threshold)" if step.threshold and not step.amount else ""
    return " × ".join(factors) + (f" ({step.why})" if step.why else "") + below


def _amount(value: Fraction) -> str:
    """An amount of a step: pounds where it is whole, else to the penny."""
    return pounds(round_half_up(value, POUND if value.denominator == 1 else PENNY))


def percent(rate: Fraction) -> str:
    """A rate as a percentage, to four decimals: "13.8%"."""
    return f"{decimal_of(rate * 100):f}%"
