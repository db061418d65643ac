"""What has changed between two versions of a grant, as sheets and as records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from grantcalc.money import ZERO, pounds
from grantcalc.report.sheets import Column, Sheet, Value
from grantcalc.wording import capital, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grantcalc.grants.changes import Changes, CostChange, LineChange, TermChange, TotalChange
    from grantcalc.results.difference import GrantDifference

_KIND: Final = {"post": "post", "cost": "other cost"}
_SINGULAR: Final = {"claims": "claim", "variations": "variation", "reprofiled": "reprofiled from"}
_MONEY: Final = (
    Column("old", "Old", to_the_right=True, always=True),
    Column("new", "New", to_the_right=True, always=True),
    Column("difference", "Difference", to_the_right=True, always=True),
)
_LONGEST: Final = 80
_NOTHING: Final = "Nothing has changed: years, lines, costs and terms are the same."


def diff_sheets(compared: GrantDifference) -> list[Sheet]:
    """A comparison for readers: totals, lines, costs, and everything else; what has no change is left out."""
    changes = compared.changes
    title = f"{compared.new.grant}: {compared.old_source.path} to {compared.new_source.path}"
    if changes.nothing:
        return [Sheet((), (), title, remarks=(_NOTHING,))]
    sheets = [total_sheet(changes, title)]
    if changes.lines:
        columns = (Column("name", "Post or other cost", always=True), Column("change", "Change", always=True))
        rows = [(line.new or line.old, _became(line)) for line in changes.lines]
        sheets.append(Sheet(columns, rows, "Posts and other costs"))
    if changes.costs:
        sheets.append(cost_sheet(changes, "Costs"))
    if changes.terms:
        sheets.append(_term_sheet(changes, "Everything else"))
    return sheets


def _term_sheet(changes: Changes, title: str) -> Sheet:
    """What differs and is no cost; long words are cut."""
    columns = (
        Column("what", "What", always=True),
        Column("old", "Old", always=True),
        Column("new", "New", always=True),
        Column("difference", "Difference", to_the_right=True),
    )
    rows = [(term_name(term), _cut(term.old), _cut(term.new), term.difference) for term in changes.terms]
    return Sheet(columns, rows, title)


def _cut(words: str | None) -> str:
    if words is None:
        return "–"
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def total_sheet(changes: Changes, title: str = "") -> Sheet:
    """What each year and the whole grant came and comes to."""
    columns = (Column("year", "Year", always=True), *_MONEY)
    rows = [_total_row(year.year or "Whole grant", year) for year in changes.years]
    return Sheet(columns, rows, title, _total_row("Total", changes.total), (in_a_sentence(changes),))


def _total_row(name: str, total: TotalChange) -> tuple[Value, ...]:
    return name, total.old, total.new, total.difference


def cost_sheet(changes: Changes, title: str = "") -> Sheet:
    """The costs that differ."""
    columns = (
        Column("name", "Post or other cost", always=True),
        Column("year", "Year"),
        Column("heading", "Heading", always=True),
        *_MONEY,
    )
    rows = [
        (cost.name, cost.year, capital(cost.heading), cost.old, cost.new, cost.difference) for cost in changes.costs
    ]
    return Sheet(columns, rows, title)


def in_a_sentence(changes: Changes) -> str:
    """What has changed, in a sentence or two."""
    total = changes.total
    moved = total.difference
    if not moved:
        cost = f"The cost is {pounds(total.new or ZERO)}, as it was"
    else:
        way = "more" if moved > 0 else "less"
        cost = f"The cost is {pounds(total.new or ZERO)}, {pounds(abs(moved))} {way} than before"
    how = Counter((line.kind, line.how) for line in changes.lines)
    counts = [f"{counted(number, _KIND[kind])} {word}" for (kind, word), number in how.items()]
    if changes.costs:
        counts.append(f"{counted(len(changes.costs), 'cost')} changed")
    if changes.terms:
        counts.append(f"{counted(len(changes.terms), 'other thing')} changed")
    return f"{cost}; {listed(counts)}."


def _became(line: LineChange) -> str:
    """What became of a line, in words."""
    if line.how == "likely renamed":
        return f"likely renamed, was {line.old}"
    return line.how if line.kind == "post" else f"{line.how}, no post"


def term_name(term: TermChange) -> str:
    """What a term is, in words: "2025-26 stated total", "payments frequency"."""
    keys = term.keys[1:] if term.keys[0] == "years" and len(term.keys) > 1 else term.keys
    return " ".join([_SINGULAR.get(keys[0], keys[0]), *keys[1:]]).replace("_", " ")


def diff_records(compared: GrantDifference) -> Sheet:
    """A comparison as records of one kind: lines, costs, terms, and the totals of years and of the grant."""
    changes = compared.changes
    columns = tuple(
        Column(key, "") for key in ("part", "change", "name", "was", "year", "heading", "old", "new", "difference")
    )
    rows: list[Sequence[Value]] = [
        *(
            (line.kind, line.how, line.new or line.old, line.old, None, None, None, None, None)
            for line in changes.lines
        ),
        *(_cost_record(cost) for cost in changes.costs),
        *(
            (
                "term",
                _how(term.old, term.new),
                term_name(term),
                None,
                None,
                None,
                term.old,
                term.new,
                term.difference,
            )
            for term in changes.terms
        ),
        *(
            (
                "total",
                _how(total.old, total.new),
                None,
                None,
                total.year,
                None,
                total.old,
                total.new,
                total.difference,
            )
            for total in (*changes.years, changes.total)
            if total.difference
        ),
    ]
    return Sheet(columns, rows)


def _cost_record(cost: CostChange) -> Sequence[Value]:
    how = _how(cost.old, cost.new)
    return "cost", how, cost.name, None, cost.year, cost.heading, cost.old, cost.new, cost.difference


def _how(old: object, new: object) -> str:
    return "added" if old is None else "removed" if new is None else "changed"
