"""The command `claims`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.messages import say
from grantcalc.cli.options import FORMAT, AsOf, Color, Colour, Excel, Grant, Output, day_of, refuse_without
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import PageFormat, claim_text

if TYPE_CHECKING:
    from grantcalc.results.ledger import ClaimLedger


def claims(
    grant: Grant,
    as_of: AsOf = None,
    number: Annotated[int | None, typer.Option(help="Only the claim for this invoice, as a page.", metavar="N")] = None,
    format_: Annotated[PageFormat, FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Hold what was claimed and paid against the schedule.

    With --format html, a page to print; with --number too, one claim as a page to send.

    Example: grantcalc claims examples/marsoc-claims.yaml --as-of 2022-09-13
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.results.checked import CheckedFile

        refuse_without(["html"], format_, "--number", given=number is not None)
        ledger, said = workflow.claims(grant, day_of(as_of))
        if isinstance(ledger, CheckedFile):
            end_with([ledger], [])
            return
        _refuse_unclaimed(ledger, number)
        made = partial(claim_text, ledger, format_, number=number)
        print_result(made, ledger.source.paths, format_, Printing(output, color, excel))
        say(said)


def _refuse_unclaimed(claims: "ClaimLedger", number: int | None) -> None:
    """Refuse the number of a period that has no claim."""
    claimed = [entry.invoice.number for entry in claims.ledger.entries if entry.claim is not None]
    if number is not None and number not in claimed:
        known = f"there are claims for {', '.join(map(str, claimed))}" if claimed else "the file has no claims"
        message = f"there is no claim for {number}; {known}"
        raise typer.BadParameter(message, param_hint="--number")
