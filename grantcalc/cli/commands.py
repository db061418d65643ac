"""The list of the commands; each is a function in a module of its own, which is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import typer

if TYPE_CHECKING:
    from typing import Any


class Listed(NamedTuple):
    """A command as it stands in the list.

    Attributes:
        name: its name on the command line.
        module: the module of this package that has it, as a function of the module's own name.
        help: the first line of its help.
        hidden: whether lists and completion leave it out.
    """

    name: str
    module: str
    help: str
    hidden: bool = False


COMMANDS: Final = (
    Listed("summarise", "summarise", "Total each year, and tick or cross what is stated."),
    Listed("summarize", "summarise", "Total each year, and tick or cross what is stated.", hidden=True),
    Listed("invoices", "invoices", "List the payments and when to invoice them."),
    Listed("claims", "claims", "Hold what was claimed and paid against the schedule."),
    Listed("year-end", "year_end", "Say what a grant has cost and earned by a date."),
    Listed("outturn", "outturn", "Print the statement that closes a year or a grant."),
    Listed("import", "import_posts", "Make a grant file of a table of posts."),
    Listed("diff", "diff", "Say what has changed between two versions of a grant file."),
    Listed("explain-cost", "explain_cost", "Show how a post's cost follows from its pay."),
    Listed("figures", "figures", "List the figures that are read in a paper, and their sums."),
    Listed("check", "check", "Check that stated figures add up, and say why not."),
    Listed("explain", "explain", "Say what a rule means, with an example."),
    Listed("rules", "rules", "List the rules that files and papers are checked by."),
    Listed("schema", "schema", "Print the JSON Schema of grant files, for editors."),
    Listed("init", "init", "Write a commented grant file to begin with."),
)


def loaded(name: str) -> Any:  # noqa: ANN401  (Typer's own commands have no public type)
    """A command that is listed, with its arguments and options."""
    [module] = [listed.module for listed in COMMANDS if listed.name == name]
    function = getattr(import_module(f"grantcalc.cli.{module}"), module)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name)(function)
    return typer.main.get_command(alone)
