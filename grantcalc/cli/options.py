"""The arguments and options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grantcalc.wording import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Colour(StrEnum):
    """When to print in colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def input_once(paths: list[str]) -> list[str]:
    """Refuse to read standard input more than once: the second time it is empty."""
    if paths.count("-") > 1:
        message = "standard input can be read only once"
        raise typer.BadParameter(message)
    return paths


def standard_output_as_none(path: str | None) -> str | None:
    """The file to write to; "-" is standard output, as without the option."""
    return None if path == "-" else path


def refuse_standard_output(path: str | None) -> str | None:
    """Refuse "-" for a file that is written beside the result, which goes to standard output."""
    if path == "-":
        message = 'it cannot be "-", since the result goes to standard output; name a file'
        raise typer.BadParameter(message)
    return path


def read_moment(text: str) -> datetime:
    """The day that an option names, at midnight."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d")  # noqa: DTZ007  (a date has no time zone)
    except ValueError:
        message = f'"{text}" is not a date; write year, month and day, as in 2022-01-31'
        raise typer.BadParameter(message) from None


Grants = Annotated[
    list[str],
    typer.Argument(help='Grant files; "-" is standard input.', metavar="GRANT", callback=input_once),
]
Grant = Annotated[str, typer.Argument(help='A grant file; "-" is standard input.', metavar="GRANT")]
Files = Annotated[
    list[str],
    typer.Argument(help='Grant files and papers; "-" is standard input.', metavar="FILE", callback=input_once),
]
FORMAT: Final = typer.Option("--format", "-f", help="How to print.")
Excel = Annotated[
    bool, typer.Option("--excel", help="Mark a CSV as UTF-8, so that Excel shows pound signs and accents.")
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        help='Write to a file, whole or not at all; "-" is standard output.',
        metavar="FILE",
        callback=standard_output_as_none,
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", parser=read_moment, help="Look at it on this day; without it, nothing is late.", metavar="DATE"
    ),
]
Color = Annotated[Colour, typer.Option("--color", help="When to print in colour; NO_COLOR is kept.")]


def day_of(moment: datetime | None) -> date | None:
    """The day that an option names, if any."""
    return moment.date() if moment else None


def named_years(years: list[str], option: str) -> tuple[str, ...]:
    """The years that were named, each once in whatever spelling; several may be given with commas between them."""
    from grantcalc.grants.periods import year_key

    named = tuple(" ".join(name.split()) for given in years for name in given.split(",") if name.strip())
    if len({year_key(name) for name in named}) < len(named):
        message = "a year is named twice"
        raise typer.BadParameter(message, param_hint=option)
    return named


def refuse_without(needed: Sequence[str], format_: str, option: str, *, given: bool) -> None:
    """Refuse an option that has a meaning in some formats alone."""
    if given and format_ not in needed:
        message = f"it has no meaning with --format {format_}, only with --format {listed(needed, 'or')}"
        raise typer.BadParameter(message, param_hint=option)
