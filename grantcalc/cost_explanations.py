"""Which post and years of a grant are to be explained, by the names that a user gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantcalc.errors import UnknownNameError, UnknownYearError
from grantcalc.grants.faults import nearest
from grantcalc.grants.figures import lines_with_routes
from grantcalc.grants.periods import year_key
from grantcalc.results.costs import CostExplanation, ExplainedYear

if TYPE_CHECKING:
    from grantcalc.grants.model import Grant, Line, Year
    from grantcalc.results.summaries import GrantSummary
    from grantcalc.source import Keys


def explained(summary: GrantSummary, name: str, year: str | None) -> CostExplanation:
    """The costs of one post or other cost, with their workings.

    Args:
        summary: the grant file, with how its costs follow from rates.
        name: the role or item, in whatever case.
        year: the year, in any of its spellings; None for all years.

    Raises:
        UnknownNameError: the grant has no such post or other cost.
        UnknownYearError: the grant has no such year.
    """
    grant = summary.account.grant
    keys, line = _line(grant, name)
    by_year = {working.year: working for working in summary.workings if working.keys == keys}
    years = tuple(
        ExplainedYear(one, {} if one.year in by_year else line.costs.get(one.year, {}), by_year.get(one.year))
        for one in _years(grant, year)
    )
    return CostExplanation(summary.source, summary.account, line, years)


def _line(grant: Grant, name: str) -> tuple[Keys, Line]:
    lines = list(lines_with_routes(grant))
    for keys, line in lines:
        if line.name.casefold() == name.casefold():
            return keys, line
    known = [line.name for _, line in lines]
    close = nearest(name, known)
    hint = f'did you mean "{close}"?' if close else f"there are: {', '.join(known) or 'none'}"
    raise UnknownNameError(name, hint)


def _years(grant: Grant, name: str | None) -> tuple[Year, ...]:
    if name is None:
        return grant.named_years
    chosen = tuple(year for year in grant.named_years if year_key(year.year) == year_key(name))
    if not chosen:
        raise UnknownYearError(name, [year.year for year in grant.years])
    return chosen
