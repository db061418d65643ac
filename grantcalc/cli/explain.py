"""The command `explain`."""

from functools import partial
from typing import Annotated

import typer

from grantcalc.cli.ending import guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Output
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import RuleFormat, rule_text


def explain(
    rule: Annotated[str, typer.Argument(help="The code of a rule, or its name.", metavar="RULE")],
    format_: Annotated[RuleFormat, FORMAT] = "text",
    output: Output = None,
    color: Color = Colour.AUTO,
) -> None:
    """Say what a rule means, with an example.

    The example is a file in which the rule is found, and the same file mended.

    Example: grantcalc explain GC201
    """
    with guarded():
        from grantcalc.rules.selection import not_a_rule, rule_called

        found = rule_called(rule)
        if found is None:
            raise typer.BadParameter(not_a_rule(rule), param_hint="RULE")
        print_result(partial(rule_text, found, format_), [], format_, Printing(output, color))
