"""The command `init`."""

from itertools import pairwise
from typing import Annotated

import typer

from grantcalc.cli.ending import guarded
from grantcalc.cli.options import named_years
from grantcalc.cli.printing import write


def init(
    path: Annotated[
        str, typer.Argument(help='The file to write; "-" is standard output.', metavar="FILE")
    ] = "grant.yaml",
    posts: Annotated[
        int | None, typer.Option(help="So many posts, with amounts to fill in.", metavar="N", min=1, max=10_000)
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="The years, one after the other, with commas between them.", metavar="YEARS")
    ] = None,
) -> None:
    """Write a commented grant file to begin with.

    It is never written over another file.

    Example: grantcalc init grant.yaml --posts 3 --years 2025-26,2026-27
    """
    with guarded():
        from grantcalc.report.starter_file import EXAMPLE_YEARS, starter_text

        named = EXAMPLE_YEARS if years is None else _consecutive_years(years)
        text = starter_text(named, posts if posts is not None or years is None else 1)
        if path == "-":
            write(text, None, [], utf_8=True)
            return
        from grantcalc.files import write_new_file

        write_new_file(path, text)


def _consecutive_years(given: str) -> tuple[str, ...]:
    """Years whose names say their dates, one after the other."""
    from grantcalc.grants.periods import DAY, named_period

    option = "--years"
    names = named_years([given], option)
    periods = []
    for name in names:
        period = named_period(name)
        if period is None:
            message = f'the dates of "{name}" are not known; name years as in 2025-26, or 2025 for a calendar year'
            raise typer.BadParameter(message, param_hint=option)
        periods.append(period)
    if not periods:
        message = "name at least one year, as in 2025-26"
        raise typer.BadParameter(message, param_hint=option)
    for (before, earlier), (name, later) in pairwise(zip(names, periods, strict=True)):
        if later.starts != earlier.ends + DAY:
            message = f"{name} does not follow {before}; name the years in their order, without a gap"
            raise typer.BadParameter(message, param_hint=option)
    return names
