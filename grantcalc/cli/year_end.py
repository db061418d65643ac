"""The command `year-end`."""

from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Excel, Grant, Output, read_moment
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import TableFormat, year_end_text


def year_end(
    grant: Grant,
    day: Annotated[
        datetime, typer.Option("--date", parser=read_moment, help="The last day of the year.", metavar="DATE")
    ],
    format_: Annotated[TableFormat, FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Say what a grant has cost and earned by a date.

    And what of that is invoiced and received: debtor, and accrued income.

    Example: grantcalc year-end examples/marsoc-claims.yaml --date 2022-03-31
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.results.checked import CheckedFile

        position = workflow.year_end(grant, day.date())
        if isinstance(position, CheckedFile):
            end_with([position], [])
            return
        read = position.source.paths
        print_result(partial(year_end_text, position, format_), read, format_, Printing(output, color, excel))
