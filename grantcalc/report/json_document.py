"""Results as one JSON document; its keys are promises, and never renamed."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from grantcalc import __version__
from grantcalc.grants.movement import movements_of
from grantcalc.money import PENNY, add, decimal_of, round_half_up
from grantcalc.report.cost_working import worked_out
from grantcalc.report.medium import PLAIN
from grantcalc.source import as_it_stands
from grantcalc.sums import Verdict, allowance, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from grantcalc.findings import Finding
    from grantcalc.grants.costing.working import Step
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.grants.totals import YearTotals
    from grantcalc.money import Figure
    from grantcalc.repairs import Repairs
    from grantcalc.report.medium import Medium
    from grantcalc.results import (
        CheckedFile,
        CheckResult,
        CostExplanation,
        ExplainedYear,
        GrantSummary,
        Input,
        InvoiceSchedule,
        PaperFigures,
        Reading,
    )
    from grantcalc.source import Locate, Place
    from grantcalc.sums import Sum

Json: TypeAlias = "dict[str, Any]"

_AGREES: Final = {Verdict.EXACT: "yes", Verdict.ROUNDING: "rounding", Verdict.MISMATCH: "no"}


def summary_document(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """What grants cost, as `grantcalc/summary/1`."""
    document = _head("summary", (source for summary in summaries for source in (summary.source, *summary.also_read)))
    return _text({**document, "grants": [_grant(summary) for summary in summaries]}, medium)


def movement_document(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """How the costs of grants move from year to year, as `grantcalc/movement/1`."""
    sources = (source for summary in summaries for source in (summary.source, *summary.also_read))
    return _text({**_head("movement", sources), "grants": [_movements(summary) for summary in summaries]}, medium)


def _movements(summary: GrantSummary) -> Json:
    return {
        "path": summary.source.path,
        "grant": summary.account.grant.grant,
        "movements": [
            {
                "from": year.earlier,
                "to": year.later,
                "name": movement.name or None,
                "heading": movement.heading or None,
                "before": _money(movement.before),
                "after": _money(movement.after),
                "change": _money(movement.change),
                "rate": None if movement.rate is None else _exact(movement.rate),
                "drivers": list(movement.drivers),
            }
            for year in movements_of(summary.account.totals, summary.workings)
            for movement in year.movements
        ],
    }


def invoice_document(schedule: InvoiceSchedule, medium: Medium = PLAIN) -> str:
    """A schedule of invoices, as `grantcalc/invoices/1`."""
    invoices = [
        {
            "number": invoice.number,
            "year": invoice.year or None,
            "from": invoice.period.starts.isoformat(),
            "to": invoice.period.ends.isoformat(),
            "invoice_date": invoice.invoice_date.isoformat(),
            "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
            "amount": _money(invoice.amount),
            "cumulative": _money(invoice.cumulative),
            "remaining": _money(invoice.remaining),
        }
        for invoice in schedule.invoices
    ]
    total = schedule.invoices[-1].cumulative if schedule.invoices else PENNY * 0
    document = _head("invoices", [schedule.source, *schedule.also_read])
    return _text(
        {**document, "grant": schedule.account.grant.grant, "total": _money(total), "invoices": invoices},
        medium,
    )


def cost_document(explained: CostExplanation, medium: Medium = PLAIN) -> str:
    """The working of a post's or other cost's years, as `grantcalc/cost/1`."""
    return _text(
        {
            **_head("cost", [explained.source, *explained.also_read]),
            "grant": explained.account.grant.grant,
            "kind": explained.line.kind,
            "name": explained.line.name,
            "years": [_explained_year(year) for year in explained.years],
        },
        medium,
    )


def figures_document(read: PaperFigures, medium: Medium = PLAIN) -> str:
    """The figures of a paper and its sums, as `grantcalc/figures/1`."""
    figures = [
        {**_figure(found.figure, as_it_stands), "kind": found.kind, "malformed": found.flaw is not None}
        for found in read.figures
    ]
    sums = [_sum(a_sum, read.source.path, as_it_stands) for a_sum in read.sums]
    return _text({**_head("figures", [read.source]), "figures": figures, "sums": sums}, medium)


def check_document(result: CheckResult, medium: Medium = PLAIN) -> str:
    """What was checked and found, as `grantcalc/check/1`."""
    return _text(
        {
            **_head("check", (source for file in result.files for source in (file.source, *file.also_read))),
            "files": [_file(file) for file in result.files],
            "sums": [_sum(a_sum, file.source.path, file.locate) for file in result.files for a_sum in file.sums],
            "together": [_together(reading, file) for file in result.files for reading in file.readings],
            "findings": [_finding(finding, file) for file in result.files for finding in file.findings],
            "unreadable": [asdict(unreadable) for unreadable in result.unreadable],
        },
        medium,
    )


def _text(document: Json, medium: Medium) -> str:
    """The document as text; in escapes where a character is harmful, or the encoding is not Unicode's."""
    text = json.dumps(document, ensure_ascii=not medium.is_unicode, indent=2)
    return "".join(f"{PLAIN.show(line)}\n" for line in text.split("\n"))


