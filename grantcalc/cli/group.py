"""The group of commands: one is loaded when it is asked for, and a misspelt value is told with the nearest."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from grantcalc.cli.commands import COMMANDS, loaded
from grantcalc.cli.ending import ending_with_the_pipe

_REFUSED: Final = r"(?s)'(?P<value>.*)' is not one of .*\."
"""How Typer says that a value is none of an option's choices."""


class Commands(TyperGroup):
    """The commands, which say of a misspelt value which one was probably meant.

    The group itself knows what a list of commands shows; the arguments and options of a command are made when it is
    run or completed.
    """

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  (Typer's own arguments)
        """Begin with the commands as they are listed."""
        shown = {each.name: TyperCommand(each.name, help=each.help, hidden=each.hidden) for each in COMMANDS}
        super().__init__(**{**attributes, "commands": shown})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  (Typer's own context, and what it returns)
        """Find the command that is asked for, and load it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, loaded(name) if name and listed else None, rest

    def main(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (Typer's own arguments)
        """Run the command line, or answer a shell that asks how it could go on."""
        if "_GRANTCALC_COMPLETE" in os.environ:
            # Typer would load Rich, which takes longer than all else, for markup that our help does not have.
            sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
        return super().main(*arguments, **named)

    def make_context(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (as above)
        """Begin a run; `--help` and `--version` print already here."""
        with ending_with_the_pipe():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  (Typer's own context, and what a command returns)
        """Run the command that is asked for, and add to what is said of a value that is refused."""
        try:
            with ending_with_the_pipe():
                return super().invoke(ctx)
        except typer.BadParameter as error:
            refused = re.fullmatch(_REFUSED, error.message)
            close = _nearest(refused["value"], error) if refused else None
            if close:
                error.message = f'{error.message.removesuffix(".")}; did you mean "{close}"?'
            raise


def _nearest(value: str, error: typer.BadParameter) -> str | None:
    """The choice of an option that a value is most like."""
    from grantcalc.grants.faults import nearest

    choices = getattr(getattr(error.param, "type", None), "choices", ())
    return nearest(value, (str(choice) for choice in choices))
