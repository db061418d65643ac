"""The command line: arguments in, text and exit status out."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, TextIO, get_args

import typer

from grantcalc import __version__
from grantcalc.choices import Commands
from grantcalc.errors import (
    MissingLibraryError,
    UnknownBankHolidaysError,
    UnknownNameError,
    UnreadableInputError,
    UnusableConfigurationError,
    UnwritableOutputError,
)
from grantcalc.report.formats import (
    ALWAYS_UTF_8,
    CheckFormat,
    CostFormat,
    FigureFormat,
    InvoiceFormat,
    PageFormat,
    ReviewFormat,
    RuleFormat,
    RulesFormat,
    TableFormat,
    ViewKind,
    check_text,
    claim_text,
    cost_text,
    diff_text,
    figure_text,
    invoice_text,
    movement_text,
    outturn_text,
    rule_text,
    rules_text,
    summary_text,
    view_text,
    year_end_text,
)
from grantcalc.report.medium import Medium
from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from grantcalc.config_files import Configurations
    from grantcalc.findings import Finding
    from grantcalc.results import CheckedFile, CheckResult, ClaimLedger, InvoiceSchedule, Unreadable
    from grantcalc.rules.selection import WantedIn

FOUND: Final = 1
UNUSABLE: Final = 2
MISSING: Final = 3
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141

_STOPPING: Final = (
    UnreadableInputError,
    UnwritableOutputError,
    UnusableConfigurationError,
    UnknownBankHolidaysError,
    UnknownNameError,
)
"""What stops the program with a line that says what to mend."""

_BYTE_ORDER_MARK: Final = "\ufeff"

app = typer.Typer(
    name="grantcalc",
    cls=Commands,
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


def _moment(text: str) -> datetime:
    """The day that an option names, at midnight."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d")  # noqa: DTZ007  (a date has no time zone)
    except ValueError:
        message = f'"{text}" is not a date; write year, month and day, as in 2022-01-31'
        raise typer.BadParameter(message) from None


