"""The command `explain-cost`."""

from functools import partial
from typing import Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Grant, Output
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import CostFormat, cost_text


def explain_cost(
    grant: Grant,
    name: Annotated[str, typer.Argument(help="The role of a post, or the item of another cost.", metavar="ROLE")],
    year: Annotated[str | None, typer.Option(help="Only this year.", metavar="YEAR")] = None,
    format_: Annotated[CostFormat, FORMAT] = "table",
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """Show how a post's cost follows from its pay.

    Days, rates and each step, to the penny.

    Example: grantcalc explain-cost examples/costed.yaml Caseworker --year 2022-23
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.errors import UnknownYearError
        from grantcalc.results.checked import CheckedFile

        try:
            explained = workflow.explain_cost(grant, name, year)
        except UnknownYearError as error:
            raise typer.BadParameter(str(error), param_hint="--year") from None
        if isinstance(explained, CheckedFile):
            end_with([explained], [])
            return
        read = explained.source.paths
        print_result(partial(cost_text, explained, format_), read, format_, Printing(output, color, excel=False))
