"""The command `check`."""

import os
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from grantcalc.cli.ending import FOUND, end_with, guarded
from grantcalc.cli.messages import complain
from grantcalc.cli.options import AsOf, Color, Colour, Files, Output, day_of, refuse_standard_output, refuse_without
from grantcalc.cli.printing import Printing, print_result
from grantcalc.errors import UnwritableOutputError
from grantcalc.report.formats import CheckFormat, ReviewFormat, check_text
from grantcalc.report.medium import Medium

if TYPE_CHECKING:
    from grantcalc.config_files import Configurations
    from grantcalc.results.checked import CheckResult
    from grantcalc.wanted import WantedIn


class Threshold(StrEnum):
    """From which severity on `check` fails."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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
        str | None,
        typer.Option(
            help="Write the findings to this file, and accept them.", metavar="FILE", callback=refuse_standard_output
        ),
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option(
            help="Write a copy of the paper, a .docx, .xlsx or .pdf, with the findings as comments.",
            metavar="FILE",
            callback=refuse_standard_output,
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
    be read, 3 if a library is missing that reads it.

    Example: grantcalc check examples/marsoc.yaml --fail-on warning
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.progress import progress
        from grantcalc.severity import Severity

        configured = _configurations(config, none=no_config)
        format_ = format_ or configured.of(files[0]).format or "full"
        refuse_without(get_args(ReviewFormat), format_, "--show-passes", given=show_passes)
        _refuse_two_baselines(baseline, write_baseline, output)
        wanted, day = _wanted(select or [], ignore or [], configured), day_of(as_of)
        inputs = [name for name in (*files, against, baseline, config) if name is not None]
        if annotate is not None:
            workflow.refuse_copy(annotate, files, inputs, [name for name in (output, write_baseline) if name])
        reasons = format_ != "concise" or any((baseline, write_baseline, annotate))
        with progress() as told:
            result = workflow.check(files, wanted, against, day, told, reasons=reasons, sums=reasons or show_passes)
        inputs += [*result.paths, *configured.paths]
        if write_baseline is not None:
            result = workflow.write_baseline(write_baseline, result, inputs)
            inputs.append(write_baseline)
        if baseline is not None:
            result = workflow.with_baseline(result, baseline, wanted, day)
        if result.files or format_ not in ("full", "concise"):
            made = partial(check_text, result, format_, show_passes=show_passes)
            print_result(made, inputs, format_, Printing(output, color))
        if format_ == "github":
            _append_step_summary(result)
        if write_baseline is not None and result.unreadable:
            complain(f"{write_baseline}: the baseline is not written, since not all files could be read")
        _write_copy(annotate, files[0], result, inputs, against)
        if against is None:
            _hint_at_against(files, result)
        end_with([], result.unreadable)
        for file in result.files:
            own = configured.of(file.source.path).fail_on or Severity.ERROR
            threshold = Severity(fail_on.value) if fail_on else own
            if any(finding.severity.at_least(threshold) for finding in file.standing):
                raise typer.Exit(FOUND)


def _configurations(named: str | None, *, none: bool) -> "Configurations":
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


def _hint_at_against(names: list[str], result: "CheckResult") -> None:
    """Say how to hold a paper against a grant file, where both are checked side by side and nothing compares them."""
    kinds = {file.source.path: file.kind for file in result.files}
    papers = [name for name in names if kinds.get(name) == "paper"]
    grants = [name for name in names if kinds.get(name) == "grant"]
    if len(grants) == 1 and papers and len(result.files) == len(names):
        complain(f"{', '.join(papers)}: not held against {grants[0]}; to do that: --against {grants[0]}")


def _write_copy(path: str | None, paper: str, result: "CheckResult", inputs: list[str], against: str | None) -> None:
    """Write the copy of a paper with comments, if one is asked for, and say what is to be told of it."""
    from grantcalc import workflow

    if path is not None:
        for said in workflow.write_copy(path, paper, result, inputs, against):
            complain(f"{path}: {said}")


def _append_step_summary(result: "CheckResult") -> None:
    """Append a summary for people where GitHub Actions wants one; if that fails it is said, and no more."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from grantcalc.files import append_file

    try:
        append_file(path, check_text(result, "markdown", Medium()))
    except UnwritableOutputError as error:
        complain(f"the summary of this step is not written: {error}")


def _wanted(select: list[str], ignore: list[str], configured: "Configurations") -> "WantedIn":
    """Which rules' findings are wanted in a file; codes may be given one by one or with commas between them."""
    from grantcalc.rules.selection import unknown_rule

    chosen = [word.strip() for words in select for word in words.split(",") if word.strip()]
    left_out = [word.strip() for words in ignore for word in words.split(",") if word.strip()]
    for option, words in (("--select", chosen), ("--ignore", left_out)):
        problem = unknown_rule(words)
        if problem:
            raise typer.BadParameter(problem, param_hint=option)
    return lambda path: configured.of(path).wanted(path, chosen, left_out)
