"""The command line: arguments in, text and exit status out."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from grantcalc import __version__
from grantcalc.errors import UnknownNameError, UnreadableInputError, UnwritableOutputError
from grantcalc.report.formats import (
    CheckFormat,
    CostFormat,
    FigureFormat,
    TableFormat,
    check_text,
    cost_text,
    figure_text,
    invoice_text,
    movement_text,
    summary_text,
)
from grantcalc.report.medium import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grantcalc.findings import Finding, Rule
    from grantcalc.results import CheckedFile, Unreadable

FOUND: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141

app = typer.Typer(
    name="grantcalc",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Threshold(StrEnum):
    """From which severity on `check` fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Colour(StrEnum):
    """When to print in colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _input_once(paths: list[str]) -> list[str]:
    """Refuse to read standard input more than once: the second time it is empty."""
    if paths.count("-") > 1:
        message = "standard input can be read only once"
        raise typer.BadParameter(message)
    return paths


Grants = Annotated[
    list[str],
    typer.Argument(help='Grant files; "-" is standard input.', metavar="GRANT", callback=_input_once),
]
Grant = Annotated[str, typer.Argument(help='A grant file; "-" is standard input.', metavar="GRANT")]
Files = Annotated[
    list[str],
    typer.Argument(help='Grant files and papers; "-" is standard input.', metavar="FILE", callback=_input_once),
]
Format = Annotated[TableFormat, typer.Option("--format", "-f", help="How to print.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to a file, whole or not at all.", metavar="FILE")
]
Color = Annotated[Colour, typer.Option("--color", help="When to print in colour; NO_COLOR is kept.")]


def main() -> None:
    """Run the command line, and exit."""
    # A run is short and leaves few cycles; looking for them every 700 objects takes a fifth of a long paper's time.
    gc.set_threshold(200_000, 20, 20)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (open to the end)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        _complain(f"cannot write the output: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNUSABLE)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  (Typer passes the option's value)
    if wanted:
        typer.echo(f"grantcalc {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Totals, payments in arrears and checks for grant budgets, from one YAML file."""


@app.command()
def summarise(
    grants: Grants,
    format_: Format = TableFormat.TABLE,
    output: Output = None,
    color: Color = Colour.AUTO,
    *,
    movement: Annotated[bool, typer.Option("--movement", help="Compare each year with the one before.")] = False,
) -> None:
    """Total each year, and tick or cross what is stated.

    Example: grantcalc summarise examples/marsoc.yaml
    """
    with _guarded():
        from grantcalc import workflow

        result = workflow.summarise(grants)
        if result.grants:
            text = movement_text if movement else summary_text
            _write(text(result.grants, format_, _medium(color, output)), output, grants)
        _end_with(result.faulty, result.unreadable)


app.command("summarize", hidden=True)(summarise)


@app.command()
def invoices(
    grant: Grant, format_: Format = TableFormat.TABLE, output: Output = None, color: Color = Colour.AUTO
) -> None:
    """List the payments and when to invoice them.

    Example: grantcalc invoices examples/marsoc.yaml --format csv --output invoices.csv
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import CheckedFile

        schedule, said = workflow.schedule(grant)
        if isinstance(schedule, CheckedFile):
            _end_with([schedule], [])
            return
        _write(invoice_text(schedule, format_, _medium(color, output)), output, [grant])
        _say(said)


@app.command()
def explain_cost(
    grant: Grant,
    name: Annotated[str, typer.Argument(help="The role of a post, or the item of another cost.", metavar="ROLE")],
    year: Annotated[str | None, typer.Option(help="Only this year.", metavar="YEAR")] = None,
    format_: Annotated[CostFormat, typer.Option("--format", "-f", help="How to print.")] = CostFormat.TABLE,
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """Show how a post's cost follows from its pay: days, rates and each step to the penny.

    Example: grantcalc explain-cost examples/costed.yaml Caseworker --year 2022-23
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import CheckedFile

        explained = workflow.explain_cost(grant, name, year)
        if isinstance(explained, CheckedFile):
            _end_with([explained], [])
            return
        _write(cost_text(explained, format_, _medium(color, output)), output, [grant])