def _head(name: str, inputs: Iterable[Input]) -> Json:
    return {
        "schema": f"grantcalc/{name}/1",
        "grantcalc": __version__,
        "inputs": [asdict(source) for source in inputs],
    }


def _money(amount: Decimal | Fraction) -> str:
    """Two decimals, rounded half up where a cost was given more precisely."""
    return f"{round_half_up(amount, PENNY):.2f}"


def _each(amounts: Mapping[str, Decimal]) -> Json:
    return {name: _money(amount) for name, amount in amounts.items()}


def _grant(summary: GrantSummary) -> Json:
    account = summary.account
    award, totals = account.award, account.totals
    return {
        "path": summary.source.path,
        "grant": account.grant.grant,
        "reference": account.grant.reference,
        "award": _money(award.value) if award else None,
        "total": _money(totals.total),
        "over_award": _money(max(totals.total - award.value, PENNY * 0)) if award else None,
        "headings": _each(totals.headings),
        "years": [_year(summary, year) for year in totals.years],
    }


def _year(summary: GrantSummary, year: YearTotals) -> Json:
    name, period = year.year.year, year.year.period
    return {
        "year": name or None,
        "starts": period.starts.isoformat() if period else None,
        "ends": period.ends.isoformat() if period else None,
        "headings": _each(year.headings),
        "total": _money(year.total),
        "stated": {f.key: _stated(f) for f in summary.account.stated if f.owner == name},
        "lines": [
            {
                "kind": line.line.kind,
                "name": line.line.name,
                "headings": _each(line.headings),
                "total": _money(line.total),
            }
            for line in year.lines
        ],
        "payments": [_money(i.amount) for i in summary.account.instalments if i.year == name],
    }


def _stated(found: StatedFigure) -> Json:
    return {"text": found.figure.text, "agrees": _AGREES[found.agreement]}


def _file(file: CheckedFile) -> Json:
    return {
        "path": file.source.path,
        "kind": file.kind,
        "figures": file.figures,
        "in_sums": file.in_sums,
        "sums": len(file.sums),
    }


def _where(place: Place | None, locate: Locate) -> Json | None:
    """A place as lines and columns; of a paper also page, table and cell."""
    where = locate(place) if place is not None else None
    if where is None:
        return None
    named = asdict(where)
    text = {key: named.pop(key) for key in ("line", "column", "end_line", "end_column")}
    return {**text, **{key: value for key, value in named.items() if value is not None}}


def _figure(figure: Figure, locate: Locate, weight: Decimal = Decimal(1)) -> Json:
    return {
        "text": figure.text,
        "value": f"{figure.value:f}",
        "unit": None if figure.unit is None else f"{figure.unit:f}",
        "weight": f"{weight:f}",
        "where": _where(figure.at, locate),
    }


