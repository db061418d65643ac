"""The command `invoices`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.messages import say
from grantcalc.cli.options import FORMAT, Color, Colour, Excel, Grant, Output, refuse_without
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import InvoiceFormat, invoice_text

if TYPE_CHECKING:
    from grantcalc.results.schedule import InvoiceSchedule


def invoices(
    grant: Grant,
    format_: Annotated[InvoiceFormat, FORMAT] = "table",
    number: Annotated[int | None, typer.Option(help="Only the invoice with this number.", metavar="N")] = None,
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    remind: Annotated[
        int | None,
        typer.Option(help="In a calendar, remind N days before each date.", metavar="N", min=1, max=366),
    ] = None,
    color: Color = Colour.AUTO,
) -> None:
    """List the payments and when to invoice them.

    With --number, one invoice; with --format html, as a page to send.

    Example: grantcalc invoices examples/marsoc.yaml --number 3 --format html --output invoice-3.html
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.results.checked import CheckedFile

        refuse_without(["ics"], format_, "--remind", given=remind is not None)
        schedule, said = workflow.schedule(grant, number)
        if isinstance(schedule, CheckedFile):
            end_with([schedule], [])
            return
        _refuse_unknown_number(schedule)
        made = partial(invoice_text, schedule, format_, remind=remind)
        print_result(made, schedule.source.paths, format_, Printing(output, color, excel))
        say(said)


def _refuse_unknown_number(schedule: "InvoiceSchedule") -> None:
    """Refuse the number of an invoice that there is not."""
    if not schedule.shown:
        last = len(schedule.invoices)
        known = f"the numbers are 1 to {last}" if last > 1 else "the only number is 1"
        message = f"there is no invoice {schedule.number}; {known}"
        raise typer.BadParameter(message, param_hint="--number")
