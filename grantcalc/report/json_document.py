"""Results as one JSON document; its keys are promises, and never renamed."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from grantcalc.grants.movement import movements_of
from grantcalc.grants.payments import shares_of
from grantcalc.money import PENNY, ZERO, add, decimal_of, in_figures, machine_amount, round_half_up
from grantcalc.report.json_text import Json, document_head, iso_day, json_text
from grantcalc.report.medium import PLAIN
from grantcalc.source import as_it_stands
from grantcalc.sums import Verdict, allowance, difference, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from grantcalc.findings import Acceptance, Finding
    from grantcalc.grants.changes import CostChange, TotalChange
    from grantcalc.grants.costing.working import Step
    from grantcalc.grants.periods import Period
    from grantcalc.grants.stated import StatedFigure
    from grantcalc.grants.totals import YearTotals
    from grantcalc.grants.views import Row
    from grantcalc.money import Figure
    from grantcalc.repairs.repair import Repairs
    from grantcalc.report.medium import Medium
    from grantcalc.results.checked import CheckedFile, CheckResult, Reading
    from grantcalc.results.costs import CostExplanation, ExplainedYear
    from grantcalc.results.difference import GrantDifference
    from grantcalc.results.figures import PaperFigures
    from grantcalc.results.summaries import GrantSummary
    from grantcalc.results.views import GrantView
    from grantcalc.source import Locate, Place
    from grantcalc.sums import Sum

_AGREES: Final = {Verdict.EXACT: "yes", Verdict.ROUNDING: "rounding", Verdict.MISMATCH: "no"}


def summary_document(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """What grants cost, as `grantcalc/summary/1`."""
    document = document_head("summary", (summary.source for summary in summaries))
    return json_text({**document, "grants": [summary_record(summary) for summary in summaries]}, medium)


def view_document(views: Sequence[GrantView], medium: Medium = PLAIN) -> str:
    """What grants cost by time, heading or line, as `grantcalc/view/1`."""
    by = views[0].view.by if views else None
    document = {**document_head("view", (viewed.source for viewed in views)), "by": by}
    return json_text({**document, "grants": [_viewed(viewed) for viewed in views]}, medium)


def movement_document(summaries: Sequence[GrantSummary], medium: Medium = PLAIN) -> str:
    """How the costs of grants move from year to year, as `grantcalc/movement/1`."""
    return json_text(
        {
            **document_head("movement", (summary.source for summary in summaries)),
            "grants": [_movements(summary) for summary in summaries],
        },
        medium,
    )


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
                "before": machine_amount(movement.before),
                "after": machine_amount(movement.after),
                "change": machine_amount(movement.change),
                "rate": None if movement.rate is None else _exact(movement.rate),
                "drivers": list(movement.drivers),
            }
            for year in movements_of(summary.account.totals, summary.workings)
            for movement in year.movements
        ],
    }


def diff_document(compared: GrantDifference, medium: Medium = PLAIN) -> str:
    """What has changed between two versions of a grant, as `grantcalc/diff/1`."""
    changes = compared.changes
    return json_text(
        {
            **document_head("diff", [compared.old_source, compared.new_source]),
            "old": {"path": compared.old_source.path, "grant": compared.old.grant},
            "new": {"path": compared.new_source.path, "grant": compared.new.grant},
            "same": changes.nothing,
            "total": _moved(changes.total),
            "years": [{"year": year.year or None, **_moved(year)} for year in changes.years],
            "lines": [asdict(line) for line in changes.lines],
            "costs": [
                {
                    "kind": cost.kind,
                    "name": cost.name,
                    "year": cost.year or None,
                    "heading": cost.heading,
                    **_moved(cost),
                }
                for cost in changes.costs
            ],
            "terms": [
                {
                    "keys": list(term.keys),
                    "old": term.old,
                    "new": term.new,
                    "difference": None if term.difference is None else in_figures(term.difference),
                }
                for term in changes.terms
            ],
        },
        medium,
    )


def _moved(change: TotalChange | CostChange) -> Json:
    """What something was, is, and how much more that is."""
    return {
        "old": None if change.old is None else in_figures(change.old),
        "new": None if change.new is None else in_figures(change.new),
        "difference": in_figures(change.difference),
    }


def cost_document(explained: CostExplanation, medium: Medium = PLAIN) -> str:
    """The working of a post's or other cost's years, as `grantcalc/cost/1`."""
    return json_text(
        {
            **document_head("cost", [explained.source]),
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
    return json_text({**document_head("figures", [read.source]), "figures": figures, "sums": sums}, medium)


def check_document(result: CheckResult, medium: Medium = PLAIN) -> str:
    """What was checked and found, as `grantcalc/check/1`."""
    return json_text(
        {
            **document_head("check", (*(file.source for file in result.files), *result.beside)),
            "files": [_file(file) for file in result.files],
            "sums": [_sum(a_sum, file.source.path, file.locate) for file in result.files for a_sum in file.sums],
            "together": [_together(reading, file) for file in result.files for reading in file.readings],
            "findings": [_finding(finding, file) for file in result.files for finding in file.findings],
            "unreadable": [{"path": each.path, "reason": each.reason} for each in result.unreadable],
        },
        medium,
    )


def _each(amounts: Mapping[str, Decimal]) -> Json:
    return {name: machine_amount(amount) for name, amount in amounts.items()}


def summary_record(summary: GrantSummary) -> Json:
    """What a grant costs, as an entry of `grantcalc/summary/1`."""
    account = summary.account
    award, ceiling, totals = account.award, account.ceiling, account.totals
    return {
        "path": summary.source.path,
        "grant": account.grant.grant,
        "reference": account.grant.reference,
        "award": machine_amount(award.value) if award else None,
        "total": machine_amount(totals.total),
        "award_in_force": machine_amount(ceiling) if ceiling is not None else None,
        "payable": machine_amount(account.payable),
        "over_award": machine_amount(max(account.payable - ceiling, ZERO)) if ceiling is not None else None,
        "headings": _each(totals.headings),
        "years": [_year(summary, year) for year in totals.years],
    }


def _viewed(viewed: GrantView) -> Json:
    view = viewed.view
    columns = "years" if view.by.breaks_down_by_year else "headings"
    return {
        "path": viewed.source.path,
        "grant": viewed.grant.grant,
        "reference": viewed.grant.reference,
        "divided_by": view.share,
        "posts_by_days": view.has_days,
        "rows": [_view_row(row, columns) for row in view.rows],
        columns: _exactly(view.totals),
        "total": in_figures(view.total),
    }


def _view_row(row: Row, columns: str) -> Json:
    covered = row.bucket.covered if row.bucket else None
    return {
        "name": row.name or None,
        **({"kind": row.kind} if row.kind else {}),
        "from": covered.starts.isoformat() if covered else None,
        "to": covered.ends.isoformat() if covered else None,
        "period": _period(row.bucket.period) if row.bucket else None,
        columns: _exactly(row.amounts),
        "total": in_figures(row.total),
    }


def _period(period: Period) -> Json:
    return {"from": period.starts.isoformat(), "to": period.ends.isoformat()}


def _exactly(amounts: Mapping[str, Decimal]) -> Json:
    return {name: in_figures(amount) for name, amount in amounts.items()}


def _year(summary: GrantSummary, year: YearTotals) -> Json:
    name, period = year.year.year, year.year.period
    return {
        "year": name or None,
        "starts": iso_day(period.starts if period else None),
        "ends": iso_day(period.ends if period else None),
        "headings": _each(year.headings),
        "total": machine_amount(year.total),
        "stated": {f.key: _stated(f) for f in summary.account.stated if f.owner == name},
        "lines": [
            {
                "kind": line.line.kind,
                "name": line.line.name,
                "headings": _each(line.headings),
                "total": machine_amount(line.total),
            }
            for line in year.lines
        ],
        "payments": [machine_amount(share.amount) for share in shares_of(summary.account.instalments, name)],
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
    """A place as lines and columns; of a paper also page, table and cell, of a file beside a grant file its path."""
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
        "where": _where(a_sum.place, locate),
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


def _path(place: Place | None, file: CheckedFile) -> str:
    """The file that a place is in: the one that was checked, or one beside it."""
    where = file.locate(place) if place is not None else None
    return (where.path if where else None) or file.source.path


def _finding(finding: Finding, file: CheckedFile) -> Json:
    locate = file.locate
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "message": finding.message,
        "path": _path(finding.at, file),
        "where": _where(finding.at, locate),
        "notes": [
            {"message": note.message, "path": _path(note.at, file), "where": _where(note.at, locate)}
            for note in finding.notes
        ],
        "likely": [
            {"kind": slip.kind, "figure": _figure(slip.figure, locate), "to": f"{slip.to:f}"} for slip in finding.likely
        ],
        "accepted": _accepted(finding.accepted) if finding.accepted else None,
    }


def _accepted(accepted: Acceptance) -> Json:
    return {"reason": accepted.reason, "by": accepted.by, "until": iso_day(accepted.until)}


def _explained_year(explained: ExplainedYear) -> Json:
    working, period = explained.working, explained.year.period
    costs = working.costs if working else {heading: figure.value for heading, figure in explained.given.items()}
    return {
        "year": explained.year.year or None,
        "starts": period.starts.isoformat() if period else None,
        "ends": period.ends.isoformat() if period else None,
        "from_rates": working is not None,
        "part_years": working.convention or None if working else None,
        "headings": {heading: machine_amount(cost) for heading, cost in costs.items()},
        "total": machine_amount(add(costs.values())),
        "steps": [_step(step) for step in working.steps] if working else [],
    }


def _step(step: Step) -> Json:
    """A step; its amount is people × (base × fte − threshold) × rate × share_of_year."""
    from grantcalc.report.cost_working import worked_out

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
        "amount": machine_amount(round_half_up(step.amount, PENNY)),
        "exact": _in_full(step.amount),
        "why": step.why or None,
        "worked_out": worked_out(step),
    }


def _in_full(number: Fraction | None) -> str | None:
    """A number without rounding: as a decimal where one holds it, else as a fraction such as "1400/31"."""
    if number is None:
        return None
    return str(number) if (10**30) % number.denominator else f"{decimal_of(number):f}"