def _sum(a_sum: Sum, path: str, locate: Locate) -> Json:
    return {
        "path": path,
        "where": _where(a_sum.at or a_sum.total.at, locate),
        "label": a_sum.label,
        "kind": a_sum.kind,
        "total": _figure(a_sum.total, locate),
        "parts": [_figure(part.figure, locate, part.weight) for part in a_sum.parts],
        "difference": f"{difference(a_sum):f}",
        "tolerance": f"{allowance(a_sum):f}",
        "verdict": verdict(a_sum),
    }


def _together(reading: Reading, file: CheckedFile) -> Json:
    together = reading.together
    return {
        "path": file.source.path,
        "reading": reading.name,
        "feasible": together.feasible,
        "feasible_exact": together.feasible_exact,
        "ranges": [
            {"figure": _figure(r.figure, file.locate), "from": _exact(r.lowest), "to": _exact(r.highest)}
            for r in together.ranges
        ],
        **_repairs(reading.repairs, file.locate),
        "award_held": _repairs(reading.award_held, file.locate) if reading.award_held else None,
    }


def _repairs(repairs: Repairs | None, locate: Locate) -> Json:
    """The smallest repairs; size and count are null where none were looked for or the search was given up."""
    if repairs is None:
        return {"repair_size": None, "repair_count": None, "repairs": []}
    return {
        "repair_size": repairs.size,
        "repair_count": repairs.count if repairs.decided else None,
        "repairs": [
            [{"figure": _figure(change.figure, locate), "to": f"{change.to:f}"} for change in repair.changes]
            for repair in repairs.repairs
        ],
    }


def _exact(number: Fraction) -> str:
    return f"{decimal_of(number):f}"


def _finding(finding: Finding, file: CheckedFile) -> Json:
    path, locate = file.source.path, file.locate
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "message": finding.message,
        "path": path,
        "where": _where(finding.at, locate),
        "notes": [{"message": note.message, "path": path, "where": _where(note.at, locate)} for note in finding.notes],
        "likely": [
            {"kind": slip.kind, "figure": _figure(slip.figure, locate), "to": f"{slip.to:f}"} for slip in finding.likely
        ],
        "accepted": None,
    }


def _explained_year(explained: ExplainedYear) -> Json:
    working, period = explained.working, explained.year.period
    costs = working.costs if working else {heading: figure.value for heading, figure in explained.given.items()}
    return {
        "year": explained.year.year or None,
        "starts": period.starts.isoformat() if period else None,
        "ends": period.ends.isoformat() if period else None,
        "from_rates": working is not None,
        "part_years": working.convention or None if working else None,
        "headings": {heading: _money(cost) for heading, cost in costs.items()},
        "total": _money(add(costs.values())),
        "steps": [_step(step) for step in working.steps] if working else [],
    }


def _step(step: Step) -> Json:
    """A step; its amount is people × (base × fte − threshold) × rate × share_of_year."""
    return {
        "what": step.what,
        "name": step.name or None,
        "who": step.who or None,
        "heading": step.heading,
        "from": step.period.starts.isoformat() if step.period else None,
        "to": step.period.ends.isoformat() if step.period else None,
        "time": step.time.text if step.time else None,
        "share_of_year": _in_full(step.time.share) if step.time else None,
        "people": step.people,
        "fte": _in_full(step.fte),
        "base": _in_full(step.base),
        "threshold": _in_full(step.threshold) if step.threshold else None,
        "rate": _in_full(step.rate),
        "charged": step.charged,
        "amount": _money(step.amount),
        "exact": _in_full(step.amount),
        "why": step.why or None,
        "worked_out": worked_out(step),
    }


def _in_full(number: Fraction | None) -> str | None:
    """A number without rounding: as a decimal where one holds it, else as a fraction such as "1400/31"."""
    if number is None:
        return None
    return str(number) if (10**30) % number.denominator else f"{decimal_of(number):f}"