Grants = Annotated[
    list[str],
    typer.Argument(help='Grant files; "-" is standard input.', metavar="GRANT", callback=_input_once),
]
Grant = Annotated[str, typer.Argument(help='A grant file; "-" is standard input.', metavar="GRANT")]
Files = Annotated[
    list[str],
    typer.Argument(help='Grant files and papers; "-" is standard input.', metavar="FILE", callback=_input_once),
]
_FORMAT: Final = typer.Option("--format", "-f", help="How to print.")
Excel = Annotated[
    bool, typer.Option("--excel", help="Mark a CSV as UTF-8, so that Excel shows pound signs and accents.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to a file, whole or not at all.", metavar="FILE")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", parser=_moment, help="Look at it on this day; without it, nothing is late.", metavar="DATE"
    ),
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
    by: Annotated[ViewKind | None, typer.Option("--by", help="Only the costs, in rows of this kind.")] = None,
    movement: Annotated[bool, typer.Option("--movement", help="Compare each year with the one before.")] = False,  # noqa: FBT002  (Typer passes the option's value)
    format_: Annotated[TableFormat, _FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Total each year, and tick or cross what is stated.

    Example: grantcalc summarise examples/marsoc.yaml --by financial-year
    """
    with _guarded():
        from grantcalc import workflow

        how = _Printing(output, color, excel)
        _refuse_both(by, movement=movement)
        if by is not None:
            from grantcalc.grants.views import By

            views = workflow.views(grants, By(by))
            if views.grants:
                _print(partial(view_text, views.grants, format_), grants, format_, how)
            _end_with(views.faulty, views.unreadable)
            return
        result = workflow.summarise(grants)
        if result.grants:
            text = movement_text if movement else summary_text
            _print(partial(text, result.grants, format_), grants, format_, how)
        _end_with(result.faulty, result.unreadable)


def _refuse_both(by: str | None, *, movement: bool) -> None:
    """Refuse two ways to set out the costs at once."""
    if by is not None and movement:
        message = "--by and --movement set the costs out in different ways; give one"
        raise typer.BadParameter(message, param_hint="--movement")


app.command("summarize", hidden=True)(summarise)


@app.command()
def invoices(
    grant: Grant,
    format_: Annotated[InvoiceFormat, _FORMAT] = "table",
    number: Annotated[int | None, typer.Option(help="Only the invoice with this number.", metavar="N")] = None,
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    remind: Annotated[
        int | None,
        typer.Option(help="In a calendar, remind N days before each date.", metavar="N", min=1, max=366),
    ] = None,
    color: Color = Colour.AUTO,
) -> None:
    """List the payments and when to invoice them; or one, as a page to send.

    Example: grantcalc invoices examples/marsoc.yaml --number 3 --format html --output invoice-3.html
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import CheckedFile

        _refuse_without(["ics"], format_, "--remind", given=remind is not None)
        schedule, said = workflow.schedule(grant, number)
        if isinstance(schedule, CheckedFile):
            _end_with([schedule], [])
            return
        _refuse_unknown_number(schedule)
        made = partial(invoice_text, schedule, format_, remind=remind)
        _print(made, grant, format_, _Printing(output, color, excel))
        _say(said)


def _refuse_without(needed: Sequence[str], format_: str, option: str, *, given: bool) -> None:
    """Refuse an option that has a meaning in some formats alone."""
    if given and format_ not in needed:
        message = f"it has no meaning with --format {format_}, only with --format {listed(needed, 'or')}"
        raise typer.BadParameter(message, param_hint=option)


def _refuse_unknown_number(schedule: InvoiceSchedule) -> None:
    """Refuse the number of an invoice that there is not."""
    if not schedule.shown:
        last = len(schedule.invoices)
        known = f"the numbers are 1 to {last}" if last > 1 else "the only number is 1"
        message = f"there is no invoice {schedule.number}; {known}"
        raise typer.BadParameter(message, param_hint="--number")


class _Printing(NamedTuple):
    """Where a result goes and how, as the options say."""

    output: str | None
    color: Colour
    excel: bool = False


def _print(made: Callable[[Medium], str], inputs: str | list[str], format_: str, how: _Printing) -> None:
    """Print a result, or write it to a file."""
    _refuse_without(["csv"], format_, "--excel", given=how.excel)
    utf_8 = how.excel or format_ in ALWAYS_UTF_8
    text = made(_medium(how.color, how.output, utf_8=utf_8))
    listed = [inputs] if isinstance(inputs, str) else inputs
    _write(_BYTE_ORDER_MARK + text if how.excel else text, how.output, listed, utf_8=utf_8)


@app.command()
def claims(
    grant: Grant,
    as_of: AsOf = None,
    number: Annotated[int | None, typer.Option(help="Only the claim for this invoice, as a page.", metavar="N")] = None,
    format_: Annotated[PageFormat, _FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Hold what was claimed and paid against the schedule; or print one claim, as a page to send.

    Example: grantcalc claims examples/marsoc-claims.yaml --as-of 2022-09-13
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import CheckedFile

        _refuse_without(["html"], format_, "--number", given=number is not None)
        if format_ == "html" and number is None:
            message = "say which claim, as in --number 1"
            raise typer.BadParameter(message, param_hint="--format")
        ledger, said = workflow.claims(grant, _day(as_of))
        if isinstance(ledger, CheckedFile):
            _end_with([ledger], [])
            return
        _refuse_unclaimed(ledger, number)
        made = partial(claim_text, ledger, format_, number=number)
        _print(made, grant, format_, _Printing(output, color, excel))
        _say(said)


def _refuse_unclaimed(claims: ClaimLedger, number: int | None) -> None:
    """Refuse the number of a period that has no claim."""
    claimed = [entry.invoice.number for entry in claims.ledger.entries if entry.claim is not None]
    if number is not None and number not in claimed:
        known = f"there are claims for {', '.join(map(str, claimed))}" if claimed else "the file has no claims"
        message = f"there is no claim for {number}; {known}"
        raise typer.BadParameter(message, param_hint="--number")


@app.command("year-end")
def year_end(
    grant: Grant,
    day: Annotated[datetime, typer.Option("--date", parser=_moment, help="The last day of the year.", metavar="DATE")],
    format_: Annotated[TableFormat, _FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Say what a grant has cost and earned by a date, and what of that is invoiced and received.

    Example: grantcalc year-end examples/marsoc-claims.yaml --date 2022-03-31
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import CheckedFile

        position = workflow.year_end(grant, day.date())
        if isinstance(position, CheckedFile):
            _end_with([position], [])
            return
        _print(partial(year_end_text, position, format_), grant, format_, _Printing(output, color, excel))


@app.command()
def outturn(
    grant: Grant,
    year: Annotated[str, typer.Option(help="Close this year; without it, the whole grant.", metavar="YEAR")] = "",
    as_of: AsOf = None,
    format_: Annotated[PageFormat, _FORMAT] = "table",
    output: Output = None,
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Print the statement that closes a year or a grant: budget, actual and variance, with the certificate.

    Example: grantcalc outturn examples/marsoc-claims.yaml --year 2021-2022
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.errors import UnknownYearError
        from grantcalc.results import CheckedFile

        try:
            statement = workflow.outturn(grant, year, _day(as_of))
        except UnknownYearError as error:
            raise typer.BadParameter(str(error), param_hint="--year") from None
        if isinstance(statement, CheckedFile):
            _end_with([statement], [])
            return
        _print(partial(outturn_text, statement, format_), grant, format_, _Printing(output, color, excel))


@app.command("import")
def import_posts(
    table: Annotated[
        str, typer.Argument(help='A table of posts: .xlsx, .csv or .tsv; "-" is standard input.', metavar="TABLE")
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to a new file; never over another.", metavar="FILE")
    ] = None,
    name: Annotated[str, typer.Option(help="The name of the grant; without it, that of the file.")] = "",
    year: Annotated[
        list[str] | None, typer.Option(help="A year of the grant, where the table names none.", metavar="YEAR")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="What a column is, by its letter or head: salary=G, role=Postholder, skip=H.", metavar="WHAT=COLUMN"
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.", metavar="NAME")] = None,
) -> None:
    """Make a grant file of a table of posts.

    Ends with 0 if it is made, 1 if something in the table cannot be read with certainty, 2 if the table cannot be
    read at all.

    Example: grantcalc import posts.csv --year 2025-26 --output grant.yaml
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.grants.posts.columns import Choices
        from grantcalc.report.grant_text import grant_text
        from grantcalc.results import CheckedFile

        choices = Choices(years=_named_years(year or [], "--year"), columns=_named_columns(column or []))
        imported = workflow.import_posts(table, choices, sheet, name)
        if isinstance(imported, CheckedFile):
            _end_with([imported], [])
            return
        if output is not None:
            from grantcalc.files import write_new_file

            write_new_file(output, grant_text(imported))
        else:
            _write(grant_text(imported), None, [table], utf_8=True)
        _explain([imported.checked])


def _named_years(years: list[str], option: str) -> tuple[str, ...]:
    """The years that were named, each once in whatever spelling; several may be given with commas between them."""
    from grantcalc.grants.periods import year_key

    named = tuple(" ".join(name.split()) for given in years for name in given.split(",") if name.strip())
    if len({year_key(name) for name in named}) < len(named):
        message = "a year is named twice"
        raise typer.BadParameter(message, param_hint=option)
    return named


def _named_columns(columns: list[str]) -> tuple[tuple[str, str], ...]:
    """What each column was said to be: words, and the column's letter or head."""
    pairs = []
    for given in columns:
        words, sign, named = given.partition("=")
        if not (sign and words.strip() and named.strip()):
            message = f'"{given}" does not say what a column is; write it as in salary=G'
            raise typer.BadParameter(message, param_hint="--column")
        pairs.append((words.strip(), named.strip()))
    return tuple(pairs)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help='The earlier grant file; "-" is standard input.', metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The later one.", metavar="NEW")],
    format_: Annotated[TableFormat, _FORMAT] = "table",
    output: Output = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with status 1 if anything has changed.")] = False,  # noqa: FBT002  (as above)
    excel: Excel = False,  # noqa: FBT002  (Typer passes the option's value)
    color: Color = Colour.AUTO,
) -> None:
    """Say what has changed between two versions of a grant file, in words and money.

    Ends with 0 whatever has changed, with --exit-code 1 if anything has, 2 if a file cannot be read or has faults.

    Example: grantcalc diff examples/marsoc.yaml examples/marsoc-claims.yaml
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.results import Faulty

        paths = _input_once([old, new])
        compared = workflow.compare(old, new)
        if isinstance(compared, Faulty):
            _explain(compared.faulty)
            _end_with([], compared.unreadable)
            raise typer.Exit(UNUSABLE)
        _print(partial(diff_text, compared, format_), paths, format_, _Printing(output, color, excel))
        if exit_code and not compared.changes.nothing:
            raise typer.Exit(FOUND)


@app.command()
def explain_cost(
    grant: Grant,
    name: Annotated[str, typer.Argument(help="The role of a post, or the item of another cost.", metavar="ROLE")],
    year: Annotated[str | None, typer.Option(help="Only this year.", metavar="YEAR")] = None,
    format_: Annotated[CostFormat, _FORMAT] = "table",
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """Show how a post's cost follows from its pay: days, rates and each step to the penny.

    Example: grantcalc explain-cost examples/costed.yaml Caseworker --year 2022-23
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.errors import UnknownYearError
        from grantcalc.results import CheckedFile

        try:
            explained = workflow.explain_cost(grant, name, year)
        except UnknownYearError as error:
            raise typer.BadParameter(str(error), param_hint="--year") from None
        if isinstance(explained, CheckedFile):
            _end_with([explained], [])
            return
        _print(partial(cost_text, explained, format_), grant, format_, _Printing(output, color, excel=False))


@app.command()
def figures(
    paper: Annotated[str, typer.Argument(help='A paper; "-" is standard input.', metavar="PAPER")],
    format_: Annotated[FigureFormat, _FORMAT] = "table",
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
    format_: Annotated[
        CheckFormat | None, typer.Option("--format", "-f", help="How to print: full, unless configured otherwise.")
    ] = None,
    output: Output = None,
    against: Annotated[str | None, typer.Option(help="Hold papers against this grant file.", metavar="GRANT")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Only these rules: codes, beginnings of codes, names.", metavar="RULES"),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules.", metavar="RULES")] = None,
    show_passes: Annotated[  # noqa: FBT002  (Typer passes the option's value)
        bool, typer.Option("--show-passes", help="List the sums that hold, too.")
    ] = False,
    as_of: AsOf = None,
    baseline: Annotated[
        str | None, typer.Option(help="Accept the findings of this file, and say which are gone.", metavar="FILE")
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option(help="Write the findings to this file, and accept them.", metavar="FILE")
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option(
            help="Write a copy of the paper, a .docx, .xlsx or .pdf, with the findings as comments.", metavar="FILE"
        ),
    ] = None,
    fail_on: Annotated[
        Threshold | None,
        typer.Option(help="From which severity on to end with status 1: error, unless configured otherwise."),
    ] = None,
    config: Annotated[str | None, typer.Option(help="Take the configuration from this file.", metavar="FILE")] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Take no configuration.")] = False,  # noqa: FBT002  (as above)
    color: Color = Colour.AUTO,
) -> None:
    """Check that stated figures add up, and say why not.

    Ends with 0 if nothing is found at or above --fail-on that is not accepted, 1 if something is, 2 if an input cannot
    be read.

    Example: grantcalc check examples/marsoc.yaml --fail-on warning
    """
    with _guarded():
        from grantcalc import workflow
        from grantcalc.findings import Severity
        from grantcalc.progress import progress

        configured = _configurations(config, none=no_config)
        format_ = format_ or configured.of(files[0]).format or "full"
        _refuse_without(get_args(ReviewFormat), format_, "--show-passes", given=show_passes)
        _refuse_two_baselines(baseline, write_baseline, output)
        wanted, day = _wanted(select or [], ignore or [], configured), _day(as_of)
        inputs = [name for name in (*files, against, baseline, config) if name is not None]
        if annotate is not None:
            workflow.refuse_copy(annotate, files, inputs, [name for name in (output, write_baseline) if name])
        with progress() as told:
            result = workflow.check(files, wanted, against, day, told)
        if write_baseline is not None:
            result = workflow.write_baseline(write_baseline, result, inputs)
        if baseline is not None:
            result = workflow.with_baseline(result, baseline, wanted, day)
        if result.files or format_ not in ("full", "concise"):
            made = partial(check_text, result, format_, show_passes=show_passes)
            _print(made, inputs, format_, _Printing(output, color))
        if format_ == "github":
            _append_step_summary(result)
        if write_baseline is not None and result.unreadable:
            _complain(f"{write_baseline}: the baseline is not written, since not all files could be read")
        _write_copy(annotate, files[0], result, inputs)
        _end_with([], result.unreadable)
        for file in result.files:
            own = configured.of(file.source.path).fail_on or Severity.ERROR
            threshold = Severity(fail_on.value) if fail_on else own
            if any(finding.severity.at_least(threshold) for finding in file.standing):
                raise typer.Exit(FOUND)


def _configurations(named: str | None, *, none: bool) -> Configurations:
    """What is configured near the files, in a file that is named, or nowhere."""
    from grantcalc.config_files import NOTHING, Configurations, read_configuration

    if named is not None and none:
        message = "--config and --no-config say different things; give one"
        raise typer.BadParameter(message, param_hint="--no-config")
    if none:
        return Configurations(NOTHING)
    return Configurations(read_configuration(named) if named is not None else None)


def _refuse_two_baselines(read: str | None, written: str | None, output: str | None) -> None:
    """Refuse to read one baseline and write another, and to write two things to one file."""
    if read is not None and written is not None:
        message = "it accepts all that is found, so there is nothing to read a baseline for; give one of the two"
        raise typer.BadParameter(message, param_hint="--write-baseline")
    if written is not None and output is not None and Path(written).absolute() == Path(output).absolute():
        message = "--output is the same file; give another"
        raise typer.BadParameter(message, param_hint="--write-baseline")


def _write_copy(path: str | None, paper: str, result: CheckResult, inputs: Sequence[str]) -> None:
    """Write the copy of a paper with comments, if one is asked for, and say what is to be told of it."""
    from grantcalc import workflow

    if path is not None:
        for said in workflow.write_copy(path, paper, result, inputs):
            _complain(f"{path}: {said}")


def _append_step_summary(result: CheckResult) -> None:
    """Append a summary for people where GitHub Actions wants one; if that fails it is said, and no more."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from grantcalc.files import append_file

    try:
        append_file(path, check_text(result, "markdown", Medium()))
    except UnwritableOutputError as error:
        _complain(f"the summary of this step is not written: {error}")


def _wanted(select: list[str], ignore: list[str], configured: Configurations) -> WantedIn:
    """Which rules' findings are wanted in a file; codes may be given one by one or with commas between them."""
    from grantcalc.rules.selection import unknown_rule

    chosen = [word.strip() for words in select for word in words.split(",") if word.strip()]
    left_out = [word.strip() for words in ignore for word in words.split(",") if word.strip()]
    for option, words in (("--select", chosen), ("--ignore", left_out)):
        problem = unknown_rule(words)
        if problem:
            raise typer.BadParameter(problem, param_hint=option)
    return lambda path: configured.of(path).wanted(path, chosen, left_out)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="The code of a rule, or its name.", metavar="RULE")],
    format_: Annotated[RuleFormat, _FORMAT] = "text",
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """Say what a rule means, with a file in which it is found and the same file mended.

    Example: grantcalc explain GC201
    """
    with _guarded():
        from grantcalc.rules.selection import not_a_rule, rule_called

        found = rule_called(rule)
        if found is None:
            raise typer.BadParameter(not_a_rule(rule), param_hint="RULE")
        _print(partial(rule_text, found, format_), [], format_, _Printing(output, color))


@app.command()
def rules(
    format_: Annotated[RulesFormat, _FORMAT] = "table", output: Output = None, color: Color = Colour.AUTO
) -> None:
    """List the rules that files and papers are checked by.

    Example: grantcalc rules --format markdown
    """
    with _guarded():
        from grantcalc.rules import RULES

        _print(partial(rules_text, RULES, format_), [], format_, _Printing(output, color))


@app.command()
def schema(output: Output = None) -> None:
    """Print the JSON Schema of grant files, for editors.

    Example: grantcalc schema --output grant-schema.json
    """
    with _guarded():
        from grantcalc.grants.schema import grant_schema
        from grantcalc.report.json_text import json_text

        _write(json_text(grant_schema(), _medium(Colour.NEVER, output)), output, [])


@app.command()
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
    """Write a commented grant file to begin with; never over another.

    Example: grantcalc init grant.yaml --posts 3 --years 2025-26,2026-27
    """
    with _guarded():
        from grantcalc.report.starter_file import EXAMPLE_YEARS, starter_text

        named = EXAMPLE_YEARS if years is None else _consecutive_years(years)
        text = starter_text(named, posts if posts is not None or years is None else 1)
        if path == "-":
            _write(text, None, [], utf_8=True)
            return
        from grantcalc.files import write_new_file

        write_new_file(path, text)


def _consecutive_years(given: str) -> tuple[str, ...]:
    """Years whose names say their dates, one after the other."""
    from grantcalc.grants.periods import DAY, named_period

    option = "--years"
    names = _named_years([given], option)
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


def _day(moment: datetime | None) -> date | None:
    """The day that an option names, if any."""
    return moment.date() if moment else None


def _medium(color: Colour, output: str | None, *, utf_8: bool = False) -> Medium:
    """What the output can show: a file is UTF-8 without colours, a stream is what it says it is."""
    if output is not None or utf_8:
        return Medium()
    return _stream_medium(color, sys.stdout)


def _stream_medium(color: Colour, stream: TextIO) -> Medium:
    on_screen = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = color is Colour.ALWAYS or (color is Colour.AUTO and on_screen)
    return Medium(colour=colour, encoding=stream.encoding or "ascii")


def _write(text: str, output: str | None, inputs: Sequence[str], *, utf_8: bool = False) -> None:
    """Write a result to standard output or to a file; in UTF-8 and with its own line ends whatever the stream's are."""
    if output is not None:
        from grantcalc.files import write_file

        write_file(output, text, inputs)
        return
    if utf_8:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
    else:
        sys.stdout.write(text)
    sys.stdout.flush()


def _explain(files: Sequence[CheckedFile]) -> None:
    """Say on standard error what was found in files, in full."""
    found = [file for file in files if file.findings]
    if found:
        from grantcalc.report.full import file_findings

        medium = _stream_medium(Colour.AUTO, sys.stderr)
        sys.stderr.write("\n".join(file_findings(file, medium) for file in found))


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
    _explain(faulty)
    if unreadable:
        raise typer.Exit(MISSING if all(file.library for file in unreadable) else UNUSABLE)
    if faulty:
        raise typer.Exit(FOUND)


@contextmanager
def _guarded() -> Iterator[None]:
    """End with a message and a status, never a traceback, for what a user can do or meet."""
    try:
        yield
    except _STOPPING as error:
        _complain(str(error))
        raise typer.Exit(UNUSABLE) from None
    except MissingLibraryError as error:
        _complain(str(error))
        raise typer.Exit(MISSING) from None
    except BrokenPipeError:
        # What is still unwritten would raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None
    except MemoryError:
        _complain("there is not enough memory for this file")
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