@app.command()
def figures(
    paper: Annotated[str, typer.Argument(help='A paper; "-" is standard input.', metavar="PAPER")],
    format_: Annotated[FigureFormat, typer.Option("--format", "-f", help="How to print.")] = FigureFormat.TABLE,
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """List what is read in a paper, and the sums that each figure takes part in.

    Example: grantcalc figures examples/marsoc-paper.md
    """
    with _guarded():
        from grantcalc import workflow

        _write(figure_text(workflow.figures(paper), format_, _medium(color, output)), output, [paper])


@app.command()
def check(
    files: Files,
    format_: Annotated[CheckFormat, typer.Option("--format", "-f", help="How to print.")] = CheckFormat.FULL,
    output: Output = None,
    against: Annotated[str | None, typer.Option(help="Hold papers against this grant file.", metavar="GRANT")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Only these rules: codes, beginnings of codes, names.", metavar="RULES"),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules.", metavar="RULES")] = None,
    fail_on: Annotated[Threshold, typer.Option(help="From which severity on to end with status 1.")] = Threshold.ERROR,
    color: Color = Colour.AUTO,
) -> None:
    """Check that stated figures add up, and say why not.

    Ends with 0 if nothing is found at or above --fail-on, 1 if something is, 2 if an input cannot be read.

    Example: grantcalc check examples/marsoc.yaml --fail-on warning
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.findings import Severity

        result = workflow.check(files, _wanted(select or [], ignore or []), against)
        if result.files or format_ is not CheckFormat.FULL:
            _write(
                check_text(result, format_, _medium(color, output)), output, [*files, *([against] if against else [])]
            )
        _end_with([], result.unreadable)
        threshold = Severity(fail_on.value)
        if any(finding.severity.at_least(threshold) for file in result.files for finding in file.findings):
            raise typer.Exit(FOUND)


def _wanted(select: list[str], ignore: list[str]) -> Callable[[Rule], bool]:
    """Which rules' findings are wanted; codes may be given one by one or with commas between them."""
    from grantcalc.rules.selection import is_wanted, unknown_rule

    chosen = [word.strip() for words in select for word in words.split(",") if word.strip()]
    left_out = [word.strip() for words in ignore for word in words.split(",") if word.strip()]
    for option, words in (("--select", chosen), ("--ignore", left_out)):
        problem = unknown_rule(words)
        if problem:
            raise typer.BadParameter(problem, param_hint=option)
    return lambda rule: is_wanted(rule, chosen, left_out)


def _medium(color: Colour, output: str | None) -> Medium:
    """What the output can show: a file is UTF-8 without colours, a stream is what it says it is."""
    if output is not None:
        return Medium()
    return _stream_medium(color, sys.stdout)


def _stream_medium(color: Colour, stream: TextIO) -> Medium:
    on_screen = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = color is Colour.ALWAYS or (color is Colour.AUTO and on_screen)
    return Medium(colour=colour, encoding=stream.encoding or "ascii")


def _write(text: str, output: str | None, inputs: Sequence[str]) -> None:
    """Write a result to standard output or to a file."""
    if output is not None:
        from grantcalc.files import write_file

        write_file(output, text, inputs)
        return
    sys.stdout.write(text)
    sys.stdout.flush()


def _say(findings: Sequence[Finding]) -> None:
    """Say on standard error what a reader of the result should know."""
    medium = _stream_medium(Colour.AUTO, sys.stderr)
    for finding in findings:
        sys.stderr.write(medium.show(f"{finding.severity}[{finding.rule.code}] {finding.message}") + "\n")


def _complain(message: str) -> None:
    """Say on standard error what the user has to mend."""
    sys.stderr.write(_stream_medium(Colour.AUTO, sys.stderr).show(f"grantcalc: {message}") + "\n")


def _end_with(faulty: Sequence[CheckedFile], unreadable: Sequence[Unreadable]) -> None:
    """End with the status of files that could not be used, having said why; go on if there are none."""
    for file in unreadable:
        _complain(f"{file.path}: {file.reason}")
    if faulty:
        from grantcalc.report.full import file_findings

        medium = _stream_medium(Colour.AUTO, sys.stderr)
        sys.stderr.write("\n".join(file_findings(file, medium) for file in faulty))
    if unreadable:
        raise typer.Exit(UNUSABLE)
    if faulty:
        raise typer.Exit(FOUND)


@contextmanager
def _guarded() -> Iterator[None]:
    """End with a message and a status, never a traceback, for what a user can do or meet."""
    try:
        yield
    except (UnreadableInputError, UnwritableOutputError, UnknownNameError) as error:
        _complain(str(error))
        raise typer.Exit(UNUSABLE) from None
    except BrokenPipeError:
        # What is still unwritten would raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None
    except MemoryError:
        _complain("there is not enough memory for this file")
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
