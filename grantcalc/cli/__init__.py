"""The command line: arguments in, text and exit status out."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any, TextIO

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


def _buffered(stream: Any) -> TextIO:  # noqa: ANN401  (a stream on raw bytes, which has no type)
    """A stream that writes all it is given: with PYTHONUNBUFFERED, Python drops what a full disk did not take."""
    return io.TextIOWrapper(io.BufferedWriter(stream.buffer), stream.encoding, stream.errors, line_buffering=True)


def main() -> None:
    """Run the command line, and exit."""
    # To look for plugins, Pydantic reads what every installed package says of itself; none has a say in what we read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (open to the end)
        elif isinstance(stream.buffer, io.RawIOBase):
            setattr(sys, name, _buffered(stream))
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        from grantcalc.files import reason_of

        wanting = error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
        complain(reason_of(error) if wanting else f"cannot write the output: {reason_of(error)}")
        sys.stderr.flush()
        os._exit(UNUSABLE)  # an exit in order would write once more, and fail once more
