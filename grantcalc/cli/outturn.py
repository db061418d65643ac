"""The command `outturn`."""

from functools import partial
from typing import Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.options import FORMAT, AsOf, Color, Colour, Excel, Grant, Output, day_of
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import PageFormat, outturn_text


def outturn(
    grant: Grant,
    year: Annotated[str, typer.Option(help="Close this year; without it, the whole grant.", metavar="YEAR")] = "",
    as_of: AsOf = None,
    format_: Annotated[PageFormat, FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Print the statement that closes a year or a grant.

    Budget, actual and variance by heading and by post, with the certificate to sign.

    Example: grantcalc outturn examples/marsoc-claims.yaml --year 2021-2022
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.errors import UnknownYearError
        from grantcalc.results.checked import CheckedFile

        try:
            statement = workflow.outturn(grant, year, day_of(as_of))
        except UnknownYearError as error:
            raise typer.BadParameter(str(error), param_hint="--year") from None
        if isinstance(statement, CheckedFile):
            end_with([statement], [])
            return
        read = statement.source.paths
        print_result(partial(outturn_text, statement, format_), read, format_, Printing(output, color, excel))
