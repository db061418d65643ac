"""The command `diff`."""

from functools import partial
from typing import Annotated

import typer

from grantcalc.cli.ending import FOUND, UNUSABLE, end_with, guarded
from grantcalc.cli.messages import explain_files
from grantcalc.cli.options import FORMAT, Color, Colour, Excel, Output, input_once
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import TableFormat, diff_text


def diff(
    old: Annotated[str, typer.Argument(help='The earlier grant file; "-" is standard input.', metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The later one.", metavar="NEW")],
    format_: Annotated[TableFormat, FORMAT] = "table",
    output: Output = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with status 1 if anything has changed.")] = False,  # noqa: FBT002  (as above)
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Say what has changed between two versions of a grant file.

    Ends with 0 whatever has changed, with --exit-code 1 if anything has, 2 if a file cannot be read or has faults.

    Example: grantcalc diff examples/marsoc.yaml examples/marsoc-claims.yaml
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.results.difference import Faulty

        input_once([old, new])
        compared = workflow.compare(old, new)
        if isinstance(compared, Faulty):
            explain_files(compared.faulty)
            end_with([], compared.unreadable)
            raise typer.Exit(UNUSABLE)
        read = [*compared.old_source.paths, *compared.new_source.paths]
        print_result(partial(diff_text, compared, format_), read, format_, Printing(output, color, excel))
        if exit_code and not compared.changes.nothing:
            raise typer.Exit(FOUND)
