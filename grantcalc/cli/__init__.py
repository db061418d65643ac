"""The command line: arguments in, text and exit status out."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from grantcalc import __version__
from grantcalc.cli.ending import INTERRUPTED, UNUSABLE
from grantcalc.cli.group import Commands
from grantcalc.cli.messages import complain

app = typer.Typer(
    name="grantcalc",
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


def main() -> None:
    """Run the command line, and exit."""
    # A run is short and leaves few cycles; looking for them every 700 objects takes a fifth of a long paper's time.
    gc.set_threshold(200_000, 20, 20)
    # To look for plugins, Pydantic reads what every installed package says of itself; none has a say in what we read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (open to the end)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        complain(f"cannot write the output: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNUSABLE)
