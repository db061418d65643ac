"""Summaries as tables for a terminal, with ticks and crosses beside stated figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from grantcalc.gaps import apart, too_large
from grantcalc.grants.payments import Kind, payable_cost, shares_of
from grantcalc.money import add, pounds
from grantcalc.report.columns import set_in_columns
from grantcalc.report.medium import PLAIN, Medium, Style
from grantcalc.report.paper_rows import one_years_part
from grantcalc.sums import Verdict
from grantcalc.wording import capital, counted, date_range, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from grantcalc.grants.account import Account
    from grantcalc.grants.payments import Share
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.grants.totals import YearTotals
    from grantcalc.results.summaries import GrantSummary

_SIGNS = {Verdict.EXACT: "✓", Verdict.ROUNDING: "≈", Verdict.MISMATCH: "✗"}
_STYLES = {Verdict.EXACT: Style.GOOD, Verdict.ROUNDING: Style.WARNING, Verdict.MISMATCH: Style.ERROR}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: a name, an amount for each heading and the total, their signs, a remark."""

    name: str
    amounts: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Verdict] = field(default_factory=dict)
    remark: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """A year of the table, or all years, which have no title and no headings."""

    title: str | None
    rows: Sequence[_Row]


def summary_table(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """The costs of grants per year, with their payments, held against what the grants state."""
    return "\n\n".join(_grant(summary, medium) for summary in summaries) + "\n"


def _grant(summary: GrantSummary, medium: Medium) -> str:
    account = summary.account
    pence = _has_pence(account)
    several = len(account.totals.years) > 1
    stated = _by_owner(account.stated)
    sections = []
    for year in account.totals.years:
        rows = list(_year_rows(account, year, stated, pence=pence))
        if not several:
            rows += _award_rows(account, pence=pence)
        sections.append(_Section(_year_title(year), rows))
    if several:
        sections.append(_Section(None, list(_all_years(account, stated, pence=pence))))
    closing = _closing(summary, medium)
    costed = [_costed(summary)] if summary.workings else []
    head = "\n".join([_title(account, medium), *costed])
    return "\n\n".join([head, *_set(sections, account, medium), *([closing] if closing else [])])


def _title(account: Account, medium: Medium) -> str:
    grant = account.grant
    name = " · ".join(part for part in (grant.grant, grant.reference, grant.funder) if part)
    lines = [medium.paint(medium.show(name), Style.STRONG)]
    period = grant.period
    if period is not None:
        timing = f"paid {grant.payments.frequency} in {grant.payments.timing}"
        lines.append(f"{date_range(period.starts, period.ends)}, {timing}")
    return "\n".join(lines)


def _costed(summary: GrantSummary) -> str:
    """That costs were worked out, and how part years were reckoned."""
    ways = list(dict.fromkeys(w.convention.partition(" (")[0] for w in summary.workings if w.convention))
    reckoned = f", part years reckoned {listed(ways)}" if ways else ""
    return f"Costs worked out from rates{reckoned}: see grantcalc explain-cost"


def _year_title(year: YearTotals) -> str:
    period = year.year.period
    dates = f" ({date_range(period.starts, period.ends)})" if period and year.year.year else ""
    return f"{year.year.year}{dates}"


def _has_pence(account: Account) -> bool:
    """Whether any cost has pence, so that all are printed with pence."""
    return any(
        amount != amount.to_integral_value()
        for year in account.totals.years
        for line in year.lines
        for amount in line.headings.values()
    )


def _have_pence(account: Account) -> bool:
    """Whether any payment has pence, so that all are printed with pence."""
    return any(i.amount != i.amount.to_integral_value() for i in account.instalments)


def _by_owner(figures: Iterable[StatedFigure]) -> dict[str, dict[str, StatedFigure]]:
    owners: dict[str, dict[str, StatedFigure]] = {}
    for found in figures:
        owners.setdefault(found.owner, {})[found.key] = found
    return owners


def _amounts(headings: Mapping[str, Decimal], total: Decimal, *, pence: bool) -> dict[str, str]:
    shown = {heading: pounds(amount, pence=pence) for heading, amount in headings.items()}
    return {**shown, "total": pounds(total, pence=pence)}


def _year_rows(
    account: Account, year: YearTotals, stated: Mapping[str, Mapping[str, StatedFigure]], *, pence: bool
) -> Iterator[_Row]:
    """A year's lines, its totals, what is stated of them, and its payments."""
    name = year.year.year
    for line in year.lines:
        yield _Row(line.line.name, _amounts(line.headings, line.total, pence=pence))
        owner = f"{line.line.name}, {name}" if name else line.line.name
        yield from _stated_row(stated.get(owner, {}))
    yield _Row("Total", _amounts(year.headings, year.total, pence=pence), strong=True)
    own = stated.get(name, {})
    yield from _stated_row(own)
    if name and len(account.totals.years) == 1:
        yield from _stated_row(stated.get("", {}))
    yield from _payment_rows(account, year, own, pence=pence or _have_pence(account))


def _stated_row(stated: Mapping[str, StatedFigure]) -> Iterator[_Row]:
    """The figures that are stated of the row before, with signs."""
    shown = {key: found for key, found in stated.items() if key != "payment"}
    if not shown:
        return
    signs = {key: found.agreement for key, found in shown.items()}
    wrong = [
        too_large(found.out_by) if key == "total" else f"{key} {too_large(found.out_by)}"
        for key, found in shown.items()
        if signs[key] is Verdict.MISMATCH
    ]
    yield _Row("  stated", {key: found.figure.text for key, found in shown.items()}, signs, ", ".join(wrong))


def _payment_rows(
    account: Account, year: YearTotals, own: Mapping[str, StatedFigure], *, pence: bool
) -> Iterator[_Row]:
    """A year's payments, equal ones together, and what they make where that is not the year."""
    name, stated = year.year.year, own.get("payment")
    instalments = shares_of(account.instalments, name, Kind.PERIOD)
    payable = payable_cost(account.grant, year.total)
    if account.grant.payments.rate is not None:
        yield _Row(f"Grant, {_share_of(account, 'the cost')}", {"total": pounds(payable, pence=pence)})
    part = one_years_part(account.grant)
    yield from _one_off_rows(account, name, Kind.UP_FRONT, f"Paid up front{part}", pence=pence)
    runs = [list(run) for _, run in groupby(instalments, key=lambda instalment: instalment.amount)]
    number = 0
    for run in runs:
        first, number = number + 1, number + len(run)
        cut = f"cut by {pounds(run[0].cut)} to the award" if run[0].cut else ""
        said = stated is not None and run[0].amount == stated.figure.value
        signs = {"total": stated.agreement} if stated is not None and said else {}
        yield _Row(_payment_name(first, number, len(runs)), {"total": pounds(run[0].amount, pence=pence)}, signs, cut)
    if stated is not None and all(i.amount != stated.figure.value for i in instalments):
        yield _Row("  stated", {"total": stated.figure.text}, {"total": stated.agreement})
    yield from _one_off_rows(account, name, Kind.FINAL, f"Held back until the end{part}", pence=pence)
    made = shares_of(account.instalments, name)
    payments = counted(len(made), "payment") if len(made) == len(instalments) else "together"
    total = own.get("total")
    expected, of = (
        (total.figure.value, "the stated year") if total else (payable, _share_of(account, "the year's cost"))
    )
    yield from _made_row(payments, made, expected, of, pence=pence)


def _one_off_rows(account: Account, year: str, kind: Kind, name: str, *, pence: bool) -> Iterator[_Row]:
    """What of a payment that is made once belongs to a year."""
    for share in shares_of(account.instalments, year, kind):
        if share.amount:
            yield _Row(name, {"total": pounds(share.amount, pence=pence)})


def _made_row(payments: str, shares: Sequence[Share], expected: Decimal, name: str, *, pence: bool) -> Iterator[_Row]:
    """What the payments of a year make, where that is not what the year states or costs."""
    made = add(share.amount for share in shares)
    if shares and made != expected:
        remark = f"{apart(made - expected)} than {name}"
        yield _Row(f"  {payments}", {"total": pounds(made, pence=pence)}, remark=remark)


def _payment_name(first: int, last: int, runs: int) -> str:
    """A run of equal payments: "Payment, each of 4" or "Payments 1 to 3, each"."""
    if runs == 1:
        return f"Payment, each of {last}" if last > 1 else "Payment"
    return f"Payments {first} to {last}, each" if last > first else f"Payment {first}"


def _share_of(account: Account, cost: str) -> str:
    """What of a cost the funder pays, in words: all of it, or its rate."""
    rate = account.grant.payments.rate
    return cost if rate is None else f"{rate.text} of {cost}"


def _all_years(account: Account, stated: Mapping[str, Mapping[str, StatedFigure]], *, pence: bool) -> Iterator[_Row]:
    totals = account.totals
    yield _Row("All years", _amounts(totals.headings, totals.total, pence=pence), strong=True)
    yield from _stated_row(stated.get("", {}))
    if account.instalments:
        made = add(i.amount for i in account.instalments)
        made_text = pounds(made, pence=pence or _have_pence(account))
        yield _Row(counted(len(account.instalments), "payment"), {"total": made_text})
    yield from _award_rows(account, pence=pence)


def _award_rows(account: Account, *, pence: bool) -> Iterator[_Row]:
    if account.ceiling is None:
        return
    gap = account.ceiling - account.payable
    varied = account.award is not None and account.award.value != account.ceiling
    yield _Row(
        "Award, with variations" if varied else "Award",
        {"total": pounds(account.ceiling, pence=pence or None)},
        remark=f"{apart(gap)} than {_share_of(account, 'the cost')}" if gap else "",
    )


def _set(sections: Sequence[_Section], account: Account, medium: Medium) -> list[str]:
    """The sections set in columns that line up from one to the next; headings without an amount are left out."""
    rows = [row for section in sections for row in section.rows]
    headings = [
        h for h in account.grant.headings if any(row.amounts.get(h, "") not in ("", "£0", "£0.00") for row in rows)
    ]
    both = any(len(row.signs) > 1 for row in rows)
    columns = [(key,) for key in (*headings, "total")] if len(headings) > 1 or both else [("total", *headings)]
    names = [capital(keys[-1]) for keys in columns]
    first = "Post or cost" if account.grant.other_costs else "Role"
    head = [medium.show(cell) for cell in (first, *(part for name in names for part in (name, "")), "")]
    cells = []
    for section in sections:
        cells += [head] if section.title is not None else []
        cells += [_cells(row, columns, medium) for row in section.rows]
    lines = iter(
        set_in_columns(cells, [False, *([True, False] * len(columns)), False], [0, *([3, 1] * len(columns)), 2])
    )
    return ["\n".join(_section_lines(section, lines, medium)) for section in sections]


def _section_lines(section: _Section, lines: Iterator[str], medium: Medium) -> Iterator[str]:
    """The lines of a section in colour: titles and totals strong, signs in the colour of their verdict."""
    if section.title:
        yield medium.paint(medium.show(section.title), Style.STRONG)
    if section.title is not None:
        yield medium.paint(next(lines), Style.FAINT)
    for row in section.rows:
        line = next(lines)
        if row.strong:
            line = medium.paint(line, Style.STRONG)
        for verdict in set(row.signs.values()):
            sign = medium.show(_SIGNS[verdict])
            line = line.replace(sign, medium.paint(sign, _STYLES[verdict]))
        yield line


def _cells(row: _Row, columns: Sequence[Sequence[str]], medium: Medium) -> list[str]:
    """A row's cells; a column shows the first of its keys that the row has."""
    cells = [row.name]
    for keys in columns:
        key = next(filter(row.amounts.__contains__, keys), "")
        sign = row.signs.get(key)
        cells += [row.amounts.get(key, ""), _SIGNS[sign] if sign else ""]
    return [medium.show(cell) for cell in (*cells, row.remark)]


def _closing(summary: GrantSummary, medium: Medium) -> str:
    """What differs, and where to read why."""
    account = summary.account
    signs = [found.agreement for found in account.stated if found.sums]
    wrong, about = signs.count(Verdict.MISMATCH), signs.count(Verdict.ROUNDING)
    over = account.ceiling is not None and account.payable > account.ceiling
    said = [f"{counted(wrong, 'stated figure')} {'differs' if wrong == 1 else 'differ'}"] if wrong else []
    said += [f"{about} {'fits' if about == 1 else 'fit'} only by rounding"] if about else []
    said += [f"{_share_of(account, 'the cost')} is over the award"] if over else []
    if not said:
        return ""
    worst = Verdict.MISMATCH if wrong or over else Verdict.ROUNDING
    text = f"{', '.join(said)}. Why, and what to do: grantcalc check {summary.source.path}"
    # Its word would turn the sentence round: "no 2 stated figures differ".
    sign = f"{_SIGNS[worst]} " if medium.fit(_SIGNS[worst]) == _SIGNS[worst] else ""
    return medium.paint(medium.show(sign + text), _STYLES[worst])
