"""The command `import`."""

from typing import Annotated

import typer

from grantcalc.cli.ending import end_with, guarded
from grantcalc.cli.messages import explain_files
from grantcalc.cli.options import named_years, standard_output_as_none
from grantcalc.cli.printing import write


def import_posts(
    table: Annotated[
        str, typer.Argument(help='A table of posts: .xlsx, .csv or .tsv; "-" is standard input.', metavar="TABLE")
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            help='Write to a new file, never over another; "-" is standard output.',
            metavar="FILE",
            callback=standard_output_as_none,
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="The name of the grant; without it, that of the file.")] = "",
    year: Annotated[
        list[str] | None, typer.Option(help="A year of the grant, where the table names none.", metavar="YEAR")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="What a column is, by its letter or head: salary=G, role=Postholder, skip=H.", metavar="WHAT=COLUMN"
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.", metavar="NAME")] = None,
) -> None:
    """Make a grant file of a table of posts.

    Ends with 0 if it is made, 1 if something in the table cannot be read with certainty, 2 if the table cannot be
    read at all.

    Example: grantcalc import posts.csv --year 2025-26 --output grant.yaml
    """
    with guarded():
        from grantcalc import workflow
        from grantcalc.grants.posts.columns import Choices
        from grantcalc.report.grant_text import grant_text
        from grantcalc.results.checked import CheckedFile

        choices = Choices(years=named_years(year or [], "--year"), columns=_named_columns(column or []))
        imported = workflow.import_posts(table, choices, sheet, name)
        if isinstance(imported, CheckedFile):
            end_with([imported], [])
            return
        if output is not None:
            from grantcalc.files import write_new_file

            write_new_file(output, grant_text(imported))
        else:
            write(grant_text(imported), None, [table], utf_8=True)
        explain_files([imported.checked])


def _named_columns(columns: list[str]) -> tuple[tuple[str, str], ...]:
    """What each column was said to be: words, and the column's letter or head."""
    pairs = []
    for given in columns:
        words, sign, named = given.partition("=")
        if not (sign and words.strip() and named.strip()):
            message = f'"{given}" does not say what a column is; write it as in salary=G'
            raise typer.BadParameter(message, param_hint="--column")
        pairs.append((words.strip(), named.strip()))
    return tuple(pairs)
