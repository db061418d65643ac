"""The command `summarise`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Excel, Grants, Output, refuse_without
from grantcalc.cli.printing import Printing, print_lines, print_result
from grantcalc.report.formats import (
    SummaryFormat,
    TableFormat,
    ViewKind,
    movement_text,
    summary_lines,
    summary_text,
    view_text,
)

if TYPE_CHECKING:
    from grantcalc.results.checked import CheckedFile
    from grantcalc.results.inputs import Unreadable


def summarise(
    grants: Grants,
    by: Annotated[ViewKind | None, typer.Option("--by", help="Only the costs, in rows of this kind.")] = None,
    movement: Annotated[bool, typer.Option("--movement", help="Compare each year with the one before.")] = False,  # noqa: FBT002  (Typer passes the option's value)
    format_: Annotated[SummaryFormat, FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Total each year, and tick or cross what is stated.

    Example: grantcalc summarise examples/marsoc.yaml --by financial-year
    """
    with guarded():
        from grantcalc import workflow

        how = Printing(output, color, excel)
        _refuse_both(by, movement=movement)
        if format_ == "jsonl":
            for option, given in (("--by", by is not None), ("--movement", movement)):
                refuse_without(get_args(TableFormat), format_, option, given=given)
            _print_lines(grants, how)
            return
        if by is not None:
            from grantcalc.grants.views import By

            views = workflow.views(grants, By(by))
            if views.grants:
                read = [*grants, *(path for each in views.grants for path in each.source.paths)]
                print_result(partial(view_text, views.grants, format_), read, format_, how)
            end_with(views.faulty, views.unreadable)
            return
        result = workflow.summarise(grants)
        if result.grants:
            text = movement_text if movement else summary_text
            read = [*grants, *(path for each in result.grants for path in each.source.paths)]
            print_result(partial(text, result.grants, format_), read, format_, how)
        end_with(result.faulty, result.unreadable)


def _print_lines(grants: list[str], how: Printing) -> None:
    """Print a line for each grant, and say at the end which files had none."""
    from grantcalc import workflow

    faulty: list[CheckedFile] = []
    unreadable: list[Unreadable] = []
    summaries = workflow.each_summary(grants, faulty, unreadable)
    print_lines(partial(summary_lines, summaries), grants, how)
    end_with(faulty, unreadable, in_lines=True)


def _refuse_both(by: str | None, *, movement: bool) -> None:
    """Refuse two ways to set out the costs at once."""
    if by is not None and movement:
        message = "--by and --movement set the costs out in different ways; give one"
        raise typer.BadParameter(message, param_hint="--movement")
