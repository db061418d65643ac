"""The group of commands: a misspelt value is told with the nearest, and completion does without Rich."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Final

import typer
from typer.core import TyperGroup

_REFUSED: Final = re.compile(r"'(?P<value>.*)' is not one of .*\.", re.DOTALL)
"""How Typer says that a value is none of an option's choices."""


class Commands(TyperGroup):
    """The commands, which say of a misspelt value which one was probably meant."""

    def main(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (Typer's own arguments)
        """Run the command line, or answer a shell that asks how it could go on."""
        if "_GRANTCALC_COMPLETE" in os.environ:
            # Typer would load Rich, which takes longer than all else, for markup that our help does not have.
            sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
        return super().main(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  (Typer's own context, and what a command returns)
        """Run the command that is asked for, and add to what is said of a value that is refused."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            refused = _REFUSED.fullmatch(error.message)
            close = _nearest(refused["value"], error) if refused else None
            if close:
                error.message = f'{error.message.removesuffix(".")}; did you mean "{close}"?'
            raise


def _nearest(value: str, error: typer.BadParameter) -> str | None:
    """The choice of an option that a value is most like."""
    from grantcalc.grants.faults import nearest

    choices = getattr(getattr(error.param, "type", None), "choices", ())
    return nearest(value, (str(choice) for choice in choices))
