"""The command `schema`."""

from grantcalc.cli.ending import guarded
from grantcalc.cli.options import Colour, Output
from grantcalc.cli.printing import result_medium, write


def schema(output: Output = None) -> None:
    """Print the JSON Schema of grant files, for editors.

    Example: grantcalc schema --output grant-schema.json
    """
    with guarded():
        from grantcalc.grants.schema import grant_schema
        from grantcalc.report.json_text import json_text

        write(json_text(grant_schema(), result_medium(Colour.NEVER, output)), output, [])
