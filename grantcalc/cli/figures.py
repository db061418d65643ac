"""The command `figures`."""

from typing import Annotated

import typer

from grantcalc.cli.ending import guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Output
from grantcalc.cli.printing import result_medium, write
from grantcalc.report.formats import FigureFormat, figure_text


def figures(
    paper: Annotated[str, typer.Argument(help='A paper; "-" is standard input.', metavar="PAPER")],
    format_: Annotated[FigureFormat, FORMAT] = "table",
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """List the figures that are read in a paper, and their sums.

    Example: grantcalc figures examples/marsoc-paper.md
    """
    with guarded():
        from grantcalc import workflow

        write(figure_text(workflow.figures(paper), format_, result_medium(color, output)), output, [paper])
