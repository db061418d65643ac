"""Makes the man page of the command tree: python docs/man_page.py > docs/grantcalc.1 (a test compares the two)."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

import typer

from grantcalc.cli import app
from grantcalc.cli.commands import COMMANDS, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUSES = (
    ("0", "nothing was found that matters, or the result is printed"),
    ("1", "something was found, or a file has faults that leave nothing to compute"),
    ("2", "the command line is wrong, or a file cannot be read or written"),
    ("3", "a library is not installed"),
    ("130", "stopped by Ctrl-C"),
    ("141", "the reader of the output has gone"),
)
_ENVIRONMENT = (
    ("NO_COLOR", "no colours where it is set to anything, unless --color always"),
    ("TERM", "no colours where it is dumb"),
    ("GITHUB_STEP_SUMMARY", "where check --format github appends a summary"),
)


def man_page() -> str:
    """The man page, as roff."""
    root: Any = typer.main.get_command(app)
    commands = [(listed.name, loaded(listed.name)) for listed in COMMANDS if not listed.hidden]
    lines = [
        '.TH GRANTCALC 1 "" "grantcalc" "User Commands"',
        ".SH NAME",
        rf"grantcalc \- {_escaped(root.help.rstrip('.'))}",
        ".SH SYNOPSIS",
        r".B grantcalc",
        r"[\fIoptions\fR] \fIcommand\fR [\fIarguments\fR]",
        ".SH OPTIONS",
        *_parameters(root),
        ".SH COMMANDS",
    ]
    for name, command in commands:
        lines += [*_command(name, command)]
    for head, entries in (("EXIT STATUS", _STATUSES), ("ENVIRONMENT", _ENVIRONMENT)):
        lines.append(f".SH {head}")
        for term, meaning in entries:
            lines += [".TP", rf"\fB{_escaped(term)}\fR", _escaped(meaning)]
    return "\n".join([*lines, ""])


def _command(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401  (Typer's own commands have no public type)
    """A command: its arguments, what it does, its options and its example."""
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    metavars = " ".join(rf"\fI{_escaped(each.metavar or each.name.upper())}\fR" for each in arguments)
    yield rf".SS \fBgrantcalc {_escaped(name)}\fR [\fIoptions\fR] {metavars}".rstrip()
    for number, paragraph in enumerate(inspect.cleandoc(command.help).split("\n\n")):
        if number:
            yield ".PP"
        yield _escaped(" ".join(paragraph.split()))
    yield from _parameters(command)


def _parameters(command: Any) -> Iterator[str]:  # noqa: ANN401  (as above)
    """The arguments and options of a command."""
    for parameter in command.params:
        choices = getattr(parameter.type, "choices", ())
        is_option = parameter.param_type_name == "option"
        takes_value = is_option and not parameter.is_flag
        value = "|".join(map(str, choices)) or parameter.metavar or parameter.type.name.upper()
        term = ", ".join(rf"\fB{_escaped(word)}\fR" for word in parameter.opts) if is_option else ""
        yield ".TP"
        yield " ".join(
            part for part in (term, rf"\fI{_escaped(value)}\fR" if takes_value or not is_option else "") if part
        )
        yield _escaped(parameter.help or "")


def _escaped(text: str) -> str:
    r"""A text that roff prints as it is: no line begins with a request, and a hyphen is one that can be copied."""
    shown = text.replace("\\", r"\e").replace("-", r"\-").replace("£", r"\[Po]").replace("…", "...")
    return f"\\&{shown}" if shown[:1] in (".", "'") else shown


if __name__ == "__main__":
    sys.stdout.write(man_page())
