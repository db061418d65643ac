"""The command `rules`."""

from functools import partial
from typing import Annotated

from grantcalc.cli.ending import guarded
from grantcalc.cli.options import FORMAT, Color, Colour, Output
from grantcalc.cli.printing import Printing, print_result
from grantcalc.report.formats import RulesFormat, rules_text


def rules(format_: Annotated[RulesFormat, FORMAT] = "table", output: Output = None, color: Color = Colour.AUTO) -> None:
    """List the rules that files and papers are checked by.

    Example: grantcalc rules --format markdown
    """
    with guarded():
        from grantcalc.rules import RULES

        print_result(partial(rules_text, RULES, format_), [], format_, Printing(output, color))
